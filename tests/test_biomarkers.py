"""CRP and calprotectin: normalised, remained normal or elevated, against whose limit, from which baseline. E9, D9."""

from dataclasses import replace
from decimal import Decimal

import pytest

from flows.chart import Medication
from flows.protocol.biomarkers import STATED, judge
from flows.samples import by_analyte
from tests.schedules import CD, chart, labs, on_day

CRP, FCP = "CRP 4 mg/L (rule: CRP <= 5)", "Calprotectin 250 µg/g (rule: calprotectin <= 250)"
NORMALISED, REMAINED, UNKNOWN = "normalised", "remained normal", "within range, baseline unknown"


def marker(code, patient, today=100):
    return next(each for each in judge(patient, on_day(today)) if each.id == f"biomarker.{code}")


def why(code, patient):
    return marker(code, patient).finding.why


# The limit


@pytest.mark.parametrize(
    ("value", "upper", "verdict", "limit", "differs"),
    [
        ("50", "50", "met", "250", []),
        ("51", "50", "met", "250", [("not_met", "protocol")]),
        ("250", "50", "met", "250", [("not_met", "protocol")]),
        ("251", "50", "not_met", "250", []),
        ("251", "300", "not_met", "250", [("met", "protocol")]),
        ("251", None, "not_met", "250", []),
    ],
)
def test_calprotectin_is_judged_by_250_and_the_laboratorys_limit_is_named_where_it_says_otherwise(
    value, upper, verdict, limit, differs
):
    found = marker("fcp", chart(labs=labs(100, fcp=value, upper=upper and Decimal(upper))))

    assert (found.finding.verdict, found.limit, found.finding.source.authority) == (verdict, limit, "guideline")
    assert [(each.verdict, each.source.authority) for each in found.differs] == differs


@pytest.mark.parametrize(
    ("value", "upper", "verdict", "limit", "authority"),
    [
        ("5", None, "met", "5", "policy"), ("5.1", None, "not_met", "5", "policy"),
        ("8", "8", "met", "8", "protocol"), ("8.1", "8", "not_met", "8", "protocol"),
        ("4", "3", "not_met", "3", "protocol"),
    ],
)  # fmt: skip
def test_crp_is_judged_by_the_laboratorys_limit_and_by_5_where_it_states_none(value, upper, verdict, limit, authority):
    found = marker("crp", chart(labs=labs(100, crp=value, upper=upper and Decimal(upper))))

    assert (found.finding.verdict, found.limit, found.finding.source.authority) == (verdict, limit, authority)
    assert found.differs == ()


@pytest.mark.parametrize(
    ("value", "verdict", "says"),
    [
        ("<250", "met", "within range, baseline unknown: Calprotectin <250 µg/g (rule: calprotectin <= 250)"),
        ("<=250", "met", "within range, baseline unknown: Calprotectin <=250 µg/g (rule: calprotectin <= 250)"),
        ("<251", "not_evaluable", "Calprotectin <251 µg/g (rule: calprotectin <= 250)"),
        (">249", "not_evaluable", "Calprotectin >249 µg/g (rule: calprotectin <= 250)"),
        (">250", "not_met", "elevated: Calprotectin >250 µg/g (rule: calprotectin <= 250)"),
    ],
)
def test_a_value_that_may_lie_on_either_side_of_the_limit_has_no_state(value, verdict, says):
    found = marker("fcp", chart(labs=labs(100, fcp=value))).finding

    assert (found.verdict, found.why) == (verdict, says)


def test_without_a_value_since_the_first_dose_nothing_is_said_of_it():
    found = marker("crp", chart(labs=labs(0, crp="4")))

    assert (found.finding.verdict, found.finding.why) == ("not_evaluable", "no CRP since the first dose")
    assert (found.finding.missing, found.value, found.on) == (("CRP since the first dose",), None, None)


# The baseline


