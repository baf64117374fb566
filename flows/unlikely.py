"""What of a form can hardly be, and what cannot: a child, a dose of steroids, days before the drug or before a birth.

All limits are this project's: what is beyond them is asked about, and filed if a clinician confirms it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from flows.answers import Answers
from flows.dated import Day
from flows.days import day
from flows.form import Form
from flows.forms.enrolment import INTERRUPTED_ON
from flows.forms.moves import START
from flows.forms.taken import SINCE
from flows.protocol.eligibility import ADULT_FROM

PREDNISOLONE_ABOVE_MG = 100
TAKEN_FOR_YEARS = 10
# For rheumatoid arthritis in the US, to be confirmed; whoever took it earlier took it in a trial.
FIRST_APPROVED = date(2019, 8, 16)
BIRTH_YEAR, _PREDNISOLONE = "birth_year", "prednisolone_mg"


def unlikely(form: Form, answers: Answers, born: int | None, today: date) -> list[str]:
    """What is to be looked at again among the answers that count; `born` is the birth year of the record."""
    return [
        *_before_first_dose(form, answers),
        *_of_numbers(form, answers, today),
        *_too_long_ago(form, answers, today),
        *_before_birth(form, answers, born),
    ]


def impossible(form: Form, answers: Answers, born: int | None) -> str:
    """Why answers cannot be filed; nothing where they can."""
    return next(chain(_before_first_dose(form, answers), _before_birth(form, answers, born)), "")


def _of_numbers(form: Form, answers: Answers, today: date) -> Iterator[str]:
    told = {item.code: answers.get(item.code) for item in form.asked(answers)}
    if (year := told.get(BIRTH_YEAR)) is not None:
        oldest = today.year - int(str(year))
        if oldest - 1 < ADULT_FROM:
            yield f"Birth year {year}: {oldest - 1} to {oldest} years old; labels for this disease are of adults."
    if (dose := told.get(_PREDNISOLONE)) is not None and Decimal(str(dose)) > PREDNISOLONE_ABOVE_MG:
        yield f"Prednisolone {dose} mg: more than {PREDNISOLONE_ABOVE_MG} is unusual."


def _too_long_ago(form: Form, answers: Answers, today: date) -> Iterator[str]:
    for item, on in _days(form, answers):
        said = f"{item.name} {day(on)}"
        if _is_first_dose(form, item) and on < FIRST_APPROVED:
            yield f"{said}: upadacitinib was first approved on {day(FIRST_APPROVED)}; in a trial?"
        if item.code in SINCE.values() and (on.year + TAKEN_FOR_YEARS, on.month, on.day) < today.timetuple()[:3]:
            yield f"{said}: more than {TAKEN_FOR_YEARS} years ago is unusual."


def _before_first_dose(form: Form, answers: Answers) -> Iterator[str]:
    days = {item.code: (item.name, on) for item, on in _days(form, answers)}
    if INTERRUPTED_ON in days and days[INTERRUPTED_ON][1] < (first := days["started_on"][1]):
        name, on = days[INTERRUPTED_ON]
        yield f"{name} {day(on)} lies before the first dose, {day(first)}."


def _before_birth(form: Form, answers: Answers, born: int | None) -> Iterator[str]:
    told = answers.get(BIRTH_YEAR)
    year = born if told is None else int(str(told))
    for item, on in _days(form, answers):
        if year is not None and on.year < year:
            yield f"{item.name} {day(on)} lies before the birth year, {year}."


def _days(form: Form, answers: Answers) -> Iterator[tuple[Day, date]]:
    for item in form.asked(answers):
        if isinstance(item, Day) and (told := answers.get(item.code)) is not None:
            yield item, date.fromisoformat(str(told))


def _is_first_dose(form: Form, item: Day) -> bool:
    return item.code == "started_on" or (form.code, item.code) == (START.code, "on")
