"""Updates out to a webhook: side by side, in no order that can be relied on, again and again until each is taken."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from time import time
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
TIMEOUT_SECONDS = 10

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """What setWebhook says."""

    url: str
    secret: str
    most: int


class Webhook:
    """`taken` is told of each update that was answered with a 2xx; `copies` says how often one goes out at once."""

    def __init__(
        self, terms: Terms, counts: Counter[str], copies: Callable[[], int], taken: Callable[[Json], None]
    ) -> None:
        self.terms = terms
        self.counts = counts
        self.last_error: Json = {}
        self._copies = copies
        self._taken = taken
        self._headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: terms.secret} if terms.secret else {})
        self._places = asyncio.Semaphore(terms.most)
        self._session = ClientSession(
            connector=TCPConnector(limit=terms.most), timeout=ClientTimeout(total=TIMEOUT_SECONDS)
        )
        self._tasks: set[asyncio.Task[None]] = set()

    def deliver(self, update: Json) -> None:
        task = asyncio.create_task(self._deliver(update))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()

    async def _deliver(self, update: Json) -> None:
        body, copies = json.dumps(update).encode(), self._copies()
        for attempt in count():
            pause = min(0.02 * 2**attempt, 0.5)
            async with self._places:
                statuses = await asyncio.gather(*(self._post(body) for _ in range(copies)))
                if any(200 <= status < 300 for status in statuses):
                    self._taken(update)
                    return
                if 0 in statuses:  # nobody is there: keep the place, or all that wait would knock
                    await asyncio.sleep(pause)
            if 0 not in statuses:
                await asyncio.sleep(pause)

    async def _post(self, body: bytes) -> int:
        """The status; 0 if there was no answer."""
        try:
            async with self._session.post(self.terms.url, data=body, headers=self._headers) as response:
                await response.read()
                status, error = response.status, f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError) as failure:
            status, error = 0, f"No response from the webhook: {type(failure).__name__}"
        self.counts[str(status or "no answer")] += 1
        if not 200 <= status < 300:
            self.last_error = {"last_error_date": int(time()), "last_error_message": error}
        return status
