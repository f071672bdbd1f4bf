"""Country-years of the mass-killing model: checked once, sorted, as plain columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tocsin.model.errors import BadInput
from tocsin.stages.forecast.panel import Array
from tocsin.stages.forecast.vintage import refuse_canaries, refuse_leaks

#: The 39 inputs of the 2025 edition of the Early Warning Project's model, by its own column names.
# fmt: off
PUBLISHED_INPUTS = (
    "year", "widetargeting", "narrowtargeting", "v2csgender_binary", "v2mecenefm_binary", "partyban.new.0",
    "partyban.new.1", "partyban.new.2", "minorityrule", "judicialreform", "religiousfreedom", "pol_killing_approved",
    "freediscussion", "social_inequality", "even_civilrights", "repress_civilsoc", "social_power_dist", "ses_power_dist",
    "popsize.log2", "gdppcgrowth", "un_imr_sqrt", "efindex", "discrimpop", "reg.na", "reg.eap", "reg.sca", "reg.mna",
    "reg.eur", "ios.iccpr1", "battledeaths.log2", "coup.try.5yr", "mk_ongoing_count_log2", "mean_mk_onset_interaction",
    "mk_onset_prev_year", "newcountry", "mk_ever", "year_sq", "countryage.new.log2", "includesnonstate",
)
# fmt: on
LABEL, EVENT = "mk_onset_1or2", "mk_onset"
KEYS = ("ewp_name", "ccode", "year")
#: Windows are this long: an onset in year + 1 or year + 2.
HORIZON = 2


@dataclass(frozen=True)
class CountryYears:
    """Holds one row a country and year, sorted by country and year.

    Args:
        codes: country codes (Correlates of War).
        names: names as the file has them.
        years: calendar years.
        inputs: column -> values; NaN is unknown.
        events: 1 where a mass killing began that year.
        given: the two-year label as the file has it (an ended country counts as peace there), NaN where its window is not
            over by the last year with data, whatever the file says; an empty cell is filled from the onsets where they are
            known. Only the replication trains on it.
        notes: what a reader must know about these rows, in words.
    """

    codes: np.ndarray
    names: np.ndarray
    years: np.ndarray
    inputs: Mapping[str, Array]
    events: Array
    given: Array
    notes: tuple[str, ...]

    @property
    def last_year(self) -> int:
        """Return the last year with rows."""
        return int(self.years.max())

    @property
    def last_known(self) -> int:
        """Return the last year in which it is known of any country whether a mass killing began: what comes after is unknown."""
        return int(self.years[~np.isnan(self.events)].max())

    def matrix(self, columns: Sequence[str]) -> Array:
        """Return rows x columns."""
        return np.column_stack([self.inputs[name] for name in columns])


def country_years(table: pa.Table, where: str) -> CountryYears:
    """Return the rows of `table`, checked.

    Raises:
        BadInput: a column is missing or not a number, there is no row, a key is empty, a country-year or a name stands twice, an onset is
            neither 0 nor 1, nothing or everything is one, the file's own two-year label contradicts its onsets, an input
            gives the answer away, or a column is a canary.
    """
    _need(table, (*KEYS, EVENT, LABEL, *PUBLISHED_INPUTS), where)
    refuse_canaries(table.column_names, where)
    if not table.num_rows:
        raise BadInput("the table has columns and no rows", where, "a row for each country and year", "none", "Check the file.")
    names = np.array(table["ewp_name"].to_pylist(), dtype=object)
    if table["ewp_name"].null_count:
        raise BadInput("rows without a country", f"{where}, ewp_name", "a name in each row", f"{table['ewp_name'].null_count} empty")
    codes, years = (whole(table, name, where) for name in ("ccode", "year"))
    order = np.lexsort((years, codes))
    codes, years, names = codes[order], years[order], names[order]
    _refuse_doubles(codes, years, names, where)
    inputs = {name: column(table, name, where)[order] for name in PUBLISHED_INPUTS}
    events, given = (_yes_or_no(table, name, where)[order] for name in (EVENT, LABEL))
    if np.isnan(events).all() or len(np.unique(events[~np.isnan(events)])) < 2:
        raise BadInput(
            "only one class: no model can learn from it", f"{where}, {EVENT}", "onsets and years without", "one value", "Check the file."
        )
    rows = CountryYears(codes, names, years, inputs, events, given, tuple(_notes(codes, years, names)))
    given[years + HORIZON > rows.last_known] = np.nan
    _compare(rows, where)
    own = window_events(rows)
    empty = np.isnan(given)
    given[empty] = own[empty]
    refuse_leaks(PUBLISHED_INPUTS, rows.matrix(PUBLISHED_INPUTS), given)
    return rows


def column(table: pa.Table, name: str, where: str) -> Array:
    """Return one column as floats, NaN where the cell is empty.

    Raises:
        BadInput: a cell holds text, or an infinite number.
    """
    try:
        values = np.asarray(table[name].cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise BadInput("a column holds something that is not a number", f"{where}, {name}", "numbers", str(table[name].type)) from error
    if np.isinf(values).any():
        raise BadInput("a number is infinite", f"{where}, {name}", "finite numbers or empty cells", "infinity")
    return values


def whole(table: pa.Table, name: str, where: str) -> np.ndarray:
    """Return one column of a key as whole numbers.

    Raises:
        BadInput: a cell is empty, holds text, or is no whole number.
    """
    values = column(table, name, where)
    wrong = np.isnan(values) | (values != np.round(values))
    if wrong.any():
        raise BadInput("a key is empty or no whole number", f"{where}, {name}", "a whole number in each row", f"{int(wrong.sum())} rows")
    return values.astype(int)


def _yes_or_no(table: pa.Table, name: str, where: str) -> Array:
    values = column(table, name, where)
    wrong = ~np.isnan(values) & (values != 0) & (values != 1)
    if wrong.any():
        got = f"{values[wrong][0]:g} ({int(wrong.sum())} rows)"
        raise BadInput("an answer is neither yes nor no", f"{where}, {name}", "0, 1 or an empty cell", got, "Check the column.")
    return values


def window_events(rows: CountryYears, years: int = HORIZON) -> Array:
    """Return 1 where an onset came in the `years` after a row, 0 where none did, NaN where that is not known.

    Not known: a year of the window has no row of this country, because the data end, the country ended, or a year is missing.
    """
    keys = list(zip(rows.codes.tolist(), rows.years.tolist(), strict=True))
    at = dict(zip(keys, rows.events.tolist(), strict=True))
    result = np.empty(len(keys))
    for row, (code, year) in enumerate(keys):
        window = [at.get((code, year + ahead), np.nan) for ahead in range(1, years + 1)]
        result[row] = np.nan if np.isnan(window).any() else max(window)
    return result


def _need(table: pa.Table, columns: Sequence[str], where: str) -> None:
    missing = [name for name in columns if name not in table.column_names]
    if missing:
        raise BadInput("columns are missing", where, ", ".join(columns[:4]) + ", ...", "no " + ", ".join(missing[:6]), "Check the edition.")


def _refuse_doubles(codes: np.ndarray, years: np.ndarray, names: np.ndarray, where: str) -> None:
    for key, kind in ((codes, "country code"), (names.astype(str), "country name")):
        order = np.lexsort((years, key))
        same = (key[order][1:] == key[order][:-1]) & (years[order][1:] == years[order][:-1])
        if same.any():
            row = order[1:][same][0]
            got = f"{names[row]} {years[row]} more than once ({int(same.sum())} rows too many)"
            raise BadInput(f"a {kind} stands twice in a year", where, "one row a country and year", got, "Remove the rows that repeat.")


def _notes(codes: np.ndarray, years: np.ndarray, names: np.ndarray) -> list[str]:
    found = []
    for code in np.unique(codes):
        of = codes == code
        own = years[of]
        called = sorted({str(name) for name in names[of]})
        if len(called) > 1:
            found.append(f"Country {code} has more than one name ({', '.join(called)}); it is taken as one country by its code.")
        gaps = sorted(set(range(int(own.min()), int(own.max()) + 1)) - set(own.tolist()))
        if gaps:
            found.append(f"{called[0]}: no rows for {_spell(gaps)}; windows that need them are left out, not counted as peace.")
        if own.max() < years.max():
            found.append(f"{called[0]} ends in {own.max()}; what came after it is unknown, so its last {HORIZON} years are left out.")
    return found


def _spell(years: list[int]) -> str:
    return f"{years[0]} to {years[-1]}" if len(years) > 1 and years[-1] - years[0] == len(years) - 1 else ", ".join(map(str, years))


def _compare(rows: CountryYears, where: str) -> None:
    own, given = window_events(rows), rows.given
    both = ~np.isnan(own) & ~np.isnan(given)
    wrong = both & (own != given)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise BadInput(
            "the two-year label contradicts the onsets of the same file",
            f"{where}, {rows.names[row]} {rows.years[row]}",
            f"{own[row]:.0f}",
            f"{given[row]:.0f} ({int(wrong.sum())} rows)",
            "Check the edition: labels and onsets must be of one.",
        )
