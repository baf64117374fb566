"""What no bot on python-telegram-bot can undercut: the same calls with the same content, and no state at all.

`shipped` is the library as it comes, one update after another; `transport` is on Quiesce's own transport and event
loop, with chats side by side.
"""

import asyncio
import os
import sys
from html import escape
from types import SimpleNamespace
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.ext import Application, CallbackQueryHandler, CommandHandler

from tests.bench.script import COMMAND, STEPS
from tests.botapi import TOKEN

_AS_LONG_AS_OURS = "A" * 22


def _screen(number: int) -> dict[str, Any]:
    """A button carries the number of the screen that it leads to."""
    step, data = STEPS[number], f"{_AS_LONG_AS_OURS}:{number + 1}"
    rows = [[InlineKeyboardButton(label, callback_data=data) for label in row] for row in step.rows]
    return {
        "text": escape(step.text, quote=False),
        "parse_mode": ParseMode.HTML,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "reply_markup": InlineKeyboardMarkup(rows),
    }


async def _commanded(update: Update, _: object) -> None:
    await update.message.chat.send_message(**_screen(0))


async def _tapped(update: Update, _: object) -> None:
    query = update.callback_query
    await query.answer()
    await query.edit_message_text(**_screen(int(query.data.partition(":")[2])))


def main(way: str) -> None:
    builder = Application.builder().token(TOKEN).base_url(f"{os.environ['BENCH_API_URL']}/bot")
    if way == "transport":
        import uvloop  # noqa: PLC0415  only here

        from bot.api.transport import AiohttpRequest  # noqa: PLC0415  only here

        builder = builder.request(AiohttpRequest(64)).get_updates_request(AiohttpRequest(1)).concurrent_updates(True)
        asyncio.set_event_loop(uvloop.new_event_loop())
    else:
        # httpcore asks for it at every turn, and is a seventh slower where it is not installed.
        sys.modules.setdefault("sniffio", SimpleNamespace(current_async_library=lambda: "asyncio"))
    app = builder.build()
    app.add_handler(CommandHandler(COMMAND.removeprefix("/"), _commanded))
    app.add_handler(CallbackQueryHandler(_tapped))
    app.run_polling(timeout=30)


if __name__ == "__main__":
    main(sys.argv[1])
