"""On the telephone nobody examines an abdomen: the last mass is offered with its day, and an unknown one is no zero."""

import json
import re

import pytest

from tests.conversation import labels

CODE = "CD-0042-I"
SCORED = """doctor: /settings
doctor: [Confirm: our organisation approved it]
doctor: /new CD-0042
doctor: [Crohn's]"""


@pytest.fixture
async def crohns(chat):
    """The doctor, with one patient with Crohn's disease since 9 March."""
    await chat.replay(SCORED)
    while "Confirm" not in labels(chat.last):
        if "Yes" in labels(chat.last) and "started" in chat.last.text:
            await chat.taps("Yes")
            await chat.says("9.3.2026")
        else:
            await chat.taps("Later")
    await chat.taps("Confirm")
    return chat


async def visit(line, how, mass=None):
    """A visit with an HBI of 0+1+3 and what is said of the mass; the card."""
    await line.says(f"/visit {CODE}")
    await line.taps(how)
    for label in ("0", "Mild"):
        await line.taps(label)
    await line.says("3")
    if mass:
        await line.taps(mass)
    for label in ("None", "No", "Unchanged", "None", "Not assessed"):
        await line.taps(label)
    await line.taps("Confirm")
    return line.last.text


def masses(office):
    rows = office.rows("SELECT value FROM observations WHERE code = 'hbi' ORDER BY id")
    return [
        json.loads(row[0])["answers"]["mass"] if isinstance(row[0], str) else row[0]["answers"]["mass"] for row in rows
    ]


async def test_without_an_earlier_mass_none_is_offered_and_the_score_is_a_range(crohns, office):
    card = await visit(crohns, "Telephone")

    assert not any("not examined on the telephone" in line for line in crohns.transcript)
    assert card.startswith("UNDECIDED · HBI 4 to 7")
    assert masses(office) == [None]


async def test_the_last_mass_is_offered_with_its_day_and_taken_over_by_a_tap(crohns, office, clock):
    await visit(crohns, "Seen", mass="0")
    clock.passes(days=10)
    crohns.transcript.clear()
    card = await visit(crohns, "Telephone", mass="As it was then")
    script = "\n".join(crohns.transcript)

    assert script.count("Abdominal mass on 1 Jun 2026: 0 = none.") == 2
    assert "[As it was then]\n        [Back] [Not assessed] [Cancel]" in script
    assert card.startswith("REMISSION · HBI 4 (remission < 5)")
    assert "INFO: mass as on 1 Jun 2026, not examined since." in card
    assert masses(office)[1] == masses(office)[0]


async def test_a_mass_that_is_not_taken_over_stays_unknown(crohns, office, clock):
    await visit(crohns, "Seen", mass="0")
    clock.passes(days=10)
    card = await visit(crohns, "Telephone", mass="Not assessed")

    assert card.startswith("UNDECIDED · HBI 4 to 7")
    assert "INFO: mass" not in card
    assert masses(office)[1] is None


async def test_a_mass_stays_of_the_day_on_which_it_was_found_however_often_it_is_taken_over(crohns, clock):
    await visit(crohns, "Seen", mass="2")
    for _ in range(2):
        clock.passes(days=10)
        card = await visit(crohns, "Telephone", mass="As it was then")

    assert "INFO: mass as on 1 Jun 2026, not examined since." in card
    assert card.startswith("NOT IN REMISSION · HBI 6")


async def test_once_somebody_has_examined_again_nothing_is_said_of_the_mass_before(crohns, clock):
    await visit(crohns, "Seen", mass="2")
    clock.passes(days=10)
    await visit(crohns, "Telephone", mass="As it was then")
    clock.passes(days=10)
    crohns.transcript.clear()
    card = await visit(crohns, "Seen", mass="0")

    assert "not examined" not in "\n".join(crohns.transcript)
    assert "INFO: mass" not in card


async def test_what_was_taken_out_is_not_offered(crohns, clock):
    await visit(crohns, "Seen", mass="0")
    await crohns.taps("Correct")
    number = re.search(r"#(\d+) score hbi", crohns.last.text)[1]
    for label in (f"#{number}", "Typing error", "Only take it out"):
        await crohns.taps(label)
    clock.passes(days=10)

    assert (await visit(crohns, "Telephone")).startswith("UNDECIDED · HBI 4 to 7")
