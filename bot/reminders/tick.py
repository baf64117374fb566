"""The tick: every few seconds, what the calendar asks for is done, a turn for each patient and for each person."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from bot.acts import Moment
from bot.ledger import Ledger
from bot.reminders import damaged, rounds, wall_clock
from store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


async def tick(ledger: Ledger, wake: Callable[..., None], moment: Moment) -> None:
    """Look at the patients whose day has come, then tell each member whose morning it is.

    Between two turns whoever has acted meanwhile is served. A patient whom our bug keeps from being looked at holds
    nobody else up (R5): the owners are told, and nothing is told of that patient until the next day.
    By a clock that was set back nothing is done; nobody is told while another process looks at a patient.
    """
    goes_on, news = await ledger.take(partial(_begin, moment=moment))
    wake(*news)
    if not goes_on:
        return
    today = moment.today
    while await _look(ledger, wake, partial(rounds.look, today=today, moment=moment)):
        await asyncio.sleep(0)
    if await ledger.take(lambda work: rounds.is_looked_at_elsewhere(work, today)):
        return
    for member in await ledger.take(lambda work: rounds.rounds_due(work, moment.now)):
        wake(*await _round(ledger, partial(rounds.make_round, member_id=member, moment=moment)))
        await asyncio.sleep(0)


def _begin(work: UnitOfWork, moment: Moment) -> tuple[bool, list[int]]:
    """Whether it goes on, and in which chats there is news. What waits to be shown is gone through first.

    Not where the clock is not believed; nor while another process is at what is to be told again, or a round would
    not have it.
    """
    damaged.mend(work, moment)
    goes_on = wall_clock.goes_on(work, moment)
    if goes_on:
        rounds.overtake(work, moment.today, moment.now)
        goes_on = rounds.take_back(work, moment.today, moment.now)
    return goes_on, list(work.cards.wanted_in)


async def _look(ledger: Ledger, wake: Callable[..., None], look: partial[int]) -> bool:
    try:
        return await ledger.take(look) > 0
    except rounds.CannotLook as error:
        log.exception("patient %d cannot be looked at", error.patient_id)
        wake(*await ledger.take(partial(rounds.put_off, patient_id=error.patient_id, **look.keywords)))
        return True


async def _round(ledger: Ledger, make_round: partial[list[int]]) -> list[int]:
    but: set[int] = set()
    while True:
        try:
            return await ledger.take(partial(make_round, but=but))
        except rounds.CannotLook as error:
            log.exception("patient %d cannot be looked at", error.patient_id)
            but.add(error.patient_id)
