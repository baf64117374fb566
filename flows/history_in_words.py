"""What was written down, in the words of those who wrote it: titles of items and labels of choices for their codes."""

from collections.abc import Mapping
from typing import Any

from flows.analytes import BY_CODE
from flows.baselines import ACCEPTED
from flows.carried import MASS_OF
from flows.choices import AnyOf, OneOf
from flows.filed_person import DOSE_KNOWN, FROM_KNOWN, THERAPIES
from flows.filing import GIVEN_BY
from flows.forms import item_of, name_of, name_within
from flows.forms.taken import MEDICATION_CHOICES
from flows.forms.visit import EVENT_CHOICES
from flows.instruments import current
from flows.own_reminders import ANSWERED, SET
from flows.protocol import baseline_items, monitoring, satisfied
from flows.protocol.steroids import STEROIDS
from flows.protocol.treated_before import treatments_in_words
from flows.record import DISEASE_CORRECTED, HANDED_OVER, STARTED, Fact, Kind, Observation
from flows.sentences import capitalised
from flows.steps import Move

_ITEMS = (
    {**satisfied.NAMES}
    | {f"base_{code}": each.title for code, each in baseline_items.SCREENING_ITEMS.items()}
    | {code: each.title for code, each in monitoring.ITEMS.items()}
)
_BY_KIND: Mapping[Kind, Mapping[str, str]] = {
    Kind.LAB: {code: each.title for code, each in BY_CODE.items()},
    Kind.HANDLED: _ITEMS,
    Kind.SCREENING: {code: each.title for code, each in baseline_items.SCREENING_ITEMS.items()},
    Kind.MEDICATION: {str(each.code): each.label for each in MEDICATION_CHOICES},
    Kind.EVENT: {str(each.code): each.label for each in EVENT_CHOICES},
    Kind.COURSE: {
        STARTED: "First dose",
        "dose": "Dose",
        "interrupted": "Interruption",
        "restarted": "Restart",
        "stopped": "End of treatment",
    },
    Kind.TEST: {"stool_infection": "Stool test"},
    Kind.NOTE: {
        GIVEN_BY: "Answers",
        SET: "Own reminder",
        ANSWERED: "Own reminder answered",
        HANDED_OVER: "Handed over",
        DISEASE_CORRECTED: "Disease corrected",
    },
    Kind.PERSON: {THERAPIES: "Treated before", "medication_asked": "Medication asked about"},
}


def title_of(fact: Fact) -> str:
    """What it is of, as it stands at the beginning of a line."""
    if fact.kind is Kind.SCORE and (questionnaire := current(fact.code)) is not None:
        return questionnaire.short
    if fact.code.startswith(ACCEPTED):
        return f"Accepted as baseline, {_score_or_value(fact.code.removeprefix(ACCEPTED))}"
    known = _BY_KIND.get(fact.kind, {}).get(fact.code) or name_of(fact.code.rpartition(".")[2])
    known = known.replace("_", " ")
    return known if known[1:2].isupper() else capitalised(known)


def _score_or_value(measure: str) -> str:
    questionnaire = current(measure)
    return questionnaire.short if questionnaire else BY_CODE[measure].title


def said_of(each: Observation) -> str:
    """What was said of it."""
    fact, value = each.fact, each.fact.value or {}
    if fact.kind is Kind.LAB:
        return str(fact.as_given)
    if fact.code == GIVEN_BY:
        return _who_answered(value, each.by)
    if fact.code == THERAPIES:
        return treatments_in_words(value["is"])
    if "answers" in value:
        return _answered(fact.code, value)
    item = fact.code.rpartition(".")[2]
    told = [
        _part(name, found, item)
        for name, found in value.items()
        if name != FROM_KNOWN and (found is not None or name == "is")
    ]
    by_then = "by then" if fact.code == Move.INTERRUPTED else "taken by then"
    return ", ".join([*told, *[by_then] * (FROM_KNOWN in value)]) or "recorded"


# What is told as nothing, which is not the same as not known: no cirrhosis is the answer None.
NOTHING_TOLD = {"child_pugh": "no cirrhosis"}
# What needs no name before it.
_BARE = frozenset({"is", "state", "what", "why", "how", "result", "reason"})


def _part(name: str, found: Any, item: str) -> str:
    if name in ("mg", "prednisolone_mg"):
        return f"{found} mg"
    if name == "stopped" and found is True:  # of steroids it is told of those who never had one as well
        return "none" if item in STEROIDS else "stopped"
    if name == DOSE_KNOWN:
        return "the dose at enrolment not known"
    if name == "of":
        return f"that of #{found}"
    if name in ("from_member", "to_member"):
        return f"{name.partition('_')[0]} member {found}"
    said = _labelled(item if name == "is" else name, found)
    return said if name in _BARE else f"{name.replace('_', ' ')} {said}"


def _labelled(item: str, found: Any) -> str:
    """By the label of a choice, where the item has one for it."""
    asked = item_of(item)
    labels = (
        {str(each.code): name_within(each.label) for each in asked.choices} if isinstance(asked, OneOf | AnyOf) else {}
    )
    if isinstance(found, list):
        return ", ".join(labels.get(str(each), str(each)) for each in found) or "none"
    if isinstance(found, bool) or found is None:
        return {True: "yes", False: "no", None: NOTHING_TOLD.get(item, "not known")}[found]
    return labels.get(str(found), str(found).replace("_", " "))


def _answered(code: str, value: Mapping[str, Any]) -> str:
    """`stool frequency 1, bleeding 0`, by the names of the instrument's items."""
    questionnaire = current(code)
    items = {each.code: each for each in questionnaire.items} if questionnaire else {}
    said = []
    for name, given in value["answers"].items():
        item = items.get(name)
        title = name_within(item.name) if item else name
        said.append(f"{title} {_given(item, given)}")
    return ", ".join([*said, *([f"mass as in #{value[MASS_OF]}"] if MASS_OF in value else [])])


def _given(item: object, given: Any) -> str:
    match given:
        case None:
            return "not assessed"
        case list() if isinstance(item, AnyOf):
            return name_within(item.describe(tuple(given)))
        case list():
            return ", ".join(map(str, given)) or "none"
        case dict():
            return "/".join(_given(None, each) for each in given.values())
        case _:
            return str(given)


def _who_answered(given: Mapping[str, int], confirmed_by: int) -> str:
    """`by member 2: visit, stool frequency; the rest by member 1`."""
    names: dict[int, list[str]] = {}
    for code, member in given.items():
        names.setdefault(member, []).append(name_of(code))
    told = [f"by member {member}: {', '.join(each)}" for member, each in names.items()]
    return f"{'; '.join(told)}; the rest by member {confirmed_by}"
