"""LDL and HDL cholesterol: a rise is expected, another ratio is not. CLINICAL.md section 6; the protocol, ref 1."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from flows.citations import PROTOCOL, Stated
from flows.days import day
from flows.protocol.baseline_items import LIPID_WINDOW
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.patient import Patient
from flows.protocol.sources import THIS_PROJECT
from flows.samples import Lab

# Ours: a ratio has changed if it is more than so many per cent off that at baseline.
RATIO_TOLERANCE_PERCENT = 20

RATIO = Caution(
    id="protocol.ldl_hdl_ratio",
    level=Level.CHECK,
    says=alike(
        "“Increases in total, LDL, and HDL cholesterol are expected without a change in the LDL/HDL ratio”",
        PROTOCOL.at("laboratory parameter changes, ref 1"),
    ),
)
_TOLERANCE = Stated(
    f"a change of the LDL/HDL ratio is one of more than {RATIO_TOLERANCE_PERCENT} % against the last of one day within "
    f"{LIPID_WINDOW.days} days before the first dose",
    THIS_PROJECT,
)
STATED = stated((RATIO,), _TOLERANCE)


class _Pair(Struct, frozen=True):
    """LDL and HDL of one day."""

    ldl: Lab
    hdl: Lab

    def __str__(self) -> str:
        ratio = f"{self.ldl.number.value / self.hdl.number.value:.2f}" if self.is_exact else "not known"
        return f"LDL/HDL {ratio} ({self.ldl} and {self.hdl}, {day(self.on)})"

    @property
    def on(self) -> date:
        return self.ldl.on

    @property
    def is_exact(self) -> bool:
        return len(self.ldl.number.ends) == len(self.hdl.number.ends) == 1 and self.hdl.number.value > 0


def lipids(patient: Patient) -> Iterator[SafetyFinding]:
    """The last LDL and HDL of one day on treatment against those before it; what is missing is said."""
    ldl, first = patient.newest("ldl"), patient.chart.started_on
    if ldl is None or first is None or ldl.on <= first:
        return
    pairs = _pairs(patient)
    now = [each for each in pairs if each.on > first]
    then = [each for each in pairs if first - LIPID_WINDOW <= each.on <= first]
    if not now or not then:
        missing = "no HDL of the same day" if not now else "no LDL and HDL of one day before the first dose"
        yield RATIO.found(patient, f"LDL {ldl} ({day(ldl.on)})", f"ratio not known: {missing}", level=Level.INFO)
        return
    yield from _compared(patient, now[-1], then[-1])


def _pairs(patient: Patient) -> list[_Pair]:
    hdl = {each.on: each for each in patient.every("hdl")}
    return [_Pair(each, hdl[each.on]) for each in patient.every("ldl") if each.on in hdl]


def _compared(patient: Patient, now: _Pair, then: _Pair) -> Iterator[SafetyFinding]:
    """To be checked where the ratio has changed; information where both rose and it has not, or cannot be said."""
    facts = (f"baseline {then}", f"now {now}")
    has_changed = _has_changed(now, then)
    if has_changed:
        change = f"a change of more than {RATIO_TOLERANCE_PERCENT} % (this project)"
        yield RATIO.found(patient, *facts, change, brief=str(now))
    elif has_changed is None:
        yield RATIO.found(patient, *facts, "whether it has changed is not known", level=Level.INFO)
    elif _rose(now.ldl, then.ldl) and _rose(now.hdl, then.hdl):
        yield RATIO.found(patient, *facts, level=Level.INFO)


def _has_changed(now: _Pair, then: _Pair) -> bool | None:
    """Strictly more than the tolerance, compared without a division; None where a censored value leaves it open."""
    if not (now.is_exact and then.is_exact):
        return None
    is_now, was = now.ldl.number.value * then.hdl.number.value, then.ldl.number.value * now.hdl.number.value
    return 100 * abs(is_now - was) > RATIO_TOLERANCE_PERCENT * was


def _rose(now: Lab, then: Lab) -> bool:
    return now.number.value > then.number.value
