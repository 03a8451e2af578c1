"""What everybody may say: hello, help, menu, money, human, stop, codes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from bots.cards import deep
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, AnyCommand, Audience, Command, Dialogue, Open, Talk, is_a_code
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import reports
from bots.dialogues import step_up as step_up_talk
from bots.dialogues import wallet as wallet_talk
from bots.dialogues.workspace import first
from bots.phrases.amounts import moment
from bots.phrases.languages import translated, typed_word
from bots.phrases.sentences import say
from core.accounts import chats, members, people
from core.accounts.states import Permission
from core.conversations import service as conversations
from core.kit.text import TEXT_CHARACTERS_MAX
from core.messaging import outbox, sent_words
from core.messaging.messages import Address, Button, OutgoingMessage, Role
from core.step_up import service as step_up

BRAND_MENU = (
    ("button.new_campaign", "campaign", Permission.RUN_CAMPAIGNS),
    ("button.campaigns", "campaigns", Permission.SEE),
    ("button.drafts", "drafts_brand", Permission.APPROVE),
    ("button.report", "report", Permission.SEE),
    ("button.money", "money", Permission.SEE_MONEY),
    ("button.team", "team", Permission.SEE),
    ("button.verify", "verify", Permission.RUN_CAMPAIGNS),
    ("button.help", "help", Permission.SEE),
)
"""(label, command, what a role must grant somewhere for it to be shown)."""
CREATOR_MENU = (
    ("button.offers", "offers"),
    ("button.my_work", "work"),
    ("button.find_work", "find"),
    ("button.hand_in_draft", "draft"),
    ("button.i_posted", "post"),
    ("button.money", "money"),
    ("button.profile", "profile"),
    ("button.help", "help"),
)
HELP_GROUPS: dict[str, tuple[str, ...]] = {
    "campaigns": (
        "campaign",
        "campaigns",
        "deals",
        "matches",
        "shortlist",
        "drafts_brand",
        "report",
        "close",
    ),
    "work": ("offers", "work", "find", "draft", "post"),
    "profile": ("profile", "portfolio", "rate", "availability", "invite_friend"),
    "money": ("money", "fund", "payout"),
    "team": ("team", "verify", "client", "summaries"),
    "talk": ("menu", "help", "human", "genuine", "review"),
    "settings": ("language", "quiet", "notices_here", "link", "sessions", "own_data", "delete"),
}
HELP_OF_SIDE = {Audience.BRAND: "campaigns", Audience.CREATOR: "work", Audience.ANYBODY: "talk"}
HELP_COMMANDS: list[AnyCommand] = []
"""Every command with words; `bots.dialogues.book` fills it."""


def hello(talk: Talk, argument: str) -> Answer:
    """Greet, and ask for the side; whoever is known gets the menu."""
    del argument
    return menu(talk, "") if talk.memberships or talk.creator else [welcome(talk)]


def welcome(talk: Talk) -> OutgoingMessage:
    """Greet whoever is nothing yet, and ask for the side."""
    text = say("start.hello", name=talk.person.name)
    if talk.tools.settings.sandbox:
        text += f"\n\n{say('start.sandbox')}"
    return card(text, sides_to_take())


def sides_to_take() -> list[Button]:
    """Return the buttons with which somebody begins."""
    return [
        press(say("start.brand"), "brand"),
        press(say("start.creator"), "onboard"),
        press(say("start.join"), "join"),
    ]


def brand(talk: Talk, argument: str) -> Answer:
    """Begin as a brand."""
    del argument
    return menu(talk, "") if talk.memberships else [Open("workspace")]


def menu(talk: Talk, argument: str) -> Answer:
    """Show what can be done now."""
    del argument
    shown: Answer = []
    membership = first(talk)
    if membership is not None:
        buttons = _entries((label, command) for label, command, needs in BRAND_MENU if _may(talk, needs))
        shown.append(card(say("menu.brand", workspace=membership.workspace.name), buttons))
    if talk.creator is not None:
        buttons = _entries(CREATOR_MENU)
        shown.append(card(say("menu.creator", name=talk.creator.name), buttons))
    return shown or hello(talk, "")


def _entries(entries: Iterable[tuple[str, str]]) -> list[Button]:
    """Return the buttons of a menu, of which none is the act that is due."""
    return [replace(press(say(label), command), role=Role.SECONDARY) for label, command in entries]


def _may(talk: Talk, permission: Permission) -> bool:
    return any(membership.may(permission) for membership in talk.memberships)


def help_(talk: Talk, group: str) -> Answer:
    """Ask what it is about, or show what one may write for it."""
    groups = _groups(talk)
    if group in groups:
        lines = "\n".join(f"• **{typed_word(c.words[0])}**: {translated(c.help)}" for c in groups[group])
        buttons = [press(typed_word(c.words[0]), c.name) for c in groups[group]]
        return [card(say("help.group", group=say(f"help.{group}"), lines=lines), buttons)]
    if not talk.sides:
        return [card(say("help.nobody")), *hello(talk, "")]
    text = "\n".join([say("help.ask"), *([say("help.example")] if talk.memberships else [])])
    return [card(text, [press(say(f"help.{name}"), "help", name) for name in groups], public=True)]


def _groups(talk: Talk) -> dict[str, list[AnyCommand]]:
    """Return the commands that somebody can use, in groups; one that no group names is with its side's."""
    serving = {Audience.ANYBODY}
    serving |= {Audience.BRAND} if talk.memberships else set()
    serving |= {Audience.CREATOR} if talk.creator else set()
    found: dict[str, list[AnyCommand]] = {group: [] for group in HELP_GROUPS}
    for command in HELP_COMMANDS:
        if command.audience in serving:
            found[_group_of(command)].append(command)
    return {group: commands for group, commands in found.items() if commands}


