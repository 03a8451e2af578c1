"""A random walk through the talks, everything that is said drawn for every app: all of it valid.

Each message is drawn as it is and 40 % longer, as another language would make it; over an earlier question;
and with files. The counts are printed.
"""

import random
from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest

from bots import delivery
from bots.runtime import Runtime
from bots.slack import render as slack_render
from bots.telegram import render as telegram_render
from bots.whatsapp import render as whatsapp_render
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.messaging import mailbox
from core.messaging.messages import Address, Attachment, Button, IncomingMessage, OutgoingMessage
from market import seed
from tests.peers import bot_api, slack, whatsapp
from workers import rounds

pytestmark = pytest.mark.slow

TURNS = 700
RENDERS_MIN = 20_000
PEOPLE = ("brand", "asha", "ravi", "somebody-new", "another-new")
WORDS = (
    *(
        "hi",
        "menu",
        "help",
        "money",
        "campaigns",
        "drafts",
        "offers",
        "work",
        "profile",
        "rates",
        "team",
        "report",
    ),
    *(
        "3 food creators in Pune, 1 reel each, under 20k #ChaiTime",
        "back",
        "cancel",
        "skip",
        "done",
        "yes",
        "edit",
    ),
    *(
        "Asha Kulkarni from Pune, food, insta @asha.eats 12k",
        "India",
        "5000",
        "tomorrow",
        "INR",
        "find work",
        "fund",
    ),
    *(
        "\u202eمرحبا\u202c 👩‍🍳 **",
        "x" * 3_000,
        "https://example.com/a?b=<c>&d",
        "verify",
        "match",
        "shortlist",
        "stop",
        "start",
    ),
)
FILES = (
    Attachment("m1", "photo", "a.png"),
    Attachment("m2", "video", "b.mp4"),
    Attachment("m3", "file", "c.pdf"),
)


class Walk:
    """People who press and say whatever comes to their mind, and what they were told."""

    def __init__(self, runtime: Runtime, chance: random.Random) -> None:
        self._runtime, self._chance = runtime, chance
        self._seen: Counter[str] = Counter()
        self._shown: dict[str, list[Button]] = {}
        self.told: list[OutgoingMessage] = []

    def turn(self, who: str) -> None:
        """Let somebody do something, and read what it led to for everybody."""
        buttons = self._shown.get(who, [])
        press = self._chance.choice(buttons) if buttons and self._chance.random() < 0.75 else None
        text = "" if press else self._chance.choice(WORDS)
        incoming = IncomingMessage(
            "web", who, who, uuid4().hex, who.title(), text, press.action if press else ""
        )
        delivery.hear(self._runtime, incoming)
        rounds.pass_once(self._runtime)
        for other in PEOPLE:
            self._read(other)

    def _read(self, who: str) -> None:
        with begin(self._runtime.database, SYSTEM) as work:
            letters = mailbox.read(work, Address("web", who), after=self._seen[who])
        for letter in letters:
            self._seen[who] = letter.seq
            message = OutgoingMessage.from_json(letter.body)
            self.told.append(message)
            pressable = [b for row in message.buttons for b in row if b.action]
            self._shown[who] = [*self._shown.get(who, [])[-12:], *pressable]


def variants(message: OutgoingMessage) -> list[OutgoingMessage]:
    """Return a message as it is, longer, over another, and with files."""
    longer = tuple(tuple(replace(b, label=_longer(b.label)) for b in row) for row in message.buttons)
    return [
        message,
        replace(message, text=_longer(message.text), buttons=longer),
        replace(message, replaces="41", asks=True),
        replace(message, attachments=FILES, text=_longer(message.text)),
    ]


def _longer(text: str) -> str:
    extra = (text * 2)[: len(text) * 2 // 5 + 1]
    return f"{text}{extra}"


def draw(message: OutgoingMessage) -> list[list[str]]:
    """Draw a message for every app; returns the faults of each drawing."""
    drawn = []
    for call in telegram_render.calls("1", message):
        media = {name: "attach://1" for name, _ in call.media}
        album = {"media": [{"type": "photo", "media": "attach://1"}] * len(call.media)}
        drawn.append(bot_api.faults(call.method, call.parameters | (album if "media" in media else media)))
    for body in whatsapp_render.bodies(message, "f" * 32):
        kind = body.content["type"]
        content = {**body.content, kind: {**body.content[kind], "id": "1"}} if body.file else body.content
        drawn.append(whatsapp.limits(content))
    blocks = slack_render.blocks(message)
    drawn.append(slack.faults("chat.postMessage", {"text": slack_render.plain(message), "blocks": blocks}))
    drawn.append(slack.faults("views.publish", {"view": slack_render.home([message])}))
    return drawn


def test_whatever_is_said_can_be_drawn_everywhere(runtime: Runtime) -> None:
    seed.plant(runtime.database)
    chance = random.Random(20261122)
    walk = Walk(runtime, chance)
    for number in range(TURNS):
        walk.turn(PEOPLE[number % len(PEOPLE)])
    count, faults = 0, Counter[str]()
    for message in walk.told:
        if "went wrong on our side" in message.text:
            faults[message.text[:60]] += 1
        for variant in variants(message):
            for found in draw(variant):
                count += 1
                faults.update(fault[:160] for fault in found)
    distinct = len({message.text for message in walk.told})
    print(f"\n{TURNS} turns, {len(walk.told)} messages ({distinct} different), {count} drawings")
    assert not faults, faults.most_common(5)
    assert count >= RENDERS_MIN
