"""Somebody who began elsewhere and does not take the drug at enrolment: since a day, or since nobody knows when."""

import pytest

from bot.contract.examined import examine
from flows.chart import Chart
from flows.course import Course, Trigger, course_of
from flows.errors import NotNow
from flows.filing import facts_of
from flows.forms import form
from flows.protocol.dosing import dose
from flows.protocol.standing import dose_line, unrecorded
from flows.questionnaire import Disease
from flows.record import Kind
from flows.steps import Move, Resumed, Step
from flows.treatment import Phase
from flows.trend import trend
from flows.trend_in_words import text_of
from tests.conversation import labels
from tests.correcting import say, wrong
from tests.safetycharts import TODAY, ago

ASKED = {"code": "CD-0042-I", "by_doctor": "yes", "begun": "yes", "enrolled_on": TODAY.isoformat(), "disease": "UC"}
OTHER = "CD-0043-G"
UC = Disease.ULCERATIVE_COLITIS
UNKNOWN = {"dose_known": False}
AS_TOLD = "as told at the enrolment"


def told(days_ago, since=None, **more):
    """What is filed of the course."""
    answers = {**ASKED, "started_on": ago(days_ago).isoformat(), "dose_now": "interrupted", **more}
    answers |= {} if since is None else {"interrupted_on": ago(since).isoformat()}
    facts = facts_of(form("enrolment"), answers, TODAY)
    return [(each.code, each.on, each.value) for each in facts if each.kind is Kind.COURSE]


def chart(days_ago, *steps):
    return Chart(disease=UC, started_on=ago(days_ago), course=steps, dose_known=False)


def paused(days_ago, *, is_known):
    return Step(on=ago(days_ago), move=Move.INTERRUPTED, from_known=is_known)


def restarted(days_ago, mg=45, **more):
    return Step(on=ago(days_ago), move=Move.RESTARTED, mg=mg, **more)


# What is filed


@pytest.mark.parametrize("days_ago", [20, 300])
def test_an_interruption_is_a_step_of_its_first_day(days_ago):
    interruption = ("interrupted", ago(10), {"why": AS_TOLD})

    assert told(days_ago, since=10) == [("started", ago(days_ago), UNKNOWN), interruption]


@pytest.mark.parametrize("days_ago", [20, 300])
def test_where_nobody_knows_its_first_day_it_is_one_of_the_day_of_enrolment_by_then(days_ago):
    interruption = ("interrupted", TODAY, {"why": AS_TOLD, "from_known": False})

    assert told(days_ago) == [("started", ago(days_ago), UNKNOWN), interruption]


@pytest.mark.parametrize(
    ("dose", "is_asked"), [("interrupted", True), ("30 mg", False), ("not_known", False), (None, False)]
)
def test_its_first_day_is_asked_of_whoever_is_interrupted(dose, is_asked):
    answers = {**ASKED, "started_on": ago(100).isoformat(), "dose_now": dose}

    assert ("interrupted_on" in [each.code for each in form("enrolment").asked(answers)]) is is_asked


# What is said by that


@pytest.mark.parametrize(
    ("days_ago", "is_known", "line"),
    [
        (20, True, "Interrupted since 22 May 2026, 45 mg until then"),
        (300, True, "Interrupted since 22 May 2026, dose until then not known"),
        (20, False, "Interrupted on 22 May 2026, since when is not known, 45 mg until then"),
        (300, False, "Interrupted on 22 May 2026, since when is not known, dose until then not known"),
    ],
)
def test_the_card_says_since_when_or_that_nobody_knows(days_ago, is_known, line):
    found = chart(days_ago, paused(10, is_known=is_known))

    assert found.treatment.phase(TODAY) is Phase.INTERRUPTED
    assert dose_line(found, TODAY) == line


def test_so_do_the_page_of_the_dose_and_the_text_of_a_trend():
    found = chart(20, paused(10, is_known=False))

    assert any("interrupted on 22 May 2026, since when is not known" in each.text for each in dose(found, TODAY).says)
    assert not any("up to 28 days shift" in each.text for each in dose(found, TODAY).says)
    assert "interrupted on 22 May 2026, since when is not known" in text_of(trend(found, TODAY))


@pytest.mark.parametrize(("is_known", "shift"), [(True, 5), (False, None)])
def test_the_end_of_induction_is_not_shifted_by_a_length_that_nobody_knows(is_known, shift):
    treatment = chart(20, paused(10, is_known=is_known), restarted(5)).treatment

    ends = treatment.induction_ends(TODAY)
    assert ends == (None if shift is None else {8: ago(20 - 56 - shift)})


@pytest.mark.parametrize("days_ago", [20, 300])
def test_how_induction_goes_on_is_asked_of_any_restart_at_its_dose(days_ago):
    treatment = chart(days_ago, paused(0, is_known=False)).treatment

    assert treatment.shifts_until(TODAY) == ago(1)
    assert course_of(chart(days_ago, paused(10, is_known=False), restarted(5)).treatment, TODAY).waits_for_an_end()


