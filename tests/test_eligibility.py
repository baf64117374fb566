"""Whom the indications cover: TNF failure is not biologic failure, and what is not known is neither yes nor no."""

import itertools
from datetime import date

import pytest

from flows.chart import Chart
from flows.criteria import Verdict
from flows.history import History, Region, Severity
from flows.protocol.eligibility import INDICATIONS, SAME_AS, STATED, judge
from flows.questionnaire import Disease

TODAY = date(2026, 6, 1)
MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_EVALUABLE
YES, NO, UNKNOWN = True, False, None


def found(name, birth_year=1980, severity=Severity.MODERATE, region=None, unreadable=(), **history):
    chart = Chart(
        disease=Disease.CROHNS,
        birth_year=birth_year,
        region=region,
        unreadable=unreadable,
        history=History(severity=severity, **history),
    )
    return next(each for each in judge(chart, TODAY) if each.id == f"eligibility.{name}")


def verdict(name, **facts):
    return found(name, **facts).finding.verdict


# By hand: a TNF blocker failed, TNF blockers are inadvisable, approved systemic therapies, and the verdict.
US_TABLE = [
    (YES, YES, 1, MET), (YES, YES, 0, MET), (YES, YES, None, MET),
    (YES, NO, 1, MET), (YES, NO, 0, MET), (YES, NO, None, MET),
    (YES, None, 1, MET), (YES, None, 0, MET), (YES, None, None, MET),
    (NO, YES, 1, MET), (NO, YES, 0, NOT_MET), (NO, YES, None, OPEN),
    (NO, NO, 1, NOT_MET), (NO, NO, 0, NOT_MET), (NO, NO, None, NOT_MET),
    (NO, None, 1, OPEN), (NO, None, 0, NOT_MET), (NO, None, None, OPEN),
    (None, YES, 1, MET), (None, YES, 0, OPEN), (None, YES, None, OPEN),
    (None, NO, 1, OPEN), (None, NO, 0, OPEN), (None, NO, None, OPEN),
    (None, None, 1, OPEN), (None, None, 0, OPEN), (None, None, None, OPEN),
]  # fmt: skip
# Conventional therapy failed, a biologic failed, and the verdict.
EU_TABLE = [
    (YES, YES, MET), (YES, NO, MET), (YES, None, MET),
    (NO, YES, MET), (NO, NO, NOT_MET), (NO, None, OPEN),
    (None, YES, MET), (None, NO, OPEN), (None, None, OPEN),
]  # fmt: skip


@pytest.mark.parametrize("name", ["us_label", "protocol"])
@pytest.mark.parametrize(("failed", "inadvisable", "systemic", "expected"), US_TABLE)
def test_the_us_label_needs_a_failed_tnf_blocker_or_an_inadvisable_one_after_a_systemic_therapy(
    name, failed, inadvisable, systemic, expected
):
    assert verdict(name, tnf_failed=failed, tnf_inadvisable=inadvisable, systemic_therapies=systemic) is expected


@pytest.mark.parametrize("name", ["eu_label", "gb_label", "au_label"])
@pytest.mark.parametrize(("conventional", "biologic", "expected"), EU_TABLE)
def test_the_other_labels_need_failed_conventional_therapy_or_a_failed_biologic(name, conventional, biologic, expected):
    region = {"gb_label": Region.GB, "au_label": Region.AU}.get(name)

    assert verdict(name, region=region, conventional_failed=conventional, biologic_failed=biologic) is expected


def test_the_tables_leave_no_combination_out():
    kleene = (YES, NO, None)

    assert {row[:3] for row in US_TABLE} == set(itertools.product(kleene, kleene, (1, 0, None)))
    assert {row[:2] for row in EU_TABLE} == set(itertools.product(kleene, kleene))


def test_a_failed_biologic_is_not_taken_for_a_failed_tnf_blocker():
    assert verdict("us_label", biologic_failed=True) is OPEN
    assert verdict("us_label", biologic_failed=True, tnf_failed=False, tnf_inadvisable=False) is NOT_MET


