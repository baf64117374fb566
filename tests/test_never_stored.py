"""Names, dates of birth, numbers, pictures: refused before anything of them is stored."""

from bot import words
from flows.codes import own_code
from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import rows_of
from tests.test_reminders_come import enrol


def stored(office):
    """Everything that the database holds, as one text."""
    tables = [row[0] for row in office.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table'" if office.url.startswith("sqlite")
        else "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")]  # fmt: skip
    return "\n".join(str(tuple(row)) for table in tables for row in office.rows(f'SELECT * FROM "{table}"'))


async def test_personal_data_is_refused_before_anything_of_it_is_stored(ward, office):
    for text in ("Mr John Smithson 12", "/labs patient: Jane Smithson CRP 12", "/p Mrs Smithson", "DOB 12.03.1968"):
        await ward.says(text)

        assert "Delete my message" in labels(ward.last)
    everything = stored(office)
    assert "mithson" not in everything.lower()
    assert "1968" not in everything


async def test_a_message_is_deleted_on_request(ward, office):
    await ward.says("please call Mrs Smithson")
    await ward.taps("Delete my message")

    (message,) = office.telegram.deleted
    assert message < ward.last.message_id
    assert message not in {each.message_id for each in ward.messages}


async def test_a_picture_is_refused_with_the_offer_to_delete_it(ward):
    ward.conversation.sends(photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}])
    await ward.settled()

    assert ward.last.text == words.NOT_TEXT
    assert labels(ward.last) == ["Delete my message"]


async def test_an_edited_message_with_a_name_is_offered_for_deletion(ward, office):
    for text in ("Mrs Smithson is better", "/p Mrs Smithson"):
        ward.conversation.edits(text)
        await ward.settled()

        assert ward.last.text == words.PERSONAL.format(found="a name")
        assert labels(ward.last) == ["Delete my message"]
    assert "mithson" not in stored(office).lower()


async def test_an_edited_message_without_a_person_only_says_that_it_changes_nothing(ward):
    ward.conversation.edits("/")
    await ward.settled()

    assert ward.last.text == words.EDITED


async def test_a_name_behind_start_is_refused_and_an_invitation_is_none(ward):
    await ward.says("/start Mr Smith 12.3.1968")
    assert "Delete my message" in labels(ward.last)
    await ward.says("/start vZ0qJmr_mrs-Smith12031968")

    assert ward.last.text == words.MEMBER_ALREADY


async def test_writing_in_which_no_name_is_known_is_refused(ward, office):
    for text in ("姓名: 李明", "/remind CD-0042-I 24 Jun 2026 李明", "السيد محمد"):
        await ward.says(text)

        assert ward.last.text.startswith("That looks like writing in which no name can be told from other words.")
        assert "Delete my message" in labels(ward.last)
    assert "李" not in stored(office)


async def test_letters_and_signs_of_values_are_no_other_writing(ward):
    await ward.says("/labs FCP 850 µg/g, ALC 1.2 ×10⁹/L, CRP ≤ 5 mg/L")

    assert "Delete my message" not in labels(ward.last)


# What is typed next is for what was open before


async def test_after_a_refused_message_the_next_words_are_for_the_card_that_asked(ward, office):
    await ward.says(f"/due {CODE}")
    for label in ("One by one", "Week 12: lipids", "Done"):
        await ward.taps(label)
    for _ in range(2):
        await ward.says("30.5.2026 Mrs Smithson")
        assert labels(ward.last) == ["Delete my message"]
    ward.conversation.sends(photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}])
    await ward.settled()
    await ward.says("30.5.2026")

    assert rows_of(office, "wk12_lipid")[0] == "done"
    assert CODE in ward.last.text


async def test_after_a_refused_message_words_that_may_be_for_another_patient_are_still_refused(ward, office):
    other = own_code("CD-0043")
    await office.ledger.take(lambda work: enrol(work, other, office.clock.now))
    for code in (CODE, other):
        office.clock.passes(seconds=1)
        await ward.says(f"/due {code}")
        for label in ("One by one", "Week 12: lipids", "Done"):
            await ward.taps(label)
    await ward.says("30.5.2026 Mrs Smithson")
    await ward.says("30.5.2026")

    assert ward.last.text == words.WHOSE
    assert office.rows("SELECT count(*) FROM observations WHERE kind = 'handled'") == [(0,)]


async def test_after_a_refused_message_where_nothing_was_open_nothing_is(chat):
    await chat.says("Mrs Smithson")
    await chat.says("30.5.2026")

    assert chat.last.text == words.NOTHING_OPEN
