"""Charts in which every fact is filled at random, or left out, from a seed: what any patient may look like."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from flows.analytes import ANALYTES
from flows.chart import Chart, Medication, Score
from flows.choices import AnyOf, OneOf
from flows.counts import Count, Diary
from flows.history import (
    EVENTS,
    RISKS,
    AdverseEvent,
    Handled,
    History,
    Region,
    Result,
    Screened,
    Severity,
    Sex,
)
from flows.instruments import SHIPPED
from flows.items import Item
from flows.measures import Quantity, Stature
from flows.protocol.satisfied import PARTS
from flows.quantities import Bound, Number
from flows.questionnaire import Disease, Questionnaire
from flows.samples import Lab
from flows.segments import ABSENT, Segment
from flows.steps import Move, Step

TODAY = date(2026, 6, 1)
MEDICATION = (
    "corticosteroid", "budesonide", "strong_cyp3a4_inhibitor", "strong_cyp3a4_inducer", "azathioprine",
    "mercaptopurine", "ciclosporin", "tacrolimus", "methotrexate", "mesalazine", "biologic", "jak_inhibitor", "statin",
    "nsaid", "other",
)  # fmt: skip
SCREENING = ("igra", "chest", "hbv", "hbv_dna", "hcv", "zoster", "cv", "preg", "meds", "skin", "tb_re")
MARKERS = ("hbsag", "anti_hbc", "dna", "anti_hcv", "rna")
_T = TypeVar("_T")


def full_charts(number: int, seed: int = 0) -> Iterator[Chart]:
    random = Random(seed)
    return (_Patient(random).chart() for _ in range(number))


class _Patient:
    """The facts of one chart: whoever is asked for gives one, or None."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.disease = random.choice(list(Disease))

    def chart(self) -> Chart:
        chance = self.random
        started = self.maybe(lambda: self.day(-60, 700))
        return Chart(
            disease=self.disease,
            scores=self.some(8, lambda: self.score(chance.choice(SHIPPED))),
            labs=self.some(60, self.lab),
            medication=self.some(4, self.medication),
            accepted_baseline=frozenset(self.some(2, lambda: chance.choice(["hbi", "pms", "ses_cd", "crp", "fcp"]))),
            started_on=started,
            induction_weeks=self.maybe(lambda: 12 if self.disease is Disease.CROHNS else 8),
            stopped_on=None if started is None or chance.random() < 0.8 else started + timedelta(chance.randrange(400)),
            course=() if started is None else self.course(started),
            region=self.maybe(lambda: chance.choice(list(Region))),
            sex=self.maybe(lambda: chance.choice(list(Sex))),
            birth_year=self.maybe(lambda: chance.choice([1950, 1960, 1961, 1965, 1966, 1975, 1976, 1995, 2008])),
            history=self.history(),
            risks=self.maybe(lambda: frozenset(self.some(4, lambda: chance.choice(RISKS)))),
            events=self.some(5, self.event),
            screening=self.some(8, self.screened),
            handled=self.some(4, self.handled),
            unreadable=("history.ostomy",) if chance.random() < 0.03 else (),
        )

    def maybe(self, make: Callable[[], _T]) -> _T | None:
        return make() if self.random.random() < 0.75 else None

    def some(self, most: int, make: Callable[[], _T]) -> tuple[_T, ...]:
        return tuple(make() for _ in range(self.random.randint(0, most)))

    def day(self, earliest: int = 0, latest: int = 500) -> date:
        """So many days ago; near ones as often as far ones."""
        return TODAY - timedelta(self.random.randint(earliest, self.random.choice([max(earliest + 1, 30), latest])))

    def flag(self) -> bool | None:
        return self.random.choice([True, False, None])

    def lab(self) -> Lab:
        analyte = self.random.choice(ANALYTES)
        lowest, highest = analyte.plausible
        usual = next((each.upper or each.lower for each in analyte.references if each.upper or each.lower), highest / 4)
        most = min(highest, usual * self.random.choice([1, 2, 6, 30]))
        value = lowest + (most - lowest) * Decimal(self.random.randint(0, 1000)) / 1000
        bound = Bound.EXACT if self.random.random() < 0.9 else self.random.choice(list(Bound))
        upper = usual * 2 if self.random.random() < 0.3 else None
        return Lab(analyte=analyte, on=self.day(), number=Number(round(value, 3), bound), given=f"{value}", upper=upper)

    def score(self, questionnaire: Questionnaire) -> Score:
        answers = {
            each.code: None if self.random.random() < 0.05 else self.answer(each) for each in questionnaire.items
        }
        return Score(questionnaire=questionnaire, on=self.day(), answers=answers)

    def answer(self, item: Item) -> object:
        chance, answer = self.random, None
        match item:
            case OneOf(choices=choices):
                answer = chance.choice(choices).code
            case AnyOf(choices=choices):
                answer = tuple(each.code for each in choices if chance.random() < 0.2)
            case Count():
                answer = chance.randint(0, 12)
            case Diary(most_in_all=most):
                answer = chance.randint(0, min(most, 40))
            case Quantity(lowest=lowest, highest=highest):
                answer = item.accept(Decimal(chance.randint(int(lowest) + 1, int(highest) - 1)))
            case Stature():
                answer = item.accept((Decimal(chance.randint(150, 195)) / 100, "m"))
            case Segment():
                grades = "".join(str(chance.randint(0, 2)) for _ in item.variables)
                answer = chance.choice([ABSENT, "0000", grades, grades])
        return answer

    def medication(self) -> Medication:
        begun = self.day(0, 400)
        ended = self.random.choice([None, None, begun + timedelta(self.random.randrange(200))])
        dose = Decimal(self.random.randint(0, 40))
        return Medication(
            kind=self.random.choice(MEDICATION), begun=begun, ended=ended, prednisolone_mg=self.maybe(lambda: dose)
        )

    def course(self, started: date) -> tuple[Step, ...]:
        moves = self.some(4, lambda: self.random.choice(list(Move)))
        days = sorted(started + timedelta(self.random.randrange(300)) for _ in moves)
        return tuple(
            Step(on=on, move=move, mg=self.random.choice([15, 30, 45]) if move is Move.DOSE else None)
            for on, move in zip(days, moves, strict=True)
        )

    def history(self) -> History:
        flags = ("tnf_failed", "tnf_inadvisable", "conventional_failed", "biologic_failed", "refractory", "extensive",
                 "childbearing_potential", "pregnant", "lactating", "ostomy", "colectomy", "pouch", "psc",
                 "gilbert")  # fmt: skip
        return History(
            **{name: self.flag() for name in flags},
            systemic_therapies=self.maybe(lambda: self.random.randint(0, 3)),
            severity=self.maybe(lambda: self.random.choice(list(Severity))),
            egfr=self.maybe(lambda: Decimal(self.random.choice([10, 14, 15, 29, 30, 85]))),
            child_pugh=self.random.choice([None, "A", "B", "C"]),
            normal_stools=self.maybe(lambda: self.random.randint(1, 4)),
        )

    def event(self) -> AdverseEvent:
        return AdverseEvent(kind=self.random.choice(EVENTS), on=self.day(), serious=self.flag())

    def screened(self) -> Screened:
        chance = self.random
        return Screened(
            item=chance.choice(SCREENING),
            on=self.day(),
            result=self.maybe(lambda: chance.choice(list(Result))),
            more=tuple((each, chance.choice(list(Result))) for each in MARKERS if chance.random() < 0.4),
            treated_from=self.maybe(lambda: self.day(0, 300)),
            drug=chance.choice([None, "isoniazid", "rifampicin"]),
            vaccinated=self.flag(),
        )

    def handled(self) -> Handled:
        return Handled(
            item=self.random.choice(list(PARTS)),
            on=self.day(),
            state=self.random.choice(["done", "awaiting", "not_possible"]),
            why=self.maybe(lambda: "sample lost"),
        )
