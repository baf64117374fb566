"""Baseline screening: what is done, too old, or open; a positive result is never done, and a gap is never negative.

The windows are written from CLINICAL.md section 4, in days before the first dose.
"""

import pytest

from flows.analytes import BY_CODE
from flows.chart import Medication, Score
from flows.history import Handled, Region, Sex
from flows.instruments.hbi import HBI
from flows.instruments.mayo import MAYO
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.ses_cd import SES_CD
from flows.protocol.baseline_items import SCREENING_ITEMS
from flows.protocol.screening import STATED, checklist
from tests.checklists import (
    AWAITING,
    CD,
    DONE,
    INDETERMINATE,
    LATE,
    LATENT,
    MISSING,
    NEGATIVE,
    POSITIVE,
    START,
    TODAY,
    TOO_OLD,
    UC,
    before,
    chart,
    checked,
    lab,
    labs,
    listed,
    screened,
    state,
)

COMPLETE = {
    "cbc": "anc alc hb", "lft": "alt", "lipid": "cholesterol ldl hdl", "renal": "creatinine", "bio": "crp fcp",
}  # fmt: skip
WINDOWS = [("cbc", 30), ("lft", 30), ("lipid", 90), ("renal", 30), ("bio", 60)]


# Laboratory values


@pytest.mark.parametrize(("item", "window"), WINDOWS)
def test_a_complete_panel_is_done_up_to_its_window(item, window):
    found = {days: checked(item, chart(labs=labs(COMPLETE[item], days))).state for days in (-1, 0, window, window + 1)}

    late = LATE if item == "renal" else MISSING
    assert found == {-1: late, 0: DONE, window: DONE, window + 1: TOO_OLD}


def test_the_first_late_value_of_kidney_function_goes_before_one_that_is_too_old():
    found = checked("renal", chart(labs=labs("egfr", 40) + labs("egfr", -20) + labs("creatinine", -12)))

    assert (found.state, found.on, found.missing) == (LATE, before(-12), ())


@pytest.mark.parametrize(("item", "part"), [(item, part) for item, codes in COMPLETE.items() for part in codes.split()])
def test_a_panel_without_one_of_its_parts_is_not_done_and_names_it(item, part):
    rest = tuple(lab(code) for code in COMPLETE[item].split() if code != part)
    found = checked(item, chart(labs=rest))

    assert found.state == MISSING
    assert any(BY_CODE[part].title in name for name in found.missing)
    assert len(found.missing) == 1


def test_a_panel_with_one_old_part_is_not_done():
    old = checked("cbc", chart(labs=labs("anc alc") + labs("hb", 31)))
    both = checked("cbc", chart(labs=labs("anc") + labs("hb", 31)))

    assert (old.state, old.missing, old.on) == (TOO_OLD, ("Haemoglobin",), before(31))
    assert (both.state, both.missing) == (MISSING, ("Lymphocytes", "Haemoglobin"))


def test_the_day_of_a_panel_is_that_of_its_oldest_part():
    assert checked("cbc", chart(labs=labs("anc alc") + labs("hb", 20))).on == before(20)


def test_a_panel_that_is_too_old_is_as_old_as_its_oldest_part():
    found = checked("cbc", chart(labs=labs("anc", 31) + labs("alc", 50) + labs("hb", 40)))

    assert (found.state, found.on, found.why) == (TOO_OLD, before(50), "over 30 days before")


@pytest.mark.parametrize(("creatinine", "egfr", "on"), [(20, 5, 5), (5, 20, 5), (20, 31, 20), (31, 20, 20)])
def test_of_creatinine_and_egfr_the_newer_one_is_the_renal_function(creatinine, egfr, on):
    found = checked("renal", chart(labs=labs("creatinine", creatinine) + labs("egfr", egfr)))

    assert (found.state, found.on) == (DONE, before(on))


def test_an_egfr_will_do_for_renal_function():
    assert checked("renal", chart(labs=labs("egfr"))).state == DONE


