"""What is due of a patient on one page: also what is not possible, with its reason; and the way to act on it."""

import pytest

from tests.conversation import labels
from tests.enrolled import CODE


async def refused(line, title, reason="Refused by the patient"):
    await line.says(f"/due {CODE}")
    for label in ("One by one", title, "Not possible", reason):
        await line.taps(label)


async def due_page(line):
    await line.says(f"/p {CODE}")
    await line.taps("Due")
    return line.last.text.splitlines()


@pytest.mark.parametrize(
    ("title", "reason", "line"),
    [
        (
            "Week 12: lipids",
            "Refused by the patient",
            "NOT POSSIBLE: Week 12: lipids, due 1 Jun 2026 (18 May 2026 to 15 Jun 2026). "
            "1 Jun 2026: refused by the patient.",
        ),
        (
            "IGRA",
            "Not available here",
            "NOT POSSIBLE: IGRA, due 9 Mar 2026 (10 Sep 2025 to 9 Mar 2026). 1 Jun 2026: not available here.",
        ),
    ],
    ids=["an item of the schedule", "an item of the baseline"],
)
async def test_what_is_not_possible_stays_on_the_page_with_its_reason(ward, title, reason, line):
    await refused(ward, title, reason)

    assert line in await due_page(ward)


async def test_what_is_still_to_come_stands_before_what_is_not_possible(ward):
    await refused(ward, "Week 12: lipids")
    states = [line.partition(":")[0] for line in (await due_page(ward))[1:]]

    assert states == sorted(states, key=["OVERDUE", "DUE", "AWAITING", "PLANNED", "MISSED", "NOT POSSIBLE"].index)
    assert states[-1] == "NOT POSSIBLE"


async def test_a_reminder_of_one_s_own_is_on_the_page_and_so_is_why_it_was_not_possible(ward):
    await ward.says(f"/remind {CODE} 4 Jun 2026 referral")
    assert "PLANNED: referral, due 4 Jun 2026 (28 May 2026 to 11 Jun 2026). set by hand." not in await due_page(ward)
    assert "DUE: referral, due 4 Jun 2026 (28 May 2026 to 11 Jun 2026). set by hand." in await due_page(ward)
    await refused(ward, "referral")

    assert (await due_page(ward))[-1] == (
        "NOT POSSIBLE: referral, due 4 Jun 2026 (28 May 2026 to 11 Jun 2026). refused by the patient."
    )


async def test_one_tap_leads_from_each_page_of_what_is_due_to_the_other(ward):
    await due_page(ward)
    await ward.taps("Answer")
    assert ward.last.text.startswith(f"Reminder · {CODE}")
    assert "Not possible" in labels(ward.last)
    await ward.taps("Schedule")

    assert ward.last.text.startswith(f"{CODE} · Due")
    assert labels(ward.last) == ["Answer", "Calendar", "Menu"]


async def test_a_page_of_due_items_is_left_for_the_schedule_also_where_nothing_is_open(ward):
    await ward.says(f"/p {CODE}")
    for label in ("Course", "End of treatment", "Today", "Other", "Confirm"):
        await ward.taps(label)
    await ward.says(f"/due {CODE}")

    assert ward.last.text.endswith("Nothing is open.")
    assert labels(ward.last) == ["Schedule", "Calendar", "Menu"]
