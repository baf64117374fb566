"""The simple clinical colitis activity index."""

from flows.choices import AnyOf, Choice, OneOf
from flows.citations import WALMSLEY_1998
from flows.questionnaire import Disease, Questionnaire

SCCAI = Questionnaire(
    code="sccai",
    version=1,
    title="Simple clinical colitis activity index",
    short="SCCAI",
    disease=Disease.ULCERATIVE_COLITIS,
    recall="the last days before the visit",
    source=WALMSLEY_1998,
    items=(
        OneOf(
            code="day",
            name="Stools by day",
            prompt="Bowel frequency by day",
            choices=(
                Choice(0, "0 to 3", 0),
                Choice(1, "4 to 6", 1),
                Choice(2, "7 to 9", 2),
                Choice(3, "More than 9", 3),
            ),
        ),
        OneOf(
            code="night",
            name="Stools by night",
            prompt="Bowel frequency by night",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "1 to 3", 1),
                Choice(2, "4 or more", 2),
            ),
        ),
        OneOf(
            code="urgency",
            name="Urgency",
            prompt="Urgency of defecation",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "Hurry", 1),
                Choice(2, "Immediately", 2),
                Choice(3, "Incontinence", 3),
            ),
        ),
        OneOf(
            code="blood",
            name="Blood in stool",
            prompt="Blood in the stool",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "Trace", 1),
                Choice(2, "Occasionally frank", 2),
                Choice(3, "Usually frank", 3),
            ),
        ),
        OneOf(
            code="wellbeing",
            name="Well-being",
            prompt="General well-being",
            choices=(
                Choice(0, "Very well", 0),
                Choice(1, "Slightly below par", 1),
                Choice(2, "Poor", 2),
                Choice(3, "Very poor", 3),
                Choice(4, "Terrible", 4),
            ),
        ),
        AnyOf(
            code="complications",
            name="Outside the bowel",
            prompt="Features outside the bowel; tick every one that is present",
            choices=(
                Choice("arthritis", "Arthritis", 1),
                Choice("eye", "Uveitis", 1),
                Choice("erythema_nodosum", "Erythema nodosum", 1),
                Choice("pyoderma_gangrenosum", "Pyoderma gangrenosum", 1),
            ),
        ),
    ),
)
