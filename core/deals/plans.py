"""Which pieces a brief asks of a creator, and what each is worth of a price."""

from collections.abc import Mapping
from uuid import uuid4

from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief
from core.creators import service as creators
from core.deals import amendments, postings, prices, spots
from core.deals.errors import PriceOutOfRange
from core.deals.models import Deal, Deliverable
from core.deals.schemas import Amendment
from core.deals.spots import Spot
from core.deals.states import DeliverableState
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work

Rates = Mapping[DeliverableKind, Money]

COUNTER_TIMES_MAX = 5  # of the price before: above that it is a slip of the finger
GONE = 0
"""The place of a piece that is asked for no more."""


def pieces(brief: Brief, price_minor: int, rates: Rates) -> list[Deliverable]:
    """Return the pieces of a new deal, none of them begun."""
    asked = spots.asked(brief)
    parts = prices.parts(price_minor, [kind for kind, _ in asked], rates)
    return [
        Deliverable(
            id=uuid4(),
            ordinal=ordinal,
            kind=kind,
            platform=platform,
            price_minor=part,
            state=DeliverableState.PLANNED,
            draft_media=[],
        )
        for ordinal, ((kind, platform), part) in enumerate(zip(asked, parts, strict=True), 1)
    ]


def differs(deal: Deal, brief: Brief) -> bool:
    """Tell whether a brief asks for other pieces than a deal has, or on other platforms."""
    return sorted(spots.asked(brief)) != sorted((piece.kind, piece.platform) for piece in deal.deliverables)


def out_of_range(deal: Deal, pieces: int = 0) -> PriceOutOfRange:
    """Return the error that names between what another price for a deal must be."""
    least = Money(pieces or len(deal.deliverables), deal.currency)
    return PriceOutOfRange(least=least, most=most(deal))


def most(deal: Deal) -> Money:
    """Return the highest price that may be named for a deal: where none was named yet, a campaign's most."""
    before = Money(deal.price_minor * COUNTER_TIMES_MAX, deal.currency)
    return before or campaigns.budget_most(deal.currency)


def replan(work: Work, deal: Deal, brief: Brief) -> None:
    """Let an open offer ask for what a brief asks for, at its own price; `rehold` moves the money after it.

    A piece that is asked for no more has no place and no price from here on. Raises PriceOutOfRange where
    there is a price with less than one unit for a piece.
    """
    wanted = pieces_wanted(deal, brief)
    if 0 < deal.price_minor < len(wanted):
        raise out_of_range(deal, len(wanted))
    rates = creators.get(work, deal.creator_id).rates
    for piece in deal.deliverables:
        piece.ordinal = piece.price_minor = GONE
    parts = prices.parts(deal.price_minor, [piece.kind for piece in wanted], rates)
    for ordinal, (piece, part) in enumerate(zip(wanted, parts, strict=True), 1):
        piece.ordinal, piece.price_minor = ordinal, part
    deal.deliverables.extend(piece for piece in wanted if piece not in deal.deliverables)
    deal.work = prices.work_of(piece.kind for piece in wanted)


def to_make(deal: Deal) -> list[Deliverable]:
    """Return the pieces of a deal but those that were given up or left out."""
    gone = set(deal.amendment.get("left_out", ()))
    pieces = [piece for piece in deal.deliverables if str(piece.id) not in gone]
    return [piece for piece in pieces if piece.state is not DeliverableState.CANCELLED]


def amend(deal: Deal, brief: Brief) -> None:
    """Let an agreed deal be what its creator was asked for: the new pieces are not begun yet.

    What was not handed in goes where the brief says. Raises WorkHandedIn.
    """
    asked = Amendment.from_json(deal.amendment, deal.currency)
    missing = _place(deal, brief)
    if asked is not None:
        amendments.left_out(deal, asked)
        last = max(piece.ordinal for piece in deal.deliverables)
        for ordinal, (kind, minor) in enumerate(asked.added, last + 1):
            spot = next(spot for spot in missing if spot[0] is kind)
            missing.remove(spot)
            new = {"state": DeliverableState.PLANNED, "draft_media": [], "released_minor": 0}
            piece = Deliverable(id=uuid4(), ordinal=ordinal, kind=kind, platform=spot[1], **new)
            piece.price_minor = minor
            deal.deliverables.append(piece)
        deal.price_minor = asked.price.minor
    deal.work = prices.work_of(piece.kind for piece in to_make(deal))


def _place(deal: Deal, brief: Brief) -> list[Spot]:
    """Let what was not handed in go where a brief says; returns what the brief asks for besides."""
    have = sorted(to_make(deal), key=amendments.is_open)
    wanted = spots.asked(brief)
    found = spots.matched([(piece.kind, piece.platform) for piece in have], wanted)
    for number, (_, platform) in zip(found, wanted, strict=True):
        if number is not None and amendments.is_open(have[number]):
            have[number].platform = platform
    return [spot for number, spot in zip(found, wanted, strict=True) if number is None]


def pieces_wanted(deal: Deal, brief: Brief) -> list[Deliverable]:
    """Return the pieces of a deal that a brief still asks for, where it wants them, and new ones besides."""
    have, asked = list(deal.deliverables), spots.asked(brief)
    found = spots.matched([(piece.kind, piece.platform) for piece in have], asked)
    wanted = []
    for number, (kind, platform) in zip(found, asked, strict=True):
        new = {"state": DeliverableState.PLANNED, "draft_media": [], "released_minor": 0}
        known = Deliverable(id=uuid4(), kind=kind, ordinal=0, **new) if number is None else have[number]
        known.platform = platform
        wanted.append(known)
    return wanted


def rehold(work: Work, deal: Deal, key: str) -> None:
    """Spread what is held of an open offer over its pieces as they are now; drop those without a place."""
    held = sum(postings.held(work, deal, piece).minor for piece in deal.deliverables)
    shares = postings.shares_of(held, {piece.id: piece.price_minor for piece in deal.deliverables})
    postings.hold(work, deal, {piece: shares[piece.id] for piece in deal.deliverables}, key)
    for piece in [piece for piece in deal.deliverables if piece.ordinal == GONE]:
        deal.deliverables.remove(piece)
        work.session.delete(piece)
