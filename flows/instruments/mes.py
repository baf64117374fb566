"""The Mayo endoscopic subscore."""

from flows.choices import Choice, OneOf
from flows.citations import SCHROEDER_1987
from flows.questionnaire import Disease, Questionnaire

MES = Questionnaire(
    code="mes",
    version=1,
    title="Mayo endoscopic subscore",
    short="MES",
    disease=Disease.ULCERATIVE_COLITIS,
    recall="the day of the endoscopy, in the segment that looks worst",
    source=SCHROEDER_1987,
    items=(
        OneOf(
            code="mes",
            name="Endoscopy",
            prompt="Mucosa on endoscopy, where it looks worst",
            choices=(
                Choice(0, "Normal or inactive", 0),
                Choice(1, "Erythema, decreased vascular pattern, mild friability", 1),
                Choice(2, "Marked erythema, absent vascular pattern, friability, erosions", 2),
                Choice(3, "Spontaneous bleeding, ulceration", 3),
            ),
        ),
    ),
)
