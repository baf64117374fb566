"""The fixtures that matter: `url`, a migrated database on SQLite and on PostgreSQL; `work`; `chat`."""

import gc
import os
import sqlite3
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from bot.acts import Person
from bot.api.access import Buckets
from bot.running import Running
from store.engine import open_engine
from store.unit_of_work import UnitOfWork, Writer
from tests.conversation import DOCTOR, Clock, Exchange, Line, Resumed, exchange
from tests.enrolled import ENROLLED
from tests.history import write_history
from tests.openings import Databases, Opened, Openings
from tests.postgres import NoPostgres, cluster, in_memory
from tests.sealed import KEY, prepare, writer_on

NURSE = Person(user_id=12, chat_id=12)

settings.register_profile("quiesce", deadline=None, print_blob=True, suppress_health_check=list(HealthCheck))
settings.load_profile("quiesce")

_names = (f"quiesce_{number}" for number in count())


# What is of the databases themselves is tried on both of them in any case.
_ON_BOTH = ("test_store", "test_audit", "test_verify", "test_copies", "test_migrations")


def pytest_collection_finish() -> None:
    """What was imported stays: looking through all of it again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config, items) -> None:
    """For `make test` most is tried on one of the two databases, always the same one; without it on both."""
    if os.environ.get("QUIESCE_ONE_DATABASE") != "1":
        return
    config.hook.pytest_deselected(items=[item for item in items if not _is_chosen(item)])
    items[:] = filter(_is_chosen, items)


def _is_chosen(item: pytest.Item) -> bool:
    if item.path.name.startswith(_ON_BOTH) or not hasattr(item, "callspec"):
        return True
    chosen = ("sqlite", "postgresql")[crc32(item.nodeid.replace("postgresql", "sqlite").encode()) % 2]
    return item.callspec.params.get("url", chosen) == chosen


def pytest_terminal_summary(terminalreporter) -> None:
    """What tests have counted, whichever process ran them."""
    for report in terminalreporter.getreports("passed"):
        for name, counted in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {name} {counted}")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A cluster, as a URL with a place for the database; its template holds the migrated schema and its seal."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(cluster())
        except NoPostgres:
            message = "no PostgreSQL: neither QUIESCE_TEST_POSTGRES_URL, nor Debian's, nor the wheel's"
            if os.environ.get("CI"):
                pytest.fail(message)
            warnings.warn(message, stacklevel=1)
            pytest.skip(message)
        _create(server, "quiesce_template")
        prepare(server.format(database="quiesce_template"))
        yield server


def _create(server: str, name: str, template: str = "template0") -> None:
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        copied = "STRATEGY file_copy" if connection.info.server_version >= 15_00_00 else ""  # what older ones do
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {copied}')


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server.format(database="postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def fresh_database(server: str, template: str = "quiesce_template") -> Iterator[str]:
    """An empty database on PostgreSQL, for one test; migrated, unless from another template."""
    name = next(_names)
    _create(server, name, template)
    yield server.format(database=name)
    _drop(server, name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A migrated SQLite file with its seal, to be copied."""
    path = tmp_path_factory.mktemp("template") / "quiesce.sqlite3"
    prepare(f"sqlite:///{path}")
    return path.read_bytes()


@contextmanager
def fresh_file(template: bytes, where: Path | None = None) -> Iterator[str]:
    """A file of SQLite for one test, `where` it is told, else in memory if that has room."""
    with TemporaryDirectory(prefix="quiesce-", dir=where or in_memory()) as folder:
        path = Path(folder) / "quiesce.sqlite3"
        path.write_bytes(template)
        yield f"sqlite:///{path}"


@pytest.fixture(scope="session")
def openings_on_sqlite(sqlite_template) -> Openings[bytes]:
    def kept(url: str) -> bytes:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return connection.serialize()

    return Openings(Databases(sqlite_template, fresh_file, kept))


@pytest.fixture(scope="session")
def openings_on_postgresql(postgres) -> Openings[str]:
    def kept(url: str) -> str:
        template = next(_names)
        _create(postgres, template, psycopg.conninfo.conninfo_to_dict(url)["dbname"])
        return template

    return Openings(Databases("quiesce_template", lambda template, _=None: fresh_database(postgres, template), kept))


@pytest.fixture
def unhurried(monkeypatch) -> None:
    """As slowly as a person taps."""
    monkeypatch.setattr(Buckets, "lets", lambda *_: True)


@pytest.fixture
def opening(request) -> str:
    """What was said before a test begins; a module with a patient of its own says it here."""
    return ENROLLED if "ward" in request.fixturenames else ""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, opening, tmp_path) -> Iterator[str]:
    """The address of a migrated database: empty, or as the opening left it.

    SQLite lies in memory for the conversations of `office` only: a bot that is killed has a disk and its pace.
    """
    openings = request.getfixturevalue(f"openings_on_{request.param}")
    where = None if "office" in request.fixturenames else tmp_path
    with openings.databases.fresh(openings.after(opening).database, where) as address:
        yield address


@pytest.fixture
def openings(request, url) -> Openings:
    """The openings on databases of that kind."""
    return request.getfixturevalue(f"openings_on_{url.partition(':')[0]}")


@pytest.fixture
def opened(openings, opening) -> Opened:
    """What there was to see when that database was left."""
    return openings.after(opening)


@pytest.fixture(params=["sqlite", "postgresql"])
def lived(request, tmp_path) -> Iterator[str]:
    """The address of a database with a history."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path}/quiesce.sqlite3"
        write_history(address)
        yield address
        return
    with fresh_database(request.getfixturevalue("postgres"), "template0") as address:
        write_history(address)
        yield address


@pytest.fixture
def writer(url) -> Iterator[Writer]:
    writer = writer_on(url)
    yield writer
    writer.close()


@pytest.fixture
def work(url) -> Iterator[UnitOfWork]:
    """The real store, inside one transaction; `work.audit.settle()` writes what the audit was told."""
    engine = open_engine(url)
    with engine.begin() as connection:
        yield UnitOfWork(connection, KEY)
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def office(url, clock, opened) -> AsyncIterator[Exchange]:
    """A running bot with one member, the doctor."""
    async with exchange(url, clock, opened.telegram(), Resumed if opened.chats else Running) as office:
        if not opened.chats:
            await office.seat_doctor()
        await office.running.tidy()
        yield office


@pytest.fixture
async def chat(office, opened) -> Line:
    """The doctor on the line."""
    line = office.line("doctor", DOCTOR.user_id)
    line.transcript += opened.transcript
    return line


@pytest.fixture
async def ward(chat) -> Line:
    """The doctor, with one patient in week 12."""
    return chat
