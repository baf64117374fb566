"""What two reports on one chart say otherwise, as what it was → what it is, in words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from bot.contract.reading import Json
from flows.analytes import BY_CODE
from flows.days import day
from flows.history import Region
from flows.instruments import SHIPPED
from flows.protocol import baseline_items, monitoring
from flows.protocol.facts import READINGS
from flows.sentences import capitalised, shortened

NOT_SAID = "not said"
# What a reader looks for first; whatever else a report holds comes behind it.
_FIRST = ("headline", "as_of", "status", "findings", "safety", "dose", "due", "screening", "scores", "labs")
# Which versions have said it stands above, and whose chart it is.
_NOT_COMPARED = frozenset({"id", "protocol", "version"})
# The field that identifies an entry of a list: the first of these that it has.
_KNOWN_BY = ("id", "item", "instrument", "analyte", "authority", "where")
# Entries within an entry: the doses or verdicts of other authorities.
_OTHERS = "others"
_NAMES: Mapping[str, Mapping[str, str]] = {
    "due": {code: each.title for code, each in monitoring.ITEMS.items()},
    "screening": {code: each.title for code, each in baseline_items.SCREENING_ITEMS.items()},
    "scores": {each.code: each.short for each in SHIPPED},
    "labs": {code: each.title for code, each in BY_CODE.items()},
    "findings": {code: each.label for code, each in READINGS.items()}
    | {code: each.title for code, each in BY_CODE.items()}
    | {"sf_ap": "stool frequency and abdominal pain"},
    _OTHERS: {each.label.value: f"{each.value} label" for each in Region},
}
_OF = {"due": "Due, ", "screening": "Baseline, "}
# What an entry says, in one breath.
_GIST = ("level", "verdict", "state", "total", "value", "message", "why", "text")
_DISEASES = frozenset({"cd", "uc"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+")
# A sentence is said whole up to here; of a longer one what differs, with so many words around it.
_LONG, _AROUND, _LONGEST = 60, 3, 300
_short = partial(shortened, most=_LONGEST)


def differences(old: Json, new: Json) -> Iterator[str]:
    """One line each; what is the same in both is not said."""
    for part in dict.fromkeys((*_FIRST, *old, *new)):
        if part not in _NOT_COMPARED:
            yield from _compared(part, _plain(part), old.get(part), new.get(part))


def _compared(part: str, name: str, old: Any, new: Any) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _fields(name, old, new)
    elif isinstance(old, list) and isinstance(new, list) and _are_entries([*old, *new]):
        yield from _entries(part, old, new)
    elif isinstance(old, list) and isinstance(new, list) and part == "status":
        yield from (f"{name}: {before} → {now}" for before, now in _sentences(old, new))
    else:
        before, now = _cut(_said(old), _said(new))
        yield f"{name}: {before} → {now}"


def _fields(name: str, old: Json, new: Json) -> Iterator[str]:
    """Those of one entry that changed, on one line; lists of entries in it on lines of their own."""
    changed = []
    for field in dict.fromkeys((*old, *new)):
        before, now = old.get(field), new.get(field)
        if before == now:
            continue
        if _are_entries([*_listed(before), *_listed(now)]):
            yield from (f"{name}, {each}" for each in _entries(_OTHERS, _listed(before), _listed(now)))
            continue
        changed.append(" → ".join(_cut(_said(before), _said(now), f"{field.replace('_', ' ')} ")))
    if changed:
        yield f"{name}: {'; '.join(changed)}"


def _entries(part: str, old: Sequence[Json], new: Sequence[Json]) -> Iterator[str]:
    """Entries that are about the same are held against each other; of others it is told what they say."""
    before, now = _by_subject(part, old), _by_subject(part, new)
    for subject in dict.fromkeys((*before, *now)):
        then, today = before.get(subject), now.get(subject)
        name = _OF.get(part, "") + subject[0]
        if then is not None and today is not None:
            yield from _compared(part, name, then, today)
        else:
            yield f"{name}: {_gist(then)} → {_gist(today)}"


def _by_subject(part: str, entries: Iterable[Json]) -> dict[tuple[str, int], Json]:
    """By what each is about, and which of several that are about the same."""
    times: Counter[str] = Counter()
    found = {}
    for each in entries:
        name = _subject(part, each)
        times[name] += 1
        found[name, times[name]] = each
    return found


def _subject(part: str, entry: Json) -> str:
    """`Clinical remission, PMS`, `Week 12: lipids`, `CRP, 1 Jun 2026`."""
    names = _NAMES.get(part, {})
    known_by = str(next((entry[key] for key in _KNOWN_BY if key in entry), part))
    parts = [names.get(known_by, "")] if known_by in names else known_by.split(".")
    words = ", ".join(names.get(each, each.replace("_", " ")) for each in parts if each not in _DISEASES)
    dated = f", {_said(entry['on'])}" if part in ("scores", "labs") and entry.get("on") else ""
    return capitalised(words) + dated


def _gist(entry: Json | None) -> str:
    if entry is None:
        return NOT_SAID
    said = ", ".join(_said(entry[key]) for key in _GIST if entry.get(key) is not None)
    return _short(said or "said")


def _sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A sentence in another's place, as far as they can be told to belong together."""
    for kind, first, last, begin, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = list(old[first:last]), list(new[begin:end])
        for place in range(max(len(gone), len(come))):
            before = gone[place] if place < len(gone) else ""
            now = come[place] if place < len(come) else ""
            yield _cut(before, now) if before and now else (_short(before or NOT_SAID), _short(now or NOT_SAID))


def _cut(before: str, now: str, head: str = "") -> tuple[str, str]:
    """Where two sentences are long, only what differs, with a few words around it; `head` goes before the first."""
    if max(len(before), len(now)) > _LONG:
        ours, theirs = before.split(), now.split()
        shortest = min(len(ours), len(theirs))
        same = next((n for n in range(shortest) if ours[n] != theirs[n]), shortest)
        left = shortest - same
        tail = next((n for n in range(left) if ours[-1 - n] != theirs[-1 - n]), left)
        before, now = _around(ours, same, tail), _around(theirs, same, tail)
    return head + _short(before), _short(now)


def _around(said: Sequence[str], same: int, tail: int) -> str:
    """The words between those that are the `same` before and behind it, with some of these."""
    begin, end = max(0, same - _AROUND), min(len(said), len(said) - tail + _AROUND)
    dots = ("… " if begin else "", " …" if end < len(said) else "")
    return f"{dots[0]}{' '.join(said[begin:end])}{dots[1]}" if begin < end else "nothing"


def _said(value: Any) -> str:
    """A value of a report as a person reads it."""
    if value is None or value in ([], {}, ""):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        value = [f"{key.replace('_', ' ')} {_said(each)}" for key, each in value.items()]
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if _DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    return text.replace("_", " ") if _CODE.fullmatch(text) else text


def _plain(part: str) -> str:
    return part.replace("_", " ").capitalize()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _are_entries(values: Sequence[Any]) -> bool:
    return bool(values) and all(isinstance(each, dict) for each in values)
