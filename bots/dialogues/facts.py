"""What every talk about a deal, or a piece of one, is opened with."""

from typing import Any

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.conversation.dialogue import Talk
from bots.dialogues import answers
from bots.phrases.amounts import money
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView


def deal_facts(talk: Talk, deal: DealView) -> dict[str, Any]:
    """Return what every form about a deal is opened with."""
    s = deal_cards.scene(talk.work, deal)
    return {
        "_deal": deal.id.hex,
        "_title": s.title,
        "_what": words.what(deal),
        "_other": deal_cards.other_name(talk, deal),
        "_currency": deal.price.currency,
        "_price": deal.price.minor,
        "_held": money(deals.held_for(talk.work, deal)),
        "_hours": deal.terms.accept_hours,
        "_bps": deal.terms.commission_bps,
        "_side": deals.side_of(talk.work, deal),
    }


def piece_facts(talk: Talk, argument: str) -> tuple[DealView, DeliverableView, dict[str, Any]]:
    """Return a deal, one of its pieces, and what every form about the piece is opened with."""
    deal, piece = deals.get_by_piece(talk.work, answers.key(argument))
    facts = deal_facts(talk, deal)
    facts |= {"_piece": piece.id.hex, "_what": words.piece_name(deal, piece)}
    return deal, piece, facts
