"""Files are sealed, each owner's once, and go when nobody wants them.

Files of before lie in plain under their digest until a worker seals them (`core.media.files.Files.move`).
What no draft was made of goes thirty days after this; whose owner was forgotten goes at once.

Revision ID: 0034_sealed_files
Revises: 0033_name_changes
"""

import sqlalchemy as sa
from alembic import op

revision = "0034_sealed_files"
down_revision = "0033_name_changes"
branch_labels = None
depends_on = None

UNIQUE, DUE, NAME = (
    "uq_media_file_owner_id_digest",
    "ix_media_file_state_keep_until",
    "ix_media_file_store_name",
)


def upgrade() -> None:
    """Say where each file's bytes lie, what opens them, and until when they are wanted."""
    op.add_column("media_file", sa.Column("state", sa.String(32), nullable=False, server_default="kept"))
    op.add_column("media_file", sa.Column("store_name", sa.String(64), nullable=False, server_default=""))
    op.add_column("media_file", sa.Column("sealed_key", sa.Text(), nullable=False, server_default=""))
    op.add_column("media_file", sa.Column("keep_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("media_file", sa.Column("here", sa.LargeBinary(), nullable=True))
    for name in ("state", "store_name", "sealed_key"):
        op.alter_column("media_file", name, server_default=None)
    op.execute(
        "UPDATE media_file SET store_name = digest, digest = replace(id::text, '-', ''),"
        " state = CASE WHEN owner_id IS NULL THEN 'leaving' ELSE 'kept' END,"
        " keep_until = CASE WHEN id::text IN"
        " (SELECT jsonb_array_elements_text(draft_media) FROM deliverable) THEN NULL"
        " ELSE clock_timestamp() + interval '30 days' END"
    )
    op.drop_index("ix_media_file_digest", table_name="media_file")
    op.create_index(
        UNIQUE,
        "media_file",
        ["owner_id", "digest"],
        unique=True,
        postgresql_where=sa.text("state <> 'leaving'"),
    )
    op.create_index(DUE, "media_file", ["state", "keep_until"])
    op.create_index(NAME, "media_file", ["store_name"])


def downgrade() -> None:
    """Know files by the name under which they lie; what is sealed opens no more."""
    op.execute("DELETE FROM media_file WHERE state <> 'kept' OR here IS NOT NULL")
    op.execute("UPDATE media_file SET digest = store_name")
    for name in (NAME, DUE, UNIQUE):
        op.drop_index(name, table_name="media_file")
    op.create_index("ix_media_file_digest", "media_file", ["digest"])
    for name in ("here", "keep_until", "sealed_key", "store_name", "state"):
        op.drop_column("media_file", name)
