"""What people may rely on when they rate indicators."""

from __future__ import annotations

import pytest
from people import EVENT, ITEM, PAIR

from tocsin.model.errors import BadInput, NotFound, NotPermitted, Refused


def text(answer="present", **more):
    from tocsin.flow.actions.rate_indicator import RatingText

    given = {"confidence": "medium", "rationale": "Reported twice", "standard_of_proof": "allegation", "evidence": (EVENT,)}
    return RatingText(answer, **{**given, **more})


def test_the_newest_answer_of_a_person_is_in_force_and_the_older_one_stays(records, person):
    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.records import ratings_in_force
    from tocsin.records.models import Rating

    rater = person("analyst")
    first = rate_indicator(rater, "selmora", "7.14", text())
    second = rate_indicator(rater, "selmora", "7.14", text("unknown", evidence=(), standard_of_proof=""))
    assert [row["id"] for row in ratings_in_force()] == [second.id]
    assert second.supersedes == first.id and Rating.objects.count() == 2


def test_what_an_answer_rests_on_comes_along_and_leads_back(records, person):
    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.records import citing, read_records

    made = rate_indicator(person("analyst"), "selmora", "G1", text(evidence=(EVENT,)))
    (row,) = read_records()["ratings"].to_pylist()
    assert row["evidence"] == [EVENT] and row["framework"] == "gender-sensitive/1"
    assert [link["id"] for link in citing(EVENT)] == [made.id]


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"answer": "maybe"}, BadInput, "not an answer"),
        ({"confidence": "sure"}, BadInput, "not a confidence"),
        ({"standard_of_proof": ""}, BadInput, "standard of proof"),
        ({"rationale": "  "}, BadInput, "reason is missing"),
        ({"evidence": ()}, BadInput, "evidence is missing"),
        ({"answer": "absent", "evidence": ()}, BadInput, "evidence is missing"),
        ({"evidence": (PAIR,)}, Refused, "can't be cited"),
        ({"evidence": ("evt-0000000000000000",)}, NotFound, "no row with this id"),
        ({"evidence": (f"itm-{ITEM}",)}, NotFound, "no row with this id"),
        ({"dissents_from": "rat-0000000000000000"}, NotFound, "no rating"),
    ],
)
def test_an_incomplete_answer_is_refused_and_leaves_nothing(records, person, changed, error, says):
    from tocsin.flow.actions import rate_indicator
    from tocsin.records.models import Rating

    with pytest.raises(error) as caught:
        rate_indicator(person("analyst"), "selmora", "7.14", text(**changed))
    assert says in str(caught.value)
    assert not Rating.objects.exists()


@pytest.mark.parametrize(("situation", "indicator"), [("atlantis", "7.14"), ("selmora", "99.1"), ("selmora", "K10"), ("state-zzz", "K10")])
def test_only_what_exists_can_be_rated(records, person, situation, indicator):
    from tocsin.flow.actions import rate_indicator

    with pytest.raises(NotFound):
        rate_indicator(person("analyst"), situation, indicator, text())


def test_a_government_is_rated_by_its_code(records, person):
    from tocsin.flow.actions import rate_indicator

    assert rate_indicator(person("analyst"), "state-fin", "K10", text()).framework == "government-checklist/1"


def test_demo_users_rate_the_invented_country_only(records, person):
    from tocsin.flow.actions import rate_indicator

    rater = person("analyst", demo=True)
    rate_indicator(rater, "selmora", "7.14", text())
    for subject, indicator in (("finland-2020", "7.14"), ("state-fin", "K10")):
        with pytest.raises(NotPermitted):
            rate_indicator(rater, subject, indicator, text())


def test_a_dissent_names_the_answer_of_somebody_else_and_differs_from_it(records, person):
    from tocsin.flow.actions import rate_indicator

    first, second = person("analyst"), person("editor")
    made = rate_indicator(first, "selmora", "7.14", text())
    with pytest.raises(Refused):
        rate_indicator(first, "selmora", "7.14", text("absent", dissents_from=made.id))
    with pytest.raises(Refused):
        rate_indicator(second, "selmora", "7.14", text("present", dissents_from=made.id))
    assert rate_indicator(second, "selmora", "7.14", text("absent", dissents_from=made.id)).dissents_from == made.id


def test_raters_do_not_see_each_other_before_they_answered(records, person):
    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.read.framework_desk import asked

    first, second = person("analyst"), person("editor")
    rate_indicator(first, "selmora", "7.14", text())
    before = asked("selmora", "7.14", second.uid)
    assert (before.ratings, before.hidden) == ((), 1)
    rate_indicator(second, "selmora", "7.14", text("absent"))
    assert len(asked("selmora", "7.14", second.uid).ratings) == 2


def test_every_question_has_an_id_of_its_own():
    from tocsin.flow.frameworks import questions

    ids = [question.indicator for question in questions()]
    assert len(ids) == len(set(ids))


def test_a_rating_is_public_only_once_two_people_answered(records, person):
    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.people import Public

    first = rate_indicator(person("analyst"), "selmora", "7.14", text())
    assert Public().record(first.id) is None and list(Public().citing(EVENT)) == []
    second = rate_indicator(person("editor"), "selmora", "7.14", text("absent"))
    assert Public().record(first.id).value == "present" and Public().record(second.id).value == "absent"
    assert {use.id for use in Public().citing(EVENT)} == {first.id, second.id}


def test_one_person_who_answers_twice_stays_one_person(records, person):
    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.people import Public

    rater = person("analyst")
    older = rate_indicator(rater, "selmora", "7.14", text())
    newer = rate_indicator(rater, "selmora", "7.14", text("absent"))
    assert Public().record(older.id) is None and Public().record(newer.id) is None


def test_a_question_waits_for_a_second_rater_until_it_has_one(records, person):
    from tocsin.flow.actions import rate_indicator
    from tocsin.flow.read.framework_desk import waiting_for_second

    first, second = person("analyst"), person("editor")
    rate_indicator(first, "selmora", "7.14", text())
    assert waiting_for_second(second.uid) == (("selmora", "7.14"),) and waiting_for_second(first.uid) == ()
    rate_indicator(second, "selmora", "7.14", text())
    assert waiting_for_second("a third person") == ()
