"""A machine beside its table."""


def moves_of(machine):
    """Every move that a machine knows: trigger, source, target, guards, effects."""
    return {
        (trigger, move.source, move.dest, tuple(condition.func for condition in move.conditions), tuple(move.before))
        for trigger, event in machine.events.items()
        for moves in event.transitions.values()
        for move in moves
    }


def moves_in(table):
    """The same of a table of transitions."""
    return {
        (trigger, source.name, target and target.name, (guard,) if guard else (), (effect,) if effect else ())
        for trigger, sources, target, guard, effect in table
        for source in (sources if isinstance(sources, tuple) else (sources,))
    }
