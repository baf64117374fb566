"""What the buttons of a patient's cards carry: `("patient", verb, id, ...)`."""

from collections.abc import Iterable

from bot.taps import CALENDAR, Deed, Labelled
from store.patients import Patient


def to(verb: str, patient: Patient, *rest: str) -> Deed:
    return ("patient", verb, str(patient.id), *rest)


def verdict(patient: Patient, number: int) -> Deed:
    """No button: by it a card is known as one that shows a verdict."""
    return to("verdict", patient, str(number))


def shows_verdict(deeds: Iterable[Deed]) -> bool:
    return any(deed[:2] == ("patient", "verdict") for deed in deeds)


def back(patient: Patient) -> Labelled:
    return ("Menu", to("menu", patient))


def taken_along(patient: Patient) -> Labelled:
    return ("Calendar", to(CALENDAR, patient))
