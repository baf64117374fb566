"""One-off items of the schedule: windows to the day, which value counts, late, replaced, paused. CLINICAL.md 4."""

import pytest

from flows.chart import Score
from flows.citations import PROTOCOL
from flows.history import AdverseEvent, History, Region
from flows.instruments.cdai import CDAI
from flows.protocol.due import DueState, Outcome, Window, done, reopened, voice
from flows.protocol.sources import EU_LABEL, THIS_PROJECT, US_LABEL
from flows.steps import Move, Resumed, Step
from tests.schedules import (
    CBC,
    CD,
    LIPIDS,
    MARKERS,
    UC,
    chart,
    dose,
    due,
    hbi,
    interrupted,
    labs,
    mes,
    on_day,
    pms,
    said,
    ses_cd,
    the,
)

# First open day, day, last day, and what it is the day after.
WINDOWS = [
    (CD, "early_lab", 18, 28, 66, "overdue"),
    (CD, "wk8_cd", 42, 56, 70, "missed"),
    (CD, "ind_end_cd", 70, 84, 91, "overdue"),
    (UC, "ind_end_uc", 42, 56, 63, "overdue"),
    (CD, "wk12_cbc", 70, 84, 98, "overdue"),
    (UC, "wk12_cbc", 70, 84, 98, "overdue"),
    (CD, "wk12_lft", 70, 84, 98, "overdue"),
    (CD, "wk12_lipid", 70, 84, 98, "overdue"),
    (CD, "wk12_bio", 70, 84, 98, "overdue"),
    (UC, "wk12_bio", 70, 84, 98, "overdue"),
    (CD, "endo_cd", 150, 180, 300, "overdue"),
    (UC, "endo_uc", 60, 90, 210, "overdue"),
    (UC, "ext_uc", 105, 112, 119, "overdue"),
    (CD, "ext_cd", 161, 168, 175, "overdue"),
]


@pytest.mark.parametrize(("disease", "item", "opens", "day", "until", "then"), WINDOWS)
def test_an_item_is_planned_then_due_then_overdue_to_the_day(disease, item, opens, day, until, then):
    patient = chart(disease, region=Region.EU)
    states = {number: the(patient, number, item).state for number in (opens - 1, opens, day, until, until + 1)}

    assert states == {opens - 1: "planned", opens: "due", day: "due", until: "due", until + 1: then}
    assert the(patient, 0, item).due == on_day(day)


@pytest.mark.parametrize(("disease", "item"), [(UC, "wk8_cd"), (UC, "ind_end_cd"), (UC, "endo_cd"), (CD, "ind_end_uc"),
                                               (CD, "endo_uc")])  # fmt: skip
def test_an_item_of_the_other_disease_is_left_out(disease, item):
    assert due(chart(disease), 100, item) == []


# Which value satisfies which item (D18): all parts, each of them named where it is not there.

SATISFIED = [
    (CD, "early_lab", 28, (*CBC, "alt"), ()),
    (CD, "wk8_cd", 56, MARKERS, ("score",)),
    (CD, "ind_end_cd", 84, MARKERS, ("score",)),
    (UC, "ind_end_uc", 56, MARKERS, ("score",)),
    (CD, "wk12_cbc", 84, CBC, ()),
    (CD, "wk12_lft", 84, ("alt",), ()),
    (CD, "wk12_lipid", 84, LIPIDS, ()),
    (CD, "wk12_bio", 84, MARKERS, ()),
    (CD, "endo_cd", 180, (), ("endoscopy",)),
    (UC, "endo_uc", 90, (), ("endoscopy",)),
    (UC, "ext_uc", 112, (), ("score",)),
    (CD, "ext_cd", 168, (), ("score",)),
]
NAMES = {
    "anc": "Neutrophils", "alc": "Lymphocytes", "hb": "Haemoglobin", "alt": "ALT", "crp": "CRP", "fcp": "Calprotectin",
    "cholesterol": "Total cholesterol", "ldl": "LDL cholesterol", "hdl": "HDL cholesterol",
}  # fmt: skip
SCORES = {("score", CD): ("HBI", hbi), ("score", UC): ("PMS", pms), ("endoscopy", CD): ("SES-CD", ses_cd),
          ("endoscopy", UC): ("MES", mes)}  # fmt: skip


