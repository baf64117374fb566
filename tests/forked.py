"""A bot in a process of its own, forked from a warm parent: some milliseconds, not a second.

The child is the real program from `serve` down, against a Bot API on loopback.
"""

import asyncio
import logging
import os
import signal
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from time import sleep
from typing import NoReturn

from bot.api import deliver
from bot.ledger import Ledger
from bot.serving import new_loop, serve
from bot.settings import Settings
from tests.botapi import TOKEN
from tests.sealed import KEY


@dataclass
class Forked:
    """At most one child at a time; what it says is the parent's to read from its logs, if `prepare` keeps them."""

    api_url: str
    database_url: str
    webhook_port: int | None = None
    listen_port: int | None = None  # where a proxy stands between
    _child: int = 0

    def start(self, prepare: Callable[[], None]) -> None:
        """Fork; `prepare` is what is different in the child."""
        self._child = os.fork()
        if not self._child:
            self._live(prepare)

    @property
    def lives(self) -> bool:
        """Whether there is a child; one that has died is put away."""
        if self._child and os.waitpid(self._child, os.WNOHANG)[0]:
            self._child = 0
        return bool(self._child)

    def kill(self) -> None:
        """`kill -9`, if there is somebody to be killed."""
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._child = 0

    def _live(self, prepare: Callable[[], None]) -> NoReturn:
        Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
        try:
            warnings.simplefilter("ignore")
            deliver.HOLD = timedelta(seconds=0.5)  # with replicas a hold is waited for; here no call takes so long
            prepare()
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(serve(self._settings(), TOKEN, Ledger(self.database_url, KEY)))
        except BaseException:
            logging.getLogger(__name__).exception("the bot has ended by itself")
        finally:
            os._exit(0)

    def _settings(self) -> Settings:
        """Not validated: on loopback there is no https."""
        settings = Settings.model_construct(telegram_api_url=self.api_url, database_url=self.database_url)
        if self.webhook_port:
            settings.webhook_url = f"http://127.0.0.1:{self.webhook_port}/hook"
            settings.webhook_secret_file = None
            settings.webhook_secret = type("Given", (), {"get_secret_value": lambda _: "a-secret-of-crashes"})()
            settings.listen = f"127.0.0.1:{self.listen_port or self.webhook_port}"
        return settings


def _end_with(parent: int) -> None:
    """A parent that is killed cannot end its child."""
    while os.getppid() == parent:
        sleep(1)
    os._exit(1)
