"""Random answers for each instrument, crowded around the thresholds of CLINICAL.md 1 and 2."""

from random import Random

from .cdai import GROUPS, MASS
from .ordinals import COMPLICATIONS, UP_TO
from .ses_cd import ABSENT, SEGMENTS, VARIABLES

# Totals at and beside every threshold and band.
NEAR = {
    "hbi": (0, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 12, 16, 17, 30),
    "partial_mayo": (0, 1, 2, 2, 2, 3, 3, 4, 5, 7, 9),
    "mayo": (0, 1, 2, 3, 4, 5, 6, 10, 11, 12),
    "mes": (0, 1, 1, 2, 3),
    "ses_cd": (0, 1, 2, 3, 4, 4, 4, 5, 6, 7, 8, 10, 12, 15, 16, 25, 40, 56),
    "cdai": (
        -5,
        40,
        90,
        99,
        100,
        101,
        149,
        150,
        150,
        151,
        199,
        200,
        219,
        220,
        249,
        250,
        251,
        350,
        450,
        451,
    ),
    "sccai": (0, 1, 2, 5, 12, 19),
    "uceis": (0, 1, 2, 4, 5, 6, 7, 8),
    "pro2_cd": (0, 1, 5, 6, 8, 8, 9, 11, 12, 14, 15, 20, 21, 22, 40),
}


def random_answers(rng: Random, instrument: str, total: int | None = None) -> dict:
    """Answers that add up to `total` before some of them are forgotten."""
    wanted = random_total(rng, instrument) if total is None else total
    return MAKERS.get(instrument, ordinal_answers)(rng, instrument, wanted)


def random_total(rng: Random, instrument: str) -> int:
    return rng.choice(NEAR[instrument])


def spread_over(rng: Random, highest: dict[str, int], total: int) -> dict[str, int]:
    """`total` points dealt one by one to items that still have room."""
    dealt = dict.fromkeys(highest, 0)
    for _ in range(min(total, sum(highest.values()))):
        room = [item for item in highest if dealt[item] < highest[item]]
        dealt[rng.choice(room)] += 1
    return dealt


def forget(rng: Random, answers: dict, chance: float = 0.12) -> dict:
    """Now and then one or two items are not assessed: null, or left out."""
    for _ in range(2):
        if answers and rng.random() < chance:
            item = rng.choice(list(answers))
            if rng.random() < 0.5:
                answers[item] = None
            else:
                del answers[item]
    return answers


def as_typed(rng: Random, number: float) -> object:
    """DESIGN.md 5: JSON numbers or strings."""
    return str(number) if rng.random() < 0.05 else number


def ordinal_answers(rng: Random, instrument: str, total: int) -> dict:
    highest = dict(UP_TO[instrument])
    if instrument in COMPLICATIONS:
        highest["complications"] = len(COMPLICATIONS[instrument])
    answers: dict = spread_over(rng, highest, total)
    if instrument in COMPLICATIONS:
        present = answers.pop("complications")
        answers["complications"] = rng.sample(COMPLICATIONS[instrument], present)
    typed = {item: value if item == "complications" else as_typed(rng, value) for item, value in answers.items()}
    return forget(rng, typed)


def pro2_answers(rng: Random, instrument: str, total: int) -> dict:
    sf = rng.choice((0, 0.14, 1.5, 1.57, 2.0, 2.8, 2.86, 3, 4, 5.43, 7))
    ap = rng.choice((0, 0.43, 0.9, 1, 1.0, 1.14, 2, 3))
    return forget(rng, {"sf_avg": as_typed(rng, sf), "ap_avg": as_typed(rng, ap)})


