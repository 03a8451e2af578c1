"""Writing to the other side of a deal, giving evidence, and reporting what somebody wrote."""

from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import messages as message_cards
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import load_deal, of_deal
from bots.dialogues.workspace import own_workspaces
from bots.phrases.sentences import say
from core.accounts.states import Permission
from core.deals import messages
from core.deals import views as deals
from core.deals.schemas import DealView, WriteMessage
from core.deals.states import OPEN_DEALS, DealState

SHOWN_MAX = 8


def _asked(slots: Slots) -> str:
    about = of_deal(slots)
    key = "message.evidence_ask" if about.deal.state is DealState.DISPUTED else "message.ask"
    return say(key, other=about.other, title=about.title)


MESSAGE = Form(
    name="message",
    title=say("message.answer"),
    fields=(
        Field("words", Kind.TEXT, _asked, "Message", optional=True, yes=True),
        Field("media", Kind.MEDIA, say("message.files"), "Files", optional=True, on_request=True),
    ),
)


def ask_message(talk: Talk, deal_id: UUID | None) -> Answer:
    """Ask what to pass on, and in which deal where it could be several."""
    deal = _meant(talk, deal_id)
    return [Open("message", seen=Seen(deal.id, deal.mark))] if isinstance(deal, DealView) else deal


def send(talk: Talk, slots: Slots, key: str) -> Answer:
    """Pass it on; what was left out for now is said."""
    del key
    about = of_deal(slots)
    evidence = about.deal.state is DealState.DISPUTED
    written = messages.write(
        talk.work,
        WriteMessage(about.seen.id, slots.get("words", ""), answers.files(slots), evidence=evidence),
    )
    text = say("message.evidence_done" if evidence else "message.done", other=about.other)
    if written.held_back:
        text += "\n" + say("message.held_back", other=about.other)
    return [card(text)]


def show_messages(talk: Talk, deal_id: UUID | None) -> Answer:
    """Show what was written in a deal."""
    deal = _meant(talk, deal_id, command="messages")
    if not isinstance(deal, DealView):
        return deal
    written = messages.of_deal(talk.work, deal.id)
    scene = deal_cards.scene(talk.work, deal)
    if not written:
        return [card(say("message.none", title=scene.title), [message_cards.answer_button(deal)])]
    return [message_cards.conversation(talk.work, scene, written)]


def report(talk: Talk, message_id: UUID) -> Answer:
    """Put what somebody wrote before a person of the marketplace."""
    messages.report(talk.work, message_id)
    return [card(say("message.reported"))]


def _meant(talk: Talk, deal_id: UUID | None, command: str = "message") -> DealView | Answer:
    """Return the deal that is meant, or the question which."""
    if deal_id is not None:
        return deals.get(talk.work, deal_id)
    running = running_deals(talk)
    if len(running) == 1:
        return running[0]
    if not running:
        return [card(say("message.no_deal"))]
    newest = deal_cards.scenes(talk.work, running[-SHOWN_MAX:])
    buttons = [press(f"{other_side(talk, s)}: {s.title}", command, s.deal.id) for s in reversed(newest)]
    return [card(say("message.which"), buttons)]


def running_deals(talk: Talk) -> list[DealView]:
    """Return the deals of whoever talks that are open, on either side, the newest last."""
    brands = [w.id for w in own_workspaces(talk, Permission.APPROVE)]
    found = deals.of_creator(talk.work, talk.creator.id) if talk.creator else []
    found += deals.of_workspaces(talk.work, brands)
    return [deal for deal in found if deal.state in OPEN_DEALS]


def other_side(talk: Talk, scene: deal_cards.Scene) -> str:
    """Return how the other side of a deal is called."""
    own = talk.creator is not None and scene.creator.id == talk.creator.id
    return scene.brand.name if own else scene.creator.name


DIALOGUES = (
    Dialogue(MESSAGE, send, {"MessageEmpty": "words"}, load_deal),
)  # fmt: skip
COMMANDS = (
    Command(
        "message",
        ask_message,
        ("message", "write to them", "reply"),
        help="write to the other side of a deal",
        takes=answers.maybe_key,
    ),
    Command(
        "messages", show_messages, ("messages",), help="what was written in a deal", takes=answers.maybe_key
    ),
    Command("report_message", report, takes=answers.key),
)
