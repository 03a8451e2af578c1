"""The words of what the marketplace tells people by itself, found when they are told.

A notice is a name and facts; the card shows how things stand now, not how they stood when it was promised.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.card import card, link, press
from bots.cards.deals import Scene
from bots.cards.summary import summary
from bots.conversation.dialogue import Tools
from bots.phrases.amounts import moment, money, until
from bots.phrases.sentences import say
from core.campaigns import service as campaigns
from core.deals import service as deals
from core.deals.schemas import DealView, DeliverableView
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.kit.remarks import Remark
from core.kit.work import Work
from core.messaging.messages import Button, OutgoingMessage
from core.payments import service as payments
from core.trust import service as trust

Facts = dict[str, Any]
REJECTIONS_FOR_OPERATOR = 3


class Telling:
    """One notice being put into words for one person."""

    def __init__(self, work: Work, tools: Tools, facts: Facts) -> None:
        """Read the deal, where the notice is about one."""
        self.work, self.tools, self.facts = work, tools, facts
        self.deal: DealView | None = None
        self.piece: DeliverableView | None = None
        if facts.get("deal_id"):
            self.deal = deals.get(work, UUID(facts["deal_id"]))
            wanted = facts.get("deliverable_id")
            self.piece = next((d for d in self.deal.deliverables if str(d.id) == wanted), None)

    @property
    def scene(self) -> Scene:
        """Return the deal with everything around it."""
        if self.deal is None:
            raise KeyError("deal_id")
        return deal_cards.scene(self.work, self.deal)

    @property
    def to_brand(self) -> bool:
        """Tell whether the brand's side is told."""
        return bool(self.facts.get("to") == Party.BRAND)

    @property
    def title(self) -> str:
        """Return the campaign's title."""
        return campaigns.get(self.work, UUID(self.facts["campaign_id"])).title

    @property
    def who(self) -> str:
        """Return the name of the side that took the step."""
        s = self.scene
        return s.creator.name if self.facts.get("by") == Party.CREATOR else s.brand.name

    @property
    def other(self) -> str:
        """Return the name of the side that is not told."""
        s = self.scene
        return s.creator.name if self.to_brand else s.brand.name

    @property
    def what(self) -> str:
        """Return the piece's name."""
        if self.deal is None or self.piece is None:
            return say("notice.some_work")
        return words.piece_name(self.deal, self.piece)

    @property
    def play(self) -> str:
        """Return the label of play money."""
        return deal_cards.play(self.tools)

    @property
    def reason(self) -> str:
        """Return the reason with quotes, empty without one."""
        text = str(self.facts.get("reason") or "")
        return say("notice.reason", reason=text) if text else ""

    def amount(self, name: str) -> str:
        """Return an amount among the facts, in words."""
        currency = self.facts.get("currency") or (self.deal.price.currency if self.deal else "USD")
        return money(Money(int(self.facts.get(name, 0)), Currency(currency)))

    def review(self) -> list[Button]:
        """Return the button that opens a review."""
        return [press(say("notice.review"), "review", self.facts["deal_id"])]


def render(work: Work, tools: Tools, notice: str, facts: Facts) -> list[OutgoingMessage]:
    """Return a notice as messages. Raises KeyError for a name without words, which a test rules out."""
    return RENDERERS[notice](Telling(work, tools, facts))


def _offer(t: Telling) -> list[OutgoingMessage]:
    return [deal_cards.offer(t.work, t.tools, _deal(t))]


def _application(t: Telling) -> list[OutgoingMessage]:
    return [deal_cards.application(t.work, _deal(t))]


def _counter(t: Telling) -> list[OutgoingMessage]:
    deal, s = _deal(t), t.scene
    if t.to_brand:
        if deal.turn is not Party.BRAND:
            return []
        return [deal_cards.counter_for_brand(t.work, deal, t.facts["price_before_minor"])]
    text = say(
        "notice.counter_creator",
        brand=s.brand.name,
        price=money(deal.price),
        what=words.what(deal),
        title=s.title,
        net=s.net,
        before=t.amount("price_before_minor"),
        note="",
        left=until(deal.answer_by, t.work.now),
    )
    buttons = [
        press(say("offer.accept"), "accept", deal.id),
        press(say("offer.counter"), "counter", deal.id),
        press(say("offer.decline"), "decline", deal.id),
    ]
    return [card(text, buttons if deal.turn is Party.CREATOR else ())]


def _agreed(t: Telling) -> list[OutgoingMessage]:
    deal, s = _deal(t), t.scene
    due = deal.deliverables[0].draft_due_at
    shown = moment(due)
    if t.to_brand:
        text = say(
            "notice.deal_agreed_brand",
            name=s.creator.name,
            price=money(deal.price),
            title=s.title,
            due=shown,
        )
        return [card(text)]
    text = say("notice.deal_agreed_creator", title=s.title, price=money(deal.price), net=s.net, due=shown)
    buttons = [
        press(say("button.hand_in", what=words.piece_name(deal, piece)), "draft", piece.id)
        for piece in deal.deliverables
    ]
    return [card(text, buttons)]


