"""DECISIONS.md is found by its index, and its records name each other truly."""

import re

from tests.generated import README

HEAD, *_BODIES = re.split(r"^## ", (README.parent / "DECISIONS.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
RECORDS = [each.splitlines()[0] for each in _BODIES if each[0].isdigit()]
NUMBERS = [int(each.split(".")[0]) for each in RECORDS]
# A record and one that it names by mistake, as a later one says.
SLIPS = {(106, 51)}
CHAINS = [
    [int(number) for number in chain.split(" -> ")]
    for line in HEAD.splitlines()
    if line.startswith("- ")
    for chain in line.rpartition(": ")[2].split(", ")
]


def named():
    """Pairs of a record and one that it says it changes, adds to, narrows or replaces."""
    for number, head in zip(NUMBERS, RECORDS, strict=True):
        _, said, others = head.partition("; ")
        others = [int(other) for other in re.findall(r"\d+", others if said else "")]
        yield from {(number, other) for other in others} - SLIPS


def test_numbers_ascend_and_those_that_were_never_given_are_named():
    never = sorted(set(range(1, NUMBERS[-1])) - set(NUMBERS))

    assert sorted(set(NUMBERS)) == NUMBERS
    assert f"{' and '.join(map(str, never))} were never given" in HEAD


def test_each_record_is_in_the_index_and_the_index_names_no_other():
    assert {number for chain in CHAINS for number in chain} == set(NUMBERS)


def test_no_subject_of_the_index_stands_twice():
    subjects = [line.rpartition(": ")[0] for line in HEAD.splitlines() if line.startswith("- ")]

    assert len(subjects) > 20
    assert sorted(set(subjects)) == sorted(subjects)


def test_what_a_record_changes_exists_and_is_another():
    assert len(list(named())) > 50
    assert [(later, other) for later, other in named() if other not in NUMBERS or other == later] == []


def test_whoever_looks_up_a_record_is_led_to_the_one_that_changes_it():
    led = {(chain[at], later) for chain in CHAINS for at in range(len(chain)) for later in chain[at + 1 :]}

    assert [pair for later, other in named() if (pair := (other, later)) not in led] == []
