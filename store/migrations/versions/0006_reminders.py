"""Reminders, the mornings of members, and who stands in for whom."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0005"

_WAKES = sa.text("wake_on IS NOT NULL")


def upgrade() -> None:
    op.add_column("members", sa.Column("digest_at", AutoString(), nullable=True))
    op.add_column("members", sa.Column("round_at", UTCDateTime(), nullable=True))
    op.add_column("members", sa.Column("rounded_on", sa.Date(), nullable=True))
    op.create_index("ix_members_round_at", "members", ["round_at"])
    with op.batch_alter_table("clinic") as clinic:
        for name in ("cover_id", "lead_id"):
            clinic.add_column(sa.Column(name, sa.Integer(), nullable=True))
            clinic.create_foreign_key(f"clinic_{name}_fkey", "members", [name], ["id"])
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        *(sa.Column(name, AutoString(), nullable=False) for name in ("item", "slot", "title", "source")),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("step", AutoString(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("wake_on", sa.Date(), nullable=True),
        sa.Column("for_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"]),
        sa.ForeignKeyConstraint(["for_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("patient_id", "item", "slot"),
    )
    op.create_index(
        "reminders_waking", "reminders", ["for_id", "wake_on"], sqlite_where=_WAKES, postgresql_where=_WAKES
    )
    op.create_table(
        "watches",
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("look_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"]),
        sa.PrimaryKeyConstraint("patient_id"),
    )
    op.create_index("ix_watches_look_on", "watches", ["look_on"])
    # Whoever was enrolled before reminders came is looked at on the first day.
    op.execute("INSERT INTO watches (patient_id, look_on) SELECT id, '2026-01-01' FROM patients")
