"""What a button carries: a card's random token, and the index of what it does on that card."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flows.marked import mark

# What a button does, as the card keeps it: a verb and its arguments.
Deed = tuple[str, ...]
Labelled = tuple[str, Deed]

TICKED = "✓ "

# The deeds by which a keyboard is told from others: Cancel stands under questions and reviews, End under verdicts.
LEAVE: Deed = ("leave",)
END: Deed = ("end",)
# A quick check goes to a patient: which one, that one (a code behind it), and written there (an id behind it).
SAVE: Deed = ("save", "which", "0")
SAVES_TO: Deed = ("save", "to")
SAVED_TO: Deed = ("save", "in")
# Laboratory values follow in the next words.
LABS_TYPED: Deed = ("labs",)
# No deed of ours: Telegram copies the text that stands behind it.
COPY = "copy"
# Sends something on a card of its own.
CALENDAR = "calendar"
# Draws something, on a card of its own.
DRAWING = "drawing"
# The picture of a patient's course, on a card of its own.
TREND = "trend"
# The menu below a picture, which takes no page in its place.
MENU_BELOW = "menu_below"
# Those behind a count of the panel, on a card of its own; and a page of them, on theirs.
COUNTED, COUNTED_PAGE = "counted", "counted_page"
# A page of all patients, behind it for which command.
PATIENTS_PAGE = "patients"
# Opens what was replied to a reminder on a card of its own.
REPLIED = "replied"
# Verbs about a patient whose last argument may be typed, where a card has such a deed.
LISTENING = (REPLIED, "done_on", "remind")

_DATA = re.compile(r"([A-Za-z0-9_-]{10,40}):([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Button:
    """A label on screen; `index` is its place among the deeds of the card; one that copies has a text and no deed."""

    label: str
    index: int
    copies: str | None = None

    @property
    def words(self) -> str:
        """What a person types instead of tapping."""
        return self.label.removeprefix(TICKED).casefold()


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The buttons in their rows, and every deed that a button of this card may name.

    There are more deeds than buttons: a tick owns one for on and one for off, so that an index never
    changes its meaning while its token lives, and the second half of a double tap undoes nothing.
    """

    rows: tuple[tuple[Button, ...], ...]
    deeds: tuple[Deed, ...]

    @classmethod
    def of(cls, *rows: Sequence[Labelled], unseen: Sequence[Deed] = ()) -> "Keyboard":
        """A keyboard of labels with their deeds; `unseen` are deeds that no button shows now."""
        deeds = sorted({deed for row in rows for _, deed in row if deed[0] != COPY} | set(unseen))
        buttons = tuple(tuple(_button(label, deed, deeds) for label, deed in row) for row in rows if row)
        return cls(buttons, tuple(deeds))

    def with_row(self, row: Sequence[Labelled]) -> "Keyboard":
        """The same with one more row at its end."""
        above = [
            [(each.label, (COPY, each.copies) if each.copies else self.deeds[each.index]) for each in one]
            for one in self.rows
        ]
        return Keyboard.of(*above, row, unseen=self.deeds)

    @property
    def shows_question(self) -> bool:
        """It stands under a question, or under the review of all."""
        return LEAVE in self.deeds

    @property
    def shows_verdict(self) -> bool:
        return END in self.deeds

    @property
    def listed(self) -> str:
        """Of which count its list of patients is, or for which command: each page of one names that."""
        of = next((deed for deed in self.deeds if deed[0] in (COUNTED_PAGE, PATIENTS_PAGE)), ("", ""))
        return f"/{of[1]}" if of[0] == PATIENTS_PAGE else of[1]

    def deed(self, index: int) -> Deed | None:
        """What a button may name: not what waits for words."""
        found = self.deeds[index] if 0 <= index < len(self.deeds) else None
        return None if found is not None and _listens(found) else found

    def named(self, text: str) -> Deed | None:
        """The deed of the one button whose label a person typed."""
        words = " ".join(text.casefold().split())
        meant = {
            self.deeds[button.index]
            for row in self.rows
            for button in row
            if button.words == words and not button.copies
        }
        return meant.pop() if len(meant) == 1 else None

    def heard(self, text: str) -> Deed | None:
        """What typed words do on a card that listens to them; where it asks for a day, values are none."""
        listening = list(filter(_listens, self.deeds))
        holds_values = len(listening) > 1 and bool(mark(text).names)
        meant = sorted(listening, key=lambda deed: (deed[:2] == ("patient", REPLIED)) is not holds_values)
        return (*meant[0], text) if meant else None

    def hears(self, text: str) -> bool:
        return self.named(text) is not None or self.heard(text) is not None

    def asks_for(self, text: str) -> bool:
        """Whether typed words are what it waits for: a card of reminders takes whatever is typed, and asks for none."""
        return (heard := self.heard(text)) is not None and heard[:2] != ("patient", REPLIED)

    def takes(self, text: str) -> bool:
        """Whether typed words are meant for it: what it asks for, or values in reply."""
        return self.asks_for(text) or (self.heard(text) is not None and bool(mark(text).names))

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": [[[b.label, b.index, *([b.copies] if b.copies else [])] for b in row] for row in self.rows],
            "deeds": [list(d) for d in self.deeds],
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Keyboard":
        rows = tuple(tuple(Button(*button) for button in row) for row in stored["rows"])
        return cls(rows, tuple(tuple(deed) for deed in stored["deeds"]))


_BESIDE = (CALENDAR, REPLIED, TREND, MENU_BELOW)


def leaves_its_card(deed: Deed) -> bool:
    """Whether the card of a button stays as it is."""
    return deed[0] in (CALENDAR, COUNTED, DRAWING) or (deed[0] == "patient" and deed[1] in _BESIDE)


def _listens(deed: Deed) -> bool:
    """`("patient", verb, id, numbers)`: what is to be done with them is still to be typed; or values, or a code."""
    return deed in (SAVES_TO, LABS_TYPED) or (deed[0] == "patient" and deed[1] in LISTENING and len(deed) == 4)


def _button(label: str, deed: Deed, deeds: Sequence[Deed]) -> Button:
    return Button(label, -1, deed[1]) if deed[0] == COPY else Button(label, deeds.index(deed))


def callback_data(token: str, button: Button) -> str:
    return f"{token}:{button.index}"


def token_and_index(data: str) -> tuple[str, int] | None:
    """What a tap carries; None for anything that we never sent."""
    match = _DATA.fullmatch(data)
    return (match[1], int(match[2])) if match else None