def _declined(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.deal_declined", who=t.who, title=t.title, reason=t.reason))]


def _withdrawn(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.deal_withdrawn", who=t.who, title=t.title, reason=t.reason))]


def _expired(t: Telling) -> list[OutgoingMessage]:
    if not t.to_brand:
        return [card(say("notice.deal_expired_creator", title=t.title))]
    text = say(
        "notice.deal_expired_brand",
        name=t.scene.creator.name,
        title=t.title,
        price=money(_deal(t).price),
    )
    again = [press(say("match.choose"), "shortlist", t.facts["campaign_id"])]
    return [card(text, again)]


def _cancel_requested(t: Telling) -> list[OutgoingMessage]:
    deal = _deal(t)
    text = say(
        "notice.cancel_requested",
        who=t.who,
        title=t.title,
        reason=t.facts.get("reason", ""),
        until=moment(deal.answer_by),
    )
    buttons = [
        press(say("notice.cancel_yes"), "cancel_yes", deal.id),
        press(say("notice.cancel_no"), "cancel_no", deal.id),
    ]
    return [card(text, buttons)]


def _cancel_refused(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.cancel_refused", who=t.who, title=t.title))]


def _cancelled(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.deal_cancelled", other=t.other, title=t.title, reason=t.reason))]


def _completed(t: Telling) -> list[OutgoingMessage]:
    s = t.scene
    if t.to_brand:
        text = say("notice.deal_completed_brand", name=s.creator.name, title=s.title)
    else:
        text = say("notice.deal_completed_creator", brand=s.brand.name, title=s.title)
    return [card(text, t.review())]


def _dispute_opened(t: Telling) -> list[OutgoingMessage]:
    text = say(
        "notice.dispute_opened",
        who=t.who,
        title=t.title,
        reason=t.facts.get("reason", ""),
        frozen=t.amount("frozen_minor"),
    )
    return [card(text, [press(say("notice.dispute_answer"), "dispute_answer", t.facts["deal_id"])])]


def _dispute_answered(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.dispute_answered", who=t.who, title=t.title))]


def _dispute_unanswered(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.dispute_unanswered", title=t.title))]


def _dispute_resolved(t: Telling) -> list[OutgoingMessage]:
    reason = t.facts.get("reason", "")
    if t.facts["step"] == "resolve_resume":
        return [card(say("notice.dispute_resumed", title=t.title, reason=reason))]
    text = say(
        "notice.dispute_closed",
        title=t.title,
        creator_amount=t.amount("creator_minor"),
        name=t.scene.creator.name,
        returned=t.amount("returned_minor"),
        reason=reason,
    )
    return [card(text, t.review())]


def _draft_to_review(t: Telling) -> list[OutgoingMessage]:
    return [deal_cards.draft(t.work, _deal(t), _piece(t))]


def _changes_requested(t: Telling) -> list[OutgoingMessage]:
    piece = _piece(t)
    text = say(
        "notice.changes_requested",
        brand=t.scene.brand.name,
        what=t.what,
        title=t.title,
        reason=piece.change_request,
        due=moment(piece.draft_due_at),
        round=piece.rounds,
        rounds=_deal(t).terms.revisions,
    )
    return [card(text, [press(say("piece.submit_draft"), "draft", piece.id)])]


def _draft_approved(t: Telling) -> list[OutgoingMessage]:
    if t.to_brand:
        name = t.scene.creator.name
        return [card(say("notice.draft_approved_brand", name=name, what=t.what, title=t.title))]
    silent = bool(t.facts.get("by_silence"))
    return [deal_cards.publish(t.work, t.tools, _deal(t), _piece(t), silent=silent)]


def _being_checked(t: Telling) -> list[OutgoingMessage]:
    del t
    return [card(say("notice.post_being_checked"))]


def _withheld(t: Telling) -> str:
    if not t.facts.get("withheld_minor"):
        return ""
    return say("notice.withheld", amount=t.amount("withheld_minor"))


def _post_live(t: Telling) -> list[OutgoingMessage]:
    deal, piece = _deal(t), _piece(t)
    if t.to_brand:
        text = say(
            "notice.post_live_brand",
            name=t.scene.creator.name,
            what=t.what,
            title=t.title,
            url=piece.post_url,
            gross=t.amount("gross_minor"),
            net=t.amount("net_minor"),
            days=deal.terms.retention_days,
        )
        return [card(text, deal_cards.post_link(piece))]
    kept_until = piece.live_at + timedelta(days=deal.terms.retention_days) if piece.live_at else None
    text = say(
        "notice.post_live_creator",
        what=t.what,
        gross=t.amount("gross_minor"),
        commission=t.amount("commission_minor"),
        withheld=_withheld(t),
        net=t.amount("net_minor"),
        delay=deal.terms.security_delay_days,
        until=moment(kept_until),
    )
    if payments.payee_of(t.work, deal.creator_id) is None:
        return [card(f"{text}\n\n{say('money.no_payee')}", [press(say("button.payout"), "payout")])]
    return [card(text)]


def _post_rejected(t: Telling) -> list[OutgoingMessage]:
    reasons = "\n".join(f"• {words.remark(Remark.from_json(r))}" for r in t.facts.get("reasons", []))
    text = say("notice.post_rejected", reasons=reasons)
    if t.facts.get("failures", 0) >= REJECTIONS_FOR_OPERATOR:
        text += say("notice.post_rejected_operator")
    return [card(text, [press(say("piece.submit_post"), "post", _piece(t).id)])]


def _post_missing(t: Telling) -> list[OutgoingMessage]:
    hours = _deal(t).terms.restore_hours
    if t.to_brand:
        name = t.scene.creator.name
        key = "notice.post_missing_brand"
        return [card(say(key, name=name, what=t.what, title=t.title, hours=hours))]
    return [card(say("notice.post_missing_creator", what=t.what, title=t.title, hours=hours))]


def _post_restored(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.post_restored", what=t.what, title=t.title))]


def _post_lapsed(t: Telling) -> list[OutgoingMessage]:
    facts = {"kept": t.amount("kept_minor"), "returned": t.amount("returned_minor")}
    if t.to_brand:
        name = t.scene.creator.name
        return [card(say("notice.post_lapsed_brand", name=name, what=t.what, title=t.title, **facts))]
    return [card(say("notice.post_lapsed_creator", what=t.what, title=t.title, **facts))]


def _piece_completed(t: Telling) -> list[OutgoingMessage]:
    if t.to_brand:
        name, gross = t.scene.creator.name, t.amount("gross_minor")
        return [card(say("notice.deliverable_completed_brand", name=name, what=t.what, gross=gross))]
    text = say(
        "notice.deliverable_completed_creator",
        what=t.what.capitalize(),
        title=t.title,
        gross=t.amount("gross_minor"),
        commission=t.amount("commission_minor"),
        withheld=_withheld(t),
        net=t.amount("net_minor"),
    )
    return [card(text)]


def _overdue(t: Telling) -> list[OutgoingMessage]:
    piece, s = _piece(t), t.scene
    if not t.to_brand:
        text = say("notice.overdue_creator", what=t.what.capitalize(), title=s.title, brand=s.brand.name)
        return [card(text)]
    text = say(
        "notice.overdue_brand",
        name=s.creator.name,
        what=t.what,
        title=s.title,
        held=money(piece.price - piece.released),
    )
    buttons = [
        press(say("notice.extend"), "extend", piece.id),
        press(say("notice.cancel_piece"), "cancel_piece", piece.id),
    ]
    return [card(text, buttons)]


def _extended(t: Telling) -> list[OutgoingMessage]:
    piece = _piece(t)
    due = piece.draft_due_at if piece.state != "approved" else piece.post_due_at
    text = say(
        "notice.deadline_extended",
        brand=t.scene.brand.name,
        what=t.what,
        title=t.title,
        due=moment(due),
    )
    return [card(text)]


def _piece_cancelled(t: Telling) -> list[OutgoingMessage]:
    returned = t.amount("returned_minor")
    what = t.what.capitalize()
    return [card(say("notice.deliverable_cancelled", what=what, title=t.title, returned=returned))]


def _draft_due_soon(t: Telling) -> list[OutgoingMessage]:
    piece = _piece(t)
    left = until(piece.draft_due_at, t.work.now)
    button = press(say("piece.submit_draft"), "draft", piece.id)
    return [card(say("notice.due_soon_draft", what=t.what, title=t.title, left=left), [button])]


def _post_due_soon(t: Telling) -> list[OutgoingMessage]:
    piece = _piece(t)
    left = until(piece.post_due_at, t.work.now)
    button = press(say("piece.submit_post"), "post", piece.id)
    return [card(say("notice.due_soon_post", what=t.what, title=t.title, left=left), [button])]


def _reviews_visible(t: Telling) -> list[OutgoingMessage]:
    s = t.scene
    names = {"brand": s.brand.name, "creator": s.creator.name}
    lines = "\n".join(
        f"• {names[review.by]}: {words.STARS[review.stars]} {review.text}"
        for review in trust.reviews_of(t.work, _deal(t).id)
    )
    return [card(say("notice.reviews_visible", title=t.title, lines=lines))]


# --- money and the rest


def _checkout_ready(t: Telling) -> list[OutgoingMessage]:
    funding, url = payments.funding_of(t.work, UUID(t.facts["funding_id"]))
    text = say("notice.checkout_ready", amount=money(funding.by_card), title=t.title, play=t.play)
    buttons = [link(say("notice.pay_page"), url)]
    if t.tools.settings.payment_rail == "sandbox":
        buttons.insert(0, press(say("notice.pay_play"), "pay", t.facts["funding_id"]))
    return [card(text, buttons)]


def _funding_failed(t: Telling) -> list[OutgoingMessage]:
    text = say("notice.funding_failed", title=t.title, reason=t.facts.get("reason", "–"))
    return [card(text, [press(say("notice.try_again"), "fund", t.facts["campaign_id"])])]


def _campaign_funded(t: Telling) -> list[OutgoingMessage]:
    text = say("notice.campaign_funded", title=t.title, amount=t.amount("amount_minor"))
    return [card(text, [press(say("notice.send_offers"), "shortlist", t.facts["campaign_id"])])]


def _campaign_money(key: str) -> Callable[[Telling], list[OutgoingMessage]]:
    def tell(t: Telling) -> list[OutgoingMessage]:
        facts = {"amount": t.amount("amount_minor"), "title": t.title, "play": t.play}
        return [card(say(f"notice.{key}", reason=t.facts.get("reason", ""), **facts))]

    return tell


def _payee(t: Telling) -> list[OutgoingMessage]:
    key = "notice.payee_active" if t.facts["active"] else "notice.payee_refused"
    return [card(say(key, label=t.facts["label"], reason=t.facts.get("reason", "")))]


def _payout(key: str) -> Callable[[Telling], list[OutgoingMessage]]:
    def tell(t: Telling) -> list[OutgoingMessage]:
        reason = t.facts.get("reason", "")
        return [card(say(f"notice.{key}", amount=t.amount("amount_minor"), reason=reason, play=t.play))]

    return tell


def _website(t: Telling) -> list[OutgoingMessage]:
    key = "notice.website_found" if t.facts["found"] else "notice.website_missing"
    return [card(say(key, domain=t.facts["domain"], code=t.facts["code"]))]


def _answer(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.answer", text=t.facts["text"]))]


def _sandbox_posted(t: Telling) -> list[OutgoingMessage]:
    code = t.facts["url"].rstrip("/").rpartition("/")[2]
    argument = f"{UUID(t.facts['deliverable_id']).hex}.{code}"
    return [
        card(
            say("notice.sandbox_posted", url=t.facts["url"]),
            [press(say("notice.submit_this"), "post", argument)],
        )
    ]


def _unreachable(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.creator_unreachable", name=t.scene.creator.name, title=t.scene.title))]


def _summary(t: Telling) -> list[OutgoingMessage]:
    return summary(t.work, UUID(t.facts["person_id"]))


RENDERERS: dict[str, Callable[[Telling], list[OutgoingMessage]]] = {
    "offer_received": _offer,
    "application_received": _application,
    "counter_received": _counter,
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
    "draft_to_review": _draft_to_review,
    "changes_requested": _changes_requested,
    "draft_approved": _draft_approved,
    "post_being_checked": _being_checked,
    "post_live": _post_live,
    "post_rejected": _post_rejected,
    "post_missing": _post_missing,
    "post_restored": _post_restored,
    "post_lapsed": _post_lapsed,
    "deliverable_completed": _piece_completed,
    "deliverable_overdue": _overdue,
    "deadline_extended": _extended,
    "deliverable_cancelled": _piece_cancelled,
    "draft_due_soon": _draft_due_soon,
    "post_due_soon": _post_due_soon,
    "reviews_visible": _reviews_visible,
    "checkout_ready": _checkout_ready,
    "funding_failed": _funding_failed,
    "campaign_funded": _campaign_funded,
    "refund_sent": _campaign_money("refund_sent"),
    "refund_refused": _campaign_money("refund_refused"),
    "credit_kept": _campaign_money("credit_kept"),
    "campaign_closed": _campaign_money("campaign_closed"),
    "chargeback_opened": _campaign_money("chargeback_opened"),
    "chargeback_won": _campaign_money("chargeback_won"),
    "chargeback_lost": _campaign_money("chargeback_lost"),
    "payee_answered": _payee,
    "payout_sent": _payout("payout_sent"),
    "payout_refused": _payout("payout_refused"),
    "website_checked": _website,
    "answer": _answer,
    "sandbox_posted": _sandbox_posted,
    "creator_unreachable": _unreachable,
    "summary": _summary,
}


def _deal(t: Telling) -> DealView:
    if t.deal is None:
        raise KeyError("deal_id")
    return t.deal


def _piece(t: Telling) -> DeliverableView:
    if t.piece is None:
        raise KeyError("deliverable_id")
    return t.piece
