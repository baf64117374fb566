"""CRP and calprotectin: values with units, censored values, limits (CLINICAL.md 2 E9, 5, D9)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .amounts import Invalid, day, exact

# CLINICAL.md 5: other units -> canonical; plausible range; above "ask", evaluate has nobody to ask.
FACTORS = {"crp": {"mg/L": 1, "mg/dL": 10}, "fcp": {"ug/g": 1, "mg/kg": 1}}
CANONICAL = {"crp": "mg/L", "fcp": "ug/g"}
PLAUSIBLE = {"crp": 600, "fcp": 30000}
ASKED_ABOVE = {"crp": 300, "fcp": 10000}

CRP_LIMIT = Fraction(5)  # D9, where the laboratory gives none
FCP_LIMIT = Fraction(250)  # D9, authority guideline


@dataclass(frozen=True)
class Level:
    analyte: str
    on: date
    sign: str  # "", "<" or ">"
    value: Fraction
    laboratory_limit: Fraction | None

    def may_be_within(self, limit: Fraction) -> set[bool]:
        """Every truth value of "value <= limit" that some value behind the sign gives."""
        if self.sign == "<":  # anything from 0 to just under
            return {True} if self.value <= limit else {True, False}
        if self.sign == ">":  # anything just above and up
            return {False} if self.value >= limit else {True, False}
        return {self.value <= limit}


def read(raw: object, today: date) -> Level | None:
    """The value in the canonical unit; None for an analyte without an endpoint."""
    if not isinstance(raw, dict):
        raise Invalid("a lab is an object")
    analyte = raw.get("analyte")
    if analyte not in FACTORS:
        return None
    on = day(raw.get("on"))
    if on > today:
        raise Invalid("sampled after today")
    unit = raw.get("unit") or CANONICAL[analyte]
    if unit not in FACTORS[analyte]:
        raise Invalid(f"unit {unit!r}")
    factor = FACTORS[analyte][unit]
    sign, number = split_sign(raw.get("value"))
    value = number * factor
    if not 0 <= value <= PLAUSIBLE[analyte] or (raw.get("unit") is None and value > ASKED_ABOVE[analyte]):
        raise Invalid(f"{analyte} {raw.get('value')!r}")
    limit = raw.get("upper_limit")
    if limit is not None and exact(limit) <= 0:
        raise Invalid(f"upper limit {limit!r}")
    return Level(analyte, on, sign, value, None if limit is None else exact(limit) * factor)


def split_sign(raw: object) -> tuple[str, Fraction]:
    if isinstance(raw, str) and raw.strip()[:1] in ("<", ">"):
        return raw.strip()[0], exact(raw.strip()[1:])
    return "", exact(raw)


def headline_limit(level: Level) -> Fraction:
    """D9: CRP the laboratory's own limit else 5; calprotectin always 250."""
    if level.analyte == "fcp":
        return FCP_LIMIT
    return CRP_LIMIT if level.laboratory_limit is None else level.laboratory_limit


def state(now: Level, base: Level | None) -> str | None:
    """E9 in words; None where a censored value leaves it open."""
    limit = headline_limit(now)
    within = now.may_be_within(limit)
    if within == {True, False}:
        return None
    if within == {False}:
        return "elevated"
    was_within = {True, False} if base is None else base.may_be_within(limit)
    if was_within == {True, False}:
        return "within_range_baseline_unknown"
    return "remained_normal" if was_within == {True} else "normalised"
