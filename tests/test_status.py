"""The status: symptoms, biomarkers and endoscopy side by side, what contradicts, and the headline. D1, D13, D14."""

from datetime import date, timedelta

import pytest

from bot.contract.examined import examine

TODAY = date(2026, 6, 1)
HBI = {"wellbeing": 1, "pain": 1, "liquid_stools": 2, "mass": 0, "complications": []}


def lab(analyte, value, on="2026-05-25"):
    return {"analyte": analyte, "on": on, "value": value, "unit": {"crp": "mg/L", "fcp": "ug/g"}[analyte]}


def hbi(stools, on="2026-05-30"):
    return {"instrument": "hbi", "on": on, "answers": HBI | {"liquid_stools": stools}}


def report(**chart):
    given = {"disease": "CD", "today": "2026-06-01", "started_on": "2026-01-05", "induction_weeks": 12, **chart}
    found = examine(given, TODAY).written()
    assert found["errors"] == []
    return found


def status(**chart):
    return report(**chart)["status"]


def test_everything_stands_side_by_side():
    exam = {"instrument": "mes", "on": "2026-05-20", "answers": {"mes": 1}}
    pms = {"instrument": "partial_mayo", "on": "2026-05-30", "answers": {"sf": 0, "rb": 2, "pga": 0}}
    before = {"instrument": "partial_mayo", "on": "2025-12-30", "answers": {"sf": 3, "rb": 2, "pga": 2}}
    found = status(
        disease="UC",
        induction_weeks=None,
        scores=[before, pms, exam],
        labs=[lab("crp", 4), lab("fcp", 620)],
        course=[{"on": "2026-03-02", "event": "dose", "mg": 30}],
        medication=[],
    )

    assert found == (
        "At the target, with no point to spare.",
        "PMS change from baseline: -5, clinical response by protocol.",
        "Symptoms: PMS 2 on 30 May 2026, remission by protocol; "
        "UC PRO2 2 on 30 May 2026, no remission by colitis review.",
        "Biomarkers: within range, baseline unknown: CRP 4 mg/L (rule: CRP <= 5) by this project; "
        "elevated: Calprotectin 620 µg/g (rule: calprotectin <= 250) by STRIDE-II.",
        "Endoscopy: MES 1 on 20 May 2026, endoscopic remission by protocol.",
        "Clinical remission, Calprotectin 620 above the limit 250.",
        "Sources differ: PMS 2: remission by protocol, no remission by STRIDE-II and NCT05069259; "
        "MES 1: endoscopic remission by protocol, endoscopic improvement, not remission, by ACG 2025.",
        "No corticosteroid recorded.",
        "30 mg since 2 Mar 2026.",
    )


@pytest.mark.parametrize(
    ("stools", "ended", "said"),
    [
        (2, "2026-05-31", "No corticosteroid recorded since 31 May 2026; "
         "on 30 May 2026 (HBI 4) prednisolone 20 mg/day: not steroid-free then."),
        (2, "2026-05-30", "No corticosteroid recorded after 30 May 2026; "
         "on 30 May 2026 (HBI 4) prednisolone 20 mg/day: not steroid-free then."),
        (3, "2026-05-31", "No corticosteroid recorded since 31 May 2026."),
        (2, "2026-05-29", "No corticosteroid recorded since 29 May 2026."),
    ],
    ids=["remission", "its last day", "no remission", "steroids ended before"],
)  # fmt: skip
def test_a_remission_scored_on_steroids_is_not_said_without_them_once_they_have_ended(stools, ended, said):
    course = {"kind": "corticosteroid", "from": "2026-05-01", "to": ended, "prednisolone_mg": 20}

    assert status(scores=[hbi(stools)], medication=[course])[-2] == said


def test_a_remission_of_another_authority_alone_is_said_with_the_steroids_of_its_day():
    pms = {"instrument": "partial_mayo", "on": "2026-04-05", "answers": {"sf": 0, "rb": 0, "pga": 3}}
    course = {"kind": "budesonide", "from": "2026-03-01", "to": "2026-05-04"}
    found = report(disease="UC", induction_weeks=None, scores=[pms], medication=[course])

    assert "REMISSION BY STRIDE-II" in found["headline"]
    assert found["status"][-2].endswith("; on 5 Apr 2026 (PMS 3, UC PRO2 0) budesonide: not steroid-free then.")


