"""What both sides say about a deal: accept, propose, decline, cancel, dispute, review; and drafts."""

from datetime import timedelta
from typing import Any

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots, fixed
from bots.dialogues import answers
from bots.dialogues.workspace import own_workspaces
from bots.phrases.amounts import moment, money, percent
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.accounts.states import Permission
from core.deals import endings, offers, pieces
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView
from core.deals.states import DealState, DeliverableState
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.terms import service as conditions
from core.terms.schemas import Terms
from core.trust import service as trust

HISTORY_SHOWN = 25
ACTORS = {"person": "a party", "operator": "the marketplace", "clock": "the clock", "system": "the system"}


def _facts(talk: Talk, deal: DealView) -> dict[str, Any]:
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


def _piece_facts(talk: Talk, argument: str) -> tuple[DealView, DeliverableView, dict[str, Any]]:
    deal, piece = deals.get_by_piece(talk.work, answers.key(argument))
    facts = _facts(talk, deal)
    facts |= {"_piece": piece.id.hex, "_what": words.piece_name(deal, piece)}
    return deal, piece, facts


def _net(minor: int, slots: Slots) -> dict[str, str]:
    price = Money(minor, Currency(slots["_currency"]))
    terms = Terms(commission_bps=slots["_bps"])
    quote = conditions.quote(price, terms)
    return {
        "price": money(price),
        "commission": money(quote.commission),
        "net": money(quote.creator_gets),
        "rate": percent(slots["_bps"]),
    }


# --- accept, propose, decline


ACCEPT = Form(
    name="accept",
    fields=(),
    summary=lambda s: say(
        "accept.summary", title=s["_title"], what=s["_what"], due=s["_due"], **_pick_net(s)
    ),
    confirm=say("accept.confirm"),
)


def _pick_net(slots: Slots) -> dict[str, str]:
    parts = _net(slots["_price"], slots)
    parts.pop("rate")
    return parts


def ask_accept(talk: Talk, argument: str) -> Answer:
    """Show a creator what their yes means; a brand's yes to a shown price is enough."""
    deal = deals.get(talk.work, answers.key(argument))
    if deals.side_of(talk.work, deal) is Party.BRAND and deal.turn is Party.BRAND:
        agreed = offers.accept(talk.work, deal.id)
        name = deal_cards.other_name(talk, agreed)
        return [card(say("accept.brand_done", name=name, price=money(agreed.price)))]
    due = talk.work.now + timedelta(days=deal.terms.draft_days)
    return [Open("accept", {**_facts(talk, deal), "_due": moment(due)})]


def accept(talk: Talk, slots: Slots, key: str) -> Answer:
    """Agree, and offer to hand in the first draft."""
    del key
    deal = offers.accept(talk.work, answers.key(slots["_deal"]))
    due = deal.deliverables[0].draft_due_at
    buttons = [
        press(say("button.hand_in", what=words.piece_name(deal, piece)), "draft", piece.id)
        for piece in deal.deliverables
    ]
    return [card(say("accept.done", due=moment(due)), buttons)]


def _counter_summary(slots: Slots) -> str:
    parts = _net(slots["price"], slots)
    if slots["_side"] == Party.CREATOR:
        return say("counter.summary_creator", what=slots["_what"], note="", hours=slots["_hours"], **parts)
    return say(
        "counter.summary_brand",
        what=slots["_what"],
        note="",
        name=slots["_other"],
        price=parts["price"],
    )


COUNTER = Form(
    name="counter",
    title=say("counter.counter"),
    fields=(
        Field(
            "price",
            Kind.TEXT,
            lambda s: say(
                "counter.ask",
                what=s["_what"],
                price=answers.show_money(s["_price"], s["_currency"]),
            ),
            "Price",
            parse=answers.amount("campaign.budget_hint"),
        ),
    ),
    summary=_counter_summary,
    confirm=say("counter.confirm"),
)


def ask_counter(talk: Talk, argument: str) -> Answer:
    """Ask for another price."""
    return [Open("counter", _facts(talk, deals.get(talk.work, answers.key(argument))))]


