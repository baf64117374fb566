"""What several forms ask in the same way."""

from fractions import Fraction

from flows.choices import Choice
from flows.measures import Quantity

YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
NO_YES = YES_NO[::-1]
# Far above any dose that is given.
_MOST_MG = 1000


def prednisolone(prompt: str) -> Quantity:
    """The dose a day, in milligrams of prednisolone."""
    return Quantity(
        code="prednisolone_mg",
        name="Prednisolone",
        prompt=prompt,
        unit="mg",
        example="20",
        lowest=Fraction(0),
        highest=Fraction(_MOST_MG),
    )
