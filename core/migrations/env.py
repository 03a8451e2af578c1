"""Alembic's entry: migrates the database it is given a connection to."""

from alembic import context

from core import schema

SCHEMAS = {None, "public", "ledger"}


def ours(name: str | None, kind: str, parent: object) -> bool:
    """Look at our own schemas only: an operator may keep others in the same database."""
    del parent
    return kind != "schema" or name in SCHEMAS


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    include_schemas=True,
    include_name=ours,
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
