"""Fetches, preserves by hash, checks and emits rows: what a dataset's crawler needs, and nothing that names one.

- `Manifest`: what a dataset says about itself, read from dataset.yml without running code.
- `SourceFile`: one file as a crawler sees it; `text()` reads UTF-8 or refuses.
- `Crawl`: given to `crawl(crawl)`; `rows` reads CSV, `emit` adds a checked row, `skip` counts what is left out.
- `Record`: one row, read destructively; `audit` refuses what nobody read.
- `read_csv`: the rows of a CSV file, for use outside a crawl; `delimiter_of`: what stands between its values.
- `read_plain_text`: one file as text, or what it is instead.
- `unpack`, `is_packed`, `Limits`: zip and gz files, within limits.
"""

from tocsin.stages.collect.crawl import Crawl
from tocsin.stages.collect.manifest import Manifest
from tocsin.stages.collect.reading import Record, delimiter_of, read_csv
from tocsin.stages.collect.source import SourceFile
from tocsin.stages.collect.texts import read_plain_text
from tocsin.stages.collect.unpack import Limits, is_packed, unpack

__all__ = [
    "Crawl",
    "Limits",
    "Manifest",
    "Record",
    "SourceFile",
    "delimiter_of",
    "is_packed",
    "read_csv",
    "read_plain_text",
    "unpack",
]
