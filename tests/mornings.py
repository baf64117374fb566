"""Mornings in the chat: what comes by itself, to whom."""

from datetime import UTC, datetime

from store.members import Role
from tests.enrolled import CODE

COLLEAGUE = 21
# Two hours before eight in Vienna, in summer.
SIX_UTC = 6


def morning(office, month: int, day: int, hour: int = SIX_UTC, minute: int = 0) -> None:
    office.clock.now = datetime(2026, month, day, hour, minute, tzinfo=UTC)


async def tick(office, *lines) -> None:
    await office.running.tick()
    for line in lines:
        await line.settled()


async def reminded(ward, office) -> None:
    """The doctor's first morning with the patient of week 12."""
    await tick(office, ward)
    morning(office, 6, 2)
    await tick(office, ward)


async def first_reminder(ward, office):
    """The message of that morning, where all else is up to date."""
    morning(office, 6, 1, 9, 5)
    await reminded(ward, office)
    return next(each for each in ward.messages if each.text.startswith("Reminder"))


def told(line) -> list[str]:
    return [message.text for message in line.messages if message.text.startswith("Reminder")]


def rows_of(office, item: str):
    return office.rows(f"SELECT state, step, wake_on FROM reminders WHERE item = '{item}' ORDER BY id")[0]


async def joins(office, name: str, number: int = COLLEAGUE, role: Role = Role.DOCTOR):
    """Another member, on the line."""
    await office.ledger.take(lambda work: work.members.admit(number, number, role, "Europe/Vienna"))
    return office.line(name, number)


async def hand_over(ward, office):
    """The patient goes to a colleague, who is on the line."""
    colleague = await joins(office, "colleague")
    await ward.says(f"/p {CODE}")
    for label in ("Course", "Hand over", "Member 2 (doctor)", "Leave or absence", "Confirm"):
        await ward.taps(label)
    return colleague
