"""Which deals go on when a bank has taken part of a campaign's money.

A loss is borne first by what is free in the campaign, then by offers that nobody has agreed to, then by the
work that is least begun: creators' agreed work is paid where the money is there. Nothing is moved here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from core.deals.models import Deal
from core.deals.states import PUBLISHED_STATES, DealState, DeliverableState
from core.ledger.schemas import Account
from core.payments import books

BEGUN = (
    DeliverableState.PLANNED,
    DeliverableState.DRAFTING,
    DeliverableState.OVERDUE,
    DeliverableState.CHANGES_REQUESTED,
    DeliverableState.IN_REVIEW,
    DeliverableState.APPROVED,
    *PUBLISHED_STATES,
)
"""How far work has come, from the least begun."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A deal, and what was taken from each of its accounts, in minor units."""

    deal: Deal
    taken: Mapping[Account, int]

    @property
    def minor(self) -> int:
        """Return the whole of it."""
        return sum(self.taken.values())

    @property
    def published(self) -> bool:
        """Tell whether some of the work is out, and not paid in full."""
        return any(piece.state in PUBLISHED_STATES for piece in self.deal.deliverables)


def claims(deals: Iterable[Deal], taken: Mapping[str, int]) -> list[Claim]:
    """Return what each deal had when its campaign was frozen (by account code), the most protected first."""
    found = []
    for deal in deals:
        holds = [books.hold_account(piece.id, deal.currency) for piece in deal.deliverables]
        accounts = [*holds, books.frozen_account(deal.id, deal.currency)]
        found.append(
            Claim(deal, {account: taken[account.code] for account in accounts if taken.get(account.code)})
        )
    return sorted(found, key=_place)


def share_out(claims: Iterable[Claim], left: int) -> tuple[dict[Account, int], list[Deal]]:
    """Return what each account gets back of `left`, and the deals that end because it is not enough.

    A deal gets all that it had, or ends; of work that is out its creator gets what there is.
    """
    covered: dict[Account, int] = {}
    ends = []
    for claim in claims:
        if claim.minor <= left:
            share = dict(claim.taken)
        else:
            ends.append(claim.deal)
            share = _part(claim, left) if claim.published else {}
        covered |= share
        left -= sum(share.values())
    return covered, ends


def _part(claim: Claim, left: int) -> dict[Account, int]:
    """Return what there is to the work that is out, each piece up to what is owed for it."""
    deal, owed = claim.deal, owed_for_published(claim.deal)
    most = {books.hold_account(piece_id, deal.currency): minor for piece_id, minor in owed.items()}
    most[books.frozen_account(deal.id, deal.currency)] = sum(owed.values())
    share = {}
    for account, minor in claim.taken.items():
        share[account] = min(minor, most.get(account, 0), left)
        left -= share[account]
    return {account: minor for account, minor in share.items() if minor}


def owed_for_published(deal: Deal) -> dict[UUID, int]:
    """Return what is still to be paid for each piece of a deal that is out, in minor units."""
    return {
        piece.id: piece.price_minor - piece.released_minor
        for piece in deal.deliverables
        if piece.state in PUBLISHED_STATES
    }


def _place(claim: Claim) -> tuple[bool, int, object]:
    agreed = claim.deal.state not in {DealState.OFFERED, DealState.APPLIED}
    begun = max((BEGUN.index(p.state) for p in claim.deal.deliverables if p.state in BEGUN), default=0)
    return (not agreed, -begun, claim.deal.created_at)
