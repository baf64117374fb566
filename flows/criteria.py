"""Rules with four verdicts, combined by Kleene logic, each with its reason and its source.

Only this file turns a missing fact into a verdict.
A body is a two-valued function of named numbers and never meets an unknown: where a number is known only
within limits, the body is asked at every end, and a verdict that is the same everywhere is decided.
That is exact for bodies that are monotone in each number, as every threshold is.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import product, starmap
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from flows.citations import Citation
from flows.errors import DefinitionError
from flows.quantities import Number
from flows.ranges import Range


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_EVALUABLE = "not_evaluable"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_decided(self) -> bool:
        return self in _DECIDED


# Asked for so often that it is found once (DECISIONS.md, record 86).
_MET, _NOT_MET, _OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_EVALUABLE
_DECIDED = frozenset({_MET, _NOT_MET})
_text = attrgetter("text")


class Known(Struct, frozen=True, kw_only=True):
    """A number that rules may use; `text` names it with its value, `missing` what would narrow it."""

    text: str
    range: Range | Number
    missing: tuple[str, ...] = ()
    as_of: date | None = None


class Unknown(Struct, frozen=True, kw_only=True):
    """A number that is not there."""

    why: str
    missing: tuple[str, ...]


class Inapplicable(Struct, frozen=True, kw_only=True):
    """A number that has no meaning for this patient."""

    why: str


Fact = Known | Unknown | Inapplicable
Facts = Mapping[str, Fact]


class Finding(Struct, frozen=True, kw_only=True):
    """What one rule found; `as_of` is the day it speaks of, where that is no longer now."""

    verdict: Verdict
    why: str
    source: Citation
    missing: tuple[str, ...] = ()
    as_of: date | None = None
    parts: tuple["Finding", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named rule of one authority."""

    says: str
    source: Citation
    judge: Callable[[Facts], Finding] = field(repr=False)


def criterion(
    says: str, source: Citation, *, facts: Collection[str], reachable: Callable[..., bool] | None = None
) -> Callable[[Callable[..., bool]], Rule]:
    """Turn a two-valued function of named numbers into a rule; `facts` are the names that exist.

    `reachable` says of some of the numbers whether the rule can be met at all; where it cannot, it is not applicable.
    """

    def wrap(holds: Callable[..., bool]) -> Rule:
        needs = _names(holds, facts)
        start = _names(reachable, facts) if reachable else ()
        rule = f" (rule: {says})"

        def judge(given: Facts) -> Finding:
            out = _out_of_reach(reachable, [given[name] for name in start], source) if reachable else None
            if out is not None:
                return out
            known = []
            for name in needs:
                fact = given[name]
                if not isinstance(fact, Known):
                    return _gap([given[each] for each in needs], source)
                known.append(fact)
            return _decide(holds, rule, known, source)

        return Rule(says=says, source=source, judge=judge)

    return wrap


def _names(asks: Callable[..., bool], facts: Collection[str]) -> tuple[str, ...]:
    """The names of the numbers that a body asks for."""
    names = tuple(inspect.signature(asks).parameters)
    if unheard_of := set(names) - set(facts):
        raise DefinitionError(f"{asks.__name__} asks for {sorted(unheard_of)}")
    return names


def _out_of_reach(reachable: Callable[..., bool], start: list[Fact], source: Citation) -> Finding | None:
    """Not applicable where the rule cannot be met from here, open where that is not known; else nothing."""
    known = [fact for fact in start if isinstance(fact, Known)]
    if len(known) < len(start):
        return None
    outcomes = _outcomes(reachable, known)
    if False not in outcomes:
        return None
    verdict = Verdict.NOT_APPLICABLE if outcomes == {False} else Verdict.NOT_EVALUABLE
    return Finding(
        verdict=verdict,
        why=f"{', '.join(fact.text for fact in known)}: {'cannot' if outcomes == {False} else 'may not'} be reached "
        "from this baseline",
        source=source,
        missing=tuple(dict.fromkeys(gap for fact in known for gap in fact.missing)) * (len(outcomes) > 1),
    )


def _outcomes(asks: Callable[..., bool], known: list[Known]) -> set[bool]:
    """What a body says over every combination of ends."""
    if len(known) == 1:
        return set(map(asks, known[0].range.ends))
    return set(starmap(asks, product(*[fact.range.ends for fact in known])))


