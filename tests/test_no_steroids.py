"""A dose of 0 mg of prednisolone is none, wherever it is told: steroid-free from that day on, as at a visit."""

from datetime import date

import pytest

from bot.contract.examined import examine
from flows.dossier import chart_of
from flows.record import Fact, Kind
from tests.correcting import say, wrong
from tests.enrolled import CODE
from tests.test_filing import TODAY, UC, chart, examined, written

BEGUN = ("enrolment", {"medication": ("corticosteroid",), "prednisolone_mg": "20", "steroids_since": "2026-03-01"})
TWENTY = ("taken_corticosteroid", {"on": "2026-03-01", "taken": "taken", "prednisolone_mg": "20"})
ON = "2026-05-20"
ENDED = [
    {
        "kind": "corticosteroid",
        "from": "2026-03-01",
        "prednisolone_mg": "20",
        "to": "2026-05-19",
        "none_on": ON,
    }
]

pytestmark = pytest.mark.usefixtures("unhurried")


def told_at_a_visit(mg):
    return ("visit_uc", {"on": ON, "steroids": "changed", "prednisolone_mg": mg})


def told_at_a_correction(mg):
    return ("taken_corticosteroid", {"on": ON, "taken": "taken", "prednisolone_mg": mg})


def told_in_the_details(mg):
    return ("details", {"medication": ("corticosteroid",), "prednisolone_mg": mg, "steroids_since": ON})


STOPPED = ("taken_corticosteroid", {"on": ON, "taken": "stopped"})
EACH_WAY = [told_at_a_visit, told_at_a_correction, told_in_the_details]


@pytest.mark.parametrize("told", EACH_WAY)
@pytest.mark.parametrize("mg", ["0", "0.0"])
def test_0_mg_ends_what_was_taken_on_its_day_as_stopped_does(told, mg):
    found = chart(UC, BEGUN, told(mg))

    assert found["medication"] == ENDED == chart(UC, BEGUN, STOPPED)["medication"]
    assert "No corticosteroid recorded since 20 May 2026." in examined(found).report.status


@pytest.mark.parametrize("told", EACH_WAY)
def test_0_mg_of_which_nothing_was_taken_before_is_none(told):
    found = chart(UC, ("enrolment", {"medication": ()}), told("0"))

    assert found["medication"] == []
    assert "No corticosteroid recorded." in examined(found).report.status


@pytest.mark.parametrize("told", EACH_WAY)
def test_half_a_milligram_is_taken(told):
    assert "On prednisolone 0.5 mg/day: not steroid-free." in examined(chart(UC, BEGUN, told("0.5"))).report.status


def test_0_mg_alone_says_nothing_of_other_drugs():
    found = chart(UC, told_at_a_visit("0"))

    assert (found["medication"], found["medication_asked"]) == ([], ["corticosteroid"])


def test_0_mg_of_prednisolone_leaves_budesonide():
    found = chart(
        UC, ("enrolment", {"medication": ("budesonide",), "steroids_since": "2026-03-01"}), told_at_a_visit("0")
    )

    assert "On budesonide: not steroid-free." in examined(found).report.status


def test_a_dose_after_0_mg_begins_anew():
    again = ("taken_corticosteroid", {"on": "2026-05-25", "taken": "taken", "prednisolone_mg": "10"})

    assert chart(UC, BEGUN, told_at_a_visit("0"), again)["medication"] == [
        *ENDED,
        {"kind": "corticosteroid", "from": "2026-05-25", "prednisolone_mg": "10"},
    ]


def test_what_was_written_as_0_mg_before_is_none_too():
    facts = [
        Fact(
            kind=Kind.MEDICATION,
            code="corticosteroid",
            on=TODAY.replace(month=3, day=1),
            value={"prednisolone_mg": "20"},
        ),
        Fact(
            kind=Kind.MEDICATION,
            code="corticosteroid",
            on=TODAY.replace(month=5, day=20),
            value={"prednisolone_mg": "0"},
        ),
    ]

    assert chart_of(UC, None, written(facts), TODAY)["medication"] == ENDED


# Told and ended on one day


@pytest.mark.parametrize(
    "told", [*(told("0") for told in EACH_WAY), STOPPED], ids=["visit", "anew", "details", "stopped"]
)
@pytest.mark.parametrize("since", [ON, None], ids=["begun that day", "taken by then"])
def test_what_was_told_and_ended_on_one_day_was_taken(told, since):
    begun = {"medication": ("corticosteroid",), "prednisolone_mg": "20"} | ({"steroids_since": since} if since else {})
    found = chart(UC, ("enrolment", begun), told, today=date.fromisoformat(ON))

    (course,) = found["medication"]
    assert (course["from"], course["to"], course["none_on"]) == (ON, ON, ON)
    for today in (date.fromisoformat(ON), TODAY):
        read = examine(found | {"today": today.isoformat()}, today)
        assert read.reading.errors == []
        assert "No corticosteroid recorded since 20 May 2026." in read.report.status


# In the chat, side by side


async def dose(line, *steroids):
    await say(line, f"/visit {CODE}", "Seen", "1", "0", "Mild", "No", "Changed")
    await line.says(*steroids)
    await say(line, "None", "None", "Confirm")


def of_steroids(line):
    (said,) = [each for each in line.last.text.splitlines() if "steroid" in each or "prednisolone" in each]
    return said


async def test_a_visit_with_0_mg_and_a_dose_corrected_to_0_mg_say_the_same(ward, office):
    await dose(ward, "20")
    office.clock.passes(days=10)
    await dose(ward, "10")
    await wrong(
        ward, "Prednisolone or equivalent of 11 Jun 2026", "Typing error", "Enter the right value", "Prednisolone"
    )
    await ward.says("0")
    await ward.taps("Confirm")
    corrected = of_steroids(ward)
    await wrong(ward, "Prednisolone or equivalent of 11 Jun 2026", "Typing error", "Only take it out")
    assert of_steroids(ward) == "On prednisolone 20 mg/day: not steroid-free."
    await dose(ward, "0")

    assert of_steroids(ward) == corrected == "No corticosteroid recorded since 11 Jun 2026."
