"""Runs every benchmark in turn; each prints its own tables."""

from bench import assess, estimate, extract, forecast_counts, forecast_onset, link, link_documents, link_events, pages

for bench in (extract, estimate, link, link_documents, link_events, forecast_onset, forecast_counts, assess, pages):
    bench.main()