@pytest.mark.parametrize(
    ("before", "state"), [("5.1", NORMALISED), ("5", REMAINED), ("<6", UNKNOWN), (None, UNKNOWN)],
    ids=["above the limit", "at the limit", "on either side", "no value"],
)  # fmt: skip
def test_a_value_within_its_limit_is_normalised_or_was_so_before_or_it_is_not_known(before, state):
    first = labs(-10, crp=before) if before else ()

    assert why("crp", chart(labs=first + labs(100, crp="4"))) == f"{state}: {CRP}"


@pytest.mark.parametrize(
    ("days", "accepted", "drug", "begun", "state"),
    [
        (-1, (), None, None, UNKNOWN), (0, (), None, None, NORMALISED), (60, (), None, None, NORMALISED),
        (60, ("crp", "fcp"), "corticosteroid", 20, NORMALISED), (61, (), None, None, UNKNOWN),
        (61, ("crp", "fcp"), None, None, NORMALISED), (365, ("crp", "fcp"), None, None, NORMALISED),
        (366, ("crp", "fcp"), None, None, UNKNOWN), (61, ("hbi",), None, None, UNKNOWN),
        (61, ("crp", "fcp"), "corticosteroid", 61, NORMALISED), (61, ("crp", "fcp"), "corticosteroid", 60, UNKNOWN),
        (61, ("crp", "fcp"), "biologic", 1, UNKNOWN), (61, ("crp", "fcp"), "biologic", 0, NORMALISED),
        (61, ("crp", "fcp"), "mesalazine", 20, NORMALISED),
    ],
    ids=["after the first dose", "on its day", "the oldest in the window", "accepted for nothing", "a day older",
         "accepted", "the oldest that is", "older than that", "a score accepted", "a steroid before it",
         "a steroid since", "a biologic since", "a biologic with the first dose", "another drug since"],
)  # fmt: skip
def test_a_baseline_is_of_the_last_60_days_or_accepted_of_the_last_year_if_no_other_therapy_began_since(
    days, accepted, drug, begun, state
):
    drugs = (Medication(kind=drug, begun=on_day(-begun)),) if drug else ()
    values = labs(-days, crp="20", fcp="900") + labs(100, crp="4", fcp="250")
    patient = chart(CD, labs=values, medication=drugs, accepted_baseline=frozenset(accepted))

    is_old = days > 60 and state == NORMALISED
    was = [was_accepted(value, days) if is_old else "" for value in ("20 mg/L", "900 µg/g")]
    assert (why("crp", patient), why("fcp", patient)) == (f"{state}: {CRP}{was[0]}", f"{state}: {FCP}{was[1]}")


def was_accepted(value, days):
    return f", was {value} at baseline ({days} days before the first dose, accepted)"


def test_an_accepted_crp_is_no_accepted_calprotectin():
    values = labs(-61, crp="20", fcp="900") + labs(100, crp="4", fcp="250")
    patient = chart(labs=values, accepted_baseline=frozenset({"crp"}))

    was = was_accepted("20 mg/L", 61)
    assert (why("crp", patient), why("fcp", patient)) == (f"{NORMALISED}: {CRP}{was}", f"{UNKNOWN}: {FCP}")


def test_a_limit_is_the_laboratorys_by_the_protocol_or_a_guidelines_and_what_was_chosen_here_is_policy():
    assert [each.source.authority for each in STATED] == ["protocol", "policy", "guideline", "protocol", "policy"]


# The order of values


def test_values_are_in_the_order_of_their_days():
    found = by_analyte([*labs(20, crp="4"), *labs(10, "fcp", crp="3")])

    assert {code: [each.on for each in every] for code, every in found.items()} == {
        "crp": [on_day(10), on_day(20)],
        "fcp": [on_day(10)],
    }


def test_the_values_of_a_chart_are_put_in_order_once_and_a_chart_that_is_made_of_it_has_that_order():
    patient = chart(labs=labs(20, "crp"))

    assert by_analyte(replace(patient, sex=None).labs) is by_analyte(patient.labs)
