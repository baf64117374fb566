"""Who a patient is: asked once, and everything but the disease can be left for later."""

from fractions import Fraction

from flows.choices import AnyOf, Choice, OneOf
from flows.counts import Count
from flows.dated import Code, Day
from flows.form import AskedIf, Form
from flows.measures import Quantity
from flows.reasons import SHORTER_INDUCTION, chosen_from

_YES_NO = (Choice("yes", "Yes", 0), Choice("no", "No", 0))

FEATURES = (
    Choice("extensive", "Extensive", 0),
    Choice("refractory", "Refractory", 0),
    Choice("ostomy", "Stoma", 0),
    Choice("pouch", "Pouch", 0),
    Choice("colectomy", "Colectomy", 0),
    Choice("psc", "PSC", 0),
    Choice("gilbert", "Gilbert's syndrome", 0),
)
FAILED = (
    Choice("tnf_failed", "TNF blocker failed", 0),
    Choice("tnf_inadvisable", "TNF blocker inadvisable", 0),
    Choice("biologic_failed", "Another biologic failed", 0),
    Choice("conventional_failed", "Conventional failed", 0),
)
RISK_CHOICES = (
    Choice("current_smoker", "Smoker", 0),
    Choice("past_smoker", "Past smoker", 0),
    Choice("hypertension", "Hypertension", 0),
    Choice("diabetes", "Diabetes", 0),
    Choice("dyslipidaemia", "Dyslipidaemia", 0),
    Choice("ascvd", "ASCVD", 0),
    Choice("previous_mi", "Previous MI", 0),
    Choice("previous_stroke", "Previous stroke", 0),
    Choice("family_history_cv", "Family history CV", 0),
    Choice("previous_vte", "Previous VTE", 0),
    Choice("surgery_or_immobilisation", "Surgery, immobile", 0),
    Choice("hormonal_contraception", "Hormonal contraception", 0),
    Choice("thrombophilia", "Thrombophilia", 0),
    Choice("obesity", "Obesity", 0),
    Choice("active_cancer", "Active cancer", 0),
    Choice("previous_malignancy", "Previous malignancy", 0),
    Choice("previous_nmsc", "Previous NMSC", 0),
    Choice("skin_cancer_risk", "Skin cancer risk", 0),
    Choice("diverticulitis", "Diverticulitis", 0),
    Choice("tb_risk", "TB risk", 0),
    Choice("chronic_infection", "Chronic infection", 0),
)
MEDICATION_CHOICES = (
    Choice("corticosteroid", "Prednisolone or equivalent", 0),
    Choice("budesonide", "Budesonide", 0),
    Choice("mesalazine", "Mesalazine", 0),
    Choice("azathioprine", "Azathioprine", 0),
    Choice("mercaptopurine", "Mercaptopurine", 0),
    Choice("methotrexate", "Methotrexate", 0),
    Choice("ciclosporin", "Ciclosporin", 0),
    Choice("tacrolimus", "Tacrolimus", 0),
    Choice("biologic", "A biologic", 0),
    Choice("jak_inhibitor", "Another JAK inhibitor", 0),
    Choice("strong_cyp3a4_inhibitor", "Strong CYP3A4 inhibitor", 0),
    Choice("strong_cyp3a4_inducer", "Strong CYP3A4 inducer", 0),
    Choice("statin", "Statin", 0),
    Choice("nsaid", "NSAID", 0),
)

ENROLMENT = Form(
    code="enrolment",
    version=1,
    title="Enrolment",
    short="Enrolment",
    unknown="Later",
    needed=("code", "disease", "induction_reason"),
    items=(
        Code(code="code", name="Code", prompt="The patient's code; a name is never asked."),
        OneOf(
            code="disease",
            name="Disease",
            prompt="Which disease?",
            choices=(Choice("CD", "Crohn's", 0), Choice("UC", "Colitis", 0)),
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
            choices=(Choice("female", "Female", 0), Choice("male", "Male", 0)),
        ),
        OneOf(
            code="childbearing_potential",
            name="Child-bearing potential",
            prompt="Child-bearing potential?",
            choices=_YES_NO,
        ),
        OneOf(
            code="severity",
            name="Severity",
            prompt="Severity of the disease at the start",
            choices=(Choice("mild", "Mild", 0), Choice("moderate", "Moderate", 0), Choice("severe", "Severe", 0)),
        ),
        AnyOf(code="features", name="Features", prompt="Which of these apply?", choices=FEATURES),
        AnyOf(code="failed", name="Treated before", prompt="What was tried before, and why it ended", choices=FAILED),
        Count(
            code="systemic_therapies",
            name="Systemic therapies",
            prompt="Approved systemic therapies so far",
            warn_above=7,
            refuse_above=30,
        ),
        AnyOf(code="risks", name="Risks", prompt="Risks on record", choices=RISK_CHOICES),
        AnyOf(code="medication", name="Medication", prompt="What is taken today", choices=MEDICATION_CHOICES),
        Quantity(
            code="prednisolone_mg",
            name="Prednisolone",
            prompt="Prednisolone or equivalent, milligrams a day",
            unit="mg",
            example="20",
            lowest=Fraction(0),
            highest=Fraction(1000),
        ),
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
            choices=(Choice("none", "None", 0), Choice("A", "A", 0), Choice("B", "B", 0), Choice("C", "C", 0)),
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
                Choice("12", "12 weeks: US, EU and AU labels, phase 3 trials", 0),
                Choice("8", "8 weeks: the protocol (vendor note); no label or trial found", 0),
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
            choices=(Choice("no", "No", 0), Choice("yes", "Yes", 0)),
        ),
        Day(code="started_on", name="Day of the first dose", prompt="On which day was the first dose?"),
    ),
    conditions=(
        AskedIf("childbearing_potential", "sex", ("female",)),
        AskedIf("prednisolone_mg", "medication", ("corticosteroid",)),
        AskedIf("normal_stools", "disease", ("UC",)),
        AskedIf("induction_weeks", "disease", ("CD",)),
        AskedIf("induction_reason", "induction_weeks", ("8",)),
        AskedIf("started_on", "begun", ("yes",)),
    ),
)

# What can be told again later; the disease stays, and the course has moves of its own.
_DETAILS = (
    "birth_year", "sex", "childbearing_potential", "severity", "features", "failed", "systemic_therapies", "risks",
    "medication", "prednisolone_mg", "egfr", "child_pugh",
)  # fmt: skip
DETAILS = Form(
    code="details",
    version=1,
    title="Details",
    short="Details",
    unknown="Unchanged",
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
