"""The program as a newcomer starts it: in the terminal, in a pipe, with a wrong setting."""

import json
import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from shutil import rmtree
from typing import ClassVar

import pytest

from bot.__main__ import STOPPED_FOR_ANOTHER
from store.migrations import migrate
from tests.botapi import botapi

QUIESCE = [sys.executable, "-m", "bot"]
TOKEN = "123456:" + "A" * 35


@pytest.fixture
def program(tmp_path):
    """Run the program in an empty folder, with the settings given and no others."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("QUIESCE_")}

    def run(*arguments, stdin="", python=(), **settings):
        environment = clean | {f"QUIESCE_{name}": str(value) for name, value in settings.items()}
        command = [sys.executable, *python, "-m", "bot", *arguments]
        where = {"env": environment, "cwd": tmp_path, "timeout": 60}
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, **where)

    return run


def test_a_line_in_a_pipe_prints_plain_text_and_ends_well(program):
    result = program("run", stdin="/hbi 1 1 3 0 0\n")

    assert (result.returncode, result.stderr) == (0, "")
    assert "NOT IN REMISSION · HBI 5 (remission < 5)" in result.stdout
    assert "\x1b" not in result.stdout


def test_the_terminal_chat_goes_on_where_it_was_left(program):
    first = program("chat", stdin="/hbi\nb\n")
    second = program("chat", stdin="/resume\nmild\n2\n")

    assert "(edited)" in first.stdout
    assert "HBI 2/5 · so far 1" in second.stdout
    assert "HBI 4/5 · so far 4" in second.stdout


def test_letters_press_buttons_digits_answer_and_a_number_sign_speaks_to_a_message(program):
    result = program("chat", stdin="/hbi 1 1 3 0 0\n/hbi\n4\nd\n#2 a\n#99 a\n\n")

    assert "[a] Why  [b] Discard" in result.stdout
    assert "HBI 2/5 · so far 4" in result.stdout
    assert "HBI 3/5 · so far 7" in result.stdout
    assert "#2 (edited)" in result.stdout
    assert "[a] Less" in result.stdout


def test_a_copy_button_in_the_terminal_shows_what_it_would_copy(program):
    later = "Later\n" * 12
    enrolled = f"/settings\ne\n/new CD-0042\nCrohn's\n{later}No\nConfirm\n"
    result = program("chat", stdin=f"{enrolled}/status CD-0042-I\na\n")

    assert (result.returncode, result.stderr) == (0, "")
    assert "(Copied: CD-0042-I" in result.stdout


def test_a_file_in_the_terminal_is_saved_and_its_place_is_said(program):
    later = "Later\n" * 12
    enrolled = f"/settings\ne\n/new CD-0042\nCrohn's\n{later}Yes\nToday\nConfirm\n"
    result = program("chat", stdin=f"{enrolled}/due\nCalendar\n")
    saved = Path(re.search(r"\(Saved: (.+)\)", result.stdout)[1])

    assert (result.returncode, result.stderr) == (0, "")
    assert saved.name == "quiesce-mine.ics"
    assert saved.parent.stat().st_mode & 0o777 == 0o700
    assert "SUMMARY:CD-0042-I: Week 12: blood count\r\n" in saved.read_bytes().decode()
    rmtree(saved.parent)


def test_input_without_a_line_end_and_no_input_at_all_end_well(program):
    assert "HBI 5" in program("chat", stdin="/hbi 1 1 3 0 0").stdout
    assert program("chat").returncode == 0


def test_input_that_is_not_utf8_ends_in_no_traceback(tmp_path):
    result = subprocess.run(
        [*QUIESCE, "chat"], input=b"/hbi \xff\xfe\n/hbi 1 1 3 0 0\n", cwd=tmp_path, capture_output=True, check=False
    )

    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
    assert "HBI 5" in result.stdout.decode()


@contextmanager
def terminal(folder):
    """The chat in a real pseudo-terminal: what is typed goes in, what the screen gets comes out."""
    process, master = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [*QUIESCE, "chat"])
    yield process, master
    os.close(master)


def seen(master, wanted, seconds=20):
    """Everything on the screen until `wanted` stands there."""
    screen, end = b"", time.monotonic() + seconds
    while wanted.encode() not in screen and time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            try:
                screen += os.read(master, 65536)
            except OSError:
                break
    assert wanted in screen.decode(errors="replace")
    return screen.decode(errors="replace")


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of forkpty:DeprecationWarning")  # the child execs at once
@pytest.mark.parametrize("leaving", [b"\x03", b"\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_the_chat_in_a_terminal_greets_answers_bears_a_resize_and_leaves_on(tmp_path, leaving):
    with terminal(tmp_path) as (process, master):
        seen(master, "lists everything")
        os.kill(process, signal.SIGWINCH)
        os.write(master, b"/hbi 1 1 3 0 0\r")
        seen(master, "NOT IN REMISSION")
        os.write(master, b"a\r")
        seen(master, "(edited)")
        time.sleep(0.3)
        os.write(master, leaving)
        _, status = os.waitpid(process, 0)

    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"CHAT_DATABASE_URL": "sqlite:////nowhere/at/all/q.sqlite3"}, "cannot be opened"),
        ({"CHAT_DATABASE_URL": "nonsense"}, "database address is not understood"),
        ({"CHAT_DATABASE_URL": "sqlite:"}, "database address is not understood"),
        ({"CHAT_DATABASE_URL": "sqlite://"}, "SQLite needs a file"),
        ({"CLINIC_TIMEZONE": "Mars/Olympus"}, "no IANA time zone"),
        ({"CLINIC_TIMEZONE": "../../etc/passwd"}, "no IANA time zone"),
        ({"PSEUDONYM_PATTERN": "CD[0-9"}, "'CD[0-9' is no regular expression"),
        ({"PSEUDONYM_PATTERN": "[0-9]{99999999999}"}, "is no regular expression"),
        ({"TELEGRAM_TOKEN": "abc"}, "refuses the token"),
        ({"TELEGRAM_TOKEN": "123456:short"}, "refuses the token"),
        ({"TELEGRAM_TOKEN_FILE": "missing"}, "missing"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_said_once_without_a_traceback(program, settings, said):
    result = program("run", **settings)

    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_clinics_pattern_of_pseudonyms_is_the_one_that_enrols(program):
    said = program("chat", stdin="/settings\ne\n/new CD-0042\n/new UPAIBD-001\n", PSEUDONYM_PATTERN="UPAIBD[0-9]{3}")

    assert "A pseudonym of this clinic fits UPAIBD[0-9]{3}" in said.stdout
    assert "UPAIBD-001-0 · Enrolment" in said.stdout


def test_a_database_that_is_read_only_or_broken_is_said_once(program, tmp_path):
    (tmp_path / "quiesce-chat.sqlite3").write_bytes(b"this is no database" * 500)
    result = program("chat", stdin="/hbi 1 1 3 0 0\n")

    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)


class BotApi(BaseHTTPRequestHandler):
    """A Bot API server that knows one token, and has one update to give."""

    token = TOKEN
    calls: ClassVar[list[tuple[str, str]]] = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        method = self.path.partition("?")[0].rsplit("/", 1)[-1]
        type(self).calls.append((method, body))
        if f"/bot{self.token}/" not in self.path:
            self._answer(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        elif method == "getMe":
            self._answer(200, {"ok": True, "result": {"id": 5, "is_bot": True, "first_name": "Q", "username": "q_bot"}})
        elif method == "getUpdates":
            time.sleep(0.2)
            self._answer(200, {"ok": True, "result": []})
        else:
            self._answer(200, {"ok": True, "result": True})

    def _answer(self, status, content):
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def api():
    BotApi.calls = []
    server = HTTPServer(("127.0.0.1", 0), BotApi)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_token_that_telegram_refuses_is_said_once_and_not_printed(program, api):
    wrong = "123456:" + "B" * 35
    result = program("run", TELEGRAM_TOKEN=wrong, TELEGRAM_API_URL=api)

    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "quiesce: Telegram refuses the token. See QUIESCE_TELEGRAM_TOKEN in the README.\n"
    assert "BBBB" not in result.stderr


def test_with_a_token_it_prints_an_owner_code_polls_and_stops_when_it_is_told_to(tmp_path, api):
    (tmp_path / "token").write_text(TOKEN + "\n")
    environment = os.environ | {"QUIESCE_TELEGRAM_TOKEN_FILE": "token", "QUIESCE_TELEGRAM_API_URL": api}
    with subprocess.Popen(
        [*QUIESCE, "run"], env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as served:
        said = served.stdout.readline() + served.stdout.readline()
        for _ in range(400):
            if "getUpdates" in [method for method, _ in BotApi.calls]:
                break
            time.sleep(0.05)
        served.send_signal(signal.SIGTERM)
        rest, errors = served.communicate(timeout=30)

    assert "send this to @q_bot:\n/start " in said
    assert (served.returncode, rest, errors) == (0, "", "")
    assert "setMyCommands" in [method for method, _ in BotApi.calls]


def test_the_commands_of_the_program_explain_themselves(program):
    said = program("--help").stdout

    for command in ("run", "chat", "evaluate", "migrate", "verify"):
        assert command in said
    assert program("migrate").stdout == "The database is up to date.\n"


def test_a_start_on_a_database_of_this_version_takes_no_alembic_along(program):
    first, second = (program("chat", python=("-X", "importtime")) for _ in range(2))

    assert ("alembic" in first.stderr, "alembic" in second.stderr) == (True, False)
    assert "sqlalchemy" in second.stderr


def test_a_pipe_may_say_two_hundred_lines(program):
    result = program("chat", stdin="/hbi 1 1 3 0 0\n" * 200)

    assert result.returncode == 0
    assert result.stdout.count("NOT IN REMISSION · HBI 5 (remission < 5)") == 200


def test_a_reply_to_a_message_that_is_not_there_says_so_and_answers_nothing(program):
    result = program("chat", stdin="/pms\n0\n#99 1\n")

    assert "There is no message 99 here" in result.stdout
    assert "PMS 3/3" not in result.stdout


def test_a_database_of_a_newer_program_is_refused_in_a_sentence(program, tmp_path):
    path = tmp_path / "newer.sqlite3"
    migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    result = program("chat", CHAT_DATABASE_URL=f"sqlite:///{path}")

    assert result.returncode == 2
    assert result.stderr == "quiesce: the database was made by a newer Quiesce than this one\n"


def test_a_token_file_of_any_bytes_is_refused_in_a_sentence(program, tmp_path):
    (tmp_path / "token").write_bytes(b"\xff\xfe\x00")
    result = program("run", TELEGRAM_TOKEN_FILE=str(tmp_path / "token"))

    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("shell", ["{} evaluate <&-", "printf '\\377\\n' | {} chat", "{} evaluate /proc/self/mem"])
def test_odd_inputs_get_no_traceback(tmp_path, shell):
    environment = os.environ | {"QUIESCE_CHAT_DATABASE_URL": f"sqlite:///{tmp_path}/q.sqlite3"}
    environment |= {"PYTHONIOENCODING": "utf-8:strict", "PYTHONPATH": str(Path(__file__).parents[1])}
    command = shell.format(" ".join(QUIESCE))
    result = subprocess.run(["bash", "-c", command], env=environment, cwd=tmp_path, capture_output=True, check=False)

    assert b"Traceback" not in result.stderr
    assert result.returncode == (0 if "chat" in shell else 1)


def test_another_poller_ends_the_program_for_good(program):
    with botapi() as api:
        api.answers("getUpdates", 409)
        result = program("run", TELEGRAM_TOKEN=api.token, TELEGRAM_API_URL=api.url, LOG_LEVEL="ERROR")

    assert result.returncode == STOPPED_FOR_ANOTHER
    assert "another program polls with the same token" in result.stderr
    unit = (Path(__file__).parents[1] / "deploy" / "quiesce.service").read_text(encoding="utf-8")
    assert f"RestartPreventExitStatus={STOPPED_FOR_ANOTHER}\n" in unit