def _group_of(command: AnyCommand) -> str:
    named = next((group for group, names in HELP_GROUPS.items() if command.name in names), "")
    return named or HELP_OF_SIDE[command.audience]


def money(talk: Talk, argument: str) -> Answer:
    """Show one's money, on whichever side."""
    shown: Answer = []
    if talk.memberships:
        shown += reports.brand_money(talk, argument)
    if talk.creator:
        shown += wallet_talk.wallet(talk, argument)
    return shown or hello(talk, "")


def stop(talk: Talk, argument: str) -> Answer:
    """Send no notices into this chat any more; what was just asked about here is stopped first."""
    del argument
    if asked := step_up.asked_of(talk.work, talk.address):
        stopped = [step_up_talk.stopped(talk, change.id) for change in asked]
        return [*stopped, card(say("step_up.stop_again"))]
    chats.mute(talk.work, talk.address.channel, talk.address.chat_id, muted=True)
    return [card(say("stop.done"))]


def read_it(talk: Talk, argument: str) -> Answer:
    """Say nothing more: what waited for this person came with the turn."""
    del talk, argument
    return []


def go_on(talk: Talk, argument: str) -> Answer:
    """Send notices into this chat again, and say so where there were none."""
    was_muted = chats.mute(talk.work, talk.address.channel, talk.address.chat_id, muted=False)
    again: Answer = [card(say("start.again"))] if was_muted else []
    return [*again, *hello(talk, argument)]


def past(talk: Talk, argument: str) -> Answer:
    """Say that words answered an earlier message: the open question follows."""
    del talk, argument
    return [card(say("talk.past"))]


@dataclass(frozen=True, slots=True)
class Page:
    """A message of ours, and from which of its buttons on."""

    message_id: UUID
    first: int

    @classmethod
    def read(cls, argument: str) -> "Page":
        """Read what a button carried. Raises ValueError for anything else."""
        message_id, _, first = argument.partition(".")
        return cls(UUID(message_id), int(first))


def more(talk: Talk, page: Page) -> Answer:
    """Show the choices of a message that did not fit a list: of this chat's own message, from a place on."""
    found = outbox.message(talk.work, page.message_id, talk.address)
    if found is None:
        return [card(say("talk.stale"))]
    rest = [button for row in found.buttons for button in row if button.action][page.first :]
    return [card(say("form.more"), rest, asks=found.asks)]


GENUINE = Form(
    name="genuine",
    fields=(
        Field(
            "message",
            Kind.TEXT,
            say("genuine.ask"),
            "Message",
            characters_max=TEXT_CHARACTERS_MAX,  # our own cards are longer than people's answers
        ),
    ),
)


def ask_genuine(talk: Talk, argument: str) -> Answer:
    """Ask for a message that somebody doubts."""
    del talk, argument
    return [Open("genuine")]


def genuine(talk: Talk, slots: Slots, key: str) -> Answer:
    """Say whether we wrote these words to this person, in any of their chats."""
    del key
    addresses = [Address(c.channel, c.chat_id) for c in chats.chats_of(talk.work, talk.person.id)]
    at = sent_words.sent_at(talk.work, addresses, slots["message"])
    if at is not None:
        return [card(say("genuine.yes", at=moment(at)))]
    text = say("genuine.no", host=talk.tools.settings.public_url.rstrip("/"))
    return [card(text, [press(say("genuine.report"), "human")])]


