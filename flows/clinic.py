"""Where a patient stands among those of a clinic, by the findings that the headline speaks of."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from flows.chart import Chart
from flows.criteria import Verdict
from flows.headline import is_qualified
from flows.protocol.endpoints import REMISSION
from flows.verdicts import Verdicts, verdicts


class Standing(StrEnum):
    REMISSION = "In remission"
    DIFFER = "Sources differ"
    NOT_IN_REMISSION = "Not in remission"
    UNDECIDED = "Undecided"
    UNSEEN = "Not seen on treatment"


@dataclass(slots=True)
class Survey:
    """The patients of a clinic as they stand on a day, each by their number; they are added in its order."""

    today: date
    stands: dict[int, Standing] = field(default_factory=dict)
    without_baseline: list[int] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number of the patient who was added last."""
        return next(reversed(self.stands), 0)

    def add(self, number: int, chart: Chart) -> None:
        """A patient without a first dose and without a score has not been seen; a chart alone may be a quick check."""
        found = verdicts(chart, self.today)
        is_new = chart.started_on is None and not found.remissions
        self.stands[number] = Standing.UNSEEN if is_new else standing_of(chart, found, self.today)
        self.without_baseline += [number] * lacks_baseline(chart, self.today)

    def those(self, standing: Standing) -> list[int]:
        return [number for number, found in self.stands.items() if found is standing]

    def counts(self) -> list[tuple[str, int]]:
        """Every patient once."""
        found = Counter(self.stands.values())
        return [(each.value, found[each]) for each in Standing]


def standing_of(chart: Chart, found: Verdicts, today: date) -> Standing:
    """In remission is who is so now, by symptoms, and by every authority that says anything of it."""
    main = found.main
    verdict = main.finding.verdict
    if _is_unseen(chart, found, today):
        return Standing.UNSEEN
    if is_qualified(main, found.remissions):
        return Standing.DIFFER
    if main.finding.as_of is None and verdict is Verdict.NOT_MET:
        return Standing.NOT_IN_REMISSION
    is_remission = main.finding.as_of is None and verdict is Verdict.MET and not main.endpoint.is_endoscopic
    return Standing.REMISSION if is_remission else Standing.UNDECIDED


def lacks_baseline(chart: Chart, today: date) -> bool:
    """Treated, without a score of symptoms that stands as a baseline (CLINICAL.md section 2)."""
    if chart.started_on is None or chart.before_treatment(today):
        return False
    sources = [each.source for each in REMISSION if each.disease is chart.disease and not each.is_endoscopic]
    return not any(of.baseline(chart, chart.scores) for of in sources)


def _is_unseen(chart: Chart, found: Verdicts, today: date) -> bool:
    if chart.blind:
        return False
    is_open = found.main.score is None and found.main.finding.verdict is Verdict.NOT_EVALUABLE
    return bool(chart.before_treatment(today)) or (is_open and chart.started_on is not None)
