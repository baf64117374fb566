"""Where a number or a rule comes from, on whose authority, and whether we have read it there."""

from dataclasses import dataclass, replace
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
    """A source; `name` is what a headline calls it, `read_in` None means to be confirmed."""

    name: str
    title: str
    authority: Authority
    place: str = ""
    read_in: str | None = None

    def at(self, place: str) -> "Citation":
        return replace(self, place=place)

    @property
    def state(self) -> str:
        return f"read in {self.read_in}" if self.read_in else "to be confirmed"

    def __str__(self) -> str:
        return f"{self.title}, {self.place}" if self.place else self.title


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
STRIDE_II_SECOND_LIMB = replace(STRIDE_II, place="bleeding 0 and stool frequency 0", read_in=None)
NCT05069259 = Citation(
    name="NCT05069259",
    title="NCT05069259, primary endpoint",
    authority=Authority.PRACTICE,
    read_in="the trial's registration, as shown by crick.ai",
)

CITATIONS = (
    PROTOCOL,
    HARVEY_BRADSHAW_1980,
    SCHROEDER_1987,
    TRAVIS_2012,
    WALMSLEY_1998,
    HBI_RESPONSE,
    STRIDE_II,
    STRIDE_II_SECOND_LIMB,
    ACG_2025,
    ECCO_ESGAR,
    NCT05069259,
)
