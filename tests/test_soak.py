"""The soak in small, so that it cannot rot: what runs for an hour there runs for seconds here."""

from random import Random
from time import monotonic

import pytest

from store.arrivals import Arrivals
from tests.botapi import botapi
from tests.forked import Forked
from tests.soak import __main__ as soak
from tests.soak import years
from tests.soak.fuzz import Fuzzing
from tests.soak.kills import Killing
from tests.soak.order import reorder
from tests.soak.report import Report
from tests.soak.shapes import Shapes
from tests.soak.wellformed import well_formed


@pytest.fixture(scope="module")
def api():
    with botapi() as api:
        yield api


def killing(api, url, port, **how):
    api.reset()
    return Killing(api, Forked(api.url, url, port), Report("in small", 1), people=6, **how)


@pytest.mark.parametrize(("url", "way"), [("sqlite", "polling"), ("postgresql", "webhook")], indirect=["url"])
def test_random_kills_lose_and_double_nothing(api, url, unused_tcp_port, way):
    small = killing(api, url, unused_tcp_port if way == "webhook" else None, updates=40, kills=3)
    small.run(monotonic() + 60)

    assert small.report.violations == []
    assert small.report.counts["kills"] == 3
    assert small.report.counts["updates"] >= 40


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_judge_of_the_kills_sees_an_effect_that_comes_twice(api, url, unused_tcp_port, monkeypatch):
    """A bot that forgets what has arrived; every update is delivered twice."""
    monkeypatch.setattr(Arrivals, "first_time", lambda *_: True)
    monkeypatch.setattr("tests.soak.kills.TROUBLE", {"doubled": 1.0})
    monkeypatch.setattr("tests.soak.people.PATIENCE", 2)
    small = killing(api, url, unused_tcp_port, updates=30, kills=1)
    small.run(monotonic() + 30)

    assert any("audited" in each for each in small.report.violations)


def test_updates_twice_and_out_of_order_leave_the_same():
    report = Report("order", 1)
    reorder(report.dice(), 150, report)

    assert report.violations == []
    assert report.counts["updates"] == 150
    assert report.counts["deliveries in disorder"] == 300


@pytest.mark.parametrize("odd", [False, True], ids=["as Telegram sends", "of any shape"])
async def test_updates_raise_nothing_and_fail_no_handler(url, odd):
    fuzzing = Fuzzing(odd=odd)
    await fuzzing.run(url, Random(1), 300, seconds=60)

    assert fuzzing.violations == []
    assert fuzzing.counts["updates"] == 300


def test_what_is_drawn_without_a_change_is_what_telegram_sends_as_far_as_we_ask_for_it():
    shapes = Shapes(Random(1), [1], lambda _: None, [])
    drawn = [shapes.draw(odd=False) for _ in range(2000)]
    odd = [shapes.draw(odd=True) for _ in range(2000)]

    assert sum(map(well_formed, drawn)) > 1200
    assert 100 < sum(map(well_formed, odd)) < 1000


def test_years_of_a_clinic_are_lived_as_long_as_there_is_time(monkeypatch):
    monkeypatch.setenv("QUIESCE_SOAK_PATIENTS", "3")
    reports = list(years.run(1, monotonic() + 8))

    assert [each.violations for each in reports] == [[], []]
    assert sum(each.counts["days"] for each in reports) > 5


def test_an_unknown_part_is_refused(capsys):
    assert soak.main(["kill"]) == 2
    assert "there are points, kills, order, fuzz, years, reminders" in capsys.readouterr().err
