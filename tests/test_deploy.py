"""What lies in deploy/, held against the program, its settings, and the tools that happen to be on this machine."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
import typer
import yaml

from bot.__main__ import cli
from bot.health import Health, Telegram
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
RUNBOOK, CONTAINERFILE, CADDYFILE, UNIT, BACKUP, TIMER = (
    (DEPLOY / name).read_text(encoding="utf-8")
    for name in (
        "RUNBOOK.md",
        "Containerfile",
        "Caddyfile",
        "quiesce.service",
        "quiesce-backup.service",
        "quiesce-backup.timer",
    )
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
COMMANDS = set(typer.main.get_command(cli).commands)
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
BOT = SERVICES["bot"]["environment"]
BLOCKS = re.findall(r"```sh\n(.*?)```", RUNBOOK, flags=re.DOTALL)

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True}


def _exactly(required, **properties):
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _each(schema):
    return {"type": "object", "minProperties": 1, "additionalProperties": schema}


_HEALTHCHECK = {
    "test": {"type": "array", "prefixItems": [{"const": "CMD"}], "items": _TEXT, "minItems": 2},
    "retries": {"type": "integer"},
    "interval": _TEXT,
    "timeout": _TEXT,
    "start_period": _TEXT,
}

SERVICE = _exactly(
    ["image", "restart", "read_only", "cap_drop", "security_opt", "networks", "healthcheck", "logging"],
    image={"type": "string", "pattern": r"^[a-z]+:[0-9][\w.-]*$"},
    build=_exactly(["context", "dockerfile"], context={"const": ".."}, dockerfile={"const": "deploy/Containerfile"}),
    restart={"const": "unless-stopped"},
    read_only={"const": True},
    cap_drop={"const": ["ALL"]},
    cap_add={"const": ["NET_BIND_SERVICE"]},
    security_opt={"const": ["no-new-privileges:true"]},
    user={"type": "string", "pattern": "^[1-9][0-9]*:[1-9][0-9]*$"},
    init={"const": True},
    stop_grace_period=_TEXT,
    shm_size=_TEXT,
    depends_on={"anyOf": [_TEXTS, _each(_exactly(["condition"], condition={"const": "service_healthy"}))]},
    environment=_each(_TEXT),
    ports={"type": "array", "items": {"enum": ["80:80", "443:443"]}},
    logging=_exactly(["driver", "options"], driver={"const": "json-file"}, options=_each(_TEXT)),
    healthcheck=_exactly(list(_HEALTHCHECK), **_HEALTHCHECK),
    secrets=_TEXTS,
    volumes=_TEXTS,
    tmpfs=_TEXTS,
    networks=_TEXTS,
)
SCHEMA = _exactly(
    ["name", "services", "networks", "volumes", "secrets"],
    **{"x-hardened": {"type": "object"}},
    name={"const": "quiesce"},
    services=_each(SERVICE),
    networks=_each(_exactly([], internal={"const": True})),
    volumes=_each(_exactly([])),
    secrets=_each(_exactly(["file"], file={"type": "string", "pattern": "^secrets/[a-z-]+$"})),
)


def _stages():
    """The instructions of each stage of the image, as (instruction, rest), continued lines joined."""
    text = re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    found = []
    for instruction, rest in (line.split(maxsplit=1) for line in text.splitlines() if line.strip()):
        if instruction == "FROM":
            found.append([])
        found[-1].append((instruction, rest))
    return found


# compose.yaml


def test_every_service_of_compose_is_hardened_and_has_a_health_check_and_a_restart_policy():
    jsonschema.Draft202012Validator(SCHEMA).validate(COMPOSE)


@pytest.mark.parametrize("loosened", ["read_only", "cap_drop", "security_opt", "healthcheck", "restart"])
def test_a_service_without_one_of_these_is_refused(loosened):
    service = {key: value for key, value in SERVICES["bot"].items() if key != loosened}

    assert not jsonschema.Draft202012Validator(SERVICE).is_valid(service)


def test_what_a_service_uses_is_declared_and_what_is_declared_is_used():
    for kind in ("networks", "secrets"):
        assert {each for service in SERVICES.values() for each in service.get(kind, [])} == set(COMPOSE[kind])
    mounts = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert mounts == set(COMPOSE["volumes"]) | {"./Caddyfile", "./copies"}


def test_only_the_proxy_has_ports_and_only_the_bot_reaches_the_database():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert [name for name, service in SERVICES.items() if "inside" in service["networks"]] == ["database", "bot"]
    assert SERVICES["database"]["networks"] == ["inside"]
    assert SERVICES["database"]["image"].startswith("postgres:15-")


def test_secrets_are_files_and_no_address_holds_a_password():
    settings = BOT | SERVICES["database"]["environment"]
    files = {value for name, value in settings.items() if name.endswith("_FILE")}
    address = urlsplit(BOT["QUIESCE_DATABASE_URL"].removeprefix("${DATABASE_URL:-").removesuffix("}"))

    assert all(name.endswith("_FILE") for name in settings if re.search("TOKEN|SECRET|PASSWORD", name))
    assert files == {f"/run/secrets/{name}" for name in COMPOSE["secrets"] if name != "database_passfile"}
    assert (address.hostname, address.password) == ("database", None)
    assert address.query == "passfile=/run/secrets/database_passfile"
    assert "secrets/" in (DEPLOY / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_every_setting_that_is_named_exists():
    named = {name for path in DEPLOY.iterdir() for name in re.findall(r"QUIESCE_([A-Z_]+)", path.read_text("utf-8"))}

    assert len(named) > 5
    assert sorted(name for name in named if name.lower() not in Settings.model_fields) == []


# Containerfile


def test_the_image_has_two_stages_of_one_base_and_its_program_is_not_root():
    build, final = _stages()
    base = build[0][1].removesuffix(" AS build")
    switches = [rest for instruction, rest in final if instruction == "USER"]

    assert final[0] == ("FROM", base)
    assert re.fullmatch(r"python:3\.1[1-9]-[a-z-]+", base)
    assert "latest" not in CONTAINERFILE
    assert switches == ["10001:10001"]
    assert f"chown {switches[0]} secrets/telegram-token" in RUNBOOK
    assert [rest for each, rest in final if each in {"COPY", "ADD"}] == ["--from=build /opt/quiesce /opt/quiesce"]
    assert [json.loads(rest) for each, rest in final if each in {"ENTRYPOINT", "CMD"}] == [["quiesce"], ["run"]]
    assert SERVICES["bot"]["image"] == f"quiesce:{PROJECT['version']}"


def test_the_image_is_made_of_named_files_and_holds_no_secret():
    copied = {name for each, rest in _stages()[0] if each == "COPY" for name in rest.split()[:-1]}
    shown = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()

    assert "*" in shown
    assert {line[1:] for line in shown if line.startswith("!")} == copied
    assert all((ROOT / name).exists() for name in copied)
    assert not re.search("TOKEN|SECRET|PASSWORD|QUIESCE_|^ARG", CONTAINERFILE, flags=re.MULTILINE)


def test_every_file_of_the_build_is_held_against_its_hash_and_the_rest_needs_no_network():
    pip = [rest for each, rest in _stages()[0] if each == "RUN"]

    assert ["download --require-hashes" in pip[0], "--no-index" in pip[1], len(pip)] == [True, True, 2]


def _replay(stage, root):
    """A stage's steps with its folders under `root`, where a clean virtual environment stands for the base image."""
    subprocess.run([sys.executable, "-m", "venv", root / "base"], check=True)
    environment = os.environ | {"PATH": f"{root}/base/bin:{os.environ['PATH']}"}
    folder = root
    for instruction, rest in stage[1:]:
        if instruction == "WORKDIR":
            folder = root / rest.lstrip("/")
            folder.mkdir(parents=True)
        elif instruction == "COPY":
            *names, target = rest.split()
            for name in names:
                copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
                copy(ROOT / name, folder / target)
        else:
            assert instruction == "RUN"
            command = re.sub(r"(?<= )/", f"{root}/", rest)
            subprocess.run(command, shell=True, check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL)


