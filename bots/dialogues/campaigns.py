"""A campaign from one sentence: brief, matches, shortlist, money in, the end."""

from datetime import date
from typing import Any

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, Slots, fixed
from bots.dialogues import answers
from bots.dialogues.workspace import workspaces
from bots.phrases import errors
from bots.phrases.amounts import listed, money, percent, pieces
from bots.phrases.sentences import say
from bots.understanding import brief as understanding
from bots.understanding.places import COUNTRY_NAMES, LANGUAGE_NAMES
from core.accounts.states import Permission
from core.billing.schemas import Terms
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignNotFound
from core.campaigns.matching import Matched
from core.campaigns.schemas import Brief, CampaignView, DeliverableSpec, DraftCampaign
from core.campaigns.states import CampaignState
from core.creators import service as creators
from core.deals import service as deals
from core.deals.schemas import MakeOffer
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.kit.vocabulary import NICHES, DeliverableKind, Goal, Platform
from core.payments import service as payments
from core.payments.schemas import FundCampaign
from core.payments.states import Rest

CAMPAIGNS_SHOWN = 6
SUGGESTIONS_SHOWN = 20
COMMON_WORK = (
    ("1 reel", [{"kind": "reel", "count": 1}]),
    ("1 reel and 2 stories", [{"kind": "reel", "count": 1}, {"kind": "story", "count": 2}]),
    ("1 post", [{"kind": "post", "count": 1}]),
    ("1 short", [{"kind": "short", "count": 1}]),
    ("1 video", [{"kind": "video", "count": 1}]),
)
LAST_WORD_OFFERS = (CampaignState.FUNDED, CampaignState.RECRUITING, CampaignState.RUNNING)


def _workspaces(slots: Slots) -> list[Choice]:
    return [Choice(**choice) for choice in slots.get("_workspaces", [])]


def _pieces(value: list[dict[str, Any]]) -> str:
    return pieces((item["kind"], item["count"]) for item in value)


def _range(value: dict[str, int]) -> str:
    least, most = value.get("min"), value.get("max")
    if least is not None and most is not None and least != most:
        return f"{least:,} to {most:,}"
    return f"{(least if least is not None else most) or 0:,}" + ("" if most else " or more")


def _extract(text: str, slots: Slots) -> dict[str, Any]:
    return understanding.campaign_slots(text, slots)


def _summary(slots: Slots) -> str:
    lines = []
    for field in CAMPAIGN.fields:
        value = slots.get(field.name)
        if value is None or field.name == "workspace":
            continue
        is_money = field.name == "budget"
        shown = answers.show_money(value, slots["_currency"]) if is_money else field.show(value)
        lines.append(f"• {field.label}: **{shown}**")
    return say("campaign.summary", lines="\n".join(lines), rate=percent(Terms().commission_bps))


