"""What was given before upadacitinib and why it ended, and what follows of it for the indications. CLINICAL.md 3.

Of a list that was answered every drug is known: given or not. Why a drug ended may still be unknown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from flows.citations import Stated
from flows.protocol.sources import THIS_PROJECT
from flows.questionnaire import Disease
from flows.reasons import END_OF_AN_EARLIER_DRUG


class Family(Enum):
    """What a label calls it by."""

    TNF_BLOCKER = "TNF blocker"
    BIOLOGIC = "another biologic"
    SMALL_MOLECULE = "JAK inhibitor or S1P modulator"
    CONVENTIONAL = "conventional therapy"


@dataclass(frozen=True, slots=True)
class Therapy:
    """A drug, or one of a family whose name is not known; `approved` for these diseases, by general knowledge."""

    code: str
    label: str
    family: Family
    approved: frozenset[Disease] = frozenset()


_CD, _UC = frozenset({Disease.CROHNS}), frozenset({Disease.ULCERATIVE_COLITIS})
THERAPIES = (
    Therapy("infliximab", "Infliximab", Family.TNF_BLOCKER, _CD | _UC),
    Therapy("adalimumab", "Adalimumab", Family.TNF_BLOCKER, _CD | _UC),
    Therapy("certolizumab", "Certolizumab", Family.TNF_BLOCKER, _CD),
    Therapy("golimumab", "Golimumab", Family.TNF_BLOCKER, _UC),
    Therapy("tnf_blocker", "TNF blocker, unnamed", Family.TNF_BLOCKER),
    Therapy("vedolizumab", "Vedolizumab", Family.BIOLOGIC, _CD | _UC),
    Therapy("ustekinumab", "Ustekinumab", Family.BIOLOGIC, _CD | _UC),
    Therapy("risankizumab", "Risankizumab", Family.BIOLOGIC, _CD | _UC),
    Therapy("mirikizumab", "Mirikizumab", Family.BIOLOGIC, _CD | _UC),
    Therapy("guselkumab", "Guselkumab", Family.BIOLOGIC, _CD | _UC),
    Therapy("biologic", "Another biologic", Family.BIOLOGIC),
    Therapy("tofacitinib", "Tofacitinib", Family.SMALL_MOLECULE, _UC),
    Therapy("filgotinib", "Filgotinib", Family.SMALL_MOLECULE),  # not by the US label
    Therapy("ozanimod", "Ozanimod", Family.SMALL_MOLECULE, _UC),
    Therapy("etrasimod", "Etrasimod", Family.SMALL_MOLECULE, _UC),
    Therapy("thiopurine", "Thiopurine", Family.CONVENTIONAL),
    Therapy("methotrexate", "Methotrexate", Family.CONVENTIONAL),
    Therapy("corticosteroids", "Corticosteroids", Family.CONVENTIONAL),
    Therapy("mesalazine", "5-ASA", Family.CONVENTIONAL),
)
LABELS = {each.code: each.label for each in THERAPIES}
# The labels' words: inadequate response, lost response, intolerance. Another reason is no failure.
FAILURES = frozenset({"no_response", "loss_of_response", "intolerance"})
_BIOLOGICS = (Family.TNF_BLOCKER, Family.BIOLOGIC)

_FOLLOWS = THIS_PROJECT.at("previous therapies")
STATED = (
    Stated("a drug failed where it had no response, lost it, or was not tolerated; not for another reason", _FOLLOWS),
    Stated("a drug whose end has no known reason leaves open whether its family failed", _FOLLOWS),
    Stated(
        "approved systemic therapies are counted by biologics, JAK inhibitors and S1P modulators approved for the "
        "disease; of other drugs alone their number is not known",
        replace(_FOLLOWS, read_in=None),
    ),
)

Told = Mapping[str, str | None]


def follows(told: Told, disease: Disease) -> dict[str, bool | int | None]:
    """What the history says by the drugs that were told, each with the reason of its end; None where that is open."""
    return {
        "tnf_failed": _failed(told, lambda family: family is Family.TNF_BLOCKER),
        "biologic_failed": _failed(told, lambda family: family in _BIOLOGICS),
        "conventional_failed": _failed(told, lambda family: family is Family.CONVENTIONAL),
        "systemic_therapies": _approved(told, disease),
    }


def _failed(told: Told, of: Callable[[Family], bool]) -> bool | None:
    reasons = [told[each.code] for each in THERAPIES if each.code in told and of(each.family)]
    if any(why in FAILURES for why in reasons):
        return True
    return None if None in reasons else False


def _approved(told: Told, disease: Disease) -> int | None:
    counted = sum(each.code in told and disease in each.approved for each in THERAPIES)
    return counted if counted or not told else None


def treatments_in_words(told: Told) -> str:
    """`Infliximab (loss of response), thiopurine (why not known)`."""
    named = [
        f"{LABELS[code]} ({END_OF_AN_EARLIER_DRUG[why] if why else 'why not known'})" for code, why in told.items()
    ]
    return ", ".join(named) or "nothing"
