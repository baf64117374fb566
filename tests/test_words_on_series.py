"""Whatever people say of a series, and whenever its values come or are taken out: what holds by their words alone."""

import os
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from flows.following import asks, follow
from flows.protocol.due import DueState
from flows.protocol.schedule import schedule
from flows.reminder import State as ReminderState
from tests.schedules import CBC, LIPIDS, MARKERS, chart, labs, on_day, said

CODES = {"rep_lab": (*CBC, "alt"), "rep_lipid": LIPIDS, "bio": MARKERS}
BEGINS = 84
COURSES = int(os.environ.get("QUIESCE_COURSES_OF_SERIES", "200"))
SATISFIED = (DueState.DONE, DueState.DONE_LATE)
counted: Counter[str] = Counter()


class Word(Struct, frozen=True):
    """Values, or what somebody said; of a `day`, known from one day and up to another, where it was taken back."""

    what: str
    day: int
    known: int
    until: int

    @property
    def on(self):
        return on_day(self.day)

    @property
    def reason(self):
        return f"reason of day {self.day}"


@st.composite
def courses(draw):
    """An item with a first set on day 84, and words that follow one another."""
    words, day = [], BEGINS
    for _ in range(draw(st.integers(1, 7))):
        day += draw(st.sampled_from([1, 2, 5, 30, 69, 75, 90, 120]))
        what = draw(st.sampled_from(["values", "values", "awaiting", "not_possible", "done"]))
        known = day + (draw(st.sampled_from([0, 0, 1, 4, 12])) if what in ("values", "done") else 0)
        words.append(Word(what, day, known, known + draw(st.sampled_from([1, 10, 9999, 9999, 9999]))))
    return draw(st.sampled_from(sorted(CODES))), words


def chart_of(item, known):
    """The patient as known by then."""
    values = [labs(each.day, *CODES[item]) for each in known if each.what == "values"]
    words = [said(item, each.what, each.day, each.reason) for each in known if each.what != "values"]
    return chart(labs=(*labs(BEGINS, *CODES[item]), *(lab for each in values for lab in each)), handled=tuple(words))


def days_of(words):
    """Days on which somebody looks: whenever something becomes known or is taken back, and long after."""
    known = {each.known for each in words} | {each.until for each in words if each.until < 9999}
    last = max(known)
    return sorted({BEGINS, *known, *(day + 1 for day in known), last + 80, last + 181, last + 400})


def test_what_the_schedule_says_of_a_series_follows_from_what_was_said_and_sampled_since_it_opened():
    assert all(judged(judge_schedule)[each] for each in ("awaiting", "not_possible", "done", "overdue"))


def test_a_reminder_is_cleared_by_what_was_sampled_and_not_possible_by_what_was_said_since_it_opened():
    assert all(judged(judge_reminders)[each] for each in ("awaiting result", "not possible", "cleared"))


def judged(judge_course):
    """Of so many courses; how often each state was met."""
    counted.clear()
    settings(max_examples=COURSES, deadline=None)(given(courses())(judge_course))()
    return counted


def judge_schedule(course):
    item, words = course
    for day in days_of(words):
        known = [each for each in words if each.known <= day < each.until]
        found = [each for each in schedule(chart_of(item, known), on_day(day)) if each.item == item]

        for each in found:
            judge(each, known)
        assert len({each.slot for each in found}) == len({each.due for each in found}) == len(found)
        judge_last(found[-1], known, on_day(day))


def judge(each, known):
    """An entry by its own words: each stands on something of its kind since it opened."""
    counted[each.state.value] += 1
    since = {word.what: word for word in known if word.on in (each.said_on, each.done_on) and word.on >= each.opens}
    if each.state is DueState.AWAITING:
        assert "awaiting" in since
    if each.state is DueState.NOT_POSSIBLE:
        assert each.said_on == min(word.on for word in known if word.what == "not_possible" and word.on >= each.opens)
        assert each.note.endswith(since["not_possible"].reason)
    if each.state in SATISFIED:
        assert since.keys() & {"values", "done"}


def judge_last(each, known, today):
    """What nobody awaits and whose window has ended is overdue; what somebody awaits is not simply open."""
    is_awaited = any(word.what == "awaiting" and word.on >= each.opens for word in known)
    if today > each.until and not is_awaited:
        assert each.state is DueState.OVERDUE
    assert (each.state is DueState.AWAITING) <= is_awaited


def judge_reminders(course):
    item, words = course
    reminders = {}
    for day in days_of(words):
        known = [each for each in words if each.known <= day < each.until]
        asked = [each for each in asks(schedule(chart_of(item, known), on_day(day))) if each.item == item]
        before = {key: each.state for key, each in reminders.items()}
        reminders = follow(asked, reminders, on_day(day), said={})

        for key, each in reminders.items():
            if each.state is not before.get(key):
                judge_reminder(each, known)
        judge_asked(asked, reminders)


def judge_reminder(reminder, known):
    """One that has just got its state."""
    counted[reminder.state.value] += 1
    since = {word.what for word in known if word.on >= reminder.window.opens}
    if reminder.state is ReminderState.CLEARED:
        assert since & {"values", "done"}
    if reminder.state is ReminderState.NOT_POSSIBLE:
        assert "not_possible" in since
    if reminder.state is ReminderState.AWAITING:
        assert "awaiting" in since


def judge_asked(asked, reminders):
    """What the schedule says of a time is what its reminder is."""
    is_so = {DueState.DONE: "cleared", DueState.DONE_LATE: "cleared", DueState.NOT_POSSIBLE: "not possible"}
    for each in asked:
        if each.key in reminders and each.state in is_so:
            assert reminders[each.key].state == is_so[each.state]
