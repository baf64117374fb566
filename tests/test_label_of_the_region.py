"""A clinic with a region reads that region's label first; the other regions' stand behind Sources. CLINICAL.md D1."""

import re

import pytest

from bot.pages import opened
from bot.practice.limits import MAX_TEXT, check_text, utf16_length
from flows.history import Region
from tests.conversation import labels
from tests.enrolled import CODE, ENROLLED

LABELS = {each: f"{each} label" for each in Region}
OF_LABELS = [("protocol", code) for code in ("", "dosing", "monitoring", "considerations", "limits", "taking")]
OF_LABELS += [("dose", code) for code in ("", "uc", "adjusted", "taking")]
COMMANDS = ["start", "stop", "must", "should", "you", "do not", "prescribe", "give", "switch", "increase", "reduce"]


def page(command, code, region, way=""):
    return check_text(opened(command, code, way, region=region).body, "HTML")


def named(text):
    return {region for region, name in LABELS.items() if re.search(rf"^{name}", text, re.MULTILINE)}


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("place", OF_LABELS, ids="/".join)
def test_of_the_labels_that_of_the_region_stands_on_the_page_and_the_others_behind_it(place, region):
    shown, behind = page(*place, region), page(*place, region, "sources")
    others = behind.partition("What was read")[0]

    assert region in named(shown)
    assert named(shown) - {region} <= {Region.US}
    assert f"of the {region} label" in shown or named(shown) == {region}
    assert named(others) >= set(Region) - {region} - named(shown)
    assert region not in named(others)


@pytest.mark.parametrize("place", OF_LABELS, ids="/".join)
def test_without_a_region_a_page_is_that_of_the_us_label(place):
    assert page(*place, None) == page(*place, Region.US)
    assert page(*place, None, "sources") == page(*place, Region.US, "sources")


@pytest.mark.parametrize("region", Region)
@pytest.mark.parametrize("place", OF_LABELS, ids="/".join)
def test_such_a_page_is_short_and_commands_nothing(place, region):
    text, behind = page(*place, region), page(*place, region, "sources")
    ours = re.sub(r"“[^”]*”", "", f"{text}\n{behind}").lower()

    assert len(text) <= 1400
    assert utf16_length(behind) <= MAX_TEXT
    assert [word for word in COMMANDS if re.search(rf"\b{word}\b", ours)] == []


def test_what_was_not_read_of_a_label_stays_by_the_us_label_and_is_said():
    text = page("protocol", "taking", Region.EU)

    assert "US label: grapefruit is avoided." in text
    assert "this project: by the US label stands what was not read of the EU label." in text
    assert "was not read of" not in page("dose", "adjusted", Region.EU)


@pytest.mark.parametrize("region", Region)
def test_no_limit_of_the_us_label_leaves_the_page_where_the_region_s_says_nothing_of_it(region):
    text = page("protocol", "limits", region)

    for said in ("active hepatitis B or C, serious infection", "no breastfeeding until 6 days", "infarction or stroke"):
        assert re.search(rf"^US label: .*{said}", text, re.MULTILINE)


def test_the_length_of_induction_is_that_of_the_region():
    assert "EU label (to be confirmed): 45 mg once daily for 12 weeks; after an inadequate benefit 30 mg" in page(
        "dose", "", Region.EU
    )
    assert "AU label: 45 mg once daily for 8 weeks; 8 more without adequate benefit" in page("dose", "uc", Region.AU)


async def test_the_chat_of_a_clinic_with_a_region_shows_its_label(chat):
    await chat.says("/settings")
    await chat.taps("EU")
    await chat.says("/dose")
    first = chat.last.text
    await chat.taps("Sources")
    behind = chat.last.text
    await chat.taps("Back")

    assert chat.last.text == first
    assert named(first) == {Region.EU}
    assert {Region.US, Region.GB, Region.AU} <= named(behind)

    await chat.says("/protocol")
    await chat.taps("Label limits")
    assert chat.last.text == page("protocol", "limits", Region.EU)


async def test_laboratory_values_are_answered_by_the_label_of_the_region(chat):
    await chat.says("/settings")
    await chat.taps("EU")
    await chat.says("/labs alc 0.4 egfr 14")

    assert "EU label" in chat.last.text
    assert not re.search(r"\b(?:US|GB|AU)\b", chat.last.text)
    shown = chat.last.text
    await chat.taps("Sources")
    assert {"US", "GB", "AU"} <= set(re.findall(r"\b(US|EU|GB|AU)\b", chat.last.text))
    await chat.taps("Back")
    assert chat.last.text == shown


async def test_without_a_region_laboratory_values_are_answered_by_every_label(chat):
    await chat.says("/labs alc 0.4 egfr 14")

    assert set(re.findall(r"\b(US|EU|GB|AU)\b", chat.last.text)) == {"US", "EU", "GB", "AU"}
    assert "Sources" not in labels(chat.last)


async def test_the_course_of_a_patient_has_the_other_labels_behind_sources(chat):
    await chat.replay(ENROLLED)
    await chat.says("/settings")
    await chat.taps("EU")
    await chat.says(f"/p {CODE}")
    await chat.taps("Course")
    shown = chat.last.text

    assert "EU label" in shown
    assert not re.search(r"\b(?:US|GB|AU) label", shown)
    await chat.taps("Sources")
    assert named(chat.last.text) == {Region.US, Region.GB, Region.AU}
    assert CODE in chat.last.text
    await chat.taps("Course")
    assert chat.last.text == shown


async def test_without_a_region_the_course_names_every_label_and_has_no_sources(chat):
    await chat.replay(ENROLLED)
    await chat.says(f"/p {CODE}")
    await chat.taps("Course")

    assert named(chat.last.text) == set(Region)
    assert "Sources" not in labels(chat.last)
