"""Every query about the books."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select, text
from sqlalchemy.orm import Session

from core.ledger.models import AccountRow, EntryRow, TransferRow

POST = text(
    "SELECT transfer_id, created FROM ledger.post(:id, :key, :kind, :effective_at, CAST(:lines AS jsonb),"
    " :source_type, :source_id, :reverses_id, :actor)"
)
VIOLATIONS = text("SELECT rule, what, found, expected FROM ledger.violation ORDER BY rule, what")
EXPORT_BATCH_ROWS = 1_000
CHECK_TIMEOUT = "SET LOCAL statement_timeout = '15min'"
BALANCE = case(
    (AccountRow.inline_balance, AccountRow.debits - AccountRow.credits),
    else_=(
        select(func.coalesce(func.sum(EntryRow.amount), 0))
        .where(EntryRow.account_id == AccountRow.id)
        .correlate(AccountRow)
        .scalar_subquery()
    ),
)
"""An account's debits − credits: kept by its trigger, summed up only for a hot account."""


class LedgerRepository:
    """Reads and writes the books through one session."""

    def __init__(self, session: Session) -> None:
        """Use `session`; never commit it."""
        self._session = session

    def post(self, **parameters: Any) -> tuple[UUID, bool]:  # noqa: ANN401  (SQL parameters)
        """Run the one write path; returns the transfer's id and whether it is new."""
        row = self._session.execute(POST, parameters).one()
        return row.transfer_id, row.created

    def balance(self, code: str) -> int:
        """Return debits − credits of one account, zero where it was never used."""
        return self.balance_each([code]).get(code, 0)

    def lock_balance(self, code: str) -> int:
        """Return debits − credits of one account, locked until the work ends and read afresh."""
        query = select(AccountRow.debits - AccountRow.credits).where(AccountRow.code == code)
        return int(self._session.scalar(query.with_for_update(key_share=True)) or 0)

    def balance_each(self, codes: Sequence[str]) -> dict[str, int]:
        """Return debits − credits of each account that was used, by code; one query."""
        query = select(AccountRow.code, BALANCE).where(AccountRow.code.in_(codes))
        return {code: int(minor) for code, minor in self._session.execute(query)}

    def balances(self, owner: str | None = None) -> list[tuple[str, int]]:
        """Return (code, debits − credits) of every account, or of one owner's; one query."""
        query = select(AccountRow.code, BALANCE).order_by(AccountRow.code)
        if owner is not None:
            query = query.where(AccountRow.owner == owner)
        return [(code, int(minor)) for code, minor in self._session.execute(query)]

    def total(self, kind: str, currency: str) -> int:
        """Return debits − credits of all accounts of one kind and currency; one query."""
        query = select(func.sum(BALANCE)).where(AccountRow.kind == kind, AccountRow.currency == currency)
        return int(self._session.scalar(query) or 0)

    def violations(self) -> list[tuple[str, str, int, int]]:
        """Return each rule of the books that does not hold; reads the whole ledger, however long it takes."""
        self._session.execute(text(CHECK_TIMEOUT))
        rows = self._session.execute(VIOLATIONS)
        return [(row.rule, row.what, int(row.found), int(row.expected)) for row in rows]

    def begun_at(self) -> datetime | None:
        """Return when the earliest transfer took effect."""
        return self._session.scalar(select(func.min(TransferRow.effective_at)))

    def journal(self) -> Iterator[Any]:
        """Yield every line of the books, oldest first, in batches."""
        query = (
            select(
                TransferRow.id,
                TransferRow.kind,
                TransferRow.effective_at,
                TransferRow.source_type,
                TransferRow.source_id,
                AccountRow.code,
                EntryRow.amount,
            )
            .join(EntryRow, EntryRow.transfer_id == TransferRow.id)
            .join(AccountRow, AccountRow.id == EntryRow.account_id)
            .order_by(TransferRow.effective_at, TransferRow.recorded_at, TransferRow.id)
            .order_by(EntryRow.line_no)
            .execution_options(yield_per=EXPORT_BATCH_ROWS)
        )
        yield from self._session.execute(query)

    def movements(self, owners: list[str]) -> list[tuple[str, str, int]]:
        """Sum lines by kind of transfer and account, over transfers touching these owners."""
        touched = (
            select(EntryRow.transfer_id)
            .join(AccountRow, AccountRow.id == EntryRow.account_id)
            .where(AccountRow.owner.in_(owners))
        )
        query = (
            select(TransferRow.kind, AccountRow.kind, func.sum(EntryRow.amount))
            .join(EntryRow, EntryRow.transfer_id == TransferRow.id)
            .join(AccountRow, AccountRow.id == EntryRow.account_id)
            .where(TransferRow.id.in_(touched))
            .group_by(TransferRow.kind, AccountRow.kind)
        )
        return [(kind, account, int(minor)) for kind, account, minor in self._session.execute(query)]

    def moved(self, codes: list[str], kinds: Sequence[str]) -> dict[str, int]:
        """Sum the lines on several accounts over transfers of some kinds."""
        query = (
            select(AccountRow.code, func.sum(EntryRow.amount))
            .join(EntryRow, EntryRow.account_id == AccountRow.id)
            .join(TransferRow, TransferRow.id == EntryRow.transfer_id)
            .where(AccountRow.code.in_(codes), TransferRow.kind.in_(kinds))
            .group_by(AccountRow.code)
        )
        return {code: int(minor) for code, minor in self._session.execute(query)}

    def lines_of(self, key: str) -> list[tuple[str, int]]:
        """Return (account code, amount) of one transfer's lines."""
        query = (
            select(AccountRow.code, EntryRow.amount)
            .join(EntryRow, EntryRow.account_id == AccountRow.id)
            .join(TransferRow, TransferRow.id == EntryRow.transfer_id)
            .where(TransferRow.idempotency_key == key)
            .order_by(EntryRow.line_no)
        )
        return [(code, int(minor)) for code, minor in self._session.execute(query)]

    def totals_by_kind(self) -> dict[str, int]:
        """Count transfers by kind."""
        query = select(TransferRow.kind, func.count()).group_by(TransferRow.kind)
        return {kind: int(count) for kind, count in self._session.execute(query)}
