"""The labels' end without a response, at the end of the longer induction. CLINICAL.md section 3."""

import pytest

from flows.chart import Lost, Score
from flows.days import day
from flows.history import Region
from flows.instruments.mayo import MAYO
from flows.report import assess
from tests.dosed import (
    CD,
    LABELS,
    UC,
    chart,
    on,
    says,
    step,
)
from tests.schedules import hbi, pms

WEEK_24, WEEK_16 = "discontinuation without benefit by week 24", "discontinuation without response at week 16"


def went_on(disease, *scores, region=Region.EU, **facts):
    step_on = step(84, 30) if disease is CD else step(56, 45)
    return chart(disease, step_on, scores=tuple(scores), region=region, **facts)


def ends(patient, days):
    """What is said besides the usual sentence of each authority, by authority."""
    return {each.authority: each.text for each in says(patient, days) if not each.mg and each.authority in LABELS}


NO_RESPONSE = {
    CD: (hbi(-1, 12), hbi(84, 12), hbi(168, 12)),
    UC: (pms(-1, 3, 3, 3), pms(56, 3, 3, 2), pms(112, 3, 3, 3)),
}


@pytest.mark.parametrize(("disease", "days", "rule"), [(CD, 170, WEEK_24), (UC, 115, WEEK_16)])
@pytest.mark.parametrize("region", [Region.EU, Region.GB, Region.AU])
def test_a_label_that_ends_without_a_response_is_said_while_there_is_none(disease, days, rule, region):
    found = ends(went_on(disease, *NO_RESPONSE[disease], region=region), days)

    assert list(found) == [region.label]
    assert found[region.label].startswith(f"{rule}; no response on {day(on(168 if disease is CD else 112))}: ")
    report = assess(went_on(disease, *NO_RESPONSE[disease], region=region), on(days))
    assert any(f"label: {rule}; no response on" in each for each in report.status)


def test_the_us_label_knows_of_no_end_without_a_response_and_without_a_region_the_others_are_named():
    assert ends(went_on(CD, *NO_RESPONSE[CD], region=Region.US), 170) == {}
    assert list(ends(went_on(CD, *NO_RESPONSE[CD], region=None), 170)) == LABELS[1:]


@pytest.mark.parametrize(
    ("scores", "days"),
    [
        ((hbi(-1, 12), hbi(84, 12)), 160),
        ((hbi(-1, 12), hbi(84, 9), hbi(168, 12)), 170),
        ((hbi(-1, 12), hbi(84, 12), hbi(161, 9), hbi(400, 12)), 400),
        ((hbi(-1, 12), hbi(84, 12), hbi(168, 12), hbi(200, 9)), 200),
        ((hbi(-1, 2), hbi(84, 2), hbi(168, 2)), 170),
        ((hbi(-1, 12),), 400),
    ],
    ids=[
        "before it is assessed",
        "with a response at the end of induction",
        "with a response by then",
        "with one since",
        "where none can be reached",
        "where nothing was assessed",
    ],
)
def test_nothing_is_said_of_an_end(scores, days):
    assert ends(went_on(CD, *scores), days) == {}


@pytest.mark.parametrize(
    ("total", "said"),
    [
        (12, f"{WEEK_16}; no response on {day(on(112))}: PMS was 9 at baseline (1 day before the first dose), PMS 9"),
        (10, f"response is looked for again at week 16; on {day(on(112))}: PMS was 9 at baseline"),
        (0, ""),
    ],
    ids=["no response", "left open", "a response"],
)
def test_a_full_mayo_without_its_items_tells_of_a_response_by_what_it_leaves_of_the_partial_one(total, said):
    """Where PMS 7 to 9 may be a response from 9 the label's end is not said of anybody."""
    newest = Score(questionnaire=MAYO, on=on(112), recorded_total=total)
    found = ends(went_on(UC, pms(-1, 3, 3, 3), pms(56, 3, 3, 2), newest), 115)

    assert [each[: len(said)] for each in found.values()] == ([said] if said else [])


def test_with_a_stoma_and_after_the_last_dose_nothing_is_said_of_an_end():
    assert ends(went_on(CD, *NO_RESPONSE[CD], history={"ostomy": True}), 170) == {}
    assert ends(went_on(CD, *NO_RESPONSE[CD], stopped_on=on(169)), 170) == {}


@pytest.mark.parametrize(
    ("scores", "lost", "gap"),
    [
        ((hbi(-1, 12), hbi(84, 12)), (), "missing: HBI since 15 Jun 2026"),
        ((hbi(84, 12), hbi(168, 12)), (), "on 22 Jun 2026: no baseline HBI; missing: baseline HBI"),
        (
            (hbi(-1, 12), hbi(84, 12), hbi(168, 9, mass=None)),
            (),
            "on 22 Jun 2026: HBI was 12 at baseline (1 day before the first dose), HBI 9 to 12 (rule: HBI drop >= 3); "
            "missing: mass",
        ),
        (NO_RESPONSE[CD], (Lost("hbi", on(169)),), "missing: a newer score, which could not be read"),
    ],
    ids=["no score", "no baseline", "a gap", "a score that could not be read"],
)
def test_a_response_that_is_open_is_looked_for_by_the_label_and_what_is_missing_is_named(scores, lost, gap):
    (text,) = ends(went_on(CD, *scores, lost=lost), 170).values()

    assert text.startswith("benefit is looked for by week 24; ")
    assert text.endswith(gap)
    assert not any("week 24" in each for each in assess(went_on(CD, *scores, lost=lost), on(170)).status)
