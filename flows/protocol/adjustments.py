"""What kidney, liver and CYP3A4 drugs change in the labels' doses. CLINICAL.md section 3; the protocol names nothing.

A fact that is not known changes no dose: it is named beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, auto
from functools import lru_cache
from itertools import product

from msgspec import Struct

from flows.chart import Chart
from flows.citations import Authority, Citation, Stated
from flows.history import NO_CIRRHOSIS
from flows.protocol.kidney import FAILURE_BELOW, SEVERE_BELOW, egfr
from flows.protocol.sources import (
    AU_DOSE,
    AU_DOSE_UNREAD,
    AU_INDICATION,
    EU_DOSE,
    EU_INDICATION,
    GB_DOSE,
    GB_INDICATION,
    THIS_PROJECT,
    US_BEFORE_TREATMENT,
    US_DOSE,
    US_LIVER_DOSE,
)
from flows.remembered import remembered

REDUCED_INDUCTION_MG, REDUCED_MAINTENANCE_MG = 30, 15
INHIBITOR, INDUCER = "strong_cyp3a4_inhibitor", "strong_cyp3a4_inducer"


class Effect(IntEnum):
    """The stronger decides where there are two."""

    SAME = auto()
    REDUCED = auto()
    NO_DOSE = auto()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What one label says of one state."""

    effect: Effect
    stated: Stated


class Adjusted(Struct, frozen=True, kw_only=True):
    """What is said to this patient: by each matter the effects still possible, in words, and what is not known."""

    effects: tuple[frozenset[Effect], ...] = ()
    changes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def doses(self, usual: tuple[int, ...], reduced: int) -> tuple[int, ...]:
        """Every dose still possible, of the usual ones; `reduced` is the highest where one is reduced."""
        return _doses(self.effects, usual, reduced)

    @property
    def may_be_none(self) -> bool:
        """Whether no dose is one of the outcomes that are possible, beside a dose (D5a)."""
        possible = any(Effect.NO_DOSE in each for each in self.effects)
        return possible and {Effect.NO_DOSE} not in self.effects


@lru_cache(maxsize=1024)
def _doses(effects: tuple[frozenset[Effect], ...], usual: tuple[int, ...], reduced: int) -> tuple[int, ...]:
    found: set[int] = set()
    for each in product(*effects):
        effect = max(each, default=Effect.SAME)
        if effect is not Effect.NO_DOSE:
            found.update(usual if effect is Effect.SAME else (min(mg, reduced) for mg in usual))
    return tuple(sorted(found))


_REDUCED = f"{REDUCED_INDUCTION_MG} mg as induction, then {REDUCED_MAINTENANCE_MG} mg"
_SEVERE = f"eGFR {FAILURE_BELOW} to < {SEVERE_BELOW}"
_FAILURE = f"eGFR < {FAILURE_BELOW}"
_INHIBITED = f"strong CYP3A4 inhibitor: {_REDUCED}"
TOGETHER = Stated(
    "each of them gives this dose; none for several together was found in what was read", THIS_PROJECT.at("doses")
)


def _reduced(when: str, source: Citation) -> Adjustment:
    return Adjustment(Effect.REDUCED, Stated(f"{when}: {_REDUCED}", source))


def _elsewhere(dose: Citation, unread: Citation, limits: Citation) -> dict[str, Adjustment]:
    """The EU, GB and AU labels; `unread` is what is taken to be as in the US label."""
    return {
        "severe": _reduced(f"{_SEVERE}, with caution", unread),
        "failure": Adjustment(Effect.NO_DOSE, Stated(f"{_FAILURE}: no data in end-stage renal disease", dose)),
        "A": Adjustment(Effect.SAME, Stated("Child-Pugh A: no adjustment", unread)),
        "B": Adjustment(Effect.SAME, Stated("Child-Pugh B: no adjustment", unread)),
        "C": Adjustment(Effect.NO_DOSE, Stated("Child-Pugh C: contraindicated", limits)),
        INHIBITOR: Adjustment(Effect.REDUCED, Stated(_INHIBITED, unread)),
        INDUCER: Adjustment(Effect.SAME, Stated("strong CYP3A4 inducer: caution, or an alternative to it", unread)),
    }


