"""The life of a campaign, as data.

What a campaign cannot know of itself is made sure by whoever asks for the step: that no deal is open when it
settles (`core.deals.endings`), that nothing is on its way when it closes (`core.payments.refunds`).
"""

from enum import StrEnum

from core.kit.process import BACK, BRAND, SYSTEM, Party, Transition, table


class CampaignState(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    AWAITING_FUNDS = "awaiting_funds"
    OPEN = "open"
    FUNDED = "funded"
    RECRUITING = "recruiting"
    RUNNING = "running"
    SETTLING = "settling"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    FROZEN = "frozen"


class Listed(StrEnum):
    """What a campaign's brand thinks of a creator who was found for it."""

    FOUND = "found"
    CHOSEN = "chosen"
    OFFERED = "offered"
    REMOVED = "removed"


S = CampaignState
BRAND_OR_OPERATOR = frozenset({Party.BRAND, Party.OPERATOR})
OPEN_FOR_OFFERS = (S.OPEN, S.FUNDED, S.RECRUITING, S.RUNNING)
ENDING = ("settle", "close", "cancel")
"""The steps by which a campaign ends: somebody begins, and the system closes what nothing is left in."""
EDITABLE = (S.AWAITING_FUNDS, *OPEN_FOR_OFFERS)
"""While a campaign's brand may still change what it asks for, its budget, and whom it takes."""

CAMPAIGN = table(
    "campaign",
    1,
    (
        Transition("draft", BRAND, (), S.DRAFT, quiet="the brand's own screen shows it"),
        Transition("submit", BRAND, (S.DRAFT,), S.AWAITING_FUNDS, quiet="the reply says it"),
        Transition("open", BRAND, (S.DRAFT, S.AWAITING_FUNDS), S.OPEN, quiet="there is no cash to wait for"),
        Transition("fund", SYSTEM, (S.AWAITING_FUNDS,), S.FUNDED, quiet="payments tell of the money"),
        Transition("recruit", SYSTEM, (S.OPEN, S.FUNDED), S.RECRUITING, quiet="the offer is the notice"),
        Transition("run", SYSTEM, (S.RECRUITING,), S.RUNNING, quiet="the agreement is the notice"),
        Transition("settle", BRAND_OR_OPERATOR, OPEN_FOR_OFFERS, S.SETTLING),
        Transition("close", SYSTEM, (S.SETTLING,), S.CLOSED),
        Transition(
            "cancel",
            BRAND_OR_OPERATOR,
            (S.DRAFT, S.AWAITING_FUNDS),
            S.CANCELLED,
            quiet="the reply says it",
        ),
        Transition("freeze", SYSTEM, (*OPEN_FOR_OFFERS, S.SETTLING, S.CLOSED, S.CANCELLED), S.FROZEN),
        Transition("unfreeze", SYSTEM, (S.FROZEN,), BACK),
    ),
    terminal=(S.CLOSED, S.CANCELLED),
)
