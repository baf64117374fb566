"""/replay: an old verdict from what it rested on, by which version then and now, and each difference in words."""

import json
from copy import deepcopy
from datetime import date

import pytest

from bot.contract.examined import as_json, examine
from bot.patients.differences import differences
from bot.words import VERSION
from tests.enrolled import CODE, visit

BY_NOW = f"Quiesce {VERSION}, protocol smolecule-2026-02"


def report():
    """A chart with something in every part of its report."""
    chart = {
        "disease": "UC", "today": "2026-06-01", "started_on": "2026-03-09", "region": "US", "medication": [],
        "scores": [{"instrument": "partial_mayo", "on": "2026-06-01", "answers": {"sf": 1, "rb": 0, "pga": 1}}],
        "labs": [{"analyte": "crp", "on": "2026-06-01", "value": 4, "unit": "mg/L"},
                 {"analyte": "anc", "on": "2026-06-01", "value": 800, "unit": "/µL"}],
        "colour": "blue",
    }  # fmt: skip
    return json.loads(as_json(examine(chart, date(2026, 6, 1)).written()))


def changed(*path, to):
    """The report with another value in one place, which the parts of a path lead to."""
    found = deepcopy(report())
    where = found
    for each in path[:-1]:
        where = where[each] if not callable(each) else next(filter(each, where))
    where[path[-1]] = to
    return found


def of(**wanted):
    return lambda entry: all(entry[key] == value for key, value in wanted.items())


@pytest.mark.parametrize(
    ("old", "says"),
    [
        (changed("headline", to="UNDECIDED"), ["Headline: UNDECIDED → REMISSION · PMS 2 (remission <= 2)"]),
        (changed("as_of", to="2026-05-04"), ["As of: 4 May 2026 → none"]),
        (
            changed("status", 0, to="CHECK: 45 mg ended on 4 May 2026 (9 weeks), no dose recorded."),
            ["Status: … 4 May 2026 (9 weeks), no dose … → … 4 May 2026 (8 weeks), no dose …"],
        ),
        (
            changed("findings", of(id="uc.clinical_remission.pms"), "verdict", to="not_met"),
            ["Clinical remission, PMS: verdict not met → met"],
        ),
        (
            changed("safety", of(id="label.neutrophils_below_1"), "level", to="check"),
            ["Label, neutrophils below 1: level check → limit"],
        ),
        (
            changed("due", of(item="wk12_lipid"), "until", to="2026-06-08"),
            ["Due, Week 12: lipids: until 8 Jun 2026 → 15 Jun 2026"],
        ),
        (changed("screening", of(item="igra"), "state", to="done"), ["Baseline, IGRA: state done → missing"]),
        (changed("dose", "week", to=13), ["Dose: week 13 → 12"]),
        (
            changed("dose", "says", of(authority="us_label"), "mg", to=[30]),
            ["Dose, US label: mg 30 → 15, 30"],
        ),
        (changed("scores", 0, "total", to=3), ["PMS, 1 Jun 2026: total 3 → 2"]),
        (changed("scores", 0, "parts", "sf", to=2), ["PMS, 1 Jun 2026: parts sf 2, rb 0, pga 1 → sf 1, rb 0, pga 1"]),
        (
            changed("findings", 0, "missing", to=["baseline PMS"]),
            ["Clinical remission, PMS: missing baseline PMS → none"],
        ),
        (
            changed("safety", to=[each for each in report()["safety"] if each["id"] != "policy.not_known"]),
            [
                "Policy, not known: not said → info, this project: what was not asked is not taken for absent; "
                "not known: age, risk factors, childbearing potential"
            ],
        ),
        (
            changed("findings", 0, "differs", to=[{"authority": "guideline", "verdict": "not_met", "why": "so"}]),
            ["Clinical remission, PMS, Guideline: not met, so → not said"],
        ),
        (changed("status", to=[*report()["status"], "More."]), ["Status: More. → not said"]),
        (changed("labs", of(analyte="crp"), "value", to=5.5), ["CRP, 1 Jun 2026: value 5.5 → 4"]),
        (changed("errors", to=[]), ["Colour: not said → unknown key"]),
        (changed("version", to="0.0.1"), []),
        (report(), []),
    ],
    ids=["headline", "the day", "a sentence", "a verdict", "a level", "a window", "a state", "a week", "a dose",
         "a total",
         "an item", "what was missing", "a warning that is new", "another authority", "a sentence more", "a value",
         "an error", "the version alone is said elsewhere", "nothing"],
)  # fmt: skip
def test_a_difference_is_said_as_what_it_was_and_what_it_is(old, says):
    assert list(differences(old, report())) == says


async def replayed(line, office, version="0.0.1 smolecule-2026-01", **changes):
    """Replay the first verdict after its stored report was another one, by another version."""
    stored = json.loads(office.rows("SELECT report FROM verdicts WHERE id = 1")[0][0])
    report = json.dumps(stored | changes).replace("'", "''").replace("%", "%%")
    office.rows(f"UPDATE verdicts SET report = '{report}', core_version = '{version}' WHERE id = 1")
    await line.says("/replay 1")
    return line.last.text.splitlines()


async def test_a_replay_names_the_version_that_said_it_and_the_one_that_says_it_now(ward, office):
    await visit(ward)

    assert await replayed(ward, office) == [
        f"{CODE} · verdict 1 · 1 Jun 2026, said by Quiesce 0.0.1, protocol smolecule-2026-01, replayed by {BY_NOW}",
        "Then: REMISSION · PMS 2 (remission <= 2)",
        "Now, from the same inputs: identical, word for word.",
    ]


async def test_a_replay_by_the_version_that_said_it_says_so(ward):
    await visit(ward)
    await ward.says("/replay 1")

    assert ward.last.text.splitlines()[0] == f"{CODE} · verdict 1 · 1 Jun 2026, said and replayed by {BY_NOW}"


async def test_a_replay_says_each_difference_as_what_it_was_and_what_it_is(ward, office):
    await visit(ward)
    dose = json.loads(office.rows("SELECT report FROM verdicts")[0][0])["dose"]

    assert await replayed(ward, office, headline="UNDECIDED", dose=dose | {"phase": "induction"}) == [
        f"{CODE} · verdict 1 · 1 Jun 2026, said by Quiesce 0.0.1, protocol smolecule-2026-01, replayed by {BY_NOW}",
        "Then: UNDECIDED",
        "Now, from the same inputs: REMISSION · PMS 2 (remission <= 2)",
        "Different, then → now:",
        "Headline: UNDECIDED → REMISSION · PMS 2 (remission <= 2)",
        "Dose: phase induction → maintenance",
    ]


async def test_a_replay_of_a_verdict_that_is_another_in_everything_is_one_message(ward, office):
    await visit(ward)
    nothing = {each: [] for each in ("status", "findings", "safety", "due", "screening", "scores", "labs")}
    told = await replayed(ward, office, **nothing)

    assert len(ward.last.text) <= 4096
    assert len(told) == 25
    assert told[-1].startswith("and ")
