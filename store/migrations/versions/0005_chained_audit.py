"""The chain of the audit, and its seal."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("audit", sa.Column("patient_id", sa.Integer(), nullable=True))
    for name in ("before", "after", "chain"):
        op.add_column("audit", sa.Column(name, AutoString(), nullable=True))
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("genesis", AutoString(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("head", AutoString(), nullable=False),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column("mac", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