def test_what_a_panel_may_hold_besides_is_named_and_no_gap():
    assert checked("lft", chart(labs=labs("alt"))).why == "without AST, Total bilirubin"
    assert checked("lft", chart(labs=labs("alt ast bilirubin"))).why == ""


def test_a_first_value_after_the_first_dose_is_no_baseline():
    found = checked("cbc", chart(labs=labs("anc alc hb", -20)))

    assert (found.state, found.why) == (MISSING, "first after the first dose, 21 Jun 2026")


@pytest.mark.parametrize(
    ("anc", "alc", "said"),
    [
        ((-5,), (-20,), "first after the first dose, 6 Jun 2026"),
        ((-20, -5), (-20, -5), "first after the first dose, 6 Jun 2026"),
        ((-5,), (), "first after the first dose, 6 Jun 2026"),
        ((-5, 100), (), "first after the first dose, 6 Jun 2026"),
        ((-60,), (), "first after the first dose, 31 Jul 2026"),
        ((-61,), (-62,), ""),
        ((-5,), (10,), ""),
    ],
    ids=["one each", "two each", "one part", "an old one, too", "today", "tomorrow and later", "one part is there"],
)
def test_without_any_part_of_a_panel_the_first_day_after_the_first_dose_is_said(anc, alc, said):
    values = (*(lab("anc", days) for days in anc), *(lab("alc", days) for days in alc))
    found = checked("cbc", chart(labs=values))

    assert (found.state, found.why) == (MISSING, said)


def test_before_the_first_dose_the_window_ends_today():
    planned, quick = chart(labs=labs("alt", 40)), chart(labs=labs("alt", 40), started_on=None)

    assert checked("lft", planned, before(10)).state == DONE
    assert checked("lft", planned, before(9)).state == TOO_OLD
    assert checked("lft", quick, before(10)).state == DONE
    assert checked("lft", quick, before(9)).state == TOO_OLD


def test_a_value_of_tomorrow_does_not_count():
    assert checked("lft", chart(labs=labs("alt", 10)), before(11)).state == MISSING


@pytest.mark.parametrize(
    ("days", "accepted", "drug", "expected"),
    [
        (60, [], None, DONE), (61, [], None, TOO_OLD), (61, ["crp", "fcp"], None, DONE), (61, ["crp"], None, TOO_OLD),
        (365, ["crp", "fcp"], None, DONE), (366, ["crp", "fcp"], None, TOO_OLD),
        (61, ["crp", "fcp"], "biologic", TOO_OLD), (61, ["crp", "fcp"], "mesalazine", DONE),
    ],
)  # fmt: skip
def test_older_biomarkers_count_once_accepted_if_no_other_therapy_began(days, accepted, drug, expected):
    drugs = (Medication(kind=drug, begun=before(20)),) if drug else ()
    patient = chart(labs=labs("crp fcp", days), accepted_baseline=frozenset(accepted), medication=drugs)

    assert checked("bio", patient).state == expected


def test_what_is_too_old_says_by_how_much_and_waits_for_acceptance():
    old, fresh = (checked("bio", chart(labs=labs("crp fcp", days))) for days in (61, 60))

    assert (old.why, bool(old.acceptable), bool(fresh.acceptable)) == ("over 60 days before", True, False)
    assert checked("bio", chart()).acceptable == ()


def test_acceptance_is_of_no_use_to_safety_laboratory_values():
    patient = chart(labs=labs("anc alc hb", 31), accepted_baseline=frozenset({"crp", "fcp"}))

    assert checked("cbc", patient).state == TOO_OLD


@pytest.mark.parametrize(("days", "is_listed"), [(30, True), (31, False), (None, False)])
def test_cpk_is_optional_and_its_absence_is_no_gap(days, is_listed):
    values = () if days is None else labs("cpk", days)

    assert ("cpk" in listed(chart(labs=values))) is is_listed


# Scores

PMS_ANSWERS = {"sf": 2, "rb": 2, "pga": 2}
HBI_ANSWERS = {"wellbeing": 2, "pain": 2, "liquid_stools": 4, "mass": 0, "complications": ()}
NOTHING = "0000"
SEGMENTS = ("ileum", "right_colon", "transverse", "left_colon", "rectum")


