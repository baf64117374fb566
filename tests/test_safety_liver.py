"""The liver: the pattern of Hy's law, raised transaminases, Child-Pugh C. CLINICAL.md sections 3 and 5."""

from datetime import timedelta

import pytest

from flows.history import Region
from tests.safetycharts import STARTED, TODAY, ago, event, found, lab, level, why

HYS, RAISED = "guideline.hys_law", "guideline.transaminase_above_3x"
IN_DOUBT = ": whether > 3 x the upper limit is not known"
# The references: ALT and AST 40 U/L, bilirubin 1.0 mg/dL, ALP none.
HIGH_ALT, HIGH_BILIRUBIN = lab("alt", "150"), lab("bilirubin", "2.4")


def hys(*labs, **facts):
    return found(HYS, *labs, **facts) is not None


@pytest.mark.parametrize("enzyme", ["alt", "ast"])
@pytest.mark.parametrize(
    ("value", "has_it"), [("119.9", False), ("120", True), ("120.1", True)], ids=["just below", "at", "just above"]
)
def test_hys_law_asks_for_a_transaminase_of_three_times_the_upper_limit_or_more(enzyme, value, has_it):
    assert hys(lab(enzyme, value), HIGH_BILIRUBIN) is has_it


@pytest.mark.parametrize(
    ("value", "has_it"), [("1.9", False), ("2.0", False), ("2.01", True)], ids=["just below", "at", "just above"]
)
def test_hys_law_asks_for_a_bilirubin_above_twice_the_upper_limit_and_not_at_it(value, has_it):
    assert hys(HIGH_ALT, lab("bilirubin", value)) is has_it


@pytest.mark.parametrize("days", [-15, -14, -1, 0, 1, 14, 15])
def test_the_two_samples_lie_at_most_fourteen_days_apart(days):
    assert hys(lab("alt", "150", ago(30)), lab("bilirubin", "2.4", ago(30 + days))) is (abs(days) <= 14)


@pytest.mark.parametrize(
    ("value", "has_it"), [("199", True), ("200", False), ("201", False)], ids=["just below", "at", "just above"]
)
def test_an_alp_of_twice_its_upper_limit_speaks_against_the_pattern(value, has_it):
    assert hys(HIGH_ALT, HIGH_BILIRUBIN, lab("alp", value, upper="100")) is has_it


def test_an_alp_that_is_not_known_is_said():
    without = why(HYS, HIGH_ALT, HIGH_BILIRUBIN)
    far = why(HYS, HIGH_ALT, HIGH_BILIRUBIN, lab("alp", "500", ago(15), upper="100"))
    no_limit = why(HYS, HIGH_ALT, HIGH_BILIRUBIN, lab("alp", "500"))
    censored = why(HYS, HIGH_ALT, HIGH_BILIRUBIN, lab("alp", ">150", upper="100"))
    low = why(HYS, HIGH_ALT, HIGH_BILIRUBIN, lab("alp", "90", upper="100"))

    assert "ALP: no value within 14 days" in without
    assert "ALP: no value within 14 days" in far
    assert "ALP 500 U/L (1 Jun 2026; upper limit not known): whether < 2 x is not known" in no_limit
    assert "whether < 2 x is not known" in censored
    assert "ALP 90 U/L (1 Jun 2026; upper limit 100 U/L, the laboratory's); not known: PSC" in low


@pytest.mark.parametrize(("days", "has_it"), [(-14, False), (14, False), (-15, True), (15, True)])
def test_an_alp_within_fourteen_days_of_the_transaminase_counts(days, has_it):
    pair = lab("alt", "150", ago(20)), lab("bilirubin", "2.4", ago(20))

    assert hys(*pair, lab("alp", "500", ago(20 + days), upper="100")) is has_it


def test_the_alp_nearest_to_the_transaminase_counts_and_of_two_as_near_the_later():
    near, far = lab("alp", "90", ago(21), upper="100"), lab("alp", "500", ago(17), upper="100")
    pair = lab("alt", "150", ago(20)), lab("bilirubin", "2.4", ago(20))

    assert hys(*pair, near, far)
    assert not hys(*pair, lab("alp", "90", ago(21), upper="100"), lab("alp", "500", ago(19), upper="100"))


