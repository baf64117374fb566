"""PracticeTelegram as a Bot API server keeps it: one poller or one webhook, trouble by plan, a log of every screen."""
# ruff: noqa: N802  methods are named as Telegram names them

import asyncio
import re
from collections import Counter, defaultdict
from time import monotonic
from typing import Any

from bot.practice.limits import Refusal
from bot.practice.telegram import PracticeTelegram, Shown
from tests.botapi.trouble import Plan, Silence
from tests.botapi.webhook import Terms, Webhook

Json = dict[str, Any]
Entry = tuple[float, int, str, int | None, str, list[tuple[str, str | None]]]

_WHAT = {"new": "sent", "edit": "edited", "buttons": "buttons"}
_TWO_POLLERS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"
_POLLER_AND_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class BotApiTelegram(PracticeTelegram):
    """The same chats, updates and refusals, with what is only true of a server."""

    def __init__(self) -> None:
        super().__init__(on_shown=self._shown)
        self.plan = Plan()
        self.deliveries: Counter[str] = Counter()
        self.stirred = monotonic()
        self.screens: dict[int, dict[int, Entry]] = defaultdict(dict)
        self._log: list[Entry] = []
        self._logs: dict[int, list[Entry]] = defaultdict(list)
        self._news = asyncio.Event()
        self._asked: set[str] = set()
        self._allowed: set[str] = set()
        self._poll: asyncio.Task[list[Json]] | None = None
        self._webhook: Webhook | None = None

    @property
    def polling(self) -> bool:
        """A getUpdates waits."""
        return self._poll is not None

    async def close(self) -> None:
        """End what is under way: a poll is told that it was replaced."""
        self._end_poll(_TWO_POLLERS)
        if self._webhook is not None:
            await self._webhook.close()

    # What people do

    def push(self, content: Json) -> int:
        """The number of the update; 0 if the bot has not asked for its kind, which it then never gets."""
        if self._allowed and not self._allowed & content.keys():
            return 0
        return super().push(content)

    def push_raw(self, update: Json) -> int:
        """Deliver an update of any shape and kind; it is numbered if it has no number."""
        self.next_update += 1
        return self.again({"update_id": self.next_update - 1, **update})

    def again(self, update: Json) -> int:
        self.next_update = max(self.next_update, int(update["update_id"]) + 1)
        match update:
            case {"callback_query": {"id": str(query), "from": {"id": int(person)}}} if query not in self._asked:
                self._queries[query] = person
                self._asked.add(query)
        number = super().again(update)
        if self._webhook is not None:
            self._webhook.deliver(update)
        return number

    def deletes(self, chat_id: int, message_id: int) -> None:
        super().deletes(chat_id, message_id)
        del self.screens[chat_id][message_id]

    # What people see

    async def seen(self, chat_id: int | None, since: int, wait: float) -> list[Entry]:
        """The log of a chat, or of all, from entry `since` on; waits that many seconds while there is nothing."""
        log, end = self._log if chat_id is None else self._logs[chat_id], monotonic() + wait
        while len(log) <= since and (left := end - monotonic()) > 0:
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                break
        return log[since:]

    def _shown(self, shown: Shown) -> None:
        message = shown.message
        if message is None:
            self._note(shown.chat_id, "toast", None, shown.toast, [])
            return
        buttons = [(each["text"], each.get("callback_data")) for row in message.keyboard for each in row]
        entry = self._note(message.chat_id, _WHAT[shown.kind], message.message_id, message.text, buttons)
        self.screens[message.chat_id][message.message_id] = entry

    def _note(self, chat_id: int, what: str, message_id: int | None, text: str, buttons: list[Any]) -> Entry:
        entry = (monotonic(), chat_id, what, message_id, text, buttons)
        self._log.append(entry)
        self._logs[chat_id].append(entry)
        self._news.set()
        self._news = asyncio.Event()
        return entry

    # What the bot calls

    async def call(self, method: str, terms: Json) -> Any:
        """The effect comes in the middle of the latency; Silence where no reply is to arrive."""
        fate = self.plan.fate(method)
        half = (fate.latency or 0) / 2000
        await _passes(half)
        try:
            if fate.outcome == "dropped":
                raise Silence(fate.outcome)
            if fate.outcome == "refused":
                raise self.plan.refusal(fate)
            return await super().call(method, terms)
        except KeyError as missing:
            raise Refusal(f"Bad Request: parameter {missing} is required") from None
        finally:
            await _passes(half)
            if fate.outcome == "lost":
                raise Silence(fate.outcome)

    async def _on_getUpdates(self, terms: Json) -> list[Json]:
        if self._webhook is not None:
            raise Refusal(_POLLER_AND_WEBHOOK, 409)
        self._end_poll(_TWO_POLLERS)
        self._allow(terms)
        offset = terms.get("offset", 0)
        if offset < 0:  # the last few, and forget the others
            self.updates = self.updates[offset:]
        if self.updates and self.updates[0]["update_id"] < offset:
            self.stirred = monotonic()
        poll = self._poll = asyncio.create_task(super()._on_getUpdates(terms))
        try:
            return await poll
        except asyncio.CancelledError as ended:
            if ended.args:
                raise Refusal(ended.args[0], 409) from None
            raise
        finally:
            if self._poll is poll:
                self._poll = None

    def _end_poll(self, why: str) -> None:
        if self._poll is not None:
            self._poll.cancel(why)

    def _allow(self, terms: Json) -> None:
        """Kinds once asked for stay so until others are."""
        if "allowed_updates" in terms:
            self._allowed = set(terms["allowed_updates"])

    # Webhooks

    async def _on_setWebhook(self, terms: Json) -> bool:
        wanted = Terms(terms.get("url") or "", terms.get("secret_token") or "", terms.get("max_connections", 40))
        if not re.fullmatch("[A-Za-z0-9_-]{0,256}", wanted.secret):
            raise Refusal("Bad Request: secret token contains unallowed characters")
        self._end_poll(_WEBHOOK_SET)
        self._allow(terms)
        drops = terms.get("drop_pending_updates", False)
        if self._webhook is not None:
            if self._webhook.terms == wanted and not drops:
                return True
            old, self._webhook = self._webhook, None
            await old.close()
        if drops:
            self.updates = []
        if wanted.url:
            self._webhook = Webhook(wanted, self.deliveries, self.plan.copies, self._taken)
            for update in self.updates:
                self._webhook.deliver(update)
        return True

    async def _on_deleteWebhook(self, terms: Json) -> bool:
        return await self._on_setWebhook({"drop_pending_updates": terms.get("drop_pending_updates", False)})

    async def _on_getWebhookInfo(self, _: Json) -> Json:
        info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(self.updates)}
        if self._webhook is not None:
            terms = self._webhook.terms
            info |= {"url": terms.url, "max_connections": terms.most, **self._webhook.last_error}
        return info | ({"allowed_updates": sorted(self._allowed)} if self._allowed else {})

    def _taken(self, update: Json) -> None:
        if update in self.updates:
            self.updates.remove(update)
        self.stirred = monotonic()


async def _passes(seconds: float) -> None:
    if seconds:
        await asyncio.sleep(seconds)
