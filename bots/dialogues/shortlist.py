"""The chosen set of a campaign: searched, shown, made cheaper, made longer, and offered."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from bots.cards import creators as creator_cards
from bots.cards import gifts, payments, words
from bots.cards import shortlist as set_cards
from bots.cards.campaigns import titled
from bots.cards.things import CAMPAIGN, FUNDING, SHORTLIST
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots, facts
from bots.dialogues import answers
from bots.dialogues.whom import About
from bots.dialogues.whom import campaign_of as campaign_meant
from bots.dialogues.workspace import campaign_of
from bots.phrases import errors
from bots.phrases.amounts import money
from bots.phrases.sentences import say
from core.accounts import permissions
from core.accounts.states import Permission
from core.campaigns import briefs, shortlist
from core.campaigns import service as campaigns
from core.campaigns.matching import Matched, Room
from core.campaigns.schemas import CampaignView, Suggestion
from core.campaigns.states import EDITABLE
from core.creators import service as creators
from core.deals import sets
from core.deals import views as deals
from core.deals.states import DealState
from core.kit.money import Money
from core.messaging.messages import Button
from core.payments import books
from core.payments import funding as payment
from core.payments.schemas import FundCampaign

FOUND_KEPT = 20
AGAIN_SHOWN = 8
CHEAPER_PERCENT = 80


def matches(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Search anew for a campaign's creators, while it may still have some."""
    campaign = campaign_of(talk, campaign_id)
    if campaign.state not in EDITABLE:
        return [card(say("match.over", title=titled(talk.work, campaign), state=words.state(campaign.state)))]
    return show_matches(talk, campaign)


def show_matches(talk: Talk, campaign: CampaignView) -> Answer:
    """Search, keep what was found, and show the best set there is room for.

    Whoever has or had a deal in it, or was taken out, is not proposed again.
    """
    if not permissions.may(talk.work, campaign.workspace_id, Permission.RUN_CAMPAIGNS):
        return [card(say("match.kept")), set_cards.shown(talk.work, talk.tools, campaign)]
    room = sets.room(talk.work, campaign)
    if not room.count:
        again = press(say("shortlist.another"), "another", campaign.id)
        return [card(say("match.full", title=titled(talk.work, campaign)), [again])]
    found = talk.tools.matcher.match(talk.work, campaign, room, limit=FOUND_KEPT)
    shortlist.keep(talk.work, campaign.id, _kept(found))
    remarks, relax = _remarks(found, campaign), _relax(found, campaign)
    if not found.chosen:
        text = "\n".join([say("match.nobody") if not found.ranked else "", *remarks]).strip()
        return [card(text, [*relax, press(say("match.again"), "matches", campaign.id)])]
    heading = say(
        "match.gift_set" if campaign.cashless else "match.set",
        title=titled(talk.work, campaign),
        count=len(found.chosen),
        fitting=found.fitting,
        cost=money(found.cost),
        budget=money(campaign.budget),
        gift=gifts.pay(campaign.budget, campaign.brief),
    )
    shown: Answer = [card("\n".join(remarks), relax)] if remarks else []
    return [*shown, set_cards.shown(talk.work, talk.tools, campaign, heading)]


def _kept(found: Matched) -> list[Suggestion]:
    known = {s.creator_id for s in found.chosen}
    return [*found.chosen, *(s for s in found.ranked if s.creator_id not in known)][:FOUND_KEPT]


def _remarks(found: Matched, campaign: CampaignView) -> list[str]:
    price = Money(
        next((r.facts["minor"] for r in found.remarks if r.code == "too_dear"), 0), campaign.currency
    )
    dear = {"price": money(price), "budget": money(campaign.budget)}
    return [
        say("remark.too_dear", **dear) if remark.code == "too_dear" else words.remark(remark)
        for remark in found.remarks
    ]


def _relax(found: Matched, campaign: CampaignView) -> list[Button]:
    """Return a button for each wish that keeps others away."""
    buttons = []
    for remark in found.remarks:
        wish = remark.code.removeprefix("without_")
        if wish in briefs.WISHES:
            buttons.append(press(words.relax(remark), "relax", f"{campaign.id.hex}.{wish}", campaign.mark))
    return buttons


