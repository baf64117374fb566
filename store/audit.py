"""Who did what, in the same transaction as the deed."""

from datetime import datetime

from sqlalchemy import Connection, insert

from store.tables import AuditRow, table

_ADD = insert(table(AuditRow))


class Audit:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, member_id: int | None, verb: str, subject: str, now: datetime) -> None:
        """`subject` names a thing (`interview 7`), never a value."""
        self._connection.execute(_ADD, {"at": now, "member_id": member_id, "verb": verb, "subject": subject})
