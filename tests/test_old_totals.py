"""The total of an old record without its items: within its bounds, confirmed, and never read as more than it is."""

import json
import re

import pytest

from flows.errors import InvalidAnswer
from flows.forms import TOTALLED, form
from flows.instruments import by_command
from flows.instruments.hbi import HBI
from flows.lines import parse_total
from tests.conversation import labels
from tests.enrolled import CODE
from tests.test_saving import OF_CROHNS, enrol_crohns
from tests.test_team import joined


def scores(office):
    rows = office.rows("SELECT code, \"on\", value, why FROM observations WHERE kind = 'score' ORDER BY id")
    return [(row[0], str(row[1]), json.loads(row[2]) if isinstance(row[2], str) else row[2], row[3]) for row in rows]


def replied(line):
    return "\n".join(line.transcript)


@pytest.mark.parametrize("questionnaire", TOTALLED, ids=lambda each: each.code)
def test_the_bounds_of_a_total_are_those_of_its_instrument(questionnaire):
    item, (_, highest) = form(f"totalled_{questionnaire.code}").item("total"), questionnaire.total_bounds

    assert [item.parse(each) for each in ("0", str(highest))] == ["0", str(highest)]
    for beyond in (str(highest + 1), "-1", "x"):
        with pytest.raises(InvalidAnswer, match=re.escape(f"{questionnaire.short} total: a ")):
            item.parse(beyond)
    if questionnaire.is_whole:
        with pytest.raises(InvalidAnswer):
            item.parse("1.5")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("CD-0042-I total 9 2 May 2026", ("CD-0042-I", "9", "2 May 2026")),
        ("cd 0042 i  TOTAL 9  2.5.2026", ("cd 0042 i", "9", "2.5.2026")),
        ("1 1 3 0 0", None),
        ("1 1 3 0 arthralgia,fissure", None),
    ],
)
def test_a_line_is_a_total_by_its_word(line, found):
    assert parse_total(HBI, line) == found


@pytest.mark.parametrize("line", ["CD-0042-I total 9", "CD-0042-I total", "total 9 2 May 2026"])
def test_a_total_needs_its_code_and_its_day(line):
    with pytest.raises(InvalidAnswer, match="The form is /hbi CODE total 4 2 May 2026"):
        parse_total(HBI, line)


@pytest.mark.parametrize("total", ["9", "9.0"])
async def test_nothing_is_written_before_it_is_confirmed(ward, office, total):
    await ward.says(f"/pms {CODE} total {total} 2 May 2026")
    assert "PMS total: 9" in ward.last.text
    assert scores(office) == []
    await ward.taps("Confirm")

    assert scores(office) == [("partial_mayo", "2026-05-02", {"total": "9"}, None)]
    assert ward.last.text.startswith("WAS NOT IN REMISSION ON 2 May 2026 · PMS 9")
    assert "Why: PMS 9 on 2 May 2026 (a total without its items) · rule PMS <= 2" in ward.last.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/pms {code} total 10 2 May 2026", "PMS total: a whole number from 0 to 9."),
        ("/pms {code} total 4 2 Jun 2026", "Day: 2 Jun 2026 lies after today."),
        ("/pms {code} total 4 31 Feb 2026", "Day: a day as 24 May 2027"),
        ("/hbi {code} total 4 2 May 2026", "Ulcerative colitis, and HBI is of the other disease."),
        ("/mes {code} total 1 2 May 2026", "MES is one item"),
        ("/pms CD-0042-K total 4 2 May 2026", "no patient's code"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(ward, office, line, said):
    await ward.says(line.format(code=CODE))

    assert said in ward.last.text
    assert office.rows("SELECT * FROM interviews") == []


async def test_storing_patients_is_off_for_totals_too(chat, office):
    await chat.says("/pms CD-0042-I total 4 2 May 2026")

    assert "Storing patients is off" in chat.last.text


async def test_what_was_open_is_kept_for_later(ward):
    await ward.says("/hbi")
    await ward.taps("2")
    await ward.says(f"/pms {CODE} total 4 2 May 2026")
    assert "HBI 2/5 is kept for later" in replied(ward)
    await ward.taps("Confirm")
    await ward.says("/resume")

    assert "HBI 2/5" in ward.last.text


@pytest.mark.parametrize(
    ("command", "total", "said"),
    [
        ("sescd", "2", "endoscopic remission not evaluable"),
        ("sescd", "12", "no endoscopic remission"),
        ("pro2", "12,4", "PRO2 12.4 on 1 Jun 2026, remission not evaluable"),
    ],
)
async def test_what_needs_the_items_is_not_evaluable_unless_the_total_decides(ward, command, total, said):
    await enrol_crohns(ward)
    await ward.says(f"/{command} {OF_CROHNS} total {total} 1 Jun 2026")
    await ward.taps("Confirm")

    assert said in ward.last.text
    assert "not read" not in ward.last.text


@pytest.mark.parametrize("command", [each.command for each in TOTALLED])
async def test_every_total_is_read_again_as_it_was_written(ward, command):
    await enrol_crohns(ward)
    questionnaire = by_command(command)
    code = CODE if questionnaire.disease == "UC" else OF_CROHNS
    await ward.says(f"/{command} {code} total {questionnaire.total_bounds[1]} 1 Jun 2026")
    await ward.taps("Confirm")
    await ward.says(f"/status {code}")

    assert "not read" not in ward.last.text
    await ward.says(f"/history {code}")
    assert f"{questionnaire.short} of 1 Jun 2026: total {questionnaire.total_bounds[1]}" in ward.last.text


async def test_a_wrong_total_is_corrected_by_another_total(ward, office):
    await ward.says(f"/pms {CODE} total 9 2 May 2026")
    for label in ("Confirm", "Correct"):
        await ward.taps(label)
    number = re.search(r"#(\d+) (?:PMS|HBI|CDAI|Mayo|SES-CD|SCCAI|UCEIS)", ward.last.text)[1]
    for label in (f"#{number}", "Typing error", "Enter the right value", "PMS total"):
        await ward.taps(label)
    await ward.says("6")
    assert "stands already" not in ward.last.text
    await ward.taps("Confirm")

    assert scores(office)[1:] == [("partial_mayo", "2026-05-02", {"total": "6"}, "typing error")]


async def test_a_total_is_a_baseline_once_it_is_accepted_and_not_before(ward):
    await ward.says(f"/pms {CODE} total 8 2 Mar 2026")
    await ward.taps("Confirm")
    await ward.says(f"/pms {CODE} total 2 1 Jun 2026")
    await ward.taps("Confirm")
    assert "change from baseline" not in ward.last.text
    for label in ("Menu", "Checklist", "Accept old score", "Menu", "Status"):
        await ward.taps(label)

    assert "PMS change from baseline: -6, clinical response by protocol." in ward.last.text
    for label in ("Menu", "Checklist"):
        await ward.taps(label)
    assert "Accept old score" not in labels(ward.last)


async def test_a_nurse_records_a_total(ward, office):
    nurse = await joined(ward, office, "nurse")
    await nurse.says(f"/pms {CODE} total 9 2 May 2026")
    await nurse.taps("Confirm")

    assert len(scores(office)) == 1


async def test_a_second_total_of_one_day_is_asked_about(ward):
    for total in ("9", "6"):
        assert "stands already" not in ward.last.text
        await ward.says(f"/pms {CODE} total {total} 2 May 2026")
        if total == "9":
            await ward.taps("Confirm")

    assert "CHECK: PMS of 2 May 2026 stands already; the later counts." in ward.last.text
