"""Sentences that are put together from what others say."""


def ended(text: str) -> str:
    """With a full stop, unless the text has a mark of its own at its end."""
    return text if text.endswith((".", "?", "…")) else f"{text}."


def shortened(text: str, most: int) -> str:
    """Whole words, as many as there is room for."""
    return text if len(text) <= most else f"{text[: most - 1].rpartition(' ')[0].rstrip(',;:.')} …"
