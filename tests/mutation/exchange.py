"""Two ways to put a mutant into a process: other code into the functions that are there, or an import anew."""

import gc
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType, ModuleType


class Misfit(Exception):
    """A function that is there cannot get other code: it is gone, or it closes over other names."""


def functions_of(file: str) -> list[FunctionType]:
    """Every function that was made of the code of a file, wherever it is held."""
    return [each for each in gc.get_objects() if isinstance(each, FunctionType) and each.__code__.co_filename == file]


def exchange(functions: list[FunctionType], old: CodeType, new: CodeType) -> None:
    """Give each function that was made of `old` what stands in its place in `new`."""
    before, after = _by_name(old), _by_name(new)
    for function in functions:
        name = _name(function.__code__)
        try:
            place = before[name].index(function.__code__)
            function.__code__ = after[name][place]
        except (ValueError, IndexError) as why:
            raise Misfit(f"{name}: {why}") from why


def _by_name(module: CodeType) -> dict[tuple[str, int], list[CodeType]]:
    found = defaultdict(list)
    for code in _inside(module):
        found[_name(code)].append(code)
    return found


def _name(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _inside(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _inside(constant)


class Instead:
    """An importer of one module that runs other code than its file has."""

    def __init__(self, name: str, code: CodeType) -> None:
        self._name = name
        self._code = code

    def install(self) -> None:
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        file = Path(self._code.co_filename)
        inside = [str(file.parent)] if file.name == "__init__.py" else None
        return spec_from_file_location(name, file, loader=self, submodule_search_locations=inside)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(self._code, module.__dict__)