CAMPAIGN = Form(
    name="campaign",
    fields=(
        Field(
            "workspace",
            Kind.CHOICE,
            say("campaign.workspace"),
            "Brand",
            _workspaces,
            when=lambda s: len(s.get("_workspaces", [])) > 1,
        ),
        Field(
            "deliverables",
            Kind.CHOICE,
            say("campaign.deliverables"),
            "Each creator makes",
            fixed(*((label, label) for label, _ in COMMON_WORK)),
            answers.deliverables,
            show=_pieces,
        ),
        Field(
            "creators",
            Kind.TEXT,
            say("campaign.creators"),
            "Creators",
            parse=lambda text, slots: {
                "max": (n := answers.number("campaign.creators_hint", 1, 500)(text, slots)),
                "min": n,
            },
            show=_range,
        ),
        Field(
            "budget",
            Kind.TEXT,
            lambda s: say("campaign.budget", currency=s["_currency"]),
            "Budget",
            parse=answers.amount("campaign.budget_hint"),
        ),
        Field(
            "goal",
            Kind.CHOICE,
            say("campaign.goal"),
            "Goal",
            fixed(*((goal.value, words.label(goal)) for goal in Goal)),
            on_request=True,
        ),
        Field(
            "niches",
            Kind.MANY,
            say("campaign.niches"),
            "About",
            fixed(*((niche, words.label(niche)) for niche in NICHES)),
            on_request=True,
            show=listed,
        ),
        Field(
            "platforms",
            Kind.MANY,
            say("campaign.platforms"),
            "Platforms",
            fixed(*((platform.value, words.label(platform)) for platform in Platform)),
            on_request=True,
            show=listed,
        ),
        Field(
            "cities",
            Kind.TEXT,
            say("campaign.cities"),
            "Cities",
            parse=answers.cities,
            on_request=True,
            show=listed,
        ),
        Field(
            "countries",
            Kind.TEXT,
            say("campaign.countries"),
            "Countries",
            parse=answers.countries,
            on_request=True,
            show=lambda codes: listed(COUNTRY_NAMES.get(code, code) for code in codes),
        ),
        Field(
            "languages",
            Kind.TEXT,
            say("campaign.languages"),
            "Languages",
            parse=answers.languages,
            on_request=True,
            show=lambda codes: listed(LANGUAGE_NAMES.get(code, code) for code in codes),
        ),
        Field(
            "followers",
            Kind.TEXT,
            say("campaign.followers"),
            "Followers",
            parse=answers.followers,
            on_request=True,
            show=_range,
        ),
        Field(
            "deadline",
            Kind.TEXT,
            say("campaign.deadline"),
            "Live by",
            parse=answers.day("campaign.deadline_hint"),
            on_request=True,
        ),
        Field(
            "hashtags",
            Kind.TEXT,
            say("campaign.hashtags"),
            "Hashtags",
            parse=answers.hashtags,
            on_request=True,
            show=lambda tags: " ".join(f"#{tag.lstrip('#')}" for tag in tags),
        ),
        Field(
            "landing_url",
            Kind.TEXT,
            say("campaign.landing"),
            "Link leads to",
            parse=answers.link("post.link_hint"),
            on_request=True,
        ),
        Field(
            "exclusions",
            Kind.TEXT,
            say("campaign.exclusions"),
            "Not about",
            parse=answers.one_word_list,
            on_request=True,
            show=listed,
        ),
    ),
    summary=_summary,
    confirm=say("campaign.confirm"),
    extract=_extract,
)


def begin(talk: Talk, text: str) -> Answer:
    """Open the campaign form with whatever one sentence says."""
    own = workspaces(talk, Permission.RUN_CAMPAIGNS)
    if not own:
        return [card(say("nothing.brand")), Open("workspace")]
    facts = {
        "_workspaces": [{"id": w.id.hex, "label": w.name} for w in own],
        "_currency": own[0].currency,
        "_country": own[0].country,
        "_text": text,
    }
    return [Open("campaign", facts, text)]


def new(talk: Talk, argument: str) -> Answer:
    """Ask for the sentence."""
    del argument
    if not talk.memberships:
        return [card(say("nothing.brand")), Open("workspace")]
    return [card(say("campaign.new_hint"))]


def save(talk: Talk, slots: Slots, key: str) -> Answer:
    """Save the campaign and show whom we would take."""
    workspace_id = answers.key(slots.get("workspace") or slots["_workspaces"][0]["id"])
    deadline = slots.get("deadline")
    wish = slots.get("creators", {})
    reach = slots.get("followers", {})
    deliverables = slots["deliverables"]
    if isinstance(deliverables, str):
        deliverables = dict(COMMON_WORK)[deliverables]
    brief = Brief(
        text=slots.get("_text", ""),
        goal=Goal(slots["goal"]) if slots.get("goal") else None,
        platforms=tuple(Platform(p) for p in slots.get("platforms", [])),
        niches=tuple(slots.get("niches", [])),
        cities=tuple(slots.get("cities", [])),
        countries=tuple(slots.get("countries", [])),
        languages=tuple(slots.get("languages", [])),
        followers_min=reach.get("min"),
        followers_max=reach.get("max"),
        creators_min=wish.get("min"),
        creators_max=wish.get("max"),
        deliverables=tuple(DeliverableSpec(DeliverableKind(d["kind"]), d["count"]) for d in deliverables),
        hashtags=tuple(slots.get("hashtags", [])),
        exclusions=tuple(slots.get("exclusions", [])),
        deadline=date.fromisoformat(deadline) if deadline else None,
        landing_url=slots.get("landing_url", ""),
    )
    budget = Money(slots["budget"], Currency(slots["_currency"]))
    title = understanding.title(brief)
    campaign = campaigns.draft(talk.work, DraftCampaign(workspace_id, title, budget, brief, key))
    return [card(say("campaign.saved", title=campaign.title)), *_matches(talk, campaign)]


def matches(talk: Talk, argument: str) -> Answer:
    """Search anew for a campaign's creators."""
    return _matches(talk, _one(talk, argument))


