"""What a reminder looks like: one card for a patient and a day, the digest of many patients, the list of what is due.

A message may be read on a locked screen: no score, no drug and no value stands in it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from itertools import groupby

from bot.fitting import fit
from bot.patients.card import since
from bot.patients.deeds import back, taken_along, to
from bot.questions import covered
from bot.render import said
from bot.taps import CALENDAR, LISTENING, Deed, Keyboard, Labelled
from bot.views import View, rows
from flows.days import day
from flows.forms.visit import VISITS
from flows.own_reminders import OWN
from flows.protocol.satisfied import PARTS, is_partly_of_laboratory, is_sampled
from flows.reminder import ESCALATION, LIVE, State, Step
from store.patients import Patient
from store.reminders import Coded, Note

MOST_LINES = 10
SNOOZES = (("1 day", 1), ("3 days", 3), ("1 week", 7))
# Opens what is due of one patient on the card.
OPENED = "reminders"
# No buttons: by them is known of which reminders of a patient a digest tells, and of which a card.
LISTED = "listed"
TOLD = "told"
# Before the numbers of all patients of a digest; those whom it did not show have none.
DIGEST = "digest:"
# The last argument of these deeds may be typed: values in reply to a reminder, a day, a reminder of one's own.
REPLIED, DONE_ON, SET = LISTENING

_VALUES = "Reply with the values, as in CRP 4 FCP 120 ALC 1.2, or tap."
_NO_VALUES = "Tap what became of it."
_DOSE_STEP = "dose_step"

# What is told of one patient.
Told = tuple[Patient, Sequence[Note]]


def ids_of(notes: Iterable[Note]) -> str:
    return ",".join(str(each.id) for each in notes)


def is_overdue(note: Note, today: date) -> bool:
    window = note.reminder.window
    return window.until is not None and today > window.until and not window.is_waited_for


def has_come(note: Note, today: date) -> bool:
    return note.reminder.window.due is not None and note.reminder.window.due <= today


def _by_urgency(notes: Iterable[Note], today: date) -> list[Note]:
    return sorted(notes, key=lambda each: (not is_overdue(each, today), each.reminder.window.due or today, each.id))


def reminder_view(
    patient: Patient,
    notes: Sequence[Note],
    today: date,
    reader: int,
    *,
    delayed: bool = False,
    beside: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> View:
    """What is due of one patient, with what can be done about all of it; what is settled has no buttons.

    `beside` it are lines above and lines below.
    """
    live = [each for each in notes if each.reminder.state in LIVE]
    whose = f"<code>{escape(patient.code)}</code>{_whose(patient, reader, ' · ')}"
    head = f"<b>Reminder</b> · {whose}{' · delayed' if delayed else ''}"
    told = [line(each, today) for each in _by_urgency(notes, today)]
    above, below = beside
    lines = [head, *map(escape, above), *told, *map(escape, below)]
    ways: list[Labelled] = [("Schedule", to("due", patient)), taken_along(patient), back(patient)]
    tells = [to(TOLD, patient, ids_of(notes))] if notes else []
    if not live:
        nothing = "Nothing of this is open any more." if notes else "Nothing is open."
        return View(fit([*lines, nothing]), Keyboard.of(ways, unseen=tells))
    numbers = ids_of(live)
    others: list[Labelled] = [("Visit", to("open", patient, VISITS[patient.disease].code))]
    others += [("Dose", to("open", patient, "dose"))] if any(each.item == _DOSE_STEP for each in live) else []
    others += [("One by one", to("one_by_one", patient, numbers))] if len(live) > 1 else []
    unseen = [to(REPLIED, patient, numbers), *tells]
    keyboard = Keyboard.of(*rows(_acts(patient, live, today), 2), others, ways, unseen=unseen)
    return View(fit([*lines, _VALUES if any(map(_takes_values, live)) else _NO_VALUES]), keyboard)


def _takes_values(note: Note) -> bool:
    return note.item != OWN and is_partly_of_laboratory(note.item)


def _acts(patient: Patient, live: Sequence[Note], today: date) -> list[Labelled]:
    """Only what is tested or scored can be called done, only what is sampled awaited; a day that has come is seen."""
    tested = [each for each in live if each.item == OWN or PARTS[each.item]]
    sampled = [each for each in tested if _is_of_samples(each)]
    come = [each for each in live if each.reminder.window.is_waited_for and has_come(each, today)]
    acts: list[Labelled] = [("Done", to("done", patient, ids_of(tested)))] if tested else []
    acts += [("Seen", to("seen", patient, ids_of(come)))] if come else []
    acts += [("Awaiting result", to("awaiting", patient, ids_of(sampled)))] if sampled else []
    acts.append(("Snooze", to("snooze", patient, ids_of(live))))
    return [*acts, *([("Not possible", to("not_possible", patient, ids_of(tested)))] if tested else [])]


def _is_of_samples(note: Note) -> bool:
    """Whether one sample settles it with the others of its day."""
    return note.item != OWN and is_sampled(note.item)


def line(note: Note, today: date) -> str:
    """`OVERDUE: Week 12: blood count, due 1 Jun 2026, window to 15 Jun 2026. protocol.`, as HTML."""
    due, until = note.reminder.window.due, note.reminder.window.until
    assert due is not None
    ends = f", window to {day(until)}" if until and until != due else ""
    ends += since(note.awaited_since)
    title = covered(note.title) if note.item == OWN else escape(note.title)
    return f"{escape(_word(note, today))}: {title}, due {day(due)}{ends}. {escape(note.source)}."


def _word(note: Note, today: date) -> str:
    reminder = note.reminder
    if reminder.state is State.MUTED:
        return "NOT ASKED FOR NOW"
    if reminder.state not in LIVE:
        return reminder.state.upper()
    if reminder.state in (State.AWAITING, State.SNOOZED):
        late = "OVERDUE, " if is_overdue(note, today) else ""
        return f"{late}{reminder.state.upper()}{f' to {day(reminder.wake_on)}' if reminder.wake_on else ''}"
    if is_overdue(note, today):
        told = {Step.COVER: ", told the cover", Step.LEAD: ", told the lead"}
        return f"OVERDUE{told[reminder.step] if reminder.step in ESCALATION else ''}"
    assert reminder.window.due is not None
    return "DUE" if today >= reminder.window.due else "COMING"


def _whose(patient: Patient, reader: int, before: str) -> str:
    """Who is responsible, where it has gone on to somebody else; with what stands `before` that."""
    return "" if patient.responsible_id == reader else f"{before}patient of member {patient.responsible_id}"


def digest(found: Sequence[Told], today: date, reader: int, *, delayed: bool) -> View:
    """One message for many patients, overdue first; a tap opens what is due of one, a button lists the rest."""
    ordered = sorted(found, key=lambda each: _urgency(each[1], today))
    shown, rest = ordered[:MOST_LINES], ordered[MOST_LINES:]
    head = f"Reminders · {len(found)} patients{' · delayed' if delayed else ''}"
    buttons: list[Labelled] = [(patient.code, to(OPENED, patient)) for patient, _ in shown]
    others = ",".join(str(patient.id) for patient, _ in rest)
    more: list[Labelled] = [(f"{len(rest)} more", ("due", others, "0"))] if rest else []
    listed = [to(LISTED, patient, ids_of(notes), str(place), head) for place, (patient, notes) in enumerate(shown)]
    return digest_again(Keyboard.of(*rows(buttons, 3), more, unseen=listed), shown, today, reader)


def digest_again(keyboard: Keyboard, shown: Sequence[Told], today: date, reader: int) -> View:
    """The lines of a digest by what is by now, in their order; its buttons and its head stay."""
    head = next(deed[-1] for deed in keyboard.deeds if deed[:2] == ("patient", LISTED))
    lines = [_summary(patient.code + _whose(patient, reader, ", "), notes, today) for patient, notes in shown]
    return View("\n".join([head.replace("Reminders", "<b>Reminders</b>", 1), *map(escape, lines)]), keyboard)


def told_in(keyboard: Keyboard, *verbs: str) -> set[int]:
    """The reminders that its deeds of some verbs are about."""
    deeds = [deed for deed in keyboard.deeds if deed[0] == "patient" and deed[1] in verbs]
    return {int(number) for deed in deeds for number in deed[3].split(",")}


def listed_in(keyboard: Keyboard) -> dict[int, set[int]]:
    """The reminders that a digest tells of, by patient, in the order of its lines; none where it is no digest."""
    deeds = sorted((deed for deed in keyboard.deeds if deed[:2] == ("patient", LISTED)), key=lambda deed: int(deed[4]))
    return {int(patient): set(map(int, numbers.split(","))) for _, _, patient, numbers, *_ in deeds}


def lists_patients(keyboard: Keyboard) -> bool:
    """Whether a card is about several: a digest, or a list of what is due, which does no more than open a patient."""
    opens_only = all(deed[1] == OPENED for deed in keyboard.deeds if deed[0] == "patient")
    return bool(listed_in(keyboard)) or (opens_only and any(deed[0] == "due" for deed in keyboard.deeds))


def _urgency(notes: Sequence[Note], today: date) -> tuple[bool, date]:
    first = _by_urgency(notes, today)[0]
    return not is_overdue(first, today), first.reminder.window.due or today


def _summary(code: str, notes: Sequence[Note], today: date) -> str:
    live = [each for each in notes if each.reminder.state in LIVE]
    if not live:
        return f"{code}: nothing of this is open any more"
    overdue = sum(is_overdue(each, today) for each in live)
    first = min(each.reminder.window.due or today for each in live)
    when = f"since {day(first)}" if first <= today else f"from {day(first)} on"
    settled = len(notes) - len(live)
    more = [*([f"{overdue} overdue"] if overdue else []), *([f"{settled} settled"] if settled else [])]
    return ", ".join([f"{code}: {len(live)} due {when}", *more])


def by_patient(coded: Sequence[Coded], today: date) -> list[tuple[str, list[Note]]]:
    """The reminders of each code, overdue first."""
    every = sorted(coded, key=lambda each: each.code)
    found = [(code, [one.note for one in group]) for code, group in groupby(every, key=lambda each: each.code)]
    return sorted(found, key=lambda each: _urgency(each[1], today))


def due_list(
    place: tuple[str, int],
    shown: Sequence[tuple[str, list[Note]]],
    today: date,
    beside: Sequence[Labelled],
    note: str,
) -> View:
    """A page of patients of whom something is open, and the buttons of the pages `beside` it.

    Its `place` is whose it is, and its number: mine, the clinic's, or of the patients of a digest, or of those whom it
    did not show.
    """
    whose, page = place
    other: Labelled = ("The clinic's", ("due", "clinic", "0")) if whose == "mine" else ("Mine", ("due", "mine", "0"))
    part = "those of the digest" if whose.startswith(DIGEST) else "the rest of the digest"
    name = {"mine": "Due of your patients", "clinic": "Due in the clinic"}.get(whose, f"Due of your patients, {part}")
    head = f"{name} · {day(today)}"
    summaries = [_summary(code, notes, today) for code, notes in shown] or ["Nothing is due."]
    buttons: list[Labelled] = [(code, (*_deed_of(notes), whose, str(page))) for code, notes in shown]
    calendar: list[Labelled] = [("Calendar", (CALENDAR, whose))] if whose in ("mine", "clinic") else []
    text = "\n".join(filter(None, [head, note, *summaries]))
    return said(text, Keyboard.of(*rows(buttons, 3), beside, [*calendar, other]))


def _deed_of(notes: Sequence[Note]) -> Deed:
    return ("patient", OPENED, str(notes[0].patient_id))
