"""A clinic of whose patients nothing is ever recorded after the first dose: all that is due is told, step by step."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.acts import Moment, Person
from bot.clock import new_token
from bot.house import House
from bot.patients.records import Records
from bot.turns import seat_owner
from flows.codes import own_code
from flows.questionnaire import Disease
from flows.record import Fact, Kind
from store.members import Role
from tests.sealed import writer_on

# Everybody's number on Telegram, and their chat's, is this one and those after it.
FIRST_USER = 4711
ZONE = "Europe/Vienna"
BEGINS = datetime(2026, 1, 5, 12, tzinfo=UTC)


def moment_at(now):
    return Moment(now=now, new_token=new_token, bot_id=1, update_id=0, house=House(ZONE))


def open_clinic(work, now, zones, patients):
    """A person in each zone, who share the patients but for the last; the last two are cover and lead.

    Each patient began a day before the one before, so that no two have one schedule.
    """
    seat_owner(work, Person(user_id=FIRST_USER, chat_id=FIRST_USER), zones[0])
    for user, zone in enumerate(zones[1:], FIRST_USER + 1):
        work.members.admit(user, user, Role.DOCTOR, zone)
    members = work.members.all_active()
    work.clinic.name_cover(members[-2].id)
    work.clinic.name_lead(members[-1].id)
    for number in range(patients):
        records = Records(work, members[number % (len(members) - 1)], moment_at(now), now.date())
        patient = records.enrol(own_code(f"AB-{number:05}"), list(Disease)[number % 2])
        started = now.date() - timedelta(number % 90)
        records.file(patient, [Fact(kind=Kind.COURSE, code="started", on=started, value={})])


def open_clinic_on(url, zones, patients):
    with closing(writer_on(url)) as writer:
        writer.take(lambda work: open_clinic(work, BEGINS, zones, patients))
