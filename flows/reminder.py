"""A reminder as a machine: one item of one patient, from the day it is planned to the day it is settled.

Its steps go out on days counted from the item's own; no step leaves the responsible person while the window is open.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from flows.arrows import Row
from flows.days import ONE_DAY
from flows.errors import NotNow
from flows.machines import fire, machine
from flows.protocol.due import Window

# Of the product: PRODUCT.md section 4.
BEFORE_DUE = timedelta(days=7)
AFTER_DUE = timedelta(days=3)
ASKED_AGAIN_AFTER = timedelta(days=10)
# Ours: whoever was reminded last has so long before somebody else is.
ESCALATES_AFTER = timedelta(days=3)
LONGEST_SNOOZE = timedelta(days=7)


class State(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    SNOOZED = "snoozed"
    AWAITING = "awaiting result"
    ESCALATED = "escalated"
    DONE = "done"
    CLEARED = "cleared"
    NOT_POSSIBLE = "not possible"
    MUTED = "muted"


class Step(StrEnum):
    """What is told, in its order: on four days to the responsible person, after the window to others."""

    BEFORE = "before"
    ON = "on"
    AFTER = "after"
    END = "end"
    COVER = "cover"
    LEAD = "lead"


class Trigger(StrEnum):
    """What moves a reminder: its day, a person's tap, or what the schedule says of its item."""

    SEND = "its day has come"
    SNOOZE = "Snooze"
    AWAIT = "Awaiting result"
    FINISH = "Done"
    REFUSE = "Not possible"
    CLEAR = "a visit or value satisfies it"
    TAKE_BACK = "nobody was shown it"
    MUTE = "the schedule does not ask for it now"
    REOPEN = "the schedule asks for it again"
    HAND_OVER = "somebody else is responsible"


PERSONAL = (Step.BEFORE, Step.ON, Step.AFTER, Step.END)
ESCALATION = (Step.COVER, Step.LEAD)
_ORDER = {step: place for place, step in enumerate(Step)}

LIVE = (State.PLANNED, State.SENT, State.SNOOZED, State.AWAITING, State.ESCALATED)
SETTLED = (State.DONE, State.CLEARED, State.NOT_POSSIBLE, State.MUTED)
NOT_DONE = (State.NOT_POSSIBLE, State.MUTED)
# Nobody has put it off or answered: its days alone say when it is told.
BY_ITS_DAYS = (State.PLANNED, State.SENT, State.ESCALATED)
PUT_OFF = (State.SNOOZED, State.AWAITING)

TRANSITIONS: tuple[Row, ...] = (
    # trigger           from                          to                  guard                     effect
    (Trigger.SEND,      LIVE,                         State.SENT,         "_is_for_the_responsible", "_goes_out"),
    (Trigger.SEND,      LIVE,                         State.ESCALATED,    "_is_for_others",          "_goes_out"),
    (Trigger.TAKE_BACK, BY_ITS_DAYS,                  State.PLANNED,      None,                      "_untell"),
    (Trigger.SNOOZE,    LIVE,                         State.SNOOZED,      None,                      "_sleep"),
    (Trigger.AWAIT,     LIVE,                         State.AWAITING,     None,                      "_wait"),
    (Trigger.FINISH,    LIVE,                         State.DONE,         None,                      "_rest"),
    (Trigger.REFUSE,    LIVE,                         State.NOT_POSSIBLE, None,                      "_rest"),
    (Trigger.CLEAR,     (*LIVE, *NOT_DONE),           State.CLEARED,      None,                      "_rest"),
    (Trigger.MUTE,      LIVE,                         State.MUTED,        None,                      "_rest"),
    (Trigger.REOPEN,    SETTLED,                      State.SNOOZED,      "_was_put_off",            None),
    (Trigger.REOPEN,    (State.AWAITING, *SETTLED),   State.PLANNED,      None,                      "_begin_anew"),
    (Trigger.HAND_OVER, (*BY_ITS_DAYS, State.SNOOZED), State.PLANNED,     None,                      "_begin_anew"),
)  # fmt: skip

MACHINE = machine(TRANSITIONS, State.PLANNED, "state")


def days_of(window: Window) -> dict[Step, date]:
    """The day of each step to the responsible person. What has a reminder has a due day, and with it an end.

    A value from before the window would not count, so nothing is told earlier. The end is never before the step
    after the due day.
    """
    assert window.due is not None
    assert window.until is not None
    early = window.due - BEFORE_DUE
    if window.opens is not None and window.opens < window.due:
        early = max(early, window.opens)
    after = window.due + AFTER_DUE
    return {Step.BEFORE: early, Step.ON: window.due, Step.AFTER: after, Step.END: max(window.until, after)}


