"""Sentences that are put together from what others say."""


def ended(text: str) -> str:
    """With a full stop, unless the text has a mark of its own at its end."""
    return text if text.endswith((".", "?", "…")) else f"{text}."


def shortened(text: str, most: int) -> str:
    """Whole words, as many as there is room for; where the first has none, what there is room for of it."""
    if len(text) <= most:
        return text
    words, _, _ = text[: most - 1].rpartition(" ")
    return f"{words.rstrip(',;:.') or text[: most - 2]} …"