def _scores(disease, kinds, day):
    return tuple(SCORES[kind, disease][1](day) for kind in kinds)


@pytest.mark.parametrize(("disease", "item", "day", "codes", "kinds"), SATISFIED)
def test_a_whole_set_in_the_window_is_done(disease, item, day, codes, kinds):
    patient = chart(disease, region=Region.EU, labs=labs(day, *codes), scores=_scores(disease, kinds, day))
    found = the(patient, day, item)

    assert (found.state, found.missing, found.done_on) == ("done", (), on_day(day))


@pytest.mark.parametrize(("disease", "item", "day", "codes", "kinds"), SATISFIED)
def test_a_part_that_is_not_there_leaves_the_item_open_and_is_named(disease, item, day, codes, kinds):
    for gap in (*codes, *kinds):
        values = labs(day, *(code for code in codes if code != gap))
        scores = _scores(disease, [kind for kind in kinds if kind != gap], day)
        found = the(chart(disease, region=Region.EU, labs=values, scores=scores), day, item)
        name = NAMES.get(gap) or SCORES[gap, disease][0]

        assert (found.state, found.missing, found.done_on) == ("due", (name,), None)
        assert f"missing: {name}" in found.why


def test_the_absence_of_bilirubin_is_no_gap_and_bilirubin_alone_is_no_liver_test():
    assert the(chart(labs=labs(84, "alt")), 84, "wk12_lft").state == "done"
    assert the(chart(labs=labs(84, "bilirubin")), 84, "wk12_lft").missing == ("ALT",)


def test_a_set_from_several_days_is_done_on_the_last_of_them():
    values = labs(80, "anc", "alc") + labs(90, "hb")

    assert the(chart(labs=values), 95, "wk12_cbc").done_on == on_day(90)


def test_an_hbi_is_no_score_of_colitis_and_a_value_after_today_is_none():
    assert the(chart(UC, scores=(hbi(56),), labs=labs(56, *MARKERS)), 56, "ind_end_uc").missing == ("PMS",)
    assert the(chart(labs=labs(85, *CBC)), 84, "wk12_cbc").state == "due"


def test_one_value_counts_for_every_item_whose_window_contains_it():
    patient = chart(labs=labs(70, *MARKERS), scores=(hbi(70),))
    states = {item: the(patient, 75, item).state for item in ("wk8_cd", "ind_end_cd", "wk12_bio")}

    assert states == {"wk8_cd": "done", "ind_end_cd": "done", "wk12_bio": "done"}


@pytest.mark.parametrize(
    ("day", "state"), [(69, "overdue"), (70, "done"), (98, "done"), (99, "done_late")],
    ids=["a day too early", "first day", "last day", "a day late"],
)  # fmt: skip
def test_a_value_counts_by_its_day_and_an_earlier_one_not_ahead(day, state):
    assert the(chart(labs=labs(day, *CBC)), 110, "wk12_cbc").state == state


def test_a_late_value_says_by_how_much():
    assert "done 18 Apr 2026, 5 days after its window" in the(chart(labs=labs(103, *CBC)), 110, "wk12_cbc").why
    assert "1 day after its window" in the(chart(labs=labs(99, *CBC)), 110, "wk12_cbc").why


@pytest.mark.parametrize(("day", "state"), [(264, "done_late"), (265, "missed")], ids=["180 days", "181 days"])
def test_a_value_far_too_late_is_the_series_and_no_longer_the_item_of_week_12(day, state):
    patient = chart(labs=labs(day, *CBC, "alt"))

    assert the(patient, 270, "wk12_cbc").state == state
    assert due(patient, 270, "rep_lab")[-1].due == on_day(day + 90)


