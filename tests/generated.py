"""Writes what is generated: the transcripts, from what really happens. Run by `make transcripts`."""

import asyncio
import tempfile
from pathlib import Path

from bot.turns import seat_owner
from store.migrations import migrate
from tests.conftest import DOCTOR
from tests.conversation import Clock, exchange
from tests.test_transcripts import TRANSCRIPTS


async def _replay(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/quiesce.sqlite3"
        migrate(url)
        async with exchange(url, Clock()) as office:
            await office.ledger.take(lambda work: seat_owner(work, DOCTOR, "Europe/Vienna"))
            line = office.line("doctor", DOCTOR.user_id)
            file.write_text(await line.replay(file.read_text(encoding="utf-8")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each in TRANSCRIPTS:
        asyncio.run(_replay(each))
