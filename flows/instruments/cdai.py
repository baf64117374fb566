"""The Crohn's disease activity index: eight weighted variables, four of them from a diary of seven days.

Called "CDAI (Crohn's)" wherever a person reads it: rheumatology has another CDAI, and the same drug (D10).
"""

from fractions import Fraction

from flows.choices import AnyOf, Choice, OneOf
from flows.citations import BEST_1976
from flows.counts import Diary
from flows.instruments.cdai_scoring import CDAI_SCORING
from flows.measures import Quantity, Stature
from flows.questionnaire import Band, Disease, Questionnaire

CDAI = Questionnaire(
    code="cdai",
    version=1,
    title="Crohn's disease activity index",
    short="CDAI (Crohn's)",
    opens="cdai",
    disease=Disease.CROHNS,
    recall="the seven days before; haematocrit within 14 days",
    source=BEST_1976,
    items=(
        OneOf(
            code="sex",
            name="Sex",
            prompt="Sex, for the haematocrit and the standard weight",
            choices=(Choice("female", "Female", 0), Choice("male", "Male", 0)),
        ),
        # The limits of the sum of stools are ours (CLINICAL.md 1.2, policy).
        Diary(
            code="stools7",
            name="Liquid stools",
            prompt="Liquid or very soft stools: the sum of seven days, or each day",
            weight=2,
            most_a_day=None,
            most_in_all=300,
            warn_above=140,
        ),
        Diary(
            code="pain7",
            name="Abdominal pain",
            prompt="Abdominal pain, each day 0 none, 1 mild, 2 moderate, 3 severe: the sum of seven days, or each day",
            weight=5,
            most_a_day=3,
            most_in_all=21,
        ),
        Diary(
            code="wellbeing7",
            name="Well-being",
            prompt="General well-being, each day 0 well, 1 slightly under par, 2 poor, 3 very poor, 4 terrible: "
            "the sum of seven days, or each day",
            weight=7,
            most_a_day=4,
            most_in_all=28,
        ),
        AnyOf(
            code="complications",
            name="Complications",
            prompt="Groups of complications present, each counted once",
            choices=(
                Choice("arthritis", "Arthritis or arthralgia", 20),
                Choice("eye", "Iritis or uveitis", 20),
                Choice("skin_mouth", "Skin or mouth lesions", 20),
                Choice("anal", "Anal fissure/fistula/abscess", 20),
                Choice("other_fistula", "Other fistula", 20),
                Choice("fever", "Fever above 37.8 °C", 20),
            ),
        ),
        OneOf(
            code="antidiarrhoeal",
            name="Antidiarrhoeal",
            prompt="Loperamide, diphenoxylate or an opiate for diarrhoea",
            choices=(Choice(False, "No", 0), Choice(True, "Yes", 30)),
        ),
        OneOf(
            code="mass",
            name="Abdominal mass",
            prompt="Abdominal mass on examination",
            choices=(
                Choice("none", "None", 0),
                Choice("questionable", "Questionable", 20),
                Choice("definite", "Definite", 50),
            ),
        ),
        Quantity(
            code="hct_pct",
            name="Haematocrit",
            prompt="Haematocrit in per cent, of the last 14 days",
            unit="%",
            example="40",
            lowest=Fraction(10),
            highest=Fraction(65),
            fraction_below=1,
        ),
        Quantity(
            code="weight_kg",
            name="Weight",
            prompt="Weight in kg",
            unit="kg",
            example="70",
            lowest=Fraction(20),
            highest=Fraction(350),
        ),
        Stature(
            code="stature",
            name="Height",
            prompt="Height, as 1.70 or 170 cm; or the standard weight, as 70 kg",
        ),
    ),
    bands=(Band(-10, "remission"), Band(150, "mild"), Band(220, "moderate"), Band(451, "severe")),
    scoring=CDAI_SCORING,
)
