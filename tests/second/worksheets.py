"""The worked cases of cases.json, written as charts of the contract (DESIGN.md 5)."""

FIRST_DOSE, BEFORE, NOW = "2026-01-05", "2026-01-02", "2026-03-30"
MASS = {0: "none", 2: "questionable", 5: "definite"}
GROUPS = ["arthritis", "eye", "skin_mouth", "anal", "other_fistula", "fever"]
EXTRACOLONIC = {"arthralgia": "arthritis", "pyoderma": "pyoderma_gangrenosum"}


def chart(disease: str, base: dict | None, now: dict | None, **more) -> dict:
    dated = [(base, BEFORE), (now, NOW)]
    found = [{**one, "on": on} for one, on in dated if one is not None]
    started = {} if base is None else {"started_on": FIRST_DOSE}
    kept = [one["instrument"] for one in found]
    return {
        "disease": disease,
        "today": NOW,
        "scores": found,
        "accepted_baseline": kept,
        **started,
        **more,
    }


def answers_of(case: dict) -> dict:
    """The worksheet of the case as answers of the contract."""
    given = {key: value for key, value in case["input"].items() if key != "sex"}
    if case["instrument"] == "cdai":
        given["complications"] = GROUPS[: given["complications"]]
        given["antidiarrhoeal"] = bool(given["antidiarrhoeal"])
        given["mass"] = MASS[given["mass"]]
    if case["instrument"] == "sccai":
        ticked = ("arthralgia", "eye", "erythema_nodosum", "pyoderma")
        given["complications"] = [EXTRACOLONIC.get(one, one) for one in ticked if given.pop(one)]
    return given


def bare_total(instrument: str, value: int | None, _: object) -> dict | None:
    return None if value is None else {"instrument": instrument, "total": value}


def exam_of(instrument: str, value: int | None, highest: int | None) -> dict | None:
    """An exam that adds up to `value`, no item above `highest` and one that reaches it."""
    if value is None:
        return None
    names = ("ulcer_size", "ulcerated_surface", "affected_surface")
    segments = ("ileum", "right_colon", "transverse", "left_colon", "rectum")
    answers = {segment: dict.fromkeys((*names, "narrowing"), 0) for segment in segments}
    left = value
    for segment in segments:
        for name in names:
            answers[segment][name] = min(left, 3 if highest is None else highest)
            left -= answers[segment][name]
    assert left == 0
    return {"instrument": instrument, "answers": answers}


def ulcerated_exam(instrument: str, value: int | None, _: object) -> dict | None:
    if value is None:
        return None
    exam = exam_of(instrument, 0, 0)
    for segment in exam["answers"].values():
        segment["ulcerated_surface"] = min(value, 3)
        value -= segment["ulcerated_surface"]
    return exam


# Cases of the findings of 1.3 and 1.4 -> the finding, the instrument, case key -> answer.
SF_AP = {"sf": "sf_avg", "ap": "ap_avg"}
MAYO = {"sf": "sf", "rb": "rb", "mes": "mes"}
OF_TRIALS = {
    "cd_clinical_remission_sf_ap": ("cd.clinical_remission.sf_ap", "pro2_cd", SF_AP),
    "uc_clinical_remission_adapted_mayo": ("uc.clinical_remission.adapted_mayo", "mayo", MAYO),
    "uc_clinical_response_adapted_mayo": ("uc.clinical_response.adapted_mayo", "mayo", MAYO),
}


def trial_chart(case: dict) -> tuple[str, dict]:
    """The finding and the chart; the case names a baseline item `baseline_sf` or holds whole `baseline`, `current`."""
    name, instrument, keys = OF_TRIALS[case["instrument"]]
    given = case["input"]
    now = given.get("current", given)
    base = given.get("baseline", {key: given.get(f"baseline_{key}") for key in keys})
    then, seen = (
        {"instrument": instrument, "answers": {keys[key]: one.get(key) for key in keys}} for one in (base, now)
    )
    return name, chart(name[:2].upper(), then, seen, started_on=FIRST_DOSE)
