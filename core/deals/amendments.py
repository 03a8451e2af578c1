"""What a changed brief makes of work that is agreed already: which pieces come, which go, at which price.

Pure. What is kept keeps its price. A piece that comes costs what the deal's pieces of its kind cost, else its
creator's own rate, else what a piece of the deal costs on average; nothing where no cash is paid. What was
handed in stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.campaigns.schemas import Brief
from core.deals import spots
from core.deals.errors import WorkHandedIn
from core.deals.models import Deal, Deliverable
from core.deals.schemas import Amendment
from core.deals.states import DeliverableState as P
from core.kit.consent import mark
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform


@dataclass(frozen=True, slots=True)
class AgreedPiece:
    """One piece of agreed work; `open` where nothing of it was handed in."""

    id: UUID
    kind: DeliverableKind
    platform: Platform
    price_minor: int
    open: bool


@dataclass(frozen=True, slots=True)
class AgreedWork:
    """What one creator has agreed to make, and what they ask for other kinds."""

    deal_id: UUID
    creator_id: UUID
    price: Money
    pieces: tuple[AgreedPiece, ...]
    rates: tuple[tuple[DeliverableKind, int], ...]


def agreed_work(deal: Deal, rates: Mapping[DeliverableKind, Money]) -> AgreedWork:
    """Return what a deal's creator has agreed to make."""
    pieces = tuple(
        AgreedPiece(piece.id, piece.kind, piece.platform, piece.price_minor, is_open(piece))
        for piece in deal.deliverables
        if piece.state is not P.CANCELLED
    )
    own = tuple((kind, rate.minor) for kind, rate in sorted(rates.items()) if rate.currency is deal.currency)
    return AgreedWork(deal.id, deal.creator_id, Money(deal.price_minor, deal.currency), pieces, own)


def is_open(piece: Deliverable) -> bool:
    """Tell whether nothing of a piece was handed in yet."""
    state = piece.overdue_from if piece.state is P.OVERDUE else piece.state
    return state in {P.PLANNED, P.DRAFTING}


def mark_of(works: Sequence[AgreedWork]) -> str:
    """Return the mark of agreed work: with a brief it says who is asked for what, at which price."""
    return mark("agreed", *sorted(works, key=lambda work: work.deal_id))


def amend(work: AgreedWork, brief: Brief) -> Amendment | None:
    """Return what a brief makes of agreed work.

    None where it asks for the same pieces, or would leave out what was handed in: those stay as agreed.
    """
    left, added = _compared(work, brief)
    if not (left or added) or not all(piece.open for piece in left):
        return None
    more = sum(minor for _, minor in added) - sum(piece.price_minor for piece in left)
    price = Money(work.price.minor + more, work.price.currency)
    return Amendment(price, tuple(added), tuple(piece.id for piece in left))


def differs(work: AgreedWork, brief: Brief) -> bool:
    """Tell whether a brief asks for other pieces than were agreed."""
    return any(_compared(work, brief))


def _compared(work: AgreedWork, brief: Brief) -> tuple[list[AgreedPiece], list[tuple[DeliverableKind, int]]]:
    """Return which pieces a brief asks for no more, and which it asks for besides, with their prices."""
    have = sorted(work.pieces, key=lambda piece: piece.open)  # what was handed in is found first, and so kept
    wanted = spots.asked(brief)
    found = spots.matched([(piece.kind, piece.platform) for piece in have], wanted)
    left = [piece for number, piece in enumerate(have) if number not in found]
    kinds = [kind for number, (kind, _) in zip(found, wanted, strict=True) if number is None]
    return left, [(kind, _price(work, kind)) for kind in kinds]


def _price(work: AgreedWork, kind: DeliverableKind) -> int:
    if not work.price:
        return 0  # who works for a gift is asked for other work for the same gift
    same = next((piece.price_minor for piece in work.pieces if piece.kind is kind), None)
    every = sum(piece.price_minor for piece in work.pieces) // max(len(work.pieces), 1)
    return same or dict(work.rates).get(kind) or max(every, 1)


def left_out(deal: Deal, amendment: Amendment) -> list[Deliverable]:
    """Return the pieces that an amendment leaves out. Raises WorkHandedIn where one is not open any more."""
    gone = [piece for piece in deal.deliverables if piece.id in amendment.left_out]
    if not all(is_open(piece) for piece in gone):
        raise WorkHandedIn(deal_id=deal.id)
    return gone
