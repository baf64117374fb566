"""Who a patient is: asked once, and everything but the disease can be left for later."""

from fractions import Fraction

from flows.choices import AnyOf, Choice, OneOf
from flows.counts import Count
from flows.dated import Code, Day
from flows.form import STANDS, AskedAfter, AskedIf, Form
from flows.forms.disease import DISEASE_CONDITIONS, DISEASE_ITEMS
from flows.forms.often import NO_YES, YES_NO
from flows.forms.taken import TAKEN_CONDITIONS, TAKEN_ITEMS
from flows.forms.treated import TREATED_CONDITIONS, TREATED_ITEMS
from flows.measures import Quantity
from flows.reasons import SHORTER_INDUCTION, chosen_from

RISK_CHOICES = (
    Choice("current_smoker", "Smoker"),
    Choice("past_smoker", "Past smoker"),
    Choice("hypertension", "Hypertension"),
    Choice("diabetes", "Diabetes"),
    Choice("dyslipidaemia", "Dyslipidaemia"),
    Choice("ascvd", "ASCVD"),
    Choice("previous_mi", "Previous MI"),
    Choice("previous_stroke", "Previous stroke"),
    Choice("family_history_cv", "Family history CV"),
    Choice("previous_vte", "Previous VTE"),
    Choice("surgery_or_immobilisation", "Surgery, immobile"),
    Choice("hormonal_contraception", "Hormonal contraception"),
    Choice("thrombophilia", "Thrombophilia"),
    Choice("obesity", "Obesity"),
    Choice("active_cancer", "Active cancer"),
    Choice("previous_malignancy", "Previous malignancy"),
    Choice("previous_nmsc", "Previous NMSC"),
    Choice("skin_cancer_risk", "Skin cancer risk"),
    Choice("diverticulitis", "Diverticulitis"),
    Choice("tb_risk", "TB risk"),
    Choice("chronic_infection", "Chronic infection"),
)

# What the record gives an enrolment: whether who fills it in may record the course. How long induction is meant to be
# and the first dose are a doctor's (CLINICAL.md D2, D3).
BY_DOCTOR = "by_doctor"
# And on which day it is opened: of whoever began before it, the dose by now is another question than the first one.
ENROLLED_ON = "enrolled_on"
DOSE_NOW, DOSE_NOT_KNOWN = "dose_now", "not_known"
# Nothing is taken now: since when.
INTERRUPTED, INTERRUPTED_ON = "interrupted", "interrupted_on"
_A_DOCTORS = tuple(AskedIf(code, BY_DOCTOR, ("yes",)) for code in ("induction_weeks", "begun"))

