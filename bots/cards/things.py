"""The kinds of things that people agree about: how each stands, how it is shown, what has changed of it."""

from uuid import UUID

from bots.cards import briefs as brief_cards
from bots.cards import campaigns as campaign_cards
from bots.cards import deals as deal_cards
from bots.cards import offers as offer_cards
from bots.cards import posts as post_cards
from bots.cards import shortlist as set_cards
from bots.cards import words
from bots.conversation.card import card, press
from bots.conversation.dialogue import Talk
from bots.phrases.amounts import moment, money
from bots.phrases.sentences import say
from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.campaigns.states import EDITABLE
from core.deals import briefs, endings, offers
from core.deals import views as deals
from core.deals.schemas import DealView, DeliverableView, Earlier
from core.deals.states import DealState, DeliverableState
from core.kit.process import Party
from core.kit.work import Work
from core.messaging.messages import Button, OutgoingMessage
from core.payments import books, funding, payee_accounts
from core.privacy import erasure


class DealThing:
    """A deal: its state, round, price and terms."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of the deal as it stands."""
        return deals.get(talk.work, thing_id).mark

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the deal to whichever side asks."""
        return [deal_card(talk, deals.get(talk.work, thing_id))]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return what has changed in price, round and state."""
        deal = deals.get(talk.work, thing_id)
        earlier = deals.as_shown(talk.work, thing_id, shown)
        return _deal_changes(talk, deal, earlier) if earlier else []


class PieceThing:
    """One piece of work: its state, draft and due dates."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of the piece as it stands."""
        return deals.get_by_piece(talk.work, thing_id)[1].mark

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show what waits to be decided or done about the piece, or else its deal."""
        deal, piece = deals.get_by_piece(talk.work, thing_id)
        brand = deals.side_of(talk.work, deal) is Party.BRAND
        if deal.state is DealState.AGREED and brand and piece.state is DeliverableState.IN_REVIEW:
            return [deal_cards.draft(talk.work, deal, piece)]
        if brand and post_cards.waits(deal, piece):
            return [post_cards.proof(talk.work, deal, piece)]
        if deal.state is DealState.AGREED and not brand and piece.state is DeliverableState.APPROVED:
            return [deal_cards.publish(talk.work, talk.tools, deal, piece, silent=False)]
        return [deal_card(talk, deal)]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return what has changed of the draft and the state."""
        deal, piece = deals.get_by_piece(talk.work, thing_id)
        earlier = deals.as_shown(talk.work, deal.id, shown)
        return _piece_changes(talk, deal, piece, earlier) if earlier else []


class CampaignThing:
    """A campaign: what creators are asked for, and the budget."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of what the campaign asks for."""
        return campaigns.get(talk.work, thing_id).mark

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the campaign to its brand, or to a creator who may join it."""
        campaign = campaigns.get(talk.work, thing_id)
        if permissions.may(talk.work, campaign.workspace_id, Permission.SEE):
            return [campaign_cards.brand_campaign(talk.work, campaign)]
        return [campaign_cards.open_campaign(talk.work, campaign)]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return nothing: a brief's earlier words are not kept."""
        del talk, thing_id, shown
        return []


class ApplicationThing(CampaignThing):
    """A campaign that a creator may join, and what is taken of the price."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of what an application agrees to."""
        return offers.application_mark(talk.work, campaigns.get(talk.work, thing_id))


class ChangeThing(CampaignThing):
    """A campaign that is changed, and the agreed work whose price that may touch."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of both."""
        return briefs.mark_of(talk.work, campaigns.get(talk.work, thing_id))


class ShortlistThing(CampaignThing):
    """The chosen set of a campaign, each at a price."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of who is chosen, and the prices."""
        return shortlist.mark_of(talk.work, campaigns.own(talk.work, thing_id, Permission.RUN_CAMPAIGNS))

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the set as it stands."""
        campaign = campaigns.own(talk.work, thing_id)
        if campaign.state not in EDITABLE:
            return super().show(talk, thing_id)
        return [set_cards.shown(talk.work, talk.tools, campaign)]


class FundingThing(ShortlistThing):
    """The chosen set of a campaign, what is paid into it, and the credit there is."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of what paying in rests on."""
        return funding.mark_of(talk.work, campaigns.own(talk.work, thing_id, Permission.FUND))

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return what is paid by now, and the credit there is."""
        del shown
        campaign = campaigns.own(talk.work, thing_id, Permission.FUND)
        paid = books.campaign_money(talk.work, campaign, []).paid_in
        credit = books.credit_of(talk.work, campaign.workspace_id, campaign.currency)
        cost = shortlist.cost(campaign, shortlist.chosen(talk.work, campaign))
        return [
            say("changed.paid", paid=money(paid), credit=money(credit)),
            say("changed.set_costs", cost=money(cost)),
        ]


class ClosingThing(CampaignThing):
    """What is left in a campaign that is about to be closed."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of what closing would give back."""
        return endings.closing_mark(talk.work, campaigns.own(talk.work, thing_id, Permission.FUND))

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return what is left by now."""
        del shown
        left = books.escrow_of(talk.work, campaigns.own(talk.work, thing_id, Permission.FUND))
        return [say("changed.left", left=money(left))]


class CheckoutThing:
    """One payment that waits on a checkout page."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of the payment as it stands."""
        found, _ = funding.funding_of(talk.work, thing_id)
        campaigns.own(talk.work, found.campaign_id, Permission.FUND)
        return found.mark

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the campaign that is paid for."""
        found, _ = funding.funding_of(talk.work, thing_id)
        return CAMPAIGN.show(talk, found.campaign_id)

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return how the payment stands."""
        del shown
        found, _ = funding.funding_of(talk.work, thing_id)
        return [say("changed.checkout", amount=money(found.by_card), state=words.state(found.state))]


