"""The SES-CD: five segments, what was not reached or removed, and what cannot be true together. CLINICAL.md 1.5."""

import pytest

from flows.errors import InvalidAnswer
from flows.instruments.ses_cd import SES_CD
from flows.instruments.ses_cd_scoring import highest_grade, sum_of_variable
from flows.interview import Interview
from flows.lines import parse_line
from flows.ranges import Range

NORMAL = dict.fromkeys(SES_CD.codes, "0000")
VARIABLES = ("ulcer_size", "ulcerated_surface", "affected_surface", "narrowing")


def total(**changed):
    return SES_CD.total(NORMAL | changed)


def test_a_normal_examination_is_zero_in_six_taps():
    interview = Interview(SES_CD)
    for code in SES_CD.codes:
        interview.answer(code, "normal")
    interview.confirm()

    assert SES_CD.total(interview.answers) == Range.exactly(0)


def test_the_grades_of_all_segments_add_up():
    assert total(ileum="2231", right_colon="1120") == Range.exactly(12)


def test_the_highest_total_is_56_as_cannot_be_passed_occurs_once():
    assert SES_CD.total({}) == Range(0, 56)
    assert SES_CD.total_bounds == (0, 56)
    assert sum_of_variable(SES_CD.items, {}, "narrowing") == Range(0, 11)
    assert sum_of_variable(SES_CD.items, {}, "ulcer_size") == Range(0, 15)


@pytest.mark.parametrize(
    ("unreached", "expected"),
    [
        ({"ileum": None}, Range(0, 12)),
        ({"ileum": None, "right_colon": None}, Range(0, 23)),
        ({"ileum": None, "rectum": "0003"}, Range(3, 14)),
        ({"ileum": "00-0"}, Range(0, 3)),
        ({"ileum": "000-"}, Range(0, 3)),
        ({"ileum": "000-", "rectum": "000-"}, Range(0, 5)),
        ({"ileum": "000-", "rectum": "0003"}, Range(3, 5)),
    ],
    ids=[
        "one segment",
        "two, only one of which can be impassable",
        "one beyond a narrowing that cannot be passed",
        "one surface",
        "one narrowing",
        "two narrowings",
        "a narrowing beside one that cannot be passed",
    ],
)
def test_what_was_not_reached_is_never_zero(unreached, expected):
    assert total(**unreached) == expected


def test_a_removed_segment_is_left_out():
    assert total(right_colon="absent", ileum="1111") == Range.exactly(4)
    assert SES_CD.total(dict.fromkeys(SES_CD.codes, "absent")) == Range.exactly(0)


def test_two_narrowings_that_cannot_be_passed_are_refused():
    interview = Interview(SES_CD)
    interview.answer("ileum", "0003")
    interview.answer("right_colon", "0002")

    with pytest.raises(InvalidAnswer, match="occurs once"):
        interview.answer("transverse", "0003")

    assert interview.question.code == "transverse"


@pytest.mark.parametrize(
    ("answers", "item", "said"),
    [
        ({"ileum": "0003", "right_colon": "0003", "left_colon": "0003"}, "left_colon",
         "Narrowing that cannot be passed occurs once, not in ileum and right colon and left colon."),
        (dict.fromkeys(SES_CD.codes, "absent"), "rectum", "With every segment removed there is no SES-CD."),
    ],
    ids=["more than one that cannot be passed", "all removed"],
)  # fmt: skip
def test_what_cannot_be_true_together_is_refused_at_the_last_segment_of_it(answers, item, said):
    with pytest.raises(InvalidAnswer) as refused:
        SES_CD.check(NORMAL | answers)

    assert (refused.value.item, str(refused.value)) == (item, said)


def test_beyond_a_narrowing_that_cannot_be_passed_normal_findings_are_asked_about():
    (remark,) = SES_CD.remarks(NORMAL | {"rectum": "2213"})

    assert remark == (
        "Rectum cannot be passed: was what lies beyond reached, ileum, right colon, transverse colon, left colon?"
    )
    beyond = dict.fromkeys(("ileum", "right_colon", "transverse", "left_colon"))
    assert SES_CD.remarks(NORMAL | beyond | {"rectum": "2213"}) == []
    assert SES_CD.remarks(NORMAL | {"ileum": "2213"}) == []


@pytest.mark.parametrize(
    ("segment", "is_asked"),
    [
        ("0100", True),
        ("1000", True),
        ("1100", True),
        ("1110", False),
        ("0010", False),
        ("0000", False),
        ("-110", False),
        ("1-10", False),
        ("11-0", False),
        ("absent", False),
    ],
)
def test_pairs_that_do_not_go_together_are_asked_about(segment, is_asked):
    assert bool(SES_CD.remarks(NORMAL | {"ileum": segment})) is is_asked


