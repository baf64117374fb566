"""A first dose of an earlier day told at enrolment: which dose is taken now is asked, and not assumed to be 45 mg."""

import pytest
from msgspec.structs import replace

from bot.contract.examined import examine
from flows.chart import Chart
from flows.filing import facts_of
from flows.forms import form
from flows.history import Region
from flows.protocol.standing import dose_line, unrecorded
from flows.questionnaire import Disease
from flows.record import Kind
from flows.steps import Move, Step
from flows.treatment import Phase
from tests.conversation import labels
from tests.correcting import say, wrong
from tests.safetycharts import TODAY, ago, found, lab

ASKED = {"code": "CD-0042-I", "by_doctor": "yes", "begun": "yes", "enrolled_on": TODAY.isoformat()}
OTHER = "CD-0043-G"
UC, CD = Disease.ULCERATIVE_COLITIS, Disease.CROHNS
UNKNOWN = {"dose_known": False}


def told(dose, days_ago, disease="UC", **more):
    """What is filed of the course."""
    begun = ago(days_ago).isoformat()
    answers = {**ASKED, "disease": disease, "started_on": begun, "dose_now": dose, **more}
    facts = facts_of(form("enrolment"), answers, TODAY)
    return [(each.code, each.on, each.value) for each in facts if each.kind is Kind.COURSE]


def chart(days_ago, *steps, disease=UC, **facts):
    return Chart(disease=disease, started_on=ago(days_ago), course=steps, **{"dose_known": False, **facts})


def step(days_ago, mg=None, move=Move.DOSE):
    return Step(on=ago(days_ago), move=move, mg=mg)


# What is filed


@pytest.mark.parametrize("dose", ["30 mg", "15 mg"])
@pytest.mark.parametrize("days_ago", [10, 300])
def test_the_dose_that_is_taken_now_is_a_step_of_the_day_of_enrolment_and_says_who_was_asked(dose, days_ago):
    value = {"mg": int(dose[:2]), "why": "as told at the enrolment", "from_known": False}

    assert told(dose, days_ago) == [("started", ago(days_ago), UNKNOWN), ("dose", TODAY, value)]


def test_it_is_of_the_day_on_which_it_was_asked_whenever_the_enrolment_is_confirmed():
    assert told("30 mg", 300, enrolled_on=ago(10).isoformat())[-1][:2] == ("dose", ago(10))


@pytest.mark.parametrize("days_ago", [10, 55, 56, 300])
@pytest.mark.parametrize("disease", ["UC", "CD"])
def test_45_mg_says_no_more_than_the_first_dose_alone(disease, days_ago):
    """Of another day it would be the longer induction in colitis, and nothing would watch its end."""
    assert told("45 mg", days_ago, disease) == [("started", ago(days_ago), {})]


@pytest.mark.parametrize("dose", ["not_known", None], ids=["not known", "later"])
def test_that_nobody_knows_it_is_kept_with_the_first_dose(dose):
    assert told(dose, 300) == [("started", ago(300), UNKNOWN)]


@pytest.mark.parametrize(
    ("days_ago", "is_asked"), [(-1, False), (0, False), (1, True)], ids=["after", "same", "before"]
)
def test_it_is_asked_where_the_first_dose_lies_before_the_day_of_enrolment(days_ago, is_asked):
    answers = {**ASKED, "disease": "UC", "started_on": ago(days_ago).isoformat()}

    assert ("dose_now" in [each.code for each in form("enrolment").asked(answers)]) is is_asked


# What is said by that


@pytest.mark.parametrize(
    ("disease", "weeks", "over"),
    [(UC, None, 56), (CD, 8, 56), (CD, 12, 84),
     (CD, None, 84)],
)  # fmt: skip
def test_a_dose_that_nobody_knows_is_not_45_mg_once_induction_is_over(disease, weeks, over):
    def line(days_ago):
        return dose_line(chart(days_ago, disease=disease, induction_weeks=weeks), TODAY)

    assert line(over - 1).startswith("45 mg since")
    begun = {56: "6 Apr 2026", 84: "9 Mar 2026"}[over]
    assert line(over) == f"Dose not known, first dose on {begun}; next dose not recorded"


