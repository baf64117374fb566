"""The tick: patients are looked at once a day, and each person's reminders go out in their morning.

What is claimed, checked again and written is one transaction; nothing waits in memory.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from bot.acts import Moment
from bot.clock import local_day
from bot.front import Front
from bot.notices import tell_owners
from bot.reminders.addressees import Team
from bot.reminders.cards import digest, reminder_view
from bot.reminders.mornings import DELAYED_AFTER, LATEST, is_quiet, next_round
from bot.reminders.reminding import refresh
from flows.days import ONE_DAY
from flows.reminder import ESCALATION, Reminder
from store.cards import HOLD, Card
from store.errors import StoreError, explained
from store.members import DIGEST_AT, QUIET_FROM, QUIET_UNTIL, USUAL_ZONE, Member
from store.patients import Patient
from store.reminders import Note
from store.unit_of_work import UnitOfWork

MOST_SINGLE = 3
# Patients looked at in one turn: some 10 ms, for which whoever acts meanwhile waits.
AT_ONCE = 4
_DAMAGED = {
    "digest_at": "the hour of reminders",
    "quiet_from": "the beginning of quiet hours",
    "quiet_until": "the end of quiet hours",
    "zone": "the zone",
}


class CannotLook(Exception):
    """Our bug met what is known of a patient; nothing of the turn is kept."""

    def __init__(self, patient_id: int) -> None:
        super().__init__(patient_id)
        self.patient_id = patient_id


def look(work: UnitOfWork, today: date, moment: Moment) -> int:
    """Bring a few patients up to date whose day has come; how many: none where none are left, or the clinic rests."""
    team = Team.of(work)
    if team.clinic.rest:
        return 0
    numbers = work.reminders.to_be_looked_at(today, today + LATEST, AT_ONCE)
    for number in numbers:
        _looked(work, number, team, today, moment)
        work.reminders.looked_at(number, today + ONE_DAY)
    return len(numbers)


def is_looked_at_elsewhere(work: UnitOfWork, today: date) -> bool:
    """Whether another process is at a patient whose day has come: whom the next step is for is not known before."""
    return work.reminders.has_left_to_look_at(today, today + LATEST)


def take_back(work: UnitOfWork, today: date, now: datetime) -> bool:
    """What went out by a message that nobody will see is to be told again, to whoever it is for by then.

    False where some of it is in another process's turn, which is not waited for. Nor is a member after this: a round
    has its member before its patients.
    """
    held, is_all = work.reminders.hold_never_shown(), True
    for note in work.reminders.never_shown():
        if note.patient_id not in held:
            is_all = False
            continue
        note.reminder.take_back(today)
        note.card_id = None
        work.reminders.save(note)
        work.reminders.look_again(note.patient_id, today)
        work.audit.add(None, "take back", f"reminder {note.id}", now, note.patient_id)
    return is_all


def tell_anew(work: UnitOfWork, card: Card, now: datetime) -> None:
    """What a card tells that nobody was shown is told again by another; what is late by then says so.

    The day is that of its reader, which may be the one before that of UTC: what is told again has its day today.
    """
    member = work.members.by_id(card.member_id)
    work.members.round_again(card.member_id, card.wanted_at or now)
    work.cards.bury(card, "too late")
    take_back(work, local_day(now, member.zone if member else USUAL_ZONE), now)


def overtake(work: UnitOfWork, today: date, now: datetime) -> None:
    """What somebody was not shown is told them before anything more is told of it, to them or to others.

    A card may be on its way for as long as a deliverer holds it, from a time at which it was not late yet.
    """
    for card in work.cards.overtaken(today + ONE_DAY, now - DELAYED_AFTER - HOLD):
        tell_anew(work, card, now)


def put_off(work: UnitOfWork, patient_id: int, today: date, moment: Moment) -> list[int]:
    """A patient who cannot be looked at is left for the next day; the owners know, as nothing is told until then."""
    work.reminders.looked_at(patient_id, today + ONE_DAY)
    code = work.patients.code_of(patient_id)
    text = f"{code}: what is due cannot be worked out, and no reminder comes. That is our bug; the log tells of it."
    return tell_owners(work, text, moment.now)


def _looked(work: UnitOfWork, patient_id: int, team: Team, today: date, moment: Moment) -> tuple[Patient, list[Note]]:
    """A patient with the reminders that are wanted now; CannotLook where that is beyond us."""
    try:
        with explained():
            work.patients.hold(patient_id)
            patient = work.patients.get(patient_id)
            work.audit.add(None, "look", f"patient {patient.id}", moment.now, patient.id)
            return patient, refresh(work, patient, team, moment, today)
    except StoreError:
        raise
    except Exception as error:
        raise CannotLook(patient_id) from error


def rounds_due(work: UnitOfWork, now: datetime) -> list[int]:
    """Whose morning it is; nobody's while the clinic rests."""
    return [] if work.clinic.get().rest else work.members.rounds_due(now, now + LATEST)


