"""The money side of a step. Called by the engine, inside the step, and by nobody else."""

from uuid import UUID

from core.creators import service as creators
from core.deals.models import Deal, Deliverable
from core.kit.money import Money, split
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Line, Posting
from core.ledger.states import PostingKind
from core.payments import books, payouts
from core.payments.schemas import Release, Released
from core.terms.schemas import Terms


def held(work: Work, deal: Deal, deliverable: Deliverable) -> Money:
    """Return what is held for one deliverable."""
    return ledger.balance(work, books.hold_account(deliverable.id, deal.currency))


def hold(work: Work, deal: Deal, deliverable: Deliverable, wanted: Money, key: str) -> None:
    """Bring a deliverable's hold to `wanted`, from or to the campaign's escrow.

    Raises:
        NotEnoughMoney: when the escrow has less than is missing.
    """
    change = wanted - held(work, deal, deliverable)
    escrow = books.escrow_account(deal.campaign_id, deal.currency)
    account = books.hold_account(deliverable.id, deal.currency)
    kind = PostingKind.OFFER_HOLD if change.minor > 0 else PostingKind.HOLD_RETURN
    lines = (Line(escrow, change.minor), Line(account, -change.minor))
    _post(work, kind, key, lines, deliverable.id)


def give_back(work: Work, deal: Deal, deliverable: Deliverable, key: str) -> Money:
    """Return what is left of a hold to the campaign's escrow."""
    left = held(work, deal, deliverable)
    if left:
        hold(work, deal, deliverable, Money(0, deal.currency), key)
    return left


def release(work: Work, deal: Deal, deliverable: Deliverable, gross: Money, key: str) -> Released | None:
    """Let the creator have `gross` of a hold; None where there is nothing to have."""
    if not gross:
        return None
    creator = creators.get(work, deal.creator_id)
    released = payouts.release(
        work,
        Release(
            deliverable_id=deliverable.id,
            campaign_id=deal.campaign_id,
            creator_id=deal.creator_id,
            country=creator.country,
            gross=gross,
            released_minor=deliverable.released_minor,
            commission_minor=deliverable.commission_minor,
            terms=Terms.from_json(deal.terms),
            key=f"release:{key}",
        ),
    )
    deliverable.released_minor += gross.minor
    deliverable.commission_minor += released.commission.minor
    return released


def freeze(work: Work, deal: Deal, key: str) -> Money:
    """Move every hold of a deal into its dispute account; returns the sum."""
    frozen = Money(0, deal.currency)
    for deliverable in deal.deliverables:
        amount = held(work, deal, deliverable)
        lines = (
            Line(books.hold_account(deliverable.id, deal.currency), amount.minor),
            Line(books.frozen_account(deal.id, deal.currency), -amount.minor),
        )
        _post(work, PostingKind.DISPUTE_FREEZE, f"{key}:{deliverable.ordinal}", lines, deal.id)
        frozen += amount
    return frozen


def thaw(work: Work, deal: Deal, shares: dict[UUID, int], kind: PostingKind, key: str) -> None:
    """Move shares of a deal's dispute account back into its deliverables' holds."""
    for deliverable in deal.deliverables:
        minor = shares.get(deliverable.id, 0)
        lines = (
            Line(books.frozen_account(deal.id, deal.currency), minor),
            Line(books.hold_account(deliverable.id, deal.currency), -minor),
        )
        _post(work, kind, f"{key}:{deliverable.ordinal}", lines, deal.id)


def return_frozen(work: Work, deal: Deal, amount: Money, key: str) -> None:
    """Move part of a deal's dispute account to the campaign's escrow."""
    lines = (
        Line(books.frozen_account(deal.id, deal.currency), amount.minor),
        Line(books.escrow_account(deal.campaign_id, deal.currency), -amount.minor),
    )
    _post(work, PostingKind.DISPUTE_RETURN, key, lines, deal.id)


def frozen(work: Work, deal: Deal) -> Money:
    """Return what lies in a deal's dispute account."""
    return ledger.balance(work, books.frozen_account(deal.id, deal.currency))


def shares_of(total_minor: int, weights: dict[UUID, int]) -> dict[UUID, int]:
    """Split an amount over deliverables by weight: exact, each within one unit."""
    parts = split(total_minor, list(weights.values())) if sum(weights.values()) else []
    return dict(zip(weights, parts, strict=False))


def _post(work: Work, kind: PostingKind, key: str, lines: tuple[Line, ...], source: UUID) -> None:
    ledger.move(work, Posting(kind, f"{kind}:{key}", lines, "deal", str(source)))
