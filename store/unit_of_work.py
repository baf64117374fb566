"""Turns, one after another, each in one transaction, on one held connection."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from store.arrivals import Arrivals
from store.audit import Audit
from store.cards import Cards
from store.clinic import Clinics
from store.errors import StoreUnavailable, reason
from store.interviews import Interviews
from store.invitations import Invitations
from store.members import Members
from store.observations import Observations
from store.patients import Patients
from store.verdicts import Verdicts

T = TypeVar("T")


class UnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.members = Members(connection)
        self.invitations = Invitations(connection)
        self.arrivals = Arrivals(connection)
        self.interviews = Interviews(connection)
        self.cards = Cards(connection)
        self.clinic = Clinics(connection)
        self.patients = Patients(connection)
        self.observations = Observations(connection)
        self.verdicts = Verdicts(connection)
        self.audit = Audit(connection)


class Writer:
    """What a turn returns is committed; a turn that raises leaves nothing behind."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with _explained():
            self._connection = engine.connect()
        self._work = UnitOfWork(self._connection)

    def take(self, turn: Callable[[UnitOfWork], T]) -> T:
        """Raises StoreUnavailable where the database is locked, full or gone."""
        with _explained(), self._connection.begin():
            return turn(self._work)

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()


@contextmanager
def _explained() -> Iterator[None]:
    """Tell a store that is unavailable from a statement that is wrong, which is our bug."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if _is_our_bug(error.orig):
            raise
        raise StoreUnavailable(f"the database is unavailable: {reason(error)}") from error


def _is_our_bug(error: BaseException | None) -> bool:
    """SQLite calls a wrong statement operational, too; its codes tell."""
    return isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR
