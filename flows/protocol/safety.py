"""The one entry to the safety rules: everything that they find in a chart on a day, the gravest first."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from flows.analytes import BY_CODE
from flows.chart import Chart, Lost
from flows.days import ONE_DAY, day
from flows.instruments import current
from flows.protocol.adverse_events import harmed
from flows.protocol.blood_counts import below
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.combinations import combined
from flows.protocol.grading import grave
from flows.protocol.infections import infected
from flows.protocol.lipids import lipids
from flows.protocol.liver import liver
from flows.protocol.muscle import muscle
from flows.protocol.open_screening import left_open
from flows.protocol.organ_function import organs
from flows.protocol.patient import Patient
from flows.protocol.populations import belongs
from flows.protocol.reproduction import reproduction
from flows.protocol.sources import THIS_PROJECT
from flows.protocol.vaccines import vaccinated

_UNREADABLE = Caution(
    id="policy.unreadable",
    level=Level.CHECK,
    says=alike("a fact that was given and could not be read is not taken for absent", THIS_PROJECT),
)
STATED = stated((_UNREADABLE,))

# In the order in which findings of one level are said.
_RULES: tuple[Callable[[Patient], Iterable[SafetyFinding]], ...] = (
    below, liver, infected, left_open, harmed, reproduction, organs, combined, muscle, grave, lipids, vaccinated,
    belongs,
)  # fmt: skip
_GRAVEST_FIRST = (Level.LIMIT, Level.CHECK, Level.INFO)


def safety(chart: Chart, today: date) -> tuple[SafetyFinding, ...]:
    patient = Patient(chart, today)
    found = [each for rule in _RULES for each in rule(patient)]
    if unread := [*chart.unreadable, *(_lost(each) for each in chart.lost)]:
        known = f"could not be read: {', '.join(unread)}"
        found.append(_UNREADABLE.found(patient, known, brief=known))
    return tuple(sorted(found, key=lambda each: _GRAVEST_FIRST.index(each.level)))


def safety_before_first_dose(chart: Chart, on: date) -> tuple[SafetyFinding, ...]:
    """What is said of a first dose that would be on a day: that of the time before it, whatever the course says."""
    return safety(replace(chart, started_on=on + ONE_DAY, stopped_on=None, course=()), on)


def _lost(lost: Lost) -> str:
    """By the title that a report calls it."""
    known = BY_CODE.get(lost.name)
    questionnaire = current(lost.name)
    name = known.title if known else questionnaire.short if questionnaire else lost.name
    return f"{name} of {day(lost.on)}" if lost.on else name
