"""`tocsin assess`: what the frameworks say of each situation, with coverage; unknown is never absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import JsonOption, out, print_json, workspace
from tocsin.model.errors import NotFound, WrongUse

if TYPE_CHECKING:
    from tocsin.flow.read.framework import Finding, Profile

_MARK = {"present": "present", "absent": "absent ", "unknown": "unknown"}


def assess(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SITUATION]", help="Slug of a situation; or `checklist CODE` for a government; empty: all."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show the profile of a situation by factor and by crime, with standard of proof, trend and coverage; never a sum."""
    words = [word for word in what or [] if word != "framework"]
    if words[:1] == ["put"]:
        raise WrongUse("Peoples under Threat is an index", "put", "tocsin indices put --data FILE", "tocsin assess put")
    if words[:1] == ["checklist"]:
        _checklist(words[1:], as_json)
    elif len(words) > 1:
        raise WrongUse("one situation at a time", "SITUATION", "one slug, or none for all", " ".join(words)[:60])
    else:
        _profiles(words, as_json)


def _profiles(words: list[str], as_json: bool) -> None:
    from tocsin.flow.read.framework import as_json as json_of
    from tocsin.flow.read.framework import profiles
    from tocsin.flow.read.published import Published

    place = workspace()
    snapshot = place.snapshot()
    if snapshot is None:
        raise NotFound("nothing was run in this workspace yet", "assess", todo="Run: tocsin run")
    found = profiles(Published(place, snapshot, {}))
    if words:
        one = next((p for p in found if p.situation.slug == words[0]), None)
        if one is None:
            known = ", ".join(p.situation.slug for p in found)
            raise NotFound("the newest run has no such situation", words[0][:60], known, words[0][:60])
        print_json(json_of(one)) if as_json else _print(one)
    elif as_json:
        print_json([json_of(one) for one in found])
    else:
        _print_all(found)


def _print_all(found: tuple[Profile, ...]) -> None:
    out.print("Factors with an indicator on record as present. No score: unknown is not absent, and absence of a sign is not safety.")
    out.print(f"\n{'situation':22}{'common':>8}{'genocide':>10}{'humanity':>10}{'war':>8}{'covered':>9}  read by people", markup=False)
    for one in found:
        own = [f"{len(crime.own_present)} of {crime.own}" for crime in one.crimes]
        common = f"{len(one.crimes[0].common_present)} of {one.crimes[0].common}"
        people = sum(count for review, count in one.reviews.items() if review in ("two_raters", "disputed"))
        line = f"{one.situation.slug:22}{common:>8}{own[0]:>10}{own[1]:>10}{own[2]:>8}{one.coverage.share:>9.0%}  {people}"
        out.print(line, markup=False)


def _print(one: Profile) -> None:
    def say(line: str = "") -> None:
        out.print(line, markup=False)

    counted = one.coverage
    say(one.situation.title + (" (invented)" if one.situation.invented else ""))
    total = counted.present + counted.absent + counted.unknown
    say(
        f"{counted.present} indicators present, {counted.absent} absent, {counted.unknown} unknown of {total}: {counted.share:.0%} covered."
    )
    say("Standard of proof: " + ", ".join(f"{rung.replace('_', ' ')} {count}" for rung, count in one.ladder.items()))
    for crime in one.crimes:
        rising = f"; rising: {', '.join(crime.rising)}" if crime.rising else ""
        name = crime.crime.replace("_", " ")
        common = f"{len(crime.common_present)} of {crime.common} common factors"
        say(
            f"  {name}: {len(crime.own_present)} of {crime.own} own factors present, with {common}; {crime.coverage.share:.0%} covered{rising}"
        )
    for factor in one.factors:
        say(
            f"\n{factor.number:>2} {factor.topic}: {factor.profile.answer}, {factor.profile.trend}, {factor.profile.coverage.share:.0%} covered"
        )
        _print_findings(factor.findings)
    for group in one.sets:
        say(f"\n{group.title}: {group.coverage.share:.0%} covered")
        _print_findings(group.findings)


def _print_findings(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.answer == "unknown":
            continue
        dissent = f", {finding.dissent} dissent" if finding.dissent else ""
        rung = finding.standard.replace("_", " ")
        head = f"   {finding.indicator:6}{_MARK[finding.answer]}  {finding.topic}"
        out.print(f"{head} ({rung}, {finding.confidence} confidence, {finding.evidence} rows{dissent})  {finding.id}", markup=False)
    unknown = [finding.indicator for finding in findings if finding.answer == "unknown"]
    if unknown:
        out.print(f"   unknown: {', '.join(unknown)}", markup=False)


def _checklist(words: list[str], as_json: bool) -> None:
    if len(words) != 1:
        raise WrongUse(
            "one government at a time", "checklist", "tocsin assess checklist CODE, such as FIN", " ".join(words)[:40] or "nothing"
        )
    parts = _read_checklist(words[0].upper())
    if as_json:
        print_json([{"heading": part.id, "title": part.title, "items": [vars(answer) for answer in part.answers]} for part in parts])
        return
    for part in parts:
        out.print(f"\n{part.title}", markup=False)
        for answer in part.answers:
            why = f": {answer.rationale}" if answer.rationale else ""
            source = f" ({answer.source})" if answer.source else ""
            out.print(f"  {answer.id:4}{_MARK[answer.answer]}  {answer.topic}{why}{source}", markup=False)


def _read_checklist(code: str) -> Any:
    from tocsin.cli.common import home
    from tocsin.flow.read.framework_checklist import checklist

    if not (home() / "workspace.json").exists():
        return checklist(code)
    from tocsin.cli.django import ready

    ready()
    from tocsin.flow.records import ratings_in_force

    return checklist(code, ratings_in_force())
