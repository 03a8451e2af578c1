"""Cards about campaigns: a brand's own, and one that a creator may join."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bots.cards import briefs as brief_cards
from bots.cards import gifts, words
from bots.conversation.card import card, on_turn, press
from bots.phrases.amounts import listed, moment, money
from bots.phrases.sentences import say
from core.accounts import permissions, workspaces
from core.accounts.schemas import WorkspaceView
from core.accounts.states import Permission, WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, CampaignView, Ended
from core.campaigns.states import EDITABLE, OPEN_FOR_OFFERS, CampaignState
from core.deals import marks, offers
from core.deals import views as deals
from core.deals.states import DealState
from core.kit.actors import ActorKind
from core.kit.consent import mark
from core.kit.money import Money
from core.kit.work import Work
from core.messaging import cards
from core.messaging.cards import Living
from core.messaging.messages import Attachment, Button, OutgoingMessage
from core.payments import books, funding


def brand_campaigns(work: Work, found: Sequence[CampaignView]) -> list[OutgoingMessage]:
    """Show a brand campaigns with what it can do about each; as many queries for one as for many."""
    ended = campaigns.ended(work, found)
    brands = workspaces.many(work, {campaign.workspace_id for campaign in found})
    over = [(campaign, ended[campaign.id]) for campaign in found if campaign.id in ended]
    beside = _Beside(
        ended=ended,
        who={c.id: words.who(work, by.actor, brands[c.workspace_id].name) for c, by in over},
        counts=deals.counts(work, [campaign.id for campaign in found]),
        free=books.escrows_of(work, found),
        fund=funding.marks_of(work, found),
        granted=permissions.granted(work, {campaign.workspace_id for campaign in found}),
        brands=brands,
    )
    return [_brand_campaign(campaign, beside) for campaign in found]


def brand_campaign(work: Work, campaign: CampaignView) -> OutgoingMessage:
    """Show a brand one campaign with what it can do about it."""
    return brand_campaigns(work, [campaign])[0]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands on campaigns' cards beside themselves: read once for all of them.

    All by campaign, but what is granted to whoever looks and the brands, which are by workspace.
    """

    ended: Mapping[UUID, Ended]
    who: Mapping[UUID, str]
    counts: Mapping[UUID, Mapping[DealState, int]]
    free: Mapping[UUID, Money]
    fund: Mapping[UUID, str]
    granted: Mapping[UUID, frozenset[Permission]]
    brands: Mapping[UUID, WorkspaceView]


def _brand_campaign(campaign: CampaignView, beside: _Beside) -> OutgoingMessage:
    counts, free = beside.counts[campaign.id], beside.free[campaign.id]
    sees_money = Permission.SEE_MONEY in beside.granted[campaign.workspace_id]
    facts = {
        "title": _titled(campaign, beside.brands[campaign.workspace_id]),
        "state": words.state(campaign.state),
        "deals": listed(
            (f"{n} {words.state(state)}" for state, n in counts.items()), say("campaign.no_deals")
        ),
    }
    if ended := beside.ended.get(campaign.id):
        text = say("campaign.over", who=beside.who[campaign.id], at=moment(ended.at), **facts)
    elif campaign.cashless and not free:
        text = say("campaign.gift_card", gift=gifts.pay(campaign.budget, campaign.brief), **facts)
    else:
        budget, escrow = (for_role(each, sees_money=sees_money) for each in (campaign.budget, free))
        text = say("campaign.card", budget=budget, escrow=escrow, **facts)
    buttons = _buttons(campaign, beside)
    if buttons and campaign.state is CampaignState.AWAITING_FUNDS:
        text = on_turn(text)
    seen = free.minor if sees_money else "", *(f"{n} {state}" for state, n in sorted(counts.items()))
    return card(text, buttons, living=_living(campaign, buttons, *seen))


def _living(campaign: CampaignView, buttons: Sequence[Button], *shown: object) -> Living:
    """Return of which version of a campaign a card is: all that it shows, in whatever language."""
    actions = (button.action for button in buttons)
    version = mark(campaign.mark, campaign.state, campaign.title, *shown, *actions)
    return Living(cards.campaign(campaign.id), version)


def for_role(amount: Money, *, sees_money: bool) -> str:
    """Return an amount in words, or that it is not for the role of whoever looks."""
    return money(amount) if sees_money else say("money.not_for_role")


