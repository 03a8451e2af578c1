"""What the forms about a deal, or about one piece of it, know of it: loaded fresh in every turn."""

from dataclasses import dataclass
from datetime import datetime

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.deals import Scene
from bots.conversation.dialogue import Seen, Talk
from bots.conversation.forms import Slots, facts
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView
from core.kit.money import Currency, Money
from core.kit.process import Party


@dataclass(frozen=True, slots=True)
class DealFacts:
    """A deal as one of its sides sees it. `other` is how the other side is called."""

    seen: Seen
    deal: DealView
    scene: Scene
    side: Party
    held: Money
    now: datetime

    @property
    def other(self) -> str:
        """Return how the other side is called."""
        return self.scene.creator.name if self.side is Party.BRAND else self.scene.brand.name

    @property
    def title(self) -> str:
        """Return the campaign's title."""
        return self.scene.title

    @property
    def what(self) -> str:
        """Return the deal's work in words."""
        return words.what(self.deal)


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """One piece of a deal as one of its sides sees it."""

    seen: Seen
    deal: DealView
    piece: DeliverableView
    scene: Scene
    other: str

    @property
    def what(self) -> str:
        """Return the piece's name."""
        return words.piece_name(self.deal, self.piece)

    @property
    def held(self) -> Money:
        """Return what is still held for the piece."""
        return self.piece.price - self.piece.released


def load_deal(talk: Talk, seen: Seen) -> DealFacts:
    """Load a deal for one of its sides. Raises DealNotFound."""
    deal = deals.get(talk.work, seen.id)
    side = deals.side_of(talk.work, deal)
    scene, held = deal_cards.scene(talk.work, deal), deals.held_for(talk.work, deal)
    return DealFacts(seen, deal, scene, side, held, talk.work.now)


def load_piece(talk: Talk, seen: Seen) -> PieceFacts:
    """Load one piece of a deal for one of its sides. Raises DealNotFound."""
    deal, piece = deals.get_by_piece(talk.work, seen.id)
    scene = deal_cards.scene(talk.work, deal)
    return PieceFacts(seen, deal, piece, scene, deal_cards.other_name(talk, deal))


def of_deal(slots: Slots) -> DealFacts:
    """Return the facts of a form about a deal."""
    return facts(DealFacts, slots)


def of_piece(slots: Slots) -> PieceFacts:
    """Return the facts of a form about a piece."""
    return facts(PieceFacts, slots)


def price_currency(slots: Slots) -> Currency:
    """Return the currency of the deal a form is about."""
    return of_deal(slots).deal.price.currency
