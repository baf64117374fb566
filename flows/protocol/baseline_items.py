"""The items of baseline screening: how long before the first dose each may lie, and who asks for it. CLINICAL.md 4.

The windows are this project's; before the first dose they end today.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from flows.chart import BASELINE_WINDOW, ENDOSCOPY_WINDOW
from flows.citations import PROTOCOL, Citation, Stated
from flows.days import Month, day
from flows.history import Result
from flows.protocol.sources import THIS_PROJECT, US_INDICATION
from flows.samples import BIOMARKER_WINDOW, SAFETY_WINDOW

LIPID_WINDOW = timedelta(days=90)
IGRA_WINDOW = timedelta(days=180)
CHEST_WINDOW = timedelta(days=365)
HEPATITIS_WINDOW = timedelta(days=365)
RISK_WINDOW = timedelta(days=90)
VISIT_WINDOW = timedelta(days=14)

_BASELINE = PROTOCOL.at("safety monitoring, baseline screening")
_EFFICACY = PROTOCOL.at("efficacy endpoints and assessment methods")
_WINDOWS = THIS_PROJECT.at("screening windows")


class CheckState(StrEnum):
    DONE = "done"
    DONE_LATE = "done_late"
    MISSING = "missing"
    TOO_OLD = "too_old"
    AWAITING = "awaiting"
    NOT_OBTAINABLE = "not_obtainable"


NOT_YET = frozenset({CheckState.MISSING, CheckState.TOO_OLD})


class Place(StrEnum):
    """Where a day lies to the window of an item."""

    OLD = "old"
    WITHIN = "within"
    LATE = "late"


# Asked for so often that it is found once (DECISIONS.md, record 86).
_OLD, _WITHIN, _LATE = Place.OLD, Place.WITHIN, Place.LATE
_DONE = CheckState.DONE


class Checked(Struct, frozen=True, kw_only=True):
    """One item: `open` is what is still to come of it, `missing` the parts that are not there, `why` in words.

    `accepted` says of which of its baselines somebody accepted that they are old, or totals alone; `acceptable` are
    those that would count if somebody did, by what they measure, with their day or month.
    """

    item: str
    state: CheckState
    source: Citation
    result: Result | None = None
    open: str | None = None
    on: date | None = None
    missing: tuple[str, ...] = ()
    why: str = ""
    accepted: tuple[str, ...] = ()
    acceptable: tuple[tuple[str, date | Month], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """`window` None: any day before counts; `late_counts`: a result after the first dose still does."""

    code: str
    title: str
    source: Citation
    window: timedelta | None
    late_counts: bool = False

    @property
    def says(self) -> str:
        before = "any day" if self.window is None else f"at most {self.window.days} days"
        return f"{self.title}: {before} before the first dose{', later counts as late' if self.late_counts else ''}"

    def checked(
        self,
        state: CheckState,
        why: str = "",
        on: date | None = None,
        missing: tuple[str, ...] = (),
        result: Result | None = None,
    ) -> Checked:
        return Checked(item=self.code, state=state, source=self.source, result=result, why=why, on=on, missing=missing)

    def placed(self, on: date, span: "Span", why: str = "", result: Result | None = None) -> Checked:
        """Done, unless its day lies outside the window."""
        place = span.place(on)
        if place is _WITHIN:
            return self.checked(_DONE, why, on, result=result)
        if place is _OLD:
            assert span.window is not None
            return self.checked(CheckState.TOO_OLD, f"over {span.window.days} days before", on, result=result)
        if self.late_counts:
            return self.checked(CheckState.DONE_LATE, why, on, result=result)
        return self.checked(CheckState.MISSING, f"first after the first dose, {day(on)}", on, (self.title,), result)

    def awaiting(
        self,
        awaited: str,
        on: date | None,
        result: Result | None = None,
        source: Citation | None = None,
        missing: tuple[str, ...] = (),
    ) -> Checked:
        """Not done while something of it is open."""
        return Checked(
            item=self.code,
            state=CheckState.AWAITING,
            source=source or self.source,
            result=result,
            open=awaited,
            on=on,
            missing=missing,
        )


class Span(Struct, frozen=True):
    """The days that count for an item: up to the first dose, or up to today before it."""

    end: date
    window: timedelta | None

    def place(self, on: date) -> Place:
        if on > self.end:
            return _LATE
        return _OLD if self.window is not None and self.end - on > self.window else _WITHIN

    def counted(self, days: Collection[date]) -> date:
        """Of several days the one that counts: the last in the window, else the first after it, else the last one."""
        if len(days) == 1:
            (only,) = days
            return only
        if within := [on for on in days if self.place(on) is _WITHIN]:
            return max(within)
        return min((on for on in days if self.place(on) is Place.LATE), default=max(days))


SCREENING_ITEMS = {
    each.code: each
    for each in (
        Item(code="cbc", title="Complete blood count", source=_BASELINE, window=SAFETY_WINDOW),
        Item(code="lft", title="Liver tests", source=_BASELINE, window=SAFETY_WINDOW),
        Item(code="lipid", title="Lipids", source=_BASELINE, window=LIPID_WINDOW),
        Item(code="renal", title="Renal function", source=_BASELINE, window=SAFETY_WINDOW, late_counts=True),
        Item(code="igra", title="IGRA", source=_BASELINE, window=IGRA_WINDOW, late_counts=True),
        Item(code="chest", title="Chest imaging", source=_BASELINE, window=CHEST_WINDOW, late_counts=True),
        Item(code="hbv", title="Hepatitis B", source=_BASELINE, window=HEPATITIS_WINDOW, late_counts=True),
        Item(code="hcv", title="Hepatitis C", source=_BASELINE, window=HEPATITIS_WINDOW, late_counts=True),
        Item(code="zoster", title="History of zoster and vaccination", source=_BASELINE, window=None, late_counts=True),
        Item(code="cv", title="Risk factors and smoking", source=_BASELINE, window=RISK_WINDOW, late_counts=True),
        Item(
            code="preg",
            title="Pregnancy status and contraception",
            source=US_INDICATION,
            window=VISIT_WINDOW,
            late_counts=True,
        ),
        Item(
            code="meds",
            title="Other drugs and live vaccines",
            source=US_INDICATION,
            window=VISIT_WINDOW,
            late_counts=True,
        ),
        Item(code="score", title="HBI or PMS", source=_EFFICACY, window=BASELINE_WINDOW),
        Item(code="bio", title="CRP and calprotectin", source=_EFFICACY, window=BIOMARKER_WINDOW),
        Item(code="endo", title="SES-CD or MES", source=_EFFICACY, window=ENDOSCOPY_WINDOW),
        Item(code="cpk", title="CPK, optional", source=THIS_PROJECT, window=SAFETY_WINDOW),
    )
}
# What is still open of an item that was done, and whose value nobody entered.
RESULT = "result"
STATED = (
    *(Stated(f"baseline: {each.title}", each.source) for each in SCREENING_ITEMS.values()),
    *(Stated(each.says, _WINDOWS) for each in SCREENING_ITEMS.values()),
)
