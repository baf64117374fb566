"""The Harvey-Bradshaw index of Crohn's disease activity."""

from flows.choices import AnyOf, Choice, OneOf
from flows.citations import HARVEY_BRADSHAW_1980
from flows.counts import Count
from flows.questionnaire import Band, Disease, Questionnaire

HBI = Questionnaire(
    code="hbi",
    version=1,
    title="Harvey-Bradshaw index",
    short="HBI",
    disease=Disease.CROHNS,
    recall="the previous day",
    source=HARVEY_BRADSHAW_1980,
    items=(
        OneOf(
            code="wellbeing",
            name="Well-being",
            prompt="General well-being yesterday",
            choices=(
                Choice(0, "Very well", 0),
                Choice(1, "Slightly below par", 1),
                Choice(2, "Poor", 2),
                Choice(3, "Very poor", 3),
                Choice(4, "Terrible", 4),
            ),
        ),
        OneOf(
            code="pain",
            name="Abdominal pain",
            prompt="Abdominal pain yesterday",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "Mild", 1),
                Choice(2, "Moderate", 2),
                Choice(3, "Severe", 3),
            ),
        ),
        # A point for each stool; the two limits are ours (CLINICAL.md 1.1, policy).
        Count(
            code="liquid_stools",
            name="Liquid stools",
            prompt="Liquid or very soft stools yesterday",
            warn_above=15,
            refuse_above=40,
        ),
        OneOf(
            code="mass",
            name="Abdominal mass",
            prompt="Abdominal mass on examination",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "Dubious", 1),
                Choice(2, "Definite", 2),
                Choice(3, "Definite and tender", 3),
            ),
        ),
        AnyOf(
            code="complications",
            name="Complications",
            prompt="Complications present",
            choices=(
                Choice("arthralgia", "Arthralgia", 1),
                Choice("uveitis", "Uveitis", 1),
                Choice("erythema_nodosum", "Erythema nodosum", 1),
                Choice("aphthous_ulcers", "Aphthous ulcers", 1),
                Choice("pyoderma_gangrenosum", "Pyoderma gangrenosum", 1),
                Choice("anal_fissure", "Anal fissure", 1),
                Choice("new_fistula", "New fistula", 1),
                Choice("abscess", "Abscess", 1),
            ),
        ),
    ),
    bands=(
        Band(0, "remission"),
        Band(5, "mild"),
        Band(8, "moderate"),
        Band(17, "severe"),
    ),
)