def where_reachable(
    rule: Rule, reachable: Callable[..., bool], *, facts: Collection[str], aside: tuple[Rule, str] | None = None
) -> Rule:
    """A rule that is not applicable where it cannot be met from here; `aside` is said then if its rule is met."""
    start = _names(reachable, facts)

    def judge(given: Facts) -> Finding:
        out = _out_of_reach(reachable, [given[name] for name in start], rule.source)
        if out is None:
            return rule.judge(given)
        if aside is None or out.verdict is Verdict.NOT_EVALUABLE or aside[0].judge(given).verdict is not Verdict.MET:
            return out
        return replace(out, why=f"{out.why}; {aside[1]}")

    return Rule(says=rule.says, source=rule.source, judge=judge)


def remembering(rule: Rule, *facts: str) -> Rule:
    """A rule of a few facts that many patients have alike: judged once for each of their values."""

    @lru_cache(maxsize=1024)
    def judged(*known: Fact) -> Finding:
        return rule.judge(dict(zip(facts, known, strict=True)))

    return Rule(says=rule.says, source=rule.source, judge=lambda given: judged(*[given[name] for name in facts]))


def all_of(*rules: Rule, source: Citation) -> Rule:
    """Kleene's AND: one refusal decides; failing that, one gap leaves it open."""
    return _molecule(
        rules, " and ", source, (Verdict.NOT_APPLICABLE, Verdict.NOT_MET, Verdict.NOT_EVALUABLE, Verdict.MET)
    )


def any_of(*rules: Rule, source: Citation) -> Rule:
    """Kleene's OR: one that holds decides; failing that, one gap leaves it open."""
    return _molecule(
        rules, ", or ", source, (Verdict.NOT_APPLICABLE, Verdict.MET, Verdict.NOT_EVALUABLE, Verdict.NOT_MET)
    )


def _molecule(rules: tuple[Rule, ...], word: str, source: Citation, strongest_first: tuple[Verdict, ...]) -> Rule:
    if not rules:
        raise DefinitionError("a rule made of no rules")

    def judge(given: Facts) -> Finding:
        parts = tuple([rule.judge(given) for rule in rules])
        verdict = strongest_first[min([strongest_first.index(part.verdict) for part in parts])]
        why, missing = _said([part for part in parts if part.verdict is verdict])
        return Finding(
            verdict=verdict,
            why=why,
            source=source,
            missing=missing,
            as_of=_oldest(parts),
            parts=parts,
        )

    return Rule(says=word.join(rule.says for rule in rules), source=source, judge=judge)


def _said(parts: list[Finding]) -> tuple[str, tuple[str, ...]]:
    """The reasons of some parts and their gaps, each once."""
    if len(parts) == 1:
        return parts[0].why, parts[0].missing
    reasons, gaps = [part.why for part in parts], [gap for part in parts for gap in part.missing]
    return "; ".join(dict.fromkeys(reasons)), tuple(dict.fromkeys(gaps))


def by(source: Citation, finding: Finding) -> Finding:
    """What another found by the same rule, on this authority."""
    if not finding.parts:
        return replace(finding, source=source)
    return replace(finding, source=source, parts=tuple([by(source, part) for part in finding.parts]))


def _gap(needed: list[Fact], source: Citation) -> Finding:
    """A fact without meaning goes before a fact that is not there; there is one of them."""
    absent = None
    for fact in needed:
        if isinstance(fact, Inapplicable):
            return Finding(verdict=Verdict.NOT_APPLICABLE, why=fact.why, source=source)
        if absent is None and isinstance(fact, Unknown):
            absent = fact
    assert absent is not None
    return Finding(verdict=_OPEN, why=absent.why, source=source, missing=absent.missing)


def _decide(holds: Callable[..., bool], rule: str, known: list[Known], source: Citation) -> Finding:
    """`rule` stands behind the numbers."""
    outcomes = _outcomes(holds, known)
    settled = len(outcomes) == 1
    return Finding(
        verdict=_OPEN if not settled else _MET if True in outcomes else _NOT_MET,
        why=", ".join(map(_text, known)) + rule,
        source=source,
        missing=() if settled else tuple(dict.fromkeys([gap for fact in known for gap in fact.missing])),
        as_of=_oldest(known),
    )


def _oldest(found: Iterable[Known | Finding]) -> date | None:
    """The first of the days that are no longer now."""
    oldest = None
    for each in found:
        if each.as_of is not None and (oldest is None or each.as_of < oldest):
            oldest = each.as_of
    return oldest
