"""The schema's history, applied by Alembic on a connection of its own."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from store.engine import name_of, open_engine, open_reader
from store.errors import StoreUnavailable, reason

# Any number will do, as long as every Quiesce uses the same: two that start at once migrate one after the other.
_ADVISORY_LOCK = 7_243_158


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database to a revision, whole or not at all."""
    engine = open_engine(url, foreign_keys=False)
    try:
        with engine.begin() as connection:
            apply(connection, revision)
    except SQLAlchemyError as error:
        raise StoreUnavailable(f"the database cannot be opened: {reason(error)}") from error
    finally:
        engine.dispose()


def apply(connection: Connection, revision: str = "head") -> None:
    """Migrate inside the caller's transaction; foreign keys must be off on SQLite."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise StoreUnavailable("the database was made by a newer Quiesce than this one") from error
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise StoreUnavailable(f"the migration would leave {len(broken)} rows without what they refer to")


def require_current(connection: Connection) -> str:
    """The revision of this version; StoreUnavailable if the database is of another. Nothing is changed."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None or found != ScriptDirectory.from_config(_config()).get_current_head():
        raise StoreUnavailable("the database is not of this version; `migrate` brings an older one up to date")
    return found


def require_readable(url: str) -> None:
    """StoreUnavailable where there is no database of this version; none is made."""
    engine = open_reader(url)
    try:
        with engine.connect() as connection:
            require_current(connection)
    except SQLAlchemyError as error:
        raise StoreUnavailable(f"the database {name_of(engine)} cannot be read: {reason(error)}") from error
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
