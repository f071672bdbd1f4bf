"""The text of an invented digest, in the four sections of the listserv: house news, the crisis in focus, country cases, publications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NAME = "digest-2026-10-16.md"
DATE = "16 October 2026"

#: Section, its title, and its items: title, author, outlet, date, kind of link, text.
SECTIONS: Sequence[tuple[str, str, Sequence[tuple[str, str, str, str, str, str]]]] = (
    (
        "I",
        "News from the coalition",
        (
            ("New series presents the members, first the Selmora Union of Jurists", "",
             "Selmora Prevention Network", "12 October 2026", "article",
             "The series asks what a small office of jurists can do when the radio turns on its neighbours."),
            ("The Network opens its course on early warning in two languages", "",
             "Selmora Prevention Network", "9 October 2026", "announcement",
             "Twelve lessons, free of charge, with exercises on the lists that this workspace holds."),
        ),
    ),
    (
        "II",
        "The crisis in focus",
        (
            ("Statement on the marking of houses in Balqar", "Council of Elders of Balqar", "", "28 September 2026", "statement",
             "The elders ask the government to say by 15 October who ordered the marks, and to protect the streets."),
            ("Protection before the vote, or no vote", "Selmora Union of Jurists", "Harbour Review", "5 October 2026", "article",
             "The jurists list five steps that fit into the time that is left before February."),
            ("Attacks on clinics must end", "Selmora Relief Council", "", "7 October 2026", "statement",
             "The Council names no one and asks for an inquiry that does."),
            ("Count of the dead: what the lists hold and what they miss", "Selmora Incident Desk", "", "14 October 2026", "report",
             "Four lists overlap, and each misses most. The desk explains why a minimum is not an estimate."),
        ),
    ),
    (
        "III",
        "Civil society work on country cases",
        (
            ("Tarshun: women's groups keep the market road open", "Market Women of Tashirun", "Coast Radio Monitor",
             "3 October 2026", "article", "An agreement between traders of both banks has held for nine weeks."),
            ("Mirzas: who guards the grain?", "Upland Farmers' League", "", "30 September 2026", "report",
             "The league describes how armed men tax the harvest, and what it asks of the district."),
            ("Dulkati: a hotline for rumours", "Youth Centre of Dalkut", "Harbour Review", "October 2026", "article",
             "Volunteers check rumours within an hour and answer on the same channel."),
            ("Hanbur: families of the missing meet the registry", "Association of Families", "", "25 September 2026", "statement",
             "The registry will take reports of missing persons without a fee."),
        ),
    ),
    (
        "IV",
        "Publications on prevention and protection",
        (
            ("Ninety days before a vote: what worked elsewhere", "Selmora Prevention Network", "", "1 October 2026", "publication",
             "A short handbook with lead times for each measure."),
            ("What a mediator needs in the first week", "Regional Council of the Southern Isles", "", "September 2026", "publication",
             "Notes of the Council's own staff, printed without names."),
            ("Reading a minimum: casualty figures for editors", "Selmora Incident Desk", "", "22 September 2026", "publication",
             "Why 'at least' must stay in every headline."),
        ),
    ),
)  # fmt: skip


def digest_text(killed: int, displaced: int) -> str:
    """Return the digest as Markdown.

    Args:
        killed: the minimum that the incident desk gives for this year.
        displaced: the number of displaced at the end of the last month.
    """
    lines = [
        f"# Digest of the Selmora Prevention Network, {DATE} (invented)",
        "",
        "Selmora does not exist. Every name, place and number here is invented, so that the tool can be tried.",
    ]
    for numeral, title, items in SECTIONS:
        lines += ["", f"## {numeral}. {title}", ""]
        if numeral == "II":
            lines += [_summary(killed, displaced), ""]
        for number, (head, author, outlet, date, kind, text) in enumerate(items, start=1):
            fields: Mapping[str, str] = {"Author": author, "Outlet": outlet, "Date": date, "Kind": kind}
            lines += [f"### {number}. {head}", *(f"{label}: {value}" for label, value in fields.items() if value), "", text, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _summary(killed: int, displaced: int) -> str:
    return (
        f"At least {killed:,} people were killed in Selmora between 1 January and 30 September 2026, the Selmora Incident Desk said. "
        f"About {displaced:,} people were displaced inside Selmora at the end of September, the Selmora Relief Council said. "
        "Armed men mark houses in Balqar, and the vote on the autonomy of the river districts is set for 14 February 2027."
    )
