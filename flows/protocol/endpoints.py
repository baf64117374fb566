"""Has the patient reached what the protocol aims at? CLINICAL.md section 2, E1, E3 and E7."""

from dataclasses import dataclass

from flows.chart import Chart, Score
from flows.citations import NCT05069259, STRIDE_II
from flows.criteria import Facts, Finding, Rule, Verdict, all_of, any_of
from flows.protocol.facts import READINGS
from flows.protocol.rules import (
    HBI_REMISSION_BELOW,
    MES_REMISSION_AT_MOST,
    PMS_REMISSION_AT_MOST,
    SCCAI_REMISSION_BELOW,
    UCEIS_REMISSION_AT_MOST,
    a_subscore_is_high,
    hbi_has_dropped,
    hbi_is_low_enough,
    mes_is_low_enough,
    mes_is_strictly_remission,
    neither_stools_nor_bleeding,
    no_subscore_is_high,
    pms_has_dropped,
    pms_is_low_enough,
    pms_is_low_enough_for_stride_ii,
    pms_was_low_enough,
    sccai_is_low_enough,
    uceis_is_low_enough,
)
from flows.questionnaire import Disease, Questionnaire
from flows.ranges import Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The finding on an endpoint, and those of other authorities whose verdict is another.

    `number` is what the endpoint looks at, where the chart has it, and `score` where it was found.
    """

    endpoint: "Endpoint"
    finding: Finding
    differs: tuple[Finding, ...]
    flags: tuple[str, ...]
    score: Score | None
    number: Range | None

    @property
    def is_certain(self) -> bool:
        """Nothing that is still unknown can change a verdict, ours or another's."""
        return all(each.verdict.is_decided for each in (self.finding, *self.differs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The rule first, then what others say; `flags` mark a met verdict for its reader.

    `reading` names the number that it looks at, `highest_met` is the highest that meets the rule, `aim` and
    `target` are its name and its rule as a headline puts them. An `optional` one is no gap where it was not done.
    """

    id: str
    disease: Disease
    reading: str
    aim: str
    target: str
    rule: Rule
    highest_met: int | None = None
    others: tuple[Rule, ...] = ()
    flags: tuple[tuple[str, Rule], ...] = ()
    optional: bool = False

    @property
    def short(self) -> str:
        return READINGS[self.reading].short

    def looks_at(self, questionnaire: Questionnaire) -> bool:
        return questionnaire in READINGS[self.reading].instruments

    def judge(self, chart: Chart, facts: Facts) -> Judgement:
        finding = self.rule.judge(facts)
        others = (other.judge(facts) for other in self.others)
        raised = (name for name, rule in self.flags if rule.judge(facts).verdict is Verdict.MET)
        reading = READINGS[self.reading]
        score = reading.score(chart)
        return Judgement(
            endpoint=self,
            finding=finding,
            differs=tuple(other for other in others if other.verdict is not finding.verdict),
            flags=tuple(raised) if finding.verdict is Verdict.MET else (),
            score=score,
            number=reading.number(score) if score else None,
        )


CD_CLINICAL_REMISSION = Endpoint(
    id="cd.clinical_remission.hbi",
    disease=Disease.CROHNS,
    reading="hbi",
    aim="remission",
    target=f"remission < {HBI_REMISSION_BELOW}",
    highest_met=HBI_REMISSION_BELOW - 1,
    rule=hbi_is_low_enough,
)

UC_CLINICAL_REMISSION = Endpoint(
    id="uc.clinical_remission.pms",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="pms",
    aim="remission",
    target=f"remission <= {PMS_REMISSION_AT_MOST}",
    highest_met=PMS_REMISSION_AT_MOST,
    rule=pms_is_low_enough,
    others=(
        any_of(
            all_of(pms_is_low_enough_for_stride_ii, no_subscore_is_high, source=STRIDE_II),
            neither_stools_nor_bleeding,
            source=STRIDE_II,
        ),
        all_of(pms_is_low_enough, no_subscore_is_high, source=NCT05069259),
    ),
    flags=(("subscore_gt1", a_subscore_is_high),),
)

UC_ENDOSCOPIC_REMISSION = Endpoint(
    id="uc.endoscopic_remission",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="mes",
    aim="endoscopic remission",
    target=f"remission <= {MES_REMISSION_AT_MOST}",
    highest_met=MES_REMISSION_AT_MOST,
    rule=mes_is_low_enough,
    others=(mes_is_strictly_remission,),
)

UC_REMISSION_BY_UCEIS = Endpoint(
    id="uc.endoscopic_remission.uceis",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="uceis",
    aim="endoscopic remission",
    target=f"remission <= {UCEIS_REMISSION_AT_MOST}",
    highest_met=UCEIS_REMISSION_AT_MOST,
    rule=uceis_is_low_enough,
    optional=True,
)

UC_REMISSION_BY_SCCAI = Endpoint(
    id="uc.clinical_remission.sccai",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="sccai",
    aim="remission",
    target=f"remission < {SCCAI_REMISSION_BELOW}",
    highest_met=SCCAI_REMISSION_BELOW - 1,
    rule=sccai_is_low_enough,
    optional=True,
)

CD_CLINICAL_RESPONSE = Endpoint(
    id="cd.clinical_response.hbi",
    disease=Disease.CROHNS,
    reading="hbi",
    aim="clinical response",
    target=hbi_has_dropped.says,
    rule=hbi_has_dropped,
)

UC_CLINICAL_RESPONSE = Endpoint(
    id="uc.clinical_response.pms",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="pms",
    aim="clinical response",
    target=pms_has_dropped.says,
    rule=pms_has_dropped,
    flags=(("baseline_in_remission", pms_was_low_enough),),
)

# In the order in which a headline prefers them.
REMISSION = (
    CD_CLINICAL_REMISSION,
    UC_CLINICAL_REMISSION,
    UC_ENDOSCOPIC_REMISSION,
    UC_REMISSION_BY_UCEIS,
    UC_REMISSION_BY_SCCAI,
)

# Against a baseline, and so never of a quick check.
RESPONSE = (CD_CLINICAL_RESPONSE, UC_CLINICAL_RESPONSE)
