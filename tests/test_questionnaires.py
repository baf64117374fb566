"""What holds for every instrument that ships."""

import dataclasses
import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.choices import AnyOf, OneOf
from flows.citations import HARVEY_BRADSHAW_1980
from flows.counts import Count, Diary
from flows.dated import Code, Day, Samples
from flows.errors import DefinitionError, FlowError, InvalidAnswer
from flows.form import AskedIf
from flows.forms import FORMS, shipped
from flows.forms.enrolment import ENROLMENT
from flows.instruments import SHIPPED, by_command, current
from flows.instruments.hbi import HBI
from flows.interview import OPEN, Interview
from flows.measures import Quantity, Stature
from flows.questionnaire import Band
from flows.scoring import SUM
from flows.segments import Segment

# Adding a line is how an instrument ships. Changing one means that a new version is due.
FINGERPRINTS = {
    ("hbi", 1): "7d57bef9c804",
    ("partial_mayo", 1): "ad4c01eb7609",
    ("mayo", 1): "b32d4f7c6ed3",
    ("mes", 1): "fc046e0f341e",
    ("uceis", 1): "75e62f321456",
    ("sccai", 1): "8de1e2723bcf",
    ("cdai", 1): "c0a2bfefb020",
    ("pro2_cd", 1): "208936623f4a",
    ("ses_cd", 1): "ada7e2544203",
}

