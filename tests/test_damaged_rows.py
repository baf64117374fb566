"""A row that somebody has damaged by hand ends the reminders of nobody else, and the owners know."""

import json
from datetime import timedelta

import pytest

from flows.codes import own_code
from tests.enrolled import CODE
from tests.history import by_hand
from tests.mornings import joins, morning, tick, told
from tests.test_reminders_come import enrol

OTHER = own_code("CD-0043")


async def test_a_patient_who_cannot_be_read_at_all_holds_nobody_else_up(ward, office):
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now))
    await tick(office, ward)
    by_hand(office.url, "UPDATE patients SET disease = 'XX' WHERE id = 1")
    for day in (2, 3):
        morning(office, 6, day)
        await tick(office, ward)

    assert [text.split(" · ")[1].split("\n")[0] for text in told(ward)] == [OTHER]
    broken = [each.text for each in ward.messages if "cannot be worked out" in each.text]
    assert len(broken) == 2
    assert all(each.startswith(f"{CODE}: ") for each in broken)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("zone = 'Nowhere/Land'", "zone"),
        ("digest_at = '99:00'", "hour of reminders"),
        ("quiet_from = 'night'", "beginning of quiet hours"),
    ],
)
async def test_a_member_whose_hours_cannot_be_read_has_the_usual_ones_and_the_owners_know(ward, office, damage, what):
    colleague = await joins(office, "colleague")
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now, number=2))
    await tick(office, ward)
    by_hand(office.url, f"UPDATE members SET {damage}, round_at = NULL WHERE id = 2")
    await tick(office, ward)
    for day in (2, 3):
        morning(office, 6, day, 9)
        await tick(office, ward, colleague)

    assert OTHER in told(colleague)[0]
    assert CODE in told(ward)[0]
    (notice, _) = [each.text for each in ward.messages if "cannot be read" in each.text]
    assert notice == (
        f"Member 2: the {what} cannot be read. Until they choose anew in /settings, the usual one counts: reminders at "
        "08:00, quiet from 21:00 to 07:00, the zone UTC."
    )
    zone = "UTC" if what == "zone" else "Europe/Vienna"
    await colleague.says("/settings")
    assert f"Your reminders: at 08:00 in {zone}, never between 21:00 and 07:00" in colleague.last.text


@pytest.mark.parametrize("is_shown", [True, False], ids=["was shown", "never shown"])
async def test_a_reminder_whose_step_cannot_be_read_stands_in_every_list_and_holds_nobody_else_up(
    ward, office, is_shown
):
    await office.ledger.take(lambda work: enrol(work, OTHER, office.clock.now))
    for day in (1, 2):
        morning(office, 6, day, 9)
        await tick(office, ward)
    before = len(told(ward))
    if not is_shown:
        by_hand(office.url, "UPDATE cards SET dead_why = 'refused', message_id = NULL WHERE unasked")
    by_hand(office.url, "UPDATE reminders SET step = 'xx' WHERE patient_id = 1 AND item = 'wk12_cbc'")
    await ward.says("/due")
    assert CODE in ward.last.text
    assert OTHER in ward.last.text
    await ward.taps("The clinic's")
    assert CODE in ward.last.text
    morning(office, 6, 4, 9)
    await tick(office, ward)

    assert [text.split(" · ")[1].split("\n")[0] for text in told(ward)[before:]] == [OTHER]
    assert [each.text for each in ward.messages if each.text.startswith(f"{CODE}: what is due cannot be worked out")]


# The clinic's one row

BROKEN_CLOCKS = [
    {"last": "xx"},
    {"x": "y"},
    [],
    {},
    "2026",
    2026,
    {"last": 20260601},
    {"last": "0001-01-01"},
    {"last": "9999-12-31"},
    {"last": "2026-06-01", "since": "q"},
    {"last": "2026-06-01", "since": "2026-06-01T06:00:00"},
    {"last": "2026-06-01", "asked": "2026-06-01"},
    {"last": "2026-06-01", "left": "2026-05-01", "landed": "2026-04-01"},
]


async def damaged(office, ward, column: str, kept: object) -> list[str]:
    """What the owner is told of it, on the morning after and on the next one."""
    await tick(office, ward)
    by_hand(office.url, f"UPDATE clinic SET {column} = '{kept}'")
    await ward.says("/settings")
    assert "Your reminders: " in ward.last.text
    for day in (2, 3):
        morning(office, 6, day)
        await tick(office, ward)
    assert CODE in told(ward)[0]
    return [each.text for each in ward.messages if "cannot be read" in each.text]


@pytest.mark.parametrize("kept", BROKEN_CLOCKS, ids=json.dumps)
async def test_a_clock_that_cannot_be_read_is_none_yet_and_the_owners_know(ward, office, kept):
    assert await damaged(office, ward, "clock", json.dumps(kept)) == [
        "The last day that the clock of the bot's machine showed cannot be read in the database. Reminders go on by "
        "the day that it shows now, 2 Jun 2026; if it was set back meanwhile, some come twice."
    ]
    office.clock.now -= timedelta(days=9)
    await tick(office, ward)
    assert "was set back from 3 Jun 2026" in ward.last.text


async def test_a_region_that_cannot_be_read_counts_as_not_chosen_and_the_owners_know(ward, office):
    assert await damaged(office, ward, "region", "Atlantis") == [
        "The region of the label cannot be read in the database: it counts as not chosen, until it is chosen anew in "
        "/settings."
    ]
    await ward.says("/settings")
    assert "Region of the label: not chosen." in ward.last.text
    await ward.taps("EU", message=ward.last)
    assert "Region of the label: EU." in ward.last.text


@pytest.mark.parametrize("kept", [[1], "mg", {"crp": 1}, {"crp": "stones"}, {"crp": ["mg/l"]}], ids=json.dumps)
async def test_units_that_cannot_be_read_count_as_not_set_and_the_owners_know(ward, office, kept):
    assert await damaged(office, ward, "units", json.dumps(kept)) == [
        "Units of the laboratory cannot be read in the database: those count as not set, until they are set anew in "
        "/settings."
    ]
    await ward.says("/settings")
    assert "Units of the laboratory: not set." in ward.last.text


async def test_of_units_of_which_one_cannot_be_read_the_others_stay(ward, office):
    await damaged(office, ward, "units", '{"crp": "stones", "hb": "g/L"}')

    assert "stones" not in str(office.rows("SELECT units FROM clinic"))
    await ward.says("/settings")
    assert "Without a unit: Hb g/L." in ward.last.text


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["clock", "units"])
async def test_what_is_no_json_at_all_cannot_be_read_either(ward, office, column):
    """PostgreSQL keeps none."""
    assert len(await damaged(office, ward, column, '{"last')) == 1
