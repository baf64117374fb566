"""Years of mornings that nobody answers: two processes that die at named points of the tick, restarts, outages.

Time is simulated; what a turn takes on this machine passes in it, too.
"""

from collections import Counter, defaultdict
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from math import inf
from random import Random
from time import monotonic, perf_counter

from bot.clock import local_day
from bot.reminders import rounds
from bot.reminders.mornings import instant, is_quiet
from bot.running import TICK_SECONDS
from store.cards import HOLD
from tests.clinic import BEGINS, ZONE, moment_at, open_clinic_on
from tests.sealed import writer_on
from tests.ticking import BETWEEN, CLAIM, COMMITTED, LOOK, SENT, TICK_POINTS

DAYS = 731
ZONES = ("Europe/Vienna", "America/New_York", "Asia/Kolkata", "America/St_Johns", "Pacific/Auckland", "Europe/Vienna")
PATIENTS_A_PERSON = 100
# Of the points that only a round reaches which tells something, each still dies several times.
DIES, IS_OFF = 0.5, 0.01
LONGEST_OUTAGE_HOURS = 100
_A_DAY = timedelta(days=1)


class Killed(Exception):
    """A process ends at a named point; of a turn that was not committed nothing is left."""


@dataclass
class Years:
    """`late` are seconds from a planned morning to what was committed of it, but for those that lay in an outage.

    `mornings` are each member's days with a round, `off` those that an outage touched; `told_by` says by the time of a
    round whose it was, `sent` how often each card was, `first` to whom and for when.
    """

    url: str
    patients: int
    chance: Random
    now: datetime = BEGINS
    late: list[float] = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)

    def __post_init__(self):
        people = max(3, self.patients // PATIENTS_A_PERSON + 2)
        open_clinic_on(self.url, [*islice(cycle(ZONES), people)], self.patients)
        self.told_by, self.sent, self.first = {}, Counter(), {}
        self.mornings, self.off, self._back = defaultdict(set), set(), BEGINS
        self._midnight = self._next_midnight()

    def live(self, days, end=inf):
        """So many days, or until the machine's clock is at `end`."""
        last = BEGINS + days * _A_DAY
        with ExitStack() as stack:
            self._writers = [stack.enter_context(closing(writer_on(self.url))) for _ in range(2)]
            self._pass(BEGINS)
            while self.now < last and monotonic() < end:
                at = self._next_event()
                self._pass(self._after_outage(at) if self.chance.random() < IS_OFF else at)
            self.counts["days"] = (self.now - BEGINS).days
            self.responsible, self.notes = self._read(self._all_that_was_planned)

    @property
    def p99(self):
        """How late the latest in a hundred was."""
        return sorted(self.late)[int(len(self.late) * 0.99)] if self.late else 0.0

    def _all_that_was_planned(self, work):
        """Who is responsible for each patient, and every reminder."""
        responsible = {each.id: each.responsible_id for each in work.patients.newest(self.patients)}
        return responsible, [note for number in responsible for note in work.reminders.of(number)]

    # Time

    def _read(self, turn):
        return self._writers[0].take(turn)

    def _next_midnight(self):
        return instant(local_day(self.now, ZONE) + _A_DAY, time(0), ZONE)

    def _next_event(self):
        """When patients are looked at, or somebody's reminders go out; whose night it is are reminded after it."""
        return min([self._midnight, *map(self._round_of, self._members())])

    def _round_of(self, member):
        if member.round_at > self.now:
            return member.round_at
        today = local_day(self.now, member.zone)
        mornings = (instant(day, member.quiet_until, member.zone) for day in (today, today + _A_DAY))
        return next(each for each in mornings if each > self.now)

    def _is_quiet(self, member):
        return is_quiet(self.now, member.zone, member.quiet_from, member.quiet_until)

    def _after_outage(self, at):
        """When both are back; what is planned for before that is delayed."""
        self.counts["outages"] += 1
        hours = self.chance.randint(1, LONGEST_OUTAGE_HOURS)
        for member in self._members():
            self.off |= {(member.id, local_day(at + timedelta(hours=hour), member.zone)) for hour in range(hours + 1)}
        self._back = at + timedelta(hours=hours)
        return self._back

    def _members(self):
        return self._read(lambda work: work.members.all_active())

    def _pass(self, at):
        """Both processes tick, turn by turn in any order, until nothing is left to be done now."""
        self.now = at
        planned = {each.id: each.round_at for each in self._members() if each.round_at and each.round_at >= self._back}
        while self._is_anything_left():
            self.now += timedelta(seconds=self.chance.uniform(0, TICK_SECONDS))
            ticks = [self._tick(writer, planned, self._fate()) for writer in self._writers]
            while ticks:
                tick = self.chance.choice(ticks)
                try:
                    next(tick)
                except StopIteration:
                    ticks.remove(tick)
                except Killed as point:
                    self.counts[f"died {point}"] += 1
                    self.now += timedelta(seconds=self.chance.uniform(1, 5))
                    ticks[ticks.index(tick)] = self._tick(self._writers[0], planned, None)
        if self.now >= self._midnight:
            self._midnight = self._next_midnight()
        for each in self._members():
            if each.rounded_on is not None:
                self.mornings[each.id].add(each.rounded_on)

    def _is_anything_left(self):
        today = local_day(self.now, ZONE)

        def left(work):
            due = rounds.rounds_due(work, self.now)
            awake = [each for each in work.members.all_active() if not (each.round_at and self._is_quiet(each))]
            return (
                not {each.id for each in awake}.isdisjoint(due)
                or work.reminders.to_be_looked_at(today, today + rounds.LATEST, 1)
                or work.cards.oldest_unshown() is not None
            )

        return self._read(left)

    # The tick, as the running bot does it, a turn at a time

    def _fate(self):
        return self.chance.choice([*TICK_POINTS]) if self.chance.random() < DIES else None

    def _take(self, writer, turn):
        begun = perf_counter()
        try:
            return writer.take(turn)
        finally:
            self.now += timedelta(seconds=perf_counter() - begun)

    def _dies(self, fate, point):
        if fate == point and self.chance.random() < 0.5:
            raise Killed(point)

    def _tick(self, writer, planned, fate):
        yield from self._sweep(writer, None)
        today, moment = local_day(self.now, ZONE), moment_at(self.now)

        def look(work):
            found = rounds.look(work, today, moment)
            if found:
                self._dies(fate, LOOK)
            return found

        while found := self._take(writer, look):
            self.counts["looks"] += found
            yield
        for member in self._take(writer, lambda work: rounds.rounds_due(work, self.now)):
            self._dies(fate, BETWEEN)
            self._round(writer, member, planned, fate)
            yield
        yield from self._sweep(writer, fate)

    def _round(self, writer, member, planned, fate):
        moment = moment_at(self.now)

        def make(work):
            told = rounds.make_round(work, member, moment)
            if told:
                self._dies(fate, CLAIM)
            return told

        if self._take(writer, make):
            self.told_by[moment.now] = member
            self.counts["rounds that told"] += 1
            if member in planned:
                self.late.append((self.now - planned[member]).total_seconds())
            self._dies(fate, COMMITTED)

    def _sweep(self, writer, fate):
        for chat in self._take(writer, lambda work: work.cards.chats_waiting(self.now)):
            while card := self._take(writer, lambda work, chat=chat: work.cards.take_next(chat, self.now, HOLD)):
                if card.message_id is None:  # else it is shown anew what became of it
                    self.sent[card.id] += 1
                    self.first.setdefault(card.id, (card.member_id, card.wanted_at))
                self._dies(fate, SENT)
                self._take(writer, lambda work, card=card: work.cards.mark(card, card.id))
                yield
