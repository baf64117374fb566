"""The numbers that rules may ask for by name, and how they are found in a chart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from flows import criteria
from flows.chart import BASELINE_WINDOW, ENDOSCOPY_WINDOW, Chart, MonthScore, Score, day_or_month
from flows.criteria import Fact, Inapplicable, Known, Unknown
from flows.days import day
from flows.instruments.cdai import CDAI
from flows.instruments.hbi import HBI
from flows.instruments.mayo import MAYO
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.pro2_cd import PRO2_CD
from flows.instruments.sccai import SCCAI
from flows.instruments.ses_cd import SES_CD
from flows.instruments.ses_cd_scoring import highest_grade, removed, sum_of_variable
from flows.instruments.uceis import UCEIS
from flows.protocol.obstacles import obstacle
from flows.questionnaire import Questionnaire
from flows.ranges import Range
from flows.remembered import remembered
from flows.segments import ABSENT
from flows.sentences import joined

AScore = TypeVar("AScore", bound=Score)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The instruments in which a number may stand, and which of their items tell of it.

    What is `part_of` another number has no baseline beside that one's, and is told where its verdict is another.
    """

    instruments: tuple[Questionnaire, ...]
    items: tuple[str, ...]
    short: str
    needs_stools: bool = True
    window: timedelta = BASELINE_WINDOW
    part_of: str = ""
    codes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", tuple(each.code for each in self.instruments))

    def among(self, scores: Iterable[AScore]) -> list[AScore]:
        """Those in which the number stands, or which bound it: a total without its items holds of each what it may."""
        return [
            each
            for each in scores
            for one in self.instruments
            if each.questionnaire is one and (each.recorded_total is not None or each.speaks_of(*self.items))
        ]

    def assessed(self, scores: Iterable[AScore]) -> list[AScore]:
        """Those in which the number itself stands, so that they may be a baseline: a full score without its endoscopy
        is no endoscopy, and a full total is none, either."""
        return [each for each in self.among(scores) if each.speaks_of(*self.items)]

    def months(self, chart: Chart) -> Sequence[MonthScore]:
        """Those whose day is not known."""
        return self.assessed(chart.month_scores) if chart.month_scores else ()

    def baseline(self, chart: Chart, scores: Sequence[Score]) -> Score | None:
        """Of some scores, and of those whose day is not known."""
        return chart.baseline(self.assessed(scores), self.window, self.codes[0], months=self.months(chart))


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberOf:
    """One number and where it is found; `label` is what a reason calls it."""

    source: str
    label: str
    number: Callable[[Score], Range]


_PMS_ITEMS = PARTIAL_MAYO.codes
_UC_PRO2_ITEMS = ("sf", "rb")
_ADAPTED_ITEMS = (*_UC_PRO2_ITEMS, "mes")

SOURCES: Mapping[str, Source] = {
    "hbi": Source(instruments=(HBI,), items=HBI.codes, short=HBI.short),
    "cdai": Source(instruments=(CDAI,), items=CDAI.codes, short=CDAI.short),
    "pro2": Source(instruments=(PRO2_CD,), items=PRO2_CD.codes, short=PRO2_CD.short),
    "ses_cd": Source(
        instruments=(SES_CD,), items=SES_CD.codes, short=SES_CD.short, needs_stools=False, window=ENDOSCOPY_WINDOW
    ),
    "pms": Source(instruments=(PARTIAL_MAYO, MAYO), items=_PMS_ITEMS, short=PARTIAL_MAYO.short),
    "mes": Source(
        instruments=(MES, MAYO), items=MES.codes, short=MES.short, needs_stools=False, window=ENDOSCOPY_WINDOW
    ),
    "uc_pro2": Source(instruments=(PARTIAL_MAYO, MAYO), items=_UC_PRO2_ITEMS, short="UC PRO2", part_of="pms"),
    "adapted_mayo": Source(instruments=(MAYO,), items=_ADAPTED_ITEMS, short="adapted Mayo", window=ENDOSCOPY_WINDOW),
    "mayo": Source(instruments=(MAYO,), items=MAYO.codes, short=MAYO.short, window=ENDOSCOPY_WINDOW),
    "uceis": Source(
        instruments=(UCEIS,), items=UCEIS.codes, short=UCEIS.short, needs_stools=False, window=ENDOSCOPY_WINDOW
    ),
    "sccai": Source(instruments=(SCCAI,), items=SCCAI.codes, short=SCCAI.short),
}


def _sum(source: str, *items: str, label: str = "") -> NumberOf:
    """The points of some items, of all that the source tells of if none is named."""
    codes = items or SOURCES[source].items
    return NumberOf(source=source, label=label or SOURCES[source].short, number=lambda score: score.sum_of(*codes))


def _total(source: str) -> NumberOf:
    return NumberOf(source=source, label=SOURCES[source].short, number=lambda score: score.total)


def _average(item: str, label: str) -> NumberOf:
    """An average of PRO2, without its weight."""
    weight = next(each.weight for each in PRO2_CD.items if each.code == item)  # type: ignore[union-attr]
    return NumberOf(source="pro2", label=label, number=lambda score: score.sum_of(item).over(weight))


