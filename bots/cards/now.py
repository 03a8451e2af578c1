"""What a living card shows now: the thing as it stands, or in one line what came of it."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from bots.cards import campaigns as campaign_cards
from bots.cards import deal_buttons, payments, things, words
from bots.cards import deals as deal_cards
from bots.cards import parcels as parcel_cards
from bots.cards import posts as post_cards
from bots.cards.deals import Scene
from bots.conversation.card import card, press
from bots.conversation.dialogue import Talk
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from core.accounts import people, permissions
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView, EventView
from core.deals.states import DealState, DeliverableState
from core.kit.errors import DomainError
from core.kit.money import Money
from core.kit.process import Party
from core.kit.work import Work
from core.messaging import cards
from core.messaging.messages import OutgoingMessage
from core.payments import funding


def shown(talk: Talk, about: str) -> OutgoingMessage:
    """Return the card of a thing as it stands for whoever talks; without buttons where it is not theirs."""
    kind, thing, parts = _read(about)
    try:
        return SHOWS[kind](talk, thing, parts)
    except DomainError:
        return card(say("card.not_here"), living=cards.Living(about, ""))


def version(work: Work, about: str) -> str:
    """Return how a deal's or draft's version begins as it stands; empty for what is not told so cheaply."""
    kind, thing, parts = _read(about)
    if kind != "deal":
        return ""
    deal = deals.get(work, thing)
    if parts == [cards.PARCEL]:
        return deal.mark
    if not parts:
        return deal_cards.version(deal, deals.to_review(work, [deal])[deal.id])
    return deal_cards.draft_version(deal, _piece(deal, parts[0]))


def moved(message: OutgoingMessage) -> OutgoingMessage:
    """Return what is left of a card whose newest version stands further down."""
    return card(say("card.moved", line=headline(message)))


def headline(message: OutgoingMessage) -> str:
    """Return the first line of a card."""
    return message.text.strip().partition("\n")[0]


def actor(work: Work, who: str, scene: Scene) -> str:
    """Return who took a step: a side by its name, anybody else by what they are."""
    kind, _, name = who.partition(":")
    if kind == "person":
        by_creator = people.now_of(work, UUID(name)) == scene.creator.person_id
        return scene.creator.name if by_creator else scene.brand.name
    return words.actor(kind)


def _read(about: str) -> tuple[str, UUID, list[str]]:
    kind, _, rest = about.partition(":")
    thing, *parts = rest.split(".")
    return kind, UUID(thing), parts


def _piece(deal: DealView, piece_id: str) -> DeliverableView:
    return next(piece for piece in deal.deliverables if piece.id == UUID(piece_id))


def _deal(talk: Talk, deal_id: UUID, parts: Sequence[str]) -> OutgoingMessage:
    deal = deals.get(talk.work, deal_id)
    if parts == [cards.PARCEL]:
        return parcel_cards.shown(talk.work, deal)
    if parts:
        return _draft(talk, deal, parts[0], int(parts[1]))
    if not deal.ended:
        return things.deal_card(talk, deal)
    scene, side = deal_cards.scene(talk.work, deal), deals.side_of(talk.work, deal)
    name = scene.creator.name if side is Party.BRAND else scene.title
    review = [press(say("notice.review"), "review", deal.id, deal.mark)] if side in scene.to_review else []
    line = _came_of_it(talk.work, scene, name, deal.price, deals.last_step(talk.work, deal.id))
    if side is Party.CREATOR:
        return card(line, review, living=scene.living)
    granted = deal_buttons.granted(talk.work, deal.workspace_id)
    allowed = deal_buttons.allowed(review, granted)
    return card(line, allowed, living=deal_cards.seen_with(scene.living, granted))


def _draft(talk: Talk, deal: DealView, piece_id: str, number: int) -> OutgoingMessage:
    """Show a draft that is to be decided, what was approved of it, or what came of it."""
    work, piece = talk.work, _piece(deal, piece_id)
    side = deals.side_of(work, deal)
    if deal.state is DealState.AGREED and piece.draft_number == number:
        if side is Party.BRAND and piece.state is DeliverableState.IN_REVIEW:
            return deal_cards.draft(work, deal, piece)
        if side is Party.BRAND and post_cards.waits(deal, piece):
            return post_cards.proof(work, deal, piece)
        if side is Party.CREATOR and piece.state is DeliverableState.APPROVED:
            return deal_cards.publish(work, talk.tools, deal, piece, silent=False)
    scene = deal_cards.scene(work, deal)
    name = f"{scene.creator.name}, {words.piece_name(deal, piece)}"
    line = _came_of_it(work, scene, name, piece.price, deals.last_step(work, deal.id, piece.id, number))
    living = scene.living_draft(piece, number)
    if side is Party.BRAND:
        living = deal_cards.seen_with(living, deal_buttons.granted(work, scene.brand.id))
    return card(line, living=living)


def _came_of_it(work: Work, scene: Scene, name: str, price: Money, last: EventView | None) -> str:
    """Return in one line what came of something: by whom, for how much, and when."""
    if last is None:
        return f"**{name}**"
    sees_money = scene.creator.person_id == work.actor.person_id or permissions.may(
        work, scene.deal.workspace_id, Permission.SEE_MONEY
    )
    facts = {
        "name": name,
        "state": words.state(last.to_state),
        "price": scene.pay if scene.deal.cashless else campaign_cards.for_role(price, sees_money=sees_money),
        "at": moment(last.at),
    }
    if not last.actor.startswith("person:"):
        return say("card.over", **facts)
    return say("card.over_by", who=actor(work, last.actor, scene), **facts)


def _campaign(talk: Talk, campaign_id: UUID, parts: Sequence[str]) -> OutgoingMessage:
    del parts
    return things.CAMPAIGN.show(talk, campaign_id)[0]


def _checkout(talk: Talk, funding_id: UUID, parts: Sequence[str]) -> OutgoingMessage:
    del parts
    found, _ = funding.funding_of(talk.work, funding_id)
    campaigns.own(talk.work, found.campaign_id, Permission.FUND)
    return payments.checkout(talk.work, talk.tools, funding_id)


SHOWS: Mapping[str, Callable[[Talk, UUID, Sequence[str]], OutgoingMessage]] = {
    "deal": _deal,
    "campaign": _campaign,
    "checkout": _checkout,
}
"""How each kind of thing is shown, by its name in `core.messaging.cards`."""
