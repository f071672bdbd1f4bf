"""Runs every benchmark in turn; each prints its own tables."""

from bench import estimate, extract, link, pages

for bench in (extract, estimate, link, pages):
    bench.main()