# What the change amounts to (E2, E4, E5)


def of(instrument, then, now, **facts):
    """The change of a score, and where authorities differ on it."""
    key = "total" if isinstance(then, int) else "answers"
    scores = [
        {"instrument": instrument, "on": on, key: said} for on, said in (("2026-01-03", then), ("2026-05-30", now))
    ]
    found = report(scores=scores, accepted_baseline=[instrument], **facts)
    starts = (" change from baseline", " against the baseline", "Sources differ")
    lines = [each for each in found["status"] if any(start in each for start in starts)]
    return found["headline"], *[each.removeprefix("Sources differ: ") for each in lines]


COLITIS = {"disease": "UC", "induction_weeks": None}
CHOSEN = "45 mg for 12 weeks (chosen) by US, EU, GB and AU labels, 8 weeks by protocol."
ACCEPTED = " The baseline: 2 days before the first dose, accepted."


def pms(sf, rb, pga):
    return {"sf": sf, "rb": rb, "pga": pga}


def test_in_remission_but_not_a_responder_says_both():
    assert of("cdai", 200, 120) == (
        "REMISSION · CDAI (Crohn's) 120 (remission < 150)",
        f"CDAI (Crohn's) change from baseline: -80, no clinical response by protocol.{ACCEPTED}",
        CHOSEN,
    )


def test_a_response_of_who_was_in_remission_at_baseline_says_so():
    assert of("partial_mayo", pms(1, 0, 1), pms(0, 0, 0), **COLITIS)[1:] == (
        "PMS change from baseline: -2, clinical response by protocol, in remission at baseline already.",
    )
    assert of("partial_mayo", pms(1, 1, 1), pms(1, 0, 0), **COLITIS)[1:] == (
        "PMS change from baseline: -2, clinical response by protocol.",
    )


@pytest.mark.parametrize(
    ("then", "change", "said"),
    [
        (pms(1, 1, 1), "-1, no clinical response by protocol.", "no clinical response by protocol"),
        (pms(1, 0, 0), "+1, clinical response not applicable: it cannot be reached from this baseline.",
         "clinical response not applicable by protocol"),
    ],
    ids=["not met", "not applicable"],
)  # fmt: skip
def test_where_authorities_differ_on_the_response_both_are_named(then, change, said):
    assert of("partial_mayo", then, pms(1, 0, 1), **COLITIS)[1:] == (
        f"PMS change from baseline: {change}", f"PMS 2: {said}, clinical response by NCT05069259.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (pms(1, 0, None), ("PMS change from baseline: -5 to -2, clinical response by protocol.",)),
        (pms(2, 3, None), ("PMS change from baseline: -1 to +2, no clinical response by protocol.",)),
        (pms(1, None, 1), ("PMS change from baseline: -4 to -1.",)),
    ],
    ids=["a response whatever is missing", "none whatever is missing", "open"],
)  # fmt: skip
def test_a_response_that_is_decided_is_said_though_an_item_is_missing(now, said):
    assert of("partial_mayo", pms(2, 2, 2), now, **COLITIS)[1:2] == said


def test_the_response_by_the_hbi_names_whose_it_is():
    assert of("hbi", HBI | {"liquid_stools": 9}, HBI)[1] == (
        "HBI change from baseline: -7, clinical response by published use (the protocol defines none)."
    )


def discordance(**chart):
    return [line for line in status(**chart) if line.startswith(("Clinical remission,", "No clinical remission,"))]


@pytest.mark.parametrize(
    ("stools", "calprotectin", "said"),
    [
        (2, 250, []),
        (2, 251, ["Clinical remission, Calprotectin 251 above the limit 250."]),
        (3, 251, []),
        (3, 250, ["No clinical remission, Calprotectin 250 within the limit 250."]),
    ],
)
def test_a_biomarker_that_points_another_way_is_said_neutrally(stools, calprotectin, said):
    assert discordance(scores=[hbi(stools)], labs=[lab("fcp", calprotectin)]) == said


@pytest.mark.parametrize(("days", "is_said"), [(34, True), (35, True), (36, False)], ids=["within", "at", "beyond"])
def test_discordance_is_said_only_within_35_days(days, is_said):
    on = (date(2026, 5, 30) - timedelta(days=days)).isoformat()

    assert bool(discordance(scores=[hbi(2)], labs=[lab("fcp", 620, on)])) is is_said


