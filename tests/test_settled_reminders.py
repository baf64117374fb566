"""A reminder stays the way to the laboratory form after it was settled, and asks only for what its items take."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import words
from flows.codes import own_code
from tests.conversation import labels
from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import first_reminder, joins, morning, rows_of, tick
from tests.test_reminders_come import enrol

WEEK_12 = "Week 12: blood count, Week 12: liver tests, Week 12: lipids, Week 12: CRP, calprotectin"
VALUES = "2.6.2026 hb 13 g/dL anc 3 alc 1.2 alt 20"


@pytest.fixture
def opening():
    return UP_TO_DATE


@pytest.fixture
async def reminder(ward, office):
    return await first_reminder(ward, office)


def filed(office):
    return [row[0] for row in office.rows("SELECT code FROM observations WHERE kind = 'lab' ORDER BY id")]


async def done(ward, reminder):
    await ward.taps("Done", message=reminder)
    await ward.taps("Today, 2 Jun 2026", message=reminder)


async def not_possible(ward, reminder):
    await ward.taps("Not possible", message=reminder)
    await ward.taps("Not available here", message=reminder)


async def treatment_ended(ward, reminder):
    await ward.says(f"/p {CODE}")
    for label in ("Course", "End of treatment", "Today", "Adverse event", "Confirm"):
        await ward.taps(label)


async def shown_otherwise(ward, reminder):
    await ward.taps("Schedule", message=reminder)


@pytest.mark.parametrize("settled", [done, not_possible, treatment_ended, shown_otherwise])
async def test_a_reply_with_values_opens_the_laboratory_form_whatever_became_of_the_reminder(
    ward, office, reminder, settled
):
    await settled(ward, reminder)
    await ward.says(VALUES, reply_to=reminder)

    assert f"{CODE} · Laboratory · review" in ward.last.text
    assert "Neutrophils 3 ×10⁹/L (2 Jun 2026)" in ward.last.text
    assert filed(office) == []
    await ward.taps("Confirm")
    assert filed(office) == ["hb", "anc", "alc", "alt"]


async def test_other_words_in_reply_to_it_are_no_values(ward, office, reminder):
    await not_possible(ward, reminder)
    await ward.says("later", reply_to=reminder)

    assert ward.last.text == (
        f"{CODE} · Nothing of this is open any more. Not possible, said by member 1 on 2 Jun 2026: {WEEK_12}, "
        "Endoscopy, MES. Nothing was changed; values in reply to that message are taken."
    )


async def test_a_reply_to_a_message_that_takes_none_says_where_values_are_taken(ward, reminder):
    await ward.says(f"/p {CODE}")
    await ward.taps("Laboratory")
    form = ward.last
    await ward.says("crp 4")
    await ward.says("crp 5", reply_to=form)

    assert "/labs and a patient's code takes values." in ward.last.text


async def by_a_word(line):
    await line.says(f"/due {CODE}")
    for label in ("Not possible", "Not available here"):
        await line.taps(label)


async def by_values(line):
    await line.says(f"/p {CODE}")
    await line.taps("Laboratory")
    await line.says("1.6.2026 hb 13 g/dL anc 3 alc 1.2 alt 20 chol 180 mg/dL ldl 100 mg/dL hdl 50 mg/dL crp 4 fcp 90")
    await line.taps("Confirm")
    await line.says(f"/due {CODE}")
    for label in ("Not possible", "Not available here"):
        await line.taps(label)


@pytest.mark.parametrize("typed", ["1.6.2026", "today", "later"])
@pytest.mark.parametrize(
    ("settled", "told"),
    [
        (by_a_word, f"Not possible, said by member 2 on 2 Jun 2026: {WEEK_12}, Endoscopy, MES."),
        (
            by_values,
            f"Cleared by what was found on 1 Jun 2026, recorded by member 2 on 2 Jun 2026: {WEEK_12}. "
            "Not possible, said by member 2 on 2 Jun 2026: Endoscopy, MES.",
        ),
    ],
    ids=["a word", "values"],
)
async def test_an_answer_to_what_a_colleague_has_settled_is_told_what_became_of_it(
    ward, office, reminder, settled, told, typed
):
    colleague = await joins(office, "colleague")
    await ward.says(f"/due {CODE}")
    page = ward.last
    await ward.taps("Done", message=page)
    await settled(colleague)
    await ward.settled()
    before = labels(page)
    await ward.says(typed, reply_to=page)

    assert ward.last.text == (
        f"{CODE} · Nothing of this is open any more. {told} "
        "Nothing was changed; values in reply to that message are taken."
    )
    assert labels(page) == before
    await ward.says(VALUES, reply_to=page)
    assert f"{CODE} · Laboratory · review" in ward.last.text


async def test_of_a_reminder_set_by_hand_it_is_said_who_has_done_it(ward, office, reminder):
    colleague = await joins(office, "colleague")
    await ward.says(f"/remind {CODE} 2 Jun 2026 call the surgeon")
    pages = []
    for line in (ward, colleague):
        await line.says(f"/due {CODE}")
        for label in ("One by one", "call the surgeon", "Done"):
            await line.taps(label)
        pages.append(line.last)
    await colleague.taps("Today, 2 Jun 2026")
    await ward.settled()
    await ward.says("2.6.2026", reply_to=pages[0])

    assert "Done, said by member 2 on 2 Jun 2026: call the surgeon." in ward.last.text


# What takes no values does not ask for them


def card_of(ward, code):
    return next(each for each in reversed(ward.messages) if each.text.startswith("Reminder") and code in each.text)


async def test_the_next_step_of_the_course_leads_to_its_form(ward, office):
    code = own_code("CD-0044")
    await office.ledger.take(lambda work: enrol(work, code, office.clock.now, started=date(2026, 4, 13)))
    await ward.says(f"/due {code}")
    await ward.taps("One by one")
    await ward.taps("Next step of the course")

    assert "Reply with the values" not in ward.last.text
    assert "Tap what became of it." in ward.last.text
    await ward.taps("Dose")
    assert f"{code} · Dose 1/" in ward.last.text


async def test_the_end_of_contraception_is_seen(ward, office):
    await treatment_ended(ward, None)
    for day in (23, 29):
        morning(office, 6, day)
        await tick(office, ward)
    card = card_of(ward, CODE)
    assert "DUE: End of contraception" in card.text
    assert "Reply with the values" not in card.text

    await ward.taps("Seen", message=card)
    assert "DONE: End of contraception" in card.text
    assert rows_of(office, "contra_end")[0] == "done"
    count = len(ward.messages)
    for ahead in range(1, 12):
        office.clock.now = datetime(2026, 6, 29, 6, tzinfo=UTC) + timedelta(days=ahead)
        await tick(office, ward)
    assert not any("contraception" in each.text for each in ward.messages[count:])


async def test_before_its_day_it_cannot_be_seen(ward, office):
    await treatment_ended(ward, None)
    morning(office, 6, 2)
    await tick(office, ward)

    assert "COMING: End of the pause in breastfeeding" in card_of(ward, CODE).text
    assert "Seen" not in labels(card_of(ward, CODE))


async def test_a_reminder_that_was_set_asks_for_no_values_and_is_not_its_readers_own(ward, office):
    await ward.says(f"/remind {CODE} 20 Jun 2026 call the surgeon")
    await ward.says(f"/due {CODE}")
    await ward.says(f"/due {CODE}")
    morning(office, 6, 20)
    await ward.says(f"/due {CODE}")
    await ward.taps("One by one")
    await ward.taps("call the surgeon")

    assert "Reply with the values" not in ward.last.text
    assert "your own" not in ward.last.text


# A message about several


@pytest.fixture
async def digest(ward, office):
    for number in range(43, 47):
        await office.ledger.take(lambda work, it=number: enrol(work, own_code(f"CD-00{it}"), office.clock.now))
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    return next(each for each in ward.messages if each.text.startswith("Reminders"))


@pytest.mark.parametrize("text", ["hb 13 g/dL", "later"])
async def test_a_reply_to_a_digest_is_told_where_to_go_and_the_digest_keeps_its_buttons(ward, office, digest, text):
    before = labels(digest)
    await ward.says(text, reply_to=digest)

    assert ward.last.text == words.OF_SEVERAL
    assert labels(digest) == before
    assert filed(office) == []
    await ward.taps(own_code("CD-0043"), message=digest)
    assert digest.text.startswith(f"Reminder · {own_code('CD-0043')}")


async def test_values_for_the_list_of_what_is_due_are_told_so_too(ward, office, digest):
    await ward.says("/due")
    await ward.says("hb 13 g/dL", reply_to=ward.last)

    assert ward.last.text == words.OF_SEVERAL
