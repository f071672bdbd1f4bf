"""What a reader may rely on in a framework profile."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.grades import ANSWERS, CONFIDENCES, STANDARDS_OF_PROOF
from tocsin.stages.assess import (
    Answer,
    Evidence,
    GivenRating,
    Indicator,
    Questions,
    Subject,
    assess_situations,
    coverage,
    crime_profiles,
    factor_profiles,
    join_ratings,
    trend,
)

INDICATORS = [Indicator("1.1", "RF1"), Indicator("1.3", "RF1"), Indicator("7.14", "RF7")]
QUESTIONS = Questions("test/1", INDICATORS, "test")
SELMORA = Subject("sit-1", "selmora", "XSE", None, None, True)


def profile(evidence: list[Evidence], ratings: list[GivenRating] = []) -> dict[str, dict]:  # noqa: B006 - never changed
    table = assess_situations(QUESTIONS, [SELMORA], evidence, ratings)
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


def rating(number, who, answer, **more):
    given = {"confidence": "high", "standard_of_proof": "clear_and_convincing", "evidence": (f"evt-{number}",), **more}
    return GivenRating(
        id=f"rat-{number}", indicator="7.14", situation="selmora", answer=answer, rationale=f"reason {number}", who=who, **given
    )


def test_two_answers_of_one_person_are_one_rater_and_decide_nothing():
    assert join_ratings([rating(1, "usr-a", "present"), rating(2, "usr-a", "present")]) is None
    assert join_ratings([rating(1, "usr-a", "present"), rating(2, "usr-b", "present")]) is not None


RATINGS = st.lists(
    st.builds(
        lambda number, who, answer, confidence, rung: rating(number, who, answer, confidence=confidence, standard_of_proof=rung),
        st.integers(0, 10**6),
        st.sampled_from("abcd"),
        st.sampled_from(ANSWERS),
        st.sampled_from(CONFIDENCES),
        st.sampled_from(STANDARDS_OF_PROOF),
    ),
    max_size=4,
    unique_by=(lambda r: r.who, lambda r: r.id),
)


def test_one_person_alone_changes_no_answer():
    (row,) = [profile([], [rating(1, "a", "present")])["7.14"]]
    assert (row["answer"], row["review"], row["machine"]) == ("unknown", "one_rater", True)
    assert "reason 1" not in str(row)


def test_two_people_who_agree_decide_and_are_named_by_their_ratings_only():
    row = profile([Evidence("selmora", "7.14", "present", "evt-9", "Reported")], [rating(1, "a", "absent"), rating(2, "b", "absent")])[
        "7.14"
    ]
    assert (row["answer"], row["review"], row["machine"], row["rater"]) == ("absent", "two_raters", False, "people: 2")
    assert row["inputs"] == ["evt-1", "evt-2", "evt-9", "rat-1", "rat-2"]


def test_dissent_stays_on_the_row_and_lowers_confidence():
    row = profile([], [rating(1, "a", "present"), rating(2, "b", "absent")])["7.14"]
    assert (row["answer"], row["review"], row["confidence"], row["dissent"]) == ("present", "disputed", "low", ["rat-2"])
    assert "Dissent (absent): reason 2" in row["rationale"]


@given(RATINGS)
def test_absent_needs_everybody_and_present_needs_one(ratings):
    joined = join_ratings(ratings)
    answers = {r.answer for r in ratings}
    if len(ratings) < 2:
        assert joined is None
        return
    assert (joined.answer == "absent") == (answers == {"absent"})
    assert (joined.answer == "present") == ("present" in answers)
    assert set(joined.agreeing) | set(joined.dissent) == {r.id for r in ratings}
    agreeing = [r for r in ratings if r.id in joined.agreeing]
    assert all(CONFIDENCES.index(joined.confidence) <= CONFIDENCES.index(r.confidence) for r in agreeing)
    if joined.standard_of_proof:
        rung = STANDARDS_OF_PROOF.index(joined.standard_of_proof)
        assert all(rung <= STANDARDS_OF_PROOF.index(r.standard_of_proof) for r in agreeing)


@given(RATINGS)
def test_the_order_of_the_raters_does_not_matter(ratings):
    assert join_ratings(ratings) == join_ratings(ratings[::-1])


def test_a_machine_never_climbs_above_grounds_to_suspect_and_needs_two_sources_for_them():
    one = [Evidence("selmora", "1.1", "present", f"evt-{i}", "Fighting", "one feed") for i in range(5)]
    assert profile(one)["1.1"]["standard_of_proof"] == "allegation"
    both = profile([*one, Evidence("selmora", "1.1", "present", "evt-9", "Fighting", "another")])["1.1"]
    assert both["standard_of_proof"] == "reasonable_grounds_to_suspect"
    assert profile([])["1.1"]["standard_of_proof"] is None


def test_trend_needs_dated_evidence_and_looks_at_a_year():
    until = dt.date(2013, 1, 1)
    days = [until - dt.timedelta(days=n) for n in (1, 20, 30, 200)]
    assert trend(days, until).word == "rising"
    assert trend([until - dt.timedelta(days=n) for n in (1, 200, 220, 230)], until).word == "falling"
    assert trend([until - dt.timedelta(days=800)], until).word == "unknown"
    assert trend([], until).word == "unknown"


def answers(*each):
    return [Answer(factor, group, answer, "steady") for factor, group, answer in each]


def test_a_factor_with_one_indicator_present_is_present_and_one_that_nobody_looked_at_is_unknown():
    found = factor_profiles(answers(("RF1", "common", "present"), ("RF1", "common", "absent"), ("RF2", "common", "unknown")))
    assert [f.answer for f in found] == ["present", "unknown"]


def test_a_factor_is_absent_only_where_most_of_it_was_looked_at():
    assert factor_profiles(answers(*[("RF1", "common", a) for a in ("absent", "unknown")]))[0].answer == "unknown"
    assert factor_profiles(answers(*[("RF1", "common", a) for a in ("absent", "absent", "unknown")]))[0].answer == "absent"


def test_each_crime_is_read_with_the_common_factors_and_with_its_own_only():
    given_ = answers(("RF1", "common", "present"), ("RF9", "genocide", "present"), ("RF13", "war_crimes", "unknown"))
    genocide, humanity, war = crime_profiles(factor_profiles(given_))
    assert genocide.own_present == ("RF9",) and genocide.common_present == ("RF1",)
    assert humanity.own_present == () and humanity.common_present == ("RF1",)
    assert war.own_present == () and war.coverage.unknown == 1
