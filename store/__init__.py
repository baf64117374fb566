"""Persistence: tables, repositories, one unit of work, migrations."""
