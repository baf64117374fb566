"""What an enrolment asks counts as asked on its day; what is not asked, or left for later, stays missing."""

import pytest

from flows.filing import facts_of
from flows.forms import form
from flows.record import Fact, Kind
from tests.conversation import labels
from tests.safetycharts import TODAY, ago

ASKED = {"code": "CD-0042-I", "disease": "UC"}
REVIEWED = Fact(kind=Kind.SCREENING, code="cv", on=TODAY, value={})


@pytest.mark.parametrize(
    ("answers", "reviewed"),
    [
        ({"risks": ("past_smoker",)}, [REVIEWED]),
        ({"risks": ()}, [REVIEWED]),
        ({"risks": None}, []),
        ({"risks": (), "begun": "yes", "started_on": TODAY.isoformat()}, [REVIEWED]),
        ({"risks": (), "begun": "yes", "started_on": ago(1).isoformat()}, []),
        ({"medication": (), "childbearing_potential": "yes", "sex": "female"}, []),
    ],
    ids=["ticked", "none of them", "left for later", "on the day of the first dose", "after it", "drugs, not vaccines"],
)
def test_the_risks_that_an_enrolment_asks_before_the_first_dose_are_reviewed_on_its_day(answers, reviewed):
    facts = facts_of(form("enrolment"), {**ASKED, "by_doctor": "yes", **answers}, TODAY)

    assert [each for each in facts if each.kind is Kind.SCREENING] == reviewed


async def test_the_checklist_after_an_enrolment_has_the_risks_and_asks_a_man_for_no_pregnancy_test(ward):
    for step in ("/new UC-0001", "[Colitis]", "1961", "[Male]", "[Severe]", "[Extensive]", "[None]", "[Later]"):
        await ward.performs(step)
    for step in ("[Hypertension]", "[Done]", "[None]", "[Later]", "[Later]", "[Later]", "[No]", "[Confirm]"):
        await ward.performs(step)

    assert "Done: Risk factors and smoking on 1 Jun 2026." in ward.last.text
    missing = ward.last.text.partition("Missing: ")[2].partition("\n")[0]
    assert "Risk factors" not in missing
    assert "Other drugs and live vaccines" in missing  # an enrolment asks for no vaccine
    assert {"Risks reviewed", "Pregnancy test"}.isdisjoint(labels(ward.last))
    assert "Medication reviewed" in labels(ward.last)
