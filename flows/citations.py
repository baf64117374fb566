"""Where a number or a rule comes from, on whose authority, and whether we have read it there."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Authority(StrEnum):
    """Who says so; never blended (CLINICAL.md D1)."""

    PROTOCOL = "protocol"
    US_LABEL = "us_label"
    EU_LABEL = "eu_label"
    GB_LABEL = "gb_label"
    AU_LABEL = "au_label"
    GUIDELINE = "guideline"
    PRACTICE = "practice"
    POLICY = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source; `name` is what a headline calls it, `read_in` None means to be confirmed.

    `is_secondary`: what was read speaks of the source, and a pharmacist is still to read the source itself.
    """

    name: str
    title: str
    authority: Authority
    place: str = ""
    read_in: str | None = None
    is_secondary: bool = field(default=False, repr=False)
    cited: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Every finding of a report is written with it."""
        object.__setattr__(self, "cited", f"{self.title}, {self.place}" if self.place else self.title)

    def at(self, place: str) -> "Citation":
        return replace(self, place=place)

    @property
    def state(self) -> str:
        if self.read_in is None:
            return "to be confirmed"
        return f"read in {self.read_in}{'; the source itself to be confirmed' if self.is_secondary else ''}"

    @property
    def is_confirmed(self) -> bool:
        return self.read_in is not None and not self.is_secondary

    def __str__(self) -> str:
        return self.cited


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule, a number with its unit, or a sentence that the bot can say, and whose it is."""

    says: str
    source: Citation


PROTOCOL = Citation(
    name="protocol",
    title="Upadacitinib in biologic-resistant patients protocol (Smolecule, February 2026)",
    authority=Authority.PROTOCOL,
    read_in="the protocol itself",
)
HARVEY_BRADSHAW_1980 = Citation(
    name="HBI",
    title="Harvey RF, Bradshaw JM. A simple index of Crohn's-disease activity. Lancet 1980;1:514",
    authority=Authority.PRACTICE,
    read_in="badgut.org, assessing IBD; an MIT-licensed calculator and its tests",
)
BEST_1976 = Citation(
    name="CDAI (Crohn's)",
    title="Best WR et al. Development of a Crohn's disease activity index. Gastroenterology 1976;70:439-44",
    authority=Authority.PRACTICE,
    read_in="igibdscores.it; two MIT-licensed calculators and their tests",
    is_secondary=True,
)
PRO2_WEIGHTS = Citation(
    name="weighted PRO2",
    title="PRO2 of Crohn's disease, 2 x stool frequency + 5 x abdominal pain",
    authority=Authority.PRACTICE,
    read_in="an open library of scores; NCT06045754 as shown by trials.co",
)
DAPERNO_2004 = Citation(
    name="SES-CD",
    title="Daperno M et al. Simple endoscopic score for Crohn's disease. Gastrointest Endosc 2004;60:505-12",
    authority=Authority.PRACTICE,
    read_in="Gut, table 8 of a guideline; NCT06227910 as shown by inclinicaltrials.com; an MIT-licensed calculator",
)
SCHROEDER_1987 = Citation(
    name="Mayo score",
    title="Schroeder KW, Tremaine WJ, Ilstrup DM. Mayo score. N Engl J Med 1987;317:1625-9",
    authority=Authority.PRACTICE,
    read_in="a public clinic form",
)
TRAVIS_2012 = Citation(
    name="UCEIS",
    title="Travis SPL et al. Ulcerative colitis endoscopic index of severity. Gut 2012;61:535-42",
    authority=Authority.PRACTICE,
    read_in="an MIT-licensed calculator and its tests; e-ce.org 7665",
)
WALMSLEY_1998 = Citation(
    name="SCCAI",
    title="Walmsley RS et al. A simple clinical colitis activity index. Gut 1998;43:29-32",
    authority=Authority.PRACTICE,
    read_in="an open library of scores; 603 visits of the HMP2 cohort",
)
ACG_2025 = Citation(
    name="ACG 2025",
    title="ACG clinical guideline: ulcerative colitis in adults. Am J Gastroenterol 2025;120:1187",
    authority=Authority.GUIDELINE,
    read_in="gutsandgrowth.com",
    is_secondary=True,
)
ECCO_ESGAR = Citation(
    name="ECCO-ESGAR",
    title="ECCO-ESGAR guideline for diagnostic assessment in IBD, statement on SCCAI",
    authority=Authority.GUIDELINE,
    read_in="the statement's text, as shown by researchhub",
)
HBI_RESPONSE = Citation(
    name="published use",
    title="HBI response, a drop of at least 3, as trials use it; the protocol defines none",
    authority=Authority.PRACTICE,
    read_in="PMC9923295, table 1",
)
STRIDE_II = Citation(
    name="STRIDE-II",
    title="STRIDE-II: treatment targets in IBD. Gastroenterology 2021;160:1570-83",
    authority=Authority.GUIDELINE,
    read_in="PMC9585668, table 1",
)
STRIDE_II_TARGETS = replace(STRIDE_II, place="targets and response", read_in="wjgnet.com, v30/i1/50, table 2")
STRIDE_II_SECOND_LIMB = replace(STRIDE_II, place="bleeding 0 and stool frequency 0", read_in=None)
NCT05069259 = Citation(
    name="NCT05069259",
    title="NCT05069259, primary endpoint",
    authority=Authority.PRACTICE,
    read_in="the trial's registration, as shown by crick.ai",
)

