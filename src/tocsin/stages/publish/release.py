"""The one way out: content that passed the gate, given to the writers; nothing else calls a writer."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from tocsin.model.ids import stable_id
from tocsin.stages.publish.edition import Digest
from tocsin.stages.publish.gate import OPEN_TABLES, Finding, open_rows
from tocsin.stages.publish.monitor import Monitor
from tocsin.stages.publish.writers import digest as digest_writer
from tocsin.stages.publish.writers import monitor as monitor_writer
from tocsin.stages.publish.writers import open_data
from tocsin.stages.publish.writers.open_data import Points


@dataclass(frozen=True)
class Output:
    """Is one file of a publication with the row that describes it."""

    path: str
    data: bytes
    row: Mapping[str, Any]


#: Name of the open data that holds names of people; it is made by `named` and by nothing else.
NAMED_TABLE = "named_with_consent"
#: Formats in which one table alone may leave.
TABLE_FORMATS = {"csv": open_data.as_csv, "parquet": open_data.as_parquet, "json": open_data.as_json}


def open_table(name: str, table: pa.Table, form: str) -> tuple[bytes, int]:
    """Return what of a table may be published, as a file of the given format, and how many rows that is.

    Raises:
        KeyError: the table may not be published, or the format is none of `TABLE_FORMATS`.
    """
    rows = open_rows(name, table)
    return TABLE_FORMATS[form](rows), rows.num_rows


@dataclass(frozen=True)
class About:
    """Says of an edition what stands in the row of each of its files; `findings` keep it from being released."""

    title: str
    edition: dt.date
    state: str
    invented: bool
    findings: Sequence[Finding] = ()
    remarks: Sequence[Finding] = ()

    def parameters(self) -> str:
        """Return the JSON of the row."""
        said = {"findings": self.findings, "remarks": self.remarks}
        found = {name: [{"check": f.check, "about": f.about, "what": f.message} for f in many] for name, many in said.items() if many}
        return json.dumps({"edition": str(self.edition), "state": self.state, **found}, ensure_ascii=False)


def digest_files(digest: Digest, findings: Sequence[Finding] = (), remarks: Sequence[Finding] = ()) -> list[Output]:
    """Return the digest in its five forms; what gate and linter said is kept in the row of each."""
    items = tuple(item.id for item in digest.items)
    forms = (
        ("digest.html", "text/html", digest_writer.html, digest.ids),
        ("digest.txt", "text/plain", digest_writer.text, digest.ids),
        ("digest.md", "text/markdown", digest_writer.markdown, digest.ids),
        ("digest.json", "application/json", digest_writer.as_json, digest.ids),
        ("digest.rss", "application/rss+xml", digest_writer.rss, items),
    )
    about = About(digest.title, digest.edition, digest.state, digest.invented, findings, remarks)
    return [_output("digest", f"digest/{name}", kind, write(digest), ids, about) for name, kind, write, ids in forms if ids]


def monitor_files(monitor: Monitor) -> list[Output]:
    """Return the monitor as a page and as JSON."""
    about = About(monitor.title, monitor.edition, monitor.state, invented=False)
    forms = (("monitor.html", "text/html", monitor_writer.html), ("monitor.json", "application/json", monitor_writer.as_json))
    return [_output("monitor", f"monitor/{name}", kind, write(monitor), monitor.ids, about) for name, kind, write in forms if monitor.ids]


def open_data_files(tables: Mapping[str, pa.Table], points: Points, edition: dt.date, state: str) -> list[Output]:
    """Return every publishable table as CSV and Parquet, names with consent among them, and the shown forecasts as GeoJSON."""
    files: list[Output] = []
    for name in (*OPEN_TABLES, NAMED_TABLE):
        table = tables.get(name)
        if table is None or table.num_rows == 0:
            continue
        rows = table if name == NAMED_TABLE else open_rows(name, table)
        ids = rows.column("id").to_pylist()
        about = About(f"Open data: {name}", edition, state, _all_invented(table))
        files.append(_output("open-data", f"open-data/{name}.csv", "text/csv", open_data.as_csv(rows), ids, about))
        files.append(
            _output("open-data", f"open-data/{name}.parquet", "application/vnd.apache.parquet", open_data.as_parquet(rows), ids, about)
        )
    forecasts = tables.get("forecasts")
    if forecasts is not None and forecasts.num_rows:
        shown = [r for r in open_rows("forecasts", forecasts).to_pylist() if r["chosen"] and r["probability"] is not None]
        data = open_data.as_geojson(shown, points)
        about = About("Open data: forecasts on a map", edition, state, invented=False)
        files.append(_output("open-data", "open-data/forecasts.geojson", "application/geo+json", data, [r["id"] for r in shown], about))
    return [file for file in files if file.row["inputs"]]


def _output(kind: str, path: str, media_type: str, data: bytes, ids: Sequence[str], about: About) -> Output:
    row = {
        "id": stable_id("pub", kind, path, about.edition),
        "inputs": list(ids),
        "method": f"write-{kind}",
        "parameters": about.parameters(),
        "kind": kind,
        "title": about.title,
        "edition": about.edition,
        "path": path,
        "media_type": media_type,
        "sha256": hashlib.sha256(data).hexdigest(),
        "state": about.state,
        "invented": about.invented,
    }
    return Output(path, data, row)


def _all_invented(table: pa.Table) -> bool:
    return "invented" in table.column_names and all(table.column("invented").to_pylist())