def _buttons(campaign: CampaignView, beside: _Beside) -> list[Button]:
    """Return what can be done about a campaign by whoever looks."""
    granted, free = beside.granted[campaign.workspace_id], beside.free[campaign.id]
    funds, runs = Permission.FUND in granted, Permission.RUN_CAMPAIGNS in granted
    waits, is_open = campaign.state is CampaignState.AWAITING_FUNDS, campaign.state in OPEN_FOR_OFFERS
    buttons = []
    if waits and (funds or runs):
        buttons.append(press(say("campaign.choose_and_pay"), "shortlist", campaign.id))
    if campaign.state in EDITABLE and runs:
        buttons.append(press(say("edit.button"), "edit_campaign", campaign.id, campaign.mark))
    if waits and runs:
        buttons.append(press(say("button.drop_it"), "drop", campaign.id, campaign.mark))
    if is_open and runs:
        buttons.append(press(say("campaign.creators_button"), "shortlist", campaign.id))
    if is_open and funds:
        buttons.append(press(say("button.add_funds"), "fund", campaign.id, beside.fund[campaign.id]))
    if beside.counts[campaign.id]:
        buttons.append(press(say("button.deals"), "deals", campaign.id))
        buttons.append(press(say("button.report"), "report", campaign.id))
    if is_open and funds:
        closing = marks.of_closing(campaign, free)
        buttons.append(press(say("button.close"), "close", campaign.id, closing))
    return buttons


def open_campaigns(work: Work, found: Sequence[CampaignView]) -> list[OutgoingMessage]:
    """Show a creator campaigns that take applications."""
    brands = workspaces.many(work, {campaign.workspace_id for campaign in found})
    agreed_to = offers.application_marks(work, found)
    files = brief_cards.files(work, [campaign.brief for campaign in found])
    ended = campaigns.ended(work, found)
    return [
        _ended_campaign(c, brands[c.workspace_id], ended[c.id])
        if c.id in ended
        else _open_campaign(c, brands[c.workspace_id], agreed_to[c.id], files)
        for c in found
    ]


def open_campaign(work: Work, campaign: CampaignView) -> OutgoingMessage:
    """Show a creator one campaign that takes applications."""
    return open_campaigns(work, [campaign])[0]


def _ended_campaign(campaign: CampaignView, brand: WorkspaceView, ended: Ended) -> OutgoingMessage:
    """Say to a creator in one line what came of a campaign; of a brand's people she knows no names."""
    state, by_brand = words.state(campaign.state), ended.actor.startswith(ActorKind.PERSON)
    who = brand.name if by_brand else words.actor(ended.actor.partition(":")[0])
    text = say("find.over", title=campaign.title, brand=brand.name, state=state, who=who, at=moment(ended.at))
    return card(text, living=_living(campaign, (), brand.name))


def _open_campaign(
    campaign: CampaignView, brand: WorkspaceView, agreed_to: str, files: dict[str, Attachment]
) -> OutgoingMessage:
    text = say(
        "find.gift_card" if campaign.cashless else "find.card",
        title=campaign.title,
        brand=brand.name,
        badge=say("offer.badge") if brand.verified_at else "",
        brief=brief_cards.lines(campaign.brief),
    )
    is_open = campaign.state in OPEN_FOR_OFFERS
    buttons = [press(say("find.apply"), "apply", campaign.id, agreed_to)] if is_open else []
    attached = brief_cards.attached(campaign.brief, files)
    living = _living(campaign, buttons, brand.name, brand.verified_at)
    return card(text, buttons, attached, living=living)


def name(brief: Brief) -> str:
    """Return a short name for a campaign, in its brand's language: its first hashtag, or what and where."""
    if brief.hashtags:
        return brief.hashtags[0].lstrip("#")
    what = listed([words.label(niche) for niche in brief.niches[:2]], say("campaign.unnamed"))
    return say("campaign.named", what=what, city=words.city(brief.cities[0])) if brief.cities else what


def titled(work: Work, campaign: CampaignView) -> str:
    """Return a campaign's title, with the client's name where it is an agency's client's."""
    return _titled(campaign, workspaces.workspace_of(work, campaign.workspace_id))


def _titled(campaign: CampaignView, brand: WorkspaceView) -> str:
    if brand.kind is not WorkspaceKind.CLIENT:
        return campaign.title
    return say("campaign.of_client", title=campaign.title, client=brand.name)


def fund(work: Work, campaign: CampaignView, label: str, amount: Money) -> Button:
    """Return the button that opens paying so much into a campaign."""
    return press(label, "fund", f"{campaign.id.hex}.{amount.minor}", funding.mark_of(work, campaign))
