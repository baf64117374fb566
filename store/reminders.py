"""Reminders: one row for each time of each item of a patient, and whom it is for; which patients are looked at when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, not_, or_, select, update

from flows.protocol.due import Window
from flows.reminder import BY_ITS_DAYS, LIVE, Reminder, State, Step
from store.cards import REFUSED
from store.tables import CardRow, ClinicRow, PatientRow, ReminderRow, WatchRow, table

_REMINDERS = table(ReminderRow)
_WATCHES = table(WatchRow)
_PATIENTS = table(PatientRow)
_CARDS = table(CardRow)
_CLINIC = table(ClinicRow)
_LIVE = _REMINDERS.c.state.in_([each.value for each in LIVE])
_STEPS = [each.value for each in Step]

_ADD = insert(_REMINDERS).returning(_REMINDERS.c.id)
_OF_PATIENT = select(_REMINDERS).where(_REMINDERS.c.patient_id == bindparam("patient")).order_by(_REMINDERS.c.id)
_CHANGE = (
    update(_REMINDERS)
    .where(_REMINDERS.c.id == bindparam("reminder"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "title", "source", "opens_on", "due_on", "until_on", "state", "step", "sent_on", "wake_on", "missed_on",
                "for_id", "card_id", "awaited_since",
            )
        }
    )
)  # fmt: skip
_PATIENTS_WAKING = (
    select(_REMINDERS.c.patient_id)
    .where(_REMINDERS.c.for_id == bindparam("member"), _REMINDERS.c.wake_on <= bindparam("day"), _LIVE)
    .group_by(_REMINDERS.c.patient_id)
    .order_by(_REMINDERS.c.patient_id)
)
# Whoever changes a reminder holds its patient first.
_MISS = (
    update(_REMINDERS)
    .where(
        _REMINDERS.c.patient_id.in_(
            select(_PATIENTS.c.id).where(_PATIENTS.c.id == bindparam("patient")).with_for_update(key_share=True)
        ),
        _REMINDERS.c.for_id == bindparam("member"),
        _REMINDERS.c.wake_on <= bindparam("day"),
        _REMINDERS.c.missed_on.is_(None),
        _LIVE,
    )
    .values(missed_on=bindparam("day"))
)
_COUNT_WAKING = select(func.count()).select_from(_REMINDERS).where(_REMINDERS.c.wake_on <= bindparam("day"), _LIVE)
_IS_OPEN = and_(_LIVE, or_(_REMINDERS.c.opens_on.is_(None), _REMINDERS.c.opens_on <= bindparam("day")))
_WITH_OVERDUE = (
    select(_REMINDERS.c.patient_id)
    .where(_IS_OPEN, _REMINDERS.c.until_on < bindparam("day"))
    .distinct()
    .order_by(_REMINDERS.c.patient_id)
)
_CODED = (
    select(_REMINDERS, _PATIENTS.c.code)
    .join(_PATIENTS, _PATIENTS.c.id == _REMINDERS.c.patient_id)
    .order_by(_REMINDERS.c.due_on, _REMINDERS.c.id)
)
# Whose next step it is, whose patient it is, and who was told last.
_IS_OF_MEMBER = or_(
    _REMINDERS.c.for_id == bindparam("member"),
    _PATIENTS.c.responsible_id == bindparam("member"),
    and_(_REMINDERS.c.step == Step.COVER.value, bindparam("member").in_(select(_CLINIC.c.cover_id))),
    and_(_REMINDERS.c.step == Step.LEAD.value, bindparam("member").in_(select(_CLINIC.c.lead_id))),
)
_OPEN = _CODED.where(_IS_OPEN)
_OPEN_OF_MEMBER = _OPEN.where(_IS_OF_MEMBER)
_DATED = _CODED.where(or_(_LIVE, _REMINDERS.c.due_on >= bindparam("since")))
_DATED_OF_MEMBER = _DATED.where(_IS_OF_MEMBER)
_DATED_OF_PATIENT = _DATED.where(_REMINDERS.c.patient_id == bindparam("patient"))
_TOLD_BY = select(_REMINDERS.c.id, _REMINDERS.c.state).where(_REMINDERS.c.card_id == bindparam("card"))
# Nor would the next message be taken; somebody else is told in time.
_GOES_ON_TO_OTHERS = and_(
    _REMINDERS.c.card_id.in_(select(_CARDS.c.id).where(_CARDS.c.dead_why == REFUSED)),
    _REMINDERS.c.step.in_([Step.END.value, Step.COVER.value]),
    _REMINDERS.c.wake_on.is_not(None),
)
_IS_NEVER_SHOWN = and_(
    not_(_GOES_ON_TO_OTHERS),
    _REMINDERS.c.card_id.in_(select(_CARDS.c.id).where(_CARDS.c.dead_why.is_not(None), _CARDS.c.message_id.is_(None))),
    _REMINDERS.c.step.in_(_STEPS),
    _REMINDERS.c.state.in_([each.value for each in BY_ITS_DAYS]),
)
_HOLD_NEVER_SHOWN = (
    select(_PATIENTS.c.id)
    .where(_PATIENTS.c.id.in_(select(_REMINDERS.c.patient_id).where(_IS_NEVER_SHOWN)))
    .order_by(_PATIENTS.c.id)
    .with_for_update(key_share=True, skip_locked=True)
)
_NEVER_SHOWN = select(_REMINDERS).where(_IS_NEVER_SHOWN).order_by(_REMINDERS.c.id)
_WATCH = insert(_WATCHES)
_LOOKED_AT = update(_WATCHES).where(_WATCHES.c.patient_id == bindparam("patient")).values(look_on=bindparam("next_day"))
# Whoever has a watch is about to look at its patient anyhow, and waits for whoever holds that one.
_LOOK_AGAIN = (
    update(_WATCHES)
    .where(
        _WATCHES.c.patient_id.in_(
            select(_WATCHES.c.patient_id)
            .where(_WATCHES.c.patient_id == bindparam("patient"))
            .with_for_update(skip_locked=True)
        )
    )
    .values(look_on=bindparam("day"))
)
_RENAME = (
    update(_REMINDERS)
    .where(
        _REMINDERS.c.patient_id == bindparam("patient"),
        _REMINDERS.c.item == bindparam("its_item"),
        _REMINDERS.c.slot == bindparam("its_slot"),
    )
    .values(title=bindparam("new_title"))
)
_PASS_ON = (
    update(_WATCHES)
    .where(
        _WATCHES.c.patient_id.in_(
            select(_REMINDERS.c.patient_id).where(
                _REMINDERS.c.for_id == bindparam("member"), _REMINDERS.c.wake_on.is_not(None)
            )
        )
    )
    .values(look_on=bindparam("day"))
)
# A day far ahead was written by a clock that was wrong.
_LEFT_TO_LOOK_AT = select(_WATCHES.c.patient_id).where(
    or_(_WATCHES.c.look_on <= bindparam("day"), _WATCHES.c.look_on > bindparam("latest"))
)
_TO_BE_LOOKED_AT = (
    _LEFT_TO_LOOK_AT.order_by(_WATCHES.c.look_on, _WATCHES.c.patient_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


@dataclass(slots=True, kw_only=True)
class Note:
    """A reminder as it is stored: what it is of, whom it is for, and by which card it was told last.

    `awaited_since` is when somebody said that its result is awaited, for as long as it is.
    """

    id: int
    patient_id: int
    item: str
    slot: str
    title: str
    source: str
    for_id: int
    reminder: Reminder
    card_id: int | None = None
    awaited_since: date | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A reminder with its patient's code."""

    code: str
    note: Note


