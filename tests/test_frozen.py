"""What is known and what is found is never changed in place: answers that are remembered rest on it."""

from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import walk_packages

import pytest
from msgspec import Struct

import flows

# Each holds a machine, whose state moves; a survey of a clinic grows patient by patient.
MOVES = {"Course", "Interview", "Reminder", "Survey"}
MODULES = [import_module(each.name) for each in walk_packages(flows.__path__, f"{flows.__name__}.")]
CLASSES = [
    each for module in MODULES for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__
]
STRUCTS = [each for each in CLASSES if isinstance(each, type) and issubclass(each, Struct)]
RECORDS = [each for each in CLASSES if isinstance(each, type) and is_dataclass(each)]


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda each: each.__name__)
def test_a_struct_of_the_core_is_frozen(struct):
    assert struct.__struct_config__.frozen


def test_a_record_of_the_core_is_frozen_unless_it_moves():
    assert {each.__name__ for each in RECORDS if not each.__dataclass_params__.frozen} == MOVES


def test_they_are_found():
    assert {"Lab", "Range", "Checked"} < {each.__name__ for each in STRUCTS}
    assert {"Chart", "Questionnaire", "Item"} < {each.__name__ for each in RECORDS}
