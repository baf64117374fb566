"""Plausible patients with inflammatory bowel disease on upadacitinib, and slips of the pen in their laboratory values.

Nothing here is drawn from the limits of CLINICAL.md section 5: medians, spreads and within-person variation are those of adults who start
treatment for active disease and are followed for 52 weeks (general knowledge: EFLM within-subject variation, baseline tables of the
upadacitinib trials; not verified one by one). Everything is a function of a seed.

    patients(n, seed)   whole patients: {"id", "sex", "age", "disease", "values": {analyte: [(week, text), ...]}}
    unaltered(n, seed)  n series of one analyte each, the analytes in turn: {"analyte", "patient", "values"}; default 2,000
    slips(seed, each)   slips, `each` per analyte, kind and presence of an earlier value
    rate(items, asked)  share of items for which `asked` holds
    most_that_can_be_found(disturbed)  share of slips without an earlier value that the best of all rules asks about
"""

# Tables, kept as they were made.
# fmt: off
# ruff: noqa

import math
import random
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

ANALYTES = ("crp", "fcp", "hb", "hct", "anc", "alc", "wbc", "platelets", "alt", "ast", "alp", "bilirubin", "cpk", "cholesterol", "ldl", "hdl",
            "triglycerides", "creatinine", "egfr", "albumin")

CANONICAL = dict.fromkeys(("alt", "ast", "alp", "cpk"), "U/L") | dict.fromkeys(("anc", "alc", "wbc", "platelets"), "10*9/L") | dict.fromkeys(
    ("bilirubin", "cholesterol", "ldl", "hdl", "triglycerides", "creatinine"), "mg/dL") | {
    "crp": "mg/L", "fcp": "ug/g", "hb": "g/dL", "hct": "%", "egfr": "mL/min/{1.73_m2}", "albumin": "g/dL"}

# The other units of section 5 and how the same value reads in them: unit -> (canonical per unit, decimals printed).
# WBC in /uL and CPK in ukat/L are not listed there, but are typed all the same.
OTHER = {
    "crp": {"mg/dL": ("10", 2)},
    "fcp": {},  # mg/kg is the same number
    "hb": {"g/L": ("0.1", 0), "mmol/L": ("1.611", 1)},
    "hct": {"L/L": ("100", 3)},
    "anc": {"/uL": ("0.001", 0)},
    "alc": {"/uL": ("0.001", 0)},
    "wbc": {"/uL": ("0.001", 0)},
    "platelets": {"/uL": ("0.001", 0)},
    "alt": {"ukat/L": ("60", 2)},
    "ast": {"ukat/L": ("60", 2)},
    "alp": {"ukat/L": ("60", 2)},
    "bilirubin": {"umol/L": (1 / Decimal("17.1"), 0)},
    "cpk": {"ukat/L": ("60", 2)},
    "cholesterol": {"mmol/L": ("38.67", 1)},
    "ldl": {"mmol/L": ("38.67", 1)},
    "hdl": {"mmol/L": ("38.67", 2)},
    "triglycerides": {"mmol/L": ("88.57", 2)},
    "creatinine": {"umol/L": (1 / Decimal("88.42"), 0)},
    "egfr": {},
    "albumin": {"g/L": ("0.1", 0)},
}

DECIMALS = dict.fromkeys(ANALYTES, 0) | {"crp": 1, "hb": 1, "hct": 1, "anc": 2, "alc": 2, "wbc": 2, "bilirubin": 2, "creatinine": 2, "albumin": 1}
FLOOR = dict.fromkeys(ANALYTES, 0) | {"crp": 0.3, "fcp": 5, "bilirubin": 0.1, "alc": 0.12, "anc": 0.25}
WEEKS = (-2, 4, 8, 12, 24, 36, 52)
SELDOM = {"fcp": (-2, 8, 12, 24, 52), "cholesterol": (-2, 12, 24, 52), "ldl": (-2, 12, 24, 52), "hdl": (-2, 12, 24, 52),
          "triglycerides": (-2, 12, 24, 52)}


