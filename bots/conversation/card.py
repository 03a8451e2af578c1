"""How messages are put together: text, rows of buttons, files."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bots.conversation import tokens
from bots.phrases.languages import spoken
from bots.phrases.sentences import say
from core.messaging.cards import Living
from core.messaging.messages import Attachment, Button, OutgoingMessage, Role

ROW_CHARACTERS_MAX = 34
ROW_BUTTONS_MAX = 3
TEXT_CHARACTERS_MAX = 3_500
ROLES: Mapping[str, Role] = {
    **dict.fromkeys(("accept", "approve", "draft", "post", "publish_card", "draft_card"), Role.PRIMARY),
    **dict.fromkeys(("confirm_post", "proof_card", "spoken"), Role.PRIMARY),
    **dict.fromkeys(
        ("offer_card", "fund", "pay", "pay_set", "send", "shortlist", "apply", "dispute_answer"), Role.PRIMARY
    ),
    **dict.fromkeys(("decline", "withdraw", "cancel_deal", "cancel_piece", "cancel_yes"), Role.DANGER),
    **dict.fromkeys(("dispute", "close", "drop", "delete"), Role.DANGER),
    **dict.fromkeys(("history", "report", "deals", "message", "summaries", "reply"), Role.QUIET),
}
"""What a command's button is among others: the act that is due, one that ends something, a look."""
AT_ONCE = frozenset({"approve", "cancel_yes", "withdraw", "drop", "brief_yes", "arrived", "not_arrived"})
"""Commands that bind with the press, without a review: an app that can asks "are you sure"."""
YOUR_TURN = frozenset(
    {
        *("accept", "approve", "draft", "post", "publish_card", "draft_card", "offer_card", "extend"),
        *("cancel_yes", "dispute_answer", "brief_yes", "confirm_post", "proof_card"),
    }
)
"""Commands whose button says that a person is waited for."""
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
"""How our texts mark what is bold; each door has its own way to show it."""
SEEN_AS = "~"
"""What stands in a version between that of the thing and that of the role which sees it."""
ADDRESS = re.compile(r"https?://[^\s<>|\"“”]{0,1000}[^\s<>|\"“”.,;:!?)\]*_~'…]")
"""An address that stands in a text: its signs are its own, and no app takes them for anything else."""
STYLING = re.compile(r"(?<!\w)[*_~](?=\S)")
"""A sign that begins other letters in Slack and WhatsApp; our texts have none but around what is bold."""
HEADING = re.compile(r"(?:[^\n*·]{1,40} · )?\*\*(?=\S)([^\n]+?)(?<=\S)\*\*")
"""The bold words that a text begins with, also behind whose turn it is."""


def card(
    text: str,
    buttons: Sequence[Button] = (),
    attachments: Sequence[Attachment] = (),
    *,
    asks: bool = False,
    living: Living | None = None,
    public: bool = False,
    verbatim: Sequence[str] = (),
) -> OutgoingMessage:
    """Return a message whose buttons are laid out in rows that fit a phone.

    `living` says of which thing it is a card, and in which version: it is edited as the thing moves. What is
    `public` says nothing of anybody: it may be read by all where it was asked.
    """
    message = OutgoingMessage(
        cut(text, TEXT_CHARACTERS_MAX),
        rows(_one_primary(buttons)),
        tuple(attachments),
        asks,
        language=spoken(),
        about=living.about if living else "",
        version=living.version if living else "",
        public=public,
        verbatim=tuple(filter(None, verbatim)),
    )
    return headed(message) if living else message


def headed(message: OutgoingMessage, *facts: str) -> OutgoingMessage:
    """Return a card that has the bold words it begins with as its heading, and these facts in its lines."""
    title = HEADING.match(message.text)
    return replace(message, title=title[1] if title else "", facts=tuple(filter(None, facts)))


def press(label: str, command: str, argument: object = "", shown: str = "") -> Button:
    """Return a button that runs a command; one that binds somebody carries the mark of what is `shown`."""
    token = tokens.command(command, str(argument).replace("-", ""), shown)
    return Button(label, token, role=ROLES.get(command, Role.SECONDARY), at_once=command in AT_ONCE)


def your_turn(text: str, buttons: Sequence[Button]) -> str:
    """Return a card's text, marked where one of its buttons is what its reader is waited for."""
    waits = any(tokens.command_of(button.action) in YOUR_TURN for button in buttons)
    return on_turn(text) if waits else text


def of_thing(version: str) -> str:
    """Return what a card's version says of its thing, whoever the card was drawn for."""
    return version.partition(SEEN_AS)[0]


def on_turn(text: str) -> str:
    """Return a card's text, marked as waiting for its reader."""
    return f"{say('card.your_turn')} · {text}"


def drawn(text: str, styled: str, plain: Callable[[str], str], address: Callable[[str], str]) -> str:
    """Return a text in an app's own signs: what is bold is put in `styled`, addresses stand as they say.

    No sign that somebody wrote styles anything: a price struck out, a heading that is none.
    """

    def part(words: str) -> str:
        out, at = [], 0
        for found in ADDRESS.finditer(words):
            out += [plain(STYLING.sub("\u2060\\g<0>\u2060", words[at : found.start()])), address(found[0])]
            at = found.end()
        return "".join([*out, plain(STYLING.sub("\u2060\\g<0>\u2060", words[at:]))])

    out, at = [], 0
    for found in BOLD.finditer(text):
        out += [part(text[at : found.start()]), styled.format(part(found[1]))]
        at = found.end()
    return "".join([*out, part(text[at:])])


def link(label: str, url: str) -> Button:
    """Return a button that opens a page."""
    return Button(label, url=url)


def _one_primary(buttons: Sequence[Button]) -> list[Button]:
    """Return buttons of which at most one is the primary act: the first that would be."""
    first = next((button for button in buttons if button.role is Role.PRIMARY), None)
    others = (button.role is Role.PRIMARY and button is not first for button in buttons)
    return [
        replace(button, role=Role.SECONDARY) if other else button
        for button, other in zip(buttons, others, strict=True)
    ]


def rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Return buttons in rows of at most three and 34 characters."""
    out: list[list[Button]] = []
    width = 0
    for button in buttons:
        if not out or len(out[-1]) == ROW_BUTTONS_MAX or width + len(button.label) > ROW_CHARACTERS_MAX:
            out.append([])
            width = 0
        out[-1].append(button)
        width += len(button.label)
    return tuple(tuple(row) for row in out)


def cut(text: str, limit: int) -> str:
    """Return text of at most `limit` characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
