"""A year of mornings nobody answers: two processes, crashes in the middle of a round, restarts, outages."""

from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, date, datetime, timedelta
from random import Random

from bot import rounds
from bot.acts import Moment
from bot.records import Records
from bot.running import new_token
from bot.turns import seat_owner
from flows.codes import own_code
from flows.questionnaire import Disease
from flows.record import Fact, Kind
from flows.reminder import LIVE, Step
from store.engine import open_engine
from store.members import Role
from tests.conftest import DOCTOR
from tests.sealed import writer_on

PATIENTS = 6
BEGINS = date(2026, 1, 5)
DAYS = 365
FIRST_PUNCTUAL = BEGINS + timedelta(days=7)
LAST_DAY = BEGINS + timedelta(days=DAYS)
A_WEEK = timedelta(days=7)
ZONES = ("Europe/Vienna", "America/New_York", "Pacific/Auckland")


# What the audit says of every step that went out; of a turn that died it says nothing.
_TOLD = "SELECT verb, subject, at FROM audit WHERE substr(verb, 1, 7) = 'remind ' ORDER BY id"


class Killed(Exception):
    """The process ends between the claim and the commit."""


def moment_at(now: datetime) -> Moment:
    return Moment(now=now, new_token=new_token, bot_id=1, update_id=0)


def begin(work, now) -> None:
    """Three people, each responsible for two patients of whom nothing is ever recorded; the last is cover and lead."""
    seat_owner(work, DOCTOR, ZONES[0])
    for number, zone in enumerate(ZONES[1:], 2):
        work.members.admit(number, number, Role.DOCTOR, zone)
    members = work.members.all_active()
    work.clinic.name_cover(members[1].id)
    work.clinic.name_lead(members[2].id)
    for number in range(PATIENTS):
        member = members[number % 2]
        records = Records(work, member, moment_at(now), now.date())
        disease = list(Disease)[number % 2]
        patient = records.enrol(own_code(f"AB-{number:04}"), disease)
        started = now.date() - timedelta(number)
        records.file(patient, [Fact(kind=Kind.COURSE, code="started", on=started, value={})])


def tick(writer, now, *, dies: bool) -> None:
    """As the running bot does it; a process that dies has written nothing of its last turn."""
    while writer.take(lambda work: rounds.look(work, now.date(), moment_at(now))):
        pass

    def make(work, member):
        rounds.make_round(work, member, moment_at(now))
        if dies:
            raise Killed

    for member in writer.take(lambda work: rounds.rounds_due(work, now)):
        writer.take(lambda work, member=member: make(work, member))


def lived_through(url: str, chance: Random) -> int:
    """A year of ticks by two processes, of which one in five dies; how often one did."""
    deaths = 0
    with closing(writer_on(url)) as one, closing(writer_on(url)) as other:
        noon = datetime(BEGINS.year, BEGINS.month, BEGINS.day, 12, tzinfo=UTC)
        one.take(lambda work: begin(work, noon))
        hours = [noon + timedelta(days=day, hours=hour) for day in range(DAYS) for hour in (13, 19, 25, 31)]
        for now in hours:
            for writer in chance.sample((one, other, one), 3):
                with suppress(Killed):
                    deaths += 1
                    tick(writer, now, dies=chance.random() < 0.2)
                    deaths -= 1
    return deaths


def test_every_step_is_told_once_and_on_its_day_through_crashes_and_two_processes(url, request):
    seed = 20260105
    deaths = lived_through(url, Random(seed))
    with closing(writer_on(url)) as writer:
        notes = writer.take(
            lambda work: [note for number in range(1, PATIENTS + 1) for note in work.reminders.of(number)]
        )
    engine = open_engine(url)
    with engine.connect() as connection:
        entries = [(verb, subject, str(at)[:10]) for verb, subject, at in connection.exec_driver_sql(_TOLD)]
    engine.dispose()
    request.node.user_properties += [("processes that died", deaths), ("steps told", len(entries))]

    twice = [each for each, count in Counter((verb, subject) for verb, subject, _ in entries).items() if count > 1]
    assert twice == [], seed
    assert deaths > 20
    for note in notes:
        steps = [(verb.split()[1], day) for verb, subject, day in entries if subject == f"reminder {note.id}"]
        assert steps == [] or steps[-1][0] == note.reminder.step, (seed, note)
        if note.reminder.window.due > FIRST_PUNCTUAL:
            assert dict(steps).get("on", str(note.reminder.window.due)) == str(note.reminder.window.due), (seed, note)
        if note.reminder.window.until + A_WEEK < LAST_DAY and note.reminder.state in LIVE:
            assert steps[-1][0] == Step.LEAD, (seed, note)
