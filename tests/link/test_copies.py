"""Copies of texts: equal, nearly equal, and different."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.stages.link.documents import Text, link_documents, normalise
from tocsin.stages.link.translations import compare_titles, title_tokens

TEXT = (
    "The Relief Office of Selmora says that shells fell on the market of Vesh in the morning, that people ran to the river, "
    "and that the mill burned until the evening while the road to the south stayed open for carts and for those on foot."
)


def compare(texts, **more):
    return link_documents([Text(identifier, text) for identifier, text in texts.items()], **more)


def reasons(*texts, **more):
    """Reasons of the only pair among `texts`; none where there is no pair."""
    pairs = link_documents(texts, **more).pairs.to_pylist()
    return reasons_of(pairs[0]) if pairs else []


def reasons_of(pair):
    return [one["level"] for one in json.loads(pair["comparisons"]) if one["field"] == "reason"]


def test_texts_that_differ_in_case_marks_and_spaces_are_one():
    found = compare({"doc-a": TEXT, "doc-b": TEXT.upper().replace(",", " ;  ")})
    (pair,) = found.pairs.to_pylist()
    assert (pair["left"], pair["right"], pair["probability"]) == ("doc-a", "doc-b", 1.0)
    assert found.groups["doc-a"] == found.groups["doc-b"]


def test_a_text_with_a_changed_word_is_a_near_copy_and_likeness_is_no_probability():
    found = compare({"doc-a": TEXT, "doc-b": TEXT.replace("evening", "night")})
    (pair,) = found.pairs.to_pylist()
    assert pair["probability"] is None
    assert reasons_of(pair) == ["near_text"]


def test_different_and_empty_texts_are_not_grouped():
    found = compare({"doc-a": TEXT, "doc-b": "Rain fell on Vesh and nobody wrote about anything else that day.", "doc-c": "", "doc-d": " "})
    assert (found.groups, found.pairs.num_rows, found.clusters.num_rows) == ({}, 0, 0)


@settings(max_examples=30)
@given(st.permutations(["doc-a", "doc-b", "doc-c", "doc-d"]))
def test_the_order_of_texts_changes_nothing(order):
    texts = {"doc-a": TEXT, "doc-b": TEXT, "doc-c": TEXT + " It rained.", "doc-d": "Something else was said in Vesh."}
    expected = compare(texts)
    found = compare({key: texts[key] for key in order})
    assert found.pairs.equals(expected.pairs)
    assert found.clusters.equals(expected.clusters)


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text):
    assert normalise(normalise(text)) == normalise(text)


LONG = TEXT + " " + " ".join(f"Witness {n} saw {n * 3} carts at bridge {n * 11} on day {n * 7} of year {n * 5}." for n in range(1, 31))


def test_a_copy_in_another_outlet_is_syndicated_and_in_the_same_outlet_is_not():
    one = Text("doc-a", TEXT, outlet="The Vesh Observer")
    assert reasons(one, Text("doc-b", TEXT, outlet="Harbor Review")) == ["same_text", "syndicated"]
    assert reasons(one, Text("doc-b", TEXT, outlet="THE VESH OBSERVER")) == ["same_text"]
    assert reasons(one, Text("doc-b", TEXT)) == ["same_text"]  # an unknown outlet is no other outlet


def test_a_copy_that_credits_where_it_was_taken_from_is_syndicated():
    assert reasons(Text("doc-a", LONG), Text("doc-b", "Reprinted from the Vesh Observer. " + LONG)) == ["near_text", "syndicated"]


def test_a_shortened_copy_is_grouped_and_a_quotation_is_only_a_pair():
    words = LONG.split()
    shortened, quoted = " ".join(words[: len(words) * 11 // 20]), TEXT
    cut = link_documents([Text("doc-a", LONG), Text("doc-b", shortened)])
    assert reasons_of(cut.pairs.to_pylist()[0]) == ["cut_copy"]
    assert cut.groups["doc-a"] == cut.groups["doc-b"]
    quote = link_documents([Text("doc-a", LONG), Text("doc-b", quoted)])
    assert reasons_of(quote.pairs.to_pylist()[0]) == ["quoted"]
    assert quote.groups == {}


def test_what_was_cut_out_of_a_digest_is_no_copy_of_it():
    assert reasons(Text("doc-a", TEXT), Text("doc-b", TEXT, part_of="doc-a")) == []


def test_two_texts_that_quote_a_third_are_not_chained_through_it():
    other = " ".join(f"Boat {n} left the harbor of Sel with {n} nets and came back on the tide of the {n}th hour." for n in range(30))
    found = link_documents([Text("doc-a", LONG), Text("doc-b", other), Text("doc-c", LONG + " " + other)])
    assert "doc-a" not in found.groups or found.groups["doc-a"] != found.groups.get("doc-b")


ENGLISH = Text("doc-a", "At least 23 people were killed in Hazruf. Some 1,450 fled.", "23 killed in Hazruf, September 2031", language="en")


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("٢٣ قتيلا في هزروف في سبتمبر 2031", "ar"),
        ("23 morts à Hazruf en septembre 2031", "fr"),
        ("23 muertos en Hazruf en septiembre de 2031", "es"),
    ],
)
def test_a_translation_is_known_by_its_title_and_numbers(title, language):
    other = Text("doc-b", "23 1450", title, language=language)
    assert reasons(ENGLISH, other) == ["translation"]
    assert reasons(Text("doc-a", ENGLISH.text, ENGLISH.title, language="en", date=dt.date(2031, 9, 20)),
                   Text("doc-b", other.text, title, language=language, date=dt.date(2031, 11, 20))) == []  # fmt: skip
    assert reasons(ENGLISH, Text("doc-b", "77 3100 640", title, language=language)) == []  # other numbers: another text
    assert reasons(ENGLISH, Text("doc-b", "23 1450", title)) == []  # an unknown language is no other language


def test_common_words_alone_make_no_translation():
    match = compare_titles(
        title_tokens("Army attack on hospital kills children"), title_tokens("Attaque de l'armée: enfants tués à l'hôpital")
    )
    assert not match.firm
    one, other = (
        Text("doc-a", "", "Army attack on hospital", language="en"),
        Text("doc-b", "", "Attaque de l'armée, hôpital", language="fr"),
    )
    assert reasons(one, other) == []


def test_a_judgement_wins_over_every_rule():
    texts = [Text("doc-a", TEXT), Text("doc-b", TEXT), Text("doc-c", "Something else was said in Vesh.")]
    apart = link_documents(texts, judgements=[("doc-b", "doc-a", "negative")])
    assert apart.groups == {}
    assert apart.pairs.to_pylist()[0]["judgement"] == "negative"
    together = link_documents(texts, judgements=[("doc-a", "doc-b", "negative"), ("doc-c", "doc-a", "positive")])
    assert together.groups["doc-a"] == together.groups["doc-c"]
    assert "doc-b" not in together.groups


@settings(max_examples=40)
@given(st.lists(st.sampled_from([TEXT, LONG, TEXT + " It rained.", LONG[:900], "Rain fell."]), min_size=2, max_size=6))
def test_pairs_are_symmetric_and_every_group_is_closed_under_its_reasons(drawn):
    one = compare({f"doc-{n}": text for n, text in enumerate(drawn)})
    two = compare({f"doc-{len(drawn) - 1 - n}": text for n, text in enumerate(drawn)})
    last = len(drawn) - 1
    mirrored = {tuple(sorted((last - int(p["left"][4:]), last - int(p["right"][4:])))) for p in one.pairs.to_pylist()}
    assert mirrored == {tuple(sorted((int(p["left"][4:]), int(p["right"][4:])))) for p in two.pairs.to_pylist()}
    linked = {(p["left"], p["right"]) for p in one.pairs.to_pylist() if reasons_of(p) != ["quoted"]}
    members = sorted(one.groups)
    assert all((a, b) in linked for a in members for b in members if a < b and one.groups[a] == one.groups[b])


def test_many_copies_of_one_text_make_one_group_without_a_pair_for_every_two():
    texts = {f"doc-{n:03d}": TEXT for n in range(60)} | {"doc-x": TEXT.replace("evening", "night")}
    found = compare(texts)
    assert len(set(found.groups.values())) == 1
    assert len(found.groups) == 61
    assert found.pairs.num_rows < 100