# Patients

def patients(n=2000, seed=1):
    rng = random.Random(f"patients {seed}")
    return [_patient(rng, number) for number in range(n)]


def _patient(rng, number):
    sex = rng.choice(("female", "male"))
    age = min(79, max(18, round(rng.gauss(40, 14))))
    person = {"id": number, "sex": sex, "age": age, "disease": rng.choice(("CD", "UC")), "values": {a: [] for a in ANALYTES}}
    traits = _traits(rng, person)
    activity = _activity(rng)
    for week in WEEKS:
        if rng.random() < 0.06:
            continue  # a visit without blood
        day = week + rng.choice((-1, 0, 0, 0, 1)) if week > 0 else week
        found = _visit(rng, person, traits, week, activity[week])
        for analyte in ANALYTES:
            if week in SELDOM.get(analyte, WEEKS) and rng.random() > 0.05:
                person["values"][analyte].append((day, _printed(analyte, found[analyte])))
    return person


def _traits(rng, person):
    """What stays with a person."""
    man = person["sex"] == "male"

    def around(median, spread):
        return median * math.exp(rng.gauss(0, spread))

    gilbert = rng.random() < 0.06
    psc = person["disease"] == "UC" and rng.random() < 0.04
    return {
        "crp_rest": around(1.3, 0.7), "crp_active": around(0.8 if rng.random() < 0.2 else 13, 0.85),
        "fcp_rest": around(55, 0.7), "fcp_active": around(1250, 0.6),
        "hb": rng.gauss(14.8 if man else 13.3, 0.9), "hb_loss": abs(rng.gauss(1.5, 0.9)),
        "anc": around(3.7, 0.28), "alc": around(1.65, 0.33), "other_white": around(0.65, 0.2), "platelets": around(260, 0.2),
        "alt": around(22 if man else 17, 0.38) * (2.5 if psc else 1), "ast": around(20, 0.24) * (2 if psc else 1), "alp": around(70, 0.25) * (2.8 if psc else 1),
        "bilirubin": around(1.5, 0.25) if gilbert else around(0.45, 0.35), "bilirubin_cv": 0.3 if gilbert else 0.2,
        "cpk": around(115 if man else 78, 0.45), "cpk_rise": around(1.6, 0.25), "active_in_sport": rng.random() < 0.25,
        "ldl": max(45, rng.gauss(100, 27)), "hdl": max(28, rng.gauss(46 if man else 56, 11)), "tg": around(105, 0.4), "lipid_rise": around(1.12, 0.08),
        "creatinine": around(0.9 if man else 0.72, 0.14), "albumin": rng.gauss(4.3, 0.22), "albumin_loss": abs(rng.gauss(0.5, 0.3)),
        "steroid": rng.random() < 0.4, "lymphopenic": rng.random() < 0.05, "liver_week": rng.choice(WEEKS[1:]) if rng.random() < 0.025 else None,
        "bleed_week": rng.choice(WEEKS[1:]) if rng.random() < 0.02 else None,
    }


def _activity(rng):
    """Inflammation by week: 1 is active disease, 0.02 deep remission; 12 % flare once after remission, some never respond."""
    start = math.exp(rng.gauss(0, 0.35))
    end = start * rng.choices((rng.uniform(0.01, 0.06), rng.uniform(0.15, 0.5), rng.uniform(0.7, 1.2)), (0.6, 0.25, 0.15))[0]
    course = {w: end + (start - end) * math.exp(-max(w, 0) / 3.0) for w in WEEKS}
    if rng.random() < 0.12:
        flare = rng.choice((24, 36, 52))
        course[flare] = max(course[flare], rng.uniform(0.5, 1.6) * start)
    return course


