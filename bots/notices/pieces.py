"""Notices about one piece of work: drafts, posts, deadlines."""

from bots.cards import deals as deal_cards
from bots.cards import messages as message_cards
from bots.cards import posts as post_cards
from bots.cards import words
from bots.conversation.card import card, press
from bots.notices.telling import Render, Telling, deal_of, piece_of
from bots.phrases.amounts import moment, money, until
from bots.phrases.sentences import say
from core.kit.remarks import Remark
from core.messaging.messages import OutgoingMessage
from core.payments import payee_accounts

REJECTIONS_FOR_OPERATOR = 3


def _draft_to_review(t: Telling) -> list[OutgoingMessage]:
    return [deal_cards.draft(t.own, deal_of(t), piece_of(t))]


def _changes_requested(t: Telling) -> list[OutgoingMessage]:
    piece = piece_of(t)
    text = say(
        "notice.changes_requested",
        brand=t.scene.brand.name,
        what=t.what,
        title=t.title,
        reason=piece.change_request,
        due=moment(piece.draft_due_at),
        round=piece.rounds,
        rounds=deal_of(t).terms.revisions,
    )
    return [card(text, [press(say("piece.submit_draft"), "draft", piece.id, piece.mark)])]


def _draft_approved(t: Telling) -> list[OutgoingMessage]:
    if t.to_brand:
        name = t.scene.creator.name
        return [card(say("notice.draft_approved_brand", name=name, what=t.what, title=t.title))]
    silent = bool(t.facts.get("by_silence"))
    return [deal_cards.publish(t.work, t.tools, deal_of(t), piece_of(t), silent=silent)]


def _withheld(t: Telling) -> str:
    if not t.facts.get("withheld_minor"):
        return ""
    return say("notice.withheld", amount=t.amount("withheld_minor"))


def _post_live(t: Telling) -> list[OutgoingMessage]:
    deal, piece = deal_of(t), piece_of(t)
    if t.to_brand:
        text = say(
            t.key("live_brand"),
            name=t.scene.creator.name,
            what=t.what,
            title=t.title,
            url=piece.post_url,
            gross=t.amount("gross_minor"),
            net=t.amount("net_minor"),
            until=moment(piece.retained_until),
        )
        return [card(text, deal_cards.post_link(piece))]
    text = say(
        t.key("live_creator"),
        what=t.what,
        gross=t.amount("gross_minor"),
        commission=t.amount("commission_minor"),
        withheld=_withheld(t),
        net=t.amount("net_minor"),
        delay=deal.terms.security_delay_days,
        until=moment(piece.retained_until),
    )
    return [_with_payee(t, text)]


def _with_payee(t: Telling, text: str) -> OutgoingMessage:
    """Return what tells of released money; where nobody knows where to, that is asked."""
    deal = deal_of(t)
    if deal.cashless or payee_accounts.is_on_its_way(t.work, deal.creator_id):
        return card(text)
    return card(f"{text}\n\n{say('money.no_payee')}", [press(say("button.payout"), "payout")])


def _post_to_confirm(t: Telling) -> list[OutgoingMessage]:
    return [post_cards.proof(t.own, deal_of(t), piece_of(t))]


def _post_confirmed(t: Telling) -> list[OutgoingMessage]:
    deal, piece = deal_of(t), piece_of(t)
    facts = {
        "what": t.what,
        "gross": t.amount("gross_minor"),
        "net": t.amount("net_minor"),
        "until": moment(piece.retained_until),
    }
    if t.to_brand:
        name = t.scene.creator.name
        key = t.key("confirmed_brand")
        return [card(say(key, name=name, title=t.title, url=piece.post_url, **facts))]
    text = say(
        t.key("confirmed_creator"),
        silence=say("notice.confirmed_silence") if t.facts.get("by_silence") else "",
        commission=t.amount("commission_minor"),
        withheld=_withheld(t),
        delay=deal.terms.security_delay_days,
        **facts,
    )
    return [_with_payee(t, text)]


def _post_refused(t: Telling) -> list[OutgoingMessage]:
    deal, piece = deal_of(t), piece_of(t)
    text = say(
        "notice.post_refused",
        brand=t.scene.brand.name,
        what=t.what,
        title=t.title,
        reason=str(t.facts.get("reason", "")),
        due=moment(piece.post_due_at),
    )
    buttons = [
        press(say("piece.submit_post"), "post", piece.id, piece.mark),
        press(say("button.open_a_dispute"), "dispute", deal.id, deal.mark),
    ]
    return [card(text + _looked_into(t), buttons)]


def _looked_into(t: Telling) -> str:
    """Return that a person is having a look too, after so many tries."""
    third = t.facts.get("failures", 0) >= REJECTIONS_FOR_OPERATOR
    return say("notice.post_rejected_operator") if third else ""


