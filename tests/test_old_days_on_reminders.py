"""A day that a reminder asks for is nobody's birth, however old it is."""

from datetime import date

from flows.codes import own_code
from tests.test_reminders_come import enrol

OTHER = own_code("CD-0043")


async def test_a_day_of_long_ago_is_taken_where_done_asks_for_one(ward, office):
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now, date(2025, 6, 2)))
    await ward.says(f"/due {OTHER}")
    for way in ("One by one", "History of zoster and vaccination", "Done"):
        await ward.taps(way)
    await ward.says("5.4.1999")

    found = office.rows("SELECT \"on\" FROM observations WHERE kind = 'handled'")
    assert [str(on) for (on,) in found] == ["1999-04-05"]