def test_an_item_without_any_later_value_stays_overdue_for_good():
    assert the(chart(), 2000, "wk12_cbc").state == "overdue"
    assert the(chart(), 2000, "ind_end_cd").state == "overdue"


@pytest.mark.parametrize(
    ("day", "state"), [(66, "done"), (67, "done_late"), (69, "done_late"), (70, "missed")],
    ids=["last day", "a day late", "before week 12 opens", "a value of week 12"],
)  # fmt: skip
def test_an_early_item_is_late_until_the_next_one_opens(day, state):
    assert the(chart(labs=labs(day, *CBC, "alt")), 80, "early_lab").state == state


@pytest.mark.parametrize(("today", "state"), [(66, "due"), (67, "overdue"), (69, "overdue"), (70, "missed")])
def test_missed_is_said_once_the_next_item_has_opened(today, state):
    found = the(chart(), today, "early_lab")

    assert found.state == state
    assert ("its place is taken by: Week 12: blood count" in found.why) == (state == "missed")


@pytest.mark.parametrize(("day", "state"), [(69, "planned"), (70, "done"), (300, "done"), (301, "done_late")])
def test_an_endoscopy_counts_from_day_70_on_in_crohns(day, state):
    assert the(chart(scores=(ses_cd(day),)), max(day, 100) if day < 300 else day, "endo_cd").state == state


@pytest.mark.parametrize(("day", "state"), [(48, "planned"), (49, "done"), (210, "done"), (211, "done_late")])
def test_an_endoscopy_counts_from_day_49_on_in_colitis(day, state):
    assert the(chart(UC, scores=(mes(day),)), 55 if day < 50 else day, "endo_uc").state == state


def test_a_score_with_a_gap_counts_where_remission_is_decided_all_the_same():
    """With 1 known point remission is decided whatever the mass, with 3 it is not."""
    decided, open_ = hbi(84, 1, mass=None), hbi(84, 3, mass=None)

    assert the(chart(labs=labs(84, *MARKERS), scores=(decided,)), 84, "ind_end_cd").state == "done"
    found = the(chart(labs=labs(84, *MARKERS), scores=(open_,)), 84, "ind_end_cd")
    assert (found.state, found.missing) == ("due", ("HBI",))
    assert "the score of 30 Mar 2026 leaves remission open, not assessed: mass" in found.why


def test_the_last_of_several_scores_with_gaps_is_named_where_a_score_is_asked_for_alone():
    patient = chart(scores=(hbi(86, 3, mass=None), hbi(84, 3, mass=None), hbi(85, 3, mass=None)))

    assert "the score of 1 Apr 2026 leaves remission open" in the(patient, 90, "ind_end_cd").why
    assert "leaves remission open" not in the(patient, 90, "wk12_cbc").why


@pytest.mark.parametrize(
    ("day", "is_named"), [(69, False), (70, True), (90, True), (91, False)],
    ids=["before its window", "first day of its window", "today", "tomorrow"],
)  # fmt: skip
def test_a_score_with_gaps_is_named_where_it_could_have_counted(day, is_named):
    patient = chart(scores=(hbi(day, 3, mass=None),))

    assert ("leaves remission open, not assessed: mass" in the(patient, 90, "ind_end_cd").why) == is_named


@pytest.mark.parametrize(
    ("event_day", "missing"), [(None, ()), (-1, ()), (0, ("Creatine kinase",)), (28, ("Creatine kinase",)), (29, ())],
    ids=["no symptom", "before the first dose", "day 0", "today", "tomorrow"],
)  # fmt: skip
def test_cpk_belongs_to_the_early_values_with_muscle_symptoms(event_day, missing):
    events = () if event_day is None else (AdverseEvent(kind="myalgia", on=on_day(event_day)),)

    assert the(chart(labs=labs(28, *CBC, "alt"), events=events), 28, "early_lab").missing == missing


# What a person said


