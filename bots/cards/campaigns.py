"""Cards about campaigns: a brand's own, and one that a creator may join."""

from bots.cards import words
from bots.cards.card import card, press
from bots.phrases.amounts import listed, money
from bots.phrases.sentences import say
from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.campaigns.states import OPEN_FOR_OFFERS, CampaignState
from core.deals import endings
from core.deals import views as deals
from core.kit.work import Work
from core.messaging.messages import Button, OutgoingMessage
from core.payments import books, funding


def brand_campaign(work: Work, campaign: CampaignView) -> OutgoingMessage:
    """Show a brand one campaign with what it can do about it."""
    found = deals.of_campaign(work, campaign.id)
    counts: dict[str, int] = {}
    for deal in found:
        counts[words.state(deal.state)] = counts.get(words.state(deal.state), 0) + 1
    text = say(
        "campaign.card",
        title=campaign.title,
        state=words.state(campaign.state),
        budget=money(campaign.budget),
        escrow=money(books.escrow_of(work, campaign)),
        deals=listed((f"{n} {name}" for name, n in counts.items()), say("campaign.no_deals")),
    )
    buttons = []
    if campaign.state is CampaignState.AWAITING_FUNDS:
        buttons.append(fund(work, campaign, say("match.fund", amount=money(campaign.budget))))
        buttons.append(press(say("button.drop_it"), "drop", campaign.id, campaign.mark))
    if campaign.state in OPEN_FOR_OFFERS:
        buttons.append(send_offers(work, campaign, say("notice.send_offers")))
        buttons.append(fund(work, campaign, say("button.add_funds")))
    if found:
        buttons.append(press(say("button.deals"), "deals", campaign.id))
        buttons.append(press(say("button.report"), "report", campaign.id))
    if campaign.state in OPEN_FOR_OFFERS:
        closing = endings.closing_mark(work, campaign)
        buttons.append(press(say("button.close"), "close", campaign.id, closing))
    return card(text, buttons)


def open_campaign(work: Work, campaign: CampaignView) -> OutgoingMessage:
    """Show a creator a campaign that takes applications."""
    brand = workspaces.workspace_of(work, campaign.workspace_id)
    text = say(
        "find.card",
        title=campaign.title,
        brand=brand.name,
        badge=say("offer.badge") if brand.verified_at else "",
        brief=words.brief_lines(campaign),
        what=words.asked(campaign.brief),
        budget=money(campaign.budget),
    )
    is_open = campaign.state in OPEN_FOR_OFFERS
    return card(text, [press(say("find.apply"), "apply", campaign.id, campaign.mark)] if is_open else ())


def fund(work: Work, campaign: CampaignView, label: str) -> Button:
    """Return the button that pays into a campaign, with what is paid and the credit there is."""
    return press(label, "fund", campaign.id, funding.mark_of(work, campaign))


def send_offers(work: Work, campaign: CampaignView, label: str) -> Button:
    """Return the button that chooses who gets an offer for the campaign's work, at the prices found."""
    return press(label, "shortlist", campaign.id, campaigns.suggestions_mark(work, campaign))
