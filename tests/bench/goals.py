"""What is promised: every figure with what it must be and what it aims for."""

from dataclasses import dataclass
from statistics import median

from tests.bench.bots import QUIESCE, SHIPPED, TRANSPORT

# The figures of one contestant, and of all, in one round.
Figures = dict[str, float]
Round = dict[str, Figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A figure in the table; `against` makes it the ratio to a floor of the same round."""

    name: str
    figure: str
    must: float
    aim: float
    unit: str = ""
    at_least: bool = False
    against: str | None = None

    def found(self, rounds: list[Round]) -> float:
        """The median over the rounds."""
        ours = [each[QUIESCE][self.figure] for each in rounds]
        theirs = [each[self.against][self.figure] if self.against else 1.0 for each in rounds]
        return median(own / other for own, other in zip(ours, theirs, strict=True))

    def of_floor(self, floor: str, rounds: list[Round]) -> float | None:
        """The same of a floor, where it was measured."""
        if self.against or self.figure not in rounds[0][floor]:
            return None
        return median(each[floor][self.figure] for each in rounds)

    def reached(self, found: float, wanted: float) -> bool:
        return found >= wanted if self.at_least else found <= wanted

    def missed(self, rounds: list[Round]) -> bool:
        return not self.reached(self.found(rounds), self.must)


GOALS = (
    Goal(name="CPU per update, against the floor", figure="cpu_ms", must=0.5, aim=0.3, against=SHIPPED),
    Goal(name="CPU per update, against the floor on the same transport", figure="cpu_ms", must=1.6, aim=1.25,
         against=TRANSPORT),
    Goal(name="updates/s with 50 ms to the API", figure="slow_updates", must=250, aim=350, at_least=True),
    Goal(name="p99 answer at 50 updates/s", figure="p99_ms", must=10, aim=5, unit=" ms"),
    Goal(name="p99 answer with 50 ms to the API, no pause", figure="slow_p99_ms", must=250, aim=130, unit=" ms"),
    Goal(name="memory for 10,000 idle conversations", figure="growth_mb", must=4, aim=3, unit=" MB"),
    Goal(name="peak memory", figure="peak_mb", must=110, aim=80, unit=" MB"),
    Goal(name="`evaluate`, full charts/s", figure="charts", must=2_000, aim=10_000, at_least=True),
    Goal(name="next 100 due of 1,000,000 reminders, p99", figure="due_sqlite_ms", must=1, aim=0.5, unit=" ms"),
    Goal(name="the same on PostgreSQL", figure="due_postgresql_ms", must=1, aim=0.5, unit=" ms"),
    Goal(name="start to the first poll", figure="start_s", must=1.8, aim=1.2, unit=" s"),
)  # fmt: skip
