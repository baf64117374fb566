"""What stands against a first dose, a restart or a dose is said before it is confirmed; nothing is blocked."""

import pytest

from flows.protocol.cautions import Level
from flows.protocol.safety import safety_before_first_dose
from tests.correcting import say
from tests.enrolled import CODE, ENROLLED
from tests.safetycharts import TODAY, ago, chart, drug, lab

REGION = ENROLLED.replace("organisation approved it]", "organisation approved it]\ndoctor: [EU]")
NOT_BEGUN = REGION.replace("[Yes]\ndoctor: 9.3.2026\ndoctor: [Later]", "[No]")
COUNTS = ("Neutrophils < 1.0", "Lymphocytes < 0.5", "Haemoglobin < 8.0")
DECIDED = "Indication confirmed as decided"

pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def opening(request, opening):
    return NOT_BEGUN if "unbegun" in request.fixturenames else REGION


async def low_counts(line):
    await say(line, f"/p {CODE}", "Laboratory")
    await line.says("ANC 0.8 ALC 0.4 Hb 7.5")
    await line.taps("Confirm")


@pytest.fixture
async def unbegun(chat):
    """The doctor in the EU, with a patient who has not begun and whose counts are low."""
    await low_counts(chat)
    return chat


@pytest.fixture
async def paused(chat):
    """The doctor in the EU, with a patient in week 12 who is interrupted, and whose counts are low today."""
    await say(chat, f"/p {CODE}", "Course", "Interruption", "25.5.2026", "Blood counts", "Confirm")
    await low_counts(chat)
    return chat


async def test_a_first_dose_is_reviewed_beneath_what_the_label_says_against_it(unbegun, office):
    await say(unbegun, f"/p {CODE}", "Course", "First dose", "Today", "45 mg", DECIDED)

    against, _, review = unbegun.last.text.partition(f"{CODE} · First dose · review")
    for count in COUNTS:
        assert f"LIMIT: EU label: initiation is not recommended if {count}" in against
    assert "interruption" not in against
    assert f"Reason: {DECIDED}" in review
    await unbegun.taps("Confirm")
    assert [row[0] for row in office.rows("SELECT code FROM observations WHERE kind = 'course'")] == ["started", "dose"]


async def test_the_first_page_of_a_first_dose_says_it_and_so_does_the_page_of_the_course(unbegun):
    await say(unbegun, f"/p {CODE}", "Course")
    assert all(f"LIMIT: EU label: initiation is not recommended if {each}" in unbegun.last.text for each in COUNTS)
    assert "interruption" not in unbegun.last.text

    await unbegun.taps("First dose")
    assert all(f"LIMIT: EU label: initiation is not recommended if {each}" in unbegun.last.text for each in COUNTS)
    await unbegun.taps("Today")
    assert "LIMIT" not in unbegun.last.text


async def test_a_restart_is_reviewed_beneath_the_limits_of_the_interruption(paused):
    await say(paused, f"/p {CODE}", "Course", "Restart", "Today", "30 mg", "Blood counts recovered")

    against, _, review = paused.last.text.partition("Dates before → after:")
    for count in COUNTS:
        assert f"interruption if {count}" in against
    assert against.count("resumption above it") == len(COUNTS)
    assert "Reason: Blood counts recovered" in review


async def test_what_came_after_the_day_of_a_step_does_not_stand_against_it(paused):
    await say(paused, f"/p {CODE}", "Course", "Restart", "31.5.2026", "30 mg", "Blood counts recovered")

    assert "LIMIT" not in paused.last.text


async def test_a_dose_is_reviewed_in_the_same_way_and_an_interruption_is_not(chat):
    await low_counts(chat)
    await say(chat, f"/p {CODE}", "Course", "Dose", "Today", "30 mg", "Standard of the protocol")
    assert all(f"interruption if {count}" in chat.last.text for count in COUNTS)

    await say(chat, "Cancel", "Discard", f"/p {CODE}", "Course", "Interruption", "Today", "Blood counts")
    assert "LIMIT" not in chat.last.text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"labs": (lab("anc", "0.99"),)}, ["label.neutrophils_below_1", "guideline.ctcae_grade_3_or_4"]),
        ({"labs": (lab("anc", "1.0"),)}, []),
        ({"labs": (lab("anc", "0.9", on=ago(-1)),)}, []),
        ({"medication": (drug("azathioprine"),)}, ["label.combination"]),
    ],
    ids=["below the limit", "at the limit", "below it a day later", "beside azathioprine"],
)
def test_before_a_first_dose_is_said_what_is_said_before_treatment(facts, said):
    labs = facts.pop("labs", ())
    found = [each for each in safety_before_first_dose(chart(*labs, **facts), TODAY) if each.level is not Level.INFO]

    assert [each.id for each in found] == said
    assert not any("interruption" in each.why for each in found)
