"""What people answer to reminders in the chat, and what becomes of the next one; snoozed, undone, late."""

from datetime import UTC, datetime, timedelta

from bot.acts import Moment
from bot.clock import new_token
from bot.house import House
from bot.patients.records import Records
from flows.record import Fact, Kind
from tests.enrolled import CODE, visit
from tests.mornings import morning, reminded, rows_of, tick, told

LABORATORY = "hb 13 g/dL anc 3.2 alc 1.2 alt 20 U/L"
SERIES = "Blood count, liver tests"


async def values(ward, typed: str) -> None:
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    await ward.says(typed)
    await ward.taps("Confirm")


async def answers(ward, title: str, *labels: str) -> None:
    await ward.says(f"/due {CODE}")
    for label in ("One by one", title, *labels):
        await ward.taps(label)


async def undoes(ward) -> None:
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")


async def due_lines(ward, title: str) -> list[str]:
    await ward.says(f"/p {CODE}")
    await ward.taps("Due")
    return [line for line in ward.last.text.splitlines() if f" {title}," in line]


def states_of(office, item: str) -> list[tuple[str, str]]:
    """By day on which it is due."""
    found = office.rows(f"SELECT state, due_on FROM reminders WHERE item = '{item}' ORDER BY due_on")
    return [(state, str(due_on)) for state, due_on in found]


async def mornings_of(ward, office, first: datetime, days: int) -> list[str]:
    """What is told in so many mornings, as it was first said: later it may be said anew."""
    heard: list[str] = []
    for number in range(days):
        before = len(told(ward))
        office.clock.now = first + timedelta(days=number)
        await tick(office, ward)
        heard += told(ward)[before:]
    return heard


async def test_a_result_that_came_of_an_earlier_sample_is_not_awaited_three_months_later(ward, office):
    """Drawn on 29 August, answered on 31 August, reported on 3 September."""
    await values(ward, f"{LABORATORY} 1.6.2026")
    morning(office, 8, 31, 9)
    await tick(office, ward)
    await answers(ward, SERIES, "Awaiting result")
    morning(office, 9, 3, 9)
    await values(ward, f"{LABORATORY} 29.8.2026")

    assert states_of(office, "rep_lab") == [("cleared", "2026-08-30"), ("planned", "2026-11-27")]
    heard = await mornings_of(ward, office, datetime(2026, 9, 4, 9, tzinfo=UTC), 20)
    assert not any(f": {SERIES}" in each for each in heard)

    office.clock.now = datetime(2027, 3, 30, 9, tzinfo=UTC)
    (line,) = await due_lines(ward, SERIES)
    assert line.startswith(f"OVERDUE: {SERIES}, due 27 Nov 2026")


async def test_what_was_not_possible_twice_is_shown_so_each_time(ward, office):
    await values(ward, f"{LABORATORY} 1.6.2026")
    for month, day, why in ((8, 31, "Refused by the patient"), (11, 30, "Not indicated")):
        morning(office, month, day, 9)
        await tick(office, ward)
        await answers(ward, SERIES, "Not possible", why)

    assert f"NOT POSSIBLE: {SERIES}, due 29 Nov 2026" in ward.last.text
    assert [line.partition(": ")[2] for line in await due_lines(ward, SERIES)] == [
        f"{SERIES}, due 28 Feb 2027 (7 Feb 2027 to 29 May 2027). protocol.",
        f"{SERIES}, due 30 Aug 2026 (9 Aug 2026 to 28 Nov 2026). 31 Aug 2026: refused by the patient.",
        f"{SERIES}, due 29 Nov 2026 (8 Nov 2026 to 27 Feb 2027). 30 Nov 2026: not indicated.",
    ]


async def test_what_was_awaited_and_then_was_not_possible_is_planned_anew(ward, office):
    await values(ward, f"{LABORATORY} 1.6.2026")
    morning(office, 8, 31, 9)
    await answers(ward, SERIES, "Awaiting result")
    morning(office, 9, 5, 9)
    await answers(ward, SERIES, "Not possible", "Refused by the patient")

    assert states_of(office, "rep_lab") == [("not possible", "2026-08-30"), ("planned", "2026-12-04")]


async def test_a_visit_clears_what_was_not_possible_and_taken_back_it_is_so_again(ward, office):
    await reminded(ward, office)
    await answers(ward, "Week 12: blood count", "Not possible", "Refused by the patient")
    await visit(ward, labs="Hb 13 g/dL ANC 3.2 ALC 1.2")
    assert rows_of(office, "wk12_cbc")[0] == "cleared"

    await undoes(ward)
    assert rows_of(office, "wk12_cbc")[0] == "not possible"


async def test_a_snooze_holds_when_done_is_taken_back(ward, office):
    await reminded(ward, office)
    await answers(ward, "Week 12: lipids", "Snooze", "1 week")
    await answers(ward, "Week 12: lipids", "Done", "Today, 2 Jun 2026")
    assert "DONE: Week 12: lipids" in ward.last.text
    await undoes(ward)

    assert tuple(map(str, rows_of(office, "wk12_lipid"))) == ("snoozed", "on", "2026-06-09")
    heard = await mornings_of(ward, office, datetime(2026, 6, 3, 6, tzinfo=UTC), 6)
    assert not any("lipids" in each for each in heard)


async def stopped(office) -> None:
    """The last dose is today."""

    def stop(work):
        moment = Moment(now=office.clock.now, new_token=new_token, bot_id=1, update_id=0, house=House("UTC"))
        records = Records(work, work.members.all_active()[0], moment, office.clock.now.date())
        records.file(
            work.patients.get(1), [Fact(kind=Kind.COURSE, code="stopped", on=office.clock.now.date(), value={})]
        )

    await office.ledger.take(stop)


CONTRACEPTION = "End of contraception, due 29 Jun 2026"


async def test_the_end_of_contraception_that_was_put_off_to_its_day_is_told_on_it_and_ends_by_itself(ward, office):
    await stopped(office)
    assert any(f"COMING: {CONTRACEPTION}" in each for each in await mornings_of(ward, office, at(22), 1))
    await ward.taps("Snooze")
    await ward.taps("1 week")

    heard = await mornings_of(ward, office, at(23), 30)
    assert [f"DUE: {CONTRACEPTION}" in each for each in heard] == [True]
    assert rows_of(office, "contra_end")[:2] == ("cleared", "on")


async def test_the_end_of_contraception_is_told_once_after_an_outage(ward, office):
    await stopped(office)
    await mornings_of(ward, office, at(1), 20)
    (late,) = await mornings_of(ward, office, datetime(2026, 7, 3, 6, tzinfo=UTC), 1)

    assert f"DUE: {CONTRACEPTION}" in late
    assert await mornings_of(ward, office, datetime(2026, 7, 4, 6, tzinfo=UTC), 30) == []


def at(day: int) -> datetime:
    """A morning of June."""
    return datetime(2026, 6, day, 6, 1, tzinfo=UTC)
