"""The partial Mayo score (PMS) of ulcerative colitis activity, without endoscopy.

No severity bands: published ones contradict each other (CLINICAL.md 1.4).
"""

from flows.choices import Choice, OneOf
from flows.citations import SCHROEDER_1987
from flows.questionnaire import Disease, Questionnaire

PARTIAL_MAYO = Questionnaire(
    code="partial_mayo",
    version=1,
    title="Partial Mayo score",
    short="PMS",
    disease=Disease.ULCERATIVE_COLITIS,
    recall="the last days before the visit",
    source=SCHROEDER_1987,
    items=(
        OneOf(
            code="sf",
            name="Stool frequency",
            prompt="Stool frequency, against what is normal for this patient",
            choices=(
                Choice(0, "Normal for this patient", 0),
                Choice(1, "1-2 more than normal", 1),
                Choice(2, "3-4 more than normal", 2),
                Choice(3, "5 or more above normal", 3),
            ),
        ),
        OneOf(
            code="rb",
            name="Bleeding",
            prompt="Rectal bleeding",
            choices=(
                Choice(0, "None", 0),
                Choice(1, "Streaks, less than half the time", 1),
                Choice(2, "Obvious blood most of the time", 2),
                Choice(3, "Blood alone", 3),
            ),
        ),
        OneOf(
            code="pga",
            name="Global assessment",
            prompt="Physician's global assessment",
            choices=(
                Choice(0, "Normal", 0),
                Choice(1, "Mild", 1),
                Choice(2, "Moderate", 2),
                Choice(3, "Severe", 3),
            ),
        ),
    ),
)
