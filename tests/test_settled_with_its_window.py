"""What is settled has the window that it has now, not one from before the first dose was told otherwise."""

import pytest

from flows.following import asks, follow
from flows.reminder import State
from tests.schedules import CBC, chart, due, labs, on_day, said

KEY = ("wk12_cbc", "")

VALUE = {"labs": labs(86, *CBC)}
REFUSAL = {"handled": (said("wk12_cbc", "not_possible", 86),)}


@pytest.mark.parametrize(
    ("answer", "state"),
    [(VALUE, State.CLEARED), (REFUSAL, State.NOT_POSSIBLE)],
    ids=["a value", "not possible"],
)
@pytest.mark.parametrize("is_settled_before", [True, False], ids=["settled before", "settled by it"])
def test_a_reminder_that_is_settled_has_its_days_of_now(answer, state, is_settled_before):
    found = follow(asks(due(chart(), 84)), {}, on_day(84), said={})
    if is_settled_before:
        found = follow(asks(due(chart(**answer), 86)), found, on_day(86), said={})
    found = follow(asks(due(chart(start=on_day(2), **answer), on_day(87))), found, on_day(87), said={})

    assert (found[KEY].state, found[KEY].window.due) == (state, on_day(86))
