"""One fact told anew where it was recorded wrongly: a drug, an event, what is known of the person."""

from flows.choices import Choice, OneOf
from flows.dated import Day
from flows.form import AskedIf, Form
from flows.forms.disease import FEATURES, REACH
from flows.forms.earlier import FAILED
from flows.forms.enrolment import ENROLMENT
from flows.forms.often import YES_NO, prednisolone
from flows.forms.taken import MEDICATION_CHOICES
from flows.forms.treated import TREATED_CONDITIONS, TREATED_ITEMS
from flows.forms.visit import EVENT_CHOICES, was_serious
from flows.items import Item
from flows.protocol.steroids import STEROID

STOPPED = "stopped"
# Events that are not asked whether they were serious: the name says it already, or the question does not fit. (A visit,
# where each tap counts, asks only where a label does.)
_NOT_ASKED = frozenset({"serious_infection", "pregnancy", "live_vaccine"})
_UNKNOWN = "Not known"


def _taken(drug: Choice) -> Form:
    """Its dose is asked of a steroid alone."""
    day = Day(code="on", name="Day", prompt=f"{drug.label}: from which day on?")
    taken = OneOf(
        code="taken",
        name="Taken",
        prompt=f"{drug.label}: is it taken from that day on, or not any more?",
        choices=(Choice("taken", "Taken"), Choice(STOPPED, "Stopped")),
    )
    dose = (prednisolone("Prednisolone or equivalent from that day on, milligrams a day"),)
    is_steroid = drug.code == STEROID
    return Form(
        code=f"taken_{drug.code}",
        version=1,
        title=drug.label,
        short=drug.label,
        items=(day, taken, *(dose if is_steroid else ())),
        conditions=(AskedIf("prednisolone_mg", "taken", ("taken",)),) if is_steroid else (),
        unknown=_UNKNOWN,
        needed=("on", "taken"),
    )


def _event(event: Choice) -> Form:
    day = Day(code="on", name="Day", prompt=f"{event.label}: on which day?")
    serious = was_serious(event, "serious")
    return Form(
        code=f"event_{event.code}",
        version=1,
        title=event.label,
        short=event.label,
        items=(day, *(() if event.code in _NOT_ASKED else (serious,))),
        unknown=_UNKNOWN,
        needed=("on",),
    )


def _told(item: Item, *more: Item, conditions: tuple[AskedIf, ...] = ()) -> Form:
    """The item of the enrolment, with what depends on it."""
    return Form(
        code=f"told_{item.code}",
        version=1,
        title=item.name,
        short=item.name,
        items=(item, *more),
        conditions=conditions,
        unknown=_UNKNOWN,
        needed=(item.code,),
    )


def _flag(entry: Choice) -> OneOf:
    """Of a list that was ticked, one entry."""
    return OneOf(code=str(entry.code), name=entry.label, prompt=f"{entry.label}?", choices=YES_NO)


TAKEN_FORMS = tuple(map(_taken, MEDICATION_CHOICES))
EVENT_FORMS = tuple(map(_event, EVENT_CHOICES))
# What a list of flags was told by, in any version of it.
FLAGS = (*REACH, *FEATURES, *FAILED)
_ALONE = (
    "birth_year", "sex", "childbearing_potential", "severity", "extent", "location", "systemic_therapies", "risks",
    "egfr", "child_pugh", "normal_stools",
)  # fmt: skip
_OF_THERAPIES = tuple(each for each in TREATED_CONDITIONS if each.other == "therapies")
TOLD_FORMS = (
    *(_told(ENROLMENT.item(code)) for code in _ALONE),
    _told(
        *(each for each in TREATED_ITEMS if each.code in ("therapies", *(one.item for one in _OF_THERAPIES))),
        conditions=_OF_THERAPIES,
    ),
    *(_told(_flag(each)) for each in FLAGS),
)
