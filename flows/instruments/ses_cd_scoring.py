"""How the SES-CD adds up: "cannot be passed" occurs once, a removed segment is left out. CLINICAL.md 1.5."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from flows.answers import Answers, Value
from flows.errors import InvalidAnswer
from flows.items import Item
from flows.ranges import Range, largest, total
from flows.scoring import Part, Sum
from flows.segments import ABSENT, IMPASSABLE, NARROWING, Segment, graded


class SesCdScoring(Sum):
    name = "ses_cd: cannot be passed once"

    def total(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Range:
        return total(_sums(items, answers).values())

    def bounds(self, items: Sequence[Item]) -> tuple[int, int]:
        highest = self.total(items, {}, {}).highest
        assert isinstance(highest, int)
        return 0, highest

    def parts(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Mapping[str, Part]:
        reached = [item.code for item in items if _is_reached(answers.get(item.code))]
        missing = tuple(item.code for item in items if item.code not in reached and answers.get(item.code) != ABSENT)
        return {**_sums(items, answers), "explored": len(reached), "missing": missing}

    def remarks(self, items: Sequence[Item], answers: Answers) -> list[str]:
        """Beyond a narrowing that cannot be passed nothing can be seen; a normal finding there is asked about."""
        impassable = [place for place, item in enumerate(items) if _is_impassable(item, answers)]
        if not impassable:
            return []
        place = impassable[0]
        beyond = [item.name.lower() for item in items[:place] if _is_reached(answers.get(item.code))]
        if not beyond:
            return []
        return [f"{items[place].name} cannot be passed: was what lies beyond reached, {', '.join(beyond)}?"]

    def check(self, items: Sequence[Item], answers: Answers) -> None:
        impassable = [item for item in items if _is_impassable(item, answers)]
        if len(impassable) > 1:
            names = " and ".join(item.name.lower() for item in impassable)
            raise InvalidAnswer(impassable[-1].code, f"Narrowing that cannot be passed occurs once, not in {names}.")
        if all(answers.get(item.code) == ABSENT for item in items):
            raise InvalidAnswer(items[-1].code, "With every segment removed there is no SES-CD.")


SES_CD_SCORING = SesCdScoring()


def sum_of_variable(items: Sequence[Item], answers: Answers, variable: str) -> Range:
    """One variable over all segments."""
    return _sums(items, answers)[variable]


def _sums(items: Sequence[Item], answers: Answers) -> dict[str, Range]:
    segments = _segments(items)
    by_variable = zip(*[each.grades(answers.get(each.code)) for each in segments], strict=True)
    variables = zip(segments[0].places, by_variable, strict=True)
    return {code: _sum(code, "".join(grades)) for code, grades in variables}


@lru_cache(maxsize=1024)
def _sum(variable: str, grades: str) -> Range:
    """Of all segments: lowest and highest still possible; narrowing 3 once."""
    found = graded(grades)
    if variable != NARROWING:
        return found
    assert found.highest is not None
    most_at_once = 0 if str(IMPASSABLE) in grades else 1
    return Range(found.lowest, found.highest - max(0, grades.count("-") - most_at_once))


def highest_grade(items: Sequence[Item], answers: Answers) -> Range:
    """The worst variable of any segment."""
    grades = {grade for each in _segments(items) for grade in each.grades(answers.get(each.code))}
    return largest(map(graded, grades))


def removed(answers: Answers) -> dict[str, Value]:
    """The segments that surgery has taken."""
    return {code: ABSENT for code, value in answers.items() if value == ABSENT}


def _segments(items: Sequence[Item]) -> list[Segment]:
    return [item for item in items if isinstance(item, Segment)]


def _is_reached(value: Value | None) -> bool:
    """Anything of it was assessed."""
    return value not in (None, ABSENT) and bool(str(value).strip("-"))


def _is_impassable(item: Item, answers: Answers) -> bool:
    if not isinstance(item, Segment):
        return False
    return item.grades(answers.get(item.code))[item.places[NARROWING]] == str(IMPASSABLE)
