"""What stands, filled into its form and confirmed as it is, is what stands: filing and the way back of it are one."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from flows.filing import facts_of
from flows.form import Form
from flows.forms import FORMS, form
from flows.interview import Stage
from flows.record import STARTED, Kind
from flows.refiling import answers_of, form_of, told_anew
from tests.test_questionnaires import answers_to

TODAY = date(2026, 6, 1)
# A score and a laboratory value are measured anew.
MEASURED = (Kind.SCORE, Kind.LAB)
NOT_TOLD_ANEW = (Kind.NOTE, Kind.HANDLED)
ASKED = [each for each in FORMS if not each.code.startswith(("scored_", "totalled_", "labs"))]


@st.composite
def filed(draw):
    """Any form that tells more than a measure, answered as far as it is asked."""
    asked: Form = draw(st.sampled_from(ASKED))
    answers = {code: draw(st.sampled_from(["UC", "CD"])) for code in asked.given if code == "disease"}
    if asked.code == "restart":
        answers |= {"induction_dose": "45 mg", "shifts_until": "2020-01-01"}
    for item in asked.items:
        if any(each.code == item.code for each in asked.asked(answers)):
            answers[item.code] = draw(answers_to(item))
    assume(all(answers.get(code, "") is not None for code in asked.needed))
    return asked, answers, facts_of(asked, answers, TODAY)


def things(facts):
    """The first dose is its day and its dose."""
    first = [each for each in facts if each.kind is Kind.COURSE]
    if any(each.code == STARTED for each in first):
        return [first, *([each] for each in facts if each not in first)]
    return [[each] for each in facts]


@given(filed())
def test_what_is_confirmed_as_it_stands_is_what_stands(case):
    asked, given_to, facts = case
    record = {code: value for code, value in given_to.items() if code in asked.given}
    for thing in things(facts):
        if thing[-1].kind in (*MEASURED, *NOT_TOLD_ANEW) or thing[-1].code == "medication_asked":
            continue
        anew = form(form_of(thing))
        interview = told_anew(anew, answers_of(anew, thing) | record, is_day_wrong=False)
        if len(thing) == 1 and thing[0].code == STARTED:  # its dose is asked for
            assert interview.question.code == "mg"
            continue
        assert facts_of(anew, interview.answers, TODAY) == thing


@given(filed(), st.booleans())
def test_either_one_thing_is_asked_or_all_that_stands_is_shown(case, is_day_wrong):
    _, _, facts = case
    for thing in things(facts):
        if not (code := form_of(thing)):
            continue
        anew = form(code)
        interview = told_anew(anew, answers_of(anew, thing), is_day_wrong=is_day_wrong)
        shown = [each.code for each in interview.asked]
        if is_day_wrong and "on" in shown:
            assert interview.question.code == "on"
        elif len(shown) == 1:
            assert interview.question.code == shown[0]
        elif thing[-1].kind not in MEASURED and thing[-1].code != STARTED:
            assert interview.stage is Stage.REVIEWING


@given(filed())
def test_whatever_holds_a_value_has_a_form(case):
    for thing in things(case[2]):
        is_told = thing[-1].kind not in NOT_TOLD_ANEW and thing[-1].code != "medication_asked"
        assert (form_of(thing) in {each.code for each in FORMS}) is is_told
