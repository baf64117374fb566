"""Whose rule is said: by region, by stage of treatment, and in which order findings stand. CLINICAL.md D1, D16."""

from datetime import timedelta

import pytest

from flows.chart import Chart, Lost
from flows.citations import PROTOCOL
from flows.history import Region, Sex
from flows.protocol.cautions import Caution, Level, alike
from flows.protocol.patient import Patient
from flows.protocol.safety import safety
from flows.protocol.sources import AU_LABEL, EU_LABEL, GB_LABEL, US_INDICATION
from flows.questionnaire import Disease
from tests.safetycharts import STARTED, TODAY, chart, drug, event, every, found, lab, why

NAMES = {Region.US: "US label", Region.EU: "EU label", Region.GB: "GB label", Region.AU: "AU label"}


def test_nothing_known_is_nothing_found():
    assert safety(Chart(disease=Disease.CROHNS), TODAY) == ()


@pytest.mark.parametrize("region", Region)
def test_of_the_labels_only_that_of_the_region_speaks(region):
    said = why("label.neutrophils_below_1", lab("anc", "0.9"), region=region)

    assert said.startswith(NAMES[region])
    assert not any(name in said for other, name in NAMES.items() if other is not region)


def test_without_a_region_all_that_say_something_are_named_the_us_first_and_what_was_not_read_is_marked():
    said = why("label.active_tuberculosis", events=(event("tuberculosis"),), region=None)

    assert said == (
        "US label: not recommended in active tuberculosis; EU and GB labels, AU label (to be confirmed): "
        "contraindicated in active tuberculosis; tuberculosis (27 May 2026, shown until 27 May 2027)"
    )


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        ((US_INDICATION,), "US label"),
        ((US_INDICATION, GB_LABEL), "US and GB labels"),
        ((US_INDICATION, GB_LABEL, AU_LABEL), "US, GB and AU labels"),
        ((PROTOCOL,), "protocol"),
        ((PROTOCOL, US_INDICATION), "protocol and US label"),
        ((US_INDICATION, PROTOCOL), "US label and protocol"),
        ((PROTOCOL, US_INDICATION, GB_LABEL), "protocol and US label and GB label"),
        ((US_INDICATION, EU_LABEL), "US label, EU label (to be confirmed)"),
    ],
)
def test_who_say_the_same_are_named_together_and_labels_in_one_word(sources, names):
    caution = Caution(id="label.of_this_test", level=Level.INFO, says=alike("one sentence of all", *sources))

    assert caution.found(Patient(chart(region=None), TODAY)).why == f"{names}: one sentence of all"


def test_where_the_label_of_the_region_was_not_read_the_others_are_named_and_that_is_said():
    said = why("label.vision_change", events=(event("vision_change"),), region=Region.EU)

    assert "US label: a sudden change of vision is reported" in said
    assert "EU label: not read on this" in said


def test_a_guideline_is_said_in_every_region():
    for region in (None, *Region):
        finding = found("guideline.transaminase_above_3x", lab("alt", "121"), region=region)
        assert finding.source.authority == "guideline"
        assert finding.why.startswith("FDA guidance on liver injury (to be confirmed): ALT or AST > 3 x")


def test_the_gravest_comes_first_whatever_the_order_of_the_facts():
    said = every(
        lab("anc", "0.9"), lab("cpk", "140"),
        events=(event("herpes_zoster"), event("tablet_residue"), event("serious_infection")),
        medication=(drug("mercaptopurine"), drug("biologic")),
    )  # fmt: skip
    order = [Level.LIMIT, Level.CHECK, Level.INFO]

    assert {each.level for each in said} == set(order)
    assert [each.level for each in said] == sorted((each.level for each in said), key=order.index)
    assert said == every(
        lab("cpk", "140"), lab("anc", "0.9"),
        events=(event("serious_infection"), event("tablet_residue"), event("herpes_zoster")),
        medication=(drug("biologic"), drug("mercaptopurine")),
    )  # fmt: skip


def test_values_events_and_drugs_of_a_day_to_come_are_not_there_yet():
    later = TODAY + timedelta(days=1)

    assert every(lab("anc", "0.5", later), events=(event("serious_infection", -1),), risks=frozenset(),
                 birth_year=2000, sex=Sex.MALE, medication=(drug("biologic", -1),)) == ()  # fmt: skip


def test_what_could_not_be_read_is_said_and_is_not_taken_for_absent():
    finding = found("policy.unreadable", unreadable=("started_on", "history.ostomy"))

    assert finding.level == "check"
    assert finding.why.endswith("could not be read: started_on, history.ostomy")


def test_a_score_or_a_value_that_was_left_out_is_named_by_its_title_and_day():
    finding = found("policy.unreadable", lost=(Lost("hbi", TODAY), Lost("crp", None), Lost("fev1", TODAY)))

    assert finding.why.endswith("could not be read: HBI of 1 Jun 2026, CRP, fev1 of 1 Jun 2026")


def test_a_chart_is_judged_alike_on_the_day_of_the_first_dose_and_later():
    on_the_day = safety(chart(lab("anc", "0.9", STARTED)), STARTED)

    assert "interruption if" in on_the_day[0].why
    assert (
        "initiation"
        in safety(chart(lab("anc", "0.9", STARTED - timedelta(days=1))), STARTED - timedelta(days=1))[0].why
    )
