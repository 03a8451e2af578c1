"""Changing a campaign that was saved, by its form or in words; and a creator's answer to a changed brief."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from bots.cards import briefs as brief_cards
from bots.cards import campaigns as campaign_cards
from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.things import CAMPAIGN, CHANGE, DEAL
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import KNOWN, Slots, answered, facts, known
from bots.dialogues import answers, brief_fields
from bots.dialogues.campaign_money import CampaignFacts, currency_of
from bots.dialogues.campaigns import (
    CAMPAIGN_FORM,
    answers_shown,
    brief_of,
    title_of,
)
from bots.dialogues.shortlist import show_matches
from bots.dialogues.workspace import own_campaigns
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.accounts import permissions, workspaces
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, CampaignView, ChangeCampaign
from core.campaigns.states import EDITABLE, CampaignState
from core.creators import service as creators
from core.deals import briefs
from core.deals import views as deals
from core.deals.amendments import AgreedWork
from core.kit.money import Money
from core.payments import books

CHANGES = re.compile(
    r"(?:please\s+|por favor\s+)?(?:change|edit|update|set|move|push|extend|raise|increase|lower|reduce|add"
    r"|remove|make (?:it|the)|cambia|cambiar|edita|editar|añade|agrega|quita|muda|mudar|altera|alterar"
    r"|adiciona|tira|badlo|badal do|badhao|jodo|hatao|बदलो|बदल दो|बढ़ाओ|जोड़ो|हटाओ)(?!\w)",
    re.IGNORECASE,
)
"""How a sentence begins that wants something changed."""


@dataclass(frozen=True, slots=True)
class EditFacts(CampaignFacts):
    """A campaign that is changed, as it was shown."""

    seen: Seen
    campaign: CampaignView
    was: dict[str, Any]
    works: tuple[AgreedWork, ...]
    names: dict[UUID, str]


def _load(talk: Talk, seen: Seen) -> EditFacts:
    campaign = campaigns.own(talk.work, seen.id, Permission.RUN_CAMPAIGNS)
    home = workspaces.workspace_of(talk.work, campaign.workspace_id)
    works = tuple(briefs.agreed_works(talk.work, campaign.id))
    known_ = creators.many(talk.work, [each.creator_id for each in works])
    names = {each.deal_id: known_[each.creator_id].name for each in works}
    return EditFacts(home, (home,), seen, campaign, slots_of(talk, campaign), works, names)


def slots_of(talk: Talk, campaign: CampaignView) -> dict[str, Any]:
    """Return the answers that make a campaign what it is."""
    worth = {"worth": campaign.brief.worth.minor} if campaign.brief.worth else {}
    return {"budget": campaign.budget.minor, **brief_fields.slots_of(talk.work, campaign.brief), **worth}


def _summary(slots: Slots) -> str:
    about = facts(EditFacts, slots)
    before, now = answers_shown({**about.was, KNOWN: known(slots)}), answers_shown(slots)
    lines = []
    for name in dict.fromkeys([*now, *before]):
        was, becomes = before.get(name, "–"), now.get(name, "–")
        lines.append(f"• {title_of(name)}: " + (f"{was} → **{becomes}**" if was != becomes else becomes))
    lines += _costs(about, brief_of(slots, ""))
    return say("edit.summary", title=about.campaign.title, lines="\n".join(lines))


def _costs(about: EditFacts, brief: Brief) -> list[str]:
    """Return what creators who have agreed would be asked for, each with the price, and what it costs."""
    asked = briefs.amendments_of(about.works, brief)
    if not asked:
        return []
    lines = [
        say(
            "edit.cost",
            name=about.names[each.deal_id],
            before=words.cash(each.price),
            now=words.cash(asked[each.deal_id].price),
        )
        for each in about.works
        if each.deal_id in asked
    ]
    more = briefs.costs_more(about.works, asked)
    total = say("edit.costs_more", more=money(Money(more, about.campaign.currency))) if more > 0 else ""
    return ["", say("edit.costs"), *lines, *filter(None, [total])]


EDIT = replace(
    CAMPAIGN_FORM,
    name="edit_campaign",
    summary=_summary,
    confirm=say("edit.confirm"),
    title=say("edit.button"),
)


def ask(talk: Talk, seen: Seen) -> Answer:
    """Show a campaign's answers, each of which can be changed."""
    return [_open(talk, _editable(talk, seen.id), "")]


def _open(talk: Talk, campaign: CampaignView, changes: str) -> Open:
    """Open the form for the campaign and for the agreed work, whose price it shows."""
    seen = Seen(campaign.id, briefs.mark_of(talk.work, campaign))
    return Open("edit_campaign", slots_of(talk, campaign), changes, seen)


def _editable(talk: Talk, campaign_id: UUID) -> CampaignView:
    return campaigns.own(talk.work, campaign_id, Permission.RUN_CAMPAIGNS)


