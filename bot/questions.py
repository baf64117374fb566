"""How a question looks: its wording, the buttons that answer it, and the verdict where that is certain already."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import assert_never

from bot.taps import LEAVE, TICKED, Deed, Keyboard, Labelled
from bot.views import View, rows
from flows.choices import AnyOf, Choice, OneOf
from flows.counts import Count, Diary
from flows.dated import AWAITING, Code, Day, Samples
from flows.days import day
from flows.measures import Quantity, Stature
from flows.ranges import written
from flows.screens import Question
from flows.segments import Segment, Variable

FINISH: Deed = ("finish",)

_A_ROW = 4
_WORDS_A_ROW = 2
_SHORT_LABEL = 13

# Labels of days; typed, they are of the day on which they come (DECISIONS.md, record 121).
TODAY, YESTERDAY = "Today", "Yesterday"


def asked(question: Question, whose: str = "") -> View:
    """`whose` is the code of the patient whom it is about, if it is about one."""
    item = question.item
    place = f"{question.form.short} {question.number}/{question.of}"
    so_far = "" if question.so_far is None else f" · so far {written(question.so_far)}"
    certain, finish, unseen_finish = _certainty(question)
    wording, answers, unseen = _answers(question)
    unknown = "Not reached" if isinstance(item, Segment) else question.form.unknown
    skip: list[Labelled] = [] if item.code in question.form.needed else [(unknown, ("skip", item.code))]
    bottom = [("Back", ("back", item.code)), *skip, ("Cancel", LEAVE)]
    said = [escape(item.prompt), *([escape(question.known)] if question.known else []), *wording]
    return View(
        "\n".join([f"{of_patient(whose)}<b>{escape(place)}</b>{so_far}", *certain, *said]),
        Keyboard.of(*answers, finish, bottom, unseen=[*unseen, *unseen_finish]),
    )


def covered(words: str) -> str:
    """A clinician's own words, as nobody knows what stands in them: a tap uncovers them."""
    return f"<tg-spoiler>{escape(words)}</tg-spoiler>"


def of_patient(whose: str) -> str:
    """What stands before the title of everything that is about a patient."""
    return f"<code>{escape(whose)}</code> · " if whose else ""


def _certainty(question: Question) -> tuple[list[str], list[Labelled], list[Deed]]:
    """The verdict as soon as it is certain, and the button to finish there, unless a tick would be lost."""
    if not question.certain:
        return [], [], []
    verdict = f"<b>{escape(question.certain)}</b> whatever comes next"
    if question.ticked:
        return [f"{verdict}."], [], [FINISH]
    return [f"{verdict}: go on, or finish here?"], [("Finish here", FINISH)], []


Shown = tuple[list[str], list[Sequence[Labelled]], list[Deed]]


def _answers(question: Question) -> Shown:
    """The wording of an item's choices, their buttons, and the deeds that no button shows now."""
    item = question.item
    match item:
        case OneOf():
            return _wording(item), _choices(item), []
        case Count():
            return [f"Tap the number, or type it (0 to {item.refuse_above})."], _numbers(item), []
        case AnyOf():
            none, done = ("None", ("answer", item.code, "none")), ("Done", ("done", item.code))
            ticks, unseen = _ticks(item, question.ticked)
            return [], [*ticks, [done if question.ticked else none]], [*unseen, none[1], done[1]]
        case Segment():
            return _grades_wording(item), *_grades(item, question.ticked)
        case _:
            return _typed(item, question)


def _typed(item: Diary | Quantity | Stature | Day | Samples | Code, question: Question) -> Shown:
    """Items that are typed, but for a few answers that stand on buttons."""
    match item:
        case Diary():
            return ["Type the sum, or the seven days as 3,3,2,-,1,0,0; a dash for a day not kept."], [], []
        case Quantity() | Stature():
            return [f"Type it, for example {item.example}."], [], []
        case Day():
            hint = f"Today means {day(question.today)}. Tap the day, or type it as 24.5.2027 or 24 May 2027."
            return [hint], _days(item, question), []
        case Samples():
            none, awaiting = (
                ("None", ("answer", item.code, "none")),
                ("Awaiting result", ("answer", item.code, AWAITING)),
            )
            return [escape(question.units)] if question.units else [], [[none, awaiting]], []
        case Code():
            return ["Type it."], [], []
    assert_never(item)


