"""What a dataset says about itself in dataset.yml, read without running any of its code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tocsin.model import tables
from tocsin.model.errors import BadInput

Share = Annotated[float, Field(ge=0.0, le=1.0)]
#: Tables that a crawler may emit rows of.
EMITTED = ("situations", "documents", "events", "persons", "figures", "measures")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileRule(_Strict):
    """Says which files belong to a dataset: a pattern, and whether one must be there."""

    pattern: str
    required: bool = True
    note: str = ""


class RowCount(_Strict):
    """Holds the fewest and the most rows that a table of the dataset may have."""

    min_rows: int = Field(default=0, ge=0)
    max_rows: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max_rows is not None and self.max_rows < self.min_rows:
            raise ValueError("max_rows is below min_rows")
        return self


class Manifest(_Strict):
    """Describes one dataset: who publishes it, under which licence, and what it should look like."""

    title: str
    publisher: str
    licence: str
    licence_url: str = ""
    url: str = ""
    #: How often the publisher renews it, in words.
    cadence: str
    #: Days from the end of the period that a row is about until the world could know it.
    lag_days: int | None = Field(default=None, ge=0)
    #: The only hosts that a collection of this dataset may contact.
    hosts: tuple[str, ...] = ()
    #: Names, never values, of the keys that the publisher asks for.
    secrets: tuple[str, ...] = ()
    sensitivity: Literal["public", "internal", "personal"] = "public"
    invented: bool = False
    languages: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    files: tuple[FileRule, ...]
    expected: Mapping[str, RowCount] = Field(default_factory=dict)
    fill: Mapping[str, Mapping[str, Share]] = Field(default_factory=dict)
    #: Columns of the source that are left unread on purpose, each with the reason.
    ignore: Mapping[str, str] = Field(default_factory=dict)
    #: True where files ship with Tocsin; `edition` is the day they were put together.
    bundled: bool = False
    edition: dt.date | None = None
    #: True where a new collection adds to the earlier ones; a file of the same name replaces its earlier version.
    cumulative: bool = False

    @model_validator(mode="after")
    def _knows_its_tables(self) -> Self:
        for name in (*self.expected, *self.fill):
            if name not in EMITTED:
                raise ValueError(f"no crawler emits a table {name!r}; known: {', '.join(EMITTED)}")
        for name, columns in self.fill.items():
            for column in columns:
                if column not in tables.TABLES[name].names:
                    raise ValueError(f"table {name} has no column {column!r}")
        if self.bundled and self.edition is None:
            raise ValueError("a bundled dataset needs the `edition` of its files")
        return self

    @classmethod
    def read(cls, text: str, where: str) -> Manifest:
        """Read the text of a dataset.yml.

        Raises:
            BadInput: it is no YAML, or a key is unknown, missing or of the wrong kind.
        """
        try:
            return cls.model_validate(yaml.safe_load(text))
        except yaml.YAMLError as error:
            raise BadInput("the manifest is not YAML", where, "YAML", type(error).__name__, "Correct the file.") from error
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"]) or "(the whole)"
            raise BadInput(
                f"the manifest is wrong at {key}",
                where,
                "the keys of the manifest, each of its kind",
                str(first["msg"]),
                "See docs/reference/datasets, and correct the file.",
            ) from error

    def rule_for(self, name: str) -> FileRule | None:
        """Return the first rule whose pattern fits the file `name` or the last part of it; None where none fits."""
        last = name.rsplit("/", 1)[-1]
        return next((rule for rule in self.files if fnmatchcase(name, rule.pattern) or fnmatchcase(last, rule.pattern)), None)
