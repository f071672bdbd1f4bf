"""Stand-ins for the reference data while it is not there yet; used by the tests of pages only."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import yaml
from babel import Locale
from babel.core import get_global

from tocsin import datasets, reference
from tocsin.model.errors import NotFound


def install() -> None:
    """Put small functions where the real ones are missing."""
    if hasattr(reference, "territory"):
        return
    reference.territory = _territory
    drawn = Path("/tmp/worldmap.json")
    shapes = [SimpleNamespace(code=c, name=n, path=p) for c, n, p in json.loads(drawn.read_text())] if drawn.exists() else []
    reference.world_map = lambda: SimpleNamespace(width=800, height=390, shapes=shapes, borders=())
    datasets.catalogue = lambda: (
        SimpleNamespace(
            name="ucdp",
            title="UCDP organised violence, country and year",
            publisher="Uppsala Conflict Data Program",
            licence="CC BY 4.0",
            licence_url="",
            url="",
            cadence="yearly",
            lag_days=160,
            invented=False,
            caveats=(),
        ),
        SimpleNamespace(
            name="selmora",
            title="Selmora, the invented country",
            publisher="Tocsin",
            licence="Apache-2.0",
            licence_url="",
            url="",
            cadence="once",
            lag_days=0,
            invented=True,
            caveats=(),
        ),
    )
    reference.framework = _framework
    reference.toolbox = _toolbox
    reference.sources = lambda: (
        SimpleNamespace(file="toolbox.csv", title="Toolbox", publisher="Tocsin", licence="Apache-2.0", url="", date="2026-11-20", note=""),
    )


def _framework() -> SimpleNamespace:
    topics = ("Armed conflict or other instability", "Record of serious violations", "Weak state structures", "Motives or incentives")
    factors = [SimpleNamespace(id=f"RF{n}", number=n, topic=topics[n % 4], indicators=()) for n in range(1, 15)]
    return SimpleNamespace(version="1", factors=factors)


def _toolbox() -> SimpleNamespace:
    shared = Path(__file__).parents[3] / "../shared/reference/toolbox.yaml"
    shared = shared if shared.exists() else Path("/work/shared/reference/toolbox.yaml")
    found = yaml.safe_load(shared.read_text("utf-8"))
    measures = []
    for entry in found["measures"] if "measures" in found else found["toolbox"]:
        precedents = [
            SimpleNamespace(**{k: p.get(k) for k in ("situation", "year", "outcome", "confidence")}) for p in entry.get("precedents") or []
        ]
        plain = {"legal_basis": "", "preconditions": "", "evidence_ref": None, **entry, "precedents": precedents}
        measures.append(SimpleNamespace(**plain))
    return SimpleNamespace(measures=measures, evidence={k: SimpleNamespace(**v) for k, v in found["evidence"].items()})


def _territory(code: str) -> SimpleNamespace:
    alpha2 = get_global("territory_aliases").get(code, [None])[0]
    name = Locale("en").territories.get(alpha2 or code)
    if name is None:
        raise NotFound("no territory has this code", code)
    return SimpleNamespace(code=code, name=name, invented=False)
