"""LIMIT and CHECK as a card shows them: whole, then ever shorter; and LIMIT in a line for the record."""

from collections.abc import Iterable, Sequence
from html import escape

from flows.protocol.cautions import Level, SafetyFinding
from flows.sentences import counted, ended

# A finding to be checked whose words are longer than this is told by its one clause, and whole behind Safety.
_SHORT = 200
# Of a page of a message, so much at most is of safety.
_MOST_ON_A_PAGE = 2000
_A_CHECK, _IN_LONG_NOTE = "check", ": see the long note"
Shapes = tuple[tuple[str, ...], ...]


def of_level(found: Iterable[SafetyFinding], level: Level) -> list[SafetyFinding]:
    return [each for each in found if each.level is level]


def whole(found: SafetyFinding) -> str:
    """In the words of its authority, with the value and its day."""
    return f"{found.level.upper()}: {found.why}"


def lines_of_card(found: Sequence[SafetyFinding]) -> list[str]:
    """Every LIMIT whole, then every CHECK, a long one by its one clause: for a card with room for all of them."""
    return [_line(_at_length(each)) for level in (Level.LIMIT, Level.CHECK) for each in of_level(found, level)]


def limit_shapes(limits: Sequence[SafetyFinding]) -> tuple[Shapes, Shapes]:
    """Ever shorter texts: first with the value of each limit, ever fewer in full; then ever more by name alone."""
    fewer = range(len(limits) - 1, -1, -1)
    named = tuple((*_in_brief(limits[:shown]), _line(_by_name(limits[shown:]))) for shown in fewer)
    return _ever_fewer_whole(limits), named


def check_shapes(checks: Sequence[SafetyFinding]) -> Shapes:
    """Each whole where that is short, then by its one clause, then counted; none is cut in the middle."""
    fewer = range(len(checks) - 1, -1, -1)
    in_brief = ((*_in_brief(checks[:shown]), _counted(len(checks) - shown, shown)) for shown in fewer)
    return (*_ever_fewer_whole(checks), *in_brief)


def grave_lines(found: Sequence[SafetyFinding]) -> list[str]:
    """Every LIMIT, then every CHECK: whole, or in brief where all of them would be longer than there is room for."""
    every = [*of_level(found, Level.LIMIT), *of_level(found, Level.CHECK)]
    lines = [ended(whole(each)) for each in every]
    return lines if len("\n".join(lines)) <= _MOST_ON_A_PAGE else [ended(_brief(each)) for each in every]


def grave_on_record(limits: Sequence[SafetyFinding], shown: int, checks: int) -> str:
    """`LIMIT ANC 0.8 (1 Jun 2026); ALC 0.4 (1 Jun 2026) and 2 more limits: see the long note, with 3 checks.`

    So many limits in brief; the others, and checks, by their number.
    """
    left = len(limits) - shown
    told = f"LIMIT {'; '.join(each.brief for each in limits[:shown])}" if shown else ""
    if left:
        more = f"{counted(left, 'more limit' if shown else 'limit')}{_IN_LONG_NOTE}"
        return f"{f'{told} and ' if told else ''}{more}{f', with {counted(checks, _A_CHECK)}' if checks else ''}."
    rest = f"{counted(checks, _A_CHECK)}{_IN_LONG_NOTE}." if checks else ""
    return " ".join(filter(None, [f"{told}." if told else "", rest]))


def grave_in_numbers(limits: Sequence[SafetyFinding], checks: int) -> str:
    """`5 limits, 3 checks.`, where there is no room to say where they stand."""
    numbers = ((len(limits), "limit"), (checks, _A_CHECK))
    said = ", ".join(counted(number, name) for number, name in numbers if number)
    return f"{said}." if said else ""


def _ever_fewer_whole(found: Sequence[SafetyFinding]) -> Shapes:
    return tuple(
        (*map(_line, map(_at_length, found[:number])), *_in_brief(found[number:]))
        for number in range(len(found), -1, -1)
    )


def _at_length(found: SafetyFinding) -> str:
    said = whole(found)
    return said if found.level is Level.LIMIT or len(said) <= _SHORT else _brief(found)


def _in_brief(found: Sequence[SafetyFinding]) -> tuple[str, ...]:
    return tuple(_line(_brief(each)) for each in found)


def _brief(found: SafetyFinding) -> str:
    """Its one clause, and whose it is."""
    return f"{found.level.upper()}: {found.brief} · {found.source.name}"


def _by_name(found: Sequence[SafetyFinding]) -> str:
    names = ", ".join(each.matter for each in found)
    return f"{found[0].level.upper()}: by name alone, {names}: values under Safety"


def _counted(left: int, shown: int) -> str:
    return f"CHECK: {left}{' more' if shown else ''} under Safety."


def _line(text: str) -> str:
    return escape(ended(text))
