"""The dose after 45 mg, CPK, the baseline after the first dose, and what remains after the last. CLINICAL.md D14, 4."""

from decimal import Decimal

import pytest

from flows.history import AdverseEvent, History, Region, Result, Screened, Sex
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
    following,
    hbi,
    interrupted,
    labs,
    on_day,
    pms,
    said,
    screened,
    ses_cd,
    the,
)

# The dose after 45 mg


@pytest.mark.parametrize(("disease", "end"), [(UC, 56), (CD, 84)])
def test_the_next_dose_is_looked_for_from_a_fortnight_before_the_end_of_45_mg(disease, end):
    states = {day: the(chart(disease), day, "dose_step").state for day in (end - 15, end - 14, end - 1, end, end + 1)}

    assert states == {end - 15: "planned", end - 14: "due", end - 1: "due", end: "due", end + 1: "overdue"}
    assert the(chart(disease), 0, "dose_step").due == on_day(end - 14)


@pytest.mark.parametrize(("day", "said_so"), [(55, False), (56, True), (57, True), (400, True)])
def test_from_the_first_day_without_45_mg_it_is_said_that_no_dose_is_recorded(day, said_so):
    found = the(chart(UC, region=Region.US), day, "dose_step")

    assert ("CHECK: 45 mg ended on 2 Mar 2026 (US label), no dose recorded" in found.why) == said_so


def test_an_induction_of_8_weeks_in_crohns_is_the_protocols():
    found = the(chart(induction_weeks=8), 56, "dose_step")

    assert found.authority == "protocol"
    assert found.why.endswith("CHECK: 45 mg ended on 2 Mar 2026 (protocol), no dose recorded")


def test_without_a_chosen_length_both_ends_are_named_each_by_its_authority():
    eight, twelve = due(chart(induction_weeks=None, region=Region.EU), 60, "dose_step")

    assert (eight.authority, eight.state, twelve.authority, twelve.state) == (
        "protocol", "overdue", "eu_label", "planned")  # fmt: skip
    assert "the length of induction is not recorded; EU label: 12 weeks" in eight.why


@pytest.mark.parametrize(
    ("day", "state"), [(30, "done"), (83, "done"), (84, "done"), (85, "done_late")],
    ids=["long before", "the day before", "on the day", "a day late"],
)  # fmt: skip
def test_a_recorded_dose_of_another_strength_is_the_next_dose(day, state):
    found = the(chart(course=(dose(0, 45), dose(day, 15))), 90, "dose_step")

    assert (found.state, found.done_on) == (state, on_day(day))
    assert f"15 mg recorded on {found.done_on.day}" in found.why


def test_a_planned_dose_is_not_recorded_yet():
    assert the(chart(course=(dose(90, 15),)), 85, "dose_step").state == "overdue"


@pytest.mark.parametrize("recorded", [42, 56])
def test_a_recorded_extension_in_colitis_counts_and_has_its_own_end(recorded):
    first, second = due(chart(UC, region=Region.EU, course=(dose(0, 45), dose(recorded, 45))), 60, "dose_step")

    assert (first.state, first.done_on, second.state) == ("done", on_day(recorded), "planned")
    assert second.until == on_day(112)


def test_an_extension_whose_end_has_come_says_so_and_no_other_length():
    course = (dose(0, 45), dose(56, 45))
    _, second = due(chart(UC, region=Region.EU, course=course), 112, "dose_step")

    assert second.why.endswith("CHECK: 45 mg ended on 27 Apr 2026 (EU label), no dose recorded")


def test_45_mg_recorded_early_is_no_extension():
    (only,) = due(chart(UC, course=(dose(0, 45), dose(41, 45))), 60, "dose_step")

    assert only.state == "overdue"


def test_while_interrupted_the_end_of_45_mg_is_paused():
    found = the(chart(UC, course=interrupted(50)), 60, "dose_step")

    assert found.state == "planned"
    assert "CHECK" not in found.why


@pytest.mark.parametrize(("begun", "state"), [(55, "planned"), (56, "overdue")])
def test_an_interruption_from_the_end_of_45_mg_on_pauses_nothing(begun, state):
    assert the(chart(UC, course=interrupted(begun)), 60, "dose_step").state == state


def test_a_dose_is_missing_from_the_day_on_which_it_is_looked_for():
    assert [the(chart(UC), day, "dose_step").missing for day in (41, 42, 56)] == [(), ("dose",), ("dose",)]


