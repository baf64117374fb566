"""Nobody files a day twice unknowingly: what stands already is said in the review, and again where it came since."""

import pytest

from bot.patients.reviewing import RECORDED_MEANWHILE
from tests.conversation import button, labels
from tests.correcting import say
from tests.enrolled import CODE, visit
from tests.mornings import joins, morning, reminded

MINUTE = {"minutes": 1}


async def until_confirm(line, how="Seen", *, events="None", labs="None"):
    await line.says(f"/visit {CODE}")
    for label in (how, "1", "0", "Mild", "No", "Unchanged", events, labs):
        await line.taps(label)


def filed(office, kind):
    return office.rows(f"SELECT id, \"on\" FROM observations WHERE kind = '{kind}' ORDER BY id")


@pytest.mark.parametrize(
    ("how", "events"), [("Seen", "None"), ("Not assessed", "None"), ("Seen", "Not assessed")],
    ids=["whole", "not how", "no events"],
)  # fmt: skip
async def test_a_second_visit_of_one_day_says_so_before_it_counts(ward, office, how, events):
    await until_confirm(ward, how, events=events)
    assert "recorded already" not in ward.last.text
    await ward.taps("Confirm")
    await until_confirm(ward)

    first = office.rows("SELECT min(id) FROM observations WHERE code IN ('visit', 'ae_review')")[0][0]
    assert f"CHECK: a visit of 1 Jun 2026 is recorded already, #{first}." in ward.last.text
    assert "CHECK: PMS of 1 Jun 2026 stands already; the later counts." in ward.last.text


async def test_a_visit_of_another_day_or_one_that_was_taken_back_is_none_of_this_day(ward, office):
    await visit(ward)
    await until_confirm(ward)
    await ward.taps("Day")
    await ward.taps("Yesterday")
    assert "already" not in ward.last.text
    await ward.taps("Cancel")
    await ward.taps("Discard")
    await ward.says(f"/undo {CODE}")
    await ward.taps("Take back")
    await until_confirm(ward)

    assert "already" not in ward.last.text


@pytest.mark.parametrize("asked", ["PMS", "MES"])
async def test_a_score_of_the_checklist_says_that_one_of_the_day_stands(ward, asked):
    for is_second in (False, True):
        await ward.says(f"/p {CODE}")
        for label in ("Checklist", asked, "Today", *(("1", "0", "Mild") if asked == "PMS" else ("0",))):
            await ward.taps(label)

        assert (f"CHECK: {asked} of 1 Jun 2026 stands already; the later counts." in ward.last.text) is is_second
        await ward.taps("Confirm")


async def test_a_visit_that_a_colleague_files_meanwhile_is_said_before_the_second_counts(ward, office):
    other = await joins(office, "other")
    await until_confirm(ward)
    office.clock.passes(**MINUTE)
    await other.says(f"/visit {CODE}")
    for label in ("Begin another", "Seen", "1", "0", "Mild", "No", "Unchanged", "None", "None", "Confirm"):
        await other.taps(label)
    scores = len(filed(office, "score"))
    office.clock.passes(**MINUTE)
    card, confirm = ward.last, button(ward.last, "Confirm")
    for _ in range(2):  # the second half of a double tap is no second look
        await ward.presses(confirm, card.message_id)

    assert ward.last.text.startswith(RECORDED_MEANWHILE)
    assert "CHECK: a visit of 1 Jun 2026 is recorded already" in ward.last.text
    assert len(filed(office, "score")) == scores

    await ward.taps("Confirm")
    assert len(filed(office, "score")) == scores + 1


async def test_what_is_filed_meanwhile_of_something_else_asks_nothing_again(ward, office):
    other = await joins(office, "other")
    await until_confirm(ward)
    office.clock.passes(**MINUTE)
    await other.says(f"/p {CODE}")
    await other.taps("Laboratory")
    await other.says("CRP 4 mg/L")
    await other.taps("Confirm")
    await ward.taps("Confirm")

    assert ward.last.text.startswith("REMISSION")


# A form about a patient has no hour: it is open until it is confirmed or discarded, and is of the day that it names


@pytest.mark.parametrize("length", [{"hours": 1}, {"days": 1}], ids=["an hour", "a day"])
async def test_values_in_reply_to_a_reminder_wait_until_they_are_confirmed_and_keep_their_day(ward, office, length):
    await reminded(ward, office)
    await ward.says("hb 13 g/dL anc 3.2 alc 1.2", reply_to=ward.last)
    await ward.taps("Today")
    assert "Haemoglobin 13 g/dL (2 Jun 2026)" in ward.last.text
    review = ward.last
    office.clock.passes(**length)
    await office.running.tidy()
    await ward.taps("Confirm", message=review)

    assert {str(row[1]) for row in filed(office, "lab")} == {"2026-06-02"}


async def test_values_in_reply_to_a_reminder_are_asked_about_again_where_a_colleague_has_filed_them(ward, office):
    other = await joins(office, "other")
    await reminded(ward, office)
    await ward.says("crp 4 mg/L", reply_to=ward.last)
    await ward.taps("Today")
    review = ward.last
    office.clock.passes(hours=1)
    await other.says(f"/p {CODE}")
    await other.taps("Laboratory")
    await other.says("CRP 40 mg/L")
    await other.taps("Confirm")
    await ward.taps("Confirm", message=review)

    assert review.text.startswith(RECORDED_MEANWHILE)
    assert "CHECK: CRP: 40 mg/L of 2 Jun 2026 stands already; the later counts." in review.text
    assert len(filed(office, "lab")) == 1
    await ward.taps("Confirm", message=review)
    assert len(filed(office, "lab")) == 2


# A step of the course, and a drug


async def until_dose(line, mg, why):
    await say(line, f"/p {CODE}", "Course", "Dose", "4.5.2026", mg, why)


async def test_a_second_dose_of_one_day_says_so_before_it_counts(ward):
    await until_dose(ward, "30 mg", "Response not sufficient")
    assert "already" not in ward.last.text
    await ward.taps("Confirm")
    await until_dose(ward, "15 mg", "Lowest effective dose")

    stands = "CHECK: Dose: 30 mg, Response not sufficient of 4 May 2026 stands already; the later counts."
    assert stands in ward.last.text


async def test_a_dose_that_a_colleague_records_meanwhile_is_said_before_the_second_counts(ward, office):
    other = await joins(office, "other")
    await until_dose(ward, "30 mg", "Response not sufficient")
    office.clock.passes(**MINUTE)
    await until_dose(other, "15 mg", "Lowest effective dose")
    await other.taps("Confirm")
    office.clock.passes(**MINUTE)
    await ward.taps("Confirm")
    assert ward.last.text.startswith(RECORDED_MEANWHILE)
    assert "CHECK: Dose: 15 mg, Lowest effective dose of 4 May 2026 stands already; the later counts." in ward.last.text
    await ward.taps("Confirm")

    assert "30 mg since 4 May 2026" in ward.last.text


@pytest.mark.parametrize(
    ("since", "hour"), [("Today", 9), ("30.5.2026", 9), pytest.param("30.5.2026", 22, id="after midnight in Vienna")]
)
async def test_a_steroid_that_a_colleague_records_meanwhile_is_said_before_none_counts(ward, office, since, hour):
    morning(office, 6, 1, hour, 30)
    other = await joins(office, "other")
    await say(ward, f"/visit {CODE}", "Seen", "1", "0", "Mild", "No")
    assert "Steroids since the last visit" in ward.last.text
    await say(ward, "None", "None", "None")
    office.clock.passes(**MINUTE)
    await say(other, f"/p {CODE}", "Details")
    while "taken today" not in other.last.text:
        await other.taps("Unchanged")
    await say(other, "Prednisolone or equivalent", "Done")
    await other.says("30")
    await say(other, since)
    while "Confirm" not in labels(other.last):
        await other.taps("Unchanged")
    await other.taps("Confirm")
    office.clock.passes(**MINUTE)
    await ward.taps("Confirm")

    assert ward.last.text.startswith(RECORDED_MEANWHILE)
    assert "CHECK: Prednisolone or equivalent: 30 mg of " in ward.last.text
