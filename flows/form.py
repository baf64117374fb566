"""A form as data: its items in order, and which of them are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.answers import Answers, Value
from flows.counts import Count, Diary
from flows.dated import Samples
from flows.errors import DefinitionError, InvalidAnswer
from flows.items import Item
from flows.segments import Segment

# Before the code of a list, in what is given: what of it stands, with which it is ticked when it is asked.
STANDS = "stands_"
Remarked = Count | Diary | Segment | Samples


@dataclass(frozen=True, slots=True)
class AskedIf:
    """`item` is asked once `other`, before it or given, has one of `values` as its answer, or among its answers.

    None among them is what has no answer.
    """

    item: str
    other: str
    values: tuple[Value | None, ...]

    def holds(self, answers: Answers) -> bool:
        given = answers.get(self.other)
        if isinstance(given, tuple):
            return not set(given).isdisjoint(self.values)
        return given in self.values


@dataclass(frozen=True, slots=True)
class AskedIfSame:
    """`item` is asked once the answer to `other` is the one `given`."""

    item: str
    other: str
    given: str

    def holds(self, answers: Answers) -> bool:
        return answers.get(self.other) is not None and answers.get(self.other) == answers.get(self.given)


@dataclass(frozen=True, slots=True)
class AskedAfter:
    """`item` is asked once the day of `other` lies after that of `given`."""

    item: str
    other: str
    given: str

    def holds(self, answers: Answers) -> bool:
        day, last = answers.get(self.other), answers.get(self.given)
        return day is not None and last is not None and str(day) > str(last)


Condition = AskedIf | AskedIfSame | AskedAfter


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A shipped version never changes; a correction of wording is a new version.

    `instruments` are those that it holds, whose own checks it keeps; `unknown` is what stands on the button that
    leaves an item without an answer; those `needed` have no such button. `given` are answers that no item asks for:
    the record gives them. `remarked` are the items of which an answer may be unusual.
    """

    code: str
    version: int
    title: str
    short: str
    items: tuple[Item, ...]
    conditions: tuple[Condition, ...] = field(default=(), repr=False)
    unknown: str = field(default="Not assessed", repr=False)
    needed: tuple[str, ...] = field(default=(), repr=False)
    given: tuple[str, ...] = field(default=(), repr=False)
    instruments: tuple["Form", ...] = field(default=(), repr=False)
    codes: tuple[str, ...] = field(init=False, repr=False)
    by_code: Mapping[str, Item] = field(init=False, repr=False, compare=False)
    remarked: tuple[Remarked, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", tuple(item.code for item in self.items))
        object.__setattr__(self, "by_code", {item.code: item for item in self.items})
        object.__setattr__(self, "remarked", tuple(item for item in self.items if isinstance(item, Remarked)))
        if not self.codes or len(set(self.codes)) < len(self.codes):
            raise DefinitionError(f"{self.code}: items are missing or named twice")
        for each in self.conditions:
            if each.other not in (*self.given, *self.codes[: self.codes.index(each.item)]):
                raise DefinitionError(f"{self.code}: {each.item} depends on what is not asked before it")

    def item(self, code: str) -> Item:
        return self.by_code[code]

    def asked(self, answers: Answers) -> tuple[Item, ...]:
        """The items that answers leave to be asked, answered ones included; a condition of a hidden item is none."""
        if not self.conditions:
            return self.items
        shown: dict[str, Value | None] = {code: answers.get(code) for code in self.given}
        found = []
        for item in self.items:
            if all(each.holds(shown) for each in self.conditions if each.item == item.code):
                found.append(item)
                shown[item.code] = answers.get(item.code)
        return tuple(found)

    def remarks(self, answers: Answers) -> list[str]:
        """What is unusual about answers that stand."""
        alone = [
            remark
            for item in self.remarked
            if (value := answers.get(item.code)) is not None and (remark := item.remark(value))
        ]
        if not self.instruments:
            return alone
        together = [
            remark for instrument, answered in self._answered(answers) for remark in instrument.remarks(answered)
        ]
        return [*alone, *[each for each in together if each not in alone]]

    def check(self, answers: Answers) -> None:
        """Refuse what cannot be left open, and answers that cannot be true together: InvalidAnswer."""
        for code in self.needed:
            if answers.get(code, "") is None:
                raise InvalidAnswer(code, f"{self.item(code).name} cannot be left open here.")
        for instrument, answered in self._answered(answers):
            instrument.check(answered)

    def _answered(self, answers: Answers) -> list[tuple["Form", Answers]]:
        """Each instrument with its answers, as far as they are asked."""
        if not self.instruments:
            return []
        asked = {item.code for item in self.asked(answers)}
        return [
            (part, {code: answers[code] for code in part.codes if code in answers and code in asked})
            for part in self.instruments
        ]

    def missing(self, answers: Answers) -> tuple[str, ...]:
        """Codes of the items without an answer."""
        return tuple([code for code in self.codes if answers.get(code) is None])
