"""How the CDAI adds up: haematocrit and weight against what is normal for the sex, one rounding. CLINICAL.md 1.2."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flows.answers import Answers
from flows.items import Item
from flows.ranges import Range, hull, total
from flows.scoring import SUM, Part, Sum

HCT_NORMAL_PCT = {"female": 42, "male": 47}
HCT_WEIGHT = 6
# No haematocrit below it is plausible (CLINICAL.md section 5).
HCT_LOWEST_PCT = 10
STANDARD_KG_PER_M2 = {"female": Fraction("20.8"), "male": Fraction("22.1")}
# Ours (D11): a haematocrit above the normal one gives no points, and the weight term ends at -10.
HCT_RULE = "floor0"
WEIGHT_FLOOR = -10
# Nobody weighs less than nothing.
WEIGHT_CEILING = 100

_NAMES = {"stools7": "stools", "pain7": "pain", "wellbeing7": "wellbeing", "hct_pct": "hct", "weight_kg": "weight"}
_WITHOUT_POINTS = ("sex", "stature")


class CdaiScoring(Sum):
    """Where the sex is not known, both are tried."""

    name = "cdai: hct floor0, weight floor -10, rounded half up once"

    def points(self, items: Sequence[Item], answers: Answers) -> dict[str, Range]:
        tried = [_points(items, answers, sex) for sex in _sexes(answers)]
        return {item.code: hull(one[item.code] for one in tried) for item in items}

    def total(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Range:
        return hull(total(_points(items, answers, sex).values()) for sex in _sexes(answers)).rounded()

    def bounds(self, items: Sequence[Item]) -> tuple[int, int]:
        others = sum(item.most for item in items if item.code not in ("hct_pct", "weight_kg"))
        deficit = (max(HCT_NORMAL_PCT.values()) - HCT_LOWEST_PCT) * HCT_WEIGHT
        return WEIGHT_FLOOR, others + deficit + WEIGHT_CEILING

    def parts(self, items: Sequence[Item], answers: Answers, points: Mapping[str, Range]) -> Mapping[str, Part]:
        shown = {_NAMES.get(code, code): each for code, each in points.items() if code not in _WITHOUT_POINTS}
        return {**shown, "hct_rule": HCT_RULE, "weight_rule": _weight_rule(answers)}


CDAI_SCORING = CdaiScoring()


def _sexes(answers: Answers) -> tuple[str, ...]:
    sex = answers.get("sex")
    return ("female", "male") if sex is None else (str(sex),)


def _points(items: Sequence[Item], answers: Answers, sex: str) -> dict[str, Range]:
    special = {"hct_pct": _haematocrit(answers, sex), "weight_kg": _weight(answers, sex)}
    return {**SUM.points(items, answers), **special}


def _haematocrit(answers: Answers, sex: str) -> Range:
    normal, found = HCT_NORMAL_PCT[sex], answers.get("hct_pct")
    if found is None:
        return Range(0, (normal - HCT_LOWEST_PCT) * HCT_WEIGHT)
    return Range.exactly(max(Fraction(0), normal - Fraction(str(found))) * HCT_WEIGHT)


def _weight(answers: Answers, sex: str) -> Range:
    weight, standard = answers.get("weight_kg"), _standard_kg(answers, sex)
    if weight is None or standard is None:
        return Range(WEIGHT_FLOOR, WEIGHT_CEILING)
    return Range.exactly(max(Fraction(WEIGHT_FLOOR), 100 * (1 - Fraction(str(weight)) / standard)))


def _standard_kg(answers: Answers, sex: str) -> Fraction | None:
    stature = answers.get("stature")
    if stature is None:
        return None
    number, unit = str(stature).split()
    return Fraction(number) if unit == "kg" else STANDARD_KG_PER_M2[sex] * Fraction(number) ** 2


def _weight_rule(answers: Answers) -> str:
    stature = str(answers.get("stature") or "")
    if stature.endswith("kg"):
        return "standard weight as given, floor -10"
    sexes = " or ".join(f"{float(STANDARD_KG_PER_M2[sex])}" for sex in _sexes(answers))
    return f"standard weight {sexes} x height², floor -10" if stature else "standard weight not known"