def _matches(talk: Talk, campaign: CampaignView) -> Answer:
    found = talk.tools.matcher.match(talk.work, campaign, limit=SUGGESTIONS_SHOWN)
    known = {s.creator_id for s in found.chosen}
    rest = [s for s in found.ranked if s.creator_id not in known]
    campaigns.suggest(talk.work, campaign.id, [*found.chosen, *rest][:SUGGESTIONS_SHOWN])
    remarks = _remarks(found, campaign)
    if not found.chosen:
        text = "\n".join([say("match.nobody") if not found.ranked else "", *remarks]).strip()
        return [card(text, [press(say("match.again"), "matches", campaign.id)])]
    names = creators.many(talk.work, [s.creator_id for s in found.chosen])
    lines = "\n".join(
        say(
            "match.line",
            number=number,
            name=names[s.creator_id].name,
            price=money(s.price),
            estimate=say("match.estimate") if s.price_estimated else "",
            reasons="; ".join(s.reasons),
        )
        for number, s in enumerate(found.chosen, 1)
    )
    text = say(
        "match.set",
        count=len(found.chosen),
        fitting=found.fitting,
        cost=money(found.cost),
        budget=money(campaign.budget),
        lines=lines,
    )
    return [card(f"{text}\n\n{say('match.next')}", _next_buttons(campaign))]


def _next_buttons(campaign: CampaignView) -> list[Any]:
    if campaign.state is CampaignState.AWAITING_FUNDS:
        go = press(say("match.fund", amount=money(campaign.budget)), "fund", campaign.id)
    else:
        go = press(say("notice.send_offers"), "shortlist", campaign.id)
    return [go, press(say("match.again"), "matches", campaign.id)]


def _remarks(found: Matched, campaign: CampaignView) -> list[str]:
    lines = []
    for remark in found.remarks:
        kind, _, rest = remark.partition(":")
        if kind == "without":
            wish, _, count = rest.rpartition(":")
            lines.append(say("match.without", wish=wish, count=count))
        if kind == "too_dear":
            price = money(Money(int(rest), campaign.currency))
            lines.append(say("match.too_dear", price=price, budget=money(campaign.budget)))
    return lines


# --- offers


def _suggested(slots: Slots) -> list[Choice]:
    return [Choice(**choice) for choice in slots.get("_suggested", [])]


def _offer_lines(slots: Slots) -> str:
    chosen = [c for c in slots["_suggested"] if c["id"] in slots["creators"]]
    return "\n".join(f"• {choice['label']}" for choice in chosen)


def _offer_total(slots: Slots) -> int:
    return sum(slots["_prices"][creator] for creator in slots["creators"])


SHORTLIST = Form(
    name="shortlist",
    fields=(
        Field("creators", Kind.MANY, say("shortlist.choose"), "Creators", _suggested, show=listed),
        Field("note", Kind.TEXT, say("shortlist.note"), "Personal word", optional=True),
    ),
    summary=lambda s: say(
        "shortlist.summary",
        count=len(s["creators"]),
        total=answers.show_money(_offer_total(s), s["_currency"]),
        lines=_offer_lines(s),
        escrow=answers.show_money(s["_escrow"], s["_currency"]),
    ),
    confirm=say("shortlist.confirm"),
)


def shortlist(talk: Talk, argument: str) -> Answer:
    """Choose who gets an offer; the best set is ticked."""
    campaign = _one(talk, argument)
    if campaign.state is CampaignState.AWAITING_FUNDS:
        return fund(talk, argument)
    engaged = {d.creator_id for d in deals.of_campaign(talk.work, campaign.id)}
    found = [s for s in campaigns.suggestions(talk.work, campaign.id) if s.creator_id not in engaged]
    if not found:
        again = press(say("match.again"), "matches", campaign.id)
        return [card(say("shortlist.empty"), [again])]
    names = creators.many(talk.work, [s.creator_id for s in found])
    escrow = payments.escrow_of(talk.work, campaign)
    best = talk.tools.matcher.match(talk.work, campaign).chosen
    ticked = [s.creator_id.hex for s in best if s.creator_id in {f.creator_id for f in found}]
    facts: dict[str, Any] = {
        "_campaign": campaign.id.hex,
        "_currency": campaign.currency,
        "_escrow": escrow.minor,
        "_prices": {s.creator_id.hex: s.price.minor for s in found},
        "_suggested": [
            {"id": s.creator_id.hex, "label": f"{names[s.creator_id].name} · {money(s.price)}"} for s in found
        ],
    }
    if ticked:
        facts["creators"] = ticked
    return [Open("shortlist", facts)]