def test_a_first_dose_alone_is_said_as_before():
    alone = chart(300, dose_known=True)

    assert dose_line(alone, TODAY) == "45 mg since 5 Aug 2025; next dose not recorded"
    assert unrecorded(alone, TODAY) == unrecorded(chart(300), TODAY)


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ((step(100, 30),), "30 mg since 21 Feb 2026"),
        ((step(300, 45),), "Dose not known, first dose on 5 Aug 2025; next dose not recorded"),
        ((step(10, move=Move.INTERRUPTED),), "Interrupted since 22 May 2026, dose until then not known"),
        ((step(280, move=Move.INTERRUPTED),), "Interrupted since 25 Aug 2025, 45 mg until then"),
        ((step(10, move=Move.STOPPED),), "Stopped, last dose on 22 May 2026"),
        (
            (step(20, move=Move.INTERRUPTED), step(10, move=Move.RESTARTED)),
            "Dose not known, first dose on 5 Aug 2025, interrupted 12 to 21 May 2026; next dose not recorded",
        ),
        (
            (step(20, move=Move.INTERRUPTED), step(10, 15, move=Move.RESTARTED)),
            "15 mg since 22 May 2026",
        ),
    ],
    ids=["later", "only the first", "interrupted after", "interrupted in it", "stopped", "resumed", "resumed at 15"],
)
def test_it_is_known_as_soon_as_a_later_dose_is(steps, line):
    assert dose_line(chart(300, *steps), TODAY) == line


def test_a_dose_whose_begin_nobody_told_is_not_said_since_a_day():
    by_then = chart(300, replace(step(0, 30), from_known=False), dose_known=True)

    assert dose_line(by_then, TODAY) == "30 mg taken on 1 Jun 2026, since when is not known"


def test_beside_a_weak_kidney_an_unknown_dose_is_not_45_mg_but_to_be_checked():
    finding = found("label.dose_by_egfr", lab("egfr", "28"), started_on=ago(300), dose_known=False, region=Region.US)

    assert finding.level == "check"
    assert finding.why.endswith("dose not known")


def test_the_contract_knows_both():
    given = {
        "disease": "UC", "today": TODAY.isoformat(), "started_on": ago(300).isoformat(),
        "dose_known": False,
    }  # fmt: skip
    course = [{"on": TODAY.isoformat(), "event": "dose", "mg": 30, "from_known": False}]
    unknown, known = (examine(given | more, TODAY) for more in ({}, {"course": course}))

    assert unknown.reading.errors == known.reading.errors == []
    assert unknown.report.status[-1] == "Dose not known, first dose on 5 Aug 2025; next dose not recorded."
    assert known.report.status[-1] == "30 mg taken on 1 Jun 2026, since when is not known."


@pytest.mark.parametrize(
    ("disease", "weeks", "told_on", "phase"),
    [
        (UC, None, 55, Phase.INDUCTION), (UC, None, 56, Phase.MAINTENANCE),
        (CD, 8, 55, Phase.INDUCTION), (CD, 8, 56, Phase.MAINTENANCE),
        (CD, 12, 83, Phase.INDUCTION), (CD, None, 83, Phase.INDUCTION), (CD, 12, 84, Phase.MAINTENANCE),
    ],
)  # fmt: skip
def test_a_dose_told_in_induction_is_that_of_induction_and_its_end_is_watched(disease, weeks, told_on, phase):
    def by_then(days_ago):
        return chart(days_ago, replace(step(days_ago - told_on, 30), from_known=False), disease=disease,
                     induction_weeks=weeks)  # fmt: skip

    assert by_then(told_on).treatment.phase(TODAY) is phase
    assert "30 mg taken on 1 Jun 2026, since when is not known" in dose_line(by_then(told_on), TODAY)
    assert ("30 mg ended on" in unrecorded(by_then(200), TODAY)) is (phase is Phase.INDUCTION)


def test_a_dose_of_45_mg_told_after_an_unknown_one_is_taken_since_its_own_day():
    assert dose_line(chart(300, step(10, 45)), TODAY).startswith("45 mg since 22 May 2026; ")
    resumed = chart(300, step(20, move=Move.INTERRUPTED), step(10, 45, move=Move.RESTARTED))
    assert dose_line(resumed, TODAY).startswith("45 mg since 22 May 2026; ")


@pytest.mark.parametrize(("given", "is_known"), [(None, True), (True, True), (False, False), ("no", False)])
def test_what_cannot_be_read_of_it_is_unknown(given, is_known):
    read = examine({"disease": "UC", "started_on": ago(300).isoformat(), "dose_known": given}, TODAY)

    assert read.report.status[-1].startswith("45 mg since") is is_known


