"""Whom the boxed warning and its equals speak of; pregnancy and breastfeeding. CLINICAL.md section 3, D5a."""

import pytest

from flows.history import CARDIOVASCULAR, THROMBOSIS, Region, Result, Screened, Sex
from tests.safetycharts import TODAY, ago, event, found, level, why

BOXED, ALTERNATIVE, PROTOCOL = "label.boxed_warning", "label.only_without_alternative", "protocol.mace_and_vte"
SMOKER = frozenset({"current_smoker"})
NONE = frozenset()


def born(age):
    """A birth year that leaves an age and the one below it possible."""
    return TODAY.year - age


@pytest.mark.parametrize(
    ("age", "expected"),
    [(49, None), (50, "info"), (51, "check"), (80, "check")],
    ids=["48 or 49", "49 or 50", "50 or 51", "79 or 80"],
)
def test_the_us_boxed_warning_is_about_fifty_and_older_with_a_risk_factor(age, expected):
    assert level(BOXED, birth_year=born(age), risks=SMOKER) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [(50, None), (51, "info"), (52, "info"), (49, None)],
    ids=["49 or 50", "50 or 51", "51 or 52", "48 or 49"],
)
def test_the_protocol_is_about_those_over_fifty(age, expected):
    assert level(PROTOCOL, birth_year=born(age), risks=SMOKER) == expected


def test_an_age_that_straddles_the_limit_has_both_outcomes_printed():
    assert "age 49 or 50: at 50 within these years of age, at 49 not; " in why(BOXED, birth_year=1976, risks=SMOKER)
    assert "age 50 or 51: at 51 within these years of age, at 50 not; " in why(PROTOCOL, birth_year=1975, risks=SMOKER)
    assert "age 50 or 51; " in why(BOXED, birth_year=1975, risks=SMOKER)


@pytest.mark.parametrize(
    ("birth_year", "risks", "expected", "says"),
    [
        (1960, SMOKER, "check", "age 65 or 66; cardiovascular risk factors: current smoker"),
        (1960, NONE, None, None),
        (1960, None, "info", "age 65 or 66; cardiovascular risk factors: not known"),
        (1990, SMOKER, None, None), (1990, NONE, None, None), (1990, None, None, None),
        (None, SMOKER, "info", "age not known; cardiovascular risk factors: current smoker"),
        (None, NONE, None, None), (None, None, None, None),
        (1976, None, "info", "at 49 not; cardiovascular risk factors: not known"), (1976, NONE, None, None),
    ],
)  # fmt: skip
def test_both_halves_of_the_boxed_warning_by_what_is_known_of_them(birth_year, risks, expected, says):
    finding = found(BOXED, birth_year=birth_year, risks=risks)

    assert (finding and finding.level) == expected
    assert finding is None or finding.why.endswith(says)


@pytest.mark.parametrize("risk", CARDIOVASCULAR)
def test_each_cardiovascular_risk_factor_counts_for_both_labels(risk):
    assert level(BOXED, birth_year=1950, risks=frozenset({risk})) == "check"
    assert level(ALTERNATIVE, birth_year=1990, risks=frozenset({risk}), region=Region.EU) == "check"


@pytest.mark.parametrize("risk", ["obesity", "diverticulitis", "tb_risk", "previous_nmsc", "hormonal_contraception"])
def test_another_risk_is_no_cardiovascular_one(risk):
    assert found(BOXED, birth_year=1950, risks=frozenset({risk})) is None
    assert found(ALTERNATIVE, birth_year=1990, risks=frozenset({risk}), region=Region.EU) is None


@pytest.mark.parametrize(
    ("age", "expected"),
    [(64, None), (65, "info"), (66, "check")],
    ids=["63 or 64", "64 or 65", "65 or 66"],
)
@pytest.mark.parametrize("region", [Region.EU, Region.GB, Region.AU, None])
def test_the_eu_label_is_about_sixty_five_and_older_without_any_risk(region, age, expected):
    assert level(ALTERNATIVE, birth_year=born(age), risks=NONE, region=region) == expected


