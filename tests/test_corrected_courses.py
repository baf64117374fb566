"""However often steps of a course are corrected, the record says what the course said when it was asked."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contract.examined import examine
from flows.course import RECORDED, Trigger, course_of, misfit
from flows.dossier import chart_of
from flows.errors import NotNow
from flows.questionnaire import Disease
from flows.record import STARTED, Fact, Kind, as_one, instead, standing, void
from flows.refiling import places
from flows.steps import Move
from tests.test_filing import written

TODAY = date(2026, 6, 1)
FIRST = TODAY - timedelta(days=150)
TRIGGERS = {RECORDED[each].value: each for each in (Trigger.DOSE, Trigger.INTERRUPT, Trigger.RESTART, Trigger.STOP)}
# Few days, so that steps meet on one.
days = st.integers(0, 12).map(lambda number: FIRST + timedelta(days=12 * number))
doses = st.sampled_from([45, 30, 15])


def read(observations):
    """The chart as it is by what was written."""
    given = chart_of(Disease.ULCERATIVE_COLITIS, None, observations, TODAY)
    return examine(json.loads(json.dumps(given)), TODAY).reading.chart()


def step(trigger, on, mg):
    """What is filed of it; the first dose is its day and its dose."""
    day = [Fact(kind=Kind.COURSE, code=STARTED, on=on, value={})] if trigger is Trigger.START else []
    return [*day, Fact(kind=Kind.COURSE, code=RECORDED[trigger].value, on=on, value={"mg": mg} if mg else {})]


def filed(observations, facts, replaced=()):
    """A further entry, its facts in the place of others as far as there are any."""
    entry = observations[-1].entry + 1 if observations else 1
    return [*observations, *written(facts, entry, len(observations) + 1, replaced)]


def said(draw, trigger):
    """On which day, and at which dose."""
    return draw(days), None if trigger in (Trigger.INTERRUPT, Trigger.STOP) else draw(doses)


def recorded(draw):
    """What was written of a course, step by step, each as the course takes it."""
    observations = filed([], step(Trigger.START, FIRST, 45))
    for trigger in draw(st.lists(st.sampled_from(sorted(TRIGGERS.values())), max_size=6)):
        on, mg = said(draw, trigger)
        with suppress(NotNow):
            course_of(read(observations).treatment, TODAY).record(trigger, on, mg=mg)
            observations = filed(observations, step(trigger, on, mg))
    return observations


@settings(max_examples=120)
@given(st.data())
def test_a_correction_that_the_course_takes_leads_where_the_course_said(data):
    observations = recorded(data.draw)
    for _ in range(3):
        stands = standing(observations)
        wrong = as_one(data.draw(st.sampled_from([each for each in stands if each.fact.code != STARTED])), stands)
        trigger = Trigger.START if len(wrong) > 1 else TRIGGERS[wrong[0].fact.code]
        on, mg = said(data.draw, trigger)
        course = course_of(read(observations).treatment, TODAY)
        at, to = places(stands, wrong[-1], on, TODAY)
        with suppress(NotNow):
            course.correct(at, to, trigger, on, mg=mg)
            observations = filed(observations, step(trigger, on, mg), wrong)

        after = read(observations).treatment
        assert (after.started_on, after.steps) == (course.treatment.started_on, course.treatment.steps)
        assert misfit(after, TODAY) is None


@settings(max_examples=120)
@given(st.data())
def test_a_step_that_is_taken_out_leaves_what_the_course_would_have_taken_or_says_which_step_it_would_not(data):
    observations = recorded(data.draw)
    gone = data.draw(st.sampled_from([each for each in standing(observations) if each.fact.code in TRIGGERS]))
    left = read(instead(observations, [(gone, void(gone.fact))])).treatment
    found = misfit(left, TODAY)

    kept = left.steps[: len(left.steps) if found is None else found[0]]
    first = 1 if kept and kept[0].on == FIRST and kept[0].move is Move.DOSE else 0
    course = course_of(replace(left, steps=kept[:first]), TODAY)
    for each in kept[first:]:
        course.record(TRIGGERS[each.move.value], each.on, mg=each.mg)
    if found is not None:
        unfit = left.steps[found[0]]
        with pytest.raises(NotNow) as refusal:
            course.record(TRIGGERS[unfit.move.value], unfit.on, mg=unfit.mg)
        assert found[1].endswith(f"would not fit any more: {refusal.value}")