def test_done_without_a_value_silences_and_leaves_the_result_not_entered():
    found = the(chart(handled=(said("wk12_cbc", "done", 84),)), 200, "wk12_cbc")

    assert (found.state, found.done_on) == ("done", on_day(84))
    assert found.missing == ("Neutrophils", "Lymphocytes", "Haemoglobin")
    assert "result not entered: Neutrophils, Lymphocytes, Haemoglobin" in found.why


def test_done_with_part_of_the_values_names_the_other_part():
    patient = chart(handled=(said("wk12_cbc", "done", 84),), labs=labs(84, "anc", "alc"))

    assert the(patient, 90, "wk12_cbc").missing == ("Haemoglobin",)


@pytest.mark.parametrize(("day", "state"), [(69, "overdue"), (70, "done"), (99, "done_late")])
def test_done_counts_by_its_day_as_a_value_does(day, state):
    assert the(chart(handled=(said("wk12_cbc", "done", day),)), 110, "wk12_cbc").state == state


def test_an_awaited_result_is_awaited_until_it_comes():
    waiting = (said("wk12_cbc", "awaiting", 84),)

    found = the(chart(handled=waiting), 98, "wk12_cbc")
    assert found.state == "awaiting"
    assert "result awaited since 30 Mar 2026" in found.why
    assert the(chart(handled=waiting, labs=labs(84, *CBC)), 120, "wk12_cbc").state == "done"


def test_a_sample_taken_before_the_window_is_not_awaited_for_the_item():
    assert the(chart(handled=(said("wk12_cbc", "awaiting", 69),)), 84, "wk12_cbc").state == "due"
    for sampled, today, state in ((70, 84, "awaiting"), (84, 84, "awaiting"), (100, 100, "overdue")):
        found = the(chart(handled=(said("wk12_cbc", "awaiting", sampled),)), today, "wk12_cbc")
        assert (found.state, found.awaited_since) == (state, on_day(sampled))


def test_not_possible_stays_visible_with_its_reason_until_a_value_comes():
    refused = (said("endo_cd", "not_possible", 20, "declined"),)

    found = the(chart(handled=refused), 400, "endo_cd")
    assert found.state == "not_possible"
    assert "not possible (25 Jan 2026): declined" in found.why
    assert the(chart(handled=refused, scores=(ses_cd(200),)), 400, "endo_cd").state == "done"


def test_not_possible_without_a_reason_says_so_and_the_last_word_counts():
    sayings = (said("wk12_cbc", "awaiting", 84), said("wk12_cbc", "not_possible", 90))

    assert "no reason recorded" in the(chart(handled=sayings), 95, "wk12_cbc").why


def test_what_is_said_after_today_is_not_said_yet():
    assert the(chart(handled=(said("wk12_cbc", "done", 84),)), 83, "wk12_cbc").state == "due"


@pytest.mark.parametrize(
    ("value", "done_on", "says"),
    [(70, "16 Mar 2026", ""), (80, "26 Mar 2026", ""), (90, "26 Mar 2026", "; result not entered: Haemoglobin")],
)
def test_what_was_called_done_has_a_result_from_the_first_day_of_its_window_to_the_day_it_was_done(
    value, done_on, says
):
    others = labs(min(value, 75), "anc", "alc")
    patient = chart(labs=others + labs(value, "hb"), handled=(said("wk12_cbc", "done", 80),))

    assert the(patient, 85, "wk12_cbc").why.endswith(f"done {done_on}{says}")


@pytest.mark.parametrize(
    ("value", "says"), [(84, ""), (86, ""), (95, ""), (98, ""), (99, "; result not entered: Haemoglobin")]
)
def test_what_was_called_done_has_a_result_of_a_later_day_of_its_window_too(value, says):
    patient = chart(labs=labs(85, "anc", "alc") + labs(value, "hb"), handled=(said("wk12_cbc", "done", 85),))
    found = the(patient, 120, "wk12_cbc")

    assert found.why.endswith(f"done 31 Mar 2026{says}")
    assert found.state == "done"
    assert found.missing == (("Haemoglobin",) if says else ())


