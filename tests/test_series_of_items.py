"""Items that come again and again: counted from the last done, relaxed in remission, at risk. CLINICAL.md section 4."""

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.chart import Score
from flows.history import History, Region, Result
from flows.instruments.cdai import CDAI
from flows.instruments.mayo import MAYO
from tests.schedules import (
    CBC,
    CD,
    LIPIDS,
    MARKERS,
    UC,
    chart,
    due,
    following,
    hbi,
    labs,
    on_day,
    pms,
    said,
    screened,
    the,
)

POSITIVE, NEGATIVE = Result.POSITIVE, Result.NEGATIVE
LABORATORY = (*CBC, "alt")


def days(entry):
    """Its three days, counted from the first dose."""
    return tuple((day - on_day(0)).days for day in (entry.opens, entry.due, entry.until))


@pytest.mark.parametrize(
    ("item", "codes", "kinds"),
    [("rep_lab", LABORATORY, False), ("rep_lipid", LIPIDS, False), ("clin", (), True), ("bio", MARKERS, False)],
)  # fmt: skip
def test_a_series_begins_with_its_first_set_and_counts_from_it(item, codes, kinds):
    """With a score of 9 there is no remission, so that nothing is relaxed."""
    patient = chart(labs=labs(84, *codes), scores=(hbi(84, 9),) if kinds else ())

    assert due(chart(), 200, item) == []
    assert days(the(patient, 90, item)) == (84 + 69, 84 + 90, 84 + 180)


@pytest.mark.parametrize(("item", "codes"), [("rep_lab", LABORATORY), ("rep_lipid", LIPIDS), ("bio", MARKERS)])
def test_a_series_is_planned_then_due_then_overdue_to_the_day(item, codes):
    patient = chart(labs=labs(84, *codes))
    states = {day: the(patient, 84 + day, item).state for day in (68, 69, 90, 180, 181, 700)}

    assert states == {68: "planned", 69: "due", 90: "due", 180: "due", 181: "overdue", 700: "overdue"}


@pytest.mark.parametrize("gap", LABORATORY)
def test_an_incomplete_set_does_not_begin_the_series(gap):
    assert due(chart(labs=labs(84, *(code for code in LABORATORY if code != gap))), 90, "rep_lab") == []


@pytest.mark.parametrize(
    ("disease", "day", "begins"), [(CD, 69, False), (CD, 70, True), (UC, 69, False), (UC, 70, True)]
)
def test_laboratory_values_before_day_70_do_not_begin_the_series(disease, day, begins):
    assert bool(due(chart(disease, labs=labs(day, *LABORATORY)), 75, "rep_lab")) == begins


@pytest.mark.parametrize(
    ("disease", "day", "begins"), [(CD, 69, False), (CD, 70, True), (UC, 41, False), (UC, 42, True)]
)
def test_scores_before_the_end_of_induction_do_not_begin_the_series(disease, day, begins):
    score = hbi(day) if disease is CD else pms(day)
    patient = chart(disease, scores=(score,), labs=labs(day, *MARKERS))

    assert bool(due(patient, 75, "clin")) == begins
    assert bool(due(patient, 75, "bio")) == begins


def test_the_next_one_is_counted_from_the_last_done_and_not_from_the_planned_day():
    patient = chart(labs=labs(84, *LABORATORY) + labs(200, *LABORATORY))
    past, coming = due(patient, 210, "rep_lab")

    assert (past.state, days(past)[1], past.done_on) == ("done", 174, on_day(200))
    assert (coming.state, days(coming)[1]) == ("planned", 290)


@pytest.mark.parametrize(("day", "state"), [(264, "done"), (265, "done_late")])
def test_a_set_after_the_window_is_late_and_moves_the_series(day, state):
    past, coming = due(chart(labs=labs(84, *LABORATORY) + labs(day, *LABORATORY)), 280, "rep_lab")

    assert past.state == state
    assert days(coming)[1] == day + 90