class PayeeThing:
    """Where a creator's money goes."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of the account as it is set up. Raises ValueError for whom it is none of."""
        if talk.creator is None or talk.creator.id != thing_id:
            raise ValueError(thing_id)
        return payee_accounts.payee_mark(talk.work, thing_id)

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show where the money goes."""
        return [card(*where_it_goes(talk.work, thing_id))]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return nothing: the card says where the money goes now."""
        del talk, thing_id, shown
        return []


class PersonThing:
    """Somebody who thinks of leaving: what would end with them."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of what deleting would end. Raises ValueError for anybody else."""
        if thing_id != talk.person.id:
            raise ValueError(thing_id)
        return erasure.mark_of(talk.work, thing_id)

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the way to what deleting means now."""
        return [
            card(
                say("delete.hint"),
                [press(say("delete.button"), "delete", thing_id, self.mark(talk, thing_id))],
            )
        ]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return nothing: the form says what would end."""
        del talk, thing_id, shown
        return []


def where_it_goes(work: Work, creator_id: UUID) -> tuple[str, list[Button]]:
    """Return in words where a creator's money goes, and shall go, with what changes and what stops that."""
    payee, waits = payee_accounts.payee_of(work, creator_id), payee_accounts.payee_change(work, creator_id)
    mark = payee_accounts.payee_mark_as(creator_id, payee, waits)
    buttons = [press(say("button.payout"), "payout", creator_id, mark)]
    lines = [say("money.payee", label=payee.label, state=words.state(payee.state))] if payee else []
    if waits is None:
        return "\n".join(lines) or say("money.no_payee"), buttons
    state = words.state(waits.state)
    lines.append(say("money.payee_waits", label=waits.label, state=state, at=moment(waits.due_at)))
    return "\n".join(lines), [*buttons, press(say("step_up.stop"), "stop_it", waits.step_up_id)]


def deal_card(talk: Talk, deal: DealView) -> OutgoingMessage:
    """Show a deal to whichever side asks."""
    if deals.side_of(talk.work, deal) is Party.BRAND:
        granted = permissions.granted(talk.work, [deal.workspace_id])[deal.workspace_id]
        return deal_cards.brand_deal(deal_cards.scene(talk.work, deal), granted)
    if deal.state is DealState.OFFERED and deal.turn is Party.CREATOR:
        return offer_cards.offer(talk.work, talk.tools, deal)
    return deal_cards.creator_deal(deal_cards.scene(talk.work, deal))


def _deal_changes(talk: Talk, deal: DealView, earlier: Earlier) -> list[str]:
    lines = []
    if earlier.price != deal.price:
        lines.append(say("changed.price", before=words.cash(earlier.price), now=words.cash(deal.price)))
    if earlier.round != deal.round:
        lines.append(say("changed.round", before=earlier.round, now=deal.round))
    if earlier.state is not deal.state:
        before, now = words.state(earlier.state), words.state(deal.state)
        lines.append(say("changed.state", before=before, now=now))
    if earlier.brief is not None:
        now_told = deals.brief_of(talk.work, deal.campaign_id, deal.brief_number)
        lines += brief_cards.changes(earlier.brief, now_told)
    return lines


def _piece_changes(talk: Talk, deal: DealView, piece: DeliverableView, earlier: Earlier) -> list[str]:
    lines = []
    if earlier.draft_number is not None and earlier.draft_number != piece.draft_number:
        lines.append(say("changed.draft", before=earlier.draft_number, now=piece.draft_number))
    if earlier.piece_state is not None and earlier.piece_state is not piece.state:
        before, now = words.state(earlier.piece_state), words.state(piece.state)
        lines.append(say("changed.state", before=before, now=now))
    return lines or _deal_changes(talk, deal, earlier)


DEAL, PIECE = DealThing(), PieceThing()
CHANGE = ChangeThing()
CAMPAIGN, SHORTLIST, APPLICATION = CampaignThing(), ShortlistThing(), ApplicationThing()
FUNDING, CLOSING = FundingThing(), ClosingThing()
CHECKOUT, PAYEE, PERSON = CheckoutThing(), PayeeThing(), PersonThing()
