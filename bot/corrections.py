"""What was recorded wrongly: taken out with its reason, or the last entry taken back; nothing is overwritten."""

from bot import patient_pages
from bot.patient_deeds import back, to
from bot.records import Records
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View, rows
from flows.errors import NotNow
from flows.forms.visit import LABS
from flows.record import Kind, Observation, standing
from store.patients import Patient

REASONS = {"typing": "typing error", "patient": "wrong patient", "day": "wrong day", "unit": "wrong unit"}
_A_ROW = 2
_CORRECTABLE = 8
_NO_VALUES = (Kind.NOTE, Kind.HANDLED)


def form_of(old: Observation) -> str:
    """The form by which a value is entered again; nothing where it stands in a form with others."""
    match old.fact.kind:
        case Kind.LAB:
            return LABS.code
        case Kind.SCORE:
            return f"{'totalled' if 'total' in (old.fact.value or {}) else 'scored'}_{old.fact.code}"
        case Kind.SCREENING:
            return f"screened_{old.fact.code}"
        case _:
            return ""


class Corrections:
    """For the length of one turn."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def last(self, patient: Patient) -> View:
        """What would be taken back, and a tap that confirms it."""
        last = self._records.last_entry(patient)
        if not last:
            raise NotNow(f"{patient.code}: nothing is recorded that could be taken back.")
        told = [patient_pages.told(each) for each in last]
        text = "\n".join([f"{patient.code}: take back the last entry?", *told])
        yes: Labelled = ("Take back", to("undo", patient, str(last[0].entry)))
        return said(text, Keyboard.of([yes, back(patient)]))

    def offered(self, patient: Patient, page: int = 0) -> View:
        """What could be wrong, the newest first; notes of visits and marks of what was done rest on nothing."""
        stands = [each for each in standing(self._records.written(patient)) if each.fact.kind not in _NO_VALUES][::-1]
        shown = stands[page * _CORRECTABLE : (page + 1) * _CORRECTABLE]
        lines = [f"{patient.code}: which value is wrong?", *(patient_pages.told(each) for each in shown)]
        buttons: list[Labelled] = [(f"#{each.id}", to("why_wrong", patient, str(each.id))) for each in shown]
        pages = (("Newer", page - 1), ("Older", page + 1))
        beside: list[Labelled] = [
            (label, to("correct", patient, str(other)))
            for label, other in pages
            if 0 <= other * _CORRECTABLE < len(stands)
        ]
        return said("\n".join(lines), Keyboard.of(*rows(buttons, 4), beside, [back(patient)]))

    def asked_why(self, patient: Patient, number: str) -> View:
        old = self._records.one(patient, int(number))
        text = f"{patient.code}: what is wrong with it?\n{patient_pages.told(old)}"
        buttons: list[Labelled] = [
            (reason.capitalize(), to("mend", patient, number, key)) for key, reason in REASONS.items()
        ]
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [back(patient)]))

    def asked_how(self, patient: Patient, number: str, reason: str) -> View:
        """Whether the right value is entered in its place, or the wrong one only taken out."""
        old = self._records.one(patient, int(number))
        text = f"{patient.code} · {REASONS[reason]}\n{patient_pages.told(old)}"
        right: list[Labelled] = [("Enter the right value", to("right", patient, number, reason))]
        out: Labelled = ("Only take it out", to("replace", patient, number, reason))
        return said(text, Keyboard.of(right if form_of(old) and reason != "patient" else [], [out], [back(patient)]))

    def take_out(self, patient: Patient, number: str, reason: str) -> None:
        """Take a value out with its reason; the right one is entered as a new one."""
        self._records.replace(patient, int(number), [], REASONS[reason])
