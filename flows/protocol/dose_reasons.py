"""Whether the reason that was chosen for a dose contradicts that dose and the patient. CLINICAL.md D1, D3, section 3.

It names whose dose is another and refuses nothing: a clinician chooses.
"""

from collections.abc import Callable, Mapping
from datetime import date

from flows.chart import Chart
from flows.citations import Authority, Stated
from flows.protocol.dosing import maintenance_mg
from flows.protocol.maintenance import HIGHER_MG, LOWER_MG, MAINTENANCES, PROTOCOL_AGE, SEVERE_DISEASE, Left
from flows.protocol.sources import THIS_PROJECT, US_LABEL
from flows.protocol.standing import labels
from flows.reasons import DOSE
from flows.sentences import capitalised

STATED = (
    Stated(
        "a reason for a maintenance dose that contradicts the dose, or what is recorded of the patient, is to be "
        "checked before it is confirmed",
        THIS_PROJECT.at("doses"),
    ),
)
_NAME_THE_HIGHER = f"the labels name {HIGHER_MG} mg for it"


def contradicted(why: str, mg: int, chart: Chart, on: date) -> str:
    """What speaks against the reason, by whom; nothing while the dose of induction is taken, or what is not known."""
    if why not in _OF_REASON or chart.treatment.in_induction(on):
        return ""
    said = _OF_REASON[why](mg, chart, on)
    return f"“{capitalised(DOSE[why])}” and {mg} mg: {said}" if said else ""


def _left(authority: Authority, chart: Chart, on: date) -> Left:
    return MAINTENANCES[chart.disease][authority].left(chart, on)


def _by(authority: Authority, mg: int, chart: Chart, on: date) -> str:
    doses, facts = maintenance_mg(authority, chart, on), _left(authority, chart, on).facts
    if mg in doses or not doses:
        return ""
    here = f" ({'; '.join(facts)})" if facts else ""
    name = MAINTENANCES[chart.disease][authority].source.name
    return f"the {name} leaves {' or '.join(f'{each} mg' for each in doses)} here{here}"


def _standard(mg: int, chart: Chart, on: date) -> str:
    """The lower dose is one only where it is known that the protocol names it."""
    left = _left(Authority.PROTOCOL, chart, on)
    is_lower = left.mg == (LOWER_MG,)
    if mg == (LOWER_MG if is_lower else HIGHER_MG):
        return ""
    usual = "" if is_lower else f"{HIGHER_MG} mg, "
    who = f"{LOWER_MG} mg from {PROTOCOL_AGE} years or with risk factors"
    return f"the protocol's is {usual}{who} ({'; '.join(left.facts)})"


def _us_standard(mg: int, _: Chart, __: date) -> str:
    if mg == LOWER_MG:
        return ""
    more = f"; {HIGHER_MG} mg may be considered in {SEVERE_DISEASE}"
    return f"the {US_LABEL.name}'s is {LOWER_MG} mg{more if mg == HIGHER_MG else ''}"


def _presentation(mg: int, chart: Chart, on: date) -> str:
    """By the label of the region, or by the EU's where that has none of them."""
    theirs = [each for each in labels(chart) if each is not Authority.US_LABEL]
    return _by((theirs or [Authority.EU_LABEL])[0], mg, chart, on)


def _refractory(mg: int, chart: Chart, on: date) -> str:
    if mg == LOWER_MG:
        return _NAME_THE_HIGHER
    left = _left(Authority.US_LABEL, chart, on)
    return "; ".join(left.facts) if left.mg == (LOWER_MG,) else ""


def _age_or_risk(mg: int, chart: Chart, on: date) -> str:
    if mg != LOWER_MG:
        return f"the protocol and the labels name {LOWER_MG} mg for them"
    left = _left(Authority.PROTOCOL, chart, on)  # of the ages that are named its own is the lowest
    is_neither = left.mg == (HIGHER_MG,)
    return f"neither the protocol nor a label names them here ({'; '.join(left.facts)})" if is_neither else ""


def _response(mg: int, _: Chart, __: date) -> str:
    return _NAME_THE_HIGHER if mg == LOWER_MG else ""


_OF_REASON: Mapping[str, Callable[[int, Chart, date], str]] = {
    "standard": _standard,
    "us_standard": _us_standard,
    "presentation": _presentation,
    "refractory": _refractory,
    "age_or_risk": _age_or_risk,
    "response": _response,
}
