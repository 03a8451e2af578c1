"""Notices about a deal: offers, agreements, endings, disputes, reviews."""

from uuid import UUID

from bots.cards import briefs as brief_cards
from bots.cards import deals as deal_cards
from bots.cards import gifts, words
from bots.cards import messages as message_cards
from bots.cards import offers as offer_cards
from bots.conversation.card import card, press
from bots.notices.telling import Render, Telling, deal_of
from bots.phrases.amounts import moment, money, until
from bots.phrases.sentences import say
from core.deals import messages
from core.deals import views as deals
from core.deals.states import DealState, DeliverableState
from core.kit.money import Money
from core.kit.process import Party
from core.messaging.messages import Button, OutgoingMessage
from core.trust import service as trust

KEPT = frozenset({DeliverableState.COMPLETED})
CANCELLED = frozenset({DeliverableState.CANCELLED})
"""How all pieces of a deal ended."""


def _offer(t: Telling) -> list[OutgoingMessage]:
    return [offer_cards.offer(t.work, t.tools, deal_of(t))]


def _application(t: Telling) -> list[OutgoingMessage]:
    return [deal_cards.application(t.own, deal_of(t))]


def _counter(t: Telling) -> list[OutgoingMessage]:
    deal, s = deal_of(t), t.scene
    if t.to_brand:
        if deal.turn is not Party.BRAND:
            return []
        return [deal_cards.counter_for_brand(t.own, deal, t.facts["price_before_minor"])]
    text = say(
        "notice.counter_creator",
        brand=s.brand.name,
        price=money(deal.price),
        what=words.what(deal),
        title=s.title,
        net=s.net,
        before=gifts.pay(Money(t.facts["price_before_minor"], deal.price.currency), s.brief),
        note="",
        left=until(deal.answer_by, t.work.now),
    )
    buttons = [
        press(say("offer.accept"), "accept", deal.id, deal.mark),
        press(say("offer.counter"), "counter", deal.id, deal.mark),
        press(say("offer.decline"), "decline", deal.id, deal.mark),
    ]
    return [card(text, buttons if deal.turn is Party.CREATOR else ())]


def _brief_changed(t: Telling) -> list[OutgoingMessage]:
    deal, s = deal_of(t), t.scene
    before = deals.brief_of(t.work, deal.campaign_id, t.facts["brief_before"])
    lines = brief_cards.changes(before, s.brief)
    text = say("notice.brief_changed", brand=s.brand.name, title=s.title, changes="\n".join(lines))
    offered = deal.state is DealState.OFFERED and deal.turn is Party.CREATOR
    return [card(text), *([offer_cards.offer(t.work, t.tools, deal)] if offered else [])]


def _brief_asked(t: Telling) -> list[OutgoingMessage]:
    deal, s = deal_of(t), t.scene
    if deal.brief_asked is None:
        return []
    asked = deals.brief_of(t.work, deal.campaign_id, deal.brief_asked)
    lines = [*brief_cards.changes(s.brief, asked), *brief_cards.amended(deal, asked, s.brief)]
    text = say(
        "notice.brief_asked",
        brand=s.brand.name,
        title=s.title,
        hours=deal.terms.accept_hours,
        changes="\n".join(lines),
    )
    return [card(text, brief_cards.answers(deal))]