def score(questionnaire, days, answers=None, total=None):
    return Score(questionnaire=questionnaire, on=before(days), answers=answers or {}, recorded_total=total)


@pytest.mark.parametrize(
    ("item", "disease", "questionnaire", "answers", "window"),
    [
        ("score", CD, HBI, HBI_ANSWERS, 35),
        ("score", UC, PARTIAL_MAYO, PMS_ANSWERS, 35),
        ("score", UC, MAYO, PMS_ANSWERS, 35),
        ("endo", UC, MES, {"mes": 2}, 90),
        ("endo", UC, MAYO, {"mes": 2}, 90),
    ],
)
def test_a_score_is_done_up_to_its_window(item, disease, questionnaire, answers, window):
    found = {
        days: checked(item, chart(disease, scores=(score(questionnaire, days, answers),))).state
        for days in (-1, 0, window, window + 1)
    }

    assert found == {-1: MISSING, 0: DONE, window: DONE, window + 1: TOO_OLD}


@pytest.mark.parametrize(
    ("item", "disease", "questionnaire", "answers"),
    [
        ("endo", UC, MAYO, PMS_ANSWERS), ("score", UC, MAYO, {"mes": 2}), ("endo", UC, PARTIAL_MAYO, PMS_ANSWERS),
        ("score", CD, HBI, dict.fromkeys(HBI_ANSWERS)), ("endo", CD, SES_CD, dict.fromkeys(SEGMENTS)),
        ("score", CD, SES_CD, dict.fromkeys(SEGMENTS, NOTHING)),
    ],
)  # fmt: skip
def test_a_score_that_tells_nothing_of_an_item_is_none(item, disease, questionnaire, answers):
    assert checked(item, chart(disease, scores=(score(questionnaire, 5, answers),))).state == MISSING


@pytest.mark.parametrize("unknown", list(HBI_ANSWERS))
def test_an_incomplete_hbi_is_not_done_and_names_what_is_missing(unknown):
    found = checked("score", chart(scores=(score(HBI, 5, HBI_ANSWERS | {unknown: None}),)))

    assert (found.state, found.missing) == (MISSING, (unknown,))


def test_an_endoscopy_that_did_not_reach_a_segment_is_done_and_names_it():
    answers = dict.fromkeys(SEGMENTS, NOTHING) | {"ileum": None}
    found = checked("endo", chart(scores=(score(SES_CD, 5, answers),)))

    assert (found.state, found.missing) == (DONE, ("ileum",))


def test_of_segments_that_were_not_reached_one_at_most_cannot_be_passed():
    """As in the score itself: 12 and 11 points at most."""
    answers = dict.fromkeys(SEGMENTS, NOTHING) | {"ileum": None, "right_colon": None}
    found = checked("endo", chart(scores=(score(SES_CD, 5, answers),)))

    assert (found.why, found.missing) == ("SES-CD 0 to 23", ("ileum", "right_colon"))


@pytest.mark.parametrize(
    ("days", "total", "accepted", "drug", "expected"),
    [
        (5, 9, [], None, MISSING), (5, 9, ["hbi"], None, DONE), (36, None, ["hbi"], None, DONE),
        (36, None, ["ses_cd"], None, TOO_OLD), (365, None, ["hbi"], None, DONE), (366, None, ["hbi"], None, TOO_OLD),
        (100, None, ["hbi"], "corticosteroid", TOO_OLD),
    ],
)  # fmt: skip
def test_an_older_score_or_a_total_alone_counts_once_accepted(days, total, accepted, drug, expected):
    given = score(HBI, days, None if total else HBI_ANSWERS, total)
    drugs = (Medication(kind=drug, begun=before(20)),) if drug else ()
    found = checked("score", chart(scores=(given,), accepted_baseline=frozenset(accepted), medication=drugs))

    assert found.state == expected
    assert ("accepted)" in found.why) is (expected == DONE)


