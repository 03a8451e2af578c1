"""A gift that is sent: its address, that it is on its way, that it is there or not; calling it off before."""

from dataclasses import replace
from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import parcels as parcel_cards
from bots.cards.things import DEAL
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import load_deal, of_deal
from bots.dialogues.work import own_deals
from bots.dialogues.workspace import own_workspaces
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from bots.understanding import gifts
from core.accounts import permissions
from core.accounts.states import Permission
from core.deals import parcels
from core.deals import views as deals
from core.deals.schemas import DealView
from core.deals.states import DealState

ADDRESS = Form(
    name="address",
    title=say("parcel.give_address"),
    fields=(
        Field(
            "address",
            Kind.TEXT,
            lambda s: say("parcel.address_ask", brand=of_deal(s).other),
            "Address",
            characters_max=parcels.ADDRESS_CHARACTERS_MAX,
        ),
    ),
)
FOUND = replace(
    ADDRESS,
    name="address_found",
    summary=lambda s: say("parcel.found", brand=of_deal(s).other, address=s["address"]),
    confirm=say("parcel.found_confirm"),
)
"""An address that nobody asked for is shown before it is given."""
SENT = Form(
    name="send_gift",
    title=say("parcel.send"),
    fields=(
        Field(
            "tracking",
            Kind.TEXT,
            say("parcel.tracking_ask"),
            "Link",
            parse=answers.link("post.link_hint"),
            optional=True,
            characters_max=parcels.TRACKING_CHARACTERS_MAX,
        ),
    ),
)
CALL_OFF = Form(
    name="call_off",
    title=say("parcel.call_off"),
    fields=(
        Field("reason", Kind.TEXT, lambda s: say("parcel.call_off_ask", other=of_deal(s).other), "Reason"),
    ),
    summary=lambda s: say("parcel.call_off_summary", what=of_deal(s).title, reason=s["reason"]),
    confirm=say("parcel.call_off"),
    ends=True,
)


def of_words(talk: Talk, text: str) -> Answer:
    """Open what a sentence about a parcel is for, where one is due; nothing is done by it."""
    if talk.creator is not None and gifts.is_address(text):
        waiting = _own(talk, DealState.AWAITING_ADDRESS)
        if len(waiting) == 1:
            return [Open(FOUND.name, {"address": text.strip()}, seen=Seen(waiting[0].id, waiting[0].mark))]
    if talk.creator is not None and gifts.arrived(text):
        coming = _own(talk, DealState.ON_ITS_WAY)
        return list(map(deal_cards.creator_deal, deal_cards.scenes(talk.work, coming, talk.creator)))
    return _shipped(talk) if talk.memberships and gifts.shipped(text) else []


def _own(talk: Talk, state: DealState) -> list[DealView]:
    return [deal for deal in own_deals(talk) if deal.state is state]


def _shipped(talk: Talk) -> Answer:
    own = [workspace.id for workspace in own_workspaces(talk, Permission.RUN_CAMPAIGNS)]
    due = [deal for deal in deals.of_workspaces(talk.work, own) if deal.state is DealState.TO_SEND]
    if len(due) == 1:
        return [Open(SENT.name, seen=Seen(due[0].id, due[0].mark))]
    granted = permissions.granted(talk.work, own)
    scenes = deal_cards.scenes(talk.work, due)
    return [deal_cards.brand_deal(scene, granted[scene.deal.workspace_id]) for scene in scenes]


def ask_address(talk: Talk, deal: Seen) -> Answer:
    """Ask where the gift shall go."""
    del talk
    return [Open("address", seen=deal)]


def deal_that_waits(talk: Talk) -> UUID | Answer:
    """Find the deal whose gift has no address yet."""
    waiting = _own(talk, DealState.AWAITING_ADDRESS)
    return waiting[0].id if waiting else [card(say("parcel.none"))]


def give_address(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the address for the brand of this deal."""
    del key
    about = of_deal(slots)
    deal = parcels.give_address(talk.work, about.seen.id, slots["address"], shown=about.seen.mark)
    return [card(say("parcel.address_done", brand=about.other, until=moment(deal.answer_by)))]


def show(talk: Talk, deal_id: UUID) -> Answer:
    """Show where a gift goes, to whoever asks for it and may read it."""
    return [parcel_cards.shown(talk.work, deals.get(talk.work, deal_id))]


def ask_tracking(talk: Talk, deal: Seen) -> Answer:
    """Ask for a link to follow the parcel by, which may be skipped."""
    del talk
    return [Open("send_gift", seen=deal)]


def send(talk: Talk, slots: Slots, key: str) -> Answer:
    """Say that it is on its way."""
    del key
    about = of_deal(slots)
    deal = parcels.send(talk.work, about.seen.id, slots.get("tracking", ""), shown=about.seen.mark)
    return [card(say("parcel.send_done", name=about.other, until=moment(deal.answer_by)))]


def arrived(talk: Talk, deal: Seen) -> Answer:
    """Say that it is there, and show the work that begins."""
    now = parcels.arrived(talk.work, deal.id, shown=deal.mark)
    done = card(say("parcel.arrived_done", due=moment(now.deliverables[0].draft_due_at)))
    return [done, deal_cards.creator_deal(deal_cards.scene(talk.work, now))]


def not_arrived(talk: Talk, deal: Seen) -> Answer:
    """Say that it is not there."""
    now = parcels.not_arrived(talk.work, deal.id, shown=deal.mark)
    return [card(say("parcel.not_arrived_done", brand=deal_cards.other_name(talk, now)))]


def ask_call_off(talk: Talk, deal: Seen) -> Answer:
    """Ask why."""
    del talk
    return [Open("call_off", seen=deal)]


def call_off(talk: Talk, slots: Slots, key: str) -> Answer:
    """End a deal whose gift was not sent yet."""
    del key
    about = of_deal(slots)
    parcels.call_off(talk.work, about.seen.id, slots["reason"], shown=about.seen.mark)
    return [card(say("parcel.call_off_done", other=about.other))]


DIALOGUES = (
    Dialogue(ADDRESS, give_address, {"AddressMissing": "address"}, load_deal, DEAL),
    Dialogue(FOUND, give_address, {"AddressMissing": "address"}, load_deal, DEAL),
    Dialogue(SENT, send, load=load_deal, binds=DEAL),
    Dialogue(CALL_OFF, call_off, {"ReasonMissing": "reason"}, load_deal, DEAL),
)
COMMANDS = (
    Command(
        "address",
        ask_address,
        ("address", "my address"),
        Audience.CREATOR,
        "where a gift is sent",
        binds=DEAL,
        finds=deal_that_waits,
    ),
    Command("parcel", show, takes=answers.key),
    Command("send_gift", ask_tracking, opens=True, binds=DEAL),
    Command("arrived", arrived, binds=DEAL),
    Command("not_arrived", not_arrived, binds=DEAL),
    Command("call_off", ask_call_off, opens=True, binds=DEAL),
)
