"""The money side of a step. Called by the engine, inside the step, and by nobody else."""

from collections.abc import Iterable, Mapping
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


def hold(
    work: Work, deal: Deal, wanted: Mapping[Deliverable, int], key: str, *, fresh: bool = False
) -> Money:
    """Bring the holds of some pieces to what is wanted (minor units), from or to the campaign's escrow.

    Returns what came back to the escrow, below zero for what was taken from it. Nothing is held yet for a
    `fresh` deal, which was made in this step.

    Raises:
        NotEnoughMoney: when the escrow has less than is missing.
    """
    accounts = [books.hold_account(piece.id, deal.currency) for piece in wanted]
    present = [0] * len(accounts) if fresh else [held.minor for held in ledger.balance_each(work, accounts)]
    changes = [minor - held for minor, held in zip(wanted.values(), present, strict=True)]
    escrow = books.escrow_account(deal.campaign_id, deal.currency)
    kind = PostingKind.OFFER_HOLD if sum(changes) > 0 else PostingKind.HOLD_RETURN
    lines = [Line(account, -change) for account, change in zip(accounts, changes, strict=True)]
    _post(work, kind, key, (Line(escrow, sum(changes)), *lines), deal.id)
    return Money(-sum(changes), deal.currency)


def give_back(work: Work, deal: Deal, pieces: Iterable[Deliverable], key: str) -> Money:
    """Return what is left of some pieces' holds to the campaign's escrow."""
    return hold(work, deal, dict.fromkeys(pieces, 0), key)


def release(work: Work, deal: Deal, deliverable: Deliverable, gross: Money, key: str) -> Released | None:
    """Let the creator have `gross` of a hold; None where there is nothing to have."""
    if not gross:
        return None
    released = payouts.release(
        work,
        Release(
            deliverable_id=deliverable.id,
            campaign_id=deal.campaign_id,
            creator_id=deal.creator_id,
            country=creators.behind(work, deal.creator_id).country,
            gross=gross,
            released_minor=sum(piece.released_minor for piece in deal.deliverables),
            commission_minor=sum(piece.commission_minor for piece in deal.deliverables),
            terms=Terms.from_json(deal.terms),
            key=f"release:{key}",
        ),
    )
    deliverable.released_minor += gross.minor
    deliverable.commission_minor += released.commission.minor
    return released


def freeze(work: Work, deal: Deal, key: str) -> Money:
    """Move every hold of a deal into its dispute account; returns the sum."""
    accounts = [books.hold_account(piece.id, deal.currency) for piece in deal.deliverables]
    amounts = ledger.balance_each(work, accounts)
    total = sum(amount.minor for amount in amounts)
    taken = [Line(account, amount.minor) for account, amount in zip(accounts, amounts, strict=True)]
    lines = (*taken, Line(books.frozen_account(deal.id, deal.currency), -total))
    _post(work, PostingKind.DISPUTE_FREEZE, key, lines, deal.id)
    return Money(total, deal.currency)


def thaw(work: Work, deal: Deal, shares: Mapping[UUID, int], kind: PostingKind, key: str) -> None:
    """Move shares of a deal's dispute account back into its deliverables' holds."""
    back = [Line(books.hold_account(piece_id, deal.currency), -minor) for piece_id, minor in shares.items()]
    lines = (Line(books.frozen_account(deal.id, deal.currency), sum(shares.values())), *back)
    _post(work, kind, key, lines, deal.id)


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
    """Split an amount over deliverables by weight: exact, each within one unit; nothing where none weighs."""
    parts = split(total_minor, list(weights.values())) if sum(weights.values()) else [0] * len(weights)
    return dict(zip(weights, parts, strict=True))


def _post(work: Work, kind: PostingKind, key: str, lines: tuple[Line, ...], source: UUID) -> None:
    ledger.move(work, Posting(kind, f"{kind}:{key}", lines, "deal", str(source)))
