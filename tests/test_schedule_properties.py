"""What holds for the schedule of every patient, whatever is known."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.history import Handled, History, Region, Sex
from flows.numerals import read_number
from flows.protocol import after_last_dose, cpk, monitoring, next_dose, satisfied
from flows.protocol import schedule as schedule_module
from flows.protocol.due import DueState
from flows.protocol.satisfied import PARTS
from flows.protocol.schedule import schedule
from flows.protocol.screening import checklist
from flows.questionnaire import Disease
from flows.samples import Lab
from tests.schedules import CBC, LIPIDS, MARKERS, START, dose, hbi, interrupted, mes, pms, ses_cd

OPEN = {DueState.PLANNED, DueState.DUE, DueState.OVERDUE}
SATISFIED = {DueState.DONE, DueState.DONE_LATE}
LAST_DAY = 900
ANALYTES = (*CBC, "alt", *LIPIDS, *MARKERS, "cpk", "egfr")
DAYS = st.integers(-100, LAST_DAY)


def _lab(code, day):
    return Lab(analyte=BY_CODE[code], on=START + timedelta(days=day), number=read_number("3"), given="3")


LABS = st.builds(_lab, st.sampled_from(ANALYTES), DAYS)
SAID = st.builds(
    lambda item, day, state: Handled(item=item, on=START + timedelta(days=day), state=state, why="because"),
    st.sampled_from([item for item in PARTS if PARTS[item]]),
    DAYS,
    st.sampled_from(["done", "awaiting", "not_possible"]),
)
COURSES = st.sampled_from(
    [(), interrupted(20), interrupted(20, 30), interrupted(20, 60), (dose(56, 15),), (dose(84, 30),)]
)


@st.composite
def charts(draw, disease=None):
    disease = disease or draw(st.sampled_from(Disease))
    measures = (hbi, ses_cd) if disease is Disease.CROHNS else (pms, mes)
    scores = st.builds(lambda measure, day: measure(day), st.sampled_from(measures), DAYS)
    stopped = draw(st.none() | st.integers(0, LAST_DAY))
    return Chart(
        disease=disease,
        started_on=START,
        stopped_on=None if stopped is None else START + timedelta(days=stopped),
        induction_weeks=draw(st.sampled_from([None, 8, 12])),
        region=draw(st.none() | st.sampled_from(Region)),
        sex=draw(st.none() | st.sampled_from(Sex)),
        history=History(childbearing_potential=draw(st.none() | st.booleans())),
        risks=draw(st.none() | st.frozensets(st.sampled_from(["skin_cancer_risk", "tb_risk"]))),
        labs=tuple(draw(st.lists(LABS, max_size=25))),
        scores=tuple(draw(st.lists(scores, max_size=8))),
        handled=tuple(draw(st.lists(SAID, max_size=5))),
        course=draw(COURSES),
    )


TODAY = st.integers(-50, LAST_DAY).map(lambda day: START + timedelta(days=day))


@settings(max_examples=300, deadline=None)
@given(charts(), TODAY)
def test_no_item_stands_twice_with_one_day_and_every_entry_is_whole(chart, today):
    found = schedule(chart, today)

    assert max(Counter((each.item, each.due) for each in found).values()) == 1
    assert all(each.item in PARTS and each.title and each.why and each.source.title for each in found)
    assert [each.due or date.max for each in found] == sorted(each.due or date.max for each in found)


@settings(max_examples=300, deadline=None)
@given(charts(), TODAY)
def test_a_window_contains_its_day_and_its_state_follows(chart, today):
    for each in schedule(chart, today):
        assert each.opens is None or each.due is None or each.opens <= each.due
        assert each.due is None or (each.until is not None and each.due <= each.until)
        if each.state is DueState.OVERDUE:
            assert each.until < today
        if each.state is DueState.DUE:
            assert each.opens is None or each.opens <= today
            assert each.until is None or today <= each.until
        if each.state in SATISFIED and each.done_on and each.until and each.item != "dose_step":
            assert (each.state is DueState.DONE_LATE) == (each.done_on > each.until)
            assert each.done_on <= today


@settings(max_examples=300, deadline=None)
@given(charts(), TODAY, LABS)
def test_a_value_more_never_makes_a_satisfied_item_unsatisfied(chart, today, lab):
    one_off = {each.id for each in (*monitoring.BASELINE, *monitoring.ONCE)}
    more = replace(chart, labs=(*chart.labs, lab))
    before = {each.item for each in schedule(chart, today) if each.state in SATISFIED}
    after = {each.item for each in schedule(more, today) if each.state in SATISFIED}

    assert before & one_off <= after


@settings(max_examples=200, deadline=None)
@given(charts(), TODAY)
def test_at_most_one_entry_of_a_series_is_open_and_it_is_the_last(chart, today):
    for item in ("rep_lab", "rep_lipid", "clin", "bio", "tb_re", "skin"):
        states = [each.state for each in schedule(chart, today) if each.item == item]

        assert not OPEN.intersection(states[:-1])


@settings(max_examples=200, deadline=None)
@given(charts(), TODAY)
def test_after_the_last_dose_nothing_is_due(chart, today):
    found = schedule(chart, today)

    if chart.stopped_on and chart.stopped_on <= today:
        assert {each.item for each in found if each.state in OPEN} <= {"contra_end", "lact_end"}


@settings(max_examples=300, deadline=None)
@given(charts(), TODAY)
def test_no_result_is_only_awaited_when_its_window_is_over(chart, today):
    """But after the last dose, and while an interruption holds what goes with the induction."""
    if not (chart.stopped_on and chart.stopped_on <= today) and chart.course != interrupted(20):
        over = [each for each in schedule(chart, today) if each.until is not None and each.until < today]

        assert [each.item for each in over if each.state is DueState.AWAITING and each.said_on] == []


@settings(max_examples=200, deadline=None)
@given(charts(), TODAY)
def test_what_lies_after_today_changes_nothing(chart, today):
    """Values, scores and sayings of later days are not known yet; but the treatment may be planned."""
    seen = {
        name: tuple(each for each in getattr(chart, name) if each.on <= today) for name in ("labs", "scores", "handled")
    }
    now = replace(chart, **seen)

    assert schedule(now, today) == schedule(chart, today)


@settings(max_examples=100, deadline=None)
@given(charts(), TODAY)
def test_what_the_caller_has_found_already_is_what_is_found(chart, today):

    assert schedule(chart, today, found=checklist(chart, today)) == schedule(chart, today)


# Every item of CLINICAL.md section 4, and what may be said of it

SECTION_4 = """
base_cbc base_lft base_lipid base_renal base_igra base_chest base_hbv base_hcv base_zoster base_cv base_preg base_meds
base_score base_bio base_endo base_cpk dose_step wk8_cd early_lab ind_end_uc ind_end_cd wk12_cbc wk12_lft wk12_lipid
wk12_bio ext_uc ext_cd rep_lab rep_lipid clin bio endo_cd endo_uc hbv_dna tb_re skin cpk ae_review contra_end lact_end
"""


def test_every_item_of_the_table_is_known_and_no_other():
    assert set(PARTS) == set(SECTION_4.split())


STATED = [
    each
    for module in (monitoring, satisfied, next_dose, cpk, after_last_dose, schedule_module)
    for each in module.STATED
]


def test_nothing_is_stated_twice():
    assert max(Counter((each.says, each.source) for each in STATED).values()) == 1


@pytest.mark.parametrize("word", ["must", "should", "you ", "start", "stop", "give ", "urgent"])
def test_nothing_that_is_stated_is_a_command(word):
    assert [each.says for each in STATED if word in each.says.lower()] == []


def test_a_window_of_this_project_is_never_put_into_a_labels_mouth():
    days = [each for each in STATED if "window" in each.says or "open from" in each.says]

    assert days
    assert {each.source.authority for each in days} == {"policy"}
