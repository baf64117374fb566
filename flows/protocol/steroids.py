"""Corticosteroids as they stand on every card, and beside each remission. CLINICAL.md D13."""

from collections.abc import Collection
from datetime import date

from flows.chart import Chart, Medication
from flows.citations import Stated
from flows.days import day
from flows.protocol.sources import THIS_PROJECT
from flows.quantities import plain

ON_EVERY_CARD = THIS_PROJECT.at("corticosteroids stand on every card")
UNKNOWN_STEROIDS = "Steroids not known"
NO_STEROID = "No corticosteroid recorded"
STEROID, BUDESONIDE = "corticosteroid", "budesonide"
STEROIDS = (STEROID, BUDESONIDE)
# Where no list of all drugs was asked for, only whether steroids are taken.
AS_FAR_AS_ASKED = ": steroid-free as far as was asked"
_NOT_FREE = "not steroid-free"
_AT_ZERO = "0 mg/day"
_OTHERS_UNKNOWN = ", others not known"
_NOT_FREE_THEN = f"{_NOT_FREE} then"
_NOT_KNOWN_THEN = "whether taken is not known"
_IN_SHORT = {
    _NOT_FREE_THEN: f"{_NOT_FREE.capitalize()} when scored",
    _NOT_KNOWN_THEN: "Steroids when scored not known",
    _NOT_FREE: _NOT_FREE.capitalize(),
    AS_FAR_AS_ASKED: AS_FAR_AS_ASKED.removeprefix(": ").capitalize(),
    _AT_ZERO: f"Steroids at {_AT_ZERO}",
}

STATED = (
    Stated(f"On prednisolone …: {_NOT_FREE}", ON_EVERY_CARD),
    Stated(f"On budesonide: {_NOT_FREE}", ON_EVERY_CARD),
    Stated(NO_STEROID, ON_EVERY_CARD),
    Stated(f"{NO_STEROID}{AS_FAR_AS_ASKED}", ON_EVERY_CARD),
    Stated(UNKNOWN_STEROIDS, ON_EVERY_CARD),
    Stated(
        "a remission whose score is of an earlier day is said with the corticosteroids of that day, where they are "
        "others than today's",
        ON_EVERY_CARD,
    ),
)


def steroid_line(chart: Chart, today: date, remissions: Collection[tuple[str, date]] = ()) -> str:
    """What is taken now, and was on the days of the scores that are said to be remissions, where it was another."""
    if chart.medication is None:
        return UNKNOWN_STEROIDS
    now = _taken(chart, today)
    then, is_open = _then(chart, today, now, remissions)
    if now:
        return f"On {', '.join((now, *then))}: {_NOT_FREE}"
    said = [_none_taken(chart, today, {on for _, on in remissions})]
    said += [f"{', '.join(is_open)}: {_NOT_KNOWN_THEN}"] if is_open else []
    said += [f"{', '.join(then)}: {_NOT_FREE_THEN}"] if then else []
    return "; ".join(said)


def _none_taken(chart: Chart, today: date, scored: set[date]) -> str:
    """That nothing else is, not where nobody asked, or where a course could not be read.

    A last day that is said to be one of steroids, as that of a score, is not one without them.
    """
    is_known = chart.knows_whether_taken(STEROIDS)
    if courses := chart.taken(STEROIDS, today):
        kinds = dict.fromkeys(each.kind for each in courses)
        return f"{' and '.join(kinds).capitalize()} recorded at {_AT_ZERO}{'' if is_known else _OTHERS_UNKNOWN}"
    if not is_known:
        return UNKNOWN_STEROIDS
    # None of those that have begun goes on.
    ended = [each.none_on or each.ended for each in _begun(chart, today) if each.ended]
    is_taken_then = bool(ended) and max(ended) in scored and bool(_taken(chart, max(ended)))
    since = f" {'after' if is_taken_then else 'since'} {day(max(ended))}" if ended else ""
    return f"{NO_STEROID}{since}{AS_FAR_AS_ASKED if chart.medication_partial else ''}"


def _then(chart: Chart, today: date, now: str, remissions: Collection[tuple[str, date]]) -> tuple[list[str], list[str]]:
    """`on 1 Jun 2026 (PMS 2) budesonide`, and `on 1 Jun 2026 (PMS 2)` of days of which nobody knows."""
    scores: dict[date, list[str]] = {}
    for score, on in remissions:
        if on < today:
            scores.setdefault(on, []).append(score)
    if not scores or not _begun(chart, today):
        return [], []
    days = {on: f"on {day(on)} ({', '.join(dict.fromkeys(found))})" for on, found in scores.items()}
    taken = {on: _taken(chart, on) for on in days}
    told_later = [each.begun for each in _begun(chart, today) if not each.begin_known]
    is_open = [said for on, said in days.items() if not taken[on] and any(on < begun for begun in told_later)]
    return [f"{said} {taken[on]}" for on, said in days.items() if taken[on] not in ("", now)], is_open


def _taken(chart: Chart, on: date) -> str:
    found = [steroid(each) for each in chart.taken(STEROIDS, on) if each.prednisolone_mg != 0]
    return " and ".join(dict.fromkeys(found))


def _begun(chart: Chart, today: date) -> list[Medication]:
    return [each for each in chart.medication or () if each.kind in STEROIDS and each.begun <= today]


def in_short(steroids: str) -> str:
    """What a sentence of `steroid_line` amounts to, without drugs, doses and days."""
    line = steroids.removesuffix(".")
    for end, short in _IN_SHORT.items():
        if line.endswith(end):
            return f"{short}."
    return f"{line.partition(' since ')[0]}."


def steroid(course: Medication) -> str:
    if course.kind == BUDESONIDE:
        return course.kind
    if course.prednisolone_mg is None:
        return "a corticosteroid, dose not recorded"
    return f"prednisolone {plain(course.prednisolone_mg)} mg/day"
