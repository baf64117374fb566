"""A copy of the database: sealed, read back, restored to either database, and at rest until somebody confirms it."""

import json
import re
import shutil
import sys
import threading
from contextlib import closing
from datetime import date
from random import randbytes

import pytest
from sqlalchemy import inspect

from bot.__main__ import main
from bot.notices import notify
from bot.practice.limits import Refusal
from bot.practice.telegram import PracticeTelegram
from flows.wall_clock import WallClock
from store.backup import back_up
from store.engine import open_reader
from store.errors import OtherKey, StoreUnavailable
from store.keys import Key
from store.raw import raw_pages
from store.restore import restore
from store.sealed_file import read_sealed, write_sealed
from store.tables import SQLModel
from tests.conftest import fresh_database
from tests.conversation import Clock, exchange, labels
from tests.enrolled import CODE
from tests.history import START, VALUES, by_hand, write_history
from tests.loading import takes_along
from tests.mornings import morning, tick, told
from tests.sealed import KEY, checked, writer_on

SECRET = b"the key of the tests: no secret.".hex()
# What a restore itself writes: that the clinic rests, an entry of the audit and its seal.
_OF_A_RESTORE = {"clinic", "audit", "seal"}


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "quiesce.key"
    path.write_text(SECRET)
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "copies"
    path.mkdir()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """The address of a new database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/restored.sqlite3"
        return
    with fresh_database(request.getfixturevalue("postgres"), "template0") as address:
        yield address


@pytest.fixture
def copy(tmp_path, key_file, folder):
    """A copy of a SQLite database with a history."""
    write_history(f"sqlite:///{tmp_path}/quiesce.sqlite3")
    return back_up(f"sqlite:///{tmp_path}/quiesce.sqlite3", key_file, folder, START).path


def contents(url):
    engine = open_reader(url)
    with engine.connect() as connection, connection.begin():
        found = {
            rows.name: [row for page in raw_pages(connection, rows) for row in page]
            for rows in SQLModel.metadata.sorted_tables
        }
    engine.dispose()
    return found


def nothing(work):
    """A restore after which nobody is told."""


def test_either_database_is_restored_row_by_row_to_either(lived, empty, key_file, folder):
    made = back_up(lived, key_file, folder, START)
    found = restore(empty, key_file, made.path, START, nothing)

    before, after = contents(lived), contents(empty)
    assert {name: rows for name, rows in after.items() if name not in _OF_A_RESTORE} == {
        name: rows for name, rows in before.items() if name not in _OF_A_RESTORE
    }
    assert after["audit"][:-1] == before["audit"]
    assert (made.rows, made.found.broken, found.broken) == (sum(map(len, before.values())), (), ())


def test_numbers_go_on_where_they_were_also_of_rows_that_are_gone(lived, empty, key_file, folder):
    by_hand(lived, "DELETE FROM observations WHERE id > 2", "DELETE FROM verdicts")
    last = 5
    restore(empty, key_file, back_up(lived, key_file, folder, START).path, START, nothing)

    with closing(writer_on(empty)) as writer:
        member = writer.take(lambda work: work.members.all_active()[-1])
        card = writer.take(lambda work: work.cards.add(11, member.id))
    by_hand(
        empty,
        "INSERT INTO observations (patient_id, kind, code, by, at, entry) "
        f"VALUES (1, 'lab', 'crp', 1, '{START:%Y-%m-%d %H:%M:%S+00}', 9)",
    )
    assert card.id == 1
    assert contents(empty)["observations"][-1]["id"] == last + 1


def test_a_copy_is_taken_beside_whoever_writes(lived, key_file, folder):
    """Every copy is a state that was: whole, whatever was written meanwhile."""
    ends = threading.Event()

    def write() -> None:
        with closing(writer_on(lived)) as writer:
            while not ends.is_set():
                writer.take(lambda work: work.audit.add(None, "busy", "interview 9", START))

    writing = threading.Thread(target=write)
    writing.start()
    try:
        made = [back_up(lived, key_file, folder, START.replace(second=n)) for n in range(5)]
    finally:
        ends.set()
        writing.join()

    assert [each.found.broken for each in made] == [()] * 5
    assert len({each.rows for each in made}) > 1


def test_nothing_can_be_read_in_a_copy_and_nobody_else_may_open_it(copy):
    held = copy.read_bytes()

    for value in (*VALUES, "observations"):
        assert value.encode() not in held.partition(b"\n")[2]
    assert copy.stat().st_mode & 0o077 == 0


def test_each_changed_byte_is_found(copy, tmp_path):
    held = copy.read_bytes()
    changed = tmp_path / "changed.backup"
    for place in {*range(0, len(held), len(held) // 60), *range(len(held) - 20, len(held))}:
        changed.write_bytes(held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :])
        with pytest.raises(StoreUnavailable):
            next(read_sealed(changed, KEY))


@pytest.mark.parametrize("length", [0, 50, 80, 90, 110, 160, -1, -16, -17])
def test_a_copy_that_is_cut_is_refused_before_any_of_it_is_taken(copy, tmp_path, length):
    cut = tmp_path / "cut.backup"
    cut.write_bytes(copy.read_bytes()[:length])

    with pytest.raises(StoreUnavailable):
        next(read_sealed(cut, KEY))


@pytest.mark.parametrize("kept", [(0, 1), (1, 0, 2), (0, 2), (0, 1, 2, 2), (0, 1, 1, 2)])
def test_pages_that_are_left_out_repeated_or_exchanged_are_found(tmp_path, kept):
    copy = tmp_path / "long.backup"
    lines = [randbytes(500).hex() for _ in range(300)]
    write_sealed(copy, KEY, lines)
    assert list(read_sealed(copy, KEY)) == lines
    header, _, sealed = copy.read_bytes().partition(b"\n")
    begun, rest, size = sealed[:24], sealed[24:], (1 << 16) + 17
    pages = [rest[:size], rest[size : 2 * size], rest[2 * size :]]
    copy.write_bytes(header + b"\n" + begun + b"".join(pages[each] for each in kept))

    with pytest.raises(StoreUnavailable):
        next(read_sealed(copy, KEY))


def test_a_copy_of_an_earlier_version_says_what_to_do(copy, tmp_path):
    earlier = tmp_path / "earlier.backup"
    earlier.write_bytes(copy.read_bytes().replace(b"quiesce backup 2 ", b"quiesce backup 1 ", 1))

    with pytest.raises(StoreUnavailable, match="was made by an earlier Quiesce: restore it with that one"):
        next(read_sealed(earlier, KEY))


def test_another_key_opens_nothing(copy):
    with pytest.raises(OtherKey, match="was sealed with another key"):
        next(read_sealed(copy, Key(b"another key of the tests, also 32")))


def test_a_refused_copy_leaves_an_empty_database(copy, empty, key_file):
    copy.write_bytes(copy.read_bytes()[:-1])

    with pytest.raises(StoreUnavailable, match="is not as it was written"):
        restore(empty, key_file, copy, START, nothing)
    engine = open_reader(empty)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_database_that_is_not_empty_is_left_alone(copy, url, key_file):
    before = contents(url)

    with pytest.raises(StoreUnavailable, match="the database is not empty"):
        restore(url, key_file, copy, START, nothing)
    assert contents(url) == before


def test_a_restore_that_fails_at_its_last_step_leaves_nothing(copy, empty, key_file):
    def fail(work) -> None:
        raise StoreUnavailable("the owners cannot be told")

    with pytest.raises(StoreUnavailable, match="cannot be told"):
        restore(empty, key_file, copy, START, fail)
    assert restore(empty, key_file, copy, START, nothing).broken == ()


def test_a_copy_of_an_older_quiesce_is_brought_up_to_date(copy, empty, key_file, tmp_path):
    """As revision 0006 wrote it: without the columns that came with 0007."""
    old = tmp_path / "old.backup"
    write_sealed(old, KEY, (_as_of_0006(line) for line in list(read_sealed(copy, KEY))))

    found = restore(empty, key_file, old, START, nothing)

    assert found.broken == ()
    assert [row["user_id"] for row in contents(empty)["members"]] == [11, 12, 13]


def _as_of_0006(line):
    page = json.loads(line)
    if "revision" in page:
        return json.dumps(page | {"revision": "0006"})
    later = {"copied_at", "restored_at", "quiet_from", "quiet_until", "settled_at"}
    kept = [place for place, name in enumerate(page["columns"]) if name not in later]
    columns = [page["columns"][place] for place in kept]
    return json.dumps(page | {"columns": columns, "rows": [[row[place] for place in kept] for row in page["rows"]]})


def test_a_copy_of_a_newer_quiesce_is_refused(copy, empty, key_file, tmp_path):
    newer = tmp_path / "newer.backup"
    lines = list(read_sealed(copy, KEY))
    write_sealed(newer, KEY, [lines[0].replace('"revision":"', '"revision":"9'), *lines[1:]])

    with pytest.raises(StoreUnavailable, match="made by a newer Quiesce"):
        restore(empty, key_file, newer, START, nothing)


def test_what_was_changed_before_the_copy_is_told_by_it_and_by_its_restore(lived, empty, key_file, folder):
    by_hand(lived, "UPDATE patients SET disease = 'UC' WHERE id = 2")

    made = back_up(lived, key_file, folder, START)

    assert made.found.broken == ("patient 2 was changed",)
    assert restore(empty, key_file, made.path, START, nothing).broken == ("patient 2 was changed",)


def test_a_copy_that_cannot_be_read_back_is_none(lived, key_file, folder, monkeypatch):
    """The disk gives back something else than was written to it."""

    def worn(path, key):
        path.write_bytes(path.read_bytes()[:-3] + b"xyz")
        return read_sealed(path, key)

    monkeypatch.setattr("store.backup.read_sealed", worn)
    with pytest.raises(StoreUnavailable, match="is not as it was written"):
        back_up(lived, key_file, folder, START)
    assert list(folder.iterdir()) == []


def test_two_copies_of_one_second_are_not_one(lived, key_file, folder):
    back_up(lived, key_file, folder, START)

    with pytest.raises(StoreUnavailable, match="is there already"):
        back_up(lived, key_file, folder, START)
    assert len(list(folder.iterdir())) == 1


# The drill, as an operator does it


@pytest.fixture
def program(key_file, tmp_path, monkeypatch, capsys):
    """Run a command of the program: its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(url, *arguments):
        monkeypatch.setenv("QUIESCE_DATABASE_URL", url)
        monkeypatch.setattr(sys, "argv", ["quiesce", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code, *capsys.readouterr()

    return run


@pytest.fixture
async def restored(ward, office, program, folder, empty):
    """The doctor's clinic on a database that was restored two days after its copy, the day after a reminder came."""
    await tick(office, ward)
    await office.ledger.take(_waiting)
    assert program(office.url, "backup", folder)[0] == 0
    morning(office, 6, 2)
    await tick(office, ward)
    assert len(told(ward)) == 1
    (copy,) = folder.iterdir()
    assert program(empty, "restore", copy)[0] == 0
    telegram = PracticeTelegram(next_update=1000, next_message=1000)  # its numbers went on meanwhile
    async with exchange(empty, Clock(), telegram) as later:
        morning(later, 6, 3)
        yield later


def _waiting(work) -> None:
    """A message that is not shown yet when the copy is made."""
    notify(work, work.members.all_active()[0], "Member 9 cannot be reached.", START)


@pytest.fixture
async def doctor(restored):
    line = restored.line("doctor", 11)
    await tick(restored, line)
    return line


async def test_no_reminder_leaves_a_restored_database_before_an_owner_has_seen_what_it_lacks(restored, doctor):
    assert told(doctor) == []
    assert "This database was restored on " in doctor.last.text
    assert "What was recorded between these times is lost" in doctor.last.text
    assert re.search(r"No reminder leaves until an owner resumes them\. [1-9]", doctor.last.text)

    await doctor.taps("Resume reminders")
    await tick(restored, doctor)
    await tick(restored, doctor)

    assert len(told(doctor)) == 1
    assert told(doctor)[0].startswith(f"Reminder · {CODE} · delayed")


async def test_no_patient_is_looked_at_while_reminders_rest(restored, doctor):
    """What settles by itself would else be shown on messages of before, or sent anew."""
    before = restored.rows("SELECT look_on FROM watches")
    morning(restored, 9, 20)
    await tick(restored, doctor)

    assert restored.rows("SELECT look_on FROM watches") == before
    assert len(doctor.messages) == 1


async def test_what_was_on_its_way_when_the_copy_was_made_is_told_after_it(ward, office, program, folder, empty):
    """Its message may have arrived or not: it is told, once more if need be, and counted in what the owner sees."""
    await tick(office, ward)
    morning(office, 6, 2)
    office.telegram.trouble["sendMessage"] = [Refusal("Bad Gateway", 502)]
    await tick(office, ward)
    assert told(ward) == []
    assert program(office.url, "backup", folder)[0] == 0
    assert program(empty, "restore", *folder.iterdir())[0] == 0
    async with exchange(empty, Clock(), PracticeTelegram(next_update=1000, next_message=1000)) as later:
        morning(later, 6, 3)
        line = later.line("doctor", 11)
        await later.running.deliverer.sweep()
        await line.settled()
        assert not re.search(r"resumes them\. 0 have", line.last.text)
        await line.taps("Resume reminders")
        await tick(later, line)

        assert "DUE: Week 12: blood count" in told(line)[0]


async def test_settings_and_due_say_that_reminders_rest(restored, doctor):
    for asked in ("/settings", "/due"):
        await doctor.says(asked)
        assert "No reminder leaves until an owner resumes them" in doctor.last.text
    await doctor.says("/settings")
    await doctor.taps("Resume reminders", message=doctor.last)

    for asked in ("/settings", "/due"):
        await doctor.says(asked)
        assert "was restored" not in doctor.last.text
        assert "Resume reminders" not in labels(doctor.last)


@pytest.mark.parametrize("asked", [f"/due {CODE}", f"/remind {CODE}", f"/remind {CODE} 3 Jun 2026 referral"])
async def test_what_is_due_of_a_patient_and_a_reminder_that_is_set_say_that_they_rest(restored, doctor, asked):
    """Also where those of today were out before the clinic rested."""
    restored.rows("UPDATE members SET rounded_on = '2026-06-03'")
    await doctor.says(asked)
    assert "No reminder leaves until an owner resumes them." in doctor.last.text
    assert "comes tomorrow" not in doctor.last.text

    await doctor.says("/settings")
    await doctor.taps("Resume reminders", message=doctor.last)
    await doctor.says(asked)
    assert "resumes them" not in doctor.last.text


async def test_a_second_tap_on_resume_is_told_that_they_run_already_and_is_not_written_down(restored, doctor):
    first = doctor.last
    await doctor.says("/settings")
    for message in (first, doctor.last):
        await doctor.taps("Resume reminders", message=message)

    assert "Reminders run already. Nothing was changed." in doctor.transcript[-1]
    assert restored.rows("SELECT count(*) FROM audit WHERE verb = 'settle resume'") == [(1,)]


async def test_what_was_not_shown_when_the_copy_was_made_is_not_shown_again(restored, doctor):
    assert [message.text.split(" on ")[0] for message in doctor.messages] == ["This database was restored"]


def test_where_there_is_no_database_nothing_is_resumed_and_none_is_left(program, tmp_path):
    missing = tmp_path / "none.sqlite3"
    code, output, errors = program(f"sqlite:///{missing}", "resume-reminders", "--yes")

    assert (code, output) == (2, "")
    assert len(errors.splitlines()) == 1
    assert "cannot be read" in errors
    assert not missing.exists()


async def test_an_operator_resumes_them_after_having_seen_the_window(restored, doctor, program, monkeypatch):
    monkeypatch.setattr("typer.confirm", lambda _: False)
    code, output, _ = program(restored.url, "resume-reminders")
    await tick(restored, doctor)
    assert (code, told(doctor)) == (1, [])
    assert output.startswith("This database was restored on ")

    code, output, _ = program(restored.url, "resume-reminders", "--yes")
    await tick(restored, doctor)
    assert (code, len(told(doctor))) == (0, 1)
    assert output.endswith("Reminders go out again.\n")

    await restored.ledger.take(lambda work: work.clinic.set_clock(WallClock(date(2999, 1, 1))))
    await restored.ledger.take(lambda work: work.clinic.rest(START, START))
    code, output, _ = program(restored.url, "resume-reminders", "--yes")
    assert (code, output.count("This database was restored on ")) == (0, 1)
    assert output.count("was set back from 1 Jan 2999") == 1

    assert program(restored.url, "resume-reminders")[:2] == (
        0,
        "Reminders do not rest: nothing was restored, or they were resumed already.\n",
    )


def test_the_commands_say_what_they_did(lived, empty, program, folder, key_file):
    code, output, _ = program(lived, "backup", folder)
    assert code == 0
    assert re.search(r"copies/quiesce-\d{8}T\d{6}Z\.backup: \d+ rows, restored from it once and read back\.\n", output)
    assert "21 audit rows and 10 clinical rows: whole. Head: " in output

    (copy,) = folder.iterdir()
    code, output, _ = program(empty, "restore", copy)
    assert code == 0
    assert output.startswith("Restored. No reminder leaves until an owner resumes them in the chat")
    assert "22 audit rows and 10 clinical rows: whole. Head: " in output
    assert checked(empty).broken == ()

    key_file.unlink()
    assert program(lived, "backup", folder)[0] == 2
    shutil.rmtree(folder)
    key_file.write_text(SECRET)
    assert program(lived, "backup", folder)[0] == 2


def test_copying_takes_no_running_bot_along():
    assert not takes_along("bot.copying", "bot.running")
