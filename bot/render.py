"""How a screen looks on Telegram: HTML text and a keyboard. HTML is made here, in `verdicts` and in `pages`."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar, assert_never

from bot.taps import END, LEAVE, TICKED, Deed, Keyboard, Labelled
from bot.verdicts import verdict_text
from flows.items import AnyOf, Choice, Count, OneOf
from flows.screens import Discarded, Outcome, Question, Review, Screen

FINISH: Deed = ("finish",)

_A_ROW = 4
_A_PAGE = 10

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """What a card should show."""

    body: str
    keyboard: Keyboard | None = None


def render(screen: Screen, *, note: str = "", unfolded: bool = False) -> View:
    """`note` is a sentence to say first; `unfolded` shows a verdict with its full reasons."""
    match screen:
        case Question():
            view = _question(screen)
        case Review():
            view = _review(screen)
        case Outcome():
            view = View(verdict_text(screen, unfolded=unfolded), _outcome_keyboard(unfolded))
        case Discarded():
            view = said(f"{screen.questionnaire.short}: discarded, nothing of it is kept.")
        case _:
            assert_never(screen)
    return View(f"{escape(note)}\n\n{view.body}", view.keyboard) if note else view


def said(text: str, keyboard: Keyboard | None = None) -> View:
    """Words of the bot itself, as they are."""
    return View(escape(text), keyboard)


def leaving(place: str, interview_id: int, then: str = "") -> View:
    """Ask what becomes of an open questionnaire; `then` is the command that waits for the answer."""
    number = str(interview_id)
    before = f" Before /{then} begins: resume it, keep it for later, or discard it?" if then else ""
    buttons = [
        ("Resume", ("resume", number)),
        ("Keep for later", ("keep", number, then)),
        ("Discard", ("discard", number, then)),
    ]
    return View(f"<b>{escape(place)}</b> is open.{before}", Keyboard.of(buttons))


def resuming(open_ones: Sequence[tuple[int, str]], page: int) -> View:
    """Offer the questionnaires that can be gone on with, by number and name."""
    shown, beside = paged(
        [(name, ("resume", str(number))) for number, name in _told_apart(open_ones)], page, "resumable"
    )
    return View("Which questionnaire do you want to go on with?", Keyboard.of(*([each] for each in shown), beside))


def _told_apart(named: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Names that stand for several are numbered: `HBI 2/5 (1)`."""
    names = [name for _, name in named]
    return [
        (number, name if names.count(name) == 1 else f"{name} ({names[: place + 1].count(name)})")
        for place, (number, name) in enumerate(named)
    ]


def paged(entries: Sequence[T], page: int, deed: str) -> tuple[Sequence[T], list[Labelled]]:
    """The entries of one page, and the buttons that lead to the pages beside it by `deed`."""
    beside = [("Earlier", page - 1), ("More", page + 1)]
    buttons: list[Labelled] = [
        (label, (deed, str(other))) for label, other in beside if 0 <= other * _A_PAGE < len(entries)
    ]
    return entries[page * _A_PAGE : (page + 1) * _A_PAGE], buttons


def _question(question: Question) -> View:
    item, total = question.item, len(question.questionnaire.items)
    header = f"<b>{escape(question.questionnaire.short)} {question.number}/{total}</b> · so far {question.so_far}"
    certain, finish, unseen_finish = _certainty(question)
    wording, answers, unseen = _answers(question)
    bottom = [("Back", ("back", item.code)), ("Not assessed", ("skip", item.code)), ("Cancel", LEAVE)]
    return View(
        "\n".join([header, *certain, escape(item.prompt), *wording]),
        Keyboard.of(*answers, finish, bottom, unseen=[*unseen, *unseen_finish]),
    )


def _certainty(question: Question) -> tuple[list[str], list[Labelled], list[Deed]]:
    """The verdict as soon as it is certain, and the button to finish there, unless a tick would be lost."""
    if not question.certain:
        return [], [], []
    verdict = f"<b>{escape(question.certain)}</b> whatever comes next"
    if question.ticked:
        return [f"{verdict}."], [], [FINISH]
    return [f"{verdict}: go on, or finish here?"], [("Finish here", FINISH)], []


def _answers(question: Question) -> tuple[list[str], list[Sequence[Labelled]], list[Deed]]:
    """The wording of an item's choices, their buttons, and the deeds that no button shows now."""
    item = question.item
    match item:
        case OneOf():
            return _wording(item), _choices(item), []
        case Count():
            return [f"Tap the number, or type it (0 to {item.refuse_above})."], _numbers(item), []
        case AnyOf():
            none, done = ("None", ("answer", item.code, "none")), ("Done", ("done", item.code))
            rows, unseen = _ticks(item, question.ticked)
            return [], [*rows, [done if question.ticked else none]], [*unseen, none[1], done[1]]
    assert_never(item)


def _on_buttons(item: OneOf) -> bool:
    """Up to four one-word choices stand on the buttons themselves."""
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
    return _rows(buttons, _A_ROW)


def _numbers(item: Count) -> list[Sequence[Labelled]]:
    buttons = [(str(number), ("answer", item.code, str(number))) for number in range(item.warn_above + 1)]
    return _rows(buttons, _A_ROW)


def _ticks(item: AnyOf, ticked: tuple[str, ...]) -> tuple[list[Sequence[Labelled]], list[Deed]]:
    """The choices two a row, and both deeds of each: to tick it and to untick it."""

    def deed(choice: Choice, way: str) -> Deed:
        return ("tick", item.code, str(choice.code), way)

    buttons = [
        (TICKED + choice.label, deed(choice, "off")) if choice.code in ticked else (choice.label, deed(choice, "on"))
        for choice in item.choices
    ]
    return _rows(buttons, 2), [deed(choice, way) for choice in item.choices for way in ("on", "off")]


def _rows(buttons: Sequence[Labelled], length: int) -> list[Sequence[Labelled]]:
    return [buttons[start : start + length] for start in range(0, len(buttons), length)]


def _review(review: Review) -> View:
    short = escape(review.questionnaire.short)
    lines = [f"<b>{short} · review</b> · {short} {escape(str(review.total))}"]
    lines += [f"CHECK: {escape(remark)}" for remark in review.remarks]
    lines += [f"{escape(line.item.name)}: {escape(line.answer)}" for line in review.lines]
    lines.append("Nothing counts until you confirm. Tap a line to change it.")
    change = [(line.item.name, ("reopen", line.item.code)) for line in review.lines]
    bottom = [("Confirm", ("confirm",)), ("Cancel", LEAVE)]
    return View("\n".join(lines), Keyboard.of(*_rows(change, 2), bottom))


def _outcome_keyboard(unfolded: bool) -> Keyboard:
    why = ("Less", ("why", "off")) if unfolded else ("Why", ("why", "on"))
    return Keyboard.of([why, ("Discard", END)], unseen=(("why", "on"), ("why", "off")))