def newest(talk: Talk) -> UUID | Answer:
    """Find the newest campaign that can be changed."""
    found = own_editable(talk)
    return found[0].id if found else [card(say("edit.none"))]


def own_editable(talk: Talk) -> list[CampaignView]:
    """Return the campaigns that whoever talks may change, the newest first."""
    found = [campaign for campaign in own_campaigns(talk) if campaign.state in EDITABLE]
    granted = permissions.granted(talk.work, {campaign.workspace_id for campaign in found})
    return [c for c in found if Permission.RUN_CAMPAIGNS in granted[c.workspace_id]]


def wants(talk: Talk, text: str) -> bool:
    """Tell whether a sentence wants something of a saved campaign changed."""
    return CHANGES.match(text.strip()) is not None and bool(own_editable(talk))


def in_words(talk: Talk, changes: str, campaign: str = "") -> Answer:
    """Show a campaign as it would be with what a sentence changes: one that is named, or the newest."""
    found = own_editable(talk)
    if not found:
        return [card(say("edit.none"))]
    chosen = _named(found, campaign or changes) or found[0]
    title = re.compile(rf"(?<!\w){re.escape(chosen.title)}(?!\w)", re.IGNORECASE)
    return [_open(talk, chosen, title.sub(" ", changes))]  # its name asks for nothing


def _named(found: Sequence[CampaignView], words: str) -> CampaignView | None:
    spoken = words.casefold()
    return next((campaign for campaign in found if campaign.title.casefold() in spoken), None)


def save(talk: Talk, slots: Slots, key: str) -> Answer:
    """Change the campaign; what was agreed is asked about, and all of it is said."""
    del key
    about = facts(EditFacts, slots)
    before = about.campaign
    if answered(slots) == about.was:
        return [card(say("edit.same")), campaign_cards.brand_campaign(talk.work, before)]
    brief = brief_of(slots, before.brief.text)
    brief_fields.need(talk.work, brief, before.brief)
    command = ChangeCampaign(before.id, Money(slots["budget"], currency_of(slots)), brief)
    changed = briefs.change(talk.work, command, shown=about.seen.mark)
    said = card("\n".join(_outcome(talk, before, changed)))
    if changed.campaign.state is CampaignState.AWAITING_FUNDS:
        return [said, *show_matches(talk, changed.campaign)]
    return [said, campaign_cards.brand_campaign(talk.work, changed.campaign)]


def _outcome(talk: Talk, before: CampaignView, changed: briefs.Changed) -> list[str]:
    now = changed.campaign
    lines = [say("edit.saved", title=now.title)]
    if changed.following:
        lines.append(say("edit.following", n=changed.following))
    if changed.asked:
        lines.append(say("edit.asked", n=changed.asked))
    if changed.kept:
        lines.append(say("edit.pieces_stay", n=changed.kept))
    if now.budget > before.budget and now.state is not CampaignState.AWAITING_FUNDS:
        paid = books.campaign_money(talk.work, now, []).paid_in
        lines.append(say("edit.budget_more", missing=money(now.budget - paid)))
    return lines


def brief_card(talk: Talk, deal_id: UUID) -> Answer:
    """Show a creator the brief that a deal goes by."""
    deal = deals.get(talk.work, deal_id)
    s = deal_cards.scene(talk.work, deal)
    told = brief_cards.told(s.brief, deal, s.creator.country)
    files = brief_cards.attached(s.brief, brief_cards.files(talk.work, [s.brief]))
    text = say("brief.card", title=s.title, brand=s.brand.name, brief=told)
    return [card(text, brief_cards.answers(deal), files)]


def agree(talk: Talk, deal: Seen) -> Answer:
    """Take the new brief for one's deal."""
    briefs.answer(talk.work, deal.id, agree=True, shown=deal.mark)
    return [card(say("brief.answer_yes")), *brief_card(talk, deal.id)]


def refuse(talk: Talk, deal: Seen) -> Answer:
    """Stay with the brief that was agreed to."""
    briefs.answer(talk.work, deal.id, agree=False, shown=deal.mark)
    return [card(say("brief.answer_no"))]


DIALOGUES = (
    Dialogue(
        EDIT,
        save,
        {
            "BudgetTooSmall": "budget",
            "BudgetTooLarge": "budget",
            "BudgetBelowPaid": "budget",
            "DeadlineInThePast": "deadline",
            "LandingNotALink": "landing_url",
            "NoDeliverables": "deliverables",
            "NothingGiven": "goods",
            "NumberOutOfRange": "creators",
        },
        _load,
        CHANGE,
    ),
)
COMMANDS = (
    Command(
        "edit_campaign",
        ask,
        ("edit campaign", "change campaign"),
        Audience.BRAND,
        "change a campaign",
        binds=CAMPAIGN,
        finds=newest,
    ),
    Command("brief", brief_card, takes=answers.key),
    Command("brief_yes", agree, binds=DEAL),
    Command("brief_no", refuse, binds=DEAL),
)
