"""From a patient who was opened out of the list of what is due one tap leads back to it."""

from bot import words
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import reminded, told
from tests.test_reminders_come import enrol_many

BACK = "Back to the list"


async def say(line, *labels):
    for label in labels:
        await line.taps(label)


async def test_it_leads_back_from_the_patient_and_from_whatever_is_done_there(ward):
    await ward.says("/due")
    shown = ward.last.text
    for steps in ([], ["Snooze"], ["One by one", "IGRA", "Done"], ["One by one", "IGRA", "Done", "Today, 1 Jun 2026"]):
        await say(ward, CODE, *steps)
        assert labels(ward.last)[-1] == BACK
        await ward.taps(BACK)
        assert ward.last.text.startswith("Due of your patients")

    assert f"{CODE}: 16 due" in shown
    assert f"{CODE}: 15 due" in ward.last.text


async def test_it_is_the_page_of_the_list_on_which_the_patient_stood(ward, office):
    await enrol_many(office, range(43, 66))
    await ward.says("/due")
    await say(ward, "The clinic's", "More")
    page = labels(ward.last)
    await say(ward, page[0], BACK)

    assert ward.last.text.startswith("Due in the clinic")
    assert labels(ward.last) == page


async def test_a_page_that_is_there_no_more_is_the_last_one(ward, office):
    """Nine others are before the last patient of the second page, of whom nothing is due by then."""
    await enrol_many(office, range(43, 53))
    await ward.says("/due")
    await ward.taps("More")
    last = labels(ward.last)[0]
    await ward.taps(last)
    patient = office.rows(f"SELECT id FROM patients WHERE code = '{last}'")[0][0]
    office.rows(f"UPDATE reminders SET state = 'muted' WHERE patient_id = {patient}")
    await ward.taps(BACK)

    assert "Nothing is due" not in ward.last.text
    assert ward.last.text.count(" due since ") == 10


async def test_values_in_reply_to_the_patient_are_taken_as_of_one(ward):
    await ward.says("/due")
    await ward.says("alc 1.2", reply_to=ward.last)
    assert ward.last.text == words.OF_SEVERAL
    await ward.says("/due")
    await say(ward, CODE, "Not possible", "Refused by the patient", "Schedule")
    await ward.says("alc 1.2", reply_to=ward.last)

    assert f"{CODE} · Laboratory" in ward.last.text


async def test_it_stays_where_something_was_settled_elsewhere(ward):
    await ward.says("/due")
    await ward.taps(CODE)
    card = ward.last
    await visit(ward, labs="ANC 3 ALC 1.2 Hb 13")

    assert "CLEARED: Week 12: blood count" in card.text
    assert labels(card)[-1] == BACK


async def test_a_reminder_that_came_by_itself_has_no_list_behind_it(ward, office):
    await reminded(ward, office)

    assert told(ward)[-1] == ward.last.text
    assert BACK not in labels(ward.last)


async def test_a_patient_opened_out_of_a_digest_leads_back_to_all_whom_it_told_of(ward, office):
    codes = await enrol_many(office, range(43, 54))
    await reminded(ward, office)
    assert ward.last.text.startswith("Reminders · 12 patients")
    first = next(label for label in labels(ward.last) if label.startswith("CD-"))

    await ward.taps(first)
    assert f"Reminder · {first}" in ward.last.text
    await ward.taps("Snooze")
    await ward.taps("1 week")
    await ward.taps(BACK)

    assert ward.last.text.startswith("Due of your patients, those of the digest · ")
    shown = [label for label in labels(ward.last) if label.startswith("CD-")]
    await ward.taps("More")
    shown += [label for label in labels(ward.last) if label.startswith("CD-")]
    assert sorted(shown) == sorted([CODE, *codes])
    await ward.taps(shown[-1])
    assert BACK in labels(ward.last)
