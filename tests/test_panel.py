"""/panel: where each patient of the clinic stands today, whoever has read what before; and what it costs the others."""

from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from bot import words
from bot.ledger import Ledger
from bot.patients.panel import AT_ONCE
from flows import clinic
from flows.chart import Chart, Score
from flows.clinic import Standing, lacks_baseline
from flows.instruments.mes import MES
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.schedules import CD, UC, chart, hbi, on_day
from tests.test_newer_verdicts import a_nurse
from tests.test_saving import OF_CROHNS, enrol_crohns

MES_BEFORE = Score(questionnaire=MES, on=on_day(-3), answers={"mes": 2})
MANY = 500


@contextmanager
def statements():
    """What is asked of the database meanwhile."""
    asked = []

    def note(connection, cursor, statement, *_):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def crowd(ward, office):
    """The doctor, with five hundred patients."""
    each = "'X{0}', 'X{0}', 'UC', 1, '2026-01-01 00:00:00+00:00'"
    values = ", ".join(f"({each.format(number)})" for number in range(MANY - 1))
    office.rows(f"INSERT INTO patients (code, plain, disease, responsible_id, enrolled_at) VALUES {values}")
    return ward


@pytest.fixture
def looks(monkeypatch):
    """A patient is looked at: how many of them, turn by turn."""
    found, take, judge = [0], Ledger.take, clinic.verdicts

    def look(*known):
        found[-1] += 1
        return judge(*known)

    async def turn(ledger, what):
        found.append(0)
        return await take(ledger, what)

    monkeypatch.setattr(clinic, "verdicts", look)
    monkeypatch.setattr(Ledger, "take", turn)
    return found


async def counted(line):
    """What the panel says, name by name."""
    await line.says("/panel")
    return dict(each.split(": ") for each in line.last.text.splitlines() if each[-1:].isdigit() and ": " in each)


async def test_a_patient_of_whom_nothing_was_ever_said_is_overdue_as_due_says(ward):
    await ward.says("/due")
    assert "16 due since 9 Mar 2026, 11 overdue" in ward.last.text

    assert (await counted(ward))["Overdue"] == "1"


async def test_the_panel_does_not_depend_on_who_has_read_what_before(ward, clock):
    await visit(ward)
    now = await counted(ward)
    clock.passes(days=400)
    later = await counted(ward)
    await ward.says(f"/status {CODE}")

    assert (now["In remission"], now["Undecided"]) == ("1", "0")
    assert (later["In remission"], later["Undecided"]) == ("0", "1")
    assert await counted(ward) == later


async def test_the_panel_counts_who_is_treated_without_a_baseline_score(ward):
    assert (await counted(ward))["No baseline score"] == "1"
    await ward.says(f"/pms {CODE} total 7 5 Mar 2026")
    await ward.taps("Confirm")
    await ward.says(f"/p {CODE}")
    for label in ("Checklist", "Accept old score"):
        await ward.taps(label)

    assert (await counted(ward))["No baseline score"] == "0"


@pytest.mark.parametrize(
    ("patient", "today", "lacks"),
    [
        (chart(CD, scores=(hbi(-35, 9),)), 0, False),
        (chart(CD, scores=(hbi(-36, 9),)), 0, True),
        (chart(UC, scores=(MES_BEFORE,)), 0, True),
        (chart(CD), -1, False),
        (chart(CD), 0, True),
        (Chart(disease=CD), 0, False),
    ],
    ids=["35 days before the first dose", "36 days before it", "endoscopy alone", "the first dose is planned",
         "the day of the first dose", "no first dose"],
)  # fmt: skip
def test_who_lacks_a_baseline_score(patient, today, lacks):
    assert lacks_baseline(patient, on_day(today)) is lacks


# What it costs


async def test_a_panel_of_500_looks_at_each_patient_once_and_at_few_in_one_turn(crowd, looks):
    with statements() as asked:
        told = await counted(crowd)

    assert sum(int(told[each]) for each in Standing) == sum(looks) == MANY
    assert max(looks) <= AT_ONCE
    assert len(asked) < MANY / 2


async def test_others_are_served_between_the_turns_of_a_panel(crowd, office, monkeypatch):
    nurse = await a_nurse(office, crowd)
    heard, judge = [], clinic.verdicts

    def look(*known):
        heard.append(len(nurse.messages))
        return judge(*known)

    monkeypatch.setattr(clinic, "verdicts", look)
    crowd.conversation.says("/panel")
    nurse.conversation.says("/help")
    await crowd.settled()

    assert (heard[0], heard[-1]) == (1, 2)


async def test_nobody_is_looked_at_for_a_stranger(crowd, office, looks):
    stranger = office.line("stranger", 99)
    await stranger.says("/panel")

    assert (stranger.last.text, sum(looks)) == (words.STRANGER, 0)


async def test_nobody_is_looked_at_where_patients_are_not_stored(chat, looks):
    await chat.says("/panel")

    assert (chat.last.text, sum(looks)) == (words.PATIENTS_OFF, 0)


# From a count to those who are counted


def reads_of(office):
    return [row.subject for row in office.rows("SELECT subject FROM audit WHERE verb = 'read' ORDER BY id")]


async def test_each_count_leads_to_the_codes_behind_it_and_these_to_their_patients(ward, office):
    await enrol_crohns(ward)
    await visit(ward)
    await ward.says("/panel")
    assert labels(ward.last) == ["In remission", "Not seen on treatment", "Overdue", "No baseline score"]
    before = len(reads_of(office))
    await ward.taps("In remission")

    assert ward.last.text == "In remission, 1 Jun 2026: 1 patient."
    assert labels(ward.last) == [CODE]
    assert reads_of(office)[before:] == ["patient 1"]
    await ward.taps("Overdue")
    assert labels(ward.last) == [OF_CROHNS, CODE]
    await ward.taps(CODE)
    assert ward.last.text.startswith(f"{CODE} · Ulcerative colitis")


async def test_a_long_list_has_pages_and_only_who_is_shown_is_read(crowd, office):
    await crowd.says("/panel")
    before = len(reads_of(office))
    await crowd.taps("Not seen on treatment")
    assert crowd.last.text == f"Not seen on treatment, 1 Jun 2026: {MANY} patients."
    first = labels(crowd.last)
    await crowd.taps("More")

    assert (first[-1], labels(crowd.last)[-2:]) == ("More", ["Earlier", "More"])
    assert len({*first[:-1], *labels(crowd.last)[:-2]}) == 20
    assert len(reads_of(office)) - before == 20
