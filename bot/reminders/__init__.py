"""Reminders in the chat: looked for by the tick, told in the morning, answered on their cards."""