def relax(talk: Talk, campaign: Seen) -> Answer:
    """Give up one wish about whom to take, and search again."""
    if campaign.detail not in briefs.WISHES:
        raise ValueError(campaign.detail)
    changed = briefs.relax(talk.work, campaign.id, campaign.detail, shown=campaign.mark)
    done = card(say("relax.done", title=titled(talk.work, changed)))
    return [done, *show_matches(talk, changed)]


def show(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Show the chosen set as it stands, with the one act it waits for."""
    campaign = campaign_meant(talk, About(campaign_id, ""))
    if campaign is None:
        return [card(say("shortlist.none"))]
    return [set_cards.shown(talk.work, talk.tools, campaign)]


def another(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Propose one more: the best who is not in it, within what the budget leaves."""
    campaign = campaign_meant(talk, About(campaign_id, ""))
    if campaign is None:
        return [card(say("shortlist.none"))]
    found = next_best(talk, campaign, Money(0, campaign.currency))
    if isinstance(found, list):
        return found
    shortlist.choose(talk.work, campaign.id, found)
    name = creators.get(talk.work, found.creator_id).name
    text = say("shortlist.found", name=name, price=words.price(found.price_between, found.currency))
    return [card(text), set_cards.shown(talk.work, talk.tools, campaign)]


def next_best(talk: Talk, campaign: CampaignView, freed: Money) -> Suggestion | Answer:
    """Return the best creator for what the budget leaves beside the chosen set and what is `freed` of it."""
    chosen = shortlist.chosen(talk.work, campaign)
    room = sets.room(talk.work, campaign, [s.creator_id for s in chosen])
    left = room.budget.minor - shortlist.cost(campaign, chosen).minor + freed.minor
    one = Room(Money(max(left, 0), campaign.currency), 1, room.without)
    found = talk.tools.matcher.match(talk.work, campaign, one)
    if found.chosen:
        return found.chosen[0]
    key = "shortlist.gift_no_other" if campaign.cashless else "shortlist.no_other"
    lines = [say(key, budget=money(one.budget)), *_remarks(found, campaign)]
    return [card("\n".join(lines), _relax(found, campaign))]


def cheaper(talk: Talk, campaign_id: UUID | None) -> Answer:
    """Choose the best set that costs a good deal less."""
    campaign = campaign_meant(talk, About(campaign_id, ""))
    chosen = shortlist.chosen(talk.work, campaign) if campaign else []
    if campaign is None or not chosen:
        return show(talk, campaign_id)
    before = shortlist.cost(campaign, chosen)
    if not before:
        return [card(say("shortlist.gift_no_cheaper"))]
    room = sets.room(talk.work, campaign)
    less = Money(before.minor * CHEAPER_PERCENT // 100, campaign.currency)
    found = talk.tools.matcher.match(talk.work, campaign, Room(less, len(chosen), room.without))
    if not found.chosen:
        return [card(say("shortlist.no_cheaper", before=money(before)))]
    shortlist.keep(talk.work, campaign.id, _kept(found))
    facts_ = {"count": len(found.chosen), "cost": money(found.cost), "before": money(before)}
    return [set_cards.shown(talk.work, talk.tools, campaign, say("shortlist.cheaper", **facts_))]


def again(talk: Talk, campaign_id: UUID | None) -> Answer:
    """List those with whom a deal was finished before, to be invited again."""
    campaign = campaign_meant(talk, About(campaign_id, ""))
    if campaign is None:
        return [card(say("shortlist.none"))]
    made = deals.of_workspaces(talk.work, [campaign.workspace_id])
    out = sets.room(talk.work, campaign).without
    ids = [d.creator_id for d in reversed(made) if d.state is DealState.COMPLETED and d.creator_id not in out]
    people = creators.many(talk.work, list(dict.fromkeys(ids))[:AGAIN_SHOWN])
    found = [c for c in people.values() if c.available]
    if not found:
        return [card(say("shortlist.nobody_again"))]
    suggested = [talk.tools.matcher.suggest(talk.work, campaign, creator) for creator in found]
    shortlist.note(talk.work, campaign.id, suggested)
    buttons = [
        press(
            f"{creator.name} · {words.cash(suggestion.price)}",
            "add",
            creator_cards.about(campaign, creator.id),
        )
        for creator, suggestion in zip(found, suggested, strict=True)
    ]
    return [card(say("shortlist.again"), buttons)]


def pay_set(talk: Talk, campaign: Seen) -> Answer:
    """Pay what the chosen set costs, as it was shown; the offers go out as soon as the money is there."""
    view = campaigns.own(talk.work, campaign.id, Permission.FUND)
    amount = payment.missing(talk.work, view, shortlist.chosen(talk.work, view))
    runs = permissions.may(talk.work, view.workspace_id, Permission.RUN_CAMPAIGNS)
    command = FundCampaign(campaign.id, amount, uuid4().hex, then_offer=runs)
    paid = sets.pay(talk.work, command, talk.tools.rails.present.facts, shown=campaign.mark)
    return [*payments.asked(paid)]


def send(talk: Talk, campaign: Seen) -> Answer:
    """Send the offers to the set that was shown."""
    return _send(talk, campaign, "")


def _send(talk: Talk, campaign: Seen, note: str) -> Answer:
    sent = sets.send(talk.work, campaign.id, note, shown=campaign.mark)
    names = creators.many(talk.work, [creator_id for creator_id, _ in sent.refused])
    lines = [say("shortlist.sent", count=len(sent.made))] if sent.made else []
    lines += [
        say("shortlist.failed", name=names[creator_id].name, reason=errors.sentence(error))
        for creator_id, error in sent.refused
    ]
    return [
        card("\n".join(lines) or say("shortlist.empty", title=campaigns.get(talk.work, campaign.id).title))
    ]


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """The set that gets offers, and the money there is for it."""

    seen: Seen
    gift: str
    escrow: Money
    total: Money
    lines: tuple[str, ...]


def _load_note(talk: Talk, seen: Seen) -> NoteFacts:
    campaign = campaigns.own(talk.work, seen.id, Permission.RUN_CAMPAIGNS)
    chosen = shortlist.chosen(talk.work, campaign)
    names = creators.many(talk.work, [s.creator_id for s in chosen])
    lines = tuple(f"• {names[s.creator_id].name} · {words.cash(s.price)}" for s in chosen)
    gift = gifts.pay(campaign.budget, campaign.brief)
    return NoteFacts(
        seen, gift, books.escrow_of(talk.work, campaign), shortlist.cost(campaign, chosen), lines
    )


def _note_summary(slots: Slots) -> str:
    about = facts(NoteFacts, slots)
    return say(
        "shortlist.summary" if about.total else "shortlist.gift_summary",
        count=len(about.lines),
        gift=about.gift,
        total=money(about.total),
        lines="\n".join(about.lines),
        escrow=money(about.escrow),
    )


NOTE = Form(
    name="offer_note",
    fields=(Field("note", Kind.TEXT, say("shortlist.note"), "Personal word", optional=True),),
    summary=_note_summary,
    confirm=say("shortlist.confirm"),
)


def ask_note(talk: Talk, campaign: Seen) -> Answer:
    """Ask for a personal word before the offers go out."""
    del talk
    return [Open("offer_note", seen=campaign)]


def send_with_note(talk: Talk, slots: Slots, key: str) -> Answer:
    """Send the offers with a personal word."""
    del key
    return _send(talk, facts(NoteFacts, slots).seen, slots.get("note", ""))


DIALOGUES = (Dialogue(NOTE, send_with_note, load=_load_note, binds=SHORTLIST),)
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
        show,
        ("shortlist", "send offers", "the set", "the list"),
        Audience.BRAND,
        "whom I chose, and what it costs",
        takes=answers.maybe_key,
    ),
    Command(
        "another", another, ("find another",), Audience.BRAND, "one more creator", takes=answers.maybe_key
    ),
    Command("cheaper", cheaper, ("cheaper",), Audience.BRAND, "a set for less", takes=answers.maybe_key),
    Command(
        "again", again, ("invite again",), Audience.BRAND, "those I worked with", takes=answers.maybe_key
    ),
    Command("relax", relax, binds=CAMPAIGN),
    Command("pay_set", pay_set, binds=FUNDING),
    Command("send", send, binds=SHORTLIST),
    Command("offer_note", ask_note, binds=SHORTLIST),
)
