"""The edge: Telegram, the terminal, the clock, the composition root."""
