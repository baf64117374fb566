"""Since when the result is awaited that a reminder is of."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("reminders", sa.Column("awaited_since", sa.Date(), nullable=True))
