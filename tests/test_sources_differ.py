"""What a card says of its gaps and of authorities that differ, in one line each. PRODUCT.md 3 and 7, CLINICAL.md D1."""

from datetime import date, timedelta

import pytest

from bot.contract.examined import examine
from bot.patients.card import card_text
from bot.practice.limits import visible_text
from flows.days import day as in_words

TODAY = date(2026, 6, 1)


def ago(days):
    return (TODAY - timedelta(days=days)).isoformat()


def told(start, **chart):
    """The lines of a card that begin so."""
    found = examine({"disease": "CD", "today": TODAY.isoformat(), "region": "EU", **chart}, TODAY)
    assert found.reading.errors == []
    return [line for line in visible_text(card_text("Q7K-4M", found), "HTML").splitlines() if line.startswith(start)]


def differ(**chart):
    return told("Sources differ: ", **chart)


# The length of induction in Crohn's disease (D2)

EIGHT = "Sources differ: 45 mg for 8 weeks (chosen) by protocol, 12 weeks by EU label."
TWELVE = "Sources differ: 45 mg for 12 weeks (chosen) by EU label, 8 weeks by protocol."


@pytest.mark.parametrize(
    ("weeks", "day", "expected"),
    [(8, 0, [EIGHT]), (8, 55, [EIGHT]), (8, 56, [EIGHT]), (8, 90, [EIGHT]), (12, 20, [TWELVE]), (12, 84, [TWELVE]),
     (8, -1, [])],
    ids=["the first day", "the last day of 45 mg", "its end", "past both ends", "12 weeks", "12 weeks over", "before"],
)  # fmt: skip
def test_the_length_that_was_chosen_stands_beside_the_other_one(weeks, day, expected):
    assert differ(started_on=ago(day), induction_weeks=weeks) == expected


def test_where_no_length_was_chosen_both_are_named_until_the_check_at_the_first_end_does():
    said = "Sources differ: 45 mg for 8 weeks by protocol, 12 weeks by EU label."

    assert [differ(started_on=ago(days)) for days in (55, 56)] == [[said], []]
    assert "8 weeks, protocol), no dose recorded; 12 weeks end on" in told("CHECK: 45 mg", started_on=ago(56))[0]


def test_without_a_region_all_labels_are_named():
    said = differ(started_on=ago(20), induction_weeks=8, region=None)

    assert said == ["Sources differ: 45 mg for 8 weeks (chosen) by protocol, 12 weeks by US, EU, GB and AU labels."]


WEAK, FAILING, CIRRHOSIS = {"egfr": 25}, {"egfr": 14}, {"child_pugh": "C"}


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        ({"history": WEAK}, "30 mg for 12 weeks (chosen) by US label, 45 mg for 8 weeks by protocol"),
        (
            {"history": WEAK, "induction_weeks": 8},
            "45 mg for 8 weeks (chosen) by protocol, 30 mg for 12 weeks by US label",
        ),
        ({"history": FAILING}, "45 mg for 8 weeks by protocol, no dose by US label"),
        ({"history": CIRRHOSIS, "induction_weeks": None}, "45 mg for 8 weeks by protocol, no dose by US label"),
        ({"history": WEAK, "disease": "UC"}, "30 mg for 8 weeks by US label, 45 mg for 8 weeks by protocol"),
        ({"history": CIRRHOSIS, "disease": "UC", "region": "EU"}, "45 mg for 8 weeks by protocol, no dose by EU label"),
    ],
)  # fmt: skip
def test_each_authority_is_named_with_the_dose_that_it_gives_this_patient(chart, says):
    weeks = {"induction_weeks": 12} if chart.get("disease") != "UC" else {}

    assert differ(**{"started_on": ago(20), "region": "US", **weeks, **chart}) == [f"Sources differ: {says}."]


@pytest.mark.parametrize(("egfr", "count"), [(29, 1), (30, 0), (60, 0)])
def test_in_colitis_nothing_differs_where_no_label_changes_the_dose(egfr, count):
    assert len(differ(disease="UC", started_on=ago(20), region="US", history={"egfr": egfr})) == count


