"""A line of answers with a patient's code before it is a score of that patient, of a day that is asked."""

import pytest

from flows.instruments import by_command
from flows.lines import parse_of_patient
from tests.conversation import labels
from tests.correcting import say, told
from tests.enrolled import CODE


@pytest.mark.parametrize(
    ("command", "line", "found"),
    [
        ("hbi", "CD-0042-I 1 1 3 0 0", ("CD-0042-I", "1 1 3 0 0")),
        ("pms", "Q7K4M  1 0 1", ("Q7K4M", "1 0 1")),
        ("mes", "CD-0042-I 1", ("CD-0042-I", "1")),
        ("hbi", "1 1 3 0 0", None),
        ("hbi", "CD-0042-I", None),
        ("hbi", "very_well 1 3 0 0", None),
        ("cdai", "14,3 2 1", None),
        ("sescd", "1110 0 0 0 0", None),
    ],
)
def test_the_code_of_a_line_is_what_stands_before_answers_and_is_none(command, line, found):
    assert parse_of_patient(by_command(command), line) == found


async def test_its_day_is_asked_and_it_counts_once_it_is_confirmed(ward, office):
    await ward.says(f"/pms {CODE} 1 0 1")
    assert "PMS: which day is it of?" in ward.last.text
    await say(ward, "4.5.2026")
    assert "Day: 4 May 2026" in ward.last.text
    assert "PMS · review" in ward.last.text
    assert told(office, "code", kind="score") == []
    await say(ward, "Confirm")

    assert told(office, "code", "on", kind="score") == [("partial_mayo", "2026-05-04")]


async def test_what_was_open_is_kept(ward):
    await say(ward, f"/visit {CODE}", "Seen")
    await ward.says(f"/pms {CODE} 1 0 1")

    assert "PMS: which day is it of?" in ward.last.text
    assert any("is kept for later" in each.text for each in ward.messages)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"/hbi {CODE} 1 1 3 0 0", "Ulcerative colitis, and HBI is of the other disease."),
        (f"/pms {CODE} 1 0", "2 of 3 places."),
        ("/pms CD-0043-G 1 0 1", "Nobody is enrolled as CD-0043-G."),
        ("/pms CD-0042-K 1 0 1", "no patient's code"),
    ],
)
async def test_a_line_that_is_not_of_this_patient_changes_nothing(ward, office, line, said):
    await ward.says(line)

    assert said in ward.last.text
    assert told(office, "code", kind="score") == []
    assert "Confirm" not in labels(ward.last)
