"""Notices about money: paid in, given back, paid out."""

from collections.abc import Callable
from uuid import UUID

from bots.cards import campaigns as campaign_cards
from bots.cards import gifts, payments
from bots.conversation.card import card, press
from bots.notices.telling import Render, Telling
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.campaigns import shortlist
from core.deals import views as deals
from core.deals.states import DealState
from core.kit.money import Money
from core.messaging.messages import OutgoingMessage


def _checkout_ready(t: Telling) -> list[OutgoingMessage]:
    return [payments.checkout(t.work, t.tools, UUID(t.facts["funding_id"]))]


def _funding_failed(t: Telling) -> list[OutgoingMessage]:
    text = say("notice.funding_failed", title=t.title, reason=t.facts.get("reason", "–"))
    amount = Money(int(t.facts.get("amount_minor", 0)), t.campaign.currency)
    label = say("notice.try_again", amount=money(amount))
    return [card(text, [campaign_cards.fund(t.work, t.campaign, label, amount)] if amount else ())]


def _campaign_funded(t: Telling) -> list[OutgoingMessage]:
    text = say("notice.campaign_funded", title=t.title, amount=t.amount("amount_minor"))
    out = deals.counts(t.work, [t.campaign.id])[t.campaign.id].get(DealState.OFFERED, 0)
    waiting = len(shortlist.chosen(t.work, t.campaign))
    lines = [
        text,
        *([say("notice.offers_out", count=out)] if out else []),
        *([say("notice.offers_wait", count=waiting)] if waiting else []),
    ]
    return [card(" ".join(lines), [press(say("campaign.creators_button"), "shortlist", t.campaign.id)])]


def _campaign_money(key: str) -> Callable[[Telling], list[OutgoingMessage]]:
    def tell(t: Telling) -> list[OutgoingMessage]:
        facts = {"amount": t.amount("amount_minor"), "title": t.title, "play": t.play}
        return [card(say(f"notice.{key}", reason=t.facts.get("reason", ""), **facts))]

    return tell


def _campaign_closed(t: Telling) -> list[OutgoingMessage]:
    is_gift = gifts.without_money(t.work, t.campaign)
    return _campaign_money("gift_campaign_closed" if is_gift else "campaign_closed")(t)


def _payee_refused(t: Telling) -> list[OutgoingMessage]:
    label, reason = t.facts["label"], t.facts.get("reason", "")
    return [
        card(say("notice.payee_refused", label=label, reason=reason), [press(say("button.payout"), "payout")])
    ]


def _payee_changed(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.payee_changed", label=t.facts["label"]))]


def _payout(key: str) -> Callable[[Telling], list[OutgoingMessage]]:
    def tell(t: Telling) -> list[OutgoingMessage]:
        reason = t.facts.get("reason", "")
        return [card(say(f"notice.{key}", amount=t.amount("amount_minor"), reason=reason, play=t.play))]

    return tell


RENDERERS: dict[str, Render] = {
    "checkout_ready": _checkout_ready,
    "funding_failed": _funding_failed,
    "campaign_funded": _campaign_funded,
    "refund_sent": _campaign_money("refund_sent"),
    "refund_refused": _campaign_money("refund_refused"),
    "refund_waits": _campaign_money("refund_waits"),
    "credit_kept": _campaign_money("credit_kept"),
    "campaign_closed": _campaign_closed,
    "chargeback_opened": _campaign_money("chargeback_opened"),
    "chargeback_won": _campaign_money("chargeback_won"),
    "chargeback_lost": _campaign_money("chargeback_lost"),
    "payee_refused": _payee_refused,
    "payee_changed": _payee_changed,
    "payout_sent": _payout("payout_sent"),
    "payout_refused": _payout("payout_refused"),
    "payout_returned": _payout("payout_returned"),
}
