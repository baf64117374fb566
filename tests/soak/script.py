"""What a person means to do: whole HBI conversations, tapped, typed, in one line, with a question for help between.

What the bot has to show is worked out here by sums, not by the code that it tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

WELLBEING = ("Very well", "Slightly below par", "Poor", "Very poor", "Terrible")
PAIN = ("None", "Mild", "Moderate", "Severe")
MASS = ("None", "Dubious", "Definite", "Definite and tender")
COMPLICATIONS = {
    "arthralgia": "Arthralgia",
    "uveitis": "Uveitis",
    "erythema_nodosum": "Erythema nodosum",
    "aphthous_ulcers": "Aphthous ulcers",
    "pyoderma_gangrenosum": "Pyoderma gangrenosum",
    "anal_fissure": "Anal fissure",
    "new_fistula": "New fistula",
    "abscess": "Abscess",
}
HELP = "/hbi: Crohn's"

IN_ONE_LINE = 0.1
TYPED = 0.3
HELPED = 0.04
TWICE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One act, and how the screen begins that answers it, what else it holds and which button it has to have.

    `verbs` are what the audit holds of it; `aside` begins a message that comes before the screen; `twice` is a tap in a
    hurry, whose second half has no effect.
    """

    what: str
    screen: str
    verbs: tuple[str, ...]
    types: bool = False
    holds: str = ""
    button: str = ""
    aside: str = ""
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """One HBI, as it has to stand in the database in the end."""

    wellbeing: int
    pain: int
    liquid_stools: int
    mass: int
    complications: tuple[str, ...]

    @classmethod
    def drawn(cls, dice: Random) -> "Answers":
        some = dice.sample(list(COMPLICATIONS), dice.choice((0, 0, 1, 2, 3)))
        stools = dice.choice((dice.randint(0, 3), dice.randint(0, 15), dice.randint(0, 40)))
        in_order = tuple(code for code in COMPLICATIONS if code in some)
        return cls(dice.randint(0, 4), dice.randint(0, 3), stools, dice.randint(0, 3), in_order)

    @property
    def points(self) -> tuple[int, ...]:
        return self.wellbeing, self.pain, self.liquid_stools, self.mass, len(self.complications)

    @property
    def verdict(self) -> str:
        total = sum(self.points)
        return f"{'REMISSION' if total < 5 else 'NOT IN REMISSION'} · HBI {total} (remission < 5)"

    @property
    def items(self) -> str:
        return f"items {'+'.join(map(str, self.points))} ·"

    @property
    def stored(self) -> list[list[object]]:
        names = ("wellbeing", "pain", "liquid_stools", "mass")
        return [*map(list, zip(names, self.points, strict=False)), ["complications", list(self.complications)]]


def steps(answers: Answers, dice: Random) -> list[Step]:
    """One way to give these answers."""
    if dice.random() < IN_ONE_LINE:
        line = f"/hbi {' '.join(map(str, answers.points[:4]))} {','.join(answers.complications) or '0'}"
        return [Step(what=line, types=True, verbs=("hbi", "open"), screen=answers.verdict, holds=answers.items)]
    return list(_with_asides(_item_by_item(answers, dice), dice))


def _item_by_item(answers: Answers, dice: Random) -> Iterator[Step]:
    points = answers.points
    yield Step(what="/hbi", types=True, verbs=("hbi",), screen="HBI 1/5 · so far 0")
    words = (WELLBEING[points[0]], PAIN[points[1]], str(points[2]), MASS[points[3]])
    buttons = (str(points[0]), PAIN[points[1]], str(points[2]), str(points[3]))
    for number, (typed, tapped) in enumerate(zip(words, buttons, strict=True), 1):
        screen = f"HBI {number + 1}/5 · so far {sum(points[:number])}"
        if dice.random() < TYPED or (number == 3 and points[2] > 15):
            yield Step(what=dice.choice((typed, typed.lower(), tapped)), types=True, verbs=("answer",), screen=screen)
        else:
            yield Step(what=tapped, verbs=("answer",), screen=screen, twice=dice.random() < TWICE)
    yield from _complications(answers, dice)
    if dice.random() < TYPED:
        yield Step(what="confirm", types=True, verbs=("confirm",), screen=answers.verdict, holds=answers.items)
    else:
        twice = dice.random() < TWICE
        yield Step(what="Confirm", verbs=("confirm",), screen=answers.verdict, holds=answers.items, twice=twice)


def _complications(answers: Answers, dice: Random) -> Iterator[Step]:
    review, labels = (
        f"HBI · review · HBI {sum(answers.points)}",
        [COMPLICATIONS[each] for each in answers.complications],
    )
    if dice.random() < TYPED:
        yield Step(what=", ".join(labels) or "none", types=True, verbs=("answer",), screen=review)
    elif not labels:
        yield Step(what="None", verbs=("answer",), screen=review)
    else:
        question = f"HBI 5/5 · so far {sum(answers.points[:4])}"
        for label in dice.sample(labels, len(labels)):
            yield Step(what=label, verbs=("tick",), screen=question, button=f"✓ {label}")
        yield Step(what="Done", verbs=("done",), screen=review)


def _with_asides(plan: Iterator[Step], dice: Random) -> Iterator[Step]:
    for step in plan:
        yield step
        if "confirm" not in step.verbs and dice.random() < HELPED:
            yield replace(step, what="/help", types=True, verbs=("help",), aside=HELP, twice=False)
