"""How fast a tick finds the next hundred patients of one person among a million reminders, on both databases."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from sqlalchemy import Connection, func, insert, literal, select

from flows.reminder import State
from store.engine import open_engine
from store.tables import MemberRow, PatientRow, ReminderRow, table
from store.unit_of_work import UnitOfWork
from tests.conftest import fresh_database
from tests.postgres import cluster
from tests.sealed import prepare, writer_on

TODAY = date(2026, 6, 1)
# Of each patient one reminder wakes today, and one on each of the days after it.
DAYS = 100
A_PERSONS_PATIENTS = 100
ASKED = 2_000
WARM_UP = 100
SEED = 20260601

_MEMBERS, _PATIENTS, _REMINDERS = (table(each) for each in (MemberRow, PatientRow, ReminderRow))


class Filled:
    """Databases with so many reminders, by name."""

    def __init__(self, urls: dict[str, str], reminders: int) -> None:
        self._urls = urls
        self._people = reminders // DAYS // A_PERSONS_PATIENTS
        for url in urls.values():
            _fill(url, self._people)

    def figures(self) -> dict[str, float]:
        """The 99th percentile of one question, in milliseconds, on each database."""
        return {f"due_{name}_ms": self._p99(url) for name, url in self._urls.items()}

    def _p99(self, url: str) -> float:
        dice, spent = Random(SEED), []  # the same questions in every round
        with closing(writer_on(url)) as writer:
            for _ in range(WARM_UP + ASKED):
                member = dice.randint(1, self._people)
                spent.append(writer.take(lambda work, member=member: _asked(work, member)))
        return sorted(spent[WARM_UP:])[int(ASKED * 0.99)] * 1000


def _asked(work: UnitOfWork, member: int) -> float:
    begun = perf_counter()
    found = work.reminders.patients_waking(member, TODAY)
    spent = perf_counter() - begun
    assert len(found) == A_PERSONS_PATIENTS
    return spent


@contextmanager
def filled(folder: Path, reminders: int) -> Iterator[Filled]:
    with ExitStack() as stack:
        server = stack.enter_context(cluster())
        urls = {
            "sqlite": f"sqlite:///{folder / 'reminders.sqlite3'}",
            "postgresql": stack.enter_context(fresh_database(server, "template0")),
        }
        yield Filled(urls, reminders)


def _fill(url: str, people: int) -> None:
    prepare(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        _enrol(connection, people)
        for ahead in range(DAYS):
            _remind(connection, TODAY + timedelta(days=ahead))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")  # as both do by themselves in time
    engine.dispose()


def _enrol(connection: Connection, people: int) -> None:
    seats = [{"user_id": each, "chat_id": each, "role": "doctor", "zone": "UTC"} for each in range(1, people + 1)]
    connection.execute(insert(_MEMBERS), seats)
    enrolled = [
        {"code": str(each), "plain": str(each), "disease": "UC", "responsible_id": 1 + each % people}
        for each in range(people * A_PERSONS_PATIENTS)
    ]
    connection.execute(insert(_PATIENTS).values(enrolled_at=datetime.now(UTC)), enrolled)


def _remind(connection: Connection, day: date) -> None:
    """One reminder of every patient, for whoever is responsible."""
    row = {
        "patient_id": _PATIENTS.c.id,
        "item": literal("rep_lab"),
        "slot": literal(day.isoformat()),
        "title": literal("Blood count, liver tests"),
        "source": literal("protocol"),
        "opens_on": literal(day),
        "due_on": literal(day),
        "state": literal(State.PLANNED.value),
        "wake_on": literal(day),
        "for_id": _PATIENTS.c.responsible_id,
    }
    chosen = select(*(value.label(name) for name, value in row.items())).order_by(func.random())
    connection.execute(insert(_REMINDERS).from_select(list(row), chosen))
