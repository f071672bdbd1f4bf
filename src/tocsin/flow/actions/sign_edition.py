"""Signs a draft edition for release: what was read goes out without its watermark, under the id of the signature."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from tocsin.accounts.roles import Actor
from tocsin.flow.actions.acting import acting, only_invented_for_demo
from tocsin.flow.editions import Masthead, build_editions
from tocsin.flow.place import current, row
from tocsin.flow.records import releases
from tocsin.model.errors import NotFound, Refused
from tocsin.model.text import day
from tocsin.records.models import Release
from tocsin.storage import Snapshot, Workspace

PERMISSION = "sign_edition"
#: What the files of one edition have in common: a digest in five formats, the open data in all its tables.
EDITION = ("kind", "edition")
#: So many characters may say what was wrong.
LONGEST = 500
Row = dict[str, Any]


def sign_edition(actor: Actor, publication: str, correction: str = "") -> tuple[Release, ...]:
    """Release an edition: every file of it is made again without the watermark; the draft stays as it was.

    Args:
        actor: who signs.
        publication: id of one file of the edition, a row of `publications` in the newest run.
        correction: what was wrong in the edition of this kind that was signed last, where this one corrects it; every file says it.
    """
    with acting(actor, PERMISSION) as book:
        snapshot = current()
        found = row(snapshot, "publications", publication)
        drafts = [r for r in snapshot.rows("publications") if all(r[key] == found[key] for key in EDITION)]
        only_invented_for_demo(actor, all(bool(draft["invented"]) for draft in drafts))
        signed = {release["draft_sha256"]: release["signature"] for release in releases()}
        for draft in drafts:
            _check(snapshot, draft, signed)
        signature, said = Release.new_id(), " ".join(correction.split())
        corrects = _corrected(found, len(said)) if said else None
        line = f"Released on {day(book.at.date())} at {book.at:%H:%M} UTC. Signature {signature}."
        files = _signed_files(snapshot, drafts, f"{line} Correction of the edition with signature {corrects}: {said}" if corrects else line)
        added = []
        for number, draft in enumerate(drafts):
            about = {"kind": draft["kind"], "title": draft["title"], "edition": draft["edition"], "invented": bool(draft["invented"])}
            path, sha256 = f"{signature}/{draft['path']}", hashlib.sha256(files[draft["path"]]).hexdigest()
            _check_new(draft, sha256)
            own = {"id": signature} if number == 0 else {}
            added.append(book.add(Release(**own, publication=draft["id"], run=snapshot.run, path=path, sha256=sha256, **about)))
        facts = {"run": snapshot.run, "signature": signature, "drafts": {draft["path"]: draft["sha256"] for draft in drafts}}
        facts |= {"corrects": corrects, "correction": said} if corrects else {}
        ids = [draft["id"] for draft in drafts]
        book.audit(signature, evidence=ids, **facts, releases=[release.id for release in added])
        Workspace(snapshot.root).write_release(signature, files)
        return tuple(added)


def _corrected(found: Row, length: int) -> str:
    """Return the signature of the edition that a correction speaks of: the last one of this kind, real or invented alike.

    Raises:
        Refused: none was signed, or the words are too many for the line that stands in every file.
    """
    if length > LONGEST:
        raise Refused(
            "the correction is too long", found["id"], f"at most {LONGEST} characters", str(length), "Say what was wrong in short."
        )
    alike = [one for one in releases() if one["kind"] == found["kind"] and bool(one["invented"]) == bool(found["invented"])]
    if not alike:
        raise Refused("no edition of this kind was signed yet", found["id"], "one to correct", "none", "Sign it without a correction.")
    return str(alike[-1]["signature"])


def open_findings(publication: Row) -> list[str]:
    """Return the findings of the release gate that are open for a row of `publications`, in words."""
    findings = json.loads(publication["parameters"] or "{}").get("findings", [])
    return [finding if isinstance(finding, str) else str(finding.get("what", finding)) for finding in findings]


def _check(snapshot: Snapshot, draft: Row, signed: Mapping[str | None, str]) -> None:
    findings = open_findings(draft)
    if findings:
        shown = "; ".join(findings[:3])
        raise Refused(
            f"the release gate has open findings: {shown}", draft["id"], "none", str(len(findings)), "Mend them and run: tocsin run"
        )
    if draft["state"] != "draft":
        raise Refused("only a draft can be signed for release", draft["id"], "draft", draft["state"])
    if draft["sha256"] in signed:
        raise Refused(
            "this edition was released already", draft["id"], "an edition that nobody signed", f"signature {signed[draft['sha256']]}"
        )
    path = snapshot.folders()["publish"] / "files" / draft["path"]
    if not path.is_file():
        raise NotFound("the file of this edition is missing", draft["id"], todo="Run: tocsin run")
    if hashlib.sha256(path.read_bytes()).hexdigest() != draft["sha256"]:
        raise Refused(
            "the file was changed after it was made", draft["id"], draft["sha256"][:16], "another hash", "Run: tocsin run --fresh"
        )


def _check_new(draft: Row, sha256: str) -> None:
    """Refuse bytes that went out before: open data of an unchanged table are the same file."""
    earlier = Release.objects.filter(sha256=sha256).first()
    if earlier is not None:
        signed = earlier.path.split("/")[0]
        raise Refused("exactly these bytes were released already", draft["id"], "something new", f"the same as in {signed}")


def _signed_files(snapshot: Snapshot, drafts: Sequence[Row], line: str) -> dict[str, bytes]:
    """Return the files of the edition as they go out; they differ from the drafts by watermark and signature alone.

    The drafts are made again too and must come out as they were read, byte for byte: else the run, or the
    program, is no longer the one whose drafts were read.

    Raises:
        Refused: a draft comes out otherwise.
    """
    first = drafts[0]
    kinds, names = (first["kind"],), {PurePosixPath(draft["path"]).stem for draft in drafts}
    edition: dt.date = first["edition"]
    again = {f.path: f.row["sha256"] for f in build_editions(snapshot.table, Masthead(edition), kinds, names).files}
    for draft in drafts:
        if again.get(draft["path"]) != draft["sha256"]:
            raise Refused(
                "the draft does not come out again as it was read",
                draft["id"],
                draft["sha256"][:16],
                (again.get(draft["path"]) or "no file")[:16],
                "Tocsin was changed since this run. Run: tocsin run, read the new draft, then sign it.",
            )
    made = {f.path: f.data for f in build_editions(snapshot.table, Masthead(edition, "released", line), kinds, names).files}
    return {draft["path"]: made[draft["path"]] for draft in drafts}
