"""What people are owed of one item, from PRODUCT.md section 4 alone: a small model beside the bot's own."""

from dataclasses import dataclass, field
from datetime import date, timedelta

PERSONAL, OTHERS = ("before", "on", "after", "end"), ("cover", "lead")
ORDER = (*PERSONAL, *OTHERS)
A_DAY, THREE_DAYS, A_WEEK, TEN_DAYS = (timedelta(days=number) for number in (1, 3, 7, 10))
_OPEN = ("planned", "due", "overdue", "awaiting")


def days_of(window):
    """When the responsible person is told: a week before, on the day, three days after, when the window ends."""
    early = window.due - A_WEEK
    if window.opens and window.opens < window.due:
        early = max(early, window.opens)
    after = window.due + THREE_DAYS
    return {"before": early, "on": window.due, "after": after, "end": max(window.until, after)}


def is_wanted(window, state, today):
    """What the schedule asks for; what is planned though its window is open is held by an interruption."""
    held = state == "planned" and window.opens is not None and today >= window.opens
    return window.due is not None and state in _OPEN and not held


def only_comes(window):
    """A day on which nothing is to be done: the end of contraception, of the pause in breastfeeding."""
    return window.due is not None and window.opens == window.due == window.until


@dataclass
class Owed:
    """One time of one item; where the schedule asks for it again after a break, it goes on.

    `silent_until` is the day on which whoever snoozed or awaits it is asked again, with the same step if need be, or
    from which what is awaited goes on to others; `awaited_since` is when somebody said that it is, for as long as it
    is silent for that; `said_on` for as long as the word stands.
    """

    window: object
    state: str
    told: list[str] = field(default_factory=list)
    told_on: date | None = None
    silent_until: date | None = None
    may_come_again: bool = False
    is_snoozed: bool = False
    awaited_since: date | None = None
    said_on: date | None = None

    def asked_again(self, today):
        """Whoever heard of it took it for settled, and is told anew; a snooze holds up to its day."""
        if not self.is_snoozed or self.silent_until <= today:
            self.begins_anew()
        self.awaited_since = None
        return self

    def begins_anew(self):
        """Nothing of it was told to whoever is to act now."""
        self.told, self.told_on = [], None
        self.silent_until, self.may_come_again, self.is_snoozed = None, False, False

    def is_handed_over(self):
        """What is awaited stays so, whoever is responsible."""
        if self.is_snoozed or not self.silent_until:
            self.begins_anew()

    @property
    def has_come_and_was_told(self):
        """Of a day that only comes: there is nothing more to tell, unless somebody has put it off."""
        return not self.is_snoozed and any(step in self.told for step in ("on", "after", "end"))

    def follow(self, window, state, said_on):
        """As the schedule has it now; told is every step whose day had come when somebody was told last."""
        self.window, self.state, days = window, state, days_of(window)
        days |= dict.fromkeys(OTHERS, days["end"] + A_DAY)
        last = max(map(ORDER.index, self.told), default=-1)
        self.told = [step for step in ORDER[: last + 1] if days[step] <= self.told_on]
        if self.is_snoozed and not self.told and self.silent_until <= days["before"]:
            self.silent_until, self.may_come_again, self.is_snoozed = None, False, False
        self.said_on = said_on if state == "awaiting" else None
        if self.awaited_since:
            self.await_since(said_on)

    def goes_on_waiting(self, today):
        """Nobody was told on a later day than that of a word that stands: it is silent for as long as that was owed."""
        is_unheard = self.said_on and not self.is_snoozed and (not self.told or self.told_on <= self.said_on)
        if is_unheard and today < self.silence(self.said_on):
            self.await_since(self.said_on)

    def hear(self, step, today, others):
        """It was told; a sentence for each thing that is wrong with that."""
        days = days_of(self.window)
        if step in OTHERS and today <= days["end"]:
            yield f"goes to the {step} inside its window"
        told_before = self.told_on and self.told_on <= today and step not in self.told
        if step in OTHERS and told_before and today < self.told_on + THREE_DAYS and not self.awaited_since:
            yield f"goes to the {step} before three days have passed"
        if step in PERSONAL and today < days.get(step, date.min) and not self.may_come_again:
            yield f"is told {step} before its day"
        if step in self.told and not self.may_come_again:
            yield f"is told {step} twice"
        last = max(map(ORDER.index, self.told), default=-1)
        waits = [each for each in others if ORDER.index(each) > last]
        is_put_off = step in self.told and self.is_snoozed and today > days["end"] and not only_comes(self.window)
        if is_put_off and waits and today >= self.told_on + THREE_DAYS:
            yield f"comes again to whoever put it off, and not to the {waits[0]}"
        if self.silent_until and today < self.silent_until:
            yield f"is told before {self.silent_until}"
        self.is_told(step, today, before_others=is_put_off and waits)

    def is_told(self, step, today, before_others):
        """Once more before others are: their day stays, and so does the silence for what is awaited."""
        self.told.append(step)
        self.told_on = self.told_on if before_others else today
        self.silent_until, self.may_come_again, self.is_snoozed = None, False, False
        self.awaited_since = None
        if before_others:
            self.goes_on_waiting(today)

    def await_since(self, since):
        self.awaited_since, self.may_come_again, self.is_snoozed = since, True, False
        self.silent_until = self.silence(since)

    def silence(self, since):
        """Ten days, or to the end of its window, if that was still to come."""
        again, ends = since + TEN_DAYS, days_of(self.window)["end"]
        return again if since > ends else min(again, ends + A_DAY)

    def snooze(self, today, days):
        """What was not told yet has its first day, if that comes later. To the end of the window, after it once."""
        until, end = today + timedelta(days=days), days_of(self.window)["end"]
        if not only_comes(self.window):
            if today < end:
                until = min(until, end)
            elif self.is_snoozed and today > end:
                until = min(until, self.silent_until)
        self.silent_until = until if self.told else max(until, days_of(self.window)["before"])
        self.may_come_again, self.is_snoozed, self.awaited_since = True, True, None

    def is_missing(self, today, others):
        """What should have been told by the end of this morning, if anything; others have a day longer."""
        if self.silent_until and today < self.silent_until:
            return ""
        if self.silent_until:
            return f"silent until {self.silent_until}"
        if only_comes(self.window) and self.has_come_and_was_told:
            return ""
        days, last = days_of(self.window), max(map(ORDER.index, self.told), default=-1)
        passed = [step for step, day in days.items() if day <= today]
        if passed and ORDER.index(passed[-1]) > last:
            return passed[-1]
        following = next((step for step in others if ORDER.index(step) > last), None)
        if not self.told or following is None or len(passed) < len(days):
            return ""
        at = max(days["end"] + A_DAY, self.told_on + THREE_DAYS)
        return following if today > at else ""
