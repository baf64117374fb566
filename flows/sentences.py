"""Sentences that are put together from what others say."""


def ended(text: str) -> str:
    """With a full stop, unless the text has a mark of its own at its end."""
    return text if text.endswith((".", "?", "…")) else f"{text}."
