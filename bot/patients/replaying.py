"""What an old verdict is beside what its inputs amount to now: by which version each is said, and what is different."""

import json
from collections.abc import Sequence
from datetime import date

from bot.contract.examined import as_json, examined_from
from bot.contract.reading import Json
from bot.patients.differences import differences
from bot.words import VERSION
from flows.days import day
from flows.protocol import PROTOCOL_VERSION
from store.verdicts import StoredVerdict

# What said a verdict, as it is kept with it.
CORE_VERSION = f"{VERSION} {PROTOCOL_VERSION}"
# A message holds 4,096 characters; the first lines and the last one have room beside these.
_MOST_LINES, _MOST_CHARACTERS = 20, 3200


def replayed(code: str, verdict: StoredVerdict, said_on: date, today: date) -> str:
    """`said_on` is the clinic's day of the verdict."""
    old = json.loads(verdict.report)
    new: Json = json.loads(as_json(examined_from(verdict.inputs, today).written()))
    different = list(differences(old, new))
    same = ["Now, from the same inputs: identical, word for word."]
    other = [f"Now, from the same inputs: {new['headline']}", "Different, then → now:", *_bounded(different)]
    lines = [
        f"{code} · verdict {verdict.id} · {day(said_on)}, {_by(verdict.core_version)}",
        f"Then: {old['headline']}",
        *(other if different else same),
    ]
    return "\n".join(lines)


def _by(core_version: str) -> str:
    """By which version it was said, and is now."""
    then, now = _version(core_version), _version(CORE_VERSION)
    return f"said and replayed by {now}" if then == now else f"said by {then}, replayed by {now}"


def _version(core_version: str) -> str:
    version, _, protocol = core_version.partition(" ")
    return f"Quiesce {version}, protocol {protocol}"


def _bounded(lines: Sequence[str]) -> list[str]:
    """As many as a message holds, and how many more there are."""
    shown: list[str] = []
    for line in lines[:_MOST_LINES]:
        if sum(map(len, shown)) + len(line) > _MOST_CHARACTERS:
            break
        shown.append(line)
    more = len(lines) - len(shown)
    return [*shown, *([f"and {more} more."] if more else [])]
