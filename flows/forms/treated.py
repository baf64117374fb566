"""What was given before: each drug, and for each that was given why it ended."""

from flows.choices import AnyOf, Choice, OneOf
from flows.counts import Count
from flows.form import AskedIf
from flows.items import Item
from flows.protocol.treated_before import THERAPIES
from flows.reasons import END_OF_AN_EARLIER_DRUG, chosen_from

WHY = "why_"

_GIVEN = AnyOf(
    code="therapies",
    name="Treated before",
    prompt="What was given before for this disease?",
    choices=tuple(Choice(each.code, each.label) for each in THERAPIES),
)
_ENDED = tuple(
    OneOf(
        code=f"{WHY}{each.code}",
        name=each.label,
        prompt=f"{each.label}: why did it end?",
        choices=chosen_from(END_OF_AN_EARLIER_DRUG),
    )
    for each in THERAPIES
)
SYSTEMIC_THERAPIES = Count(
    code="systemic_therapies",
    name="Systemic therapies",
    prompt="Approved systemic therapies so far",
    warn_above=7,
    refuse_above=30,
)
TREATED_ITEMS: tuple[Item, ...] = (_GIVEN, *_ENDED, SYSTEMIC_THERAPIES)
# Their number matters to a label only where TNF blockers are inadvisable.
TREATED_CONDITIONS = (
    *(AskedIf(f"{WHY}{each.code}", "therapies", (each.code,)) for each in THERAPIES),
    AskedIf("systemic_therapies", "features", ("tnf_inadvisable",)),
)
