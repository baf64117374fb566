"""One score of a chart, read and bounded: what every rule starts from (DESIGN.md 5)."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from . import cdai, ordinals, ses_cd
from .amounts import Invalid, between, day, exact, plain, whole

INSTRUMENTS = ("hbi", "cdai", "partial_mayo", "mayo", "mes", "ses_cd", "pro2_cd", "sccai", "uceis")

# Ranges of a total carried without its items: CLINICAL.md 1.
TOTALS = {
    "hbi": (0, None),
    "partial_mayo": (0, 9),
    "mayo": (0, 12),
    "mes": (0, 3),
    "ses_cd": (0, 56),
    "sccai": (0, 19),
    "uceis": (0, 8),
}

# First total of each band: 1.1, 1.2, 1.4 (full Mayo), 1.5, 1.6. Partial Mayo: none, the sources conflict.
BANDS = {
    "hbi": ((None, "remission"), (5, "mild"), (8, "moderate"), (17, "severe")),
    "cdai": ((None, "remission"), (150, "mild"), (220, "moderate"), (451, "severe")),
    "mayo": ((None, "remission"), (3, "mild"), (6, "moderate"), (11, "severe")),
    "ses_cd": ((None, "inactive"), (3, "mild"), (7, "moderate"), (16, "severe")),
    "uceis": ((None, "remission"), (2, "mild"), (5, "moderate"), (7, "severe")),
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`parts` and `items` are empty where there is a total alone; what it leaves of items is asked for."""

    instrument: str
    on: date
    lowest: Fraction | int
    highest: Fraction | int | None
    complete: bool
    parts: dict = field(default_factory=dict)
    items: dict | None = None  # ordinals: item -> points; None for a total without items
    exam: dict | None = None  # SES-CD: the segments; None for a total without items
    total_only: bool = False  # an old record without its items

    def completions(self, *items: str) -> list[dict[str, int]]:
        """Of an ordinal instrument, what these items can be in every completion (D5)."""
        if self.items is not None:
            return list(ordinals.completions(self.instrument, {item: self.items[item] for item in items}))
        return [{item: one[item] for item in items} for one in ordinals.adding_up(self.instrument, int(self.lowest))]

    def bounds(self, *items: str) -> tuple[int, int]:
        """Lowest and highest sum of these items."""
        sums = [sum(one.values()) for one in self.completions(*items)]
        return min(sums), max(sums)


def read(raw: object, sex: str | None, today: date) -> Entry:
    """The entry, or Invalid: a score with a bad value is left out whole."""
    if not isinstance(raw, dict) or raw.get("instrument") not in INSTRUMENTS:
        raise Invalid("no such instrument")
    on = day(raw.get("on"))
    if on > today:
        raise Invalid("after today")
    answers, total = raw.get("answers"), raw.get("total")
    if answers is None and total is None:
        raise Invalid("neither answers nor total")
    if answers is None:
        return read_total(raw["instrument"], on, total)
    if not isinstance(answers, dict):
        raise Invalid("answers are no object")
    reader = {"cdai": read_cdai, "pro2_cd": read_pro2, "ses_cd": read_ses_cd}.get(raw["instrument"])
    if reader is not None:
        return reader(answers, on, sex)
    return read_ordinal(raw["instrument"], answers, on)


def read_total(instrument: str, on: date, raw: object) -> Entry:
    if instrument == "cdai":  # may be negative; shown as an integer
        total: Fraction | int = cdai.round_half_up(exact(raw))
    elif instrument == "pro2_cd":
        total = between(raw, 0, None)
    else:
        total = whole(raw, *TOTALS[instrument])
    return Entry(instrument=instrument, on=on, lowest=total, highest=total, complete=True, total_only=True)


def read_cdai(answers: dict, on: date, sex: str | None) -> Entry:
    low, high, parts = cdai.bounds(answers, sex)
    return Entry(
        instrument="cdai",
        on=on,
        lowest=cdai.round_half_up(low),
        highest=None if high is None else cdai.round_half_up(high),
        complete=low == high,
        parts=parts,
    )


def read_pro2(answers: dict, on: date, sex: str | None) -> Entry:
    """1.3: weighted PRO2 = 2 x SF + 5 x AP, averages of seven days."""
    sf = answers.get("sf_avg")
    ap = answers.get("ap_avg")
    if sf is not None and exact(sf) in (99, 999):  # CLINICAL.md 1: reject 99/999
        raise Invalid("99 and 999 are codes for missing")
    parts = {
        "sf_avg": (Fraction(0), None) if sf is None else (between(sf, 0, None),) * 2,
        "ap_avg": (Fraction(0), Fraction(3)) if ap is None else (between(ap, 0, 3),) * 2,
    }
    (sf_low, sf_high), (ap_low, ap_high) = parts["sf_avg"], parts["ap_avg"]
    return Entry(
        instrument="pro2_cd",
        on=on,
        lowest=2 * sf_low + 5 * ap_low,
        highest=None if sf_high is None else 2 * sf_high + 5 * ap_high,
        complete=sf is not None and ap is not None,
        parts=parts,
    )


def read_ses_cd(answers: dict, on: date, sex: str | None) -> Entry:
    exam = ses_cd.read(answers)
    low, high = ses_cd.bounds(exam)
    parts: dict = {name: ses_cd.variable_bounds(exam, name) for name in ses_cd.VARIABLES}
    parts |= {"explored": ses_cd.explored(exam), "missing": ses_cd.missing_in(exam)}
    complete = ses_cd.is_complete(exam)
    return Entry(
        instrument="ses_cd",
        on=on,
        lowest=low,
        highest=high,
        complete=complete,
        parts=parts,
        exam=exam,
    )


def read_ordinal(instrument: str, answers: dict, on: date) -> Entry:
    items = ordinals.read(instrument, answers)
    low, high = ordinals.bounds(instrument, items)
    parts = {}
    if instrument == "mayo":
        parts = {name: ordinals.bounds("mayo", items, chosen) for name, chosen in ordinals.MAYO_PARTS.items()}
    return Entry(
        instrument=instrument,
        on=on,
        lowest=low,
        highest=high,
        complete=None not in items.values(),
        parts=parts,
        items=items,
    )


def band(entry: Entry) -> str | None:
    """Null while incomplete, and where no band is used."""
    if not entry.complete or entry.instrument not in BANDS:
        return None
    reached = [name for first, name in BANDS[entry.instrument] if first is None or entry.lowest >= first]
    return reached[-1]


def report(entry: Entry) -> dict:
    """The entry as the report of DESIGN.md 5 shows it; parts that may be open are (lowest, highest)."""
    return {
        "instrument": entry.instrument,
        "on": entry.on.isoformat(),
        "total": plain(entry.lowest) if entry.complete else None,
        "lowest": plain(entry.lowest),
        "highest": plain(entry.highest),
        "complete": entry.complete,
        "band": band(entry),
        "parts": {name: _plain_part(part) for name, part in entry.parts.items()},
    }


def _plain_part(part: object) -> object:
    return tuple(plain(end) for end in part) if isinstance(part, tuple) else part