def make_round(work: UnitOfWork, member_id: int, moment: Moment, but: Collection[int] = frozenset()) -> list[int]:
    """Tell a member what fires this morning, once, `but` of some patients; the chats in which there is news."""
    member, now = work.members.claim(member_id), moment.now
    if member is None:
        return []
    today = local_day(now, member.zone)
    is_planned = member.round_at is not None and member.round_at <= now + LATEST
    if not is_planned:
        # Later than tomorrow in no zone: that was written by a clock that was wrong.
        last = member.rounded_on if member.rounded_on and member.rounded_on <= today + ONE_DAY else None
        at = next_round(now, member.zone, member.digest_at, last)
        # Where its hour was just chosen nothing is late: it was for another one.
        work.members.rounded(member.id, last, at if member.round_at else max(at, now))
        return []
    assert member.round_at is not None
    if member.round_at > now or is_quiet(now, member.zone, member.quiet_from, member.quiet_until):
        # another process was faster, or it is night by now
        return []
    work.members.rounded(member.id, today, next_round(now, member.zone, member.digest_at, today))
    found = _firing(work, member, today, moment, but)
    if found:
        _tell(work, member, found, moment, delayed=now - member.round_at > DELAYED_AFTER)
    return [*([member.chat_id] if found else []), *_tell_of_damage(work, member, moment)]


def _tell_of_damage(work: UnitOfWork, member: Member, moment: Moment) -> list[int]:
    """Each morning, until the person has chosen anew."""
    if not member.unreadable:
        return []
    lost = " and ".join(_DAMAGED[name] for name in member.unreadable)
    text = (
        f"Member {member.id}: {lost} cannot be read. Until they choose anew in "
        f"/settings, the usual one counts: reminders at {DIGEST_AT:%H:%M}, quiet from {QUIET_FROM:%H:%M} to "
        f"{QUIET_UNTIL:%H:%M}, the zone {USUAL_ZONE}."
    )
    return tell_owners(work, text, moment.now)


def _firing(
    work: UnitOfWork, member: Member, today: date, moment: Moment, but: Collection[int]
) -> list[tuple[Patient, list[Note]]]:
    """What still has to be told, by patient, now that it was looked at again.

    A patient is seen as of the clinic's day where it is still yesterday: what has ended is not opened again. Where it
    is tomorrow already, nothing goes on to others before the window has ended in the clinic.
    """
    found, team, there = [], Team.of(work), moment.today
    day = max(today, there)
    for number in work.reminders.patients_waking(member.id, today):
        if number in but:
            work.reminders.miss(number, member.id, today)
            continue
        patient, notes = _looked(work, number, team, day, moment)
        firing = [each for each in notes if each.for_id == member.id and _fires(each.reminder, today, there)]
        if firing:
            found.append((patient, firing))
    return found


def _fires(reminder: Reminder, today: date, there: date) -> bool:
    """On a reader's day, and what goes on to others also on the clinic's."""
    step = reminder.fires(today)
    return step is not None and (step not in ESCALATION or not reminder.is_open_on(there))


def _tell(
    work: UnitOfWork, member: Member, found: Sequence[tuple[Patient, list[Note]]], moment: Moment, *, delayed: bool
) -> None:
    """A card for each of a few patients; of many, or after an outage, one digest. The rows are kept as they were told.

    One of which something was to be told on an earlier day is delayed, too. Whom the next step is for is seen when a
    patient is looked at again.
    """
    today, front = local_day(moment.now, member.zone), Front(work, member, moment)
    if len(found) > MOST_SINGLE or (delayed and len(found) > 1):
        card, late = _unasked(work, member), delayed or any(_was_missed(notes, today) for _, notes in found)
        for _, notes in found:
            _write_down(work, notes, card, today, moment)
        front.put(card, digest(found, today, member.id, delayed=late))
        return
    for patient, notes in found:
        card, late = _unasked(work, member), delayed or _was_missed(notes, today)
        _write_down(work, notes, card, today, moment)
        front.put(card, reminder_view(patient, notes, today, member.id, delayed=late), None, patient.id)


def _was_missed(notes: Sequence[Note], today: date) -> bool:
    return any(each.reminder.is_delayed(today) for each in notes)


def _write_down(work: UnitOfWork, notes: Sequence[Note], card: Card, today: date, moment: Moment) -> None:
    """What is told, and by which message."""
    for each in notes:
        step = each.reminder.send(today)
        each.card_id = card.id
        work.reminders.save(each)
        work.audit.add(None, f"remind {step}", f"reminder {each.id}", moment.now, each.patient_id)


def _unasked(work: UnitOfWork, member: Member) -> Card:
    return work.cards.add(member.chat_id, member.id, unasked=True)
