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
        row = self._session.execute(
            select(AccountRow.id, AccountRow.inline_balance, AccountRow.debits - AccountRow.credits).where(
                AccountRow.code == code
            )
        ).one_or_none()
        if row is None:
            return 0
        if row[1]:
            return int(row[2])
        summed = select(func.coalesce(func.sum(EntryRow.amount), 0)).where(EntryRow.account_id == row[0])
        return int(self._session.scalar(summed) or 0)

    def balance_each(self, codes: Sequence[str]) -> dict[str, int]:
        """Return debits − credits of each account that was used, by code; one query."""
        summed = (
            select(func.coalesce(func.sum(EntryRow.amount), 0))
            .where(EntryRow.account_id == AccountRow.id)
            .scalar_subquery()
        )
        inline = AccountRow.debits - AccountRow.credits
        query = select(AccountRow.code, case((AccountRow.inline_balance, inline), else_=summed))
        rows = self._session.execute(query.where(AccountRow.code.in_(codes)))
        return {code: int(minor) for code, minor in rows}

    def balances(self, owner: str | None = None) -> list[tuple[str, int]]:
        """Return (code, debits − credits) of every account, or of one owner's; one query."""
        query = (
            select(AccountRow.code, func.coalesce(func.sum(EntryRow.amount), 0))
            .outerjoin(EntryRow, EntryRow.account_id == AccountRow.id)
            .group_by(AccountRow.code)
            .order_by(AccountRow.code)
        )
        if owner is not None:
            query = query.where(AccountRow.owner == owner)
        return [(code, int(minor)) for code, minor in self._session.execute(query)]

    def violations(self) -> list[tuple[str, str, int, int]]:
        """Return each rule of the books that does not hold; reads the whole ledger."""
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
