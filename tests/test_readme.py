"""The README says what is true, and its commands are the ones that run."""

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from bot import words
from bot.pages import BOOKS
from bot.practice.limits import check_text
from flows import protocol
from flows.arrows import arrows
from flows.catalogue import RULES, TO_BE_CONFIRMED
from flows.course import TRANSITIONS
from flows.instruments import SHIPPED
from tests.generated import README, RULES_PAGE, parts, rules_page, with_parts

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
_WRITTEN = re.sub(r"<!-- generated.*?<!-- end -->", "", TEXT, flags=re.DOTALL)
COMMANDS = [line.strip() for line in _WRITTEN.splitlines() if line.startswith("    ") and "──►" not in line]


def test_the_generated_parts_are_those_of_the_code():
    assert with_parts(TEXT) == TEXT
    for name in parts():
        assert f"<!-- generated: {name} -->" in TEXT


def test_the_table_of_the_course_the_readme_and_the_page_in_the_chat_show_the_same_moves():
    drawn = re.search(r"<!-- generated: course -->\n(.*?)<!-- end -->", TEXT, re.DOTALL)[1]
    page = check_text(BOOKS["protocol"].page("workflow").body, "HTML")
    in_readme = re.findall(r"^    (\w+) --> (\w+): ([\w ]+?)(?: \[(.+)\])?$", drawn, re.MULTILINE)
    on_the_page = re.findall(r"^(\w+) → (\w+): ([\w ]+?)(?:, if (.+))?$", page, re.MULTILINE)

    assert sorted(in_readme) == sorted(on_the_page) == sorted(map(tuple, arrows(TRANSITIONS)))


def test_the_table_of_rules_is_that_of_the_code():
    assert RULES_PAGE.read_text(encoding="utf-8") == rules_page()


def test_every_rule_that_a_module_states_stands_in_the_table():
    modules = [import_module(f"flows.protocol.{each.name}") for each in iter_modules(protocol.__path__)]
    stated = [each for module in modules for each in getattr(module, "STATED", ())]

    assert len(stated) > 300
    assert [each.says for each in stated if each not in RULES] == []


def test_about_says_how_many_rules_are_not_confirmed():
    assert 0 < len(TO_BE_CONFIRMED) < len(RULES)
    assert f"{len(RULES)}. {len(TO_BE_CONFIRMED)} of them are to be confirmed" in words.about_text("")


def test_every_command_of_the_readme_is_known_to_be_run_by_a_test_or_by_ci():
    run_here = [each for each in COMMANDS if "|" in each or "--schema" in each]

    assert len(run_here) == 3
    assert [each for each in COMMANDS if each not in run_here] == [
        "make run",
        "QUIESCE_TELEGRAM_TOKEN=... make run",
        ".venv/bin/python -m bot backup FOLDER",
        ".venv/bin/python -m bot restore FILE",
        ".venv/bin/python -m bot resume-reminders",
        "make test",
        "make crashes",
        "make mutants",
        "make mutation",
        "make soak",
        "make bench",
    ]
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [each for each in COMMANDS if "|" in each or "--schema" in each])
def test_a_command_of_the_readme_runs_as_printed(command, tmp_path):
    """On a database of its own, so that none is left in this folder."""
    settings = {"QUIESCE_CHAT_DATABASE_URL": f"sqlite:///{tmp_path}/chat.sqlite3"}
    settings |= {"QUIESCE_AUDIT_KEY_FILE": f"{tmp_path}/quiesce.key"}
    command = command.replace(".venv/bin/python", sys.executable)
    make = f"make --no-print-directory BIN={Path(sys.executable).parent} -o .venv/ready"
    where = {"shell": True, "cwd": ROOT, "env": os.environ | settings}
    command = command.replace("make run", f"{make} run")
    result = subprocess.run(command, capture_output=True, text=True, check=False, **where)

    assert (result.returncode, result.stderr) == (0, "")
    if "/hbi" in command:
        assert "NOT IN REMISSION · HBI 5 (remission < 5)" in result.stdout
    elif "echo" in command:
        assert json.loads(result.stdout)["headline"] == "NOT IN REMISSION · HBI 5 to 23 (remission < 5)"


def test_every_file_that_the_readme_names_is_there():
    named = re.findall(r"`((?:bot|flows|store|tests)/[\w./]*)`", TEXT) + re.findall(r"\]\((\w+(?:\.md)?)\)", TEXT)

    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"make ([a-z]+)", TEXT)) - {"anew"} <= targets


def test_help_and_readme_name_every_command_and_no_other():
    in_readme = set(re.findall(r"`/([a-z0-9]+)", TEXT.split("## What it does")[1].split("## How it is")[0]))

    assert in_readme == set(words.COMMANDS) - {"start"}
    assert {each.command for each in SHIPPED} <= set(words.COMMANDS)
    assert all(f"/{name}" in words.help_text() for name in words.COMMANDS)


def test_above_the_table_of_speed_stand_the_musts_that_are_missed_the_machine_and_the_day():
    said, table = TEXT.split("## How fast")[1].split("<!-- generated: speed -->")
    missed = re.findall(r"^\| (.+?) \|.*must \*\*missed\*\*", table, re.MULTILINE)
    measured_on, machine = re.search(r"rounds on ([\d-]+): (.+?), Python", table).groups()

    assert re.findall(r"^- (.+)$", said, re.MULTILINE) == missed
    assert measured_on in said
    assert machine in said


def test_the_lock_has_hashes_and_names_no_index():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)

    assert len(packages) > 30
    assert all(re.search(rf"^{name}==[^\n]*\n    --hash=sha256:", lock, re.MULTILINE) for name in packages)
    assert "index-url" not in lock
    assert "://" not in lock
