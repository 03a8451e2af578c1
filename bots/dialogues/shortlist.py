"""Who fits a campaign, and offers to them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bots.cards import campaigns as campaign_cards
from bots.cards import words
from bots.cards.things import FUNDING, SHORTLIST
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, Slots, facts
from bots.dialogues import answers
from bots.dialogues.funding import fund
from bots.dialogues.workspace import campaign_of
from bots.phrases import errors
from bots.phrases.amounts import listed, money
from bots.phrases.sentences import say
from core.campaigns import service as campaigns
from core.campaigns.matching import Matched
from core.campaigns.schemas import CampaignView
from core.campaigns.states import OPEN_FOR_OFFERS, CampaignState
from core.creators import service as creators
from core.deals import offers
from core.deals import views as deals
from core.deals.schemas import MakeOffer
from core.kit.errors import DomainError
from core.kit.money import Money
from core.kit.work import Work
from core.payments import books

SUGGESTIONS_SHOWN = 20


def matches(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Search anew for a campaign's creators, while it may still have some."""
    campaign = campaign_of(talk, campaign_id)
    if campaign.state not in {CampaignState.AWAITING_FUNDS, *OPEN_FOR_OFFERS}:
        return [card(say("match.over", title=campaign.title, state=words.state(campaign.state)))]
    return show_matches(talk, campaign)


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
    return [card(f"{text}\n\n{say('match.next')}", _next_buttons(talk.work, campaign))]


def _next_buttons(work: Work, campaign: CampaignView) -> list[Any]:
    if campaign.state is CampaignState.AWAITING_FUNDS:
        go = campaign_cards.fund(work, campaign, say("match.fund", amount=money(campaign.budget)))
    else:
        go = campaign_cards.send_offers(work, campaign, say("notice.send_offers"))
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


@dataclass(frozen=True, slots=True)
class Suggested:
    """A creator who may get an offer."""

    creator_id: UUID
    name: str
    price: Money
    in_best_set: bool

    @property
    def label(self) -> str:
        """Return the name with the price."""
        return f"{self.name} · {money(self.price)}"


@dataclass(frozen=True, slots=True)
class ShortlistFacts:
    """Whom a campaign could make offers to, and the money it has free."""

    seen: Seen
    campaign: CampaignView
    escrow: Money
    suggested: tuple[Suggested, ...]


def _load(talk: Talk, seen: Seen) -> ShortlistFacts:
    campaign = campaigns.own(talk.work, seen.id)
    engaged = {d.creator_id for d in deals.of_campaign(talk.work, campaign.id)}
    found = [s for s in campaigns.suggestions(talk.work, campaign.id) if s.creator_id not in engaged]
    names = creators.many(talk.work, [s.creator_id for s in found])
    suggested = [Suggested(s.creator_id, names[s.creator_id].name, s.price, s.in_best_set) for s in found]
    return ShortlistFacts(seen, campaign, books.escrow_of(talk.work, campaign), tuple(suggested))


def _choices(slots: Slots) -> list[Choice]:
    return [Choice(s.creator_id.hex, s.label) for s in facts(ShortlistFacts, slots).suggested]


def _chosen(slots: Slots) -> list[Suggested]:
    return [s for s in facts(ShortlistFacts, slots).suggested if s.creator_id.hex in slots["creators"]]


def _summary(slots: Slots) -> str:
    about, chosen = facts(ShortlistFacts, slots), _chosen(slots)
    total = Money(sum(s.price.minor for s in chosen), about.campaign.currency)
    return say(
        "shortlist.summary",
        count=len(chosen),
        total=money(total),
        lines="\n".join(f"• {s.label}" for s in chosen),
        escrow=money(about.escrow),
    )


SHORTLIST_FORM = Form(
    name="shortlist",
    fields=(
        Field("creators", Kind.MANY, say("shortlist.choose"), "Creators", _choices, show=listed),
        Field("note", Kind.TEXT, say("shortlist.note"), "Personal word", optional=True),
    ),
    summary=_summary,
    confirm=say("shortlist.confirm"),
)


def shortlist(talk: Talk, campaign: Seen) -> Answer:
    """Choose who gets an offer; the best set is ticked."""
    about = _load(talk, campaign)
    if about.campaign.state is CampaignState.AWAITING_FUNDS:
        return fund(talk, Seen(campaign.id, FUNDING.mark(talk, campaign.id)))
    if not about.suggested:
        again = press(say("match.again"), "matches", campaign.id)
        return [card(say("shortlist.empty"), [again])]
    ticked = [s.creator_id.hex for s in about.suggested if s.in_best_set]
    return [Open("shortlist", {"creators": ticked} if ticked else {}, seen=campaign)]


def newest_campaign(talk: Talk) -> UUID | Answer:
    """Find the newest campaign."""
    return campaign_of(talk, None).id


def send_offers(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the offers, each for itself: one that is refused is named, the others go out."""
    del key
    campaign = facts(ShortlistFacts, slots).campaign
    sent, failed = 0, []
    for chosen in _chosen(slots):
        command = MakeOffer(campaign.id, chosen.creator_id, chosen.price, slots.get("note", ""))
        try:
            with talk.work.session.begin_nested():
                offers.offer(talk.work, command, shown=campaign.mark)
            sent += 1
        except DomainError as error:
            failed.append(say("shortlist.failed", name=chosen.name, reason=errors.sentence(error)))
    lines = [say("shortlist.sent", count=sent)] if sent else []
    return [card("\n".join([*lines, *failed]))]


DIALOGUES = (Dialogue(SHORTLIST_FORM, send_offers, load=_load, binds=SHORTLIST),)
COMMANDS = (
    Command(
        "matches",
        matches,
        ("match", "matches"),
        Audience.BRAND,
        "who fits my newest campaign",
        takes=answers.maybe_key,
    ),
    Command(
        "shortlist",
        shortlist,
        ("shortlist", "send offers"),
        Audience.BRAND,
        "choose and send offers",
        binds=SHORTLIST,
        finds=newest_campaign,
    ),
)