HUMAN = Form(name="human", fields=(Field("text", Kind.TEXT, say("human.ask"), "Request"),))


def ask_human(talk: Talk, argument: str) -> Answer:
    """Ask what a person can help with."""
    del talk, argument
    return [Open("human")]


def human(talk: Talk, slots: Slots, key: str) -> Answer:
    """Pass the request on to the operators."""
    del key
    reference = conversations.ask_person(talk.work, slots["text"])
    return [card(say("human.sent", ref=str(reference)[:8]))]


REPLY = Form(name="reply", fields=(Field("text", Kind.TEXT, say("human.reply_ask"), "Reply", yes=True),))


def ask_reply(talk: Talk, argument: str) -> Answer:
    """Ask what to say to whoever of ours answered last."""
    del talk, argument
    return [Open("reply")]


def reply(talk: Talk, slots: Slots, key: str) -> Answer:
    """Give a reply to the same task that was answered."""
    del key
    return passed_on(talk, slots["text"])


def passed_on(talk: Talk, text: str) -> Answer:
    """Open the request that was answered last again, with these words."""
    reopened = conversations.go_on(talk.work, text)
    return [card(say("human.reply_sent" if reopened else "human.reply_none"))]


CODE_JOIN = Form(name="join", fields=(Field("code", Kind.TEXT, say("join.ask"), "Code"),))


def ask_join(talk: Talk, argument: str) -> Answer:
    """Join a team by its code."""
    return _join(talk, argument) if argument else [Open("join")]


def join(talk: Talk, slots: Slots, key: str) -> Answer:
    """Use the invitation."""
    del key
    return _join(talk, slots["code"])


def _join(talk: Talk, code: str) -> Answer:
    workspace = members.join(talk.work, code)
    talk.refresh()
    return [card(say("join.done", workspace=workspace.name)), *menu(talk, "")]


def invite_friend(talk: Talk, argument: str) -> Answer:
    """Give somebody a link that brings a friend."""
    del argument
    code = talk.person.id.hex
    return [card(say("invite.link", code=code), deep.buttons(talk.tools, f"ref_{code}"))]


def invited(talk: Talk, code: str) -> Answer:
    """Remember who brought a new person, and begin."""
    if talk.creator is None and not talk.memberships:
        people.refer(talk.work, code)
    return hello(talk, "")


DIALOGUES = (
    Dialogue(HUMAN, human),
    Dialogue(REPLY, reply),
    Dialogue(GENUINE, genuine),
    Dialogue(CODE_JOIN, join, {"CodeNotValid": "code"}),
)
START = ("start", "shuru karo", "शुरू", "empezar", "começar", "mulai", "los")
STOP = (
    *("stop", "unsubscribe", "roko", "band karo", "रोको", "बंद करो", "detener", "basta", "parar", "sair"),
    *("berhenti", "stopp", "abmelden"),
)
"""What people type to be left alone, in every language we read. Obeyed at once, whatever is being asked."""
COMMANDS = (
    Command("go_on", go_on, START),
    Command("past", past),
    Command("hello", hello, ("hi", "hello", "hey", "namaste", "hola", "hallo", "oi", "halo")),
    Command("brand", brand),
    Command("menu", menu, ("menu",), Audience.ANYBODY, "what we can do now"),
    Command(
        "help",
        help_,
        ("help", "hilfe", "ayuda", "ajuda", "bantuan", "madad", "?"),
        Audience.ANYBODY,
        "this list",
    ),
    Command(
        "money",
        money,
        ("money", "wallet", "paisa", "dinero", "dinheiro", "uang", "geld"),
        Audience.ANYBODY,
        "where the money is",
    ),
    Command(
        "human",
        ask_human,
        ("human", "support", "talk to a person"),
        Audience.ANYBODY,
        "talk to a person",
    ),
    Command("reply", ask_reply),
    Command("stop", stop, STOP),
    Command("more", more, takes=Page.read),
    Command("read", read_it),
    Command(
        "genuine", ask_genuine, ("is this you", "is it you"), Audience.ANYBODY, "whether I wrote a message"
    ),
    Command("join", ask_join, ("join",), behind=is_a_code),
    Command("invite_friend", invite_friend, ("invite a friend",), Audience.CREATOR, "bring a friend"),
    Command("invited", invited, behind=is_a_code),
)