# The same for forms that are not scored.
FORM_FINGERPRINTS = {
    ("enrolment", 1): "57a204d66faf",
    ("enrolment", 2): "64f0501f4aa2",
    ("enrolment", 3): "7d300132f9f8",
    ("enrolment", 4): "e5e12a8025ca",
    ("enrolment", 5): "9223ce0e115e",
    ("enrolment", 6): "e46105103ef1",
    ("details", 1): "e141e7400b7d",
    ("details", 2): "e2c7c2c0c49e",
    ("details", 3): "d2a1275172c8",
    ("details", 4): "9ae8cf52dc3f",
    ("details", 5): "b43943799f68",
    ("induction", 1): "8f50795fd6fc",
    ("visit_cd", 1): "10ff1a2acab6",
    ("visit_cd", 2): "2a3d511ec695",
    ("visit_cd", 3): "d66fa61710ab",
    ("visit_cd", 4): "25e404661b6e",
    ("visit_cd", 5): "6e1afba51a4c",
    ("visit_uc", 1): "21c49e81c593",
    ("visit_uc", 2): "e6c4c2fa4b90",
    ("visit_uc", 3): "368b0a4a449b",
    ("visit_uc", 4): "3d0690330f41",
    ("noted_visit", 1): "8f19f332c6dc",
    ("tested_stool_infection", 1): "cd021c2e6977",
    ("labs", 1): "765cf6691faa",
    ("labs", 2): "23e64e822453",
    ("start", 1): "bdeecc9c1fb8",
    ("start", 2): "eba6ab8b430c",
    ("dose", 1): "bc66ff9ec843",
    ("dose", 2): "517c1901971e",
    ("interrupt", 1): "bf828e67c5e6",
    ("restart", 1): "40ff9a8a2969",
    ("restart", 2): "0ca4f69a95f0",
    ("restart", 3): "288153529d00",
    ("stop", 1): "34a56df03f7e",
    ("screened_igra", 1): "5f7082a2f899",
    ("screened_chest", 1): "94266f3f94a0",
    ("screened_hbv", 1): "bf63f285c6f5",
    ("screened_hcv", 1): "125c20aa4c25",
    ("screened_zoster", 1): "98257bdc13e5",
    ("screened_cv", 1): "98cc9aa7b401",
    ("screened_preg", 1): "ed384c7fade1",
    ("screened_meds", 1): "f7aef6e751a2",
    ("taken_corticosteroid", 1): "537bea3e4a8d",
    ("taken_budesonide", 1): "87ad9072e976",
    ("taken_mesalazine", 1): "56c6d79c512f",
    ("taken_azathioprine", 1): "9a55aa37c5be",
    ("taken_mercaptopurine", 1): "741a7d4b29dc",
    ("taken_methotrexate", 1): "b086c74a67f6",
    ("taken_ciclosporin", 1): "86db8e75eee9",
    ("taken_tacrolimus", 1): "587b41147674",
    ("taken_biologic", 1): "a04696cf8161",
    ("taken_jak_inhibitor", 1): "b5b2afff6330",
    ("taken_strong_cyp3a4_inhibitor", 1): "15eada001671",
    ("taken_strong_cyp3a4_inducer", 1): "50ebd9040acd",
    ("taken_statin", 1): "90d3cad71cce",
    ("taken_nsaid", 1): "27110eac8138",
    ("event_serious_infection", 1): "4ba4d6e390c3",
    ("event_infection", 1): "b1b833d060f5",
    ("event_herpes_zoster", 1): "33529099d5ea",
    ("event_tuberculosis", 1): "2dcd35ec7651",
    ("event_vte", 1): "80fd4d5249aa",
    ("event_thrombosis_symptoms", 1): "f0cea0f27b61",
    ("event_myocardial_infarction", 1): "f2bab42a2163",
    ("event_stroke", 1): "bdce81155435",
    ("event_malignancy", 1): "db564a5fe178",
    ("event_nmsc", 1): "2fe4123caf83",
    ("event_perforation", 1): "b3476e28fc8e",
    ("event_abdominal_pain", 1): "8845bcb3694a",
    ("event_abscess", 1): "0455768bc44d",
    ("event_liver_injury_suspected", 1): "c3a1eb893f7c",
    ("event_myalgia", 1): "af0cf9beaec8",
    ("event_vision_change", 1): "b7ea2a4bd45d",
    ("event_hypersensitivity", 1): "f6f62bb9ceac",
    ("event_pregnancy", 1): "891f0e41cdc1",
    ("event_live_vaccine", 1): "6dc7e5adb84d",
    ("event_other", 1): "d785aa331539",
    ("told_birth_year", 1): "49c42b4ff444",
    ("told_sex", 1): "d8e822b5cf87",
    ("told_childbearing_potential", 1): "ae8d645ae2bc",
    ("told_severity", 1): "3faf2d124044",
    ("told_extent", 1): "3509023862f3",
    ("told_location", 1): "7e5f87c885a6",
    ("told_systemic_therapies", 1): "88cce7577e5c",
    ("told_risks", 1): "fc2311fc0881",
    ("told_egfr", 1): "e92a6ad9b9f6",
    ("told_child_pugh", 1): "7ddc525953fe",
    ("told_normal_stools", 1): "0f3dd7656a81",
    ("told_therapies", 1): "5d57e7ffdd61",
    ("told_upper_gi", 1): "2bafe11bf85d",
    ("told_extensive", 1): "158b40003a87",
    ("told_refractory", 1): "e1d1ad064e0f",
    ("told_ostomy", 1): "a0e615b0c9dd",
    ("told_pouch", 1): "3222192a3476",
    ("told_colectomy", 1): "39fce5b8f1a0",
    ("told_psc", 1): "3508a5e834e9",
    ("told_gilbert", 1): "4b896a6917b1",
    ("told_tnf_inadvisable", 1): "0e49b0241c2b",
    ("told_tnf_failed", 1): "a16149dcbcc9",
    ("told_biologic_failed", 1): "1a9cb76b1091",
    ("told_conventional_failed", 1): "76533fc6765d",
}


def test_every_version_of_a_form_ships_once():
    versions = [(each.code, each.version) for each in (*FORMS, *SHIPPED)]

    assert len(versions) == len(set(versions))


every_instrument = pytest.mark.parametrize("questionnaire", SHIPPED, ids=lambda each: each.code)


# What a definition is told by, in the order in which the first fingerprints were taken.
TOLD = ("code", "version", "title", "short", "disease", "recall", "source", "items", "bands")