@pytest.mark.parametrize(
    ("days", "total", "said"),
    [(0, None, "HBI 8"), (35, None, "HBI 8"), (36, None, "HBI 8 (accepted)"), (5, 9, "HBI 9 (accepted)")],
    ids=["the day of the first dose", "the oldest in the window", "a day older", "a total alone"],
)
def test_a_score_says_that_it_was_accepted_where_without_that_it_would_not_count(days, total, said):
    given = score(HBI, days, None if total else HBI_ANSWERS, total)
    found = checked("score", chart(scores=(given,), accepted_baseline=frozenset({"hbi"})))

    assert (found.state, found.why) == (DONE, said)


@pytest.mark.parametrize("started", [START, None], ids=["on the day of the first dose", "before any dose"])
def test_a_score_of_today_counts_today(started):
    patient = chart(started_on=started, scores=(score(HBI, 0, HBI_ANSWERS),))

    assert (checked("score", patient, START).state, checked("score", patient, START).on) == (DONE, START)
    assert checked("score", patient, before(1)).state == MISSING


@pytest.mark.parametrize(
    ("days", "expected", "why"),
    [
        (-1, MISSING, "first after the first dose, 2 Jun 2026"),
        (0, MISSING, "HBI of 1 Jun 2026: a total without its items, not accepted"),
        (35, MISSING, "HBI of 27 Apr 2026: a total without its items, not accepted"),
        (36, TOO_OLD, "over 35 days before"),
    ],
    ids=["a day after", "the day of the first dose", "the oldest in the window", "a day older"],
)
def test_a_total_without_its_items_says_why_it_is_no_baseline_and_waits_for_acceptance(days, expected, why):
    found = checked("score", chart(scores=(score(HBI, days, total=9),)))

    assert (found.state, found.why, found.missing) == (expected, why, ("HBI",))
    assert bool(found.acceptable) is (days >= 0)


def test_of_several_scores_that_are_none_the_last_old_one_is_named_or_the_first_after_the_first_dose():
    old = checked("score", chart(scores=(score(HBI, 100, HBI_ANSWERS), score(HBI, 40, HBI_ANSWERS))))
    late = checked("score", chart(scores=(score(HBI, -20, HBI_ANSWERS), score(HBI, -5, HBI_ANSWERS))))

    assert (old.state, old.on, old.why) == (TOO_OLD, before(40), "over 35 days before")
    assert (late.state, late.on, late.why) == (MISSING, None, "first after the first dose, 6 Jun 2026")


@pytest.mark.parametrize(
    ("drug", "days", "said"),
    [
        (None, 0, ""), ("biologic", 41, ""), ("biologic", 40, ""), ("biologic", 39, "; another therapy began since"),
        ("biologic", 1, "; another therapy began since"), ("biologic", 0, ""), ("mesalazine", 20, ""),
    ],
)  # fmt: skip
def test_an_old_score_says_whether_another_therapy_began_between_it_and_the_first_dose(drug, days, said):
    drugs = (Medication(kind=drug, begun=before(days)),) if drug else ()
    found = checked("score", chart(scores=(score(HBI, 40, HBI_ANSWERS),), medication=drugs))

    assert found.why == f"over 35 days before{said}"


@pytest.mark.parametrize(
    ("item", "accepted", "expected"),
    [
        ("score", "partial_mayo", DONE), ("score", "mayo", DONE), ("score", "mes", TOO_OLD),
        ("endo", "mes", DONE), ("endo", "mayo", DONE), ("endo", "partial_mayo", TOO_OLD),
    ],
)  # fmt: skip
def test_an_old_full_mayo_score_is_accepted_by_what_is_measured_or_by_its_own_name(item, accepted, expected):
    whole = score(MAYO, 91, PMS_ANSWERS | {"mes": 2})

    assert checked(item, chart(UC, scores=(whole,), accepted_baseline=frozenset({accepted}))).state == expected


@pytest.mark.parametrize("where", ["ostomy", "pouch", "colectomy"])
def test_a_score_that_counts_stools_cannot_be_had_with_a_stoma(where):
    found = checked("score", chart(history={where: True}, scores=(score(HBI, 5, HBI_ANSWERS),)))

    assert found.state == "not_obtainable"
    assert "the stool item of HBI is not valid" in found.why


