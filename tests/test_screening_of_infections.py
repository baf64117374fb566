"""Screening for tuberculosis and hepatitis: a positive result is never done, and a gap is never negative."""

import pytest

from flows.protocol.markers import lasting
from flows.protocol.sources import US_BEFORE_TREATMENT
from tests.checklists import (
    AWAITING,
    DONE,
    INDETERMINATE,
    LATE,
    LATENT,
    MISSING,
    MONTH,
    NEGATIVE,
    POSITIVE,
    START,
    TODAY,
    TOO_OLD,
    TREATED,
    before,
    chart,
    checked,
    screened,
    state,
)

# Tuberculosis


@pytest.mark.parametrize("item", ["igra", "chest"])
def test_tuberculosis_tests_count_late(item):
    window = {"igra": 180, "chest": 365}[item]
    found = {days: state(item, screened(item, days, NEGATIVE)) for days in (-1, 0, window, window + 1)}

    assert found == {-1: LATE, 0: DONE, window: DONE, window + 1: TOO_OLD}


def test_a_negative_in_the_window_goes_before_a_late_one():
    found = checked("igra", chart(screening=(screened("igra", 20, NEGATIVE), screened("igra", -20, NEGATIVE))))

    assert (found.state, found.on) == (DONE, before(20))


@pytest.mark.parametrize("days", [-1, 0, 180, 181, 4000])
def test_a_positive_igra_is_never_done(days):
    found = checked("igra", chart(screening=(screened("igra", days, POSITIVE),)))

    assert (found.state, found.result, found.open) == (AWAITING, POSITIVE, LATENT)
    assert found.source.authority == "us_label"


@pytest.mark.parametrize("item", ["igra", "chest"])
@pytest.mark.parametrize(
    ("days", "expected", "on"),
    [((300, 100, 20), DONE, 20), ((20, -5, -20), DONE, 20), ((-5, -20), LATE, -5), ((900, -5), LATE, -5),
     ((900, 400), TOO_OLD, 400)],
    ids=["the last in the window", "before later ones", "the first late one", "late before old", "the last old one"],
)  # fmt: skip
def test_of_several_negative_results_one_counts(item, days, expected, on):
    found = checked(item, chart(screening=tuple(screened(item, each, NEGATIVE) for each in days)))

    assert (found.state, found.on, found.result) == (expected, before(on), NEGATIVE)


def test_of_several_results_the_last_is_named():
    def last(item, *results):
        entries = tuple(screened(item, 100 - 10 * number, result) for number, result in enumerate(results))
        found = checked(item, chart(screening=entries))
        return found.on, found.result, found.open

    assert last("igra", NEGATIVE, POSITIVE, POSITIVE) == (before(80), POSITIVE, LATENT)
    assert checked("igra", chart(screening=(
        screened("igra", 30, POSITIVE), screened("igra", 20, NEGATIVE), screened("igra", 10, INDETERMINATE),
    ))).why == ""  # fmt: skip
    assert last("igra", NEGATIVE, INDETERMINATE) == (before(90), INDETERMINATE, "repeat IGRA")
    assert last("igra", NEGATIVE, INDETERMINATE, INDETERMINATE) == (before(80), INDETERMINATE, "repeat IGRA")
    assert last("igra", POSITIVE, TREATED, TREATED) == (before(80), TREATED, None)
    assert last("igra", None, None) == (before(90), None, "result")
    assert last("chest", NEGATIVE, POSITIVE) == (before(90), POSITIVE, "chest finding: evaluation")
    assert last("chest", POSITIVE, INDETERMINATE) == (before(90), INDETERMINATE, "chest finding: evaluation")
    assert last("chest", INDETERMINATE, NEGATIVE) == (before(90), NEGATIVE, None)


