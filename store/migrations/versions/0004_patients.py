"""Patients, what was observed of them and what was said; interviews and cards may be about one."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", AutoString(), nullable=True),
        sa.Column("patients_approved_at", UTCDateTime(), nullable=True),
        sa.Column("patients_approved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["patients_approved_by"], ["members.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "patients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("plain", AutoString(), nullable=False),
        sa.Column("disease", AutoString(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["responsible_id"], ["members.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("plain"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_patients_responsible_id", "patients", ["responsible_id"], unique=False)
    _create_observations()
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("core_version", AutoString(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_verdicts_patient_id", "verdicts", ["patient_id"], unique=False)
    for name in ("interviews", "cards"):
        # In place: a rebuilt table would lose its partial index and its AUTOINCREMENT on SQLite.
        op.execute(f"ALTER TABLE {name} ADD COLUMN patient_id INTEGER REFERENCES patients (id)")
        op.create_index(f"ix_{name}_patient_id", name, ["patient_id"], unique=False)
    op.add_column("cards", sa.Column("picture", sa.JSON(), nullable=True))
    op.add_column("interviews", sa.Column("corrects", sa.JSON(), nullable=True))
    op.add_column("interviews", sa.Column("given_by", sa.JSON(), nullable=True))


def _create_observations() -> None:
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("code", AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("as_given", AutoString(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("why", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["members.id"]),
        sa.ForeignKeyConstraint(["patient_id"], ["patients.id"]),
        sa.ForeignKeyConstraint(["replaces_id"], ["observations.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("replaces_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_observations_patient_id", "observations", ["patient_id"], unique=False)
