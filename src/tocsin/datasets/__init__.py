"""One folder a feed: its manifest, its crawler, a sample and its test. Nothing else knows a feed by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from tocsin.model.errors import WrongUse
from tocsin.stages.collect import Crawl, Manifest

#: Every dataset, in the order in which they are listed and collected. A new folder must be named here.
NAMES = (
    "documents",
    "victim_list",
    "founding_facts",
    "ucdp_country_year",
    "ucdp_ged",
    "worldbank_country_year",
    "selmora",
)
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Dataset:
    """Names one dataset; its manifest is read, and its crawler imported, only when they are asked for."""

    name: str

    @property
    def folder(self) -> Path:
        """Return the folder of the dataset."""
        return _FOLDER / self.name

    @cached_property
    def manifest(self) -> Manifest:
        """Return what the dataset says about itself; no code of it is run."""
        return Manifest.read((self.folder / "dataset.yml").read_text("utf-8"), f"datasets/{self.name}/dataset.yml")

    @property
    def crawl(self) -> Callable[[Crawl], None]:
        """Return the function that reads its files."""
        function: Callable[[Crawl], None] = import_module(f"tocsin.datasets.{self.name}.crawler").crawl
        return function

    def bundled(self) -> Sequence[tuple[str, bytes]]:
        """Return name and content of the files that ship with Tocsin; none for a dataset without."""
        if not self.manifest.bundled:
            return ()
        files: Sequence[tuple[str, bytes]] = import_module(f"tocsin.datasets.{self.name}.crawler").bundled()
        return files


def catalogue() -> tuple[Dataset, ...]:
    """Return every dataset in its order."""
    return tuple(Dataset(name) for name in NAMES)


def dataset(name: str) -> Dataset:
    """Return the dataset called `name`.

    Raises:
        WrongUse: there is none.
    """
    for one in catalogue():
        if one.name == name:
            return one
    raise WrongUse("no dataset has this name", name[:40], ", ".join(d.name for d in catalogue()), name[:40], "Run: tocsin datasets")
