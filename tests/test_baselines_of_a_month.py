"""A score or biomarker whose day is not known, but its month: a baseline once accepted, nothing else. CLINICAL.md 2.

The first dose is 2 Jan 2026: of November 2025 every day lies 33 to 62 days before it.
"""

import pytest

from bot.contract.examined import examine
from tests.evaluated import A_CHART, CHART, HBI_5, TODAY, errors, report

FIRST_DOSE, MONTH = "2026-01-02", "2025-11"
CRP_NOW = {"analyte": "crp", "on": "2026-06-01", "value": 3}
RESPONSE, CRP = "cd.clinical_response.hbi", "biomarker.crp"
OF_NOVEMBER = "Nov 2025, day not known, 33 to 62 days before the first dose"
NOT_ACCEPTED = "CRP of Nov 2025, day not known, not accepted"
ACCEPTED_IN_A_MONTH = {"measure": "hbi", "on": "2025-12-01", "accepted_on": MONTH}
NOT_BEFORE = "its day is not known, and not every day of it is on or before the first dose, "


def hbi(on, stools=12, **changes):
    return {"instrument": "hbi", "on": on, "answers": {**HBI_5, "liquid_stools": stools}} | changes


def crp(on, value=9, **changes):
    return {"analyte": "crp", "on": on, "value": value} | changes


def told(*then, accepted=(), labs=(), now=2, **changes):
    """The report on HBI 4 now, and what there is of earlier days."""
    scores = [*then, hbi("2026-06-01", now)]
    more = {"scores": scores, "labs": list(labs), "accepted_baseline": list(accepted), "started_on": FIRST_DOSE}
    given = CHART | more | changes
    A_CHART.validate(given)
    return report(**more | changes)


def finding(found, name=RESPONSE):
    return next(each for each in found["findings"] if each["id"] == name)


def checked(found, item="score"):
    return next(each for each in found["screening"] if each["item"] == item)


def is_baseline(*then, **changes):
    return finding(told(*then, **changes))["verdict"] != "not_evaluable"


# Accepted, and not


def test_once_accepted_it_is_the_baseline_and_says_how_little_is_known_of_its_day():
    found = told(hbi(MONTH), accepted=["hbi"])

    assert errors(found) == {}
    assert finding(found)["verdict"] == "met"
    assert f"HBI was 14 at baseline ({OF_NOVEMBER}, accepted)" in finding(found)["why"]
    assert f"The baseline: {OF_NOVEMBER}, accepted." in " ".join(found["status"])


def test_who_accepted_it_and_when_is_said():
    accepted = [{"measure": "hbi", "on": MONTH, "by": "member 1", "accepted_on": "2026-06-01"}]
    found = finding(told(hbi(MONTH), accepted=accepted))

    assert f"({OF_NOVEMBER}, accepted by member 1 on 1 Jun 2026)" in found["why"]


def test_while_nobody_accepted_it_the_finding_names_it_as_one_that_only_has_to_be_accepted():
    found = finding(told(hbi(MONTH)))

    assert found["verdict"] == "not_evaluable"
    assert f"no baseline HBI: that of {OF_NOVEMBER}, awaits acceptance" in found["why"]
    assert f"acceptance of the baseline HBI of {OF_NOVEMBER}" in found["missing"]


def test_a_total_without_its_items_says_both():
    bare = {"instrument": "hbi", "on": MONTH, "total": 14}

    assert f"that of {OF_NOVEMBER}, a total without its items, awaits acceptance" in finding(told(bare))["why"]
    assert is_baseline(bare, accepted=["hbi"])


@pytest.mark.parametrize(
    ("accepted", "counts"),
    [
        (["hbi"], True),
        (["cdai"], False),
        ([{"measure": "hbi", "on": MONTH}], True),
        ([{"measure": "hbi", "on": "2025-10"}], False),
        ([{"measure": "hbi", "on": "2025-11-01"}], False),
        ([{"measure": "cdai", "on": MONTH}], False),
        ([], False),
    ],
    ids=["the name", "another name", "its month", "another month", "a day of it", "another measure", "nobody"],
)
def test_an_acceptance_is_of_the_name_or_of_its_month(accepted, counts):
    assert is_baseline(hbi(MONTH), accepted=accepted) is counts


def test_an_acceptance_of_a_month_is_none_of_a_day_in_it():
    assert not is_baseline(hbi("2025-11-01"), accepted=[{"measure": "hbi", "on": MONTH}])