@pytest.mark.parametrize(("day", "is_told"), [(61, True), (83, True), (84, False), (85, False)])
def test_a_next_dose_ends_the_part_on_lengths_and_by_whom_induction_still_runs_is_told_until_its_end(day, is_told):
    step = {"on": ago(5), "event": "dose", "mg": 30}
    end = in_words(TODAY + timedelta(days=84 - day))
    said = f"dose (30 mg recorded): 45 mg until {end} by EU label, 15 mg or 30 mg by protocol"

    found = differ(started_on=ago(day), induction_weeks=8, course=[step])

    assert found == ([f"Sources differ: maintenance {said}."] if is_told else [])


@pytest.mark.parametrize(
    "step", [{"on": ago(3), "event": "interrupted"}, {"on": ago(3), "event": "stopped"}], ids=["interrupted", "stopped"]
)
def test_what_is_not_taken_has_no_length(step):
    assert differ(started_on=ago(20), induction_weeks=8, course=[step]) == []


def test_in_colitis_all_give_8_weeks():
    assert differ(disease="UC", started_on=ago(20)) == []


# The longer induction in colitis

LONGER = {"event": "dose", "mg": 45}


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        ({"region": "EU"}, "45 mg for 16 weeks (recorded) by EU label, 8 weeks by protocol"),
        ({"region": "US"}, "45 mg for 16 weeks (recorded), 8 weeks by US label and protocol"),
        ({"region": None},
         "45 mg for 16 weeks (recorded) by EU, GB and AU labels, 8 weeks by US label and protocol"),
        ({"region": "US", "history": WEAK},
         "45 mg for 16 weeks (recorded), 30 mg for 8 weeks by US label, 45 mg for 8 weeks by protocol"),
    ],
    ids=["a label that has it", "a label that has not", "all labels", "another dose by the label"],
)  # fmt: skip
def test_the_longer_induction_in_colitis_stands_beside_who_gives_8_weeks(chart, says):
    step = LONGER | {"on": ago(21)}

    assert differ(disease="UC", started_on=ago(77), course=[step], **chart) == [f"Sources differ: {says}."]


@pytest.mark.parametrize(
    ("day", "course", "count"),
    [(56, [], 0), (56, [LONGER | {"on": ago(0)}], 1), (111, [LONGER | {"on": ago(55)}], 1),
     (112, [LONGER | {"on": ago(56)}], 1), (113, [LONGER | {"on": ago(57)}, LONGER | {"on": ago(1), "mg": 30}], 0)],
    ids=["not recorded", "its first day", "its last day", "ended, nothing recorded", "a next dose"],
)  # fmt: skip
def test_it_does_from_its_record_until_another_dose_is_recorded(day, course, count):
    assert len(differ(disease="UC", started_on=ago(day), region="US", course=course)) == count


def test_a_dose_that_is_another_by_the_label_is_said_until_a_next_one_is_recorded():
    said = [differ(disease="UC", started_on=ago(days), region="US", history=WEAK) for days in (55, 56, 100)]

    after = "; maintenance dose: 15 mg by US label, 15 mg or 30 mg by protocol"
    assert said == [[f"Sources differ: 30 mg for 8 weeks by US label, 45 mg for 8 weeks by protocol{after}."]] * 3


# Verdicts (D12)


@pytest.mark.parametrize(
    ("mes", "expected"),
    [
        (0, []),
        (1, ["Sources differ: MES 1: endoscopic remission by protocol, endoscopic improvement, not remission, "
             "by ACG 2025."]),
        (2, []),
    ],
)  # fmt: skip
def test_mes_1_is_remission_by_the_protocol_and_improvement_by_acg(mes, expected):
    exam = {"instrument": "mes", "on": ago(10), "answers": {"mes": mes}}

    assert differ(disease="UC", started_on=ago(90), scores=[exam]) == expected


def test_what_differs_is_said_once():
    pms = {"instrument": "partial_mayo", "on": ago(2), "answers": {"sf": 0, "rb": 2, "pga": 0}}

    assert differ(disease="UC", started_on=ago(90), scores=[pms]) == [
        "Sources differ: PMS 2: remission by protocol, no remission by STRIDE-II and NCT05069259."
    ]
    assert told("Symptoms: ", disease="UC", started_on=ago(90), scores=[pms]) == [
        "Symptoms: PMS 2 on 30 May 2026, remission by protocol; "
        "UC PRO2 2 on 30 May 2026, no remission by colitis review."
    ]