def test_a_second_induction_is_looked_for_by_its_own_end():
    again = Step(on=on_day(200), move=Move.RESTARTED, mg=45, induction=Resumed.ANEW, weeks=8)
    found = the(chart(course=(dose(84, 15), *interrupted(150), again)), 210, "dose_step")

    assert (found.opens, found.due, found.until) == (on_day(242), on_day(242), on_day(256))
    assert found.slot == f"8 weeks from {on_day(200)}"


def test_after_a_long_interruption_the_end_of_45_mg_is_to_be_confirmed():
    found = the(chart(UC, course=interrupted(20, 49)), 60, "dose_step")

    assert (found.state, found.opens, found.due, found.until) == ("due", on_day(49), on_day(49 + 42), on_day(49 + 56))
    assert "to be confirmed" in found.why
    assert "CHECK" not in found.why


# CPK


def _myalgia(day):
    return (AdverseEvent(kind="myalgia", on=on_day(day)),)


def test_cpk_is_no_item_without_symptoms_and_without_a_raised_value():
    assert due(chart(labs=labs(84, *CBC, "alt", "cpk"), sex=Sex.MALE), 90, "cpk") == []
    assert due(chart(), 90, "cpk") == []


def test_cpk_is_due_from_the_day_of_muscle_symptoms_for_14_days():
    states = {day: the(chart(events=_myalgia(100)), day, "cpk").state for day in (100, 114, 115)}

    assert due(chart(events=_myalgia(100)), 99, "cpk") == []
    assert states == {100: "due", 114: "due", 115: "overdue"}


@pytest.mark.parametrize(("day", "state"), [(99, "overdue"), (100, "done"), (114, "done"), (115, "done_late")])
def test_a_cpk_since_the_symptoms_is_the_one(day, state):
    found = due(chart(events=_myalgia(100), labs=labs(day, "cpk"), sex=Sex.MALE), 120, "cpk")

    assert [each.state for each in found] == [state]


def test_of_several_symptoms_the_last_one_counts_and_those_of_day_0_and_of_today_do():
    assert the(chart(events=(*_myalgia(100), *_myalgia(60))), 101, "cpk").due == on_day(100)
    assert the(chart(events=_myalgia(0)), 0, "cpk").due == on_day(0)
    assert due(chart(events=_myalgia(-1)), 5, "cpk") == []


def test_a_cpk_from_before_the_symptoms_raised_or_not_is_none_of_them():
    for value in ("90", "400"):
        found = the(chart(events=_myalgia(100), labs=labs(99, cpk=value), sex=Sex.MALE), 105, "cpk")
        assert (found.due, found.state) == (on_day(100), "due")


@pytest.mark.parametrize(
    ("state", "day", "found"),
    [("not_possible", 99, "due"), ("not_possible", 100, "not_possible"), ("awaiting", 99, "due"),
     ("awaiting", 100, "awaiting"), ("awaiting", 105, "awaiting")],
)  # fmt: skip
def test_what_is_said_of_a_cpk_counts_from_the_symptoms_on(state, day, found):
    patient = chart(events=_myalgia(100), handled=(said("cpk", state, day),))

    assert the(patient, 105, "cpk").state == found


def test_a_raised_cpk_that_was_measured_again_with_the_blood_count_is_done():
    patient = chart(labs=(*labs(10, cpk="300"), *labs(30, "cpk")), sex=Sex.MALE)
    found = the(patient, 40, "cpk")

    assert (found.state, found.done_on) == ("done", on_day(30))
    assert found.why.endswith("; Creatine kinase 300 U/L (15 Jan 2026; upper limit 170 U/L, reference, ABIM, "
                              "January 2026); done 4 Feb 2026")  # fmt: skip


def test_before_its_window_opens_a_raised_cpk_says_no_more_than_its_fact():
    found = the(chart(labs=labs(2, cpk="400"), sex=Sex.MALE), 3, "cpk")

    assert found.state == "planned"
    assert found.why.endswith("upper limit 170 U/L, reference, ABIM, January 2026)")


@pytest.mark.parametrize(
    ("value", "upper", "sex", "listed"),
    [("171", None, Sex.MALE, 1), ("170", None, Sex.MALE, 0), ("136", None, Sex.FEMALE, 1), ("135", None, Sex.FEMALE, 0),
     ("150", None, None, 0), ("171", None, None, 1), ("151", Decimal(150), None, 1), ("150", Decimal(150), None, 0)],
)  # fmt: skip
def test_a_raised_cpk_comes_again_with_the_next_blood_count(value, upper, sex, listed):
    found = due(chart(labs=labs(30, upper=upper, cpk=value), sex=sex), 40, "cpk")

    assert len(found) == listed
    assert all(each.window == the(chart(), 40, "wk12_cbc").window for each in found)


