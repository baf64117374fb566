"""Pregnancy, contraception and breastfeeding. CLINICAL.md section 3."""

from collections.abc import Iterator
from datetime import date, timedelta

from flows.citations import Stated
from flows.days import day
from flows.history import Result
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.events import Lasting
from flows.protocol.patient import Patient, TreatmentStage
from flows.protocol.sources import READ_IN_GB, THIS_PROJECT, US_INDICATION

CONTRACEPTION_WEEKS = 4
CONTRACEPTION_AFTER = timedelta(weeks=CONTRACEPTION_WEEKS)
NO_BREASTFEEDING_AFTER = timedelta(days=6)
# Ours.
PREGNANCY_LASTS = timedelta(days=280)
NEGATIVE_TEST_LASTS = timedelta(days=14)

_VERIFIED = alike("pregnancy status is verified before the first dose", US_INDICATION)
_CONTRAINDICATED = alike("contraindicated in pregnancy", *READ_IN_GB)
MAY_BE_PREGNANT = Caution(id="label.pregnancy", level=Level.CHECK, says=(*_VERIFIED, *_CONTRAINDICATED))
# The limit is of those who call it one.
PREGNANCY = Caution(id="label.pregnancy", level=Level.LIMIT, says=(*_CONTRAINDICATED, *_VERIFIED))
CONTRACEPTION = Caution(
    id="label.contraception",
    level=Level.INFO,
    says=alike(
        f"effective contraception on treatment and for {CONTRACEPTION_WEEKS} weeks after the last dose",
        US_INDICATION,
        *READ_IN_GB,
    ),
)
BREASTFEEDING = Caution(
    id="label.breastfeeding",
    level=Level.CHECK,
    says=alike(
        f"no breastfeeding on treatment and until {NO_BREASTFEEDING_AFTER.days} days after the last dose", US_INDICATION
    ),
)
_EVENT = Lasting(("pregnancy",), PREGNANCY_LASTS)
_NEGATIVE = Stated(f"a negative pregnancy test counts for {NEGATIVE_TEST_LASTS.days} days", THIS_PROJECT)
STATED = stated((MAY_BE_PREGNANT, PREGNANCY, CONTRACEPTION, BREASTFEEDING), _EVENT.stated, _NEGATIVE)


def reproduction(patient: Patient) -> Iterator[SafetyFinding]:
    yield from _pregnancy(patient)
    yield from _contraception(patient)
    history = patient.chart.history
    if history.lactating and _lasts(patient, NO_BREASTFEEDING_AFTER):
        known = "breastfeeding is recorded"
        yield BREASTFEEDING.found(patient, known, *_after(patient, NO_BREASTFEEDING_AFTER), brief=known)


def _pregnancy(patient: Patient) -> Iterator[SafetyFinding]:
    """A limit where there is one; before the first dose to be checked where nobody knows.

    The US label names no contraindication, so the others stand before it.
    """
    history = patient.chart.history
    events = _EVENT.of(patient)
    facts = [*_EVENT.told(events), *_test(patient, Result.POSITIVE, PREGNANCY_LASTS)]
    brief = _EVENT.brief(events) if events else facts[0] if facts else "pregnancy is recorded, day not known"
    if history.pregnant:
        facts.append("pregnancy is recorded")
    elif facts and history.pregnant is False:
        facts.append("no pregnancy is recorded in the history, without a day")
    if facts:
        yield PREGNANCY.found(patient, *facts, brief=brief, beside_us_label=True)
    elif _is_open(patient) and patient.stage is TreatmentStage.BEFORE:
        unknown = "childbearing potential; pregnancy: not known"
        yield MAY_BE_PREGNANT.found(patient, unknown, brief=unknown)


def _test(patient: Patient, result: Result, lasting: timedelta) -> list[str]:
    """The last test, if it came out so and is not too old."""
    test = patient.screened("preg")
    if test is None or test.result is not result or patient.today - test.on > lasting:
        return []
    return [f"pregnancy test {result} ({day(test.on)})"]


def _is_open(patient: Patient) -> bool:
    history = patient.chart.history
    could_be = history.pregnant is None and bool(history.childbearing_potential)
    return could_be and not _test(patient, Result.NEGATIVE, NEGATIVE_TEST_LASTS)


def _contraception(patient: Patient) -> Iterator[SafetyFinding]:
    may_bear = patient.chart.history.childbearing_potential
    if may_bear and _lasts(patient, CONTRACEPTION_AFTER):
        yield CONTRACEPTION.found(patient, "childbearing potential", *_after(patient, CONTRACEPTION_AFTER))


def _last_dose(patient: Patient) -> date | None:
    return patient.chart.treatment.last_dose(patient.today)


def _lasts(patient: Patient, after: timedelta) -> bool:
    """Whether a day lies on treatment or so soon after it."""
    last = _last_dose(patient)
    return last is None or patient.today <= last + after


def _after(patient: Patient, after: timedelta) -> list[str]:
    last = _last_dose(patient)
    return [] if last is None else [f"last dose on {day(last)}, until {day(last + after)}"]