# In the chat


async def test_taken_out_again_it_is_unknown_and_not_45_mg(ward):
    await enrols(ward, "30 mg")
    await wrong(ward, "Dose of", "Typing error", "Only take it out", code=OTHER)
    await ward.taps("Take it out")
    await ward.says(f"/status {OTHER}")

    assert "Dose not known, first dose on 9 Mar 2026; next dose not recorded." in ward.last.text


async def enrols(line, dose, begun="9.3.2026"):
    await line.says("/new CD-0043")
    await line.taps("Colitis")
    while "Has upadacitinib been started?" not in line.last.text:
        await line.taps("Later" if "Later" in labels(line.last) else "None")
    await line.taps("Yes")
    await line.says(begun)
    assert "Which dose is taken now?" in line.last.text
    await line.taps(dose)
    await line.taps("Confirm")


async def test_a_patient_who_began_elsewhere_is_said_with_the_dose_that_is_taken(ward):
    await enrols(ward, "15 mg")
    await ward.says(f"/status {OTHER}")

    assert "15 mg taken on 1 Jun 2026, since when is not known." in ward.last.text
    assert "45 mg" not in ward.last.text
    await ward.says(f"/history {OTHER}")
    assert "Dose of 1 Jun 2026: 15 mg, as told at the enrolment, taken by then · member 1" in ward.last.text


@pytest.mark.parametrize("dose", ["Not known", "Later"])
async def test_where_nobody_knows_it_the_card_says_so(ward, dose):
    await enrols(ward, dose)
    await ward.says(f"/status {OTHER}")

    assert "Dose not known, first dose on 9 Mar 2026; next dose not recorded." in ward.last.text
    await ward.says(f"/history {OTHER}")
    assert "First dose of 9 Mar 2026: the dose at enrolment not known · member 1" in ward.last.text


@pytest.mark.parametrize(
    ("dose", "line"),
    [
        ("15 mg", "15 mg taken on 1 Jun 2026, since when is not known."),
        ("Not known", "Dose not known, first dose on 8 Mar 2026; next dose not recorded."),
    ],
)
async def test_a_better_word_on_the_first_dose_tells_nothing_of_the_one_that_is_taken_now(ward, dose, line):
    await enrols(ward, dose)
    await wrong(ward, "First dose", "Wrong day", "Enter the right value", code=OTHER)
    await say(ward, "8.3.2026", "45 mg", "Indication confirmed as decided", "Confirm")

    assert line in ward.last.text


async def test_another_dose_of_the_same_day_leaves_open_since_when_it_is_taken(ward):
    await enrols(ward, "15 mg")
    await wrong(ward, "Dose of", "Typing error", "Enter the right value", code=OTHER)
    await say(ward, "Standard of the protocol", "Dose", "30 mg", "Confirm")

    assert "30 mg taken on 1 Jun 2026, since when is not known." in ward.last.text


# The first dose, or an earlier one, told anew afterwards

BY_THEN = "The dose taken on 1 Jun 2026 stays not known: Dose, under Course, records it."
BEGINS = "The dose by then is not asked any more: the drug begins on 1 Jun 2026."


async def first_dose(line, begun, mg="45 mg"):
    await wrong(line, "First dose", "Wrong day", "Enter the right value", code=OTHER)
    await say(line, begun, mg, "Indication confirmed as decided")


async def test_a_first_dose_of_the_day_of_enrolment_is_the_beginning_and_its_review_says_so(ward, clock):
    await enrols(ward, "Not known")
    await first_dose(ward, "1.6.2026")
    assert BEGINS in ward.last.text
    await say(ward, "Confirm")
    clock.passes(days=56)
    await ward.says(f"/status {OTHER}")

    assert "45 mg since 1 Jun 2026; next dose not recorded." in ward.last.text
    assert "CHECK: 45 mg ended on 27 Jul 2026" in ward.last.text


async def test_of_an_earlier_day_it_leaves_open_what_is_taken_and_its_review_says_so(ward, clock):
    await enrols(ward, "Not known")
    await first_dose(ward, "31.5.2026")
    assert BY_THEN in ward.last.text
    await say(ward, "Confirm")
    clock.passes(days=56)
    await ward.says(f"/status {OTHER}")

    assert "Dose not known, first dose on 31 May 2026; next dose not recorded." in ward.last.text