def test_hys_law_is_a_limit_of_a_guideline_with_the_labels_sentence():
    finding = found(HYS, HIGH_ALT, HIGH_BILIRUBIN, history={"psc": False, "gilbert": False})

    assert (finding.level, finding.source.authority) == ("limit", "guideline")
    assert finding.why == (
        "FDA guidance on liver injury (to be confirmed): pattern of Hy's law: ALT or AST >= 3 x the upper limit and "
        "bilirubin > 2 x, in samples at most 14 days apart, ALP < 2 x or not known; US label: interruption if "
        "drug-induced liver injury is suspected, until it is excluded; ALT 150 U/L (1 Jun 2026; upper limit 40 U/L, "
        "reference, to be confirmed); Total bilirubin 2.4 mg/dL (1 Jun 2026; upper limit 1 mg/dL, reference, ABIM, "
        "January 2026); ALP: no value within 14 days"
    )


@pytest.mark.parametrize(
    ("psc", "gilbert", "says"),
    [
        (True, None, "; PSC is recorded; not known: Gilbert's syndrome"),
        (None, True, "; Gilbert's syndrome is recorded; not known: PSC"),
        (True, True, "; PSC is recorded; Gilbert's syndrome is recorded"),
        (None, None, "; not known: PSC, Gilbert's syndrome"),
        (False, None, "; not known: Gilbert's syndrome"),
    ],
)
def test_psc_and_gilbert_are_printed_beside_it_and_what_nobody_asked_is_not_known(psc, gilbert, says):
    assert why(HYS, HIGH_ALT, HIGH_BILIRUBIN, history={"psc": psc, "gilbert": gilbert}).endswith(says)


def test_the_laboratory_s_own_limit_goes_before_the_reference():
    assert not hys(lab("alt", "150", upper="55"), HIGH_BILIRUBIN)
    assert hys(lab("alt", "110", upper="35"), HIGH_BILIRUBIN)
    assert not hys(HIGH_ALT, lab("bilirubin", "2.4", upper="1.2"))
    assert "upper limit 35 U/L, the laboratory's" in why(HYS, lab("alt", "110", upper="35"), HIGH_BILIRUBIN)


def test_an_old_pair_is_found_behind_newer_normal_values_which_are_printed_too():
    old = lab("alt", "150", ago(90)), lab("bilirubin", "2.4", ago(85))
    said = why(HYS, *old, lab("alt", "30"), lab("bilirubin", "0.8", ago(2)))

    assert "ALT 150 U/L (3 Mar 2026;" in said
    assert "Total bilirubin 2.4 mg/dL (8 Mar 2026;" in said
    assert "last ALT 30 U/L (1 Jun 2026); last Total bilirubin 0.8 mg/dL (30 May 2026)" in said


def test_of_several_pairs_the_newest_is_said():
    labs = [lab("alt", "150", ago(90)), lab("bilirubin", "2.4", ago(90)), lab("ast", "200", ago(20)),
            lab("bilirubin", "3.1", ago(12))]  # fmt: skip

    for order in (labs, labs[::-1]):
        said = why(HYS, *order)
        assert "AST 200 U/L (12 May 2026;" in said
        assert "Total bilirubin 3.1 mg/dL (20 May 2026;" in said
        assert "ALT" not in said.partition("excluded;")[2]


def test_the_newest_pair_is_the_one_with_the_latest_sample():
    said = why(HYS, lab("alt", "150", ago(30)), lab("ast", "170", ago(26)), lab("bilirubin", "2.4", ago(21)),
               lab("bilirubin", "3.1", ago(17)))  # fmt: skip

    assert "AST 170 U/L" in said
    assert "Total bilirubin 3.1 mg/dL" in said
    said = why(HYS, lab("alt", "150", ago(30)), lab("bilirubin", "3.1", ago(17)), lab("ast", "170", ago(60)),
               lab("bilirubin", "2.4", ago(50)), lab("alp", "500", ago(58)))  # fmt: skip
    assert "ALT 150 U/L" in said


