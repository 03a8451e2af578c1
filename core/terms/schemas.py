"""The terms a deal is made on, and what a price comes to under them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from core.kit.money import Money


@dataclass(frozen=True, slots=True)
class Terms:
    """Every number of a deal that is not its price; copied into the deal when it is offered."""

    accept_hours: int = 72
    application_hours: int = 72
    review_hours: int = 72
    cancel_hours: int = 72
    address_days: int = 5
    send_days: int = 7
    arrival_days: int = 14
    draft_days: int = 7
    publish_days: int = 7
    grace_hours: int = 48
    restore_hours: int = 24
    retention_days: int = 7
    revisions: int = 2
    counters: int = 3
    first_tranche_bps: int = 5_000
    commission_bps: int = 1_200
    security_delay_days: int = 5
    dispute_business_days: int = 5
    review_window_days: int = 14

    def to_json(self) -> dict[str, Any]:
        """Return plain data for the deal's row."""
        return asdict(self)

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> "Terms":
        """Read plain data back; a term added later takes its default."""
        return cls(**{key: value for key, value in body.items() if key in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class TermsView:
    """The terms that a workspace's next deal begins with. Version 0 are the defaults."""

    version: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class ChangeTerms:
    """Command: change some terms of a workspace's future deals. `version` is the one that was read."""

    workspace_id: UUID
    version: int
    changes: Mapping[str, int]
    reason: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What a price comes to, line by line, before anybody agrees."""

    price: Money
    commission: Money
    withheld: Money
    creator_gets: Money
