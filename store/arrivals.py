"""Updates that have had their effect."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store.tables import ArrivalRow, table

# Telegram keeps an update for 24 hours; a week leaves room for a clock that was wrong.
KEPT = timedelta(days=7)

_ARRIVALS = table(ArrivalRow)
_ADD = {
    "sqlite": sqlite.insert(_ARRIVALS).on_conflict_do_nothing().returning(_ARRIVALS.c.update_id),
    "postgresql": postgresql.insert(_ARRIVALS).on_conflict_do_nothing().returning(_ARRIVALS.c.update_id),
}
_SETTLE = (
    update(_ARRIVALS)
    .where(_ARRIVALS.c.bot_id == bindparam("bot"), _ARRIVALS.c.update_id == bindparam("id"))
    .values(outcome=bindparam("how"))
)
_PRUNE = delete(_ARRIVALS).where(_ARRIVALS.c.at < bindparam("before"))
_LAST = select(func.max(_ARRIVALS.c.update_id)).where(_ARRIVALS.c.bot_id == bindparam("bot"))


class Arrivals:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._add = _ADD[connection.dialect.name]

    def first_time(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Write down that an update has arrived and was done; False if it had arrived already."""
        row = {"bot_id": bot_id, "update_id": update_id, "at": now, "outcome": "done"}
        return self._connection.execute(self._add, row).first() is not None

    def settle(self, bot_id: int, update_id: int, outcome: str) -> None:
        """Say that an update was not done after all: refused, or failed."""
        self._connection.execute(_SETTLE, {"bot": bot_id, "id": update_id, "how": outcome})

    def last(self, bot_id: int) -> int:
        """The highest update id seen, 0 before the first."""
        return self._connection.execute(_LAST, {"bot": bot_id}).scalar() or 0

    def prune(self, now: datetime) -> None:
        self._connection.execute(_PRUNE, {"before": now - KEPT})
