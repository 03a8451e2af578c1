"""A campaign from one sentence, and its card."""

from datetime import date
from typing import Any
from uuid import UUID

from bots.cards import campaigns as campaign_cards
from bots.cards import deals as deal_cards
from bots.cards import words
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Choice, Entry, Field, Form, Kind, Slots, facts, fixed, known
from bots.dialogues import answers, brief_fields, campaign_money
from bots.dialogues.campaign_money import CampaignFacts, currency_of
from bots.dialogues.shortlist import show_matches
from bots.dialogues.workspace import (
    acting_workspaces,
    campaign_of,
    choices_of,
    load_workspace,
    own_campaigns,
    own_workspaces,
)
from bots.phrases.amounts import day, listed, percent
from bots.phrases.sentences import say
from bots.understanding import brief as understanding
from bots.understanding import told
from bots.understanding.pieces import placed
from core.accounts import permissions, workspaces
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DraftCampaign
from core.deals import views as deals
from core.kit.money import Money
from core.kit.vocabulary import NICHES, Goal, Platform
from core.terms.schemas import Terms

CAMPAIGNS_SHOWN = 6

COMMON_WORK = (
    ("1 reel", [{"kind": "reel", "count": 1}]),
    ("1 reel and 2 stories", [{"kind": "reel", "count": 1}, {"kind": "story", "count": 2}]),
    ("1 post", [{"kind": "post", "count": 1}]),
    ("1 short", [{"kind": "short", "count": 1}]),
    ("1 video", [{"kind": "video", "count": 1}]),
)


def _common_work(slots: Slots) -> list[Choice]:
    del slots
    return [Choice(name, _pieces(work)) for name, work in COMMON_WORK]


def _load(talk: Talk, seen: Seen) -> CampaignFacts:
    own = tuple(own_workspaces(talk, Permission.RUN_CAMPAIGNS))
    return CampaignFacts(load_workspace(talk, seen), own)


def _workspaces(slots: Slots) -> list[Choice]:
    return choices_of(facts(CampaignFacts, slots).workspaces)


