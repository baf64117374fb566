"""The one machine that drives every questionnaire."""

import json

import pytest

from flows.errors import InvalidAnswer, NotNow
from flows.forms.visit import LABS
from flows.instruments.hbi import HBI
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.interview import MACHINE, TRANSITIONS, Interview, Stage
from tests.machines import moves_in, moves_of


def asked(*answers, questionnaire=HBI):
    interview = Interview(questionnaire)
    for item, raw in zip(questionnaire.items, answers, strict=False):
        interview.answer(item.code, raw)
    return interview


def test_the_machine_is_the_table_and_keeps_no_one_in_memory():
    assert moves_of(MACHINE) == moves_in(TRANSITIONS)
    assert MACHINE.models == []


def test_the_question_on_screen_is_the_first_without_an_answer():
    interview = asked("0", "0")

    assert interview.question is HBI.items[2]
    interview.skip("liquid_stools")
    assert interview.question is HBI.items[3]


def test_the_last_answer_leads_to_the_review_and_nothing_counts_before_it_is_confirmed():
    interview = asked("0", "0", "0", "0", "none")

    assert interview.stage is Stage.REVIEWING
    assert interview.question is None
    interview.confirm()
    assert interview.stage is Stage.COMPLETED


@pytest.mark.parametrize("code", [item.code for item in HBI.items])
def test_a_line_that_is_asked_again_keeps_its_answer_until_there_is_a_new_one(code):
    interview = asked("4", "3", "3", "0")
    interview.finish()
    before = dict(interview.answers)
    interview.reopen(code)

    assert interview.question is HBI.item(code)
    assert interview.answers == before
    assert code not in interview.settled
    interview.finish()
    assert (interview.stage, interview.answers, interview.again) == (Stage.REVIEWING, before, None)


@pytest.mark.parametrize("code", [item.code for item in HBI.items])
def test_any_line_of_the_review_can_be_changed_and_leads_back_to_it(code):
    interview = asked("0", "0", "0", "0", "none")
    interview.reopen(code)

    assert interview.question is HBI.item(code)
    interview.answer(code, "none" if code == "complications" else "1")
    assert interview.stage is Stage.REVIEWING


def test_a_bad_answer_changes_nothing():
    interview = asked("0")

    with pytest.raises(InvalidAnswer):
        interview.answer("pain", "4")
    assert interview.answers == {"wellbeing": 0}


def test_only_the_question_on_screen_can_be_answered():
    interview = asked("0")

    for act in (interview.skip, interview.done, interview.back, lambda code: interview.answer(code, "1")):
        with pytest.raises(NotNow):
            act("wellbeing")
    assert interview.answers == {"wellbeing": 0}


def test_ticking_twice_is_ticking_once_and_unticking_twice_is_unticking_once():
    interview = asked("0", "0", "0", "0")
    for _ in range(2):
        interview.tick("complications", "abscess", True)

    assert interview.ticked == ("abscess",)
    for _ in range(2):
        interview.tick("complications", "abscess", False)
    assert interview.ticked == ()


def test_a_tick_is_never_lost_by_another_answer():
    interview = asked("0", "0", "5", "0")
    interview.tick("complications", "abscess", True)

    with pytest.raises(InvalidAnswer, match="abscess is ticked"):
        interview.answer("complications", "none")
    with pytest.raises(NotNow):
        interview.finish()
    interview.done("complications")
    assert interview.answers["complications"] == ("abscess",)


def test_what_was_ticked_is_ticked_still_when_the_line_is_reopened():
    interview = asked("0", "0", "0", "0", "abscess")
    interview.reopen("complications")

    assert interview.ticked == ("abscess",)


def test_done_needs_a_tick_and_only_choices_of_the_question_can_be_ticked():
    interview = asked("0", "0", "0", "0")

    with pytest.raises(NotNow):
        interview.done("complications")
    with pytest.raises(NotNow):
        interview.tick("complications", "headache", True)
    with pytest.raises(NotNow):
        asked("0").tick("pain", "0", True)


def test_back_asks_the_question_before_again_and_there_is_none_before_the_first():
    interview = asked("0", "1")
    interview.back("liquid_stools")

    assert interview.question is HBI.item("pain")
    interview.back("pain")
    with pytest.raises(NotNow, match="first question"):
        interview.back("wellbeing")


@pytest.mark.parametrize(
    ("answers", "certain"), [(("4", "0"), False), (("4", "1"), True)], ids=["4 points", "5 points"]
)
def test_it_can_be_finished_as_soon_as_the_verdict_is_certain_and_not_before(answers, certain):
    interview = asked(*answers)

    assert interview.is_certain() is certain
    if certain:
        interview.finish()
        assert interview.stage is Stage.REVIEWING
    else:
        with pytest.raises(NotNow):
            interview.finish()


def test_it_is_certain_only_when_no_authority_can_change_its_mind():
    """Bleeding 0 and stools 0 is remission by STRIDE-II already, but not yet by the protocol."""
    assert not asked("0", "0", questionnaire=PARTIAL_MAYO).is_certain()
    assert asked("2", "1", questionnaire=PARTIAL_MAYO).is_certain()


@pytest.mark.parametrize("stage", [Stage.COMPLETED, Stage.CANCELLED])
def test_what_is_over_is_over(stage):
    interview = Interview(HBI, stage=stage)

    for act in (interview.confirm, interview.cancel, interview.finish, lambda: interview.reopen("pain")):
        with pytest.raises(NotNow):
            act()
    assert interview.stage is stage


def test_a_doubt_is_settled_only_where_it_is_on_screen():
    doubt = json.dumps({"remark": "Not taken: CRP 4.", "of": "CRP 4", "readings": []})
    interview = Interview(LABS)
    interview.take("labs", (doubt,))

    interview.settle("labs", 0, "none")
    assert interview.answers["labs"] == ('{"remark": "Left out: CRP 4."}',)
    interview.cancel()
    with pytest.raises(NotNow):
        interview.settle("labs", 0, "none")
    with pytest.raises(NotNow):
        Interview(LABS).settle("labs", 0, "none")