# What opens again


def test_what_was_done_and_is_open_now_has_opened_again_each_time_for_itself():
    whole, less = chart(labs=labs(84, *CBC, "alt")), chart(labs=labs(84, *CBC))

    assert [each.item for each in reopened(due(whole, 90), due(less, 90))] == ["wk12_lft"]
    assert reopened(due(less, 90), due(whole, 90)) == []
    assert reopened(due(whole, 90), due(whole, 90)) == []


def test_of_an_item_without_an_end_nothing_is_late():
    endless = Window(on_day(10), on_day(10), None)

    assert (done(endless, on_day(300)).state, done(endless, on_day(300)).note) == ("done", "done 1 Nov 2026")


@pytest.mark.parametrize(
    ("notes", "says"),
    [
        ((), "missing: HBI"),
        (("",), "missing: HBI"),
        (("paused",), "missing: HBI; paused"),
        (("", "paused"), "missing: HBI; paused"),
        (("shifted", ""), "missing: HBI; shifted"),
        (("shifted", "paused"), "missing: HBI; shifted; paused"),
    ],
)
def test_an_empty_note_says_nothing_and_takes_no_other_with_it(notes, says):
    assert Outcome(DueState.DUE, "missing: HBI", ("HBI",)).noted(*notes) == Outcome(DueState.DUE, says, ("HBI",))


# The course of treatment


@pytest.mark.parametrize("length", [1, 28], ids=["a day", "28 days"])
def test_a_short_interruption_shifts_what_goes_with_the_induction_and_not_the_safety_values(length):
    patient = chart(UC, region=Region.EU, course=interrupted(20, 20 + length))

    assert the(patient, 60, "ind_end_uc").due == on_day(56 + length)
    assert the(patient, 60, "ind_end_uc").until == on_day(63 + length)
    assert the(patient, 60, "ext_uc").due == on_day(112 + length)
    assert f"shifted by an interruption of {length} days" in the(patient, 60, "ind_end_uc").why
    assert {the(patient, 60, item).due for item in ("wk12_cbc", "wk12_lft", "wk12_lipid", "wk12_bio")} == {on_day(84)}
    assert the(patient, 60, "early_lab").due == on_day(28)


@pytest.mark.parametrize("course", [(), (dose(0, 45),)], ids=["no course", "one dose"])
def test_without_an_interruption_nothing_is_said_of_one(course):
    assert the(chart(UC, course=course), 56, "ind_end_uc").note == "missing: PMS, CRP, Calprotectin"


def test_both_assessments_of_crohns_shift():
    patient = chart(course=interrupted(20, 30))

    assert (the(patient, 60, "wk8_cd").due, the(patient, 60, "ind_end_cd").due) == (on_day(66), on_day(94))


@pytest.mark.parametrize(("disease", "item", "planned"), [(CD, "ext_cd", 168), (UC, "ext_uc", 112)])
def test_what_is_looked_for_after_the_longer_induction_shifts_with_it(disease, item, planned):
    patient = chart(disease, course=interrupted(20, 30), region=Region.EU)

    assert the(patient, 60, item).due == on_day(planned + 10)


def test_after_a_longer_interruption_the_end_of_induction_is_to_be_confirmed_and_keeps_its_date():
    found = the(chart(UC, course=interrupted(20, 49)), 60, "ind_end_uc")

    assert (found.due, found.state) == (on_day(56), "due")
    assert "interrupted for more than 28 days: the end of induction is to be confirmed" in found.why


def test_while_interrupted_the_end_of_induction_is_paused_and_the_safety_values_are_not():
    patient = chart(UC, course=interrupted(50))

    found = the(patient, 70, "ind_end_uc")
    assert (found.state, found.due) == ("planned", on_day(56))
    assert "paused: interrupted since 24 Feb 2026" in found.why
    assert the(patient, 70, "wk12_cbc").state == "due"
    assert the(patient, 99, "wk12_cbc").state == "overdue"


