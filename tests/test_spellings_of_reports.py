"""Names, limits and neighbours as laboratories print them: understood exactly, or refused by name."""

from datetime import date

import pytest

from bot.laboratory import read
from flows.pasted import NO_ANALYTE, NO_VALUE, STRANGE_NAME, read_block
from flows.personal import personal_data


def entries(text):
    return [(each.analyte.code, str(each.number), str(each.unit or "")) for each in read_block(text).entries]


def reasons(text):
    return {each.text: each.why for each in read_block(text).unread}


@pytest.mark.parametrize(
    "name", ["NEUT#", "Neut #", "NE#", "NEU#", "Neutrophils#", "neutrophils (abs)", "Neutrophils (abs.)"]
)
@pytest.mark.parametrize("between", [" ", ": ", "\t"])
def test_a_name_that_says_absolute_is_the_count(name, between):
    assert entries(f"{name}{between}0.9 10*9/L") == [("anc", "0.9", "×10⁹/L")]


@pytest.mark.parametrize(
    "name", ["LYMPH#", "LY#", "LYM #", "Lymph. abs.", "lymph abs", "Lymphocytes (abs)", "abs. Lymphozyten", "Abs Lymph"]
)
def test_so_are_those_of_the_lymphocytes(name):
    assert entries(f"{name} 0,4 G/l") == [("alc", "0.4", "×10⁹/L")]


@pytest.mark.parametrize("text", ["NEUT% 60 %", "NEUT% 60", "Neutrophils (%) 60", "Neut % 60", "NE% 60 %"])
def test_a_name_with_the_sign_of_per_cent_is_the_share(text):
    (entry,) = read_block(text).entries

    assert (entry.analyte.code, str(entry.number), entry.is_share) == ("anc", "60", True)


@pytest.mark.parametrize("text", ["NEUT% 60 10*9/L", "NEUT# 60 %", "Lymphocytes (abs) 22 %"])
def test_a_name_and_a_unit_that_contradict_each_other_are_refused(text):
    assert entries(text) == []
    assert reasons(text) == {text: NO_VALUE}


@pytest.mark.parametrize("text", ["NEUT% 60 % LYMPH# 0.4 10*9/L", "LYMPH# 0.4 10*9/L NEUT% 60 %"])
def test_a_share_takes_no_count_along(text):
    assert sorted(entries(text)) == [("alc", "0.4", "×10⁹/L"), ("anc", "60", "%")]


def test_a_count_beside_its_share_is_the_one_that_counts():
    assert entries("NEUT% 60 %\nNEUT# 0.9 10*9/L") == [("anc", "0.9", "×10⁹/L")]


def test_they_are_read_from_columns():
    text = "NEUT#;0.9;10*9/L;2.0;7.5"
    (entry,) = read_block(text).entries

    assert (entry.analyte.code, str(entry.number), str(entry.lower), str(entry.upper)) == ("anc", "0.9", "2.0", "7.5")


@pytest.mark.parametrize(
    "name",
    [
        "Calprotectin stool",
        "Calprotectin in stool",
        "Calprotectin (stool)",
        "Calprotectin, stool",
        "calprotectin faeces",
    ],
)
def test_calprotectin_may_be_followed_by_its_sample(name):
    assert entries(f"{name} 850 µg/g") == [("fcp", "850", "µg/g")]


@pytest.mark.parametrize("text", ["Calprotectin serum 850 µg/g", "Calprotectin stool 850 ng/mL", "CRP stool 3 mg/L"])
def test_no_other_sample_and_no_other_unit_of_it(text):
    assert entries(text) == []


@pytest.mark.parametrize(
    "name",
    [
        "CRP (high sensitivity)",
        "CRP high sensitivity",
        "High-sensitivity CRP",
        "high sensitivity CRP",
        "CRP (hs)",
        "hs CRP",
    ],
)
def test_high_sensitivity_is_a_method_of_the_same_analyte(name):
    assert entries(f"{name} 3.2 mg/L") == [("crp", "3.2", "mg/L")]


@pytest.mark.parametrize(
    "text",
    [
        "Hb 11.2 g/dl 12-16 g/dl",
        "Hb 11.2 g/dl (12-16) g/dl",
        "Hb 11.2 g/dl (12-16 g/dl)",
        "Hb 11.2 g/dl L 12 - 16 g/dl",
    ],
)
def test_a_range_may_repeat_the_unit(text):
    (entry,) = read_block(text).entries

    assert (str(entry.number), str(entry.unit), str(entry.lower), str(entry.upper)) == ("11.2", "g/dL", "12", "16")


