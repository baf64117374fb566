"""The two items that patients report in Crohn's disease, averages of seven days, weighted as in the CDAI."""

from fractions import Fraction

from flows.citations import PRO2_WEIGHTS
from flows.measures import Quantity
from flows.questionnaire import Disease, Questionnaire

PRO2_CD = Questionnaire(
    code="pro2_cd",
    version=1,
    title="PRO2 of Crohn's disease, weighted",
    short="PRO2",
    disease=Disease.CROHNS,
    recall="the average of seven days",
    source=PRO2_WEIGHTS,
    items=(
        # 40 a day is refused, as in the HBI (policy).
        Quantity(
            code="sf_avg",
            name="Stool frequency",
            prompt="Liquid or very soft stools a day, the average of seven days",
            unit="",
            example="2.4",
            lowest=Fraction(0),
            highest=Fraction(40),
            weight=2,
            is_endless=True,
        ),
        Quantity(
            code="ap_avg",
            name="Abdominal pain",
            prompt="Abdominal pain, 0 none to 3 severe, the average of seven days",
            unit="",
            example="0.6",
            lowest=Fraction(0),
            highest=Fraction(3),
            weight=5,
        ),
    ),
)