class Reminders:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, patient_id: int) -> list[Note]:
        """Every one that a patient ever had."""
        return [_note(row) for row in self._connection.execute(_OF_PATIENT, {"patient": patient_id})]

    def add(self, note: Note) -> None:
        """A new one; its `id` is set."""
        row = {"patient_id": note.patient_id, "item": note.item, "slot": note.slot} | _changing(note)
        note.id = self._connection.execute(_ADD, row).scalar_one()

    def save(self, note: Note) -> None:
        changed = {f"new_{name}": value for name, value in _changing(note).items()}
        self._connection.execute(_CHANGE, changed | {"reminder": note.id})

    def rename(self, patient_id: int, item: str, slot: str, title: str) -> None:
        """Another title for the one time of an item, if it was planned."""
        named = {"patient": patient_id, "its_item": item, "its_slot": slot, "new_title": title}
        self._connection.execute(_RENAME, named)

    def patients_waking(self, member_id: int, day: date) -> list[int]:
        """The patients of whom there is something to tell a member on a day, by number."""
        return list(self._connection.execute(_PATIENTS_WAKING, {"member": member_id, "day": day}).scalars())

    def miss(self, patient_id: int, member_id: int, day: date) -> None:
        """What was to be told a member of a patient on a day was not, and stays to be told."""
        self._connection.execute(_MISS, {"patient": patient_id, "member": member_id, "day": day})

    def told_by(self, card_id: int) -> dict[int, State]:
        """The reminders that a card told of last, with their present states."""
        return {row.id: State(row.state) for row in self._connection.execute(_TOLD_BY, {"card": card_id})}

    def hold_never_shown(self) -> set[int]:
        """The patients of what was never shown, but for those in another turn; they are in this one from now on."""
        return set(self._connection.execute(_HOLD_NEVER_SHOWN).scalars())

    def never_shown(self) -> list[Note]:
        """Those that went out by a card which nobody will ever see, and about which nobody has done anything since.

        What Telegram has refused at the end of its window, or after it, goes on to others, where there are any.
        """
        return [_note(row) for row in self._connection.execute(_NEVER_SHOWN)]

    def count_waking(self, day: date) -> int:
        """How many are to be told by the end of a day, to whomever."""
        return self._connection.execute(_COUNT_WAKING, {"day": day}).scalar_one()

    def with_overdue(self, day: date) -> list[int]:
        """The patients who have something open whose window is over."""
        return list(self._connection.execute(_WITH_OVERDUE, {"day": day}).scalars())

    def open(self, day: date) -> list[Coded]:
        """What is open on a day in the whole clinic, by due day."""
        return _coded(self._connection.execute(_OPEN, {"day": day}))

    def open_of(self, member_id: int, day: date) -> list[Coded]:
        """What is open on a day of a member's patients, or has come to that member."""
        return _coded(self._connection.execute(_OPEN_OF_MEMBER, {"day": day, "member": member_id}))

    def dated(self, since: date) -> list[Coded]:
        """What is live in the whole clinic, on whatever day, and what else fell due since a day; by due day."""
        return _coded(self._connection.execute(_DATED, {"since": since}))

    def dated_of(self, member_id: int, since: date) -> list[Coded]:
        """The same of a member's patients, and of what has come to that member."""
        return _coded(self._connection.execute(_DATED_OF_MEMBER, {"since": since, "member": member_id}))

    def dated_of_patient(self, patient_id: int, since: date) -> list[Coded]:
        return _coded(self._connection.execute(_DATED_OF_PATIENT, {"since": since, "patient": patient_id}))

    # Which patients are looked at

    def watch(self, patient_id: int, look_on: date) -> None:
        self._connection.execute(_WATCH, {"patient_id": patient_id, "look_on": look_on})

    def pass_on(self, member_id: int, now: datetime) -> None:
        """A member cannot be told any more: whom their reminders are for is seen at the next tick, not the next day.

        So the patients have to be looked at since the day before: west of UTC that is the clinic's day still.
        """
        self._connection.execute(_PASS_ON, {"member": member_id, "day": now.date() - timedelta(days=1)})

    def to_be_looked_at(self, day: date, latest: date, most: int) -> list[int]:
        """Patients whose day has come, locked for this turn; a day after the latest is none that we wrote rightly."""
        found = self._connection.execute(_TO_BE_LOOKED_AT, {"day": day, "latest": latest, "most": most})
        return list(found.scalars())

    def has_left_to_look_at(self, day: date, latest: date) -> bool:
        """Whether there are such patients still, also in another turn."""
        return self._connection.execute(_LEFT_TO_LOOK_AT.limit(1), {"day": day, "latest": latest}).first() is not None

    def look_again(self, patient_id: int, day: date) -> None:
        """A patient of this turn is to be looked at on a day, unless another turn is about to."""
        self._connection.execute(_LOOK_AGAIN, {"patient": patient_id, "day": day})

    def looked_at(self, patient_id: int, next_day: date) -> None:
        self._connection.execute(_LOOKED_AT, {"patient": patient_id, "next_day": next_day})


