"""Whole conversations, as a clinician would read them: a file each under transcripts/.

The doctor's lines are performed; the bot's lines are what really happened. `make generated` writes them anew,
for a change that is meant, and the difference is reviewed.
"""

import pytest

from tests.generated import TRANSCRIPTS


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=[file.stem for file in TRANSCRIPTS])
async def test_the_conversation_goes_as_written(chat, file):
    script = file.read_text(encoding="utf-8")

    assert await chat.replay(script) + "\n" == script
