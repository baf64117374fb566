"""Random charts that crowd the borders: windows of the baseline, days since a score, limits, gaps."""

from datetime import date, timedelta
from random import Random

from .borders import ACCEPTABLE, AFTER, AGO, BAD, BEFORE, DROPS, INSTRUMENTS, LABS, MEDICATION, MONTHS_BEFORE
from .random_scores import random_answers, random_total, remove_segments
from .random_trials import pair


def random_chart(rng: Random, ambiguous: bool = False, spoilt: float = 0.03) -> dict:
    """A valid chart, every day and list reproducible from `rng`.

    ambiguous: also the situations that NOTES.md lists as read in more than one way.
    spoilt: the share of charts with one score that must be left out whole.
    """
    disease = rng.choice(("CD", "UC"))
    today = date(2026, 1, 1) + timedelta(days=rng.randrange(365))
    started = first_dose(rng, today)
    chart: dict = {
        "id": str(rng.randrange(10**9)),
        "disease": disease,
        "today": today.isoformat(),
        "sex": rng.choice(("female", "male")),
        "scores": random_scores(rng, disease, today, started, ambiguous),
        "labs": random_labs(rng, today, started),
    }
    if started is not None:
        chart["started_on"] = started.isoformat()
        chart["medication"] = random_medication(rng, today, started, ambiguous)
        chart["accepted_baseline"] = rng.sample(ACCEPTABLE, rng.choice((0, 0, 1, 3, len(ACCEPTABLE))))
        forget_days(rng, [*chart["scores"], *chart["labs"]], started, chart["accepted_baseline"])
    if rng.random() < 0.1:
        chart["history"] = {rng.choice(("ostomy", "colectomy")): rng.random() < 0.7}
    if disease == "CD" and started is not None and rng.random() < 0.15:
        operate(rng, chart["scores"], ambiguous)
    if rng.random() < spoilt and chart["scores"]:
        spoil(rng, rng.choice(chart["scores"]))
    if ambiguous and rng.random() < 0.05:
        del chart["sex"]
    return chart


def first_dose(rng: Random, today: date) -> date | None:
    """None: a quick check. Sometimes today, or still to come."""
    kind = rng.random()
    if kind < 0.15:
        return None
    if kind < 0.25:
        return today + timedelta(days=rng.choice((0, 0, 1, 30)))
    return today - timedelta(days=rng.choice((1, 14, 28, 56, 84, 90, 112, 180, 400)))


def random_day(rng: Random, today: date, started: date | None) -> date:
    offset_from = today if started is None else started
    if rng.random() < 0.45 or started is None:
        chosen = today - timedelta(days=rng.choice(AGO))
    else:
        chosen = offset_from + timedelta(days=rng.choice(BEFORE + BEFORE + AFTER))
    return min(chosen, today)


def random_scores(rng: Random, disease: str, today: date, started: date | None, ambiguous: bool) -> list:
    found = []
    for _ in range(rng.choice((0, 1, 2, 3, 4, 6, 8))):
        instrument = rng.choice(INSTRUMENTS[disease])
        score = {"instrument": instrument, "on": random_day(rng, today, started).isoformat()}
        if rng.random() < 0.1:
            score["total"] = random_total(rng, instrument)
        else:
            score["answers"] = random_answers(rng, instrument)
        found.append(score)
    if started is not None and started < today:
        for instrument in rng.sample(INSTRUMENTS[disease], rng.choice((0, 1, 1, 2))):
            if instrument in DROPS or instrument == "pro2_cd":
                found += before_and_after(rng, instrument, today, started)
    rng.shuffle(found)
    return [score for score in found if ambiguous or is_plain(score, started)]


