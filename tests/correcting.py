"""How somebody on the line corrects what was recorded wrongly of a patient."""

import json
import re

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


def told(office, *columns, kind):
    """What was ever written of a kind, in its order: the columns as text."""
    named = ", ".join(f'"{each}"' for each in columns)
    rows = office.rows(f"SELECT {named} FROM observations WHERE kind = '{kind}' ORDER BY id")
    return [tuple(map(_as_text, row)) for row in rows]


def _as_text(each):
    """SQLite gives JSON as it lies there, PostgreSQL what it means."""
    return each if each is None else json.dumps(each) if isinstance(each, dict) else str(each)
