"""What a small clinic leaves in its database: members, patients, what was observed and said of them, and the audit."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text, update

from store.chain import CLINICAL
from store.engine import open_engine
from store.migrations import migrate
from store.unit_of_work import UnitOfWork
from store.unlock import begin
from tests.sealed import KEY, writer_on

START = datetime(2026, 6, 1, 9, 0, 30, 125_000, tzinfo=UTC)
# What no row of the audit may hold, wherever else it stands.
VALUES = ("73412", "Ulcus – groß", "QX-771", "8.13")

Turn = Callable[[UnitOfWork], object]


def connection_of(work: UnitOfWork) -> Connection:
    return work.audit._connection  # noqa: SLF001  no public way


def write(work: UnitOfWork, thing: str, row: dict[str, Any], member: int = 1, at: datetime = START) -> Row[Any]:
    """A new row of a clinical table, as a repository writes it."""
    rows = CLINICAL[thing]
    written = connection_of(work).execute(insert(rows).returning(rows), row).one()
    work.audit.wrote(member, "write", thing, written, at)
    return written


def hand_over(work: UnitOfWork, patient: int, to: int, at: datetime = START) -> None:
    """The one change of a clinical row that there is: another member answers for a patient."""
    rows, connection = CLINICAL["patient"], connection_of(work)
    before = connection.execute(select(rows).where(rows.c.id == patient).with_for_update(key_share=True)).one()
    change = update(rows).where(rows.c.id == patient).values(responsible_id=to).returning(rows)
    work.audit.wrote(to, "hand over", "patient", connection.execute(change).one(), at, before)


def write_history(url: str) -> None:
    """Some rows that are older than the chain, then a few weeks of work."""
    migrate(url, "0004")
    engine = open_engine(url)
    with engine.begin() as connection:
        _old_times(connection)
    migrate(url)
    with engine.begin() as connection:
        begin(connection, KEY)
    engine.dispose()
    writer = writer_on(url)
    for turn in _turns():
        writer.take(turn)
    writer.close()


def _old_times(connection: Connection) -> None:
    for number in (11, 12, 13):
        seat = "INSERT INTO members (user_id, chat_id, role, zone) VALUES (:user, :user, 'doctor', 'UTC')"
        connection.execute(text(seat), {"user": number})
    for number, verb in ((1, "join"), (2, "hbi"), (4, "end")):  # number 3 was rolled back
        entry = "INSERT INTO audit (id, at, member_id, verb, subject) VALUES (:id, :at, 1, :verb, :subject)"
        at = START.isoformat(" ").removesuffix("+00:00") if connection.dialect.name == "sqlite" else START
        connection.execute(text(entry), {"id": number, "at": at, "verb": verb, "subject": f"interview {number}"})


def _turns() -> Iterator[Turn]:
    for number in (1, 2, 3):
        yield lambda work, number=number: _enrol(work, number)
    for number in range(4):
        yield lambda work, number=number: _observe(work, number)
    yield lambda work: hand_over(work, 2, 1)
    yield lambda work: hand_over(work, 2, 3)
    yield lambda work: write(work, "observation", _observation(1, 9) | {"replaces_id": 1, "value": None, "why": "typo"})
    for number in (1, 3):
        yield lambda work, number=number: work.audit.add(number, "open", f"patient {number}", START, number)
    yield lambda work: work.audit.add(None, "tidy", "interview 7", START + timedelta(microseconds=1))


def _enrol(work: UnitOfWork, number: int) -> None:
    patient = {
        "code": f"QX-77{number}",
        "plain": f"QX77{number}",
        "disease": ("CD", "UC")[number % 2],
        "responsible_id": number,
    }
    write(work, "patient", patient | {"enrolled_at": START}, number)
    work.audit.add(number, "enrol", f"interview {number}", START)


def _observe(work: UnitOfWork, number: int) -> None:
    patient = number % 3 + 1
    write(work, "observation", _observation(patient, number), patient, START + timedelta(days=number))
    if number % 2:
        said = {"core_version": "0.1.0", "inputs": f'{{"crp": {VALUES[3]}}}', "report": '{"headline": "REMISSION"}'}
        write(work, "verdict", said | {"patient_id": patient, "at": START}, patient)


def _observation(patient: int, number: int) -> dict[str, Any]:
    return {
        "patient_id": patient,
        "kind": ("score", "lab")[number % 2],
        "code": ("hbi", "crp")[number % 2],
        "version": 1 if number % 2 == 0 else None,
        "on": date(2026, 6, 1) + timedelta(days=number),
        "value": {"items": {"pain": number, "stools": VALUES[0]}, "text": VALUES[1]},
        "as_given": VALUES[1] if number % 2 else None,
        "by": patient,
        "at": START + timedelta(hours=number),
        "entry": number,
    }


def by_hand(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """What the database answers to somebody who is not Quiesce."""
    engine = open_engine(url, foreign_keys=False)
    with engine.begin() as connection:
        results = [connection.execute(text(each)) for each in statements]
        found = [tuple(row) for row in results[-1]] if results[-1].returns_rows else []
    engine.dispose()
    return found
