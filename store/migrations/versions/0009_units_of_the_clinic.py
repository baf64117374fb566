"""The units in which the laboratory of a clinic reports, by analyte."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("clinic", sa.Column("units", sa.JSON(none_as_null=True), nullable=True))
