"""Which value satisfies which item of the schedule: the parts of each item, and what a part is called. CLINICAL.md D18.

`score` and `endoscopy` are those of the disease: HBI and SES-CD, or PMS and MES.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from operator import attrgetter

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.citations import Stated
from flows.history import Handled
from flows.protocol.baseline_values import PANELS
from flows.protocol.sources import OUR_SCHEDULE
from flows.questionnaire import Disease
from flows.remembered import remembered

_day = attrgetter("on")
CBC, LFT, LIPIDS, MARKERS = (
    tuple(analyte for (analyte,) in PANELS[code].parts) for code in ("cbc", "lft", "lipid", "bio")
)

PARTS: Mapping[str, tuple[str, ...]] = {
    "base_cbc": CBC,
    "base_lft": LFT,
    "base_lipid": LIPIDS,
    "base_renal": ("renal",),
    "base_igra": ("igra",),
    "base_chest": ("chest",),
    "base_hbv": ("hbsag", "anti_hbc"),
    "base_hcv": ("anti_hcv",),
    "base_zoster": ("zoster",),
    "base_cv": ("cv",),
    "base_preg": ("preg",),
    "base_meds": ("meds",),
    "base_score": ("score",),
    "base_bio": MARKERS,
    "base_endo": ("endoscopy",),
    "base_cpk": ("cpk",),
    "dose_step": (),
    "early_lab": (*CBC, *LFT),
    "wk8_cd": ("score", *MARKERS),
    "ind_end_uc": ("score", *MARKERS),
    "ind_end_cd": ("score", *MARKERS),
    "wk12_cbc": CBC,
    "wk12_lft": LFT,
    "wk12_lipid": LIPIDS,
    "wk12_bio": MARKERS,
    "ext_uc": ("score",),
    "ext_cd": ("score",),
    "rep_lab": (*CBC, *LFT),
    "rep_lipid": LIPIDS,
    "clin": ("score",),
    "bio": MARKERS,
    "endo_cd": ("endoscopy",),
    "endo_uc": ("endoscopy",),
    "hbv_dna": ("hbv_dna", *LFT),
    "tb_re": ("tb_re",),
    "skin": ("skin",),
    "cpk": ("cpk",),
    "ae_review": ("ae_review",),
    "contra_end": (),
    "lact_end": (),
}
# Either analyte is the part: an eGFR is computed from the creatinine of that sample.
SAME_PART: Mapping[str, str] = {"creatinine": "renal", "egfr": "renal"}
# What a laboratory reports on a sample: until then its result can be awaited. With the review for tuberculosis the
# IGRA is.
_LABORATORY = frozenset({*BY_CODE, *SAME_PART.values()})
_SAMPLED = _LABORATORY | {"igra", "tb_re", "hbsag", "anti_hbc", "hbv_dna", "anti_hcv"}
# What somebody asks and looks for, whatever is sampled with it.
_REVIEWED = frozenset({"tb_re"})

NAMES: Mapping[str, str] = {
    **{code: BY_CODE[code].title for code in (*CBC, *LFT, *LIPIDS, "crp", "cpk")},
    "fcp": "Calprotectin",
    "renal": "Creatinine or eGFR",
    "igra": "IGRA",
    "chest": "Chest imaging",
    "hbsag": "HBsAg",
    "anti_hbc": "anti-HBc",
    "hbv_dna": "HBV DNA",
    "anti_hcv": "anti-HCV",
    "hcv_rna": "HCV RNA",
    "zoster": "Zoster history and vaccination",
    "cv": "Cardiovascular, thrombosis and malignancy risk",
    "preg": "Pregnancy status and contraception",
    "meds": "Medication and vaccination review",
    "tb_re": "Review of symptoms of tuberculosis",
    "skin": "Skin examination",
    "ae_review": "Review of adverse events",
}
_OF_DISEASE: Mapping[tuple[str, Disease], str] = {
    ("score", Disease.CROHNS): "HBI",
    ("score", Disease.ULCERATIVE_COLITIS): "PMS",
    ("endoscopy", Disease.CROHNS): "SES-CD",
    ("endoscopy", Disease.ULCERATIVE_COLITIS): "MES",
}
# Their titles name an instrument of each disease.
_OF_ITS_DISEASE = ("base_score", "base_endo")


@cache
def names(parts: tuple[str, ...], disease: Disease) -> tuple[str, ...]:
    return tuple(NAMES.get(part) or _OF_DISEASE[part, disease] for part in parts)


def title_for(item: str, title: str, disease: Disease) -> str:
    """The title of an item; of a patient it names the instrument of the patient's disease, of a rule both."""
    return " and ".join(names(PARTS[item], disease)) if item in _OF_ITS_DISEASE else title


def is_of_laboratory(item: str) -> bool:
    """Whether values of the laboratory form are all that it wants."""
    return bool(PARTS[item]) and _LABORATORY.issuperset(PARTS[item])


def is_partly_of_laboratory(item: str) -> bool:
    """Whether a value of the laboratory form is something that it wants."""
    return not _LABORATORY.isdisjoint(PARTS[item])


def is_sampled(item: str) -> bool:
    """Whether it has a result to wait for."""
    return bool(PARTS[item]) and _SAMPLED.issuperset(PARTS[item])


def is_done_with_samples(item: str) -> bool:
    """Whether it is done once a sample is taken: a review for tuberculosis is not, though its IGRA may be awaited."""
    return is_sampled(item) and _REVIEWED.isdisjoint(PARTS[item])


def schedule_id(item: str) -> str | None:
    """The id of an item that a person named with or without `base_`; what is named alike on treatment goes first."""
    if item in PARTS:
        return item
    return f"base_{item}" if f"base_{item}" in PARTS else None


def meant(said: Handled, first_dose: date | None) -> str | None:
    """The id of the item that a person spoke of: a name that is that of a baseline item, too, up to the first dose."""
    baseline = f"base_{said.item}"
    if baseline in PARTS and (first_dose is None or said.on <= first_dose):
        return baseline
    return schedule_id(said.item)


@remembered
def sayings(chart: Chart, today: date) -> Mapping[str, tuple[Handled, ...]]:
    """What persons said up to a day instead of a value, by the id of the item, in the order of their days."""
    found: dict[str, list[Handled]] = {}
    for each in sorted(chart.handled, key=_day):
        item = meant(each, chart.started_on)
        if item is not None and each.on <= today:
            found.setdefault(item, []).append(each)
    return {item: tuple(said) for item, said in found.items()}


STATED = (
    Stated("the absence of bilirubin from the liver tests is no gap", OUR_SCHEDULE),
    Stated(
        "a value counts by the day of its sample for every item whose window contains that day; an earlier one does "
        "not count ahead, a later one counts as done late",
        OUR_SCHEDULE,
    ),
    Stated(
        "a symptom score with a gap counts where its lowest and highest total lie on the same side of remission; an "
        "endoscopy counts with segments that were not reached",
        OUR_SCHEDULE,
    ),
    Stated("what a person marked as done without a value counts; its result is named as not entered", OUR_SCHEDULE),
)
