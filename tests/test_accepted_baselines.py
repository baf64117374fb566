"""An old baseline is accepted as the value that was shown: another value needs its own acceptance. CLINICAL.md 2."""

from datetime import date

import pytest

from flows.analytes import BY_CODE
from flows.chart import Accepted, Chart
from flows.protocol.biomarkers import judge
from flows.protocol.screening import checklist
from flows.questionnaire import Disease
from tests.conversation import button, labels
from tests.correcting import say, wrong
from tests.enrolled import CODE
from tests.evaluated import A_CHART, CHART, errors, report
from tests.safetycharts import lab

FIRST_DOSE, TODAY = date(2026, 3, 9), date(2026, 6, 1)
OLD, OTHER = date(2025, 12, 1), date(2025, 10, 1)
BY = "accepted by member 1 on 1 Jun 2026"


# The contract


def chart(*labs, accepted=(), names=()):
    return Chart(
        disease=Disease.CROHNS,
        started_on=FIRST_DOSE,
        labs=labs,
        accepted=tuple(accepted),
        accepted_baseline=frozenset(names),
    )


def crp(on=OLD, value="9"):
    return lab("crp", value, on=on)


def acceptance(measure="crp", on=OLD):
    return Accepted(measure=measure, on=on, by="member 1", accepted_on=TODAY)


def why(patient):
    return judge(patient, TODAY)[0].finding.why


def bio(patient):
    return next(each for each in checklist(patient, TODAY) if each.item == "bio")


def test_an_acceptance_is_of_the_value_of_its_day():
    now = lab("crp", "3", on=TODAY)

    assert why(chart(crp(), now, accepted=[acceptance()])).startswith("normalised: CRP 3 mg/L")
    assert why(chart(crp(OTHER), now, accepted=[acceptance()])).startswith("within range, baseline unknown")
    assert why(chart(crp(OTHER), now, names=["crp"])).startswith("normalised: CRP 3 mg/L")


def test_an_accepted_biomarker_says_who_accepted_it_when_and_how_old_it_is():
    patient = chart(crp(), lab("crp", "3", on=TODAY), accepted=[acceptance()])

    assert why(patient).endswith(f", was 9 mg/L at baseline (98 days before the first dose, {BY})")


def test_one_in_its_window_says_nothing_of_an_acceptance_and_an_elevated_one_needs_no_baseline():
    recent = chart(crp(date(2026, 3, 1)), lab("crp", "3", on=TODAY), accepted=[acceptance(on=date(2026, 3, 1))])
    elevated = chart(crp(), lab("crp", "30", on=TODAY), accepted=[acceptance()])

    assert "accepted" not in why(recent)
    assert "accepted" not in why(elevated)


def test_a_newer_old_value_that_nobody_accepted_leaves_the_accepted_one_the_baseline():
    patient = chart(crp(OTHER), crp(OLD, "4"), lab("crp", "3", on=TODAY), accepted=[acceptance(on=OTHER)])

    assert why(patient).startswith("normalised")


@pytest.mark.parametrize(
    ("labs", "offered"),
    [
        ([crp()], [("crp", OLD)]),
        ([crp(), lab("fcp", "900", on=OTHER)], [("crp", OLD), ("fcp", OTHER)]),
        ([crp(), lab("fcp", "900", on=date(2026, 3, 1))], [("crp", OLD)]),
        ([crp(date(2025, 3, 9))], [("crp", date(2025, 3, 9))]),
        ([crp(date(2025, 3, 8))], []),
        ([crp(), lab("fcp", "900", on=date(2023, 6, 1))], [("crp", OLD)]),
        ([crp(date(2026, 4, 1))], []),
    ],
    ids=["CRP alone", "both", "CRP beside a recent one", "365 days", "366 days", "one too old", "after the first dose"],
)
def test_each_biomarker_up_to_a_year_old_is_offered_by_itself(labs, offered):
    assert list(bio(chart(*labs)).acceptable) == offered


def test_what_was_accepted_is_not_offered_again_and_says_so():
    found = bio(chart(crp(), lab("fcp", "900", on=OLD), accepted=[acceptance(), acceptance("fcp")]))

    assert (found.state, found.acceptable) == ("done", ())
    assert found.accepted == (
        f"CRP 98 days before the first dose, {BY}",
        f"Calprotectin 98 days before the first dose, {BY}",
    )