@pytest.mark.parametrize("doubtful", [INDETERMINATE, None])
def test_a_result_in_doubt_before_the_first_dose_is_late_once_it_is_negative(doubtful):
    found = checked("igra", chart(screening=(screened("igra", 20, doubtful), screened("igra", -20, NEGATIVE))))

    assert (found.state, found.on) == (LATE, before(-20))


def test_a_positive_igra_is_not_undone_by_a_later_negative_one():
    found = checked("igra", chart(screening=(screened("igra", 20, POSITIVE), screened("igra", 10, NEGATIVE))))

    assert (found.state, found.open, found.why) == (AWAITING, LATENT, "negative on 22 May 2026")


def test_an_indeterminate_igra_is_to_be_repeated():
    first = screened("igra", 20, INDETERMINATE)
    found = checked("igra", chart(screening=(first,)))

    assert (found.state, found.result, found.open) == (AWAITING, INDETERMINATE, "repeat IGRA")
    assert state("igra", first, screened("igra", 10, NEGATIVE)) == DONE


@pytest.mark.parametrize(
    ("treated_before", "today", "expected"),
    [
        (31, TODAY, DONE),
        (30, TODAY, DONE),
        (29, TODAY, LATE),
        (29, START, AWAITING),
        (-30, TODAY, LATE),
        (-31, TODAY, AWAITING),
    ],
)
def test_latent_tuberculosis_is_treated_from_a_month_before(treated_before, today, expected):
    entry = screened("igra", 100, TREATED, treated_from=before(treated_before), drug="isoniazid")
    found = checked("igra", chart(screening=(entry,)), today)

    assert (found.state, found.result) == (expected, TREATED)
    assert found.open == (MONTH if expected == AWAITING else None)
    assert "isoniazid" in found.why


@pytest.mark.parametrize(("noted", "expected"), [(30, DONE), (29, LATE)])
def test_without_the_start_of_treatment_the_day_it_was_noted_is_the_latest_it_can_be(noted, expected):
    found = checked("igra", chart(screening=(screened("igra", noted, TREATED),)))

    assert found.state == expected
    assert "first day not recorded" in found.why


@pytest.mark.parametrize("result", [POSITIVE, INDETERMINATE])
def test_a_chest_finding_is_to_be_evaluated(result):
    found = checked("chest", chart(screening=(screened("chest", 20, result),)))

    assert (found.state, found.open) == (AWAITING, "chest finding: evaluation")


@pytest.mark.parametrize("item", ["igra", "chest", "hbv", "hcv", "zoster"])
def test_a_test_without_its_result_awaits_it(item):
    found = checked(item, chart(screening=(screened(item),)))

    assert (found.state, found.result, found.open) == (AWAITING, None, "result")


@pytest.mark.parametrize("item", ["igra", "chest", "hbv", "hcv", "zoster", "cv", "meds"])
def test_what_nobody_did_is_missing(item):
    found = checked(item, chart())

    assert (found.state, found.result, found.on) == (MISSING, None, None)
    assert found.missing


# Hepatitis


@pytest.mark.parametrize("item", ["hbv", "hcv"])
def test_negative_hepatitis_markers_are_done_up_to_a_year_before(item):
    found = {days: state(item, screened(item, days, NEGATIVE)) for days in (-1, 0, 365, 366)}

    assert found == {-1: LATE, 0: DONE, 365: DONE, 366: TOO_OLD}


