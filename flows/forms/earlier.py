"""Versions of forms that are asked no more: an interview that was begun with one goes on with it."""

from dataclasses import replace

from flows.choices import AnyOf, Choice, OneOf
from flows.dated import Day
from flows.form import AskedIf, Form
from flows.forms.disease import EXTENSIVE, FEATURES, SEVERITY
from flows.forms.enrolment import BY_DOCTOR, DETAILS, DOSE_NOW, ENROLMENT, INTERRUPTED, INTERRUPTED_ON
from flows.forms.moves import ANOTHER_DOSE, RESTART, START
from flows.forms.often import prednisolone
from flows.forms.taken import SINCE
from flows.forms.treated import SYSTEMIC_THERAPIES
from flows.items import Item
from flows.reasons import DOSE, chosen_from

_TREATED_BEFORE = (
    Choice("tnf_failed", "TNF blocker failed"),
    Choice("tnf_inadvisable", "TNF blocker inadvisable"),
    Choice("biologic_failed", "Another biologic failed"),
    Choice("conventional_failed", "Conventional failed"),
)
# What was ticked there and follows from the drugs by now.
FAILED = tuple(each for each in _TREATED_BEFORE if each not in FEATURES)
_MEDICATION = AskedIf("prednisolone_mg", "medication", ("corticosteroid",))
_ASKED_OF_DISEASE: tuple[Item, ...] = (
    SEVERITY,
    AnyOf(
        code="features",
        name="Features",
        prompt="Which of these apply?",
        choices=(Choice(EXTENSIVE, "Extensive"), *FEATURES[:-1]),
    ),
    AnyOf(
        code="failed",
        name="Treated before",
        prompt="What was tried before, and why it ended",
        choices=_TREATED_BEFORE,
    ),
    SYSTEMIC_THERAPIES,
    ENROLMENT.item("risks"),
    ENROLMENT.item("medication"),
    prednisolone("Prednisolone or equivalent, milligrams a day"),
)


def _items(newest: Form) -> tuple[Item, ...]:
    """Those of the newest version, with what was asked of the disease and its drugs in their place."""
    codes = list(newest.codes)
    first, last = codes.index("severity"), codes.index("egfr")
    return (*newest.items[:first], *_ASKED_OF_DISEASE, *newest.items[last:])


def _counted_from_today(newest: Form) -> tuple[Item, ...]:
    """A drug whose day was left open was said to count from the day of the record."""
    return tuple(
        replace(item, prompt=item.prompt.replace("that is not known", "it counts from today"))
        if isinstance(item, Day) and item.code in SINCE.values()
        else item
        for item in newest.items
    )


# That nothing is taken was no answer to which dose is.
_DOSE = ENROLMENT.item(DOSE_NOW)
assert isinstance(_DOSE, OneOf)
_DOSES_5 = replace(_DOSE, choices=tuple(each for each in _DOSE.choices if each.code != INTERRUPTED))
ENROLMENT_5 = replace(
    ENROLMENT,
    version=5,
    items=tuple(_DOSES_5 if each.code == DOSE_NOW else each for each in ENROLMENT.items if each.code != INTERRUPTED_ON),
    conditions=tuple(each for each in ENROLMENT.conditions if each.item != INTERRUPTED_ON),
)
# Nobody was asked which dose was taken by then.
ENROLMENT_4 = replace(
    ENROLMENT_5,
    version=4,
    given=(BY_DOCTOR,),
    items=tuple(each for each in ENROLMENT_5.items if each.code != DOSE_NOW),
    conditions=tuple(each for each in ENROLMENT_5.conditions if each.item != DOSE_NOW),
)
ENROLMENT_3 = replace(ENROLMENT_4, version=3, items=_counted_from_today(ENROLMENT_4))
# How many stools are normal was asked at the enrolment alone.
DETAILS_4 = replace(
    DETAILS,
    version=4,
    items=tuple(each for each in DETAILS.items if each.code != "normal_stools"),
    conditions=tuple(each for each in DETAILS.conditions if each.item != "normal_stools"),
)
# Its lists were not ticked with what stands.
DETAILS_3 = replace(DETAILS_4, version=3, given=("disease",))
DETAILS_2 = replace(DETAILS_3, version=2, items=_counted_from_today(DETAILS_4))
ENROLMENT_2 = replace(
    ENROLMENT_3,
    version=2,
    given=(),
    conditions=tuple(each for each in ENROLMENT_4.conditions if each.other != BY_DOCTOR),
)
ENROLMENT_1 = replace(
    ENROLMENT_4,
    version=1,
    given=(),
    items=_items(ENROLMENT_4),
    conditions=(
        AskedIf("childbearing_potential", "sex", ("female",)),
        _MEDICATION,
        AskedIf("normal_stools", "disease", ("UC",)),
        AskedIf("induction_weeks", "disease", ("CD",)),
        AskedIf("induction_reason", "induction_weeks", ("8",)),
        AskedIf("started_on", "begun", ("yes",)),
    ),
)
DETAILS_1 = replace(
    DETAILS_4,
    version=1,
    given=(),
    items=_items(DETAILS_4),
    conditions=(AskedIf("childbearing_potential", "sex", ("female",)), _MEDICATION),
)
# Neither asked for a reason.
START_1 = replace(START, version=1, items=START.items[:2], needed=("on", "mg"))
_WHY = ANOTHER_DOSE.item("why")
assert isinstance(_WHY, OneOf)
# No label's own reason was among them.
_OF_LABELS = ("us_standard", "presentation")
DOSE_1 = replace(
    ANOTHER_DOSE,
    version=1,
    items=(
        *ANOTHER_DOSE.items[:2],
        replace(_WHY, choices=chosen_from({code: each for code, each in DOSE.items() if code not in _OF_LABELS})),
    ),
)
RESTART_2 = replace(
    RESTART,
    version=2,
    items=tuple(each for each in RESTART.items if each.code != "why"),
    needed=("on", "mg", "induction_reason"),
)
RESTART_1 = replace(
    RESTART,
    version=1,
    items=RESTART.items[:2],
    conditions=(),
    unknown="Not known",
    needed=("on", "mg"),
    given=(),
)
