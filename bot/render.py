"""How a screen looks on Telegram: HTML text and a keyboard."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import assert_never

from bot.lab_cards import checked, readings
from bot.questions import asked, of_patient
from bot.taps import END, LEAVE, SAVE, Keyboard, Labelled
from bot.verdicts import verdict_text
from bot.views import View, paged, rows
from flows.dated import Code
from flows.days import day
from flows.sampled import kept
from flows.screens import Discarded, Filed, Outcome, Question, Review, Sampled, Screen


def render(
    screen: Screen, *, note: str = "", unfolded: bool = False, whose: str = "", is_savable: bool = False
) -> View:
    """`note` is a sentence to say first; `unfolded` shows a verdict with its full reasons; `whose` is a code.

    `is_savable` offers to save a verdict to a patient.
    """
    match screen:
        case Question():
            view = asked(screen, whose)
        case Review():
            view = _review(screen, whose)
        case Outcome():
            view = View(verdict_text(screen, unfolded=unfolded), _outcome_keyboard(unfolded, is_savable))
        case Sampled():
            view = checked(screen, is_savable=is_savable, unfolded=unfolded)
        case Discarded():
            view = said(f"{screen.form.short}: discarded, nothing of it is kept.")
        case Filed():
            view = said(f"{screen.form.short}: filed.")
        case _:
            assert_never(screen)
    return View(f"{escape(note)}\n\n{view.body}", view.keyboard) if note else view


def said(text: str, keyboard: Keyboard | None = None) -> View:
    """Words of the bot itself, as they are."""
    return View(escape(text), keyboard)


def leaving(place: str, interview_id: int, then: str = "", waiting: str = "", *, passes: bool = False) -> View:
    """Ask what becomes of an open questionnaire; `then` waits for the answer, `waiting` is what it is in words."""
    number = str(interview_id)
    before = f" Before {waiting} begins: resume it, keep it for later, or discard it?" if then else ""
    if waiting.startswith("/") and " " in waiting:  # what stands behind a command is not to be lost
        before += f" After Resume, {waiting} is to be sent again."
    buttons = [
        ("Resume", ("resume", number)),
        ("Keep for later", ("keep", number, then)),
        ("Discard", ("discard", number, then)),
    ]
    colleague: list[Labelled] = [("Pass to a colleague", ("pass", number))] if passes else []
    return View(f"<b>{escape(place)}</b> is open.{escape(before)}", Keyboard.of(buttons, colleague))


def resuming(open_ones: Sequence[tuple[int, str, date]], page: int) -> View:
    """Offer the questionnaires that can be gone on with, by number and name, and the day of the last answer."""
    shown, beside = paged(
        [(name, ("resume", str(number))) for number, name in _told_apart(open_ones)], page, "resumable"
    )
    return View("Which questionnaire do you want to go on with?", Keyboard.of(*([each] for each in shown), beside))


def _told_apart(named: Sequence[tuple[int, str, date]]) -> list[tuple[int, str]]:
    """Names that stand for several of different days have theirs; those of one day are numbered: `HBI 2/5 (1)`."""
    days = {each: {on for _, name, on in named if name == each} for _, each, _ in named}
    names = [name if len(days[name]) == 1 else f"{name}, {day(on)}" for _, name, on in named]
    return [
        (number, name if names.count(name) == 1 else f"{name} ({names[: place + 1].count(name)})")
        for place, ((number, _, _), name) in enumerate(zip(named, names, strict=True))
    ]


def _review(review: Review, whose: str) -> View:
    short = escape(review.form.short)
    total = "" if review.total is None else f" · {short} {escape(str(review.total))}"
    lines = [f"{of_patient(whose)}<b>{short} · review</b>{total}"]
    lines += [f"CHECK: {escape(remark)}" for remark in review.remarks]
    lines += [f"{escape(line.item.name)}: {escape(line.answer)}" for line in review.lines]
    lines.append("Nothing counts until you confirm. Tap a line to change it.")
    change = [(line.item.name, ("reopen", line.item.code)) for line in review.lines if not isinstance(line.item, Code)]
    bottom = [("Confirm", ("confirm",)), ("Cancel", LEAVE)]
    return View("\n".join(lines), Keyboard.of(*readings(kept(review.values)), *rows(change, 2), bottom))


def _outcome_keyboard(unfolded: bool, is_savable: bool) -> Keyboard:
    why = ("Less", ("why", "off")) if unfolded else ("Why", ("why", "on"))
    save: list[Labelled] = [("Save to a patient", SAVE)] if is_savable else []
    return Keyboard.of([why, ("Discard", END)], save, unseen=(("why", "on"), ("why", "off")))
