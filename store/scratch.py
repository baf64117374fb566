"""A database for an hour's play, in memory: gone when it is closed."""

import secrets

from sqlmodel import SQLModel

from store.engine import open_engine
from store.keys import BYTES, Key
from store.unit_of_work import Writer
from store.unlock import begin


def scratch() -> Writer:
    """The tables of this version, empty, sealed with a key that nobody keeps."""
    engine, key = open_engine("sqlite://"), Key(secrets.token_bytes(BYTES))
    SQLModel.metadata.create_all(engine)
    with engine.begin() as connection:
        begin(connection, key)
    return Writer(engine, key)
