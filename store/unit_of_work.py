"""Turns, one after another, each in one transaction, on one held connection."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine

from store.arrivals import Arrivals
from store.audit import Audit
from store.cards import Cards
from store.clinic import Clinics
from store.errors import explained
from store.interviews import Interviews
from store.invitations import Invitations
from store.keys import Key
from store.members import Members
from store.observations import Observations
from store.patients import Patients
from store.reminders import Reminders
from store.verdicts import Verdicts

T = TypeVar("T")


class UnitOfWork:
    """The repositories of one transaction."""

    def __init__(self, connection: Connection, key: Key) -> None:
        self.members = Members(connection)
        self.invitations = Invitations(connection)
        self.arrivals = Arrivals(connection)
        self.interviews = Interviews(connection)
        self.cards = Cards(connection)
        self.clinic = Clinics(connection)
        self.patients = Patients(connection)
        self.observations = Observations(connection)
        self.verdicts = Verdicts(connection)
        self.reminders = Reminders(connection)
        self.audit = Audit(connection, key)


class Writer:
    """What a turn returns is committed; a turn that raises leaves nothing behind."""

    def __init__(self, engine: Engine, key: Key) -> None:
        self._engine = engine
        with explained():
            self._connection = engine.connect()
        self._work = UnitOfWork(self._connection, key)

    def take(self, turn: Callable[[UnitOfWork], T]) -> T:
        """Raises StoreUnavailable where the database is locked, full or gone, or its audit is no more as it was."""
        try:
            with explained(), self._connection.begin():
                result = turn(self._work)
                self._work.audit.settle()
                return result
        finally:
            self._work.audit.forget()
            self._work.cards.wanted_in.clear()

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()
