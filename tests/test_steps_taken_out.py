"""A step of the course is taken out only with what would not fit without it, after its dates were shown."""

from datetime import date

import pytest

from flows.record import Fact, Kind, void
from store.observations import Hand
from tests.conversation import labels
from tests.correcting import recorded, say, steps, wrong
from tests.enrolled import CODE
from tests.sealed import checked

OUT, SURE = "Only take it out", "Take it out"
RESTART_UNFIT = (
    "The restart of 25 Apr 2026 would not fit any more: The treatment is not interrupted: nothing to restart."
)
DOSE_UNFIT = "The dose of 9 May 2026 would not fit any more: The treatment is interrupted: no dose to change."


pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
async def paused(ward):
    """Interrupted on 20 April, again on 45 mg from 25 April, and on 30 mg from 9 May."""
    await say(ward, f"/p {CODE}", "Course", "Interruption", "20.4.2026", "Infection", "Confirm")
    await say(ward, f"/p {CODE}", "Course", "Restart", "25.4.2026", "45 mg", "Infection resolved", "Confirm")
    await say(ward, f"/p {CODE}", "Course", "Dose", "9.5.2026", "30 mg", "Standard of the protocol", "Confirm")
    return ward


async def test_an_interruption_is_taken_out_with_its_restart_after_both_were_shown(paused, office):
    await wrong(paused, "Interruption", "Wrong patient", OUT)

    shown = paused.last.text
    assert RESTART_UNFIT in shown
    assert "Taken out with it:\n#4 Restart of 25 Apr 2026" in shown
    assert "Dates before → after:" in shown
    assert "End of 45 mg: 9 May 2026 → 4 May 2026" in shown
    assert len(steps(office)) == 4
    await paused.taps("Take out both")

    assert steps(office) == [("started", "2026-03-09"), ("dose", "2026-05-09")]
    assert "30 mg since 9 May 2026." in paused.last.text
    await wrong(paused, "First dose", "Wrong day", "Enter the right value", "10.3.2026", "45 mg")
    await say(paused, "Indication confirmed as decided", "Confirm")
    assert steps(office)[0] == ("started", "2026-03-10")


async def test_a_restart_is_not_taken_out_under_a_dose_without_a_word(paused, office):
    await wrong(paused, "Restart", "Typing error", OUT)

    assert DOSE_UNFIT in paused.last.text
    assert "Taken out with it:\n#5 Dose of 9 May 2026" in paused.last.text
    await paused.taps("Take out both")
    assert "Interrupted since 20 Apr 2026" in paused.last.text
    assert steps(office)[-1] == ("interrupted", "2026-04-20")


async def test_what_was_taken_out_together_comes_back_together_and_the_audit_holds(paused, office):
    before = steps(office)
    await say(paused, f"/status {CODE}")
    await wrong(paused, "Interruption", "Wrong patient", OUT, "Take out both")
    await say(paused, f"/undo {CODE}")
    assert paused.last.text.count(": removed") == 2
    await paused.taps("Take back")

    assert steps(office) == before
    await say(paused, "/replay 1")
    assert "identical, word for word" in paused.last.text
    found = checked(office.url)
    assert found.broken == ()


async def test_a_step_on_which_nothing_rests_is_shown_with_its_dates_and_taken_out_alone(paused, office):
    await wrong(paused, "Dose of", "Typing error", OUT)

    assert "would not fit" not in paused.last.text
    assert "Dates before → after:" in paused.last.text
    assert labels(paused.last) == [SURE, "Menu"]
    assert len(steps(office)) == 4
    await paused.taps(SURE)
    assert [each for each, _ in steps(office)] == ["started", "interrupted", "restarted"]


async def test_a_first_dose_that_leaves_steps_behind_says_so_before_it_is_taken_out(paused, office):
    await wrong(paused, "First dose", "Wrong patient", OUT)

    assert "CHECK: steps of the course are recorded and no first dose" in paused.last.text
    assert "CHECK: CHECK" not in paused.last.text
    await paused.taps(SURE)
    assert [each for each, _ in steps(office)] == ["interrupted", "restarted", "dose"]


async def test_a_course_that_contradicts_itself_already_can_still_be_mended(ward, office):
    """As one that was written before this was asked."""
    day = office.clock.now.date().replace(month=4, day=25)
    restart = Fact(kind=Kind.COURSE, code="restarted", on=day, value={"mg": 45})
    dose = Fact(kind=Kind.COURSE, code="dose", on=day.replace(month=5, day=9), value={"mg": 30})
    await recorded(office, 1, 8, restart)
    await recorded(office, 1, 9, dose)
    await wrong(ward, "Dose of", "Typing error", OUT)

    assert f"CHECK: {RESTART_UNFIT}" in ward.last.text
    await ward.taps(SURE)
    await wrong(ward, "Restart", "Typing error", OUT)
    assert "CHECK: The restart" not in ward.last.text
    await ward.taps(SURE)
    assert steps(office) == [("started", "2026-03-09")]


async def test_what_was_shown_is_what_is_taken_out(paused, office):
    """A step that came since is never taken along unseen."""
    await wrong(paused, "Dose of", "Typing error", OUT, SURE)
    await wrong(paused, "Interruption", "Typing error", OUT)
    shown = paused.last
    on = office.clock.now.date().replace(month=5, day=20)
    later = Fact(kind=Kind.COURSE, code="interrupted", on=on, value={})
    again = Fact(kind=Kind.COURSE, code="restarted", on=on.replace(day=21), value={"mg": 45})
    await recorded(office, 1, 98, later, again)
    await paused.taps("Take out both", message=shown)
    assert [each for each, _ in steps(office)] == ["started", "interrupted", "restarted"]

    await wrong(paused, "Interruption", "Typing error", OUT)
    shown = paused.last
    (restart,) = office.rows("SELECT max(id) FROM observations WHERE code = 'restarted'")
    await wrong(paused, "Restart of 21 May 2026", "Typing error", OUT, SURE)
    before = steps(office)
    await paused.taps("Take out both", message=shown)

    assert "The course has changed since that was shown. Nothing was changed." in "\n".join(paused.transcript)
    assert steps(office) == before
    assert restart[0]


async def test_what_was_taken_out_and_brought_back_is_taken_back_step_by_step(paused, office):
    await wrong(paused, "Dose of", "Typing error", OUT, SURE)
    await wrong(paused, "Restart", "Typing error", OUT, SURE)
    left = []
    for _ in range(5):
        await say(paused, f"/undo {CODE}", "Take back")
        left.append([code for code, _ in steps(office)])

    assert left == [
        ["started", "interrupted", "restarted"],
        ["started", "interrupted", "restarted", "dose"],
        ["started", "interrupted", "restarted"],
        ["started", "interrupted"],
        ["started"],
    ]


async def test_taking_back_leaves_no_course_that_contradicts_itself(paused, office):
    """An interruption that came into the record after its restart, as from another database."""
    fact = Fact(kind=Kind.COURSE, code="interrupted", on=date(2026, 4, 20), value={"why": "Infection"})
    hand = Hand(member_id=1, now=office.clock.now)

    def told_later(work):
        (old,) = [each for each in work.observations.of(1) if each.fact.code == fact.code]
        work.observations.replace(old, 90, void(fact), hand, "wrong day")
        work.observations.file(1, 91, [fact], hand)

    await office.ledger.take(told_later)
    before = steps(office)
    await say(paused, f"/undo {CODE}")
    assert "Interruption" in paused.last.text
    await paused.taps("Take back")

    assert f"{RESTART_UNFIT} Nothing was changed." in paused.transcript[-1]
    assert steps(office) == before