def _days(item: Day, question: Question) -> list[Sequence[Labelled]]:
    """Today and yesterday, by the day that the question names; and what the record offers, where it is another."""
    named = {question.today: TODAY, question.today - timedelta(days=1): YESTERDAY}
    if question.offered is not None and item.offers is not None:
        offered = date.fromisoformat(question.offered)
        named.setdefault(offered, f"{item.offers[0]}, {day(offered)}")
    return [[(label, ("answer", item.code, when.isoformat())) for when, label in named.items()]]


def _on_buttons(item: OneOf) -> bool:
    """Up to four one-word choices stand on the buttons themselves, and so do all that have no number."""
    if all(isinstance(choice.code, str) and not choice.code.isdigit() for choice in item.choices):
        return True
    return len(item.choices) <= _A_ROW and all(" " not in choice.label for choice in item.choices)


def _wording(item: OneOf) -> list[str]:
    if _on_buttons(item):
        return []
    return [f"<b>{escape(str(choice.code))}</b>  {escape(choice.label)}" for choice in item.choices]


def _choices(item: OneOf) -> list[Sequence[Labelled]]:
    words = _on_buttons(item)
    buttons = [
        (choice.label if words else str(choice.code), ("answer", item.code, str(choice.code)))
        for choice in item.choices
    ]
    is_short = all(len(label) <= _SHORT_LABEL for label, _ in buttons)
    return rows(buttons, _A_ROW if is_short else _WORDS_A_ROW)


def _numbers(item: Count) -> list[Sequence[Labelled]]:
    buttons = [(str(number), ("answer", item.code, str(number))) for number in range(item.warn_above + 1)]
    return rows(buttons, _A_ROW)


def _ticks(item: AnyOf, ticked: tuple[str, ...]) -> tuple[list[Sequence[Labelled]], list[Deed]]:
    """The choices two a row, and both deeds of each: to tick it and to untick it."""

    def deed(choice: Choice, way: str) -> Deed:
        return ("tick", item.code, str(choice.code), way)

    buttons = [
        (TICKED + choice.label, deed(choice, "off")) if choice.code in ticked else (choice.label, deed(choice, "on"))
        for choice in item.choices
    ]
    return rows(buttons, _WORDS_A_ROW), [deed(choice, way) for choice in item.choices for way in ("on", "off")]


def _grades_wording(item: Segment) -> list[str]:
    return [
        f"<b>{escape(each.short)}</b>  "
        + "  ".join(f"<b>{choice.code}</b> {escape(choice.label.lower())}" for choice in each.choices)
        for each in item.variables
    ]


def _grades(item: Segment, ticked: tuple[str, ...]) -> tuple[list[Sequence[Labelled]], list[Deed]]:
    """A row for each variable, a whole segment in one tap while nothing is ticked, and every deed of them."""
    done = ("Done", ("done", item.code))
    whole = [("Normal", ("answer", item.code, "normal")), ("Removed", ("answer", item.code, "removed"))]
    grid = [[_grade(item, each, choice, ticked) for choice in each.choices] for each in item.variables]
    unseen: list[Deed] = [("tick", item.code, tick, way) for tick in item.ticks for way in ("on", "off")]
    unseen += [done[1], *(deed for _, deed in whole)]
    return [*grid, [done] if ticked else whole], unseen


def _grade(item: Segment, variable: Variable, choice: Choice, ticked: tuple[str, ...]) -> Labelled:
    tick, label = f"{variable.code}:{choice.code}", f"{variable.short} {choice.code}"
    if tick in ticked:
        return TICKED + label, ("tick", item.code, tick, "off")
    return label, ("tick", item.code, tick, "on")
