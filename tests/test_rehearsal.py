"""The rehearsal: a fictitious patient through 52 weeks, by the real turns."""

from bot.rehearsal import rehearsal, told
from tests.generated import REHEARSAL


def test_the_rehearsal_goes_as_written():
    assert told() + "\n" == REHEARSAL.read_text(encoding="utf-8")


def test_the_rehearsal_shows_what_it_is_made_for():
    said = "\n".join(shown.body for shown in rehearsal())

    for each in (
        "Baseline checklist",
        "interruption if Neutrophils &lt; 1.0",
        "Dates before → after",
        "REMISSION · PMS 0",
    ):
        assert each in said


async def test_the_rehearsal_is_read_scene_by_scene_and_stores_no_patient(chat, office):
    await chat.says("/demo")
    for _ in range(len(rehearsal()) - 1):
        await chat.taps("Next")

    assert "week 52" in chat.last.text
    assert office.rows("SELECT * FROM patients") == []


def test_no_verdict_of_the_rehearsal_leads_to_a_verdict_of_a_patient():
    assert "Verdict 12 of the rehearsal" in rehearsal()[-1].body
    assert not any("/replay" in each.body for each in rehearsal())


def test_what_is_asked_in_a_scene_is_confirmed_on_its_day():
    begins_with_confirm = [each.scene for each in rehearsal() if each.scene.lines[0] == "[Confirm]"]

    assert [(str(each.on), each.title) for each in begins_with_confirm] == [("2026-02-17", "The restart, confirmed")]
