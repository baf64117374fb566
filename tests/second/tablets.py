"""When 45 mg ends, by counting the days on which it is taken (CLINICAL.md D2, D14, section 4).

A step to 45 mg after another dose is no induction, but no next dose either, and nobody knows when it ends: it is said
from its day on, until another dose is recorded.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .amounts import day

LONGEST_SHIFT = 28
LENGTHS = {"CD": (8, 12), "UC": (8,)}
ONE_DAY = timedelta(days=1)


@dataclass
class Count:
    """Tablets of 45 mg still to take, for each length that is open; `asked`: nobody said how many there are."""

    disease: str
    left: dict[int, int] = field(default_factory=dict)
    ends: dict[int, date] = field(default_factory=dict)
    asked: bool = False
    mg: int = 45
    induction: int = 45
    off_since: date | None = None
    had_another: bool = False

    def begin(self, weeks: int | None) -> None:
        lengths = (weeks,) if weeks and self.disease == "CD" else LENGTHS[self.disease]
        self.left, self.ends = {each: 7 * each for each in lengths}, {}
        self.asked = self.had_another = False

    @property
    def goes_on(self) -> bool:
        return not self.had_another and (self.asked or self.is_unfinished)

    @property
    def is_unfinished(self) -> bool:
        return self.left.keys() != self.ends.keys()

    def is_long(self, today: date) -> bool:
        return self.off_since is not None and (today - self.off_since).days > LONGEST_SHIFT

    def take(self, step: dict, today: date) -> None:
        match step.get("event"):
            case "interrupted":
                self.off_since = today
            case "restarted":
                self.restart(step, today)
            case "dose":
                self.mg = step["mg"]
        self.had_another = self.had_another or self.mg != self.induction

    def restart(self, step: dict, today: date) -> None:
        """D2 and section 4: a longer interruption than 28 days is asked about, and the answer counts."""
        self.mg, how = step.get("mg") or self.mg, step.get("induction")
        if how == "anew":
            self.induction = self.mg
            self.begin(step.get("induction_weeks"))
        elif self.mg == self.induction and self.is_long(today) and not (how == "rest" and self.goes_on):
            self.asked, self.had_another = True, False
        elif self.is_long(today) and how != "rest" and self.is_unfinished:
            self.asked = True
        self.off_since = None

    def swallow(self, today: date) -> None:
        """One tablet a day; the first day without one is the end."""
        for weeks in [each for each, tablets in self.left.items() if tablets == 0]:
            self.ends.setdefault(weeks, today)
        if self.off_since is None:
            self.left = {weeks: max(tablets - 1, 0) for weeks, tablets in self.left.items()}


def state(chart: dict) -> dict:
    """Phase, ends of 45 mg by weeks (None where it is to be asked), and whether D14's CHECK is due."""
    today, at = day(chart["today"]), day(chart["started_on"])
    steps = {day(step["on"]): step for step in chart["course"]}
    first = steps[at]["mg"]
    count = Count(chart["disease"], mg=first, induction=first)
    count.begin(chart.get("induction_weeks"))
    while at <= today:
        count.take(steps.get(at, {}), at)
        count.swallow(at)
        at += ONE_DAY
    is_off = count.off_since is not None
    is_back = count.mg == 45 and count.had_another
    is_unknown = is_back or count.asked or (count.is_long(today) and count.is_unfinished)
    ends = None if is_unknown else count.ends
    phase = "interrupted" if is_off else "induction" if count.goes_on else "maintenance"
    is_said = is_back or (count.mg == count.induction and bool(ends or (is_unknown and not is_off)))
    return {"phase": phase, "ends": ends, "check": is_said}
