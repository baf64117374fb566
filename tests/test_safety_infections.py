"""Infections and vaccines: what is a limit, what is to be checked, how long it is shown. CLINICAL.md section 3."""

import pytest

from flows.chart import Score
from flows.history import Region, Result, Screened
from flows.instruments.cdai import CDAI
from flows.instruments.hbi import HBI
from tests.safetycharts import ago, event, every, found, level, why

SERIOUS, ZOSTER = "label.serious_infection", "label.herpes_zoster"


@pytest.mark.parametrize(
    ("kind", "serious", "expected"),
    [
        ("serious_infection", None, "limit"), ("serious_infection", True, "limit"),
        ("serious_infection", False, "limit"),
        ("infection", True, "limit"), ("infection", None, "check"), ("infection", False, None),
        ("abscess", True, "limit"), ("abscess", None, "check"), ("abscess", False, "check"),
        ("herpes_zoster", True, "limit"), ("herpes_zoster", None, None), ("herpes_zoster", False, None),
        ("nmsc", True, None), ("other", True, None),
    ],
)  # fmt: skip
def test_a_serious_infection_is_a_limit_and_one_that_may_be_is_to_be_checked(kind, serious, expected):
    assert level(SERIOUS, events=(event(kind, serious=serious),)) == expected


def test_on_treatment_the_us_label_is_quoted_and_before_it_initiation_is_not_recommended():
    events = (event("serious_infection"),)
    quoted = "“If a serious infection develops, interrupt RINVOQ/RINVOQ LQ until the infection is controlled.”"

    assert (
        why(SERIOUS, events=events) == f"US label: {quoted}; serious infection (27 May 2026, shown until 25 Aug 2026)"
    )
    assert "initiation is not recommended" in why(SERIOUS, events=events, started_on=ago(-7))
    assert quoted not in why(SERIOUS, events=events, started_on=ago(-7))


def test_an_infection_of_which_nobody_said_whether_it_was_serious_says_so():
    assert "infection (27 May 2026, shown until 26 Jun 2026); whether serious is not known" in why(
        SERIOUS, events=(event("infection"),)
    )


def test_a_certain_one_stands_before_a_possible_one_in_one_finding():
    said = found(SERIOUS, events=(event("infection", 3), event("serious_infection", 9)))

    assert said.level == "limit"
    assert said.why.index("serious infection (23 May 2026") < said.why.index("infection (29 May 2026")


def hbi(days_ago, complications):
    return Score(questionnaire=HBI, on=ago(days_ago), answers={"complications": complications})


@pytest.mark.parametrize(("days", "expected"), [(0, "check"), (30, "check"), (31, None)])
def test_an_abscess_ticked_in_the_hbi_raises_the_infection_rule_for_thirty_days(days, expected):
    finding = found(SERIOUS, scores=(hbi(days, ("arthralgia", "abscess")),))

    assert (finding and finding.level) == expected


def test_the_tick_says_where_it_was_made_and_that_an_abscess_counts_as_a_serious_infection():
    said = why(SERIOUS, scores=(hbi(2, ("abscess",)),))

    assert said.endswith(
        "abscess ticked in the HBI (30 May 2026); an abscess counts as a serious infection (labels, to be confirmed)"
    )


def test_a_later_hbi_without_the_tick_ends_it_and_one_that_was_not_asked_does_not():
    assert found(SERIOUS, scores=(hbi(9, ("abscess",)), hbi(2, ()))) is None
    assert level(SERIOUS, scores=(hbi(9, ("abscess",)), hbi(2, None))) == "check"
    assert found(SERIOUS, scores=(hbi(2, ("anal_fissure", "new_fistula")),)) is None


def test_the_tick_counts_in_a_quick_check_too():
    assert level(SERIOUS, scores=(hbi(0, ("abscess",)),), started_on=None) == "check"


def test_the_cdai_s_group_leaves_open_whether_it_is_an_abscess_so_it_is_checked():
    def cdai(*complications):
        return (Score(questionnaire=CDAI, on=ago(2), answers={"complications": complications}),)

    finding = found("policy.abscess_in_cdai", scores=cdai("anal"))

    assert finding.level == "check"
    assert "does not say which of them is present" in finding.why
    assert found(SERIOUS, scores=cdai("anal")) is None
    assert found("policy.abscess_in_cdai", scores=cdai("other_fistula", "fever")) is None


# How long after its day each is shown: the last day and the one after.
LASTING = [
    ("serious_infection", SERIOUS, 90), ("infection", SERIOUS, 30), ("abscess", SERIOUS, 30),
    ("opportunistic_infection", "label.opportunistic_infection", 90), ("herpes_zoster", ZOSTER, 30),
    ("tuberculosis", "label.active_tuberculosis", 365), ("hepatitis_b", "label.active_hepatitis", 365),
    ("hepatitis_c", "label.active_hepatitis", 365), ("live_vaccine", "label.live_vaccine", 28),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "days"), LASTING)