@pytest.mark.parametrize(("begun", "state"), [(55, "planned"), (56, "overdue")], ids=["before its day", "on its day"])
def test_an_interruption_from_the_end_of_induction_on_does_not_pause_it(begun, state):
    assert the(chart(UC, course=interrupted(begun)), 75, "ind_end_uc").state == state


def test_a_score_during_an_interruption_still_counts():
    patient = chart(UC, course=interrupted(50), scores=(pms(57),), labs=labs(57, *MARKERS))

    assert the(patient, 60, "ind_end_uc").state == "done"


@pytest.mark.parametrize(("day", "marked"), [(55, False), (56, False), (57, True), (80, True)])
def test_an_end_of_induction_that_comes_after_the_next_dose_is_marked(day, marked):
    course = (dose(56, 30),)
    found = the(chart(UC, course=course, scores=(pms(day),), labs=labs(day, *MARKERS)), 85, "ind_end_uc")

    assert ("the dose had already changed to 30 mg on 2 Mar 2026" in found.why) == marked


def test_the_last_of_several_changes_of_dose_before_is_named():
    patient = chart(UC, course=(dose(56, 30), dose(58, 15)), scores=(pms(60),), labs=labs(60, *MARKERS))

    assert "the dose had already changed to 15 mg on 4 Mar 2026" in the(patient, 85, "ind_end_uc").why


def test_an_assessment_of_a_second_induction_counts_from_its_resumption():
    again = Step(on=on_day(60), move=Move.RESTARTED, mg=45, induction=Resumed.ANEW)
    found = the(chart(UC, course=(*interrupted(20), again)), 70, "ind_end_uc")

    assert found.due == on_day(60 + 56)
    assert found.why.endswith("counted from its resumption on 6 Mar 2026")


@pytest.mark.parametrize(("day", "state"), [(264, "overdue"), (265, "missed")])
def test_the_first_value_of_the_series_takes_the_place_of_a_late_one(day, state):
    """Late up to 180 days after its day; any part of the panel that comes later is of the series."""
    found = the(chart(labs=labs(day, "anc")), 300, "wk12_cbc")

    assert found.state == state
    assert ("its place is taken by: the series, from 27 Sep 2026" in found.why) == (state == "missed")


def test_the_label_of_the_region_speaks_and_without_one_all_that_say_it():
    assert the(chart(region=Region.AU), 0, "ind_end_cd").authority == "au_label"
    assert the(chart(region=Region.AU), 0, "ind_end_cd").why.startswith("AU label: induction of 12 weeks")
    assert the(chart(), 0, "ind_end_cd").why.startswith("US label, EU label, GB label, AU label: induction of 12 weeks")
    assert "protocol: induction of 8 weeks" in the(chart(), 0, "ind_end_cd").why


LABEL_FIRST, PROTOCOL_FIRST = (US_LABEL, EU_LABEL, THIS_PROJECT), (PROTOCOL, US_LABEL, EU_LABEL)


@pytest.mark.parametrize(
    ("sources", "region", "authority", "names"),
    [
        (LABEL_FIRST, None, "us_label", "US label, EU label"),
        (LABEL_FIRST, Region.US, "us_label", "US label"),
        (LABEL_FIRST, Region.EU, "eu_label", "EU label"),
        (LABEL_FIRST, Region.AU, "policy", "this project"),
        (PROTOCOL_FIRST, None, "protocol", "protocol"),
        (PROTOCOL_FIRST, Region.EU, "eu_label", "EU label"),
        (PROTOCOL_FIRST, Region.GB, "protocol", "protocol"),
        ((US_LABEL, EU_LABEL), Region.GB, "us_label", "US label"),
    ],
)  # fmt: skip
def test_the_regions_label_speaks_else_who_is_none_else_the_first(sources, region, authority, names):
    found = voice(sources, region)

    assert (found.source.authority, found.names) == (authority, names)


