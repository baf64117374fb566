"""A visit that is open already: named before another of the same patient begins, and taken over from a colleague."""

from zoneinfo import ZoneInfo

from bot.acts import Moment
from bot.front import Front
from bot.patients.deeds import back, to
from bot.patients.known import Known
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View
from flows.days import day
from flows.errors import NotNow
from flows.forms.visit import SYMPTOMS
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork


class TakingOver:
    """Names a visit that is open already, and takes it over from a colleague."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front, records: Known) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._records = records

    def found(self, patient: Patient, code: str) -> View | None:
        """Who has a visit of this patient open; nothing where nobody has, or where it is in front of the asker."""
        visits = self._open_of(patient) if code in SYMPTOMS else []
        found = [each for each in visits if each.member_id != self._member.id or each.kept_at is not None]
        if not found:
            return None
        self._records.read(patient.id)
        buttons = [[self._offer(each, patient)] for each in found]
        another: Labelled = ("Begin another", to("another", patient, code))
        text = "\n".join(map(self._told, found))
        return said(text, Keyboard.of(*buttons, [another, back(patient)]))

    def _open_of(self, patient: Patient) -> list[Sitting]:
        every = self._work.interviews.open_of(patient.id)
        return [each for each in every if each.interview.form.code in SYMPTOMS]

    def _offer(self, sitting: Sitting, patient: Patient) -> Labelled:
        if sitting.member_id == self._member.id:
            return ("Go on with yours", ("resume", str(sitting.id)))
        label = f"Take over from member {sitting.member_id}"
        return (label, to("take_over", patient, str(sitting.id), str(sitting.member_id)))

    def _told(self, sitting: Sitting) -> str:
        at = sitting.touched_at.astimezone(ZoneInfo(self._member.zone))
        last = f"last answered on {day(at.date())} at {at:%H:%M}"
        return f"{self._whose(sitting)} a visit of this patient open: {self._front.place(sitting)}, {last}."

    def _whose(self, sitting: Sitting) -> str:
        if sitting.member_id == self._member.id:
            return "You have"
        holder = self._work.members.by_id(sitting.member_id)
        return f"Member {sitting.member_id}{f' ({holder.role})' if holder else ''} has"

    def take(self, card: Card, patient: Patient, number: str, holder: str) -> None:
        """It is the asker's from now on, as it stands; its former holder is told, and their card loses its buttons."""
        former = self._work.members.claim(self._of(patient, number, holder).member_id)
        if former is None:
            raise NotNow("It is being answered at this moment. Nothing was changed: try again.")
        sitting = self._of(patient, number, holder)  # as the turn has left it for which this one has waited
        taken = f"{self._front.place(sitting)} was taken over by member {self._member.id}, with its answers."
        if (theirs := self._work.cards.of_interview(sitting.id)) is not None:
            Front(self._work, former, self._moment).put(theirs, said(taken), None, patient.id)
        self._front.tell(former, taken)
        self._front.log_of("take over", sitting)
        sitting.member_id = self._member.id
        self._front.bring_forward(sitting)
        self._front.show(card, sitting)

    def _of(self, patient: Patient, number: str, holder: str) -> Sitting:
        """NotNow where it is not open any more, or not with whom it was."""
        self._work.patients.hold(patient.id)
        for each in self._open_of(patient):
            if (str(each.id), str(each.member_id)) == (number, holder):
                return each
        raise NotNow(f"That visit is not open with member {holder} any more. Nothing was changed.")