def test_one_whose_month_lies_in_the_window_has_to_be_accepted_too():
    said = "that of Dec 2025, day not known, 2 to 32 days before the first dose, awaits acceptance"

    assert said in finding(told(hbi("2025-12")))["why"]
    assert is_baseline(hbi("2025-12"), accepted=["hbi"])


# What the checklist offers


def offered(item, **given):
    """The measures with the day or the month that a clinician could accept of them."""
    found = examine(CHART | {"started_on": FIRST_DOSE} | given, TODAY).report.screening
    return [(code, on.isoformat()) for each in found if each.item == item for code, on in each.acceptable]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([MONTH], [MONTH]),
        (["2025-10", MONTH, "2025-09"], [MONTH]),
        (["2025-01", "2025-02"], ["2025-02"]),
        (["2025-01"], []),
        (["2025-11-02", MONTH], ["2025-11-02"]),
        (["2025-11-01", MONTH], ["2025-11-01"]),
        (["2025-10-31", MONTH], [MONTH]),
        (["2025-10-31", "2025-01"], ["2025-10-31"]),
        (["2025-12-20", MONTH], []),
    ],
    ids=[
        "a month", "the last of three", "the one that is not too old", "one too old", "a day in the month",
        "its first day", "a day before it", "a day, and a month that is too old", "nothing where one counts as it is",
    ],
)  # fmt: skip
def test_the_last_that_would_count_is_offered(days, expected):
    assert offered("score", scores=[hbi(each) for each in days]) == [("hbi", each) for each in expected]
    if "2025-12-20" not in days:
        labs = [crp(each) for each in days]
        assert offered("bio", labs=labs) == [("crp", each) for each in expected]


def test_crp_and_calprotectin_are_offered_each_by_itself():
    labs = [crp("2025-10-01"), crp(MONTH), crp("2025-10-01", 900, analyte="fcp")]

    assert offered("bio", labs=labs) == [("fcp", "2025-10-01"), ("crp", MONTH)]
    assert offered("bio", labs=labs, accepted_baseline=["crp"]) == [("fcp", "2025-10-01")]
    later = [crp(MONTH), crp("2025-11-02", 900, analyte="fcp")]
    assert offered("bio", labs=later) == [("fcp", "2025-11-02"), ("crp", MONTH)]


def test_a_month_that_is_not_over_is_not_offered_before_treatment():
    before = {"started_on": None, "enrolled": True, "today": "2025-11-29", "scores": [hbi(MONTH)]}

    assert offered("score", **before) == []
    assert offered("score", **before | {"today": "2025-11-30"}) == [("hbi", MONTH)]


def test_once_accepted_the_checklist_says_how_old_it_may_be():
    def said(**given):
        more = {"scores": [hbi(MONTH)], "labs": [crp(MONTH)], "accepted_baseline": ["hbi", "crp"]}
        found = examine(CHART | more | given, TODAY).report.screening
        return [each.accepted for each in found if each.item in ("score", "bio")]

    before = said(enrolled=True, today="2025-12-15")
    assert said(started_on=FIRST_DOSE) == [(f"{OF_NOVEMBER}, accepted",), (f"CRP of {OF_NOVEMBER}, accepted",)]
    age = "Nov 2025, day not known, 15 to 44 days old, accepted"
    assert before == [(age,), (f"CRP of {age}",)]


# The limits, each day that it could be of


@pytest.mark.parametrize(
    ("started", "counts"),
    [("2025-11-29", False), ("2025-11-30", True), ("2025-12-01", True)],
    ids=["the month has a day after the first dose", "it ends on the first dose", "it ends before"],
)
def test_no_day_of_it_may_lie_after_the_first_dose(started, counts):
    found = told(hbi(MONTH), accepted=["hbi"], started_on=started)

    assert (finding(found)["verdict"] == "met") is counts
    assert errors(found) == ({} if counts else {"scores[0].on": f"{NOT_BEFORE}{started}: left out"})


def test_one_that_ends_on_the_first_dose_says_0_days():
    assert (
        "0 to 29 days before the first dose, accepted"
        in finding(told(hbi(MONTH), accepted=["hbi"], started_on="2025-11-30"))["why"]
    )


@pytest.mark.parametrize(
    ("started", "counts"),
    [("2026-10-31", True), ("2026-11-01", True), ("2026-11-02", False), ("2026-12-15", False)],
    ids=["364 days from its first day", "365", "366", "all of it is older"],
)
def test_every_day_of_it_lies_within_365_days(started, counts):
    now = {"today": "2027-02-01", "scores": [hbi(MONTH), hbi("2027-02-01", 2)]}
    accepted, unaccepted = told(accepted=["hbi"], started_on=started, **now), told(started_on=started, **now)

    assert errors(accepted) == {}
    assert (finding(accepted)["verdict"] == "met") is counts
    assert ("awaits acceptance" in finding(unaccepted)["why"]) is counts
    assert (finding(unaccepted)["why"] == "no baseline HBI") is not counts


