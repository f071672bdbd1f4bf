"""What ships beside the UN Framework points only at what exists."""

from __future__ import annotations

from tocsin import reference


def test_indicators_point_at_factors_facts_and_measures_that_exist():
    factors = {factor.id for factor in reference.framework().factors}
    facts = {fact.id for fact in reference.founding_facts()}
    for one in reference.indicator_sets():
        assert one.sources and one.note
        for indicator in one.indicators:
            assert set(indicator.factors) <= factors and indicator.factors, indicator.id
            assert set(indicator.facts) <= facts, indicator.id
    measures = {measure.id for measure in reference.toolbox().measures}
    items = [item for heading in reference.government_checklist().headings for item in heading.items]
    assert {item.measure for item in items if item.measure} <= measures


def test_topics_are_whole_sentences_of_the_file():
    topics = {i.id: i.topic for one in reference.indicator_sets() for i in one.indicators}
    assert topics["G1"].endswith("wood") and topics["N13"].endswith("code of conduct")


def test_there_are_two_sets_and_only_what_protects_says_so():
    assert [len(one.indicators) for one in reference.indicator_sets()] == [13, 13]
    assert [i.id for one in reference.indicator_sets() for i in one.indicators if i.protects] == ["N13"]
