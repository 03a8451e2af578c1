"""What callers hand to the ledger and get back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.kit.money import Currency, Money
from core.ledger.states import AccountKind, PostingKind

PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Account:
    """The name of one account: what it stands for, whose it is, in which currency."""

    kind: AccountKind
    currency: Currency
    owner: UUID | str = PLATFORM

    @property
    def code(self) -> str:
        """Return the account's unique code."""
        return f"{self.kind}:{self.owner}:{self.currency}"

    @classmethod
    def parse(cls, code: str) -> "Account":
        """Read a code back. Raises ValueError for anything that is not one."""
        kind, owner, currency = code.split(":")
        return cls(AccountKind(kind), Currency(currency), owner)


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a transfer: debit positive, credit negative, in minor units."""

    account: Account
    minor: int


@dataclass(frozen=True, slots=True)
class Posting:
    """Command: move money once. The same key with the same lines changes nothing more."""

    kind: PostingKind
    key: str
    lines: tuple[Line, ...]
    source_type: str
    source_id: str
    reverses_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TransferView:
    """A posted transfer. `created` is False when the same key had been posted before."""

    id: UUID
    created: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line as the books show it."""

    transfer_id: UUID
    kind: PostingKind
    effective_at: datetime
    account: Account
    minor: int
    source_type: str
    source_id: str


@dataclass(frozen=True, slots=True)
class BalanceView:
    """What stands on one account, on its normal side: never negative where it must not be."""

    account: Account
    balance: Money


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of the books that does not hold, with what was found and what should be."""

    rule: str
    what: str
    found: int
    expected: int


@dataclass(frozen=True, slots=True)
class CheckView:
    """What a check of the whole ledger found; no violation is the only good answer."""

    checked_at: datetime
    took_ms: int
    violations: tuple[Violation, ...]
