"""The books. The only writer of balances; every other slice posts through `post`.

A posting costs one round trip: `ledger.post` opens missing accounts, locks the others in id order,
writes header and lines, and lets the triggers keep the sums.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from core.kit.money import Currency, Money
from core.kit.work import Work
from core.ledger.errors import NotEnoughMoney, PostingKeyReused
from core.ledger.repository import LedgerRepository
from core.ledger.schemas import (
    Account,
    BalanceView,
    EntryView,
    Line,
    Posting,
    TransferView,
    Violation,
)
from core.ledger.states import CHART, AccountKind, PostingKind


def post(work: Work, posting: Posting) -> TransferView:
    """Move money once.

    Lines of zero are dropped; the rest must sum to zero per currency, which the database checks. A refusal
    leaves the transaction failed: a caller that means to go on holds its own savepoint, as a turn does
    around each command (two round trips a posting are saved for all others).

    Raises:
        NotEnoughMoney: when an account that must not be overdrawn would be.
        PostingKeyReused: when the key was used with other lines.
    """
    lines = [_line(line) for line in posting.lines if line.minor]
    try:
        transfer_id, created = LedgerRepository(work.session).post(
            id=uuid4(),
            key=posting.key,
            kind=posting.kind,
            effective_at=work.now,
            lines=json.dumps(lines),
            source_type=posting.source_type,
            source_id=posting.source_id,
            reverses_id=posting.reverses_id,
            actor=str(work.actor),
        )
    except IntegrityError as error:
        message = str(error.orig)
        if "never_overdrawn" in message:
            raise NotEnoughMoney(kind=posting.kind, source=posting.source_id) from error
        if "reused with other lines" in message:
            raise PostingKeyReused(key=posting.key) from error
        raise
    return TransferView(transfer_id, created)


def move(work: Work, posting: Posting) -> TransferView | None:
    """Post, or do nothing at all where every line is zero."""
    return post(work, posting) if any(line.minor for line in posting.lines) else None


def transfer_lines(debit: Account, credit: Account, amount: Money) -> tuple[Line, ...]:
    """Return the two lines that take `amount` from one account's credit to another's."""
    return (Line(debit, amount.minor), Line(credit, -amount.minor))


def balance(work: Work, account: Account) -> Money:
    """Return what stands on an account, on its normal side; one query."""
    minor = LedgerRepository(work.session).balance(account.code)
    return Money(_normal(account.kind, minor), account.currency)


def lock_balance(work: Work, account: Account) -> Money:
    """Return the same of an account that moves only for the caller until the work ends.

    For whoever decides by a balance what to post. The order of locks: the campaign, then accounts.
    """
    minor = LedgerRepository(work.session).lock_balance(account.code)
    return Money(_normal(account.kind, minor), account.currency)


def balance_each(work: Work, accounts: Sequence[Account]) -> list[Money]:
    """Return what stands on each of some accounts, in their order; one query however many."""
    found = LedgerRepository(work.session).balance_each([account.code for account in accounts])
    return [
        Money(_normal(account.kind, found.get(account.code, 0)), account.currency) for account in accounts
    ]


def balances(work: Work, owner: UUID | str | None = None) -> list[BalanceView]:
    """Return every account's balance, or one owner's."""
    found = LedgerRepository(work.session).balances(None if owner is None else str(owner))
    return [
        BalanceView(account, Money(_normal(account.kind, minor), account.currency))
        for account, minor in ((Account.parse(code), minor) for code, minor in found)
    ]


def total(work: Work, kind: AccountKind, currency: Currency) -> Money:
    """Return the sum over all accounts of one kind and currency."""
    return Money(_normal(kind, LedgerRepository(work.session).total(kind, currency)), currency)


def violations(work: Work) -> list[Violation]:
    """Check the whole ledger; an empty list is the only good answer."""
    return [Violation(*row) for row in LedgerRepository(work.session).violations()]


def begun_at(work: Work) -> datetime | None:
    """Return when the earliest transfer took effect, None for empty books."""
    return LedgerRepository(work.session).begun_at()


def journal(work: Work) -> Iterator[EntryView]:
    """Yield every line, oldest first."""
    for row in LedgerRepository(work.session).journal():
        yield EntryView(
            transfer_id=row.id,
            kind=PostingKind(row.kind),
            effective_at=row.effective_at,
            account=Account.parse(row.code),
            minor=row.amount,
            source_type=row.source_type,
            source_id=row.source_id,
        )


def movements(work: Work, owners: Iterable[UUID]) -> dict[tuple[PostingKind, AccountKind], int]:
    """Sum the lines of every transfer that touches an account of these owners.

    Returns debits − credits by kind of transfer and kind of account; one query.
    """
    rows = LedgerRepository(work.session).movements([str(owner) for owner in owners])
    return {(PostingKind(kind), AccountKind(account)): minor for kind, account, minor in rows}


def moved(work: Work, accounts: Iterable[Account], kinds: Iterable[PostingKind]) -> dict[Account, Money]:
    """Sum what transfers of some kinds moved on several accounts, each on its normal side; one query."""
    wanted = list(accounts)
    found = LedgerRepository(work.session).moved([account.code for account in wanted], list(kinds))
    return {
        account: Money(_normal(account.kind, found.get(account.code, 0)), account.currency)
        for account in wanted
    }


def lines_of(work: Work, key: str) -> list[Line]:
    """Return the lines of the transfer with this key, empty where there is none."""
    rows = LedgerRepository(work.session).lines_of(key)
    return [Line(Account.parse(code), minor) for code, minor in rows]


def counts(work: Work) -> dict[PostingKind, int]:
    """Count the transfers of each kind."""
    totals = LedgerRepository(work.session).totals_by_kind()
    return {PostingKind(kind): count for kind, count in totals.items()}


def _line(line: Line) -> dict[str, object]:
    nature = CHART[line.account.kind]
    return {
        "account": line.account.code,
        "kind": line.account.kind,
        "owner": str(line.account.owner),
        "currency": line.account.currency,
        "normal_side": nature.normal_side,
        "hot": nature.hot,
        "amount": line.minor,
    }


def _normal(kind: AccountKind, minor: int) -> int:
    return minor if CHART[kind].normal_side == "D" else -minor
