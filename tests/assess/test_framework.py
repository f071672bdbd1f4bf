"""What a reader may rely on in a framework profile."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.assess import Evidence, Indicator, Subject, assess_situations, coverage

INDICATORS = [Indicator("1.1", "RF1"), Indicator("1.3", "RF1"), Indicator("7.14", "RF7")]
SELMORA = Subject("sit-1", "selmora", "XSE", None, None, True)


def profile(evidence: list[Evidence]) -> dict[str, dict]:
    table = assess_situations("test/1", INDICATORS, [SELMORA], evidence, "test")
    return {row["indicator"]: row for row in table.to_pylist()}


def test_an_indicator_without_evidence_is_unknown_and_never_absent():
    rows = profile([])
    assert {row["answer"] for row in rows.values()} == {"unknown"}
    assert all(row["inputs"] == ["sit-1"] and row["confidence"] is None for row in rows.values())


def test_absence_needs_evidence_of_its_own():
    rows = profile([Evidence("selmora", "1.1", "absent", "evt-1", "Talks are held")])
    assert rows["1.1"]["answer"] == "absent"
    assert rows["1.1"]["evidence"] == ["evt-1"]


def test_disagreement_stays_visible_and_lowers_confidence():
    rows = profile(
        [
            Evidence("selmora", "1.1", "present", "evt-1", "Fighting is reported"),
            Evidence("selmora", "1.1", "present", "evt-2", "Fighting is reported again"),
            Evidence("selmora", "1.1", "absent", "evt-3", "A visitor saw none"),
        ]
    )
    assert rows["1.1"]["answer"] == "present"
    assert rows["1.1"]["confidence"] == "low"
    assert "A visitor saw none" in rows["1.1"]["rationale"]


def test_evidence_about_another_situation_changes_nothing():
    assert profile([Evidence("elsewhere", "1.1", "present", "evt-1", "x")])["1.1"]["answer"] == "unknown"


@given(st.lists(st.tuples(st.sampled_from(["1.1", "1.3", "7.14"]), st.sampled_from(["present", "absent"]), st.integers(0, 5)), max_size=12))
def test_the_order_of_the_evidence_does_not_matter(coded):
    evidence = [Evidence("selmora", indicator, answer, f"evt-{row}", "seen") for indicator, answer, row in coded]
    forwards, backwards = profile(evidence), profile(evidence[::-1])
    assert {k: (v["answer"], v["evidence"], v["confidence"]) for k, v in forwards.items()} == {
        k: (v["answer"], v["evidence"], v["confidence"]) for k, v in backwards.items()
    }


@given(st.lists(st.sampled_from(["present", "absent", "unknown"])))
def test_more_unknown_answers_never_raise_the_coverage(answers):
    assert coverage([*answers, "unknown"]).share <= coverage(answers).share
