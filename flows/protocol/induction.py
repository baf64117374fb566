"""How long each authority gives the induction dose. CLINICAL.md section 3 and D2."""

from dataclasses import dataclass

from flows.citations import PROTOCOL, Authority, Citation, Stated
from flows.protocol.sources import AU_DOSE, EU_DOSE, GB_DOSE, US_DOSE, US_DOSE_IN_UC, US_LABEL
from flows.questionnaire import Disease
from flows.treatment import CD_INDUCTION_WEEKS, INDUCTION_MG, UC_EXTENDED_WEEKS, UC_INDUCTION_WEEKS

PROTOCOL_CD_WEEKS, LABEL_CD_WEEKS = CD_INDUCTION_WEEKS
# Crohn's, EU, GB and AU labels: the dose after an inadequate benefit, and the week without benefit at which they end.
AFTER_INADEQUATE_BENEFIT_MG = 30
CD_LAST_WEEK = 24

NO_EXTENSION = Stated("no extension of induction in ulcerative colitis", US_LABEL)
_WITHOUT_RESPONSE = f"discontinuation without response at week {UC_EXTENDED_WEEKS}"
_WITHOUT_BENEFIT = f"discontinuation without benefit by week {CD_LAST_WEEK}"
_MAY_GO_ON = f"{UC_EXTENDED_WEEKS - UC_INDUCTION_WEEKS} more without adequate benefit; {_WITHOUT_RESPONSE}"
_THEN_30 = f"after an inadequate benefit {AFTER_INADEQUATE_BENEFIT_MG} mg, {_WITHOUT_BENEFIT}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Induction:
    """One authority's induction in one disease; `may_extend` where it knows the second half in colitis.

    `ends` is when it ends without a response, and `looked_for` that it is looked for by then; of a label that says so.
    """

    weeks: int
    source: Citation
    more: str = ""
    may_extend: bool = False
    ends: str = ""
    looked_for: str = ""

    @property
    def says(self) -> str:
        return "; ".join(filter(None, (f"{INDUCTION_MG} mg once daily for {self.weeks} weeks", self.more)))


def _colitis(source: Citation) -> Induction:
    return Induction(
        weeks=UC_INDUCTION_WEEKS,
        source=source,
        more=_MAY_GO_ON,
        may_extend=True,
        ends=_WITHOUT_RESPONSE,
        looked_for=f"response is looked for again at week {UC_EXTENDED_WEEKS}",
    )


def _crohns(source: Citation) -> Induction:
    return Induction(
        weeks=LABEL_CD_WEEKS,
        source=source,
        more=_THEN_30,
        ends=_WITHOUT_BENEFIT,
        looked_for=f"benefit is looked for by week {CD_LAST_WEEK}",
    )


_PROTOCOL_DOSING = PROTOCOL.at("dosing and treatment protocol, refs 3, 4")

INDUCTIONS = {
    Disease.CROHNS: {
        Authority.US_LABEL: Induction(weeks=LABEL_CD_WEEKS, source=US_DOSE),
        Authority.EU_LABEL: _crohns(EU_DOSE),
        Authority.GB_LABEL: _crohns(GB_DOSE),
        Authority.AU_LABEL: _crohns(AU_DOSE),
        Authority.PROTOCOL: Induction(weeks=PROTOCOL_CD_WEEKS, source=_PROTOCOL_DOSING),
    },
    Disease.ULCERATIVE_COLITIS: {
        Authority.US_LABEL: Induction(
            weeks=UC_INDUCTION_WEEKS, source=US_DOSE_IN_UC, more=f"{NO_EXTENSION.says} (to be confirmed)"
        ),
        Authority.EU_LABEL: _colitis(EU_DOSE),
        Authority.GB_LABEL: _colitis(GB_DOSE),
        Authority.AU_LABEL: _colitis(AU_DOSE),
        Authority.PROTOCOL: Induction(weeks=UC_INDUCTION_WEEKS, source=_PROTOCOL_DOSING),
    },
}
STATED = (
    *(
        Stated(f"induction, {disease.label}: {each.says}", each.source)
        for disease, by_authority in INDUCTIONS.items()
        for each in by_authority.values()
    ),
    NO_EXTENSION,
)
