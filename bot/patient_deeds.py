"""What the buttons of a patient's cards carry: `("patient", verb, id, ...)`."""

from bot.taps import CALENDAR, Deed, Labelled
from store.patients import Patient


def to(verb: str, patient: Patient, *rest: str) -> Deed:
    return ("patient", verb, str(patient.id), *rest)


def back(patient: Patient) -> Labelled:
    return ("Menu", to("menu", patient))


def taken_along(patient: Patient) -> Labelled:
    return ("Calendar", to(CALENDAR, patient))
