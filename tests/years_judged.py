"""What was told in years of mornings, beside what should have been: worked out from windows and mornings alone."""

from collections import Counter, defaultdict
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.clock import local_day
from flows.reminder import LIVE, Step
from tests.hurried import Outside
from tests.owed import days_of
from tests.ticking import SENT
from tests.years import ZONES

# PRODUCT.md section 4.
MOST_MESSAGES_A_DAY = 3
# From the planned morning to the message.
LATE_SECONDS = 60
_A_DAY = timedelta(days=1)


def violations(years):
    """A sentence for each thing that is not as it should be; counts the steps."""
    with closing(Outside(years.url)) as outside:
        told = defaultdict(list)
        for verb, subject, at in outside.told():
            member = years.told_by[_utc(at)]
            told[subject].append((Step(verb.removeprefix("remind ")), member, _day(at, member)))
    cards = Counter((member, _day(at, member)) for member, at in years.first.values())
    years.counts["steps"] = sum(map(len, told.values()))
    yield from (f"no morning for {each}" for each in _missing(years))
    yield from (f"{count} messages to {each}" for each, count in cards.items() if count > MOST_MESSAGES_A_DAY)
    if (again := years.sent.total() - len(years.sent)) > years.counts[f"died {SENT}"]:
        yield f"{again} messages came again"
    for note in years.notes:
        found, wanted = told[f"reminder {note.id}"], _expected(note, years)
        if found != (wanted if note.reminder.state in LIVE else wanted[: len(found)]):
            yield f"{note}: told {found}, wanted {wanted}"


def _missing(years):
    """Days on which a member had no round, though nobody was off."""
    for member, days in years.mornings.items():
        every = {min(days) + number * _A_DAY for number in range((max(days) - min(days)).days)}
        yield from ((member, day) for day in every - days if (member, day) not in years.off)


def _expected(note, years):
    """Each step with who is told it and on which of their mornings: what was missed is told once, as its latest."""
    days = {Step(name): day for name, day in days_of(note.reminder.window).items()}
    member, left, found = years.responsible[note.patient_id], list(days), []
    for day in sorted(years.mornings[member]):
        if passed := [step for step in left if days[step] <= day]:
            found.append((passed[-1], member, day))
            left = left[left.index(passed[-1]) + 1 :]
    if found and found[-1][0] is Step.END:
        found += _to_others(days[Step.END], found[-1], years)
    return found


def _to_others(ends, told_last, years):
    """After the window, to whoever is named and is not the one responsible, three days after whom was told before."""
    (_, member, last), everybody = told_last, len(years.mornings)
    for step, other in ((Step.COVER, everybody - 1), (Step.LEAD, everybody)):
        at = max(ends + _A_DAY, last + 3 * _A_DAY)
        if other == member:
            continue
        mornings = [day for day in years.mornings[other] if day >= at]
        if not mornings:  # the years end before
            return
        last = min(mornings)
        yield step, other, last


def _day(at, member):
    return local_day(_utc(at), ZONES[(member - 1) % len(ZONES)])


def _utc(at):
    """A time as SQLite or PostgreSQL gives it."""
    return datetime.fromisoformat(at).replace(tzinfo=UTC) if isinstance(at, str) else at.astimezone(UTC)