def test_the_build_stage_makes_a_program_that_runs_without_the_tools_of_its_developers(tmp_path):
    if os.environ.get("QUIESCE_SLOW") != "1":
        pytest.skip("downloads all that the lock names; QUIESCE_SLOW=1 runs it")
    _replay(_stages()[0], tmp_path)
    made = tmp_path / "opt" / "quiesce" / "bin"
    listing = [
        tmp_path / "base" / "bin" / "python",
        "-m",
        "pip",
        "--python",
        made / "python",
        "list",
        "--format=freeze",
    ]
    listed = subprocess.run(listing, check=True, capture_output=True, text=True).stdout.lower().replace("_", "-")
    versions = dict(each.split("==") for each in listed.splitlines())
    locked = re.findall(r"^(\S+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), flags=re.MULTILINE)
    needed, tools = (
        {re.match("[a-z-]+", each)[0] for each in requirements}
        for requirements in (PROJECT["dependencies"], PROJECT["optional-dependencies"]["dev"])
    )

    assert versions.pop("quiesce") == PROJECT["version"]
    assert versions.items() <= set(locked)
    assert (needed - versions.keys(), (tools | {"pip"}) & versions.keys()) == (set(), set())
    for command, said in (("migrate", "up to date"), ("run", "HBI 5 (remission < 5)")):
        where = {"cwd": tmp_path, "input": "/hbi 1 1 3 0 0\n", "capture_output": True, "text": True}
        assert said in subprocess.run([made / "quiesce", command], check=True, **where).stdout


# The proxy and the health check


class Site(BaseHTTPRequestHandler):
    """Answers everything with the server's status, and keeps what it was asked for."""

    def do_GET(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.asked.append(f"{self.command} {self.path}")
        self.send_response(self.server.status)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_):
        """Nothing."""


@contextmanager
def _site(status=200):
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        server.status, server.asked = status, []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)], ids=["well", "not well"])
def test_the_health_check_of_the_bot_says_what_healthz_says(status, code):
    _, python, option, check = SERVICES["bot"]["healthcheck"]["test"]
    with _site(status) as bot:
        command = [sys.executable, option, check.replace("8080", str(bot.server_port))]
        checked = subprocess.run(command, check=False, capture_output=True, text=True)

    assert (python, checked.returncode, checked.stdout, checked.stderr) == ("python", code, "{}\n", "")
    assert bot.asked == ["GET /healthz"]


