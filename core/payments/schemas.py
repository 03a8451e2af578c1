"""What callers hand in and get back about payments."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.kit.consent import mark
from core.kit.money import Money
from core.payments.states import ChargebackState, FundingState, PayeeState
from core.terms.schemas import Terms


@dataclass(frozen=True, slots=True)
class FundCampaign:
    """Command: pay into a campaign. Workspace credit is used first.

    `then_offer` says that the chosen set gets its offers as soon as the money is there.
    """

    campaign_id: UUID
    amount: Money
    key: str
    then_offer: bool = False


@dataclass(frozen=True, slots=True)
class FundingView:
    """A brand's payment; `from_credit` was paid at once from the workspace's credit.

    `rail` is empty where no provider had to be asked. `then_offer` is the mark of the set that gets its
    offers when it is paid, as `asked_by` wished.
    """

    id: UUID | None
    campaign_id: UUID
    from_credit: Money
    by_card: Money
    state: FundingState
    rail: str = ""
    asked_by: UUID | None = None
    then_offer: str = ""
    over_at: datetime | None = None

    @property
    def mark(self) -> str:
        """Return the mark of a checkout as it stands."""
        return mark("checkout", self.id, self.by_card.minor, self.by_card.currency, self.state)


@dataclass(frozen=True, slots=True)
class Release:
    """Command: let a creator have part of what is held for a deliverable.

    `released_minor` and `commission_minor` are what was released and taken before in the whole deal:
    commission is cumulative over its pieces, so that what was quoted on the price is what is taken.
    """

    deliverable_id: UUID
    campaign_id: UUID
    creator_id: UUID
    country: str
    gross: Money
    released_minor: int
    commission_minor: int
    terms: Terms
    key: str


@dataclass(frozen=True, slots=True)
class Released:
    """Where a release went."""

    gross: Money
    commission: Money
    withheld: Money
    net: Money


@dataclass(frozen=True, slots=True)
class PayeeView:
    """Where a creator's money goes."""

    state: PayeeState
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class PayeeChangeView:
    """Where a creator's money shall go from `due_at` on; `now` is where it goes until then, if anywhere."""

    step_up_id: UUID
    label: str
    state: PayeeState
    now: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class EventToFollow:
    """A kept event of a provider, by our id: its object is to be read, and converged on."""

    id: UUID
    rail: str
    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class ChargebackView:
    """What was known of a chargeback before, and what is known now."""

    campaign_id: UUID
    before: ChargebackState | None
    state: ChargebackState


@dataclass(frozen=True, slots=True)
class Wallet:
    """A creator's money in one currency.

    What stands still is hers, and is sent once a bank has decided about its campaign's payments.
    """

    waiting: Money
    next_available_at: datetime | None
    available: Money
    standing_still: Money
    on_its_way: Money
    paid_out: Money


@dataclass(frozen=True, slots=True)
class CampaignMoney:
    """Where every unit paid into a campaign is now. The parts sum to `paid_in`."""

    paid_in: Money
    in_escrow: Money
    held: Money
    frozen: Money
    to_creators: Money
    commission: Money
    withheld: Money
    refund_on_its_way: Money
    refunded: Money
    kept_as_credit: Money
    lost_to_chargebacks: Money

    def rows(self) -> list[tuple[str, Money]]:
        """Return (name, amount) of every part but `paid_in`, in the order people read them."""
        return [(name, getattr(self, name)) for name in self.__dataclass_fields__ if name != "paid_in"]

    @property
    def adds_up(self) -> bool:
        """Tell whether the parts are the whole."""
        return sum(money.minor for _, money in self.rows()) == self.paid_in.minor