# By hand: what is known of hepatitis B, the state, what is open, and the markers that are missing.
BOTH = ("HBsAg", "anti-HBc")
HBV_TABLE = [
    ({"result": NEGATIVE}, DONE, None, ()),
    ({"result": POSITIVE}, AWAITING, "HBV DNA", BOTH),
    ({"result": TREATED}, AWAITING, "HBV DNA", BOTH),
    ({"result": INDETERMINATE}, AWAITING, "repeat HBsAg; repeat anti-HBc", BOTH),
    ({"hbsag": NEGATIVE, "anti_hbc": NEGATIVE}, DONE, None, ()),
    ({"hbsag": NEGATIVE}, MISSING, None, ("anti-HBc",)),
    ({"anti_hbc": NEGATIVE}, MISSING, None, ("HBsAg",)),
    ({"result": NEGATIVE, "hbsag": NEGATIVE}, MISSING, None, ("anti-HBc",)),
    ({"hbsag": NEGATIVE, "anti_hbc": POSITIVE}, AWAITING, "HBV DNA", ()),
    ({"result": NEGATIVE, "anti_hbc": POSITIVE}, AWAITING, "HBV DNA", ("HBsAg",)),
    ({"result": POSITIVE, "hbsag": NEGATIVE, "anti_hbc": NEGATIVE}, AWAITING, "HBV DNA", ()),
    ({"hbsag": NEGATIVE, "anti_hbc": POSITIVE, "dna": NEGATIVE}, DONE, None, ()),
    ({"hbsag": NEGATIVE, "anti_hbc": POSITIVE, "dna": INDETERMINATE}, AWAITING, "repeat HBV DNA", ()),
    ({"hbsag": NEGATIVE, "anti_hbc": POSITIVE, "dna": POSITIVE}, AWAITING, "hepatitis B: evaluation", ()),
    ({"anti_hbc": POSITIVE, "dna": NEGATIVE}, AWAITING, "HBsAg", ("HBsAg",)),
    ({"result": POSITIVE, "dna": NEGATIVE}, AWAITING, "HBsAg", BOTH),
    ({"hbsag": POSITIVE, "anti_hbc": POSITIVE}, AWAITING, "HBV DNA", ()),
    (
        {"hbsag": POSITIVE, "anti_hbc": POSITIVE, "dna": NEGATIVE},
        AWAITING, "hepatitis B: evaluation (HBsAg positive)", (),
    ),
    ({"hbsag": INDETERMINATE, "anti_hbc": NEGATIVE}, AWAITING, "repeat HBsAg", ()),
    ({"hbsag": NEGATIVE, "anti_hbc": NEGATIVE, "dna": POSITIVE}, AWAITING, "hepatitis B: evaluation", ()),
    ({"dna": NEGATIVE}, MISSING, None, BOTH),
    ({"result": INDETERMINATE, "hbsag": NEGATIVE}, AWAITING, "repeat anti-HBc", ("anti-HBc",)),
    (
        {"result": INDETERMINATE, "hbsag": NEGATIVE, "anti_hbc": NEGATIVE},
        AWAITING, "repeat HBsAg; repeat anti-HBc", (),
    ),
    ({"hbsag": INDETERMINATE, "anti_hbc": POSITIVE}, AWAITING, "HBV DNA; repeat HBsAg", ()),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected", "opened", "missing"), HBV_TABLE)
def test_hepatitis_b_is_done_only_when_nothing_of_it_is_open(given, expected, opened, missing):
    found = checked("hbv", chart(screening=(screened("hbv", **given),)))

    assert (found.state, found.open, found.missing) == (expected, opened, missing)


@pytest.mark.parametrize(
    ("given", "expected", "opened"),
    [
        ({"result": NEGATIVE}, DONE, None), ({"anti_hcv": NEGATIVE}, DONE, None),
        ({"result": POSITIVE}, AWAITING, "HCV RNA"), ({"anti_hcv": POSITIVE}, AWAITING, "HCV RNA"),
        ({"result": TREATED}, AWAITING, "HCV RNA"), ({"result": TREATED, "rna": NEGATIVE}, DONE, None),
        ({"result": POSITIVE, "rna": NEGATIVE}, DONE, None),
        ({"result": POSITIVE, "rna": INDETERMINATE}, AWAITING, "repeat HCV RNA"),
        ({"result": POSITIVE, "rna": POSITIVE}, AWAITING, "hepatitis C: evaluation"),
        ({"result": INDETERMINATE}, AWAITING, "repeat anti-HCV"),
    ],
)  # fmt: skip
def test_hepatitis_c_is_done_only_when_nothing_of_it_is_open(given, expected, opened):
    found = checked("hcv", chart(screening=(screened("hcv", **given),)))

    assert (found.state, found.open) == (expected, opened)


def test_a_resolved_infection_keeps_its_result_and_says_what_settled_it():
    found = checked("hbv", chart(screening=(screened("hbv", hbsag=NEGATIVE, anti_hbc=POSITIVE, dna=NEGATIVE),)))

    assert (found.result, found.why) == (POSITIVE, "HBV DNA negative")


def test_of_negative_markers_nothing_had_to_be_settled():
    assert checked("hbv", chart(screening=(screened("hbv", result=NEGATIVE),))).why == ""


@pytest.mark.parametrize(
    ("given", "result"),
    [
        ({"hbsag": NEGATIVE, "anti_hbc": NEGATIVE}, NEGATIVE), ({"hbsag": NEGATIVE, "anti_hbc": POSITIVE}, POSITIVE),
        ({"hbsag": INDETERMINATE, "anti_hbc": NEGATIVE}, INDETERMINATE),
        ({"hbsag": INDETERMINATE, "anti_hbc": POSITIVE}, POSITIVE), ({"result": TREATED}, TREATED),
        ({"result": TREATED, "hbsag": INDETERMINATE}, TREATED), ({"result": TREATED, "hbsag": POSITIVE}, POSITIVE),
        ({"result": INDETERMINATE}, INDETERMINATE), ({"dna": NEGATIVE}, None),
    ],
)  # fmt: skip
def test_of_several_markers_the_gravest_result_is_that_of_hepatitis(given, result):
    assert checked("hbv", chart(screening=(screened("hbv", **given),))).result is result


def test_what_is_to_come_first_says_whose_rule_it_is():
    entry = screened("hbv", hbsag=INDETERMINATE, anti_hbc=POSITIVE, dna=POSITIVE)
    found = checked("hbv", chart(screening=(entry,)))

    assert found.open == "hepatitis B: evaluation; repeat HBsAg"
    assert (found.source, found.source.authority) == (US_BEFORE_TREATMENT, "us_label")


def test_the_last_hbv_dna_counts():
    marker = screened("hbv", 100, hbsag=NEGATIVE, anti_hbc=POSITIVE, dna=NEGATIVE)

    assert (
        checked("hbv", chart(screening=(marker, screened("hbv", 20, dna=POSITIVE)))).open == "hepatitis B: evaluation"
    )


def test_the_last_result_of_each_marker_is_open():
    first = screened("hbv", 100, hbsag=NEGATIVE, anti_hbc=NEGATIVE)

    assert checked("hbv", chart(screening=(first, screened("hbv", 20, hbsag=INDETERMINATE)))).open == "repeat HBsAg"


@pytest.mark.parametrize(
    ("hbsag", "anti_hbc", "expected", "on"),
    [
        ((100,), (20,), DONE, 100), ((365,), (20,), DONE, 365), ((366,), (20,), TOO_OLD, 366),
        ((20,), (-5,), LATE, -5), ((-9,), (-5,), LATE, -9), ((20,), (0,), DONE, 20), ((366,), (-5,), TOO_OLD, 366),
        ((366, 20), (100,), DONE, 100), ((20, -5), (30,), DONE, 30), ((900, -5, -9), (30,), LATE, -5),
    ],
)  # fmt: skip
def test_markers_are_as_old_as_the_oldest_and_late_where_one_is(hbsag, anti_hbc, expected, on):
    days = {each: {} for each in (*hbsag, *anti_hbc)}
    for each in hbsag:
        days[each]["hbsag"] = NEGATIVE
    for each in anti_hbc:
        days[each]["anti_hbc"] = NEGATIVE
    found = checked("hbv", chart(screening=tuple(screened("hbv", each, **parts) for each, parts in days.items())))

    assert (found.state, found.on) == (expected, before(on))


@pytest.mark.parametrize(
    ("again", "expected", "on"), [(20, DONE, 20), (-5, LATE, -5), (None, TOO_OLD, 500)],
    ids=["tested again in the window", "tested again after the first dose", "not tested again"],
)  # fmt: skip
def test_a_settled_marker_is_as_old_as_its_last_test_and_not_as_the_positive_one(again, expected, on):
    entries = [screened("hcv", 500, POSITIVE), screened("hcv", 490, rna=NEGATIVE)]
    if again is not None:
        entries.append(screened("hcv", again, NEGATIVE))
    found = checked("hcv", chart(screening=tuple(entries)))

    assert (found.state, found.on, found.result) == (expected, before(on), POSITIVE)


def test_what_is_open_since_a_positive_marker_is_awaited_since_its_day():
    entries = screened("hcv", 500, POSITIVE), screened("hcv", 400, POSITIVE), screened("hcv", 20, NEGATIVE)

    assert checked("hcv", chart(screening=entries)).on == before(400)


@pytest.mark.parametrize(("hbsag", "anti_hbc"), [(100, 50), (50, 100)])
def test_what_is_open_of_two_markers_is_awaited_since_the_first(hbsag, anti_hbc):
    entries = screened("hbv", hbsag, hbsag=POSITIVE), screened("hbv", anti_hbc, anti_hbc=POSITIVE)

    assert checked("hbv", chart(screening=entries)).on == before(100)


def test_a_marker_in_doubt_before_the_first_dose_is_late_once_it_is_negative():
    assert state("hcv", screened("hcv", 20, INDETERMINATE), screened("hcv", -20, NEGATIVE)) == LATE


def test_without_any_marker_the_last_day_is_named():
    empty = checked("hbv", chart(screening=(screened("hbv", 20), screened("hbv", 10))))
    half = checked("hbv", chart(screening=(screened("hbv", 20), screened("hbv", 10, dna=NEGATIVE))))

    assert (empty.state, empty.open, empty.on) == (AWAITING, "result", before(10))
    assert (half.state, half.missing, half.on) == (MISSING, BOTH, before(10))


def test_hbv_dna_may_come_on_another_day_than_the_markers():
    markers = screened("hbv", 100, hbsag=NEGATIVE, anti_hbc=POSITIVE)

    assert state("hbv", markers, screened("hbv", 20, dna=NEGATIVE)) == DONE
    assert state("hbv", markers, screened("hbv", 20, dna=POSITIVE)) == AWAITING


def test_a_positive_marker_is_not_undone_by_a_later_negative_one():
    entries = (screened("hbv", 100, hbsag=NEGATIVE, anti_hbc=POSITIVE), screened("hbv", 20, NEGATIVE))

    assert checked("hbv", chart(screening=entries)).open == "HBV DNA"
    assert state("hcv", screened("hcv", 100, POSITIVE), screened("hcv", 20, NEGATIVE)) == AWAITING


@pytest.mark.parametrize(
    ("results", "stands"),
    [((), None), ((NEGATIVE,), NEGATIVE), ((NEGATIVE, INDETERMINATE), INDETERMINATE), ((POSITIVE, NEGATIVE), POSITIVE)],
)
def test_the_last_result_of_a_marker_stands_unless_one_was_positive(results, stands):
    entries = tuple(screened("hbv", 100 - number, hbsag=result) for number, result in enumerate(results))

    assert lasting(chart(screening=entries), "hbsag", TODAY) is stands


def test_a_positive_marker_found_after_the_first_dose_is_open_too():
    assert checked("hbv", chart(screening=(screened("hbv", -5, anti_hbc=POSITIVE),))).open == "HBV DNA"


def test_an_indeterminate_marker_is_settled_by_a_later_result():
    assert state("hbv", screened("hbv", 100, INDETERMINATE), screened("hbv", 20, NEGATIVE)) == DONE