@pytest.mark.parametrize(
    ("begun", "counts"),
    [("2025-11-01", True), ("2025-11-02", False), ("2026-01-01", False), ("2026-01-02", True)],
    ids=["on its first day", "in the month", "the day before the first dose", "with the first dose"],
)
def test_another_therapy_that_may_have_begun_after_it_spoils_it(begun, counts):
    medication = [{"kind": "biologic", "from": begun, "to": None}]

    assert is_baseline(hbi(MONTH), accepted=["hbi"], medication=medication) is counts


# Beside one of a day


@pytest.mark.parametrize(
    ("then", "value"),
    [
        ([hbi("2025-11-28", 5)], "7"),
        ([hbi("2025-11-27", 5)], "14"),
        ([hbi("2025-11-02", 5)], "7"),
        ([hbi("2025-11-01", 5)], "7"),
        ([hbi("2025-10-31", 5)], "14"),
        ([hbi("2025-10", 5)], "14"),
        ([hbi("2025-12", 5)], "7"),
        ([hbi("2025-11", 5)], "14"),
    ],
    ids=[
        "35 days before", "36 days before, perhaps earlier", "in the month", "on its first day",
        "earlier than the month", "an earlier month", "a later month", "the same month, earlier in the list",
    ],
)  # fmt: skip
def test_one_of_a_day_wins_in_its_window_and_wherever_it_may_be_the_later(then, value):
    expected = "7" if then[0]["on"] == "2025-11-27" else value
    assert f"HBI was {expected} at baseline" in finding(told(*then, hbi(MONTH), accepted=["hbi"]))["why"]


@pytest.mark.parametrize(("on", "wins"), [("2025-11-27", True), ("2025-11-26", True), ("2025-11-25", False)])
def test_one_in_its_window_wins_though_the_month_lies_later(on, wins):
    found = finding(told(hbi(on, 5), hbi("2025-12", 20), accepted=["hbi"], started_on="2025-12-31"))

    assert f"HBI was {7 if wins else 22} at baseline" in found["why"]


@pytest.mark.parametrize(("on", "wins"), [("2025-11-02", True), ("2025-11-01", True), ("2025-10-31", False)])
def test_a_biomarker_in_its_window_wins_though_the_month_lies_later(on, wins):
    labs = [crp(on, 4), crp("2025-12", 20), CRP_NOW]
    found = finding(told(labs=labs, accepted=["crp"], started_on="2025-12-31"), CRP)

    assert found["why"].startswith("remained normal" if wins else "normalised")


def test_an_old_one_of_a_day_that_nobody_accepted_leaves_the_month_the_baseline():
    accepted = [{"measure": "hbi", "on": MONTH}]

    assert "HBI was 14" in finding(told(hbi(MONTH), hbi("2025-11-15", 5), accepted=accepted))["why"]


# Nothing else


def test_it_is_never_now_and_makes_nothing_else_older():
    found = told(hbi(MONTH, 1), accepted=["hbi"], scores=[hbi(MONTH, 1)])

    assert finding(found, "cd.clinical_remission.hbi")["why"].startswith("no HBI since the first dose")
    assert finding(told(hbi(MONTH)), "cd.clinical_remission.hbi")["as_of"] is None


def test_one_that_may_be_newer_than_what_is_now_leaves_it_of_its_day():
    found = told(hbi("2026-06", 20))

    assert list(errors(found)) == ["scores[0].on"]
    assert finding(found, "cd.clinical_remission.hbi")["as_of"] == "2026-06-01"
    assert finding(told(hbi("2026-05", 20)), "cd.clinical_remission.hbi")["as_of"] is None


def test_a_quick_check_has_no_baseline_and_takes_none():
    found = told(hbi(MONTH), labs=[crp(MONTH)], started_on=None)

    said = "its day is not known: without a first dose it is no baseline, and left out"
    assert errors(found) == {"scores[0].on": said, "labs[0].on": said}


def test_before_treatment_it_stands_on_the_checklist_and_errs_only_in_a_month_to_come():
    patient = {"started_on": None, "enrolled": True, "today": "2025-12-15"}
    found = told(scores=[hbi(MONTH), hbi("2025-12"), hbi("2026-01")], **patient)

    assert errors(found) == {"scores[2].on": "lies after today, 2025-12-15"}
    assert checked(found)["why"] == "HBI of Nov 2025, day not known, not accepted"
    accepted = checked(told(scores=[hbi(MONTH)], accepted=["hbi"], **patient))
    assert (accepted["state"], accepted["why"]) == ("done", "HBI 14 of Nov 2025, day not known (accepted)")


