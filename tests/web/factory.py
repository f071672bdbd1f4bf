"""A small seeded workspace with every table that pages read, so that a page can be built and looked at in a second.

Facts about real situations come from the founding documents; probabilities and scores are drawn from a seed and mean nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from tocsin.flow.context import RunInfo
from tocsin.flow.lineage import lineage_of
from tocsin.model import tables
from tocsin.model.ids import PREFIXES, item_id, stable_id
from tocsin.model.periods import window_after
from tocsin.storage import Collection, Item, Workspace
from web import casualty_rows, event_rows

AS_OF = dt.date(2026, 11, 20)
ORIGIN = dt.date(2024, 12, 31)
STAGE_OF = {
    "items": (1, "collect"),
    "situations": (1, "collect"),
    "figures": (1, "collect"),
    "measures": (1, "collect"),
    "events": (1, "collect"),
    "documents": (2, "extract"),
    "input_sets": (1, "collect"),
    "estimates": (4, "estimate"),
    "sensitivities": (4, "estimate"),
    "assessments": (5, "assess"),
    "forecasts": (5, "forecast"),
    "scores": (5, "forecast"),
    "monthly_forecasts": (5, "forecast"),
    "anomalies": (5, "forecast"),
    "signals": (6, "warn"),
    "drafts": (6, "warn"),
    "options": (7, "respond"),
    "clocks": (7, "respond"),
    "publications": (8, "publish"),
}
TERRITORIES = [
    "SYR",
    "COD",
    "SDN",
    "SSD",
    "CAF",
    "NGA",
    "MLI",
    "BFA",
    "NER",
    "SOM",
    "ETH",
    "KEN",
    "LBY",
    "YEM",
    "MMR",
    "AFG",
    "PAK",
    "IRQ",
    "PRK",
    "COL",
    "MEX",
    "HTI",
    "CMR",
    "TCD",
    "BDI",
    "RWA",
    "UGA",
    "MOZ",
    "UKR",
    "ISR",
    "PSE",
    "LBN",
    "IND",
    "PHL",
    "BRA",
    "VEN",
    "EGY",
    "DZA",
    "IRN",
    "TUR",
    "FRA",
    "DEU",
    "USA",
    "CAN",
    "NOR",
    "XSE",
]
FILES = {
    "ucdp_country_year": ("organised-violence.csv", b"year,territory,best\n2011,LBY,3914\n"),
    "documents": ("digest-2013-01-11.txt", b"1,133 people were killed around the election.\n"),
    "founding_facts": ("voices-2011.txt", b"over 1,200 people were killed\n"),
    "selmora": ("selmora-lists.csv", b"list,record\nA,1\nB,2\n"),
    "worldbank_country_year": ("population.csv", b"territory,year,population\nLBY,2011,6188000\n"),
}
FACTORS = 14


def build(root: Path, *, seed: int = 7) -> Workspace:
    """Make a workspace at `root` with one finished run."""
    workspace = Workspace.create(root, demo=True)
    items = _preserve(workspace)
    content = Content(random.Random(seed), items)
    content.fill()
    _write(workspace, content, seed)
    return workspace


def _preserve(workspace: Workspace) -> dict[str, str]:
    items = {}
    for dataset, (name, data) in FILES.items():
        sha = hashlib.sha256(data).hexdigest()
        item = Item(sha, name, dataset, len(data), "text/csv", "2026-11-20T10:00:00+00:00", "2025-06-15", "bundled")
        workspace.archive.preserve([(data, item)], Collection(dataset, "2026-11-20T10:00:00+00:00", "2025-06-15", (sha,)))
        items[dataset] = sha
    return items


def _write(workspace: Workspace, content: Content, seed: int) -> None:
    run = RunInfo("r20261120-fixture", AS_OF, seed, "duckdb", "0.1.0+fixture")
    folders: dict[str, tuple[int, dict[str, pa.Table]]] = defaultdict(lambda: (0, {}))
    for name, rows in content.rows.items():
        number, stage = STAGE_OF[name]
        folders[stage] = (number, {**folders[stage][1], name: tables.from_rows(name, rows)})
    stages = {}
    for stage, (number, found) in folders.items():
        folder = workspace.stage_folder(number, stage, run.run)
        files = content.files if stage == "publish" else {}
        manifest = {"stage": stage, "rows": {}, "skipped": {}, "notes": [], "seconds": 0, "run": run.run}
        workspace.write_stage(folder, {**found, "lineage": lineage_of(stage, found, run)}, files, manifest)
        stages[stage] = folder.relative_to(workspace.root).as_posix()
    workspace.finish_run({"run": run.run, "as_of": AS_OF.isoformat(), "seed": seed, "engine": "duckdb", "code": run.code, "stages": stages})


class Content:
    """Collects the rows of every table."""

    def __init__(self, chance: random.Random, items: dict[str, str]) -> None:
        self.chance = chance
        self.items = items
        self.rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.files: dict[str, bytes] = {}

    def collected(self, table: str, dataset: str, key: str, **columns: Any) -> str:
        """Add a row that was read from a file."""
        prefix = next(p for p, name in PREFIXES.items() if name == table)
        identifier = stable_id(prefix, dataset, key)
        base = {"id": identifier, "dataset": dataset, "item": self.items[dataset], "locator": f"row {len(self.rows[table]) + 1}"}
        self.rows[table].append({**base, "available_at": dt.date(2025, 6, 15), **columns})
        return identifier

    def computed(self, table: str, key: str, inputs: list[str], method: str, **columns: Any) -> str:
        """Add a row that a stage computed."""
        prefix = next(p for p, name in PREFIXES.items() if name == table)
        identifier = stable_id(prefix, key)
        base = {"id": identifier, "inputs": inputs, "method": method, "parameters": json.dumps({"seed": 7})}
        self.rows[table].append({**base, **columns})
        return identifier

    def fill(self) -> None:
        """Add everything."""
        for dataset, sha in self.items.items():
            name, data = FILES[dataset]
            self.rows["items"].append(
                {
                    "id": item_id(sha),
                    "sha256": sha,
                    "name": name,
                    "dataset": dataset,
                    "size": len(data),
                    "media_type": "text/csv",
                    "available_at": dt.date(2025, 6, 15),
                    "key_id": "open",
                    "origin": "bundled",
                }
            )
        self.situations()
        self.yearly()
        self.told()
        self.forecasts()
        self.scores()
        self.framework()
        self.estimates()
        self.asked()
        self.options()
        self.editions()

    def situations(self) -> None:
        day = dt.date
        entries = [
            ("syria-2011", "Syria since March 2011", "SYR", day(2011, 3, 15), None, "crisis", False),
            ("libya-2011", "Libya, February and March 2011", "LBY", day(2011, 2, 15), day(2011, 10, 31), "crisis", False),
            ("kenya-2007", "Kenya after the election of 2007", "KEN", day(2007, 12, 27), day(2008, 2, 28), "crisis", False),
            ("kenya-2013", "Kenya before the election of 2013", "KEN", day(2013, 1, 1), None, "watch", False),
            ("selmora", "Selmora, Lake Arin district", "XSE", day(2011, 4, 1), None, "crisis", True),
        ]
        for slug, title, territory, started, ended, level, invented in entries:
            self.collected(
                "situations",
                "selmora" if invented else "documents",
                slug,
                slug=slug,
                title=title,
                territory=territory,
                started=started,
                started_precision="day",
                ended=ended,
                ended_precision="day",
                level=level,
                invented=invented,
                summary="Reports, warnings and what came of them, as the preserved documents tell it.",
            )

    def yearly(self) -> None:
        for territory in TERRITORIES:
            level = self.chance.choice([0, 0, 0, 5, 40, 300])
            for year in range(1989, 2025):
                best = int(self.chance.expovariate(1 / level)) if level else 0
                if (territory, year) == ("LBY", 2011):
                    best = 152
                invented = territory == "XSE"
                self.collected(
                    "figures",
                    "selmora" if invented else "ucdp_country_year",
                    f"osv-{territory}-{year}",
                    indicator="deaths_one_sided",
                    value=float(best),
                    low=float(best),
                    high=float(round(best * 1.3)),
                    qualifier="exact",
                    unit="persons",
                    territory=territory,
                    period_from=dt.date(year, 1, 1),
                    period_to=dt.date(year, 12, 31),
                    date_precision="year",
                    invented=invented,
                    said_by=None if invented else "UCDP",
                    definition="Deliberate killing of civilians by a state or a formally organised group",
                )

    def told(self) -> None:
        election = {"territory": "KEN", "situation": "kenya-2007", "period_from": dt.date(2007, 12, 27), "period_to": dt.date(2008, 2, 28)}
        common = {
            "indicator": "killed",
            "unit": "persons",
            "date_precision": "approximate",
            "conflict_group": "kenya-2007-killed",
            **election,
        }
        self.collected(
            "figures",
            "documents",
            "SF036",
            value=1133.0,
            qualifier="exact",
            said_by="Council on Foreign Relations",
            definition="violence around the 2007 presidential election",
            confidence="document, one source",
            **common,
        )
        self.collected(
            "figures",
            "founding_facts",
            "SF068",
            value=1200.0,
            qualifier="at_least",
            said_by="East Africa Law Society",
            definition="post-election violence",
            confidence="document, one source",
            **common,
        )
        killed = self.collected(
            "figures",
            "documents",
            "SF001",
            indicator="killed",
            value=59648.0,
            qualifier="at_least",
            unit="persons",
            territory="SYR",
            situation="syria-2011",
            period_from=dt.date(2011, 3, 15),
            period_to=dt.date(2012, 11, 30),
            date_precision="day",
            said_by="UN human rights office",
            definition="people reported killed; fighters and civilians are not told apart",
        )
        self.collected(
            "figures",
            "documents",
            "SF002",
            indicator="killed",
            value=60000.0,
            qualifier="rounded",
            unit="persons",
            territory="SYR",
            situation="syria-2011",
            relation="rounded_of",
            related=killed,
            said_by="UN human rights office",
            date_precision="unknown",
        )
        self.collected(
            "figures",
            "documents",
            "SF008",
            indicator="crowd",
            value=1000.0,
            qualifier="crowd",
            unit="persons",
            territory="SYR",
            situation="syria-2011",
            date_precision="approximate",
            period_from=dt.date(2012, 12, 21),
            period_to=dt.date(2012, 12, 31),
        )
        self.collected(
            "events",
            "founding_facts",
            "SF054",
            situation="libya-2011",
            title="Threat to search every house in Benghazi and show no mercy",
            date_from=dt.date(2011, 3, 17),
            date_to=dt.date(2011, 3, 17),
            date_precision="day",
            territory="LBY",
            place="Benghazi",
            invented=False,
        )
        self.collected(
            "events",
            "founding_facts",
            "SF053",
            situation="libya-2011",
            title="Dehumanising speech about protesters",
            date_from=dt.date(2011, 2, 15),
            date_to=dt.date(2011, 3, 17),
            date_precision="approximate",
            territory="LBY",
            invented=False,
        )
        self.collected(
            "events",
            "selmora",
            "E1",
            situation="selmora",
            title="Houses burned in two villages at Lake Arin",
            date_from=dt.date(2011, 5, 3),
            date_to=dt.date(2011, 5, 3),
            date_precision="day",
            territory="XSE",
            best=14,
            low=9,
            high=22,
            invented=True,
        )

    def forecasts(self) -> None:
        ucdp = self.computed(
            "input_sets", "set-osv", [item_id(self.items["ucdp_country_year"])], "read", label="deaths of all years", size=1600
        )
        for horizon in (12, 24):
            window = window_after(ORIGIN, horizon)
            for target, scale in (("one_sided_25", 1.0), ("one_sided_100", 0.5), ("one_sided_1000", 0.12)):
                for number, territory in enumerate(TERRITORIES):
                    p = min(0.97, scale * 0.9 * (0.86**number) * (1.0 if horizon == 12 else 1.15) + 0.0004)
                    self._forecast(target, territory, horizon, window, p, ucdp)
            for territory in TERRITORIES:
                draws = sorted(int(self.chance.expovariate(1 / 60)) for _ in range(200))
                self.computed(
                    "forecasts",
                    f"count-{territory}-{horizon}",
                    [ucdp],
                    "count_mixture",
                    target="one_sided_count",
                    territory=territory,
                    origin=ORIGIN,
                    horizon_months=horizon,
                    window_from=window.start,
                    window_to=window.end,
                    issued_at=AS_OF,
                    stale=True,
                    renew="tocsin collect ucdp_country_year --from FILE",
                    model="count_mixture",
                    chosen=True,
                    draws=draws,
                    low=float(draws[10]),
                    high=float(draws[190]),
                    vintage="final",
                )

    def _forecast(self, target: str, territory: str, horizon: int, window: Any, p: float, ucdp: str) -> None:
        previous = min(0.97, max(0.0004, p * self.chance.choice([0.4, 0.9, 1.0, 1.1, 1.6])))
        why = [{"input": "one-sided deaths in the last year", "log_odds": 2.2}, {"input": "years since the last deaths", "log_odds": -0.4}]
        for model, chosen, value in (("stack", True, p), ("climatology", False, 0.09), ("persistence", False, float(p > 0.3))):
            self.computed(
                "forecasts",
                f"{target}-{territory}-{horizon}-{model}",
                [ucdp],
                model,
                target=target,
                territory=territory,
                origin=ORIGIN,
                horizon_months=horizon,
                window_from=window.start,
                window_to=window.end,
                issued_at=AS_OF,
                stale=True,
                renew="tocsin collect ucdp_country_year --from FILE",
                model=model,
                chosen=chosen,
                probability=value,
                low=max(0.0, value * 0.6),
                high=min(1.0, value * 1.5 + 0.01),
                climatology=0.09,
                previous=previous if chosen else None,
                why=json.dumps({"inputs": why[: 1 + int(p > 0.2)], "similar": [{"territory": "MLI", "year": 2012, "deaths_after": 40}]}),
                missing=["gdp_growth"] if territory in ("PRK", "SOM") else [],
                vintage="final",
            )

    def scores(self) -> None:
        given = [row["id"] for row in self.rows["forecasts"]][:3]
        models = {"stack": 0.155, "boosting": 0.161, "logit5": 0.165, "persistence": 0.30, "climatology": 0.29}
        for target in ("one_sided_25", "one_sided_100", "one_sided_1000"):
            for model, loss in models.items():
                values = {
                    "log_loss": loss,
                    "brier": loss / 3,
                    "auc": 0.98 - loss / 2,
                    "recall_at_30": 0.9 - loss,
                    "expected_observed": 1.0 + loss / 3,
                }
                for metric, value in values.items():
                    self._score(
                        target,
                        model,
                        metric,
                        value,
                        given,
                        low=value * 0.9,
                        high=value * 1.1,
                        skill=1 - loss / 0.29,
                        baseline="climatology",
                    )
            for origin in range(2008, 2024):
                self._window_scores(target, models, origin, given)
            for said, came in ((0.004, 0.002), (0.02, 0.018), (0.06, 0.05), (0.14, 0.17), (0.33, 0.29), (0.61, 0.55), (0.9, 0.93)):
                self._score(target, "stack", f"calibration:{said}", came, given, low=max(0.0, came - 0.05), high=min(1.0, came + 0.05))
            for territory, year, rank in (("LBY", 2011, 71), ("CAF", 2013, 44), ("MLI", 2012, 38)):
                self._score(target, "stack", f"miss:{territory}:{year}", float(rank), given, low=0.011)
        counts = {"count_mixture": 9.3, "conflictology": 10.1, "persistence": 11.0, "climatology": 12.0}
        for model, crps in counts.items():
            self._score("one_sided_count", model, "crps", crps, given)
            self._score("one_sided_count", model, "coverage90", 0.91, given)
            skill = 1 - crps / 12.0
            if model != "climatology":
                self._score("one_sided_count", model, "crps_gain", 12.0 - crps, given, skill=skill, baseline="climatology")
                self._score("one_sided_count", model, "crps_skill", skill, given, low=skill - 0.1, high=skill + 0.1, baseline="climatology")
        for origin in range(2008, 2024):
            self._window_scores("one_sided_count", counts, origin, given, "crps_gain")

    def _window_scores(self, target: str, models: dict[str, float], origin: int, given: list[str], metric: str = "log_score_gain") -> None:
        role = "test" if origin >= 2012 else "choice"
        for model, loss in models.items():
            for baseline in ("climatology", "persistence"):
                if model == baseline:
                    continue
                gain = models[baseline] - loss - (0.4 if origin == 2017 else 0.0)
                self.computed(
                    "scores",
                    f"{target}-{model}-{baseline}-{origin}",
                    given,
                    "rolling-origin, one window",
                    parameters=json.dumps({"horizon_months": 12, "origin": origin, "lead_years": 0, "role": role}),
                    model=model,
                    target=target,
                    window_from=dt.date(origin + 1, 1, 1),
                    window_to=dt.date(origin + 1, 12, 31),
                    metric=metric,
                    value=gain,
                    low=gain - 0.05,
                    high=gain + 0.05,
                    skill=gain / models[baseline],
                    baseline=baseline,
                    rows=195,
                    events=20,
                    vintage="final",
                )

    def _score(self, target: str, model: str, metric: str, value: float, given: list[str], **more: Any) -> None:
        self.computed(
            "scores",
            f"{target}-{model}-{metric}",
            given,
            "rolling_origin",
            model=model,
            target=target,
            window_from=dt.date(2000, 1, 1),
            window_to=dt.date(2024, 12, 31),
            metric=metric,
            value=value,
            rows=4800,
            events=410,
            vintage="final",
            **more,
        )

    def framework(self) -> None:
        evidence = [row["id"] for row in self.rows["events"] if row["situation"] == "libya-2011"]
        for factor in range(1, FACTORS + 1):
            for indicator in (1, 2):
                answer = "unknown" if factor in (9, 13, 14) else "absent" if factor == 10 else "present"
                self.computed(
                    "assessments",
                    f"libya-{factor}.{indicator}",
                    evidence,
                    "rules",
                    framework="un-framework-2014",
                    indicator=f"{factor}.{indicator}",
                    factor=f"RF{factor}",
                    situation="libya-2011",
                    territory="LBY",
                    answer=answer,
                    machine=True,
                    rater="rules",
                    confidence="medium" if answer != "unknown" else None,
                    evidence=evidence if answer == "present" else [],
                    rationale="A statement in a preserved document fits this indicator." if answer == "present" else None,
                    period_from=dt.date(2011, 2, 15),
                    period_to=dt.date(2011, 3, 17),
                    invented=False,
                )

    def estimates(self) -> None:
        items = [item_id(self.items["selmora"])]
        self.computed(
            "estimates",
            "selmora-dga",
            items,
            "dga",
            quantity="people killed, Lake Arin district",
            territory="XSE",
            documented=2934,
            low=3880.0,
            median=4210.0,
            high=4760.0,
            level=0.95,
            converged=True,
            period_from=dt.date(2011, 1, 1),
            period_to=dt.date(2011, 12, 31),
            share_linkage=0.6,
            share_model=0.1,
            share_sampling=0.3,
            invented=True,
        )
        self.computed(
            "estimates",
            "selmora-chao",
            items,
            "chao",
            quantity="people killed, Lake Arin district",
            territory="XSE",
            documented=2934,
            low=3500.0,
            median=3590.0,
            high=3700.0,
            level=0.95,
            converged=True,
            period_from=dt.date(2011, 1, 1),
            period_to=dt.date(2011, 12, 31),
            invented=True,
            note="a lower bound",
        )
        self.computed(
            "estimates",
            "selmora-east",
            items,
            "dga",
            quantity="people killed, eastern villages",
            territory="XSE",
            documented=31,
            stratum="east",
            refused="fewer than three lists overlap",
            converged=False,
            invented=True,
        )
        casualty_rows.add(self, items)
        event_rows.add(self, items)

    def asked(self) -> None:
        refer = self.collected(
            "measures",
            "documents",
            "SF022",
            kind="icc_referral_unsc",
            role="recommendation",
            actor="UN Special Adviser on the Prevention of Genocide",
            target="UN Security Council",
            situation="syria-2011",
            territory="SYR",
            date=dt.date(2012, 12, 20),
            date_precision="day",
            title="Refer the situation in Syria to the International Criminal Court",
        )
        memo = self.collected(
            "measures",
            "documents",
            "SF042",
            kind="contingency_planning",
            role="warning",
            actor="Council on Foreign Relations",
            target="Government of the United States",
            situation="kenya-2013",
            territory="KEN",
            date=dt.date(2013, 1, 1),
            date_precision="month",
            title="Press Nairobi to take steps against election violence before the vote",
        )
        appeal = self.collected(
            "measures",
            "founding_facts",
            "SF057",
            kind="advocacy_campaign",
            role="recommendation",
            actor="Genocide Alert",
            target="Government of Germany",
            situation="libya-2011",
            territory="LBY",
            date=dt.date(2011, 2, 24),
            date_precision="day",
            status="done",
            title="Support sanctions and a no-fly zone",
        )
        decided = [
            ("SF061", "icc_referral_unsc", dt.date(2011, 2, 26), "ICC referral, travel bans and asset freezes (resolution 1970)"),
            ("SF056", "no_fly_zone", dt.date(2011, 3, 17), "No-fly zone and protection of civilians (resolution 1973)"),
        ]
        for key, kind, day, title in decided:
            self.collected(
                "measures",
                "founding_facts",
                key,
                kind=kind,
                role="measure",
                actor="UN Security Council",
                target="Libya",
                situation="libya-2011",
                territory="LBY",
                date=day,
                date_precision="day",
                status="done",
                title=title,
            )
        self._clock(refer, "syria-2011", {"t0": dt.date(2011, 3, 15), "t1": None, "t2": dt.date(2012, 12, 20), "t3": None, "t4": None})
        self._clock(
            memo, "kenya-2013", {"t0": dt.date(2007, 12, 27), "t2": dt.date(2013, 1, 1), "t3": None, "t4": None, "tE": dt.date(2013, 3, 4)}
        )
        self._clock(
            appeal,
            "libya-2011",
            {"t0": dt.date(2011, 2, 15), "t1": None, "t2": dt.date(2011, 2, 24), "t4": dt.date(2011, 2, 26), "t5": dt.date(2011, 3, 17)},
        )
        for number, territory in enumerate(("SYR", "COD", "XSE")):
            self.computed(
                "drafts",
                f"draft-{territory}",
                [self.rows["forecasts"][number]["id"]],
                "draft",
                territory=territory,
                headline=f"Secret headline {number}",
                addressee="UN Security Council",
                ask="Secret ask",
                due=dt.date(2027, 1, 15),
                stale=True,
                invented=territory == "XSE",
            )

    def _clock(self, asked: str, situation: str, points: dict[str, dt.date | None]) -> None:
        subject = next(row["id"] for row in self.rows["situations"] if row["slug"] == situation)
        answered = any(points.get(name) for name in ("t3", "t4", "t5"))
        for point in ("t0", "t1", "t2", "t3", "t4", "t5", "t6", "tE"):
            day = points.get(point)
            silent = day is None and not answered and point in ("t3", "t4", "t5")
            identifier = stable_id("clk", subject, point)
            self.rows["clocks"].append(
                {
                    "id": identifier,
                    "inputs": [asked] if (day and point == "t2") or silent else [subject],
                    "method": "gap-clock",
                    "parameters": json.dumps({"today": "2013-01-11"}),
                    "subject": subject,
                    "situation": situation,
                    "point": point,
                    "date": day,
                    "date_precision": "day" if day else "unknown",
                    "state": "recorded" if day else "silence" if silent else "not_recorded",
                    "invented": False,
                }
            )

    def options(self) -> None:
        entries = [
            ("warning_statement", "Public warning by a mandate holder", "hours to days", 0, 7, False, 22, 5, 12, 3),
            ("special_envoy", "Send an envoy or eminent persons", "days to weeks", 3, 28, False, None, None, None, None),
            (
                "human_rights_monitoring",
                "Field presence of human rights monitors",
                "weeks to months",
                14,
                120,
                False,
                None,
                None,
                None,
                None,
            ),
            ("asset_freeze", "Asset freeze", "days to weeks", 3, 28, True, 19, 4, 12, 6),
        ]
        for rank, (kind, title, lead, low, high, coercive, studies, less, mixed, more) in enumerate(entries, start=1):
            self.computed(
                "options",
                f"libya-{kind}",
                [self.rows["situations"][1]["id"]],
                "fit",
                situation="libya-2011",
                territory="LBY",
                measure=kind,
                title=title,
                lead_time=lead,
                lead_days_low=low,
                lead_days_high=high,
                days_left=19,
                fits="yes" if high <= 19 else "perhaps",
                decided_by="UN Security Council" if coercive else "UN Special Advisers",
                basis="Charter, article 41" if coercive else "Mandate",
                coercive=coercive,
                precedents="Libya, 2011",
                studies=studies,
                studies_less_harm=less,
                studies_mixed=mixed,
                studies_more_harm=more,
                harm_check="may harden those listed" if coercive else None,
                rank=rank,
                invented=False,
            )

    def editions(self) -> None:
        figures = [self.rows["figures"][-1]["id"]]
        for name, media in (("digest.html", "text/html"), ("digest.txt", "text/plain"), ("digest.json", "application/json")):
            data = f"draft, not signed: {name}\n".encode()
            self.files[f"digest/{name}"] = data
            self.computed(
                "publications",
                name,
                figures,
                "digest",
                kind="digest",
                title="Digest of 20 November 2026",
                edition=AS_OF,
                path=f"digest/{name}",
                media_type=media,
                sha256=hashlib.sha256(data).hexdigest(),
                state="draft",
                invented=False,
            )
        for name, media in (("figures.csv", "text/csv"), ("figures.parquet", "application/vnd.apache.parquet")):
            data = b"id,value\n"
            self.files[f"open-data/{name}"] = data
            self.computed(
                "publications",
                name,
                figures,
                "open-data",
                kind="open-data",
                title="Figures",
                edition=AS_OF,
                path=f"open-data/{name}",
                media_type=media,
                sha256=hashlib.sha256(data).hexdigest(),
                state="draft",
                invented=False,
            )
