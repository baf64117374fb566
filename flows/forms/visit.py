"""A visit: one form for each disease, made of its instruments and what every contact asks."""

from dataclasses import replace
from fractions import Fraction

from flows.choices import AnyOf, Choice, OneOf
from flows.dated import Day, Samples
from flows.form import AskedAfter, AskedIf, Form
from flows.forms.often import NO_YES, YES_NO, prednisolone
from flows.instruments.hbi import HBI
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.ses_cd import SES_CD
from flows.items import Item
from flows.measures import Quantity
from flows.questionnaire import Disease, Questionnaire

_DAY = Day(code="on", name="Day", prompt="Which day was the visit?")
WORSE = "worse"
_HOW = OneOf(
    code="how",
    name="Visit",
    prompt="How is this visit?",
    choices=(Choice("seen", "Seen"), Choice("telephone", "Telephone"), Choice(WORSE, "Unscheduled: worse")),
)
STOOL_RESULTS = (
    Choice("negative", "Negative"),
    Choice("positive", "Positive"),
    Choice("awaiting", "Awaiting"),
    Choice("not_tested", "Untested"),
)
_STOOL_INFECTION = OneOf(
    code="stool_infection",
    name="Stool infection",
    prompt="Was stool tested for infection (C. difficile, culture)?",
    choices=STOOL_RESULTS,
)
_ENDOSCOPY = OneOf(
    code="endoscopy",
    name="Endoscopy",
    prompt="A new endoscopy to enter?",
    choices=NO_YES,
)
_ENDOSCOPY_ON = Day(code="endoscopy_on", name="Day of the endoscopy", prompt="Which day was the endoscopy?")
_STEROIDS = OneOf(
    code="steroids",
    name="Steroids",
    prompt="Steroids since the last visit",
    choices=(Choice("unchanged", "Unchanged"), Choice("none", "None"), Choice("changed", "Changed")),
)
_STEROID_MG = prednisolone("Prednisolone or equivalent now, milligrams a day")
EVENT_CHOICES = (
    Choice("serious_infection", "Serious infection"),
    Choice("infection", "Other infection"),
    Choice("herpes_zoster", "Herpes zoster"),
    Choice("tuberculosis", "Tuberculosis"),
    Choice("vte", "VTE"),
    Choice("thrombosis_symptoms", "Symptoms of thrombosis"),
    Choice("myocardial_infarction", "Myocardial infarction"),
    Choice("stroke", "Stroke"),
    Choice("malignancy", "Malignancy"),
    Choice("nmsc", "Skin cancer (NMSC)"),
    Choice("perforation", "Perforation"),
    Choice("abdominal_pain", "New abdominal pain"),
    Choice("abscess", "Abscess"),
    Choice("liver_injury_suspected", "Liver injury?"),
    Choice("myalgia", "Myalgia"),
    Choice("vision_change", "Change of vision"),
    Choice("hypersensitivity", "Hypersensitivity"),
    Choice("pregnancy", "Pregnancy"),
    Choice("live_vaccine", "Live vaccine"),
    Choice("other", "Other"),
)
# Of these the labels ask whether they were serious.
_MAY_BE_SERIOUS = ("infection", "herpes_zoster", "abscess")
SERIOUS = "was_serious_"
_EVENTS = AnyOf(code="events", name="Events", prompt="Events since the last visit", choices=EVENT_CHOICES)
_LABS = Samples(
    code="labs",
    name="Laboratory",
    prompt="Laboratory values in one message, with the day of sampling if it was another:\nCRP 4 FCP 120 µg/g ALC 1.2",
)


# Who is on the telephone is not examined: what was found last is offered with its day, and never taken over unasked.
# The item, and what the record gives for it: that a mass is known, which, and of which day.
AS_THEN, MASS_KNOWN, MASS_THEN, MASS_ON = "mass_as_then", "mass_known", "mass_then", "mass_on"
_MASS_AS_THEN = OneOf(
    code=AS_THEN,
    name="Mass, not examined",
    prompt="An abdominal mass is not examined on the telephone. Does the score take it as it was found then?",
    choices=(Choice("yes", "As it was then"),),
)