def test_no_item_but_that_of_the_baseline_is_done_by_it():
    found = told(hbi(MONTH), labs=[crp(MONTH)], accepted=["hbi", "crp"], scores=[hbi(MONTH)])

    assert [each["item"] for each in found["due"] if each["state"] in ("done", "done_late")] == ["base_score"]
    assert found["safety"] == told(scores=[], labs=[])["safety"]


@pytest.mark.parametrize("analyte", ["crp", "fcp"])
def test_it_is_listed_after_those_of_a_day_with_its_month(analyte):
    found = told(hbi(MONTH), labs=[crp(MONTH, analyte=analyte), CRP_NOW])
    note = "the day is not known: a baseline once accepted, and nothing else"

    assert [(each["on"], each["note"]) for each in found["scores"]][1:] == [(MONTH, note)]
    assert [(each["on"], each["note"]) for each in found["labs"]] == [("2026-06-01", None), (MONTH, note)]
    assert found["scores"][1]["total"] == 14


# CRP and calprotectin


def test_a_biomarker_of_a_month_is_the_baseline_once_accepted():
    found = told(labs=[crp(MONTH), CRP_NOW], accepted=["crp"])

    why = finding(found, CRP)["why"]
    assert why.startswith("normalised: ")
    assert why.endswith(f", was 9 mg/L at baseline ({OF_NOVEMBER}, accepted)")
    assert finding(told(labs=[crp(MONTH), CRP_NOW]), CRP)["why"].startswith("within range, baseline unknown")


@pytest.mark.parametrize(
    ("then", "was"),
    [
        (crp("2025-11-03", 20), "20 mg/L"),
        (crp("2025-11-02", 20), "20 mg/L"),
        (crp("2025-10-31", 20), "9 mg/L"),
        (crp("2025-10", 20), "9 mg/L"),
        (crp("2025-12", 20), "20 mg/L"),
    ],
    ids=["60 days before", "61 days before", "earlier than the month", "an earlier month", "a later month"],
)
def test_a_biomarker_of_a_day_wins_where_it_may_be_the_later(then, was):
    found = finding(told(labs=[then, crp(MONTH), CRP_NOW], accepted=["crp"]), CRP)

    assert found["why"].startswith("normalised: ")
    assert (f"was {was} at baseline" in found["why"]) is (then["on"] != "2025-11-03")


@pytest.mark.parametrize(("started", "counts"), [("2025-11-30", True), ("2026-11-01", True), ("2026-11-02", False)])
def test_a_biomarker_has_the_same_limits(started, counts):
    now = {"today": "2027-02-01", "labs": [crp(MONTH), crp("2027-02-01", 3)]}

    assert finding(told(accepted=["crp"], started_on=started, **now), CRP)["why"].startswith(
        "normalised" if counts else "within range, baseline unknown"
    )


@pytest.mark.parametrize(
    ("accepted", "labs", "state", "why"),
    [
        (
            ["crp", "fcp"],
            [crp(MONTH), crp(MONTH, 900, analyte="fcp")],
            "done",
            f"CRP of {OF_NOVEMBER}, accepted; Calprotectin of {OF_NOVEMBER}, accepted",
        ),
        (["crp"], [crp(MONTH), crp("2025-12-20", 900, analyte="fcp")], "done", f"CRP of {OF_NOVEMBER}, accepted"),
        ([], [crp(MONTH), crp("2025-12-20", 900, analyte="fcp")], "missing", NOT_ACCEPTED),
        ([], [crp(MONTH)], "missing", NOT_ACCEPTED),
        ([], [crp("2025-01")], "missing", "CRP of Jan 2025, day not known: not wholly within 365 days before"),
        ([], [crp(MONTH), crp("2025-10-01", 900, analyte="fcp")], "missing", NOT_ACCEPTED),
    ],
    ids=["both accepted", "beside a recent one", "not accepted", "alone", "too old", "beside an old one"],
)  # fmt: skip
def test_the_checklist_says_of_a_biomarker_of_a_month_what_it_lacks(accepted, labs, state, why):
    found = checked(told(labs=labs, accepted=accepted), "bio")

    assert (found["state"], found["why"], found["on"]) == (state, why, None)


