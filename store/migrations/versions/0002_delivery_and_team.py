"""Since when a card is wanted and whether anybody asked for it; who invited whom, and who cannot be reached."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("cards", sa.Column("wanted_at", UTCDateTime(), nullable=True))
    op.add_column("cards", sa.Column("unasked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("members", sa.Column("joined_at", UTCDateTime(), nullable=True))
    op.add_column("members", sa.Column("unreachable_at", UTCDateTime(), nullable=True))
    with op.batch_alter_table("invitations") as invitations:
        invitations.add_column(sa.Column("invited_by", sa.Integer(), nullable=True))
        invitations.create_foreign_key("invited_by_member", "members", ["invited_by"], ["id"])
