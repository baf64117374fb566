"""One message of many values: read as it is meant, or named unread."""

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.analytes import BY_CODE
from flows.laboratory import Measured, weigh
from flows.pasted import LONGEST_MESSAGE, TOO_LONG, UNCERTAIN_DAY, read_block
from flows.personal import personal_data
from flows.quantities import Number
from flows.units import read_unit
from tests.labdata.blocks import BLOCKS, SAME, exact
from tests.labdata.numbers_written import IN_A_LINE


def clinic_of(block):
    return {code: (read_unit(unit, BY_CODE[code].units),) for code, unit in block.get("clinic", {}).items()}


def filed(block):
    """What a block gives without a question, by analyte: the entry and its value."""
    found = [
        (entry, weigh(entry.analyte, entry.number, entry.unit, (), clinic_of(block)))
        for entry in read_block(block["text"]).entries
    ]
    return {entry.analyte.code: (entry, value) for entry, value in found if isinstance(value, Measured)}


def is_near(found, expected):
    return abs(Fraction(found) - expected) <= Fraction(1, 10**12)


OF_PERSONS = [block for block in BLOCKS if block["id"].startswith("phi-")]


@pytest.mark.parametrize("block", OF_PERSONS, ids=lambda block: block["id"])
def test_a_block_that_names_a_person_is_stopped_before_it_is_read(block):
    assert personal_data(block["text"]) is not None


@pytest.mark.parametrize("block", [each for each in BLOCKS if each not in OF_PERSONS], ids=lambda block: block["id"])
def test_a_block_is_read_as_it_is_meant_or_named_unread(block):
    found = filed(block)
    expected = {code: (exact(value), value.rstrip("0123456789./"), upper) for code, value, _, upper in block["read"]}
    # To be asked by the letter, and read by us as what it plainly says.
    plain = {"line-es": {"platelets": 410}, "fr-nfs": {"platelets": 398}, "range-not-value": {"alt": 40}}

    for code, (entry, value) in found.items():
        if code not in expected:
            assert value.number.value == plain[block["id"]][code]
            continue
        number, bound, upper = expected[code]
        assert is_near(value.number.value, number)
        assert value.number.bound == bound
        assert_limits(entry, value.unit, upper, block["lower"].get(code))
    if block["lang"] == "en":
        assert set(expected) - set(found) <= set(block["may_ask"])


def assert_limits(entry, unit, upper, lower):
    for found, expected in ((entry.upper, upper), (entry.lower, lower)):
        assert (found is None) == (expected is None)
        if found is not None:
            assert is_near(entry.analyte.convert(found, unit, entry.analyte.unit), exact(expected))


@pytest.mark.parametrize("block", [each for each in BLOCKS if each["on"]], ids=lambda block: block["id"])
def test_the_day_of_sampling_is_read(block):
    assert {entry.on.isoformat() for entry in read_block(block["text"]).entries} == {block["on"]}


def test_a_day_behind_a_value_is_its_own():
    found = read_block("CRP 6 (9 Mar 2026), FCP 340 (2 Mar 2026)")

    assert [entry.on.isoformat() for entry in found.entries] == ["2026-03-09", "2026-03-02"]


def test_a_day_that_can_be_two_is_not_guessed():
    found = read_block("Collected: 03/12/2026\nCRP 12\nFCP 120")

    assert found.entries == ()
    assert {each.text for each in found.unread if each.why == UNCERTAIN_DAY} == {"03/12/2026", "CRP 12", "FCP 120"}
    assert read_block("13/03/2026\nCRP 12").entries[0].on.isoformat() == "2026-03-13"


def test_below_a_day_that_is_not_understood_only_values_with_a_day_of_their_own_are_taken():
    found = read_block("03/12/2026\nCRP 12\nHaematology\nHb 13 g/dL (9 Mar 2026)\n2 Mar 2026\nALT 20 U/L")

    assert {each.analyte.code: str(each.on) for each in found.entries} == {"hb": "2026-03-09", "alt": "2026-03-02"}


def test_a_certain_day_beside_one_that_is_not_understood_is_not_taken_for_it():
    assert read_block("Collected 03/12/2026, reported 9 Mar 2026\nCRP 12").entries == ()


@pytest.mark.parametrize("day", ["03/12/2026", "31.4.2026", "2026-02-30", "31 April 2026"])
def test_a_value_whose_day_is_not_understood_is_not_taken(day):
    for text in (f"{day} CRP 12", f"CRP 12 {day}", f"CRP 12 ({day})", f"{day}\nCRP 12", f"CRP 12\nCollected: {day}"):
        found = read_block(text)

        assert (found.entries, found.unread[0].why) == ((), UNCERTAIN_DAY)


@pytest.mark.parametrize(
    "text", ["3 May: CRP 40 mg/L", "24 May\nCRP 40 mg/L\nALC 1.2", "yesterday: CRP 4 mg/L", "CRP 4 mg/L 31 december"]
)
def test_a_day_that_is_meant_and_not_told_is_not_taken_for_today(text):
    found = read_block(text)

    assert (found.entries, found.unread[0].why) == ((), UNCERTAIN_DAY)


def test_of_two_days_none_is_taken():
    found = read_block("12 Jan 2026  9 Mar 2026\nCRP 41")

    assert (found.entries, [each.text for each in found.unread]) == ((), ["CRP 41"])