def _with_mass_as_then(visit: Form) -> Form:
    after = visit.codes.index("mass") + 1
    return replace(
        visit,
        version=2,
        items=(*visit.items[:after], _MASS_AS_THEN, *visit.items[after:]),
        conditions=(
            *visit.conditions,
            AskedIf(AS_THEN, "how", ("telephone",)),
            AskedIf(AS_THEN, MASS_KNOWN, ("yes",)),
            AskedAfter(AS_THEN, "on", MASS_ON),
        ),
        given=(MASS_KNOWN, MASS_THEN, MASS_ON),
    )


def was_serious(event: Choice, code: str) -> OneOf:
    return OneOf(code=code, name=f"{event.label} serious", prompt=f"{event.label}: was it serious?", choices=YES_NO)


def _with_serious(visit: Form) -> Form:
    after, events = visit.codes.index("events") + 1, [each for each in EVENT_CHOICES if each.code in _MAY_BE_SERIOUS]
    return replace(
        visit,
        version=visit.version + 1,
        items=(
            *visit.items[:after],
            *(was_serious(each, f"{SERIOUS}{each.code}") for each in events),
            *visit.items[after:],
        ),
        conditions=(
            *visit.conditions,
            *(AskedIf(f"{SERIOUS}{each.code}", "events", (each.code,)) for each in events),
        ),
    )


# What the record gives: why stools are not counted, where they are not; then no score that needs them can be formed.
WITHOUT_STOOLS = "without_stools"


def _with_stools_counted(visit: Form, *codes: str) -> Form:
    """Some items are asked only while stools are counted, or while nobody said that they are not."""
    return replace(
        visit,
        version=visit.version + 1,
        conditions=(*visit.conditions, *(AskedIf(code, WITHOUT_STOOLS, (None,)) for code in codes)),
        given=(*visit.given, WITHOUT_STOOLS),
    )


# What the record gives: that budesonide is taken; a change may then be one of the steroid.
ON_BUDESONIDE, STEROID_NOW = "on_budesonide", "steroid_now"
PREDNISOLONE_NOW, BUDESONIDE_NOW, BOTH_NOW = "prednisolone", "budesonide", "both"
_STEROID_NOW = OneOf(
    code=STEROID_NOW,
    name="Steroid now",
    prompt="Which steroid is taken now?",
    choices=(
        Choice(PREDNISOLONE_NOW, "Prednisolone"),
        Choice(BUDESONIDE_NOW, "Budesonide"),
        Choice(BOTH_NOW, "Both"),
    ),
)


def _with_steroid_named(visit: Form) -> Form:
    after = visit.codes.index("steroids") + 1
    return replace(
        visit,
        version=visit.version + 1,
        items=(*visit.items[:after], _STEROID_NOW, *visit.items[after:]),
        conditions=(
            *visit.conditions,
            AskedIf(STEROID_NOW, "steroids", ("changed",)),
            AskedIf(STEROID_NOW, ON_BUDESONIDE, ("yes",)),
            AskedIf("prednisolone_mg", STEROID_NOW, (None, PREDNISOLONE_NOW, BOTH_NOW)),
        ),
        given=(*visit.given, ON_BUDESONIDE),
    )


def _visit(disease: Disease, symptoms: Questionnaire, endoscopy: Questionnaire) -> Form:
    own: tuple[Item, ...] = (_HOW, *symptoms.items, _STOOL_INFECTION, _ENDOSCOPY, _ENDOSCOPY_ON, *endoscopy.items)
    asked_of_endoscopy = tuple(AskedIf(each.code, "endoscopy", ("yes",)) for each in (_ENDOSCOPY_ON, *endoscopy.items))
    # Who is on the telephone has not been examined.
    examined = tuple(AskedIf(each.code, "how", ("seen", WORSE)) for each in symptoms.items if each.code == "mass")
    return Form(
        code=f"visit_{disease.lower()}",
        version=1,
        title=f"Visit: {disease.label}",
        short="Visit",
        items=(_DAY, *own, _STEROIDS, _STEROID_MG, _EVENTS, _LABS),
        needed=("on", "endoscopy_on"),
        instruments=(symptoms, endoscopy),
        conditions=(
            *examined,
            AskedIf("stool_infection", "how", (WORSE,)),
            *asked_of_endoscopy,
            AskedIf("prednisolone_mg", "steroids", ("changed",)),
        ),
    )