# What is asked of the patient


@pytest.mark.parametrize("days", [0, 1, 5000])
def test_a_history_of_zoster_counts_from_any_day_before_the_first_dose(days):
    found = checked("zoster", chart(screening=(screened("zoster", days, POSITIVE),)))

    assert (found.state, found.result, found.why) == (DONE, POSITIVE, "vaccination not recorded")


@pytest.mark.parametrize(
    ("days", "state"), [((0,), DONE), ((-20,), LATE), ((-1,), LATE), ((-9, -4), LATE), ((9, -4), DONE)]
)
def test_a_history_of_zoster_that_is_first_asked_for_after_the_first_dose_is_late(days, state):
    told = tuple(screened("zoster", each, NEGATIVE) for each in days)
    found = checked("zoster", chart(screening=told))

    assert (found.state, found.on) == (state, before(max(days)))
    assert found.why == "vaccination not recorded"


def test_a_vaccination_alone_is_no_history_of_zoster():
    found = checked("zoster", chart(screening=(screened("zoster", vaccinated=True),)))

    assert (found.state, found.missing) == (MISSING, ("history of zoster",))
    assert checked("zoster", chart(screening=(screened("zoster", 10, NEGATIVE, vaccinated=False),))).why == ""


def test_the_last_history_of_zoster_counts_and_without_one_the_last_day_is_named():
    told = screened("zoster", 50, NEGATIVE), screened("zoster", 10, POSITIVE)
    vaccinations = screened("zoster", 50, vaccinated=False), screened("zoster", 10, vaccinated=True)

    assert (checked("zoster", chart(screening=told)).on, checked("zoster", chart(screening=told)).result) == (
        before(10), POSITIVE)  # fmt: skip
    assert checked("zoster", chart(screening=(screened("zoster", 50), screened("zoster", 10)))).on == before(10)
    assert checked("zoster", chart(screening=vaccinations)).on == before(10)


@pytest.mark.parametrize(
    ("days", "expected", "on"),
    [((60, 30), DONE, 30), ((30, -5), DONE, 30), ((-5, -20), LATE, -5), ((200, -5), LATE, -5),
     ((200, 100), TOO_OLD, 100)],
    ids=["the last in the window", "before later ones", "the first late one", "late before old", "the last old one"],
)  # fmt: skip
def test_of_several_days_on_which_it_was_asked_one_counts(days, expected, on):
    found = checked("cv", chart(screening=tuple(screened("cv", each) for each in days)))

    assert (found.state, found.on) == (expected, before(on))


@pytest.mark.parametrize(("item", "window"), [("cv", 90), ("meds", 14)])
def test_risks_and_drugs_are_asked_for_in_their_windows(item, window):
    found = {days: state(item, screened(item, days)) for days in (-1, 0, window, window + 1)}

    assert found == {-1: LATE, 0: DONE, window: DONE, window + 1: TOO_OLD}


def test_risks_without_a_day_are_not_known_to_be_recent():
    assert state("cv", risks=frozenset({"current_smoker"})) == MISSING


@pytest.mark.parametrize(
    ("potential", "sex", "pregnant", "is_listed"),
    [
        (True, None, None, True), (True, Sex.FEMALE, None, True), (None, None, None, True),
        (None, Sex.FEMALE, None, True), (None, Sex.MALE, None, False), (False, Sex.FEMALE, None, False),
        (False, None, None, False), (False, Sex.FEMALE, True, True),
    ],
)  # fmt: skip
def test_pregnancy_concerns_who_can_bear_a_child_or_may(potential, sex, pregnant, is_listed):
    history = {"childbearing_potential": potential, "pregnant": pregnant}

    assert ("preg" in listed(chart(history=history, sex=sex))) is is_listed


def test_an_unknown_child_bearing_potential_is_missing():
    found = checked("preg", chart())

    assert (found.state, found.why) == (MISSING, "child-bearing potential not known")
    assert found.missing[0] == "child-bearing potential"


