"""What a brand got, and where its money is."""

from fractions import Fraction
from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import gifts
from bots.conversation.card import card, headed, link, press
from bots.conversation.dialogue import Answer, Audience, Command, Talk
from bots.dialogues import answers
from bots.dialogues.workspace import acting_workspaces, own_workspaces
from bots.phrases.amounts import compact, listed, money, percent
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.deals import views as deals
from core.insights import charts, links, metrics
from core.insights import service as insights
from core.insights.schemas import Report
from core.kit.money import Money
from core.media.schemas import Cleaned
from core.messaging.messages import Attachment
from core.payments import books
from core.payments.schemas import CampaignMoney

BPS = 10_000


def show(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Show a campaign's report with its chart, and links to the page and the CSV."""
    campaign = _campaign(talk, campaign_id)
    if campaign is None:
        return [card(say("campaign.none"))]
    report = insights.report(talk.work, campaign.id)
    if not report.rows:
        return [card(say("report.none"))]
    if not permissions.may(talk.work, campaign.workspace_id, Permission.SEE_MONEY):
        return [headed(card(_text_without_money(report), attachments=_chart(talk, report)))]
    token = links.token(talk.work, talk.tools.settings.keys, campaign.id)
    buttons = [
        link(say("report.open"), deal_cards.page(talk.tools, f"/reports/{token}")),
        link(say("report.csv"), deal_cards.page(talk.tools, f"/reports/{token}.csv")),
    ]
    if _may_end(talk, campaign):
        buttons.append(press(say("report.end_links"), "end_report_links", campaign.id))
    return [headed(card(_text(report), buttons, _chart(talk, report)))]


def end_links(talk: Talk, campaign_id: UUID) -> Answer:
    """End the links to a report that were given out so far, and show it with new ones."""
    campaign = campaigns.own(talk.work, campaign_id)
    if not _may_end(talk, campaign):
        return [card(say("talk.not_for_you"))]
    links.end(talk.work, campaign.id)
    return [card(say("report.links_ended", title=campaign.title)), *show(talk, campaign.id)]


def _may_end(talk: Talk, campaign: CampaignView) -> bool:
    own = own_workspaces(talk, Permission.RUN_CAMPAIGNS)
    return campaign.workspace_id in {workspace.id for workspace in own}


def brand_money(talk: Talk, argument: str) -> Answer:
    """Show where the money of a brand's campaigns is."""
    del argument
    own = acting_workspaces(talk, Permission.SEE_MONEY)
    if not own:
        return [card(say("talk.not_for_you"))]
    lines = []
    for campaign in campaigns.of_workspaces(talk.work, [w.id for w in own]):
        found = deals.money_of(talk.work, campaign.id)
        if found.paid_in:
            lines.append(
                say(
                    "money.campaign_line",
                    title=campaign.title,
                    paid=money(found.paid_in),
                    parts=money_lines(found),
                )
            )
        elif campaign.cashless:
            count = sum(deals.counts(talk.work, [campaign.id])[campaign.id].values())
            gift = gifts.pay(campaign.budget, campaign.brief)
            lines.append(say("money.gift_line", title=campaign.title, count=count, gift=gift))
    credit = [money(books.credit_of(talk.work, w.id, w.currency)) for w in own]
    text = say(
        "money.brand",
        workspace=own[0].name,
        play=deal_cards.play(talk.tools),
        lines="\n\n".join(lines) or say("money.no_campaigns"),
        credit=listed(credit),
    )
    return [card(text)]


def money_lines(found: CampaignMoney) -> str:
    """Return where a campaign's money is, one part a line, leaving out what is zero."""
    return "\n".join(
        f"• {translated(name.replace('_', ' '))}: {money(amount)}" for name, amount in found.rows() if amount
    )


def _campaign(talk: Talk, campaign_id: UUID | None) -> CampaignView | None:
    if campaign_id is not None:
        return campaigns.own(talk.work, campaign_id)
    own = [w.id for w in own_workspaces(talk, Permission.SEE)]
    found = campaigns.of_workspaces(talk.work, own)
    counts = deals.counts(talk.work, [c.id for c in found])
    with_deals = [c for c in found if counts[c.id]]
    return next(iter(with_deals or found), None)


def _text(report: Report) -> str:
    total, measured = report.total, report.measured
    text = say(
        "report.card",
        title=report.campaign.title,
        posts=sum(1 for row in report.rows if row.post_url),
        views=compact(total.views),
        engagements=compact(total.engagements),
        clicks=total.clicks,
        sales=total.sales,
        cpm=_price(metrics.cost_per_mille(measured), report),
        cpe=_price(metrics.cost_per_engagement(measured), report),
        cpc=_price(metrics.cost_per_click(total), report),
        er=_percent(metrics.engagement_rate(measured.engagements, measured.views)),
        ctr=_percent(metrics.click_through_rate(measured)),
        roi=_percent(metrics.return_on_investment(total)) if total.revenue_minor else "–",
        emv=money(report.earned_media_value),
        money=money_lines(report.money) or _gift(report.campaign),
    )
    return _with_unmeasured(text, report)


def _gift(campaign: CampaignView) -> str:
    pay = gifts.pay(campaign.budget, campaign.brief)
    return say("report.gift", gift=pay) if campaign.cashless else ""


def _text_without_money(report: Report) -> str:
    total, measured = report.total, report.measured
    text = say(
        "report.card_without_money",
        title=report.campaign.title,
        posts=sum(1 for row in report.rows if row.post_url),
        views=compact(total.views),
        engagements=compact(total.engagements),
        clicks=total.clicks,
        er=_percent(metrics.engagement_rate(measured.engagements, measured.views)),
        ctr=_percent(metrics.click_through_rate(measured)),
    )
    return _with_unmeasured(text, report)


def _with_unmeasured(text: str, report: Report) -> str:
    """Return a report with how many of its posts nobody measures, where there are any."""
    return f"{text}\n{say('report.unmeasured', n=report.unmeasured)}" if report.unmeasured else text


def _chart(talk: Talk, report: Report) -> list[Attachment]:
    if not report.readings:
        return []
    drawn = charts.png(report)
    stored = talk.tools.media.keep_here(talk.work, Cleaned("chart.png", "image/png", drawn))
    return [Attachment(str(stored.id), stored.kind, stored.name)]


def _price(value: Fraction | None, report: Report) -> str:
    return money(Money(round(value), report.campaign.currency)) if value is not None else "–"


def _percent(value: Fraction | None) -> str:
    return percent(round(value * BPS)) if value is not None else "–"


COMMANDS = (
    Command(
        "report",
        show,
        ("report",),
        Audience.BRAND,
        "what you got for your money",
        takes=answers.maybe_key,
    ),
    Command("end_report_links", end_links, takes=answers.key),
)