def _ses_total(score: Score) -> Range:
    """Of an old total, what is left when segments that were removed by now are taken out."""
    if score.recorded_total is None:
        return score.total
    taken = sum(score.questionnaire.item(code).most for code in removed(score.answers))
    return Range(max(0, score.recorded_total - taken), score.recorded_total)


def _ses_items(score: Score, number: Callable[..., Range], *args: str) -> Range:
    """What needs the single items; behind a total alone they are not known."""
    known = removed(score.answers) if score.recorded_total is not None else score.answers
    return number(score.questionnaire.items, known, *args)


# The instruments whose totals count stools.
WITH_STOOLS = frozenset(one.code for each in SOURCES.values() if each.needs_stools for one in each.instruments)

READINGS: Mapping[str, NumberOf] = {
    "hbi": _sum("hbi"),
    "cdai": _total("cdai"),
    "pro2": _total("pro2"),
    "sf": _average("sf_avg", "stool frequency"),
    "ap": _average("ap_avg", "abdominal pain"),
    "ses": NumberOf(source="ses_cd", label=SES_CD.short, number=_ses_total),
    "ses_worst": NumberOf(
        source="ses_cd", label="highest subscore", number=lambda score: _ses_items(score, highest_grade)
    ),
    "ses_ulcers": NumberOf(
        source="ses_cd",
        label="ulcer size in all",
        number=lambda score: _ses_items(score, sum_of_variable, "ulcer_size"),
    ),
    "ses_ulcerated": NumberOf(
        source="ses_cd",
        label="ulcerated surface",
        number=lambda score: _ses_items(score, sum_of_variable, "ulcerated_surface"),
    ),
    "pms": _sum("pms"),
    "pms_worst": NumberOf(source="pms", label="highest subscore", number=lambda score: score.worst_of(*_PMS_ITEMS)),
    "pms_sf_rb": _sum("pms", "sf", "rb", label="stool frequency and bleeding together"),
    "mes": _sum("mes"),
    "uc_pro2": _sum("uc_pro2"),
    "uc_pro2_sf": _sum("uc_pro2", "sf", label="stool frequency"),
    "uc_pro2_rb": _sum("uc_pro2", "rb", label="bleeding"),
    "adapted_mayo": _sum("adapted_mayo"),
    "adapted_sf": _sum("adapted_mayo", "sf", label="stool frequency"),
    "adapted_rb": _sum("adapted_mayo", "rb", label="bleeding"),
    "adapted_mes": _sum("adapted_mayo", "mes", label="endoscopy"),
    "mayo": _sum("mayo"),
    "mayo_rb": _sum("mayo", "rb", label="bleeding"),
    "uceis": _sum("uceis"),
    "sccai": _sum("sccai"),
}

# What rules ask for by name: each number now, and the same at baseline.
AT_BASELINE = "_baseline"
FACTS = frozenset(READINGS) | {name + AT_BASELINE for name in READINGS}

criterion = partial(criteria.criterion, facts=FACTS)


class Pair(Struct, frozen=True):
    """The scores in which the numbers of a source stand, and why no verdict may rest on them.

    `left_out` says what the baseline is taken without; `of_baseline` that too, and how old one is that counts because
    it was accepted, and by whom.
    """

    now: Score | None
    then: Score | None
    obstacle: Unknown | Inapplicable | None
    left_out: str
    of_baseline: str


class Read(Struct, frozen=True):
    """A number where it is found: now and at the baseline, where the chart has it."""

    pair: Pair
    now: Range | None
    then: Range | None


class Readings(dict[str, Read]):
    """Each number by its name as it stands in the scores of a chart up to a day, looked for when it is asked for."""

    def __init__(self, chart: Chart, today: date, until: date | None) -> None:
        self._chart, self._until, self._obstacle = chart, until, obstacle(chart, today)
        self._pairs: dict[str, Pair] = {}

    def __missing__(self, name: str) -> Read:
        asked = READINGS[name]
        pair, number = self._pairs.get(asked.source) or self._pair(asked.source), asked.number
        read = self[name] = Read(pair, number(pair.now) if pair.now else None, number(pair.then) if pair.then else None)
        return read

    def _pair(self, source: str) -> Pair:
        of, chart = SOURCES[source], self._chart
        every = scores_of(chart, source)
        if self._until is not None:
            every = [each for each in every if each.on <= self._until]
        baseline = of.baseline(chart, every) if not of.part_of else None
        now, then = _alike(chart.latest(every), baseline)
        left_out = _left_out(baseline, then) if baseline and then and then is not baseline else ""
        age = _age(chart, then, of) if then is not None and _accepted(chart, then, of) else ""
        of_baseline = f"{age}, {left_out}" if age and left_out else age or left_out
        pair = self._pairs[source] = Pair(now, then, self._obstacle or _invalid(chart, of), left_out, of_baseline)
        return pair


