"""A visit that was open when the disease was corrected: what belongs to no disease of it can be filed."""

import pytest

from tests.correcting import say
from tests.test_saving import enrol_crohns
from tests.test_wrong_disease import CROHNS, mended

pytestmark = pytest.mark.usefixtures("unhurried")


async def test_its_scores_are_left_out_with_a_sentence_and_all_else_is_filed(ward, office):
    await enrol_crohns(ward)
    await say(ward, f"/visit {CROHNS}", "Seen", "1", "1")
    await ward.says("1")
    await say(ward, "0", "None", "No", "None", "Herpes zoster", "Done", "No")
    await ward.says("CRP 3")
    await say(ward, "Cancel", "Keep for later")
    await mended(ward, CROHNS)
    await ward.taps("Confirm")
    await ward.says("/resume")
    await ward.taps("Confirm")

    assert f"{CROHNS} has Ulcerative colitis by now: HBI and SES-CD of this visit belong to the other" in ward.last.text
    assert "Well-being: not assessed\n" in ward.last.text
    assert "Laboratory: CRP 3 mg/L (1 Jun 2026)\n" in ward.last.text

    await ward.taps("Confirm")
    rows = office.rows("SELECT kind, code FROM observations WHERE patient_id = 2")
    filed = {tuple(row) for row in rows}
    assert ward.last.text.startswith("UNDECIDED · no PMS since the first dose")
    assert {("event", "herpes_zoster"), ("lab", "crp"), ("medication", "corticosteroid"), ("note", "visit")} <= filed
    assert "score" not in {kind for kind, _ in filed}
