"""A visit that a colleague has open is found by whoever opens the patient's visit, and can be taken over."""

from bot import words
from store.members import Role
from tests.conversation import labels
from tests.enrolled import CODE
from tests.mornings import joins
from tests.test_taps import toasts

OPEN = f"Member 2 (nurse) has a visit of this patient open: {CODE} Visit 5/9, last answered on 1 Jun 2026 at 11:00."
GONE = "That visit is not open with member 2 any more. Nothing was changed."


async def nurse_with_a_visit(office):
    nurse = await joins(office, "nurse", role=Role.NURSE)
    await nurse.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0"):
        await nurse.taps(label)
    return nurse


def open_visits(office):
    return office.rows("SELECT member_id FROM interviews ORDER BY id")


async def test_a_visit_that_is_open_is_named_before_another_begins(ward, office):
    await nurse_with_a_visit(office)
    await ward.says(f"/visit {CODE}")

    assert ward.last.text == OPEN
    assert labels(ward.last) == ["Take over from member 2", "Begin another", "Menu"]
    assert open_visits(office) == [(2,)]


async def test_the_button_of_the_menu_names_it_too(ward, office):
    await nurse_with_a_visit(office)
    await ward.says(f"/p {CODE}")
    await ward.taps("Visit")

    assert ward.last.text == OPEN


async def test_taken_over_it_goes_on_where_it_stood_and_each_answer_keeps_who_gave_it(ward, office):
    nurse = await nurse_with_a_visit(office)
    theirs = nurse.last
    await ward.says(f"/visit {CODE}")
    await ward.taps("Take over from member 2")
    assert ward.last.text.startswith(f"{CODE} · Visit 5/9")
    await nurse.settled()

    taken = f"{CODE} Visit 5/9 was taken over by member 1, with its answers."
    assert [message.text for message in nurse.messages].count(taken) == 2
    assert labels(next(each for each in nurse.messages if each.message_id == theirs.message_id)) == []
    for label in ("Mild", "No", "Unchanged", "None", "None", "Confirm"):
        await ward.taps(label)
    await ward.says(f"/history {CODE}")
    assert "Answers: by member 2: visit, stool frequency, bleeding; the rest by member 1" in ward.last.text


async def test_its_former_buttons_and_words_answer_nothing(ward, office):
    nurse = await nurse_with_a_visit(office)
    theirs = nurse.last
    button = theirs.keyboard[0][1]["callback_data"]
    await ward.says(f"/visit {CODE}")
    await ward.taps("Take over from member 2")
    await nurse.presses(button, theirs.message_id)
    assert toasts(nurse)[-1] == words.NEWER_CARD.format(code=CODE)
    await nurse.says("2")

    assert office.rows("SELECT member_id FROM interviews") == [(1,)]
    assert ward.last.text.startswith(f"{CODE} · Visit 5/9")


async def test_another_can_be_begun_beside_it(ward, office):
    await nurse_with_a_visit(office)
    await ward.says(f"/visit {CODE}")
    await ward.taps("Begin another")

    assert ward.last.text.startswith(f"{CODE} · Visit 2/9")
    assert open_visits(office) == [(2,), (1,)]


async def test_what_was_open_in_front_is_kept(ward, office):
    await nurse_with_a_visit(office)
    await ward.says("/hbi")
    await ward.says(f"/visit {CODE}")
    question = next(each for each in ward.messages if "Take over from member 2" in labels(each))
    await ward.taps("Take over from member 2", message=question)

    rows = office.rows("SELECT questionnaire, kept_at IS NULL FROM interviews WHERE member_id = 1 ORDER BY id")
    assert [(name, bool(is_front)) for name, is_front in rows] == [("visit_uc", True), ("hbi", False)]


async def test_what_was_confirmed_meanwhile_cannot_be_taken_over(ward, office):
    nurse = await nurse_with_a_visit(office)
    await ward.says(f"/visit {CODE}")
    for label in ("Mild", "No", "Unchanged", "None", "None", "Confirm"):
        await nurse.taps(label)
    await ward.taps("Take over from member 2")

    assert toasts(ward)[-1] == GONE


async def test_of_two_who_take_it_over_the_second_is_refused(ward, office):
    await nurse_with_a_visit(office)
    other = await joins(office, "other", 22)
    for line in (ward, other):
        await line.says(f"/visit {CODE}")
    await ward.taps("Take over from member 2")
    await other.taps("Take over from member 2")

    assert toasts(other)[-1] == GONE
    assert open_visits(office) == [(1,)]


async def test_ones_own_that_is_kept_is_offered_as_well(ward, office):
    await ward.says(f"/visit {CODE}")
    await ward.taps("Seen")
    await ward.says("/cancel")
    await ward.taps("Keep for later")
    await ward.says(f"/visit {CODE}")

    assert ward.last.text.startswith(f"You have a visit of this patient open: {CODE} Visit 3/9")
    await ward.taps("Go on with yours")
    assert ward.last.text.startswith(f"{CODE} · Visit 3/9")
