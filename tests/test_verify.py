"""Nobody changes the audit, or what is known of patients, and is not found: `verify` sees what was done by hand."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, create_engine, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from store import raw
from store.chain import CLINICAL
from store.engine import ANY_TEXT, open_engine
from store.errors import StoreUnavailable
from store.migrations import migrate
from store.tables import AuditRow, MemberRow, SealRow, table
from store.verify import TOLD, Verification, broken_places, verify
from tests.conftest import fresh_database
from tests.history import write_history
from tests.sealed import KEY
from tests.tampering import Tampering

SEED = int(os.environ.get("QUIESCE_SEED", "20261124"))
# One costs 1.1 ms on SQLite and three to four times that on PostgreSQL, where the same code reads what it finds.
TAMPERINGS = {"sqlite": 10_000, "postgresql": 400}


@pytest.fixture(scope="module")
def lite(tmp_path_factory) -> Path:
    """A history on SQLite, to be copied."""
    path = tmp_path_factory.mktemp("history") / "quiesce.sqlite3"
    write_history(f"sqlite:///{path}")
    return path


@contextmanager
def in_memory(path: Path) -> Iterator[Connection]:
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with closing(sqlite3.connect(path)) as file:
        file.backup(memory)
    memory.text_factory = ANY_TEXT
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        yield connection
    engine.dispose()


@pytest.fixture
def history(lite) -> Iterator[Connection]:
    with in_memory(lite) as connection:
        yield connection


@pytest.fixture(scope="module")
def history_on_postgres(postgres) -> Iterator[Connection]:
    with fresh_database(postgres, "template0") as url:
        write_history(url)
        engine = open_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no foreign keys
            yield connection
        engine.dispose()


def broken(connection: Connection) -> bool:
    try:
        return next(broken_places(connection, KEY, None, Verification()), None) is not None
    except StoreUnavailable:
        return True


def tampered(connection: Connection, chance: Random, times: int) -> list[str]:
    """What was done and not found, of so many changes, each made to the untouched database."""
    missed, tampering = [], Tampering(connection, chance)
    while times:
        with suppress(DBAPIError), undone(connection):
            what, found = tampering.once(), broken(connection)
            effective = found or tampering.changed
            if not found and effective:
                missed.append(what)
            times -= effective
    return missed


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """What happens inside is undone; SQLAlchemy's own savepoints would pile up."""
    connection.exec_driver_sql("SAVEPOINT tampering")
    try:
        yield
    finally:
        connection.exec_driver_sql("ROLLBACK TO tampering")
        connection.exec_driver_sql("RELEASE tampering")


def test_of_ten_thousand_changes_by_hand_each_is_found_on_sqlite(history):
    print(f"QUIESCE_SEED={SEED}")
    before = broken(history)
    missed = tampered(history, Random(SEED), TAMPERINGS["sqlite"])

    assert (before, missed, broken(history)) == (False, [], False)


def test_of_four_hundred_changes_by_hand_each_is_found_on_postgresql(history_on_postgres):
    print(f"QUIESCE_SEED={SEED}")
    before = broken(history_on_postgres)
    missed = tampered(history_on_postgres, Random(SEED), TAMPERINGS["postgresql"])

    assert (before, missed, broken(history_on_postgres)) == (False, [], False)


LAST = "(SELECT max(id) FROM audit)"


