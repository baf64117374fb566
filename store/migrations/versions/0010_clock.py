"""The days that the machine's clock has shown: by one that was set back nothing is told again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("clinic", sa.Column("clock", sa.JSON(none_as_null=True), nullable=True))