def test_the_proxy_knows_one_path_of_the_bot_and_it_is_the_webhooks():
    path = urlsplit(re.sub(r"\$\{.*?\}", "bot.example", BOT["QUIESCE_WEBHOOK_URL"])).path
    port = BOT["QUIESCE_LISTEN"].rpartition(":")[2]

    for directive, told in (("path", path), ("rewrite", path), ("reverse_proxy", f"bot:{port}")):
        assert re.findall(rf"^\s*{directive} (.*)", CADDYFILE, flags=re.MULTILINE) == [told]


@contextmanager
def _caddy(folder, program, bot):
    """Caddy with our file, in front of `bot`, without certificates; its port."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        port, health = one.getsockname()[1], other.getsockname()[1]
    text = CADDYFILE.replace("bot:8080", f"127.0.0.1:{bot.server_port}").replace("2020", str(health))
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    environment = os.environ | {"BOT_DOMAIN": f"http://127.0.0.1:{port}", "HOME": str(folder)}
    where = {"cwd": folder, "env": environment, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([program, "run", "--config", "Caddyfile"], **where) as caddy:
        for _ in range(200):
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
        caddy.terminate()


def test_where_caddy_is_installed_only_the_webhook_passes(tmp_path):
    program = shutil.which("caddy") or pytest.skip("caddy is not installed")
    asked = [("POST", "/telegram", b"{}"), ("POST", "/telegram", bytes(2**20 + 1)), ("GET", "/telegram", None)]
    asked += [("GET", "/healthz", None), ("GET", "/metrics", None), ("POST", "/x/../telegram", b"{}")]
    answered = []
    with _site() as bot, _caddy(tmp_path, program, bot) as port:
        for method, path, body in asked:
            front = HTTPConnection("127.0.0.1", port, timeout=10)
            front.request(method, path, body)
            answered.append(front.getresponse().status)
            front.close()

    assert answered == [200, 413, 404, 404, 404, 200]
    assert set(bot.asked) == {"POST /telegram"}


# The units


def _told(key, unit=UNIT):
    return re.findall(rf"^{key}=(.*)$", unit, flags=re.MULTILINE)


def test_the_unit_starts_a_command_of_the_program():
    program, command = _told("ExecStart")[0].split()

    assert Path(program).name in PROJECT["scripts"]
    assert command in COMMANDS


def test_the_unit_hands_over_token_and_key_as_credentials_and_writes_to_one_folder():
    (name, source), (key, _) = (each.split(":") for each in _told("LoadCredential"))
    settings = dict(each.split("=", 1) for each in _told("Environment"))

    assert settings["QUIESCE_TELEGRAM_TOKEN_FILE"] == f"%d/{name}"
    assert settings["QUIESCE_AUDIT_KEY_FILE"] == f"%d/{key}"
    assert _told("AssertFileNotEmpty") == [source]
    assert settings["QUIESCE_DATABASE_URL"] == f"sqlite:///%S/{_told('StateDirectory')[0]}/quiesce.sqlite3"
    assert (_told("ReadWritePaths"), _told("ProtectSystem"), _told("User")) == ([], ["strict"], ["quiesce"])


def test_the_copy_of_every_night_is_of_the_same_database_with_the_same_key_and_lies_where_it_may_write():
    backup, verify = (line.split() for line in _told("ExecStart", BACKUP))

    assert (backup[1], verify[1]) == ("backup", "verify")
    assert backup[2].removeprefix("%S/") in _told("StateDirectory", BACKUP)[0].split()
    assert set(_told("Environment", BACKUP)) <= set(_told("Environment"))
    assert set(_told("LoadCredential", BACKUP)) <= set(_told("LoadCredential"))
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:00", _told("OnCalendar", TIMER)[0])


@pytest.mark.parametrize("name", ["quiesce.service", "quiesce-backup.service"])
def test_where_systemd_is_installed_it_finds_the_unit_sound_and_well_shut_in(tmp_path, name):
    """An exposure of 20 is 2.0 of 10, which systemd calls OK; the bot's own is 1.2."""
    analyze = shutil.which("systemd-analyze") or pytest.skip("systemd-analyze is not installed")
    unit, text = tmp_path / name, {"quiesce.service": UNIT, "quiesce-backup.service": BACKUP}[name]
    unit.write_text(text.replace("/opt/quiesce/current/bin/quiesce", sys.executable), encoding="utf-8")
    for verb in (["verify", "--man=no", "--recursive-errors=no"], ["security", "--offline=yes", "--threshold=20"]):
        found = subprocess.run([analyze, "--no-pager", *verb, unit], check=False, capture_output=True, text=True)
        assert (found.returncode, name in found.stderr) == (0, False)