@pytest.mark.parametrize(
    ("days", "result", "expected", "opened"),
    [
        (0, NEGATIVE, DONE, None), (14, NEGATIVE, DONE, None), (15, NEGATIVE, TOO_OLD, None),
        (-1, NEGATIVE, LATE, None), (5, POSITIVE, AWAITING, "pregnancy"), (-5, POSITIVE, AWAITING, "pregnancy"),
        (5, INDETERMINATE, AWAITING, "repeat pregnancy test"), (5, None, AWAITING, "result"),
        (15, POSITIVE, TOO_OLD, None),
    ],
)  # fmt: skip
def test_a_pregnancy_test_counts_for_a_fortnight_and_a_positive_one_is_never_done(days, result, expected, opened):
    history = {"childbearing_potential": True}
    found = checked("preg", chart(history=history, screening=(screened("preg", days, result),)))

    assert (found.state, found.open) == (expected, opened)


@pytest.mark.parametrize(
    ("first", "last", "expected", "on", "result"),
    [
        ((10, NEGATIVE), (5, NEGATIVE), DONE, 5, NEGATIVE), ((10, NEGATIVE), (5, POSITIVE), AWAITING, 5, POSITIVE),
        ((10, POSITIVE), (5, NEGATIVE), DONE, 5, NEGATIVE), ((10, NEGATIVE), (-5, POSITIVE), AWAITING, -5, POSITIVE),
        ((10, NEGATIVE), (-5, NEGATIVE), DONE, 10, NEGATIVE), ((10, POSITIVE), (-5, NEGATIVE), LATE, -5, NEGATIVE),
        ((10, INDETERMINATE), (-5, NEGATIVE), LATE, -5, NEGATIVE), ((10, None), (-5, NEGATIVE), LATE, -5, NEGATIVE),
        ((15, NEGATIVE), (-5, NEGATIVE), LATE, -5, NEGATIVE), ((20, NEGATIVE), (15, POSITIVE), TOO_OLD, 15, POSITIVE),
    ],
)  # fmt: skip
def test_the_last_of_several_pregnancy_tests_counts_and_only_a_negative_one_is_done(first, last, expected, on, result):
    history = {"childbearing_potential": True}
    entries = tuple(screened("preg", *each) for each in (first, last))
    found = checked("preg", chart(history=history, screening=entries))

    assert (found.state, found.on, found.result) == (expected, before(on), result)


def test_a_recorded_pregnancy_is_open_whatever_the_test_says():
    patient = chart(history={"pregnant": True}, screening=(screened("preg", 5, NEGATIVE),))

    assert (checked("preg", patient).open, checked("preg", patient).result) == ("pregnancy", POSITIVE)


# What a person said of an item


def said(item, word, days=10, why=None):
    return Handled(item=item, on=before(days), state=word, why=why)


@pytest.mark.parametrize("name", ["cbc", "base_cbc"])
def test_an_item_without_a_result_stands_as_a_person_left_it(name):
    waiting = checked("cbc", chart(handled=(said(name, "awaiting", why="sent"),)))
    refused = checked("cbc", chart(handled=(said(name, "not_possible", why="refused"),)))
    done = checked("cbc", chart(handled=(said(name, "done"),)))

    assert (waiting.state, waiting.open, waiting.why) == (AWAITING, "result", "sent")
    assert (refused.state, refused.why) == ("not_obtainable", "refused")
    assert (done.state, done.open, done.why, done.on) == (DONE, "result", "result not entered", before(10))


@pytest.mark.parametrize(
    ("item", "days", "expected"),
    [("cbc", 30, DONE), ("cbc", 31, MISSING), ("cbc", -1, MISSING), ("igra", -1, LATE), ("igra", 181, MISSING)],
)
def test_what_a_person_did_counts_in_the_same_window(item, days, expected):
    assert checked(item, chart(handled=(said(item, "done", days),))).state == expected


@pytest.mark.parametrize(
    ("days", "expected"), [((20, -2), DONE), ((31, 20), DONE), ((31, -2), MISSING), ((-2,), MISSING)]
)
def test_of_several_days_on_which_it_was_done_the_one_in_its_window_counts(days, expected):
    words = tuple(said("cbc", "done", each) for each in days)

    assert checked("cbc", chart(handled=words)).state == expected
    assert checked("cbc", chart(handled=words[::-1])).state == expected


