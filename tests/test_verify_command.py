"""`verify` on the command line: 0 and one line if all is whole, 1 and a line a place if not, 2 if it cannot tell."""

import re
import subprocess
import sys
import tracemalloc
from contextlib import closing

import pytest

from bot.__main__ import main
from store import raw
from store.engine import open_reader
from store.migrations import migrate
from store.verify import verify
from tests.history import START, by_hand
from tests.sealed import KEY, prepare, writer_on

ON_SQLITE = pytest.mark.parametrize("lived", ["sqlite"], indirect=True)
SECRET = b"the key of the tests: no secret.".hex()


@pytest.fixture
def said(lived, tmp_path, monkeypatch, capsys):
    """Run the command on the history with its key, or with other settings; exit code, output, errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quiesce.key").write_text(SECRET)

    def run(*options, **settings):
        for name, value in ({"DATABASE_URL": lived} | settings).items():
            monkeypatch.setenv(f"QUIESCE_{name}", value)
        monkeypatch.setattr(sys, "argv", ["quiesce", "verify", *options])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code, *capsys.readouterr()

    return run


def test_what_is_whole_is_one_line_with_a_head_to_keep(said):
    code, output, errors = said()

    assert re.fullmatch(r"21 audit rows and 10 clinical rows: whole\. Head: [0-9a-f]{16}, count 18\n", output)
    assert (code, errors) == (0, "")


def test_each_broken_place_is_one_line_and_the_exit_code_is_one(said, lived):
    by_hand(lived, "UPDATE audit SET verb = 'x' WHERE id = 8", "UPDATE patients SET disease = 'UC' WHERE id = 2")

    assert said() == (1, "audit row 8 was changed\npatient 2 was changed\n", "")


def test_an_earlier_state_put_in_the_place_of_all_is_found_with_a_head_that_was_kept(said, lived):
    """Nothing inside the database can tell: it was whole then."""
    head, count = re.search(r"Head: (\w+), count (\d+)", said()[1]).groups()
    with closing(writer_on(lived)) as writer:
        writer.take(lambda work: work.audit.add(None, "later", "interview 9", START))
    later = re.search(r"Head: (\w+), count (\d+)", said()[1]).groups()

    assert said("--head", head, "--count", count)[0] == 0
    assert said("--head", later[0], "--count", later[1])[0] == 0
    assert said("--head", "0" * 16, "--count", count)[:2] == (
        1,
        "entry 18 of the chain is not the one whose head was kept: another history is in its place\n",
    )
    assert said("--head", later[0], "--count", "20")[:2] == (
        1,
        "the chain has 19 entries and had 20: an earlier state was put in its place\n",
    )


@pytest.mark.parametrize(
    "options",
    [
        ("--head", "0" * 16),
        ("--count", "3"),
        ("--head", "0" * 15, "--count", "3"),
        ("--head", "x" * 16, "--count", "3"),
    ],
)
@ON_SQLITE
def test_half_a_head_is_refused(said, options):
    code, output, errors = said(*options)

    assert (code, output) == (2, "")
    assert "belong together" in errors


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"AUDIT_KEY_FILE": "nowhere.key"},
            "nowhere.key is missing: without the key of the audit nothing can be verified",
        ),
        ({"AUDIT_KEY_FILE": "other.key"}, "the audit of this database was written with another key"),
        ({"AUDIT_KEY_FILE": "broken.key"}, "broken.key holds no key"),
        (
            {"DATABASE_URL": "sqlite:///nowhere.sqlite3"},
            "the database nowhere.sqlite3 cannot be read: unable to open database file",
        ),
        (
            {"DATABASE_URL": "sqlite:///broken.sqlite3"},
            "the database broken.sqlite3 cannot be read: file is not a database",
        ),
        ({"DATABASE_URL": "sqlite:///old.sqlite3"}, "the database is not of this version"),
        ({"DATABASE_URL": "nonsense"}, "the database address is not understood"),
    ],
    ids=lambda value: next(iter(value.values())) if isinstance(value, dict) else "",
)
@ON_SQLITE
def test_where_it_cannot_be_told_it_is_said_in_a_sentence(said, tmp_path, settings, sentence):
    (tmp_path / "other.key").write_text("ab" * 32)
    (tmp_path / "broken.key").write_text("no key")
    (tmp_path / "broken.sqlite3").write_bytes(b"no database" * 500)
    migrate(f"sqlite:///{tmp_path}/old.sqlite3", "0004")
    code, output, errors = said(**settings)

    assert (code, output, len(errors.splitlines())) == (2, "", 1)
    assert errors.startswith(f"quiesce: {sentence}")
    assert not (tmp_path / "nowhere.sqlite3").exists()


@ON_SQLITE
def test_a_database_that_cannot_be_reached_is_named_without_who_opens_it(said):
    url = "postgresql://owner:secret@127.0.0.1:9/clinic?password=secret&connect_timeout=2"
    code, output, errors = said(DATABASE_URL=url)

    assert (code, output) == (2, "")
    assert errors.startswith("quiesce: the database postgresql://127.0.0.1:9/clinic cannot be read: ")
    assert "secret" not in errors


@ON_SQLITE
def test_the_program_itself_ends_so(said, tmp_path):
    said()
    result = subprocess.run(
        [sys.executable, "-m", "bot", "verify"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stderr, "whole" in result.stdout) == (0, "", True)


def test_it_reads_beside_a_turn_that_is_under_way_and_holds_nobody_up(said, lived):
    def turn(work):
        work.members.active(11)
        work.audit.add(1, "under way", "interview 9", START)
        work.audit.settle()
        return said()

    with closing(writer_on(lived)) as writer:
        beside = writer.take(turn)

    assert (beside[0], beside[1].partition(" ")[0]) == (0, "21")
    assert said()[1].startswith("22 audit rows")


def test_writers_do_not_wait_for_who_reads(lived):
    reader = open_reader(lived)
    with reader.connect() as connection, connection.begin(), closing(writer_on(lived)) as writer:
        before = verify(connection, KEY)
        writer.take(lambda work: work.audit.add(None, "meanwhile", "interview 9", START))

        assert verify(connection, KEY) == before
    reader.dispose()


def test_memory_does_not_grow_with_the_audit(tmp_path, monkeypatch):
    monkeypatch.setattr(raw, "PAGE", 100)
    url = f"sqlite:///{tmp_path}/q.sqlite3"
    prepare(url)
    peaks = []
    for _ in range(3):
        with closing(writer_on(url)) as writer:
            writer.take(lambda work: [work.audit.add(None, "x", f"interview {each}", START) for each in range(1_000)])
        peaks.append(_peak(url))

    assert peaks[2] < 1.1 * peaks[1]


def _peak(url):
    engine = open_reader(url)
    with engine.connect() as connection, connection.begin():
        tracemalloc.start()
        assert verify(connection, KEY).broken == ()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    engine.dispose()
    return peak
