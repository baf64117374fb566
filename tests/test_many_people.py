"""Many people at once on the running program: a flood slows nobody, and two receivers serve as one."""

import asyncio
import random
import threading
import time
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest

from bot.acts import Person
from bot.api import deliver
from bot.turns import seat_owner
from tests.botapi import botapi
from tests.conftest import fresh_database
from tests.crashing import CONVERSATION
from tests.forked import Forked
from tests.sealed import writer_on

SEED = 20260602
FLOODING, PEOPLE = 4000, range(4001, 4021)
FLOOD_A_SECOND, FLOOD_SECONDS = 500, 6
# One thread waits for the double after each message, and falls short of the rate where the machine is busy.
FLOODS = 4
P95_SECONDS = 2.0
# Longer than any call takes, also on a machine that is busy: nobody dies here.
HOLD = timedelta(seconds=45)


@contextmanager
def serving(*bots):
    """Bots that serve until the end of the block."""
    for bot in bots:
        bot.start(lambda: setattr(deliver, "HOLD", HOLD))
    try:
        yield
    finally:
        for bot in bots:
            assert bot.lives
            bot.kill()


def seat(url, people):
    with closing(writer_on(url)) as writer:
        for each in people:
            writer.take(lambda work, each=each: seat_owner(work, Person(user_id=each, chat_id=each), "UTC"))


def flood(api, end):
    """One thread's part of so many messages a second, as evenly as they can be sent; the number sent."""
    sent, began = 0, time.monotonic()
    while (now := time.monotonic()) < end:
        if sent < (now - began) * FLOOD_A_SECOND / FLOODS:
            api.says(FLOODING, "/privacy")
            sent += 1
        else:
            time.sleep(0.0005)
    return sent


def answered_after(api, who):
    """Ask once; the seconds until the verdict is on the screen."""
    seen, asked = len(api.log(who)), time.monotonic()
    api.says(who, "/hbi 1 1 3 0 0")
    answer = api.log(who, since=seen, wait=30)
    assert answer[0].text.startswith("NOT IN REMISSION"), answer
    return answer[0].at - asked


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_one_person_at_500_updates_a_second_does_not_slow_twenty_others(url, unused_tcp_port, way):
    seat(url, [FLOODING, *PEOPLE])
    latencies, sent, chance = [], [], random.Random(SEED)
    with botapi() as api, serving(Forked(api.url, url, unused_tcp_port if way == "webhook" else None)):
        answered_after(api, PEOPLE[0])
        end = time.monotonic() + FLOOD_SECONDS

        def converse(who):
            while time.monotonic() < end:
                latencies.append(answered_after(api, who))
                time.sleep(chance.uniform(0.8, 1.2))

        threads = [threading.Thread(target=lambda: sent.append(flood(api, end))) for _ in range(FLOODS)]
        threads += [threading.Thread(target=converse, args=(who,)) for who in PEOPLE]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        dropped = api.log(FLOODING)

    p95 = sorted(latencies)[int(len(latencies) * 0.95)]
    print(f"flood {sum(sent) / FLOOD_SECONDS:.0f}/s, {len(latencies)} answers, p95 {p95 * 1000:.0f} ms")
    assert sum(sent) >= FLOOD_SECONDS * FLOOD_A_SECOND * 0.8
    assert len(latencies) >= len(PEOPLE) * 3
    assert p95 <= P95_SECONDS
    assert any(event.text.startswith("That was too much at once") for event in dropped)


class Proxy:
    """In front of two receivers: each connection goes to one of them by chance."""

    def __init__(self, ports):
        self._ports, self._chance = ports, random.Random(SEED)

    @contextmanager
    def listening(self, port):
        loop, ready = asyncio.new_event_loop(), threading.Event()
        thread = threading.Thread(target=self._run, args=(loop, port, ready))
        thread.start()
        ready.wait()
        yield
        loop.call_soon_threadsafe(loop.stop)
        thread.join()

    def _run(self, loop, port, ready):
        server = loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", port))
        ready.set()
        loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    async def _serve(self, reader, writer):
        """One request and its answer, then the connection ends, so that the next one may go to the other."""
        head = (await reader.readuntil(b"\r\n\r\n")).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        length = int(next(line[15:] for line in head.lower().splitlines() if line.startswith(b"content-length:")))
        there, out = await asyncio.open_connection("127.0.0.1", self._chance.choice(self._ports))
        out.write(head + await reader.readexactly(length))
        writer.write(await there.read())
        await writer.drain()
        for end in (out, writer):
            end.close()


def test_two_receivers_of_one_webhook_serve_the_same_chats_without_loss_doubling_or_disorder(
    postgres, unused_tcp_port_factory
):
    front, *ports = (unused_tcp_port_factory() for _ in range(3))
    with fresh_database(postgres) as url, botapi() as api, Proxy(ports).listening(front):
        seat(url, PEOPLE)
        api.set_seed(SEED)
        api.trouble(doubled=0.3)
        with serving(*(Forked(api.url, url, front, port) for port in ports)):
            for (act, what), screen in CONVERSATION:
                for who in PEOPLE:
                    getattr(api, act)(who, what)
                for who in PEOPLE:
                    await_screen(api, who, screen)
            api.settled()
        log = {who: [event for event in api.log(who) if event.what in ("sent", "edited")] for who in PEOPLE}
        doubled = api.counters()["deliveries"]["200"] - len(PEOPLE) * len(CONVERSATION)

    assert doubled > 0
    for events in log.values():
        shown = [event.text for event in events]
        assert [text.startswith(screen) for text, (_, screen) in zip(shown, CONVERSATION, strict=True)] == [True] * 7


def await_screen(api, who, screen):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if any(event.text.startswith(screen) for event in api.messages(who)):
            return
        time.sleep(0.01)
    raise AssertionError(f"{who} does not see {screen!r}: {api.log(who)[-2:]}")