ENROLMENT = Form(
    code="enrolment",
    version=6,
    title="Enrolment",
    short="Enrolment",
    unknown="Later",
    needed=("code", "disease", "induction_reason"),
    given=(BY_DOCTOR, ENROLLED_ON),
    items=(
        Code(code="code", name="Code", prompt="The patient's code; a name is never asked."),
        OneOf(
            code="disease",
            name="Disease",
            prompt="Which disease?",
            choices=(Choice("CD", "Crohn's"), Choice("UC", "Colitis")),
        ),
        Quantity(
            code="birth_year",
            name="Birth year",
            prompt="Year of birth, nothing more of the date",
            unit="",
            example="1980",
            lowest=Fraction(1900),
            highest=Fraction(2020),
            is_whole=True,
        ),
        OneOf(
            code="sex",
            name="Sex",
            prompt="Sex",
            choices=(Choice("female", "Female"), Choice("male", "Male")),
        ),
        OneOf(
            code="childbearing_potential",
            name="Child-bearing potential",
            prompt="Child-bearing potential?",
            choices=YES_NO,
        ),
        *DISEASE_ITEMS,
        *TREATED_ITEMS,
        AnyOf(code="risks", name="Risks", prompt="Risks on record", choices=RISK_CHOICES),
        *TAKEN_ITEMS,
        Quantity(
            code="egfr",
            name="eGFR",
            prompt="eGFR, mL/min/1.73 m²",
            unit="",
            example="85",
            lowest=Fraction(2),
            highest=Fraction(200),
        ),
        OneOf(
            code="child_pugh",
            name="Liver",
            prompt="Cirrhosis, and its Child-Pugh class",
            choices=(Choice("none", "None"), Choice("A", "A"), Choice("B", "B"), Choice("C", "C")),
        ),
        Count(
            code="normal_stools",
            name="Normal stools",
            prompt="Stools a day when the colitis was quiet",
            warn_above=7,
            refuse_above=40,
        ),
        OneOf(
            code="induction_weeks",
            name="Induction length",
            prompt="How long is 45 mg meant to be given?",
            choices=(
                Choice("12", "12 weeks: US, EU and AU labels, phase 3 trials"),
                Choice("8", "8 weeks: the protocol (vendor note); no label or trial found"),
            ),
        ),
        OneOf(
            code="induction_reason",
            name="Reason for 8 weeks",
            prompt="Why 8 weeks?",
            choices=chosen_from(SHORTER_INDUCTION),
        ),
        OneOf(
            code="begun",
            name="First dose",
            prompt="Has upadacitinib been started?",
            choices=NO_YES,
        ),
        Day(code="started_on", name="Day of the first dose", prompt="On which day was the first dose?"),
        OneOf(
            code=DOSE_NOW,
            name="Dose taken now",
            prompt="Which dose is taken now?",
            choices=(
                *(Choice(f"{mg} mg", f"{mg} mg") for mg in (45, 30, 15)),
                Choice(INTERRUPTED, "Interrupted now"),
                Choice(DOSE_NOT_KNOWN, "Not known"),
            ),
        ),
        Day(
            code=INTERRUPTED_ON,
            name="Interrupted since",
            prompt="Which is the first day without the drug? Left open, that is not known.",
        ),
    ),
    conditions=(
        AskedIf("childbearing_potential", "sex", ("female",)),
        *DISEASE_CONDITIONS,
        *TREATED_CONDITIONS,
        *TAKEN_CONDITIONS,
        AskedIf("normal_stools", "disease", ("UC",)),
        AskedIf("induction_weeks", "disease", ("CD",)),
        AskedIf("induction_reason", "induction_weeks", ("8",)),
        AskedIf("started_on", "begun", ("yes",)),
        AskedAfter(DOSE_NOW, ENROLLED_ON, "started_on"),
        AskedIf(INTERRUPTED_ON, DOSE_NOW, (INTERRUPTED,)),
        *_A_DOCTORS,
    ),
)

# What can be told again later; the disease stays, and the course has moves of its own.
_DETAILS = (
    "birth_year", "sex", "childbearing_potential", *(each.code for each in (*DISEASE_ITEMS, *TREATED_ITEMS)), "risks",
    *(each.code for each in TAKEN_ITEMS), "egfr", "child_pugh", "normal_stools",
)  # fmt: skip
# Of each list the details know what stands.
LISTS = ("reach", "features", "therapies", "risks", "medication")
DETAILS = Form(
    code="details",
    version=5,
    title="Details",
    short="Details",
    unknown="Unchanged",
    given=("disease", *(f"{STANDS}{each}" for each in LISTS)),
    items=tuple(ENROLMENT.item(code) for code in _DETAILS),
    conditions=tuple(each for each in ENROLMENT.conditions if each.item in _DETAILS),
)
INDUCTION = Form(
    code="induction",
    version=1,
    title="Induction length",
    short="Induction length",
    items=(ENROLMENT.item("induction_weeks"), ENROLMENT.item("induction_reason")),
    conditions=(AskedIf("induction_reason", "induction_weeks", ("8",)),),
    needed=("induction_weeks", "induction_reason"),
)
