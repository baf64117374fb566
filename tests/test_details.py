"""What is told of a patient later: each list is ticked with what stands, and nothing of it is lost unsaid."""

import pytest

from flows.forms import form
from tests.conversation import labels
from tests.correcting import say
from tests.enrolled import CODE
from tests.mornings import joins

UNTIL_CONFIRM = "Nothing counts until you confirm"


async def until(line, asked):
    while asked not in line.last.text:
        await line.taps("Unchanged")


async def details(line, *steps):
    """Each step is what is asked, and what is tapped there."""
    await say(line, f"/p {CODE}", "Details")
    for asked, *taps in steps:
        await until(line, asked)
        await say(line, *taps)
    await until(line, UNTIL_CONFIRM)


async def told(line, *steps):
    await details(line, *steps)
    await line.taps("Confirm")


RISKS, FEATURES, BEFORE, TAKEN = "Risks on record", "Which of these apply?", "What was given before", "taken today"


async def test_a_new_risk_takes_no_other_away(ward):
    await told(ward, (RISKS, "Hypertension", "Previous VTE", "Done"))
    await details(ward, (RISKS, "Smoker", "Done"))
    assert "Risks: smoker, hypertension, previous VTE" in ward.last.text
    assert "taken out" not in ward.last.text
    await say(ward, "Confirm", "Safety")

    assert "previous VTE" in ward.last.text
    assert "smoker; hypertension" in ward.last.text


async def test_a_list_is_ticked_with_what_stands_and_what_is_unticked_is_named(ward):
    await told(ward, (RISKS, "Hypertension", "Previous VTE", "Done"))
    await say(ward, f"/p {CODE}", "Details")
    await until(ward, RISKS)
    assert {"✓ Hypertension", "✓ Previous VTE", "Smoker", "Done"} <= set(labels(ward.last))
    await say(ward, "✓ Previous VTE", "Done")
    await until(ward, UNTIL_CONFIRM)

    assert "Risks: previous VTE taken out" in ward.last.text
    await say(ward, "Risks")
    assert "Previous VTE" in labels(ward.last)
    await say(ward, "Done", "Confirm", "Safety")
    assert "previous VTE" not in ward.last.text


async def test_a_new_feature_takes_no_other_away_and_what_was_unknown_stays_so(ward):
    await told(ward, (FEATURES, "Refractory", "Done"))
    await told(ward, (FEATURES, "Stoma", "Done"))
    await ward.says(f"/history {CODE}")

    assert "Stoma: yes" in ward.last.text
    assert "Refractory: yes" in ward.last.text
    assert ": no " not in ward.last.text


async def test_none_of_the_features_is_an_answer_about_each(ward):
    await told(ward, (FEATURES, "None"))
    await ward.says(f"/history {CODE}")

    assert ward.last.text.count(": no ") == 7


async def test_a_feature_that_is_unticked_is_no(ward):
    await told(ward, (FEATURES, "Refractory", "PSC", "Done"))
    await details(ward, (FEATURES, "✓ PSC", "Done"))
    assert "Features: PSC taken out" in ward.last.text
    await say(ward, "Confirm", f"/history {CODE}")

    assert "PSC: no" in ward.last.text
    assert "Refractory: no" not in ward.last.text


async def test_a_new_earlier_drug_takes_no_other_away_and_asks_of_that_alone_why_it_ended(ward):
    await told(ward, (BEFORE, "Infliximab", "Thiopurine", "Done", "No response", "No response"))
    await details(ward, (BEFORE, "Vedolizumab", "Done", "Loss of response"))
    await say(ward, "Confirm", "Menu", "Checklist")

    said = "Treated before: Infliximab (no response), Vedolizumab (loss of response), Thiopurine (no response)."
    assert sorted(said) == sorted(next(each for each in ward.last.text.splitlines() if each.startswith("Treated")))


async def test_an_earlier_drug_that_is_unticked_is_named(ward):
    await told(ward, (BEFORE, "Infliximab", "Thiopurine", "Done", "No response", "No response"))
    await details(ward, (BEFORE, "✓ Infliximab", "Done"))
    assert "Treated before: infliximab taken out" in ward.last.text
    await say(ward, "Confirm", "Menu", "Checklist")

    assert "Treated before: Thiopurine (no response)." in ward.last.text