# Baseline items after the first dose


@pytest.mark.parametrize(
    ("item", "codes", "oldest"), [("base_cbc", CBC, 30), ("base_lft", ("alt",), 30), ("base_lipid", LIPIDS, 90),
                                  ("base_renal", ("egfr",), 30), ("base_bio", MARKERS, 60)],
)  # fmt: skip
def test_a_laboratory_value_is_a_baseline_within_its_window(item, codes, oldest):
    states = {day: the(chart(labs=labs(day, *codes)), 1, item).state for day in (-oldest - 1, -oldest, 0)}

    assert states == {-oldest - 1: "overdue", -oldest: "done", 0: "done"}


@pytest.mark.parametrize(("item", "codes"), [("base_cbc", CBC), ("base_lft", ("alt",)), ("base_lipid", LIPIDS),
                                             ("base_bio", MARKERS)])  # fmt: skip
def test_a_value_after_the_first_dose_is_no_baseline(item, codes):
    assert the(chart(labs=labs(1, *codes)), 10, item).state == "overdue"


@pytest.mark.parametrize(
    ("item", "before", "after"),
    [("base_cbc", 17, 18), ("base_lft", 17, 18), ("base_lipid", 69, 70), ("base_score", 41, 42), ("base_bio", 41, 42),
     ("base_endo", 149, 150)],
)  # fmt: skip
def test_a_baseline_is_missed_once_a_later_item_has_taken_its_place(item, before, after):
    assert the(chart(), before, item).state == "overdue"
    assert the(chart(), after, item).state == "missed"


@pytest.mark.parametrize(
    ("item", "screening"),
    [("base_igra", screened("igra", 40, Result.NEGATIVE)), ("base_chest", screened("chest", 40, Result.NEGATIVE)),
     ("base_hbv", screened("hbv", 40, Result.NEGATIVE)), ("base_hcv", screened("hcv", 40, Result.NEGATIVE)),
     ("base_cv", screened("cv", 40)), ("base_meds", screened("meds", 40))],
)  # fmt: skip
def test_safety_screening_stays_due_until_it_is_done_late(item, screening):
    assert the(chart(), 800, item).state == "overdue"
    assert the(chart(screening=(screening,)), 800, item).state == "done_late"


@pytest.mark.parametrize(
    ("item", "window"),
    [
        ("base_cbc", "at most 30 days before it"),
        ("base_zoster", "at any time before it, a later one counts as done late"),
        ("base_igra", "at most 180 days before it, a later one counts as done late"),
    ],
)
def test_a_baseline_says_how_old_it_may_be_and_whether_it_counts_late(item, window):
    assert f": before the first dose (window of this project: {window})" in the(chart(), 0, item).why


def test_kidney_function_counts_late():
    assert the(chart(labs=labs(40, "creatinine")), 50, "base_renal").state == "done_late"
    assert the(chart(labs=labs(-10, "creatinine") + labs(40, "creatinine")), 50, "base_renal").state == "done"


@pytest.mark.parametrize(
    ("day", "state", "note"),
    [
        (0, "done", "done 5 Jan 2026"),
        (1, "done_late", "done 6 Jan 2026, 1 day after its window"),
        (2, "done_late", "done 7 Jan 2026, 2 days after its window"),
    ],
    ids=["the day of the first dose", "the day after it", "two days after it"],
)
def test_kidney_function_is_late_from_the_day_after_the_first_dose(day, state, note):
    found = the(chart(labs=labs(day, "creatinine")), 10, "base_renal")

    assert (found.state, found.note, found.done_on) == (state, note, on_day(day))


@pytest.mark.parametrize("day", [-5, 0, 1, 5])
def test_a_vaccination_against_zoster_is_no_history_of_zoster(day):
    vaccination = Screened(item="zoster", on=on_day(day), vaccinated=True)
    asked = screened("zoster", 8, Result.NEGATIVE)
    alone, both = (the(chart(screening=found), 10, "base_zoster") for found in ((vaccination,), (vaccination, asked)))

    assert (alone.state, alone.note, alone.done_on) == ("overdue", "missing: history of zoster", None)
    assert (both.state, both.done_on) == ("done_late", on_day(8))
    assert both.note == "done 13 Jan 2026, 8 days after its window"