class Gathered(dict[str, Fact]):
    """What a chart holds on a day as the rules of its disease see it, in its scores up to a day: each fact by its name.

    A fact is put into words when the first rule asks for it: of about twenty names the rules of a full chart ask for
    five.
    """

    def __init__(self, chart: Chart, today: date, until: date | None = None) -> None:
        self.chart, self.today = chart, today
        self.readings = Readings(chart, today, until)

    def __missing__(self, name: str) -> Fact:
        asked = name.removesuffix(AT_BASELINE)
        read, find = self.readings[asked], _now if asked == name else _then
        fact = self[name] = read.pair.obstacle or find(self, asked, read)
        return fact


def gather(chart: Chart, today: date) -> Gathered:
    return Gathered(chart, today)


@remembered
def scores_of(chart: Chart, source: str) -> list[Score]:
    """Those of a chart in which the numbers of a source stand, or which bound them."""
    return SOURCES[source].among(chart.scores)


def _alike(now: Score | None, then: Score | None) -> tuple[Score | None, Score | None]:
    """Segments that surgery has removed by either day are left out of both.

    What was removed cannot come back: a segment that is scored now was not known then.
    """
    if now is None or then is None:
        return now, then
    were, are = removed(then.answers), removed(now.answers)
    if not were and not are:
        return now, then
    back = [code for code in were if now.answers.get(code) not in (None, ABSENT)]
    gone = {**are, **{code: value for code, value in were.items() if code not in back}}
    before = {**then.answers, **gone, **dict.fromkeys(back)}
    return replace(now, answers={**now.answers, **gone}), replace(then, answers=before)


def _left_out(baseline: Score, then: Score) -> str:
    """`without ileum, removed since`."""
    were, form = removed(baseline.answers), baseline.questionnaire
    names = [form.item(code).name.lower() for code in removed(then.answers) if code not in were]
    return f"without {joined(names)}, removed since" if names else ""


def _invalid(chart: Chart, source: Source) -> Inapplicable | None:
    """Why a number has no meaning for a patient, whatever it is."""
    if source.needs_stools and (after := chart.history.without_stools):
        return Inapplicable(why=stools_not_valid(source.short, after))
    return None


def stools_not_valid(short: str, after: str) -> str:
    return f"the stool item of {short} is not valid {after}"


def _age(chart: Chart, score: Score, source: Source) -> str:
    """Of a baseline; where it counts because it was accepted, who did and when."""
    return ", ".join(filter(None, (chart.age_at_first_dose(score), _accepted(chart, score, source))))


def _accepted(chart: Chart, score: Score, source: Source) -> str:
    """Nothing of one that counts as it is."""
    is_of_day = not isinstance(score, MonthScore)
    if is_of_day and score.recorded_total is None and chart.before_first_dose(score) <= source.window:
        return ""
    return chart.acceptance((source.instruments[0].code, score.questionnaire.code), day_or_month(score))


def _then(gathered: Gathered, name: str, read: Read) -> Fact:
    reading, score, found = READINGS[name], read.pair.then, read.then
    source = SOURCES[reading.source]
    if score is None:
        return _no_baseline(gathered, reading.source)
    assert found is not None
    said = ", ".join(filter(None, (_age(gathered.chart, score, source), read.pair.left_out)))
    return Known(
        text=f"{reading.label} was {found} at baseline ({said})",
        range=found,
        missing=tuple(f"baseline {code}" for code in score.missing(*source.items)),
    )


def _no_baseline(gathered: Gathered, source: str) -> Unknown:
    """Of one that only has to be accepted, that is what is missing."""
    of, chart = SOURCES[source], gathered.chart
    gap = f"baseline {of.short}"
    old = chart.acceptable_baseline(of.assessed(chart.scores), of.window, of.months(chart))
    if old is None:
        return Unknown(why=f"no {gap}", missing=(gap,))
    flaws = [] if isinstance(old, MonthScore) else [day(old.on)]
    if isinstance(old, MonthScore) or chart.before_first_dose(old) > of.window:
        flaws.append(chart.age_at_first_dose(old))
    flaws += ["a total without its items"] if old.recorded_total is not None else []
    said = ", ".join(flaws)
    return Unknown(why=f"no {gap}: that of {said}, awaits acceptance", missing=(f"{acceptance_of(gap)} of {said}",))


def acceptance_of(gap: str) -> str:
    """How what is missing begins where it is the acceptance of a baseline."""
    return f"acceptance of the {gap}"


def _now(gathered: Gathered, name: str, read: Read) -> Fact:
    chart, reading, score, found = gathered.chart, READINGS[name], read.pair.now, read.now
    source = SOURCES[reading.source]
    if score is None:
        since = " since the first dose" if chart.started_on else ""
        return Unknown(why=f"no {source.short}{since}", missing=(f"{source.short}{since}",))
    assert found is not None
    missing = score.missing(*source.items)
    if chart.is_now(score, gathered.today) and not chart.lost_since(source.codes, score.on):
        return Known(text=f"{reading.label} {found}", range=found, missing=missing)
    text = f"{reading.label} was {found} on {day(score.on)}"
    return Known(text=text, range=found, missing=missing, as_of=score.on)
