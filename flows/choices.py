"""Items that are answered by choosing: one of a few, or any number of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.answers import Value
from flows.errors import InvalidAnswer
from flows.ranges import Range

_OF_CODES = (int, str)
NONE_WORDS = frozenset({"0", "none", "no"})
# Words that say nothing about a choice, and so never pick one.
_FILLERS = frozenset({"a", "and", "for", "in", "of", "or", "than", "the", "this", "to"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list: its domain code, its validated wording, its points; none where nothing is scored."""

    code: int | str
    label: str
    points: int = 0

    @property
    def text(self) -> str:
        """As the choices are listed: `1 = Mild`, or the words alone where the code is a word."""
        return f"{self.code} = {self.label}" if type(self.code) is int else self.label

    @property
    def numbered(self) -> str:
        """As people repeat it: `1 Mild`."""
        return f"{self.code} {self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """Exactly one of a few choices; `most` is the highest score that an acceptable answer can give."""

    code: str
    name: str
    prompt: str
    choices: tuple[Choice, ...]
    most: int = field(init=False, repr=False, compare=False)
    bounds: Range = field(init=False, repr=False, compare=False)
    _points: Mapping[Value, Range] = field(init=False, repr=False, compare=False)
    _codes: Mapping[Value, Value] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Asked for with every score of every chart."""
        points = {choice.code: Range.exactly(choice.points) for choice in self.choices}
        object.__setattr__(self, "_points", points)
        object.__setattr__(self, "_codes", {code: code for code in points})
        object.__setattr__(self, "most", max(choice.points for choice in self.choices))
        object.__setattr__(self, "bounds", Range(min(choice.points for choice in self.choices), self.most))

    def parse(self, raw: str) -> Value:
        """Read what a person typed: a code, a wording, or words that fit one choice only."""
        if (found := _choice(self.choices, raw)) is None:
            raise InvalidAnswer(self.code, _offer(self.name, self.choices))
        return found.code

    def accept(self, value: object) -> Value:
        """Check a value that claims to be a domain code; 1 is no True."""
        code = self._codes.get(value) if isinstance(value, _OF_CODES) else None
        if type(code) is type(value) and code is not None:
            return code
        raise InvalidAnswer(self.code, _offer(self.name, self.choices))

    def points(self, value: Value) -> Range:
        return self._points[value]

    def describe(self, value: Value) -> str:
        return self._chosen(value).text

    def _chosen(self, value: Value) -> Choice:
        return next(choice for choice in self.choices if choice.code == value)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Any number of choices, each counted once; none of them is an answer too."""

    code: str
    name: str
    prompt: str
    choices: tuple[Choice, ...]
    _points: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Asked for with every score of every chart."""
        object.__setattr__(self, "_points", {str(choice.code): choice.points for choice in self.choices})

    def parse(self, raw: str) -> Value:
        """Read `none`, or names separated by commas, each as OneOf reads one."""
        if raw.strip().casefold() in NONE_WORDS:
            return ()
        found = [_choice(self.choices, name) for name in self._names(raw)]
        if None in found:
            raise InvalidAnswer(self.code, _offer(self.name, self.choices, "or several with commas between"))
        return self.accept([each.code for each in found if each])

    def _names(self, raw: str) -> list[str]:
        """What commas part, but for those within a wording."""
        for label in (choice.label for choice in self.choices if "," in choice.label):
            raw = re.sub(re.escape(label), label.replace(",", " "), raw, flags=re.IGNORECASE)
        return raw.split(",")

    def accept(self, value: object) -> Value:
        """Check a list of codes; the result keeps the order of the definition."""
        if not isinstance(value, list | tuple):
            raise InvalidAnswer(self.code, f"{_offer(self.name, self.choices)} Give a list; an empty one means none.")
        if any(not isinstance(each, str) or each not in self._points for each in value):
            raise InvalidAnswer(self.code, _offer(self.name, self.choices))
        if len(set(value)) < len(value):
            raise InvalidAnswer(self.code, f"{self.name}: the same one is named twice.")
        return tuple([code for code in self._points if code in value])

    @property
    def ticks(self) -> tuple[str, ...]:
        return tuple(str(choice.code) for choice in self.choices)

    def with_tick(self, ticked: tuple[str, ...], tick: str, on: bool) -> tuple[str, ...]:
        others = tuple(each for each in ticked if each != tick)
        return (*others, tick) if on else others

    def as_ticks(self, value: Value | None) -> tuple[str, ...]:
        """What was answered, as it is ticked."""
        return value if isinstance(value, tuple) else ()

    def points(self, value: Value) -> Range:
        assert isinstance(value, tuple)
        return Range.exactly(sum([points for code, points in self._points.items() if code in value]))

    @property
    def bounds(self) -> Range:
        return Range(0, self.most)

    @property
    def most(self) -> int:
        return sum(choice.points for choice in self.choices)

    def describe(self, value: Value) -> str:
        return ", ".join(_within_a_sentence(choice.label) for choice in self._chosen(value)) or "none"

    def _chosen(self, value: Value) -> list[Choice]:
        assert isinstance(value, tuple)
        return [choice for choice in self.choices if choice.code in value]


def _within_a_sentence(label: str) -> str:
    """With a small letter, unless it is a name in capitals."""
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def _choice(choices: tuple[Choice, ...], raw: str) -> Choice | None:
    """The one choice that `raw` names; digits name codes, doses, or a wording as it begins: no number is guessed."""
    said = _folded(raw)
    for choice in choices:
        if said in map(_folded, (str(choice.code), choice.label, choice.text, choice.numbered, *_of_dose(choice))):
            return choice
    fitting = [choice for choice in choices if ":" in choice.label and said == _folded(choice.label.partition(":")[0])]
    if not fitting and set(said.split()) - _FILLERS and not any(character.isdigit() for character in said):
        fitting = [choice for choice in choices if f" {said} " in f" {_folded(choice.label)} "]
    return fitting[0] if len(fitting) == 1 else None


def _of_dose(choice: Choice) -> tuple[str, ...]:
    """How a dose is typed, besides as it stands: `30` and `30mg` for `30 mg`."""
    number, _, unit = choice.label.partition(" ")
    return (number, f"{number}{unit}") if unit == "mg" and number.isdecimal() else ()


def _folded(text: str) -> str:
    """Words without case, commas and the width of their gaps."""
    return " ".join(text.casefold().replace(",", " ").split())


def _offer(name: str, choices: Iterable[Choice], *more: str) -> str:
    """A sentence that names each choice; with commas in one of them they are parted otherwise."""
    listed = [choice.text for choice in choices]
    mark = "; " if any("," in each for each in listed) else ", "
    return f"{name}: choose one of {mark.join([*listed, *more])}."