def test_a_pair_that_its_alp_excludes_leaves_an_older_one():
    said = why(
        HYS, lab("alt", "150", ago(90)), lab("bilirubin", "2.4", ago(90)), HIGH_ALT, HIGH_BILIRUBIN,
        lab("alp", "300", upper="100"),
    )  # fmt: skip

    assert "ALT 150 U/L (3 Mar 2026;" in said
    assert "last ALT 150 U/L (1 Jun 2026)" in said


@pytest.mark.parametrize(("days", "has_it"), [(29, True), (30, True), (31, False)])
def test_samples_of_up_to_30_days_before_the_first_dose_are_paired_as_safety_labs_are_a_baseline(days, has_it):
    on, three_later = STARTED - timedelta(days=days), STARTED - timedelta(days=days - 3)

    assert hys(lab("alt", "150", on), lab("bilirubin", "2.4", three_later)) is has_it
    assert hys(lab("alt", "150", three_later), lab("bilirubin", "2.4", on)) is has_it


@pytest.mark.parametrize("days_since", [-3, 0, 1, 60])
def test_a_pattern_before_the_first_dose_does_not_end_with_it(days_since):
    on = ago(days_since + 5)

    assert hys(lab("alt", "150", on), lab("bilirubin", "2.4", on), started_on=ago(days_since))


def test_a_pair_on_both_sides_of_the_first_dose_is_one():
    assert hys(lab("alt", "150", STARTED - timedelta(days=3)), lab("bilirubin", "2.4", STARTED + timedelta(days=6)))


def test_without_a_first_dose_every_pair_counts():
    labs = lab("alt", "150", ago(400)), lab("bilirubin", "2.4", ago(400))

    assert hys(*labs, started_on=None)
    assert hys(*labs, started_on=TODAY + timedelta(days=5))
    assert not hys(*labs)


def test_one_half_alone_is_no_pattern():
    assert not hys(HIGH_ALT)
    assert not hys(HIGH_BILIRUBIN)
    assert not hys(lab("alp", "500", upper="100"))


@pytest.mark.parametrize(
    ("alt", "bilirubin", "expected"),
    [
        (">120", "2.4", "limit"),
        (">100", "2.4", "check"),
        ("<500", "2.4", "check"),
        ("<100", "2.4", None),
        ("150", ">2.0", "limit"),
        ("150", ">1.9", "check"),
        ("150", "<1.9", None),
        (">100", ">1.9", "check"),
    ],
)
def test_a_censored_value_has_the_pattern_only_with_its_whole_range_else_it_is_to_be_checked(alt, bilirubin, expected):
    assert level(HYS, lab("alt", alt), lab("bilirubin", bilirubin)) == expected


def test_what_leaves_the_pattern_open_is_named_and_a_later_value_closes_it():
    values = (lab("alt", ">100", ago(9)), lab("bilirubin", "3", ago(9)))
    finding = found(HYS, *values)

    assert (
        "; ALT >100 U/L (23 May 2026; upper limit 40 U/L, reference, to be confirmed): whether >= 3 x is not known;"
        in (finding.why)
    )
    assert finding.brief == (
        "pattern of Hy's law not excluded: ALT >100 U/L (23 May 2026), Total bilirubin 3 mg/dL (23 May 2026)"
    )
    assert found(HYS, *values, lab("alt", "90")) is None
    assert level(HYS, *values, lab("alt", "90", ago(2)), lab("ast", ">100")) == "check"


# Raised transaminases


@pytest.mark.parametrize("enzyme", ["alt", "ast"])
@pytest.mark.parametrize(
    ("value", "expected"), [("119", None), ("120", None), ("121", "check")], ids=["just below", "at", "just above"]
)
def test_above_three_times_the_upper_limit_is_to_be_checked(enzyme, value, expected):
    assert level(RAISED, lab(enzyme, value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("29", None), ("30", None), ("31", "check")], ids=["just below", "at", "just above"]
)
def test_above_three_times_the_baseline_is_to_be_checked_even_where_it_is_below_the_upper_limit(value, expected):
    assert level(RAISED, lab("alt", "10", STARTED), lab("alt", value)) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, "check"), (30, "check"), (31, None), (-1, None)])