@pytest.mark.parametrize(
    ("birth_year", "risks", "expected", "says"),
    [
        (1990, frozenset({"previous_malignancy"}), "check", "age 35 or 36; previous malignancy"),
        (None, frozenset({"active_cancer"}), "check", "age not known; active cancer"),
        (1990, None, "info", "age 35 or 36; risk factors: not known"),
        (1950, None, "check", "age 75 or 76"), (1990, NONE, None, None), (None, NONE, "info", "age not known"),
        (None, None, None, None),
        (1961, None, "info", "at 65 within these years of age, at 64 not; risk factors: not known"),
    ],
)  # fmt: skip
def test_any_one_reason_is_enough_for_the_eu_label(birth_year, risks, expected, says):
    finding = found(ALTERNATIVE, birth_year=birth_year, risks=risks, region=Region.EU)

    assert (finding and finding.level) == expected
    assert finding is None or finding.why.endswith(says)


def test_each_label_speaks_of_its_own_people_and_without_a_region_both_do():
    old_smoker = {"birth_year": 1950, "risks": SMOKER}

    assert found(BOXED, **old_smoker, region=Region.EU) is None
    assert found(ALTERNATIVE, **old_smoker, region=Region.US) is None
    assert found("label.smoking", **old_smoker, region=Region.EU) is None
    for name in (BOXED, ALTERNATIVE, PROTOCOL, "label.smoking"):
        assert found(name, **old_smoker, region=None) is not None
    assert level("label.smoking", risks=frozenset({"past_smoker"})) == "info"


@pytest.mark.parametrize("risk", THROMBOSIS)
def test_a_risk_of_thrombosis_is_to_be_checked_and_the_labels_say_it_in_their_own_words(risk):
    risks = frozenset({risk})

    assert level("label.thrombosis_risk", risks=risks) == "check"
    assert "avoided in patients at an elevated risk of thrombosis" in why("label.thrombosis_risk", risks=risks)
    assert "caution with risk factors of VTE" in why("label.thrombosis_risk", risks=risks, region=Region.GB)
    assert found("label.thrombosis_risk", risks=SMOKER) is None
    assert found("label.thrombosis_risk", risks=None) is None


@pytest.mark.parametrize("risk", ["skin_cancer_risk", "previous_nmsc"])
def test_a_risk_of_skin_cancer_brings_the_labels_examination(risk):
    assert level("label.skin_examination", risks=frozenset({risk})) == "info"
    assert found("label.skin_examination", risks=SMOKER) is None


def test_what_nobody_asked_is_named_as_not_known_and_not_taken_for_none():
    assert level("policy.not_known") == "info"
    assert why("policy.not_known").endswith("not known: age, risk factors, childbearing potential")
    assert why("policy.not_known", risks=NONE, birth_year=1950).endswith("not known: childbearing potential")
    assert why("policy.not_known", risks=NONE, sex=Sex.MALE).endswith("not known: age")
    assert found("policy.not_known", risks=NONE, birth_year=1950, sex=Sex.MALE) is None
    assert found("policy.not_known", risks=NONE, birth_year=1950, history={"childbearing_potential": False}) is None
    assert found("policy.not_known", risks=NONE, birth_year=1950, history={"pregnant": True}) is None
    assert found("policy.not_known", started_on=None) is None


@pytest.mark.parametrize("name", [BOXED, PROTOCOL, ALTERNATIVE, "label.smoking", "policy.not_known"])
def test_after_the_last_dose_nobody_belongs_to_a_population(name):
    known = {"birth_year": 1950, "risks": SMOKER, "region": None}

    assert found(name, **known) is not None
    assert found(name, **known, stopped_on=ago(1)) is None


# Pregnancy


@pytest.mark.parametrize("region", [None, *Region])
def test_a_pregnancy_is_a_limit_everywhere_by_those_who_call_it_a_contraindication(region):
    finding = found("label.pregnancy", history={"pregnant": True}, region=region)

    assert finding.level == "limit"
    assert finding.source.authority == ("eu_label" if region in (None, Region.US) else region.label)
    assert finding.why.endswith("pregnancy is recorded")


@pytest.mark.parametrize("region", [None, Region.US])
def test_beside_the_us_label_which_has_a_pregnancy_verified_the_contraindication_of_the_others_is_said(region):
    assert why("label.pregnancy", history={"pregnant": True}, region=region) == (
        "EU and GB labels, AU label (to be confirmed): contraindicated in pregnancy; "
        "US label: pregnancy status is verified before the first dose; pregnancy is recorded"
    )


@pytest.mark.parametrize(
    ("region", "name"),
    [(Region.EU, "EU label"), (Region.GB, "GB label"), (Region.AU, "AU label (to be confirmed)")],
)
def test_elsewhere_the_label_of_the_region_alone_speaks_of_a_pregnancy(region, name):
    assert why("label.pregnancy", history={"pregnant": True}, region=region) == (
        f"{name}: contraindicated in pregnancy; pregnancy is recorded"
    )