def _visit(rng, person, own, week, active):
    """The true values of one visit."""
    def wobble(cv):
        return math.exp(rng.gauss(0, cv))

    treated = week > 0
    infected = rng.random() < 0.025
    steroid = own["steroid"] and week <= 8
    trained = own["active_in_sport"] and rng.random() < 0.04
    neutropenic = treated and rng.random() < 0.01
    liver = {own["liver_week"]: rng.uniform(3, 10)}.get(week, 1.0)
    bled = 2.5 if week == own["bleed_week"] else 0.0

    hb = (own["hb"] - own["hb_loss"] * min(active, 1.6) - bled) * wobble(0.027)
    anc = own["anc"] * (1 + 0.45 * min(active, 2)) * (1.35 if steroid else 1) * (1.8 if infected else 1) * (0.4 if neutropenic else 1) * wobble(0.15)
    alc = own["alc"] * (0.9 if treated else 1) * (0.45 if own["lymphopenic"] and treated else 1) * (0.75 if infected else 1) * wobble(0.12)
    rise = own["lipid_rise"] if treated else 1.0
    ldl, hdl = own["ldl"] * rise * wobble(0.08), own["hdl"] * rise * wobble(0.06) * (1 - 0.08 * min(active, 1.5))
    tg = own["tg"] * wobble(0.2) * (1.4 if rng.random() < 0.25 else 1)
    creatinine = own["creatinine"] * wobble(0.05) * (1.9 if rng.random() < 0.004 else 1)
    return {
        "crp": own["crp_rest"] * wobble(0.4) + own["crp_active"] * active * wobble(0.3) + (40 * wobble(0.7) if infected else 0),
        "fcp": (own["fcp_rest"] + own["fcp_active"] * active) * wobble(0.42),
        "hb": hb, "hct": hb * 3.0 * wobble(0.015), "anc": anc, "alc": alc, "wbc": anc + alc + own["other_white"] * wobble(0.15),
        "platelets": own["platelets"] * (1 + 0.35 * min(active, 2)) * wobble(0.08),
        "alt": own["alt"] * (1.15 if treated else 1) * liver * wobble(0.18),
        "ast": own["ast"] * (1.15 if treated else 1) * (1 + (liver - 1) * 0.7) * (1.6 if trained else 1) * wobble(0.12),
        "alp": own["alp"] * wobble(0.065) * (1 + (liver - 1) * 0.1),
        "bilirubin": own["bilirubin"] * wobble(own["bilirubin_cv"]) * (1.4 if liver > 5 else 1),
        "cpk": own["cpk"] * (own["cpk_rise"] if treated else 1) * wobble(0.23) * (rng.uniform(2, 10) if trained else 1),
        "ldl": ldl, "hdl": hdl, "triglycerides": tg, "cholesterol": ldl + hdl + tg / 5,
        "creatinine": creatinine, "egfr": _ckd_epi_2021(round(creatinine, 2), person["age"], person["sex"]),
        "albumin": (own["albumin"] - own["albumin_loss"] * min(active, 1.8)) * wobble(0.03),
    }


def _ckd_epi_2021(creatinine, age, sex):
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "female" else (0.9, -0.302, 1.0)
    share = creatinine / kappa
    return 142 * min(share, 1) ** alpha * max(share, 1) ** -1.2 * 0.9938**age * factor


def _printed(analyte, value):
    return str(_rounded(Decimal(repr(max(value, FLOOR[analyte]))), DECIMALS[analyte]))


