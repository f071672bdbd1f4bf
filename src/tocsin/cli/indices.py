"""`tocsin indices`: published formulas over the components that a user brings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import JsonOption, SeedOption, out, print_json

if TYPE_CHECKING:
    from tocsin.flow.index_files import RankedRow

app = typer.Typer(help="Score and rank territories by a published index; each rank with its interval.", no_args_is_help=True)


@app.callback()
def indices() -> None:
    """Score and rank territories by a published index."""


@app.command("put")
def put(
    data: Annotated[
        Path,
        typer.Option(
            "--data", metavar="FILE|DIR", readable=False, help="CSV or Parquet: territory or country, year, A to J (empty: unknown)."
        ),
    ],
    seed: SeedOption = 20130111,
    as_json: JsonOption = False,
) -> None:
    """Score Peoples under Threat from its ten components: an index, not a probability."""
    from tocsin.flow.index_files import as_json as json_rows
    from tocsin.flow.index_files import rank_put

    ranked = rank_put(data, seed)
    if as_json:
        print_json(json_rows(ranked))
    else:
        _print(ranked)


def _print(ranked: list[RankedRow]) -> None:
    from tocsin import reference

    out.print("Peoples under Threat: an index, not a probability. Ranks: 90% interval over shaken weights and inputs.", markup=False)
    for year in sorted({one.row.year for one in ranked}, reverse=True):
        here = sorted((o for o in ranked if o.row.year == year), key=lambda o: (o.rank or len(ranked) + 1, -o.score.high))
        since = f"; change since {here[0].since}" if here[0].since else ""
        out.print(f"\nEDITION {year}: {len(here)} {'territory' if len(here) == 1 else 'territories'}{since}", markup=False)
        out.print(f"  {'rank':>4}  {'interval':9}  {'index':>8}  {'bounds':17}  {'change':>6}  territory", markup=False)
        for one in here:
            out.print("  " + _line(one, reference.territory(one.row.territory).name), markup=False)
        risers = sorted((o for o in here if (o.rise or 0) > 0), key=lambda o: (-(o.rise or 0), o.rank or 0))
        if here[0].since:
            named = [f"{reference.territory(o.row.territory).name} {o.rise:+d}{_sure(o)}" for o in risers]
            out.print(f"  Risers since {here[0].since}: {'; '.join(named) or 'none'}", markup=False)
    counted = [o for o in ranked if any(key in "ABC" for key in o.score.missing)]
    if counted:
        out.print(f"\nA missing A, B or C counts as 0 by the publisher's rule: {len(counted)} rows.", markup=False)


def _sure(one: RankedRow) -> str:
    """Return in how many of the shaken editions a territory gained a place."""
    return "" if one.rise_probability is None else f" (in {one.rise_probability:.0%} of the shaken editions)"


def _line(one: RankedRow, name: str) -> str:
    rank = f"{one.rank}" if one.rank else "none"
    score = f"{one.score.score:.3f}" if one.score.score is not None else "none"
    bounds = f"{one.score.low:.2f} to {one.score.high:.2f}" if one.score.score is None else ""
    change = "" if one.rise is None else f"{one.rise:+d}" if one.rise else "0"
    lacking = f"  (missing: {', '.join(one.score.missing)})" if one.score.missing else ""
    return f"{rank:>4}  {f'{one.rank_low} to {one.rank_high}':9}  {score:>8}  {bounds:17}  {change:>6}  {name}{lacking}"