def _post_rejected(t: Telling) -> list[OutgoingMessage]:
    reasons = "\n".join(f"• {words.remark(Remark.from_json(r))}" for r in t.facts.get("reasons", []))
    text = say("notice.post_rejected", reasons=reasons) + _looked_into(t)
    return [card(text, [press(say("piece.submit_post"), "post", piece_of(t).id, piece_of(t).mark)])]


def _post_missing(t: Telling) -> list[OutgoingMessage]:
    hours = deal_of(t).terms.restore_hours
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
        return [card(say(t.key("lapsed_brand"), name=name, what=t.what, title=t.title, **facts))]
    facts["kept"] = t.received("kept_minor")
    return [card(say(t.key("lapsed_creator"), what=t.what, title=t.title, **facts))]


def _piece_completed(t: Telling) -> list[OutgoingMessage]:
    if t.to_brand:
        name, gross = t.scene.creator.name, t.amount("gross_minor")
        return [card(say(t.key("completed_brand"), name=name, what=t.what, gross=gross))]
    text = say(
        t.key("completed_creator"),
        what=t.what.capitalize(),
        title=t.title,
        gross=t.amount("gross_minor"),
        commission=t.amount("commission_minor"),
        withheld=_withheld(t),
        net=t.amount("net_minor"),
    )
    return [card(text)]


def _overdue(t: Telling) -> list[OutgoingMessage]:
    piece, s = piece_of(t), t.scene
    if not t.to_brand:
        text = say("notice.overdue_creator", what=t.what.capitalize(), title=s.title, brand=s.brand.name)
        more = press(say("wish.more_time"), "more_time", piece.id)
        return [card(text, [more, message_cards.answer_button(deal_of(t))])]
    text = say(
        t.key("overdue_brand"),
        name=s.creator.name,
        what=t.what,
        title=s.title,
        held=money(piece.price - piece.released),
    )
    buttons = t.allowed(
        press(say("notice.extend"), "extend", piece.id, piece.mark),
        press(say("notice.cancel_piece"), "cancel_piece", piece.id, piece.mark),
    )
    return [card(text, buttons)]


def _more_time_asked(t: Telling) -> list[OutgoingMessage]:
    piece, deal, days = piece_of(t), deal_of(t), int(t.facts["days"])
    text = say(
        "notice.more_time_asked",
        name=t.scene.creator.name,
        what=t.what,
        title=t.title,
        days=days,
        due=moment(piece.due_at),
        reason=t.reason,
    )
    give = press(say("notice.give_days", n=days), "extend", f"{piece.id}.{days}", piece.mark)
    return [card(text, t.allowed(give, message_cards.answer_button(deal)))]


def _extended(t: Telling) -> list[OutgoingMessage]:
    text = say(
        "notice.deadline_extended",
        brand=t.scene.brand.name,
        what=t.what,
        title=t.title,
        due=moment(piece_of(t).due_at),
    )
    return [card(text)]


def _piece_cancelled(t: Telling) -> list[OutgoingMessage]:
    returned = t.amount("returned_minor")
    what = t.what.capitalize()
    return [card(say(t.key("cancelled"), what=what, title=t.title, returned=returned))]


def _draft_due_soon(t: Telling) -> list[OutgoingMessage]:
    piece = piece_of(t)
    left = until(piece.draft_due_at, t.work.now)
    button = press(say("piece.submit_draft"), "draft", piece.id, piece.mark)
    return [card(say("notice.due_soon_draft", what=t.what, title=t.title, left=left), [button])]


def _post_due_soon(t: Telling) -> list[OutgoingMessage]:
    piece = piece_of(t)
    left = until(piece.post_due_at, t.work.now)
    button = press(say("piece.submit_post"), "post", piece.id, piece.mark)
    return [card(say("notice.due_soon_post", what=t.what, title=t.title, left=left), [button])]


def _sandbox_posted(t: Telling) -> list[OutgoingMessage]:
    code = t.facts["url"].rstrip("/").rpartition("/")[2]
    piece = piece_of(t)
    argument = f"{piece.id.hex}.{code}"
    return [
        card(
            say("notice.sandbox_posted", url=t.facts["url"]),
            [press(say("notice.submit_this"), "post", argument, piece.mark)],
        )
    ]


RENDERERS: dict[str, Render] = {
    "draft_to_review": _draft_to_review,
    "changes_requested": _changes_requested,
    "draft_approved": _draft_approved,
    "post_live": _post_live,
    "post_rejected": _post_rejected,
    "post_to_confirm": _post_to_confirm,
    "post_confirmed": _post_confirmed,
    "post_refused": _post_refused,
    "post_missing": _post_missing,
    "post_restored": _post_restored,
    "post_lapsed": _post_lapsed,
    "deliverable_completed": _piece_completed,
    "deliverable_overdue": _overdue,
    "more_time_asked": _more_time_asked,
    "deadline_extended": _extended,
    "deliverable_cancelled": _piece_cancelled,
    "draft_due_soon": _draft_due_soon,
    "post_due_soon": _post_due_soon,
    "sandbox_posted": _sandbox_posted,
}