def cdai_answers(rng: Random, instrument: str, total: int) -> dict:
    """Diary, complications and the rest below `total`; the weight carries it there."""
    answers: dict = {
        "pain7": rng.choice((0, 5, 7, 14, 21)),
        "wellbeing7": rng.choice((0, 1, 7, 14, 28)),
        "complications": rng.sample(GROUPS, rng.choice((0, 0, 1, 2, 6))),
        "antidiarrhoeal": rng.random() < 0.3,
        "mass": rng.choice(list(MASS)),
        "hct_pct": rng.choice((30, 36.9, 41.5, 42, 42.5, 46.9, 47, 50)),
    }
    if total < 250 and rng.random() < 0.9:
        answers |= {
            "pain7": rng.choice((0, 1, 3)),
            "wellbeing7": rng.choice((0, 1, 3)),
            "mass": "none",
        }
        answers |= {"complications": [], "antidiarrhoeal": total > 100, "hct_pct": 47}
    if rng.random() < 0.2:
        answers["wellbeing7"] = diary(rng, 4)
    if rng.random() < 0.2:
        answers["pain7"] = diary(rng, 3)
    rest = total - points_without_weight(answers)
    answers["stools7"] = max(0, rest - rng.randint(-9, 20)) // 2
    if answers["stools7"] in (99, 999) or answers["stools7"] > 300:
        answers["stools7"] = 98
    answers |= weight(rng, rest - 2 * answers["stools7"])
    if rng.random() < 0.1:
        answers["stools7"] = diary(rng, 9)
    return forget(rng, answers)


def points_without_weight(answers: dict) -> int:
    """Roughly, for a man; diaries with gaps are taken as they add up."""
    pain, wellbeing = (
        sum(day or 0 for day in answers[item]) if isinstance(answers[item], list) else answers[item]
        for item in ("pain7", "wellbeing7")
    )
    points = 5 * pain + 7 * wellbeing + 20 * len(answers["complications"]) + 30 * answers["antidiarrhoeal"]
    return int(points + 10 * MASS[answers["mass"]] + 6 * max(0, 47 - answers["hct_pct"]))


def diary(rng: Random, highest: int) -> list[int | None]:
    kept = rng.choice((0, 3, 3, 4, 5, 6, 7, 7))
    days = [rng.randint(0, highest) for _ in range(kept)] + [None] * (7 - kept)
    rng.shuffle(days)
    return days


def weight(rng: Random, term: int) -> dict:
    """With a standard weight of 100, 1 kg below it is 1 point; half points and a hundredth beside them."""
    if rng.random() < 0.15:
        return {"weight_kg": rng.choice((45, 61.5, 80)), "height_m": rng.choice((1.5, 1.68, 1.9))}
    kilos = 100 - max(-40, min(60, term)) + rng.choice((0, 0, 0.5, 0.49, 0.51, -0.5, -0.49, -0.51))
    return {"weight_kg": as_typed(rng, round(kilos, 2)), "standard_weight_kg": 100}


def ses_answers(rng: Random, instrument: str, total: int) -> dict:
    places = {(segment, variable): rng.choice((1, 2, 3, 3)) for segment in SEGMENTS for variable in VARIABLES}
    limits = rng.choice((places, dict.fromkeys(places, 1), dict.fromkeys(places, 3)))
    limits = {place: min(top, 2) if place[1] == "narrowing" else top for place, top in limits.items()}
    dealt = spread_over(rng, limits, total)
    answers: dict = {segment: {variable: dealt[segment, variable] for variable in VARIABLES} for segment in SEGMENTS}
    if rng.random() < 0.15:
        answers[rng.choice(SEGMENTS)]["narrowing"] = 3
    for segment in rng.sample(SEGMENTS, rng.choice((0, 0, 0, 0, 1, 2))):
        answers[segment] = None
    for segment in rng.sample(SEGMENTS, rng.choice((0, 0, 0, 0, 0, 1))):
        if answers[segment] is not None:
            answers[segment] = forget(rng, answers[segment], 0.6)
    if rng.random() < 0.05:
        del answers[rng.choice(SEGMENTS)]
    return answers


def remove_segments(answers: dict, segments: list[str]) -> None:
    for segment in segments:
        answers[segment] = ABSENT


MAKERS = {"cdai": cdai_answers, "ses_cd": ses_answers, "pro2_cd": pro2_answers}
