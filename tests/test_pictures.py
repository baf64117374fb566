"""Pictures of a course and of the clinic: what stands on them, and that it can be read."""

import struct
import subprocess
import sys
from datetime import timedelta
from itertools import combinations, pairwise

import pytest

from bot.drawing.scales import Days, Values
from bot.drawing.sheet import PALE, Box, Sheet
from bot.drawing.workflow import draw_workflow, height_of
from bot.pictures import drawn as drawn_wish
from bot.pictures import panel_picture, picture, workflow_picture
from flows.arrows import arrows
from flows.chart import Chart
from flows.course import TRANSITIONS
from flows.protocol.workflow import MOVES
from flows.treatment import Phase
from flows.trend import title_of, trend
from tests.fullcharts import TODAY, full_charts
from tests.loading import takes_along
from tests.schedules import CD, START, UC, chart, dose, hbi, interrupted, labs, mes, on_day, pms
from tests.test_trend import course

COUNTS = [("In remission", 14), ("Not in remission", 9), ("Undecided", 3), ("Sources differ", 0), ("Not seen", 5)]
BESIDE = [("No baseline", 0), ("Overdue", 5)]
# A letter's box is taller than the letter.
_ROUND_A_LETTER = 3


def drawn(patient, today):
    found = trend(patient, on_day(today))
    return picture(found, title_of(found, "Q7K-4M"))


