"""Gets the files of a collection from where the user says: a file, a folder, an address, or what ships with Tocsin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.datasets import Dataset
from tocsin.model.errors import BadInput, WrongUse
from tocsin.stages.collect import Manifest, SourceFile, is_packed, unpack
from tocsin.stages.collect.fetch import fetch

LARGEST = 2 << 30
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".json": "application/json",
    ".yml": "application/yaml",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".parquet": "application/vnd.apache.parquet",
}
#: Kinds of file that only hold other files; they are preserved as received, and no crawler reads them.
CONTAINERS = ("application/zip", "application/gzip")


@dataclass(frozen=True)
class Received:
    """Holds one file as it came in, and where it came from."""

    source: SourceFile
    origin: str
    media_type: str

    @property
    def readable(self) -> bool:
        """Return True for a file that a crawler reads, False for an archive that was unpacked."""
        return self.media_type not in CONTAINERS


@dataclass(frozen=True)
class Delivery:
    """Holds the files of one act of collecting, and how many were left out, by reason."""

    files: tuple[Received, ...]
    skipped: Counter[str] = field(default_factory=Counter)


def deliver(dataset: Dataset, source: str | None) -> Delivery:
    """Return the files of `dataset` from `source`; archives are unpacked, files of another kind are counted and left out.

    Args:
        dataset: what is collected.
        source: a file, a folder or an https address; None for the files that ship, or the publisher's own address.

    Raises:
        WrongUse: there is no source, or it may not be contacted.
        BadInput: it is missing, empty, unreadable, or holds nothing of this dataset.
    """
    manifest = dataset.manifest
    if source is None:
        raw, shipped = _without_source(dataset)
    else:
        raw, shipped = _from_source(source, manifest), False
    skipped: Counter[str] = Counter()
    files: list[Received] = []
    for name, data, origin in raw:
        files += _received(name, data, origin)
    chosen = _chosen(files, manifest, skipped, strict=len(files) == 1 and not shipped)
    _check_required(dataset.name, manifest, chosen)
    return Delivery(tuple(chosen), skipped)


def _without_source(dataset: Dataset) -> tuple[list[tuple[str, bytes, str]], bool]:
    manifest = dataset.manifest
    if manifest.bundled:
        return [(name, data, "shipped with Tocsin") for name, data in dataset.bundled()], True
    if manifest.hosts and manifest.url:
        return _from_source(manifest.url, manifest), False
    raise WrongUse(
        "this dataset needs to be told where its files are",
        f"tocsin collect {dataset.name}",
        "--from FILE or --from FOLDER",
        "no --from",
        f"Run: tocsin collect {dataset.name} --from FOLDER",
    )


def _from_source(source: str, manifest: Manifest) -> list[tuple[str, bytes, str]]:
    if "://" in source:
        got = fetch(source, manifest.hosts)
        return [(got.name, got.data, got.url.split("?")[0])]
    path = Path(source)
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path)))
        return [(p.relative_to(path).as_posix(), _read(p), "a folder of the user") for p in found]
    if path.is_file():
        return [(path.name, _read(path), "a file of the user")]
    raise BadInput("there is no such file or folder", source, "an existing file or folder", "nothing", "Check the path after --from.")


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput("the file is too large", path.name, f"at most {LARGEST:,} bytes", f"{size:,}", "Split it.")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(
            "the file can't be read", path.name, "a readable file", error.strerror or "an error", "Check its permissions."
        ) from error


def _received(name: str, data: bytes, origin: str) -> list[Received]:
    source = SourceFile.of(name, data)
    if not is_packed(name, data):
        return [Received(source, origin, media_type(name))]
    packed = Received(source, origin, "application/zip" if data[:2] == b"PK" else "application/gzip")
    inside = [(f"{name}/{inner}", body) for inner, body in unpack(name, data)]
    held = f"inside {name} ({source.sha256[:16]})"
    return [packed, *(Received(SourceFile.of(inner, body), held, media_type(inner)) for inner, body in inside)]


def media_type(name: str) -> str:
    """Return the media type of a file by its name."""
    return MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def _chosen(files: Iterable[Received], manifest: Manifest, skipped: Counter[str], *, strict: bool) -> list[Received]:
    chosen: list[Received] = []
    seen: set[str] = set()
    for one in files:
        if one.source.sha256 in seen:
            skipped["same content as another file"] += 1
        elif one.readable and manifest.rule_for(one.source.name) is None:
            if strict:
                patterns = ", ".join(rule.pattern for rule in manifest.files)
                raise BadInput(
                    "the file is of another kind", one.source.name, patterns, one.source.name, "Rename it, or choose another dataset."
                )
            skipped["file of another kind"] += 1
        else:
            chosen.append(one)
            seen.add(one.source.sha256)
    return chosen


def _check_required(name: str, manifest: Manifest, files: Iterable[Received]) -> None:
    names = [one.source.name for one in files if one.readable]
    if not names:
        patterns = ", ".join(rule.pattern for rule in manifest.files)
        raise BadInput("there is nothing to collect", name, f"a file such as {patterns}", "none", "Check the path after --from.")
    found = {rule.pattern for rule in map(manifest.rule_for, names) if rule is not None}
    for rule in manifest.files:
        if rule.required and rule.pattern not in found:
            raise BadInput("a file is missing", name, rule.pattern, ", ".join(names[:5]), rule.note or "Get the whole dataset.")
