"""Where a deal and its pieces may stand, and why a deal stands still.

The steps between are rows of `deal_table` and `piece_table`.
"""

from enum import StrEnum

VERSION = 1
"""The version of both tables that a new deal begins with."""


class DealState(StrEnum):
    """Where a deal stands."""

    OFFERED = "offered"
    APPLIED = "applied"
    AWAITING_ADDRESS = "awaiting_address"
    TO_SEND = "to_send"
    ON_ITS_WAY = "on_its_way"
    AGREED = "agreed"
    CANCELLING = "cancelling"
    DISPUTED = "disputed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class DeliverableState(StrEnum):
    """Where one piece of work stands."""

    PLANNED = "planned"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    POSTED = "posted"
    CLAIMED = "claimed"
    LIVE = "live"
    MISSING = "missing"
    OVERDUE = "overdue"
    COMPLETED = "completed"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    RESOLVED = "resolved"


class Standing(StrEnum):
    """Why a deal stands still. It may have several reasons, and goes on when the last of them is gone."""

    CANCELLING = "cancelling"
    DISPUTE = "dispute"
    CHARGEBACK = "chargeback"
    OPERATOR = "operator"
    WORKSPACE = "workspace"
    CREATOR = "creator"


D = DealState
P = DeliverableState

BEFORE_WORK = (D.AWAITING_ADDRESS, D.TO_SEND, D.ON_ITS_WAY)
"""Where an agreed deal stands whose gift is sent: its work begins when the gift is there."""
OPEN_DEALS = (D.OFFERED, D.APPLIED, *BEFORE_WORK, D.AGREED, D.CANCELLING, D.DISPUTED)
OPEN_STATES = (
    P.PLANNED,
    P.DRAFTING,
    P.IN_REVIEW,
    P.CHANGES_REQUESTED,
    P.APPROVED,
    P.POSTED,
    P.CLAIMED,
    P.LIVE,
    P.MISSING,
    P.OVERDUE,
)
UNPUBLISHED_STATES = (
    P.PLANNED,
    P.DRAFTING,
    P.IN_REVIEW,
    P.CHANGES_REQUESTED,
    P.APPROVED,
    P.OVERDUE,
)
PUBLISHED_STATES = (P.POSTED, P.CLAIMED, P.LIVE, P.MISSING)
SEEN_STATES = (P.LIVE, P.COMPLETED)
"""What its network has shown to us, and is there as far as we know."""
STOPPED = frozenset({Standing.OPERATOR, Standing.WORKSPACE, Standing.CREATOR})
"""What an operator has stopped: neither side takes any step of the deal."""
WORKSPACE_FROZEN, CREATOR_FROZEN = "workspace_frozen", "creator_frozen"
"""The operators' tasks about who is stopped: they stay open until they go on."""
CLOCK_PARKED = "clock_parked"
"""The operators' task about a clock that failed too often."""
POST_UNSEEN = "post_unseen"
"""The operators' task about a post whose time is over and that nobody could look at before its end."""