def test_no_failed_biologic_is_not_taken_for_no_failed_tnf_blocker():
    missing = found("us_label", biologic_failed=False).finding.missing

    assert "failure of a TNF blocker" in missing


@pytest.mark.parametrize("biologic", [None, False])
def test_a_failed_tnf_blocker_is_a_failed_biologic_and_the_record_is_named(biologic):
    finding = found("eu_label", tnf_failed=True, biologic_failed=biologic, conventional_failed=False).finding

    assert finding.verdict is MET
    assert "a TNF blocker failed, which is a biologic" in finding.why
    assert ("recorded as not failed" in finding.why) is (biologic is False)


@pytest.mark.parametrize("tnf", [None, False])
def test_a_tnf_blocker_that_did_not_fail_leaves_other_biologics_open(tnf):
    assert verdict("eu_label", tnf_failed=tnf, conventional_failed=False) is OPEN


@pytest.mark.parametrize("name", ["us_label", "eu_label", "protocol"])
@pytest.mark.parametrize(
    ("severity", "expected"),
    [(Severity.MILD, NOT_MET), (Severity.MODERATE, MET), (Severity.SEVERE, MET), (None, OPEN)],
)
def test_the_disease_is_moderately_to_severely_active(name, severity, expected):
    finding = found(name, severity=severity, tnf_failed=True).finding

    assert finding.verdict is expected
    assert finding.missing == (("severity",) if expected is OPEN else ())


@pytest.mark.parametrize("name", ["us_label", "eu_label", "protocol"])
@pytest.mark.parametrize(
    ("birth_year", "expected", "missing"),
    [
        (2009, NOT_MET, ()),
        (2008, OPEN, ("exact age",)),
        (2007, MET, ()),
        (None, OPEN, ("birth year",)),
    ],
    ids=["16 to 17", "17 to 18", "18 to 19", "not known"],
)
def test_the_labels_are_for_adults(name, birth_year, expected, missing):
    finding = found(name, birth_year=birth_year, tnf_failed=True).finding

    assert (finding.verdict, finding.missing) == (expected, missing)


@pytest.mark.parametrize(
    ("therapies", "expected"), [(0, NOT_MET), (1, MET), (2, MET)], ids=["just below", "at", "just above"]
)
def test_one_approved_systemic_therapy_is_enough(therapies, expected):
    given = {"tnf_failed": False, "tnf_inadvisable": True, "systemic_therapies": therapies}

    assert verdict("us_label", **given) is expected


def test_what_is_missing_is_named_and_only_what_could_change_the_verdict():
    assert found("us_label").finding.missing == (
        "failure of a TNF blocker", "whether TNF blockers are inadvisable", "number of approved systemic therapies",
    )  # fmt: skip
    assert found("us_label", tnf_failed=False, tnf_inadvisable=True).finding.missing == (
        "number of approved systemic therapies",
    )
    assert found("eu_label", conventional_failed=False).finding.missing == ("failure of a biologic",)


ADULT, ACTIVE = "(rule: adults, 18 years or older)", "(rule: moderately to severely active disease)"
TNF, INADVISABLE = (
    "(rule: a TNF blocker failed or was not tolerated)",
    "(rule: TNF blockers are clinically inadvisable)",
)
CONVENTIONAL = "(rule: inadequate or lost response or intolerance to conventional therapy)"
BIOLOGIC = "(rule: inadequate or lost response or intolerance to a biologic)"


