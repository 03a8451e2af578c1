"""The card of an offer: the work, the money line by line, the rights, the clock, the brand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bots.cards import briefs as brief_cards
from bots.cards import words
from bots.cards.deals import Scene, page, play, scenes
from bots.conversation.card import card, headed, link, press, your_turn
from bots.conversation.dialogue import Tools
from bots.phrases.amounts import money, percent, until
from bots.phrases.sentences import say
from core.creators.schemas import CreatorView
from core.deals import views as deals
from core.deals.schemas import DealView
from core.deals.states import DealState
from core.kit.estimates import Estimate
from core.kit.money import Currency, Money
from core.kit.work import Work
from core.messaging.messages import Attachment, OutgoingMessage
from core.trust import service as trust
from core.trust.schemas import Punctuality, Rating

PAID_ONLY = "paid"
"""What the button says besides its deal that declines because no cash is paid."""


def offers(
    work: Work, tools: Tools, found: Sequence[DealView], own: CreatorView | None = None
) -> list[OutgoingMessage]:
    """Show a creator offers: the work, the money line by line, the rights, the clock, the brand."""
    brands = {deal.workspace_id for deal in found}
    known = _Beside(
        held=deals.held_of(work, found),
        bands=deals.price_bands(work, found),
        punctuality=trust.punctualities(work, brands),
        ratings=trust.ratings(work, brands),
    )
    around = scenes(work, found, own)
    files = brief_cards.files(work, [s.brief for s in around])
    return [_offer(work, tools, s, known, brief_cards.attached(s.brief, files)) for s in around]


def offer(work: Work, tools: Tools, deal: DealView) -> OutgoingMessage:
    """Show a creator one offer."""
    return offers(work, tools, [deal])[0]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside offers, by deal and by brand: read once for all of them."""

    held: Mapping[UUID, Money]
    bands: Mapping[UUID, Estimate]
    punctuality: Mapping[UUID, Punctuality]
    ratings: Mapping[UUID, Rating]


def _offer(
    work: Work, tools: Tools, s: Scene, known: _Beside, attached: Sequence[Attachment]
) -> OutgoingMessage:
    deal, terms = s.deal, s.deal.terms
    text = say(
        "offer.gift_card" if deal.cashless else "offer.card",
        brand=s.brand.name,
        badge=say("offer.badge") if s.brand.verified_at else "",
        title=s.title,
        brief=brief_cards.told(s.brief, deal, s.creator.country),
        what=words.what(deal),
        price=money(deal.price),
        gift=s.pay,
        commission=s.commission,
        rate=percent(terms.commission_bps),
        net=s.net,
        band=_band(known.bands.get(deal.id), deal.price.currency),
        draft_days=terms.draft_days,
        publish_days=terms.publish_days,
        retention_days=terms.retention_days,
        tranche=percent(terms.first_tranche_bps),
        delay=terms.security_delay_days,
        revisions=terms.revisions,
        funded=money(known.held[deal.id]),
        play=play(tools),
        punctuality=words.punctuality(
            terms.review_hours, known.punctuality[s.brand.id], known.ratings[s.brand.id]
        ),
        note=say("offer.note", note=deal.note) if deal.note else "",
        left=until(deal.answer_by, work.now),
    )
    buttons = [
        press(say("offer.accept"), "accept", deal.id, deal.mark),
        press(say("offer.counter"), "counter", deal.id, deal.mark),
        press(say("offer.decline"), "decline", deal.id, deal.mark),
    ]
    if deal.cashless:
        buttons.append(press(say("offer.paid_only"), "decline", f"{deal.id.hex}.{PAID_ONLY}", deal.mark))
    if s.brand.verified_at:
        buttons.append(link(say("offer.check_badge"), page(tools, f"/badges/{s.brand.id}")))
    shown = buttons if deal.state is DealState.OFFERED else []
    facts = (words.what(deal), s.pay if deal.cashless else money(deal.price), until(deal.answer_by, work.now))
    return headed(card(your_turn(text, shown), shown, attached, living=s.living), *facts)


def _band(band: Estimate | None, currency: Currency) -> str:
    return say("offer.band", price=words.price(band, currency)) if band else say("offer.no_band")