WEEK_12 = {
    "rep_lab": ("wk12_cbc", "wk12_lft"), "rep_lipid": ("wk12_lipid",), "bio": ("wk12_bio",), "clin": ("ind_end_cd",),
}  # fmt: skip


@pytest.mark.parametrize(("item", "begins"), WEEK_12.items())
def test_a_series_begins_with_the_word_that_week_12_was_not_possible(item, begins):
    """Else nobody would be told of the item again."""
    patient = chart(handled=tuple(said(each, "not_possible", 90, "refused") for each in begins))
    found = the(patient, 100, item)

    assert days(found) == (90 + 69, 90 + 90, 90 + 180)
    assert found.state == "planned"
    assert "counted from 5 Apr 2026; not possible: " in found.why


def test_what_was_not_possible_and_what_was_done_begin_the_series_together_as_old_as_the_older():
    refused = said("wk12_lft", "not_possible", 95, "lost")

    assert days(the(chart(labs=labs(84, *CBC), handled=(refused,)), 100, "rep_lab"))[1] == 84 + 90
    assert days(the(chart(labs=labs(97, *CBC), handled=(refused,)), 100, "rep_lab"))[1] == 95 + 90


def test_one_item_of_two_that_was_not_possible_leaves_the_other_where_it_is_and_begins_nothing():
    patient = chart(handled=(said("wk12_cbc", "not_possible", 90, "refused"),))

    assert due(patient, 200, "rep_lab") == []
    assert the(patient, 200, "wk12_lft").state == "overdue"


def test_a_value_after_week_12_was_not_possible_takes_its_place():
    refused = tuple(said(each, "not_possible", 90, "refused") for each in WEEK_12["rep_lab"])
    patient = chart(labs=labs(165, *LABORATORY), handled=refused)

    assert [(each.state, days(each)[1]) for each in due(patient, 170, "rep_lab")] == [
        ("done", 90 + 90), ("planned", 165 + 90),
    ]  # fmt: skip


def test_a_word_said_ahead_counts_from_the_first_day_whose_value_would():
    refused = tuple(said(each, "not_possible", 40, "abroad") for each in WEEK_12["rep_lab"])

    assert days(the(chart(handled=refused), 100, "rep_lab"))[1] == 70 + 90


def test_an_awaited_result_after_the_word_that_it_was_not_possible_begins_nothing():
    sayings = said("wk12_lipid", "not_possible", 90, "refused"), said("wk12_lipid", "awaiting", 92)

    assert due(chart(handled=sayings), 200, "rep_lipid") == []


@pytest.mark.parametrize(("day", "entries"), [(152, 1), (153, 2)], ids=["a day before it opens", "as it opens"])
def test_an_extra_set_moves_the_series_and_is_not_said_to_be_the_one_that_was_due(day, entries):
    found = due(chart(labs=labs(84, *LABORATORY) + labs(day, *LABORATORY)), 160, "rep_lab")

    assert len(found) == entries
    assert days(found[-1])[1] == day + 90


def test_a_set_is_as_old_as_its_oldest_part():
    patient = chart(labs=labs(84, *CBC) + labs(95, "alt"))

    assert days(the(patient, 100, "rep_lab"))[1] == 84 + 90


def test_a_set_is_done_on_the_day_of_its_last_part():
    values = labs(84, *LABORATORY) + labs(170, *CBC) + labs(180, "alt")
    past, coming = due(chart(labs=values), 190, "rep_lab")

    assert (past.state, past.done_on, days(coming)[1]) == ("done", on_day(180), 170 + 90)


def test_a_part_that_was_not_repeated_keeps_the_item_open_and_is_named():
    found = following(chart(labs=labs(84, *LABORATORY) + labs(174, *CBC)), 180, "rep_lab")

    assert (found.state, found.missing) == ("due", ("ALT",))
    assert "the last one 30 Mar 2026" in found.why


# Remission with normal markers


