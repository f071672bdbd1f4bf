"""Texts are kept as they are, one row each, and two that differ only in spaces have one text hash."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tocsin.datasets import dataset
from tocsin.datasets.documents.crawler import text_hash
from tocsin.stages.collect import Crawl, SourceFile

DAY = dt.date(2026, 11, 1)


def test_one_row_for_each_text_and_none_for_a_readme():
    one = dataset("documents")
    items = [SourceFile.of(n, t.encode(), DAY) for n, t in (("a/one.txt", "One."), ("two.md", "# Two"), ("a/README.md", "About"))]
    crawl = Crawl(one.name, one.manifest, items, DAY)
    one.crawl(crawl)
    rows = crawl.tables()["documents"].to_pylist()
    assert [(r["kind"], r["title"], r["span_end"]) for r in rows] == [("text", "one.txt", 4), ("text", "two.md", 5)]
    assert crawl.skipped == {"README file": 1}
    assert not any(r["invented"] for r in rows)


@given(words=st.lists(st.text("abc\u0647", min_size=1), min_size=1), gap=st.sampled_from([" ", "\n", "\r\n", "\t", "  ", "\u00a0"]))
def test_spaces_and_line_ends_do_not_change_the_text_hash(words, gap):
    assert text_hash(gap.join(words)) == text_hash(" ".join(words))
