"""What is typed where choices stand: a list says how several are named, and a choice is known by its first words."""

import pytest

from flows.choices import AnyOf, Choice, OneOf
from flows.errors import InvalidAnswer
from flows.forms.enrolment import ENROLMENT
from flows.forms.moves import ANOTHER_DOSE, RESTART, START
from tests.correcting import say

RISKS = AnyOf(
    code="risks", name="Risks", prompt="Risks?", choices=(Choice("dm", "Diabetes"), Choice("ht", "High, or so"))
)
LENGTH = ENROLMENT.item("induction_weeks")


def refused(item, typed):
    with pytest.raises(InvalidAnswer) as refusal:
        item.parse(typed)
    return str(refusal.value)


def test_a_list_says_how_several_are_named():
    assert refused(RISKS, "asthma") == ("Risks: choose one of Diabetes; High, or so; or several with commas between.")


def test_a_list_without_commas_in_it_says_so_too():
    assert refused(ENROLMENT.item("reach"), "asthma") == (
        "Reach: choose one of Upper GI too, Extensive, or several with commas between."
    )


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("High, or so", ("ht",)), ("high, or so, diabetes", ("dm", "ht")), ("Diabetes,HIGH, OR SO", ("dm", "ht"))],
)
def test_a_choice_with_a_comma_in_it_is_typed_as_it_stands(typed, codes):
    assert RISKS.parse(typed) == codes


def test_choices_with_commas_in_them_are_kept_apart():
    assert refused(LENGTH, "10") == (
        "Induction length: choose one of 12 weeks: US, EU and AU labels, phase 3 trials; "
        "8 weeks: the protocol (vendor note); no label or trial found."
    )


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [("12", "12"), ("12 weeks", "12"), ("8 Weeks", "8"), ("12 weeks: US, EU and AU labels, phase 3 trials", "12")],
)
def test_a_choice_is_known_by_what_stands_before_its_colon(typed, weeks):
    assert LENGTH.parse(typed) == weeks


@pytest.mark.parametrize("typed", ["weeks", "2 weeks", "12 week", "1"])
def test_no_number_is_guessed(typed):
    assert refused(LENGTH, typed)


def test_two_choices_that_begin_alike_are_none_by_that():
    item = OneOf(code="x", name="X", prompt="X?", choices=(Choice("a", "Stop: now"), Choice("b", "Stop: later")))

    assert refused(item, "stop")


async def test_the_length_of_induction_is_typed_as_it_is_said(chat):
    await say(chat, "/settings", "Confirm: our organisation approved it", "/new", "Crohn's", *["Later"] * 8, "None")
    while "How long is 45 mg" not in chat.last.text:
        await chat.taps("Later")
    await chat.says("12 weeks")

    assert "How long" not in chat.last.text


DOSES = [ENROLMENT.item("dose_now"), ANOTHER_DOSE.item("mg"), RESTART.item("mg"), START.item("mg")]


@pytest.mark.parametrize("item", DOSES)
@pytest.mark.parametrize("typed", ["30", "30mg", "30 MG", " 30 mg "])
def test_a_dose_is_known_by_its_number_of_milligrams(item, typed):
    assert item.parse(typed) == "30 mg"


@pytest.mark.parametrize("item", DOSES)
@pytest.mark.parametrize("typed", ["3", "0", "20", "300", "30 g", "mg", "4 5", "-30", "30.0"])
def test_a_number_that_is_none_of_the_doses_is_refused(item, typed):
    assert "choose one of 45 mg, 30 mg, 15 mg" in refused(item, typed)
