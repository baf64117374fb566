"""Every mutant of the modules in scope, each named by what stands in the source, not by where."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from tests.mutation.changes import Enumerations, changes, conditions

# How a class is made and what is remembered is no rule. Nor are assertions touched, which only say what types cannot.
_NO_BEHAVIOUR = ("dataclass", "record", "lru_cache", "field")
_NOT_ENTERED = ("annotation", "returns", "type_params")
_WHOLE = "module"


@dataclass(frozen=True, slots=True)
class Key:
    """What a mutant is known by: `change` with a number behind it where one line has it several times."""

    path: str
    place: str
    line: str
    change: str

    def __str__(self) -> str:
        return f"{self.path}, {self.place}\n    {self.line}\n    {self.change}"

    @property
    def short(self) -> str:
        return f"{self.path}, {self.place}: {self.change}"


@dataclass(frozen=True, slots=True)
class Function:
    """The innermost function in which something stands, by its name and its first line as its code has them."""

    name: str
    first_line: int


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a node hangs: in a field of another, at an index if that is a list."""

    parent: ast.AST
    field: str
    index: int | None

    def get(self) -> ast.AST:
        held = getattr(self.parent, self.field)
        return held if self.index is None else held[self.index]

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """One change; `function` None where it is done once, when the module is imported."""

    key: Key
    function: Function | None
    tree: ast.Module
    site: _Site
    put: ast.AST

    def compiled(self, file: Path) -> CodeType:
        """The module with the change; the tree stays as it was."""
        before = self.site.get()
        self.site.put(ast.copy_location(self.put, before))
        try:
            return compile(ast.fix_missing_locations(self.tree), str(file), "exec", dont_inherit=True)
        finally:
            self.site.put(before)


def compiled(file: Path) -> CodeType:
    """The module as it is."""
    return compile(file.read_text(encoding="utf-8"), str(file), "exec", dont_inherit=True)


def mutants(root: Path, paths: Iterable[str]) -> list[Mutant]:
    """Those of some modules, in the order of the modules and of their lines."""
    enumerations = enumerations_of(root)
    return [each for path in paths for each in _of_module(root, path, enumerations)]


def _of_module(root: Path, path: str, enumerations: Enumerations) -> list[Mutant]:
    file = root / path
    text = file.read_text(encoding="utf-8")
    tree, lines = ast.parse(text), text.splitlines()
    plain, seen, found = compiled(file), Counter[tuple[str, str, str]](), []
    for site, function, line in _sites(tree, None, 0):
        before = site.get()
        for put in _puts(before, site, enumerations):
            change = f"{_shown(before)} → {_shown(put)}"
            place = function.name if function else _WHOLE
            name = (place, lines[line - 1].strip(), change)
            seen[name] += 1
            key = Key(path, *name[:2], change if seen[name] == 1 else f"{change} ({seen[name]})")
            mutant = Mutant(key, function, tree, site, put)
            if mutant.compiled(file) != plain:
                found.append(mutant)
    return found


def _puts(before: ast.AST, site: _Site, enumerations: Enumerations) -> Iterator[ast.AST]:
    yield from (
        each for each in changes(before, enumerations) if not (_is_negative(each, before) and _has_no_sign(site))
    )
    if isinstance(before, ast.expr) and before in conditions(site.parent):
        yield ast.UnaryOp(ast.Not(), before)


def _is_negative(put: ast.AST, before: ast.AST) -> bool:
    match put, before:
        case ast.Constant(value=int() as found), ast.Constant(value=int() as number):
            return found == -number
        case _:
            return False


def _has_no_sign(site: _Site) -> bool:
    """An index counted from the other end is an index still, and behind a minus the sign is changed with that."""
    return isinstance(site.parent, ast.UnaryOp) or (isinstance(site.parent, ast.Subscript) and site.field == "slice")


def _sites(node: ast.AST, function: Function | None, line: int) -> Iterator[tuple[_Site, Function | None, int]]:
    """Every node that may be changed, with the function in which it is evaluated and the line that it begins on."""
    for site in _hanging(node):
        child = site.get()
        if isinstance(child, ast.Assert) or _is_no_behaviour(child):
            continue
        inside = _inside(node, function) if site.field == "body" else function
        # Within a formatted text its own line is the one that can be relied on.
        here = line if isinstance(node, ast.JoinedStr | ast.FormattedValue) else getattr(child, "lineno", line)
        yield site, inside, here
        yield from _sites(child, inside, here)


def _hanging(node: ast.AST) -> Iterator[_Site]:
    for field, held in ast.iter_fields(node):
        if field in _NOT_ENTERED or (isinstance(node, ast.ClassDef) and field == "keywords"):
            continue
        if isinstance(held, ast.AST):
            yield _Site(node, field, None)
        elif isinstance(held, list):
            yield from (_Site(node, field, index) for index, each in enumerate(held) if isinstance(each, ast.AST))


def _is_no_behaviour(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _NO_BEHAVIOUR


def _inside(node: ast.AST, function: Function | None) -> Function | None:
    match node:
        case ast.FunctionDef():
            return Function(node.name, min(each.lineno for each in (node, *node.decorator_list)))
        case ast.Lambda():
            return Function("<lambda>", node.lineno)
        case _:
            return function


def _shown(node: ast.AST) -> str:
    match node:
        case ast.Pass():
            return "nothing"
        case ast.Return(value=ast.Constant(value=None)):
            return "return None"
        case ast.Return():
            return "return"
        case ast.stmt():
            return "this"
        case _:
            return " ".join(ast.unparse(node).split())


def enumerations_of(root: Path) -> dict[str, tuple[str, ...]]:
    """By the name of each enumeration of `flows` its members."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sorted((root / "flows").rglob("*.py")))
    return {
        node.name: tuple(
            target.id
            for each in node.body
            if isinstance(each, ast.Assign)
            for target in each.targets
            if isinstance(target, ast.Name)
        )
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Enum") for base in node.bases)
    }
