"""What an endpoint is, and what is found on it in a chart."""

from dataclasses import dataclass, field

from msgspec import Struct

from flows.chart import Score
from flows.criteria import Finding, Rule, Verdict
from flows.protocol.facts import READINGS, SOURCES, Gathered, Source
from flows.questionnaire import Disease, Questionnaire
from flows.ranges import Range

# The flags as a clinician reads them.
FLAGS = {"subscore_gt1": "a subscore above 1", "baseline_in_remission": "in remission at baseline already"}
# Asked for so often that it is found once (DECISIONS.md, record 86).
_MET, _OPEN = Verdict.MET, Verdict.NOT_EVALUABLE


class Judgement(Struct, frozen=True, kw_only=True):
    """The finding on an endpoint, and those of other authorities whose verdict is another.

    `number` is what the endpoint looks at, where the chart has it, `score` where it was found, and `baseline` the same
    number then; `of_baseline` is said of one that counts because somebody accepted it, or that is not taken whole.
    """

    endpoint: "Endpoint"
    finding: Finding
    differs: tuple[Finding, ...]
    flags: tuple[str, ...]
    score: Score | None
    number: Range | None
    baseline: Range | None
    of_baseline: str = ""

    @property
    def flagged(self) -> list[str]:
        """The flags in words."""
        return [FLAGS[each] for each in self.flags]

    @property
    def is_told(self) -> bool:
        """Not where it is optional and left open by a total in which it does not stand: nobody owes its items."""
        if not self.endpoint.optional or self.finding.verdict is not _OPEN or self.score is None:
            return True
        return self.score.speaks_of(*self.endpoint.source.items)

    @property
    def is_certain(self) -> bool:
        """Nothing that is still unknown can change a verdict, ours or another's."""
        return all(each.verdict.is_decided for each in (self.finding, *self.differs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """The rule first, then what others say; `flags` mark a met verdict for its reader.

    `reading` names the number that it looks at, `highest_met` is the highest that meets the rule, `aim` and
    `target` are its name and its rule as a headline puts them. `short_of_it` is how other authorities call a result
    that meets our rule and not theirs. An `optional` one is no gap where it was not done. `remark` stands behind whose
    verdict it is.
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
    short_of_it: str = ""
    remark: str = ""
    source: Source = field(init=False, repr=False, compare=False)
    is_endoscopic: bool = field(init=False, repr=False, compare=False)
    is_response: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Where its number is found, and of what kind it is: asked for in every sentence on it."""
        object.__setattr__(self, "source", SOURCES[READINGS[self.reading].source])
        object.__setattr__(self, "is_endoscopic", self.aim.startswith("endoscopic"))
        object.__setattr__(self, "is_response", self.aim.endswith("response"))

    def looks_at(self, questionnaire: Questionnaire) -> bool:
        return questionnaire in self.source.instruments

    def has_score(self, gathered: Gathered) -> bool:
        return gathered.readings[self.reading].pair.now is not None

    def judge(self, gathered: Gathered) -> Judgement:
        finding, read = self.rule.judge(gathered), gathered.readings[self.reading]
        differs = [found for other in self.others if (found := other.judge(gathered)).verdict is not finding.verdict]
        return Judgement(
            endpoint=self,
            finding=finding,
            differs=tuple(differs),
            flags=self._raised(gathered) if finding.verdict is _MET else (),
            score=read.pair.now,
            number=read.now,
            baseline=read.then,
            of_baseline=read.pair.of_baseline,
        )

    def _raised(self, gathered: Gathered) -> tuple[str, ...]:
        return tuple([name for name, rule in self.flags if rule.judge(gathered).verdict is _MET])
