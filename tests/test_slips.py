"""Slips of the pen: how many are asked about, and how many plausible values with them; the same in DECISIONS.md."""

from decimal import Decimal

import pytest

from flows.analytes import BY_CODE
from flows.laboratory import Measured, weigh
from flows.quantities import Number
from flows.units import read_unit
from tests.labdata.slips import most_that_can_be_found, pairs, patients, rate, slips, unaltered


def is_slip_asked(slip):
    analyte = BY_CODE[slip["analyte"]]
    earlier = [Number(Decimal(slip["earlier"]))] if slip["earlier"] else []
    clinic = {analyte.code: (read_unit(slip["unit"], analyte.units),)}
    return not isinstance(weigh(analyte, Number(Decimal(slip["text"])), None, earlier, clinic), Measured)


def is_series_asked(series):
    return any(
        not isinstance(
            weigh(BY_CODE[series["analyte"]], Number(Decimal(now)), None, [Number(Decimal(last))] if last else []),
            Measured,
        )
        for last, _, now in pairs(series)
    )


@pytest.fixture(scope="module")
def slipped():
    """Those in a unit that the specification lists for the analyte."""
    return [each for each in slips() if read_unit(each["unit"], BY_CODE[each["analyte"]].units)]


def series_of(code):
    return [{"analyte": code, "values": each["values"][code]} for each in patients(1000)]


def test_slips_are_asked_about_where_there_is_a_value_before(slipped):
    with_earlier = [each for each in slipped if each["earlier"]]
    most = [each for each in with_earlier if each["analyte"] not in ("crp", "fcp")]

    assert rate(most, is_slip_asked) == pytest.approx(0.9955, abs=0.001)
    assert rate(with_earlier, is_slip_asked) == pytest.approx(0.955, abs=0.002)


def test_without_a_value_before_what_is_unusual_finds_most_slips(slipped):
    without = [each for each in slipped if not each["earlier"]]
    most = [each for each in without if each["analyte"] not in ("crp", "fcp")]

    assert rate(most, is_slip_asked) == pytest.approx(0.973, abs=0.001)
    assert rate(without, is_slip_asked) == pytest.approx(0.916, abs=0.001)


def test_no_rule_that_sees_a_first_value_alone_could_find_nearly_every_slip():
    """Not even one that knew how often each number is written, by who is right and by who slips: some are as likely."""
    assert most_that_can_be_found(0.02) == pytest.approx(0.976, abs=0.002)


def test_plausible_series_are_seldom_asked_about():
    every = unaltered()

    assert rate(every, is_series_asked) <= 0.02
    assert rate((each for each in every if each["analyte"] not in ("crp", "fcp")), is_series_asked) <= 0.01


@pytest.mark.parametrize(("code", "found", "disturbed"), [("crp", 0.50, 0.06), ("fcp", 0.51, 0.14)])
def test_what_treatment_itself_moves_tenfold_cannot_be_told_from_a_slip(code, found, disturbed, slipped):
    """Half the slips are found, at the price of questions about those who respond: no limit does both well."""
    own = [each for each in slipped if each["analyte"] == code and each["earlier"]]

    assert rate(own, is_slip_asked) == pytest.approx(found, abs=0.02)
    assert rate(series_of(code), is_series_asked) == pytest.approx(disturbed, abs=0.02)
