"""What may be changed in a syntax tree: an operator, a number, a name, a statement; never a text.

A number in quotation marks, as `Decimal("0.5")` has it, is a number.
"""

import ast
from collections.abc import Callable, Iterator, Mapping

# By the name of an enumeration: its members in their order, of which one takes the place of another.
Enumerations = Mapping[str, tuple[str, ...]]

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_STEPS = (ast.Raise, ast.AugAssign, ast.Continue, ast.Break, ast.Delete)


def changes(node: ast.AST, enumerations: Enumerations) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    if isinstance(node, ast.stmt):
        yield from _statement(node)
    elif isinstance(node, ast.Attribute):
        yield from _member(node, enumerations)
    elif change := _EXPRESSIONS.get(type(node)):
        yield from change(node)


def conditions(node: ast.AST) -> tuple[ast.expr, ...]:
    """What a node branches on, to be turned round where no operator in it can be."""
    match node:
        case ast.If() | ast.While() | ast.IfExp():
            found = (node.test,)
        case ast.comprehension():
            found = tuple(node.ifs)
        case ast.match_case(guard=ast.expr() as guard):
            found = (guard,)
        case _:
            found = ()
    return tuple(each for each in found if not _has_operator(each))


def _has_operator(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare | ast.BoolOp) or (
        isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    )


def _statement(node: ast.stmt) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=ast.Constant(value=bool() | None | "") | None):
            return  # a boolean is turned round as a constant; no text is as little as nothing
        case ast.Return():
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Yield(value=ast.expr())):
            yield ast.Expr(ast.Yield(ast.Constant(None)))
            yield ast.Pass()
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case _ if isinstance(node, _STEPS):
            yield ast.Pass()


def _compare(node: ast.Compare) -> Iterator[ast.expr]:
    for place, operator in enumerate(node.ops):
        for other in _COMPARED[type(operator)]:
            yield ast.Compare(node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators)


def _boolean(node: ast.BoolOp) -> Iterator[ast.expr]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def _arithmetic(node: ast.BinOp) -> Iterator[ast.expr]:
    other = _CALCULATED.get(type(node.op))
    if other and not _is_union(node):
        yield ast.BinOp(node.left, other(), node.right)


def _is_union(node: ast.expr) -> bool:
    """A type, as `int | None` and `Known | Unknown` are."""
    match node:
        case ast.BinOp(op=ast.BitOr()):
            return _is_union(node.left) and _is_union(node.right)
        case ast.Name():
            return node.id in ("int", "str", "list", "tuple", "float") or _is_class(node.id)
        case ast.Attribute():
            return _is_class(node.attr)
        case ast.Subscript():
            return _is_union(node.value)
        case _:
            return isinstance(node, ast.Constant) and node.value is None


def _is_class(name: str) -> bool:
    return name[:1].isupper() and not name.isupper()


def _unary(node: ast.UnaryOp) -> Iterator[ast.expr]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.expr]:
    match node.value:
        case bool() as value:
            yield ast.Constant(not value)
        case int() as value:
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
            if value:
                yield ast.Constant(-value)
        case float() as value:
            yield from (ast.Constant(float(other)) for other in _neighbours(repr(value)))


def _call(node: ast.Call) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str() as text)]):
            for other in _neighbours(text):
                yield ast.Call(node.func, [ast.Constant(other)], [])
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            yield ast.Call(ast.Name(_NAMES[name], ast.Load()), node.args, node.keywords)


def _neighbours(text: str) -> Iterator[str]:
    """One more and one less in the last place, and the negative."""
    whole, _, behind = text.partition(".")
    if not (whole + behind).isdigit():
        return
    number, places = int(whole + behind), len(behind)
    for other in dict.fromkeys((number + 1, number - 1, -number)):
        if other == number:
            continue
        digits = f"{abs(other):0{places + 1}}"
        yield ("-" if other < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _member(node: ast.Attribute, enumerations: Enumerations) -> Iterator[ast.expr]:
    """The member of the enumeration that comes next."""
    match node.value:
        case ast.Name(id=name) if node.attr in (members := enumerations.get(name, ())):
            following = members[(members.index(node.attr) + 1) % len(members)]
            yield ast.Attribute(node.value, following, node.ctx)


_EXPRESSIONS: dict[type[ast.AST], Callable[..., Iterator[ast.expr]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _boolean,
    ast.BinOp: _arithmetic,
    ast.UnaryOp: _unary,
    ast.Constant: _constant,
    ast.Call: _call,
}
