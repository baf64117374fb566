"""What a person does about reminders: done, awaited, snoozed, not possible; and the list of what is due."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from bot.acts import Moment
from bot.clock import local_day
from bot.front import Front
from bot.patients.card import not_entered_lines
from bot.patients.deeds import back, to
from bot.patients.overtaken import show_changed
from bot.patients.records import Records
from bot.reminders import resting, wall_clock
from bot.reminders.addressees import Addressees, Team
from bot.reminders.cards import (
    DIGEST,
    DONE_ON,
    OPENED,
    REPLIED,
    SET,
    SNOOZES,
    by_patient,
    due_list,
    has_come,
    ids_of,
    reminder_view,
)
from bot.reminders.mornings import next_round
from bot.reminders.still_open import covers, has_opened, in_no_window, still_open, takes_none_yet, takes_sample
from bot.render import said
from bot.taps import TICKED, Deed, Keyboard, Labelled
from bot.views import View, paged
from flows.dated import Day
from flows.days import day
from flows.errors import NotNow
from flows.filing import last_visit
from flows.own_reminders import OWN, answered, own_reminder
from flows.protocol.satisfied import is_done_with_samples
from flows.reasons import NOT_DONE, chosen_from
from flows.record import Fact, Kind
from flows.reminder import LIVE
from store.members import Member
from store.patients import Patient
from store.reminders import Note
from store.unit_of_work import UnitOfWork

TOO_LATE = "; today's reminders are out, so it comes tomorrow morning"
# A name without a salutation looks like any other words, and is taken.
NO_NAMES = (
    "No names belong in its words, nobody's: if there is one, take it back: that erases the words. Your own message "
    "stays in this chat until you delete it."
)
_SAMPLED = Day(code="on", name="Day", prompt="On which day was it done or sampled?")
_TODAY = "Today"
_NOTHING: Mapping[int, date] = MappingProxyType({})


class ReminderDesk:
    """Carries out what a person does about reminders, and lists what is due."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front, records: Records) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._records = records

    def pages(self, patient: Patient, rest: Sequence[str]) -> Mapping[str, Callable[[], View]]:
        """What each button shows, of the patient of its card."""
        return {
            OPENED: lambda: self.opened(patient),
            "one_by_one": lambda: self._one_by_one(patient, *rest),
            "one": lambda: self._shown(patient, self._open_ones(patient, *rest)),
            "done": lambda: self._which_day(patient, *rest),
            DONE_ON: lambda: self._done(patient, *rest),
            "remind_of": lambda: self.asked(patient),
            SET: lambda: self.set(patient, rest[-1]),
            "awaiting": lambda: self._awaiting(patient, *rest),
            "seen": lambda: self._seen(patient, *rest),
            "snooze": lambda: self._how_long(patient, *rest),
            "snoozed": lambda: self._snoozed(patient, *rest),
            "not_possible": lambda: self._why_not(patient, *rest),
            "refused": lambda: self._refused(patient, *rest),
        }

    def due(self, whose: str = "mine", page: int = 0) -> View:
        """What is open of the member's patients, of some of them by their numbers, or of the clinic's."""
        reminders, today = self._work.reminders, self._today
        found = reminders.open(today) if whose == "clinic" else reminders.open_of(self._member.id, today)
        if whose not in ("mine", "clinic"):
            wanted = set(whose.removeprefix(DIGEST).split(","))
            found = [each for each in found if str(each.note.patient_id) in wanted]
        shown, beside = paged(by_patient(found, today), page, "due", whose)
        for _, notes in shown:
            self._records.read(notes[0].patient_id)
        return due_list((whose, page), shown, today, beside, note=self._resting())

    def _resting(self) -> str:
        return resting.told(self._work, self._moment.now, self._member.zone, self._member)

    @property
    def _none_leaves(self) -> str:
        return resting.in_short(self._work, self._moment.now)

    @property
    def _told_by(self) -> date:
        """The later of two days: what was told on a member's own morning has come, though not yet at the clinic."""
        return max(self._today, self._front.own_day)

    @property
    def _today(self) -> date:
        """The day of the clinic, as of which an answer is."""
        return self._day_of_reminders(self._front.today)

    def _day_of_reminders(self, today: date) -> date:
        return wall_clock.day_of_reminders(self._work.clinic.get().clock, self._moment.now, today)

    def opened(self, patient: Patient) -> View:
        """Everything that is open of one patient."""
        every = self._work.reminders.of(patient.id)
        return self._shown(patient, [each for each in every if _is_open(each, self._told_by)])

    def _shown(
        self, patient: Patient, notes: Sequence[Note], note: str = "", given: Mapping[int, date] = _NOTHING
    ) -> View:
        """With what was done and has no result yet, and which of the answers `given` have closed nothing."""
        report = self._records.examine(patient).report
        assert report is not None
        above = [*filter(None, [self._none_leaves, note]), *still_open(notes, given, report.due)]
        return reminder_view(patient, notes, self._told_by, self._member.id, beside=(above, not_entered_lines(report)))

    def _open_ones(self, patient: Patient, numbers: str) -> list[Note]:
        """Those of a card that are still open; NotNow where none is."""
        wanted = numbers.split(",")
        self._work.patients.hold(patient.id)
        every = self._work.reminders.of(patient.id)
        found = [each for each in every if str(each.id) in wanted and each.reminder.state in LIVE]
        if not found:
            raise NotNow("Nothing of this is open any more. Nothing was changed.")
        return found

    def _answerable(
        self, patient: Patient, numbers: str, takes: Callable[[Note, date], bool] = has_opened
    ) -> tuple[list[Note], str]:
        """Those of a card that take an answer of the clinic's day, and which do not yet; NotNow where none does."""
        found, today = self._open_ones(patient, numbers), self._today
        early = [each for each in found if not takes(each, today)]
        told = takes_none_yet(early, today) if early else ""
        if len(early) == len(found):
            raise NotNow(f"{told} Nothing was changed.")
        return [each for each in found if each not in early], told

    def _again(self, patient: Patient, numbers: str, note: str = "", given: Mapping[int, date] = _NOTHING) -> View:
        """What became of these reminders, and what else is open."""
        wanted, today = numbers.split(","), self._told_by
        every = self._work.reminders.of(patient.id)
        shown = [each for each in every if str(each.id) in wanted or _is_open(each, today)]
        return self._shown(patient, shown, note, given)

    def _one_by_one(self, patient: Patient, numbers: str) -> View:
        found = self._open_ones(patient, numbers)
        buttons: list[Labelled] = [(each.title, to("one", patient, str(each.id))) for each in found]
        return _inner(f"{patient.code}: which one?", patient, numbers, [[each] for each in buttons])

    # Done, awaited, not possible: each is written to the record, and the schedule says what follows

    def _which_day(self, patient: Patient, numbers: str, chosen: str | None = None) -> View:
        """What is sampled goes together; whatever else was done is ticked, or has a Done of its own."""
        found, told = self._answerable(patient, numbers, takes_sample)
        done = found if len(found) == 1 else [each for each in found if _is_done(each, chosen)]
        others = [each for each in found if len(found) > 1 and not _is_done_with_samples(each)]
        ticks: list[Labelled] = [_tick(patient, numbers, found, done, each) for each in others]
        ticks += [("All of these", to("done", patient, numbers, ids_of(found)))] if len(others) > 1 else []
        text = " ".join(filter(None, [f"{patient.code}: {_closes(done, others)}", told]))
        if not done:
            return _inner(text, patient, numbers, [[each] for each in ticks])
        days: list[Labelled] = [
            (label, to(DONE_ON, patient, ids_of(done), on.isoformat())) for label, on in self._days(patient).items()
        ]
        text = f"{text} {_SAMPLED.prompt} Tap, or reply to this message with another day, as 24 May 2027."
        typed = to(DONE_ON, patient, ids_of(done))
        return _inner(text, patient, numbers, [days, *([each] for each in ticks)], unseen=[typed])

    def _days(self, patient: Patient) -> dict[str, date]:
        """Those that are likely, by what their buttons say: a page may stay open over midnight."""
        today, seen = self._front.today, last_visit(self._records.written(patient))
        named = {f"{_TODAY}, {day(today)}": today}
        return named | ({} if seen in (None, today) else {f"Visit, {day(seen)}": seen})

    def _sampled_on(self, typed: str, found: Sequence[Note]) -> date:
        """A day up to today, which a word may be typed for; one that is refused says of which items it is."""
        if typed.strip().casefold() == _TODAY.casefold():
            return self._front.today
        asked = replace(_SAMPLED, name=f"Day of {', '.join(each.title for each in found)}")
        answer = asked.parse(typed)
        asked.refuse_after(answer, self._front.today)
        return date.fromisoformat(str(answer))

    def _done(self, patient: Patient, numbers: str, typed: str) -> View:
        found = self._open_ones(patient, numbers)
        on = self._sampled_on(typed, found)
        covered = [each for each in found if covers(each, on, late=len(found) == 1)]
        if not covered:
            raise NotNow(in_no_window(found, on))
        left = [each.title for each in found if each not in covered]
        note = f"Not in their window on {day(on)}, and still open: {', '.join(left)}." if left else ""
        return self._again(patient, numbers, note, self._file(patient, covered, on, {"state": "done"}))

    def _awaiting(self, patient: Patient, numbers: str) -> View:
        found, told = self._answerable(patient, numbers)
        self._file(patient, found, self._today, {"state": "awaiting"})
        return self._again(patient, numbers, told)

    def _why_not(self, patient: Patient, numbers: str) -> View:
        self._answerable(patient, numbers)
        reasons = zip(NOT_DONE, chosen_from(NOT_DONE), strict=True)
        buttons: list[Labelled] = [(each.label, to("refused", patient, numbers, code)) for code, each in reasons]
        return _inner(f"{patient.code}: why is it not possible?", patient, numbers, [[each] for each in buttons])

    def _refused(self, patient: Patient, numbers: str, reason: str) -> View:
        value = {"state": "not_possible", "why": NOT_DONE[reason]}
        found, told = self._answerable(patient, numbers)
        return self._again(patient, numbers, told, self._file(patient, found, self._today, value))

    def _file(self, patient: Patient, notes: Sequence[Note], on: date, value: dict[str, str]) -> dict[int, date]:
        """The reminders that were answered, each with the day of its answer."""
        self._records.file(patient, [_answer(each, on, value) for each in notes])
        return {each.id: on for each in notes}

    def asked(self, patient: Patient) -> View:
        """What a reminder of the clinician's own needs; the next words are read so."""
        self._records.read(patient.id)
        text = f"{patient.code}: a reminder needs its day first, and no names. Type it, as 24 May 2027 referral."
        text = " ".join(filter(None, [text, self._none_leaves]))
        return said(text, Keyboard.of([back(patient)], unseen=[to(SET, patient, "typed")]))

    def set(self, patient: Patient, typed: str) -> View:
        """A reminder of the clinician's own, for a day."""
        fact = own_reminder(typed, self._front.today)
        self._records.file(patient, [fact])
        assert fact.on is not None
        rests = self._none_leaves
        late = TOO_LATE if not rests and self._has_passed(patient, fact.on) else ""
        undo = f"/undo {patient.code} takes it back."
        told = [f"{patient.code}: a reminder is set for {day(fact.on)}{late}.", rests, NO_NAMES, undo]
        return said(" ".join(filter(None, told)), Keyboard.of([back(patient)]))

    def _has_passed(self, patient: Patient, on: date) -> bool:
        """Whether the next morning of whoever a reminder is for that was just set is after its day."""
        newest = [each for each in self._work.reminders.of(patient.id) if each.item == OWN][-1]
        reader = self._work.members.by_id(newest.for_id) or self._member
        next_one = next_round(self._moment.now, reader.zone, reader.digest_at, reader.rounded_on)
        return local_day(next_one, reader.zone) > on

    # Seen, snoozed: of these nothing is written to the record

    def _seen(self, patient: Patient, numbers: str) -> View:
        """A day that has come is not told again; nothing was to be done on it."""
        found = [each for each in self._open_ones(patient, numbers) if has_come(each, self._told_by)]
        for each in found:
            each.reminder.finish()
            self._work.reminders.save(each)
            self._front.log("seen", f"reminder {each.id}", patient.id)
        every = self._work.reminders.of(patient.id)
        show_changed(self._work, patient, every, {each.id for each in found}, self._told_by, self._moment)
        return self._again(patient, numbers)

    def _how_long(self, patient: Patient, numbers: str) -> View:
        self._open_ones(patient, numbers)
        buttons: list[Labelled] = [(label, to("snoozed", patient, numbers, str(days))) for label, days in SNOOZES]
        text = f"{patient.code}: for how long? The due day stays as it is."
        return _inner(text, patient, numbers, [buttons])

    def _snoozed(self, patient: Patient, numbers: str, days: str) -> View:
        today = self._day_of_reminders(self._front.own_day)
        addressees = Addressees(Team.of(self._work), patient.responsible_id, today)
        for each in self._open_ones(patient, numbers):
            each.reminder.snooze(today, int(days))
            each.for_id = addressees.of(each.reminder)
            self._work.reminders.save(each)
            self._front.log("snooze", f"reminder {each.id}", patient.id)
        return self._again(patient, numbers)