# RUNBOOK.md


def test_every_command_of_the_runbook_is_one_of_the_program():
    named = set(re.findall(r"(?:bin/quiesce|run --rm bot) ([a-z-]+)", "".join(BLOCKS)))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert named == {"migrate", "verify", "backup", "restore", "resume-reminders"}
    assert named | set(re.findall(r"`(run|migrate|verify|backup|restore|resume-reminders)`", RUNBOOK)) <= COMMANDS
    assert set(re.findall(r"`make ([a-z]+)", RUNBOOK)) <= targets


def test_every_service_secret_and_image_of_the_runbook_is_one_of_compose():
    words = re.findall(r"docker compose (?:exec(?: -T)?|stop|logs|run --rm) (\w+)", "".join(BLOCKS))
    words += re.findall(r"--force-recreate (\w+)", "".join(BLOCKS))

    assert set(words) == set(SERVICES)
    assert {f"secrets/{name}" for name in re.findall(r"secrets/([a-z-]+)", "".join(BLOCKS))} == {
        each["file"] for each in COMPOSE["secrets"].values()
    }
    for image in [SERVICES["database"]["image"], SERVICES["proxy"]["image"], _stages()[1][0][1]]:
        assert f"`{image}`" in RUNBOOK


def test_every_sentence_that_the_runbook_explains_is_one_that_the_program_says():
    """A file's name stands where the program puts in the one that it met."""
    program = "".join(path.read_text("utf-8") for part in ("bot", "store") for path in (ROOT / part).rglob("*.py"))
    said = re.findall(r"^\| `quiesce: (?:\S+\.sqlite3 )?(.*?)`", RUNBOOK, flags=re.MULTILINE)

    assert len(said) == 8
    assert [sentence for sentence in said if sentence not in program] == []


def test_every_metric_and_state_that_the_runbook_explains_is_one_of_the_program():
    metrics = {f"{each.name}_total" if each.type == "counter" else each.name for each in Health().registry.collect()}
    states = set(re.findall(r'^\| `"telegram": "(.*?)"`', RUNBOOK, flags=re.MULTILINE))

    assert set(re.findall(r"quiesce_[a-z]+_[a-z_]+", RUNBOOK)) == metrics
    assert states | {"ok"} == set(Telegram)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0][:40])
def test_a_block_of_the_runbook_is_a_shell_script(block):
    assert subprocess.run(["bash", "-n"], input=block, check=False, capture_output=True, text=True).stderr == ""


def test_the_runbook_has_one_sentence_a_line_and_its_links_lead_somewhere():
    prose = re.sub(r"```.*?```", "", RUNBOOK, flags=re.DOTALL)
    titles = re.findall(r"^#+ (.*)", prose, flags=re.MULTILINE)
    anchors = {re.sub(r"[^a-z ]", "", title.lower()).replace(" ", "-") for title in titles}

    assert [line for line in prose.splitlines() if re.search(r"[.!?] [A-Z]", line) and line[0] != "|"] == []
    assert set(re.findall(r"\]\(#([^)]*)\)", prose)) <= anchors
    assert "What of this was never run" in titles
