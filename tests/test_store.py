"""The store: whole or not at all, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, StatementError
from sqlmodel import SQLModel

from flows.instruments.hbi import HBI
from flows.interview import Interview, Stage
from store import migrations
from store.engine import held, open_engine
from store.errors import StoreUnavailable
from store.members import Role
from store.migrations import apply, migrate
from store.revision import is_current, newest
from tests.conftest import fresh_database
from tests.sealed import prepare, writer_on

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def member(work):
    return work.members.admit(11, 11, Role.OWNER, "Europe/Vienna")


def test_the_migrated_schema_is_the_declared_one(url):
    engine = open_engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
        foreign_keys = {
            (table, *key["constrained_columns"], key["referred_table"])
            for table in inspect(connection).get_table_names()
            for key in inspect(connection).get_foreign_keys(table)
        }
    engine.dispose()

    assert differences == []
    assert foreign_keys == {
        (table.name, key.parent.name, key.column.table.name)
        for table in SQLModel.metadata.tables.values()
        for key in table.foreign_keys
    }


def test_the_comparison_sees_a_column_that_no_migration_makes(url):
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit ADD COLUMN surprise INTEGER"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()

    assert len(differences) == 1


def test_migrating_twice_is_migrating_once(writer, url):
    writer.take(lambda work: work.members.admit(11, 11, Role.OWNER, "UTC"))
    migrate(url)

    assert writer.take(lambda work: work.members.count_owners())


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path):
    """Left alone, SQLite's driver would leave the tables that were made before the failure."""
    url = f"sqlite:///{tmp_path}/half.sqlite3"
    engine = open_engine(url, foreign_keys=False)
    with pytest.raises(RuntimeError, match="the power went"):
        _half(engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def _half(engine):
    with engine.begin() as connection:
        apply(connection)
        assert inspect(connection).get_table_names()
        raise RuntimeError("the power went")


def test_a_migration_that_would_leave_orphans_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path}/orphans.sqlite3"
    migrate(url)
    engine = open_engine(url, foreign_keys=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO audit (at, member_id, verb, subject) VALUES ('2026-01-01', 99, 'x', 'y')"
        )
    engine.dispose()

    with pytest.raises(StoreUnavailable, match="1 rows"):
        migrate(url)


def test_a_time_comes_back_aware_and_in_utc_and_a_naive_one_is_refused(writer):
    there = datetime(2026, 6, 1, 15, 0, tzinfo=timezone(timedelta(hours=3)))

    def keep_and_read(work):
        member = work.members.admit(11, 11, Role.OWNER, "UTC")
        sitting = work.interviews.add(member.id, Interview(HBI), NOW)
        sitting.kept_at = there
        work.interviews.save(sitting, NOW)
        return work.interviews.get(sitting.id).kept_at

    back = writer.take(keep_and_read)
    assert back == datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    assert back.utcoffset() == timedelta(0)
    with pytest.raises(StatementError):
        writer.take(lambda work: work.arrivals.first_time(1, 1, datetime(2026, 6, 1)))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        writer.take(lambda work: work.audit.add(None, "x", "y", datetime(2026, 6, 1)))  # noqa: DTZ001


def test_a_turn_that_raises_leaves_nothing_and_the_next_one_works(writer):
    def half(work):
        work.members.admit(11, 11, Role.OWNER, "UTC")
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        writer.take(half)
    assert writer.take(lambda work: work.members.count_owners()) == 0


def test_a_statement_that_is_wrong_is_a_bug_and_not_an_unavailable_store(writer):
    with pytest.raises(IntegrityError):
        writer.take(lambda work: work.interviews.add(999, Interview(HBI), NOW))
    assert writer.take(lambda work: work.interviews.kept(1)) == []


def test_a_statement_that_names_no_table_is_a_bug_on_both_databases(writer):
    """SQLite calls it operational, as it calls a locked database; retried for ever, it would stop everybody."""
    with pytest.raises((OperationalError, ProgrammingError)):
        writer.take(lambda work: work.members._connection.exec_driver_sql("SELECT * FROM nowhere"))  # noqa: SLF001  no public way
    assert writer.take(lambda work: work.interviews.kept(1)) == []


def test_an_interview_comes_back_as_it_was(work, member):
    interview = Interview(HBI, answers={"wellbeing": 2, "pain": None, "complications": ("abscess", "uveitis")})
    interview.ticked = ("arthralgia",)
    sitting = work.interviews.add(member.id, interview, NOW)

    assert work.interviews.get(sitting.id).interview == interview
    assert list(work.interviews.get(sitting.id).interview.answers) == ["wellbeing", "pain", "complications"]


def test_one_questionnaire_is_in_front_and_any_number_are_kept(work, member):
    first = work.interviews.add(member.id, Interview(HBI), NOW)
    first.kept_at = NOW
    work.interviews.save(first, NOW)
    second = work.interviews.add(member.id, Interview(HBI), NOW)

    assert work.interviews.front(member.id).id == second.id
    assert [each.id for each in work.interviews.kept(member.id)] == [first.id]
    with pytest.raises(IntegrityError):
        work.interviews.add(member.id, Interview(HBI), NOW)


