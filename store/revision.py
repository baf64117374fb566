"""Whether a database has the schema of this version, asked without Alembic, which a start need not load."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from store.engine import open_engine

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


def newest() -> str:
    """The revision that the last migration leads to: its file begins with it."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def is_current(url: str) -> bool:
    """False also where the database cannot be read: whoever migrates it says why."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest()]
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()
