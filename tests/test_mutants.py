"""The seeded bugs of `make mutants` fit the tree as it is, and the tests that they name are there."""

import subprocess
import sys

import pytest

from tests.mutants import ROOT, Hunk, Mutant, Stale, mutants

EVERY = mutants()


@pytest.mark.parametrize("mutant", EVERY, ids=[mutant.name for mutant in EVERY])
def test_a_patch_applies_and_leaves_a_program(mutant):
    for path, text in mutant.applied(ROOT).items():
        compile(text, path, "exec")

        assert text != (ROOT / path).read_text(encoding="utf-8")


def test_every_test_that_a_patch_names_is_there():
    named = sorted({test for mutant in EVERY for test in mutant.tests})
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", *named]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (found.returncode, found.stderr) == (0, ""), found.stdout


@pytest.mark.parametrize("old", ["there is no such " + "line", "import", ""], ids=["nowhere", "often", "nothing"])
def test_a_patch_that_does_not_fit_in_exactly_one_place_is_an_error(old):
    hunk = Hunk(path="tests/test_mutants.py", old=old, new="")
    mutant = Mutant(name="one", promise="R0", tests=(), hunks=(hunk,))

    with pytest.raises(Stale, match="one: "):
        mutant.applied(ROOT)
