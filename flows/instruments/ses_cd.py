"""The simple endoscopic score for Crohn's disease: four variables in each of five segments.

After an ileocaecal resection the neo-terminal ileum is scored as ileum; only the colon that was removed is absent.
"""

from flows.choices import Choice
from flows.citations import DAPERNO_2004
from flows.instruments.ses_cd_scoring import SES_CD_SCORING
from flows.questionnaire import Band, Disease, Questionnaire
from flows.segments import Segment, Variable

_VARIABLES = (
    Variable(
        code="ulcer_size",
        name="Ulcer size",
        short="Ulcer",
        choices=(
            Choice(0, "None", 0),
            Choice(1, "Aphthous, 0.1-0.5 cm", 1),
            Choice(2, "Large, 0.5-2 cm", 2),
            Choice(3, "Very large, above 2 cm", 3),
        ),
    ),
    Variable(
        code="ulcerated_surface",
        name="Ulcerated surface",
        short="Ulcerated",
        choices=(
            Choice(0, "None", 0),
            Choice(1, "Below 10 %", 1),
            Choice(2, "10-30 %", 2),
            Choice(3, "Above 30 %", 3),
        ),
    ),
    Variable(
        code="affected_surface",
        name="Affected surface",
        short="Affected",
        choices=(
            Choice(0, "None", 0),
            Choice(1, "Below 50 %", 1),
            Choice(2, "50-75 %", 2),
            Choice(3, "Above 75 %", 3),
        ),
    ),
    Variable(
        code="narrowing",
        name="Narrowing",
        short="Narrow",
        choices=(
            Choice(0, "None", 0),
            Choice(1, "Single, can be passed", 1),
            Choice(2, "Multiple, can be passed", 2),
            Choice(3, "Cannot be passed", 3),
        ),
    ),
)


def _segment(code: str, name: str, prompt: str) -> Segment:
    return Segment(code=code, name=name, prompt=prompt, variables=_VARIABLES)


SES_CD = Questionnaire(
    code="ses_cd",
    version=1,
    title="Simple endoscopic score for Crohn's disease",
    short="SES-CD",
    disease=Disease.CROHNS,
    recall="the day of the endoscopy",
    source=DAPERNO_2004,
    # From the ileum down; the first is the farthest from where the endoscope begins.
    items=(
        _segment("ileum", "Ileum", "Ileum (after an ileocaecal resection the neo-terminal ileum)"),
        _segment("right_colon", "Right colon", "Right colon"),
        _segment("transverse", "Transverse colon", "Transverse colon"),
        _segment("left_colon", "Left colon", "Left colon with the sigmoid"),
        _segment("rectum", "Rectum", "Rectum"),
    ),
    bands=(Band(0, "inactive"), Band(3, "mild"), Band(7, "moderate"), Band(16, "severe")),
    scoring=SES_CD_SCORING,
)
