"""Reading a chart from JSON: what can be read is, and everything else gets an error with its place."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from bot.contract import values
from bot.contract.courses import (
    MEDICATION,
    induction_weeks,
    read_course,
    read_event,
    read_handled,
    read_medication,
    read_screening,
    read_stool_test,
)
from bot.contract.labs import read_lab
from bot.contract.people import REGION, SEX, read_history, read_risks
from bot.contract.reading import Json, Reading
from bot.contract.scores import read_score
from flows.chart import Accepted
from flows.days import Month
from flows.instruments import SHIPPED
from flows.samples import Labs
from flows.steps import Move

KEYS = frozenset({
    "id", "disease", "today", "enrolled", "region", "sex", "birth_year",
    "started_on", "dose_known", "induction_weeks", "stopped_on", "course",
    "scores", "labs", "screening", "medication", "medication_partial", "medication_asked",
    "history", "risks", "events", "stool_tests", "done",
    "accepted_baseline",
})  # fmt: skip
FIRST_BIRTH_YEAR = 1900
# The place of the chart's own keys.
_CHART = ""
_measure = values.one_of((*(each.code for each in SHIPPED), "crp", "fcp"))
_ACCEPTED = frozenset({"measure", "on", "by", "accepted_on"})
_drug = values.one_of(MEDICATION)


def read_chart(given: Json, today: date) -> Reading:
    """Read everything that can be read; `today` counts where the chart has none."""
    reading = Reading(today)
    reading.only(_CHART, given, KEYS)
    reading.maybe(_CHART, given, "id", values.anything)
    reading.disease = reading.needed(_CHART, given, "disease", values.disease)
    reading.today = reading.decisive(_CHART, given, "today", values.day) or today
    sex = reading.maybe(_CHART, given, "sex", SEX)
    _read_treatment(reading, given)
    reading.facts |= {
        "sex": sex,
        "birth_year": reading.maybe(_CHART, given, "birth_year", _birth_year(reading.today)),
        "region": reading.maybe(_CHART, given, "region", REGION),
        "history": read_history(reading, given.get("history")),
        "risks": read_risks(reading, given.get("risks")),
        "screening": read_screening(reading, given.get("screening")),
        "events": reading.every("events", given.get("events"), read_event),
        "stool_tests": reading.every("stool_tests", given.get("stool_tests"), read_stool_test),
        "handled": reading.every("done", given.get("done"), read_handled),
    }
    _read_accepted(reading, given.get("accepted_baseline"))
    _read_medication(reading, given)
    reading.scores = reading.every("scores", given.get("scores"), read_score)
    reading.labs = Labs(reading.every("labs", given.get("labs"), read_lab))
    return reading


def _read_treatment(reading: Reading, given: Json) -> None:
    """A day of the first dose is a plan where it lies ahead; that of the last dose is not."""
    facts = reading.facts
    facts["enrolled"] = bool(reading.decisive(_CHART, given, "enrolled", values.flag))
    facts["started_on"] = reading.decisive(_CHART, given, "started_on", values.day)
    facts["dose_known"] = given.get("dose_known") is None or bool(
        reading.maybe(_CHART, given, "dose_known", values.flag)
    )
    facts["induction_weeks"] = reading.maybe(_CHART, given, "induction_weeks", induction_weeks)
    facts["course"] = reading.every("course", given.get("course"), read_course)
    facts["stopped_on"] = reading.decisive(_CHART, given, "stopped_on", partial(_last_dose, reading))


def _read_medication(reading: Reading, given: Json) -> None:
    """What is taken, and whether anybody asked for the rest, or for some of it."""
    facts = reading.facts
    facts["medication_partial"] = bool(reading.decisive(_CHART, given, "medication_partial", values.flag))
    facts["medication_asked"] = _names(reading, "medication_asked", given.get("medication_asked"), _drug)
    if given.get("medication") is not None:
        facts["medication"] = reading.every("medication", given["medication"], read_medication)


def _read_accepted(reading: Reading, given: Any) -> None:
    """A name accepts a baseline of whatever day; an object that of its day or month, and says who did, and when."""
    places = list(enumerate(given)) if isinstance(given, list) else []
    objects = [(f"accepted_baseline[{place}]", each) for place, each in places if isinstance(each, dict)]
    found = [_read_acceptance(reading, where, each) for where, each in objects]
    reading.facts["accepted"] = tuple([each for each in found if each is not None])
    reading.facts["accepted_baseline"] = _names(reading, "accepted_baseline", given, _measure)


def _read_acceptance(reading: Reading, where: str, given: Json) -> Accepted | None:
    reading.only(where, given, _ACCEPTED)
    measure = reading.needed(where, given, "measure", _measure)
    on = reading.needed(where, given, "on", partial(_day_or_month, reading))
    by = reading.maybe(where, given, "by", values.text)
    accepted_on = reading.maybe(where, given, "accepted_on", reading.past_day)
    return Accepted(measure=measure, on=on, by=by, accepted_on=accepted_on) if measure and on else None


def _day_or_month(reading: Reading, value: Any) -> date | Month:
    return values.month(value) or reading.past_day(value)


def _last_dose(reading: Reading, value: Any) -> date:
    """Neither before the first dose nor before a later step of the course."""
    found, started = reading.past_day(value), reading.facts["started_on"]
    if started and found < started:
        raise values.Unusable(f"lies before the first dose, {started}")
    later = [step.on for step in reading.facts["course"] if step.on > found and step.move is not Move.STOPPED]
    if later:
        raise values.Unusable(f"the course goes on after it, {later[0]}")
    return found


def _birth_year(today: date) -> Any:
    return values.whole(FIRST_BIRTH_YEAR, today.year)


def _names(reading: Reading, where: str, given: Any, read: Callable[[Any], str]) -> frozenset[str]:
    """A name that is none is noted, and the others count; an object is no name."""
    if given is None:
        return frozenset()
    if not isinstance(given, list):
        reading.note(where, "must be a list of names")
        return frozenset()
    named = [(place, each) for place, each in enumerate(given) if not isinstance(each, dict)]
    found = [reading.tried(_CHART, f"{where}[{place}]", read, each) for place, each in named]
    return frozenset(each for each in found if each)
