"""A patient handed over to a colleague: to whom, why, and one screen that says both before it counts."""

from collections.abc import Callable, Mapping, Sequence

from bot.front import Front
from bot.patients.deeds import back, to
from bot.patients.records import Records
from bot.render import said
from bot.roles import may
from bot.taps import Keyboard, Labelled
from bot.views import View, rows
from flows.errors import NotNow
from flows.reasons import HAND_OVER, chosen_from
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

_A_ROW = 2


class HandingOver:
    """Hands a patient over to a colleague.

    Each button carries how often the patient was handed over before: one of an earlier time is refused.
    """

    def __init__(self, work: UnitOfWork, member: Member, front: Front, records: Records) -> None:
        self._work = work
        self._member = member
        self._front = front
        self._records = records

    def pages(self, patient: Patient, rest: Sequence[str]) -> Mapping[str, Callable[[], View]]:
        """What each button shows, of the patient of its card."""
        return {
            "hand_over": lambda: self._asked_to_whom(patient),
            "hand_why": lambda: self._asked_why(patient, *rest),
            "hand_sure": lambda: self._shown(patient, *rest),
            "handed": lambda: self._handed(patient, *rest),
        }

    def _asked_to_whom(self, patient: Patient) -> View:
        times = str(self._records.times_handed_over(patient))
        buttons: list[Labelled] = [
            (each.called.capitalize(), to("hand_why", patient, times, str(each.id))) for each in self._others(patient)
        ]
        text = f"{patient.code}: member {patient.responsible_id} is responsible. Who takes over?"
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [back(patient)]))

    def _asked_why(self, patient: Patient, times: str, number: str) -> View:
        other = self._chosen(patient, times, number)
        buttons: list[Labelled] = [
            (each.label, to("hand_sure", patient, times, number, str(each.code))) for each in chosen_from(HAND_OVER)
        ]
        again: Labelled = ("Back", to("hand_over", patient))
        return said(f"{patient.code}: why to {other.called}?", Keyboard.of(*([each] for each in buttons), [again]))

    def _shown(self, patient: Patient, times: str, number: str, reason: str) -> View:
        other = self._chosen(patient, times, number)
        told = " and ".join(f"member {each.id}" for each in self._to_be_told(patient, other))
        lines = [
            f"{patient.code} · hand over",
            f"From: member {patient.responsible_id}",
            f"To: {other.called}",
            f"Reason: {HAND_OVER[reason]}",
            f"Told, by the code alone: {told or 'nobody'}. Reminders go to member {other.id}.",
            "Nothing counts until you confirm.",
        ]
        confirm: Labelled = ("Confirm", to("handed", patient, times, number, reason))
        again: Labelled = ("Back", to("hand_why", patient, times, number))
        return said("\n".join(lines), Keyboard.of([confirm, again]))

    def _handed(self, patient: Patient, times: str, number: str, reason: str) -> View:
        other = self._chosen(patient, times, number)
        self._records.hand_over(patient, other, HAND_OVER[reason])
        for each in self._to_be_told(patient, other):
            whom = "to you" if each.id == other.id else f"from you to member {other.id}"
            by = f"by member {self._member.id}. /history {patient.code} says why."
            self._front.tell(each, f"{patient.code} was handed over {whom} {by}")
        text = f"{patient.code}: {other.called} is responsible from now on. Reason: {HAND_OVER[reason]}."
        return said(text, Keyboard.of([back(patient)]))

    def _to_be_told(self, patient: Patient, other: Member) -> list[Member]:
        """The former and the new one, but for who does it, and who has no access any more."""
        both = {patient.responsible_id, other.id} - {self._member.id}
        return [each for each in self._work.members.all_active() if each.id in both]

    def _others(self, patient: Patient) -> list[Member]:
        """Who could be responsible, and is not yet."""
        active = self._work.members.all_active()
        return [each for each in active if each.id != patient.responsible_id and may(each.role, "patient")]

    def _chosen(self, patient: Patient, times: str, number: str) -> Member:
        """Who was chosen; NotNow where they cannot take over any more, or where somebody has by now."""
        self._work.patients.hold(patient.id)
        if times != str(self._records.times_handed_over(patient)):
            raise NotNow(f"{patient.code} was handed over since this was asked. Nothing was changed.")
        found = next((each for each in self._others(patient) if str(each.id) == number), None)
        if found is None:
            raise NotNow("That person has no access any more. Nothing was changed.")
        return found
