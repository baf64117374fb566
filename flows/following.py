"""How the reminders of a patient follow the schedule: planned, moved, settled and opened again as it says."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.days import day
from flows.protocol.due import DONE, OPEN, Due, DueState, Window, awaited_since
from flows.protocol.monitoring import SERIES
from flows.reminder import BY_ITS_DAYS, ESCALATION, LIVE, Reminder, State, Step

# Which time of which item.
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked for at one time; `title` and `source` are how a reminder names it and why, without a value.

    `said_on` is the day on which a person said that its result is awaited, or that it is not possible. `is_after_done`
    says whether anything of its series was done yet: until then it is counted from the first dose.
    """

    item: str
    slot: str
    title: str
    source: str
    window: Window
    state: DueState
    said_on: date | None = None
    is_after_done: bool = True

    @property
    def key(self) -> Key:
        return self.item, self.slot

    @property
    def awaited_since(self) -> date | None:
        return awaited_since(self.state, self.said_on)

    @property
    def is_awaited(self) -> bool:
        """Because of a finding, or since somebody said so."""
        return self.state is DueState.AWAITING or self.awaited_since is not None


def asks(schedule: Iterable[Due]) -> list[Ask]:
    """Of the items of a schedule those that have a day."""
    every = list(schedule)
    done = {each.item for each in every if each.last}
    return [
        Ask(
            item=each.item,
            slot=each.slot,
            title=_TITLES.get(each.item, each.title),
            source=_why(each),
            window=each.window,
            state=each.state,
            said_on=each.said_on,
            is_after_done=each.item in done,
        )
        for each in every
        if each.due is not None
    ]


_SERIES = frozenset(each.id for each in SERIES)
# A reminder is seen on a locked screen: no drug and no dose stands in it.
_TITLES = {"dose_step": "Next step of the course"}
# Nor what is known of a patient, as in rules that say for whom they are. And in short.
_RULES = {
    **dict.fromkeys(("rep_lab", "rep_lipid"), "every 3 to 6 months"),
    "dose_step": "at the end of induction",
    "ext_uc": "after an induction that is extended",
    "ext_cd": "after an induction that is extended",
    "hbv_dna": "every 3 months",
    "skin": "periodically",
}


def _why(due: Due) -> str:
    """`every 3 to 6 months, last 1 Jun 2026 (protocol)`: the rule, and whose it is."""
    rule = _RULES.get(due.item, due.rule)
    last = f", last {day(due.last)}" if due.last else ""
    return f"{rule}{last} ({due.source.name})" if rule else due.source.name


def follow(
    asked: Iterable[Ask],
    known: Mapping[Key, Reminder],
    today: date,
    *,
    said: Mapping[str, str],
    others: tuple[Step, ...] = ESCALATION,
) -> dict[Key, Reminder]:
    """Every reminder of the patient as it is now, those that were planned anew among them.

    `said` are the states that a person has just given to items: done, awaiting, not_possible.
    """
    wanted = {each.key: each for each in asked}
    sets = _sets(wanted.values())
    reminders = dict(known)
    for key, ask in wanted.items():
        if key not in reminders and (ask.state in OPEN or ask.state is DueState.AWAITING):
            reminders[key] = Reminder(ask.window)
    for key, reminder in reminders.items():
        reminder.others = others
        reminder.correct(today)
        if key in wanted:
            ask = wanted[key]
            _as_asked(reminder, ask, today, is_new=key not in known, said=said.get(ask.item, ""))
        else:
            _withdraw(reminder, sets.get(key[0], ()))
    return reminders


def _sets(wanted: Iterable[Ask]) -> dict[str, set[date]]:
    """The days from which the items of series are counted as something was done, not as it was not possible."""
    days: dict[str, set[date]] = {}
    for ask in wanted:
        if ask.item in _SERIES and ask.is_after_done:
            days.setdefault(ask.item, set()).add(date.fromisoformat(ask.slot))
    for ask in wanted:
        if ask.item in days and ask.state is DueState.NOT_POSSIBLE:
            days[ask.item] -= {ask.said_on}
    return days


def _withdraw(reminder: Reminder, sets: Collection[date]) -> None:
    """What was done since it opened has satisfied it; anything else is not asked for any more."""
    opens = reminder.window.opens
    is_satisfied = opens is not None and any(each >= opens for each in sets)
    if is_satisfied and reminder.state in (*LIVE, State.MUTED):
        reminder.clear()
    elif reminder.state in LIVE:
        reminder.mute()


def _as_asked(reminder: Reminder, ask: Ask, today: date, *, is_new: bool, said: str) -> None:
    if _is_paused(ask, today):
        _settle(reminder, State.MUTED, reminder.mute)
    elif ask.is_awaited:
        _await(reminder, ask, today, is_told=is_new or said == "awaiting")
    elif ask.state in OPEN:
        if reminder.state not in LIVE or reminder.state is State.AWAITING:
            reminder.reopen()
        reminder.move(ask.window)
    elif ask.state in DONE:
        if not (ask.window.is_waited_for and _is_still_told(reminder, ask.window, today)):
            reminder.window = ask.window
            _end(reminder, by_hand=said == "done")
    elif ask.state is DueState.NOT_POSSIBLE:
        reminder.window = ask.window
        _settle(reminder, State.NOT_POSSIBLE, reminder.refuse)
    else:
        _settle(reminder, State.MUTED, reminder.mute)


def _is_paused(ask: Ask, today: date) -> bool:
    """Its window has opened and it is not due: an interruption holds it."""
    return ask.state is DueState.PLANNED and ask.window.opens is not None and today >= ask.window.opens


def _await(reminder: Reminder, ask: Ask, today: date, *, is_told: bool) -> None:
    """Silent from the day on which somebody said so, by the window as it is now; not again once it was asked for.

    A word that was not seen at first, as it was of a day that had not come here, is heard when that day has come.
    """
    if reminder.state not in LIVE:
        reminder.reopen()
        is_told = True
    reminder.move(ask.window)
    is_heard = ask.said_on is not None and (
        reminder.state is State.AWAITING or _is_unheard(reminder, ask.said_on, today)
    )
    if is_told or is_heard:
        reminder.wait(ask.said_on or today)


def _is_unheard(reminder: Reminder, said_on: date, today: date) -> bool:
    """Whether nothing was told since a word whose silence is not over; after that it is asked for again."""
    is_untold = reminder.sent_on is None or reminder.sent_on <= said_on
    return reminder.state in BY_ITS_DAYS and is_untold and reminder.silent_until(said_on) > today


def _is_still_told(reminder: Reminder, window: Window, today: date) -> bool:
    """A day that was only waited for is told when it has come, though late, and as often as somebody puts it off.

    On the day on which it is told it stays open: the message is still on its way to its reader.
    """
    if reminder.state not in LIVE:
        return False
    reminder.move(window)
    was_told = reminder.has_told(Step.ON) and reminder.sent_on is not None and reminder.sent_on < today
    return reminder.state is State.SNOOZED or not was_told


def _end(reminder: Reminder, *, by_hand: bool) -> None:
    if by_hand and reminder.state in LIVE:
        reminder.finish()
    elif reminder.state not in (State.DONE, State.CLEARED):
        reminder.clear()


def _settle(reminder: Reminder, state: State, way: Callable[[], None]) -> None:
    """By a `way` that leads to a state; what was settled in another way is so no more."""
    if reminder.state is state:
        return
    if reminder.state not in LIVE:
        reminder.reopen()
    way()
