"""A digest on screen says what became of what it lists, and whose patients those of others are."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.practice.limits import Refusal
from bot.reminders.cards import by_patient
from bot.reminders.cards import digest as digest_of
from flows.codes import own_code
from flows.protocol.due import Window
from flows.questionnaire import Disease
from flows.reminder import Reminder
from store.members import Role
from store.patients import Patient
from store.reminders import Coded, Note
from tests.conversation import labels
from tests.enrolled import CODE, visit
from tests.mornings import SIX_UTC, hand_over, joins, morning, tick, told
from tests.test_reminders_come import enrol
from tests.test_reminders_undelivered import telegram_answers

OTHERS = [own_code(f"CD-00{number}") for number in (43, 44, 45)]
# All that is due of the patient in week 12, but for what comes once before the first dose.
VALUES = "Hb 13 ANC 3 ALC 1.2 ALT 20 U/L AST 18 U/L CRP 4 FCP 120 cholesterol 180 LDL 100 HDL 50 TG 120"


@pytest.fixture
async def digest(ward, office):
    """The doctor's morning with four patients, after which the bot works on."""
    for code in OTHERS:
        await office.ledger.take(lambda work, code=code: enrol(work, code, office.clock.now))
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)
    assert told(ward) == [ward.last.text]
    return ward.last


def line_of(message, code):
    return next(line for line in message.text.splitlines() if line.startswith(code))


def note(number, due, until):
    window = Window(due - timedelta(20), due, until)
    return Note(id=number, patient_id=number, item="wk12_cbc", slot="", title="Week 12", source="protocol", for_id=1,
                reminder=Reminder(window, wake_on=due))  # fmt: skip


def patient(number):
    return Patient(id=number, code=f"CODE-{number}", disease=Disease.CROHNS, responsible_id=1, enrolled_at=BEGINS)


# Due long ago and still in its window, overdue since yesterday, overdue for longer, only coming.
WINDOWS = {
    1: (date(2026, 3, 1), date(2026, 12, 1)),
    2: (date(2026, 5, 25), date(2026, 6, 1)),
    3: (date(2026, 5, 20), date(2026, 5, 27)),
    4: (date(2026, 6, 9), date(2026, 6, 23)),
}
BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
OVERDUE_FIRST = [3, 2, 1, 4]


def test_what_is_overdue_comes_before_what_was_due_earlier_and_is_in_its_window():
    found = [(patient(number), [note(number, *window)]) for number, window in WINDOWS.items()]
    lines = digest_of(found, date(2026, 6, 2), 1, delayed=False).body.splitlines()[1:]

    assert [line.partition(":")[0] for line in lines] == [f"CODE-{number}" for number in OVERDUE_FIRST]


def test_the_list_of_what_is_due_has_it_in_the_same_order():
    coded = [Coded(f"CODE-{number}", note(number, *window)) for number, window in WINDOWS.items()]

    assert [code for code, _ in by_patient(coded, date(2026, 6, 2))] == [f"CODE-{number}" for number in OVERDUE_FIRST]


async def test_a_line_says_how_much_of_it_was_settled_elsewhere_and_the_others_stay(ward, office, digest):
    before = digest.text.splitlines()
    assert line_of(digest, CODE) == f"{CODE}: 16 due since 9 Mar 2026, 11 overdue"
    await visit(ward, labs=VALUES)

    assert line_of(digest, CODE) == f"{CODE}: 11 due since 9 Mar 2026, 10 overdue, 5 settled"
    assert [line for line in digest.text.splitlines() if CODE not in line] == [b for b in before if CODE not in b]


async def test_a_patient_of_whom_nothing_is_open_any_more_keeps_the_line_and_the_button(ward, office, digest):
    buttons = labels(digest)
    await ward.says(f"/p {CODE}")
    for label in ("Correct", "#2", "Wrong day", "Only take it out", "Take it out"):  # the first dose
        await ward.taps(label)

    assert line_of(digest, CODE) == f"{CODE}: nothing of this is open any more"
    assert labels(digest) == buttons
    await ward.taps(CODE, message=digest)
    assert f"Reminder · {CODE}" in digest.text


async def test_the_buttons_that_were_on_screen_before_it_was_corrected_still_count(ward, office, digest):
    (old,) = [each["callback_data"] for row in digest.keyboard for each in row if each["text"] == OTHERS[0]]
    await visit(ward, labs=VALUES)
    await ward.presses(old, digest.message_id)

    assert f"Reminder · {OTHERS[0]}" in digest.text