def test_an_infection_is_shown_for_so_many_days_after_its_day(kind, name, days):
    assert found(name, events=(event(kind, days),)) is not None
    assert found(name, events=(event(kind, days + 1),)) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("opportunistic_infection", "label.opportunistic_infection"), ("tuberculosis", "label.active_tuberculosis"),
        ("hepatitis_b", "label.active_hepatitis"), ("hepatitis_c", "label.active_hepatitis"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("region", [None, *Region])
def test_opportunistic_infection_active_tuberculosis_and_active_hepatitis_are_limits_everywhere(kind, name, region):
    assert level(name, events=(event(kind),), region=region) == "limit"


def test_active_tuberculosis_is_not_recommended_in_the_us_and_contraindicated_elsewhere():
    events = (event("tuberculosis"),)

    assert "not recommended" in why("label.active_tuberculosis", events=events, region=Region.US)
    assert "contraindicated" in why("label.active_tuberculosis", events=events, region=Region.GB)


@pytest.mark.parametrize(
    ("item", "parts", "expected", "says"),
    [
        ("hbv", {"dna": "positive"}, "limit", "HBV DNA positive (2 May 2026)"),
        ("hcv", {"rna": "positive"}, "limit", "HCV RNA positive (2 May 2026)"),
        ("hbv", {"hbsag": "positive"}, "check", "HBsAg positive (2 May 2026); HBV DNA not known"),
        ("hbv", {"hbsag": "positive", "dna": "negative"}, "check", "HBV DNA negative (2 May 2026)"),
        ("hbv", {"hbsag": "positive", "dna": "indeterminate"}, "check", "HBV DNA indeterminate (2 May 2026)"),
        ("hbv", {"hbsag": "negative", "anti_hbc": "positive"}, None, ""),
        ("hbv", {"dna": "negative"}, None, ""), ("hcv", {"anti_hcv": "positive", "rna": "negative"}, None, ""),
        ("hbv", {}, None, ""), ("igra", {"dna": "positive"}, None, ""),
    ],
)  # fmt: skip
def test_hepatitis_by_its_markers(item, parts, expected, says):
    more = tuple((name, Result(result)) for name, result in parts.items())
    finding = found("label.active_hepatitis", screening=(Screened(item=item, on=ago(30), more=more),))

    assert (finding and finding.level) == expected
    assert finding is None or finding.why.endswith(says)


def test_the_last_result_of_a_marker_counts():
    def dna(days_ago, result):
        return Screened(item="hbv", on=ago(days_ago), more=(("dna", Result(result)),))

    assert found("label.active_hepatitis", screening=(dna(60, "positive"), dna(30, "negative"))) is None
    assert level("label.active_hepatitis", screening=(dna(30, "positive"), dna(60, "negative"))) == "limit"
    assert level("label.active_hepatitis", screening=(dna(0, "positive"),)) == "limit"
    assert found("label.active_hepatitis", screening=(dna(-1, "positive"),)) is None


@pytest.mark.parametrize("region", [None, *Region])
def test_zoster_is_a_rule_of_its_own_to_be_checked_and_says_that_interruption_is_considered(region):
    finding = found(ZOSTER, events=(event("herpes_zoster", serious=False),), region=region)

    assert finding.level == "check"
    assert "interruption is considered until the episode resolves" in finding.why
    assert "(to be confirmed)" in finding.why
    assert finding.why.endswith("herpes zoster, not serious (27 May 2026, shown until 26 Jun 2026)")


def test_zoster_that_was_serious_has_the_sentence_of_serious_infections_too():
    said = {each.id: each.level for each in every(events=(event("herpes_zoster", serious=True),))}

    assert (said[SERIOUS], said[ZOSTER]) == ("limit", "check")


def test_zoster_of_which_nobody_said_whether_it_was_serious_says_so():
    assert why(ZOSTER, events=(event("herpes_zoster"),)).endswith("whether serious or disseminated is not known")


def test_zoster_of_which_one_was_not_said_to_be_serious_or_not_says_so_and_the_newest_stands_first():
    said = why(ZOSTER, events=(event("herpes_zoster", 9, serious=False), event("herpes_zoster", 5)))

    assert said.endswith(
        "herpes zoster (27 May 2026, shown until 26 Jun 2026); herpes zoster, not serious (23 May 2026, "
        "shown until 22 Jun 2026); whether serious or disseminated is not known"
    )


# Vaccines


def test_a_live_vaccine_is_to_be_checked_before_and_on_treatment_and_not_after_it():
    events = (event("live_vaccine"),)

    assert level("label.live_vaccine", events=events) == "check"
    assert level("label.live_vaccine", events=events, started_on=ago(-3)) == "check"
    assert found("label.live_vaccine", events=events, stopped_on=ago(1)) is None


@pytest.mark.parametrize(
    ("vaccinated", "says"), [(None, "not known"), (False, "none"), (True, None)], ids=["not asked", "no", "yes"]
)
def test_the_vaccination_against_zoster_is_asked_for_unless_it_is_known(vaccinated, says):
    finding = found("label.zoster_vaccination", screening=(Screened(item="zoster", on=ago(9), vaccinated=vaccinated),))

    if says is None:
        assert finding is None
    else:
        assert finding.level == "info"
        assert finding.why.endswith(f"vaccination against zoster: {says} (screening of 23 May 2026)")


def test_a_vaccination_that_was_known_once_is_not_forgotten_by_a_later_screening_that_does_not_ask():
    def screened(days_ago, vaccinated):
        return Screened(item="zoster", on=ago(days_ago), vaccinated=vaccinated)

    assert found("label.zoster_vaccination", screening=(screened(60, True), screened(9, None))) is None
    assert found("label.zoster_vaccination", screening=(screened(9, True), screened(60, False))) is None
    assert found("label.zoster_vaccination", screening=(screened(60, False), screened(9, None))) is not None


def test_of_several_screenings_that_do_not_say_the_last_is_named():
    screening = tuple(Screened(item="zoster", on=ago(days)) for days in (60, 9))

    assert why("label.zoster_vaccination", screening=screening).endswith("not known (screening of 23 May 2026)")


def test_a_zoster_that_was_never_screened_for_is_left_to_the_checklist():
    assert found("label.zoster_vaccination", screening=()) is None