@pytest.mark.parametrize(
    ("item", "authority"),
    [("wk12_cbc", "protocol"), ("wk12_bio", "protocol"), ("early_lab", "practice"), ("wk8_cd", "policy"),
     ("ind_end_cd", "us_label"), ("endo_cd", "guideline"), ("tb_re", "us_label"), ("base_cbc", "protocol"),
     ("base_preg", "us_label"), ("base_meds", "us_label")],
)  # fmt: skip
def test_whose_an_item_is(item, authority):
    assert the(chart(), 0, item).authority == authority


# Without stools that are counted


NO_STOOLS = [("ostomy", "with a stoma"), ("pouch", "with a pouch"), ("colectomy", "after a colectomy")]


@pytest.mark.parametrize(("fact", "words"), NO_STOOLS)
@pytest.mark.parametrize(
    ("disease", "item", "day", "score"),
    [(CD, "wk8_cd", 56, "HBI"), (CD, "ind_end_cd", 84, "HBI"), (UC, "ind_end_uc", 56, "PMS")],
)
def test_an_assessment_does_not_wait_for_a_score_that_is_not_valid(fact, words, disease, item, day, score):
    without = History(**{fact: True})
    found = the(chart(disease, history=without), day, item)

    assert found.missing == ("CRP", "Calprotectin")
    assert f"without a score: the stool item of {score} is not valid {words}" in found.why
    assert the(chart(disease, history=without, labs=labs(day, *MARKERS)), day, item).state == "done"
    assert the(chart(disease, labs=labs(day, *MARKERS)), day, item).missing == (score,)


@pytest.mark.parametrize(("disease", "item", "score"), [(CD, "ext_cd", hbi(84, 9)), (UC, "ext_uc", pms(56, 3, 3, 3))])
def test_an_assessment_by_a_score_alone_is_not_possible_where_it_is_not_valid(disease, item, score):
    patient = chart(disease, region=Region.EU, history=History(colectomy=True), scores=(score,))
    found = the(patient, 200, item)

    assert found.state == "not_possible"
    assert "is not valid after a colectomy" in found.why
    assert due(patient, 200, "clin") == []


# The extension of the EU, GB and AU labels


def _responding(day, score_day, before, after, disease=UC):
    measure = pms if disease is UC else hbi
    first = measure(-3, *before)
    return chart(disease, region=Region.EU, scores=(first, measure(score_day, *after)))


def test_a_responder_at_the_end_of_induction_needs_no_extension():
    found = the(_responding(70, 56, (3, 3, 3), (2, 2, 3)), 70, "ext_uc")

    assert found.state == "not_needed"
    assert "response at the end of induction: PMS was 9 at baseline" in found.why


def test_without_a_response_the_extension_is_planned_and_says_so():
    found = the(_responding(70, 56, (3, 3, 3), (3, 3, 2)), 70, "ext_uc")

    assert found.state == "planned"
    assert "no response at the end of induction: PMS was 9 at baseline" in found.why


def test_the_extension_of_crohns_goes_by_the_hbi():
    assert the(_responding(90, 84, (9,), (6,), CD), 90, "ext_cd").state == "not_needed"
    assert "no response at the end of induction" in the(_responding(90, 84, (9,), (7,), CD), 90, "ext_cd").why


CDAI_ACCEPTED = frozenset({"cdai"})


def cdai(day, total):
    return Score(questionnaire=CDAI, on=on_day(day), recorded_total=total)


@pytest.mark.parametrize(
    ("now", "state", "said"),
    [
        (201, "planned", "no response at the end of induction: CDAI (Crohn's) was 300 at baseline"),
        (200, "not_needed", "response at the end of induction: CDAI (Crohn's) was 300 at baseline"),
    ],
)
def test_the_extension_of_crohns_goes_by_the_cdai_where_there_is_no_hbi(now, state, said):
    scores = (cdai(-3, 300), cdai(84, now))
    found = the(chart(CD, region=Region.EU, scores=scores, accepted_baseline=CDAI_ACCEPTED), 90, "ext_cd")

    assert found.state == state
    assert said in found.why