def test_a_completed_interview_is_neither_in_front_nor_kept(work, member):
    work.interviews.add(member.id, Interview(HBI, stage=Stage.COMPLETED), NOW)

    assert work.interviews.front(member.id) is None
    assert work.interviews.kept(member.id) == []


def test_an_update_arrives_once(work):
    assert work.arrivals.first_time(1, 7, NOW)
    assert not work.arrivals.first_time(1, 7, NOW)
    assert work.arrivals.first_time(2, 7, NOW)
    assert work.arrivals.last(1) == 7


@pytest.mark.parametrize(
    ("age", "again"), [(6.99, False), (7, False), (7.01, True)], ids=["just below a week", "at", "just above"]
)
def test_arrivals_are_kept_for_a_week(work, age, again):
    work.arrivals.first_time(1, 7, NOW)
    work.arrivals.prune(NOW + timedelta(days=age))

    assert work.arrivals.first_time(1, 7, NOW) is again


def test_a_number_of_an_erased_interview_is_never_given_again(work, member):
    first = work.interviews.add(member.id, Interview(HBI), NOW)
    work.interviews.erase(first.id)

    assert work.interviews.add(member.id, Interview(HBI), NOW).id > first.id


def test_big_ids_fit(work):
    big = 2**52 - 1

    assert work.members.admit(big, big, Role.OWNER, "UTC").user_id == big
    assert work.arrivals.first_time(2**40, 2**31, NOW)


def test_a_second_program_on_the_same_file_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path}/quiesce.sqlite3"
    with held(url), pytest.raises(StoreUnavailable, match="another Quiesce"), held(url):
        pass
    with held(url):
        pass


def test_postgresql_needs_no_file_lock():
    with held("postgresql://postgres@/quiesce"), held("postgresql://postgres@/quiesce"):
        pass


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://root@localhost/x", "sqlite:///nowhere/at/all/q.sqlite3", "oracle://"]
)
def test_a_database_that_cannot_be_opened_is_one_sentence(url):
    with pytest.raises(StoreUnavailable) as refusal:
        migrate(url)

    assert "\n" not in str(refusal.value)


def test_a_file_that_is_no_database_is_one_sentence(tmp_path):
    (tmp_path / "q.sqlite3").write_text("not a database, but long enough to be read as one " * 40)

    with pytest.raises(StoreUnavailable):
        migrate(f"sqlite:///{tmp_path}/q.sqlite3")


def test_a_locked_database_is_unavailable_and_works_again_later(tmp_path, sqlite_template):
    path = tmp_path / "q.sqlite3"
    path.write_bytes(sqlite_template)
    writer, other = writer_on(f"sqlite:///{path}?timeout=0.05"), open_engine(f"sqlite:///{path}")
    with other.begin(), pytest.raises(StoreUnavailable, match="locked"):
        writer.take(lambda work: work.members.count_owners())

    assert writer.take(lambda work: work.members.count_owners()) == 0
    writer.close()
    other.dispose()


def test_an_error_message_carries_no_answer(writer):
    with pytest.raises((IntegrityError, OperationalError)) as error:
        writer.take(lambda work: work.interviews.add(999, Interview(HBI, answers={"complications": ("abscess",)}), NOW))

    assert "abscess" not in str(error.value)


def test_sqlite_keeps_its_word(tmp_path, sqlite_template):
    path = tmp_path / "q.sqlite3"
    path.write_bytes(sqlite_template)
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        pragmas = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                   for name in ("journal_mode", "synchronous", "foreign_keys")}  # fmt: skip
    engine.dispose()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request, tmp_path):
    """The address of an empty database, without a schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.sqlite3"
        return
    with fresh_database(request.getfixturevalue("postgres"), template="template0") as address:
        yield address


def test_the_schema_of_this_version_is_known_without_alembic(bare_url):
    assert newest() == ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()
    found = [is_current(bare_url)]
    for revision in ("0001", newest()):
        migrate(bare_url, revision)
        found.append(is_current(bare_url))

    assert found == [False, False, True]


def test_an_earlier_schema_migrates_with_its_data(bare_url):
    migrate(bare_url, "0001")
    engine = open_engine(bare_url)
    with engine.begin() as connection:
        for statement in (
            "INSERT INTO members (id, user_id, chat_id, role, zone) VALUES (1, 11, 11, 'owner', 'UTC')",
            "INSERT INTO invitations (code_hash, role, expires_at) VALUES ('h', 'owner', '2026-01-01 00:00:00')",
            "INSERT INTO cards (chat_id, member_id, body, revision, shown, attempts) VALUES (1, 1, 'x', 1, 0, 0)",
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()
    prepare(bare_url)
    writer = writer_on(bare_url)
    card = writer.take(lambda work: work.cards.take_next(1, NOW, None))
    owners = writer.take(lambda work: work.members.all_active())
    writer.close()

    assert (card.body, card.unasked, card.wanted_at) == ("x", False, None)
    assert [(owner.user_id, owner.joined_at) for owner in owners] == [(11, None)]