def send_offers(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the offers, each for itself: one that is refused is named, the others go out."""
    del key
    campaign_id = answers.key(slots["_campaign"])
    sent, failed = 0, []
    for creator in slots["creators"]:
        creator_id = answers.key(creator)
        price = Money(slots["_prices"][creator], Currency(slots["_currency"]))
        command = MakeOffer(campaign_id, creator_id, price, slots.get("note", ""))
        try:
            with talk.work.session.begin_nested():
                deals.offer(talk.work, command)
            sent += 1
        except DomainError as error:
            name = creators.get(talk.work, creator_id).name
            failed.append(say("shortlist.failed", name=name, reason=errors.sentence(error)))
    lines = [say("shortlist.sent", count=sent)] if sent else []
    return [card("\n".join([*lines, *failed]))]


# --- money in, and the end


FUND = Form(
    name="fund",
    fields=(
        Field(
            "amount",
            Kind.TEXT,
            lambda s: say(
                "fund.amount",
                title=s["_title"],
                budget=answers.show_money(s["_budget"], s["_currency"]),
                paid=answers.show_money(s["_paid"], s["_currency"]),
            ),
            "Amount",
            parse=answers.amount("campaign.budget_hint"),
        ),
    ),
    summary=lambda s: say(
        "fund.summary",
        title=s["_title"],
        amount=answers.show_money(s["amount"], s["_currency"]),
        credit=_credit_line(s),
        by_card=answers.show_money(max(s["amount"] - s["_credit"], 0), s["_currency"]),
        play=say("fund.play") if s["_play"] else "",
    ),
    confirm=say("fund.confirm"),
)


def _credit_line(slots: Slots) -> str:
    used = min(slots["amount"], slots["_credit"])
    if not used:
        return ""
    return say("fund.credit", credit=answers.show_money(used, slots["_currency"]))


def fund(talk: Talk, argument: str) -> Answer:
    """Show what paying in means, with the amount that is missing from the budget."""
    campaign = _one(talk, argument, CampaignState.AWAITING_FUNDS)
    paid = deals.money_of(talk.work, campaign.id).paid_in
    credit = payments.credit_of(talk.work, campaign.workspace_id, campaign.currency)
    facts: dict[str, Any] = {
        "_campaign": campaign.id.hex,
        "_title": campaign.title,
        "_currency": campaign.currency,
        "_budget": campaign.budget.minor,
        "_paid": paid.minor,
        "_credit": credit.minor,
        "_play": talk.tools.settings.payment_rail == "sandbox",
    }
    missing = campaign.budget.minor - paid.minor
    if missing > 0:
        facts["amount"] = missing
    return [Open("fund", facts)]


def pay_in(talk: Talk, slots: Slots, key: str) -> Answer:
    """Ask for the payment page; credit is used at once."""
    amount = Money(slots["amount"], Currency(slots["_currency"]))
    command = FundCampaign(answers.key(slots["_campaign"]), amount, key)
    funding = payments.fund(talk.work, command)
    replies: Answer = []
    if funding.from_credit:
        replies.append(card(say("fund.from_credit", amount=money(funding.from_credit))))
    if funding.by_card:
        replies.append(card(say("fund.asked")))
    return replies


def pay_with_play_money(talk: Talk, argument: str) -> Answer:
    """Press the sandbox checkout's button from the chat."""
    payments.pay_checkout(talk.work, answers.key(argument))
    return [card(say("pay.pressed"))]


def show_all(talk: Talk, argument: str) -> Answer:
    """List the campaigns, the newest first."""
    del argument
    own = [w.id for w in workspaces(talk, Permission.SEE)]
    found = campaigns.of_workspaces(talk.work, own)[:CAMPAIGNS_SHOWN]
    if not found:
        return [card(say("campaign.none"))]
    return [card(say("campaign.list")), *(_card(talk, campaign) for campaign in found)]


def show_deals(talk: Talk, argument: str) -> Answer:
    """List a campaign's deals."""
    campaign = _one(talk, argument)
    found = deals.of_campaign(talk.work, campaign.id)
    if not found:
        return [card(say("deal.none"))]
    heading = card(say("deals.list", title=campaign.title))
    return [heading, *(deal_cards.brand_deal(talk.work, deal) for deal in found)]


def _card(talk: Talk, campaign: CampaignView) -> Any:  # noqa: ANN401  (an outgoing message)
    found = deals.of_campaign(talk.work, campaign.id)
    counts: dict[str, int] = {}
    for deal in found:
        counts[words.state(deal.state)] = counts.get(words.state(deal.state), 0) + 1
    text = say(
        "campaign.card",
        title=campaign.title,
        state=words.state(campaign.state),
        budget=money(campaign.budget),
        escrow=money(payments.escrow_of(talk.work, campaign)),
        deals=listed((f"{n} {name}" for name, n in counts.items()), say("campaign.no_deals")),
    )
    buttons = []
    if campaign.state is CampaignState.AWAITING_FUNDS:
        buttons.append(press(say("match.fund", amount=money(campaign.budget)), "fund", campaign.id))
        buttons.append(press("Drop it", "drop", campaign.id))
    if campaign.state in LAST_WORD_OFFERS:
        buttons.append(press(say("notice.send_offers"), "shortlist", campaign.id))
        buttons.append(press("Add funds", "fund", campaign.id))
    if found:
        buttons.append(press("Deals", "deals", campaign.id))
        buttons.append(press("Report", "report", campaign.id))
    if campaign.state in LAST_WORD_OFFERS:
        buttons.append(press("Close", "close", campaign.id))
    return card(text, buttons)


def drop(talk: Talk, argument: str) -> Answer:
    """Cancel a campaign that nothing was paid into."""
    campaign = campaigns.own(talk.work, answers.key(argument), Permission.RUN_CAMPAIGNS)
    campaigns.step(talk.work, campaign.id, "cancel")
    return [card(say("campaign.cancel_done", title=campaign.title))]


CLOSE = Form(
    name="close",
    fields=(
        Field(
            "rest",
            Kind.CHOICE,
            lambda s: say(
                "close.how",
                left=answers.show_money(s["_left"], s["_currency"]),
                title=s["_title"],
            ),
            "The rest",
            fixed(("refund", say("close.refund")), ("credit", say("close.credit"))),
        ),
    ),
    summary=lambda s: say(
        "close.summary",
        title=s["_title"],
        left=answers.show_money(s["_left"], s["_currency"]),
        how=say(f"close.{s['rest']}_words"),
    ),
    confirm=say("close.confirm"),
)


def close(talk: Talk, argument: str) -> Answer:
    """Ask what shall become of the rest."""
    campaign = _one(talk, argument, *LAST_WORD_OFFERS)
    facts: dict[str, Any] = {
        "_campaign": campaign.id.hex,
        "_title": campaign.title,
        "_currency": campaign.currency,
        "_left": payments.escrow_of(talk.work, campaign).minor,
    }
    return [Open("close", facts)]


def close_now(talk: Talk, slots: Slots, key: str) -> Answer:
    """Close the campaign and give the rest back."""
    del key
    deals.close_campaign(talk.work, answers.key(slots["_campaign"]), Rest(slots["rest"]))
    return [card(say("close.done", title=slots["_title"]))]


def _one(talk: Talk, argument: str, *states: CampaignState) -> CampaignView:
    """Return the campaign a button names, or the newest one (in one of the states, if given)."""
    if argument:
        return campaigns.own(talk.work, answers.key(argument))
    own = [w.id for w in workspaces(talk, Permission.SEE)]
    found = campaigns.of_workspaces(talk.work, own)
    fitting = [c for c in found if not states or c.state in states]
    if not fitting:
        raise CampaignNotFound
    return fitting[0]


DIALOGUES = (
    Dialogue(
        CAMPAIGN,
        save,
        {
            "BudgetTooSmall": "budget",
            "BudgetTooLarge": "budget",
            "DeadlineInThePast": "deadline",
            "NoDeliverables": "deliverables",
            "NumberOutOfRange": "creators",
        },
    ),
    Dialogue(SHORTLIST, send_offers),
    Dialogue(FUND, pay_in, {"AmountOutOfRange": "amount"}),
    Dialogue(CLOSE, close_now),
)
COMMANDS = (
    Command("campaign", new, ("campaign", "new campaign"), Audience.BRAND, "start a campaign"),
    Command("campaigns", show_all, ("campaigns", "status"), Audience.BRAND, "all campaigns"),
    Command("matches", matches, ("match", "matches"), Audience.BRAND, "who fits my newest campaign"),
    Command(
        "shortlist",
        shortlist,
        ("shortlist", "send offers"),
        Audience.BRAND,
        "choose and send offers",
    ),
    Command("fund", fund, ("fund",), Audience.BRAND, "pay into a campaign"),
    Command("pay", pay_with_play_money),
    Command("deals", show_deals, ("deals",), Audience.BRAND, "deals of my newest campaign"),
    Command("drop", drop),
    Command("close", close, ("close campaign",), Audience.BRAND, "end it, get the rest back"),
)
