"""A restored database rests until somebody confirms it; quiet hours of one's own; by which card a reminder went."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"

_NEVER_SHOWN = sa.text("dead_why IS NOT NULL AND message_id IS NULL")


def upgrade() -> None:
    op.add_column("clinic", sa.Column("copied_at", UTCDateTime(), nullable=True))
    op.add_column("clinic", sa.Column("restored_at", UTCDateTime(), nullable=True))
    op.add_column("members", sa.Column("quiet_from", AutoString(), nullable=True))
    op.add_column("members", sa.Column("quiet_until", AutoString(), nullable=True))
    op.add_column("members", sa.Column("settled_at", UTCDateTime(), nullable=True))
    with op.batch_alter_table("reminders") as reminders:
        reminders.add_column(sa.Column("card_id", sa.Integer(), nullable=True))
        reminders.create_foreign_key("reminders_card_id_fkey", "cards", ["card_id"], ["id"])
    op.create_index("ix_reminders_card_id", "reminders", ["card_id"])
    op.create_index("cards_never_shown", "cards", ["id"], sqlite_where=_NEVER_SHOWN, postgresql_where=_NEVER_SHOWN)
