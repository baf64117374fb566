"""A positive screening result is said for as long as something of it is open. CLINICAL.md sections 3 and 4."""

import pytest

from flows.history import Region, Result, Screened
from tests.safetycharts import ago, event, found, level, why

TUBERCULOSIS, HEPATITIS = "label.latent_tuberculosis", "label.viral_hepatitis_open"


def igra(result, days_ago=0, **more):
    return Screened(item="igra", on=ago(days_ago), result=Result(result), **more)


def screened(item, days_ago=0, **parts):
    return Screened(item=item, on=ago(days_ago), more=tuple((name, Result(value)) for name, value in parts.items()))


@pytest.mark.parametrize(
    ("result", "expected"), [("negative", None), ("positive", "check"), ("indeterminate", None), ("treated", "check")]
)
def test_a_positive_igra_is_to_be_checked_until_it_was_treated_for_long_enough(result, expected):
    assert level(TUBERCULOSIS, screening=(igra(result),)) == expected


@pytest.mark.parametrize(("days", "is_said"), [(29, True), (30, False)])
def test_thirty_days_of_treatment_end_it(days, is_said):
    treated = igra("treated", treated_from=ago(days), drug="isoniazid")

    assert (found(TUBERCULOSIS, screening=(treated,)) is not None) is is_said


def test_a_later_negative_igra_does_not_end_it():
    said = why(TUBERCULOSIS, screening=(igra("positive", 30), igra("negative", 2)))

    assert said.endswith("; negative on 30 May 2026")


@pytest.mark.parametrize("started", [ago(-7), ago(100), None], ids=["before", "on treatment", "no first dose"])
def test_it_says_whose_rule_it_is_what_is_open_and_that_rifampicin_would_be_an_inducer(started):
    said = why(TUBERCULOSIS, screening=(igra("positive"),), started_on=started)

    assert said == (
        "US label: latent tuberculosis is treated first; IGRA positive (1 Jun 2026); "
        "open: latent tuberculosis: evaluation and treatment; "
        "rifampicin, as its treatment, is a strong CYP3A4 inducer (US label)"
    )


def test_the_first_words_on_a_card_name_the_result_where_no_region_is_set():
    assert "IGRA positive (1 Jun 2026)" in why(TUBERCULOSIS, screening=(igra("positive"),), region=None)[:160]


@pytest.mark.parametrize("region", [Region.EU, Region.GB, Region.AU])
def test_the_other_labels_ask_for_a_screening(region):
    said = why(TUBERCULOSIS, screening=(igra("positive"),), region=region)

    assert "screening for tuberculosis" in said
    assert "treated first" not in said


def test_active_tuberculosis_keeps_its_limit_beside_it():
    facts = {"screening": (igra("positive"),), "events": (event("tuberculosis"),)}

    assert (level("label.active_tuberculosis", **facts), level(TUBERCULOSIS, **facts)) == ("limit", "check")


@pytest.mark.parametrize(
    ("item", "parts", "said"),
    [
        ("hbv", {"hbsag": "negative", "anti_hbc": "positive"}, "anti-HBc positive (1 Jun 2026); open: HBV DNA"),
        ("hbv", {"anti_hbc": "positive", "dna": "indeterminate"},
         "anti-HBc positive (1 Jun 2026); open: repeat HBV DNA"),
        ("hcv", {"anti_hcv": "positive"}, "anti-HCV positive (1 Jun 2026); open: HCV RNA"),
    ],
)  # fmt: skip
def test_a_marker_of_hepatitis_is_to_be_checked_until_its_nucleic_acid_test_is_there(item, parts, said):
    finding = found(HEPATITIS, screening=(screened(item, **parts),))

    assert finding.level == "check"
    assert finding.why.endswith(said)
    assert "US label: not recommended in active hepatitis B or C" in finding.why
    assert "hepatitis guidance (to be confirmed): HBV DNA after anti-HBc, HCV RNA after anti-HCV" in finding.why


def test_a_positive_result_of_which_the_marker_is_not_recorded_is_said_too():
    finding = found(HEPATITIS, screening=(Screened(item="hbv", on=ago(3), result=Result.POSITIVE),))

    assert finding.why.endswith("Hepatitis B positive, marker not recorded (29 May 2026); open: HBV DNA")


@pytest.mark.parametrize(
    ("item", "parts"),
    [
        ("hbv", {"hbsag": "negative", "anti_hbc": "positive", "dna": "negative"}), ("hbv", {"anti_hbc": "negative"}),
        ("hbv", {"anti_hbc": "indeterminate"}), ("hcv", {"anti_hcv": "positive", "rna": "negative"}),
        ("hbv", {"hbsag": "positive"}), ("hbv", {"anti_hbc": "positive", "dna": "positive"}),
        ("hcv", {"anti_hcv": "positive", "rna": "positive"}),
    ],
    ids=["settled", "negative", "not positive", "settled C", "said as active already", "active", "active C"],
)  # fmt: skip
def test_what_is_settled_or_said_as_active_hepatitis_is_not_said_a_second_time(item, parts):
    assert found(HEPATITIS, screening=(screened(item, **parts),)) is None


def test_an_hbsag_that_was_positive_once_stays_to_be_checked_after_a_negative_one():
    screening = (screened("hbv", 60, hbsag="positive", dna="negative"), screened("hbv", 2, hbsag="negative"))

    assert found("label.active_hepatitis", screening=screening) is None
    assert why(HEPATITIS, screening=screening).endswith(
        "HBsAg positive (2 Apr 2026); open: hepatitis B: evaluation (HBsAg positive)"
    )


def test_both_viruses_are_said_in_one_finding():
    said = why(HEPATITIS, screening=(screened("hbv", anti_hbc="positive"), screened("hcv", anti_hcv="positive")))

    assert said.endswith("anti-HBc positive (1 Jun 2026); open: HBV DNA; anti-HCV positive (1 Jun 2026); open: HCV RNA")


def test_a_result_of_tomorrow_is_not_said():
    assert found(TUBERCULOSIS, screening=(igra("positive", -1),)) is None
    assert found(HEPATITIS, screening=(screened("hbv", -1, anti_hbc="positive"),)) is None
