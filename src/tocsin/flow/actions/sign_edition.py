"""Signs a draft edition for release."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo
from tocsin.flow.place import current, row
from tocsin.model.errors import NotFound, Refused
from tocsin.records.models import Release
from tocsin.storage import Snapshot

PERMISSION = "sign_edition"
#: What the files of one edition have in common: a digest in five formats, the open data in all its tables.
EDITION = ("kind", "edition")


def sign_edition(actor: Actor, publication: str) -> tuple[Release, ...]:
    """Release an edition: every file of it, exactly these bytes.

    Args:
        actor: who signs.
        publication: id of one file of the edition, a row of `publications` in the newest run.
    """
    with acting(actor, PERMISSION) as book:
        snapshot = current()
        found = row(snapshot, "publications", publication)
        files = [r for r in snapshot.rows("publications") if all(r[key] == found[key] for key in EDITION)]
        only_invented_for_demo(actor, all(bool(file["invented"]) for file in files))
        for file in files:
            _check(snapshot, file)
        same = ("kind", "title", "edition", "path", "sha256")
        releases = tuple(
            book.add(Release(publication=f["id"], run=snapshot.run, invented=bool(f["invented"]), **{name: f[name] for name in same}))
            for f in files
        )
        book.audit(publication, evidence=[file["id"] for file in files], run=snapshot.run, releases=[release.id for release in releases])
        return releases


def open_findings(publication: dict[str, Any]) -> list[str]:
    """Return the findings of the release gate that are open for a row of `publications`, in words."""
    findings = json.loads(publication["parameters"] or "{}").get("findings", [])
    return [finding if isinstance(finding, str) else str(finding.get("what", finding)) for finding in findings]


def _check(snapshot: Snapshot, file: dict[str, Any]) -> None:
    findings = open_findings(file)
    if findings:
        shown = "; ".join(findings[:3])
        raise Refused(
            f"the release gate has open findings: {shown}", file["id"], "none", str(len(findings)), "Mend them and run: tocsin run"
        )
    if file["state"] != "draft":
        raise Refused("only a draft can be signed for release", file["id"], "draft", file["state"])
    if Release.objects.filter(sha256=file["sha256"]).exists():
        raise Refused("this edition was released already", file["id"])
    path = snapshot.folders()["publish"] / "files" / file["path"]
    if not path.is_file():
        raise NotFound("the file of this edition is missing", file["id"], todo="Run: tocsin run")
    if hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
        raise Refused("the file was changed after it was made", file["id"], file["sha256"][:16], "another hash", "Run: tocsin run --fresh")