def fingerprint(questionnaire):
    """Wording, points, limits, order, bands: everything but where it was read."""
    definition = dataclasses.replace(questionnaire, source=HARVEY_BRADSHAW_1980)
    told = f"Questionnaire({', '.join(f'{name}={getattr(definition, name)!r}' for name in TOLD)})"
    told += repr(questionnaire.subtotals) * bool(questionnaire.subtotals)
    told += questionnaire.scoring.name * (questionnaire.scoring is not SUM)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


SAMPLE = json.dumps(
    {"analyte": "crp", "on": "2026-05-30", "value": "<0.5", "unit": "mg/dL", "given": "<0.5 mg/dL", "shown": "CRP"}
)


FORM_ANSWERS = {
    Day: lambda _: st.dates(date(2020, 1, 2), date(2026, 6, 1)).map(str),
    Code: lambda item: st.just("Q7K4X").map(item.accept),
    Samples: lambda _: st.sampled_from([(SAMPLE,), (), ("awaiting",)]),
}


def answers_to(item):
    """Every acceptable answer to an item, one of which is not assessed."""
    match item:
        case OneOf():
            values = st.sampled_from([choice.code for choice in item.choices])
        case AnyOf():
            values = st.lists(st.sampled_from([choice.code for choice in item.choices]), unique=True).map(item.accept)
        case Count():
            values = st.integers(0, item.refuse_above)
        case Diary():
            sums = st.integers(0, item.most_in_all).filter(lambda each: each != 99)
            days = st.lists(st.none() | st.integers(0, item.most_a_day or 9), min_size=7, max_size=7)
            values = (sums | days).map(item.accept)
        case Quantity():
            places = 0 if item.is_whole else 2
            values = st.decimals(float(item.lowest), float(item.highest), places=places).map(item.accept)
        case Stature():
            values = st.sampled_from(["1.5 m", "1.83 m", "55.5 kg", "90 kg"])
        case Segment():
            grades = st.lists(st.sampled_from("0012-"), min_size=4, max_size=4).map("".join)
            values = st.just("absent") | grades.filter(lambda each: each != "----")
        case _:
            values = FORM_ANSWERS[type(item)](item)
    return st.none() | values


@st.composite
def some_answers(draw):
    """An instrument with some of its items answered."""
    questionnaire = draw(st.sampled_from(SHIPPED))
    items = draw(st.lists(st.sampled_from(questionnaire.items), unique_by=lambda item: item.code))
    return questionnaire, {item.code: draw(answers_to(item)) for item in items}


@every_instrument
def test_a_shipped_version_never_changes(questionnaire):
    assert FINGERPRINTS[questionnaire.code, questionnaire.version] == fingerprint(questionnaire)


def of_form(form):
    """Wording, limits, order and conditions of a form that is not scored."""
    told = (
        repr(form)
        + repr(form.conditions)
        + form.unknown
        + repr(form.needed)
        + repr([each.code for each in form.instruments])
        + repr(form.given) * bool(form.given)
    )
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@pytest.mark.parametrize(
    "form",
    [form for form in FORMS if not form.code.startswith(("scored_", "totalled_"))],
    ids=lambda form: f"{form.code} {form.version}",
)
def test_a_shipped_form_never_changes(form):
    assert FORM_FINGERPRINTS[form.code, form.version] == of_form(form)


def test_a_changed_condition_changes_the_fingerprint():
    assert of_form(dataclasses.replace(ENROLMENT, conditions=ENROLMENT.conditions[1:])) != of_form(ENROLMENT)


def test_a_form_whose_condition_looks_ahead_cannot_be_made():
    with pytest.raises(DefinitionError):
        dataclasses.replace(ENROLMENT, conditions=(AskedIf("disease", "sex", ("female",)),))


def test_a_changed_limit_changes_the_fingerprint():
    items = tuple(dataclasses.replace(item, refuse_above=41) if isinstance(item, Count) else item for item in HBI.items)

    assert fingerprint(dataclasses.replace(HBI, items=items)) != fingerprint(HBI)