def test_without_symptoms_or_without_markers_nothing_is_discordant():
    assert discordance(labs=[lab("fcp", 620)]) == []
    assert discordance(scores=[hbi(2)]) == []


def test_an_endoscopy_that_points_another_way_is_said():
    normal = dict.fromkeys(("ulcer_size", "ulcerated_surface", "affected_surface", "narrowing"), 0)
    exam = dict.fromkeys(("ileum", "right_colon", "transverse", "left_colon", "rectum"), normal | {"ulcer_size": 2})
    ses = {"instrument": "ses_cd", "on": "2026-05-20", "answers": exam}

    assert "Clinical remission, SES-CD 10: no endoscopic remission." in discordance(scores=[hbi(2), ses])


@pytest.mark.parametrize(
    ("medication", "said"),
    [
        (None, "Steroids not known."),
        ([], "No corticosteroid recorded."),
        ([{"kind": "corticosteroid", "from": "2026-05-01", "prednisolone_mg": 20}],
         "On prednisolone 20 mg/day: not steroid-free."),
        ([{"kind": "budesonide", "from": "2026-05-01"}], "On budesonide: not steroid-free."),
    ],
)  # fmt: skip
def test_remission_is_never_said_without_the_steroids(medication, said):
    assert status(scores=[hbi(2)], medication=medication)[-2] == said


@pytest.mark.parametrize(("today", "is_said"), [("2026-03-29", False), ("2026-03-30", True), ("2026-03-31", True)])
def test_from_the_first_day_after_45_mg_without_a_dose_the_status_begins_with_a_check(today, is_said):
    given = {"disease": "CD", "today": today, "started_on": "2026-01-05", "induction_weeks": 12}
    first = examine(given, TODAY).written()["status"][0]

    assert first.startswith("CHECK: 45 mg ended on 30 Mar 2026 (12 weeks), no dose recorded") is is_said


def test_a_dose_that_is_recorded_ends_the_check():
    lines = status(course=[{"on": "2026-03-30", "event": "dose", "mg": 15}])

    assert not any("CHECK" in line for line in lines)
    assert lines[-1] == "15 mg since 30 Mar 2026."


def cdai(total, on="2026-05-30"):
    return {"instrument": "cdai", "on": on, "total": total}


@pytest.mark.parametrize(
    ("stools", "total", "headline"),
    [
        (2, 149, "REMISSION · HBI 4 (remission < 5)"),
        (2, 151, "REMISSION BY HBI, NOT BY CDAI (Crohn's) · HBI 4 (remission < 5)"),
        (3, 149, "NOT IN REMISSION BY HBI, REMISSION BY CDAI (Crohn's) · HBI 5 (remission < 5)"),
        (3, 151, "NOT IN REMISSION · HBI 5 (remission < 5)"),
    ],
)
def test_two_indices_of_the_protocol_that_disagree_are_both_in_the_headline(stools, total, headline):
    assert report(scores=[hbi(stools), cdai(total)])["headline"] == headline


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-03-21", "WAS IN REMISSION ON 5 Apr 2026"),
        ("2026-03-22", "WAS IN REMISSION BY HBI ON 5 Apr 2026, NOT BY CDAI (Crohn's) ON 22 Mar 2026"),
        ("2026-04-05", "WAS IN REMISSION BY HBI, NOT BY CDAI (Crohn's) ON 5 Apr 2026"),
        ("2026-05-17", "WAS IN REMISSION BY HBI ON 5 Apr 2026, NOT BY CDAI (Crohn's) ON 17 May 2026"),
    ],
    ids=["15 days older", "14 days older", "of the same day", "newer, and past"],
)
def test_a_remission_of_the_past_is_not_said_alone_beside_an_index_that_denied_it(on, said):
    headline = report(scores=[hbi(2, on="2026-04-05"), cdai(151, on)])["headline"]

    assert headline == f"{said} · HBI 4 (remission < 5)"


def test_an_index_of_now_goes_before_one_of_the_past():
    headline = report(scores=[hbi(2, on="2026-04-05"), cdai(151, "2026-05-18")])["headline"]

    assert headline == "NOT IN REMISSION · CDAI (Crohn's) 151 (remission < 150)"


