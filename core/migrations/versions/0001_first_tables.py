"""The first tables.

Revision ID: 0001_first_tables
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_first_tables"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.execute("CREATE SCHEMA IF NOT EXISTS ledger")
    op.execute(sa.schema.CreateSequence(sa.Sequence("creator_vector_revision")))
    op.create_table(
        "inbox",
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "event_id", name=op.f("pk_inbox")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("normal_side", sa.String(length=1), nullable=False),
        sa.Column("allow_negative", sa.Boolean(), nullable=False),
        sa.Column("inline_balance", sa.Boolean(), nullable=False),
        sa.Column("debits", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("credits", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "opened_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "allow_negative OR NOT inline_balance OR CASE normal_side WHEN 'C' THEN credits >= debits ELSE debits >= credits END",
            name=op.f("ck_account_never_overdrawn"),
        ),
        sa.CheckConstraint("normal_side IN ('D', 'C')", name=op.f("ck_account_normal_side")),
        sa.CheckConstraint("debits >= 0 AND credits >= 0", name=op.f("ck_account_sums_not_negative")),
        sa.CheckConstraint("inline_balance OR allow_negative", name=op.f("ck_account_hot_may_go_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("code", name=op.f("uq_account_code")),
        sa.UniqueConstraint("id", "currency", name=op.f("uq_account_id_currency")),
        schema="ledger",
    )
    op.create_index(op.f("ix_account_kind"), "account", ["kind"], unique=False, schema="ledger")
    op.create_table(
        "transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("source_type", sa.String(length=32), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column(
            "created_xid",
            sa.BigInteger(),
            server_default=sa.text("pg_current_xact_id()::text::bigint"),
            nullable=False,
        ),
        sa.Column(
            "facts",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["ledger.transfer.id"], name=op.f("fk_transfer_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_transfer_idempotency_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_transfer_reverses_id")),
        schema="ledger",
    )
    op.create_index(
        "ix_transfer_source",
        "transfer",
        ["source_type", "source_id"],
        unique=False,
        schema="ledger",
    )
    op.create_table(
        "mailbox",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("incoming", sa.Boolean(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_mailbox")),
    )
    op.create_index("ix_mailbox_chat", "mailbox", ["channel", "chat_id", "seq"], unique=False)
    op.create_index("uq_mailbox_key", "mailbox", ["channel", "chat_id", "key"], unique=True)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("aggregate", sa.String(length=120), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "sending",
                "done",
                "parked",
                name="promisestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'sending') = (lease IS NOT NULL)", name=op.f("ck_outbox_leased_while_sending")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["not_before", "seq"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.create_index(
        "ix_outbox_head",
        "outbox",
        ["aggregate", "seq"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'sending', 'parked')"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("timezone", sa.String(length=48), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "rail_cursor",
        sa.Column("rail", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("rail", name=op.f("pk_rail_cursor")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column(
            "by",
            sa.Enum("brand", "creator", name="side", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visible_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_review_one_to_five_stars")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("deal_id", "by", name=op.f("uq_review_deal_id_by")),
    )
    op.create_index(op.f("ix_review_about_id"), "review", ["about_id"], unique=False)
    op.create_index(op.f("ix_review_deal_id"), "review", ["deal_id"], unique=False)
    op.create_table(
        "sale",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("deliverable_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sale")),
        sa.UniqueConstraint("deliverable_id", "reference", name=op.f("uq_sale_deliverable_id_reference")),
    )
    op.create_index(op.f("ix_sale_deliverable_id"), "sale", ["deliverable_id"], unique=False)
    op.create_table(
        "sandbox_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ahead_seconds", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_clock")),
    )
    op.create_table(
        "sandbox_network_fault",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("failures_left", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_network_fault")),
    )
    op.create_table(
        "sandbox_post",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("request_key", sa.String(length=120), nullable=False),
        sa.Column(
            "platform",
            sa.Enum("instagram", "tiktok", "youtube", "x", name="platform", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reel",
                "story",
                "post",
                "video",
                "short",
                "tweet",
                "live",
                name="deliverablekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("final_views", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sandbox_post")),
        sa.UniqueConstraint("request_key", name=op.f("uq_sandbox_post_request_key")),
    )
    op.create_index(op.f("ix_sandbox_post_owner"), "sandbox_post", ["owner"], unique=False)
    op.create_table(
        "sandbox_rail_event",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("object_kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sandbox_rail_event")),
    )
    op.create_table(
        "sandbox_rail_fault",
        sa.Column("operation", sa.String(length=16), nullable=False),
        sa.Column("fault", sa.String(length=16), nullable=False),
        sa.Column("calls_left", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("operation", name=op.f("pk_sandbox_rail_fault")),
    )
    op.create_table(
        "sandbox_rail_object",
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("parent_ref", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_sandbox_rail_object")),
        sa.UniqueConstraint("key", name=op.f("uq_sandbox_rail_object_key")),
    )
    op.create_index(op.f("ix_sandbox_rail_object_kind"), "sandbox_rail_object", ["kind"], unique=False)
    op.create_table(
        "tracking_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("deliverable_id", sa.Uuid(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_link")),
        sa.UniqueConstraint("code", name=op.f("uq_tracking_link_code")),
        sa.UniqueConstraint("deliverable_id", name=op.f("uq_tracking_link_deliverable_id")),
    )
    op.create_table(
        "trust_observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "draft_on_time",
                "post_on_time",
                "post_stayed",
                "approved_first_round",
                "decided_by_person",
                "deal_kept",
                name="observation",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_observation")),
        sa.UniqueConstraint("source_id", "kind", name=op.f("uq_trust_observation_source_id_kind")),
    )
    op.create_index("ix_trust_observation_subject", "trust_observation", ["subject_id", "kind"], unique=False)
    op.create_table(
        "workspace",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("brand", "agency", "client", name="workspacekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("website", sa.String(length=200), nullable=False),
        sa.Column("tax_number", sa.String(length=32), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'client') = (parent_id IS NOT NULL)",
            name=op.f("ck_workspace_client_has_agency"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["workspace.id"], name=op.f("fk_workspace_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_index(op.f("ix_workspace_parent_id"), "workspace", ["parent_id"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("budget_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("brief", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "awaiting_funds",
                "funded",
                "recruiting",
                "running",
                "settling",
                "closed",
                "cancelled",
                "frozen",
                name="campaignstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state_before_freeze",
            sa.Enum(
                "draft",
                "awaiting_funds",
                "funded",
                "recruiting",
                "running",
                "settling",
                "closed",
                "cancelled",
                "frozen",
                name="campaignstate",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_campaign_created_by")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_campaign_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("request_key", name=op.f("uq_campaign_request_key")),
    )
    op.create_index(op.f("ix_campaign_workspace_id"), "campaign", ["workspace_id"], unique=False)
    op.create_table(
        "channel_identity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=120), nullable=False),
        sa.Column("chat_id", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_channel_identity_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_identity")),
        sa.UniqueConstraint("channel", "user_id", name=op.f("uq_channel_identity_channel_user_id")),
    )
    op.create_index(op.f("ix_channel_identity_person_id"), "channel_identity", ["person_id"], unique=False)
    op.create_table(
        "click",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("visitor", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["tracking_link.id"], name=op.f("fk_click_link_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_click")),
        sa.UniqueConstraint("link_id", "visitor", "at", name=op.f("uq_click_link_id_visitor_at")),
    )
    op.create_index(op.f("ix_click_link_id"), "click", ["link_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_table(
        "conversation",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat_id", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("session", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_conversation_person_id")),
        sa.PrimaryKeyConstraint("channel", "chat_id", name=op.f("pk_conversation")),
    )
    op.create_index(op.f("ix_conversation_person_id"), "conversation", ["person_id"], unique=False)
    op.create_table(
        "creator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("niches", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("languages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("available", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_creator_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creator")),
        sa.UniqueConstraint("external_id", name=op.f("uq_creator_external_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_creator_person_id")),
    )
    op.create_table(
        "entry",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("line_no", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("account_version", sa.BigInteger(), server_default=sa.FetchedValue(), nullable=True),
        sa.Column("balance_after", sa.BigInteger(), server_default=sa.FetchedValue(), nullable=True),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_entry_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["account_id", "currency"],
            ["ledger.account.id", "ledger.account.currency"],
            name=op.f("fk_entry_account_id_currency"),
        ),
        sa.ForeignKeyConstraint(["transfer_id"], ["ledger.transfer.id"], name=op.f("fk_entry_transfer_id")),
        sa.PrimaryKeyConstraint("transfer_id", "line_no", name=op.f("pk_entry")),
        schema="ledger",
    )
    op.create_index(op.f("ix_entry_account_id"), "entry", ["account_id"], unique=False, schema="ledger")
    op.create_index(
        "uq_entry_account_version",
        "entry",
        ["account_id", "account_version"],
        unique=True,
        schema="ledger",
        postgresql_where=sa.text("account_version IS NOT NULL"),
    )
    op.create_table(
        "media_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content_type", sa.String(length=80), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_media_file_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_file")),
    )
    op.create_index(op.f("ix_media_file_digest"), "media_file", ["digest"], unique=False)
    op.create_index(op.f("ix_media_file_owner_id"), "media_file", ["owner_id"], unique=False)
    op.create_table(
        "member",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "approver",
                "finance",
                "viewer",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_person_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_member_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_member")),
    )
    op.create_index(op.f("ix_member_person_id"), "member", ["person_id"], unique=False)
    op.create_table(
        "one_time_code",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("link_channel", "join_team", name="codepurpose", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "approver",
                "finance",
                "viewer",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_time_code_person_id")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_one_time_code_workspace_id")
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_one_time_code")),
    )
    op.create_table(
        "support_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_request_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_request")),
    )
    op.create_index(op.f("ix_support_request_person_id"), "support_request", ["person_id"], unique=False)
    op.create_table(
        "website_check",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_website_check_asked_by")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_website_check_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_website_check")),
    )
    op.create_table(
        "workspace_terms",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_workspace_terms_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_workspace_terms")),
    )
    op.create_table(
        "campaign_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=False),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_event_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_event")),
    )
    op.create_index(op.f("ix_campaign_event_campaign_id"), "campaign_event", ["campaign_id"], unique=False)
    op.create_table(
        "campaign_suggestion",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_estimated", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_suggestion_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["creator_id"], ["creator.id"], name=op.f("fk_campaign_suggestion_creator_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "creator_id", name=op.f("pk_campaign_suggestion")),
    )
    op.create_table(
        "creator_rate",
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reel",
                "story",
                "post",
                "video",
                "short",
                "tweet",
                "live",
                name="deliverablekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_creator_rate_amount_positive")),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_creator_rate_creator_id")),
        sa.PrimaryKeyConstraint("creator_id", "kind", name=op.f("pk_creator_rate")),
    )
    op.create_table(
        "creator_vector",
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("embedding", sa.LargeBinary(), nullable=False),
        sa.Column(
            "revision",
            sa.BigInteger(),
            server_default=sa.text("nextval('creator_vector_revision')"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_creator_vector_creator_id")),
        sa.PrimaryKeyConstraint("creator_id", name=op.f("pk_creator_vector")),
    )
    op.create_index(op.f("ix_creator_vector_revision"), "creator_vector", ["revision"], unique=False)
    op.create_table(
        "deal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("process_version", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "applied",
                "agreed",
                "cancelling",
                "disputed",
                "completed",
                "cancelled",
                "declined",
                "withdrawn",
                "expired",
                name="dealstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "turn",
            sa.Enum(
                "brand",
                "creator",
                "operator",
                "clock",
                "system",
                name="party",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("terms_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "cancel_by",
            sa.Enum(
                "brand",
                "creator",
                "operator",
                "clock",
                "system",
                name="party",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "dispute_by",
            sa.Enum(
                "brand",
                "creator",
                "operator",
                "clock",
                "system",
                name="party",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("dispute_reason", sa.Text(), nullable=False),
        sa.Column("dispute_answer", sa.Text(), nullable=False),
        sa.Column("review_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("price_minor > 0", name=op.f("ck_deal_price_positive")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_deal_campaign_id")),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_deal_creator_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name=op.f("fk_deal_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
    )
    op.create_index(op.f("ix_deal_campaign_id"), "deal", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_deal_creator_id"), "deal", ["creator_id"], unique=False)
    op.create_index(op.f("ix_deal_workspace_id"), "deal", ["workspace_id"], unique=False)
    op.create_index(
        "uq_deal_open",
        "deal",
        ["campaign_id", "creator_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('offered', 'applied', 'agreed', 'cancelling', 'disputed')"),
    )
    op.create_table(
        "funding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("request_key", sa.String(length=160), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "ready",
                "paid",
                "failed",
                name="fundingstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("checkout_ref", sa.String(length=80), nullable=True),
        sa.Column("checkout_url", sa.Text(), nullable=False),
        sa.Column("charge_ref", sa.String(length=80), nullable=True),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_funding_amount_positive")),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_funding_asked_by")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_funding_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding")),
        sa.UniqueConstraint("charge_ref", name=op.f("uq_funding_charge_ref")),
        sa.UniqueConstraint("checkout_ref", name=op.f("uq_funding_checkout_ref")),
        sa.UniqueConstraint("request_key", name=op.f("uq_funding_request_key")),
    )
    op.create_index(op.f("ix_funding_campaign_id"), "funding", ["campaign_id"], unique=False)
    op.create_table(
        "payee_account",
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "active", "refused", name="payeestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_payee_account_creator_id")),
        sa.PrimaryKeyConstraint("creator_id", name=op.f("pk_payee_account")),
    )
    op.create_table(
        "payout",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("asked", "sent", "refused", name="movestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_payout_creator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
    )
    op.create_index(op.f("ix_payout_creator_id"), "payout", ["creator_id"], unique=False)
    op.create_table(
        "social_account",
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column(
            "platform",
            sa.Enum("instagram", "tiktok", "youtube", "x", name="platform", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("handle", sa.String(length=120), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=True),
        sa.Column("engagement_bps", sa.Integer(), nullable=True),
        sa.Column("average_views", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("followers >= 0", name=op.f("ck_social_account_followers_not_negative")),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_social_account_creator_id")),
        sa.PrimaryKeyConstraint("creator_id", "platform", name=op.f("pk_social_account")),
    )
    op.create_table(
        "chargeback",
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("funding_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "won", "lost", name="chargebackstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_chargeback_campaign_id")),
        sa.ForeignKeyConstraint(["funding_id"], ["funding.id"], name=op.f("fk_chargeback_funding_id")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_chargeback")),
    )
    op.create_index(op.f("ix_chargeback_campaign_id"), "chargeback", ["campaign_id"], unique=False)
    op.create_table(
        "deliverable",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reel",
                "story",
                "post",
                "video",
                "short",
                "tweet",
                "live",
                name="deliverablekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "platform",
            sa.Enum("instagram", "tiktok", "youtube", "x", name="platform", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("released_minor", sa.BigInteger(), nullable=False),
        sa.Column("commission_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "drafting",
                "in_review",
                "changes_requested",
                "approved",
                "posted",
                "live",
                "missing",
                "overdue",
                "completed",
                "lapsed",
                "cancelled",
                "resolved",
                name="deliverablestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "overdue_from",
            sa.Enum(
                "planned",
                "drafting",
                "in_review",
                "changes_requested",
                "approved",
                "posted",
                "live",
                "missing",
                "overdue",
                "completed",
                "lapsed",
                "cancelled",
                "resolved",
                name="deliverablestate",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("draft_caption", sa.Text(), nullable=False),
        sa.Column("draft_media", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("change_request", sa.Text(), nullable=False),
        sa.Column("draft_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("post_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("post_url", sa.Text(), nullable=False),
        sa.Column("live_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("post_failures", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "released_minor BETWEEN 0 AND price_minor",
            name=op.f("ck_deliverable_released_within_price"),
        ),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_deliverable_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
    )
    op.create_index(op.f("ix_deliverable_deal_id"), "deliverable", ["deal_id"], unique=False)
    op.create_table(
        "payable",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("creator_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["creator_id"], ["creator.id"], name=op.f("fk_payable_creator_id")),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_payable_payout_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payable")),
        sa.UniqueConstraint("source_id", name=op.f("uq_payable_source_id")),
    )
    op.create_index(op.f("ix_payable_creator_id"), "payable", ["creator_id"], unique=False)
    op.create_index(
        "ix_payable_due",
        "payable",
        ["available_at"],
        unique=False,
        postgresql_where=sa.text("payout_id IS NULL"),
    )
    op.create_table(
        "refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("funding_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "currency",
            sa.Enum(
                "AED",
                "AUD",
                "BRL",
                "CAD",
                "EUR",
                "GBP",
                "IDR",
                "INR",
                "JPY",
                "MXN",
                "SGD",
                "USD",
                name="currency",
                native_enum=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("asked", "sent", "refused", name="movestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_refund_campaign_id")),
        sa.ForeignKeyConstraint(["funding_id"], ["funding.id"], name=op.f("fk_refund_funding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
    )
    op.create_index(op.f("ix_refund_campaign_id"), "refund", ["campaign_id"], unique=False)
    op.create_table(
        "deal_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("deliverable_id", sa.Uuid(), nullable=True),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=False),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_deal_event_deal_id")),
        sa.ForeignKeyConstraint(
            ["deliverable_id"], ["deliverable.id"], name=op.f("fk_deal_event_deliverable_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_event")),
    )
    op.create_index(op.f("ix_deal_event_deal_id"), "deal_event", ["deal_id"], unique=False)
    op.create_table(
        "deal_timer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("deliverable_id", sa.Uuid(), nullable=True),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_deal_timer_deal_id")),
        sa.ForeignKeyConstraint(
            ["deliverable_id"], ["deliverable.id"], name=op.f("fk_deal_timer_deliverable_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_timer")),
    )
    op.create_index(op.f("ix_deal_timer_deal_id"), "deal_timer", ["deal_id"], unique=False)
    op.create_index(
        "ix_deal_timer_due",
        "deal_timer",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("paused_at IS NULL"),
    )
    op.create_table(
        "metric_snapshot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deliverable_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("likes", sa.BigInteger(), nullable=True),
        sa.Column("comments", sa.BigInteger(), nullable=True),
        sa.Column("saves", sa.BigInteger(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=True),
        sa.Column("reach", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deliverable_id"], ["deliverable.id"], name=op.f("fk_metric_snapshot_deliverable_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric_snapshot")),
    )
    op.create_index(
        op.f("ix_metric_snapshot_deliverable_id"),
        "metric_snapshot",
        ["deliverable_id"],
        unique=False,
    )
    op.create_table(
        "operator_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("deliverable_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deal_id"], ["deal.id"], name=op.f("fk_operator_task_deal_id")),
        sa.ForeignKeyConstraint(
            ["deliverable_id"], ["deliverable.id"], name=op.f("fk_operator_task_deliverable_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_task")),
    )
    op.create_table(
        "watched_post",
        sa.Column("deliverable_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("network", sa.String(length=16), nullable=False),
        sa.Column("watching", sa.Boolean(), nullable=False),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_failure_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deliverable_id"], ["deliverable.id"], name=op.f("fk_watched_post_deliverable_id")
        ),
        sa.PrimaryKeyConstraint("deliverable_id", name=op.f("pk_watched_post")),
    )
    op.create_index(
        "ix_watched_post_due",
        "watched_post",
        ["next_check_at"],
        unique=False,
        postgresql_where=sa.text("watching"),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_watched_post_due", table_name="watched_post", postgresql_where=sa.text("watching"))
    op.drop_table("watched_post")
    op.drop_table("operator_task")
    op.drop_index(op.f("ix_metric_snapshot_deliverable_id"), table_name="metric_snapshot")
    op.drop_table("metric_snapshot")
    op.drop_index("ix_deal_timer_due", table_name="deal_timer", postgresql_where=sa.text("paused_at IS NULL"))
    op.drop_index(op.f("ix_deal_timer_deal_id"), table_name="deal_timer")
    op.drop_table("deal_timer")
    op.drop_index(op.f("ix_deal_event_deal_id"), table_name="deal_event")
    op.drop_table("deal_event")
    op.drop_index(op.f("ix_refund_campaign_id"), table_name="refund")
    op.drop_table("refund")
    op.drop_index("ix_payable_due", table_name="payable", postgresql_where=sa.text("payout_id IS NULL"))
    op.drop_index(op.f("ix_payable_creator_id"), table_name="payable")
    op.drop_table("payable")
    op.drop_index(op.f("ix_deliverable_deal_id"), table_name="deliverable")
    op.drop_table("deliverable")
    op.drop_index(op.f("ix_chargeback_campaign_id"), table_name="chargeback")
    op.drop_table("chargeback")
    op.drop_table("social_account")
    op.drop_index(op.f("ix_payout_creator_id"), table_name="payout")
    op.drop_table("payout")
    op.drop_table("payee_account")
    op.drop_index(op.f("ix_funding_campaign_id"), table_name="funding")
    op.drop_table("funding")
    op.drop_index(
        "uq_deal_open",
        table_name="deal",
        postgresql_where=sa.text("state IN ('offered', 'applied', 'agreed', 'cancelling', 'disputed')"),
    )
    op.drop_index(op.f("ix_deal_workspace_id"), table_name="deal")
    op.drop_index(op.f("ix_deal_creator_id"), table_name="deal")
    op.drop_index(op.f("ix_deal_campaign_id"), table_name="deal")
    op.drop_table("deal")
    op.drop_index(op.f("ix_creator_vector_revision"), table_name="creator_vector")
    op.drop_table("creator_vector")
    op.drop_table("creator_rate")
    op.drop_table("campaign_suggestion")
    op.drop_index(op.f("ix_campaign_event_campaign_id"), table_name="campaign_event")
    op.drop_table("campaign_event")
    op.drop_table("workspace_terms")
    op.drop_table("website_check")
    op.drop_index(op.f("ix_support_request_person_id"), table_name="support_request")
    op.drop_table("support_request")
    op.drop_table("one_time_code")
    op.drop_index(op.f("ix_member_person_id"), table_name="member")
    op.drop_table("member")
    op.drop_index(op.f("ix_media_file_owner_id"), table_name="media_file")
    op.drop_index(op.f("ix_media_file_digest"), table_name="media_file")
    op.drop_table("media_file")
    op.drop_index(
        "uq_entry_account_version",
        table_name="entry",
        schema="ledger",
        postgresql_where=sa.text("account_version IS NOT NULL"),
    )
    op.drop_index(op.f("ix_entry_account_id"), table_name="entry", schema="ledger")
    op.drop_table("entry", schema="ledger")
    op.drop_table("creator")
    op.drop_index(op.f("ix_conversation_person_id"), table_name="conversation")
    op.drop_table("conversation")
    op.drop_index(op.f("ix_consent_person_id"), table_name="consent")
    op.drop_table("consent")
    op.drop_index(op.f("ix_click_link_id"), table_name="click")
    op.drop_table("click")
    op.drop_index(op.f("ix_channel_identity_person_id"), table_name="channel_identity")
    op.drop_table("channel_identity")
    op.drop_index(op.f("ix_campaign_workspace_id"), table_name="campaign")
    op.drop_table("campaign")
    op.drop_index(op.f("ix_workspace_parent_id"), table_name="workspace")
    op.drop_table("workspace")
    op.drop_index("ix_trust_observation_subject", table_name="trust_observation")
    op.drop_table("trust_observation")
    op.drop_table("tracking_link")
    op.drop_index(op.f("ix_sandbox_rail_object_kind"), table_name="sandbox_rail_object")
    op.drop_table("sandbox_rail_object")
    op.drop_table("sandbox_rail_fault")
    op.drop_table("sandbox_rail_event")
    op.drop_index(op.f("ix_sandbox_post_owner"), table_name="sandbox_post")
    op.drop_table("sandbox_post")
    op.drop_table("sandbox_network_fault")
    op.drop_table("sandbox_clock")
    op.drop_index(op.f("ix_sale_deliverable_id"), table_name="sale")
    op.drop_table("sale")
    op.drop_index(op.f("ix_review_deal_id"), table_name="review")
    op.drop_index(op.f("ix_review_about_id"), table_name="review")
    op.drop_table("review")
    op.drop_table("rail_cursor")
    op.drop_table("person")
    op.drop_index(
        "ix_outbox_head",
        table_name="outbox",
        postgresql_where=sa.text("state IN ('pending', 'sending', 'parked')"),
    )
    op.drop_index(
        "ix_outbox_due",
        table_name="outbox",
        postgresql_where=sa.text("state IN ('pending', 'sending')"),
    )
    op.drop_table("outbox")
    op.drop_index("uq_mailbox_key", table_name="mailbox")
    op.drop_index("ix_mailbox_chat", table_name="mailbox")
    op.drop_table("mailbox")
    op.drop_index("ix_transfer_source", table_name="transfer", schema="ledger")
    op.drop_table("transfer", schema="ledger")
    op.drop_index(op.f("ix_account_kind"), table_name="account", schema="ledger")
    op.drop_table("account", schema="ledger")
    op.drop_table("inbox")
    op.execute(sa.schema.DropSequence(sa.Sequence("creator_vector_revision")))
    op.execute("DROP SCHEMA ledger")
