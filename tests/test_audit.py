"""The audit: in the same transaction as its deed, one chain whoever writes it, and never without its key."""

import json
import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import text

from store.chain import plain
from store.engine import open_engine
from store.errors import OtherKey, SealBroken, StoreUnavailable
from store.keys import Key
from store.members import Role
from store.migrations import migrate
from store.unit_of_work import Writer
from store.unlock import unlock
from tests.conftest import fresh_database
from tests.history import START, VALUES, by_hand, connection_of, hand_over, write, write_history
from tests.sealed import checked, writer_on

CODE = {"code": "QX-771", "plain": "QX771", "disease": "CD", "responsible_id": 1, "enrolled_at": START}


def enrol(work):
    work.members.admit(11, 11, Role.DOCTOR, "UTC")
    write(work, "patient", CODE)


# With its deed


def test_an_entry_stands_or_falls_with_its_turn(writer, url):
    def half(work):
        work.audit.add(None, "lost", "interview 1", START)
        raise RuntimeError("a bug")

    writer.take(lambda work: work.audit.add(None, "kept", "interview 1", START))
    with pytest.raises(RuntimeError):
        writer.take(half)
    writer.take(lambda work: work.audit.add(None, "kept", "interview 2", START))

    assert by_hand(url, "SELECT verb, subject FROM audit ORDER BY id") == [
        ("kept", "interview 1"),
        ("kept", "interview 2"),
    ]
    assert checked(url).broken == ()


def test_what_a_test_settles_inside_its_transaction_can_be_read_there(work):
    work.audit.add(None, "open", "patient 7", START, 7)
    work.audit.settle()

    assert connection_of(work).execute(text("SELECT verb, patient_id FROM audit")).all() == [("open", 7)]


def test_the_audit_names_patients_and_holds_no_value(tmp_path):
    url = f"sqlite:///{tmp_path}/q.sqlite3"
    write_history(url)
    rows = by_hand(url, "SELECT * FROM audit")
    patients = by_hand(url, "SELECT DISTINCT patient_id FROM audit WHERE patient_id IS NOT NULL")
    everything = json.dumps(rows, ensure_ascii=False)

    assert sorted(patients) == [(1,), (2,), (3,)]
    assert [value for value in (*VALUES, "REMISSION", "QX") if value in everything] == []


def test_a_column_that_a_later_schema_adds_changes_nothing_that_was_signed():
    assert plain({"id": 1, "cover_id": None}) == plain({"id": 1})


# One chain


def test_two_processes_that_write_side_by_side_leave_one_whole_chain(postgres):
    """One of them writes of members whom the other has locked: a turn that held the seal would wait for them."""

    def act(writer, number):
        def turn(work):
            work.members.active(11 + number)
            for member in (1, 2):
                work.audit.add(member, "act", f"interview {number}", START)

        for _ in range(50):
            writer.take(turn)

    with fresh_database(postgres) as url:
        writers = [writer_on(url) for _ in range(2)]
        for user in (11, 12):
            writers[0].take(lambda work, user=user: work.members.admit(user, user, Role.DOCTOR, "UTC"))
        with ThreadPoolExecutor(2) as pool:
            acting = [pool.submit(act, writer, number) for number, writer in enumerate(writers)]
            failures = [each.exception(timeout=60) for each in acting]
        for writer in writers:
            writer.close()
        found = checked(url)

    assert failures == [None, None]
    assert (found.audit_rows, found.head.count, found.broken) == (200, 200, ())


def test_the_time_zone_of_a_session_changes_no_entry(postgres):
    with fresh_database(postgres) as url:
        with closing(writer_on(f"{url}&options=-c%20timezone%3DAsia/Tokyo")) as writer:
            writer.take(enrol)
        assert checked(url).broken == ()
        assert by_hand(url, "SELECT at FROM audit") == [(START,)]


def test_a_change_by_hand_is_found_also_once_quiesce_has_written_the_row_anew(writer, url):
    writer.take(enrol)
    by_hand(url, "UPDATE patients SET disease = 'UC'")
    writer.take(lambda work: hand_over(work, 1, 1))

    assert checked(url).broken == ("patient 1 had been changed when audit row 2 was written",)


BY_HAND = {
    "UPDATE seal SET mac = 'x'": "was changed",
    "DELETE FROM seal": "is gone",
    "INSERT INTO seal SELECT 2, first_id, genesis, count, head, fingerprint, mac FROM seal": "more than one",
    "INSERT INTO audit (id, at, verb, subject) VALUES (2, '2026-06-01', 'x', 'y')": "has not made",
}


