"""How somebody on the line corrects what was recorded wrongly of a patient."""

import json
import re

from store.observations import Hand
from tests.enrolled import CODE


async def say(line, *steps):
    """Commands begin with a slash and days end in a year; everything else is a button."""
    for each in steps:
        await (line.says(each) if each[0] == "/" or each[-4:].isdigit() else line.taps(each))


async def wrong(line, what, reason, *steps, code=CODE):
    """Say what of a patient is wrong and why, by how the list names it; then go on."""
    await say(line, f"/p {code}", "Correct")
    while not (found := re.search(rf"#(\d+) {what}", line.last.text)):
        await line.taps("Older")
    await say(line, f"#{found[1]}", reason, *steps)


async def recorded(office, patient, entry, *facts):
    """Facts that are in the record as one entry, though the chat would not take them."""
    hand = Hand(member_id=1, now=office.clock.now)
    await office.ledger.take(lambda work: work.observations.file(patient, entry, facts, hand))


def told(office, *columns, kind):
    """What was ever written of a kind, in its order: the columns as text."""
    named = ", ".join(f'"{each}"' for each in columns)
    rows = office.rows(f"SELECT {named} FROM observations WHERE kind = '{kind}' ORDER BY id")
    return [tuple(map(_as_text, row)) for row in rows]


def steps(office):
    """The course as it stands, by day."""
    rows = office.rows(
        'SELECT id, code, "on", value, replaces_id FROM observations WHERE kind = \'course\' ORDER BY "on", id'
    )
    replaced = {row.replaces_id for row in rows}
    return [(row[1], str(row[2])) for row in rows if row[0] not in replaced and row[3] not in (None, "null")]


def _as_text(each):
    """SQLite gives JSON as it lies there, PostgreSQL what it means."""
    return each if each is None else json.dumps(each) if isinstance(each, dict) else str(each)
