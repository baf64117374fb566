"""Databases of tests: their audit is sealed with a key that everybody knows."""

from store.engine import open_engine
from store.keys import Key
from store.migrations import migrate
from store.unit_of_work import Writer
from store.unlock import begin

KEY = Key(b"the key of the tests: no secret.")


def prepare(url: str) -> None:
    """Migrate a database, and begin its chain."""
    migrate(url)
    engine = open_engine(url)
    with engine.begin() as connection:
        begin(connection, KEY)
    engine.dispose()


def writer_on(url: str) -> Writer:
    return Writer(open_engine(url), KEY)
