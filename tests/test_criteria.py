"""Four verdicts and Kleene's logic: unknown is not no."""

import itertools
from datetime import date

import pytest
from msgspec.structs import replace

from flows.citations import PROTOCOL
from flows.criteria import Inapplicable, Known, Unknown, Verdict, all_of, any_of, criterion, where_reachable
from flows.errors import DefinitionError
from flows.ranges import Range

NAMES = ("a", "b")
MET, NOT_MET, OPEN, NA = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_EVALUABLE, Verdict.NOT_APPLICABLE


@criterion("a is 1", PROTOCOL, facts=NAMES)
def a_is_1(a):
    return a >= 1


@criterion("b is 1", PROTOCOL, facts=NAMES)
def b_is_1(b):
    return b >= 1


@criterion("a is at least b", PROTOCOL, facts=NAMES)
def a_at_least_b(a, b):
    return a >= b


def known(name, lowest, highest):
    return Known(text=f"{name} {Range(lowest, highest)}", range=Range(lowest, highest), missing=(name,))


FACTS = {MET: (1, 1), NOT_MET: (0, 0), OPEN: (0, 1)}


def facts(a, b):
    made = {}
    for name, verdict in (("a", a), ("b", b)):
        made[name] = Inapplicable(why=f"{name} has no meaning") if verdict is NA else known(name, *FACTS[verdict])
    return made


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (MET, MET, MET, MET),
        (MET, NOT_MET, NOT_MET, MET),
        (MET, OPEN, OPEN, MET),
        (NOT_MET, NOT_MET, NOT_MET, NOT_MET),
        (NOT_MET, OPEN, NOT_MET, OPEN),
        (OPEN, OPEN, OPEN, OPEN),
        (MET, NA, NA, NA),
        (NOT_MET, NA, NA, NA),
        (OPEN, NA, NA, NA),
    ],
)
def test_kleene(a, b, both, either):
    for first, second in ((a, b), (b, a)):
        given = facts(first, second)

        assert all_of(a_is_1, b_is_1, source=PROTOCOL).judge(given).verdict is both
        assert any_of(a_is_1, b_is_1, source=PROTOCOL).judge(given).verdict is either


def test_the_reason_is_that_of_the_parts_that_decide():
    finding = all_of(a_is_1, b_is_1, source=PROTOCOL).judge(facts(NOT_MET, OPEN))

    assert finding.why == "a 0 (rule: a is 1)"
    assert finding.missing == ()
    assert [part.verdict for part in finding.parts] == [NOT_MET, OPEN]


def test_an_open_verdict_names_what_would_close_it():
    assert a_at_least_b.judge(facts(OPEN, OPEN)).missing == ("a", "b")
    assert all_of(a_is_1, b_is_1, source=PROTOCOL).judge(facts(OPEN, MET)).missing == ("a",)


@pytest.mark.parametrize(
    ("low", "high"), [(low, high) for low, high in itertools.product(range(4), repeat=2) if low <= high]
)
def test_a_verdict_is_given_exactly_where_it_is_the_same_over_the_whole_range(low, high):
    given = {"a": known("a", low, high), "b": known("b", 2, 2)}
    outcomes = {value >= 2 for value in range(low, high + 1)}
    expected = OPEN if len(outcomes) > 1 else MET if outcomes == {True} else NOT_MET

    assert a_at_least_b.judge(given).verdict is expected


def test_no_upper_bound_is_not_an_upper_bound_of_zero():
    assert a_is_1.judge({"a": known("a", 0, None)}).verdict is OPEN
    assert a_is_1.judge({"a": known("a", 1, None)}).verdict is MET


def test_a_fact_that_is_not_there_is_not_a_refusal():
    finding = a_is_1.judge({"a": Unknown(why="no a", missing=("a",))})

    assert (finding.verdict, finding.why, finding.missing) == (OPEN, "no a", ("a",))


def test_a_fact_without_meaning_goes_before_one_that_is_not_there():
    given = {"a": Unknown(why="no a", missing=("a",)), "b": Inapplicable(why="no meaning")}

    assert a_at_least_b.judge(given).verdict is NA


def test_of_several_facts_that_are_not_there_the_first_is_named():
    given = {name: Unknown(why=f"no {name}", missing=(name,)) for name in NAMES}
    finding = a_at_least_b.judge(given)

    assert (finding.verdict, finding.why, finding.missing) == (OPEN, "no a", ("a",))


def test_a_finding_is_of_the_earliest_day_that_it_rests_on():
    early, late = date(2026, 5, 1), date(2026, 5, 20)
    given = {"a": replace(known("a", 1, 1), as_of=late), "b": replace(known("b", 1, 1), as_of=early)}

    assert a_at_least_b.judge(given).as_of == early
    assert all_of(a_is_1, b_is_1, source=PROTOCOL).judge(given).as_of == early
    assert a_is_1.judge(facts(MET, MET)).as_of is None


@pytest.mark.parametrize(
    ("a", "verdict", "missing"),
    [((0, 0), NA, ()), ((0, 1), OPEN, ("a",)), ((1, 1), MET, ()), ((2, 2), MET, ())],
)
def test_what_cannot_be_reached_is_not_applicable_and_what_may_not_be_names_its_gap(a, verdict, missing):
    @criterion("b is 1", PROTOCOL, facts=NAMES, reachable=lambda a: a >= 1)
    def b_is_1_from_there(b):
        return b >= 1

    apart = where_reachable(b_is_1, lambda a: a >= 1, facts=NAMES)
    for rule in (b_is_1_from_there, apart):
        found = rule.judge({"a": known("a", *a), "b": known("b", 1, 1)})
        assert (found.verdict, found.missing) == (verdict, missing)


def test_a_rule_cannot_ask_for_a_fact_that_nobody_gathers():
    with pytest.raises(DefinitionError, match="unheard"):

        @criterion("?", PROTOCOL, facts=NAMES)
        def body(unheard):
            return bool(unheard)


def test_a_rule_made_of_no_rules_cannot_be_made():
    with pytest.raises(DefinitionError):
        all_of(source=PROTOCOL)