def _changing(note: Note) -> dict[str, Any]:
    """The columns that change, with their values."""
    reminder = note.reminder
    return {
        "title": note.title,
        "source": note.source,
        "opens_on": reminder.window.opens,
        "due_on": reminder.window.due,
        "until_on": reminder.window.until,
        "state": reminder.state.value,
        "step": reminder.step.value if reminder.step else None,
        "sent_on": reminder.sent_on,
        "wake_on": reminder.wake_on,
        "missed_on": reminder.missed_on,
        "for_id": note.for_id,
        "card_id": note.card_id,
        "awaited_since": note.awaited_since,
    }


def _note(row: Row[Any], *, is_listed: bool = False) -> Note:
    """One that somebody has damaged keeps its patient from being looked at (R5), and stands in lists as untold."""
    is_untold = not row.step or (is_listed and row.step not in _STEPS)
    reminder = Reminder(
        window=Window(row.opens_on, row.due_on, row.until_on),
        state=State(row.state),
        step=None if is_untold else Step(row.step),
        sent_on=row.sent_on,
        wake_on=row.wake_on,
        missed_on=row.missed_on,
    )
    return Note(
        id=row.id,
        patient_id=row.patient_id,
        item=row.item,
        slot=row.slot,
        title=row.title,
        source=row.source,
        for_id=row.for_id,
        reminder=reminder,
        card_id=row.card_id,
        awaited_since=row.awaited_since,
    )


def _coded(rows: Iterable[Row[Any]]) -> list[Coded]:
    return [Coded(row.code, _note(row, is_listed=True)) for row in rows]