def _calm(disease=CD, day=100, score=None, crp="4", fcp="200", **more):
    score = score or (hbi(day, 4) if disease is CD else pms(day, 1, 0, 1))
    return chart(disease, scores=(score,), labs=labs(day, crp=crp, fcp=fcp), **more)


@pytest.mark.parametrize("item", ["clin", "bio"])
@pytest.mark.parametrize("disease", [CD, UC])
def test_in_remission_with_normal_markers_the_interval_is_longer(disease, item):
    found = the(_calm(disease), 110, item)

    assert days(found) == (100 + 159, 100 + 180, 100 + 365)
    assert "in remission with CRP and calprotectin within their limits" in found.why


def test_a_series_that_is_not_relaxed_says_nothing_of_remission():
    patient = _calm()
    found = the(chart(scores=patient.scores, labs=patient.labs + labs(100, *LIPIDS)), 110, "rep_lipid")

    assert found.why.endswith("; the last one 15 Apr 2026")


def test_a_relaxed_series_is_due_and_overdue_to_the_day():
    states = {day: the(_calm(), 100 + day, "clin").state for day in (158, 159, 365, 366)}

    assert states == {158: "planned", 159: "due", 365: "due", 366: "overdue"}


@pytest.mark.parametrize(("today", "due_on"), [(99, 84 + 90), (100, 100 + 180)], ids=["the day before", "its day"])
def test_remission_counts_from_the_day_of_the_score_that_shows_it(today, due_on):
    scores, values = (hbi(84, 9), hbi(100, 4)), labs(84, *MARKERS) + labs(100, *MARKERS)

    assert days(following(chart(scores=scores, labs=values), today, "clin"))[1] == due_on


@pytest.mark.parametrize(
    "patient",
    [
        _calm(score=hbi(100, 5)),
        _calm(crp="5.1"),
        _calm(fcp="251"),
        chart(scores=(hbi(100, 4),), labs=labs(100, crp="4")),
        chart(scores=(hbi(100, 4),), labs=labs(100, fcp="90")),
        _calm(unreadable=("history",)),
        _calm(score=hbi(100, 1), fcp=">200"),
    ],
    ids=["HBI 5", "CRP 5.1", "calprotectin 251", "no calprotectin", "no CRP", "unreadable", "not known"],
)
def test_without_remission_or_normal_markers_the_interval_is_the_short_one(patient):
    assert days(the(patient, 110, "clin"))[1] == 190


@pytest.mark.parametrize("fact", ["ostomy", "pouch", "colectomy"])
def test_without_stools_that_are_counted_no_score_comes_again_and_markers_do_at_the_short_interval(fact):
    patient = _calm(history=History(**{fact: True}))

    assert due(patient, 110, "clin") == []
    assert days(the(patient, 110, "bio"))[1] == 190


def test_a_cdai_that_is_not_remission_is_enough_against_it():
    high = Score(questionnaire=CDAI, on=on_day(100), recorded_total=150)
    low = Score(questionnaire=CDAI, on=on_day(100), recorded_total=149)
    usual = labs(100, *MARKERS)

    assert days(the(chart(scores=(hbi(100, 4), high), labs=usual), 110, "clin"))[1] == 190
    assert days(the(chart(scores=(hbi(100, 4), low), labs=usual), 110, "clin"))[1] == 280
    assert days(the(chart(scores=(low,), labs=usual), 110, "bio"))[1] == 280


# What a person said


def test_done_without_a_value_moves_the_series_and_the_result_stays_named():
    patient = chart(labs=labs(84, *LABORATORY), handled=(said("rep_lab", "done", 170),))
    past, coming = due(patient, 175, "rep_lab")

    assert (past.state, past.missing) == ("done", ("Neutrophils", "Lymphocytes", "Haemoglobin", "ALT"))
    assert days(coming)[1] == 170 + 90
    assert "result not entered: Neutrophils, Lymphocytes, Haemoglobin, ALT" in coming.why


