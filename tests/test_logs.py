"""A canary token, a canary answer and a canary name are absent from everything that is logged, at DEBUG."""

import io
import logging
import sys

import pytest

from bot import logs
from bot.desk import Desk
from tests.conftest import DOCTOR

TOKEN = "987654:CANARY-" + "t" * 30
NAME = "Canaria Birdsong"


@pytest.fixture
def written(monkeypatch):
    """Everything that goes to standard error while the bot runs at DEBUG."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure("DEBUG")
    yield stream
    root.handlers[:], root.level = handlers, level


def test_a_token_in_an_address_is_redacted(written):
    log = logging.getLogger("bot.some")
    log.warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.warning("argument: %r", {"token": TOKEN})

    assert "CANARY" not in written.getvalue()
    assert written.getvalue().count("<token>") == 2


def test_an_exception_is_told_by_its_place_and_not_by_its_text(written):
    try:
        int(f"{NAME} said 7")
    except ValueError:
        logging.getLogger("bot.some").exception("an update failed")

    assert "ValueError at test_logs.py:" in written.getvalue()
    assert "Canaria" not in written.getvalue()


def test_libraries_that_write_down_their_traffic_are_kept_quiet(written):
    for name in ("telegram.ext", "httpx", "httpcore.http11", "sqlalchemy.engine", "transitions.core", "aiohttp.access"):
        logging.getLogger(name).debug("%s %s", TOKEN, NAME)
        logging.getLogger(name).info("%s %s", TOKEN, NAME)

    assert written.getvalue() == ""


async def test_a_whole_conversation_at_debug_leaves_no_trace_of_what_was_said(chat, office, written, monkeypatch):
    await chat.says("/hbi")
    await chat.says(f"{NAME} 1970")
    await chat.says("/hbi 1 1 3 0 pyoderma")

    def fails(self, act):
        raise RuntimeError(f"{act} of {NAME}")

    monkeypatch.setattr(Desk, "perform", fails)
    await chat.says(f"{NAME} again")
    await office.running.intake.take_in({"update_id": 99, "message": {"from": {"id": DOCTOR.user_id}, "text": NAME}})

    said = written.getvalue()
    assert "an update failed" in said
    assert "RuntimeError at" in said
    assert not any(canary in said for canary in ("Canaria", "Birdsong", "pyoderma", "1970"))