# What the upadacitinib programme in Crohn's disease and colitis calls remission and response.
UPADACITINIB_TRIALS = Citation(
    name="upadacitinib trials",
    title="Endpoints of the phase 3 programme of upadacitinib in Crohn's disease and ulcerative colitis",
    authority=Authority.PRACTICE,
)
SF_AP_RESPONSE = replace(
    UPADACITINIB_TRIALS, place="clinical response by SF and AP", read_in="NCT03345849 as shown by inclinicaltrials.com"
)
ENDOSCOPIC_RESPONSE = replace(
    STRIDE_II_TARGETS, place="endoscopic response; the rule at a baseline of 4 is to be confirmed"
)
CELEST = Citation(
    name="CELEST",
    title="Sandborn WJ et al. Upadacitinib in Crohn's disease, phase 2. Gastroenterology 2020",
    authority=Authority.PRACTICE,
    read_in="PMC10588778, table 1",
)
NCT06045754 = Citation(
    name="NCT06045754",
    title="NCT06045754, endpoints",
    authority=Authority.PRACTICE,
    read_in="the trial's registration, as shown by trials.co",
)

# Its name is short, as a headline has to bear it.
UC_PRO2_REMISSION = Citation(
    name="colitis review",
    title="Treat to target in ulcerative colitis, a review",
    authority=Authority.GUIDELINE,
    place="PRO2 remission",
    read_in="PMC8658443, table 1",
)
FULL_MAYO_RESPONSE = Citation(
    name="full Mayo trials",
    title="Clinical response by the full Mayo score, as trials of colitis use it",
    authority=Authority.PRACTICE,
    read_in="PMC9585668, table 1; PMC9923295, table 1",
)

CITATIONS = (
    PROTOCOL,
    HARVEY_BRADSHAW_1980,
    BEST_1976,
    PRO2_WEIGHTS,
    DAPERNO_2004,
    SCHROEDER_1987,
    TRAVIS_2012,
    WALMSLEY_1998,
    HBI_RESPONSE,
    STRIDE_II,
    STRIDE_II_SECOND_LIMB,
    ACG_2025,
    ECCO_ESGAR,
    NCT05069259,
    UPADACITINIB_TRIALS,
    SF_AP_RESPONSE,
    ENDOSCOPIC_RESPONSE,
    CELEST,
    NCT06045754,
    UC_PRO2_REMISSION,
    FULL_MAYO_RESPONSE,
)
