"""Who fits a campaign, and offers to them."""

from typing import Any

from bots.cards import words
from bots.cards.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.funding import fund
from bots.dialogues.workspace import campaign_of
from bots.phrases import errors
from bots.phrases.amounts import listed, money
from bots.phrases.sentences import say
from core.campaigns import service as campaigns
from core.campaigns.matching import Matched
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CampaignState
from core.creators import service as creators
from core.deals import offers
from core.deals import views as deals
from core.deals.schemas import MakeOffer
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.payments import books

SUGGESTIONS_SHOWN = 20


def matches(talk: Talk, argument: str) -> Answer:
    """Search anew for a campaign's creators."""
    return show_matches(talk, campaign_of(talk, argument))


def show_matches(talk: Talk, campaign: CampaignView) -> Answer:
    """Search, keep what was found, and show the best set within the budget."""
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
            reasons="; ".join(words.remark(reason) for reason in s.reasons),
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
    price = Money(
        next((r.facts["minor"] for r in found.remarks if r.code == "too_dear"), 0), campaign.currency
    )
    dear = {"price": money(price), "budget": money(campaign.budget)}
    return [
        say("remark.too_dear", **dear) if remark.code == "too_dear" else words.remark(remark)
        for remark in found.remarks
    ]


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
    campaign = campaign_of(talk, argument)
    if campaign.state is CampaignState.AWAITING_FUNDS:
        return fund(talk, argument)
    engaged = {d.creator_id for d in deals.of_campaign(talk.work, campaign.id)}
    found = [s for s in campaigns.suggestions(talk.work, campaign.id) if s.creator_id not in engaged]
    if not found:
        again = press(say("match.again"), "matches", campaign.id)
        return [card(say("shortlist.empty"), [again])]
    names = creators.many(talk.work, [s.creator_id for s in found])
    escrow = books.escrow_of(talk.work, campaign)
    ticked = [s.creator_id.hex for s in found if s.in_best_set]
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
                offers.offer(talk.work, command)
            sent += 1
        except DomainError as error:
            name = creators.get(talk.work, creator_id).name
            failed.append(say("shortlist.failed", name=name, reason=errors.sentence(error)))
    lines = [say("shortlist.sent", count=sent)] if sent else []
    return [card("\n".join([*lines, *failed]))]


DIALOGUES = (Dialogue(SHORTLIST, send_offers),)
COMMANDS = (
    Command("matches", matches, ("match", "matches"), Audience.BRAND, "who fits my newest campaign"),
    Command(
        "shortlist",
        shortlist,
        ("shortlist", "send offers"),
        Audience.BRAND,
        "choose and send offers",
    ),
)
