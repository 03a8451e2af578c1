"""A key for each person and workspace; what is sealed with it points at it.

Rows of before stay as they are: `python -m market migrate` seals them right after, see `core.privacy.sealing`.

Revision ID: 0036_data_keys
Revises: 0035_browser_sessions
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036_data_keys"
down_revision = "0035_browser_sessions"
branch_labels = None
depends_on = None

OWNED = (
    "outbox",
    "held_message",
    "mailbox",
    "conversation",
    "support_request",
    "payee_account",
    "payee_change",
)

FILES = "fk_media_file_owner_id"


def upgrade() -> None:
    """Make the keys' table, and say of each sealed row whose it is."""
    op.create_table(
        "data_key",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_data_key")),
    )
    for table in OWNED:
        op.add_column(table, sa.Column("owner_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(f"fk_{table}_owner_id"), table, "data_key", ["owner_id"], ["owner_id"])
        op.create_index(op.f(f"ix_{table}_owner_id"), table, ["owner_id"])
    op.drop_constraint(FILES, "media_file", type_="foreignkey")
    # the owners' keys of before are made right after: until then only new rows are held to them
    op.create_foreign_key(
        FILES, "media_file", "data_key", ["owner_id"], ["owner_id"], postgresql_not_valid=True
    )
    op.alter_column("workspace", "tax_number", type_=sa.Text())
    for table in ("payee_account", "payee_change"):
        op.alter_column(table, "label", type_=sa.Text())
    op.alter_column("operator_act", "reason", type_=sa.Text())
    op.add_column("operator_act", sa.Column("about", sa.Uuid(), nullable=True))
    op.add_column("operator_proposal", sa.Column("about", sa.Uuid(), nullable=True))
    op.add_column("deal_event", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    op.add_column("deal_event", sa.Column("words_of", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_deal_event_words_of"), "deal_event", ["words_of"])
    _move_talk()


def _move_talk() -> None:
    """Let what was offered go with its session, and know a line's files without reading the line.

    What was sent long ago is nobody's business any more: its words go.
    """
    op.execute("UPDATE conversation SET session = jsonb_build_object('session', session, 'offered', offered)")
    op.drop_column("conversation", "offered")
    empty = sa.text("'[]'")
    op.add_column("mailbox", sa.Column("media", postgresql.JSONB(), nullable=False, server_default=empty))
    op.execute(
        "UPDATE mailbox SET media = (SELECT coalesce(jsonb_agg(a -> 'media_id'), '[]')"
        " FROM jsonb_array_elements(body -> 'attachments') a)"
        " WHERE jsonb_typeof(body -> 'attachments') = 'array'"
    )
    op.execute(
        "DELETE FROM outbox WHERE state = 'done'"
        " AND kind IN ('message.deliver', 'notice.tell', 'chat.announce', 'chat.menu')"
    )


def downgrade() -> None:
    """Take the keys away, and with them what only they open: sessions, transcripts and words begin anew."""
    empty = sa.text("'[]'")
    op.add_column(
        "conversation", sa.Column("offered", postgresql.JSONB(), nullable=False, server_default=empty)
    )
    op.execute("UPDATE conversation SET session = coalesce(session -> 'session', '{}')")
    for table in ("outbox", "held_message", "mailbox", "support_request", "payee_account", "payee_change"):
        op.execute(f"DELETE FROM {table} WHERE owner_id IS NOT NULL")  # noqa: S608  (names of ours)
    op.execute("UPDATE workspace SET tax_number = '' WHERE tax_number LIKE 'p1.%'")
    op.execute("DELETE FROM media_file WHERE sealed_key LIKE 'p1.%'")
    op.drop_constraint(FILES, "media_file", type_="foreignkey")
    op.create_foreign_key(FILES, "media_file", "person", ["owner_id"], ["id"])
    op.drop_column("mailbox", "media")
    op.drop_column("deal_event", "words_of")
    op.drop_column("deal_event", "words")
    op.drop_column("operator_proposal", "about")
    op.drop_column("operator_act", "about")
    for table in ("payee_account", "payee_change"):
        op.alter_column(table, "label", type_=sa.String(80))
    op.alter_column("workspace", "tax_number", type_=sa.String(32))
    for table in OWNED:
        op.drop_column(table, "owner_id")
    op.drop_table("data_key")