def size(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.fixture
def words(monkeypatch):
    """What was written on a sheet, with the box of each."""
    written, write = [], Sheet.text

    def text(sheet, x, y, said, ink):
        box = write(sheet, x, y, said, ink)
        written.append((said, box))
        return box

    monkeypatch.setattr(Sheet, "text", text)
    return written


def said(words):
    return [each for each, _ in words]


def many_values():
    scores = tuple(hbi(day, day % 11) for day in range(-14, 365, 12))
    values = tuple(
        each for day in range(-14, 365, 9) for each in labs(day, crp=f"{day % 61}", fcp=f"{20 + day**2 % 5980}")
    )
    return chart(scores=scores, labs=values, course=(dose(84, 15),), medication=())


def two_on_one_day():
    values = labs(-3, fcp="20", crp="120") + labs(60, fcp="6000", crp="3") + labs(60, fcp=">1800", crp="7")
    return chart(UC, scores=(pms(-3, 3, 2, 2), pms(60, 1, 1, 1), pms(60, 1)), labs=values)


def everything():
    tapered = [
        course("corticosteroid", begun, begun + 9, mg) for begun, mg in ((-20, 40), (-10, 30), (0, 20), (10, 10))
    ]
    return chart(
        UC,
        scores=(pms(-7, 3, 2, 2), pms(28, pga=None), pms(56, rb=2), mes(-9), mes(57)),
        labs=labs(-7, fcp=">1800", crp="31") + labs(56, fcp="<30", crp="3"),
        medication=(*tapered, course("budesonide", 5)),
        course=(*interrupted(20, 27), dose(63, 30), dose(90, 15)),
    )


CHARTS = {
    "nothing": (Chart(disease=CD), 0),
    "nothing on treatment": (chart(), 20),
    "one value": (Chart(disease=CD, scores=(hbi(0),)), 0),
    "a baseline": (chart(scores=(hbi(-7),), labs=labs(-7, crp="31", fcp="1200")), 40),
    "many values": (many_values(), 370),
    "two on one day": (two_on_one_day(), 62),
    "everything": (everything(), 100),
    "a planned first dose": (chart(scores=(hbi(-20),)), -5),
    "Crohn's disease without a chosen length": (chart(induction_weeks=None, scores=(hbi(0), hbi(60, mass=None))), 88),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_has_its_size_and_is_the_same_twice(name):
    png = drawn(*CHARTS[name])

    assert size(png) == (1280, 960)
    assert drawn(*CHARTS[name]) == png


def test_a_picture_tells_neither_when_nor_with_what_it_was_drawn():
    assert not any(each in drawn(*CHARTS["one value"]) for each in (b"tEXt", b"tIME", b"matplotlib"))


@pytest.mark.parametrize(
    "other",
    [
        chart(scores=(hbi(-7, 9), hbi(56, 5)), medication=()),
        chart(scores=(hbi(-7, 9), hbi(57, 4)), medication=()),
        chart(scores=(hbi(-7, 9), hbi(56, 4, mass=None)), medication=()),
        chart(scores=(hbi(-7, 9), hbi(56, 4)), medication=None),
        chart(scores=(hbi(-7, 9), hbi(56, 4)), medication=(), course=(dose(58, 15),)),
    ],
    ids=["another value", "another day", "an item not assessed", "steroids not known", "another dose"],
)
def test_another_fact_is_another_picture(other):
    assert drawn(other, 60) != drawn(chart(scores=(hbi(-7, 9), hbi(56, 4)), medication=()), 60)


@pytest.mark.parametrize("patient", [each for each, _ in CHARTS.values()] + list(full_charts(12, seed=3)))
def test_no_words_leave_the_picture_or_touch_each_other(words, patient):
    found = trend(patient, TODAY)
    picture(found, title_of(found, "Q7K-4M"))
    letters = [(each, box.grown(-_ROUND_A_LETTER)) for each, box in words]

    assert [each for each, box in words if not box.is_within(Box(0, 0, 1280, 960))] == []
    assert [(one, other) for (one, a), (other, b) in combinations(letters, 2) if a.meets(b)] == []


def test_a_picture_names_its_limits_its_phases_its_steroids_and_the_weeks(words):
    drawn(everything(), 100)

    for each in ("Q7K-4M · Ulcerative colitis · week 14 · 15 Apr 2026", "remission ≤ 2,", "≤ 250, STRIDE-II",
                 "first dose", "maintenance 30 mg", "interrupted", "20", "budesonide", "5 Jan 2026", "week 0",
                 ">1800", "<30", "0 to 3", "logarithmic scale"):  # fmt: skip
        assert any(each in one for one in said(words)), each


def test_remission_is_not_shown_without_the_dose_and_the_steroids(words):
    drawn(everything(), 100)

    assert "15 mg since 5 Apr 2026 · On budesonide: not steroid-free" in said(words)


def test_steroids_that_ended_before_the_first_day_shown_are_not_drawn_at_its_edge(words):
    drawn(everything(), 100)

    assert not {"40", "40 mg"} & set(said(words))


def test_a_gap_is_written_and_has_no_value(words):
    drawn(chart(scores=(hbi(-7), hbi(56)), labs=labs(-7, "crp")), 60)

    assert said(words).count("missing") == 3
    assert said(words).count("no values yet") == 1
    assert said(words).count("no value since baseline") == 1


def test_an_open_end_of_induction_is_written_with_a_question_mark(words):
    drawn(*CHARTS["Crohn's disease without a chosen length"])

    assert {"induction 45 mg", "45 mg?"} <= set(said(words))
    assert not any(each.startswith("maintenance") for each in said(words))


def test_a_long_title_is_made_smaller_and_not_cut(words):
    title = "$Q7K$ " * 40
    picture(trend(chart(), START), title)

    box = dict(words)[title]
    assert 1000 < box.right <= 1280


# The axes


def test_calprotectin_of_0_stands_at_the_foot_of_its_logarithmic_axis():
    axis = Values.logarithmic([0, 30, 3000], 100, 200)

    assert axis.y(0) == 100
    assert axis.y(30) - axis.y(3) < axis.y(300) - axis.y(30) == pytest.approx(axis.y(3000) - axis.y(300))


@pytest.mark.parametrize(
    ("values", "apart", "marks"),
    [([4.5], 28, [0, 1, 2, 3, 4]), ([12, 4.5], 28, [0, 5, 10]), ([-3, 300], 28, [0, 100, 200, 300]), ([], 28, [0, 1])],
)
def test_the_marks_of_a_score_are_whole_numbers(values, apart, marks):
    assert Values.linear(values, 0, 130).marked(apart, is_whole=True) == marks


def test_the_marks_of_a_logarithmic_axis_are_1_and_3_of_each_decade():
    assert Values.logarithmic([20, 6000], 0, 200).marked(22) == [30, 100, 300, 1000, 3000]
    assert Values.logarithmic([20, 6000], 0, 100).marked(22) == [100, 1000]


@pytest.mark.parametrize("days", [0, 1, 30, 365, 3000, 9000])
def test_the_days_that_are_written_are_whole_weeks_and_far_enough_apart(days):
    axis = Days.of(START, START + timedelta(days=days), 100, 1000)
    marked = axis.marked(START, 130)

    assert START in marked
    assert all((each - START).days % 7 == 0 and 100 <= axis.x(each) <= 1000 for each in marked)
    assert all(axis.x(other) - axis.x(one) >= 130 for one, other in pairwise(marked))


# The clinic


def test_the_picture_of_the_clinic_has_every_name_and_number(words):
    told = ("Clinic · 24 May 2027", "31 patients, each as of this day.")
    png = panel_picture(COUNTS, BESIDE, *told)

    assert size(png) == (1280, 720)
    assert [each for each in said(words) if each != "Of all these"] == [
        *told, *(each for name, count in (*COUNTS, *BESIDE) for each in (name, str(count)))
    ]  # fmt: skip
    assert panel_picture(COUNTS, BESIDE, *told) == png
    assert panel_picture(COUNTS, [*BESIDE[:-1], ("Overdue", 6)], *told) != png
    assert panel_picture([*COUNTS[:-1], ("Not seen", 6)], BESIDE, *told) != png


def test_a_picture_of_the_clinic_that_an_older_version_left_to_be_drawn_is_drawn(words):
    drawn_wish({"panel": [["In remission", 14]], "title": "Clinic"})

    assert said(words) == ["Clinic", "In remission", "14"]


@pytest.mark.parametrize(
    "counts",
    [
        [],
        [("In remission", 0)],
        [(f"A state with a rather long name, the number {number} of all", 999_999 * number) for number in range(20)],
    ],
    ids=["nobody", "zero", "long names and large numbers"],
)
def test_the_picture_of_any_clinic_can_be_read(words, counts):
    panel_picture(counts, counts and BESIDE, "Clinic", "Each as of this day. " * 5)

    assert all(box.is_within(Box(0, 0, 1280, 720)) for _, box in words)
    assert not any(
        a.meets(b) for (_, a), (_, b) in combinations([(w, box.grown(-_ROUND_A_LETTER)) for w, box in words], 2)
    )
    assert ("no patients yet" in said(words)) is (counts == [])


# The course of any patient


def test_the_picture_of_the_workflow_shows_the_moves_of_the_table_and_no_others(words):
    png = workflow_picture()
    moves = [each for each in said(words) if each not in {phase.value for phase in Phase}][3:]

    assert size(png) == (1080, height_of(MOVES))
    assert [phase.value for phase in Phase] == [each for each in said(words) if each in {p.value for p in Phase}]
    assert moves == [each.says for each in MOVES]
    assert [(one, to, says) for sources, to, says, _ in MOVES for one in sources] == [
        (each.source, each.target, f"{each.trigger}{f', if {each.condition}' if each.condition else ''}")
        for each in arrows(TRANSITIONS)
    ]
    assert workflow_picture() == png


def test_another_table_is_another_picture():
    first, *others = MOVES

    assert len({draw_workflow(MOVES), draw_workflow((*others, first)), draw_workflow(tuple(others))}) == 3


def test_no_words_of_the_workflow_leave_it_touch_each_other_or_an_arrow(words, monkeypatch):
    lines, line = [], Sheet.line

    def noted(sheet, points, stroke, level=2):
        if stroke.colour != PALE:
            (x, y), (right, top) = (map(op, *points) for op in (min, max))
            lines.append(Box(x, y, right, top).grown(stroke.width / 2))
        line(sheet, points, stroke, level)

    monkeypatch.setattr(Sheet, "line", noted)
    workflow_picture()
    boxes = [box for _, box in words]

    assert len(lines) >= len(MOVES)
    assert all(box.is_within(Box(0, 0, 1080, height_of(MOVES))) for box in boxes)
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert not any(box.meets(each) for box in boxes for each in lines)


def test_the_words_of_the_workflow_can_be_read_on_a_phone(monkeypatch):
    inks, write = [], Sheet.text
    monkeypatch.setattr(Sheet, "text", lambda *given: inks.append(given[-1]) or write(*given))
    workflow_picture()

    assert min(ink.size for ink in inks) >= 24


# What is loaded


@pytest.mark.parametrize("module", ["flows.trend", "flows.trend_in_words", "bot.pictures"])
def test_matplotlib_is_not_loaded_before_a_picture_is_asked_for(module):
    assert not takes_along(module, "matplotlib")


def test_a_picture_needs_no_pyplot_and_leaves_the_settings_of_matplotlib_alone():
    code = (
        "import sys, matplotlib; before = matplotlib.rcParams.copy()\n"
        "from bot.pictures import panel_picture; panel_picture([('In remission', 1)], [], 'Clinic', '')\n"
        "print('matplotlib.pyplot' in sys.modules, matplotlib.rcParams.copy() == before)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "False True"
