"""Whole conversations, as a clinician would read them: a file each under transcripts/.

What people do is performed, and time passes as it says; the bot's lines are what really happened. `make generated`
writes them anew, for a change that is meant, and the difference is reviewed.
"""

import pytest

from tests.generated import TRANSCRIPTS
from tests.scripts import play


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=[file.stem for file in TRANSCRIPTS])
async def test_the_conversation_goes_as_written(chat, office, file):
    script = file.read_text(encoding="utf-8")

    assert await play(office, chat, script) + "\n" == script


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("  with: cover (doctor)\ndoctor: /settings", "named, and never seen: .'cover'"),
        ("  with: CD-0042-I (colitis in week 12)\ndoctor: /about", "named, and never seen: .'CD-0042-I'"),
        ("  with: CD-0042-I (Crohn's)\ndoctor: /due", "CD-0042-I is colitis in week 12"),
        ("  with: cover\ncover: /due", "'cover' is not `name .role.`"),
        (" cover: /due", "cover is not on the line"),
        ("  time: 1 Jun 2026 11:00", "it is past 1 Jun 2026 11:00"),
        ("doctor: [Done]", "no button 'Done' on screen"),
    ],
    ids=[
        "a silent member",
        "a patient of whom nothing is said",
        "another patient",
        "no role",
        "a stranger",
        "a time that has passed",
        "a button that is not there",
    ],
)
async def test_a_line_that_does_nothing_is_no_transcript(chat, office, script, why):
    with pytest.raises(AssertionError, match=why):
        await play(office, chat, script)


async def test_where_nothing_comes_the_transcript_says_so(chat, office):
    script = "  time: 1 Jun 2026 12:00\n        (nothing comes)"

    assert await play(office, chat, script) == script