@pytest.mark.parametrize("change", BY_HAND)
@pytest.mark.parametrize("running", [True, False], ids=["it runs meanwhile", "it starts afterwards"])
def test_nothing_is_written_upon_an_audit_that_was_changed(url, running, change):
    with closing(writer_on(url)) as first, closing(writer_on(url)) as second:
        first.take(enrol)
        by_hand(url, change)
        writer = first if running else second
        with pytest.raises(SealBroken, match=BY_HAND[change]):
            writer.take(lambda work: work.audit.add(None, "x", "y", START))
        changed = by_hand(url, "SELECT count(*) FROM audit WHERE verb = 'x' AND chain IS NOT NULL")

    assert changed == [(0,)]


def test_a_bot_that_runs_goes_on_where_it_was_and_hides_nothing_of_what_was_taken_away_meanwhile(writer, url):
    writer.take(enrol)
    by_hand(url, "DELETE FROM audit", "UPDATE seal SET count = 0, head = genesis")
    writer.take(lambda work: work.audit.add(None, "x", "y", START))

    assert checked(url).broken[0] == "audit row 1 is missing, and so row 2 cannot be told"


# With its key


@pytest.fixture
def key_file(tmp_path):
    return tmp_path / "quiesce.key"


@pytest.fixture
def bare(tmp_path):
    """A database that was migrated and never opened by a bot."""
    url = f"sqlite:///{tmp_path}/bare.sqlite3"
    migrate(url)
    return url


def test_the_first_start_makes_a_key_that_nobody_else_may_read_and_the_next_one_takes_it(bare, key_file):
    first, second = unlock(bare, key_file), unlock(bare, key_file)

    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert first.fingerprint == second.fingerprint == Key(bytes.fromhex(key_file.read_text())).fingerprint
    assert checked(bare, first).broken == ()


def test_a_key_that_was_made_beforehand_is_taken(bare, key_file):
    key_file.write_text(f"{'ab' * 32}\n")

    assert unlock(bare, key_file).fingerprint == Key(b"\xab" * 32).fingerprint


def test_without_its_key_or_with_another_an_audit_is_not_opened(bare, key_file):
    unlock(bare, key_file)
    key_file.write_text("cd" * 32)
    with pytest.raises(OtherKey):
        unlock(bare, key_file)
    key_file.unlink()
    with pytest.raises(StoreUnavailable, match="is missing"):
        unlock(bare, key_file)

    assert not key_file.exists()


@pytest.mark.parametrize("content", ["", "no key", "ab" * 31, "ab" * 33, "\N{GREEK SMALL LETTER ALPHA}"])
def test_a_file_that_holds_no_key_is_refused_and_left_alone(bare, key_file, content):
    key_file.write_text(content)
    with pytest.raises(StoreUnavailable, match="holds no key"):
        unlock(bare, key_file)

    assert key_file.read_text() == content


def test_a_chain_without_its_seal_is_not_begun_anew_or_no_row_is_left_to_be_trusted(bare, key_file):
    with closing(Writer(open_engine(bare), unlock(bare, key_file))) as writer:
        writer.take(enrol)
    for cover_up in ("DELETE FROM seal", "UPDATE audit SET chain = NULL"):
        by_hand(bare, cover_up)
        with pytest.raises(SealBroken, match="is gone"):
            unlock(bare, key_file)
    by_hand(bare, "UPDATE audit SET patient_id = NULL, before = NULL, after = NULL")

    assert checked(bare, unlock(bare, key_file)).broken == ("patient 1 was put in: no audit row tells of it",)


def test_a_chain_that_begins_over_older_entries_says_so(bare, key_file, caplog):
    by_hand(bare, "INSERT INTO audit (at, verb, subject) VALUES ('2026-01-01 00:00:00.000000', 'join', 'member 1')")
    with caplog.at_level(logging.WARNING):
        key = unlock(bare, key_file)

    assert [each.getMessage() for each in caplog.records] == [
        "the chain of the audit begins here; older than it: 1 entries"
    ]
    assert checked(bare, key).audit_rows == 1


def test_of_two_first_starts_at_once_one_makes_the_key_and_both_have_it(postgres, key_file):
    with fresh_database(postgres, "template0") as url:
        migrate(url)
        with ThreadPoolExecutor(2) as pool:
            keys = [each.result() for each in [pool.submit(unlock, url, key_file) for _ in range(2)]]
        assert by_hand(url, "SELECT fingerprint FROM seal") == [(keys[0].fingerprint,)]

    assert keys[0].fingerprint == keys[1].fingerprint


def test_a_key_shows_nothing_of_itself(key_file, bare):
    key = unlock(bare, key_file)

    assert key_file.read_text().strip() not in f"{key!r} {key} {key.fingerprint} {by_hand(bare, 'SELECT * FROM seal')}"