def _work(value: str | list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what each creator makes: as it was written, or what a button stands for."""
    return dict(COMMON_WORK)[value] if isinstance(value, str) else value


def work_of(slots: Slots) -> list[dict[str, Any]]:
    """Return what each creator makes, as it was answered."""
    return _work(slots["deliverables"])


def brief_of(slots: Slots, text: str) -> Brief:
    """Return the brief that the answers make."""
    return campaign_money.with_gift(brief_fields.brief_of(slots, text, work_of(slots)), slots)


def _pieces(value: str | list[dict[str, Any]]) -> str:
    return words.work((item["kind"], item["count"], item.get("platform", "")) for item in _work(value))


def _range(value: dict[str, int]) -> str:
    least, most = value.get("min"), value.get("max")
    if least is not None and most is not None and least != most:
        return say("range.both", least=least, most=most)
    return say("range.one" if most else "range.least", n=(least if least is not None else most) or 0)


def _extract(text: str, slots: Slots) -> dict[str, Any]:
    wish = slots.get("creators", {})
    home = facts(CampaignFacts, slots).home
    stated = understanding.campaign_slots(text, known(slots).today, home.currency, wish, home.country)
    if "deliverables" in stated:
        besides = slots.get("platforms", [])
        stated["deliverables"] = placed(text, stated["deliverables"], besides)
    stated |= told.slots(text)
    return {**stated, **campaign_money.of_gift(text, home.currency, stated)}


def answers_shown(slots: Slots) -> dict[str, str]:
    """Return what was answered, by question, as people read it."""
    shown = {}
    for field in CAMPAIGN_FORM.fields:
        value = slots.get(field.name)
        if value is None or field.name == "workspace":
            continue
        shown[field.name] = field.shown(value, slots)
    return shown


def title_of(name: str) -> str:
    """Return what a question is called."""
    field = CAMPAIGN_FORM.field_named(name)
    return field.title if field else name


def _summary(slots: Slots) -> str:
    lines = [f"• {title_of(name)}: **{shown}**" for name, shown in answers_shown(slots).items()]
    notes = [*brief_fields.elsewhere(brief_of(slots, "")), *brief_fields.not_read(slots)]
    lines += [f"\n{note}" for note in notes]
    key = "campaign.gift_summary" if campaign_money.cashless(slots) else "campaign.summary"
    return say(key, lines="\n".join(lines), rate=percent(Terms().commission_bps))


CAMPAIGN_FORM = Form(
    name="campaign",
    fields=(
        Field(
            "workspace",
            Kind.CHOICE,
            say("campaign.workspace"),
            "Brand",
            _workspaces,
            when=lambda s: len(_workspaces(s)) > 1,
        ),
        Field(
            "deliverables",
            Kind.CHOICE,
            say("campaign.deliverables"),
            "Each creator makes",
            _common_work,
            answers.deliverables,
            show=_pieces,
            free=True,
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
        campaign_money.BUDGET,
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
            otherwise="topics",
        ),
        Field(
            "topics",
            Kind.TEXT,
            say("campaign.topics"),
            "Special topics",
            parse=answers.topics,
            on_request=True,
            show=words.names,
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
            near=lambda city, _: [city],
            on_request=True,
            show=words.cities,
            suggest=answers.suggest_cities,
        ),
        Field(
            "countries",
            Kind.TEXT,
            say("campaign.countries"),
            "Countries",
            parse=answers.countries,
            on_request=True,
            show=words.countries,
        ),
        Field(
            "languages",
            Kind.TEXT,
            say("campaign.languages"),
            "Languages",
            parse=answers.languages,
            on_request=True,
            show=words.languages,
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
            parse=answers.day(
                "campaign.deadline_hint", lambda slots: facts(CampaignFacts, slots).home.country
            ),
            entry=Entry.DAY,
            on_request=True,
            show=lambda on: day(date.fromisoformat(on)),
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
        *map(campaign_money.with_need, brief_fields.FIELDS),
        campaign_money.WORTH,
        campaign_money.HANDING,
    ),
    summary=_summary,
    confirm=say("campaign.confirm"),
    confirms="matches",
    extract=_extract,
    documents="files",
    title=say("button.new_campaign"),
)


def begin(talk: Talk, text: str, place: str = "") -> Answer:
    """Open the campaign form with whatever one sentence says; for the client it names, or of the channel."""
    client = workspaces.workspace_at(talk.work, place or talk.place)
    own = acting_workspaces(talk, Permission.RUN_CAMPAIGNS)
    if not own:
        return [card(say("nothing.brand")), Open("workspace")]
    named = [w for w in own if len(own) > 1 and w.name.casefold() in text.casefold()]
    home = next((w for w in (*named, *own) if w in named or w.id == client), None)
    chosen = {"workspace": home.id.hex} if home else {}
    return [Open("campaign", chosen, text, Seen((home or own[0]).id, ""))]


def sheet(talk: Talk, argument: str) -> Answer:
    """Open the campaign form with nothing filled in; the argument is the channel it was asked for in."""
    return begin(talk, "", argument)


def new(talk: Talk, argument: str) -> Answer:
    """Ask for the sentence."""
    del argument
    if not acting_workspaces(talk, Permission.RUN_CAMPAIGNS):
        return [card(say("nothing.brand")), Open("workspace")]
    return [card(say("campaign.new_hint"), [press(say("campaign.by_steps"), "campaign_sheet")])]


def save(talk: Talk, slots: Slots, key: str) -> Answer:
    """Save the campaign and show whom we would take."""
    workspace_id = UUID(slots["workspace"]) if "workspace" in slots else facts(CampaignFacts, slots).home.id
    brief = brief_of(slots, known(slots).text)
    brief_fields.need(talk.work, brief)
    budget = Money(slots["budget"], currency_of(slots))
    title = campaign_cards.name(brief)
    campaign = campaigns.draft(talk.work, DraftCampaign(workspace_id, title, budget, brief, key))
    return [card(say("campaign.saved", title=campaign.title)), *show_matches(talk, campaign)]


def show_all(talk: Talk, argument: str) -> Answer:
    """List the campaigns, the newest first."""
    del argument
    own = [w.id for w in own_workspaces(talk, Permission.SEE)]
    found = campaigns.of_workspaces(talk.work, own)[:CAMPAIGNS_SHOWN]
    if not found:
        return [card(say("campaign.none"))]
    return [card(say("campaign.list")), *campaign_cards.brand_campaigns(talk.work, found)]


def show_deals(talk: Talk, campaign_id: UUID | None) -> Answer:
    """List a campaign's deals; those of the newest campaign that has any, where none is named."""
    if campaign_id is None:
        made = deals.counts(talk.work, [c.id for c in own_campaigns(talk)])
        campaign_id = next((found for found, states in made.items() if states), None)
    if campaign_id is None:
        return [card(say("deal.none"))]
    campaign = campaign_of(talk, campaign_id)
    found = deals.of_campaign(talk.work, campaign.id)
    if not found:
        return [card(say("deal.none"))]
    heading = card(say("deals.list", title=campaign.title))
    granted = permissions.granted(talk.work, [campaign.workspace_id])[campaign.workspace_id]
    scenes = deal_cards.scenes(talk.work, found)
    return [heading, *(deal_cards.brand_deal(scene, granted) for scene in scenes)]


def here(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Bring the news of a campaign into the channel this is said in."""
    if not talk.place:
        return [card(say("here.where"))]
    campaign = campaign_of(talk, campaign_id)
    campaigns.move(talk.work, campaign.id, talk.place)
    return [card(say("here.done", title=campaign.title))]


def private_news(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Bring the news of a campaign into everybody's private chat again."""
    campaign = campaign_of(talk, campaign_id)
    campaigns.move(talk.work, campaign.id, "")
    return [card(say("here.private", title=campaign.title))]


DIALOGUES = (
    Dialogue(
        CAMPAIGN_FORM,
        save,
        {
            "BudgetTooSmall": "budget",
            "BudgetTooLarge": "budget",
            "DeadlineInThePast": "deadline",
            "LandingNotALink": "landing_url",
            "NoDeliverables": "deliverables",
            "NothingGiven": "goods",
            "NumberOutOfRange": "creators",
        },
        _load,
    ),
)
COMMANDS = (
    Command("campaign", new, ("campaign", "new campaign"), Audience.BRAND, "start a campaign"),
    Command("campaign_sheet", sheet, opens=True),
    Command("campaigns", show_all, ("campaigns", "status"), Audience.BRAND, "all campaigns"),
    Command(
        "deals",
        show_deals,
        ("deals",),
        Audience.BRAND,
        "deals of my newest campaign",
        takes=answers.maybe_key,
    ),
    Command("here", here, ("here",), Audience.BRAND, takes=answers.maybe_key),
    Command("private_news", private_news, ("private news",), Audience.BRAND, takes=answers.maybe_key),
)
