"""The terminal chat: the same conversation as everywhere, in lines.

What is typed is a message; a number, or a button's own words, presses the button. Read from a pipe, each
line is one turn, so that a script can hold a whole conversation.
"""

import secrets
import sys
from collections.abc import Callable, Iterable

from bots.doors import delivery
from core.accounts import chats, people
from core.accounts.schemas import Identity
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.messaging import mailbox
from core.messaging.messages import (
    Address,
    Button,
    ChannelName,
    IncomingMessage,
    OutgoingMessage,
)
from market.seed import BRAND_USER
from runtime.parts import Runtime
from workers import rounds

ROUNDS_MAX = 25
AS_USERS = {"brand": BRAND_USER, "creator": "asha"}

Write = Callable[[str], None]


class Terminal:
    """One person's chat in a terminal."""

    def __init__(self, runtime: Runtime, who: str, write: Write) -> None:
        """Sit down as `who`: brand, creator, a chat user's id or a person's full name."""
        self._runtime, self._write = runtime, write
        user = AS_USERS.get(who, who)
        self._name = user.replace("-", " ").title()
        self._user = "-".join(user.lower().split())
        self._address = Address(ChannelName.TERMINAL, self._user)
        self._last = 0
        self._buttons: list[Button] = []
        self._become(user)

    def hold(self, lines: Iterable[str]) -> None:
        """Talk until the lines end."""
        self.show()
        for line in lines:
            typed = line.rstrip("\n")
            if typed.strip() in {"/quit", "/exit"}:
                return
            self.turn(typed)

    def turn(self, typed: str) -> None:
        """Take one turn and show what came of it."""
        pressed = self._pressed(typed)
        incoming = IncomingMessage(
            channel=ChannelName.TERMINAL,
            user_id=self._user,
            chat_id=self._user,
            event_id=secrets.token_hex(8),
            name=self._name,
            text="" if pressed else typed,
            pressed=pressed.action if pressed else "",
        )
        delivery.note(self._runtime, incoming, pressed.label if pressed else "")
        delivery.hear(self._runtime, incoming)
        self._work()
        self.show()

    def show(self) -> None:
        """Write what is new in the transcript, the buttons numbered."""
        with begin(self._runtime.database, SYSTEM) as work:
            letters = mailbox.read(work, self._address, after=self._last)
        fresh: list[Button] = []
        for letter in letters:
            self._last = max(self._last, letter.changed)
            if letter.incoming:
                continue
            message = OutgoingMessage.from_json(letter.body)
            self._write(message.text.replace("**", ""))
            for attachment in message.attachments:
                self._write(f"  [{attachment.kind}: {attachment.name}]")
            for row in message.buttons:
                for button in row:
                    if button.url:
                        self._write(f"  → {button.label}: {button.url}")
                    else:
                        fresh.append(button)
                        self._write(f"  {len(fresh)}) {button.label}")
            self._write("")
        self._buttons = fresh or self._buttons

    def _pressed(self, typed: str) -> Button | None:
        words = typed.strip().casefold()
        if words.isdigit() and 1 <= int(words) <= len(self._buttons):
            return self._buttons[int(words) - 1]
        if not words:
            return None
        exact = [b for b in self._buttons if _label(b) == words]
        return exact[-1] if exact else None

    def _work(self) -> None:
        """Keep what was promised, as a worker would: the terminal also works where none runs."""
        for _ in range(ROUNDS_MAX):
            if not rounds.pass_once(self._runtime):
                return

    def _become(self, user: str) -> None:
        """Answer for somebody who is known already, by their browser chat or by name."""
        with begin(self._runtime.database, SYSTEM) as work:
            known = chats.find_by_identity(work, ChannelName.WEB, self._user)
            known = known or people.find_by_name(work, user)
            if known is not None:
                identity = Identity(ChannelName.TERMINAL, self._user, self._user)
                chats.attach(work, known.id, identity)


def typed_lines(prompt: str) -> Iterable[str]:
    """Yield what is typed, with a prompt where a person types."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    while True:
        try:
            yield input(prompt)
        except (EOFError, KeyboardInterrupt):
            return


def _label(button: Button) -> str:
    return button.label.removeprefix("✓ ").strip().casefold()