def test_a_positive_marker_is_awaited_until_what_it_opens_has_come():
    found = the(
        chart(screening=(screened("hbv", -20, hbsag=Result.NEGATIVE, anti_hbc=Result.POSITIVE),)), 5, "base_hbv"
    )

    assert (found.state, found.said_on) == ("awaiting", None)
    assert "HBV DNA" in found.why


def test_a_baseline_test_without_its_result_is_awaited_since_the_day_on_which_it_was_done():
    found = the(chart(screening=(screened("igra", -20),)), 0, "base_igra")

    assert (found.state, found.said_on) == ("awaiting", on_day(-20))


def test_a_baseline_score_and_endoscopy():
    patient = chart(scores=(hbi(-35, 9), ses_cd(-90)), accepted_baseline=frozenset({"ses_cd"}))

    assert the(patient, 1, "base_score").state == "done"
    assert the(patient, 1, "base_endo").state == "done"
    assert the(chart(scores=(hbi(-36, 9),)), 1, "base_score").state == "overdue"
    assert the(chart(scores=(hbi(-36, 9),), accepted_baseline=frozenset({"hbi"})), 1, "base_score").state == "done"


@pytest.mark.parametrize(
    ("potential", "sex", "listed"),
    [(True, None, 1), (True, Sex.FEMALE, 1), (False, Sex.FEMALE, 0), (None, Sex.FEMALE, 1), (None, None, 1),
     (None, Sex.MALE, 0)],
)  # fmt: skip
def test_pregnancy_is_asked_where_it_is_possible_or_not_known(potential, sex, listed):
    found = due(chart(sex=sex, history=History(childbearing_potential=potential)), 0, "base_preg")

    assert len(found) == listed
    assert all(("child-bearing potential not known" in each.why) == (potential is None) for each in found)


def test_an_item_is_named_with_or_without_base():
    for item in ("cbc", "base_cbc"):
        found = the(chart(handled=(said(item, "done", -3),)), 1, "base_cbc")

        assert (found.state, found.done_on) == ("done", on_day(-3))
        assert "result not entered" in found.why


@pytest.mark.parametrize(
    ("entered", "missing"),
    [((), ("Neutrophils", "Lymphocytes", "Haemoglobin")), (("anc",), ("Lymphocytes", "Haemoglobin"))],
    ids=["no value", "one value"],
)
def test_of_a_baseline_that_was_called_done_the_values_that_nobody_entered_are_named(entered, missing):
    found = the(chart(labs=labs(-3, *entered), handled=(said("cbc", "done", -3),)), 1, "base_cbc")

    assert (found.state, found.done_on, found.missing) == ("done", on_day(-3), missing)
    assert found.note == f"done 2 Jan 2026; result not entered: {', '.join(missing)}"


def test_a_baseline_that_is_done_says_when_and_what_is_to_be_said_of_it():
    tests = (screened("igra", -20, Result.NEGATIVE), screened("zoster", -20, Result.NEGATIVE))
    patient = chart(labs=labs(-3, *CBC, "egfr"), scores=(hbi(-4, 9),), screening=tests)
    found = [each for each in due(patient, 1) if each.state == "done"]

    assert {each.item: each.note for each in found} == {
        "base_cbc": "done 2 Jan 2026; without Platelets",
        "base_renal": "done 2 Jan 2026",
        "base_igra": "done 16 Dec 2025",
        "base_zoster": "done 16 Dec 2025; vaccination not recorded",
        "base_score": "done 1 Jan 2026; HBI 9",
    }
    assert {each.missing for each in found} == {()}


def test_a_baseline_that_is_awaited_or_not_possible_says_since_when_where_that_is_known():
    patient = chart(
        history=History(ostomy=True, pregnant=True),
        screening=(screened("hbv", -20, hbsag=Result.NEGATIVE, anti_hbc=Result.POSITIVE), screened("igra", -10)),
        handled=(said("cbc", "awaiting", -3, "sent"), said("base_endo", "not_possible", -5, "declined")),
    )
    found = {each.item: (each.state, each.note) for each in due(patient, 0) if each.item.startswith("base_")}

    assert {item: stands for item, stands in found.items() if stands[0] in ("awaiting", "not_possible")} == {
        "base_cbc": ("awaiting", "awaited since 2 Jan 2026: result; sent"),
        "base_igra": ("awaiting", "awaited since 26 Dec 2025: result"),
        "base_hbv": ("awaiting", "awaited since 16 Dec 2025: HBV DNA"),
        "base_preg": ("awaiting", "awaited: pregnancy"),
        "base_score": ("not_possible", "not possible: the stool item of HBI is not valid with a stoma"),
        "base_endo": ("not_possible", "not possible (31 Dec 2025): declined"),
    }


