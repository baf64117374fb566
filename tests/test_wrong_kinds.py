"""A drug, or an event, that was recorded for another: the right one takes its place, with what is known of it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.filing import facts_of
from flows.forms import form
from flows.forms.anew import EVENT_FORMS, TAKEN_FORMS
from flows.interview import Stage
from flows.record import Fact, Kind
from flows.refiling import others, told_as
from tests.conversation import labels
from tests.correcting import recorded, say, told, wrong
from tests.enrolled import CODE
from tests.sealed import checked
from tests.test_corrections_of_facts import IN_DETAIL, report_event
from tests.test_refiling import TODAY, filed
from tests.test_team import joined

pytestmark = pytest.mark.usefixtures("unhurried")


@pytest.fixture
def opening(request, opening):
    return IN_DETAIL if "known" in request.fixturenames else opening


@pytest.fixture
async def known(chat):
    """The doctor, with a patient of whom everything was told."""
    return chat


def history_of(line, code):
    return [each for each in line.last.text.splitlines() if code in each]


# Drugs


async def test_a_wrong_drug_is_put_right_by_one_tap_with_its_day_and_both_stand_in_the_history(known, office):
    await wrong(known, "Azathioprine", "Wrong drug", "Methotrexate")
    assert list(filter(None, known.last.text.splitlines())) == [
        "In place of azathioprine of 1 Jun 2026.",
        f"{CODE} · Methotrexate · review",
        "Day: 1 Jun 2026",
        "Taken: Taken",
        "Nothing counts until you confirm. Tap a line to change it.",
    ]
    await known.taps("Confirm")
    assert "Updated: a value arrived or was corrected since the last card." in known.last.text

    old, new = office.rows(
        'SELECT id, code, replaces_id, "by", why FROM observations '
        "WHERE code IN ('azathioprine', 'methotrexate') ORDER BY id"
    )
    assert (old.code, new.code, new.replaces_id, new.by, new.why) == (
        "azathioprine",
        "methotrexate",
        old.id,
        1,
        "wrong drug",
    )
    await known.says(f"/history {CODE}")
    (line,) = history_of(known, "Methotrexate")
    assert line.endswith(f"of 1 Jun 2026: taken by then · member 1, 1 Jun 2026 · wrong drug · in place of #{old.id}")
    (line,) = history_of(known, "Azathioprine")
    assert line.endswith("of 1 Jun 2026: taken by then · member 1, 1 Jun 2026 · replaced")


async def test_what_the_labels_say_of_the_wrong_drug_is_said_of_the_right_one(known):
    await say(known, f"/p {CODE}", "Safety")
    assert "azathioprine taken on 1 Jun 2026, since when is not known" in known.last.text
    await wrong(known, "Azathioprine", "Wrong drug", "Ciclosporin", "Confirm")
    await known.taps("Safety")

    assert "azathioprine taken" not in known.last.text
    assert "ciclosporin taken on 1 Jun 2026, since when is not known" in known.last.text


async def test_a_drug_that_was_no_steroid_has_its_dose_asked(known):
    await wrong(known, "Azathioprine", "Wrong drug", "Budesonide", "Confirm")
    await wrong(known, "Budesonide", "Wrong drug", "Prednisolone or equivalent")
    assert "Prednisolone or equivalent from that day on, milligrams a day" in known.last.text


async def test_a_steroid_that_was_none_leaves_its_dose_behind(known, office):
    await wrong(known, "Prednisolone or equivalent", "Wrong drug", "Budesonide", "Confirm")

    assert "On budesonide: not steroid-free." in known.last.text
    (new,) = [row for row in told(office, "code", "value", "on", kind="medication") if row[0] == "budesonide"]
    assert new[1:] == ("{}", "2026-03-01")


async def test_its_day_can_be_put_right_with_it(known, office):
    await wrong(known, "Azathioprine", "Wrong drug", "Methotrexate", "Day", "3.4.2026", "Confirm")

    assert told(office, "code", "on", "why", kind="medication")[-1] == ("methotrexate", "2026-04-03", "wrong drug")


async def test_a_drug_that_stands_already_is_no_right_one(known, office):
    await wrong(known, "Azathioprine", "Wrong drug", "Methotrexate", "Confirm")
    await wrong(known, "Strong CYP3A4 inhibitor", "Wrong drug", "Methotrexate", "Day", "1.6.2026", "Confirm")

    assert (
        "Methotrexate of 1 Jun 2026 stands already: the wrong one is only to be taken out. Nothing was changed."
        in (known.transcript[-1])
    )
    assert len(told(office, "code", kind="medication")) == 4


async def test_other_words_on_the_wrong_drug_stay_and_are_named(known, office):
    stopped = Fact(kind=Kind.MEDICATION, code="azathioprine", on=TODAY.replace(month=5), value={"stopped": True})
    await recorded(office, 1, 9, stopped)
    (number,) = office.rows("SELECT max(id) FROM observations")[0]
    await wrong(known, "Azathioprine of 1 Jun 2026", "Wrong drug", "Methotrexate")

    assert known.last.text.splitlines()[:2] == [
        "In place of azathioprine of 1 Jun 2026.",
        f"CHECK: what else is recorded of azathioprine stays: #{number} of 1 May 2026.",
    ]


async def test_a_wrong_drug_comes_back_with_undo(known, office):
    await wrong(known, "Azathioprine", "Wrong drug", "Methotrexate", "Confirm")
    await say(known, f"/undo {CODE}", "Take back", f"/p {CODE}", "Correct")

    assert "Azathioprine of 1 Jun 2026" in known.last.text
    assert "methotrexate" not in known.last.text


async def test_it_can_still_be_only_taken_out(known):
    await wrong(known, "Azathioprine", "Wrong drug", "Only take it out")
    await say(known, f"/p {CODE}", "Correct")

    assert "azathioprine taken" not in known.last.text


async def test_what_is_offered_is_every_other_drug(known):
    await wrong(known, "Azathioprine", "Wrong drug")

    assert known.last.text.splitlines()[0] == f"{CODE} · wrong drug"
    assert known.last.text.splitlines()[-1] == "Which is right? Its day and what else is known of it are filled in."
    assert labels(known.last) == [
        *(each.short for each in TAKEN_FORMS if each.short != "Azathioprine"),
        "Only take it out",
        "Menu",
    ]


# Events


async def test_a_wrong_event_is_put_right_and_whether_it_was_serious_stands(known, office):
    await report_event(known, "Other infection", "Done", "Yes")
    await wrong(known, "Other infection", "Wrong event", "Herpes zoster")
    assert known.last.text.startswith("In place of other infection of 1 Jun 2026.\n")
    assert "Day: 1 Jun 2026\nHerpes zoster serious: Yes" in known.last.text
    await say(known, "Confirm", "Safety")

    assert "herpes zoster, serious (1 Jun 2026" in known.last.text
    assert [(row[0], row[2]) for row in told(office, "code", "value", "why", kind="event")] == [
        ("infection", None),
        ("herpes_zoster", "wrong event"),
    ]


async def test_an_event_that_asks_only_its_day_is_shown_at_once(known):
    await report_event(known, "Other infection", "Done", "Yes")
    await wrong(known, "Other infection", "Wrong event", "Pregnancy")

    assert f"{CODE} · Pregnancy · review\nDay: 1 Jun 2026\nNothing counts" in known.last.text


async def test_what_the_wrong_event_did_not_ask_is_asked(known):
    await report_event(known, "Serious infection", "Done")
    await wrong(known, "Serious infection", "Wrong event", "Herpes zoster")

    assert "Herpes zoster: was it serious?" in known.last.text


# Who, and that the record can still be trusted


async def test_a_nurse_puts_a_wrong_drug_right(known, office):
    nurse = await joined(known, office, "nurse")
    await wrong(nurse, "Azathioprine", "Wrong drug", "Methotrexate", "Confirm")

    assert told(office, "code", "by", kind="medication")[-1] == ("methotrexate", "2")


async def test_a_verdict_from_before_is_replayed_and_the_record_verified(known, office):
    await wrong(known, "Azathioprine", "Wrong drug", "Ciclosporin", "Confirm")
    await known.says("/replay 1")
    found = checked(office.url)

    assert "Now, from the same inputs: identical, word for word." in known.last.text
    assert found.broken == ()


async def test_of_what_is_no_drug_and_no_event_no_other_kind_is_asked(known):
    await say(known, f"/p {CODE}", "Correct")
    while not (found := re.search(r"#(\d+) Sex", known.last.text)):
        await known.taps("Older")
    await known.taps(f"#{found[1]}")

    assert labels(known.last) == ["Typing error", "Wrong patient", "Wrong day", "Wrong unit", "Menu"]


async def test_a_value_of_another_analyte_is_still_no_correction(ward):
    await say(ward, f"/p {CODE}", "Laboratory")
    await ward.says("CRP 40 mg/L")
    await ward.taps("Confirm")
    await wrong(ward, "CRP", "Typing error", "Enter the right value")
    await ward.says("ALC 1.2")
    await ward.taps("Confirm")

    assert "A correction of crp is one value of it. Nothing was changed." in ward.transcript[-1]


# Of all kinds


@pytest.mark.parametrize("family", [TAKEN_FORMS, EVENT_FORMS], ids=["drugs", "events"])
@settings(max_examples=200)
@given(st.data())
def test_each_drug_and_event_is_told_as_each_other_with_all_that_both_ask(family, data):
    was, is_now = (data.draw(st.sampled_from(family)) for _ in range(2))
    _, facts = filed(was, data.draw)
    interview = told_as(is_now, facts)
    if interview.stage is not Stage.REVIEWING:
        assert interview.question.code not in was.codes
        interview.skip(interview.question.code)
    (now,) = facts_of(is_now, interview.answers, TODAY)
    (before,) = facts

    assert (now.kind, now.on) == (before.kind, before.on)
    assert f"{is_now.code.partition('_')[0]}_{now.code}" == is_now.code
    both = set(was.codes) & set(is_now.codes)
    assert {key: now.value.get(key) for key in ("stopped", "serious")} == {
        key: before.value.get(key) if key == "stopped" or "serious" in both else None for key in ("stopped", "serious")
    }


@pytest.mark.parametrize(
    ("kind", "code", "family"), [(Kind.MEDICATION, "nsaid", TAKEN_FORMS), (Kind.EVENT, "vte", EVENT_FORMS)]
)
def test_the_others_are_all_of_its_family_but_itself(kind, code, family):
    fact = Fact(kind=kind, code=code, on=TODAY, value={})

    assert [each for each in family if each not in others(fact)] == [form(f"{family[0].code.partition('_')[0]}_{code}")]
