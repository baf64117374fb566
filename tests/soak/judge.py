"""What must hold in the end: of each chat by the double's log, of all by the database."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from tests.botapi import BotApi
from tests.soak.databases import rows
from tests.soak.people import Person

NOT_SHOWN = "SELECT id, chat_id, attempts, dead_why FROM cards WHERE shown < revision OR dead_why IS NOT NULL"
_ARRIVALS = "SELECT update_id, outcome FROM arrivals ORDER BY update_id"
_OF_MEMBERS = "SELECT user_id, {what} FROM {table} JOIN members ON members.id = member_id ORDER BY {table}.id"


# A call has its effect a little after it was made, even if the bot is dead by then; a busy machine takes longer.
_BEGUN = 0.5


def judge_chats(everybody: list[Person], killed_at: list[float], lost: dict[int, list[float]]) -> Iterator[str]:
    """What people noticed; no message is missing, and each duplicate has its own kill or lost reply of its chat."""
    for person in everybody:
        yield from person.violations
        why = killed_at + lost[person.user_id]
        for former, at in person.repeats:
            if not any(former - _BEGUN <= each <= at for each in why):
                nearest = min(why, key=lambda each: abs(each - at), default=0.0)
                yield (
                    f"{person.user_id} was sent something again after {at - former:.2f} s, "
                    f"the nearest kill or lost reply {at - nearest:.2f} s before"
                )
        if not 0 <= person.duplicates <= len(person.repeats):
            yield f"{person.user_id}: {person.duplicates} messages too many, {len(person.repeats)} noticed"


def lost_replies(api: BotApi) -> dict[int, list[float]]:
    """By chat, when a message or an edit was shown though the bot was not told."""
    found: dict[int, list[float]] = defaultdict(list)
    for at, _, chat, outcome in api.calls():
        if outcome == "lost" and chat is not None:
            found[chat].append(at)
    return found


def judge_database(url: str, everybody: list[Person]) -> Iterator[str]:
    """Each update once, each answer as it was given, each act once in the audit, and every card shown."""
    arrived = rows(url, _ARRIVALS)
    if [number for number, _ in arrived] != sorted(number for person in everybody for number in person.updates):
        yield f"{len(arrived)} arrivals, but {sum(len(person.updates) for person in everybody)} updates"
    outcomes = Counter(outcome for _, outcome in arrived)
    if outcomes["failed"] or outcomes["refused"] != sum(person.refused for person in everybody):
        yield f"arrivals: {outcomes}, to be refused: {sum(person.refused for person in everybody)}"
    stored, audited = _of_members(url, "answers", "interviews"), _of_members(url, "verb", "audit")
    stages = _of_members(url, "stage", "interviews")
    for person in everybody:
        yield from _differs(person, "stored", [each.stored for each in person.given], stored[person.user_id])
        yield from _differs(person, "completed", ["completed"] * len(person.given), stages[person.user_id])
        yield from _differs(person, "audited", person.verbs, audited[person.user_id])
    yield from (f"not shown: {tuple(row)}" for row in rows(url, NOT_SHOWN))


def _of_members(url: str, what: str, table: str) -> dict[int, list[Any]]:
    """A column by person, oldest row first; PostgreSQL's driver reads JSON, SQLite's does not."""
    found: dict[int, list[Any]] = defaultdict(list)
    for user_id, value in rows(url, _OF_MEMBERS.format(what=what, table=table)):
        found[user_id].append(json.loads(value) if isinstance(value, str) and value[:1] == "[" else value)
    return found


def _differs(person: Person, what: str, expected: list[Any], found: list[Any]) -> Iterator[str]:
    if expected != found:
        first = next((i for i, pair in enumerate(zip(expected, found, strict=False)) if pair[0] != pair[1]), -1)
        yield (
            f"{person.user_id} has {len(found)} {what}, expected {len(expected)}; "
            f"from {first}: {found[first:][:5]}, expected {expected[first:][:5]}"
        )