def test_a_baseline_that_is_not_possible_says_why():
    found = the(chart(handled=(said("base_endo", "not_possible", -5, "declined"),)), 1, "base_endo")

    assert found.state == "not_possible"
    assert "declined" in found.why


# After the last dose


def _stopped(day, disease=CD, **more):
    return chart(disease, stopped_on=on_day(day), **more)


def test_after_the_last_dose_nothing_that_was_open_is_planned_any_more():
    patient = _stopped(100, labs=labs(84, *CBC), handled=(said("wk12_lft", "awaiting", 84),))
    found = {each.item: each.state for each in due(patient, 120)}

    open_ones = {item for item, state in found.items() if state in ("planned", "due", "overdue")}

    assert open_ones <= {"contra_end", "lact_end"}
    assert (found["wk12_cbc"], found["wk12_lft"], found["wk12_lipid"]) == ("done", "awaiting", "not_needed")
    assert (found["early_lab"], found["endo_cd"]) == ("missed", "not_needed")
    assert "the last dose was on 15 Apr 2026" in the(patient, 120, "endo_cd").why


@pytest.mark.parametrize(("item", "result"), [("preg", "positive"), ("preg", "indeterminate"), ("igra", "positive")])
def test_what_a_finding_left_open_before_the_first_dose_is_closed_with_the_treatment(item, result):
    found = (Screened(item=item, on=on_day(90), result=Result(result)),)
    facts = {"screening": found, "history": History(childbearing_potential=True)}

    assert the(chart(CD, **facts), 99, f"base_{item}").state == "awaiting"
    closed = the(_stopped(100, **facts), 120, f"base_{item}")
    assert closed.state == "not_needed"
    assert "the last dose was on 15 Apr 2026" in closed.why


def test_on_the_day_of_the_last_dose_the_monitoring_ends_and_before_it_goes_on():
    assert the(_stopped(100), 99, "endo_cd").state == "planned"
    assert the(_stopped(100), 100, "endo_cd").state == "not_needed"


def test_after_a_restart_the_monitoring_goes_on():
    course = (Step(on=on_day(100), move=Move.STOPPED), Step(on=on_day(110), move=Move.RESTARTED))

    assert the(chart(course=course), 105, "endo_cd").state == "not_needed"
    assert the(chart(course=course), 120, "endo_cd").state == "planned"


@pytest.mark.parametrize(("item", "days"), [("contra_end", 28), ("lact_end", 6)])
def test_days_are_counted_from_the_last_dose(item, days):
    patient = _stopped(100, history=History(childbearing_potential=True, lactating=True))

    assert due(patient, 99, item) == []
    assert the(patient, 100, item).due == on_day(100 + days)
    assert {day: the(patient, day, item).state for day in (99 + days, 100 + days)} == {
        99 + days: "planned", 100 + days: "done"}  # fmt: skip
    assert [the(patient, day, item).done_on for day in (99 + days, 105 + days)] == [None, on_day(100 + days)]


@pytest.mark.parametrize(
    ("history", "sex", "items"),
    [(History(childbearing_potential=True, lactating=False), Sex.FEMALE, ["contra_end"]),
     (History(childbearing_potential=False, lactating=True), Sex.FEMALE, ["lact_end"]),
     (History(lactating=True), Sex.MALE, ["lact_end"]),
     (History(childbearing_potential=False), Sex.FEMALE, []),
     (History(), Sex.MALE, []),
     (History(), Sex.FEMALE, ["lact_end", "contra_end"]),
     (History(), None, ["lact_end", "contra_end"])],
)  # fmt: skip
def test_what_is_counted_from_the_last_dose_is_listed_where_it_applies_or_may_apply(history, sex, items):
    found = [
        each for each in due(_stopped(100, history=history, sex=sex), 101) if each.item in ("contra_end", "lact_end")
    ]

    assert [each.item for each in found] == items
    unknown = history.childbearing_potential is None
    assert all(("not known" in each.why) == unknown for each in found if each.item == "contra_end")


def test_a_series_ends_with_the_treatment():
    patient = _stopped(100, UC, scores=(pms(56),), labs=labs(56, *MARKERS))

    assert following(patient, 101, "clin").state == "not_needed"