ADJUSTMENTS = {
    Authority.US_LABEL: {
        "severe": _reduced(_SEVERE, US_DOSE),
        "failure": Adjustment(Effect.NO_DOSE, Stated(f"{_FAILURE}: not recommended", US_DOSE)),
        "A": _reduced("Child-Pugh A", US_LIVER_DOSE),
        "B": _reduced("Child-Pugh B", US_LIVER_DOSE),
        "C": Adjustment(Effect.NO_DOSE, Stated("Child-Pugh C: not recommended", US_BEFORE_TREATMENT)),
        INHIBITOR: Adjustment(Effect.REDUCED, Stated(_INHIBITED, US_DOSE)),
        INDUCER: Adjustment(Effect.NO_DOSE, Stated("strong CYP3A4 inducer: not recommended", US_DOSE)),
    },
    Authority.EU_LABEL: _elsewhere(EU_DOSE, EU_DOSE, EU_INDICATION),
    Authority.GB_LABEL: _elsewhere(GB_DOSE, GB_DOSE, GB_INDICATION),
    Authority.AU_LABEL: _elsewhere(AU_DOSE, AU_DOSE_UNREAD, AU_INDICATION),
}
# What is said of the dose with an eGFR from 15 to below 30, the US label first.
OF_A_WEAK_KIDNEY = tuple(by_state["severe"].stated for by_state in ADJUSTMENTS.values())
STATED = (*(each.stated for by_state in ADJUSTMENTS.values() for each in by_state.values()), TOGETHER)


class _State(Struct, frozen=True):
    """The states that one matter may be in, `None` for one that changes nothing, and the fact behind the others."""

    possible: tuple[str | None, ...]
    fact: str


def adjusted(authority: Authority, chart: Chart, today: date) -> Adjusted:
    """What a label makes of kidney, liver and other drugs; of the protocol, nothing."""
    if authority not in ADJUSTMENTS:
        return Adjusted()
    return _adjusted(authority, _states(chart, today), _unknown(chart, today))


@lru_cache(maxsize=1024)
def _adjusted(authority: Authority, states: tuple[_State, ...], unknown: tuple[str, ...]) -> Adjusted:
    """Most patients have the same few states."""
    by_state = ADJUSTMENTS[authority]
    effects = [frozenset(by_state[each].effect if each else Effect.SAME for each in state.possible) for state in states]
    said = [(by_state[each], _said(by_state[each], state)) for state in states for each in state.possible if each]
    changes = [text for each, text in said if each.effect is not Effect.SAME]
    if sum(Effect.REDUCED in each for each in effects) > 1:
        changes.append(TOGETHER.says)
    return Adjusted(
        effects=tuple(effects),
        changes=tuple(changes),
        remarks=tuple(text for each, text in said if each.effect is Effect.SAME),
        unknown=unknown,
    )


def ignored(chart: Chart, today: date) -> tuple[str, ...]:
    """What of these is recorded and would change a dose by some label, for who says nothing of it."""
    names = {"eGFR": _kidney(chart, today), "Child-Pugh class": _liver(chart)}
    found = [name for name, state in names.items() if any(state.possible)]
    return (*found, *(("CYP3A4",) if _drugs(chart, today) else ()))


def _said(adjustment: Adjustment, state: _State) -> str:
    fact = f" ({state.fact})" if state.fact else ""
    confirmed = "" if adjustment.stated.source.read_in else " (to be confirmed)"
    return f"{adjustment.stated.says}{fact}{confirmed}"


@remembered
def _states(chart: Chart, today: date) -> tuple[_State, ...]:
    return (_kidney(chart, today), _liver(chart), *_drugs(chart, today))


@remembered
def _kidney(chart: Chart, today: date) -> _State:
    found = egfr(chart, today)
    if found is None:
        return _State((None,), "")
    possible = (
        ("failure", found.may_be_failure),
        ("severe", found.may_be_severe),
        (None, found.may_be_neither),
    )
    states = tuple([state for state, is_possible in possible if is_possible])
    return _State(states, found.text if any(states) else "")


def _liver(chart: Chart) -> _State:
    found = chart.history.child_pugh
    return _State((None if found == NO_CIRRHOSIS else found,), "")


@remembered
def _drugs(chart: Chart, today: date) -> tuple[_State, ...]:
    return tuple(_State((kind,), "") for kind in (INHIBITOR, INDUCER) if chart.taken((kind,), today))


@remembered
def _unknown(chart: Chart, today: date) -> tuple[str, ...]:
    return tuple(_gaps(chart, today))


def _gaps(chart: Chart, today: date) -> Iterable[str]:
    found = egfr(chart, today)
    if found is None:
        yield "eGFR"
    elif len([each for each in found.classes if each]) > 1:
        yield from found.missing
    if chart.history.child_pugh is None:
        yield "Child-Pugh class"
    if not chart.knows_whether_taken():
        yield "CYP3A4 drugs"
