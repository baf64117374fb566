"""Drugs beside upadacitinib: which are named by which label, and which are not. CLINICAL.md section 3."""

import pytest

from flows.history import Region, Result, Screened, Sex
from tests.safetycharts import STARTED, ago, drug, every, found, level, why

NAMED = ["jak_inhibitor", "biologic", "azathioprine", "ciclosporin", "tacrolimus"]
# CLINICAL.md section 3: not in the named list; the rest are no immunosuppressants.
NOT_NAMED = ["corticosteroid", "budesonide", "mesalazine", "methotrexate", "mercaptopurine", "statin", "nsaid", "other",
             "strong_cyp3a4_inhibitor", "strong_cyp3a4_inducer"]  # fmt: skip


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("region", [None, *Region])
def test_a_combination_that_a_label_names_is_a_limit_on_treatment(kind, region):
    finding = found("label.combination", medication=(drug(kind),), region=region)

    assert finding.level == "limit"
    assert finding.why.endswith(f"{kind.replace('_', ' ').replace('jak', 'JAK')} since 21 Feb 2026")


@pytest.mark.parametrize("kind", NOT_NAMED)
def test_steroids_mesalazine_methotrexate_and_mercaptopurine_are_not_in_the_list(kind):
    assert found("label.combination", medication=(drug(kind),)) is None


def test_tacrolimus_is_named_by_the_eu_label_and_not_by_the_us_label_so_both_are_said():
    said = why("label.combination", medication=(drug("tacrolimus"),), region=Region.US)
    without = why("label.combination", medication=(drug("azathioprine"),), region=Region.US)

    assert "US label: not recommended with" in said
    assert "“such as azathioprine and cyclosporine”" in said
    assert "EU label" in said
    assert "azathioprine, ciclosporin and tacrolimus" in said
    assert "EU label" not in without


@pytest.mark.parametrize("other", [kind for kind in NAMED if kind != "tacrolimus"])
def test_tacrolimus_beside_another_drug_of_the_list_lets_all_labels_speak_too(other):
    said = why("label.combination", medication=(drug(other, 10), drug("tacrolimus", 20)), region=Region.US)

    assert said.startswith("US label: not recommended with")
    assert "; EU label, GB and AU labels (to be confirmed): not recommended with" in said
    assert said.endswith("; tacrolimus since 12 May 2026")


@pytest.mark.parametrize(
    ("region", "name"),
    [(Region.EU, "EU label"), (Region.GB, "GB label (to be confirmed)"), (Region.AU, "AU label (to be confirmed)")],
)
def test_outside_the_us_the_label_of_the_region_alone_speaks_of_tacrolimus(region, name):
    finding = found("label.combination", medication=(drug("tacrolimus"),), region=region)

    assert finding.source.authority == region.label
    assert finding.why.startswith(f"{name}: not recommended with")
    assert "US label" not in finding.why


def test_several_drugs_are_one_finding_that_names_each():
    said = why("label.combination", medication=(drug("biologic", 10), drug("ciclosporin", 20)))

    assert said.endswith("biologic since 22 May 2026; ciclosporin since 12 May 2026")


@pytest.mark.parametrize(
    ("begun", "ended", "is_taken"),
    [(0, None, True), (-1, None, False), (50, 0, True), (50, 1, False), (50, -1, True)],
    ids=["begun today", "begins tomorrow", "last day today", "ended yesterday", "ends tomorrow"],
)
def test_only_a_course_that_goes_on_today_counts(begun, ended, is_taken):
    assert (found("label.combination", medication=(drug("biologic", begun, ended),)) is not None) is is_taken


def test_before_the_first_dose_nothing_is_combined_yet():
    finding = found("label.combination", medication=(drug("biologic"),), started_on=ago(-7))

    assert finding.level == "check"
    assert finding.why.endswith("biologic since 21 Feb 2026; before the first dose")


def test_in_a_quick_check_it_is_a_limit_and_after_the_last_dose_nothing():
    assert level("label.combination", medication=(drug("biologic"),), started_on=None) == "limit"
    assert found("label.combination", medication=(drug("biologic"),), stopped_on=ago(3)) is None


def test_mercaptopurine_is_named_by_no_label_and_said_as_our_own():
    finding = found("policy.mercaptopurine", medication=(drug("mercaptopurine"),))

    assert (finding.level, finding.source.authority) == ("info", "policy")
    assert "no label was found to name it" in finding.why


@pytest.mark.parametrize("region", [None, *Region])
def test_a_strong_inhibitor_is_to_be_checked_in_every_region(region):
    finding = found("label.strong_cyp3a4_inhibitor", medication=(drug("strong_cyp3a4_inhibitor"),), region=region)

    assert finding.level == "check"
    assert finding.why.endswith("strong CYP3A4 inhibitor since 21 Feb 2026")


@pytest.mark.parametrize(
    ("region", "expected", "says"),
    [(None, "limit", "not recommended"), (Region.US, "limit", "not recommended"), (Region.EU, "check", "caution"),
     (Region.GB, "check", "caution"), (Region.AU, "check", "caution")],
)  # fmt: skip
def test_a_strong_inducer_is_not_recommended_by_the_us_label_and_asks_for_caution_elsewhere(region, expected, says):
    finding = found("label.strong_cyp3a4_inducer", medication=(drug("strong_cyp3a4_inducer"),), region=region)

    assert finding.level == expected
    assert f": {says} beside a strong CYP3A4 inducer" in finding.why


def igra(drug_name, treated_from):
    return (Screened(item="igra", on=STARTED, result=Result.TREATED, drug=drug_name, treated_from=treated_from),)


@pytest.mark.parametrize("name", ["rifampicin", "Rifampin", "isoniazid + rifapentine"])
def test_a_rifamycin_for_latent_tuberculosis_is_an_inducer(name):
    said = why("label.strong_cyp3a4_inducer", screening=igra(name, ago(30)))

    assert said.endswith(f"{name} for latent tuberculosis from 2 May 2026, a strong inducer; its end is not known")


@pytest.mark.parametrize(("days", "is_said"), [(179, True), (180, True), (181, False)])
def test_a_rifamycin_is_said_for_half_a_year_after_its_first_day(days, is_said):
    assert (found("label.strong_cyp3a4_inducer", screening=igra("rifampicin", ago(days))) is not None) is is_said


def test_a_later_test_without_the_drug_does_not_end_the_rifamycin():
    later = Screened(item="igra", on=ago(1), result=Result.NEGATIVE)
    said = why("label.strong_cyp3a4_inducer", screening=(*igra("rifampicin", ago(30)), later))

    assert "rifampicin for latent tuberculosis from 2 May 2026" in said


def test_a_rifamycin_without_its_first_day_is_said_and_isoniazid_or_no_drug_is_not():
    assert "from a day not known" in why("label.strong_cyp3a4_inducer", screening=igra("rifampicin", None))
    assert found("label.strong_cyp3a4_inducer", screening=igra("isoniazid", ago(30))) is None
    assert found("label.strong_cyp3a4_inducer", screening=igra(None, ago(30))) is None


def test_the_drug_of_another_screening_or_of_one_to_come_is_none_for_tuberculosis():
    for item, on in (("chest", STARTED), ("igra", ago(-1))):
        other = Screened(item=item, on=on, drug="rifampicin", treated_from=ago(30))
        assert found("label.strong_cyp3a4_inducer", screening=(other,)) is None


def test_no_drug_is_no_finding():
    known = {"birth_year": 2000, "risks": frozenset(), "sex": Sex.MALE}

    assert every(medication=(), **known) == ()