@pytest.mark.parametrize("language", ["de", "fr", "es", "it"], ids=["German", "French", "Spanish", "Italian"])
def test_most_values_of_other_languages_are_read(language):
    blocks = [each for each in BLOCKS if each["lang"] == language]
    expected = [(block["id"], code) for block in blocks for code, *_ in block["read"]]
    found = [(block["id"], code) for block in blocks for code in filed(block)]

    assert len(set(expected) & set(found)) >= 0.7 * len(expected)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["id"])
def test_nothing_of_a_block_is_lost_without_a_word(block):
    """Each analyte to be asked about is asked about, or stands in a piece that is named unread."""
    found = read_block(block["text"])
    asked = {code for code, *_ in block["ask"]} - set(filed(block))
    named = {entry.analyte.code for entry in found.entries}

    assert not asked - named or found.unread


def test_two_systems_of_units_give_the_same_chart():
    by_id = {block["id"]: block for block in BLOCKS}
    for one, other in SAME:
        first, second = (
            {code: value.number for code, (_, value) in filed(by_id[each]).items()} for each in (one, other)
        )

        assert {code: first[code] for code in first.keys() & second} == {
            code: second[code] for code in first.keys() & second
        }


@pytest.mark.parametrize(("line", "expected", "note"), IN_A_LINE)
def test_a_line_is_read_or_named_unread(line, expected, note):
    found = read_block(line)
    pairs_found = [(entry.analyte.code, str(entry.number)) for entry in found.entries]

    assert pairs_found == expected or (not pairs_found and found.unread)


@pytest.mark.parametrize("between", [" ", ", ", "; ", "\n", " | ", " and ", "\t", ". "])
def test_values_may_be_parted_in_many_ways(between):
    found = read_block(f"CRP 12{between}FCP 850")

    assert [(entry.analyte.code, entry.number.value) for entry in found.entries] == [("crp", 12), ("fcp", 850)]


def test_a_flag_is_kept_and_is_no_unit():
    found = read_block("Hb 9.8 L, CRP 34 H, PLT 512 (H)")

    assert [(entry.flag, entry.unit) for entry in found.entries] == [("L", None), ("H", None), ("H", None)]


def test_a_message_beyond_all_measure_is_not_read():
    assert [each.why for each in read_block("crp 12 " * LONGEST_MESSAGE).unread] == [TOO_LONG]


@pytest.mark.parametrize("text", ["\ue000 12", "crp \uf000 12", "\ue005crp 12\uf8ff", "crp 1\ue000"])
def test_the_marks_of_the_reader_cannot_be_sent(text):
    assert read_block(text).entries == ()


@pytest.mark.parametrize("before", ["urine", "non", "direct", "no", "anti", "previous"])
def test_a_name_behind_an_unknown_word_is_another_name(before):
    assert read_block(f"{before} albumin 3.9").entries == ()


@pytest.mark.parametrize("text", ["crp{}x", "crp 1 {}"], ids=["in front of the value", "behind the value"])
@pytest.mark.parametrize("filling", [" ", "(", "1,", "1 ", "H ", "-", "ref: ", "alt/", " 111", "a;", "1.1.2026 "])
def test_no_message_takes_long(text, filling):
    started = time.perf_counter()
    read_block(text.format(filling * (LONGEST_MESSAGE // len(filling)))[:LONGEST_MESSAGE])

    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("heading", ["Urine: ", "Urine\n", "Previous: ", "Pleural fluid:\n", "Target: "])
def test_a_value_of_another_sample_or_time_is_not_taken_for_todays(heading):
    assert read_block(f"{heading}albumin 3").entries == ()


@pytest.mark.parametrize(
    "text",
    [
        "Urine: hCG neg, albumin 3.2 g/dL",
        "Pleural fluid: glucose 3, albumin 2 g/dL",
        "Pleural fluid: glucose 3; LDH 200. Albumin 2 g/dL",
        "Previous: CRP 40, FCP 900",
        "Urine 24.4.2026: protein neg | creatinine 8",
        "last year: CRP 40, FCP 900",
        "Jan 2026: CRP 40, FCP 900",
        "01/2026: CRP 40",
    ],
)
def test_a_specimen_or_a_time_before_a_colon_holds_for_the_rest_of_its_line(text):
    assert read_block(text).entries == ()


@pytest.mark.parametrize(
    "text", ["CRP 5; Urine: protein neg", "Urine: protein neg. Blood: CRP 5", "urine clear, CRP 5"]
)
def test_values_before_it_or_under_blood_are_taken(text):
    assert [entry.analyte.code for entry in read_block(text).entries] == ["crp"]


def test_the_next_heading_is_of_blood_again():
    assert [entry.analyte.code for entry in read_block("Urine\nalbumin 3\nBlood\nCRP 5").entries] == ["crp"]


PIECES = [
    "crp",
    "Hb",
    "ALT",
    "LDL",
    " ",
    "/",
    ",",
    ";",
    "12",
    "1,234",
    "<5",
    "(",
    ")",
    "mg/L",
    "9 Mar 2026",
    "-",
    "\n",
    "%",
]


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_message_stops_the_reading_and_every_number_stands_in_it(text):
    for entry in read_block(text).entries:
        assert not isinstance(entry.number, Number) or str(entry.number.value).removeprefix("0.")[0] in text
