"""Codes of patients: never a name, and a slip of the finger is refused."""

import re
import string
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.codes import is_spelling, new_code, own_code, plain_code, read_code
from flows.errors import InvalidAnswer

# The last stands for 36 as a check character.
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
tokens = st.text(min_size=1, max_size=30)
YEARS = re.compile(r"[A-Z]+(19|20)[0-9]{2}[A-Z]*|[A-Z]{4}[0-9]{2}[A-Z]*")
pseudonyms = st.from_regex(r"[A-Z]{0,4}[0-9]{2,5}[A-Z]{0,2}", fullmatch=True).filter(
    lambda text: len(text) >= 3 and not YEARS.fullmatch(text)
)


@given(tokens)
def test_a_new_code_is_read_however_it_is_typed(token):
    code = new_code(token)

    assert len(code) == 6
    assert plain_code(read_code(f" {code.lower().replace('-', ' ')} ")) == plain_code(code)


def refused(text):
    with pytest.raises(InvalidAnswer):
        read_code(text)


def seeded_codes():
    """Those that are drawn, the usual pseudonyms of a clinic, and longer ones that it may settle."""
    chance, of = Random(20261129), {"@": string.ascii_uppercase, "#": string.digits}
    forms = ("@@-####", "@###", "@@#####", "@@@@-##-@@", "@@ ###.##/@", "@@@@@@-###-@@@@-#######")
    filled = [re.sub("[@#]", lambda mark: chance.choice(of[mark[0]]), form) for form in forms for _ in range(9)]
    own = [own_code(each, re.compile("[0-9A-Z]{3,20}")) for each in filled]
    return [*(new_code(str(number)) for number in range(50)), *own]


CODES = seeded_codes()
SEPARATOR = re.compile("[-./ ]")
however_it_is_typed = pytest.mark.parametrize(
    "typed",
    [str, str.lower, lambda code: f"  {SEPARATOR.sub(' ', code)} ", lambda code: SEPARATOR.sub("", code.lower())],
    ids=["as it is", "small letters", "spaces", "nothing between"],
)


def characters(text):
    """The places of what is no separator."""
    return [place for place, each in enumerate(text.rstrip()) if not SEPARATOR.match(each)]


def put(text, *characters):
    """Each at its place."""
    changed = list(text)
    for place, other in characters:
        changed[place] = other
    return "".join(changed)


def test_a_hundred_codes_of_several_lengths_and_with_every_kind_of_check_character_are_tried():
    assert len(set(CODES)) > 100
    assert {len(plain_code(code)) for code in CODES} == {5, 7, 8, 9, 21}
    assert {code[-1] for code in CODES} >= {"0", "9", "A", "Z", "*"}


@however_it_is_typed
def test_a_code_is_read(typed):
    for code in CODES:
        assert plain_code(read_code(typed(code))) == plain_code(code)


@however_it_is_typed
def test_every_substitution_of_one_character_is_refused(typed):
    for text in map(typed, CODES):
        for place in characters(text):
            for other in ALPHABET:
                if other != text[place].upper():
                    refused(put(text, (place, other)))


@however_it_is_typed
def test_every_swap_of_neighbours_is_refused(typed):
    for text in map(typed, CODES):
        for one, other in pairwise(characters(text)):
            if text[one] != text[other]:
                refused(put(text, (one, text[other]), (other, text[one])))


def test_a_letter_of_another_alphabet_is_no_letter_of_a_code():
    """Some of them become letters of a code, even two, when they are made capitals: ß, ı, ﬁ."""
    others = [each for each in map(chr, range(128, 0x20000)) if re.fullmatch("[0-9A-Z]+", each.upper())]

    assert {"ß", "ı", "ſ", "ﬁ"} <= {*others}
    for text in CODES:
        for place in characters(text):
            for other in others:
                refused(put(text, (place, other)))


@given(pseudonyms)
def test_the_clinics_own_pseudonym_gets_a_check_character(pseudonym):
    code = own_code(pseudonym)

    assert code.startswith(f"{pseudonym}-")
    assert read_code(code) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "AB",
        "Müller",
        "Anna Smith",
        "Smith1",
        "HUBER120375",
        "MARIAHUBER70",
        "12031975",
        "CD--0042",
        "A B C D E F G H I J K L M N O P Q R S T U V",
        "Q7K_4M",
    ],
)
def test_what_cannot_be_a_pseudonym_is_refused(text):
    with pytest.raises(InvalidAnswer):
        own_code(text)


@pytest.mark.parametrize(
    "text",
    ["KURT-1968", "KURT-1968-K", "MAX 1968", "AM1900", "A-2010", "eva 2003", "ANNA68", "ANNA 68 B", "KURT40", "LISA05"],
)
def test_letters_with_a_year_of_birth_are_no_pseudonym(text):
    with pytest.raises(InvalidAnswer, match="year of birth"):
        own_code(text)


@pytest.mark.parametrize(
    "text",
    ["CD-0042", "UPA-0042", "0815-1", "DEMO-26", "DEMO-39", "UPA-05", "1968", "CD-1899", "CD-2011", "CD-19680"],
)
def test_what_is_no_year_of_birth_behind_letters_stays_a_pseudonym(text):
    assert own_code(text).startswith(text)


def test_a_clinic_that_settles_its_pattern_may_have_numbers_that_look_like_years():
    assert own_code("CD-1968", re.compile("CD[0-9]{4}")).startswith("CD-1968-")


@pytest.mark.parametrize("text", ["AB", "A1", "12", "1"])
def test_a_code_that_could_not_be_read_again_is_never_given(text):
    with pytest.raises(InvalidAnswer):
        own_code(text)


STUDY = re.compile(r"(?:UPAIBD[0-9]{3}|[A-Z]+|[0-9]+|[0-9A-Z]{21,})")


def test_a_clinic_settles_what_its_pseudonyms_look_like():
    assert own_code("upaibd-001", STUDY) == "UPAIBD-001-0"
    assert read_code("UPAIBD-001-0") == "UPAIBD-001-0"
    with pytest.raises(InvalidAnswer, match=re.escape(f"fits {STUDY.pattern}")):
        own_code("CD-0042", STUDY)


@pytest.mark.parametrize("text", ["ANNA", "MUELLER", "MARIA HUBER", "1", "12", "A" * 19 + "123"])
def test_whatever_a_clinic_settles_a_pseudonym_is_no_name_and_fits_into_a_code(text):
    with pytest.raises(InvalidAnswer):
        own_code(text, re.compile(".*"))


def test_codes_of_different_tokens_differ():
    assert len({new_code(str(number)) for number in range(1000)}) > 990


@pytest.mark.parametrize("text", ["CD-.042-I", "CD--0042-I", "-CD-0042-I", "CD-0042-"])
def test_a_separator_in_the_place_of_a_character_is_refused(text):
    refused(text)


def test_separators_may_be_left_out_but_not_put_elsewhere():
    assert is_spelling("cd0042i".upper(), "CD-0042-I")
    assert is_spelling("CD 0042-I", "CD-0042-I")
    assert not is_spelling("C-D0042-I", "CD-0042-I")
    assert not is_spelling("CD-0042", "CD-0042-I")