def test_the_series_goes_on_after_one_that_was_not_possible():
    patient = chart(labs=labs(84, *LABORATORY), handled=(said("rep_lab", "not_possible", 176, "abroad"),))
    passed, coming = due(patient, 180, "rep_lab")

    assert (passed.state, days(passed)[1]) == ("not_possible", 174)
    assert "abroad" in passed.why
    assert (coming.state, days(coming)[1]) == ("planned", 176 + 90)


@pytest.mark.parametrize(("day", "entries"), [(152, 1), (153, 2)], ids=["before it opens", "as it opens"])
def test_not_possible_is_said_of_an_open_item(day, entries):
    patient = chart(labs=labs(84, *LABORATORY), handled=(said("rep_lab", "not_possible", day, "abroad"),))

    assert len(due(patient, 180, "rep_lab")) == entries


@pytest.mark.parametrize(("day", "entries"), [(179, 2), (180, 2), (181, 1)], ids=["yesterday", "today", "tomorrow"])
def test_what_is_said_today_counts_and_not_what_is_said_tomorrow(day, entries):
    patient = chart(labs=labs(84, *LABORATORY), handled=(said("rep_lab", "not_possible", day, "abroad"),))

    assert len(due(patient, 180, "rep_lab")) == entries


def test_what_is_said_of_an_unknown_item_changes_nothing():
    patient = chart(labs=labs(84, *LABORATORY))

    assert due(chart(labs=patient.labs, handled=(said("wk99", "done", 170),)), 180) == due(patient, 180)


def test_a_value_after_not_possible_takes_its_place():
    sayings = (said("rep_lab", "not_possible", 176, "abroad"),)
    past, coming = due(chart(labs=labs(84, *LABORATORY) + labs(190, *LABORATORY), handled=sayings), 200, "rep_lab")

    assert (past.state, coming.state, days(coming)[1]) == ("done", "planned", 280)


def test_an_awaited_result_of_a_series():
    patient = chart(labs=labs(84, *LABORATORY), handled=(said("rep_lab", "awaiting", 170),))

    assert the(patient, 175, "rep_lab").state == "awaiting"
    assert following(
        chart(labs=patient.labs + labs(170, *LABORATORY), handled=patient.handled), 175, "rep_lab"
    ).state == ("planned")


@pytest.mark.parametrize(
    ("item", "codes", "extra"),
    [
        ("rep_lab", LABORATORY, {}),
        ("rep_lipid", LIPIDS, {}),
        ("bio", MARKERS, {}),
        ("hbv_dna", ("alt",), {"screening": (screened("hbv", 84, hbsag=NEGATIVE, anti_hbc=POSITIVE, dna=NEGATIVE),)}),
    ],
)
@pytest.mark.parametrize("sampled", [170, 174], ids=["of an earlier day", "of the day before it was said"])
def test_a_result_that_was_awaited_and_has_come_is_not_awaited_for_the_next_time(item, codes, extra, sampled):
    """Sampled before somebody said that it is awaited, as where the blood was drawn elsewhere."""
    waiting = chart(labs=labs(84, *codes), handled=(said(item, "awaiting", 175),), **extra)
    assert following(waiting, 176, item).state == "awaiting"

    come = {"labs": waiting.labs + labs(sampled, *codes)}
    if item == "hbv_dna":
        come["screening"] = (*waiting.screening, screened("hbv", sampled, dna=NEGATIVE))
    answered = replace(waiting, **come)
    past, coming = due(answered, 180, item)
    assert (past.state, past.done_on, coming.state) == ("done", on_day(sampled), "planned")
    assert following(answered, sampled + 181, item).state == "overdue"


def test_an_igra_that_was_awaited_and_has_come_is_not_awaited_next_year():
    igras = screened("igra", -16, NEGATIVE), screened("igra", 346, NEGATIVE)
    patient = chart(screening=igras, handled=(said("tb_re", "awaiting", 348),), risks=frozenset())

    assert [each.state for each in due(patient, 360, "tb_re")] == ["done", "planned"]