def test_until_it_is_told_the_check_says_why():
    found = chart(20, paused(10, is_known=False), restarted(5))

    assert unrecorded(found, TODAY) == (
        "CHECK: 45 mg interrupted since a day that is not known: when induction ends is to be asked, it is not "
        "computed, next dose not recorded"
    )


def test_told_anew_it_ends_as_counted_from_the_restart():
    treatment = chart(20, paused(10, is_known=False), restarted(5, induction=Resumed.ANEW)).treatment

    assert treatment.induction_ends(TODAY) == {8: ago(5 - 56)}


def test_what_was_left_of_it_cannot_be_said():
    course: Course = course_of(chart(20, paused(10, is_known=False)).treatment, TODAY)
    with pytest.raises(NotNow) as refused:
        course.record(Trigger.RESTART, ago(5), mg=45, induction=Resumed.REST)

    assert str(refused.value) == "Since when it was interrupted is not known: what was left of induction is not either."


def test_after_it_another_dose_is_taken_from_its_restart():
    assert dose_line(chart(300, paused(10, is_known=False), restarted(5, 15)), TODAY) == "15 mg since 27 May 2026"


@pytest.mark.parametrize("days_ago", [20, 100])
def test_what_goes_with_induction_says_why_its_day_is_not_shifted(days_ago):
    given = {"disease": "UC", "today": TODAY.isoformat(), "started_on": ago(days_ago).isoformat(), **UNKNOWN}
    course = [
        {"on": ago(10 if days_ago == 20 else 60).isoformat(), "event": "interrupted", "from_known": False},
        {"on": ago(5).isoformat(), "event": "restarted", "mg": 45},
    ]
    found = examine(given | {"course": course}, TODAY)
    (end,) = [each for each in found.report.due if each.item == "ind_end_uc"]

    assert found.reading.errors == []
    assert "interrupted since a day that is not known: the end of induction is to be confirmed" in end.why


def test_an_interruption_whose_first_day_is_known_shifts_the_end_of_induction_on_the_page_of_the_dose():
    found = chart(20, paused(10, is_known=True))

    assert any("up to 28 days shift" in each.text for each in dose(found, TODAY).says)


# In the chat


async def enrols(line, since, begun="9.3.2026", code="CD-0043"):
    await line.says(f"/new {code}")
    await line.taps("Colitis")
    while "Has upadacitinib been started?" not in line.last.text:
        await line.taps("Later" if "Later" in labels(line.last) else "None")
    await say(line, "Yes", begun, "Interrupted now")
    assert "Which is the first day without the drug? Left open, that is not known." in line.last.text
    await say(line, since)


async def test_who_is_interrupted_at_enrolment_is_so_on_the_card(ward):
    await enrols(ward, "27.4.2026")
    await say(ward, "Confirm", f"/status {OTHER}")

    assert "week 12 · interrupted · 1 Jun 2026" in ward.last.text
    assert "Interrupted since 27 Apr 2026, 45 mg until then." in ward.last.text
    await ward.says(f"/history {OTHER}")
    assert "Interruption of 27 Apr 2026: as told at the enrolment · member 1" in ward.last.text


async def test_since_when_may_be_left_open(ward):
    await enrols(ward, "Later")
    await say(ward, "Confirm", f"/status {OTHER}")

    assert "Interrupted on 1 Jun 2026, since when is not known, dose until then not known." in ward.last.text
    await ward.says(f"/history {OTHER}")
    assert "Interruption of 1 Jun 2026: as told at the enrolment, by then · member 1" in ward.last.text


async def test_an_interruption_before_the_first_dose_is_named_and_not_filed(ward, office):
    await enrols(ward, "8.3.2026")
    flaw = "Interrupted since 8 Mar 2026 lies before the first dose, 9 Mar 2026."
    assert f"CHECK: {flaw}" in ward.last.text
    await say(ward, "Confirm")

    assert f"{flaw} Nothing was filed." in ward.transcript[-1]
    assert office.rows(f"SELECT id FROM patients WHERE code = '{OTHER}'") == []


async def test_its_first_day_is_told_later_by_correcting_it(ward):
    await enrols(ward, "Later")
    await say(ward, "Confirm")
    await wrong(ward, "Interruption", "Wrong day", "Enter the right value", code=OTHER)
    await say(ward, "27.4.2026", "Infection", "Confirm")

    assert "Interrupted since 27 Apr 2026, 45 mg until then." in ward.last.text


async def test_it_is_restarted_as_any_other(ward):
    await enrols(ward, "Later")
    await say(ward, "Confirm", f"/p {OTHER}", "Course", "Restart", "Today", "15 mg", "Infection resolved", "Confirm")

    assert "15 mg since 1 Jun 2026." in ward.last.text
