"""Deaths by country and year, and what documents say of the number killed."""

from __future__ import annotations

import datetime as dt

from web.rows.content import TERRITORIES, Content

KENYA = {
    "indicator": "killed", "unit": "persons", "date_precision": "approximate", "conflict_group": "kenya-2007-killed", "territory": "KEN",
    "situation": "kenya-2007", "period_from": dt.date(2007, 12, 27), "period_to": dt.date(2008, 2, 28), "confidence": "document, one source",
}  # fmt: skip
SYRIA = {"unit": "persons", "territory": "SYR", "situation": "syria-2011"}


def add(content: Content) -> None:
    """Add the figures."""
    for territory in TERRITORIES:
        level = content.chance.choice([0, 0, 0, 5, 40, 300])
        for year in range(1989, 2025):
            best = int(content.chance.expovariate(1 / level)) if level else 0
            _deaths(content, territory, year, 152 if (territory, year) == ("LBY", 2011) else best)
    _two_sources_that_disagree(content)
    _one_figure_and_its_rounding(content)
    content.collected(
        "figures", "documents", "SF008", indicator="crowd", value=1000.0, qualifier="crowd", date_precision="approximate",
        period_from=dt.date(2012, 12, 21), period_to=dt.date(2012, 12, 31), **SYRIA,
    )  # fmt: skip


def _deaths(content: Content, territory: str, year: int, best: int) -> None:
    invented = territory == "XSE"
    content.collected(
        "figures", "selmora" if invented else "ucdp_country_year", f"osv-{territory}-{year}", indicator="deaths_one_sided",
        value=float(best), low=float(best), high=float(round(best * 1.3)), qualifier="exact", unit="persons", territory=territory,
        period_from=dt.date(year, 1, 1), period_to=dt.date(year, 12, 31), date_precision="year", invented=invented,
        said_by=None if invented else "UCDP", definition="Deliberate killing of civilians by a state or a formally organised group",
    )  # fmt: skip


def _two_sources_that_disagree(content: Content) -> None:
    content.collected(
        "figures", "documents", "SF036", value=1133.0, qualifier="exact", said_by="Council on Foreign Relations",
        definition="violence around the 2007 presidential election", **KENYA,
    )  # fmt: skip
    content.collected(
        "figures", "founding_facts", "SF068", value=1200.0, qualifier="at_least", said_by="East Africa Law Society",
        definition="post-election violence", **KENYA,
    )  # fmt: skip


def _one_figure_and_its_rounding(content: Content) -> None:
    killed = content.collected(
        "figures", "documents", "SF001", indicator="killed", value=59648.0, qualifier="at_least", said_by="UN human rights office",
        period_from=dt.date(2011, 3, 15), period_to=dt.date(2012, 11, 30), date_precision="day",
        definition="people reported killed; fighters and civilians are not told apart", **SYRIA,
    )  # fmt: skip
    content.collected(
        "figures", "documents", "SF002", indicator="killed", value=60000.0, qualifier="rounded", said_by="UN human rights office",
        relation="rounded_of", related=killed, date_precision="unknown", **SYRIA,
    )  # fmt: skip