def _inner(
    text: str, patient: Patient, numbers: str, buttons: Sequence[Sequence[Labelled]], unseen: Sequence[Deed] = ()
) -> View:
    """A page behind a button of reminders: it takes values in reply as they do."""
    back_to_all: Labelled = ("Back", to(OPENED, patient))
    return said(text, Keyboard.of(*buttons, [back_to_all], unseen=[*unseen, to(REPLIED, patient, numbers)]))


def _answer(note: Note, on: date, value: dict[str, str]) -> Fact:
    if note.item == OWN:
        return answered(note.slot, on, value)
    return Fact(kind=Kind.HANDLED, code=note.item, on=on, value=dict(value))


def _is_done(note: Note, chosen: str | None) -> bool:
    """By what was ticked on the card; before anything was, what is sampled."""
    return _is_done_with_samples(note) if chosen is None else str(note.id) in chosen.split(",")


def _is_done_with_samples(note: Note) -> bool:
    return note.item != OWN and is_done_with_samples(note.item)


def _closes(done: Sequence[Note], others: Sequence[Note]) -> str:
    closes = f"Done closes: {', '.join(each.title for each in done)}." if done else ""
    return " ".join(filter(None, [closes, "Tick what else was done." if others else ""]))


def _tick(patient: Patient, numbers: str, found: Sequence[Note], done: Sequence[Note], note: Note) -> Labelled:
    """One more, or one less."""
    then = [each for each in found if (each in done) != (each is note)]
    return f"{TICKED if note in done else ''}{note.title}", to("done", patient, numbers, ids_of(then))


def _is_open(note: Note, today: date) -> bool:
    return note.reminder.state in LIVE and has_opened(note, today)
