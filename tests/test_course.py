"""What can be recorded of a course, on which day, and where it leads: never elsewhere than the treatment says."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.arrows import arrows
from flows.course import MACHINE, RECORDED, TRANSITIONS, Course, Trigger, course_of
from flows.days import day as told
from flows.errors import NotNow
from flows.protocol.workflow import WORKFLOW
from flows.questionnaire import Disease
from flows.reasons import END_OF_TREATMENT, SHORTER_INDUCTION
from flows.steps import Resumed, Step
from flows.treatment import Phase, Treatment
from tests.machines import moves_in, moves_of

FIRST_DOSE = date(2026, 1, 5)
CD, UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS
START, DOSE, INTERRUPT, RESTART, STOP, ELAPSE = Trigger
SCREENING, INDUCTION, MAINTENANCE, INTERRUPTED, STOPPED = Phase


def day(number):
    """The first dose is taken on day 0."""
    return FIRST_DOSE + timedelta(days=number)


def course(disease, *steps, weeks=None, today=None):
    """A course as it stands after some steps, each recorded on its day: the day, the move, the dose if there is one."""
    found = course_of(Treatment(disease=disease, induction_weeks=weeks), day(-10))
    for on, trigger, *mg in steps:
        found.elapse(day(on))
        found.record(trigger, day(on), mg=(*mg, None)[0])
    if today is not None:
        found.elapse(day(today))
    return found


def refusal(found, trigger, on, mg=None):
    """The sentence with which a step is refused; nothing of the course has changed then."""
    before = replace(found)
    with pytest.raises(NotNow) as refused:
        found.record(trigger, day(on), mg=mg)
    assert found == before
    return str(refused.value)


BEGUN = (0, START, 45)
IN = {
    SCREENING: partial(course, UC, today=10),
    INDUCTION: partial(course, UC, BEGUN, today=10),
    MAINTENANCE: partial(course, UC, BEGUN, (8, DOSE, 15), today=10),
    INTERRUPTED: partial(course, UC, BEGUN, (8, INTERRUPT), today=10),
    STOPPED: partial(course, UC, BEGUN, (8, STOP), today=10),
}


# The table


def test_the_machine_is_the_table_and_keeps_no_one_in_memory():
    assert moves_of(MACHINE) == moves_in(TRANSITIONS)
    assert MACHINE.models == []
    assert MACHINE.initial == SCREENING.name


def test_the_picture_has_one_line_for_each_move_by_the_phase_that_it_leaves():
    lines = [line for _, moves in WORKFLOW.picture for line in moves]
    drawn = [re.fullmatch(r"(\w+) → (\w+): ([\w ]+?)(?:, if (.+))?", line).groups("") for line in lines]

    assert len(drawn) == 16
    assert sorted(drawn) == sorted(map(tuple, arrows(TRANSITIONS)))
    assert [heading for heading, _ in WORKFLOW.picture] == [f"From {each.value}" for each in Phase]
    assert all(line.startswith(heading.removeprefix("From ")) for heading, moves in WORKFLOW.picture for line in moves)


def test_a_move_that_leads_nowhere_is_drawn_as_staying():
    drawn = arrows(
        [("wait", (SCREENING, INDUCTION), None, "_is_ill", "_note"), ("go", SCREENING, INDUCTION, None, None)]
    )

    assert drawn == (
        ("screening", "screening", "wait", "is ill"),
        ("induction", "induction", "wait", "is ill"),
        ("screening", "induction", "go", ""),
    )


def test_a_phase_is_entered_by_screening_alone_and_none_is_final():
    drawn = arrows(TRANSITIONS)

    assert "screening" not in {each.target for each in drawn}
    assert {each.source for each in drawn} == {each.value for each in Phase}


# Every row, walked


@pytest.mark.parametrize(
    ("before", "trigger", "mg", "after"),
    [
        (partial(course, UC, today=0), START, 45, INDUCTION),
        (partial(course, UC, BEGUN, today=42), DOSE, 45, INDUCTION),
        (partial(course, UC, BEGUN, today=60), DOSE, 45, INDUCTION),
        (partial(course, UC, BEGUN, today=40), DOSE, 30, MAINTENANCE),
        (partial(course, UC, BEGUN, today=60), DOSE, 15, MAINTENANCE),
        (partial(course, CD, BEGUN, weeks=12, today=84), DOSE, 45, MAINTENANCE),
        (partial(course, UC, BEGUN, today=20), INTERRUPT, None, INTERRUPTED),
        (partial(course, UC, BEGUN, today=60), INTERRUPT, None, INTERRUPTED),
        (partial(course, UC, BEGUN, (20, INTERRUPT), today=30), RESTART, None, INDUCTION),
        (partial(course, UC, BEGUN, (20, INTERRUPT), today=30), RESTART, 30, MAINTENANCE),
        (partial(course, UC, BEGUN, (60, INTERRUPT), today=70), RESTART, None, MAINTENANCE),
        (partial(course, UC, BEGUN, (20, STOP), today=30), RESTART, 45, INDUCTION),
        (partial(course, UC, BEGUN, (60, STOP), today=300), RESTART, 45, INDUCTION),
        (partial(course, UC, BEGUN, (60, STOP), today=300), RESTART, 15, MAINTENANCE),
        (partial(course, UC, BEGUN, (60, DOSE, 15), (90, INTERRUPT), today=118), RESTART, 45, MAINTENANCE),
        (partial(course, UC, BEGUN, (60, DOSE, 15), (90, INTERRUPT), today=119), RESTART, 45, INDUCTION),
        (partial(course, UC, BEGUN, today=20), STOP, None, STOPPED),
        (partial(course, UC, BEGUN, today=60), STOP, None, STOPPED),
        (partial(course, UC, BEGUN, (20, INTERRUPT), today=30), STOP, None, STOPPED),
    ],
    ids=[
        "the first dose begins induction",
        "45 mg again from a fortnight before its end on: the longer induction of colitis",
        "45 mg again, recorded late: induction goes on after all",
        "another dose ends induction early",
        "a dose after the end of induction",
        "45 mg again at its end in Crohn's: nobody knows more than 12 weeks of it",
        "an interruption of induction",
        "an interruption of maintenance",
        "a restart while 45 mg would still go on",
        "a restart with another dose",
        "a restart after the end of induction",
        "a restart after an end of treatment: that was an interruption",
        "a restart long after it at 45 mg: a second induction, whose end is asked",
        "a restart long after it with another dose",
        "a restart at 45 mg in maintenance, after 28 days: 45 mg again and no more",
        "a restart at 45 mg in maintenance, after 29 days: a second induction",
        "an end of treatment in induction",
        "an end of treatment in maintenance",
        "an end of treatment while interrupted",
    ],
)
def test_what_is_recorded_leads_from_phase_to_phase(before, trigger, mg, after):
    found = before()
    today = found.today
    found.record(trigger, today, mg=mg)

    assert found.phase is after is found.treatment.phase(today)


@pytest.mark.parametrize(
    ("today", "phase"), [(-1, SCREENING), (0, INDUCTION), (55, INDUCTION), (56, MAINTENANCE)]
)  # fmt: skip
def test_the_date_alone_begins_a_planned_treatment_and_ends_induction(today, phase):
    found = course_of(Treatment(disease=UC, started_on=FIRST_DOSE), day(-10))
    found.elapse(day(today))

    assert found.phase is phase


@pytest.mark.parametrize("phase", [INTERRUPTED, STOPPED, MAINTENANCE])
def test_the_date_alone_changes_nothing_else(phase):
    found = IN[phase]()
    found.elapse(day(900))

    assert found.phase is phase


def test_every_row_of_the_table_is_walked_by_some_course():
    walked = set()
    for disease, steps in [
        (UC, [BEGUN, (42, DOSE, 45), (43, DOSE, 15), (44, DOSE, 30), (45, INTERRUPT), (46, RESTART), (47, STOP)]),
        (UC, [BEGUN, (20, INTERRUPT), (25, RESTART), (30, STOP), (35, RESTART), (40, INTERRUPT), (41, STOP)]),
        (UC, [BEGUN, (60, DOSE, 45), (61, DOSE, 30), (62, STOP), (70, RESTART)]),
    ]:
        found = course(disease)
        for on, trigger, *mg in steps:
            walked |= moves(found, lambda: found.elapse(day(on)), ELAPSE)  # noqa: B023
            walked |= moves(found, lambda: found.record(trigger, day(on), mg=(*mg, None)[0]), trigger)  # noqa: B023
    planned = course_of(Treatment(disease=UC, started_on=FIRST_DOSE), day(-1))
    walked |= moves(planned, lambda: planned.elapse(day(0)), ELAPSE)

    assert {(each.source, each.target, each.trigger) for each in arrows(TRANSITIONS)} == walked


def moves(found, act, trigger):
    """What an act did to a phase: nothing where the date left it as it was."""
    before = found.phase
    act()
    stayed = trigger is ELAPSE and found.phase is before
    return set() if stayed else {(before.value, found.phase.value, trigger.value)}


# What is possible, and the sentence where it is not


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (SCREENING, (START,)),
        (INDUCTION, (DOSE, INTERRUPT, STOP)),
        (MAINTENANCE, (DOSE, INTERRUPT, STOP)),
        (INTERRUPTED, (RESTART, STOP)),
        (STOPPED, (RESTART,)),
    ],
)
def test_in_each_phase_only_some_moves_are_possible(phase, expected):
    assert IN[phase]().phase is phase
    assert IN[phase]().possible() == expected
    assert [each in IN[phase]().possible() for each in Trigger] == [each in expected for each in Trigger]


SENTENCES = {
    (SCREENING, DOSE): "The treatment has not begun: no dose to change.",
    (SCREENING, INTERRUPT): "The treatment has not begun: nothing to interrupt.",
    (SCREENING, RESTART): "The treatment has not begun: nothing to restart.",
    (SCREENING, STOP): "The treatment has not begun: nothing to stop.",
    (INDUCTION, START): "The first dose is recorded already.",
    (INDUCTION, RESTART): "The treatment is not interrupted: nothing to restart.",
    (MAINTENANCE, START): "The first dose is recorded already.",
    (MAINTENANCE, RESTART): "The treatment is not interrupted: nothing to restart.",
    (INTERRUPTED, START): "The first dose is recorded already.",
    (INTERRUPTED, DOSE): "The treatment is interrupted: no dose to change.",
    (INTERRUPTED, INTERRUPT): "The treatment is interrupted: nothing to interrupt.",
    (STOPPED, START): "The first dose is recorded already.",
    (STOPPED, DOSE): "The treatment has ended: no dose to change.",
    (STOPPED, INTERRUPT): "The treatment has ended: nothing to interrupt.",
    (STOPPED, STOP): "The treatment has ended: nothing to stop.",
}


def test_every_move_is_possible_in_a_phase_or_has_its_sentence():
    possible = {(phase, trigger) for phase, found in IN.items() for trigger in found().possible()}

    assert possible | set(SENTENCES) == {(phase, trigger) for phase in Phase for trigger in RECORDED}
    assert possible & set(SENTENCES) == set()


@pytest.mark.parametrize(("phase", "trigger"), SENTENCES, ids=" ".join)
def test_what_is_not_possible_in_a_phase_is_refused_with_a_sentence(phase, trigger):
    assert refusal(IN[phase](), trigger, 10, 15) == SENTENCES[phase, trigger]


# The day of a step


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (31, "5 Feb 2026 lies after today."),
        (-1, "4 Jan 2026 lies before the first dose, 5 Jan 2026."),
        (19, "24 Jan 2026 lies before the interruption, 25 Jan 2026."),
    ],
    ids=["tomorrow", "before the first dose", "before a later step"],
)
def test_a_step_on_an_impossible_day_is_refused(on, sentence):
    assert refusal(course(UC, BEGUN, (20, INTERRUPT), today=30), RESTART, on) == sentence


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([(10, DOSE, 15)], "14 Jan 2026 lies before the dose, 15 Jan 2026."),
        ([(5, INTERRUPT), (10, RESTART)], "14 Jan 2026 lies before the restart, 15 Jan 2026."),
        ([(10, STOP)], "14 Jan 2026 lies before the end of treatment, 15 Jan 2026."),
    ],
    ids=["a dose", "a restart", "an end of treatment"],
)
def test_the_later_step_is_named(steps, sentence):
    assert refusal(course(UC, BEGUN, *steps, today=30), INTERRUPT, 9) == sentence


@pytest.mark.parametrize(("trigger", "mg"), [(DOSE, 15), (INTERRUPT, None), (STOP, None)])
def test_a_step_on_the_day_of_another_is_taken(trigger, mg):
    found = course(UC, BEGUN, (20, INTERRUPT), (20, RESTART), (20, trigger, mg))

    assert found.phase is found.treatment.phase(day(20))


def test_a_step_lies_on_or_after_the_day_of_the_first_dose():
    found = course(UC, BEGUN, today=0)

    assert refusal(found, INTERRUPT, -1) == "4 Jan 2026 lies before the first dose, 5 Jan 2026."
    found.record(INTERRUPT, day(0))
    assert found.phase is INTERRUPTED


def test_a_step_lies_on_or_after_a_first_dose_that_the_chart_alone_knows():
    found = course_of(Treatment(disease=UC, started_on=FIRST_DOSE), day(10))

    assert refusal(found, INTERRUPT, -1) == "4 Jan 2026 lies before the first dose, 5 Jan 2026."
    found.record(INTERRUPT, day(0))
    assert found.phase is INTERRUPTED


def test_a_restart_lies_after_the_day_of_the_last_dose():
    found = course(UC, BEGUN, (20, STOP), today=25)

    assert refusal(found, RESTART, 20) == "The last dose was on 25 Jan 2026: a restart lies after it."
    found.record(RESTART, day(21))
    assert found.phase is INDUCTION


def test_a_second_first_dose_is_refused_on_any_day():
    found = course(UC, BEGUN, today=10)

    assert {refusal(found, START, on, 45) for on in (-5, 0, 5, 10)} == {"The first dose is recorded already."}


def test_a_planned_first_dose_may_be_taken_on_another_day():
    found = course_of(Treatment(disease=UC, started_on=day(5)), day(0))
    found.record(START, day(-1), mg=45)

    assert found.treatment.started_on == day(-1)
    assert found.phase is INDUCTION


def test_before_its_planned_first_dose_nothing_else_is_possible():
    found = course_of(Treatment(disease=UC, started_on=day(5)), day(0))

    assert refusal(found, INTERRUPT, -1) == "The treatment has not begun: nothing to interrupt."


def test_after_a_last_dose_on_the_chart_itself_nothing_is_possible():
    ended = Treatment(disease=UC, started_on=FIRST_DOSE, stopped_on=day(20))
    sentence = "The treatment has ended for good, its last dose was on 25 Jan 2026."

    assert course_of(ended, day(20)).possible() == ()
    assert {refusal(course_of(ended, day(30)), trigger, 15, 15) for trigger in RECORDED} == {sentence}
    assert course_of(ended, day(19)).possible() == (DOSE, INTERRUPT, STOP)


def test_a_step_may_be_recorded_long_after_its_day():
    found = course(UC, BEGUN, today=200)
    found.record(INTERRUPT, day(20))
    found.record(RESTART, day(30))

    assert (found.phase, found.today) == (MAINTENANCE, day(200))
    assert found.treatment.induction_ends(day(200)) == {8: day(66)}


# A step that was recorded wrongly


def correct(found, at, trigger, on, **more):
    """As the record has it: of one day what was recorded first comes first."""
    others = [each for place, each in enumerate(found.treatment.steps) if place != at]
    to = sum(each.on < day(on) or (each.on == day(on) and place < at) for place, each in enumerate(others))
    found.correct(at, to, trigger, day(on), **more)


PAUSED_TWICE = [(20, INTERRUPT), (60, RESTART, 45), (70, INTERRUPT), (75, RESTART, 45)]


def test_a_corrected_step_takes_its_place_and_the_later_ones_stand():
    found = course(CD, BEGUN, *PAUSED_TWICE, weeks=12, today=200)
    correct(found, 2, RESTART, 60, mg=45, induction=Resumed.ANEW, weeks=8)

    assert [each.on for each in found.treatment.steps] == [day(on) for on in (0, 20, 60, 70, 75)]
    assert found.treatment.induction_ends(day(200)) == {8: day(60 + 56 + 5)}
    assert found == course_of(found.treatment, day(200))


@pytest.mark.parametrize(
    ("at", "trigger", "on", "sentence"),
    [
        (2, RESTART, 19, "The treatment is not interrupted: nothing to restart."),
        (2, RESTART, 76, "The treatment is interrupted: nothing to interrupt."),
        (1, INTERRUPT, 61, "The treatment is not interrupted: nothing to restart."),
        (0, START, 21, "25 Jan 2026 lies before the first dose, 26 Jan 2026."),
        (4, RESTART, 201, "25 Jul 2026 lies after today."),
    ],
)
def test_a_correction_that_would_contradict_the_course_is_refused_and_changes_nothing(at, trigger, on, sentence):
    found = course(CD, BEGUN, *PAUSED_TWICE, weeks=12, today=200)
    before = replace(found)
    with pytest.raises(NotNow) as refused:
        correct(found, at, trigger, on, mg=45)

    assert found == before
    assert str(refused.value).endswith(sentence)


def test_a_first_dose_is_moved_and_entered_before_the_steps_that_stand():
    found = course(UC, BEGUN, (60, DOSE, 15), today=200)
    correct(found, 0, START, 7, mg=45)
    assert found == course(UC, (7, START, 45), (60, DOSE, 15), today=200)

    without = Treatment(disease=UC, steps=found.treatment.steps[1:])
    again = course_of(without, day(200))
    again.record(START, day(7), mg=45)
    assert again == found
    assert refusal(course_of(without, day(200)), START, 61, 45) == (
        "The dose of 6 Mar 2026 would not fit any more: 6 Mar 2026 lies before the first dose, 7 Mar 2026."
    )


def test_what_was_recorded_of_the_day_of_a_first_dose_before_it_does_not_fit():
    """Of one day the record keeps its order, and a course begins with its first dose."""
    without = Treatment(disease=UC, steps=course(UC, BEGUN, (60, DOSE, 15), today=200).treatment.steps[1:])

    assert refusal(course_of(without, day(200)), START, 60, 45) == (
        "The dose of 6 Mar 2026 would not fit any more: The treatment has not begun: no dose to change."
    )


def test_of_two_steps_of_one_day_the_later_stays_the_later_when_the_earlier_is_corrected():
    found = course(CD, BEGUN, (20, INTERRUPT), (60, RESTART, 45), (60, DOSE, 15), weeks=12, today=200)
    correct(found, 2, RESTART, 60, mg=30)
    assert [each.mg for each in found.treatment.steps] == [45, None, 30, 15]

    correct(found, 3, DOSE, 60, mg=30)
    assert [each.move for each in found.treatment.steps[2:]] == [RECORDED[RESTART], RECORDED[DOSE]]


# The dose of a step


@pytest.mark.parametrize(("found", "trigger"), [(IN[SCREENING], START), (IN[INDUCTION], DOSE)], ids=["first", "next"])
def test_a_dose_needs_its_milligrams(found, trigger):
    assert refusal(found(), trigger, 10) == "A dose needs its milligrams."


def test_what_was_recorded_is_the_step_with_its_dose_and_its_reason():
    found = course(UC, BEGUN, today=10)
    found.record(STOP, day(9), why="wish")

    assert found.treatment.steps[0] == Step(on=day(0), move=RECORDED[START], mg=45)
    assert found.treatment.steps[1] == Step(on=day(9), move=RECORDED[STOP], why="wish")


@pytest.mark.parametrize(
    ("disease", "weeks", "end", "counts_from"),
    [(UC, None, 56, 42), (CD, 8, 56, 55), (CD, 12, 84, 83), (CD, None, 56, 55)],
    ids=["colitis: the longer induction", "Crohn's, 8 weeks", "Crohn's, 12 weeks", "Crohn's, not chosen: the shorter"],
)
def test_45_mg_recorded_again_in_the_middle_of_induction_would_change_nothing(disease, weeks, end, counts_from):
    found = course(disease, BEGUN, weeks=weeks, today=counts_from)
    sentence = f"45 mg goes on and ends on {told(day(end))}: recorded again it counts from {told(day(counts_from))} on."

    assert refusal(found, DOSE, counts_from - 1, 45) == sentence
    found.record(DOSE, day(counts_from), mg=45)
    assert found.phase is INDUCTION


def test_45_mg_recorded_again_in_colitis_is_the_longer_induction():
    found = course(UC, BEGUN, (55, DOSE, 45), today=111)

    assert found.phase is INDUCTION
    found.elapse(day(112))
    assert found.phase is MAINTENANCE


def test_where_the_end_of_45_mg_cannot_be_said_its_dose_may_be_recorded_again():
    found = course(UC, BEGUN, (20, INTERRUPT), (49, RESTART), (50, DOSE, 45), today=200)

    assert found.phase is INDUCTION
    assert found.treatment.induction_ends(day(200)) is None


def test_only_of_an_induction_that_was_cut_short_something_is_left():
    cut, over = (course(UC, BEGUN, (gap, INTERRUPT), today=200) for gap in (20, 60))
    cut.record(RESTART, day(100), mg=45, induction=Resumed.REST)

    assert cut.treatment.induction_ends(day(200)) == {8: day(56 + 80)}
    with pytest.raises(NotNow, match=r"Induction was over before the interruption: nothing is left of it\."):
        over.record(RESTART, day(100), mg=45, induction=Resumed.REST)


@pytest.mark.parametrize(
    ("how", "waits"),
    [
        ({}, True),
        ({"induction": Resumed.ANEW}, True),
        ({"induction": Resumed.ANEW, "weeks": 12}, False),
        ({"induction": Resumed.REST}, False),
    ],
    ids=["nobody said", "anew, for nobody said how long", "anew, 12 weeks", "what was left of it"],
)
def test_after_a_long_interruption_the_course_waits_for_an_end_until_somebody_says_it(how, waits):
    found = course(CD, BEGUN, (20, INTERRUPT), weeks=12, today=70)
    before = found.waits_for_an_end()
    found.record(RESTART, day(70), mg=45, **how)

    assert (before, found.waits_for_an_end()) == (False, waits)


def test_only_a_second_induction_that_goes_on_waits_for_its_end():
    first = course(CD, BEGUN, weeks=None, today=20)
    over = course(CD, BEGUN, (20, INTERRUPT), (70, RESTART, 45), (80, DOSE, 15), weeks=12, today=90)

    assert (first.waits_for_an_end(), over.waits_for_an_end()) == (False, False)


def test_a_reduced_first_dose_is_that_of_induction():
    found = course(UC, (0, START, 30), today=40)

    assert found.phase is INDUCTION
    assert refusal(found, DOSE, 40, 30).startswith("30 mg goes on and ends on 2 Mar 2026")
    found.record(DOSE, day(40), mg=45)
    assert found.phase is MAINTENANCE


def test_back_on_45_mg_after_another_dose_is_maintenance():
    found = course(CD, BEGUN, (40, DOSE, 30), (46, DOSE, 45), weeks=12)

    assert found.phase is MAINTENANCE


# The course never disagrees with the treatment

STEPS = st.lists(
    st.tuples(st.integers(0, 45), st.sampled_from(list(RECORDED)), st.sampled_from([None, 15, 30, 45])), max_size=9
)
KINDS = st.sampled_from([(UC, None), (CD, None), (CD, 8), (CD, 12)])


@settings(max_examples=150, deadline=None)
@given(KINDS, STEPS)
def test_whatever_is_recorded_the_machine_stands_where_the_treatment_does_on_every_day(kind, steps):
    found, phases = Course(Treatment(disease=kind[0], induction_weeks=kind[1]), day(-1), SCREENING), {}
    for wait, trigger, mg in [*steps, (150, START, None)]:
        for _ in range(wait):
            found.elapse(found.today + timedelta(days=1))
            phases[found.today] = found.phase
        if trigger in found.possible():
            take(found, trigger, mg)
            phases[found.today] = found.phase

    assert {on: found.treatment.phase(on) for on in phases} == phases


@settings(max_examples=200, deadline=None)
@given(KINDS, STEPS)
def test_what_is_recorded_afterwards_leads_where_it_would_have_led_on_its_day(kind, steps):
    then = course_of(Treatment(disease=kind[0], induction_weeks=kind[1]), day(0))
    late = course_of(then.treatment, day(450))
    for wait, trigger, mg in steps:
        then.elapse(then.today + timedelta(days=wait))
        taken = take(then, trigger, mg)
        assert take(late, trigger, mg, then.today) == taken
    then.elapse(day(450))

    assert then == late


@settings(max_examples=200, deadline=None)
@given(KINDS, STEPS, st.integers(0, 60))
def test_what_is_possible_can_be_recorded_from_the_day_after_the_last_step_on(kind, steps, wait):
    """Only a restart has to wait a day for the last dose, and the dose of induction in its middle is no dose change."""
    found = course_of(Treatment(disease=kind[0], induction_weeks=kind[1]), day(0))
    for pause, trigger, mg in steps:
        found.elapse(found.today + timedelta(days=pause))
        take(found, trigger, mg)
    found.elapse(found.today + timedelta(days=1 + wait))
    another = 30 if found.treatment.induction_mg(found.today) == 15 else 15
    refused = [each for each in found.possible() if not take(replace(found), each, another)]

    assert found.possible()
    assert refused == []


def take(found, trigger, mg, on=None):
    """Whether a step was taken."""
    try:
        found.record(trigger, on or found.today, mg=mg)
    except NotNow:
        return False
    return True


# Reasons


def test_a_reason_is_a_short_code_with_its_words_and_everything_else_is_other():
    for reasons in (END_OF_TREATMENT, SHORTER_INDUCTION):
        assert all(re.fullmatch(r"[a-z_]+", code) and len(code) <= 20 for code in reasons)
        assert len(set(reasons.values())) == len(reasons)
        assert list(reasons)[-1] == "other"


def test_the_reasons_for_an_end_of_treatment_name_response_safety_pregnancy_and_the_patient_s_wish():
    safety = ["adverse_event", "infection", "malignancy", "mace", "vte", "pregnancy"]

    assert list(END_OF_TREATMENT) == ["no_response", "loss_of_response", *safety, "wish", "other"]
