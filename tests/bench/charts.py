"""Charts with everything that `evaluate` understands, and how many it reports on in a second."""

import json
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.bots import started

_TODAY = date(2026, 6, 1)
_STARTED = date(2026, 1, 5)
_WEEKS = (-1, 2, 4, 8, 12, 20)
_COMPLICATIONS = ("arthralgia", "uveitis", "erythema_nodosum", "aphthous_ulcers")


def chart(number: int) -> dict[str, Any]:
    """Crohn's or ulcerative colitis in turn, with every key of the contract: six scores, one with a gap, one a total
    alone; an endoscopy at baseline; nine laboratory values. No two are alike in their days, values and history, so that
    no finding can be remembered from one to the next.
    """
    crohns = number % 2 == 0
    scores = [_hbi(number + week) if crohns else _partial_mayo(number + week) for week in _WEEKS]
    scores[2] = {"instrument": scores[2]["instrument"], "total": 3}
    scores[3]["answers"]["mass" if crohns else "pga"] = None
    started = _STARTED - timedelta(days=number % 41)
    days = [(started + timedelta(weeks=week, days=number // 5 % 6)).isoformat() for week in _WEEKS]
    return {
        "id": f"patient {number}",
        "disease": "CD" if crohns else "UC",
        "today": (_TODAY + timedelta(days=number % 13)).isoformat(),
        "started_on": started.isoformat(),
        "region": ("US", "EU", "GB", "AU")[number // 2 % 4],
        "sex": ("female", "male")[number // 3 % 2],
        "birth_year": 1950 + number % 50,
        "induction_weeks": 12 if crohns else None,
        "course": [{"on": days[4], "event": "dose", "mg": 15 + 15 * (number % 2), "why": "as discussed"}],
        "history": {
            "tnf_failed": number % 7 > 1,
            "systemic_therapies": number % 3,
            "biologic_failed": number % 5 > 0,
            "severity": ("moderate", "severe")[number // 4 % 2],
            "egfr": 60 + number % 60,
            "childbearing_potential": False,
            "ostomy": False,
            "colectomy": False,
        },
        "risks": ["past_smoker", "hypertension"][: number % 3],
        "screening": {
            "igra": {"on": days[0], "result": "negative"},
            "hbv": {"on": days[0], "hbsag": "negative", "anti_hbc": "negative"},
            "hcv": {"on": days[0], "result": "negative"},
            "chest": {"on": days[0], "result": "negative"},
            "zoster": {"on": days[0], "result": "negative", "vaccinated": True},
        },
        "events": [{"kind": "herpes_zoster", "on": days[3], "serious": False}],
        "stool_tests": [{"on": days[5], "result": ("negative", "positive")[number % 2], "serious": False}],
        "done": [{"item": "early_lab", "on": days[3], "state": "not_possible", "why": "not drawn"}],
        "accepted_baseline": [scores[0]["instrument"]],
        "scores": [
            *({**score, "on": day} for score, day in zip(scores, days, strict=True)),
            _endoscopy(crohns, days[0]),
        ],
        "labs": [{**_lab(analyte, number), "on": day} for day in days[::2] for analyte in ("crp", "fcp", "alc")],
        "medication": [{"kind": "corticosteroid", "from": days[0], "to": days[2], "prednisolone_mg": 20}],
    }


def _endoscopy(crohns: bool, on: str) -> dict[str, Any]:
    if not crohns:
        return {"instrument": "mes", "on": on, "answers": {"mes": 2}}
    segment = {"ulcer_size": 1, "ulcerated_surface": 1, "affected_surface": 1, "narrowing": 0}
    segments = dict.fromkeys(("ileum", "right_colon", "transverse", "left_colon", "rectum"), segment)
    return {"instrument": "ses_cd", "on": on, "answers": segments}


def _hbi(seed: int) -> dict[str, Any]:
    answers = {"wellbeing": seed % 5, "pain": seed % 4, "liquid_stools": seed % 12, "mass": seed % 3}
    return {"instrument": "hbi", "answers": {**answers, "complications": list(_COMPLICATIONS[: seed % 4])}}


def _partial_mayo(seed: int) -> dict[str, Any]:
    return {"instrument": "partial_mayo", "answers": {"sf": seed % 4, "rb": seed % 3, "pga": seed % 4}}


def _lab(analyte: str, seed: int) -> dict[str, Any]:
    value, unit, limit = {
        "crp": (seed % 397 / 10, "mg/L", 5),
        "fcp": (3 * (seed % 307), "µg/g", 50),
        "alc": (400 + seed % 911, "/µL", None),
    }[analyte]
    return {"analyte": analyte, "value": value, "unit": unit, "upper_limit": limit}


def write(folder: Path, charts: int) -> Path:
    file = folder / "charts.jsonl"
    file.write_text("".join(f"{json.dumps(chart(number))}\n" for number in range(charts)), encoding="utf-8")
    return file


def reports_a_second(file: Path) -> float:
    """By the command, after its first report: what starting costs is another figure."""
    with started(("-m", "bot", "evaluate", str(file)), "", file.parent / "none") as process:
        output = process.popen.stdout
        assert output is not None
        assert json.loads(output.readline())["errors"] == []
        began, reports = time.perf_counter(), sum(1 for _ in output)
        return reports / (time.perf_counter() - began)
