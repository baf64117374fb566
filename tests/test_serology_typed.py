"""What is screened for, among laboratory values: named, with where it is told; and it takes no value along."""

from datetime import date

import pytest

from bot.laboratory import read
from flows.pasted import read_block
from tests.correcting import say
from tests.enrolled import CODE

TODAY = date(2026, 6, 1)
THERE = "the Checklist takes what is screened for, with its day: /p and the patient's code, then Checklist."


def taken(text):
    return [(each.analyte.code, str(each.number), each.on and str(each.on)) for each in read_block(text).entries]


@pytest.mark.parametrize(
    ("text", "values", "named"),
    [
        (
            "24.4.2026 CRP 4,0 mg/l FCP 85 µg/g HBsAg neg anti-HBc pos",
            [("crp", "4", "2026-04-24"), ("fcp", "85", "2026-04-24")],
            "HBsAg neg, anti-HBc pos",
        ),
        ("HBsAg negative, CRP 4", [("crp", "4", None)], "HBsAg negative"),
        ("CRP 4; Quantiferon: negative; FCP 85", [("crp", "4", None), ("fcp", "85", None)], "Quantiferon: negative"),
        ("CRP 4\nHBsAg neg\nbeta-HCG <1 IU/L\nFCP 85", [("crp", "4", None), ("fcp", "85", None)],
         "HBsAg neg, beta-HCG <1 IU/L"),
        ("anti-HCV non-reactive ALT 30 U/L", [("alt", "30", None)], "anti-HCV non-reactive"),
        ("CRP 4 HBV DNA not detected", [("crp", "4", None)], "HBV DNA not detected"),
        ("CRP 4 IGRA pending", [("crp", "4", None)], "IGRA pending"),
    ],
)  # fmt: skip
def test_it_is_named_and_the_values_beside_it_are_taken(text, values, named):
    assert taken(text) == values
    assert [each.said for each in read(text, TODAY).doubts] == [f"Not taken: {named}: {THERE}"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("HBsAg neg 24.4.2026 CRP 4", []),
        ("HBsAg 24.4.2026 CRP 4", []),
        ("HBsAg 24 Apr 2026 CRP 4", []),
        ("CRP 4 FCP 85 HBsAg neg 24.4.2026", [("crp", "4", "2026-04-24")]),
    ],
)
def test_where_its_day_may_be_that_of_the_values_beside_it_nothing_more_is_taken_than_before(text, values):
    assert taken(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "at baseline HBsAg neg CRP 40 FCP 900",
        "Jan 2026 HBsAg neg CRP 40",
        "01/2026 IGRA neg CRP 40",
        "last year: IGRA neg CRP 40",
        "before treatment IGRA neg CRP 40",
        "before treatment IGRA neg anti-HBc neg CRP 40",
        "urine hcg neg creatinine 8",
        "urine HIV neg albumin 30 g/L",
        "Ascites anti-HBs 12 albumin 2.0 g/dL",
        "Donor HBsAg neg creatinine 1.2",
        "previous HBsAg neg Hb 9",
        "previous CRP 40 HBsAg neg Hb 9",
        "previous ferritin 30 HBsAg neg Hb 9",
        "CRP normal HBsAg neg Hb 9",
        "at baseline FCP awaiting CRP 40",
    ],
)
def test_words_before_it_that_are_not_understood_hold_for_the_values_behind_it(text):
    assert taken(text) == []
    assert any(each.said.startswith("Not understood: not certain what is meant.") for each in read(text, TODAY).doubts)


@pytest.mark.parametrize(
    "text", ["CRP 4 HBsAg neg 01/2026", "CRP 4 HBsAg neg anti-HBc neg 01/2026", "CRP 4 IGRA neg (previous year)"]
)
def test_what_goes_on_behind_it_may_be_said_of_the_value_before_it(text):
    assert taken(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Labs: HBsAg neg CRP 4", ["crp"]),
        ("Serology: HBsAg neg anti-HBc neg CRP 4", ["crp"]),
        ("Hepatitis B screening HBsAg neg CRP 4", ["crp"]),
        ("Bloods today: HBsAg neg CRP 4", ["crp"]),
        ("HBV: HBsAg neg CRP 4", ["crp"]),
        ("ferritin 30 HBsAg neg Hb 9", ["hb"]),
        ("FCP awaiting HBsAg neg CRP 4", ["crp"]),
        ("1. HBsAg neg CRP 4", ["crp"]),
        ("at baseline CRP 40; HBsAg neg Hb 9", ["hb"]),
        ("CRP 4.HBsAg neg. Hb 9", ["crp", "hb"]),
        ("previous CRP 4. HBsAg neg. Hb 9", ["hb"]),
    ],
)
def test_words_that_lead_to_it_or_that_stand_in_another_part_of_the_line_do_not(text, codes):
    assert [code for code, *_ in taken(text)] == codes


def test_no_mark_of_it_stands_in_what_is_named():
    texts = [
        each.text for each in read_block("at baseline HBsAg neg CRP 4 x anti-HBc pos FCP y IGRA neg\nALT z").unread
    ]
    of_no_day = [each.text for each in read_block("CRP 4 IGRA neg FCP 85, 31.4.2026").unread]

    assert texts == ["HBsAg neg", "anti-HBc pos", "IGRA neg", "at baseline", "CRP 4 x", "FCP y", "ALT z"]
    assert of_no_day == ["IGRA neg", "31.4.2026", "CRP 4  FCP 85, 31.4.2026"]


def test_a_line_of_it_with_its_day_gives_that_day_to_no_value_below():
    assert taken("Quantiferon negative 24.4.2026\nCRP 4") == [("crp", "4", None)]
    assert taken("24.4.2026 Quantiferon negative\nCRP 4") == [("crp", "4", "2026-04-24")]


async def test_the_review_names_it(ward):
    await say(ward, f"/p {CODE}", "Laboratory")
    await ward.says("CRP 4 FCP 85 HBsAg neg")

    assert f"Not taken: HBsAg neg: {THERE}" in ward.last.text


@pytest.mark.parametrize("word", ["on", "from", "of", "sampled", "sampled on", "drawn on", "taken", "vom", "(on"])
def test_a_word_before_a_day_takes_no_value_along(word):
    end = ")" if word.startswith("(") else ""

    assert taken(f"CRP 4 albumin 3.8 g/dL {word} 30.12.2025{end}") == [
        ("crp", "4", "2025-12-30"),
        ("albumin", "3.8", "2025-12-30"),
    ]


@pytest.mark.parametrize("word", ["until", "before", "due"])
def test_a_word_that_says_something_else_of_a_day_still_does(word):
    assert "albumin" not in [code for code, *_ in taken(f"CRP 4 albumin 3.8 g/dL {word} 30.12.2025")]