def counter(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the proposal."""
    del key
    price = Money(slots["price"], Currency(slots["_currency"]))
    deal = offers.counter(talk.work, answers.key(slots["_deal"]), price)
    return [card(say("counter.done", round=deal.round, rounds=deal.terms.counters))]


DECLINE = Form(
    name="decline",
    title=say("counter.decline"),
    fields=(Field("reason", Kind.TEXT, say("decline.ask"), "Reason", optional=True),),
)


def ask_decline(talk: Talk, argument: str) -> Answer:
    """Ask for a reason, which may be skipped."""
    return [Open("decline", _facts(talk, deals.get(talk.work, answers.key(argument))))]


def decline(talk: Talk, slots: Slots, key: str) -> Answer:
    """Say no."""
    del key
    offers.decline(talk.work, answers.key(slots["_deal"]), slots.get("reason", ""))
    return [card(say("decline.done"))]


def withdraw(talk: Talk, argument: str) -> Answer:
    """Take one's own offer or application back."""
    offers.withdraw(talk.work, answers.key(argument))
    return [card(say("deal.withdrawn"))]


# --- drafts, the brand's side


def show_drafts(talk: Talk, argument: str) -> Answer:
    """Show a brand every draft that waits for it."""
    del argument
    own = [w.id for w in own_workspaces(talk, Permission.SEE)]
    waiting = [
        (deal, piece)
        for deal in deals.of_workspaces(talk.work, own)
        if deal.state is DealState.AGREED
        for piece in deal.deliverables
        if piece.state is DeliverableState.IN_REVIEW
    ]
    if not waiting:
        return [card(say("draft.none"))]
    return [deal_cards.draft(talk.work, deal, piece) for deal, piece in waiting]


def show_draft(talk: Talk, argument: str) -> Answer:
    """Show a brand one draft."""
    deal, piece = deals.get_by_piece(talk.work, answers.key(argument))
    return [deal_cards.draft(talk.work, deal, piece)]


def approve(talk: Talk, argument: str) -> Answer:
    """Approve a draft. No money moves yet; the card said what will."""
    piece = pieces.approve_draft(talk.work, answers.key(argument))
    deal = deals.get(talk.work, piece.deal_id)
    return [card(say("draft.approved", name=deal_cards.other_name(talk, deal)))]


CHANGES = Form(
    name="changes",
    title=say("draft.changes"),
    fields=(
        Field(
            "reason",
            Kind.TEXT,
            lambda s: say("draft.changes_ask", name=s["_other"], round=s["_round"], rounds=s["_rounds"]),
            "Change",
        ),
    ),
)


def ask_changes(talk: Talk, argument: str) -> Answer:
    """Ask what should change."""
    deal, piece, facts = _piece_facts(talk, argument)
    facts |= {"_round": piece.rounds + 1, "_rounds": deal.terms.revisions}
    return [Open("changes", facts)]


def request_changes(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the draft back."""
    del key
    pieces.request_changes(talk.work, answers.key(slots["_piece"]), slots["reason"])
    return [card(say("draft.changes_done", name=slots["_other"]))]


# --- overdue work


EXTEND = Form(
    name="extend",
    title=say("notice.extend"),
    fields=(
        Field(
            "days",
            Kind.TEXT,
            lambda s: say("extend.ask", name=s["_other"], what=s["_what"]),
            "Days",
            parse=answers.number("extend.hint", 1, 60),
        ),
    ),
)


def ask_extend(talk: Talk, argument: str) -> Answer:
    """Ask for how many days."""
    return [Open("extend", _piece_facts(talk, argument)[2])]


def extend(talk: Talk, slots: Slots, key: str) -> Answer:
    """Give more days."""
    del key
    pieces.extend(talk.work, answers.key(slots["_piece"]), slots["days"])
    return [card(say("extend.done", name=slots["_other"], days=slots["days"]))]


CANCEL_PIECE = Form(
    name="cancel_piece",
    fields=(),
    summary=lambda s: say(
        "cancel_piece.summary",
        what=s["_what"],
        name=s["_other"],
        held=answers.show_money(s["_piece_price"], s["_currency"]),
    ),
    confirm=say("cancel_piece.confirm"),
)


def ask_cancel_piece(talk: Talk, argument: str) -> Answer:
    """Show what cancelling an overdue piece means."""
    _, piece, facts = _piece_facts(talk, argument)
    facts["_piece_price"] = piece.price.minor - piece.released.minor
    return [Open("cancel_piece", facts)]


def cancel_piece(talk: Talk, slots: Slots, key: str) -> Answer:
    """Cancel an overdue piece."""
    del key
    pieces.cancel_piece(talk.work, answers.key(slots["_piece"]))
    return [card(say("cancel_piece.done"))]


# --- leaving and arguing


CANCEL = Form(
    name="cancel_deal",
    title=say("button.ask_to_cancel"),
    fields=(
        Field(
            "reason",
            Kind.TEXT,
            lambda s: say("cancel.ask", other=s["_other"], hours=s["_hours"]),
            "Reason",
        ),
    ),
    summary=lambda s: say(
        "cancel.summary",
        other=s["_other"],
        what=s["_title"],
        reason=s["reason"],
        held=s["_held"],
    ),
    confirm=say("cancel.confirm"),
)


def ask_cancel(talk: Talk, argument: str) -> Answer:
    """Ask why, and say what it means."""
    return [Open("cancel_deal", _facts(talk, deals.get(talk.work, answers.key(argument))))]


def cancel(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask the other side."""
    del key
    endings.ask_to_cancel(talk.work, answers.key(slots["_deal"]), slots["reason"])
    return [card(say("cancel.asked", other=slots["_other"]))]


def cancel_yes(talk: Talk, argument: str) -> Answer:
    """Agree to cancel."""
    deal_id = answers.key(argument)
    held = deals.held_for(talk.work, deals.get(talk.work, deal_id))
    endings.answer_cancel(talk.work, deal_id, agree=True)
    return [card(say("cancel.agreed", held=money(held)))]


def cancel_no(talk: Talk, argument: str) -> Answer:
    """Refuse to cancel."""
    endings.answer_cancel(talk.work, answers.key(argument), agree=False)
    return [card(say("cancel.refused"))]


DISPUTE = Form(
    name="dispute",
    title=say("button.open_a_dispute"),
    fields=(Field("reason", Kind.TEXT, lambda s: say("dispute.ask", held=s["_held"]), "What happened"),),
    summary=lambda s: say("dispute.summary", what=s["_title"], reason=s["reason"], held=s["_held"]),
    confirm=say("dispute.confirm"),
)


def ask_dispute(talk: Talk, argument: str) -> Answer:
    """Ask what went wrong, and say what it freezes."""
    return [Open("dispute", _facts(talk, deals.get(talk.work, answers.key(argument))))]


def dispute(talk: Talk, slots: Slots, key: str) -> Answer:
    """Open the dispute."""
    del key
    endings.dispute(talk.work, answers.key(slots["_deal"]), slots["reason"])
    return [card(say("dispute.done", other=slots["_other"]))]


DISPUTE_ANSWER = Form(
    name="dispute_answer",
    title=say("notice.dispute_answer"),
    fields=(
        Field(
            "answer",
            Kind.TEXT,
            lambda s: say("dispute.answer_ask", other=s["_other"], reason=s["_reason"]),
            "My view",
        ),
    ),
)


def ask_dispute_answer(talk: Talk, argument: str) -> Answer:
    """Ask for the other side's view."""
    deal = deals.get(talk.work, answers.key(argument))
    return [Open("dispute_answer", {**_facts(talk, deal), "_reason": deal.dispute_reason})]


def dispute_answer(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the other side's view."""
    del key
    endings.answer_dispute(talk.work, answers.key(slots["_deal"]), slots["answer"])
    return [card(say("dispute.answer_done"))]


# --- reviews and history


REVIEW = Form(
    name="review",
    title=say("notice.review"),
    fields=(
        Field(
            "stars",
            Kind.CHOICE,
            lambda s: say("review.ask_stars", name=s["_other"], days=s["_days"]),
            "Stars",
            fixed(*((str(n), words.STARS[n]) for n in range(5, 0, -1))),
            lambda text, _: _stars(text),
        ),
        Field("text", Kind.TEXT, say("review.ask_text"), "Words", optional=True),
    ),
    summary=lambda s: say(
        "review.summary",
        name=s["_other"],
        stars=words.STARS[int(s["stars"])],
        text=s.get("text", ""),
    ),
    confirm=say("review.confirm"),
)


def _stars(text: str) -> str:
    found = next((c for c in text if c in "12345"), "")
    if not found:
        raise NotUnderstood(say("review.stars_hint"))
    return found


def ask_review(talk: Talk, argument: str) -> Answer:
    """Ask for stars and words about a deal that has ended."""
    if argument:
        deal = deals.get(talk.work, answers.key(argument))
        return [Open("review", {**_facts(talk, deal), "_days": deal.terms.review_window_days})]
    open_ = [d for d in _mine(talk) if d.review_until and d.review_until > talk.work.now]
    if not open_:
        return [card(say("review.none_open"))]
    return ask_review(talk, open_[-1].id.hex)


def review(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the review; show the other side's if both have spoken."""
    del key
    deal_id = answers.key(slots["_deal"])
    both = endings.review(talk.work, deal_id, int(slots["stars"]), slots.get("text", ""))
    if not both:
        return [card(say("review.waiting", name=slots["_other"]))]
    theirs = next(r for r in trust.reviews_of(talk.work, deal_id) if r.by != slots["_side"])
    stars = words.STARS[theirs.stars]
    return [card(say("review.both", name=slots["_other"], stars=stars, text=theirs.text))]


def history(talk: Talk, argument: str) -> Answer:
    """Show what happened to a deal."""
    deal = deals.get(talk.work, answers.key(argument))
    events = deals.history(talk.work, deal.id)[-HISTORY_SHOWN:]
    lines = "\n".join(
        f"• {moment(event.at)}: {words.step(event.step)} ({_actor(event.actor)})" for event in events
    )
    return [card(say("deal.history", lines=lines))]


def _actor(actor: str) -> str:
    kind, _, _ = actor.partition(":")
    return translated(ACTORS.get(kind, kind))


def _mine(talk: Talk) -> list[DealView]:
    own = deals.of_creator(talk.work, talk.creator.id) if talk.creator else []
    ids = [w.id for w in own_workspaces(talk, Permission.SEE)]
    return [*own, *deals.of_workspaces(talk.work, ids)]


DIALOGUES = (
    Dialogue(ACCEPT, accept),
    Dialogue(COUNTER, counter, {"PriceOutOfRange": "price"}),
    Dialogue(DECLINE, decline),
    Dialogue(CHANGES, request_changes, {"ReasonMissing": "reason"}),
    Dialogue(EXTEND, extend),
    Dialogue(CANCEL_PIECE, cancel_piece),
    Dialogue(CANCEL, cancel, {"ReasonMissing": "reason"}),
    Dialogue(DISPUTE, dispute, {"ReasonMissing": "reason"}),
    Dialogue(DISPUTE_ANSWER, dispute_answer),
    Dialogue(REVIEW, review, {"StarsOutOfRange": "stars"}),
)
COMMANDS = (
    Command("accept", ask_accept),
    Command("counter", ask_counter, opens=True),
    Command("decline", ask_decline, opens=True),
    Command("withdraw", withdraw),
    Command(
        "drafts_brand",
        show_drafts,
        ("drafts", "review drafts"),
        Audience.BRAND,
        "drafts that wait for you",
    ),
    Command("draft_card", show_draft),
    Command("approve", approve),
    Command("changes", ask_changes, opens=True),
    Command("extend", ask_extend, opens=True),
    Command("cancel_piece", ask_cancel_piece),
    Command("cancel_deal", ask_cancel, opens=True),
    Command("cancel_yes", cancel_yes),
    Command("cancel_no", cancel_no),
    Command("dispute", ask_dispute, opens=True),
    Command("dispute_answer", ask_dispute_answer, opens=True),
    Command(
        "review", ask_review, ("review", "reviews"), Audience.ANYBODY, "review a finished deal", opens=True
    ),
    Command("history", history),
)
