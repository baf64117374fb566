"""`make mutation` would find a rule that no test holds; what it may not find is listed, and stands in the code."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.mutation import ROOT, modules
from tests.mutation.changes import changes
from tests.mutation.children import allow, forked
from tests.mutation.listed import MOST, listed
from tests.mutation.mutants import enumerations_of, mutants
from tests.mutation.suite import suite

MODULE = """
LIMIT = 5


def is_high(value):
    return value > LIMIT
"""
TESTS = """
from flows.grades import LIMIT, is_high


def test_five_is_not_high():
    assert not is_high(5)


def test_six_is_high():
    assert is_high(6)
"""
EQUIVALENT = """
# Why a larger number cannot be seen.

flows/grades.py, module
    LIMIT = 5
    5 → 6
    Nobody asks about 6.
"""


@pytest.fixture
def tried(tmp_path):
    """A small tree with one module, in which every mutant is tried; the exit code and what was said."""

    def run(module=MODULE, tests=TESTS, survivors=""):
        for folder in ("flows", "tests"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "__init__.py").touch()
        shutil.copytree(ROOT / "tests" / "mutation", tmp_path / "tests" / "mutation")
        (tmp_path / "tests" / "mutation" / "survivors.txt").write_text(survivors, encoding="utf-8")
        (tmp_path / "tests" / "conftest.py").touch()
        (tmp_path / "flows" / "grades.py").write_text(module, encoding="utf-8")
        (tmp_path / "tests" / "test_grades.py").write_text(tests, encoding="utf-8")
        command = [sys.executable, "-m", "tests.mutation.trial"]
        clean = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout + done.stderr

    return run


# The list


def test_every_listed_survivor_is_a_mutant_of_the_code_as_it_is():
    known = listed()
    there = {each.key for each in mutants(ROOT, {key.path for key in known})}

    assert [str(key) for key in known if key not in there] == []


def test_few_are_listed_each_with_an_argument():
    assert len(listed()) <= MOST
    assert all(len(why) > 20 for why in listed().values())


def test_what_is_in_scope_is_what_rules_and_no_pages():
    found = modules()

    assert {"flows/quantities.py", "flows/treatment.py", "flows/protocol/rules.py", "flows/instruments/hbi.py"} <= {
        *found
    }
    assert not {"flows/protocol/summary.py", "flows/protocol/evidence.py", "flows/protocol/sources.py"} & {*found}
    assert len(set(found)) == len(found) > 40


def test_the_tests_of_the_core_are_found_and_need_no_database():
    found = suite(ROOT)

    assert {"tests/test_grades.py", "tests/test_evaluate.py", "tests/test_second.py"} <= {*found}
    assert not {"tests/test_store.py", "tests/test_taps.py", "tests/test_mutation.py"} & {*found}


# The harness


def test_where_each_mutant_fails_a_test_all_is_well(tried):
    code, said = tried()

    assert (code, "6 of 6 mutants killed (100.00%)" in said) == (0, True), said


def test_a_mutant_that_no_test_sees_is_named(tried):
    code, said = tried(tests=TESTS.replace("assert is_high(6)", "assert is_high(7)"))

    assert code == 1
    assert "survives, and is not listed: flows/grades.py, module\n    LIMIT = 5\n    5 → 6\n" in said


def test_a_function_that_no_test_calls_is_seen(tried):
    code, said = tried(module=f"{MODULE}\n\ndef forgotten():\n    return 1 + 1\n")

    assert code == 1
    assert "survives, and is not listed: flows/grades.py, forgotten\n    return 1 + 1\n    1 + 1 → 1 - 1\n" in said


def test_a_test_judges_what_it_asks_though_an_earlier_one_asked_it_and_the_answer_was_kept(tried):
    module = MODULE.replace("def is_high", "@cache\ndef is_high")
    earlier = "\n\ndef test_earlier():\n    assert [is_high(5), is_high(6)]\n"
    code, said = tried(
        module=f"from functools import cache\n{module}", tests=TESTS.replace("\n\ndef", f"{earlier}\n\ndef", 1)
    )

    assert (code, "6 of 6 mutants killed (100.00%)" in said) == (0, True), said


def test_a_listed_survivor_is_no_failure_but_for_the_share(tried):
    code, said = tried(tests=TESTS.replace("assert is_high(6)", "assert is_high(7)"), survivors=EQUIVALENT)

    assert "not listed" not in said
    assert (code, "83.3% are killed, at least 95% must be" in said) == (1, True)


def test_a_listed_survivor_that_is_killed_is_stale(tried):
    code, said = tried(survivors=EQUIVALENT)

    assert (code, "listed, and does not survive: flows/grades.py, module" in said) == (1, True)


def test_tests_that_fail_without_a_mutant_judge_none(tried):
    code, said = tried(tests=f"{TESTS}\n\ndef test_of_its_own():\n    assert LIMIT == 4\n")

    assert (code, "the tests fail without a mutant" in said) == (1, True)
    assert "tests/test_grades.py::test_of_its_own" in said


def test_a_child_that_hangs_is_ended():
    def hang():
        allow(0.1)
        while True:
            pass

    assert list(forked([("hangs", hang), ("ends", lambda: 7)])) in (
        [("hangs", None), ("ends", 7)],
        [("ends", 7), ("hangs", None)],
    )


# The changes


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["a <= b", "a >= b"]),
        ("a <= b < c", ["a < b < c", "a > b < c", "a <= b <= c", "a <= b >= c"]),
        ("a == b", ["a != b"]),
        ("a in b", ["a not in b"]),
        ("a is None", ["a is not None"]),
        ("a and b", ["a or b"]),
        ("not a", ["a"]),
        ("-a", ["a"]),
        ("a - b", ["a + b"]),
        ("a * b", ["a / b"]),
        ("min(a, b)", ["max(a, b)"]),
        ("any(a)", ["all(a)"]),
        ("True", ["False"]),
        ("5", ["6", "4", "-5"]),
        ("0", ["1", "-1"]),
        ("0.5", ["0.6", "0.4", "-0.5"]),
        ("Decimal('0.05')", ["Decimal('0.06')", "Decimal('0.04')", "Decimal('-0.05')"]),
        ("Decimal('1.0')", ["Decimal('1.1')", "Decimal('0.9')", "Decimal('-1.0')"]),
        ("Verdict.MET", ["Verdict.NOT_MET"]),
        ("Verdict.NOT_APPLICABLE", ["Verdict.MET"]),
        ("'0.5'", []),
        ("int | None", []),
        ("None", []),
    ],
)
def test_what_is_changed(source, expected):
    node = ast.parse(source, mode="eval").body

    assert [ast.unparse(each) for each in changes(node, enumerations_of(ROOT))] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("return a", ["return None"]),
        ("return", []),
        ("return None", []),
        ("return True", []),
        ("raise Wrong", ["pass"]),
        ("found.append(a)", ["pass"]),
        ("a += 1", ["pass"]),
        ("a.b = 1", ["pass"]),
        ("a = 1", []),
        ("'''A docstring.'''", []),
    ],
)
def test_which_statements_are_changed(source, expected):
    node = ast.parse(source).body[0]

    assert [ast.unparse(each) for each in changes(node, {})] == expected


def changes_of(tmp_path: Path, source: str) -> list[str]:
    (tmp_path / "module.py").write_text(dedent(source), encoding="utf-8")
    return [f"{each.key.place}: {each.key.change}" for each in mutants(tmp_path, ["module.py"])]


def test_a_condition_without_an_operator_is_turned_round(tmp_path):
    assert changes_of(tmp_path, "a = b if c else d\ne = [f for f in g if h]\n") == [
        "module: c → not c",
        "module: h → not h",
    ]


def test_how_a_class_is_made_is_left_alone(tmp_path):
    source = """
        @dataclass(frozen=True)
        class A:
            b: "int | Literal[3]" = field(default=3, repr=False)

            @lru_cache(maxsize=9)
            def c(self, d: Literal[4]) -> Literal[5]:
                assert d == 6

        @record(frozen=True, slots=True)
        class B(Struct, frozen=True, kw_only=True):
            pass
    """

    assert changes_of(tmp_path, source) == []


def test_of_an_index_and_behind_a_minus_the_sign_is_not_changed_twice(tmp_path):
    assert changes_of(tmp_path, "a[1]\n") == ["module: this → nothing", "module: 1 → 2", "module: 1 → 0"]
    assert changes_of(tmp_path, "b = -2\n") == ["module: -2 → 2", "module: 2 → 3", "module: 2 → 1"]


def test_what_one_line_has_twice_is_counted(tmp_path):
    found = changes_of(tmp_path, "a = (b < c, b < c)\n")

    assert found == [
        "module: b < c → b <= c",
        "module: b < c → b >= c",
        "module: b < c → b <= c (2)",
        "module: b < c → b >= c (2)",
    ]
