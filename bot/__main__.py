"""The command line."""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from telegram.error import Conflict, InvalidToken

from bot.ledger import Ledger
from bot.settings import Settings
from store.engine import held
from store.errors import StoreUnavailable
from store.revision import is_current

# A service manager must not start the bot again, or two programs would take the messages from each other for ever.
STOPPED_FOR_ANOTHER = 3

cli = typer.Typer(
    help="Quiesce: remission by named rules, for clinicians who treat IBD with upadacitinib.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@cli.command()
def run() -> None:
    """Serve Telegram; without a token, open the terminal chat."""
    settings = Settings()
    token = settings.token()
    if token is None:
        chat()
        return
    from bot import logs  # noqa: PLC0415  only what runs is imported
    from bot.serving import new_loop, serve  # noqa: PLC0415

    logs.configure(settings.log_level)
    gc.freeze()  # what was imported stays: to walk through it at each full collection stops everybody for 0.1 s
    with (
        _opened(settings.database_url, settings.audit_key_file) as ledger,
        suppress(KeyboardInterrupt),
        asyncio.Runner(loop_factory=new_loop) as runner,
    ):
        runner.run(serve(settings, token, ledger))


@cli.command()
def chat() -> None:
    """Talk to the bot in this terminal, on a database of its own."""
    from bot.practice import terminal  # noqa: PLC0415  only what runs is imported

    settings = Settings()
    with _opened(settings.chat_database_url, settings.audit_key_file) as ledger, suppress(KeyboardInterrupt):
        asyncio.run(terminal.chat(ledger, settings.house()))


@cli.command()
def demo() -> None:
    """Run the rehearsal: a fictitious patient through 52 weeks, by the real turns on a database in memory."""
    from bot.rehearsal import told  # noqa: PLC0415  only what runs is imported

    typer.echo(told())


@cli.command()
def migrate() -> None:
    """Bring the database of Telegram to this version."""
    with _migrated(Settings().database_url):
        typer.echo("The database is up to date.")


@cli.command()
def verify(
    head: Annotated[str | None, typer.Option(help="A head that was printed earlier and kept elsewhere.")] = None,
    count: Annotated[int | None, typer.Option(min=0, help="The count that was printed with it.")] = None,
) -> None:
    """Find what anybody has changed in the audit or in what is known of patients, beside a running bot."""
    from bot import verifying  # noqa: PLC0415  only what runs is imported

    raise typer.Exit(verifying.verify(Settings(), head, count))


@cli.command()
def backup(folder: Annotated[Path, typer.Argument(help="Where copies lie: not beside the key of the audit.")]) -> None:
    """Copy the whole database into a sealed file, beside a running bot, and restore it once to see that it is whole."""
    from bot import copying  # noqa: PLC0415  only what runs is imported

    raise typer.Exit(copying.backup(Settings(), folder))


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Fill a new, empty database from a copy; no reminder leaves before somebody has resumed them."""
    from bot import copying  # noqa: PLC0415  only what runs is imported

    raise typer.Exit(copying.restore(Settings(), file))


@cli.command()
def resume_reminders(
    yes: Annotated[bool, typer.Option("--yes", help="The window was seen: do not ask.")] = False,
) -> None:
    """Say what a restored database does not hold, and let reminders go out again once that is confirmed."""
    from bot import copying  # noqa: PLC0415  only what runs is imported

    raise typer.Exit(copying.resume(Settings(), confirmed=yes))


@cli.command()
def evaluate(
    file: Annotated[
        Path | None, typer.Argument(help="Charts, one JSON object a line; - or nothing reads from standard input.")
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of charts and reports instead.")
    ] = False,
) -> None:
    """Read charts and write a report for each: the same clinical core as in the chat."""
    from bot import evaluate as evaluation  # noqa: PLC0415  only what runs is imported

    gc.freeze()  # what was imported stays: to walk through it once more at the end takes 0.1 s
    raise typer.Exit(evaluation.print_schema() if schema else evaluation.evaluate_file(file))


@contextmanager
def _opened(url: str, key_file: Path) -> Iterator[Ledger]:
    """The database of `url` with the key of its audit, migrated, for this program alone where it is SQLite."""
    from store.unlock import unlock  # noqa: PLC0415  only what runs is imported

    with _migrated(url), closing(Ledger(url, unlock(url, key_file))) as ledger:
        yield ledger


@contextmanager
def _migrated(url: str) -> Iterator[None]:
    with held(url):
        if not is_current(url):
            from store.migrations import migrate as bring_up_to_date  # noqa: PLC0415  Alembic is slow to import

            bring_up_to_date(url)
        yield


def main() -> None:
    """Run a command; what an operator can mend is one sentence and exit code 2, or 3 where another program polls."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        cli()
    except ValidationError as error:
        _give_up("; ".join(_setting(each["loc"], each["msg"]) for each in error.errors()))
    except InvalidToken:
        _give_up("Telegram refuses the token. See QUIESCE_TELEGRAM_TOKEN in the README.")
    except Conflict:
        _give_up("another program polls with the same token; only one can.", STOPPED_FOR_ANOTHER)
    except StoreUnavailable as error:
        _give_up(str(error))
    except BrokenPipeError:  # who read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _give_up(f"{error.filename or 'a file'}: {error.strerror or 'cannot be used'}")


def _setting(place: tuple[int | str, ...], message: str) -> str:
    name = f"QUIESCE_{str(place[0]).upper()}: " if place else "settings: "
    return name + message.removeprefix("Value error, ")


def _give_up(sentence: str, code: int = 2) -> None:
    print(f"quiesce: {sentence}", file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
