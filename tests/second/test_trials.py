"""The findings of trials and of STRIDE-II at their borders, and against a naive count of completions."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from . import endpoints
from .ordinals import UP_TO
from .random_trials import adapted_pair, pro2_pair

TODAY = date(2026, 6, 1)
DAY0 = date(2026, 3, 1)


def pro2(sf, ap) -> dict:
    return {"instrument": "pro2_cd", "answers": {"sf_avg": sf, "ap_avg": ap}}


def mayo(sf, rb, mes, pga=1) -> dict:
    return {"instrument": "mayo", "answers": {"sf": sf, "rb": rb, "mes": mes, "pga": pga}}


def found(base: dict | None, now: dict | None, days: int = 0, **more) -> dict:
    """The findings without `cd.clinical_` or `uc.clinical_`."""
    dated = [(base, DAY0 - timedelta(days=days)), (now, TODAY)]
    kept = [{**score, "on": on.isoformat()} for score, on in dated if score]
    disease = "UC" if any(score["instrument"].endswith("mayo") for score in kept) else "CD"
    common = {"disease": disease, "today": TODAY.isoformat(), "started_on": DAY0.isoformat()}
    return {name[12:]: each for name, each in endpoints({**common, "scores": kept, **more}).items()}


@pytest.mark.parametrize(
    ("sf", "ap", "stride", "practice"),
    [
        (3, 1, "met", {"practice": "not_met"}),
        (1.5, 1, "met", {}),
        (3.01, 0, "not_met", {"practice": "met"}),
        (0, 1.01, "not_met", {"practice": "met"}),
        (None, 1.01, "not_met", {}),
        (3, None, "not_evaluable", {}),
        (4.01, None, "not_met", {}),
        (None, None, "not_evaluable", {}),
    ],
)
def test_pro2_remission(sf, ap, stride, practice):
    finding = found(None, pro2(sf, ap))["remission.pro2"]

    assert (finding["verdict"], finding["differs"]) == (stride, practice)


@pytest.mark.parametrize(
    ("base", "now", "verdict", "celest"),
    [
        ((5, 2), (2.8, 1.0), "met", {"practice": "not_met"}),
        ((5, 2), ("2.8", "1.0"), "met", {"practice": "not_met"}),
        ((5, 2), (2.81, 1), "not_met", {}),
        ((2, 1), (1.5, 1), "met", {}),
        ((2, 0.9), (1.5, 1), "not_met", {}),
        ((None, 2), (1.5, 1), "not_evaluable", {"practice": "not_evaluable"}),
        ((None, 2), (0, 1), "met", {}),
        (None, (1.5, 1), "not_evaluable", {}),
        (None, (2.81, 1), "not_met", {}),
    ],
)
def test_sf_ap_remission(base, now, verdict, celest):
    finding = found(base and pro2(*base), pro2(*now))["remission.sf_ap"]

    assert finding["verdict"] == verdict
    assert finding["differs"] == {name: one for name, one in celest.items() if one != "not_evaluable"}


@pytest.mark.parametrize(
    ("base", "now", "weighted", "separate"),
    [
        ((5, 2), (2.5, 1), "met", "met"),
        ((5, 2), (2.51, 1), "not_met", "met"),
        ((5, 2), (3.5, 2), "not_met", "met"),
        ((5, 2), (3.51, 1.41), "not_met", "not_met"),
        ((5, 2), (0, 2.01), "not_met", "not_met"),
        ((0, 0), (0, 0), "not_applicable", "not_applicable"),
        ((0, 2), (0, 1), "met", "met"),
        ((0, 1), (0, 1), "not_met", "not_met"),
        ((0, None), (0, 1), "not_evaluable", "not_evaluable"),
        ((5, 2), (None, 1), "not_evaluable", "not_evaluable"),
        (None, (0, 0), "not_evaluable", "not_evaluable"),
    ],
)
def test_responses_in_crohns(base, now, weighted, separate):
    findings = found(base and pro2(*base), pro2(*now))

    assert findings["response.pro2"]["verdict"] == weighted
    assert findings["response.sf_ap"]["verdict"] == separate


@pytest.mark.parametrize(
    ("base", "now", "remission", "response"),
    [
        ((3, 2, 2), (1, 0, 1), "met", "met"),
        ((0, 3, 3), (1, 0, 1), "not_met", "met"),
        ((3, 2, 3), (3, 1, 2), "not_met", "not_met"),  # 8 -> 6 is 25 %
        ((2, 2, 2), (2, 1, 1), "not_met", "met"),  # 6 -> 4 is a third
        ((3, 2, 3), (1, 2, 2), "not_met", "not_met"),  # bleeding 2, not less
        ((3, 3, 3), (1, 2, 2), "not_met", "met"),
        ((0, 1, 0), (0, 0, 0), "met", "not_applicable"),
        ((0, 1, None), (0, 0, 0), "met", "not_evaluable"),
        ((3, 2, 2), (1, 0, None), "not_evaluable", "met"),
        ((None, 2, 2), (0, 0, 0), "met", "met"),
        (None, (1, 0, 1), "not_evaluable", "not_evaluable"),
    ],
)
def test_adapted_mayo(base, now, remission, response):
    findings = found(base and mayo(*base), mayo(*now))

    assert findings["remission.adapted_mayo"]["verdict"] == remission
    assert findings["response.adapted_mayo"]["verdict"] == response


@pytest.mark.parametrize(("score", "window"), [(pro2(5, 2), 35), (mayo(3, 2, 2), 90)], ids=["pro2", "mayo"])
def test_the_windows_of_the_baseline(score, window):
    now = pro2(0, 0) if score["instrument"] == "pro2_cd" else mayo(0, 0, 0)
    name = "response.sf_ap" if score["instrument"] == "pro2_cd" else "response.adapted_mayo"

    assert found(score, now, window)[name]["verdict"] == "met"
    assert found(score, now, window + 1)[name]["verdict"] == "not_evaluable"
    assert found(score, now, window + 1, accepted_baseline=[score["instrument"]])[name]["verdict"] == "met"


def test_without_stools_none_is_applicable():
    for now in (pro2(0, 0), mayo(0, 0, 0)):
        findings = found(None, now, history={"ostomy": True})
        trials = [one for one in findings.values() if one["optional"]]

        assert {one["verdict"] for one in trials} == {"not_applicable"}


@pytest.mark.parametrize(
    ("sf", "rb", "verdict"),
    [(0, 0, "met"), (1, 0, "met"), (2, 0, "not_met"), (1, 1, "not_met"), (0, 3, "not_met"),
     (None, 0, "not_evaluable"), (1, None, "not_evaluable"), (2, None, "not_met"), (None, 1, "not_met")],
)  # fmt: skip
def test_pro2_of_colitis_in_either_mayo(sf, rb, verdict):
    partial = {"instrument": "partial_mayo", "answers": {"sf": sf, "rb": rb, "pga": 3}}

    for score in (partial, mayo(sf, rb, 3)):
        finding = found(None, score)["remission.pro2"]
        assert (finding["verdict"], finding["now_on"]) == (verdict, TODAY.isoformat())


def test_no_pro2_of_colitis_where_neither_item_was_assessed():
    assert found(None, mayo(None, None, 1))["remission.pro2"]["now_on"] is None


@pytest.mark.parametrize(
    ("instrument", "total", "verdict"),
    [("partial_mayo", 0, "met"), ("partial_mayo", 1, None), ("partial_mayo", 6, None), ("partial_mayo", 7, "not_met"),
     ("mayo", 0, "met"), ("mayo", 1, None), ("mayo", 9, None), ("mayo", 10, "not_met")],
)  # fmt: skip
def test_pro2_of_colitis_in_a_total_is_what_it_leaves_of_either_item(instrument, total, verdict):
    finding = found(None, {"instrument": instrument, "total": total})["remission.pro2"]

    assert (finding["verdict"], finding["is_listed"]) == (verdict or "not_evaluable", verdict is not None)


@pytest.mark.parametrize(
    ("total", "pms", "mes"),
    [(1, "met", "met"), (2, "met", "not_evaluable"), (3, "not_evaluable", "not_evaluable"),
     (6, "not_met", "not_evaluable"), (10, "not_met", "not_evaluable"), (11, "not_met", "not_met")],
)  # fmt: skip
def test_a_full_mayo_without_its_items_is_now_in_each_of_its_parts(total, pms, mes):
    older = mayo(0, 0, 0, 0) if total > 5 else mayo(3, 3, 3, 3)
    dated = [(older, "2026-05-22"), ({"instrument": "mayo", "total": total}, "2026-06-01")]
    chart = {"disease": "UC", "today": "2026-06-01", "scores": [{**score, "on": on} for score, on in dated]}
    findings = endpoints(chart)

    assert findings["uc.clinical_remission.pms"]["verdict"] == pms
    assert findings["uc.endoscopic_remission"]["verdict"] == mes


def test_a_bare_total_leaves_sf_and_ap_open_within_what_it_allows():
    for total, verdict in ((5, "met"), (6, "not_evaluable"), (21, "not_evaluable"), (21.02, "not_met")):
        bare = {"instrument": "pro2_cd", "total": total}

        assert found(None, bare)["remission.pro2"]["verdict"] == verdict


def plain_pro2(base, now) -> dict[str, str]:
    """The definitions on known numbers."""
    (sf0, ap0), (sf, ap) = base, now
    not_worse = sf <= sf0 and ap <= ap0
    fell = (sf0 > 0 and sf * 10 <= sf0 * 7) or (ap0 > 0 and ap * 10 <= ap0 * 7)
    verdicts = {
        "remission.pro2": ap <= 1 and sf <= 3,
        "remission.sf_ap": sf <= Fraction(28, 10) and ap <= 1 and not_worse,
        "response.sf_ap": fell and not_worse if sf0 or ap0 else None,
        "response.pro2": 2 * (2 * sf + 5 * ap) <= 2 * sf0 + 5 * ap0 if sf0 or ap0 else None,
    }
    return {name: {True: "met", False: "not_met", None: "not_applicable"}[one] for name, one in verdicts.items()}


def plain_adapted(base, now) -> dict[str, str]:
    then, seen = sum(base), sum(now)
    remission = now[0] <= 1 and now[0] <= base[0] and now[1] == 0 and now[2] <= 1
    response = then - seen >= 2 and 10 * (then - seen) >= 3 * then and (base[1] - now[1] >= 1 or now[1] <= 1)
    return {
        "remission.adapted_mayo": "met" if remission else "not_met",
        "response.adapted_mayo": "not_applicable" if then < 2 else "met" if response else "not_met",
    }


STOOLS = tuple(map(Fraction, (0, 1, "1.5", "2.8", 3, 4, 20, 200)))
PAIN = tuple(map(Fraction, (0, "0.5", 1, 2, 3)))
OPEN = {"sf_avg": STOOLS, "ap_avg": PAIN} | {item: range(top + 1) for item, top in UP_TO["mayo"].items()}


@pytest.mark.parametrize(
    ("pairs", "items", "plain", "make"),
    [
        (pro2_pair, ("sf_avg", "ap_avg"), plain_pro2, "pro2_cd"),
        (adapted_pair, ("sf", "rb", "mes"), plain_adapted, "mayo"),
    ],
    ids=["pro2", "mayo"],
)
def test_a_decided_verdict_is_that_of_every_completion(pairs, items, plain, make):
    rng = Random(20260205)
    for _ in range(1500):
        scores = pairs(rng)
        if any(all(one.get(item) is None for item in items) for one in scores):
            continue
        findings = found(*({"instrument": make, "answers": one} for one in scores))
        choices = [
            OPEN[item] if one.get(item) is None else [Fraction(str(one[item]))] for one in scores for item in items
        ]
        half = len(items)
        filled = [plain(each[:half], each[half:]) for each in product(*choices)]
        for name in filled[0]:
            said = {each[name] for each in filled}
            decided = findings[name]["verdict"]
            assert decided == "not_evaluable" or {decided} == said, scores
            if len(filled) == 1:
                assert {decided} == said, scores
