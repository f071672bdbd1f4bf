"""From results to what people read: a digest, a monitor and open data, through one release gate.

Content is composed first, then checked, then written. Whatever a run builds is a draft; only a signature releases it.

- `compose_digest`, `compose_monitor`, `ranked`, `Material`, `Digest`, `Monitor`: the content.
- `check_digest`, `lint`, `Finding`: what keeps it from going out.
- `open_rows`, `OPEN_TABLES`, `SMALL_CELL`, `named`, `NAMED_TABLE`: which rows may leave, and names with consent only.
- `digest_files`, `monitor_files`, `open_data_files`, `open_table`, `Output`, `TABLE_FORMATS`: the files.
"""

from tocsin.stages.publish.compose import Material, compose_digest, ranked
from tocsin.stages.publish.edition import Digest
from tocsin.stages.publish.gate import OPEN_TABLES, SMALL_CELL, Finding, check_digest, open_rows
from tocsin.stages.publish.linter import lint
from tocsin.stages.publish.monitor import Monitor, compose_monitor
from tocsin.stages.publish.named import named
from tocsin.stages.publish.release import NAMED_TABLE, TABLE_FORMATS, Output, digest_files, monitor_files, open_data_files, open_table

__all__ = [
    "NAMED_TABLE",
    "OPEN_TABLES",
    "SMALL_CELL",
    "TABLE_FORMATS",
    "Digest",
    "Finding",
    "Material",
    "Monitor",
    "Output",
    "check_digest",
    "compose_digest",
    "compose_monitor",
    "digest_files",
    "lint",
    "monitor_files",
    "named",
    "open_data_files",
    "open_rows",
    "open_table",
    "ranked",
]
