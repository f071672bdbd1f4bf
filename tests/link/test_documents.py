"""Copies of texts: equal, nearly equal, and different."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.stages.link.documents import link_documents, normalise

TEXT = (
    "The Relief Office of Selmora says that shells fell on the market of Vesh in the morning, that people ran to the river, "
    "and that the mill burned until the evening while the road to the south stayed open for carts and for those on foot."
)


def test_texts_that_differ_in_case_marks_and_spaces_are_one():
    found = link_documents({"doc-a": TEXT, "doc-b": TEXT.upper().replace(",", " ;  ")})
    (pair,) = found.pairs.to_pylist()
    assert (pair["left"], pair["right"], pair["probability"]) == ("doc-a", "doc-b", 1.0)
    assert found.groups["doc-a"] == found.groups["doc-b"]


def test_a_text_with_a_changed_word_is_a_near_copy_and_likeness_is_no_probability():
    found = link_documents({"doc-a": TEXT, "doc-b": TEXT.replace("evening", "night")})
    (pair,) = found.pairs.to_pylist()
    assert pair["probability"] is None
    assert '"same_text": false' in pair["comparisons"]


def test_different_and_empty_texts_are_not_grouped():
    found = link_documents(
        {"doc-a": TEXT, "doc-b": "Rain fell on Vesh and nobody wrote about anything else that day.", "doc-c": "", "doc-d": " "}
    )
    assert (found.groups, found.pairs.num_rows, found.clusters.num_rows) == ({}, 0, 0)


@settings(max_examples=30)
@given(st.permutations(["doc-a", "doc-b", "doc-c", "doc-d"]))
def test_the_order_of_texts_changes_nothing(order):
    texts = {"doc-a": TEXT, "doc-b": TEXT, "doc-c": TEXT + " It rained.", "doc-d": "Something else was said in Vesh."}
    expected = link_documents(texts)
    found = link_documents({key: texts[key] for key in order})
    assert found.pairs.equals(expected.pairs)
    assert found.clusters.equals(expected.clusters)


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text):
    assert normalise(normalise(text)) == normalise(text)
