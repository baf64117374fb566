"""Which question of an interview is asked again."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("interviews", sa.Column("again", AutoString(), nullable=True))
