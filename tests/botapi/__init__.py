"""A Bot API server on loopback, in its own process, for a bot that is killed, restarted and measured.

It is bot/practice over real HTTP, with trouble by plan; a test speaks to it, as people and as fate, through `BotApi`.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

TOKEN = "1:" + "A" * 35

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person saw happen, and when by `time.monotonic()`: sent, edited, buttons (only they changed), toast."""

    at: float
    user_id: int
    what: str
    message_id: int | None
    text: str
    buttons: tuple[tuple[str, str | None], ...]

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in self.buttons]


class BotApi:
    """The test's side of the control channel; every method returns when the server has done it."""

    token = TOKEN

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._idle: list[HTTPConnection] = []  # so that threads need not wait for each other

    # People

    def says(self, user_id: int, text: str, *, reply_to: int | None = None) -> int:
        """The number of the update; 0 if the bot has not asked for messages."""
        return self._ask("says", user=user_id, text=text, reply_to=reply_to)

    def taps(self, user_id: int, label: str, *, message_id: int | None = None) -> int:
        """Press a button on the newest message that has it, or on that message; LookupError if there is none."""
        return self._ask("taps", user=user_id, label=label, message=message_id)

    def presses(self, user_id: int, data: str, message_id: int) -> int:
        """Press a button by what it carries, also one that is gone or never was."""
        return self._ask("presses", user=user_id, data=data, message=message_id)

    def deletes(self, user_id: int, message_id: int) -> None:
        """Delete a message of the bot."""
        self._ask("deletes", user=user_id, message=message_id)

    def push(self, update: Json) -> int:
        """Deliver an update of any shape and kind; it is numbered if it has no number."""
        return self._ask("pushes", update=update)

    def log(self, user_id: int | None = None, *, since: int = 0, wait: float = 0.0) -> list[Seen]:
        """What a person, or everybody, saw, in order, from entry `since` on; waits so many seconds for the first."""
        return [_seen(entry) for entry in self._ask("log", user=user_id, since=since, wait=wait)]

    def messages(self, user_id: int) -> list[Seen]:
        """Each message of the bot as it was last seen, oldest first."""
        return [_seen(entry) for entry in self._ask("messages", user=user_id)]

    # Fate

    def trouble(self, **chances: Any) -> None:
        """From now on, and instead of what was said before, as `Chances` has it: `trouble(lost=0.05, latency=50)`."""
        self._ask("trouble", chances=chances)

    def answers(self, method: str, *answers: str | int | Json) -> None:
        """The next answers to a method, as `Fate.read` has them: `answers("sendMessage", "lost", 503, "ok")`.

        The method `webhook` stands for deliveries: `answers("webhook", "doubled")`.
        """
        self._ask("answers", method=method, answers=answers)

    def set_seed(self, seed: int) -> None:
        self._ask("seed", seed=seed)

    def reset(self) -> None:
        """As after a start, on the same port: no chats, no updates, no webhook, no trouble."""
        self._ask("resets")

    # Judging

    def settled(self, timeout: float = 10.0, *, quiet: float = 0.1) -> None:
        """Return when every update is acknowledged and no call came for `quiet` seconds; TimeoutError otherwise."""
        if not self._ask("settled", timeout=timeout, quiet=quiet):
            raise TimeoutError(f"not settled after {timeout} s: {self.counters()}")

    def counters(self) -> Json:
        """Calls by method, answers and deliveries by status; and now: pending updates, calls under way, polling."""
        return self._ask("counters")

    def calls(self) -> list[tuple[float, str, int | None, str]]:
        """The last calls but getUpdates: when it came, method, chat, and its status, `lost` or `dropped`."""
        return [tuple(call) for call in self._ask("calls")]

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _ask(self, what: str, **terms: Any) -> Any:
        connection = self._idle.pop() if self._idle else HTTPConnection("127.0.0.1", self._port, timeout=600)
        try:
            connection.request("POST", f"/control/{what}", json.dumps(terms), {"Content-Type": "application/json"})
            response = connection.getresponse()
            result = json.load(response)
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        if response.status != 200:
            raise LookupError(result)
        return result


def _seen(entry: list[Any]) -> Seen:
    *what, buttons = entry
    return Seen(*what, tuple((label, data) for label, data in buttons))


@contextmanager
def botapi() -> Iterator[BotApi]:
    """A server that ends with the block, and also when this process is killed."""
    command = [sys.executable, "-m", "tests.botapi.server"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            api = BotApi(int(server.stdout.readline()))
            yield api
            api.close()
        finally:
            server.kill()
