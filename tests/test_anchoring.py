"""What a restart moves: the end of 45 mg by the length of the interruption, and no safety laboratory. CLINICAL.md 4."""

from dataclasses import replace
from datetime import date

import pytest

from flows.anchoring import Moved
from flows.anchoring import reanchored as between
from flows.course import Trigger, course_of
from flows.history import Region
from flows.protocol.schedule import schedule
from flows.steps import Move, Resumed, Step
from tests.schedules import CBC, CD, UC, chart, dose, interrupted, labs, on_day


def reanchored(patient, step, today):
    """What a step moves that is added to a course."""
    return between(patient, replace(patient, course=(*patient.course, step)), today)


def restart(day, mg=None):
    return Step(on=on_day(day), move=Move.RESTARTED, mg=mg)


def dates(text):
    """A table of literal dates, before and after; `-` for none."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return {label.strip(): tuple(_day(each.strip()) for each in days) for label, *days in rows}


def _day(text):
    return None if text == "-" else date.fromisoformat(text)


def found(patient, step, today):
    """By label; the baseline is left out, of which everything is missing in these charts."""
    moved = reanchored(patient, step, on_day(today))
    before = {each.title for each in schedule(patient, on_day(today)) if each.item.startswith("base_")}
    return {each.label: (each.before, each.after) for each in moved if each.label not in before}


# Ten days without the drug, from 6 to 16 March: 45 mg ends on day 94 in place of day 84.
# The dose after it is due a fortnight before its end.
CROHNS_12_WEEKS = """
End of 45 mg                                       | 2026-03-30 | 2026-04-09
Dose after 45 mg                                   | 2026-03-16 | 2026-03-26
Week 8: HBI, CRP, calprotectin                     | 2026-03-02 | 2026-03-02
End of induction, response: HBI, CRP, calprotectin | 2026-03-30 | 2026-04-09
Week 12: blood count                               | 2026-03-30 | 2026-03-30
Week 12: liver tests                               | 2026-03-30 | 2026-03-30
Week 12: lipids                                    | 2026-03-30 | 2026-03-30
Week 12: CRP, calprotectin                         | 2026-03-30 | 2026-03-30
Ileocolonoscopy, SES-CD                            | 2026-07-04 | 2026-07-04
Tuberculosis: symptoms, IGRA at risk               | 2027-01-05 | 2027-01-05
"""
# Fourteen days, from 25 January to 8 February: day 70 in place of day 56.
COLITIS = """
End of 45 mg                                       | 2026-03-02 | 2026-03-16
Blood count, liver tests; CPK with symptoms        | 2026-02-02 | 2026-02-02
Dose after 45 mg                                   | 2026-02-16 | 2026-03-02
End of induction, response: PMS, CRP, calprotectin | 2026-03-02 | 2026-03-16
Week 12: blood count                               | 2026-03-30 | 2026-03-30
Week 12: liver tests                               | 2026-03-30 | 2026-03-30
Week 12: lipids                                    | 2026-03-30 | 2026-03-30
Week 12: CRP, calprotectin                         | 2026-03-30 | 2026-03-30
Endoscopy, MES                                     | 2026-04-05 | 2026-04-05
Tuberculosis: symptoms, IGRA at risk               | 2027-01-05 | 2027-01-05
"""


@pytest.mark.parametrize(
    ("patient", "back", "expected"),
    [(chart(CD, course=interrupted(60)), 70, CROHNS_12_WEEKS), (chart(UC, course=interrupted(20)), 34, COLITIS)],
    ids=["Crohn's, 12 weeks", "colitis"],
)
def test_a_restart_shifts_the_end_of_induction_and_no_laboratory_value(patient, back, expected):
    assert found(patient, restart(back), back) == dates(expected)


@pytest.mark.parametrize(
    ("back", "after"),
    [(47, "2026-03-29"), (48, "2026-03-30"), (49, None)],
    ids=["27 days", "28 days", "29 days: a question"],
)
def test_after_more_than_four_weeks_the_end_of_45_mg_cannot_be_said(back, after):
    end = reanchored(chart(UC, course=interrupted(20)), restart(back), on_day(back))[0]

    assert end == Moved("End of 45 mg", end.before, after and date.fromisoformat(after))


def test_while_an_interruption_goes_on_for_over_four_weeks_the_end_could_not_be_said_before_either():
    end = reanchored(chart(UC, course=interrupted(20)), restart(49), on_day(49))[0]

    assert (end.before, end.after, end.has_moved) == (None, None, False)


def test_a_restart_after_the_end_of_induction_moves_nothing():
    moved = reanchored(chart(UC, course=(dose(56, 15), *interrupted(60))), restart(70), on_day(70))

    assert moved[0] == Moved("End of 45 mg", date(2026, 3, 2), date(2026, 3, 2))
    assert [each for each in moved if each.has_moved] == []


def test_a_restart_long_after_the_end_of_induction_moves_the_end_of_45_mg_and_no_assessment_of_the_first_one():
    patient = chart(CD, course=(dose(84, 15), *interrupted(120)))
    anew = Step(on=on_day(160), move=Move.RESTARTED, mg=45, induction=Resumed.ANEW, weeks=12)
    moved = [each for each in reanchored(patient, anew, on_day(160)) if each.has_moved]

    assert moved == [
        Moved("End of 45 mg", date(2026, 3, 30), date(2026, 9, 6)),
        Moved("Dose after 45 mg", None, date(2026, 8, 23)),
    ]


def test_an_induction_that_begins_anew_before_its_end_takes_its_assessment_with_it():
    anew = Step(on=on_day(60), move=Move.RESTARTED, mg=45, induction=Resumed.ANEW)
    moved = found(chart(UC, course=interrupted(20)), anew, 60)

    assert {label: days for label, days in moved.items() if days[0] != days[1]} == {
        "End of 45 mg": (None, date(2026, 5, 1)),
        "Dose after 45 mg": (date(2026, 2, 16), date(2026, 4, 17)),
        "End of induction, response: PMS, CRP, calprotectin": (date(2026, 3, 2), date(2026, 5, 1)),
    }


def test_in_crohns_without_a_chosen_length_both_ends_stand_side_by_side():
    moved = reanchored(chart(CD, induction_weeks=None, course=interrupted(20)), restart(30), on_day(30))
    doses = [(each.before, each.after) for each in moved if each.label == "Dose after 45 mg"]

    assert moved[:2] == (
        Moved("End of 45 mg (8 weeks)", date(2026, 3, 2), date(2026, 3, 12)),
        Moved("End of 45 mg (12 weeks)", date(2026, 3, 30), date(2026, 4, 9)),
    )
    assert doses == [(date(2026, 2, 16), date(2026, 2, 26)), (date(2026, 3, 16), date(2026, 3, 26))]


def test_both_ends_can_be_said_again_once_a_restart_after_less_than_four_weeks_is_recorded_late():
    moved = reanchored(chart(CD, induction_weeks=None, course=interrupted(20)), restart(40), on_day(60))

    assert moved[:2] == (
        Moved("End of 45 mg (8 weeks)", None, date(2026, 3, 22)),
        Moved("End of 45 mg (12 weeks)", None, date(2026, 4, 19)),
    )


def test_a_step_that_is_recorded_late_is_seen_as_of_today():
    moved = found(chart(UC, course=interrupted(20)), restart(34), 40)

    assert moved["End of 45 mg"] == (date(2026, 3, 2), date(2026, 3, 16))


def test_the_longer_induction_of_colitis_is_one_line_and_its_dose_a_second_one():
    moved = reanchored(chart(UC, region=Region.EU), dose(56, 45), on_day(56))

    assert moved[0] == Moved("End of 45 mg", date(2026, 3, 2), date(2026, 4, 27))
    assert [(each.before, each.after) for each in moved if each.label == "Dose after 45 mg"] == [
        (date(2026, 2, 16), None),
        (None, date(2026, 4, 13)),
    ]


def test_after_an_end_of_treatment_what_was_open_is_open_no_longer():
    moved = found(chart(UC), Step(on=on_day(30), move=Move.STOPPED), 30)

    assert moved["Week 12: blood count"] == (date(2026, 3, 30), None)
    assert moved["End of contraception"] == (None, date(2026, 3, 4))


def test_the_reduced_dose_of_induction_is_named():
    moved = reanchored(chart(UC, course=(dose(0, 30), *interrupted(20))), restart(30), on_day(30))

    assert moved[0].label == "End of 30 mg"


def test_what_is_done_is_no_date_to_be_confirmed():
    patient = chart(UC, course=interrupted(60), labs=labs(84, *CBC))

    assert "Week 12: blood count" not in found(patient, restart(88), 90)


def test_the_dates_are_those_of_the_schedule_once_the_step_is_recorded():
    patient, today = chart(CD, course=interrupted(60)), on_day(70)
    course = course_of(patient.treatment, today)
    course.record(Trigger.RESTART, today)
    moved = reanchored(patient, course.treatment.steps[-1], today)
    recorded = replace(patient, course=course.treatment.steps)
    due = {each.title: each.due for each in schedule(recorded, today)}

    assert all(due[each.label] == each.after for each in moved[1:])
