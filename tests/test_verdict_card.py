"""What the verdict card of a quick check says, line by line."""

import itertools
from datetime import date

import pytest

from bot.practice.limits import check_text, utf16_length
from bot.verdicts import verdict_text
from flows.chart import Chart, Score
from flows.choices import AnyOf
from flows.instruments import SHIPPED
from flows.instruments.cdai import CDAI
from flows.instruments.hbi import HBI
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.interview import Interview
from flows.report import assess
from flows.screens import screen_of

TODAY = date(2026, 6, 1)
EVERY_COMPLICATION = tuple(choice.code for choice in HBI.item("complications").choices)


def card(questionnaire, *values, unfolded=False):
    answers = dict(zip((item.code for item in questionnaire.items), values, strict=True))
    outcome = screen_of(Interview.of_answers(questionnaire, answers), TODAY)
    return check_text(verdict_text(outcome, unfolded=unfolded), "HTML")


@pytest.mark.parametrize(
    ("stools", "said"),
    [
        (3, "On target, 1 point to spare."),
        (4, "At the target, with no point to spare."),
        (5, "1 point above the target."),
        (6, "2 points above the target."),
    ],
)
def test_the_distance_to_the_target(stools, said):
    assert said in card(HBI, 0, 0, stools, 0, ())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0, 0, 0, None, ()), "On target, 1 to 4 points to spare."),
        ((0, 0, 1, None, ()), "On target, 0 to 3 points to spare."),
        ((0, 0, 3, None, ()), "Up to 2 points above the target."),
        ((0, 0, 5, None, ()), "1 to 4 points above the target."),
        ((4, 1, None, 0, ()), "At least 1 point above the target."),
    ],
)
def test_the_distance_of_a_range(values, said):
    assert said in card(HBI, *values)


def test_without_a_bound_and_below_the_target_nothing_is_said_of_a_distance():
    assert "target" not in card(HBI, 0, 0, None, 0, ())


@pytest.mark.parametrize(
    ("values", "band"),
    [((0, 0, 4, 0, ()), "remission"), ((0, 0, 5, None, ()), None), ((0, 0, 8, None, ()), "moderate"),
     ((0, 0, None, 0, ()), None), ((4, 3, None, 3, ()), None), ((0, 0, 17, None, ()), "severe")],
)  # fmt: skip
def test_the_band_is_said_where_every_possible_total_lies_in_it(values, band):
    assert (f"Band: {band}." in card(HBI, *values)) is (band is not None)
    assert ("Band:" in card(HBI, *values)) is (band is not None)


def test_what_is_missing_is_said_before_what_is_concluded_of_the_distance():
    lines = card(HBI, None, 0, 5, 0, ()).splitlines()

    assert lines.index("Not assessed: well-being.") < next(n for n, line in enumerate(lines) if "target" in line)


def test_an_unusual_count_is_to_be_checked():
    assert "CHECK: Liquid stools 16: more than 15 is unusual." in card(HBI, 0, 0, 16, 0, ())
    assert "CHECK" not in card(HBI, 0, 0, 15, 0, ())


@pytest.mark.parametrize("values", list(itertools.product((0, 1, 2, 3, None), repeat=3)))
def test_a_pms_card_is_short_and_says_that_steroids_and_dose_are_not_known(values):
    text = card(PARTIAL_MAYO, *values)

    assert utf16_length(text) <= 1200
    assert "Steroids and dose not known." in text
    assert "Supports, does not replace, clinical judgement." in text
    assert utf16_length(card(PARTIAL_MAYO, *values, unfolded=True)) <= 4096


@pytest.mark.parametrize(
    "values", [(4, 3, 40, 3, EVERY_COMPLICATION), (None,) * 5, (4, None, 40, None, EVERY_COMPLICATION)]
)
def test_an_hbi_card_is_short(values):
    assert utf16_length(card(HBI, *values)) <= 1200
    assert utf16_length(card(HBI, *values, unfolded=True)) <= 4096


def test_the_full_reasons_name_every_item_with_its_points_every_authority_and_its_source():
    text = card(PARTIAL_MAYO, 0, 2, 0, unfolded=True)

    assert "Bleeding: 2 = Obvious blood most of the time (2 points)" in text
    assert "By protocol: remission, PMS 2 (rule: PMS <= 2)." in text
    assert "By STRIDE-II (guideline): no remission" in text
    assert "By NCT05069259 (practice): no remission" in text


def test_every_instrument_has_a_card_and_says_its_disease():
    for questionnaire in SHIPPED:
        assert questionnaire.disease.label in card(questionnaire, *[None] * len(questionnaire.items))


@pytest.mark.parametrize(
    ("questionnaire", "values", "brief", "whole"),
    [
        (HBI, (0, 1, 1, 0, ("abscess",)), "CHECK: abscess ticked in the HBI (1 Jun 2026) · US label.",
         "CHECK: US label: initiation is not recommended in a serious infection; "),
        (CDAI, ("female", 7, 7, 7, ("anal",), False, "none", 40, 70, "170 cm"),
         "CHECK: anal fissure, fistula or abscess ticked in the CDAI (Crohn's) (1 Jun 2026) · this project.",
         "; an abscess counts as a serious infection (labels, to be confirmed)."),
    ],
    ids=["HBI", "CDAI"],
)  # fmt: skip
def test_a_ticked_abscess_is_to_be_checked_and_the_reasons_say_by_whom(questionnaire, values, brief, whole):
    assert brief in card(questionnaire, *values).splitlines()[:4]
    assert whole in card(questionnaire, *values, unfolded=True)


@pytest.mark.parametrize("questionnaire", SHIPPED, ids=[each.code for each in SHIPPED])
def test_the_reasons_say_every_safety_finding_that_the_core_gives_of_the_same_answers(questionnaire):
    choices = [choice.code for item in questionnaire.items if isinstance(item, AnyOf) for choice in item.choices]
    for ticked in ((), *([each] for each in choices), choices):
        answers = {item.code: tuple(ticked) if isinstance(item, AnyOf) else None for item in questionnaire.items}
        score = Score(questionnaire=questionnaire, on=TODAY, answers=answers)
        found = assess(Chart(disease=questionnaire.disease, scores=(score,)), TODAY).safety
        said = card(questionnaire, *answers.values(), unfolded=True)

        assert [each.why for each in found if each.why not in said] == []


async def test_a_quick_check_hears_the_label_of_the_clinic_on_an_abscess(chat, office):
    await chat.says("/settings")
    await chat.taps("EU")
    await chat.says("/hbi 0 1 1 0 abscess")
    await chat.says("/why")

    assert "EU label (to be confirmed): interruption in a serious infection until it is controlled" in chat.last.text
    assert "GB and AU" not in chat.last.text
