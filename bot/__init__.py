"""The edge: Telegram, the terminal, the clock, the composition root."""

import os

# python-telegram-bot warns at every 429 unless its coming behaviour, pauses as timedelta, is asked for.
os.environ.setdefault("PTB_TIMEDELTA", "true")
