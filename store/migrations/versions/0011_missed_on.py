"""The day on which a reminder was to be told, and nobody was: what is told after it says that it is delayed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("reminders", sa.Column("missed_on", sa.Date(), nullable=True))
