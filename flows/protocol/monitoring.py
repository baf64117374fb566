"""The monitoring schedule as data: each item with what its sources say, its days and its window. CLINICAL.md section 4.

Where several labels say the same, all are listed, US first.
"""

from datetime import date, timedelta

from flows.citations import PROTOCOL, Authority, Citation, Stated
from flows.history import Region
from flows.protocol.baseline_items import SCREENING_ITEMS
from flows.protocol.induction import CD_LAST_WEEK, INDUCTIONS, LABEL_CD_WEEKS, PROTOCOL_CD_WEEKS
from flows.protocol.kinds import DAYS_A_WEEK, Baseline, Every, Interval, Once
from flows.protocol.sources import (
    COLITIS_TARGET_TIMES,
    EARLY_LABORATORY,
    HBV_GUIDANCE,
    OUR_SCHEDULE,
    READ_IN_GB,
    READ_IN_MALAYSIA,
    TARGET_TIMES,
    US_INDICATION,
)
from flows.questionnaire import Disease
from flows.treatment import LONGEST_SHIFT, UC_EXTENDED_WEEKS, UC_INDUCTION_WEEKS

CD, UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS

ONGOING = PROTOCOL.at("safety monitoring, ongoing monitoring, ref 5")
BIOMARKERS = PROTOCOL.at("biomarker normalization, refs 1 and 6")
CONTRACEPTION = (US_INDICATION, *READ_IN_GB)
_WARNINGS = (US_INDICATION, *READ_IN_MALAYSIA)


def label_sources(disease: Disease) -> tuple[Citation, ...]:
    """The labels on the length of induction, US first."""
    return tuple(INDUCTIONS[disease][region.label].source for region in Region)


def extending_sources(disease: Disease) -> tuple[Citation, ...]:
    return tuple(each for each in label_sources(disease) if each.authority is not Authority.US_LABEL)


# A later value is the late one of a one-off item for so long after its due day; after that the series has its place.
LATE_FOR_DAYS = 180
# The first laboratory values of the series are those of week 12, the first scores those of the end of induction.
LABORATORY_FROM_DAY = dict.fromkeys((CD, UC), 70)
SCORES_FROM_DAY = {CD: 70, UC: 42}
# Below this eGFR creatinine belongs to the repeated laboratory values.
CREATININE_BELOW_EGFR = 60

_SUCCESSORS = {
    **dict.fromkeys(("cbc", "lft"), ("early_lab",)),
    "lipid": ("wk12_lipid",),
    **dict.fromkeys(("score", "bio"), ("wk8_cd", "ind_end_uc")),
    "endo": ("endo_cd", "endo_uc"),
}
_BY_REGION = {"preg": CONTRACEPTION, "meds": _WARNINGS}


def _baseline(code: str) -> Baseline:
    """An item of screening, with what becomes of it after the first dose."""
    item = SCREENING_ITEMS[code]
    return Baseline(
        id=f"base_{code}",
        title=item.title,
        sources=_BY_REGION.get(code, (item.source,)),
        within=None if item.window is None else item.window.days,
        late=item.late_counts,
        successors=_SUCCESSORS.get(code, ()),
    )


BASELINE = tuple(_baseline(code) for code in SCREENING_ITEMS)

_PROTOCOL_CD = f"{PROTOCOL.name}: induction of {PROTOCOL_CD_WEEKS} weeks"


def _week_12(item: str, title: str, source: Citation, series: str) -> Once:
    return Once(id=item, title=f"Week 12: {title}", sources=(source,), says="at week 12", at=84, before=14, after=14,
                series=series)  # fmt: skip


ONCE = (
    Once(id="early_lab", title="Blood count, liver tests; CPK with symptoms", sources=(EARLY_LABORATORY,),
         says="4 to 8 weeks after the first dose", at=28, before=10, after=38, successor="wk12_cbc"),
    Once(id="wk8_cd", title="Week 8: HBI, CRP, calprotectin", sources=(OUR_SCHEDULE,), disease=CD,
         says=f"at week {PROTOCOL_CD_WEEKS}, whichever length of induction", at=PROTOCOL_CD_WEEKS * DAYS_A_WEEK,
         before=14, after=14, successor="ind_end_cd", follows_induction=True),
    Once(id="ind_end_uc", title="End of induction, response: PMS, CRP, calprotectin", sources=label_sources(UC),
         says=f"induction of {UC_INDUCTION_WEEKS} weeks", at=UC_INDUCTION_WEEKS * DAYS_A_WEEK, disease=UC,
         before=14, after=7, series="clin", follows_induction=True),
    Once(id="ind_end_cd", title="End of induction, response: HBI, CRP, calprotectin", sources=label_sources(CD),
         says=f"induction of {LABEL_CD_WEEKS} weeks", at=LABEL_CD_WEEKS * DAYS_A_WEEK, disease=CD,
         before=14, after=7, series="clin", follows_induction=True, differs=_PROTOCOL_CD),
    _week_12("wk12_cbc", "blood count", ONGOING, "rep_lab"),
    _week_12("wk12_lft", "liver tests", ONGOING, "rep_lab"),
    _week_12("wk12_lipid", "lipids", ONGOING, "rep_lipid"),
    _week_12("wk12_bio", "CRP, calprotectin", BIOMARKERS, "bio"),
    Once(id="endo_cd", title="Ileocolonoscopy, SES-CD", sources=(TARGET_TIMES,), disease=CD,
         says="6 to 9 months after the first dose", at=180, before=30, after=120, counts_from=70),
    Once(id="endo_uc", title="Endoscopy, MES", sources=(TARGET_TIMES, COLITIS_TARGET_TIMES), disease=UC,
         says="3 to 6 months after the first dose", at=90, before=30, after=120, counts_from=49),
)  # fmt: skip

