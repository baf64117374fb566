"""A machine as its table of transitions says; it keeps nobody in memory."""

from collections.abc import Iterable
from enum import Enum

from transitions import Machine

from flows.arrows import Row


def machine(table: Iterable[Row], initial: Enum, attribute: str) -> Machine:
    """Its states are those of `initial`, kept in an attribute of whoever is moved."""
    built = Machine(
        model=None, states=type(initial), initial=initial, auto_transitions=False, model_attribute=attribute
    )
    for trigger, sources, target, guard, effect in table:
        for source in sources if isinstance(sources, tuple) else (sources,):
            built.add_transition(trigger, source, target, conditions=guard, before=effect)
    return built


def fire(machine: Machine, model: object, trigger: str, *given: object) -> bool:
    """Whether it moved: what no row or no guard lets happen now changes nothing."""
    event = machine.events[trigger]
    return machine.get_model_state(model).name in event.transitions and event.trigger(model, *given)
