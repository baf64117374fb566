"""Starting and interrupting by blood counts: strictly below, as the label prints it; a gap is never a normal value."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.criteria import Verdict
from flows.history import Region
from flows.numerals import read_number
from flows.protocol.blood_counts import below, start
from flows.protocol.patient import Patient
from flows.questionnaire import Disease
from flows.samples import Lab
from flows.steps import Move, Step
from flows.units import PER_UL

TODAY = date(2026, 6, 1)
MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_EVALUABLE
STARTED = date(2026, 1, 5)
FINE = {"anc": "2.1", "alc": "1.4", "hb": "12"}


def chart(counts, on=TODAY, **more):
    labs = [
        Lab(analyte=BY_CODE[code], on=on, number=read_number(value), given=value)
        for code, value in counts.items()
        if value is not None
    ]
    return Chart(disease=Disease.CROHNS, labs=tuple(labs), **more)


def limits(known):
    return list(below(Patient(known, TODAY)))


@pytest.mark.parametrize(
    ("analyte", "value", "verdict"),
    [
        ("anc", "0.99", NOT_MET), ("anc", "1.0", MET), ("anc", "1.01", MET), ("anc", None, OPEN),
        ("alc", "0.49", NOT_MET), ("alc", "0.5", MET), ("alc", "0.51", MET), ("alc", None, OPEN),
        ("hb", "7.9", NOT_MET), ("hb", "8.0", MET), ("hb", "8.1", MET), ("hb", None, OPEN),
        ("anc", "<1.0", NOT_MET), ("anc", "<1.1", OPEN), ("alc", ">0.4", OPEN), ("alc", ">=0.5", MET),
    ],
)  # fmt: skip
def test_a_start_by_each_count(analyte, value, verdict):
    assert start(chart(FINE | {analyte: value}), TODAY).verdict is verdict


@pytest.mark.parametrize(
    ("analyte", "value", "name"),
    [
        ("anc", "0.99", "label.neutrophils_below_1"), ("anc", "1.0", None), ("anc", "1.01", None),
        ("anc", "<1.0", "label.neutrophils_below_1"), ("anc", ">=1.0", None), ("anc", ">1.0", None),
        ("alc", "0.49", "label.lymphocytes_below_0_5"), ("alc", "0.5", None),
        ("hb", "7.9", "label.haemoglobin_below_8"), ("hb", "8.0", None), ("hb", "8.1", None), ("hb", None, None),
    ],
)  # fmt: skip
def test_a_limit_of_the_label_is_said_of_the_last_value_strictly_below_it(analyte, value, name):
    found = limits(chart(FINE | {analyte: value}))

    assert [each.id for each in found] == ([name] if name else [])
    assert all(each.level == "limit" and each.source.authority == "us_label" for each in found)


@pytest.mark.parametrize(
    ("analyte", "value", "name", "limit"),
    [
        ("anc", "<=1.0", "label.neutrophils_below_1", "1.0"), ("anc", "<1.5", "label.neutrophils_below_1", "1.0"),
        ("anc", ">0.9", "label.neutrophils_below_1", "1.0"), ("alc", "<0.6", "label.lymphocytes_below_0_5", "0.5"),
        ("hb", "<8.5", "label.haemoglobin_below_8", "8.0"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("started_on", [TODAY - timedelta(days=50), TODAY + timedelta(days=1)])
def test_a_count_that_may_be_below_its_limit_is_to_be_checked(analyte, value, name, limit, started_on):
    (found,) = limits(chart(FINE | {analyte: value}, started_on=started_on))

    assert (found.id, found.level) == (name, "check")
    assert found.why.endswith(f": whether < {limit} is not known")
    assert found.brief.endswith(f": whether < {limit} is not known")


def test_a_low_count_decides_while_others_are_missing():
    found = start(chart({"alc": "0.49"}), TODAY)

    assert found.verdict is NOT_MET
    assert found.why == "Lymphocytes 0.49 ×10⁹/L (rule: Lymphocytes >= 0.5 ×10⁹/L)"


def test_what_is_missing_is_named():
    assert start(chart({}), TODAY).missing == ("Neutrophils", "Lymphocytes", "Haemoglobin")


@pytest.mark.parametrize(("days", "verdict"), [(30, MET), (31, OPEN)], ids=["at the window", "just older"])
def test_counts_to_start_on_are_at_most_thirty_days_old(days, verdict):
    assert start(chart(FINE, TODAY - timedelta(days=days)), TODAY).verdict is verdict


def test_after_the_first_dose_the_start_is_judged_by_the_counts_before_it():
    started = TODAY - timedelta(days=60)
    before = chart(FINE, started - timedelta(days=1), started_on=started)
    after = chart(FINE | {"anc": "0.5"}, TODAY, started_on=started)

    assert start(before, TODAY).verdict is MET
    assert start(after, TODAY).verdict is OPEN
    assert [each.id for each in limits(after)] == ["label.neutrophils_below_1"]


@pytest.mark.parametrize(
    ("started", "says"),
    [
        (TODAY + timedelta(days=7), "initiation is not recommended if Neutrophils < 1.0 ×10⁹/L"),
        (TODAY - timedelta(days=60), "interruption if Neutrophils < 1.0 ×10⁹/L, resumption above it"),
    ],
    ids=["before the first dose", "on treatment"],
)
def test_the_same_limit_is_one_to_begin_and_one_to_go_on(started, says):
    (found,) = limits(chart({"anc": "0.5"}, started_on=started, region=Region.US))

    assert found.why == f"US label: {says}; last value 0.5 ×10⁹/L (1 Jun 2026)"


def test_a_quick_check_says_both_as_nobody_knows_whether_there_was_a_first_dose():
    (found,) = limits(chart({"anc": "0.5"}, region=Region.US))

    assert "initiation is not recommended" in found.why
    assert "interruption if" in found.why


def test_after_the_last_dose_the_limit_is_one_to_begin():
    (found,) = limits(chart({"anc": "0.5"}, started_on=STARTED, stopped_on=TODAY, region=Region.US))

    assert "initiation is not recommended" in found.why
    assert "interruption" not in found.why


def test_an_old_count_says_its_day():
    (found,) = limits(chart({"hb": "7.9"}, TODAY - timedelta(days=400)))

    assert found.why.endswith("last value 7.9 g/dL (27 Apr 2025)")


@pytest.mark.parametrize(
    ("value", "says"),
    [("1.01", "above"), ("1", "not above"), (">=1", "not known to be above"), (">1", "above")],
)
def test_resumption_is_above_the_limit_and_not_at_it(value, says):
    (found,) = limits(interrupted(value))

    assert (found.id, found.level) == ("label.neutrophils_below_1_before", "info")
    assert "interrupted; Neutrophils 0.8 ×10⁹/L (12 May 2026)" in found.why
    assert found.why.endswith(f"last value {value} ×10⁹/L (1 Jun 2026), {says}")


def test_while_interrupted_the_last_of_several_low_counts_is_named():
    patient = interrupted("1.4")
    older = chart({"anc": "0.7"}, date(2026, 5, 2)).labs
    (found,) = limits(replace(patient, labs=(*older, *patient.labs)))

    assert "interrupted; Neutrophils 0.8 ×10⁹/L (12 May 2026)" in found.why


def test_while_interrupted_a_count_that_is_still_low_is_the_limit_and_one_that_never_was_is_not_mentioned():
    assert [each.id for each in limits(interrupted("0.9"))] == ["label.neutrophils_below_1"]
    assert limits(interrupted("1.4", low="1.2")) == []
    assert limits(interrupted("1.4", low="0.8", on=STARTED - timedelta(days=3))) == []


def interrupted(now, low="0.8", on=date(2026, 5, 12)):
    labs = chart({"anc": low}, on).labs + chart({"anc": now}).labs
    pause = Step(on=date(2026, 5, 13), move=Move.INTERRUPTED)
    return Chart(disease=Disease.CROHNS, labs=labs, started_on=STARTED, course=(pause,))


def test_the_last_value_counts_and_not_the_lowest():
    older = chart({"anc": "0.8"}, TODAY - timedelta(days=3)).labs
    newer = chart({"anc": "1.2"}, TODAY).labs

    assert limits(Chart(disease=Disease.CROHNS, labs=older + newer)) == []


def test_a_limit_is_compared_with_a_decimal_as_it_was_written():
    assert BY_CODE["alc"].scale(PER_UL).to_canonical(Decimal(499)) == Decimal("0.499")
    lab = Lab(analyte=BY_CODE["alc"], on=TODAY, number=read_number("0.500"), given="500 /uL")

    assert limits(Chart(disease=Disease.CROHNS, labs=(lab,))) == []
