"""The page on which an owner sets the units of the laboratory: a tap on an analyte is its next unit."""

from bot.render import said
from bot.taps import TICKED, Keyboard, Labelled
from bot.views import View, rows
from flows.analyte import Analyte
from flows.clinic_units import CHOICES, Chosen, after, is_set, short, unit_of, units_in_words

# What buttons of the clinic do here: to show it, to set the unit of one analyte, to set all as they stand.
SHOW, _ONE, _ALL = "units", "unit", "units_right"
DEEDS = frozenset({SHOW, _ONE, _ALL})
_ABOUT = (
    "A value without a unit is read in the unit of its analyte here; one that is typed counts as typed, and what is "
    "doubtful is asked about."
)
_TAP = "A tap on an analyte names its next unit."
_OPEN = "What has no tick is assumed, until it is set: All are right sets it as it stands."


def told(units: Chosen) -> str:
    """On the page of all settings."""
    return f"Units of the laboratory. {units_in_words(units)}" if units else "Units of the laboratory: not set."


def page(units: Chosen) -> View:
    is_whole = is_set(units)
    bottom: list[Labelled] = [] if is_whole else [("All are right", ("clinic", _ALL))]
    bottom.append(("Back", ("clinic", "show")))
    text = f"{_ABOUT} {_TAP}" if is_whole else f"{_ABOUT} {_TAP} {_OPEN}"
    return said(text, Keyboard.of(*rows([_button(units, each) for each in CHOICES], 2), bottom))


def _button(units: Chosen, analyte: Analyte) -> Labelled:
    """The button says what is so, and names what is so after the tap: twice the same tap is one."""
    now = unit_of(units, analyte)
    tick = TICKED if analyte.code in units else ""
    return f"{tick}{short(analyte)} {now}", ("clinic", _ONE, analyte.code, after(analyte, now).code)


def chosen(units: Chosen, code: str = "", unit: str = "") -> Chosen:
    """What a tap sets: one analyte, or each one that nobody has set."""
    if code:
        return {code: unit}
    return {each.code: each.unit.code for each in CHOICES if each.code not in units}