@pytest.mark.parametrize(
    ("potential", "pregnant", "started", "expected"),
    [
        (True, None, -7, "check"), (True, False, -7, None), (False, None, -7, None), (None, None, -7, None),
        (True, None, 30, None), (None, True, 30, "limit"), (None, True, -7, "limit"), (True, None, None, None),
    ],
)  # fmt: skip
def test_before_the_first_dose_a_pregnancy_that_nobody_excluded_is_to_be_checked(
    potential, pregnant, started, expected
):
    history = {"childbearing_potential": potential, "pregnant": pregnant}
    first = None if started is None else ago(started)

    assert level("label.pregnancy", history=history, started_on=first) == expected


@pytest.mark.parametrize(
    ("result", "expected"), [("negative", None), ("positive", "limit"), ("indeterminate", "check"), (None, "check")]
)
def test_a_test_for_pregnancy_decides_where_the_history_does_not(result, expected):
    test = Screened(item="preg", on=ago(3), result=result and Result(result))

    assert level(
        "label.pregnancy", history={"childbearing_potential": True}, started_on=ago(-7), screening=(test,)
    ) == expected  # fmt: skip


@pytest.mark.parametrize(("days", "expected"), [(0, None), (14, None), (15, "check")])
def test_a_negative_test_counts_for_fourteen_days(days, expected):
    test = Screened(item="preg", on=ago(days), result=Result.NEGATIVE)
    known = {"history": {"childbearing_potential": True}, "started_on": ago(-7), "screening": (test,)}

    assert level("label.pregnancy", **known) == expected


@pytest.mark.parametrize(
    ("last", "before", "expected"), [("positive", "negative", "limit"), ("negative", "positive", None)]
)
def test_the_last_test_for_pregnancy_counts(last, before, expected):
    tests = tuple(Screened(item="preg", on=ago(days), result=Result(each)) for days, each in ((9, before), (3, last)))
    known = {"history": {"childbearing_potential": True}, "started_on": ago(-7), "screening": tests}

    assert level("label.pregnancy", **known) == expected


@pytest.mark.parametrize(("days", "expected"), [(280, "limit"), (281, "check")])
def test_a_positive_test_counts_for_the_length_of_a_pregnancy(days, expected):
    test = Screened(item="preg", on=ago(days), result=Result.POSITIVE)
    known = {"history": {"childbearing_potential": True}, "started_on": ago(-7), "screening": (test,)}

    assert level("label.pregnancy", **known) == expected


def test_an_event_and_a_history_that_contradict_each_other_are_both_said():
    said = why("label.pregnancy", events=(event("pregnancy"),), history={"pregnant": False})

    assert said.endswith("shown until 3 Mar 2027); no pregnancy is recorded in the history, without a day")


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [(None, True), (0, True), (27, True), (28, True), (29, False)],
    ids=["on treatment", "last dose today", "27 days after", "four weeks after", "a day later"],
)
def test_contraception_is_said_until_four_weeks_after_the_last_dose(stopped, expected):
    last = None if stopped is None else ago(stopped)
    finding = found("label.contraception", history={"childbearing_potential": True}, stopped_on=last)

    assert (finding and finding.level) == ("info" if expected else None)
    assert stopped != 28 or finding.why.endswith("last dose on 4 May 2026, until 1 Jun 2026")


def test_the_length_of_contraception_and_of_no_breastfeeding_is_the_label_s():
    history = {"childbearing_potential": True, "lactating": True}

    assert "on treatment and for 4 weeks after the last dose" in why("label.contraception", history=history)
    assert "until 6 days after the last dose" in why("label.breastfeeding", history=history)


@pytest.mark.parametrize("potential", [None, False])
def test_contraception_is_said_only_where_there_is_childbearing_potential(potential):
    assert found("label.contraception", history={"childbearing_potential": potential}) is None


@pytest.mark.parametrize(("stopped", "expected"), [(None, True), (0, True), (6, True), (7, False)])
def test_breastfeeding_is_to_be_checked_until_six_days_after_the_last_dose(stopped, expected):
    last = None if stopped is None else ago(stopped)
    history = {"lactating": True}

    assert (level("label.breastfeeding", history=history, stopped_on=last) == "check") is expected


@pytest.mark.parametrize("lactating", [None, False])
def test_breastfeeding_is_said_only_where_it_is_recorded(lactating):
    assert found("label.breastfeeding", history={"lactating": lactating}) is None
