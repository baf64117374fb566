"""Every form that ships besides the instruments, by code."""

from flows.form import Form
from flows.forms.anew import EVENT_FORMS, TAKEN_FORMS, TOLD_FORMS
from flows.forms.earlier import (
    DETAILS_1,
    DETAILS_2,
    DETAILS_3,
    DETAILS_4,
    DOSE_1,
    ENROLMENT_1,
    ENROLMENT_2,
    ENROLMENT_3,
    ENROLMENT_4,
    ENROLMENT_5,
    RESTART_1,
    RESTART_2,
    START_1,
)
from flows.forms.enrolment import DETAILS, ENROLMENT, INDUCTION
from flows.forms.moves import MOVE_FORMS
from flows.forms.screened import SCREENED_FORMS
from flows.forms.stool import STOOL_TEST
from flows.forms.visit import (
    LABS,
    LABS_1,
    VISIT_CD,
    VISIT_CD_1,
    VISIT_CD_2,
    VISIT_CD_3,
    VISIT_CD_4,
    VISIT_UC,
    VISIT_UC_1,
    VISIT_UC_2,
    VISIT_UC_3,
    VISITED_ANEW,
    dated,
    totalled,
)
from flows.instruments import SHIPPED
from flows.items import Item

# A single-item instrument has no separate total.
TOTALLED = tuple(each for each in SHIPPED if len(each.items) > 1)

FORMS: tuple[Form, ...] = (
    ENROLMENT_1,
    ENROLMENT_2,
    ENROLMENT_3,
    ENROLMENT_4,
    ENROLMENT_5,
    ENROLMENT,
    DETAILS_1,
    DETAILS_2,
    DETAILS_3,
    DETAILS_4,
    DETAILS,
    INDUCTION,
    VISIT_CD_1,
    VISIT_CD_2,
    VISIT_CD_3,
    VISIT_CD_4,
    VISIT_CD,
    VISIT_UC_1,
    VISIT_UC_2,
    VISIT_UC_3,
    VISIT_UC,
    VISITED_ANEW,
    STOOL_TEST,
    LABS_1,
    LABS,
    START_1,
    RESTART_1,
    RESTART_2,
    DOSE_1,
    *MOVE_FORMS,
    *SCREENED_FORMS,
    *TAKEN_FORMS,
    *EVENT_FORMS,
    *TOLD_FORMS,
    *(dated(each) for each in SHIPPED),
    *(totalled(each) for each in TOTALLED),
)

# Where several forms have an item of one code, the last one is found: that of the visit.
_BY_CODE = {item.code: item for each in (*FORMS, VISIT_CD, VISIT_UC) for item in each.items}
_BY_VERSION = {(each.code, each.version): each for each in (*FORMS, *SHIPPED)}
_NEWEST = {each.code: each for each in sorted(FORMS, key=lambda each: each.version)}


def shipped(code: str, version: int) -> Form:
    """The definition that an interview was begun with; KeyError for one that this program does not have."""
    return _BY_VERSION[code, version]


def form(code: str) -> Form:
    """The newest version of a form; KeyError for one that this program does not have."""
    return _NEWEST[code]


def item_of(code: str) -> Item | None:
    """The item of a code, in whichever form it stands."""
    return _BY_CODE.get(code)


def name_of(code: str) -> str:
    """What an item is called within a sentence, in whichever form it stands."""
    found = _BY_CODE.get(code)
    return name_within(found.name if found else code)


def name_within(name: str) -> str:
    """A name as it stands within a sentence: an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"
