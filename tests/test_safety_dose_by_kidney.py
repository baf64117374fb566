"""A dose that is taken beside the one of the labels for a weak kidney. CLINICAL.md section 3, D5a."""

import pytest

from bot.contract.examined import examine
from bot.patients.card import card_text
from bot.practice.limits import visible_text
from flows.history import Region
from flows.steps import Move, Step
from tests.safetycharts import TODAY, ago, found, lab, level

NAME = "label.dose_by_egfr"
IN_INDUCTION = {"started_on": ago(20), "induction_weeks": 12}


def dose(mg, days_ago):
    return Step(on=ago(days_ago), move=Move.DOSE, mg=mg)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("14.9", None), ("15", "check"), ("15.1", "check"), ("29.9", "check"), ("30", None), ("30.1", None)],
    ids=["below 15", "exactly 15", "above 15", "below 30", "exactly 30", "above 30"],
)
def test_with_an_egfr_from_15_to_below_30_the_labels_give_another_dose_than_45_mg(value, expected):
    assert level(NAME, lab("egfr", value), **IN_INDUCTION) == expected


@pytest.mark.parametrize(("mg", "expected"), [(15, None), (30, None), (45, "check")], ids=["below", "exactly", "above"])
def test_in_induction_the_labels_give_30_mg(mg, expected):
    started = Step(on=ago(20), move=Move.DOSE, mg=mg)

    assert level(NAME, lab("egfr", "28"), **IN_INDUCTION, course=(started,)) == expected


@pytest.mark.parametrize(("mg", "expected"), [(15, None), (30, "check")], ids=["exactly", "above"])
def test_after_induction_the_labels_give_15_mg(mg, expected):
    facts = {"started_on": ago(140), "induction_weeks": 12, "course": (dose(mg, 56),)}

    assert level(NAME, lab("egfr", "28"), **facts) == expected


@pytest.mark.parametrize(
    ("region", "says"),
    [
        (Region.US, "US label: eGFR 15 to < 30: 30 mg as induction, then 15 mg; eGFR 28, 1 Jun 2026; 45 mg since"),
        (Region.EU, "EU label (to be confirmed): eGFR 15 to < 30, with caution: 30 mg as induction, then 15 mg; eGFR"),
    ],
)
def test_it_is_said_by_the_label_of_the_region_with_the_value_and_the_dose(region, says):
    finding = found(NAME, lab("egfr", "28"), **IN_INDUCTION, region=region)

    assert finding.why.startswith(says)
    assert finding.why.endswith("45 mg since 12 May 2026")


def test_before_the_first_dose_interrupted_and_after_the_end_nothing_is_taken():
    value = lab("egfr", "28")

    assert found(NAME, value, started_on=ago(-5)) is None
    assert found(NAME, value, **IN_INDUCTION, course=(Step(on=ago(3), move=Move.INTERRUPTED),)) is None
    assert found(NAME, value, **IN_INDUCTION, stopped_on=ago(3)) is None


def test_where_the_class_is_open_both_outcomes_stand_and_what_is_missing():
    finding = found(NAME, lab("creatinine", "2.2"), **IN_INDUCTION)

    assert "; whether from 15 to below 30 is not decided; not known: sex, birth year" in finding.why


def test_a_dose_of_which_the_dates_could_not_be_read_is_not_held_against_it():
    assert found(NAME, lab("egfr", "28"), **IN_INDUCTION, unreadable=("course[0].on",)) is None


def test_the_card_says_it():
    given = {"disease": "UC", "today": "2026-06-01", "started_on": "2026-05-12", "region": "EU",
             "history": {"egfr": 28}}  # fmt: skip
    text = visible_text(card_text("Q7K-4M", examine(given, TODAY)), "HTML")

    assert "30 mg as induction, then 15 mg; eGFR 28 from the history, day not known" in text
    assert "\n45 mg since 12 May 2026; next dose not recorded.\n" in text