def test_the_contract_takes_a_name_or_a_name_with_its_day_and_who_and_when():
    accepted = ["fcp", {"measure": "crp", "on": "2025-10-01", "by": "member 1", "accepted_on": "2026-06-01"}]
    labs = [{"analyte": "crp", "on": "2025-10-01", "value": 9}, {"analyte": "crp", "on": "2026-06-01", "value": 3}]
    A_CHART.validate(CHART | {"accepted_baseline": accepted})
    found = report(started_on="2026-01-05", labs=labs, accepted_baseline=accepted)

    assert errors(found) == {}
    finding = next(each for each in found["findings"] if each["id"] == "biomarker.crp")
    assert finding["why"].endswith(f"was 9 mg/L at baseline (96 days before the first dose, {BY})")


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"measure": "crp"}, "accepted_baseline[0].on"),
        ({"measure": "x", "on": "2025-10-01"}, "accepted_baseline[0].measure"),
        ({"measure": "crp", "on": "2025-10-01", "more": 1}, "accepted_baseline[0].more"),
    ],
)
def test_an_acceptance_that_cannot_be_read_is_named(given, where):
    assert list(errors(report(accepted_baseline=[given]))) == [where]


# In the chat


async def values(line, text):
    await say(line, f"/p {CODE}", "Laboratory")
    await line.says(text)
    await line.taps("Confirm")


async def checklist_of(line):
    await say(line, f"/p {CODE}", "Checklist")


async def test_another_value_than_the_one_that_was_accepted_needs_its_own_acceptance(ward):
    await values(ward, "CRP 9 FCP 900 1.12.2025")
    await checklist_of(ward)
    await say(ward, "Accept old CRP", "Accept old calprotectin")
    for analyte in ("crp", "fcp"):
        await wrong(ward, BY_CODE[analyte].title, "Wrong patient", "Only take it out")
    await values(ward, "CRP 20 FCP 500 1.10.2025")
    await checklist_of(ward)
    assert "Too old: CRP and calprotectin on 1 Oct 2025" in ward.last.text
    assert "Accept old CRP" in labels(ward.last)
    await values(ward, "CRP 3 FCP 90")

    assert "normalised" not in ward.last.text


async def test_a_value_put_right_on_the_same_day_needs_its_own_acceptance_and_the_old_one_brought_back_does_not(ward):
    await values(ward, "CRP 9 1.12.2025")
    await checklist_of(ward)
    await ward.taps("Accept old CRP")
    await wrong(ward, "CRP", "Typing error", "Enter the right value")
    await ward.says("CRP 12 1.12.2025")
    await ward.taps("Confirm")
    await checklist_of(ward)
    assert "Accept old CRP" in labels(ward.last)
    await say(ward, f"/undo {CODE}", "Take back")
    await checklist_of(ward)

    assert "Accept old CRP" not in labels(ward.last)


async def test_checklist_card_and_reasons_say_who_accepted_it_and_when(ward):
    await values(ward, "CRP 9 FCP 900 1.12.2025")
    await checklist_of(ward)
    await say(ward, "Accept old CRP", "Accept old calprotectin")
    assert f"CRP 98 days before the first dose, {BY}" in ward.last.text
    await values(ward, "CRP 3 FCP 90")
    assert f"was 9 mg/L at baseline (98 days before the first dose, {BY})" in ward.last.text
    await ward.taps("Why")

    assert f"was 900 µg/g at baseline (98 days before the first dose, {BY})" in ward.last.text


async def test_a_score_says_on_checklist_and_card_who_accepted_it(ward):
    await ward.says(f"/pms {CODE} total 8 15 Jan 2026")
    await ward.taps("Confirm")
    await ward.says(f"/pms {CODE} total 2 1 Jun 2026")
    await ward.taps("Confirm")
    await checklist_of(ward)
    await ward.taps("Accept old score")
    assert f"PMS on 15 Jan 2026 (53 days before the first dose, {BY})" in ward.last.text
    await ward.says(f"/status {CODE}")

    change = "PMS change from baseline: -6, clinical response by protocol."
    assert f"{change} The baseline: 53 days before the first dose, {BY}." in ward.last.text


async def test_beyond_a_year_nothing_is_offered(ward):
    await values(ward, "CRP 9 1.12.2025")
    await values(ward, "FCP 900 1.6.2023")
    await checklist_of(ward)
    assert "Accept old CRP" in labels(ward.last)
    assert "Accept old calprotectin" not in labels(ward.last)
    await ward.taps("Accept old CRP")

    assert "Accept old CRP" not in labels(ward.last)


async def test_a_tap_on_what_was_corrected_since_accepts_nothing(ward, office):
    await values(ward, "CRP 9 1.12.2025")
    await checklist_of(ward)
    shown, pressed = ward.last, button(ward.last, "Accept old CRP")
    await wrong(ward, "CRP", "Wrong patient", "Only take it out")
    await values(ward, "CRP 20 1.12.2025")
    await ward.presses(pressed, shown.message_id)

    assert "(That value does not stand any more. Nothing was changed.)" in "\n".join(ward.transcript)
    assert office.rows("SELECT count(*) FROM observations WHERE code = 'accepted.crp'")[0][0] == 0