def test_the_baseline_lies_at_most_thirty_days_before_the_first_dose(days, expected):
    assert level(RAISED, lab("alt", "10", STARTED - timedelta(days=days)), lab("alt", "35")) == expected


def test_of_several_values_before_the_first_dose_the_last_is_the_baseline():
    before = lab("alt", "10", STARTED - timedelta(days=9)), lab("alt", "30", STARTED - timedelta(days=2))

    assert level(RAISED, *before, lab("alt", "90")) is None
    assert level(RAISED, *before, lab("alt", "91")) == "check"


def test_the_baseline_is_printed_or_that_there_is_none():
    assert "; ALT 150 U/L (1 Jun 2026; upper limit 40 U/L, reference, to be confirmed), baseline not known" in why(
        RAISED, HIGH_ALT
    )
    assert ", baseline 20 U/L (5 Jan 2026)" in why(RAISED, lab("alt", "20", STARTED), HIGH_ALT)


def test_before_the_first_dose_a_value_is_its_own_baseline_and_only_the_limit_counts():
    before = {"started_on": TODAY + timedelta(days=5)}

    assert level(RAISED, lab("alt", "10", ago(9)), lab("alt", "35"), **before) is None
    assert level(RAISED, HIGH_ALT, **before) == "check"


def test_the_last_value_counts_and_both_enzymes_are_one_finding():
    assert found(RAISED, lab("alt", "150", ago(9)), lab("alt", "30")) is None
    said = why(RAISED, HIGH_ALT, lab("ast", "130"), lab("ast", "20", ago(9)))

    assert "; ALT 150 U/L" in said
    assert "; AST 130 U/L" in said


@pytest.mark.parametrize(
    ("value", "doubt"),
    [(">120", ""), (">119", IN_DOUBT), ("<120", None), ("<=120", None), ("<121", IN_DOUBT), (">10", IN_DOUBT)],
)
def test_a_censored_transaminase_that_may_be_raised_is_to_be_checked_and_says_what_is_not_known(value, doubt):
    finding = found(RAISED, lab("alt", value))

    if doubt is None:
        assert finding is None
    else:
        assert (finding.level, finding.brief) == ("check", f"ALT {value} U/L (1 Jun 2026){doubt}")
        assert f"reference, to be confirmed){doubt}, baseline not known" in finding.why


@pytest.mark.parametrize(
    ("base", "now", "expected"),
    [("<10", "30", "check"), ("<10", "29.9", None), ("<=10", "30", None), ("10", "30", None), (">5", "31", None)],
)
def test_a_censored_baseline_counts_with_all_that_it_may_be(base, now, expected):
    assert level(RAISED, lab("alt", base, STARTED), lab("alt", now)) == expected


@pytest.mark.parametrize(("now", "is_sure"), [(">30", True), (">29", False)])
def test_a_censored_value_over_three_times_its_baseline_leaves_nothing_open(now, is_sure):
    brief = found(RAISED, lab("alt", "10", STARTED), lab("alt", now)).brief

    assert brief.endswith(IN_DOUBT) is not is_sure


def test_a_suspected_injury_is_a_limit_with_the_sentence_of_the_label():
    finding = found("label.liver_injury_suspected", events=(event("liver_injury_suspected"),))

    assert finding.level == "limit"
    assert "US label: interruption if drug-induced liver injury is suspected, until it is excluded" in finding.why


# Child-Pugh


@pytest.mark.parametrize(("child_pugh", "is_limit"), [("C", True), ("B", False), ("A", False), (None, False)])
@pytest.mark.parametrize(
    ("region", "says"),
    [(Region.US, "not recommended"), (Region.EU, "contraindicated"), (Region.GB, "contraindicated"),
     (Region.AU, "contraindicated"), (None, "not recommended")],
)  # fmt: skip
def test_child_pugh_c_is_not_recommended_in_the_us_and_contraindicated_elsewhere(child_pugh, is_limit, region, says):
    finding = found("label.child_pugh_c", history={"child_pugh": child_pugh}, region=region)

    assert (finding is not None) is is_limit
    assert finding is None or (finding.level == "limit" and says in finding.why)
