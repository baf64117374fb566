"""Has the patient reached what the protocol aims at? CLINICAL.md section 2, E1 and E3."""

from dataclasses import dataclass

from flows.citations import NCT05069259, PROTOCOL, STRIDE_II, STRIDE_II_SECOND_LIMB
from flows.criteria import Facts, Finding, Rule, Verdict, all_of, any_of
from flows.instruments.hbi import HBI
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.protocol.facts import criterion
from flows.questionnaire import Questionnaire

HBI_REMISSION_BELOW = 5
PMS_REMISSION_AT_MOST = 2
STRIDE_II_PMS_BELOW = 3
SUBSCORE_AT_MOST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The protocol's finding on an endpoint, and those of other authorities whose verdict is another."""

    endpoint: "Endpoint"
    finding: Finding
    differs: tuple[Finding, ...]
    flags: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Nothing that is still unknown can change a verdict, ours or another's."""
        return all(each.verdict.is_decided for each in (self.finding, *self.differs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The protocol's rule first, then what others say; `flags` mark a met verdict for its reader.

    `highest_met` is the highest total that meets the rule, `target` the rule as a headline puts it.
    """

    id: str
    instrument: Questionnaire
    target: str
    highest_met: int
    rule: Rule
    others: tuple[Rule, ...] = ()
    flags: tuple[tuple[str, Rule], ...] = ()

    def judge(self, facts: Facts) -> Judgement:
        finding = self.rule.judge(facts)
        others = (other.judge(facts) for other in self.others)
        raised = (name for name, rule in self.flags if rule.judge(facts).verdict is Verdict.MET)
        return Judgement(
            endpoint=self,
            finding=finding,
            differs=tuple(other for other in others if other.verdict is not finding.verdict),
            flags=tuple(raised) if finding.verdict is Verdict.MET else (),
        )


@criterion(f"HBI < {HBI_REMISSION_BELOW}", PROTOCOL.at("efficacy endpoints, ref 1"))
def hbi_is_low_enough(hbi: float) -> bool:
    return hbi < HBI_REMISSION_BELOW


@criterion(f"PMS <= {PMS_REMISSION_AT_MOST}", PROTOCOL.at("efficacy endpoints, ref 1"))
def pms_is_low_enough(pms: float) -> bool:
    return pms <= PMS_REMISSION_AT_MOST


@criterion(f"PMS < {STRIDE_II_PMS_BELOW}", STRIDE_II)
def pms_is_low_enough_for_stride_ii(pms: float) -> bool:
    return pms < STRIDE_II_PMS_BELOW


@criterion(f"no subscore above {SUBSCORE_AT_MOST}", STRIDE_II)
def no_subscore_is_high(pms_worst: float) -> bool:
    return pms_worst <= SUBSCORE_AT_MOST


@criterion(f"a subscore above {SUBSCORE_AT_MOST}", STRIDE_II)
def a_subscore_is_high(pms_worst: float) -> bool:
    return pms_worst > SUBSCORE_AT_MOST


@criterion("bleeding 0 and stool frequency 0", STRIDE_II_SECOND_LIMB)
def neither_stools_nor_bleeding(pms_sf_rb: float) -> bool:
    return pms_sf_rb == 0


CD_CLINICAL_REMISSION = Endpoint(
    id="cd.clinical_remission.hbi",
    instrument=HBI,
    target=f"remission < {HBI_REMISSION_BELOW}",
    highest_met=HBI_REMISSION_BELOW - 1,
    rule=hbi_is_low_enough,
)

UC_CLINICAL_REMISSION = Endpoint(
    id="uc.clinical_remission.pms",
    instrument=PARTIAL_MAYO,
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

CLINICAL_REMISSION = (CD_CLINICAL_REMISSION, UC_CLINICAL_REMISSION)