@pytest.mark.parametrize(
    ("by_hand", "said"),
    [
        ("UPDATE audit SET verb = 'x' WHERE id = 8", "audit row 8 was changed"),
        ("UPDATE audit SET chain = 'x' WHERE id = 8", "audit row 8 was changed"),
        ("DELETE FROM audit WHERE id = 8", "audit row 8 is missing, and so row 9 cannot be told"),
        ("DELETE FROM audit WHERE id IN (20, 21)", "audit rows 20 to 21 are missing, and so row 22 cannot be told"),
        (f"DELETE FROM audit WHERE id = {LAST}", "audit row 22 is missing at the end"),
        (
            f"INSERT INTO audit (id, at, verb, subject) SELECT 1 + {LAST}, '2026-06-01', 'x', 'y'",
            "audit row 23 was put in: the seal ends with row 22",
        ),
        (
            "UPDATE audit SET subject = 'interview 3' WHERE id = 1",
            "among the audit rows before 5, which are older than the chain, something was changed",
        ),
        ("UPDATE seal SET head = 'x'", "the seal of the audit was changed, and so nothing else can be told"),
        ("UPDATE seal SET fingerprint = 'x'", "the seal of the audit was changed, and so nothing else can be told"),
        ("DELETE FROM seal", "the seal of the audit is gone, and so nothing else can be told"),
        (
            "INSERT INTO seal SELECT 2, first_id, genesis, count, head, fingerprint, mac FROM seal",
            "the audit has more than one seal, and so nothing else can be told",
        ),
        ("UPDATE patients SET disease = 'UC' WHERE id = 2", "patient 2 was changed"),
        ("UPDATE observations SET value = replace(value, ': ', ':') WHERE id = 3", "observation 3 was changed"),
        ("UPDATE observations SET at = at || '0' WHERE id = 3", "observation 3 was changed"),
        ("UPDATE observations SET code = CAST(x'68ff0a' AS TEXT) WHERE id = 3", "observation 3 was changed"),
        ("DELETE FROM verdicts WHERE id = 2", "verdict 2 is missing"),
        (
            "INSERT INTO verdicts SELECT 9, patient_id, at, core_version, inputs, report FROM verdicts WHERE id = 1",
            "verdict 9 was put in: no audit row tells of it",
        ),
    ],
    ids=lambda value: value if value.startswith(("UPDATE", "DELETE", "INSERT")) else "",
)
def test_what_was_done_by_hand_is_told_in_one_sentence_for_each_place(history, by_hand, said):
    history.exec_driver_sql(by_hand)

    assert verify(history, KEY).broken == (said,)


def test_two_changed_rows_side_by_side_are_both_told_and_no_other(history):
    history.exec_driver_sql("UPDATE audit SET verb = 'x' WHERE id IN (8, 9)")
    history.exec_driver_sql("UPDATE audit SET chain = 'x' WHERE id = 12")

    assert verify(history, KEY).broken == tuple(f"audit row {number} was changed" for number in (8, 9, 12))


def test_a_sentence_stays_on_one_line_whatever_was_put_into_the_database(history):
    history.exec_driver_sql(
        "UPDATE audit SET subject = CAST(x'0a1b5b324aff' AS TEXT) WHERE after IS NOT NULL AND id = 5"
    )

    assert [each for each in verify(history, KEY).broken if not each.isascii() or not each.isprintable()] == []


def test_at_most_twenty_places_are_told(history):
    history.exec_driver_sql("UPDATE audit SET verb = 'x'")
    history.exec_driver_sql("UPDATE observations SET entry = 99")

    places = verify(history, KEY).broken
    assert (len(places), places[-1]) == (TOLD + 1, "and more")


def test_a_history_is_read_page_by_page_as_it_is_read_at_once(history, monkeypatch):
    whole = verify(history, KEY)
    monkeypatch.setattr(raw, "PAGE", 2)
    paged = verify(history, KEY)

    assert (paged, whole.broken, whole.clinical_rows > 2) == (whole, (), True)


def test_a_history_moved_to_the_other_database_is_still_whole(lite, postgres):
    source = open_engine(f"sqlite:///{lite}")
    with fresh_database(postgres, "template0") as url:
        migrate(url)
        target = open_engine(url)
        with source.begin() as old, target.begin() as new:
            for each in (table(MemberRow), *CLINICAL.values(), table(AuditRow), table(SealRow)):
                rows = [row._asdict() for row in old.execute(select(each).order_by(each.c.id))]
                new.execute(insert(each), rows)
            assert verify(new, KEY) == verify(old, KEY)
            assert verify(new, KEY).broken == ()
        target.dispose()
    source.dispose()