def test_a_definition_that_contradicts_itself_cannot_be_made():
    with pytest.raises(DefinitionError):
        dataclasses.replace(HBI, items=(HBI.items[0], HBI.items[0]))
    with pytest.raises(DefinitionError):
        dataclasses.replace(HBI, items=())
    with pytest.raises(DefinitionError):
        dataclasses.replace(HBI, bands=(Band(5, "mild"), Band(0, "remission")))


def test_a_command_opens_the_newest_version_of_its_instrument():
    assert {each.command: by_command(each.command) for each in SHIPPED} == {
        each.command: current(each.code) for each in SHIPPED
    }
    assert by_command("visit") is None


def test_the_newest_version_of_an_instrument_is_the_current_one():
    assert current("hbi") is HBI
    assert shipped("hbi", 1) is HBI
    assert current("cdai").short == "CDAI (Crohn's)"
    assert current("das28") is None


@given(some_answers(), st.data())
def test_no_completion_leaves_the_range(case, data):
    questionnaire, answers = case
    total = questionnaire.total(answers)
    known = {code: value for code, value in answers.items() if value is not None}
    rest = [item for item in questionnaire.items if item.code not in known]
    complete = known | {item.code: data.draw(answers_to(item).filter(lambda value: value is not None)) for item in rest}
    reached = questionnaire.total(complete).lowest

    assert total.lowest <= reached
    assert total.highest is None or reached <= total.highest


@given(some_answers(), st.data())
def test_an_answer_only_narrows_the_range(case, data):
    questionnaire, answers = case
    wide = questionnaire.total(answers)
    open_items = [item for item in questionnaire.items if answers.get(item.code) is None]
    for item in open_items:
        answers = {**answers, item.code: data.draw(answers_to(item))}
        narrow = questionnaire.total(answers)

        assert narrow.lowest >= wide.lowest
        assert wide.highest is None or (narrow.highest is not None and narrow.highest <= wide.highest)
        wide = narrow


def assert_the_range_is_true(questionnaire, answers):
    """Of what is a plain sum; what is not has tests of its own."""
    known = {code: value for code, value in answers.items() if value is not None}
    total = questionnaire.total(answers)
    if questionnaire.scoring is SUM:
        assert total.lowest == sum(questionnaire.item(code).points(value).lowest for code, value in known.items())
        assert total.is_exact == (len(known) == len(questionnaire.items))


@given(st.sampled_from(SHIPPED), st.data())
def test_the_range_is_true_in_any_order_of_answering_reopening_and_skipping(questionnaire, data):
    interview = Interview(questionnaire)
    for _ in range(data.draw(st.integers(0, 25))):
        item = interview.question
        try:
            match data.draw(st.sampled_from(["answer", "skip", "back", "reopen", "finish"])):
                case "answer" if item is not None:
                    value = data.draw(answers_to(item).filter(lambda each: each is not None))
                    interview.answer(item.code, ",".join(value) or "none" if isinstance(value, tuple) else str(value))
                case "skip" if item is not None:
                    interview.skip(item.code)
                case "back" if item is not None:
                    interview.back(item.code)
                case "reopen":
                    interview.reopen(data.draw(st.sampled_from(questionnaire.items)).code)
                case "finish":
                    interview.finish()
        except FlowError:
            pass
        assert interview.stage in OPEN
        assert_the_range_is_true(questionnaire, interview.answers)


def not_measured(questionnaire):
    """Items whose answers are no measured numbers; those are held by the tests of the CDAI and of PRO2."""
    return [item for item in questionnaire.items if not isinstance(item, Diary | Quantity | Stature)]


@every_instrument
def test_every_choice_can_be_typed_by_its_code_and_by_its_wording(questionnaire):
    for item in questionnaire.items:
        for choice in getattr(item, "choices", ()):
            expected = (choice.code,) if isinstance(item, AnyOf) else choice.code
            for said in (str(choice.code), choice.label, choice.label.upper(), f"  {choice.label.lower()} "):
                assert item.parse(said) == expected


