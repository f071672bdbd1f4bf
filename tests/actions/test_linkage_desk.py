"""The linkage desk: what a reader sees, a second reader does not see, and what becomes of judgements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import PAIR, REAL_PAIR

from tocsin.flow.judged import contradiction, settled


def client_of(user):
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def page(client, address="/desk/linkage"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_answer_has_a_key_and_works_without_it(records, person):
    text = page(client_of(person("analyst")))
    for key in ("s", "d", "u", "r"):
        assert f'data-key="{key}"' in text
    assert text.count("<button") >= 3 and "onclick" not in text


def test_a_proposed_reason_is_enough(records, person):
    from tocsin.flow.records import judgements_of

    client = client_of(person("analyst"))
    refused = client.post(f"/desk/linkage/{PAIR}/judge", {"j": "positive"})
    assert refused.status_code == 422 and b"reason" in refused.content
    assert client.post(f"/desk/linkage/{PAIR}/judge", {"j": "positive", "proposed": "Agree: Family name."}).status_code == 302
    assert judgements_of(PAIR)[-1].why == "Agree: Family name."


def test_a_judged_pair_leaves_the_queue_and_undo_brings_it_back(records, person):
    client = client_of(person("analyst"))
    client.post(f"/desk/linkage/{REAL_PAIR}/judge", {"j": "unsure"})
    assert f"/desk/linkage/{REAL_PAIR}/judge" not in page(client)
    assert f"/desk/linkage/{REAL_PAIR}/undo" in page(client)
    client.post(f"/desk/linkage/{REAL_PAIR}/undo")
    assert f"/desk/linkage/{REAL_PAIR}" in page(client)
    assert "Taken back" in page(client, f"/desk/linkage/{REAL_PAIR}")


def test_a_second_reader_answers_without_knowing_what_the_first_said(records, person):
    first, second = person("analyst"), person("verifier")
    client_of(first).post(f"/desk/linkage/{REAL_PAIR}/judge", {"j": "negative", "why": "the fathers differ"})
    reader = client_of(second)
    assert REAL_PAIR not in page(reader)
    shown = page(reader, "/desk/linkage?second=1")
    assert REAL_PAIR in shown and "the fathers differ" not in shown
    reader.post(f"/desk/linkage/{REAL_PAIR}/judge", {"j": "positive", "why": "one family", "second": "1"})
    after = page(reader, f"/desk/linkage/{REAL_PAIR}")
    assert "the fathers differ" in after
    assert "1 pair is in dispute" in after


def test_demo_users_are_shown_invented_pairs_only(records, person):
    from tocsin.flow import linkage_queue

    shown = {pair["id"] for pair in linkage_queue.waiting(person("analyst", demo=True)).pairs}
    assert PAIR in shown and REAL_PAIR not in shown


def test_who_has_lists_of_their_own_judges_those_and_counts_those(records, person):
    from tocsin.flow import linkage_queue

    analyst = person("analyst")
    assert [pair["id"] for pair in linkage_queue.waiting(analyst).pairs] == [REAL_PAIR]
    assert linkage_queue.progress(analyst).persons_now <= 2, "nobody of the invented country is counted"


def test_what_two_readers_dispute_decides_nothing_in_the_next_run(records, person):
    from tocsin.flow.actions import judge_pair
    from tocsin.flow.records import read_records

    judge_pair(person("analyst"), PAIR, "positive", "same town")
    judge_pair(person("verifier"), PAIR, "negative", "other father")
    rows = read_records()["judgements"].to_pylist()
    assert set(settled(rows).values()) == {"unsure"}


people = st.integers(0, 4)
said = st.lists(st.tuples(people, people, st.sampled_from(["positive", "negative"])).filter(lambda t: t[0] != t[1]), max_size=8)


@given(said, st.permutations(range(8)))
def test_what_is_settled_does_not_depend_on_the_order_of_readers(rows, order):
    listed = [{"left": f"r{a}", "right": f"r{b}", "judgement": judgement} for a, b, judgement in rows]
    turned = [listed[i] for i in order if i < len(listed)]
    assert settled(listed) == settled(turned)


@given(said)
def test_judgements_taken_one_by_one_without_contradiction_describe_persons(rows):
    known = {}
    for a, b, judgement in rows:
        pair = tuple(sorted((f"r{a}", f"r{b}")))
        if pair not in known and contradiction(known, pair, judgement) is None:
            known[pair] = judgement
    name = {f"r{i}": i for i in range(5)}
    for _ in range(5):
        for (a, b), judgement in known.items():
            if judgement == "positive":
                name[a] = name[b] = min(name[a], name[b])
    assert all(name[a] != name[b] for (a, b), judgement in known.items() if judgement == "negative")


def test_the_weights_run_from_strangers_to_the_sum():
    from tocsin.web.desk.weights import weights

    reasons = [{"field": "given", "level": "equal", "weight": 4.5}, {"field": "sex", "level": "different", "weight": -1.5}]
    found = weights({"weight": 1.0}, reasons)
    assert (found.start.weight, [step.weight for step in found.steps], found.total) == ("−2.0", ["+4.5", "−1.5"], "+1.0")  # noqa: RUF001
    ends = [(float(one.x), float(one.x) + float(one.width)) for one in (found.start, *found.steps)]
    assert ends[0][0] == pytest.approx(ends[1][0], abs=0.11), "each bar begins where the one before ended"
    assert ends[1][1] == pytest.approx(ends[2][1], abs=0.11)
    assert ends[0][1] == pytest.approx(float(found.zero), abs=0.11)
    assert weights({"weight": 1.0}, []) is None and weights({"weight": None}, reasons) is None


def test_only_the_letters_that_differ_are_marked_and_markup_stays_text():
    from tocsin.web.desk.marked import marked

    assert marked("Beshkari", "Bashkari") == ("B<mark>e</mark>shkari", "B<mark>a</mark>shkari")
    assert marked("Tolan", "محمود") == ("<mark>Tolan</mark>", "<mark>محمود</mark>")
    assert "<b>" not in marked("<b>Tolan", "<b>Tolen")[0]


@given(left=st.text(max_size=12), right=st.text(max_size=12))
def test_marking_changes_no_letter(left, right):
    from html import unescape

    from tocsin.web.desk.marked import marked

    shown = marked(left, right)
    assert [unescape(one.replace("<mark>", "").replace("</mark>", "")) for one in shown] == [left, right]


def test_an_answer_says_how_many_people_it_leaves(records):
    from tocsin.flow.linkage_queue import Effect, Progress, effect

    now = Progress(0, None, 0, 0, 0, 2, 2, {"a": "one", "b": "two", "c": "two"})
    assert effect(now, {"left": "a", "right": "b"}) == Effect(2, 1, 2)
    assert effect(now, {"left": "b", "right": "c"}) == Effect(2, 2, 3)
    assert effect(now, {"left": "a", "right": "z"}) is None
