"""On the telephone nobody examines an abdomen: the last mass is offered with its day, and an unknown one is no zero."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from flows.carried import resolved
from flows.record import Fact, Kind, Observation
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
    assert masses(office) == [0, None]


async def test_a_mass_that_is_not_taken_over_stays_unknown(crohns, office, clock):
    await visit(crohns, "Seen", mass="0")
    clock.passes(days=10)
    card = await visit(crohns, "Telephone", mass="Not assessed")

    assert card.startswith("UNDECIDED · HBI 4 to 7")
    assert "INFO: mass" not in card
    assert "Missing: abdominal mass, not examined (telephone)." in card
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
    number = re.search(r"#(\d+) HBI", crohns.last.text)[1]
    for label in (f"#{number}", "Typing error", "Only take it out"):
        await crohns.taps(label)
    clock.passes(days=10)

    assert (await visit(crohns, "Telephone")).startswith("UNDECIDED · HBI 4 to 7")


async def correct(line, of_day, *labels, reason="Typing error"):
    """Correct the HBI of a day; the card."""
    await line.says(f"/p {CODE}")
    await line.taps("Correct")
    number = re.search(rf"#(\d+) HBI of {of_day}", line.last.text)[1]
    for label in (f"#{number}", reason, *labels):
        await line.taps(label)
    return line.last.text


def again(mass):
    """The HBI of `visit` with another mass, which is asked where it was taken over."""
    return ("Enter the right value", "Abdominal mass", mass, "Confirm")


@pytest.fixture
async def taken_over(crohns, clock):
    """The doctor; a mass of 0 examined on 1 June was taken over on 11 June."""
    await visit(crohns, "Seen", mass="0")
    clock.passes(days=10)
    await visit(crohns, "Telephone", mass="As it was then")
    return crohns


async def test_a_mass_that_was_taken_over_is_corrected_with_that_on_which_it_rests(taken_over):
    card = await correct(taken_over, "1 Jun", *again("3"))

    assert card.startswith("NOT IN REMISSION · HBI 7")
    assert "INFO: mass as on 1 Jun 2026, not examined since." in card
    assert ", mass as in #" in (await history(taken_over))


async def history(line):
    await line.says(f"/p {CODE}")
    await line.taps("History")
    return line.last.text


async def test_a_mass_whose_source_is_taken_out_is_unknown_until_that_comes_back(taken_over):
    card = await correct(taken_over, "1 Jun", "Only take it out", reason="Wrong patient")

    assert card.startswith("UNDECIDED · HBI 4 to 7")
    assert "Missing: abdominal mass, not examined; the one taken over does not stand any more." in card

    await taken_over.says(f"/undo {CODE}")
    await taken_over.taps("Take back")

    assert "REMISSION · HBI 4 (remission < 5)" in taken_over.last.text


async def test_a_score_corrected_with_an_examined_mass_is_examined_and_offered_later(taken_over, clock):
    card = await correct(taken_over, "11 Jun", "Enter the right value", "1", "Confirm")

    assert "mass as on" not in card
    clock.passes(days=10)
    await taken_over.says(f"/visit {CODE}")
    for label in ("Telephone", "0", "Mild"):
        await taken_over.taps(label)
    await taken_over.says("3")
    assert taken_over.last.text.startswith("Abdominal mass on 11 Jun 2026: 1 = dubious.")


async def test_who_is_seen_on_the_day_of_the_telephone_call_is_examined(taken_over):
    card = await visit(taken_over, "Seen", mass="1")

    assert card.startswith("NOT IN REMISSION · HBI 5")
    assert "mass as on" not in card


async def test_a_mass_that_was_corrected_while_the_form_was_open_is_asked_again_at_confirm(crohns, office, clock):
    await visit(crohns, "Seen", mass="0")
    clock.passes(days=10)
    await crohns.says(f"/visit {CODE}")
    for label in ("Telephone", "0", "Mild", "3", "As it was then", "None", "No", "Unchanged", "None", "Not assessed"):
        await (crohns.says(label) if label == "3" else crohns.taps(label))
    await crohns.says("/cancel")
    await crohns.taps("Keep for later")
    await correct(crohns, "1 Jun", *again("2"))
    await crohns.says("/resume")
    await crohns.taps("Confirm")

    assert "Nothing was filed." in crohns.last.text
    assert "Abdominal mass on 1 Jun 2026: 2 = definite." in crohns.last.text
    assert len(masses(office)) == 2
    await crohns.taps("As it was then")
    await crohns.taps("Confirm")
    assert crohns.last.text.startswith("NOT IN REMISSION · HBI 6")


def hbi(number, on, value, replaces=None):
    fact = Fact(kind=Kind.SCORE, code="hbi", version=1, on=on, value=value)
    return Observation(
        id=number, fact=fact, by=1, at=datetime(2026, 6, 20, tzinfo=UTC), entry=number, replaces=replaces
    )


@pytest.mark.parametrize(
    ("moved_to", "mass"),
    [(9, 2), (10, 2), (11, None), (12, None)],
    ids=["earlier", "the day before", "the day of the call", "after it"],
)
def test_a_source_that_was_moved_to_the_call_or_after_it_gives_no_mass(moved_to, mass):
    examined = hbi(1, date(2026, 6, 1), {"answers": {"mass": 2}})
    told = hbi(2, date(2026, 6, 11), {"answers": {"mass": None}, "mass_of": 1})
    moved = hbi(3, date(2026, 6, moved_to), {"answers": {"mass": 2}}, replaces=1)

    found = {each.id: each.fact.value for each in resolved([examined, told, moved])}
    assert found[2] == {"answers": {"mass": mass}}
