"""However often steps of a course are corrected, the record says what the course said when it was asked."""

import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.examined import examine
from flows.course import RECORDED, Trigger, course_of
from flows.dossier import chart_of
from flows.errors import NotNow
from flows.questionnaire import Disease
from flows.record import STARTED, Fact, Kind, as_one, standing
from flows.refiling import places
from tests.test_filing import written

TODAY = date(2026, 6, 1)
FIRST = TODAY - timedelta(days=150)
triggers = st.sampled_from([Trigger.DOSE, Trigger.INTERRUPT, Trigger.RESTART, Trigger.STOP])
# Few days, so that steps meet on one.
days = st.integers(0, 12).map(lambda number: FIRST + timedelta(days=12 * number))
doses = st.sampled_from([45, 30, 15])


def read(observations):
    chart = examine(json.loads(json.dumps(chart_of(Disease.ULCERATIVE_COLITIS, None, observations, TODAY))), TODAY)
    return chart.reading.chart()


def told(trigger, on, mg):
    value = {} if mg is None else {"mg": mg}
    return Fact(kind=Kind.COURSE, code=RECORDED[trigger].value, on=on, value=value)


def dose_of(trigger, mg):
    return None if trigger in (Trigger.INTERRUPT, Trigger.STOP) else mg


def filed(observations, facts, replaced=()):
    """A further entry, its facts in the place of others as far as there are any."""
    entry = observations[-1].entry + 1 if observations else 1
    return [*observations, *written(facts, entry, len(observations) + 1, replaced)]


@settings(max_examples=300)
@given(st.data())
def test_a_correction_that_the_course_takes_leads_where_the_course_said(data):
    begun = Fact(kind=Kind.COURSE, code=STARTED, on=FIRST, value={})
    observations = filed([], [begun, told(Trigger.START, FIRST, 45)])
    for trigger in data.draw(st.lists(triggers, max_size=6)):
        on, mg = data.draw(days), dose_of(trigger, data.draw(doses))
        course = course_of(read(observations).treatment, TODAY)
        try:
            course.record(trigger, on, mg=mg)
        except NotNow:
            continue
        observations = filed(observations, [told(trigger, on, mg)])
    for _ in range(3):
        stands = [each for each in standing(observations) if each.fact.code != STARTED]
        wrong = as_one(data.draw(st.sampled_from(stands)), standing(observations))
        fact = wrong[-1].fact
        trigger = Trigger.START if len(wrong) > 1 else next(
            each for each in RECORDED if RECORDED[each].value == fact.code and each is not Trigger.START
        )  # fmt: skip
        on, mg = data.draw(days), dose_of(trigger, data.draw(doses))
        course = course_of(read(observations).treatment, TODAY)
        at, to = places(standing(observations), wrong[-1], on, TODAY)
        try:
            course.correct(at, to, trigger, on, mg=mg)
        except NotNow:
            continue
        right = [Fact(kind=Kind.COURSE, code=STARTED, on=on, value={})] if len(wrong) > 1 else []
        observations = filed(observations, [*right, told(trigger, on, mg)], wrong)
        after = read(observations)

        assert after.course == course.treatment.steps
        assert after.started_on == course.treatment.started_on
