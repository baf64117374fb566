"""A restored database rests until somebody has confirmed it; quiet hours of one's own, and their confirmation."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("clinic", sa.Column("copied_at", UTCDateTime(), nullable=True))
    op.add_column("clinic", sa.Column("restored_at", UTCDateTime(), nullable=True))
    op.add_column("members", sa.Column("quiet_from", AutoString(), nullable=True))
    op.add_column("members", sa.Column("quiet_until", AutoString(), nullable=True))
    op.add_column("members", sa.Column("settled_at", UTCDateTime(), nullable=True))