# Response without a baseline


@pytest.mark.parametrize(
    ("disease", "score", "short"),
    [
        ("UC", {"instrument": "partial_mayo", "answers": {"sf": 1, "rb": 0, "pga": 1}}, "PMS"),
        ("CD", {"instrument": "hbi", "total": 4}, "HBI"),
    ],
)
def test_without_a_baseline_response_cannot_be_stated(disease, score, short):
    now, then = score | {"on": ago(2)}, score | {"on": ago(70)}
    facts = {"disease": disease, "started_on": ago(60), "accepted_baseline": ["hbi"] if disease == "CD" else []}
    said = [f"Response cannot be stated: no baseline {short}."]

    assert told("Response", **facts, scores=[now]) == said
    assert told("Response", **facts, scores=[then, now]) == []
    assert told("Response", disease=disease, scores=[now]) == []
    assert told("Response", **facts) == []


MISSING = "missing acceptance of the baseline HBI of"


@pytest.mark.parametrize(
    ("score", "facts", "said"),
    [
        ({"total": 9, "on": ago(70)}, {}, f"{MISSING} 23 Mar 2026, a total without its items"),
        ({"total": 9, "on": ago(70)}, {"accepted_baseline": ["hbi"]}, None),
        ({"answers": {"wellbeing": 2}, "on": ago(96)}, {}, f"{MISSING} 25 Feb 2026, 36 days before the first dose"),
        ({"total": 9, "on": ago(96)}, {},
         f"{MISSING} 25 Feb 2026, 36 days before the first dose, a total without its items"),
        ({"total": 9, "on": ago(426)}, {}, "no baseline HBI"),
        ({"total": 9, "on": ago(96)}, {"medication": [{"kind": "biologic", "from": ago(80)}]}, "no baseline HBI"),
        ({"total": 9, "on": ago(59)}, {}, "no baseline HBI"),
    ],
    ids=["a total", "accepted", "an old one", "an old total", "over a year", "another therapy since", "after the dose"],
)  # fmt: skip
def test_of_a_baseline_that_may_be_accepted_the_acceptance_is_missing(score, facts, said):
    now = {"instrument": "hbi", "total": 4, "on": ago(2)}
    lines = told("Response", started_on=ago(60), scores=[score | {"instrument": "hbi"}, now], **facts)

    assert lines == ([f"Response cannot be stated: {said}."] if said else [])


def test_with_a_stoma_no_response_is_spoken_of():
    facts = {"started_on": ago(60), "history": {"ostomy": True}}

    assert told("Response", **facts, scores=[{"instrument": "hbi", "total": 4, "on": ago(2)}]) == []


# Results that are awaited


def awaited(state="awaiting", on=3, labs=()):
    handled = [{"item": "wk12_bio", "on": ago(on), "state": state, "why": "-"}]
    return {"started_on": ago(84), "induction_weeks": 12, "done": handled, "labs": list(labs)}


def value(code, on):
    return {"analyte": code, "on": ago(on), "value": 4, "unit": {"crp": "mg/L", "fcp": "ug/g"}[code]}


def test_a_result_that_is_awaited_is_said_so_with_its_day():
    assert told("Missing", **awaited()) == [
        "Missing: CRP: awaited since 29 May 2026; Calprotectin: awaited since 29 May 2026."
    ]
    assert told("Biomarkers", **awaited()) == []


@pytest.mark.parametrize(
    ("on", "is_awaited"), [(20, True), (4, False), (3, False)], ids=["before its window", "within it", "of that day"]
)
def test_it_is_awaited_until_there_is_a_value_since(on, is_awaited):
    said = told("Missing", **awaited(labs=[value("crp", on)]))

    assert [("CRP" in line, "Calprotectin" in line) for line in said] == [(is_awaited, True)]


@pytest.mark.parametrize("state", ["not_possible", "done"])
def test_what_is_not_awaited_is_not_said_to_be(state):
    assert told("Missing", **awaited(state)) == []
    assert told("Biomarkers", **awaited(state)) == [
        "Biomarkers: no CRP since the first dose; no calprotectin since the first dose."
    ]