def test_the_last_word_counts():
    words = (said("cbc", "not_possible", 20), said("cbc", "awaiting", 10))

    assert checked("cbc", chart(handled=words)).state == AWAITING
    assert checked("cbc", chart(handled=words[::-1])).state == AWAITING
    assert checked("cbc", chart(handled=words), before(15)).state == "not_obtainable"


def test_a_word_never_closes_what_a_result_left_open():
    patient = chart(screening=(screened("igra", 20, POSITIVE),), handled=(said("igra", "done"),))

    assert checked("igra", patient).open == LATENT


def test_a_result_goes_before_a_word():
    patient = chart(labs=labs("anc alc hb"), handled=(said("cbc", "not_possible"),))

    assert checked("cbc", patient).state == DONE


def test_a_word_on_another_item_changes_nothing():
    assert checked("cbc", chart(handled=(said("wk12_cbc", "done"),))).state == MISSING


def test_a_word_that_is_none_of_the_three_changes_nothing():
    assert checked("cbc", chart(handled=(said("cbc", "postponed"),))) == checked("cbc", chart())


@pytest.mark.parametrize(("days", "expected"), [(1, AWAITING), (0, AWAITING), (-1, MISSING)])
def test_a_name_that_a_later_item_has_too_is_that_of_the_baseline_up_to_the_first_dose(days, expected):
    assert checked("bio", chart(handled=(said("bio", "awaiting", days),))).state == expected
    assert checked("bio", chart(handled=(said("base_bio", "awaiting", days),))).state == AWAITING
    assert checked("bio", chart(started_on=None, handled=(said("bio", "awaiting", days),))).state == AWAITING


def test_what_is_recorded_or_said_today_counts_today():
    patient = chart(started_on=None, screening=(screened("igra", 0, NEGATIVE),), handled=(said("cbc", "awaiting", 0),))

    assert (checked("igra", patient, START).state, checked("cbc", patient, START).state) == (DONE, AWAITING)
    assert (checked("igra", patient, before(1)).state, checked("cbc", patient, before(1)).state) == (MISSING, MISSING)


# The list


def test_the_list_is_that_of_the_schedule():
    assert listed(chart()) == [
        "cbc", "lft", "lipid", "renal", "igra", "chest", "hbv", "hcv", "zoster", "cv", "preg", "meds", "score", "bio",
        "endo",
    ]  # fmt: skip
    assert {each.state for each in checklist(chart(), TODAY)} == {MISSING}


def test_the_items_may_be_named_as_in_the_schedule():
    assert state("igra", screened("base_igra", 10, NEGATIVE)) == DONE


def test_without_the_first_dose_no_window_is_known_and_what_is_open_stays_open():
    patient = chart(
        started_on=None,
        unreadable=("started_on",),
        labs=labs("alt", -50),
        screening=(screened("igra", 20, POSITIVE), screened("chest", 20, NEGATIVE)),
    )

    assert checked("lft", patient).state == MISSING
    assert checked("chest", patient).missing == ("started_on",)
    assert checked("igra", patient).state == AWAITING


def test_every_item_has_a_source_and_every_window_is_this_projects():
    assert all(each.source.title for each in checklist(chart(region=Region.EU), TODAY))
    assert len(set(STATED)) == len(STATED)
    windows = [each for each in STATED if "days before the first dose" in each.says]
    assert len(windows) == 15
    assert {each.source.authority for each in windows} == {"policy"}


def test_which_items_count_after_the_first_dose_is_said_of_each():
    late = {code for code, item in SCREENING_ITEMS.items() if item.says.endswith(", later counts as late")}

    assert late == {"renal", "igra", "chest", "hbv", "hcv", "zoster", "cv", "preg", "meds"}
    assert SCREENING_ITEMS["zoster"].says == (
        "History of zoster and vaccination: any day before the first dose, later counts as late"
    )