@pytest.mark.parametrize(
    ("waits", "state"), [(152, "planned"), (153, "awaiting")], ids=["before it opens", "as it opens"]
)
def test_a_result_is_awaited_for_the_time_that_was_open_when_it_was_sampled(waits, state):
    patient = chart(labs=labs(84, *LABORATORY), handled=(said("rep_lab", "awaiting", waits),))

    assert the(patient, waits, "rep_lab").state == state


def test_what_was_awaited_and_then_was_not_possible_is_not_awaited_for_the_next_time():
    sayings = said("rep_lab", "awaiting", 175), said("rep_lab", "not_possible", 180, "lost")
    passed, coming = due(chart(labs=labs(84, *LABORATORY), handled=sayings), 190, "rep_lab")

    assert (passed.state, passed.said_on, coming.state) == ("not_possible", on_day(180), "planned")
    assert coming.said_on is None


def test_each_time_that_was_not_possible_keeps_its_own_day_and_reason():
    sayings = said("rep_lab", "not_possible", 176, "abroad"), said("rep_lab", "not_possible", 267, "refused")
    found = due(chart(labs=labs(84, *LABORATORY), handled=sayings), 270, "rep_lab")

    assert [(each.slot, each.state, days(each)[1]) for each in found] == [
        (on_day(84).isoformat(), "not_possible", 174),
        (on_day(176).isoformat(), "not_possible", 266),
        (on_day(267).isoformat(), "planned", 357),
    ]
    assert [each.note.partition(": ")[2] for each in found[:2]] == ["abroad", "refused"]


@pytest.mark.parametrize(("said_again", "times"), [(244, 2), (245, 3)], ids=["before it opens", "as it opens"])
def test_not_possible_said_again_is_of_the_next_time_once_that_is_open(said_again, times):
    sayings = said("rep_lab", "not_possible", 176, "abroad"), said("rep_lab", "not_possible", said_again, "refused")

    assert len(due(chart(labs=labs(84, *LABORATORY), handled=sayings), 250, "rep_lab")) == times


@pytest.mark.parametrize(
    ("sampled", "slot", "due_on", "state"),
    [(190, 84, 174, "done"), (244, 84, 174, "done"), (245, 176, 266, "done"), (270, 176, 266, "done"),
     (357, 176, 266, "done_late")],
)  # fmt: skip
def test_a_value_after_not_possible_is_of_the_last_time_that_was_open(sampled, slot, due_on, state):
    values = labs(84, *LABORATORY) + labs(sampled, *LABORATORY)
    past, coming = due(chart(labs=values, handled=(said("rep_lab", "not_possible", 176, "abroad"),)), 360, "rep_lab")

    assert (past.slot, days(past)[1], past.state) == (on_day(slot).isoformat(), due_on, state)
    assert days(coming)[1] == sampled + 90


def test_a_time_counted_from_an_old_part_is_not_the_one_that_its_set_has_satisfied():
    """ALT of the day on which the rest was not possible: the next time is counted from that day either way."""
    values = labs(84, *LABORATORY) + labs(176, "alt") + labs(250, *CBC)
    past, coming = due(chart(labs=values, handled=(said("rep_lab", "not_possible", 176, "abroad"),)), 251, "rep_lab")

    assert (past.state, days(past)[1], past.done_on) == ("done", 174, on_day(250))
    assert (coming.state, days(coming)[1], coming.missing) == ("due", 266, ("ALT",))


def test_a_value_from_before_it_was_called_not_possible_takes_its_place():
    sayings = (said("rep_lab", "not_possible", 176, "abroad"),)
    past, coming = due(chart(labs=labs(84, *LABORATORY) + labs(172, *LABORATORY), handled=sayings), 180, "rep_lab")

    assert (past.slot, past.state, days(coming)[1]) == (on_day(84).isoformat(), "done", 262)


