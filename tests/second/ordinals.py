"""HBI, the Mayo family, UCEIS, SCCAI: sums of small items, bounded by writing out every completion."""

from collections.abc import Iterator
from itertools import product

from .amounts import Invalid, whole

# CLINICAL.md 1.1: stools unbounded above, more than 40 rejected.
STOOLS_REJECTED_ABOVE = 40
# Stands for "any number at all" when the stool count is unknown (DESIGN.md 5: highest is null then).
BOUNDLESS = 10**6

UP_TO = {
    # CLINICAL.md 1.1
    "hbi": {"wellbeing": 4, "pain": 3, "liquid_stools": STOOLS_REJECTED_ABOVE, "mass": 3},
    # CLINICAL.md 1.4
    "partial_mayo": {"sf": 3, "rb": 3, "pga": 3},
    "mayo": {"sf": 3, "rb": 3, "pga": 3, "mes": 3},
    "mes": {"mes": 3},
    # CLINICAL.md 1.6
    "uceis": {"vascular": 2, "bleeding": 3, "erosions": 3},
    # CLINICAL.md 1.7
    "sccai": {"day": 3, "night": 2, "urgency": 3, "blood": 3, "wellbeing": 4},
}
COMPLICATIONS = {
    "hbi": (
        "arthralgia",
        "uveitis",
        "erythema_nodosum",
        "aphthous_ulcers",
        "pyoderma_gangrenosum",
        "anal_fissure",
        "new_fistula",
        "abscess",
    ),
    "sccai": ("arthritis", "eye", "erythema_nodosum", "pyoderma_gangrenosum"),
}
# DESIGN.md 5: a full Mayo also gives these (CLINICAL.md 1.4).
MAYO_PARTS = {"partial_mayo": ("sf", "rb", "pga"), "adapted_mayo": ("sf", "rb", "mes")}
# CLINICAL.md 1.4: "UC PRO2 remission: RB 0 and SF <= 1" asks for these two, in a partial or a full Mayo.
UC_PRO2 = ("sf", "rb")


def read(instrument: str, answers: dict) -> dict[str, int | None]:
    """Item -> points, None where not assessed. Complications become one item: their number."""
    points: dict[str, int | None] = {}
    for item, highest in UP_TO[instrument].items():
        raw = answers.get(item)
        points[item] = None if raw is None else whole(raw, 0, highest)
    if instrument in COMPLICATIONS:
        points["complications"] = count_of(answers.get("complications"), COMPLICATIONS[instrument])
    return points


def count_of(raw: object, known: tuple[str, ...]) -> int | None:
    if raw is None:
        return None
    if not isinstance(raw, list) or any(one not in known for one in raw):
        raise Invalid(f"complications {raw!r}")
    return len(set(raw))


def completions(instrument: str, points: dict[str, int | None]) -> Iterator[dict[str, int]]:
    """D5: every full set of items that agrees with what is known."""
    choices = [[value] if value is not None else possible(instrument, item) for item, value in points.items()]
    for combination in product(*choices):
        yield dict(zip(points, combination, strict=True))


def adding_up(instrument: str, total: int) -> list[dict[str, int]]:
    """D5 of a total without its items: every full set of items that adds up to it."""
    unknown: dict[str, int | None] = dict.fromkeys(UP_TO[instrument])
    return [one for one in completions(instrument, unknown) if sum(one.values()) == total]


def possible(instrument: str, item: str) -> list[int]:
    if item == "complications":
        return list(range(len(COMPLICATIONS[instrument]) + 1))
    values = list(range(UP_TO[instrument][item] + 1))
    return [*values, BOUNDLESS] if item == "liquid_stools" else values


def bounds(instrument: str, points: dict, items: tuple[str, ...] = ()) -> tuple[int, int | None]:
    """Lowest and highest total still possible, of all items or of these; highest None: no upper bound."""
    chosen = {item: points[item] for item in items or points}
    totals = [sum(one.values()) for one in completions(instrument, chosen)]
    return min(totals), (None if max(totals) >= BOUNDLESS else max(totals))