def test_what_is_past_contradicts_nothing_of_now():
    headline = report(scores=[hbi(2), cdai(151, "2026-05-17")])["headline"]

    assert headline == "REMISSION · HBI 4 (remission < 5)"


@pytest.mark.parametrize(
    ("stools", "said"),
    [
        (1, "Then on target, 1 point to spare."),
        (2, "Then at the target, with no point to spare."),
        (3, "Then 1 point above the target."),
    ],
)
def test_the_distance_of_an_old_score_is_worded_in_the_past(stools, said):
    assert said in status(scores=[hbi(stools, on="2026-04-05")])


def test_every_headline_fits_its_140_characters():
    pro2 = {"instrument": "pro2_cd", "on": "2026-05-30", "answers": {"sf_avg": "2.8", "ap_avg": "0.9"}}
    exam = {"instrument": "ses_cd", "on": "2026-05-30", "answers": {"ileum": {"ulcer_size": 1}}}

    for score in (pro2, exam, cdai(151), hbi(2)):
        assert 10 < len(report(scores=[score])["headline"]) <= 140


def inflamed(on, *places):
    """An SES-CD in which some segments have a little inflammation and nothing else."""
    grades = ("ulcer_size", "ulcerated_surface", "affected_surface", "narrowing")
    segments = ("ileum", "right_colon", "transverse", "left_colon", "rectum")
    answers = {
        each: dict.fromkeys(grades, 0) | {"affected_surface": int(place in places)}
        for place, each in enumerate(segments)
    }
    return {"instrument": "ses_cd", "on": on, "answers": answers}


@pytest.mark.parametrize(
    ("given", "headline"),
    [
        (
            {"scores": [inflamed("2026-01-02", 0, 1, 2), inflamed("2026-02-28", 0, 1)]},
            "WAS NOT IN ENDOSCOPIC REMISSION BY PROTOCOL, REMISSION BY STRIDE-II ON 28 Feb 2026 · SES-CD 2 "
            "(remission <= 4, a drop of 2, no subscore …)",
        ),
        (
            {
                "scores": [inflamed("2025-10-02"), inflamed("2026-05-28")],
                "accepted_baseline": ["ses_cd"],
            },
            "NOT APPLICABLE · SES-CD was 0 at baseline: cannot be reached from this baseline; no activity at baseline",
        ),
    ],
    ids=["a long rule", "a long reason"],
)
def test_what_is_too_long_for_a_headline_loses_brackets_or_last_words_and_neither_verdict_nor_number(given, headline):
    found = examine({"disease": "CD", "today": "2026-06-01", "started_on": "2026-01-05", **given}, TODAY).written()

    assert found["headline"] == headline
    assert len(headline) <= 140


def test_a_pouch_makes_the_scores_of_stools_not_applicable():
    found = report(scores=[hbi(2)], history={"pouch": True})

    assert found["headline"] == "NOT APPLICABLE · the stool item of HBI is not valid with a pouch"


@pytest.mark.parametrize(
    ("open_now", "open_then", "said"),
    [
        ({}, {}, "-8"),
        ({"mass": None}, {}, "-8 to -5"),
        ({}, {"mass": None}, "-11 to -8"),
        ({"wellbeing": None, "pain": None}, {"mass": None}, "-13 to -3"),
        ({"wellbeing": None}, {"liquid_stools": 3}, "-2 to +2"),
        ({"liquid_stools": None}, {}, "-10 or more"),
        ({}, {"liquid_stools": None}, "+2 or less"),
    ],
)
def test_the_change_from_baseline_is_what_the_ranges_of_both_leave_possible(open_now, open_then, said):
    now = {"instrument": "hbi", "on": "2026-05-30", "answers": HBI | open_now}
    then = {"instrument": "hbi", "on": "2025-12-30", "answers": HBI | {"liquid_stools": 10} | open_then}

    (line,) = (each for each in status(scores=[then, now]) if "change from baseline" in each)
    assert line.startswith((f"HBI change from baseline: {said}.", f"HBI change from baseline: {said}, "))


def test_a_change_that_can_be_anything_is_not_said():
    then, now = hbi(None, "2025-12-30"), hbi(None)

    assert not any("change from baseline" in each for each in status(scores=[then, now]))
