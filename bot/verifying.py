"""What `verify` says, and the exit code that it says it with."""

import re

import typer

from bot.settings import Settings
from store.verify import Verification, verify_database
from store.walk import Head

# So much of a head is printed, and no less is taken as one that was kept.
SHOWN = 16


def verify(settings: Settings, head: str | None, count: int | None) -> int:
    """0 if all is whole, 1 if something was changed."""
    found = verify_database(settings.database_url, settings.audit_key_file, _kept(head, count))
    return tell(found)


def tell(found: Verification) -> int:
    """Say what was found; the exit code that goes with it."""
    head = found.head
    if head is None or found.broken:
        typer.echo("\n".join(found.broken))
        return 1
    rows = f"{found.audit_rows} audit rows and {found.clinical_rows} clinical rows"
    typer.echo(f"{rows}: whole. Head: {head.head[:SHOWN]}, count {head.count}")
    return 0


def _kept(head: str | None, count: int | None) -> Head | None:
    if head is None and count is None:
        return None
    if head is None or count is None or not re.fullmatch(f"[0-9a-f]{{{SHOWN},64}}", head):
        raise typer.BadParameter("--head and --count belong together, as they were printed")
    return Head(count=count, head=head)
