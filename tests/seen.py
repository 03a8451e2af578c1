"""What somebody in a test was shown just now: the marks that binding verbs want."""

from collections.abc import Callable
from uuid import UUID

from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.campaigns.schemas import ChangeCampaign
from core.creators import service as creators
from core.deals import briefs, endings, freezes, offers, pieces
from core.deals import views as deals
from core.deals.schemas import Apply, ClaimPost, MakeOffer, SubmitDraft
from core.kit.work import Work
from core.payments import funding as payment
from core.payments import payee_accounts
from core.payments.schemas import FundCampaign
from core.posts import service as posts


def deal(work: Work, deal_id: UUID) -> str:
    """Look at a deal."""
    return deals.get(work, deal_id).mark


def piece(work: Work, piece_id: UUID) -> str:
    """Look at one piece of a deal."""
    return deals.get_by_piece(work, piece_id)[1].mark


def campaign(work: Work, campaign_id: UUID) -> str:
    """Look at what a campaign asks for."""
    return campaigns.get(work, campaign_id).mark


def change(work: Work, campaign_id: UUID) -> str:
    """Look at a campaign that may be changed, and at the work that was agreed in it."""
    return briefs.mark_of(work, campaigns.get(work, campaign_id))


def application(work: Work, campaign_id: UUID) -> str:
    """Look at what an application to a campaign agrees to."""
    return offers.application_mark(work, campaigns.get(work, campaign_id))


def funding(work: Work, campaign_id: UUID) -> str:
    """Look at what is paid into a campaign."""
    return payment.mark_of(work, campaigns.get(work, campaign_id))


def closing(work: Work, campaign_id: UUID) -> str:
    """Look at what closing a campaign would give back."""
    return endings.closing_mark(work, campaigns.get(work, campaign_id))


def payee(work: Work, creator_id: UUID) -> str:
    """Look at where a creator's money goes."""
    return payee_accounts.payee_mark(work, creator_id)


def about(work: Work, verb: Callable[..., object], first: object) -> str:  # noqa: PLR0911  (a case each)
    """Look at what a verb is about: its command, or the id of its deal, piece or campaign."""
    match first:
        case MakeOffer(campaign_id=campaign_id):
            return campaign(work, campaign_id)
        case ChangeCampaign(campaign_id=campaign_id):
            return change(work, campaign_id)
        case Apply(campaign_id=campaign_id):
            return application(work, campaign_id)
        case FundCampaign(campaign_id=campaign_id):
            return funding(work, campaign_id)
        case SubmitDraft(deliverable_id=piece_id) | ClaimPost(deliverable_id=piece_id):
            return piece(work, piece_id)
        case UUID() if verb.__module__ == freezes.__name__:
            of_creator = verb.__name__.endswith("_creator")
            return (creators.get(work, first) if of_creator else workspaces.workspace_of(work, first)).mark
        case UUID() if verb is endings.close_campaign:
            return closing(work, first)
        case UUID() if verb in {posts.submit, posts.refuse} or verb.__module__ == pieces.__name__:
            return piece(work, first)
        case UUID():
            return deal(work, first)
    raise TypeError(first)
