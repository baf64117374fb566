"""A day or words that are refused on a page leave its buttons, and it goes on listening."""

import pytest

from flows.reminder import State
from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import morning, reminded, rows_of

ITEMS = (
    "Renal function, IGRA, Hepatitis B, Hepatitis C, Week 12: blood count, Week 12: liver tests, Week 12: lipids, "
    "Week 12: CRP, calprotectin"
)
AHEAD = f"Day of {ITEMS}: 20 Jun 2026 lies after today."
UNREAD = f"Day of {ITEMS}: a day as 24 May 2027, 24.5.2027 or 2027-05-24."
IN_NONE = "No window of these holds 1 Jan 2020; what is late is marked one by one. Nothing was changed."
REFUSED = [("20.6.2026", AHEAD), ("31.13.2026", UNREAD), ("1.1.2020", IN_NONE)]


@pytest.fixture
async def page(ward):
    await ward.says(f"/due {CODE}")
    await ward.taps("Done")
    return labels(ward.last)


@pytest.mark.parametrize(("typed", "why"), REFUSED)
async def test_the_buttons_stay_under_the_reason_with_whose_they_are(ward, office, page, typed, why):
    await ward.says(typed)
    assert ward.last.text == f"{CODE} · {why}"
    assert labels(ward.last) == page
    await ward.taps("Today, 1 Jun 2026")

    assert rows_of(office, "wk12_cbc")[0] == State.DONE


async def test_a_day_that_is_typed_after_it_is_taken(ward, office, page):
    for typed in ("20.6.2026", "31.13.2026", "20.5.2026"):
        await ward.says(typed)

    assert rows_of(office, "wk12_cbc")[0] == State.DONE


@pytest.mark.parametrize(("typed", "why"), REFUSED)
async def test_they_stay_also_where_a_form_is_open_which_moves_below(ward, office, page, typed, why):
    asked = ward.last
    await ward.says("/hbi")
    await ward.says(typed, reply_to=asked)
    refused, question = ward.messages[-2:]

    assert refused.text == f"{CODE} · {why}"
    assert labels(refused) == page
    assert question.text.startswith("HBI 1/5")
    await ward.says("20.5.2026", reply_to=refused)
    assert rows_of(office, "wk12_cbc")[0] == State.DONE


async def test_on_a_message_that_came_by_itself_they_stay_where_they_are(ward, office):
    await reminded(ward, office)
    reminder = ward.last
    await ward.says("Done", reply_to=reminder)
    shown = labels(ward.last)
    await ward.says("20.6.2026")

    assert labels(ward.last) == shown
    await ward.says("20.5.2026")
    assert rows_of(office, "wk12_cbc")[0] == State.DONE


async def test_a_reminder_of_one_s_own_is_typed_anew_where_its_day_was_refused(ward, office):
    await ward.says(f"/remind {CODE}")
    await ward.says("31 May 2026 referral")
    assert "does not lie ahead" in ward.last.text
    await ward.says("24 Jun 2026 referral")

    assert office.rows("SELECT title FROM reminders WHERE item = 'own'") == [("referral",)]


async def test_whoever_reads_why_is_in_the_audit(ward, office, page):
    morning(office, 6, 1, 10)
    before = office.rows("SELECT count(*) FROM audit WHERE verb = 'read' AND patient_id = 1")[0][0]
    await ward.says("20.6.2026")

    assert office.rows("SELECT count(*) FROM audit WHERE verb = 'read' AND patient_id = 1")[0][0] > before