async def test_put_back_to_an_earlier_day_it_leaves_it_open_again(ward):
    await enrols(ward, "Not known")
    await first_dose(ward, "1.6.2026")
    await say(ward, "Confirm")
    await wrong(ward, "First dose", "Wrong day", "Enter the right value", "9.3.2026", code=OTHER)
    assert BY_THEN in ward.last.text
    await say(ward, "Confirm")

    assert "Dose not known, first dose on 9 Mar 2026; next dose not recorded." in ward.last.text


async def test_where_the_dose_was_told_nothing_of_that_is_said(ward):
    await enrols(ward, "45 mg")
    await first_dose(ward, "8.3.2026")

    assert "not known" not in ward.last.text
    assert "not asked any more" not in ward.last.text


UNFIT = (
    "15 mg, told as taken on 1 Jun 2026, would not fit any more: {why} Under Correct it is to be put right, or taken "
    "out, first."
)


@pytest.mark.parametrize(
    ("begun", "why"),
    [
        ("1.6.2026", "the first dose is of that day."),
        ("2.6.2026", "1 Jun 2026 lies before the first dose, 2 Jun 2026."),
    ],
)
async def test_a_first_dose_of_the_day_of_another_that_was_told_is_refused_with_the_way(ward, clock, begun, why):
    await enrols(ward, "15 mg")
    clock.passes(days=1)
    await first_dose(ward, begun)
    assert f"CHECK: {UNFIT.format(why=why)}" in ward.last.text
    await say(ward, "Confirm")
    assert UNFIT.format(why=why) in ward.transcript[-1]


async def test_that_way_leads_to_the_beginning(ward):
    await enrols(ward, "15 mg")
    await wrong(ward, "Dose of", "Typing error", "Only take it out", code=OTHER)
    await ward.taps("Take it out")
    await first_dose(ward, "1.6.2026", "15 mg")
    assert BEGINS in ward.last.text
    await say(ward, "Confirm")

    assert "15 mg since 1 Jun 2026; next dose not recorded." in ward.last.text


async def records(line, move, on, *steps):
    await say(line, f"/p {OTHER}", "Course", move, on, *steps)


@pytest.mark.parametrize(
    ("mg", "now"),
    [("15 mg", "15 mg since 4 May 2026."), ("30 mg", "15 mg taken on 1 Jun 2026, since when is not known.")],
    ids=["the same", "another"],
)
async def test_an_earlier_dose_is_told_later_and_tells_since_when_it_is_taken(ward, mg, now):
    await enrols(ward, "15 mg")
    await records(ward, "Dose", "4.5.2026", mg, "Standard of the protocol", "Confirm")

    assert now in ward.last.text
    await ward.says(f"/history {OTHER}")
    assert f"Dose of 4 May 2026: {mg}" in ward.last.text


async def test_an_earlier_dose_before_the_first_one_is_refused_by_that(ward):
    await enrols(ward, "15 mg")
    await records(ward, "Dose", "8.3.2026", "30 mg", "Standard of the protocol", "Confirm")

    assert "(8 Mar 2026 lies before the first dose, 9 Mar 2026.)" in ward.transcript[-1]


async def test_an_earlier_interruption_is_refused_with_the_way(ward):
    await enrols(ward, "15 mg")
    await records(ward, "Interruption", "4.5.2026", "Infection", "Confirm")

    why = "The treatment is interrupted: no dose to change."
    assert UNFIT.format(why=why) in ward.transcript[-1]


async def test_before_a_dose_whose_day_is_known_no_other_is_told(ward):
    await enrols(ward, "45 mg")
    await records(ward, "Dose", "4.5.2026", "30 mg", "Standard of the protocol", "Confirm")
    await records(ward, "Dose", "3.5.2026", "15 mg", "Standard of the protocol", "Confirm")

    assert "(3 May 2026 lies before the dose, 4 May 2026.)" in ward.transcript[-1]


async def test_with_another_step_of_the_course_nothing_of_the_dose_by_then_is_said(ward):
    await enrols(ward, "Not known")
    await records(ward, "Dose", "4.5.2026", "30 mg", "Standard of the protocol", "Confirm")
    await first_dose(ward, "16.3.2026")

    assert "stays not known" not in ward.last.text
