"""Tells people what they did not ask for, in their chats, at their hours, and what is alike as one."""

from collections.abc import Callable
from itertools import takewhile
from typing import Any
from uuid import UUID

import structlog

from bots.conversation import turn
from bots.conversation.dialogue import Talk
from bots.doors import delivery, living
from bots.doors.channel import ChannelRefused, ChannelUnavailable, PersonMustWrite
from bots.doors.house import House
from bots.notices import book as notices
from bots.notices import team_channels
from bots.phrases.languages import speaking
from core.accounts import chats, people
from core.campaigns import service as campaigns
from core.conversations import service as conversations
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.work import Work, begin
from core.messaging import held, outbox
from core.messaging.held import News
from core.messaging.messages import Address, OutgoingMessage, Promise

ALONG_MAX = 20
log = structlog.get_logger(__name__)


class PersonSleeps(ChannelUnavailable):
    """The person wants no notices at this hour."""


def tell(house: House, promise: Promise) -> Callable[[Work], None]:
    """Keep one `notice.tell` promise: find the words, then the person, then send. The caller settles.

    What is alike and waits right behind it is told with it, and settled by what is returned.

    Raises:
        PersonSleeps: in the person's quiet hours; the notice is to be told when they are over.
    """
    payload = promise.payload
    person_id, facts = UUID(payload["person_id"]), payload["facts"]
    with begin(house.database, SYSTEM) as work:
        place = team_channels.of_notice(work, person_id, facts, house.channels)
        if place is team_channels.TOLD_BY_ANOTHER:
            return delivery.keep_nothing
        named = facts.get("chat")  # what touches an account is told in each chat, at any hour
        if named is not None and named[0] not in house.channels:
            log.info("nobody can be told there", channel=named[0], notice=payload["notice"])
            return delivery.keep_nothing
        quiet = people.quiet_for(work, person_id, wall_now())
        if quiet and place is None and named is None:
            raise PersonSleeps("quiet hours", quiet.total_seconds())
        address = place or (Address(*named) if named else chats.address_of(work, person_id, house.channels))
        if address is None:
            log.info("nobody to tell", notice=payload["notice"], person=str(person_id))
            return delivery.keep_nothing
        to = Address(address.channel, address.chat_id)
        along = _alike(work, promise)
        told = [(one.payload["notice"], one.payload["facts"]) for one in (promise, *along)]
        reader = {} if place is not None else {"reader": str(person_id)}
        told = [(notice, facts | reader) for notice, facts in told]
        messages = _in_words(work, house, person_id, to, told)
    try:
        for number, message in enumerate(messages):
            key = f"{promise.id}:{number}"
            receipt = delivery.send_once(house, promise, to, message, key)
            living.note_unless_gone(house, person_id, to, message, key, receipt)
    except PersonMustWrite:
        with begin(house.database, SYSTEM) as work:
            for one in (promise, *along):
                news = News(person_id, one.payload["notice"], one.payload["facts"])
                words = messages[0].text
                held.keep_news(work, str(one.id), to, news, notices.kind(news.notice), words)
    except ChannelRefused as error:
        if place is None:
            delivery.note_refusal(house, to, error)
            return lambda work: outbox.done_along(work, *along)
        log.warning("a channel takes no news", reason=str(error))
        with begin(house.database, SYSTEM) as work:
            campaigns.leave(work, UUID(facts["campaign_id"]))
        return tell(house, promise)
    return lambda work: outbox.done_along(work, *along)


def _alike(work: Work, promise: Promise) -> list[Promise]:
    """Return the promises right behind one that are told with it."""
    first = promise.payload
    if first["notice"] not in notices.REMINDERS | notices.OF_EACH_PIECE:
        return []
    one = (first["notice"], first["facts"])

    def alike(other: Promise) -> bool:
        said = other.payload
        return other.kind == promise.kind and notices.are_alike(one, (said["notice"], said["facts"]))

    return list(takewhile(alike, outbox.following(work, promise, ALONG_MAX)))


def _in_words(
    work: Work, house: House, person_id: UUID, to: Address, told: list[tuple[str, dict[str, Any]]]
) -> list[OutgoingMessage]:
    """Return notices as messages for one chat, beside the cards that stand there."""
    person = people.person_of(work, person_id)
    with speaking(person.language, person.timezone):
        messages, facts = notices.render_along(work, house.tools, told)
        talk = Talk(work, person, to, house.tools)
        messages, pressable = living.fitted(talk, house.channels.get(to.channel), facts, messages)
    conversations.offer(work, to, turn.offers(pressable))
    return messages
