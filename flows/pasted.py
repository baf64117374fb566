"""Values in one message: `crp 12 fcp 850`, or a report of the laboratory, pasted whole.

What is not understood exactly is named, never guessed; a name with an unknown word before it is not that name.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from itertools import pairwise

from flows.analyte import Analyte
from flows.days import day
from flows.entry import Entry, has_some_unit, read_entry
from flows.leads import is_elsewhere, is_harmless, is_of_other_analytes, is_other_sample, leads_to_screening
from flows.marked import BY_NAME, DAY_MARK, NAME_MARK, PRIVATE_USE, SCREENED_MARK, SHARE_SIGN, Marked, mark
from flows.neighbours import is_of_others, other_in
from flows.sampling import DAY, UNTOLD_DAY, read_day
from flows.serology import apart
from flows.units import PERCENT

NO_VALUE = "no value that can be read whole"
OTHER_UNIT = "a unit that is not listed"
STRANGE_NAME = "not certain what is meant"
TWICE = "two values of one analyte"
SEVERAL_DAYS = "several days in one line: a line for each, or each value with its day behind it"
UNCERTAIN_DAY = "a day that is none or can be two, so no value of it is taken; send it as 24 May 2027"
SHARE = "the absolute count stands beside it"
NO_ANALYTE = "no analyte of this list"
TOO_LONG = "too long for one message"
AWAITED = "a result that is awaited"
STOOL_TEST = "a test for an infection of the stool"
SEROLOGY = "what is screened for"

# Far more than a message of Telegram holds, and few enough for one mark each.
LONGEST_MESSAGE = 10_000

_CUT = re.compile(rf"[;|]|\band\b|,(?=\s|[\ue000-\uefff]|$)|\.\s+(?=[A-Z{SCREENED_MARK}])")
# Two spaces part columns as well as many do; one may part thousands.
_WIDE_GAP = re.compile(r"\s{3,}")
_GOES_ON = re.compile(r"\s*(?:[0-9<>≤≥(\[]|ref|normal|uln|HH?\b|LL?\b)", re.IGNORECASE)
_ENDS_IN_DAY = re.compile(rf"(?:{DAY_MARK.pattern})[\s.)]*$")
_SAYS_COUNT = re.compile(r"#|\babs", re.IGNORECASE)
_WORD_OF_AWAITED = r"(?:awaiting|awaited|pending|ausstehend)\)?[\s,.]*"
# Nothing else may be said of the name before it: `not yet awaiting`.
_AWAITED = re.compile(
    rf"{NAME_MARK.pattern}[\s(:=,-]*(?:(?:is|are|still|results?)\s+)*{_WORD_OF_AWAITED}", re.IGNORECASE
)
# Said of the name before it, whatever else is: it makes nothing strange of what follows.
_ENDS_IN_AWAITED = re.compile(rf"(?<!\w){_WORD_OF_AWAITED}$", re.IGNORECASE)
_TO_A_DAY = re.compile(
    rf"\b(?:(?:sampled|drawn|taken|collected|dated)(?:\s+(?:on|at))?|on|from|of|am|vom)\s+(?={DAY.pattern})", DAY.flags
)
_ANY_MARK = re.compile("[\ue000-\uf7ff]")
# A day, not in brackets, and the name of what was sampled on it.
_BEFORE_VALUES = re.compile("\\s*[\uf000-\uf7ff]\\s*:?\\s*[\ue000-\uefff]")
_COLUMNS = re.compile(r"([^;]+);([^;]+);([^;]*);([^;]*);?([^;]*)")

Days = set[date | None]


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece of the message that gives no value, and why; `on` is a day that is understood if a value has it."""

    text: str
    why: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What a message holds, in its order."""

    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...]


def named_in(text: str) -> list[Analyte]:
    """The analytes that a piece names."""
    line = mark(text)
    return [found for each in NAME_MARK.findall(line.text) if (found := line.analyte(each))]


def awaited_in(piece: Unread) -> list[Analyte]:
    """The analyte of a piece that says no more than that its result is awaited."""
    return named_in(piece.text) if piece.why == AWAITED else []


def read_block(text: str) -> Block:
    """Every value with a name that stands there, and everything else by name."""
    if len(text) > LONGEST_MESSAGE:
        return Block((), (Unread("", TOO_LONG),))
    lines, screened = _without_serology(PRIVATE_USE.sub("?", unescape(text)).splitlines())
    found: list[Entry | Unread] = [*screened]
    heading: Days = set()
    is_other = is_of_no_day = False
    for padded in (part for each in lines for part in _by_day(each)):
        raw = _WIDE_GAP.sub("  ", padded)
        whole = raw.replace(SCREENED_MARK, " ").strip()
        no_days = [Unread(each[0], UNCERTAIN_DAY) for each in DAY.finditer(raw) if read_day(each) is None]
        no_days += [Unread(each[0], UNCERTAIN_DAY) for each in UNTOLD_DAY.finditer(raw)]
        found.extend(no_days)
        line = mark(_as_words(raw))
        found.extend([Unread(whole, STOOL_TEST)] if line.holds_stool_test else [])
        if line.names and no_days:  # else it would count as one of another day
            found.append(Unread(whole, UNCERTAIN_DAY))
        elif line.names and is_other:
            found.append(Unread(whole, STRANGE_NAME))
        elif line.names:
            found.extend(_line(line, heading))
        elif re.search(r"\w", raw):
            is_other = is_other_sample(raw) or (is_other and other_in(raw) is not None)
            heading = set() if no_days else set(line.days) or heading
            is_of_no_day = is_of_no_day or bool(no_days)
            found.extend([] if line.days else [Unread(whole, NO_ANALYTE)])
    return _block([_of_no_day(each) for each in found] if is_of_no_day else found)


def _without_serology(lines: Iterable[str]) -> tuple[list[str], list[Unread]]:
    """The lines without it, and without the words that lead to a day; and each piece of it."""
    parted = [apart(_TO_A_DAY.sub("", line), has_values=bool(mark(line).names)) for line in lines]
    return [rest for rest, _ in parted], [Unread(each, SEROLOGY) for _, pieces in parted for each in pieces]


def _of_no_day(each: Entry | Unread) -> Entry | Unread:
    """A value without a day of its own, in a message with a day that is not understood: it may be of that."""
    return Unread(each.written, UNCERTAIN_DAY) if isinstance(each, Entry) and each.on is None else each


def _by_day(line: str) -> list[str]:
    """A line cut before each of its days, where all stand before values that are all understood; else it is one."""
    marked = mark(line)
    first = _ANY_MARK.search(marked.text)
    is_led = bool(first and DAY_MARK.fullmatch(first[0]))
    if not (is_led and _is_of_several_days(marked) and None not in marked.days):
        return [line]
    if not all(_BEFORE_VALUES.match(marked.text, found.start()) for found in DAY_MARK.finditer(marked.text)):
        return [line]
    starts = [found.start() for found in DAY.finditer(line)]
    parts = [line[start:end] for start, end in pairwise([0, *starts[1:], len(line)])]
    found = [each for part in parts for each in _line(mark(_WIDE_GAP.sub("  ", part)), set())]
    return parts if all(isinstance(each, Entry) for each in found) else [line]


def _is_of_several_days(line: Marked) -> bool:
    return len(set(line.days)) > 1


def _leaves_days_open(line: Marked) -> bool:
    """Several days, and not one behind each value."""
    led, *pieces = re.split(f"(?={NAME_MARK.pattern})", line.text)
    is_each = not DAY_MARK.search(led) and all(map(DAY_MARK.search, pieces))
    return _is_of_several_days(line) and not is_each


def _as_words(line: str) -> str:
    """A line of `name;value;unit;low;high` as it would be written without columns."""
    columns = _COLUMNS.fullmatch(line.strip())
    if columns is None or columns[1].strip().casefold() not in BY_NAME:
        return line
    name, value, unit, low, high = (column.strip() for column in columns.groups())
    reference = f"({low} - {high})" if low and high else f"(<= {high})" if high else f"(>= {low})" if low else ""
    return f"{name} {value} {unit} {reference}"


def _line(line: Marked, days: Days) -> Iterator[Entry | Unread]:
    """Each name with what follows it; a name is strange after words, or values, that are not understood."""
    if _leaves_days_open(line):
        yield from _unread(line, line.text, SEVERAL_DAYS)
        return
    days = _at_the_end(line) or days
    is_strange = is_other = False
    for part, is_behind in _parts(line.text):
        before, *pieces = re.split(f"(?={NAME_MARK.pattern})", part)
        days = line.days_in(before) or days
        is_other = is_elsewhere(before, already=is_other)
        is_plain = is_harmless(before) if pieces else leads_to_screening(before)
        if not is_harmless(before) or before.strip().endswith(":") or not pieces:
            yield from _unread(line, before, NO_ANALYTE)
        is_strange = is_other or (is_behind and is_strange) or not (is_plain or is_of_other_analytes(before))
        for piece, analyte in [(each, known) for each in pieces if (known := line.analyte(each))]:
            if is_strange:
                yield from _unread(line, piece, STRANGE_NAME)
            else:
                found, is_strange = _read(line, piece, analyte, days)
                yield from found


def _at_the_end(line: Marked) -> Days:
    """The one day of a line that stands at its end is of all its values."""
    return set(line.days) if len(line.days) == 1 and _ENDS_IN_DAY.search(line.text) else set()


def _read(line: Marked, piece: str, analyte: Analyte, days: Days) -> tuple[list[Entry | Unread], bool]:
    """What a piece holds, and whether what follows it is strange."""
    if entry := _entry(line, piece, analyte, days):
        return [entry], False
    at = other_in(piece)
    is_sure = at is not None and (_at_the_end(line) or not DAY_MARK.search(piece, at))
    if is_sure and (entry := _entry(line, piece[:at], analyte, days)):
        return [entry, *_unread(line, piece[at:], NO_ANALYTE)], not is_of_others(DAY_MARK.sub(" ", piece[at:]))
    if _AWAITED.fullmatch(DAY_MARK.sub(" ", piece)):
        return _awaited(line, piece, days)
    is_whole = has_some_unit(_value(piece))
    why = f"{OTHER_UNIT}: {analyte.offer.rstrip('.')}" if is_whole else NO_VALUE
    return [*_unread(line, piece, why)], not (is_whole or _ENDS_IN_AWAITED.search(DAY_MARK.sub(" ", piece)))


def _awaited(line: Marked, piece: str, days: Days) -> tuple[list[Entry | Unread], bool]:
    """That it is, and the day beside it; with a day that may be that of a value behind it, neither is certain."""
    if DAY_MARK.search(piece) and not _at_the_end(line):
        return [*_unread(line, piece, STRANGE_NAME)], True
    beside = [Unread(day(on), f"{day(on)} beside what is awaited", on) for on in days if on]
    return [*_unread(line, piece, AWAITED), *beside], False


def _entry(line: Marked, piece: str, analyte: Analyte, days: Days) -> Entry | Unread | None:
    entry = read_entry(analyte, line.written(piece), _value(piece))
    days = line.days_in(piece) or days
    if entry and len(days) > 1:
        return Unread(entry.written, SEVERAL_DAYS)
    return entry and _as_named(replace(entry, on=next(iter(days), None)), line.name(piece))


def _value(piece: str) -> str:
    return DAY_MARK.sub(" ", piece[1:]).rstrip(" \t,;.")


def _as_named(entry: Entry, name: str) -> Entry | None:
    """The entry, unless its name says that it is the share of the leukocytes, or the count, and it is the other."""
    if SHARE_SIGN in name:
        return replace(entry, unit=PERCENT) if entry.unit in {None, PERCENT} else None
    return None if entry.is_share and _SAYS_COUNT.search(name) else entry


def _unread(line: Marked, piece: str, why: str) -> Iterator[Unread]:
    if re.search(r"\w", written := line.written(piece)):
        yield Unread(written, why)


def _parts(marked: str) -> list[tuple[str, bool]]:
    """Cut at separators, and at what is screened for; and whether a part stands behind that.

    A part without a name that goes on with the value before it stays with it.
    """
    parts: list[tuple[str, bool]] = []
    for clause in _CUT.split(marked):
        for at, part in enumerate(clause.split(SCREENED_MARK)):
            if parts and not NAME_MARK.search(part) and NAME_MARK.search(parts[-1][0]) and _GOES_ON.match(part):
                parts[-1] = (f"{parts[-1][0]},{part}", parts[-1][1])
            elif at == 0 or part.strip():
                parts.append((part, at > 0))
    return parts


def _block(found: list[Entry | Unread]) -> Block:
    entries = [each for each in found if isinstance(each, Entry)]
    counted = {(each.analyte.code, each.on) for each in entries if not each.is_share}
    times = Counter((each.analyte.code, each.on, each.is_share) for each in entries)

    def settled(each: Entry | Unread) -> Entry | Unread:
        if isinstance(each, Unread):
            return each
        if each.is_share and (each.analyte.code, each.on) in counted:
            return Unread(each.written, SHARE)
        return Unread(each.written, TWICE) if times[each.analyte.code, each.on, each.is_share] > 1 else each

    days = {each.on for each in entries}
    pieces = [settled(each) for each in found if isinstance(each, Entry) or each.on is None or each.on not in days]
    return Block(
        tuple(each for each in pieces if isinstance(each, Entry)),
        tuple(each for each in pieces if isinstance(each, Unread)),
    )