def before_and_after(rng: Random, instrument: str, today: date, started: date) -> list:
    """Two scores of one instrument whose difference stands at or beside a threshold."""
    if instrument == "pro2_cd" or (instrument == "mayo" and rng.random() < 0.8):
        answers = pair(rng, instrument)
    else:
        answers = answers_apart(rng, instrument)
    on = started + timedelta(days=rng.choice(BEFORE[:13]))
    since = min((today - started).days - 1, rng.choice(AGO))
    days = (on, today - timedelta(days=since))
    return [
        {"instrument": instrument, "on": day.isoformat(), "answers": one}
        for day, one in zip(days, answers, strict=True)
    ]


def answers_apart(rng: Random, instrument: str) -> tuple[dict, dict]:
    then = random_total(rng, instrument)
    now = max(then - rng.choice(DROPS[instrument]), 0)
    if instrument == "ses_cd" and rng.random() < 0.7:
        now = max((then + rng.choice((-1, 0, 0, 1, 2))) // 2, 0)
    return random_answers(rng, instrument, then), random_answers(rng, instrument, now)


def is_plain(score: dict, started: date | None) -> bool:
    """False for what NOTES.md lists: bare baseline totals, and scores with nothing assessed."""
    if "total" in score:
        settled = score["instrument"] in ("pro2_cd", "mayo")
        return settled or started is None or score["on"] > started.isoformat()
    return any(value is not None for value in score["answers"].values())


def forget_days(rng: Random, found: list, started: date, accepted: list) -> None:
    """Of some values before the first dose only the month is known, mostly in a year beside a limit of it."""
    for one in found:
        if one["on"] > started.isoformat() or rng.random() < 0.8:
            continue
        if rng.random() < 0.6:
            one["on"] = (started - timedelta(days=rng.choice(MONTHS_BEFORE))).isoformat()
        one["on"] = one["on"][:7]
        if rng.random() < 0.2:
            name = one.get("instrument") or one["analyte"]
            accepted.append({"measure": name, "on": rng.choice((one["on"], f"{one['on']}-01"))})


def random_labs(rng: Random, today: date, started: date | None) -> list:
    found = []
    for _ in range(rng.choice((0, 1, 2, 3, 4, 6))):
        analyte = rng.choice(("crp", "fcp"))
        value, unit, limit = rng.choice(LABS[analyte])
        lab = {
            "analyte": analyte,
            "on": random_day(rng, today, started).isoformat(),
            "value": value,
        }
        if unit is not None:
            lab["unit"] = unit
        if limit is not None:
            lab["upper_limit"] = limit
        found.append(lab)
    return found


def random_medication(rng: Random, today: date, started: date, ambiguous: bool) -> list:
    """Begun at least a day away from every day a baseline may have, unless `ambiguous`."""
    found = []
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        days = (0, -35, -90, -200) if ambiguous else (10, -20, -50, -75, -120, -250, -600)
        begun = started + timedelta(days=rng.choice(days))
        kind = rng.choice(MEDICATION)
        one = {"kind": kind, "from": begun.isoformat(), "to": None}
        if kind == "corticosteroid":
            one["prednisolone_mg"] = 20
        if begun <= today:
            found.append(one)
    return found


def operate(rng: Random, scores: list, ambiguous: bool) -> None:
    """From one day on, some colon is gone: later exams carry it as absent."""
    exams = [one for one in scores if one["instrument"] == "ses_cd"]
    if not exams:
        return
    if not ambiguous and any("total" in one for one in exams):
        return
    operated = rng.choice(exams)["on"]
    gone = rng.sample(("right_colon", "transverse", "left_colon", "rectum"), rng.choice((1, 1, 2, 4)))
    for exam in exams:
        if exam["on"] >= operated and "answers" in exam:
            remove_segments(exam["answers"], gone)


def spoil(rng: Random, score: dict) -> None:
    """One bad value: the score is left out whole."""
    instrument = score["instrument"]
    if "answers" not in score:
        score["total"] = "many"
    elif instrument == "ses_cd":
        full = {"ulcer_size": 0, "ulcerated_surface": 0, "affected_surface": 0, "narrowing": 3}
        score["answers"] |= {"ileum": dict(full), "rectum": dict(full)}
    else:
        score["answers"] |= BAD.get(instrument, {"rb": 4})
