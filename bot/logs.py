"""Logs that carry no token, no answer and no name: structlog over the standard library, redacted at the end."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

# A bot token, as it stands in every address of the Bot API.
_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")
# Loggers of libraries that write down what they send or receive: at DEBUG that is what people say.
_TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp", "sqlalchemy", "asyncio", "transitions", "alembic", "psycopg")


def configure(level: str) -> None:
    """Write our own events from `level` up, and of the libraries only warnings, to standard error."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_values,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _redacted,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _without_values(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception is told by its place and its class: its text may hold what somebody typed."""
    record = event.get("_record")
    info = record.exc_info if record is not None else None
    if record is not None and info and info[1] is not None:
        event["error"] = _place_of(info[1])
        record.exc_info = record.exc_text = None
    event.pop("exc_info", None)
    return event


def _place_of(error: BaseException) -> str:
    frames, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' > '.join(frames[-8:])}"


def _redacted(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in event.items():
        event[key] = _TOKEN.sub("<token>", value) if isinstance(value, str) else value
    return event
