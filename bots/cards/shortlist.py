"""The chosen set of a campaign as its brand sees it: who, what it costs, who gets it, and the next act."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bots.cards import creators as creator_cards
from bots.cards import gifts
from bots.cards.campaigns import titled
from bots.conversation.card import card, press
from bots.conversation.dialogue import Tools
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import shortlist
from core.campaigns.schemas import CampaignView, Suggestion
from core.campaigns.states import OPEN_FOR_OFFERS
from core.kit.money import Money
from core.kit.work import Work
from core.messaging.messages import Button, OutgoingMessage
from core.payments import books, funding
from core.terms import service as conditions

LINES_MAX = 12


@dataclass(frozen=True, slots=True)
class Bill:
    """What the chosen set costs, of which money, and who gets it."""

    cost: Money
    to_creators: Money
    missing: Money
    from_credit: Money

    @property
    def commission(self) -> Money:
        """Return what we take of it."""
        return self.cost - self.to_creators

    @property
    def by_card(self) -> Money:
        """Return what has to be paid by card."""
        return self.missing - self.from_credit


def bill(work: Work, campaign: CampaignView, chosen: Sequence[Suggestion]) -> Bill:
    """Add up what the chosen set costs. All of it sums: what is missing, free, and taken."""
    terms = conditions.terms_of(work, campaign.workspace_id)
    cost = shortlist.cost(campaign, chosen)
    gets = sum(conditions.quote(s.price, terms).creator_gets.minor for s in chosen)
    missing = funding.missing(work, campaign, chosen)
    credit = books.credit_of(work, campaign.workspace_id, campaign.currency)
    used = Money(min(credit.minor, missing.minor), campaign.currency)
    return Bill(cost, Money(gets, campaign.currency), missing, used)


def shown(work: Work, tools: Tools, campaign: CampaignView, heading: str = "") -> OutgoingMessage:
    """Show the chosen set, with a heading of its own where there is more to say."""
    chosen = shortlist.chosen(work, campaign)
    team = permissions.team(work, campaign.workspace_id)
    granted = {p for p in Permission if work.actor.person_id and team.may(work.actor.person_id, p)}
    if not chosen:
        text = "\n".join(
            part for part in (heading, say("shortlist.empty", title=titled(work, campaign))) if part
        )
        return card(text, _buttons_of_none(work, campaign, granted))
    sums = bill(work, campaign, chosen)
    looks = creator_cards.looks(work, chosen[:LINES_MAX])
    lines = [creator_cards.line(look, number) for number, look in enumerate(looks, 1)]
    if len(chosen) > LINES_MAX:
        lines.append(say("shortlist.more", n=len(chosen) - LINES_MAX))
    head = heading or _head(campaign, titled(work, campaign), len(chosen), sums.cost)
    text = "\n".join(
        [head, "", *lines, "", *_money_lines(tools, campaign, sums, granted), say("shortlist.hint")]
    )
    return card(text, _buttons(work, campaign, looks, sums, granted))


def _head(campaign: CampaignView, title: str, count: int, cost: Money) -> str:
    if campaign.cashless:
        return say(
            "shortlist.gift_card", title=title, count=count, gift=gifts.pay(campaign.budget, campaign.brief)
        )
    return say("shortlist.card", title=title, count=count, cost=money(cost))


def _money_lines(tools: Tools, campaign: CampaignView, sums: Bill, granted: set[Permission]) -> list[str]:
    if not sums.cost:
        return [say("shortlist.gift_sum")]
    if Permission.SEE_MONEY not in granted:
        return []
    facts = {"cost": money(sums.cost), "net": money(sums.to_creators), "commission": money(sums.commission)}
    lines = [say("shortlist.sum", **facts)]
    over = sums.cost.minor - campaign.budget.minor
    if over > 0:
        lines.append(say("shortlist.over", over=money(Money(over, campaign.currency))))
    free = sums.cost - sums.missing
    if free:
        lines.append(say("shortlist.free", free=money(free), missing=money(sums.missing)))
    if sums.from_credit:
        lines.append(say("shortlist.credit", credit=money(sums.from_credit), by_card=money(sums.by_card)))
    if sums.missing and tools.rails.present.facts.play_money:
        lines.append(say("shortlist.play"))
    return lines


def _buttons(
    work: Work,
    campaign: CampaignView,
    looks: Sequence[creator_cards.Look],
    sums: Bill,
    granted: set[Permission],
) -> list[Button]:
    found = next_act(work, campaign, sums, granted)
    if Permission.FUND in granted and not campaign.cashless:
        found.append(press(say("fund.other"), "fund", campaign.id, funding.mark_of(work, campaign)))
    if Permission.RUN_CAMPAIGNS in granted and not sums.missing and campaign.state in OPEN_FOR_OFFERS:
        found.append(
            press(say("shortlist.note_button"), "offer_note", campaign.id, shortlist.mark_of(work, campaign))
        )
    found.append(press(say("shortlist.look"), "look", creator_cards.about(campaign, looks[0].creator.id)))
    if len(looks) > 1:
        found.append(press(say("shortlist.compare"), "compare", campaign.id))
    if Permission.RUN_CAMPAIGNS in granted:
        found.append(press(say("match.again"), "matches", campaign.id))
    return found


def next_act(work: Work, campaign: CampaignView, sums: Bill, granted: set[Permission]) -> list[Button]:
    """Return the one act that the set waits for: to be paid for, or to get its offers."""
    chosen = shortlist.chosen(work, campaign)
    runs, count = Permission.RUN_CAMPAIGNS in granted, len(chosen)
    if sums.missing:
        if Permission.FUND not in granted:
            return []
        amount = money(sums.missing)
        label = (
            say("shortlist.pay_and_send", amount=amount, count=count)
            if runs
            else say("shortlist.pay", amount=amount)
        )
        return [press(label, "pay_set", campaign.id, funding.mark_of(work, campaign))]
    if runs and campaign.state in OPEN_FOR_OFFERS:
        return [
            press(say("shortlist.send", count=count), "send", campaign.id, shortlist.mark_of(work, campaign))
        ]
    return []


def _buttons_of_none(work: Work, campaign: CampaignView, granted: set[Permission]) -> list[Button]:
    found = []
    if Permission.RUN_CAMPAIGNS in granted:
        found = [
            press(say("shortlist.another"), "another", campaign.id),
            press(say("match.again"), "matches", campaign.id),
            press(say("shortlist.invite_again"), "again", campaign.id),
        ]
    if Permission.FUND in granted and not campaign.cashless:
        found.append(press(say("button.add_funds"), "fund", campaign.id, funding.mark_of(work, campaign)))
    return found


def put_back(campaign: CampaignView, creator_id: UUID, name: str) -> Button:
    """Return the button that takes a removal back."""
    return press(say("shortlist.put_back", name=name), "add", creator_cards.about(campaign, creator_id))