@pytest.mark.parametrize(
    ("name", "history", "says"),
    [
        ("us_label", {"tnf_failed": True}, f"a TNF blocker failed: yes {TNF}"),
        ("us_label", {"tnf_failed": False, "tnf_inadvisable": True, "systemic_therapies": 1},
         f"TNF blockers are inadvisable: yes {INADVISABLE}; approved systemic therapies received: 1 "
         "(rule: at least 1 approved systemic therapy)"),
        ("eu_label", {"conventional_failed": True}, f"conventional therapy failed: yes {CONVENTIONAL}"),
        ("eu_label", {"conventional_failed": False, "biologic_failed": True}, f"a biologic failed: yes {BIOLOGIC}"),
    ],
)  # fmt: skip
def test_what_makes_a_patient_covered_is_said_in_full_with_both_ages(name, history, says):
    """Born in 1980, on 1 Jun 2026."""
    assert found(name, **history).finding.why == f"age 45 to 46 {ADULT}; moderate disease {ACTIVE}; {says}"


@pytest.mark.parametrize(
    ("name", "history", "says"),
    [
        ("us_label", {"tnf_failed": False, "tnf_inadvisable": False},
         f"a TNF blocker failed: no {TNF}; TNF blockers are inadvisable: no {INADVISABLE}"),
        ("eu_label", {"conventional_failed": False, "biologic_failed": False},
         f"conventional therapy failed: no {CONVENTIONAL}; a biologic failed: no {BIOLOGIC}"),
    ],
)  # fmt: skip
def test_what_leaves_a_patient_uncovered_is_said_in_full(name, history, says):
    assert found(name, **history).finding.why == says


@pytest.mark.parametrize(
    ("birth_year", "says"), [(2009, f"age 16 to 17 {ADULT}"), (2008, f"age 17 to 18 {ADULT}"), (2007, "age 18 to 19")]
)
def test_an_age_is_said_as_the_two_that_it_may_be(birth_year, says):
    assert found("us_label", birth_year=birth_year, tnf_failed=True).finding.why.startswith(says)


def test_mild_disease_decides_while_everything_else_is_missing():
    assert verdict("us_label", severity=Severity.MILD, birth_year=None) is NOT_MET


@pytest.mark.parametrize(
    ("region", "more"),
    [(None, []), (Region.US, []), (Region.EU, []), (Region.GB, ["gb_label"]), (Region.AU, ["au_label"])],
)
def test_the_us_and_the_eu_label_always_speak_and_another_where_it_is_the_regions(region, more):
    ids = {each.id for each in judge(Chart(disease=Disease.CROHNS, region=region), TODAY)}

    assert ids == {f"eligibility.{name}" for name in ("us_label", "eu_label", "protocol", *more)}


def test_authorities_that_differ_for_this_patient_are_both_named():
    first = found("us_label", conventional_failed=True, tnf_failed=False, tnf_inadvisable=False)

    assert (first.finding.verdict, [each.source.name for each in first.differs]) == (NOT_MET, ["EU label"])
    assert found("us_label", tnf_failed=True).differs == ()


def test_an_open_verdict_of_another_authority_is_no_difference():
    assert found("us_label", tnf_failed=False, tnf_inadvisable=False).differs == ()


def test_nothing_is_decided_on_a_fact_that_could_not_be_read():
    finding = found("us_label", severity=Severity.MILD, unreadable=("history.tnf_failed",)).finding

    assert (finding.verdict, finding.missing) == (OPEN, ("history.tnf_failed",))


def test_every_indication_is_stated_with_its_source():
    assert {each.source.authority for each in STATED} == set(INDICATIONS)
    assert "18 years" in STATED[0].says
    assert "at least 1 approved systemic therapy" in STATED[0].says


@pytest.mark.parametrize(("name", "other"), SAME_AS.items())
def test_who_is_judged_with_another_says_the_same_on_an_authority_of_its_own(name, other):
    region = Region(name[:2].upper()) if name.endswith("_label") else None
    finding, same = (found(each, region=region, tnf_failed=True).finding for each in (name, other))

    assert INDICATIONS[name].says == INDICATIONS[other].says
    assert (finding.verdict, finding.why, finding.missing) == (same.verdict, same.why, same.missing)
    assert [part.verdict for part in finding.parts] == [part.verdict for part in same.parts]
    assert {part.source for part in (finding, *finding.parts)} == {INDICATIONS[name].source}
