"""The living cards: one message a thing in each chat, edited as the thing moves.

A card that is sent is noted with what it is about. When its thing moves, a promise edits it to how the thing
stands by then; the one before it in the chat loses its buttons. An edit does not ring: what must be noticed
is told by a short message that points to the card.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog

from bots.cards import now
from bots.conversation import tokens
from bots.conversation.card import rows
from bots.conversation.dialogue import Talk
from bots.conversation.tokens import Commanded
from bots.doors.channel import CardGone, Channel, ChannelRefused, ChannelUnavailable, Edits
from bots.doors.house import House
from bots.notices import team_channels
from bots.phrases.languages import speaking
from bots.phrases.sentences import say
from core.accounts import chats, people
from core.accounts.schemas import PersonView
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.actors import SYSTEM
from core.kit.errors import DomainError
from core.kit.work import Work, begin
from core.messaging import cards, outbox, receipts, sent_words
from core.messaging.cards import Shown
from core.messaging.messages import Address, Button, OutgoingMessage, Promise
from core.messaging.receipts import Receipt
from core.payments import funding

log = structlog.get_logger(__name__)


def note(work: Work, to: Address, message: OutgoingMessage, key: str, receipt: Receipt | None) -> None:
    """Keep what a sent message is called, what it is a card of, and a digest of its words.

    Where its thing moved while it was sent, or an older card of it stands in the chat, they are redrawn.
    """
    if receipt is not None:
        receipts.note(work, key, receipt, message.about, message.version)
        if message.about and _is_behind(work, to, message):
            outbox.redraw(work, message.about)
    sent_words.note(work, to, message.text)


def _is_behind(work: Work, to: Address, message: OutgoingMessage) -> bool:
    if cards.how_many(work, to, message.about) > 1:
        return True
    try:
        return not message.version.startswith(now.version(work, message.about))
    except DomainError:
        return False


def fitted(
    talk: Talk, channel: Channel | None, facts: dict[str, object], messages: Sequence[OutgoingMessage]
) -> tuple[list[OutgoingMessage], list[OutgoingMessage]]:
    """Return (what is told, what can be pressed) for a notice's messages in a chat.

    Where the card of their thing stands, they point to it and leave the buttons to it; where none does, what
    asks something of its reader is told on the card of the thing.
    """
    told, pressable = [], []
    for message in messages:
        abouts = [message.about] if message.about else _abouts(talk.work, facts)
        standing = cards.in_chat(talk.work, talk.address, abouts) if isinstance(channel, Edits) else None
        if standing is not None:
            card = now.shown(talk, standing.about)
            told.append(_pointing(message, card, standing.ref))
            pressable.append(card)
        elif not message.about and abouts and isinstance(channel, Edits):
            told.append(_with_card(message, now.shown(talk, abouts[-1])))
        else:
            told.append(message)
    return told, [*pressable, *told]


def _abouts(work: Work, facts: dict[str, object]) -> list[str]:
    """Return what a notice is about: the draft of its piece, then its deal; nothing for other notices."""
    if not facts.get("deal_id"):
        return []
    deal = deals.get(work, UUID(str(facts["deal_id"])))
    drafts = [
        cards.draft(deal.id, piece.id, piece.draft_number)
        for piece in deal.deliverables
        if str(piece.id) == facts.get("deliverable_id")
    ]
    return [*drafts, cards.deal(deal.id)]


def _pointing(message: OutgoingMessage, card: OutgoingMessage, ref: str) -> OutgoingMessage:
    """Return a short message that points to a card: what the card binds to is pressed there alone."""
    if message.about:
        return OutgoingMessage(now.headline(message), language=message.language, points=ref)
    bound = _binding(card)
    own = [button for button in _buttons(message) if button.action not in bound]
    return replace(message, buttons=rows(own), points=ref)


def _with_card(message: OutgoingMessage, card: OutgoingMessage) -> OutgoingMessage:
    """Return a notice on the card of its thing, where both bind to the same; else the notice alone.

    What people write to each other, and what has files, stays a message: a card's words go when it is edited.
    """
    bound = _binding(card)
    if message.attachments or bound.isdisjoint(button.action for button in _buttons(message)):
        return message
    there = {button.action for button in _buttons(card)}
    own = [button for button in _buttons(message) if button.action not in there]
    return replace(card, text=f"{message.text}\n\n{card.text}", buttons=rows([*_buttons(card), *own]))


def _binding(card: OutgoingMessage) -> set[str]:
    """Return the actions of a card that bind somebody to what it shows."""
    found = ((button.action, tokens.read(button.action)) for button in _buttons(card))
    return {action for action, meant in found if isinstance(meant, Commanded) and meant.shown}


def _buttons(message: OutgoingMessage) -> list[Button]:
    return [button for row in message.buttons for button in row]


def replacing(work: Work, channel: Channel, to: Address, message: OutgoingMessage) -> OutgoingMessage:
    """Say on a card that it replaces the one before it, in an app that cannot edit that."""
    if not message.about or isinstance(channel, Edits) or not cards.how_many(work, to, message.about):
        return message
    return replace(message, text=f"{message.text}\n\n{say('card.replaces')}")


def redraw(house: House, promise: Promise) -> None:
    """Keep one `card.redraw` promise: edit the cards of a thing in all chats to how it stands now.

    Raises:
        ChannelUnavailable: when one of them is to be tried again; the others are edited all the same.
    """
    thing, sent_before = str(promise.payload["about"]), promise.payload.get("sent_before")
    with begin(house.database, SYSTEM) as work:
        shown = cards.of_thing(work, thing)
        _along(work, thing)
    newest: set[tuple[Address, str]] = set()
    trouble: ChannelUnavailable | None = None
    for card in shown:
        lives = (card.chat, card.about) not in newest
        newest.add((card.chat, card.about))
        anew = sent_before is not None and card.sent_at < datetime.fromisoformat(sent_before)
        try:
            _edit(house, card, f"{promise.id}:{card.seq}", lives=lives, anew=anew)
        except ChannelUnavailable as error:
            trouble = error
    if trouble is not None:
        raise trouble


def _along(work: Work, thing: str) -> None:
    """Have other cards redrawn too that show something of a thing.

    A campaign's card shows its deals and the credit there is, and every card of a brand's work what whoever
    looks may do.
    """
    kind, _, name = thing.partition(":")
    touched = list[str]()
    if kind == "deal":
        touched = [cards.campaign(deals.get(work, UUID(name)).campaign_id)]
    elif kind in {"workspace", "team"}:
        own = [campaign.id for campaign in campaigns.of_workspaces(work, [UUID(name)])]
        touched = [cards.campaign(campaign_id) for campaign_id in own]
        if kind == "team":
            touched += [cards.deal(deal.id) for deal in deals.of_workspaces(work, [UUID(name)])]
            touched += [cards.checkout(funding_id) for funding_id in funding.of_campaigns(work, own)]
    outbox.redraw(work, *(about for about in touched if cards.stands(work, about)))


def _edit(house: House, card: Shown, key: str, *, lives: bool, anew: bool) -> None:
    """Edit one card: the newest of its chat to how its thing stands, an older one to what is left of it."""
    channel = house.channels.get(card.chat.channel)
    if not isinstance(channel, Edits):
        if channel is not None and not lives:
            _fall(house, card)
        return
    with begin(house.database, SYSTEM) as work:
        reader = _reader(work, card.chat)
        if reader is None:
            cards.fall(work, card)
            return
        with speaking(reader.language, reader.timezone):
            message = now.shown(Talk(work, reader, card.chat, house.tools), card.about)
            if not lives:
                message = now.moved(message)
    if lives and not anew and message.version and message.version == card.version:
        return
    try:
        with speaking(message.language):
            channel.edit(card.chat, card.ref, message)
    except ChannelRefused as error:
        log.info("a card is not edited", channel=card.chat.channel, reason=str(error))
        _fall(house, card)
        if lives and isinstance(error, CardGone) and _buttons(message):
            _send_anew(house, channel, reader, card.chat, message, key)
        return
    with begin(house.database, SYSTEM) as work:
        if lives and message.version:
            cards.drawn(work, card, message.version)
        else:
            cards.fall(work, card)


def _fall(house: House, card: Shown) -> None:
    with begin(house.database, SYSTEM) as work:
        cards.fall(work, card)


def _send_anew(
    house: House, channel: Channel, reader: PersonView, to: Address, message: OutgoingMessage, key: str
) -> None:
    """Send a card in the place of one that is gone."""
    with speaking(message.language):
        receipt = channel.send(to, message, key)
    note_unless_gone(house, reader.id, to, message, key, receipt)


def note_unless_gone(
    house: House, person_id: UUID, to: Address, message: OutgoingMessage, key: str, receipt: Receipt | None
) -> None:
    """Do as `note`, but nothing of somebody who was forgotten while it was sent."""
    with begin(house.database, SYSTEM) as work:
        people.lock(work, person_id)
        if not people.person_of(work, person_id).erased:
            note(work, to, message, key, receipt)


def _reader(work: Work, chat: Address) -> PersonView | None:
    """Return for whom a chat's cards are drawn: its person, or the one who reads for a team's channel."""
    person = chats.behind(work, chat.channel, chat.chat_id)
    if person is not None:
        return person
    reader = team_channels.reader(work, chat)
    return people.person_of(work, reader) if reader else None
