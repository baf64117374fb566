"""With a stoma or a pouch, or after a colectomy, a visit asks for no score that needs stools (CLINICAL.md 1.1, 1.5)."""

import json

import pytest

from flows.filing import facts_of
from flows.forms import form
from flows.record import Fact, Kind
from tests.conversation import labels
from tests.correcting import recorded, say
from tests.enrolled import CODE
from tests.safetycharts import TODAY
from tests.test_saving import OF_CROHNS, enrol_crohns

REASONS = {"ostomy": "with a stoma", "pouch": "with a pouch", "colectomy": "after a colectomy"}


def asked(visit, **given):
    """What is asked of the symptoms while nothing is answered but the way of the visit."""
    codes = [each.code for each in form(visit).asked({"how": "seen", **given})]
    return codes[codes.index("how") + 1 : codes.index("endoscopy")]


@pytest.mark.parametrize("reason", REASONS.values())
def test_in_colitis_no_item_of_the_score_is_asked_and_in_crohns_all_but_the_stools(reason):
    assert asked("visit_uc", without_stools=reason) == []
    assert asked("visit_cd", without_stools=reason) == ["wellbeing", "pain", "mass", "complications"]


def test_while_nothing_is_known_of_a_stoma_everything_is_asked():
    assert asked("visit_uc") == asked("visit_uc", without_stools=None) == ["sf", "rb", "pga"]
    assert "liquid_stools" in asked("visit_cd")


def test_what_is_not_asked_is_open_and_is_not_zero():
    answers = {"on": "2026-06-01", "how": "seen", "wellbeing": 0, "pain": 1, "without_stools": "with a stoma"}
    (score,) = [each for each in facts_of(form("visit_cd"), answers, TODAY) if each.kind is Kind.SCORE]

    assert score.value["answers"]["liquid_stools"] is None


def person(flag, *, is_so):
    return Fact(kind=Kind.PERSON, code=f"history.{flag}", value={"is": is_so})


@pytest.mark.parametrize("flag", REASONS)
async def test_a_visit_in_colitis_goes_on_without_its_score_and_says_why(ward, office, flag):
    await recorded(office, 1, 9, person(flag, is_so=True))
    await say(ward, f"/visit {CODE}", "Seen")
    assert "A new endoscopy to enter?" in ward.last.text
    await say(ward, "No", "Unchanged", "None", "None")
    assert f"Not asked: PMS, as its stool item is not valid {REASONS[flag]}." in ward.last.text
    await ward.taps("Confirm")

    assert ward.last.text.startswith(f"NOT APPLICABLE · the stool item of PMS is not valid {REASONS[flag]}")
    assert office.rows("SELECT * FROM observations WHERE kind = 'score'") == []


async def test_a_visit_in_crohns_keeps_what_can_be_said_and_says_what_is_not_asked(ward, office):
    await enrol_crohns(ward)
    await recorded(office, 2, 9, person("ostomy", is_so=True))
    await say(ward, f"/visit {OF_CROHNS}", "Seen", "1", "Mild", "0", "None", "No", "Unchanged", "None", "None")
    assert "Not asked: liquid stools, not valid with a stoma." in ward.last.text
    assert "Liquid stools" not in labels(ward.last)
    await ward.taps("Confirm")

    assert ward.last.text.startswith("NOT APPLICABLE · the stool item of HBI is not valid with a stoma")
    (row,) = office.rows("SELECT value FROM observations WHERE kind = 'score'")
    value = row.value if isinstance(row.value, dict) else json.loads(row.value)
    assert (value["answers"]["pain"], value["answers"]["liquid_stools"]) == (1, None)


async def test_a_stoma_that_was_ruled_out_changes_nothing(ward, office):
    await recorded(office, 1, 9, person("ostomy", is_so=False))
    await say(ward, f"/visit {CODE}", "Seen")

    assert "Stool" in ward.last.text
    await say(ward, "1", "0", "Mild", "No", "Unchanged", "None", "None")
    assert "Not asked" not in ward.last.text
