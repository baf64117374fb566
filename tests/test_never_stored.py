"""Names, dates of birth, numbers, pictures: refused before anything of them is stored."""

from bot import words
from tests.conversation import labels


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
