"""What stands, filled into its form and confirmed as it is, is what stands: filing and the way back of it are one."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from flows.errors import InvalidAnswer
from flows.filed_person import FROM_KNOWN
from flows.filing import facts_of
from flows.forms import FORMS, form
from flows.forms.earlier import RESTART_1, RESTART_2, START_1
from flows.interview import Stage
from flows.record import STARTED, VISIT, Kind
from flows.refiling import answers_of, form_of, told_anew
from tests.test_questionnaires import answers_to

TODAY = date(2026, 6, 1)
# Moves that were recorded without one are asked for it when they are told anew.
WITHOUT_REASON = (START_1, RESTART_1, RESTART_2)
NOT_TOLD_ANEW = (Kind.NOTE, Kind.HANDLED)


def filed(asked, draw):
    """A form answered as far as it is asked: what the record gave it, and the facts that it tells."""
    record = {code: draw(st.sampled_from(["UC", "CD"])) for code in asked.given if code == "disease"}
    if asked.code == "restart" and asked.given:
        record |= {"induction_dose": "45 mg", "shifts_until": "2020-01-01"}
    answers = dict(record)
    for item in asked.items:
        if item in asked.asked(answers):
            answers[item.code] = draw(answers_to(item))
    try:
        asked.check(answers)
    except InvalidAnswer:
        reject()
    return record, facts_of(asked, answers, TODAY)


def things(facts):
    """The first dose is its day and its dose."""
    first = [each for each in facts if each.kind is Kind.COURSE]
    if any(each.code == STARTED for each in first):
        return [first, *([each] for each in facts if each not in first)]
    return [[each] for each in facts]


def asked_first(asked, last, shown, is_day_wrong):
    """What is on screen; None where all of it is shown to be confirmed."""
    if is_day_wrong and "on" in shown:
        return "on"
    if last.code == STARTED:  # told without its dose
        return "mg"
    if asked in WITHOUT_REASON:
        return "why"
    return shown[0] if len(shown) == 1 else None


@pytest.mark.parametrize("asked", FORMS, ids=lambda each: f"{each.code} {each.version}")
@settings(max_examples=15)
@given(st.data(), st.booleans())
def test_what_stands_is_shown_or_its_one_item_asked_and_confirmed_as_it_is_it_stands(asked, data, is_day_wrong):
    record, facts = filed(asked, data.draw)
    for thing in things(facts):
        last = thing[-1]
        if (last.kind in NOT_TOLD_ANEW and last.code != VISIT) or last.code == "medication_asked":
            assert form_of(thing) == ""
            continue
        anew = form(form_of(thing))
        interview = told_anew(anew, answers_of(anew, thing) | record, is_day_wrong=is_day_wrong)
        shown = [each.code for each in interview.asked]
        if last.kind is Kind.LAB:
            assert interview.question.code == "labs"
            continue
        first = asked_first(asked, last, shown, is_day_wrong)
        assert (interview.question and interview.question.code) == first
        assert first or interview.stage is Stage.REVIEWING
        if last.code != STARTED and asked not in WITHOUT_REASON:
            assert facts_of(anew, interview.answers, TODAY) == list(map(with_its_begin, thing))


def with_its_begin(fact):
    """A form of one drug asks its day; that an enrolment left it open is kept where the fact takes its place."""
    value = fact.value and {name: said for name, said in fact.value.items() if name != FROM_KNOWN}
    return replace(fact, value=value)