async def test_a_new_drug_ends_no_other(ward):
    await told(ward, (TAKEN, "Azathioprine", "Done"))
    await details(ward, (TAKEN, "Statin", "Done"))
    assert "not taken any more" not in ward.last.text
    await say(ward, "Confirm", "Safety")
    assert "azathioprine" in ward.last.text
    await details(ward, (TAKEN, "✓ Azathioprine", "Done"))

    assert "Medication: azathioprine not taken any more" in ward.last.text
    await say(ward, "Confirm", "Safety")
    assert "azathioprine" not in ward.last.text


@pytest.mark.parametrize(
    ("asked", "mine", "others"),
    [
        (RISKS, ("Smoker", "Done"), ("Previous VTE", "Done")),
        (RISKS, ("None",), ("Previous VTE", "Done")),
        (FEATURES, ("None",), ("Refractory", "Done")),
        (BEFORE, ("Infliximab", "Done", "No response"), ("Vedolizumab", "Done", "No response")),
        (TAKEN, ("Statin", "Done"), ("Azathioprine", "Done")),
    ],
    ids=["risk", "no risk", "no feature", "earlier drug", "drug"],
)  # fmt: skip
async def test_what_a_colleague_told_meanwhile_stands(ward, office, asked, mine, others):
    other = await joins(office, "other")
    await details(ward, (asked, *mine))
    office.clock.passes(minutes=1)
    await told(other, (asked, *others))
    await say(ward, "Confirm", f"/history {CODE}")
    await details(ward, (asked, "Unchanged"))
    await say(ward, "Cancel", "Discard", f"/p {CODE}", "Details")
    await until(ward, asked)

    assert f"✓ {others[0]}" in labels(ward.last)


async def test_a_drug_that_a_colleague_ended_meanwhile_stays_ended(ward, office):
    other = await joins(office, "other")
    await told(ward, (TAKEN, "Azathioprine", "Done"))
    await details(ward, (TAKEN, "Statin", "Done"))
    office.clock.passes(minutes=1)
    await told(other, (TAKEN, "✓ Azathioprine", "None"))
    await say(ward, "Confirm", "Safety")

    assert "azathioprine" not in ward.last.text


async def test_the_review_says_what_changes_and_that_all_else_is_unchanged(ward):
    await told(ward, (RISKS, "Hypertension", "Done"))
    await say(ward, f"/p {CODE}", "Details", "1980")
    await until(ward, RISKS)
    await say(ward, "Done")
    await until(ward, UNTIL_CONFIRM)

    assert "Birth year: 1980\nSex: unchanged" in ward.last.text
    assert "Risks: unchanged" in ward.last.text
    assert "not assessed" not in ward.last.text


STOOLS = "Stools a day when the colitis was quiet"
SCORED = "Stool frequency, against what is normal for this patient"


async def test_normal_stools_that_were_left_for_later_are_told_in_the_details_and_stand_where_they_are_scored(ward):
    await say(ward, f"/visit {CODE}", "Seen")
    assert SCORED in ward.last.text
    assert "What is normal for this patient is not recorded: Details takes it." in ward.last.text
    await say(ward, "/cancel", "Discard")
    await told(ward, (STOOLS, "2"))
    await say(ward, f"/visit {CODE}", "Seen")

    assert "Normal for this patient: 2 stools a day." in ward.last.text
    assert SCORED in ward.last.text
    await say(ward, "1")
    assert "Normal for this patient: " not in ward.last.text


async def test_one_stool_a_day_is_said_so_in_a_score_of_its_own(ward):
    await told(ward, (STOOLS, "1"))
    await say(ward, f"/p {CODE}", "Checklist")
    await say(ward, "PMS", "9.3.2026")

    assert "Normal for this patient: 1 stool a day." in ward.last.text


def test_of_crohns_disease_no_normal_stools_are_asked():
    assert [each.code for each in form("details").asked({"disease": "CD"})].count("normal_stools") == 0
    assert [each.code for each in form("details").asked({"disease": "UC"})].count("normal_stools") == 1