def _rounded(value, decimals):
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def unaltered(n=2000, seed=1):
    """`n` plausible series, each of one analyte of one patient, with at least two values; the analytes in turn."""
    found = []
    people = iter(patients(n + n // 5, seed))
    while len(found) < n:
        analyte = ANALYTES[len(found) % len(ANALYTES)]
        person = next(people)
        if len(person["values"][analyte]) >= 2:
            found.append({"analyte": analyte, "unit": CANONICAL[analyte], "patient": person["id"], "sex": person["sex"], "values": person["values"][analyte]})
    return found


# Slips

def slips(seed=1, each=50):
    """Slips of true values, with and without an earlier value of the same patient.

    Each is {"analyte", "kind", "text", "unit", "true", "factor", "earlier", "days"}:
    `text` is what was typed without a unit, `unit` the clinic's unit in which it is therefore read, `true` the right value and `earlier` the
    value before it (or None), both in the canonical unit; `factor` is the reading divided by the truth.
    Kinds: "x10", "/10", "x1000"; "U typed as C": the number of unit U typed where the clinic uses C (each pair of different units).
    """
    rng = random.Random(f"slips {seed}")
    people = patients(400, seed=f"slips {seed}")
    return [
        _slip(rng, people, analyte, kind, with_earlier)
        for analyte in ANALYTES
        for kind in kinds(analyte)
        for with_earlier in (True, False)
        for _ in range(each)
    ]


def kinds(analyte):
    units = (CANONICAL[analyte], *OTHER[analyte])
    return ("x10", "/10", "x1000", *(f"{a} typed as {b}" for a in units for b in units if a != b))


def _slip(rng, people, analyte, kind, with_earlier):
    while True:
        values = rng.choice(people)["values"][analyte]
        if len(values) < 2:
            continue
        at = rng.randrange(1, len(values))
        (before, earlier), (week, true) = values[at - 1], values[at]
        text, unit = _typed(analyte, Decimal(true), kind)
        read = Decimal(text) * _per(analyte, unit)
        if read != Decimal(true) and Decimal(text) != 0:
            return {"analyte": analyte, "kind": kind, "text": text, "unit": unit, "true": true, "factor": float(read / Decimal(true)),
                    "earlier": earlier if with_earlier else None, "days": 7 * (week - before) if with_earlier else None}


def _typed(analyte, true, kind):
    shift = {"x10": Decimal(10), "/10": Decimal("0.1"), "x1000": Decimal(1000)}.get(kind)
    if shift:
        return f"{(true * shift).normalize():f}", CANONICAL[analyte]
    meant, _, clinic = kind.partition(" typed as ")
    decimals = DECIMALS[analyte] if meant == CANONICAL[analyte] else OTHER[analyte][meant][1]
    return str(_rounded(true / _per(analyte, meant), decimals)), clinic


def _per(analyte, unit):
    return Decimal(1) if unit == CANONICAL[analyte] else Decimal(OTHER[analyte][unit][0])


# Measuring

def rate(items, asked):
    items = list(items)
    return sum(map(asked, items)) / len(items)


def pairs(series):
    """Each value of a series with the one before it: what a jump check sees. (earlier or None, weeks between, value)"""
    before = None
    for week, text in series["values"]:
        yield (before[1] if before else None), (week - before[0] if before else None), text
        before = (week, text)


def most_that_can_be_found(disturbed, each=200, people=3000):
    """The best of all rules that see one number and its analyte, and ask about at most `disturbed` of the first values that are right.

    Numbers are told apart by a twentieth of a power of ten. Those that are slips the most often for each that is right are asked about
    first, until as many as may be are disturbed (the lemma of Neyman and Pearson): no other choice of numbers finds more.
    """
    wrong, right = Counter(), Counter()
    for slip in slips("best", each):
        if slip["earlier"] is None:
            wrong[slip["analyte"], _size(Decimal(slip["text"]) * _per(slip["analyte"], slip["unit"]))] += 1
    for person in patients(people, "best"):
        for analyte, values in person["values"].items():
            if values:
                right[analyte, _size(Decimal(values[0][1]))] += 1
    found, left = 0.0, disturbed * right.total()
    for number in sorted(wrong, key=lambda number: right[number] / wrong[number]):
        share = min(1.0, left / right[number]) if right[number] else 1.0
        found += share * wrong[number]
        left -= share * right[number]
    return found / wrong.total()


def _size(value):
    return round(20 * math.log10(value))