def _brief_agreed(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.brief_agreed", name=t.scene.creator.name, title=t.title))]


def _brief_refused(t: Telling) -> list[OutgoingMessage]:
    if not t.to_brand:
        return [card(say("notice.brief_silent_creator", title=t.title))]
    key = "brief_silent" if t.facts["by"] == Party.CLOCK else "brief_refused"
    return [card(say(f"notice.{key}", name=t.scene.creator.name, title=t.title))]


def _agreed(t: Telling) -> list[OutgoingMessage]:
    deal, s = deal_of(t), t.scene
    due = moment(deal.deliverables[0].draft_due_at)
    if s.waits:
        due = say("due.after_arrival", days=deal.terms.draft_days)
    if t.to_brand:
        key = "notice.gift_waits_brand" if s.waits else "notice.deal_agreed_brand"
        return [card(say(key, name=s.creator.name, price=s.pay, title=s.title, due=due))]
    pay = {"price": money(deal.price), "net": s.net, "gift": s.pay}
    text = say(t.key("agreed_creator"), title=s.title, due=due, **pay)
    if s.waits:
        return [card(text, gifts.steps(deal))]
    buttons = [
        press(say("button.hand_in", what=words.piece_name(deal, piece)), "draft", piece.id, piece.mark)
        for piece in deal.deliverables
    ]
    return [card(text, buttons)]


def _declined(t: Telling) -> list[OutgoingMessage]:
    text = say("notice.deal_declined", who=t.who, title=t.title, reason=t.reason)
    return [card(text, _find_another(t))]


def _find_another(t: Telling) -> list[Button]:
    """Return the button that proposes somebody in the place of who said no, where somebody else did."""
    if not t.to_brand or t.facts.get("by") == Party.BRAND:
        return []
    return t.allowed(press(say("notice.find_another"), "another", deal_of(t).campaign_id))


def _withdrawn(t: Telling) -> list[OutgoingMessage]:
    text = say("notice.deal_withdrawn", who=t.who, title=t.title, reason=t.reason)
    return [card(text, _find_another(t))]


def _expired(t: Telling) -> list[OutgoingMessage]:
    if not t.to_brand:
        return [card(say("notice.deal_expired_creator", title=t.title))]
    text = say(
        t.key("expired_brand"),
        name=t.scene.creator.name,
        title=t.title,
        price=money(deal_of(t).price),
    )
    return [card(text, _find_another(t))]


def _cancel_requested(t: Telling) -> list[OutgoingMessage]:
    deal = deal_of(t)
    text = say(
        "notice.cancel_requested",
        who=t.who,
        title=t.title,
        reason=t.facts.get("reason", ""),
        until=moment(deal.answer_by),
    )
    buttons = t.allowed(
        press(say("notice.cancel_yes"), "cancel_yes", deal.id, deal.mark),
        press(say("notice.cancel_no"), "cancel_no", deal.id, deal.mark),
    )
    return [card(text, buttons)]


def _cancel_refused(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.cancel_refused", who=t.who, title=t.title))]


def _cancelled(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.deal_cancelled", other=t.other, title=t.title, reason=t.reason))]


def _completed(t: Telling) -> list[OutgoingMessage]:
    s = t.scene
    ends = {piece.state for piece in deal_of(t).deliverables}
    if t.to_brand:
        how = {KEPT: "completed", CANCELLED: "cancelled"}.get(frozenset(ends), "ended")
        text = say(f"notice.deal_{how}_brand", name=s.creator.name, title=s.title)
        return [card(text, [*t.review(), *(_find_another(t) if how == "cancelled" else ())])]
    if ends == CANCELLED:
        return [card(say("notice.deal_cancelled_creator", title=s.title), t.review())]
    return [card(say("notice.deal_completed_creator", brand=s.brand.name, title=s.title), t.review())]


def _dispute_opened(t: Telling) -> list[OutgoingMessage]:
    text = say(
        t.key("dispute_opened"),
        who=t.who,
        title=t.title,
        reason=t.facts.get("reason", ""),
        frozen=t.amount("frozen_minor"),
        n=deal_of(t).terms.dispute_business_days,
    )
    deal = deal_of(t)
    return [card(text, t.allowed(press(say("notice.dispute_answer"), "dispute_answer", deal.id, deal.mark)))]


def _dispute_answered(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.dispute_answered", who=t.who, title=t.title))]


def _dispute_unanswered(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.dispute_unanswered", title=t.title))]


def _dispute_resolved(t: Telling) -> list[OutgoingMessage]:
    reason = t.facts.get("reason", "")
    if t.facts["step"] == "resolve_resume":
        return [card(say(t.key("dispute_resumed"), title=t.title, reason=reason))]
    text = say(
        t.key("dispute_closed"),
        title=t.title,
        creator_amount=t.received("creator_minor"),
        name=t.scene.creator.name,
        returned=t.amount("returned_minor"),
        reason=reason,
    )
    return [card(text, t.review())]


def _frozen(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.deal_frozen", title=t.title, reason=t.reason))]


def _unfrozen(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.deal_unfrozen", title=t.title, reason=t.reason))]


def _reviews_visible(t: Telling) -> list[OutgoingMessage]:
    s = t.scene
    names = {"brand": s.brand.name, "creator": s.creator.name}
    lines = "\n".join(
        f"• {names[review.by]}: {words.STARS[review.stars]} {review.text}"
        for review in trust.reviews_of(t.work, deal_of(t).id)
    )
    return [card(say("notice.reviews_visible", title=t.title, lines=lines))]


def _unreachable(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.creator_unreachable", name=t.scene.creator.name, title=t.scene.title))]


def _message(t: Telling) -> list[OutgoingMessage]:
    written = messages.told(t.work, UUID(t.facts["message_id"]))
    return [message_cards.message(t.work, t.scene, written)] if written else []


RENDERERS: dict[str, Render] = {
    "deal_message": _message,
    "offer_received": _offer,
    "application_received": _application,
    "counter_received": _counter,
    "brief_changed": _brief_changed,
    "brief_asked": _brief_asked,
    "brief_agreed": _brief_agreed,
    "brief_refused": _brief_refused,
    "deal_agreed": _agreed,
    "deal_declined": _declined,
    "deal_withdrawn": _withdrawn,
    "deal_expired": _expired,
    "cancel_requested": _cancel_requested,
    "cancel_refused": _cancel_refused,
    "deal_cancelled": _cancelled,
    "deal_completed": _completed,
    "dispute_opened": _dispute_opened,
    "dispute_answered": _dispute_answered,
    "dispute_unanswered": _dispute_unanswered,
    "dispute_resolved": _dispute_resolved,
    "deal_frozen": _frozen,
    "deal_unfrozen": _unfrozen,
    "reviews_visible": _reviews_visible,
    "creator_unreachable": _unreachable,
}
