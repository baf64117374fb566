"""What was recorded wrongly: taken out with its reason, or the last entry taken back; nothing is overwritten."""

from bot import patient_pages
from bot.acts import Moment
from bot.front import Front
from bot.patient_deeds import back, to
from bot.records import Records
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View, rows
from flows.errors import NotNow
from flows.record import Observation, standing
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

_REASONS = {"typing": "typing error", "patient": "wrong patient", "day": "wrong day", "unit": "wrong unit"}
_A_ROW = 2
_CORRECTABLE = 8


class Corrections:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._records = Records(work, member, moment, front.today)

    def last(self, patient: Patient) -> View:
        """What would be taken back, and a tap that confirms it."""
        last = self._records.last_entry(patient)
        if not last:
            raise NotNow(f"{patient.code}: nothing is recorded that could be taken back.")
        told = [patient_pages.told(each) for each in last]
        text = "\n".join([f"{patient.code}: take back the last entry?", *told])
        yes: Labelled = ("Take back", to("undo", patient, str(last[0].entry)))
        return said(text, Keyboard.of([yes, back(patient)]))

    def offered(self, patient: Patient) -> View:
        newest = standing(self._records.written(patient))[::-1][:_CORRECTABLE]
        lines = [f"{patient.code}: which value is wrong?", *(patient_pages.told(each) for each in newest)]
        buttons: list[Labelled] = [(f"#{each.id}", to("why_wrong", patient, str(each.id))) for each in newest]
        return said("\n".join(lines), Keyboard.of(*rows(buttons, 4), [back(patient)]))

    def asked_why(self, patient: Patient, number: str) -> View:
        old = self._one(patient, number)
        text = f"{patient.code}: what is wrong with it?\n{patient_pages.told(old)}"
        buttons: list[Labelled] = [
            (reason.capitalize(), to("replace", patient, number, key)) for key, reason in _REASONS.items()
        ]
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [back(patient)]))

    def take_out(self, patient: Patient, number: str, reason: str) -> None:
        """Take a value out with its reason; the right one is entered as a new one."""
        self._records.replace(patient, self._one(patient, number).id, [], _REASONS[reason])

    def _one(self, patient: Patient, number: str) -> Observation:
        found = [each for each in standing(self._records.written(patient)) if str(each.id) == number]
        if not found:
            raise NotNow("That value does not stand any more. Nothing was changed.")
        return found[0]
