"""Two days on one line: a day stands before its values, or behind each value; anything else is refused."""

import pytest

from flows.pasted import SEVERAL_DAYS, read_block


def read(text):
    block = read_block(text)
    return [(each.analyte.code, str(each.on)) for each in block.entries], {each.why for each in block.unread}


FIRST, SECOND = "2026-06-01", "2026-06-02"


@pytest.mark.parametrize(
    "text",
    [
        "1.6.2026 hb 13 g/dL alt 20 2.6.2026 crp 4 fcp 120",
        "1.6.2026: hb 13 g/dL, alt 20; 2.6.2026: crp 4, fcp 120",
        "Labs 1 Jun 2026 hb 13 g/dL alt 20, 2 Jun 2026 crp 4 fcp 120",
        "hb 13 g/dL 1.6.2026, alt 20 1.6.2026, crp 4 2.6.2026, fcp 120 2.6.2026",
        "hb 13 g/dL (1.6.2026) alt 20 (1.6.2026) crp 4 (2.6.2026) fcp 120 (2.6.2026)",
    ],
)
def test_each_value_is_of_its_day(text):
    assert read(text) == ([("hb", FIRST), ("alt", FIRST), ("crp", SECOND), ("fcp", SECOND)], set())


def test_a_third_day_begins_anew():
    text = "1.6.2026 hb 13 g/dL 2.6.2026 crp 4 3.6.2026 fcp 120"

    assert read(text) == ([("hb", FIRST), ("crp", SECOND), ("fcp", "2026-06-03")], set())


def test_one_day_twice_is_one_day():
    assert read("1.6.2026 hb 13 g/dL 1.6.2026 crp 4") == ([("hb", FIRST), ("crp", FIRST)], set())


@pytest.mark.parametrize(
    "text",
    [
        "1.6.2026 hb 13 g/dL crp 4 2.6.2026",
        "1.6.2026 hb 13 g/dL crp 4 (2.6.2026) alt 20",
        "1.6.2026 hb 13 g/dL crp 4 2.6.2026, alt 20",
        "hb 13 g/dL anc 3 1.6.2026 crp 4 fcp 120 2.6.2026",
        "hb 13 g/dL 1.6.2026 crp 4 fcp 120 2.6.2026",
        "Collected 1.6.2026, reported 2.6.2026: crp 4",
        "Urine 1.6.2026 albumin 30 g/L 2.6.2026 albumin 40 g/L",
        "1.6.2026 hb 13 g/dL urine 2.6.2026 albumin 40 g/L",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_and_says_so(text):
    assert read(text) == ([], {SEVERAL_DAYS})


def test_other_lines_are_read_as_ever():
    text = "1.6.2026 hb 13 g/dL crp 4 2.6.2026\nalc 1.2 3.6.2026"

    assert read(text) == ([("alc", "2026-06-03")], {SEVERAL_DAYS})