@pytest.mark.parametrize("state", ["awaiting", "not_possible", "done"])
def test_what_is_said_of_a_series_during_treatment_is_not_said_of_its_baseline(state):
    patient = chart(labs=labs(84, *MARKERS))
    spoken = replace(patient, handled=(said("bio", state, 170, "because"),))

    assert due(spoken, 175, "base_bio") == due(patient, 175, "base_bio")
    assert due(spoken, 175, "bio") != due(patient, 175, "bio")


def test_the_baseline_of_a_series_is_not_the_series():
    """`bio` up to the first dose means the baseline."""
    patient = chart(labs=labs(84, *MARKERS), handled=(said("bio", "awaiting", 0),))

    assert the(patient, 90, "bio").state == "planned"
    assert the(patient, 90, "base_bio").awaited_since == on_day(0)


# Kidney, hepatitis B, tuberculosis, skin


@pytest.mark.parametrize(
    ("egfr", "history", "missing"),
    [("59", None, True), ("60", None, False), ("<60", None, True), (">50", None, False), (None, "59", True),
     (None, "60", False), (None, None, False), ("75", "45", False)],
)  # fmt: skip
def test_creatinine_belongs_to_the_repeated_values_below_an_egfr_of_60(egfr, history, missing):
    values = labs(84, *LABORATORY) + (labs(80, egfr=egfr) if egfr else ())
    known = History(egfr=Decimal(history) if history else None)
    found = the(chart(labs=values, history=known), 170, "rep_lab")

    assert ("Creatinine or eGFR" in found.missing) == missing
    assert ("with creatinine: eGFR < 60" in found.why) == missing


@pytest.mark.parametrize("known", [{}, {"egfr": "55"}], ids=["never", "with the first set"])
def test_values_without_a_creatinine_that_belongs_to_them_do_not_close_the_item(known):
    first, second = labs(84, *LABORATORY, **known), labs(175, *LABORATORY)
    patient = chart(labs=first + second, history=History(egfr=Decimal("55")))
    found = the(patient, 180, "rep_lab")

    assert (found.state, found.due, found.missing) == ("due", on_day(84 + 90), ("Creatinine or eGFR",))
    assert found.last == on_day(84)
    assert the(patient, 84 + 181, "rep_lab").state == "overdue"

    whole = replace(patient, labs=first + second + labs(178, egfr="56"))
    assert [(each.state, each.due, each.done_on) for each in due(whole, 180, "rep_lab")] == [
        ("done", on_day(84 + 90), on_day(178)),
        ("planned", on_day(175 + 90), None),
    ]


def test_an_egfr_alone_makes_no_new_set_of_the_repeated_values():
    patient = chart(labs=labs(84, *LABORATORY) + labs(84 + 75, egfr="40"))

    assert [(each.state, each.done_on) for each in due(patient, 84 + 75, "rep_lab")] == [("due", None)]


def test_hbv_dna_is_due_every_90_days_where_anti_hbc_is_positive_and_hbsag_negative():
    markers = screened("hbv", -20, hbsag=NEGATIVE, anti_hbc=POSITIVE, dna=NEGATIVE)
    patient = chart(screening=(markers,), labs=labs(-10, "alt"))
    found = the(patient, 0, "hbv_dna")

    assert days(found) == (-20 + 69, -20 + 90, -20 + 111)
    assert {day: the(patient, day, "hbv_dna").state for day in (48, 49, 91, 92)} == {
        48: "planned", 49: "due", 91: "due", 92: "overdue"}  # fmt: skip


def test_hbv_dna_without_any_dna_is_counted_from_the_first_dose():
    patient = chart(screening=(screened("hbv", -20, hbsag=NEGATIVE, anti_hbc=POSITIVE),), labs=labs(84, "alt"))
    found = the(patient, 85, "hbv_dna")

    assert (days(found)[1], found.missing) == (90, ("HBV DNA",))
    assert "none recorded: counted from the first dose" in found.why


