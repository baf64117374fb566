"""The estimated glomerular filtration rate: as a laboratory gave it, else by CKD-EPI 2021 from creatinine. D5a.

Where sex or age is not known exactly, and where a newer creatinine contradicts the laboratory's value, it is an
interval. No end of it is rounded before it is compared.
"""

import math
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from flows.chart import Chart
from flows.citations import Stated
from flows.days import day
from flows.history import Sex
from flows.protocol.sources import CKD_EPI_2021, THIS_PROJECT
from flows.quantities import plain
from flows.remembered import remembered
from flows.samples import Lab, latest

# mL/min/1.73 m²; both are strict: 15 is not below 15, and 30 is no longer severe.
SEVERE_BELOW = 30
FAILURE_BELOW = 15

# The equation is for adults; nobody is older where a birth year is not known (policy).
YOUNGEST, OLDEST = 18, 110
_SCALE, _PER_YEAR, _ABOVE = 142, 0.9938, -1.200
# Creatinine in mg/dL up to which the exponent is the second number, and the factor, by sex.
_BY_SEX = {Sex.FEMALE: (0.7, -0.241, 1.012), Sex.MALE: (0.9, -0.302, 1.0)}


def _equation() -> str:
    women, men = _BY_SEX[Sex.FEMALE], _BY_SEX[Sex.MALE]
    return (
        f"eGFR = {_SCALE} × min(creatinine/κ, 1)^α × max(creatinine/κ, 1)^{_ABOVE} × {_PER_YEAR}^age, "
        f"in women × {women[2]}; κ {women[0]} and α {women[1]} in women, {men[0]} and {men[1]} in men; in mg/dL"
    )


_OURS = THIS_PROJECT.at("eGFR")
STATED = (
    Stated(_equation(), CKD_EPI_2021),
    Stated(
        "eGFR is the laboratory's own, else computed from creatinine, else the one in the history; both are said "
        "where a newer creatinine lies in another class",
        _OURS,
    ),
    Stated(f"computed for {YOUNGEST} to {OLDEST} years of age where the birth year is not known", _OURS),
)


class Egfr(Struct, frozen=True, kw_only=True):
    """The lowest and the highest value still possible; `missing` is what would narrow them; `on` None: not known."""

    lowest: Decimal
    highest: Decimal
    text: str
    on: date | None = None
    missing: tuple[str, ...] = ()

    @property
    def brief(self) -> str:
        """`eGFR 12 (1 Jun 2026)`, without how it is known."""
        span = _span((float(self.lowest), float(self.highest)))
        return f"eGFR {span} ({day(self.on) if self.on else 'day not known'})"

    @property
    def may_be_failure(self) -> bool:
        return self.lowest < FAILURE_BELOW

    @property
    def may_be_severe(self) -> bool:
        return self.lowest < SEVERE_BELOW and self.highest >= FAILURE_BELOW

    @property
    def may_be_neither(self) -> bool:
        return self.highest >= SEVERE_BELOW

    @property
    def classes(self) -> tuple[bool, bool, bool]:
        return self.may_be_failure, self.may_be_severe, self.may_be_neither


@remembered
def egfr(chart: Chart, today: date) -> Egfr | None:
    """What is known of it at a day; None where nothing is."""
    measured = latest(chart.labs, "egfr", None, today)
    sample = latest(chart.labs, "creatinine", None, today)
    computed = None if sample is None else _computed(chart, sample)
    if measured is not None:
        return _newer(_measured(measured), measured, computed, sample)
    if computed is not None:
        return computed
    given = chart.history.egfr
    return None if given is None else _exactly(given, f"eGFR {plain(given)} from the history, day not known")


def ckd_epi_2021(creatinine: float, age: int, sex: Sex) -> float:
    """mL/min/1.73 m², of an adult; `creatinine` in mg/dL."""
    limit, below, factor = _BY_SEX[sex]
    ratio = creatinine / limit
    if ratio == 0:
        return math.inf
    return float(_SCALE * min(ratio, 1) ** below * max(ratio, 1) ** _ABOVE * _PER_YEAR**age * factor)


def _exactly(value: Decimal, text: str) -> Egfr:
    return Egfr(lowest=value, highest=value, text=text)


def _measured(lab: Lab) -> Egfr:
    return Egfr(
        lowest=min(lab.number.ends), highest=max(lab.number.ends), text=f"eGFR {lab.number}, {day(lab.on)}", on=lab.on
    )


def _computed(chart: Chart, lab: Lab) -> Egfr | None:
    """From one creatinine, over every age and sex that the patient may have; None of a child."""
    ages = chart.ages(lab.on) or (YOUNGEST, OLDEST)
    if ages[1] < YOUNGEST:
        return None
    youngest, oldest = max(ages[0], YOUNGEST), ages[1]
    values = [
        ckd_epi_2021(float(creatinine), age, sex)
        for creatinine in lab.number.ends
        for age in (youngest, oldest)
        for sex in ((chart.sex,) if chart.sex else tuple(Sex))
    ]
    missing = ["sex"] * (chart.sex is None) + ["birth year"] * (chart.birth_year is None)
    text = f"eGFR {_span(values)} by {CKD_EPI_2021.name} from creatinine {lab}, {day(lab.on)}{_not_known(missing)}"
    lowest, highest = Decimal(min(values)), Decimal(max(values))
    return Egfr(lowest=lowest, highest=highest, text=text, on=lab.on, missing=tuple(missing))


def _newer(known: Egfr, measured: Lab, computed: Egfr | None, sample: Lab | None) -> Egfr:
    """The laboratory's value, widened by a newer creatinine where that lies in another class."""
    if computed is None or sample is None or sample.on <= measured.on or computed.classes == known.classes:
        return known
    return replace(
        computed,
        lowest=min(known.lowest, computed.lowest),
        highest=max(known.highest, computed.highest),
        text=f"{known.text}, but {computed.text}",
    )


def _span(values: Iterable[float]) -> str:
    """Cut after one place, so that nothing is written on the other side of a limit."""
    every = sorted(values)
    ends = [f"{math.floor(each * 10) / 10:g}" for each in every if math.isfinite(each)]
    if len(ends) < len(every):
        return f"{ends[0]} or more" if ends else "not limited"
    return " to ".join(dict.fromkeys((ends[0], ends[-1])))


def _not_known(missing: list[str]) -> str:
    return f", {' and '.join(missing)} not known" if missing else ""