def test_of_two_narrowings_that_cannot_be_passed_the_upper_one_is_asked_about():
    (asked,) = SES_CD.remarks(NORMAL | {"left_colon": "0003", "rectum": "0003"})

    assert asked.startswith("Left colon cannot be passed")


def test_the_parts_are_the_four_sums_what_was_explored_and_what_is_missing():
    parts = SES_CD.parts(NORMAL | {"ileum": None, "right_colon": "absent", "rectum": "1210"})

    assert parts["ulcer_size"] == Range(1, 4)
    assert parts["ulcerated_surface"] == Range(2, 5)
    assert parts["explored"] == 3
    assert parts["missing"] == ("ileum",)
    assert [*parts] == [*VARIABLES, "explored", "missing"]


@pytest.mark.parametrize(
    ("segment", "expected"), [("1111", Range.exactly(1)), ("1211", Range.exactly(2)), ("11-1", Range(1, 3))]
)
def test_the_worst_variable_of_any_segment(segment, expected):
    assert highest_grade(SES_CD.items, NORMAL | {"rectum": segment}) == expected


@pytest.mark.parametrize(
    ("reached", "band"),
    [(2, "inactive"), (3, "mild"), (6, "mild"), (7, "moderate"), (15, "moderate"), (16, "severe")],
)
def test_ses_cd_bands(reached, band):
    assert SES_CD.band(reached) == band


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("normal", "0000"),
        ("0", "0000"),
        ("removed", "absent"),
        ("x", "absent"),
        ("2110", "2110"),
        ("2 1 1 0", "2110"),
        ("2,1,1,0", "2110"),
        ("21–0", "21-0"),
    ],
)
def test_a_segment_can_be_typed(typed, kept):
    assert SES_CD.item("ileum").parse(typed) == kept


@pytest.mark.parametrize("typed", ["4000", "211", "21100", "----", "1", "mild", ""])
def test_what_is_no_segment_is_refused_with_the_form(typed):
    with pytest.raises(InvalidAnswer, match="four grades"):
        SES_CD.item("ileum").parse(typed)


@pytest.mark.parametrize(
    "given",
    [{"ulcer_size": 4}, {"ulcer_size": -1}, {"ulcer_size": "1"}, {"ulcer_size": True}, {"depth": 1}, "removed", 0, [0]],
)
def test_a_segment_of_a_chart_has_grades_0_to_3_or_is_absent(given):
    with pytest.raises(InvalidAnswer):
        SES_CD.item("ileum").accept(given)


def test_a_segment_of_a_chart_may_have_gaps():
    ileum = SES_CD.item("ileum")

    assert ileum.accept({"ulcer_size": 1, "narrowing": None}) == "1---"
    assert ileum.accept(dict.fromkeys(VARIABLES, 2)) == "2222"
    assert ileum.accept("absent") == "absent"


def test_a_segment_without_any_grade_was_not_reached():
    nothing = SES_CD.item("ileum").accept(dict.fromkeys(VARIABLES))
    parts = SES_CD.parts(NORMAL | {"ileum": nothing})

    assert (parts["explored"], parts["missing"]) == (4, ("ileum",))
    assert total(ileum=nothing) == Range(0, 12)


def test_one_grade_is_ticked_for_a_variable_and_done_needs_all_four():
    interview = Interview(SES_CD)
    interview.tick("ileum", "ulcer_size:1", True)
    interview.tick("ileum", "ulcer_size:2", True)
    with pytest.raises(InvalidAnswer, match="not chosen yet: ulcerated surface, affected surface, narrowing"):
        interview.done("ileum")
    for tick in ("ulcerated_surface:1", "affected_surface:1", "narrowing:0"):
        interview.tick("ileum", tick, True)
    interview.done("ileum")

    assert interview.answers == {"ileum": "2110"}
    interview.reopen("ileum")
    assert interview.ticked == ("ulcer_size:2", "ulcerated_surface:1", "affected_surface:1", "narrowing:0")


def test_one_line_answers_every_segment():
    assert parse_line(SES_CD, "2231 1120 0 - x") == {
        "ileum": "2231",
        "right_colon": "1120",
        "transverse": "0000",
        "left_colon": None,
        "rectum": "absent",
    }


def test_a_colon_of_which_nothing_is_left_has_no_score():
    interview = Interview(SES_CD)
    for code in SES_CD.codes[:-1]:
        interview.answer(code, "removed")

    with pytest.raises(InvalidAnswer, match="every segment removed"):
        interview.answer("rectum", "removed")

    interview.answer("rectum", "1000")
    assert SES_CD.total(interview.answers) == Range.exactly(1)
