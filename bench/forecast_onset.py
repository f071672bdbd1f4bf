"""Measures onset forecasts on the Early Warning Project's country-years, beside the published figures.

Run: `python -m bench.forecast_onset [FOLDER]`. FOLDER holds modeldata_sra* and foos_forecasts_sra* (default: ewp below
TOCSIN_SHARED or ../shared/data); skipped with the reason where it is absent.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from bench.numbers import Number, at_least, at_most, print_numbers, within
from tocsin.flow.backtest import run_backtest

SHARED = Path(os.environ.get("TOCSIN_SHARED", Path(__file__).parents[2] / "shared"))
#: What was published, or recomputed from their published file, for these very rows; and what Tocsin set itself.
PUBLISHED = {
    "log_loss_skill": 0.100,
    "log_loss_skill_expanding": 0.134,
    "recall": {"10": 0.265, "20": 0.529, "30": 0.647},
    "rows": (3528, 3694),
}
GOALS = {"spearman": 0.99, "within_year": 0.998, "difference": 0.0015, "skill": 0.13, "precision_ratio": 1.25}
EXPECTED_OBSERVED = (0.8, 1.25)


def main(folder: Path | None = None) -> list[Number]:
    """Run the backtest, print its tables, each figure beside its goal, and return the numbers that were asked for."""
    place = folder or SHARED / "data" / "ewp"
    if not place.is_dir():
        print(f"Onset forecasts: skipped, because {place} is not here.")
        return []
    began = time.perf_counter()
    result = run_backtest(place).as_dict()
    print(f"Onset forecasts, {', '.join(result['files'])}; vintage: {result['vintage']}; {time.perf_counter() - began:.0f} s")
    _clone(result["clone"])
    apart = result["windows"] if len(result["windows"]) > 1 else {}
    windows = {"all": result["targets"], **apart}
    for targets in windows.values():
        _two_year(targets, result["chosen"])
        _parts(targets["onset_1or2"])
        _yearly(targets["onset_max2"], result["chosen"])
    return _numbers(result["clone"], (apart or {"published": result["targets"]})["published"], result["chosen"])


def _numbers(clone: dict[str, Any], targets: dict[str, Any], best: str) -> list[Number]:
    """Return each number of the onset forecasts, on the origins for which figures were published."""
    own, theirs = (targets["onset_1or2"]["models"][name] for name in (best, "ewp_published"))
    order = targets["onset_max2"]["models"][best]["recall_at"]
    ratio, gain = own["average_precision"] / theirs["average_precision"], own["paired_log_score"]
    found = [
        at_least("clone: rank correlation, pooled", "-", GOALS["spearman"], clone["spearman"], ".4f"),
        at_least("clone: mean rank correlation within a year", "-", GOALS["within_year"], clone["within_year"], ".4f"),
        at_most("clone: mean absolute difference", "-", GOALS["difference"], clone["difference"], ".4f"),
        Number(
            "onset: gain of log score over the published, 95% interval",
            "0",
            "above 0",
            f"{gain['mean']:+.4f} [{gain['low']:+.4f}, {gain['high']:+.4f}]",
            gain["low"] > 0,
        ),
        at_least("onset: average precision, times the published", "1.00", GOALS["precision_ratio"], ratio, ".2f"),
        at_least("onset: skill against the rate of the rows", "0.100", GOALS["skill"], own["log_loss_skill"]),
        Number("onset: skill against expanding climatology", "0.134", "printed", f"{own['log_loss_skill_expanding']:.3f}", None),
        *(at_least(f"onset: recall at {k}", f"{PUBLISHED['recall'][k]}", PUBLISHED["recall"][k], round(order[k], 3)) for k in ("10", "30")),
        Number("onset: recall at 20", f"{PUBLISHED['recall']['20']}", "printed", f"{order['20']:.3f}", None),
        within("onset: expected / observed, all years", f"{theirs['expected_observed']:.2f}", EXPECTED_OBSERVED, own["expected_observed"]),
    ]
    for block in own["blocks"]:
        title = f"onset: observed / expected, origins {block['origins'][0]}-{block['origins'][1]}"
        said = f"{block['observed']} of {block['expected']:.1f} [{block['low']:.2f}, {block['high']:.2f}]"
        found.append(Number(title, "-", "1 inside", said, block["consistent"] if block["judged"] else None))
    return found


def _clone(clone: dict[str, Any]) -> None:
    print(f"\nClone of the published model, {clone['rows']:,} forecasts, {len(clone['seeds'])} fold seeds")
    print(f"{'':28}{'goal':>10}{'median':>10}   seeds")
    for key, title in (
        ("spearman", "rank correlation, pooled"),
        ("within_year", "rank correlation in a year"),
        ("difference", "mean |diff|"),
    ):
        seeds = " ".join(f"{one[key]:.4f}" for one in clone["seeds"])
        print(f"{title:28}{'<=' if key == 'difference' else '>='}{GOALS[key]:>8}{clone[key]:>10.4f}   {seeds}")


def _two_year(targets: dict[str, Any], best: str) -> None:
    target = targets["onset_1or2"]
    print(
        f"\nOnset within two years, origins {target['years'][0]} to {target['years'][1]}: {target['rows']:,} rows, {target['events']} came"
    )
    print(f"{'model':16}{'log':>8}{'skill':>8}{'exp.':>8}{'AP':>8}{'AUC':>8}{'Brier':>9}{'MCB':>8}{'DSC':>8}{'E/O':>7}   gain [95 %]")
    for name, row in target["models"].items():
        gain, parts = row["paired_log_score"], row["corp"]["log"]
        scores = (row["log_loss"], row["log_loss_skill"], row["log_loss_skill_expanding"], row["average_precision"], row["auc"])
        places = ("8.4f", "8.3f", "8.3f", "8.3f", "8.3f")
        print(
            f"{name:16}{''.join(_figure(value, place) for value, place in zip(scores, places, strict=True))}{row['brier']:>9.5f}"
            f"{parts['miscalibration']:>8.4f}{parts['discrimination']:>8.4f}{_figure(row['expected_observed'], '7.2f')}   "
            f"{gain['mean']:+.5f} [{gain['low']:+.5f}, {gain['high']:+.5f}]"
        )
    if _is_published(target):
        print(f"{'as published':16}{'':8}{PUBLISHED['log_loss_skill']:>8.3f}{PUBLISHED['log_loss_skill_expanding']:>8.3f}")
    own, theirs = target["models"][best], target["models"]["ewp_published"]
    if target["events"]:
        ratio = own["average_precision"] / theirs["average_precision"]
        print(f"\n{best}: skill {own['log_loss_skill']:.3f} (goal {GOALS['skill']}, beyond it 0.15)")
        print(f"{best}: average precision {ratio:.2f} times theirs (goal {GOALS['precision_ratio']})")
        print(f"{best}: gain with interval above 0: {'yes' if own['paired_log_score']['low'] > 0 else 'no'}")
        print(f"{best}: expected / observed {own['expected_observed']:.2f} (goal 0.8 to 1.25)")
    for block in own["blocks"]:
        judged = ("1 inside: yes" if block["consistent"] else "1 inside: no") if block["judged"] else "not judged"
        interval = f"observed / expected [{block['low']:.2f}, {block['high']:.2f}]"
        print(
            f"  origins {block['origins'][0]}-{block['origins'][1]}: {block['observed']} of {block['expected']:.1f}, {interval}, {judged}"
        )


def _parts(target: dict[str, Any]) -> None:
    print("\nWithout and with an earlier mass killing")
    print(f"{'model':16}{'events':>8}{'AUC':>8}{'skill':>8}   {'events':>8}{'AUC':>8}{'skill':>8}{'over persistence':>20}")
    for name, row in target["models"].items():
        figures = "   ".join(
            f"{row[part]['events']:>8}{_figure(row[part]['auc'], '8.3f')}{_figure(row[part]['log_loss_skill'], '8.3f')}"
            for part in ("without_prior", "with_prior")
        )
        print(f"{name:16}{figures}{_figure(row['log_loss_skill_persistence'], '20.3f')}")


def _yearly(target: dict[str, Any], best: str) -> None:
    print(f"\nOnset in a year, larger of two forecasts: {target['rows']:,} rows, {target['events']} onsets")
    print(f"{'model':16}{'top 10':>8}{'top 20':>8}{'top 30':>8}   {'95 % at 30':16}{'AP':>7}{'AUC':>7}{'FA/hit':>8}{'lead':>6}")
    for name, row in target["models"].items():
        if row["recall_at"]["30"] is None:
            print(f"{name:16}no onset in these years")
            continue
        low, high = row["recall_interval"]["30"]
        recall = "".join(f"{row['recall_at'][k]:>8.3f}" for k in ("10", "20", "30"))
        alarms, lead = row["alerts"]["false_alarms_per_hit"], row["alerts"]["median_lead_months"]
        shown = f"{alarms:>8.1f}{lead:>6.0f}" if alarms is not None else f"{'-':>8}{'-':>6}"
        print(f"{name:16}{recall}   [{low:.3f}, {high:.3f}]  {row['average_precision']:>7.3f}{row['auc']:>7.3f}{shown}")
    if _is_published(target):
        print(f"{'as published':16}" + "".join(f"{PUBLISHED['recall'][k]:>8.3f}" for k in ("10", "20", "30")))
    print(f"\nNot among the 30 highest of {best}: ", end="")
    print("; ".join(f"{one['place']} {one['year']} ({one['rank']:.0f})" for one in target["models"][best]["missed"]))


def _is_published(target: dict[str, Any]) -> bool:
    """Return whether these are the rows for which figures were published."""
    return target["rows"] in PUBLISHED["rows"]


def _figure(value: float | None, place: str) -> str:
    """Return a figure in its place; a dash where there is none, such as the order of rows without an event."""
    return f"{value:>{place}}" if value is not None else f"{'-':>{place.split('.')[0]}}"


if __name__ == "__main__":
    print_numbers("Onset: goal and measured", main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
