"""What the trend of a patient shows, and what it leaves open. CLINICAL.md D2, D5, D9 and D13."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from msgspec.structs import replace

from flows.baselines import GONE_ELSEWHERE
from flows.chart import Chart, Lost, Medication, Score
from flows.citations import Authority
from flows.history import Handled, History
from flows.instruments.cdai import CDAI
from flows.instruments.hbi import HBI
from flows.instruments.mayo import MAYO
from flows.instruments.pro2_cd import PRO2_CD
from flows.instruments.sccai import SCCAI
from flows.protocol.biomarkers import CRP_LIMIT, FCP_LIMIT
from flows.protocol.endpoints import (
    CD_CLINICAL_REMISSION,
    CD_ENDOSCOPIC_REMISSION,
    CD_REMISSION_BY_CDAI,
    UC_CLINICAL_REMISSION,
    UC_ENDOSCOPIC_REMISSION,
    UC_REMISSION_BY_SCCAI,
)
from flows.quantities import Bound
from flows.steps import Move, Resumed, Step
from flows.treatment import Phase
from flows.trend import title_of, trend
from flows.trend_in_words import MOST_CHARACTERS, text_of
from tests.fullcharts import TODAY, full_charts
from tests.schedules import CD, START, UC, chart, dose, hbi, interrupted, labs, mes, on_day, pms, said, ses_cd
from tests.test_wording import commands

CHARTS = list(full_charts(300, seed=7))


def total(questionnaire, day, points):
    return Score(questionnaire=questionnaire, on=on_day(day), recorded_total=points)


def course(kind, begun, ended=None, mg=None):
    last = None if ended is None else on_day(ended)
    dose_of_it = None if mg is None else Decimal(mg)
    return Medication(kind=kind, begun=on_day(begun), ended=last, prednisolone_mg=dose_of_it)


def seen(patient, today):
    """The trend on a day after the first dose."""
    return trend(patient, on_day(today))


def panel(name, patient, today):
    (found,) = [each for each in seen(patient, today).panels if each.id == name]
    return found


def values(name, patient, today):
    return [(each.lowest, each.highest) for each in panel(name, patient, today).points]


def missing(name, patient, today):
    return [((each.on - START).days, each.why) for each in panel(name, patient, today).missing]


def phases(patient, today):
    """What is said from which day on, counted from the first dose."""
    return [(each.says, (each.begun - START).days) for each in seen(patient, today).phases]


# Scores


@pytest.mark.parametrize(
    ("scores", "endpoint"),
    [
        ((hbi(0),), CD_CLINICAL_REMISSION),
        ((total(CDAI, 0, 140),), CD_REMISSION_BY_CDAI),
        ((hbi(0), ses_cd(0)), CD_ENDOSCOPIC_REMISSION),
        ((pms(0),), UC_CLINICAL_REMISSION),
        ((pms(0), mes(0)), UC_ENDOSCOPIC_REMISSION),
        ((total(SCCAI, 0, 1),), UC_REMISSION_BY_SCCAI),
    ],
    ids=["HBI", "CDAI", "SES-CD", "PMS", "MES", "SCCAI"],
)
def test_the_line_of_remission_is_that_of_the_endpoint_with_its_authority(scores, endpoint):
    (limit,) = panel(endpoint.reading, chart(endpoint.disease, scores=scores), 0).limits

    assert (limit.highest_met, limit.says) == (endpoint.highest_met, endpoint.target)
    assert limit.source == endpoint.rule.source
    assert limit.whose == endpoint.rule.source.name


def test_a_score_with_an_item_not_assessed_is_a_range_and_never_a_point_at_zero():
    patient = chart(scores=(hbi(7, stools=3, mass=None), hbi(14, liquid_stools=None, pain=2)))

    assert values("hbi", patient, 20) == [(3, 6), (2, None)]
    assert [each.says for each in panel("hbi", patient, 20).points] == ["3 to 6", "2 or more"]


def test_a_score_of_which_no_item_was_assessed_is_missing_and_has_no_value():
    patient = chart(scores=(Score(questionnaire=HBI, on=on_day(7), answers={"pain": None}),))

    assert values("hbi", patient, 20) == []
    assert missing("hbi", patient, 20) == [(7, "no item assessed")]


def test_a_cdai_of_which_only_the_sex_is_known_is_missing():
    patient = chart(scores=(Score(questionnaire=CDAI, on=on_day(7), answers={"sex": "female"}), hbi(8)))

    assert [each.id for each in seen(patient, 20).panels] == ["hbi", "fcp", "crp"]


def test_a_visit_with_another_score_but_without_the_main_one_is_a_gap():
    patient = chart(scores=(hbi(0), total(CDAI, 28, 200)))

    assert missing("hbi", patient, 30) == [(28, "no HBI at this visit")]
    assert missing("cdai", patient, 30) == []


def test_two_scores_of_one_day_are_both_shown_in_the_order_in_which_they_were_given():
    assert values("pms", chart(UC, scores=(pms(7, 2), pms(7, 1))), 7) == [(2, 2), (1, 1)]


def test_the_stool_items_of_a_patient_with_a_stoma_have_no_line_of_remission():
    found = panel("hbi", chart(scores=(hbi(7),), history=History(ostomy=True)), 20)

    assert found.limits == ()
    assert found.notes == ("the stool item of HBI is not valid with a stoma",)


def test_where_authorities_disagree_about_the_newest_score_the_picture_says_so():
    patient = chart(UC, scores=(pms(56, rb=2), mes(57)))

    assert panel("pms", patient, 60).notes == ("REMISSION BY PROTOCOL, NOT BY STRIDE-II",)
    assert panel("mes", patient, 60).notes == ("ENDOSCOPIC REMISSION BY PROTOCOL, NOT BY ACG 2025",)
    assert panel("pms", chart(UC, scores=(pms(56, rb=1),)), 60).notes == ()


def test_a_target_that_is_no_single_number_is_told_and_not_drawn():
    found = panel("pro2", chart(scores=(hbi(0), total(PRO2_CD, 0, 12))), 10)

    assert (found.limits, found.notes) == ((), ("remission: stools <= 3, pain <= 1, STRIDE-II",))


def test_endoscopy_has_the_place_beside_the_main_score_and_what_has_none_is_named():
    found = seen(chart(scores=(hbi(0), total(CDAI, 0, 200), ses_cd(0), total(PRO2_CD, 0, 12))), 10)

    assert [each.name for each in found.panels] == ["HBI", "SES-CD", "Calprotectin", "CRP"]
    assert found.not_drawn == ("CDAI (Crohn's)", "PRO2")


def test_a_full_mayo_score_is_a_partial_one_and_an_endoscopy_and_no_third_score():
    answers = {"sf": 1, "rb": 1, "pga": 1, "mes": 2}
    found = seen(chart(UC, scores=(Score(questionnaire=MAYO, on=on_day(0), answers=answers),)), 10)

    assert [(each.name, *(point.lowest for point in each.points)) for each in found.panels[:2]] == [
        ("PMS", 3),
        ("MES", 2),
    ]
    assert found.not_drawn == ()


# Biomarkers


def test_calprotectin_has_two_limits_that_are_never_exchanged():
    stride, own = panel("fcp", chart(labs=labs(7, fcp="90", upper=Decimal(50))), 10).limits

    assert (stride.highest_met, stride.whose, stride.source.authority) == (
        float(FCP_LIMIT),
        "STRIDE-II",
        Authority.GUIDELINE,
    )
    assert (own.highest_met, own.whose, own.source.authority) == (50, "the laboratory's", Authority.PROTOCOL)


@pytest.mark.parametrize(
    ("upper", "limit"),
    [(None, (float(CRP_LIMIT), "policy of this project")), (Decimal(8), (8, "the laboratory's"))],
    ids=["no limit of the laboratory", "a limit of the laboratory"],
)
def test_crp_is_held_against_the_laboratorys_limit_and_without_one_against_ours(upper, limit):
    (found,) = panel("crp", chart(labs=labs(7, crp="6", upper=upper)), 10).limits

    assert (found.highest_met, found.whose) == limit


def test_the_line_is_that_of_the_newest_value_and_an_earlier_limit_is_told():
    patient = chart(labs=labs(7, crp="6", upper=Decimal(8)) + labs(40, crp="6", upper=Decimal(5)))

    assert [each.highest_met for each in panel("crp", patient, 50).limits] == [5]
    assert panel("crp", patient, 50).notes == ("earlier limit of the laboratory: 8",)


def test_a_censored_value_keeps_its_bound():
    found = panel("fcp", chart(labs=labs(7, fcp="<30") + labs(14, fcp=">1800")), 20).points

    assert [(each.lowest, each.highest, each.bound, each.says) for each in found] == [
        (0, 30, Bound.BELOW, "<30"),
        (1800, None, Bound.ABOVE, ">1800"),
    ]


@pytest.mark.parametrize(("day", "is_missing"), [(35, False), (36, True)], ids=["35 days apart", "36 days apart"])
def test_a_visit_lacks_a_biomarker_where_none_was_sampled_within_35_days(day, is_missing):
    patient = chart(scores=(hbi(56),), labs=labs(56 - day, crp="3") + labs(56, fcp="90"))

    assert missing("crp", patient, 60) == [(56, "none within 35 days of this visit")] * is_missing
    assert missing("fcp", patient, 60) == []


def test_a_value_that_could_not_be_read_is_missing_on_its_day_even_beside_another():
    patient = chart(labs=labs(56, crp="3"), lost=(Lost("crp", on_day(56)), Lost("fcp", None)))

    assert missing("crp", patient, 60) == [(56, "could not be read")]
    assert panel("fcp", patient, 60).notes == ("a value whose day is not known could not be read",)


def test_what_somebody_said_instead_of_a_value_is_told_without_that_persons_words():
    patient = chart(handled=(said("wk12_bio", "not_possible", 84, "moved to Ulm"), said("clin", "done", 90)))

    assert missing("fcp", patient, 100) == [(84, "not possible")]
    assert missing("hbi", patient, 100) == [(90, "done, result not entered")]


@pytest.mark.parametrize(("sampled", "is_missing"), [(83, True), (84, False), (85, False)])
def test_a_result_is_awaited_until_there_is_one_of_that_day_or_later(sampled, is_missing):
    patient = chart(handled=(said("wk12_bio", "awaiting", 84),), labs=labs(sampled, crp="3"))

    assert missing("crp", patient, 100) == [(84, "result awaited")] * is_missing


def test_it_is_said_that_there_is_no_value_and_none_since_baseline_or_the_first_dose():
    patient = chart(labs=labs(-60, crp="3") + labs(-61, fcp="900"))

    assert panel("crp", patient, 10).gap == "no value since baseline"
    assert panel("fcp", patient, 10).gap == "no value since the first dose"
    assert panel("hbi", patient, 10).gap == "no values yet"
    assert panel("crp", patient, 0).gap == ""


def test_what_is_dated_after_today_is_not_shown():
    patient = chart(scores=(hbi(7), hbi(21)), labs=labs(21, "crp"))

    assert [(each.id, len(each.points)) for each in seen(patient, 20).panels] == [("hbi", 1), ("fcp", 0), ("crp", 0)]


# Doses and steroids


def test_colitis_has_45_mg_for_eight_weeks_and_an_interruption_is_a_phase_that_shifts_its_end():
    patient = chart(UC, scores=(pms(-7),), course=(*interrupted(20, 27), dose(63, 15), dose(200, 30)))

    assert phases(patient, 300) == [
        ("screening", -7),
        ("induction 45 mg", 0),
        ("interrupted", 20),
        ("induction 45 mg", 27),
        ("maintenance 15 mg", 63),
        ("maintenance 30 mg", 200),
    ]


def test_the_end_of_induction_is_not_invented_in_crohns_disease_without_a_chosen_length():
    patient = chart(induction_weeks=None)

    assert phases(patient, 55) == [("induction 45 mg", 0)]
    assert phases(patient, 83) == [
        ("induction 45 mg", 0),
        ("45 mg or ended: length of induction not recorded", 56),
    ]
    assert phases(patient, 84)[2:] == [("no dose recorded", 84)]
    assert [each.phase for each in seen(patient, 84).phases] == [Phase.INDUCTION, None, None]


@pytest.mark.parametrize(("weeks", "end"), [(8, 56), (12, 84)])
def test_a_chosen_length_ends_induction_and_the_next_dose_is_not_assumed(weeks, end):
    assert phases(chart(induction_weeks=weeks), 100) == [("induction 45 mg", 0), ("no dose recorded", end)]


def test_after_an_interruption_of_more_than_28_days_the_end_of_induction_is_not_known():
    assert phases(chart(course=interrupted(20, 49)), 100) == [
        ("induction 45 mg", 0),
        ("interrupted", 20),
        ("45 mg, end of induction not known", 49),
    ]


@pytest.mark.parametrize(
    ("course", "between"), [((dose(56, 15),), "maintenance 15 mg"), ((), "no dose recorded")], ids=["15 mg", "nothing"]
)
def test_a_second_induction_is_drawn_beside_the_first_one(course, between):
    anew = Step(on=on_day(130), move=Move.RESTARTED, mg=45, induction=Resumed.ANEW)

    assert phases(chart(UC, course=(*course, *interrupted(90), anew)), 200) == [
        ("induction 45 mg", 0),
        (between, 56),
        ("interrupted", 90),
        ("induction 45 mg", 130),
        ("no dose recorded", 186),
    ]


def test_45_mg_recorded_again_in_crohns_disease_is_a_fact_and_neither_induction_nor_maintenance():
    patient = chart(course=(dose(90, 45), dose(120, 30), dose(200, 45)))

    assert phases(patient, 300)[2:] == [
        ("45 mg recorded", 90),
        ("maintenance 30 mg", 120),
        ("45 mg recorded", 200),
    ]


def test_45_mg_recorded_again_at_the_end_in_colitis_is_the_second_half_of_induction():
    assert phases(chart(UC, course=(dose(56, 45),)), 112) == [("induction 45 mg", 0), ("no dose recorded", 112)]


def test_the_day_after_the_last_dose_is_the_first_without_and_a_later_dose_makes_of_it_a_gap():
    stop = Step(on=on_day(100), move=Move.STOPPED)

    assert phases(chart(course=(dose(84, 15), stop)), 110)[2:] == [("stopped", 101)]
    assert phases(chart(course=(dose(84, 15), stop, dose(130, 30))), 140)[2:] == [
        ("interrupted", 101),
        ("maintenance 30 mg", 130),
    ]


def test_before_a_planned_first_dose_there_is_screening_and_no_week():
    found = seen(chart(scores=(hbi(-20),)), -5)

    assert phases(chart(scores=(hbi(-20),)), -5) == [("screening", -20)]
    assert (found.first, found.last, found.week(found.today)) == (on_day(-20), START, None)


def test_where_the_course_cannot_be_read_no_phase_is_shown():
    found = seen(chart(unreadable=("course[0]",), course=(dose(84, 15),)), 100)

    assert found.phases == ()
    assert "Dose not known: course[0] could not be read" in found.standing


@pytest.mark.parametrize("patient", CHARTS[:150])
def test_the_phase_of_today_is_that_of_the_treatment_and_none_is_left_out(patient):
    found = trend(patient, TODAY).phases

    assert all(one.ended == other.begun for one, other in pairwise(found))
    if found:
        last = found[-1].phase
        possible = {last} if last else {Phase.INDUCTION, Phase.MAINTENANCE}
        assert patient.treatment.phase(TODAY) in possible


def test_steroids_have_their_dose_and_those_at_0_mg_are_none():
    patient = chart(
        medication=(
            course("corticosteroid", -10, 20, "37.5"),
            course("budesonide", 30),
            course("corticosteroid", 5, mg=0),
            course("azathioprine", 1),
        )
    )

    assert [(each.says, each.begun, each.ended) for each in seen(patient, 40).steroids] == [
        ("prednisolone 37.5 mg/day", on_day(-10), on_day(21)),
        ("budesonide", on_day(30), None),
    ]
    assert seen(patient, 20).steroids[0].ended is None


@pytest.mark.parametrize(
    ("medication", "unreadable", "steroids"),
    [(None, (), None), ((), (), ()), ((), ("medication[0].begun",), None)],
    ids=["nobody asked", "none", "a course could not be read"],
)
def test_steroids_that_are_not_known_are_not_none(medication, unreadable, steroids):
    assert seen(chart(medication=medication, unreadable=unreadable), 10).steroids == steroids


# In words


@pytest.mark.parametrize(("day", "week"), [(0, 0), (6, 0), (7, 1), (84, 12)])
def test_a_week_is_a_whole_week_since_the_first_dose(day, week):
    found = seen(chart(), 100)

    assert found.week(on_day(day)) == week


def test_the_title_names_the_code_the_disease_the_week_and_the_day():
    assert title_of(seen(chart(), 90), "Q7K-4M") == "Q7K-4M · Crohn's · week 12 · 5 Apr 2026"
    assert title_of(trend(Chart(disease=UC), START), "Q7K-4M") == "Q7K-4M · Ulcerative colitis · 5 Jan 2026"


def test_the_text_of_a_patient_with_crohns_disease_without_a_chosen_length():
    patient = chart(
        induction_weeks=None,
        scores=(hbi(-7, 9), hbi(28, 6, mass=None), total(CDAI, 56, 180), hbi(84, 3)),
        labs=labs(-7, crp="24", fcp="850"),
        medication=(course("corticosteroid", -20, 20, 20),),
        course=(dose(86, 30),),
    )

    assert text_of(seen(patient, 100)).splitlines() == [
        "30 mg since 1 Apr 2026.",
        "No corticosteroid recorded since 25 Jan 2026.",
        "HBI: 3 on 30 Mar 2026, week 12; 6 to 9 on 2 Feb 2026, week 4; 9 on 29 Dec 2025. "
        "Remission below 5, protocol. Missing: 2 Mar 2026, no HBI at this visit.",
        "CDAI (Crohn's): 180 on 2 Mar 2026, week 8. Remission below 150, protocol.",
        "Calprotectin, µg/g: no value since baseline; 850 on 29 Dec 2025. Limit: at most 250, STRIDE-II. "
        "Missing: 30 Mar 2026, 2 Mar 2026, none within 35 days of this visit.",
        "CRP, mg/L: no value since baseline; 24 on 29 Dec 2025. Limit: at most 5, policy of this project. "
        "Missing: 30 Mar 2026, 2 Mar 2026, none within 35 days of this visit.",
        "Course: maintenance 30 mg from 1 Apr 2026; no dose recorded from 30 Mar 2026; "
        "45 mg or ended: length of induction not recorded from 2 Mar 2026; induction 45 mg from 5 Jan 2026; "
        "screening before 5 Jan 2026.",
        "Steroids: prednisolone 20 mg/day from 16 Dec 2025 to 25 Jan 2026.",
    ]


def test_the_text_of_a_patient_with_colitis_on_steroids_whose_45_mg_have_ended():
    patient = chart(
        UC,
        scores=(pms(-3, 3, 2, 2), pms(56, 0, 2, 0), mes(57), total(SCCAI, 57, 3)),
        labs=labs(-3, fcp=">1800", crp="<1") + labs(56, fcp="48", crp="3", upper=Decimal(50)),
        medication=(course("budesonide", 10),),
        course=interrupted(14, 18),
    )

    assert text_of(seen(patient, 61)).splitlines() == [
        "CHECK: 45 mg ended on 6 Mar 2026 (8 weeks), no dose recorded.",
        "45 mg since 5 Jan 2026, interrupted 19 to 22 Jan 2026; next dose not recorded.",
        "On budesonide: not steroid-free.",
        "PMS: 2 on 2 Mar 2026, week 8; 7 on 2 Jan 2026. Remission at most 2, protocol. "
        "REMISSION BY PROTOCOL, NOT BY STRIDE-II. Missing: 3 Mar 2026, no PMS at this visit.",
        "MES: 1 on 3 Mar 2026, week 8. Remission at most 1, protocol. "
        "ENDOSCOPIC REMISSION BY PROTOCOL, NOT BY ACG 2025.",
        "Calprotectin, µg/g: 48 on 2 Mar 2026, week 8; above 1800 on 2 Jan 2026. "
        "Limit: at most 250, STRIDE-II; at most 50, the laboratory's.",
        "CRP, mg/L: 3 on 2 Mar 2026, week 8; below 1 on 2 Jan 2026. Limit: at most 50, the laboratory's.",
        "Course: no dose recorded from 6 Mar 2026; induction 45 mg from 23 Jan 2026; interrupted from 19 Jan 2026; "
        "induction 45 mg from 5 Jan 2026; screening before 5 Jan 2026.",
        "Steroids: budesonide from 15 Jan 2026.",
        "Also recorded: SCCAI.",
    ]


def test_of_many_values_the_newest_and_the_first_are_told_and_how_many_stand_between():
    patient = chart(scores=tuple(hbi(day, 1 + day % 2) for day in range(-7, 350, 7)))
    line = next(each for each in text_of(seen(patient, 350)).splitlines() if each.startswith("HBI"))

    assert line.startswith("HBI: 2 on 14 Dec 2026, week 49; 1 on 7 Dec 2026, week 48; ")
    assert " between; first 2 on 29 Dec 2025. Remission below 5, protocol." in line


@pytest.mark.parametrize("patient", CHARTS)
def test_the_text_fits_one_message_and_says_its_signs_in_words(patient):
    text = text_of(trend(patient, TODAY))

    assert len(text) <= MOST_CHARACTERS
    assert not set("<>") & set(text)
    assert commands(text) == []


@pytest.mark.parametrize("most", [60, 300])
def test_a_text_that_does_not_fit_ends_with_a_whole_line_and_says_so(most):
    patient = chart(scores=(hbi(7),), medication=())
    whole, cut = text_of(seen(patient, 10)), text_of(seen(patient, 10), most)

    assert len(cut) <= most
    assert cut.endswith("More is in the picture.")
    assert whole.startswith(cut.removesuffix("More is in the picture."))


def test_a_chart_without_anything_has_panels_that_say_so_and_no_phase():
    found = trend(Chart(disease=CD), date(2026, 6, 1))

    assert [each.gap for each in found.panels] == ["no values yet"] * 3
    assert (found.phases, found.steroids, found.first, found.last) == ((), None, date(2026, 6, 1), date(2026, 6, 1))
    assert text_of(found).splitlines() == [
        "Dose not known.",
        "Steroids not known.",
        "HBI: no values yet. Remission below 5, protocol.",
        "Calprotectin, µg/g: no values yet. Limit: at most 250, STRIDE-II.",
        "CRP, mg/L: no values yet. Limit: at most 5, policy of this project.",
    ]


def test_the_last_day_is_today_or_that_of_the_planned_first_dose():
    assert trend(chart(), START - timedelta(days=3)).last == START
    assert trend(chart(), START + timedelta(days=3)).last == START + timedelta(days=3)


def test_a_baseline_that_cannot_be_had_is_missing_on_the_day_of_the_first_dose_by_that_name():
    told = tuple(Handled(item=each, on=on_day(84), state="not_possible", why="-") for each in GONE_ELSEWHERE)
    patient = chart(UC, scores=(mes(80),), handled=told)

    assert missing("mes", patient, 90) == [(0, "baseline not possible")]
    assert missing("crp", patient, 90) == [(0, "baseline not possible")]
    assert "Missing: 5 Jan 2026, baseline not possible." in text_of(seen(patient, 90))


def test_a_dose_that_nobody_told_is_not_drawn_as_45_mg_until_one_is_recorded():
    came = chart(UC, dose_known=False, course=(dose(70, 30),))

    assert phases(came, 80) == [
        ("induction, dose not recorded", 0),
        ("no dose recorded", 56),
        ("maintenance 30 mg", 70),
    ]
    assert phases(chart(UC, dose_known=False), 20) == [("induction, dose not recorded", 0)]
    assert phases(chart(UC, dose_known=False, course=(dose(10, 45),)), 20)[-1] == ("induction 45 mg", 10)
    assert "45 mg" not in text_of(seen(came, 80)).partition("Course")[2]


def test_nor_is_it_where_the_length_of_induction_is_open():
    came = chart(CD, dose_known=False, induction_weeks=None)

    assert phases(came, 70) == [("induction, dose not recorded", 0), ("dose not recorded", 56)]


def told(day, mg):
    """As it is told at an enrolment: taken on that day."""
    return replace(dose(day, mg), from_known=False)


def line_of(name, patient, today):
    return next(each for each in text_of(seen(patient, today)).splitlines() if each.startswith(name))


def test_a_dose_whose_begin_nobody_told_is_not_said_from_a_day():
    patient = chart(UC, course=(told(100, 30), dose(130, 15)))

    assert line_of("Course", patient, 150) == (
        "Course: maintenance 15 mg from 15 May 2026; maintenance 30 mg taken on 15 Apr 2026, since when is not known; "
        "no dose recorded from 2 Mar 2026; induction 45 mg from 5 Jan 2026."
    )


def test_after_an_interruption_it_is_taken_from_its_restart_on():
    patient = chart(UC, course=(told(100, 30), *interrupted(110, 120)))

    assert line_of("Course", patient, 150).startswith("Course: maintenance 30 mg from 5 May 2026; interrupted from ")


def test_a_steroid_whose_begin_nobody_told_is_not_said_from_a_day():
    open_begin = replace(course("corticosteroid", 10, 20, 20), begin_known=False)
    patient = chart(medication=(open_begin, course("budesonide", 30)))

    assert line_of("Steroids", patient, 50) == (
        "Steroids: budesonide from 4 Feb 2026; "
        "prednisolone 20 mg/day taken on 15 Jan 2026, since when is not known, to 25 Jan 2026."
    )


def test_a_full_mayo_without_its_items_is_neither_a_point_nor_a_visit_of_what_is_in_it():
    patient = chart(UC, scores=(pms(-1, 3, 3, 3), mes(-1), total(MAYO, 60, 11)))

    assert values("pms", patient, 61) == [(9, 9)]
    assert values("mes", patient, 61) == [(1, 1)]
    assert missing("pms", patient, 61) == []
