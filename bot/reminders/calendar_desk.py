"""Due dates to take along: an .ics file on a card of its own; the card whose button asks for it stays as it is."""

from collections.abc import Sequence
from html import escape

from bot.acts import Moment
from bot.front import Front
from bot.patients.known import Known
from bot.reminders.calendars import CANCELLED_FOR, MOST_ENTRIES, calendar_wish
from bot.taps import CALENDAR
from bot.views import View
from flows.errors import NotNow
from flows.reminder import LIVE
from store.members import Member
from store.patients import Patient
from store.reminders import Coded
from store.unit_of_work import UnitOfWork

_WHAT_IT_IS = (
    "{whose}: {due} due{settled}, as a calendar file under codes alone. A later one moves what has moved and cancels "
    "what is no longer due, in a calendar that keeps to the standard. "
    "What is imported lies in that calendar, out of reach of this bot."
)
_WHOSE = {"mine": "Your patients", "clinic": "The clinic"}


class CalendarDesk:
    """Makes calendar files of due dates."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front, records: Known) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._records = records
        self._since = front.today - CANCELLED_FOR

    def of_patient(self, patient: Patient) -> None:
        self._send(patient.code, self._work.reminders.dated_of_patient(patient.id, self._since), patient.id)

    def of(self, whose: str) -> None:
        """Of the member's patients, or of the clinic's."""
        reminders = self._work.reminders
        found = reminders.dated_of(self._member.id, self._since) if whose == "mine" else reminders.dated(self._since)
        self._send(whose, found)

    def _send(self, name: str, found: Sequence[Coded], patient_id: int | None = None) -> None:
        """Who has a patient's dates has read them: each patient is in the audit, and that they were taken along."""
        if not found:
            raise NotNow("There is no due day yet, so there is no file.")
        if len(found) > MOST_ENTRIES:
            raise NotNow(
                f"{len(found)} dates; a file holds {MOST_ENTRIES}. /due and a code sends those of one patient."
            )
        self._front.log(CALENDAR, f"patient {patient_id}" if patient_id else name, patient_id)
        for each in dict.fromkeys(each.note.patient_id for each in found):
            self._records.read(each)
        due = sum(each.note.reminder.state in LIVE for each in found)
        settled = f", {len(found) - due} no longer due" if due < len(found) else ""
        text = _WHAT_IT_IS.format(whose=_WHOSE.get(name, name), due=due, settled=settled)
        view = View(escape(text), picture=calendar_wish(name, found, self._moment))
        self._front.put_beside(view, patient_id=patient_id)
