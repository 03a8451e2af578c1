"""Where payments stand: words only."""

from enum import StrEnum


class FundingState(StrEnum):
    """A brand's payment into a campaign."""

    ASKED = "asked"
    READY = "ready"
    PAID = "paid"
    FAILED = "failed"


class MoveState(StrEnum):
    """A payout or a refund."""

    ASKED = "asked"
    SENT = "sent"
    REFUSED = "refused"
    RETURNED = "returned"  # after it was sent


class PayeeState(StrEnum):
    """Whether a creator can be paid."""

    ASKED = "asked"
    ACTIVE = "active"
    REFUSED = "refused"


class ChargebackState(StrEnum):
    """A card payment disputed by the card's holder."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class SettledFrom(StrEnum):
    """Where money comes from that covers what a brand owes after a lost chargeback.

    `BRAND` and `CREATOR` paid it into the platform's own account, outside the rail.
    """

    CREDIT = "credit"
    BRAND = "brand"
    CREATOR = "creator"


class Rest(StrEnum):
    """What a brand wants done with what is left."""

    REFUND = "refund"
    CREDIT = "credit"