@dataclass(slots=True)
class Reminder:
    """`step` was told last, on `sent_on`; `wake_on` is the next day on which there is something to tell.

    `missed_on` is the day on which that was to be told first, and nobody was. `others` are the steps that somebody has
    been named for.
    """

    window: Window
    state: State = State.PLANNED
    step: Step | None = None
    sent_on: date | None = None
    wake_on: date | None = None
    missed_on: date | None = None
    others: tuple[Step, ...] = ESCALATION

    def fires(self, today: date) -> Step | None:
        """What is to be told today, if anything: what was missed meanwhile is told once, as the latest of it."""
        if self.state not in LIVE or self.wake_on is None or self.wake_on > today:
            return None
        if self.state is State.AWAITING and self._others_are_next(today):
            return self.others[0]
        passed = [step for step, day in self._left().items() if day <= today]
        if passed:
            return passed[-1]
        if self.state is State.SNOOZED and self._is_over(today):
            others_wait_until = self._next_day()
            return self._next_other() if others_wait_until and others_wait_until <= today else self.step
        if self.state in (State.SNOOZED, State.AWAITING):
            return self.step or Step.BEFORE
        return self._next_other()

    def is_delayed(self, today: date) -> bool:
        """Whether what it tells today was to be told on an earlier day already."""
        return self.wake_on is not None and self.missed_on is not None and self.wake_on <= self.missed_on < today

    def is_open_on(self, day: date) -> bool:
        """Whether its window has not ended before that day."""
        return day <= days_of(self.window)[Step.END]

    def _is_over(self, today: date) -> bool:
        """The end of its window has passed; a day that comes by itself has none."""
        return not self.window.is_waited_for and today > days_of(self.window)[Step.END]

    def _others_are_next(self, today: date) -> bool:
        return today > days_of(self.window)[Step.END] and bool(self.others) and self.step not in ESCALATION

    def _left(self) -> dict[Step, date]:
        """The steps to the responsible person that were not told yet, with their days."""
        told = -1 if self.step is None else _ORDER[self.step]
        return {step: day for step, day in days_of(self.window).items() if _ORDER[step] > told}

    def _next_other(self) -> Step | None:
        told = -1 if self.step is None else _ORDER[self.step]
        return next((step for step in self.others if _ORDER[step] > told), None)

    def _next_day(self) -> date | None:
        """The day of the next step, which may lie in the past."""
        if left := self._left():
            return next(iter(left.values()))
        if self.sent_on is None or self._next_other() is None:
            return None
        return max(days_of(self.window)[Step.END] + ONE_DAY, self.sent_on + ESCALATES_AFTER)

    def _count_again(self) -> None:
        """Keep of the steps that were told those whose day had come by then."""
        if self.step is None or self.sent_on is None:
            return
        days = days_of(self.window)
        days |= dict.fromkeys(ESCALATION, days[Step.END] + ONE_DAY)
        told = [step for step in Step if _ORDER[step] <= _ORDER[self.step] and days[step] <= self.sent_on]
        self.step = told[-1] if told else None
        if self.step is None:
            self.sent_on = None
        if self.state in (State.SENT, State.ESCALATED) and self.step not in ESCALATION:
            self.state = State.SENT if self.step else State.PLANNED

    def silent_until(self, since: date) -> date:
        """Ten days from the word that a result is awaited, or to the end of the window, if that is still to come."""
        ends = days_of(self.window)[Step.END]
        again = since + ASKED_AGAIN_AFTER
        return again if since > ends else min(again, ends + ONE_DAY)

    # What moves it

    def has_told(self, step: Step) -> bool:
        """That step, or a later one."""
        return self.step is not None and _ORDER[self.step] >= _ORDER[step]

    def plan(self) -> None:
        """Wake on the day of the next step, unless a person has said when, or nothing is to be told any more.

        Where nothing was told yet, to put it off to its first day or an earlier one changes nothing.
        """
        if self.state is State.SNOOZED and self.step is None:
            assert self.wake_on is not None
            if self.wake_on <= days_of(self.window)[Step.BEFORE]:
                self.state = State.PLANNED
        if self.state in BY_ITS_DAYS:
            self.wake_on = self._next_day()

    def correct(self, today: date) -> None:
        """What a clock that was wrong told on a day that has not come was told today; zones differ by a day at most.

        Of what is settled a snooze is kept up to its day. One that was made by such a clock is one of today.
        """
        if self.sent_on is not None and self.sent_on > today + ONE_DAY:
            self.sent_on = today
        if self.state in SETTLED and self.wake_on is not None and self.wake_on <= today:
            self.wake_on = None
        if self.state is State.SNOOZED and self.wake_on is not None and self.wake_on > self._latest_snooze(today):
            self.wake_on = self._snoozed_until(today, LONGEST_SNOOZE)

    def _latest_snooze(self, today: date) -> date:
        """No snooze of today or earlier ends after it."""
        days = days_of(self.window)
        first = days[Step.BEFORE] if self.step is None else today
        return max(today + LONGEST_SNOOZE + ONE_DAY, first)

    def _snoozed_until(self, today: date, length: timedelta) -> date:
        """To the end of the window at most; what was not told yet never comes before its first day."""
        days, until = days_of(self.window), today + length
        if today < days[Step.END] and not self.window.is_waited_for:
            until = min(until, days[Step.END])
        return until if self.step else max(until, days[Step.BEFORE])

    def move(self, window: Window) -> None:
        """Its item has other days now: of what was told only that still counts whose day had come by then."""
        self.window = window
        self._count_again()
        self.plan()

    def send(self, today: date) -> Step:
        """Tell what fires today."""
        step = self.fires(today)
        assert step is not None
        self._trigger(Trigger.SEND, today, step)
        return step

    def take_back(self, today: date) -> None:
        """What was told last reached nobody: it is to be told again."""
        self._trigger(Trigger.TAKE_BACK, today)

    def snooze(self, today: date, days: int) -> None:
        """The reminder moves, never the due date.

        What is put off from the end of its window on goes to the next person, and is put off once: where that person's
        day comes later than the one that was said, whoever was told last is told again before it.
        """
        until = self._snoozed_until(today, timedelta(days=days))
        if self.state is State.SNOOZED and self.wake_on is not None and self._is_over(today):
            until = min(until, self.wake_on)
        self._trigger(Trigger.SNOOZE, until)

    def wait(self, since: date) -> None:
        """A result is awaited: silence for ten days, or to the end of the window; said anew when the window moves."""
        self._trigger(Trigger.AWAIT, since)

    def finish(self) -> None:
        self._trigger(Trigger.FINISH)

    def refuse(self) -> None:
        self._trigger(Trigger.REFUSE)

    def clear(self) -> None:
        self._trigger(Trigger.CLEAR)

    def mute(self) -> None:
        self._trigger(Trigger.MUTE)

    def reopen(self) -> None:
        """It is told anew: whoever heard of it before took it for settled. What was put off stays so."""
        self._trigger(Trigger.REOPEN)

    def hand_over(self) -> None:
        """Whoever is responsible from now on was told nothing of it; a result that is awaited stays so."""
        if self.state in LIVE and self.state is not State.AWAITING:
            self._trigger(Trigger.HAND_OVER)

    def _trigger(self, trigger: Trigger, *given: object) -> None:
        if not fire(MACHINE, self, trigger, *given):
            raise NotNow("That reminder is settled already. Nothing was changed.")

    # The machine's guards and effects

    def _was_put_off(self) -> bool:
        return self.wake_on is not None

    def _is_for_the_responsible(self, _: date, step: Step) -> bool:
        return step in PERSONAL

    def _is_for_others(self, _: date, step: Step) -> bool:
        return step in ESCALATION

    def _goes_out(self, today: date, step: Step) -> None:
        if not self._is_told_before_others(today, step):
            self.sent_on = today
        self.step, self.missed_on = step, None
        self.wake_on = self._next_day()

    def _is_told_before_others(self, today: date, step: Step) -> bool:
        """Only to whoever has put it off, once more: the next person's day stays, however often that is done."""
        is_again = self.state is State.SNOOZED and self._is_over(today) and step is self.step
        return is_again and self._next_other() is not None and self.sent_on is not None

    def _untell(self, today: date) -> None:
        assert self.step is not None
        went_out_on = min(today, self.sent_on or today)
        before = _ORDER[self.step] - 1
        self.step = None if before < 0 else list(Step)[before]
        self.sent_on = None if self.step is None else went_out_on - ESCALATES_AFTER
        self.wake_on = self.missed_on = went_out_on

    def _sleep(self, until: date) -> None:
        self.wake_on = until

    def _wait(self, since: date) -> None:
        self.wake_on = self.silent_until(since)

    def _rest(self, *_: object) -> None:
        """A snooze is kept, for what is opened again."""
        if self.state in LIVE and self.state is not State.SNOOZED:
            self.wake_on = None

    def _begin_anew(self) -> None:
        self.step = self.sent_on = self.missed_on = None
        self.wake_on = self._next_day()
