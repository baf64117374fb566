"""Sentences that are put together from what others say."""

_LABEL = " label"


def ended(text: str) -> str:
    """With a full stop, unless the text has a mark of its own at its end."""
    return text if text.endswith((".", "?", "…")) else f"{text}."


def joined(names: list[str]) -> str:
    """`US, EU and GB labels`; names that are no labels' are left whole."""
    if len(names) < 2 or not all(name.endswith(_LABEL) for name in names):
        return " and ".join(names)
    heads = [name.removesuffix(_LABEL) for name in names]
    return f"{', '.join(heads[:-1])} and {heads[-1]} labels"
