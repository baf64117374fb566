"""Sentences that are put together from what others say."""

from collections.abc import Callable, Sequence

_LABEL = " label"


def ended(text: str) -> str:
    """With a full stop, unless the text has a mark of its own at its end."""
    return text if text.endswith((".", "?", "…")) else f"{text}."


def capitalised(text: str) -> str:
    """As a sentence begins; all else stays as it is."""
    return text[:1].upper() + text[1:]


def counted(number: int, name: str) -> str:
    """`1 day`, `2 days`: of a name whose plural ends in s."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def shortened(text: str, most: int) -> str:
    """Whole words, as many as there is room for; where the first has none, what there is room for of it."""
    if len(text) <= most:
        return text
    words, _, _ = text[: most - 1].rpartition(" ")
    return f"{words.rstrip(',;:.') or text[: most - 2]} …"


def as_many_as_fit(lines: Sequence[str], room: int, more: Callable[[int], str]) -> list[str]:
    """The first of the lines, as many as have room together with what is said of so many others."""
    kept = list(lines)
    for hidden in range(1, len(lines) + 1):
        if len("\n".join(kept)) <= room:
            break
        kept = [*lines[:-hidden], more(hidden)]
    return kept


def joined(names: list[str]) -> str:
    """`US, EU and GB labels`; names that are no labels' are left whole."""
    if len(names) < 2 or not all(name.endswith(_LABEL) for name in names):
        return " and ".join(names)
    heads = [name.removesuffix(_LABEL) for name in names]
    return f"{', '.join(heads[:-1])} and {heads[-1]} labels"
