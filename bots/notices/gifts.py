"""Notices about a gift that is sent: its address, its way, its arrival. None has the address in it."""

from bots.cards import gifts
from bots.conversation.card import card, press
from bots.notices.telling import Render, Telling, deal_of
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from core.deals import parcels
from core.messaging.messages import OutgoingMessage


def _facts(t: Telling) -> dict[str, object]:
    s, deal = t.scene, deal_of(t)
    return {
        "name": s.creator.name,
        "brand": s.brand.name,
        "title": s.title,
        "goods": s.brief.goods,
        "until": moment(deal.answer_by),
        "due": moment(deal.deliverables[0].draft_due_at),
    }


def _address_wanted(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.address_wanted", **_facts(t)), gifts.steps(deal_of(t)))]


def _to_send(t: Telling) -> list[OutgoingMessage]:
    return _asks_brand(t, "notice.gift_to_send")


def _not_arrived(t: Telling) -> list[OutgoingMessage]:
    return _asks_brand(t, "notice.gift_not_arrived")


def _asks_brand(t: Telling, key: str) -> list[OutgoingMessage]:
    deal = deal_of(t)
    buttons = t.allowed(
        press(say("parcel.send"), "send_gift", deal.id, deal.mark),
        press(say("parcel.show"), "parcel", deal.id),
        press(say("parcel.call_off"), "call_off", deal.id, deal.mark),
    )
    return [card(say(key, **_facts(t)), buttons)]


def _sent(t: Telling) -> list[OutgoingMessage]:
    deal = deal_of(t)
    parcel = parcels.of_deal(t.work, deal.id)
    link = parcel.tracking if parcel else ""
    facts = {**_facts(t), "tracking": say("notice.gift_tracking", tracking=link) if link else ""}
    return [card(say("notice.gift_sent", **facts), gifts.steps(deal))]


def _arrived(t: Telling) -> list[OutgoingMessage]:
    if t.facts["step"] == "gift_arrived":
        return [card(say("notice.gift_arrived_brand", **_facts(t)))]
    return [card(say(f"notice.gift_taken_{'brand' if t.to_brand else 'creator'}", **_facts(t)))]


def _ended(t: Telling) -> list[OutgoingMessage]:
    why = {"no_address": "gift_no_address", "not_sent": "gift_not_sent"}[t.facts["step"]]
    return [card(say(f"notice.{why}{'' if t.to_brand else '_own'}", **_facts(t)))]


RENDERERS: dict[str, Render] = {
    "address_wanted": _address_wanted,
    "gift_to_send": _to_send,
    "gift_sent": _sent,
    "gift_arrived": _arrived,
    "gift_not_arrived": _not_arrived,
    "gift_ended": _ended,
}