VISIT_CD_1 = _visit(Disease.CROHNS, HBI, SES_CD)
VISIT_CD_2 = _with_mass_as_then(VISIT_CD_1)
VISIT_CD_3 = _with_serious(VISIT_CD_2)
VISIT_CD_4 = _with_stools_counted(VISIT_CD_3, "liquid_stools")
VISIT_CD = _with_steroid_named(VISIT_CD_4)
VISIT_UC_1 = _visit(Disease.ULCERATIVE_COLITIS, PARTIAL_MAYO, MES)
VISIT_UC_2 = _with_serious(VISIT_UC_1)
VISIT_UC_3 = _with_stools_counted(VISIT_UC_2, *PARTIAL_MAYO.codes)
VISIT_UC = _with_steroid_named(VISIT_UC_3)
VISITS = {Disease.CROHNS: VISIT_CD, Disease.ULCERATIVE_COLITIS: VISIT_UC}
# The instruments that a visit holds, by its code: what of it is a score of the visit's day, what of the endoscopy's.
SYMPTOMS = {VISIT_CD.code: HBI, VISIT_UC.code: PARTIAL_MAYO}
ENDOSCOPY = {VISIT_CD.code: SES_CD, VISIT_UC.code: MES}

# What is told of values that were sent in reply to a reminder: that some are without a day, and when the patient was
# seen last.
UNDATED, VISITED = "undated", "visited"
LABS_1 = Form(code="labs", version=1, title="Laboratory values", short="Laboratory", items=(_LABS,))
LABS = replace(
    LABS_1,
    version=2,
    items=(
        _LABS,
        Day(code="on", name="Day of sampling", prompt="On which day was it sampled?", offers=("Visit", VISITED)),
    ),
    conditions=(AskedIf("on", UNDATED, ("yes",)),),
    needed=("on",),
    given=(UNDATED, VISITED),
)


VISITED_ANEW = Form(
    code="noted_visit",
    version=1,
    title="Day and way of a visit",
    short="Day and way of a visit",
    items=(
        Day(
            code="on",
            name="Day",
            prompt="Which day was the visit? Its score, drugs, events and values have days of their own.",
        ),
        _HOW,
    ),
    needed=("on", "how"),
)


def dated(questionnaire: Questionnaire) -> Form:
    """An instrument with the day on which it was scored, for a patient."""
    day = Day(code="on", name="Day", prompt=f"{questionnaire.short}: which day is it of?")
    return Form(
        code=f"scored_{questionnaire.code}",
        version=questionnaire.version,
        title=questionnaire.title,
        short=questionnaire.short,
        items=(day, *questionnaire.items),
        needed=("on",),
        instruments=(questionnaire,),
    )


def totalled(questionnaire: Questionnaire) -> Form:
    """The total of an old record without its items, with its day. Below 0, as a CDAI can be, it needs its items."""
    lowest, highest = questionnaire.total_bounds
    day = Day(code="on", name="Day", prompt=f"{questionnaire.short}: which day is the total of?")
    total = Quantity(
        code="total",
        name=f"{questionnaire.short} total",
        prompt=f"{questionnaire.short}: the total as it stands in the record",
        unit="",
        example="4",
        lowest=Fraction(max(0, lowest)),
        highest=Fraction(highest),
        is_whole=questionnaire.is_whole,
    )
    return Form(
        code=f"totalled_{questionnaire.code}",
        version=questionnaire.version,
        title=f"{questionnaire.title}, the total alone",
        short=f"{questionnaire.short} total",
        items=(day, total),
        needed=("on", "total"),
    )
