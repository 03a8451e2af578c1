"""The ledger's three tables, and what checks of them found.

The rules of the three (append-only, sealed, balanced, never overdrawn) are triggers and checks that the
database keeps whoever writes: see the migration `ledger_rules`.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    FetchedValue,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.kit.database import Table

SCHEMA = "ledger"


class LedgerCheck(Table):
    """What a check of the whole ledger found; `findings` is empty where every rule holds."""

    __tablename__ = "ledger_check"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    checked_at: Mapped[datetime] = mapped_column(index=True)
    took_ms: Mapped[int]
    findings: Mapped[list[dict[str, Any]]]


class AccountRow(Table):
    """An account and its running sums, which only the entry trigger moves."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("id", "currency"),
        CheckConstraint("normal_side IN ('D', 'C')", name="normal_side"),
        CheckConstraint("debits >= 0 AND credits >= 0", name="sums_not_negative"),
        CheckConstraint(
            "allow_negative OR NOT inline_balance OR CASE normal_side"
            " WHEN 'C' THEN credits >= debits ELSE debits >= credits END",
            name="never_overdrawn",
        ),
        CheckConstraint("inline_balance OR allow_negative", name="hot_may_go_negative"),
        {"schema": SCHEMA},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    currency: Mapped[str] = mapped_column(String(3))
    normal_side: Mapped[str] = mapped_column(String(1))
    allow_negative: Mapped[bool]
    inline_balance: Mapped[bool]
    debits: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    credits: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    version: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    opened_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class TransferRow(Table):
    """The header of a journal entry; immutable."""

    __tablename__ = "transfer"
    __table_args__ = (
        Index("ix_transfer_source", "source_type", "source_id"),
        {"schema": SCHEMA},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(String(200), unique=True)
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str] = mapped_column(String(32))
    effective_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("ledger.transfer.id"), unique=True)
    source_type: Mapped[str] = mapped_column(String(32))
    source_id: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(120))
    created_xid: Mapped[int] = mapped_column(
        BigInteger, server_default=text("pg_current_xact_id()::text::bigint")
    )
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))


class EntryRow(Table):
    """One line of a transfer; immutable. The trigger fills version and balance."""

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        ForeignKeyConstraint(["account_id", "currency"], ["ledger.account.id", "ledger.account.currency"]),
        Index(
            "uq_entry_account_version",
            "account_id",
            "account_version",
            unique=True,
            postgresql_where=text("account_version IS NOT NULL"),
        ),
        {"schema": SCHEMA},
    )

    transfer_id: Mapped[UUID] = mapped_column(ForeignKey("ledger.transfer.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger, index=True)
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int] = mapped_column(BigInteger)
    account_version: Mapped[int | None] = mapped_column(BigInteger, FetchedValue())
    balance_after: Mapped[int | None] = mapped_column(BigInteger, FetchedValue())
