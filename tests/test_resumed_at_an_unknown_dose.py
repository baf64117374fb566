"""A restart that names no dose, after days on a dose that nobody knew: it is not one of induction. CLINICAL.md D13."""

import pytest

from bot.contract.examined import examine
from tests.safetycharts import TODAY, ago

KNOWN = {"started_on": ago(300).isoformat(), "dose_known": True}
UNKNOWN = KNOWN | {"dose_known": False}
RESTARTED = {"event": "restarted", "on": ago(10).isoformat()}
ASKED = "45 mg interrupted for more than 28 days: when induction ends is to be asked, it is not computed"
ENDED = "CHECK: 45 mg ended on 30 Sep 2025 (8 weeks), no dose recorded."
NOT_KNOWN = "Dose not known, first dose on 5 Aug 2025, interrupted 2 Apr to 21 May 2026; next dose not recorded."


def off(days_ago, event="interrupted", **more):
    return {"event": event, "on": ago(days_ago).isoformat(), **more}


def dosed(mg, days_ago, **more):
    return {"event": "dose", "on": ago(days_ago).isoformat(), "mg": mg, **more}


def reported(*course, disease="UC", region="US", **facts):
    given = {"disease": disease, "today": TODAY.isoformat(), "region": region, **UNKNOWN, **facts}
    examined = examine(given | {"course": list(course)}, TODAY)
    assert examined.reading.errors == []
    return examined.written()


@pytest.mark.parametrize("event", ["interrupted", "stopped"])
@pytest.mark.parametrize(
    ("disease", "weeks", "ended"), [("UC", None, "30 Sep 2025 (8 weeks)"), ("CD", 12, "28 Oct 2025 (12 weeks)")]
)
def test_the_dose_stays_unknown_and_the_end_of_45_mg_unrecorded(disease, weeks, ended, event):
    said = reported(off(60, event), RESTARTED, disease=disease, induction_weeks=weeks)

    assert said["dose"]["phase"] == "maintenance"
    assert said["status"][0] == f"CHECK: 45 mg ended on {ended}, no dose recorded."
    assert said["status"][-1].startswith("Dose not known, first dose on 5 Aug 2025, interrupted ")
    assert {mg for each in said["dose"]["says"] for mg in each["mg"]} == {15, 30}


@pytest.mark.parametrize("apart", [27, 28, 29, 200], ids=["27 days", "28 days", "29 days", "200 days"])
def test_however_long_it_was_interrupted(apart):
    said = reported(off(10 + apart), RESTARTED)

    assert (said["dose"]["phase"], said["status"][0]) == ("maintenance", ENDED)
    assert said["status"][-1].startswith("Dose not known, first dose on 5 Aug 2025, interrupted ")


def test_so_it_stays_after_a_second_restart():
    said = reported(off(150), off(100, "restarted"), off(60), RESTARTED)

    assert said["status"][0] == ENDED
    assert said["status"][-1] == NOT_KNOWN.replace("interrupted", "interrupted 2 times, last")


def test_an_interruption_since_a_day_that_nobody_knows_is_read_alike():
    said = reported(off(60, from_known=False), RESTARTED)

    assert said["dose"]["phase"] == "maintenance"
    assert said["status"][-1].startswith("Dose not known, first dose on 5 Aug 2025")


def test_beside_a_weak_kidney_it_is_to_be_checked_as_an_unknown_dose():
    egfr = {"analyte": "egfr", "on": ago(5).isoformat(), "value": 28}
    (finding,) = (
        each for each in reported(off(60), RESTARTED, labs=[egfr])["safety"] if each["id"] == "label.dose_by_egfr"
    )

    assert finding["why"].endswith("dose not known")


@pytest.mark.parametrize(
    ("course", "facts", "says"),
    [
        ((off(280), RESTARTED), UNKNOWN, ASKED),
        ((off(60), RESTARTED), KNOWN, ASKED),
        ((off(60), RESTARTED | {"mg": 45}), UNKNOWN, ASKED),
        ((dosed(45, 70, from_known=False), off(60), RESTARTED), UNKNOWN, ASKED),
    ],
    ids=["interrupted in induction", "the dose is known", "a restart at 45 mg", "45 mg told before"],
)
def test_where_it_was_45_mg_how_induction_goes_on_is_asked_as_before(course, facts, says):
    assert says in reported(*course, **facts)["status"][0]


@pytest.mark.parametrize(("since", "is_known"), [(55, True), (56, False), (300, False)])
def test_after_a_long_gap_in_induction_the_dose_is_not_known_once_its_weeks_have_passed(since, is_known):
    said = reported(off(since - 5), off(5, "restarted"), started_on=ago(since).isoformat())

    assert said["dose"]["phase"] == "induction"
    assert ASKED in said["status"][0]
    assert said["status"][-1].startswith("45 mg since " if is_known else "Dose not known, first dose on ")


def test_a_dose_that_is_told_later_is_known_from_then_on():
    said = reported(off(60), RESTARTED, dosed(15, 2))

    assert said["status"][-1] == "15 mg since 30 May 2026."