@pytest.mark.parametrize(
    ("markers", "listed"),
    [({"hbsag": NEGATIVE, "anti_hbc": NEGATIVE}, 0), ({"hbsag": POSITIVE, "anti_hbc": POSITIVE}, 0), ({}, 0),
     ({"hbsag": NEGATIVE}, 0), ({"anti_hbc": POSITIVE}, 1)],
)  # fmt: skip
def test_hbv_dna_is_left_out_unless_anti_hbc_is_known_to_be_positive(markers, listed):
    found = due(chart(screening=(screened("hbv", -20, **markers),)), 10, "hbv_dna")

    assert len(found) == listed
    assert all("HBsAg not known: not known whether it applies" in each.why for each in found)


def test_tuberculosis_is_looked_at_a_year_after_the_last_igra():
    found = the(chart(screening=(screened("igra", -16, NEGATIVE),), risks=frozenset()), 0, "tb_re")

    assert days(found) == (-16 + 305, -16 + 365, -16 + 425)


def test_a_review_of_symptoms_is_enough_without_a_risk_and_not_with_one():
    review = said("tb_re", "done", 360)
    igra = screened("igra", -16, NEGATIVE)

    none = following(chart(screening=(igra,), handled=(review,), risks=frozenset()), 370, "tb_re")
    at_risk = following(chart(screening=(igra,), handled=(review,), risks=frozenset({"tb_risk"})), 370, "tb_re")
    assert (none.state, days(none)[1]) == ("planned", 360 + 365)
    assert (at_risk.state, days(at_risk)[1], at_risk.missing) == ("due", 349, ("IGRA",))


@pytest.mark.parametrize(
    ("result", "says"), [(None, "; result not entered: Review of symptoms of tuberculosis"), (NEGATIVE, "")]
)
def test_an_igra_without_its_result_is_done_with_a_result_to_be_entered(result, says):
    igras = screened("igra", -16, NEGATIVE), screened("igra", 350, result)
    found = due(chart(screening=igras, risks=frozenset({"tb_risk"})), 360, "tb_re")[0]

    assert found.state == "done"
    assert found.why.endswith(f"done 21 Dec 2026{says}")


def test_a_positive_igra_of_long_ago_stays_settled_by_a_later_negative_one():
    igras = screened("igra", -400, POSITIVE), screened("igra", -16, NEGATIVE)
    found = the(chart(screening=igras, risks=frozenset({"tb_risk"})), 360, "tb_re")

    assert "IGRA" not in found.missing


@pytest.mark.parametrize(("today", "entries"), [(349, 1), (350, 2)], ids=["the day before", "its day"])
def test_an_igra_counts_from_its_own_day_on(today, entries):
    igras = screened("igra", -16, NEGATIVE), screened("igra", 350, NEGATIVE)

    assert len(due(chart(screening=igras, risks=frozenset()), today, "tb_re")) == entries


@pytest.mark.parametrize(("reviewed", "entries"), [(0, 1), (1, 2), (2, 2)])
def test_what_was_done_by_the_first_dose_begins_the_series_and_later_it_is_a_time_of_it(reviewed, entries):
    igra, review = screened("igra", -900, NEGATIVE), said("tb_re", "done", reviewed)

    assert len(due(chart(screening=(igra,), handled=(review,), risks=frozenset()), 10, "tb_re")) == entries


def test_what_is_not_known_is_remarked_where_it_decides():
    unknown, asked = chart(labs=labs(84, *LIPIDS)), chart(labs=labs(84, *LIPIDS), risks=frozenset())

    for item in ("tb_re", "rep_lipid"):
        assert ("risk of tuberculosis not known" in the(unknown, 90, item).why) == (item == "tb_re")
        assert "risk of tuberculosis not known" not in the(asked, 90, item).why
        assert "HBsAg not known" not in the(unknown, 90, item).why
        assert "in remission with CRP" not in the(unknown, 90, item).why


