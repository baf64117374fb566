"""Whatever people, calendar and machine do: nobody is told what is settled, twice or at night, and nothing is lost."""

import os

import pytest

from bot import running
from tests.judged_ward import open_ward
from tests.reminded import SetBack, live
from tests.reminded_in_chat import RemindedInChat

EXAMPLES = int(os.environ.get("QUIESCE_REMINDER_EXAMPLES", "120"))
IN_CHAT = int(os.environ.get("QUIESCE_REMINDER_EXAMPLES_IN_CHAT", "5"))
STEPS = int(os.environ.get("QUIESCE_REMINDER_STEPS", "12"))
# Each far below the time after which a test counts as hung.
PARTS = 4
STEPS_TOLD = ("before", "on", "after", "end", "cover", "lead")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("ward") / "ward.sqlite3"
    open_ward(path)
    return path


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_is_told_what_is_settled_or_twice_or_at_night_and_nothing_is_lost(template, record_property, part):
    courses = EXAMPLES // PARTS
    counted = live(template, part, courses, STEPS)
    record_property(
        "lived", f"{courses} courses of seed {part}: {', '.join(f'{n} {what}' for what, n in counted.items())}"
    )

    assert sum(counted[f"told {step}"] for step in STEPS_TOLD) > courses
    assert counted["windows moved later"] > courses / 4
    assert counted["windows moved of what is awaited"] > 0


@pytest.mark.parametrize("part", range(PARTS))
def test_the_same_holds_where_the_clock_is_set_back_by_days_or_years(template, record_property, part):
    courses = EXAMPLES // PARTS
    counted = live(template, PARTS + 1 + part, courses, STEPS, SetBack)
    record_property("lived", f"{courses} courses, {counted['clocks set back']} clocks set back")

    assert counted["clocks set back"] > courses / 4
    assert sum(counted[f"told {step}"] for step in STEPS_TOLD) > courses


def test_the_same_holds_in_the_chats_of_a_running_bot(template, record_property, monkeypatch):
    """Few courses: each has a bot of its own, whose ticks are those of the test."""
    monkeypatch.setattr(running, "TICK_SECONDS", 3600)
    counted = live(template, PARTS, IN_CHAT, STEPS, RemindedInChat)
    record_property("lived", f"{IN_CHAT} courses in chats: {', '.join(f'{n} {what}' for what, n in counted.items())}")

    assert counted["heard"] > IN_CHAT
    assert counted["looks"] == counted["deaths"] == 0
    assert sum(counted[f"told {step}"] for step in STEPS_TOLD) > IN_CHAT
