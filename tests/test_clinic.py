"""Where each patient of a clinic stands, by findings; who looks at the clinic has read each patient in it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from flows.chart import Chart, Score
from flows.clinic import Standing, standing_of
from flows.history import History
from flows.instruments.mes import MES
from flows.instruments.pro2_cd import PRO2_CD
from flows.report import assess
from tests.conversation import labels
from tests.enrolled import visit
from tests.fullcharts import TODAY, full_charts
from tests.schedules import CD, UC, chart, hbi, on_day, pms

PRO2 = Score(questionnaire=PRO2_CD, on=on_day(84), answers={"sf_avg": Decimal(5), "ap_avg": Decimal(2)})
MES_0 = Score(questionnaire=MES, on=on_day(84), answers={"mes": 0})
MES_2 = replace(MES_0, answers={"mes": 2})


def stands(patient, today):
    return standing_of(patient, assess(patient, on_day(today)), on_day(today))


@pytest.mark.parametrize(
    ("patient", "today", "expected"),
    [
        (chart(CD, scores=(hbi(84, 4),)), 84, Standing.REMISSION),
        (chart(CD, scores=(hbi(84, 5),)), 84, Standing.NOT_IN_REMISSION),
        (chart(CD, scores=(hbi(84, 4, mass=None),)), 84, Standing.UNDECIDED),
        (chart(CD, scores=(hbi(84, 4),)), 99, Standing.UNDECIDED),
        (chart(CD, scores=(hbi(84, 4), PRO2)), 84, Standing.DIFFER),
        (chart(CD, scores=(PRO2,)), 84, Standing.DIFFER),
        (chart(UC, scores=(pms(84, 1),)), 84, Standing.REMISSION),
        (chart(UC, scores=(pms(84, 0, 2),)), 84, Standing.DIFFER),
        (chart(UC, scores=(MES_0,)), 84, Standing.UNDECIDED),
        (chart(UC, scores=(MES_2,)), 84, Standing.NOT_IN_REMISSION),
        (chart(CD, scores=(hbi(-3, 4),)), 84, Standing.UNSEEN),
        (chart(CD, scores=(hbi(-3, 4),)), -1, Standing.UNSEEN),
        (chart(CD, scores=(hbi(84, 4),), history=History(ostomy=True)), 84, Standing.UNDECIDED),
        (chart(CD, history=History(ostomy=True)), 84, Standing.UNDECIDED),
        (Chart(disease=CD), 84, Standing.UNDECIDED),
        (chart(CD, unreadable=("today",)), 84, Standing.UNDECIDED),
    ],
    ids=[
        "HBI 4", "HBI 5", "a range round the threshold", "15 days ago", "two scores that contradict",
        "no rule of the protocol", "PMS 1", "STRIDE-II says otherwise", "endoscopy alone is no remission of symptoms",
        "endoscopy alone, active", "nothing since the first dose", "before the first dose", "a stoma",
        "a stoma and no score", "no first dose", "a day that could not be read",
    ],
)  # fmt: skip
def test_where_a_patient_stands(patient, today, expected):
    assert stands(patient, today) is expected


def test_it_never_says_another_thing_than_the_headline_of_the_card():
    begins = {"REMISSION": Standing.REMISSION, "NOT IN": Standing.NOT_IN_REMISSION}
    seen = set()
    for patient in full_charts(300):
        for later in (0, 20):
            today = TODAY + timedelta(days=later)
            report = assess(patient, today)
            verdict, _, why = report.headline.partition(" · ")
            expected = next((each for words, each in begins.items() if verdict.startswith(words)), Standing.UNDECIDED)
            if " BY " in verdict:
                expected = Standing.DIFFER
            elif "since the first dose" in why or "before treatment" in why:
                expected = Standing.UNSEEN
            seen.add(expected)

            assert standing_of(patient, report, today) is expected, report.headline
    assert seen >= set(Standing) - {Standing.REMISSION}


async def test_who_looks_at_the_clinic_has_read_each_patient_of_whom_it_tells(ward, office):
    await visit(ward)
    await ward.says("/new CD-0043")
    await ward.taps("Crohn's")
    while "Confirm" not in labels(ward.last):
        await ward.taps("Later")
    await ward.taps("Confirm")
    last = office.rows("SELECT max(id) FROM audit")[0][0]
    await ward.says("/panel")
    entries = office.rows(f"SELECT verb, subject, patient_id FROM audit WHERE id > {last} ORDER BY id")

    assert [tuple(each) for each in entries] == [
        ("panel", "member 1", None),
        ("read", "patient 1", 1),
        ("read", "patient 2", 2),
    ]
