"""A small Telegram on this machine: the terminal chat and the tests talk to it."""