@pytest.mark.parametrize(
    ("month", "why"),
    [
        (MONTH, "HBI of Nov 2025, day not known, not accepted"),
        ("2025-01", "HBI of Jan 2025, day not known: not wholly within 365 days before"),
    ],
)
def test_the_checklist_says_of_a_score_of_a_month_what_it_lacks(month, why):
    found = checked(told(scores=[hbi(month)]))

    assert (found["state"], found["why"], found["missing"]) == ("missing", why, ["HBI"])
    assert checked(told(hbi(month)))["why"] == f"first after the first dose, 1 Jun 2026; {why}"


def test_a_therapy_that_began_in_between_is_named_on_the_checklist():
    medication = [{"kind": "biologic", "from": "2025-12-01", "to": None}]

    assert checked(told(scores=[hbi(MONTH)], medication=medication))["why"] == (
        "HBI of Nov 2025, day not known: another therapy began since"
    )


# What takes no month


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"labs": [crp(MONTH, 30, analyte="alt")]}, "labs[0].on"),
        ({"screening": {"igra": {"on": MONTH, "result": "negative"}}}, "screening.igra.on"),
        ({"events": [{"kind": "vte", "on": MONTH}]}, "events[0].on"),
        ({"course": [{"on": MONTH, "event": "dose", "mg": 15}]}, "course[0].on"),
        ({"done": [{"item": "endo_cd", "on": MONTH, "state": "done"}]}, "done[0].on"),
        ({"medication": [{"kind": "biologic", "from": MONTH}]}, "medication[0].from"),
        ({"stool_tests": [{"on": MONTH, "result": "negative"}]}, "stool_tests[0].on"),
        ({"started_on": MONTH}, "started_on"),
        ({"accepted_baseline": [ACCEPTED_IN_A_MONTH]}, "accepted_baseline[0].accepted_on"),
    ],
)  # fmt: skip
def test_of_everything_else_a_month_is_no_day(change, where):
    assert errors(report(**({"started_on": FIRST_DOSE} | change))) == {
        where: "must be a day as 2026-06-01; a month alone is taken of a score, CRP or calprotectin, as a baseline"
    }


@pytest.mark.parametrize(
    ("month", "why"),
    [
        *((each, "must be a day as 2026-06-01") for each in ("2025-13", "2025-00", "2025-1", "Nov 2025", 202511, None)),
        ("1899-12", "lies outside 1900 to 2199"),
        ("2200-01", "lies outside 1900 to 2199"),
    ],
)
def test_what_is_no_month_of_the_calendar_is_left_out(month, why):
    accepted = [{"measure": "hbi", "on": month}]
    found = report(started_on=FIRST_DOSE, scores=[hbi(month)], accepted_baseline=accepted)

    assert errors(found) == {"scores[0].on": why, "accepted_baseline[0].on": why}
    assert found["scores"] == []


@pytest.mark.parametrize("month", ["1900-01", "2199-12"])
def test_the_first_and_the_last_month_of_the_calendar_are_months(month):
    first, last = f"{month}-01", f"{month}-31"
    found = report(today=last, started_on=last, scores=[hbi(month)], accepted_baseline=["hbi"])

    assert errors(found) == {}
    assert errors(report(today=first, started_on=first, scores=[hbi(month)])).keys() == {"scores[0].on"}


def test_a_bad_answer_leaves_out_one_of_a_month_whole():
    found = report(started_on=FIRST_DOSE, scores=[hbi(MONTH, answers={"pain": 9})], labs=[crp(MONTH, "many")])

    assert set(errors(found)) == {"scores[0].answers.pain", "labs[0].value"}
    assert (found["scores"], found["labs"]) == ([], [])


# What could not be taken


@pytest.mark.parametrize(
    ("then", "now_is_open"),
    [
        (hbi("2026-01"), False),  # a day of it lies after the first dose, and all before today's score
        (hbi("2026-05"), False),
        (hbi("2026-06"), True),  # may be newer
        (hbi(MONTH, pain=9, answers=None), False),
    ],
)
def test_a_month_that_is_left_out_leaves_open_what_is_now_only_where_it_may_be_the_newer(then, now_is_open):
    then["answers"] = {**HBI_5, "pain": 9} if then["answers"] is None else then["answers"]
    found = report(scores=[then, hbi("2026-06-01", 2)], started_on=FIRST_DOSE)

    assert errors(found)
    assert bool(finding(found, "cd.clinical_remission.hbi")["as_of"]) is now_is_open


def test_a_biomarker_of_a_month_in_a_quick_check_leaves_a_later_one_as_it_is():
    found = report(labs=[crp("2020-03"), CRP_NOW])

    assert errors(found)
    assert finding(found, CRP)["as_of"] is None