@pytest.mark.parametrize(
    "text", ["Hb 11.2 g/dl 12-16 g/dl g/dl", "Hb 11.2 g/dl 12-16 mg/dl", "Hb 11.2 g/dl 12-16 g/dl 13"]
)
def test_what_is_left_over_behind_a_range_is_refused(text):
    assert entries(text) == []


@pytest.mark.parametrize(
    ("text", "title", "units"),
    [
        ("WBC 4500/µL", "Leukocytes", "×10⁹/L or ×10³/µL"),
        ("WBC 4500 cells/mm3", "Leukocytes", "×10⁹/L or ×10³/µL"),
        ("egfr 55 ml/min", "eGFR", "mL/min/1.73 m²"),
        ("Calprotectin 850 ng/mL", "Calprotectin", "µg/g or mg/kg"),
    ],
)
def test_a_unit_that_is_not_listed_is_refused_with_those_that_are(text, title, units):
    assert entries(text) == []
    assert reasons(text) == {text: f"a unit that is not listed: {title} is given in {units}"}


def test_a_unit_that_is_not_listed_takes_no_neighbour_along():
    assert entries("WBC 4500/µL ANC 0.9 10*9/L") == [("anc", "0.9", "×10⁹/L")]


@pytest.mark.parametrize(
    ("text", "read", "unread"),
    [
        ("CRP 12 mg/L ESR 30 mm/h", [("crp", "12")], ["ESR 30 mm/h"]),
        ("ESR 30 mm/h CRP 12 mg/L", [("crp", "12")], ["ESR 30 mm/h"]),
        ("CRP 12 ESR 30 Hb 11.2", [("crp", "12"), ("hb", "11.2")], ["ESR 30"]),
        ("CRP 12 mg/L ESR 30 mm/h MCV 88 fL ALT 20 U/L", [("crp", "12"), ("alt", "20")], ["ESR 30 mm/h MCV 88 fL"]),
        ("Na 140 K 4.1 mmol/L Creatinine 0.9 mg/dL", [("creatinine", "0.9")], ["Na 140 K 4.1 mmol/L"]),
        ("alt 20 ast 30 ggt 40", [("alt", "20"), ("ast", "30")], ["ggt 40"]),
        ("CRP 12 mg/L ESR 30 mm/h (<20) H ALT 20 U/L", [("crp", "12"), ("alt", "20")], ["ESR 30 mm/h (<20) H"]),
    ],
)
def test_an_analyte_that_is_not_listed_is_named_and_takes_no_neighbour_along(text, read, unread):
    found = read_block(text)

    assert [(each.analyte.code, str(each.number)) for each in found.entries] == read
    assert [(each.text, each.why) for each in found.unread] == [(each, NO_ANALYTE) for each in unread]


@pytest.mark.parametrize(
    "text", ["CRP 12 mg/L previous 30 mg/L", "CRP 12 mg/L corrected 30 mg/L", "CRP 12 mg/L xyz 30"]
)
def test_a_word_that_is_no_name_still_leaves_the_value_before_it_open(text):
    assert entries(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ESR 30 mm/h previous ALT 20 U/L",
        "CRP 12 mg/L ESR 30 mm/h urine albumin 3 g/dL",
        "previous ESR 30 CRP 12",
        "ESR ALT 20",
    ],
)
def test_nor_is_a_name_sure_behind_words_that_follow_an_unlisted_one(text):
    assert not {"alt", "albumin"} & {code for code, *_ in entries(text)}
    assert STRANGE_NAME in reasons(text).values() or entries(text) == []
    if text.startswith("previous"):
        assert entries(text) == []


@pytest.mark.parametrize("text", ["K 4.1 PLT 250 K", "PLT 250 K 4.1"])
def test_potassium_without_its_unit_may_be_thousands(text):
    assert ("platelets", "250", "") not in entries(text)


def test_the_chat_names_what_it_leaves():
    message = read("CRP 12 mg/L ESR 30 mm/h WBC 4500/µL", date(2026, 6, 1))

    assert [lab.analyte.code for lab in message.labs] == ["crp"]
    assert [each.said for each in message.doubts] == [
        "Not understood: no analyte of this list.",
        "Not understood: a unit that is not listed: Leukocytes is given in ×10⁹/L or ×10³/µL. Not taken: Leukocytes.",
    ]


def test_the_guard_of_persons_knows_no_person_in_such_a_report():
    assert personal_data("NEUT# 0.9 10*9/L\nLymph. abs. 0,4 G/l\nCRP (high sensitivity) 3.2 mg/L ESR 30 mm/h") is None


def test_an_analyte_that_is_not_listed_is_no_heading_of_blood():
    assert entries("Urine\nglucose 5 mmol/L\nalbumin 3 g/L") == []
    assert entries("Urine\nglucose 5 mmol/L\nBlood\nalbumin 3.9 g/dL") == [("albumin", "3.9", "g/dL")]
