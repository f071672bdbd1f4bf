"""The bundled lists: whole, valid, with their sources, and with what nobody checked kept out."""

from __future__ import annotations

import csv

import pytest
import yaml

from tocsin import reference
from tocsin.reference.files import read_rows

CODES = {t.code for t in reference.territories()}
LISTS = {
    "founding_facts.csv": reference.founding_facts,
    "vetoes.csv": reference.vetoes,
    "unsc_rtop_resolutions.csv": reference.resolutions,
    "focal_points.csv": reference.focal_points,
    "icc_situations.csv": reference.icc_situations,
    "ga_positions.csv": reference.positions,
    "populations_at_risk.csv": reference.populations_at_risk,
}


def _original(shared, name):
    with (shared / "reference" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


@pytest.mark.parametrize("name", LISTS)
def test_no_row_of_the_original_was_lost(shared, name):
    assert len(LISTS[name](include_unchecked=True)) == len(_original(shared, name))


@pytest.mark.parametrize("name", LISTS)
def test_confidence_was_kept_row_by_row(shared, name):
    if name == "founding_facts.csv":
        pytest.skip("every fact is as sure as its document")
    assert [f.confidence for f in LISTS[name](include_unchecked=True)] == [r["confidence"] for r in _original(shared, name)]


def test_numbers_and_dates_of_the_facts_are_those_of_the_original(shared):
    facts = {f.id: f for f in reference.founding_facts()}
    for row in _original(shared, "founding_facts.csv"):
        fact = facts[row["id"]]
        assert str(fact.number or "") == row["number"]
        assert (str(fact.date_from), str(fact.date_to), fact.date_precision) == (row["date_start"], row["date_end"], row["date_precision"])
        assert (fact.territory or "", fact.number_words) == (row["iso3"], row["number_qualifier"])


@pytest.mark.parametrize("name", ["toolbox", "framework", "treaties"])
def test_yaml_lists_are_whole(shared, name):
    raw = yaml.safe_load((shared / "reference" / f"{name}.yaml").read_text("utf-8"))
    if name == "toolbox":
        box = reference.toolbox(include_unchecked=True)
        assert [m.id for m in box.measures] == [m["id"] for m in raw["measures"]]
        assert [len(m.precedents) for m in box.measures] == [len(m["precedents"]) for m in raw["measures"]]
        assert set(box.evidence) == set(raw["evidence"])
    elif name == "framework":
        factors = reference.framework().factors
        assert [[i.id for i in f.indicators] for f in factors] == [[i["id"] for i in f["indicators"]] for f in raw["risk_factors"]]
        assert [f.confidence for f in factors] == [f["confidence"] for f in raw["risk_factors"]]
    else:
        got = reference.treaties(include_unchecked=True)
        assert [(t.id, t.parties, t.confidence) for t in got] == [(t["id"], t["parties"], t["confidence"]) for t in raw["treaties"]]


@pytest.mark.parametrize("function", [*LISTS.values(), reference.treaties], ids=lambda f: f.__name__)
def test_what_nobody_checked_stays_out_unless_asked_for(function):
    everything = function(include_unchecked=True)
    assert {f.confidence for f in everything} <= set(reference.CONFIDENCES)
    assert function() == tuple(f for f in everything if f.confidence != "unchecked")


def test_unchecked_precedents_stay_out_of_the_toolbox():
    assert all(p.confidence != "unchecked" for m in reference.toolbox().measures for p in m.precedents)
    assert any(p.confidence == "unchecked" for m in reference.toolbox(include_unchecked=True).measures for p in m.precedents)


def test_territory_codes_in_every_list_exist():
    codes: list[str] = [f.territory for f in reference.founding_facts() if f.territory]
    codes += [s.territory for s in reference.founding_situations()]
    codes += [c for v in reference.vetoes(True) for c in (*v.territories, *v.vetoed_by)]
    codes += [r.territory for r in reference.resolutions(True) if r.territory]
    codes += [f.territory for f in reference.focal_points(True) if f.territory]
    codes += [c for s in reference.icc_situations(True) for c in s.territories]
    codes += [c for p in reference.populations_at_risk(True) for c in p.territories]
    codes += [p.territory for p in reference.positions(True) if p.territory]
    codes += [c for row in read_rows("regional_bodies.csv") for c in row["territories"].split(";")]
    assert set(codes) <= CODES


def test_toolbox_scales_and_references_hold():
    box = reference.toolbox()
    assert len({m.id for m in box.measures}) == len(box.measures)
    for measure in box.measures:
        assert measure.typical_lead_time in box.lead_time_classes
        assert measure.horizon in box.horizon_classes
        assert set(measure.pillars) <= {1, 2, 3}
        assert measure.mode in ("structural", "operational", "both")
        assert measure.evidence_ref is None or measure.evidence_ref in box.evidence
        assert reference.measure(measure.id) == measure
    assert all(c.studies > 0 for c in box.evidence.values())


def test_facts_are_coded_with_words_that_exist():
    measures = {m.id for m in reference.toolbox().measures}
    slugs = {s.slug for s in reference.founding_situations()}
    ids = {f.id for f in reference.founding_facts()}
    for fact in reference.founding_facts():
        assert fact.document in reference.DOCUMENT_DATES
        assert fact.measure is None or fact.measure in measures
        assert fact.situation is None or fact.situation in slugs
        assert fact.related is None or fact.related in ids
        assert (fact.number is None) == (fact.indicator is None) == (fact.qualifier is None)
        assert fact.event or fact.role or fact.number is not None, f"{fact.id} would give no row"


def test_situations_list_exactly_their_facts_and_only_stated_outcomes():
    for situation in reference.founding_situations():
        facts = [f for f in reference.founding_facts() if f.situation == situation.slug]
        assert tuple(f.id for f in facts) == situation.facts
        assert {f.territory for f in facts} == {situation.territory}
        stated = {f.note.rpartition(": ")[2] for f in facts if f.role == "outcome"}
        assert ({situation.outcome} if situation.outcome else set()) == stated
        assert situation.level is None


def test_codings_use_indicators_and_facts_that_exist():
    indicators = {i.id for f in reference.framework().factors for i in f.indicators}
    facts = {f.id for f in reference.founding_facts()}
    assert {c.indicator for c in reference.framework_coding()} <= indicators
    assert {c.fact for c in reference.framework_coding()} <= facts
    assert {i for found in reference.act_indicators().values() for i in found} <= indicators


def test_every_present_state_can_be_addressed():
    for one in reference.territories():
        assert reference.regional_body(one.code)
    assert reference.regional_body("IND") == reference.UNITED_NATIONS
