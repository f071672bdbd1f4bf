"""Writes the reference pages from the code: commands, tables, datasets, sources, settings, verbs.

`python tools/build_reference.py` writes into docs/reference/generated; building the documentation does the same.
"""

from __future__ import annotations

import re
from pathlib import Path

import click
import typer

from tocsin import reference
from tocsin.cli.main import app
from tocsin.datasets import catalogue
from tocsin.model import tables
from tocsin.stages.forecast.count_cards import count_markdown
from tocsin.stages.forecast.model_cards import as_markdown
from tocsin.storage import FORMAT

ROOT = Path(__file__).parents[1]


def write(folder: Path) -> None:
    """Write every page into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {"commands": commands(), "tables": table_pages(), "datasets": datasets(), "sources": sources(), "settings": settings()}
    pages["model-cards"] = as_markdown()
    pages["count-models"] = count_markdown()
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, "utf-8")


def commands() -> str:
    """Return one section a command, with its arguments and options."""
    lines = ["# Commands", "", "Every command takes `--help`. Exit code 0: done; 1: a problem in the data; 2: wrong use.", ""]
    for path, command in _walk(typer.main.get_command(app), "tocsin"):
        lines += [f"## `{path}`", "", (command.help or "").split("\f")[0].strip(), ""]
        for parameter in command.params:
            if getattr(parameter, "param_type_name", "") == "option":
                lines.append(f"- `{', '.join(parameter.opts)}`: {parameter.help or ''}")
            else:
                lines.append(f"- `{(parameter.name or '').upper()}`: {getattr(parameter, 'help', '') or ''}")
        lines.append("")
    return "\n".join(lines)


def _walk(command: click.Command, path: str):
    if not hasattr(command, "commands"):
        yield path, command
        return
    for name, child in command.commands.items():
        yield from _walk(child, f"{path} {name}")


def table_pages() -> str:
    """Return one section a table, with its columns and types."""
    lines = ["# Tables", "", f"Workspace format {FORMAT}. A collected row names its file; a computed row names its inputs.", ""]
    for name, schema in tables.TABLES.items():
        lines += [f"## {name}", "", "| column | type | may be empty |", "| --- | --- | --- |"]
        lines += [f"| {field.name} | {field.type} | {'yes' if field.nullable else 'no'} |" for field in schema]
        lines.append("")
    return "\n".join(lines)


def datasets() -> str:
    """Return one section a dataset, from its manifest."""
    lines = ["# Datasets", ""]
    for dataset in catalogue():
        manifest = dataset.manifest
        lines += [f"## {dataset.name}", "", manifest.title, ""]
        lines += [f"- publisher: {manifest.publisher}", f"- licence: {manifest.licence}", f"- cadence: {manifest.cadence}"]
        lines += [f"- from: <{manifest.url}>"] if manifest.url else []
        lines += [f"- ships with Tocsin: {f'yes, as of {manifest.edition}' if manifest.bundled else 'no, you bring the files'}"]
        lines += [f"- file `{file.pattern}`{f': {file.note}' if file.note else ''}" for file in manifest.files]
        lines += [f"- column `{column}` is not read: {why}" for column, why in manifest.ignore.items()]
        lines += ["", *(f"- {caveat}" for caveat in manifest.caveats), ""]
    return "\n".join(lines)


def sources() -> str:
    """Return the table of bundled files."""
    lines = ["# Bundled data", "", "| file | title | publisher | licence | date |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {s.file} | {s.title} | {s.publisher} | {s.licence} | {s.date} |" for s in reference.sources()]
    return "\n".join([*lines, ""])


def settings() -> str:
    """Return the environment variables that the code reads."""
    text = "".join(p.read_text("utf-8") for p in (ROOT / "src" / "tocsin").rglob("*.py"))
    names = sorted(set(re.findall(r"[\"'](TOCSIN_[A-Z_]+|DATABASE_URL)[\"']", text)))
    head = (ROOT / "src" / "tocsin" / "web" / "settings.py").read_text("utf-8").split('"""')[1]
    said = dict(re.findall(r"^((?:TOCSIN_[A-Z_]+|DATABASE_URL))\s+(.+)$", head, re.MULTILINE))
    lines = ["# Settings", "", "Environment variables; none is needed on one computer.", ""]
    return "\n".join([*lines, *(f"- `{name}`: {said.get(name, 'read by one command; see its help')}" for name in names), ""])


if __name__ == "__main__":
    write(ROOT / "docs" / "reference" / "generated")
