"""A test that begins with a copy begins where it would be if it had said everything itself, and shares nothing."""

from sqlmodel import SQLModel

from tests.conversation import DOCTOR, Clock, Resumed, exchange, labels
from tests.enrolled import ENROLLED


def seen(office, line):
    """What is on the screen, what was written down, and how much each table holds."""
    messages = [(each.message_id, each.text, labels(each)) for each in line.messages]
    rows = {name: office.rows(f"SELECT count(*) FROM {name}") for name in SQLModel.metadata.tables}
    return messages, list(line.transcript), rows, office.telegram.next_update, office.telegram.next_message


async def test_a_copy_begins_where_who_performs_the_opening_ends(ward, office, openings):
    with openings.databases.fresh(openings.databases.migrated) as url:
        async with exchange(url, Clock()) as performed:
            await performed.seat_doctor()
            line = performed.line("doctor", DOCTOR.user_id)
            await line.replay(ENROLLED)

            assert seen(office, ward) == seen(performed, line)


async def test_what_one_test_does_is_in_no_copy_of_another(ward, office, openings, opened):
    before = seen(office, ward)
    await ward.says("/due")
    assert seen(office, ward) != before

    with openings.databases.fresh(opened.database) as url:
        async with exchange(url, Clock(), opened.telegram(), Resumed) as other:
            line = other.line("doctor", DOCTOR.user_id)
            line.transcript += opened.transcript

            assert seen(other, line) == before