def test_the_last_of_several_samples_is_the_one_that_is_awaited():
    waiting = said("rep_lab", "awaiting", 160), said("rep_lab", "awaiting", 170)
    found = the(chart(labs=labs(84, *LABORATORY), handled=waiting), 175, "rep_lab")

    assert "result awaited since 24 Jun 2026" in found.why


def test_a_score_with_a_gap_since_the_series_opened_is_named():
    found = the(chart(scores=(hbi(84, 9), hbi(160, 3, mass=None))), 165, "clin")

    assert "the score of 14 Jun 2026 leaves remission open, not assessed: mass" in found.why


@pytest.mark.parametrize(("stools", "is_open"), [(3, True), (4, True), (5, False)])
def test_a_score_with_a_gap_counts_once_its_least_total_is_no_remission(stools, is_open):
    """HBI < 5; the mass adds up to 3."""
    scores = hbi(84, 9), hbi(160, stools, mass=None)
    found = due(chart(scores=scores), 165, "clin")

    assert [each.state for each in found] == (["due"] if is_open else ["done", "planned"])
    assert ("leaves remission open" in found[0].why) is is_open


def test_a_full_mayo_without_its_endoscopy_is_a_score_and_no_endoscopy():
    mayo = Score(questionnaire=MAYO, on=on_day(90), answers={"sf": 1, "rb": 1, "pga": 1, "mes": None})
    endoscopy = the(chart(UC, scores=(mayo,)), 100, "endo_uc")
    score = the(chart(UC, scores=(mayo,)), 100, "clin")

    assert (endoscopy.state, endoscopy.done_on) == ("due", None)
    assert "the last one 5 Apr 2026" in score.why


def test_a_look_at_the_skin_has_no_result_to_be_entered():
    looks = screened("skin", 200), screened("skin", 560)
    found = due(chart(risks=frozenset({"skin_cancer_risk"}), screening=looks), 570, "skin")[0]

    assert found.why.endswith("done 19 Jul 2027")


@pytest.mark.parametrize("result", [POSITIVE, Result.TREATED])
def test_an_igra_that_was_positive_is_not_repeated(result):
    found = the(chart(screening=(screened("igra", -16, result),), risks=frozenset({"tb_risk"})), 360, "tb_re")

    assert "IGRA" not in found.missing


def test_an_igra_from_long_before_the_treatment_is_due_with_the_first_dose_at_the_earliest():
    found = the(chart(screening=(screened("igra", -900, NEGATIVE),)), 0, "tb_re")

    assert days(found)[1] == 0
    assert the(chart(screening=(screened("igra", -900, NEGATIVE),)), 0, "base_igra").state == "due"


@pytest.mark.parametrize(
    ("risks", "listed"),
    [(None, 0), (frozenset(), 0), (frozenset({"current_smoker"}), 0), (frozenset({"skin_cancer_risk"}), 1),
     (frozenset({"previous_nmsc"}), 1)],
    ids=["not asked", "none", "another", "skin cancer risk", "previous NMSC"],
)  # fmt: skip
def test_the_skin_is_examined_yearly_at_risk_alone(risks, listed):
    assert len(due(chart(risks=risks), 10, "skin")) == listed


def test_the_next_skin_examination_is_counted_from_the_last():
    risks = frozenset({"skin_cancer_risk"})

    assert days(the(chart(risks=risks), 10, "skin"))[1] == 365
    assert days(following(chart(risks=risks, screening=(screened("skin", 200),)), 210, "skin"))[1] == 565


def test_the_label_of_the_region_speaks_of_the_skin():
    risks = frozenset({"skin_cancer_risk"})

    assert the(chart(risks=risks, region=Region.EU), 10, "skin").authority == "eu_label"
    assert the(chart(risks=risks, region=Region.US), 10, "skin").authority == "us_label"
    assert the(chart(region=Region.EU), 10, "tb_re").authority == "policy"