# Of the EU, GB and AU labels, where there was no response at the end of induction.
EXTENSIONS = (
    Once(id="ext_uc", title="Response after the longer induction", sources=extending_sources(UC), disease=UC,
         says=f"without a response at the end of induction it is looked for again at week {UC_EXTENDED_WEEKS}",
         at=UC_EXTENDED_WEEKS * DAYS_A_WEEK, before=7, after=7, series="clin", follows_induction=True),
    Once(id="ext_cd", title="Benefit after an inadequate response", sources=extending_sources(CD), disease=CD,
         says=f"without a response at the end of induction benefit is looked for by week {CD_LAST_WEEK}",
         at=CD_LAST_WEEK * DAYS_A_WEEK, before=7, after=7, series="clin", follows_induction=True),
)  # fmt: skip

_THREE_TO_SIX_MONTHS = Interval(due=90, opens=69, overdue=180)
_SIX_TO_TWELVE_MONTHS = Interval(due=180, opens=159, overdue=365)
_QUARTERLY = Interval(due=90, opens=69, overdue=111)
_YEARLY = Interval(due=365, opens=305, overdue=425)
_PERIODICALLY = "periodically after week 12, as every 3 to 6 months"
_UNTIL_RESOLVED = "every 3 months until resolved, then every 6 to 12 months"

SERIES = (
    Every(id="rep_lab", title="Blood count, liver tests", sources=(ONGOING,), says=_PERIODICALLY,
          interval=_THREE_TO_SIX_MONTHS, since=LABORATORY_FROM_DAY),
    Every(id="rep_lipid", title="Lipids", sources=(ONGOING,), says=_PERIODICALLY, interval=_THREE_TO_SIX_MONTHS,
          since=LABORATORY_FROM_DAY),
    Every(id="clin", title="Clinical score", sources=(TARGET_TIMES,), says=_UNTIL_RESOLVED,
          interval=_THREE_TO_SIX_MONTHS, relaxed=_SIX_TO_TWELVE_MONTHS, since=SCORES_FROM_DAY),
    Every(id="bio", title="CRP, calprotectin", sources=(TARGET_TIMES,), says=_UNTIL_RESOLVED,
          interval=_THREE_TO_SIX_MONTHS, relaxed=_SIX_TO_TWELVE_MONTHS, since=SCORES_FROM_DAY),
    Every(id="hbv_dna", title="HBV DNA, ALT", sources=(HBV_GUIDANCE,), interval=_QUARTERLY,
          says="every 3 months where anti-HBc is positive and HBsAg negative"),
    Every(id="tb_re", title="Tuberculosis: symptoms, IGRA at risk", sources=(US_INDICATION, OUR_SCHEDULE),
          says="again during treatment", interval=_YEARLY),
    Every(id="skin", title="Full skin examination", sources=_WARNINGS, interval=_YEARLY,
          says="periodically at a higher risk of skin cancer"),
)  # fmt: skip

_EVERY: tuple[Baseline | Once | Every, ...] = (*BASELINE, *ONCE, *EXTENSIONS, *SERIES)
ITEMS = {each.id: each for each in _EVERY}


def counts_since(item: str, due: date) -> date | None:
    """The first day whose value counts for an item that is due on a day, where that is before its window."""
    found = ITEMS.get(item)
    if not isinstance(found, Once) or found.counts_from is None:
        return None
    return due - timedelta(days=found.at - found.counts_from)


_AFTER: tuple[Once | Every, ...] = (*ONCE, *EXTENSIONS, *SERIES)
STATED = (
    *(Stated(f"{item.title}: {item.says}", source) for item in _AFTER for source in item.sources),
    *(Stated(f"{item.title}: {item.window}", OUR_SCHEDULE) for item in _AFTER),
    *(
        Stated(f"{SCREENING_ITEMS[code].title}: before the first dose", source)
        for code, sources in _BY_REGION.items()
        for source in sources
        if source != SCREENING_ITEMS[code].source
    ),
    Stated(
        f"after the first dose a baseline value still counts as late of: "
        f"{', '.join(each.title for each in SCREENING_ITEMS.values() if each.late_counts)}",
        OUR_SCHEDULE,
    ),
    Stated(f"a later value is the late one of a one-off item up to {LATE_FOR_DAYS} days after its day", OUR_SCHEDULE),
    Stated(f"an interruption of up to {LONGEST_SHIFT.days} days shifts what goes with the induction", OUR_SCHEDULE),
    Stated(f"creatinine belongs to the repeated values where eGFR < {CREATININE_BELOW_EGFR}", OUR_SCHEDULE),
)