@every_instrument
@pytest.mark.parametrize(
    "nonsense",
    ["", " ", "banana", "-1", "99", "999", "1.5", "2,5", "1e0", "²", "２", "0x1", "🙂", "not mild", "mild pain today",
     "a" * 4096, "1 2", "null", "None;", "٣", "and", "the"],
)  # fmt: skip
def test_nothing_is_guessed(questionnaire, nonsense):
    for item in not_measured(questionnaire):
        with pytest.raises(InvalidAnswer) as refusal:
            item.parse(nonsense)

        assert str(refusal.value).startswith(item.name)


@every_instrument
@pytest.mark.parametrize(
    "value", [True, False, 1.0, -1, "1", 99, {}, [1], ["x"], [None], "arthralgia", [["a"]], object()]
)
def test_only_domain_codes_are_accepted(questionnaire, value):
    for item in not_measured(questionnaire):
        if (isinstance(value, bool) and item.code == "antidiarrhoeal") or (value == {} and isinstance(item, Segment)):
            continue
        with pytest.raises(InvalidAnswer):
            item.accept(value)


def test_a_word_counts_only_where_it_fits_one_choice():
    wellbeing, _, _, mass, complications = HBI.items

    assert complications.parse("fissure") == ("anal_fissure",)
    assert mass.parse("tender") == 3
    assert wellbeing.parse("poor") == 2
    with pytest.raises(InvalidAnswer):
        wellbeing.parse("very")


def test_complications_keep_the_order_of_the_definition_and_count_once():
    complications = HBI.item("complications")

    assert complications.parse("abscess, arthralgia") == ("arthralgia", "abscess")
    with pytest.raises(InvalidAnswer, match="twice"):
        complications.parse("abscess,abscess")


@pytest.mark.parametrize(
    ("stools", "accepted"), [("39", True), ("40", True), ("41", False)], ids=["just below", "at", "just above"]
)
def test_more_than_40_stools_are_refused(stools, accepted):
    item = HBI.item("liquid_stools")

    if accepted:
        assert item.parse(stools) == int(stools)
    else:
        with pytest.raises(InvalidAnswer):
            item.parse(stools)


@pytest.mark.parametrize(
    ("stools", "unusual"), [(14, False), (15, False), (16, True)], ids=["just below", "at", "just above"]
)
def test_more_than_15_stools_are_asked_about(stools, unusual):
    assert bool(HBI.remarks({"liquid_stools": stools})) is unusual


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "remission"),
        (4, "remission"),
        (5, "mild"),
        (7, "mild"),
        (8, "moderate"),
        (16, "moderate"),
        (17, "severe"),
        (58, "severe"),
    ],
)
def test_hbi_bands(total, band):
    assert HBI.band(total) == band


def test_a_partial_mayo_score_has_no_band():
    assert {current("partial_mayo").band(total) for total in range(10)} == {None}


@pytest.mark.parametrize(("code", "highest"), [("hbi", 58), ("partial_mayo", 9)])
def test_a_recorded_total_lies_within_what_answers_can_reach(code, highest):
    questionnaire = current(code)

    assert questionnaire.accept_total(0) == 0
    assert questionnaire.accept_total(highest) == highest
    for wrong in (-1, highest + 1, 99, 999, True, "5", 2.0, None):
        with pytest.raises(InvalidAnswer):
            questionnaire.accept_total(wrong)


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("hbi", (0, 4 + 3 + 40 + 3 + 8)),
        ("cdai", (-10, 2 * 300 + 5 * 21 + 7 * 28 + 20 * 6 + 30 + 50 + 6 * (47 - 10) + 100)),
        ("pro2_cd", (0, 2 * 40 + 5 * 3)),
        ("ses_cd", (0, 56)),
        ("partial_mayo", (0, 9)),
        ("mayo", (0, 12)),
        ("mes", (0, 3)),
        ("uceis", (0, 8)),
        ("sccai", (0, 19)),
    ],
)
def test_the_lowest_and_the_highest_total_are_those_of_acceptable_answers(code, bounds):
    assert current(code).total_bounds == bounds
