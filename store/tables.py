"""The tables, as SQLModel declares them; migrations are compared with these on every test run."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_IN_FRONT = text("kept_at IS NULL AND stage IN ('asking', 'reviewing')")
_NOT_SHOWN = text("shown < revision")
_NEVER_SHOWN = text("dead_why IS NOT NULL AND message_id IS NULL")
_WAKES = text("wake_on IS NOT NULL")


class MemberRow(SQLModel, table=True):
    """A person who may use the bot; `round_at` is when their reminders go out next, `rounded_on` when they last did.

    `settled_at` is when they confirmed when that may be.
    """

    __tablename__ = "members"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(sa_type=BigInteger, unique=True)
    chat_id: int = Field(sa_type=BigInteger)
    role: str
    zone: str
    joined_at: datetime | None = None
    revoked_at: datetime | None = None
    unreachable_at: datetime | None = None
    digest_at: str | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None
    settled_at: datetime | None = None
    round_at: datetime | None = Field(default=None, index=True)
    rounded_on: date | None = None


class InvitationRow(SQLModel, table=True):
    """A one-time code, kept only as its hash; the owner code is the first row."""

    __tablename__ = "invitations"

    code_hash: str = Field(primary_key=True)
    role: str
    expires_at: datetime
    used_at: datetime | None = None
    invited_by: int | None = Field(default=None, foreign_key="members.id")


class ArrivalRow(SQLModel, table=True):
    """An update that has had its effect, so that a repeat has none; no text."""

    __tablename__ = "arrivals"

    bot_id: int = Field(sa_type=BigInteger, primary_key=True)
    update_id: int = Field(sa_type=BigInteger, primary_key=True)
    at: datetime = Field(index=True)
    outcome: str


class ClinicRow(SQLModel, table=True):
    """What the clinic has settled once; one row, or none yet.

    `restored_at` says that the database is what a copy of `copied_at` held, and that no reminder leaves.
    """

    __tablename__ = "clinic"

    id: int = Field(primary_key=True)
    region: str | None = None
    patients_approved_at: datetime | None = None
    patients_approved_by: int | None = Field(default=None, foreign_key="members.id")
    cover_id: int | None = Field(default=None, foreign_key="members.id")
    lead_id: int | None = Field(default=None, foreign_key="members.id")
    copied_at: datetime | None = None
    restored_at: datetime | None = None
    units: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    clock: dict[str, str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class PatientRow(SQLModel, table=True):
    """A patient under a code, never a name; `plain` is what every spelling of the code has in common."""

    __tablename__ = "patients"
    __table_args__ = ({"sqlite_autoincrement": True},)  # an erased patient's number is never given again

    id: int | None = Field(default=None, primary_key=True)
    code: str
    plain: str = Field(unique=True)
    disease: str
    responsible_id: int = Field(foreign_key="members.id", index=True)
    enrolled_at: datetime


class InterviewRow(SQLModel, table=True):
    """A questionnaire of a member, about a patient or about nobody: in front, kept for later, or completed."""

    __tablename__ = "interviews"
    __table_args__ = (
        Index("one_in_front", "member_id", unique=True, sqlite_where=_IN_FRONT, postgresql_where=_IN_FRONT),
        {"sqlite_autoincrement": True},  # an erased interview's number is never given again
    )

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    patient_id: int | None = Field(default=None, foreign_key="patients.id", index=True)
    questionnaire: str
    version: int
    stage: str
    answers: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    ticked: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    again: str | None = None
    corrects: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    given_by: dict[str, int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    kept_at: datetime | None = None
    touched_at: datetime


class CardRow(SQLModel, table=True):
    """One message of ours: what it should show (`revision`) and what it shows (`shown`)."""

    __tablename__ = "cards"
    __table_args__ = (
        Index("cards_not_shown", "chat_id", "id", sqlite_where=_NOT_SHOWN, postgresql_where=_NOT_SHOWN),
        Index("cards_by_message", "chat_id", "message_id"),
        Index("cards_never_shown", "id", sqlite_where=_NEVER_SHOWN, postgresql_where=_NEVER_SHOWN),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    member_id: int = Field(foreign_key="members.id")
    interview_id: int | None = Field(default=None, foreign_key="interviews.id", index=True)
    patient_id: int | None = Field(default=None, foreign_key="patients.id", index=True)
    token: str | None = Field(default=None, unique=True)
    actions: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    body: str | None = None
    picture: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    revision: int
    shown: int
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    attempts: int
    taken_until: datetime | None = None
    not_before: datetime | None = None
    wanted_at: datetime | None = None
    unasked: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    dead_why: str | None = None


class ObservationRow(SQLModel, table=True):
    """One fact about a patient; rows are only ever added, and the chart is a fold over them.

    Only the words of a reminder that was taken back are erased from theirs.

    A row that `replaces` another takes its place; with a value of null it voids it.
    """

    __tablename__ = "observations"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patients.id", index=True)
    kind: str
    code: str
    version: int | None = None
    on: date | None = None
    value: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    as_given: str | None = None
    by: int = Field(foreign_key="members.id")
    at: datetime
    entry: int
    replaces_id: int | None = Field(default=None, foreign_key="observations.id", unique=True)
    why: str | None = None


class VerdictRow(SQLModel, table=True):
    """What was said of a patient, with all that it rested on, word for word: JSON as `evaluate` reads and writes it."""

    __tablename__ = "verdicts"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patients.id", index=True)
    at: datetime
    core_version: str
    inputs: str = Field(sa_type=Text)
    report: str = Field(sa_type=Text)


class ReminderRow(SQLModel, table=True):
    """One time of one item of a patient, from the day it is planned to the day it is settled.

    `card_id` is the message by which it was told last.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("patient_id", "item", "slot"),
        Index("reminders_waking", "for_id", "wake_on", sqlite_where=_WAKES, postgresql_where=_WAKES),
    )

    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patients.id")
    item: str
    slot: str
    title: str
    source: str
    opens_on: date | None = None
    due_on: date
    until_on: date | None = None
    state: str
    step: str | None = None
    sent_on: date | None = None
    wake_on: date | None = None
    missed_on: date | None = None
    for_id: int = Field(foreign_key="members.id")
    card_id: int | None = Field(default=None, foreign_key="cards.id", index=True)
    awaited_since: date | None = None


class WatchRow(SQLModel, table=True):
    """On which day the schedule of a patient is looked at next, whatever happens before."""

    __tablename__ = "watches"

    patient_id: int = Field(primary_key=True, foreign_key="patients.id")
    look_on: date = Field(index=True)


class AuditRow(SQLModel, table=True):
    """Who did what to which thing, and when; never a value.

    Where a clinical row was written, `before` and `after` are its keyed digests: null before it was there, and when
    it is there no more. `chain` signs this row and all that came before it; null where the row is older than the chain.
    """

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    member_id: int | None = Field(default=None, foreign_key="members.id")
    verb: str
    subject: str
    patient_id: int | None = None  # no foreign key: who has seen an erased patient stays known
    before: str | None = None
    after: str | None = None
    chain: str | None = None


class SealRow(SQLModel, table=True):
    """Where the chain of the audit begins and ends, signed; one row, or none before the first start."""

    __tablename__ = "seal"

    id: int = Field(primary_key=True)
    first_id: int
    genesis: str
    count: int
    head: str
    fingerprint: str
    mac: str


def table(row: type[SQLModel]) -> Table:
    """The table behind a declared row, for statements that are built once."""
    return SQLModel.metadata.tables[str(row.__tablename__)]
