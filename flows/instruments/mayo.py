"""The full Mayo score of ulcerative colitis: the partial one and the endoscopy."""

from flows.citations import SCHROEDER_1987
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.questionnaire import Band, Disease, Questionnaire

MAYO = Questionnaire(
    code="mayo",
    version=1,
    title="Mayo score",
    short="Mayo",
    disease=Disease.ULCERATIVE_COLITIS,
    recall=f"{PARTIAL_MAYO.recall}; the endoscopy of that visit",
    source=SCHROEDER_1987,
    items=(*PARTIAL_MAYO.items, *MES.items),
    bands=(Band(0, "remission"), Band(3, "mild"), Band(6, "moderate"), Band(11, "severe")),
    # Both run from 0 to 9: never to be compared with each other (CLINICAL.md section 0).
    subtotals=(("partial_mayo", ("sf", "rb", "pga")), ("adapted_mayo", ("sf", "rb", "mes"))),
)
