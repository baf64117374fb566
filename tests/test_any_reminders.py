"""Whatever people, calendar and machine do: nobody is told what is settled, twice or at night, and nothing is lost."""

import os

import pytest

from tests.judged_ward import open_ward
from tests.reminded import live

EXAMPLES = int(os.environ.get("QUIESCE_REMINDER_EXAMPLES", "240"))
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
