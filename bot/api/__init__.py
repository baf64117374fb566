"""The Bot API: updates in, one at a time for each chat, and cards out until Telegram shows them."""