@pytest.mark.parametrize(
    ("hbi_now", "cdai_now", "state", "said"),
    [
        (6, 200, "not_needed", "; response at the end of induction"),
        (7, 201, "planned", "; no response at the end of induction"),
        (6, 201, "planned", ": not known whether it applies"),
        (7, 200, "planned", ": not known whether it applies"),
    ],
    ids=["both", "neither", "by HBI alone", "by CDAI alone"],
)
def test_two_indices_that_disagree_on_the_response_leave_the_extension_open(hbi_now, cdai_now, state, said):
    scores = (hbi(-3, 9), hbi(84, hbi_now), cdai(-3, 300), cdai(84, cdai_now))
    patient = chart(CD, region=Region.EU, scores=scores, accepted_baseline=CDAI_ACCEPTED)
    found = the(patient, 90, "ext_cd")

    assert found.state == state
    assert said in found.why
    assert "HBI was 9" in found.why
    assert "CDAI (Crohn's) was 300" in found.why


def test_a_response_that_is_not_known_is_not_a_missing_response():
    without_baseline = chart(UC, region=Region.EU, scores=(pms(56, 1, 1, 1),))

    assert (
        "no score at the end of induction: not known whether it applies"
        in the(chart(UC, region=Region.EU), 80, "ext_uc").why
    )
    assert "no baseline PMS: not known whether it applies" in the(without_baseline, 80, "ext_uc").why


def test_the_response_is_that_of_the_end_of_induction_and_not_of_a_later_score():
    scores = (pms(-3, 3, 3, 3), pms(42, 0, 0, 0), pms(55, 3, 3, 3), pms(112, 0, 0, 0))
    found = the(chart(UC, region=Region.EU, scores=scores), 115, "ext_uc")

    assert found.state == "done"
    assert "no response at the end of induction" in found.why


@pytest.mark.parametrize(
    ("scored", "counts"),
    [((41, 42), 42), ((55, 58), 55), ((54, 58), 54), ((63, 64), 63), ((42, 63), 63), ((64, 66), 64), ((66, 64), 64)],
    ids=[
        "from its first day",
        "nearer before",
        "as near: the earlier",
        "to its last day",
        "nearer on its last day",
        "late",
        "the first late one",
    ],
)
def test_the_score_of_the_end_of_induction_is_the_nearest_in_its_window_else_the_first_late_one(scored, counts):
    answers = {day: (0, 0, 0) if day == counts else (3, 3, 3) for day in scored}
    scores = (pms(-3, 3, 3, 3), *(pms(day, *answers[day]) for day in scored))

    assert the(chart(UC, region=Region.EU, scores=scores), 90, "ext_uc").state == "not_needed"


@pytest.mark.parametrize(
    ("region", "listed"), [(None, 0), (Region.US, 0), (Region.EU, 1), (Region.GB, 1), (Region.AU, 1)]
)
def test_the_extension_is_of_three_labels_alone(region, listed):
    assert len(due(chart(UC, region=region), 60, "ext_uc")) == listed
    assert len(due(chart(CD, region=region), 60, "ext_cd")) == listed


@pytest.mark.parametrize(("day", "known"), [(104, True), (105, False)], ids=["late", "of week 16"])
def test_a_score_of_week_16_is_not_that_of_the_end_of_induction(day, known):
    scores = (pms(-3, 3, 3, 3), pms(day, 3, 3, 3))
    why = the(chart(UC, region=Region.EU, scores=scores), 115, "ext_uc").why

    assert ("no response at the end of induction" in why) == known
    assert ("not known whether it applies" in why) != known


def test_a_restart_after_a_stop_is_a_gap_in_the_treatment():
    course = (Step(on=on_day(20), move=Move.STOPPED), Step(on=on_day(30), move=Move.RESTARTED))

    assert the(chart(UC, course=course), 60, "ind_end_uc").due > on_day(56)
