"""Every verb that a button carries is done somewhere, and no verb is waited for that nothing carries.

Read from the text of `bot`: a button that no test taps is held as well.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import bot
from bot.patients import bedside
from bot.patients.commands import COMMANDS, SHOWN_BY

MODULES = sorted(each.name for each in walk_packages(bot.__path__, "bot.") if each.name != "bot.__main__")
# What a tap on a patient shows after a command without a code: by the name of the command, as are the pages of a menu.
OF_COMMANDS = {SHOWN_BY.get(each, each) for each in COMMANDS - {"new", "replay", "panel", "visit"}}
OF_MENU = {each.lower() for each in bedside.PAGES}
# No buttons: by these deeds a card is known as what it is.
MARKS = {"verdict", "told", "listed"}
# Where the buttons of a patient's cards are told apart, and those of all others.
OF_PATIENTS, OF_ALL = ("do", "_view", "page", "pages"), ("bot.deeds", "bot.desk")


def parsed(name):
    """The text of a module of `bot`, and the module."""
    module = import_module(name)
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8")), module


def meant(node, module):
    """The verbs that an expression may be: itself, a name of the module, the first of a deed that is spread."""
    match node:
        case ast.Constant(value=str(verb)):
            return {verb}
        case ast.IfExp(body=one, orelse=other):
            return meant(one, module) | meant(other, module)
        case ast.Starred(value=deed) | ast.Subscript(value=deed) | ast.Tuple(elts=[deed, *_]):
            return meant(deed, module)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            held = getattr(module, name, None)
            return {held if isinstance(held, str) else held[0]} if isinstance(held, str | tuple) else set()
    return set()


def of_patient(deed, module):
    """The second word of a deed about a patient, which is its verb."""
    match deed:
        case ast.Tuple(elts=[ast.Constant(value="patient"), verb, *_]):
            return meant(verb, module)
    return set()


def deeds(tree):
    """What stands where a deed does: behind a label, returned as one, named as one, or given to turn pages."""
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts=[label, ast.Tuple() as deed]) if not isinstance(label, ast.Tuple):
                yield deed
            case ast.FunctionDef(returns=ast.expr() as said) if ast.unparse(said) in ("Deed", "Deed | None"):
                yield from returned(node)
            case ast.AnnAssign(annotation=ast.Name(id="Deed"), value=ast.Tuple() as deed):
                yield deed
            case ast.Call(func=ast.Name(id="turning"), args=[_, _, ast.Tuple() as deed, *_]):
                yield deed
            case ast.Call(func=ast.Name(id="paged"), args=[_, _, first, *_]):
                yield ast.Tuple(elts=[first])


def returned(function):
    """Each end of what it returns, where that hangs on something."""
    for node in ast.walk(function):
        match node:
            case ast.Return(value=ast.IfExp(body=one, orelse=other)):
                yield from (one, other)
            case ast.Return(value=ast.expr() as deed):
                yield deed


def carried(tree, module):
    """The verbs of a module's buttons, and of those about a patient."""
    every, about = set(), set()
    for deed in deeds(tree):
        every |= meant(deed, module)
        about |= of_patient(deed, module)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="to"), args=[verb, *_]):
                about |= meant(verb, module)
    return every, about


def done(tree, module):
    """The verbs that a module tells apart, and those about a patient."""
    every, about = set(), set()
    if module.__name__ in OF_ALL:
        every = set().union(*(meant(each, module) for each in told_apart(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in OF_PATIENTS:
            about |= {verb for key in keys_of_steps(node) for verb in meant(key, module)}
    return every, about


def told_apart(tree) -> Iterator[ast.expr]:
    """The keys of what is done, the first words of the cases of a deed, and what its first word is compared with."""
    yield from keys_of_steps(tree)
    for node in ast.walk(tree):
        match node:
            case ast.MatchSequence(patterns=[ast.MatchValue(value=verb), *_]):
                yield verb
            case ast.MatchSequence(patterns=[ast.MatchAs(pattern=ast.MatchOr(patterns=several)), *_]):
                yield from (each.value for each in several)
            case ast.MatchSequence(patterns=[ast.MatchOr(patterns=several), *_]):
                yield from (each.value for each in several)
            case ast.Compare(left=ast.Subscript(value=ast.Name(id="deed")), ops=[ast.Eq()], comparators=[verb]):
                yield verb


def keys_of_steps(tree):
    """Of every dictionary of what is to be done."""
    steps = [each for each in ast.walk(tree) if isinstance(each, ast.Dict)]
    return [key for each in steps if any(isinstance(value, ast.Lambda) for value in each.values) for key in each.keys]


def both(read):
    """Of the whole edge."""
    found = [read(*parsed(name)) for name in MODULES]
    return [set().union(*each) for each in zip(*found, strict=True)]


def test_what_a_button_carries_is_done_and_nothing_is_waited_for_that_no_button_carries():
    carried_by_any, of_patients = both(carried)
    done_of_any, done_of_patients = both(done)

    assert (carried_by_any | {"patient"}) - {"copy"} == done_of_any
    assert (of_patients | OF_MENU | OF_COMMANDS) - MARKS == done_of_patients


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ('button: Labelled = ("Orphan", ("orphan", "1"))', ({"orphan"}, set())),
        ('button = ("Orphan", to("orphan", patient))', (set(), {"orphan"})),
        ('def deed() -> Deed:\n    return ("patient", "orphan", "1")', ({"patient"}, {"orphan"})),
        ('shown, beside = paged(every, page, "orphan", whose)', ({"orphan"}, set())),
    ],
    ids=["any", "of a patient", "returned", "pages"],
)
def test_an_orphan_is_seen(text, verbs):
    assert carried(ast.parse(text), bedside) == verbs