async def test_what_no_button_shows_cannot_be_pressed(ward, office, digest):
    token, actions = office.rows("SELECT token, actions FROM cards WHERE unasked ORDER BY id DESC")[0]
    deeds = (json.loads(actions) if isinstance(actions, str) else actions)["deeds"]
    before = digest.text
    for place in (place for place, deed in enumerate(deeds) if deed[1] == "listed"):
        await ward.presses(f"{token}:{place}", digest.message_id)
        assert ward.transcript[-1].endswith("(This button is not known here. Nothing was changed.)")

    assert digest.text == before


async def test_what_each_line_is_read_again_for_is_in_the_audit(ward, office, digest):
    latest = office.rows("SELECT max(id) FROM audit")[0][0]
    await visit(ward, labs=VALUES)

    looked = office.rows(f"SELECT patient_id FROM audit WHERE verb = 'look' AND member_id IS NULL AND id > {latest}")
    assert {row[0] for row in looked} == {1, 2, 3, 4}


async def test_a_digest_that_its_reader_has_turned_into_one_patient_stays_that(ward, office, digest):
    await ward.taps(OTHERS[0])
    shown = digest.text
    await visit(ward, labs=VALUES)

    assert digest.text == shown


@pytest.mark.parametrize("number", [1, 4], ids=["a single message", "a digest"])
async def test_a_message_that_will_never_be_shown_is_not_sent_when_what_it_told_of_is_settled(
    ward, office, monkeypatch, number
):
    for code in OTHERS[: number - 1]:
        await office.ledger.take(lambda work, code=code: enrol(work, code, office.clock.now))
    await tick(office, ward)
    morning(office, 6, 2)
    with telegram_answers(monkeypatch, Refusal("Bad Request: not like this")):
        await tick(office, ward)
    await visit(ward, labs=VALUES)
    await office.running.deliverer.sweep()
    await ward.settled()
    assert told(ward) == []

    morning(office, 6, 3)
    await tick(office, ward)
    assert len(told(ward)) == 1
    assert "Week 12: blood count" not in told(ward)[0]


async def test_whoever_it_has_gone_on_to_is_told_whose_patient_it_is(ward, office):
    cover = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    for offset in range(20):
        office.clock.now = datetime(2026, 6, 1, SIX_UTC, 1, tzinfo=UTC).replace(day=1 + offset)
        await tick(office, ward, cover)

    assert {text.splitlines()[0] for text in told(ward)} == {f"Reminder · {CODE}"}
    assert {text.splitlines()[0] for text in told(cover)} == {f"Reminder · {CODE} · patient of member 1"}
    await cover.taps("Snooze")
    await cover.taps("1 week")
    assert cover.last.text.startswith(f"Reminder · {CODE} · patient of member 1\n")


async def test_a_digest_names_whose_patients_those_of_others_are(ward, office, digest):
    cover = await joins(office, "cover")
    await office.ledger.take(lambda work: work.clinic.name_cover(2))
    for day in range(3, 7):
        morning(office, 6, day)
        await tick(office, ward, cover)

    (text,) = [text for text in told(cover) if text.startswith("Reminders")]
    for line, code in zip(text.splitlines()[1:], [CODE, *OTHERS], strict=True):
        assert line == f"{code}, patient of member 1: 11 due since 9 Mar 2026, 11 overdue"
    assert "patient of" not in digest.text


async def test_whoever_takes_a_patient_over_is_not_told_whose_it_was(ward, office):
    colleague = await hand_over(ward, office)
    await tick(office, ward, colleague)
    morning(office, 6, 2)
    await tick(office, ward, colleague)

    assert told(colleague)[0].splitlines()[0] == f"Reminder · {CODE}"


async def test_the_lead_is_told_whose_patient_it_is_where_the_one_responsible_cannot_be_reached(ward, office):
    lead = await joins(office, "lead", role=Role.OWNER)
    await office.ledger.take(lambda work: work.clinic.name_lead(2))
    await office.ledger.take(lambda work: work.members.set_unreachable(1, office.clock.now))
    await tick(office, lead)
    morning(office, 6, 2)
    await tick(office, lead)

    assert told(lead)[0].splitlines()[0] == f"Reminder · {CODE} · patient of member 1"
