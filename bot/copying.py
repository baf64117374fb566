"""What `backup`, `restore` and `resume-reminders` do and say, and their exit codes."""

from contextlib import closing
from functools import partial
from pathlib import Path

import typer

from bot.acts import Moment
from bot.clock import new_token, utc_now
from bot.reminders import resting
from bot.settings import Settings
from bot.verifying import tell
from store.backup import back_up
from store.engine import held, open_engine
from store.keys import needed_key
from store.migrations import require_readable
from store.restore import restore as restore_copy
from store.unit_of_work import Writer


def backup(settings: Settings, folder: Path) -> int:
    """0 if the copy is whole; 1 if it is as the database is, which somebody has changed."""
    made = back_up(settings.database_url, settings.audit_key_file, folder, utc_now())
    typer.echo(f"{made.path}: {made.rows} rows, restored from it once and read back.")
    return tell(made.found)


def restore(settings: Settings, file: Path) -> int:
    """0 if what the copy held was whole, 1 if somebody had changed it before."""
    moment = Moment(now=utc_now(), new_token=new_token, bot_id=0, update_id=0, house=settings.house())
    then = partial(resting.offer_to_resume, moment=moment)
    with held(settings.database_url):
        found = restore_copy(settings.database_url, settings.audit_key_file, file, moment.now, then)
    typer.echo("Restored. No reminder leaves until an owner resumes them in the chat, or `resume-reminders` does.")
    return tell(found)


def resume(settings: Settings, *, confirmed: bool) -> int:
    """0 if reminders go out from now on, 1 if nobody confirmed it."""
    key, now = needed_key(settings.audit_key_file, "resumed"), utc_now()
    require_readable(settings.database_url)
    with closing(Writer(open_engine(settings.database_url), key)) as writer:
        told = partial(resting.told, now=now, zone=settings.clinic_timezone)
        if not (what := writer.take(told)):
            typer.echo("Reminders do not rest: nothing was restored, or they were resumed already.")
            return 0
        while what:
            typer.echo(what)
            if not (confirmed or typer.confirm("Resume reminders?")):
                return 1
            writer.take(partial(resting.confirm, now=now))
            what = writer.take(told)
    typer.echo("Reminders go out again.")
    return 0
