"""The port to the outside world of money. Nothing in it is shaped like one provider.

Every call happens outside a transaction, is bounded in time, and carries an idempotency key: the same
key with the same order gives the same object, however often it is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from core.kit.money import Currency, Money


@dataclass(frozen=True, slots=True)
class RailFacts:
    """What a rail is called and what it can do. Whoever must know asks this, and never which rail it is.

    `payee_countries` are ISO 3166 codes, None for anywhere. `payout_minimums` are minor units; a currency
    that is not in it has no minimum.
    """

    name: str
    play_money: bool
    currencies: frozenset[Currency]
    payee_countries: frozenset[str] | None = None
    payout_minimums: Mapping[Currency, int] = field(default_factory=dict)

    def pays_in(self, country: str) -> bool:
        """Tell whether somebody there can be paid; who has named no country is for the provider to ask."""
        return not country or self.payee_countries is None or country in self.payee_countries


PLAY = RailFacts("sandbox", play_money=True, currencies=frozenset(Currency))
"""The rail of play money."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A page on which a brand pays, and what became of it. `rail` is where its reference means something."""

    rail: str
    ref: str
    url: str
    state: str  # open | paid | failed
    amount: Money
    charge_ref: str = ""
    fee: Money | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Payee:
    """A creator's account at the provider."""

    ref: str
    state: str  # active | refused
    label: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Money that shall be sent. `mark` is ours, and stays with what the provider makes of the order.

    `to` is a payee, or the charge that money goes back to.
    """

    to: str
    amount: Money
    mark: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that was sent to a payee; `returned` is what of it came back to the platform."""

    rail: str
    ref: str
    amount: Money
    returned: Money
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SentRefund:
    """Money that was sent back to where a charge came from. It may still fail, and be ours again."""

    rail: str
    ref: str
    state: str  # sent | failed
    amount: Money
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Chargeback:
    """A card payment that its holder disputes, on the rail that took it."""

    rail: str
    ref: str
    charge_ref: str
    state: str  # open | won | lost
    amount: Money
    fee: Money


class Thing(StrEnum):
    """The kinds of objects at a provider whose changes it tells of."""

    CHECKOUT = "checkout"
    CHARGEBACK = "chargeback"
    TRANSFER = "transfer"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class RailEvent:
    """A hint that an object changed. Only the object itself is believed.

    `id` is the provider's own: it may tell the same event again, and in any order. `kind` is a `Thing`, or
    what this version does not know.
    """

    id: str
    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """What changed after a cursor, and the cursor after that: words of the provider, which nobody reads."""

    events: tuple[RailEvent, ...]
    cursor: str


class PaymentRail(Protocol):
    """A payment provider.

    Raises, from every method:
        RailUnavailable: the outcome is unknown; ask again with the same key.
        RailRefused: the provider said no for sure.
    """

    facts: RailFacts

    def open_checkout(self, amount: Money, description: str, key: str) -> Checkout:
        """Make a page on which `amount` can be paid."""
        ...

    def read_checkout(self, ref: str) -> Checkout:
        """Return a checkout as it is now."""
        ...

    def read_chargeback(self, ref: str) -> Chargeback:
        """Return a disputed payment as it is now."""
        ...

    def onboard_payee(self, label: str, key: str) -> Payee:
        """Make an account that money can be sent to."""
        ...

    def transfer(self, order: Order, key: str) -> Transfer:
        """Send money to a payee."""
        ...

    def read_transfer(self, ref: str) -> Transfer:
        """Return a transfer as it is now."""
        ...

    def find_transfer(self, order: Order) -> Transfer | None:
        """Return what was made of an order, if anything was: keys are forgotten in time, marks are not."""
        ...

    def refund(self, order: Order, key: str) -> SentRefund:
        """Send money back to where a charge came from."""
        ...

    def read_refund(self, ref: str) -> SentRefund:
        """Return a refund as it is now."""
        ...

    def find_refund(self, order: Order) -> SentRefund | None:
        """Return what was made of an order, if anything was."""
        ...

    def events(self, after: str, limit: int) -> EventPage:
        """Return what changed after a cursor, the oldest first; all there is after an empty one.

        No change is missed that was made before another that was returned; one may be returned twice.
        """
        ...

    def balance(self, currency: Currency) -> Money:
        """Return what the platform has at the provider."""
        ...
