"""What each side can do about a deal, as the buttons of its card."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from bots.cards import briefs as brief_cards
from bots.cards import gifts, words
from bots.conversation import tokens
from bots.conversation.card import press
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.accounts import permissions
from core.accounts.states import Permission
from core.deals.deal_table import WORK_AGREED
from core.deals.schemas import DealView
from core.deals.states import BEFORE_WORK, OPEN_DEALS, STOPPED, DealState, DeliverableState, Standing
from core.kit.process import Party
from core.kit.work import Work
from core.messaging.messages import Button

NEEDED: Mapping[str, Permission] = {
    **dict.fromkeys(("history", "report"), Permission.SEE),
    **dict.fromkeys(("draft_card", "proof_card", "message", "review"), Permission.APPROVE),
    **dict.fromkeys(("approve", "changes", "confirm_post", "refuse_post"), Permission.APPROVE),
    **dict.fromkeys(("fund", "pay_set"), Permission.FUND),
}
"""What the buttons about a deal need of a brand's member, besides the running of campaigns."""


def answers(deal: DealView) -> list[Button]:
    """Return the buttons that answer an offer or a price."""
    open_ = deal.state in {DealState.OFFERED, DealState.APPLIED} and deal.turn is Party.BRAND
    yes = say("offer.accept") if deal.cashless else say("counter.accept", price=money(deal.price))
    return [
        press(yes, "accept", deal.id, deal.mark),
        press(say("counter.counter"), "counter", deal.id, deal.mark),
        press(say("counter.decline"), "decline", deal.id, deal.mark),
    ] if open_ else []  # fmt: skip


def stands(deal: DealView) -> str:
    """Return why nobody can move a deal at the moment, empty where they can."""
    if STOPPED.intersection(deal.stands_for):
        return "\n" + say("deal.stopped")
    return "\n" + say("deal.stopped_by_bank") if Standing.CHARGEBACK in deal.stands_for else ""


def of_brand(deal: DealView, to_review: Collection[Party], granted: Collection[Permission]) -> list[Button]:
    """Return what somebody of a brand can do about a deal, by what they may."""
    return allowed(_of_brand(deal, to_review), granted)


def granted(work: Work, workspace_id: UUID) -> Collection[Permission]:
    """Return what whoever is shown a card may do for a brand; everything where that is no single person."""
    if work.actor.person_id is None:
        return frozenset(Permission)
    return permissions.granted(work, [workspace_id])[workspace_id]


def allowed(buttons: Iterable[Button], granted: Collection[Permission]) -> list[Button]:
    """Return those of a brand's buttons that somebody may press; whoever may look opens pages."""
    return [button for button in buttons if not button.action or _needed(button) in granted]


def _needed(button: Button) -> Permission:
    return NEEDED.get(tokens.command_of(button.action), Permission.RUN_CAMPAIGNS)


def _of_brand(deal: DealView, to_review: Collection[Party]) -> list[Button]:
    if stands(deal):
        return [press(say("button.history"), "history", deal.id)]
    buttons = answers(deal)
    for piece in deal.deliverables:
        name = words.piece_name(deal, piece)
        if deal.state is DealState.AGREED and piece.state is DeliverableState.IN_REVIEW:
            buttons.append(press(say("button.review_piece", what=name), "draft_card", piece.id))
        if deal.state is DealState.AGREED and piece.state is DeliverableState.CLAIMED:
            buttons.append(press(say("button.see_the_post", what=name), "proof_card", piece.id))
        if deal.state is DealState.AGREED and piece.state is DeliverableState.OVERDUE:
            buttons.append(press(say("button.more_days", what=name), "extend", piece.id, piece.mark))
            buttons.append(press(say("button.cancel_piece", what=name), "cancel_piece", piece.id, piece.mark))
    if deal.state in {DealState.TO_SEND, DealState.ON_ITS_WAY}:
        buttons.append(press(say("parcel.show"), "parcel", deal.id))
    if deal.state is DealState.TO_SEND:
        buttons.insert(0, press(say("parcel.send"), "send_gift", deal.id, deal.mark))
    return buttons + _of_both(deal, to_review, Party.BRAND)


def of_creator(deal: DealView, to_review: Collection[Party]) -> list[Button]:
    """Return what a creator can do about a deal."""
    buttons = list[Button]()
    if stands(deal):
        return [press(say("button.history"), "history", deal.id)]
    if deal.state is DealState.OFFERED and deal.turn is Party.CREATOR:
        buttons = [press(say("button.see_the_offer"), "offer_card", deal.id)]
    for piece in deal.deliverables:
        name = words.piece_name(deal, piece)
        drafting = {DeliverableState.DRAFTING, DeliverableState.CHANGES_REQUESTED}
        if deal.state is DealState.AGREED and piece.state in drafting:
            buttons.append(press(say("button.hand_in", what=name), "draft", piece.id, piece.mark))
            buttons.append(press(say("button.more_time", what=name), "more_time", piece.id))
        if deal.state is DealState.AGREED and piece.state is DeliverableState.APPROVED:
            buttons.append(press(say("button.post_piece", what=name), "publish_card", piece.id))
    if deal.state in BEFORE_WORK:
        buttons = gifts.steps(deal)
    if deal.state in WORK_AGREED:
        buttons = [*brief_cards.answers(deal), *buttons, press(say("brief.button"), "brief", deal.id)]
    return buttons + _of_both(deal, to_review, Party.CREATOR)


def _of_both(deal: DealView, to_review: Collection[Party], side: Party) -> list[Button]:
    buttons = list[Button]()
    if deal.state is DealState.CANCELLING and deal.cancel_by is not side:
        buttons += [
            press(say("notice.cancel_yes"), "cancel_yes", deal.id, deal.mark),
            press(say("notice.cancel_no"), "cancel_no", deal.id, deal.mark),
        ]
    if deal.state in {DealState.OFFERED, DealState.APPLIED} and deal.turn is not side:
        buttons.append(press(say("button.take_it_back"), "withdraw", deal.id, deal.mark))
    if deal.state is DealState.AGREED:
        buttons.append(press(say("button.ask_to_cancel"), "cancel_deal", deal.id, deal.mark))
    if deal.state in {DealState.AWAITING_ADDRESS, DealState.TO_SEND}:
        buttons.append(press(say("parcel.call_off"), "call_off", deal.id, deal.mark))
    if deal.state in {DealState.ON_ITS_WAY, DealState.AGREED, DealState.CANCELLING}:
        buttons.append(press(say("button.open_a_dispute"), "dispute", deal.id, deal.mark))
    if deal.state is DealState.DISPUTED and deal.dispute_by is not side and not deal.dispute_answer:
        buttons.append(press(say("notice.dispute_answer"), "dispute_answer", deal.id, deal.mark))
    if side in to_review:
        buttons.append(press(say("notice.review"), "review", deal.id, deal.mark))
    if deal.state in OPEN_DEALS:
        buttons.append(press(say("message.answer"), "message", deal.id))
    buttons.append(press(say("button.history"), "history", deal.id))
    return buttons
