"""The list of what is due, out of which a patient was opened on a card: one tap leads back to its page."""

from collections.abc import Sequence
from dataclasses import replace

from bot.reminders.cards import DIGEST, OPENED, listed_in, lists_patients
from bot.taps import Deed, Keyboard, Labelled
from bot.views import View
from store.cards import Card

_BACK = "Back to the list"
# What keeps the way back, beside all that is done about reminders: the schedule of the patient.
SCHEDULE = "due"


def list_behind(card: Card, verb: str = "", rest: Sequence[str] = ()) -> Deed | None:
    """The page of a list that a patient is opened out of, or was before; of a digest all whom it told of."""
    if verb == OPENED and rest:
        return ("due", *rest)
    keyboard = Keyboard.from_json(card.actions) if card.actions else None
    if keyboard is not None and (listed := listed_in(keyboard)):
        others = [deed[1] for deed in keyboard.deeds if deed[0] == "due"]
        return ("due", DIGEST + ",".join([*map(str, listed), *others]), "0")
    if keyboard is None or lists_patients(keyboard):
        return None
    return next((deed for deed in keyboard.deeds if deed[0] == "due"), None)


def with_way_back(view: View, behind: Deed | None) -> View:
    """With the button that leads there, below all others."""
    if behind is None or view.keyboard is None:
        return view
    way: Labelled = (_BACK, behind)
    return replace(view, keyboard=view.keyboard.with_row([way]))
