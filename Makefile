# Two commands for a newcomer: `make run` and `make test`. Both prepare all that they need.

.PHONY: help setup run test all-tests both bench crashes soak mutants mutation check lock generated clean
.DEFAULT_GOAL := help

# The first interpreter on this machine that is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
    $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$python && break; done)
BIN := .venv/bin

help: ## Show this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile

setup: .venv/ready ## Prepare the environment in .venv, and nothing else

# Reads nothing, and prints to standard error only: `make run` keeps standard input and output for the chat.
.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Quiesce needs Python 3.11 or newer; none was found." >&2; exit 1; }
	@{ echo "Preparing .venv (once) ..." \
	    && $(PYTHON) -m venv --clear .venv \
	    && $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock \
	    && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . \
	    && touch $@; } </dev/null >&2

run: .venv/ready ## Open the bot: in the terminal without a token, on Telegram with QUIESCE_TELEGRAM_TOKEN
	@$(BIN)/python -m bot run

# Some images forbid Python to keep what it compiled: then every process compiles the tests and the bot again.
test both: export PYTHONDONTWRITEBYTECODE =

test: check all-tests ## Everything that CI runs: style, types, import contract, all tests; a conversation on one of the databases

# Random courses as many as there is time for in fifteen minutes; `make both` lives all of them.
FEWER := QUIESCE_REMINDER_EXAMPLES=60 QUIESCE_REMINDER_EXAMPLES_IN_CHAT=3 QUIESCE_COURSES_OF_SERIES=100 QUIESCE_CHARTS=1000

# By itself, so that `make test -j2` checks the style and the types meanwhile; the tests call make as a person does.
all-tests: .venv/ready
	MAKEFLAGS= QUIESCE_ONE_DATABASE=1 $(FEWER) $(BIN)/python -m pytest -n 3 --dist worksteal

both: .venv/ready ## All tests, each conversation on SQLite and on PostgreSQL, twenty minutes
	$(BIN)/python -m pytest -n 2 --dist worksteal

crashes: .venv/ready ## Kill the bot at every named point, 20 times each, on both databases and both ways of receiving
	QUIESCE_CRASHES=20 $(BIN)/python -m pytest tests/test_crashes.py

soak: .venv/ready ## An hour of random kills, crash points, updates out of order and of any shape; QUIESCE_SOAK_MINUTES bounds it
	$(BIN)/python -m tests.soak

mutants: .venv/ready ## Put seeded bugs into copies of the tree, one in each: the tests of its promise must fail there
	$(BIN)/python -m tests.mutants

mutation: .venv/ready ## Change the clinical core in one place at a time: a test must fail, but for the listed survivors
	$(BIN)/python -m tests.mutation

bench: .venv/ready ## Measure speed and memory beside bare python-telegram-bot, 8 minutes; the README shows the result
	$(BIN)/python -m tests.bench

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

generated: .venv/ready ## Write the transcripts and the generated parts of README.md anew, from what really happens
	$(BIN)/python -m tests.generated

lock: .venv/ready ## Resolve requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-annotate --no-header --no-emit-index-url --extra dev --output-file requirements.lock pyproject.toml

clean: ## Remove the environment and all caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info build
	find bot flows store tests -name __pycache__ -exec rm -rf {} +
