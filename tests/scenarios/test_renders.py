"""A random walk through the talks, everything that is said drawn for every app: all of it valid.

People press what they pressed least, most often what they are waited for and what they were told last, and
mostly finish what they began, so that deals get made; they speak four languages, and time passes. Each
message is drawn as it is and 40 % longer, over an earlier question, and with files. No message is edited into
something it was not, of each thing one card stands in a chat, and what stands is as the thing is. The counts
are printed. How far a walk gets depends on what happens at one instant, so it goes on until it has seen what
it is for, to a bound.
"""

import os
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from bots.cards import now
from bots.conversation import tokens
from bots.conversation.card import YOUR_TURN
from bots.conversation.dialogue import Talk
from bots.doors import delivery
from bots.doors.slack import render as slack_render
from bots.doors.telegram import render as telegram_render
from bots.doors.whatsapp import render as whatsapp_render
from core.accounts import chats
from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.work import begin
from core.messaging import mailbox
from core.messaging.messages import Address, Attachment, Button, IncomingMessage, OutgoingMessage
from market import seed
from runtime.parts import Runtime
from tests.conftest import drain
from tests.peers import bot_api, slack, whatsapp
from workers import keeping, rounds

pytestmark = pytest.mark.slow(seconds=60)

TURNS, TURNS_MOST = 450, 1_500
RENDERS_MIN, DIFFERENT_MIN = 20_000, 200
EDITS_MIN, LOOKS_EVERY, BEGINS_EVERY = 100, 40, 50
SEED = int(os.environ.get("WALK_SEED", "1"))
PEOPLE = {
    "brand": "English",
    "asha": "हिन्दी",
    "ravi": "Español",
    "meera": "Português",
    "somebody-new": "English",
}
PRESSES, PRESSES_NEWEST, ANSWERS, CARDS_KEPT = 0.9, 0.7, 0.8, 20
FINISHES, MOVES, FITS = 0.7, 0.6, 0.3
BRIEF = "4 food creators in Pune, 1 reel and 1 story each, under 60k #ChaiTime"
TO_OFFERS = ("Save", "Pay ₹", "Pay with play")
WAITS_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 30)
CAPTION = "#ad chai at four #ChaiTime"
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
        *(
            BRIEF,
            "27AAPFU0939F1ZV",
            CAPTION,
            "Pune",
            "12k",
            "deals",
            "draft",
            "find work",
        ),
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

    def __init__(self, runtime: Runtime, clock: SetClock, chance: random.Random) -> None:
        self._runtime, self._clock, self._chance = runtime, clock, chance
        self._seen: Counter[str] = Counter()
        self._shown: dict[str, list[Button]] = {}
        self._newest: dict[str, list[Button]] = {}
        self._pressed: Counter[tuple[str, str]] = Counter()
        self._about: dict[int, str] = {}
        self.told: list[OutgoingMessage] = []
        self.edits, self.faults = 0, Counter[str]()

    def greet(self) -> None:
        """Let everybody come in, each with a language of their own."""
        for who, language in PEOPLE.items():
            for text in ("hi", "language", language):
                delivery.hear(self._runtime, IncomingMessage("web", who, who, uuid4().hex, who.title(), text))
            self._read(who)

    def begin(self) -> None:
        """Send offers for one more campaign that is paid for, so that the walk goes among deals."""
        for text in ("cancel", BRIEF):
            self._do("brand", text=text)
        for label in TO_OFFERS:
            if press := next((b for b in self._newest["brand"] if label in b.label), None):
                self._do("brand", press)

    def turn(self, who: str) -> None:
        """Let somebody do something, and read what it led to for everybody."""
        press = self._press(who) if self._chance.random() < PRESSES else None
        words = CAPTION if self._chance.random() < FITS else self._chance.choice(WORDS)
        self._do(who, press, "" if press else words)
        self._clock.advance(timedelta(hours=self._chance.choice(WAITS_HOURS)))

    def _do(self, who: str, press: Button | None = None, text: str = "") -> None:
        action = press.action if press else ""
        delivery.hear(self._runtime, IncomingMessage("web", who, who, uuid4().hex, who.title(), text, action))
        self._keep_up()
        for other in PEOPLE:
            self._read(other)

    def _keep_up(self) -> None:
        """Do what is to be done at once, as the workers do; what is swept now and then waits for a look."""
        runtime = self._runtime
        at_once = [round_ for name in rounds.AT_ONCE for round_ in rounds.RHYTHMS[name].rounds]
        for _ in range(100):
            promises = rounds.claim(runtime)
            for promise in promises:
                keeping.keep(runtime, promise)
            if not len(promises) + sum(round_(runtime) for round_ in at_once):
                return
        raise AssertionError("the work does not end")

    def _read(self, who: str) -> None:
        with begin(self._runtime.database, SYSTEM) as work:
            letters = mailbox.read(work, Address("web", who), after=self._seen[who])
        for letter in letters:
            self._seen[who] = max(self._seen[who], letter.changed)
            message = OutgoingMessage.from_json(letter.body)
            self._edited(letter.seq, message)
            self.told.append(message)
            if pressable := [b for row in message.buttons for b in row if b.action]:
                self._newest[who] = pressable
                cards = [b for b in pressable if not tokens.is_of_form(b.action)]
                self._shown[who] = [*self._shown.get(who, [])[-CARDS_KEPT:], *cards]

    def _edited(self, line: int, message: OutgoingMessage) -> None:
        """A line shows one thing as long as it stands: it is edited to that, or to what is left of it."""
        self.edits += line in self._about
        before = self._about.get(line, message.about)
        if message.about != before and (message.about or message.buttons):
            self.faults[f"a card of {before or 'nothing'} became {message.text[:60]}"] += 1
        self._about[line] = message.about

    def look_back(self) -> None:
        """Of each thing one card stands in a chat, as the thing is now; no other has buttons of it."""
        drain(self._runtime)
        for who in PEOPLE:
            self._read(who)
            chat = Address("web", who)
            with begin(self._runtime.database, SYSTEM) as work:
                lines = [OutgoingMessage.from_json(x.body) for x in mailbox.read(work, chat)]
                person = chats.behind(work, "web", who)
                assert person is not None
                talk = Talk(work, person, chat, self._runtime.tools)
                living = [line for line in lines if line.about]
                abouts = Counter(line.about for line in living)
                self.faults.update(f"{n} cards of {about}" for about, n in abouts.items() if n > 1)
                for line in living:
                    shown = now.shown(talk, line.about)
                    if line.version != shown.version:
                        self.faults[f"stale: {line.text[:60]}"] += 1

    def _press(self, who: str) -> Button | None:
        newest = self._newest.get(who, [])
        asked_for_words = all(tokens.is_way(b.action) and not b.label.startswith("✓") for b in newest)
        if newest and asked_for_words and self._chance.random() < ANSWERS:
            return None
        if (ends := [b for b in newest if tokens.is_of_form(b.action) and b.action.endswith("confirm")]) and (
            self._chance.random() < FINISHES
        ):
            return ends[0]
        old = self._shown.get(who, [])
        moving = [b for b in old if tokens.command_of(b.action) in YOUR_TURN]
        if moving and not any(tokens.is_of_form(b.action) for b in newest) and self._chance.random() < MOVES:
            return self._least_pressed(who, moving)
        buttons = old if old and self._chance.random() > PRESSES_NEWEST else newest
        return self._least_pressed(who, buttons) if buttons else None

    def _least_pressed(self, who: str, buttons: list[Button]) -> Button:
        weights = [1 / (1 + self._pressed[who, b.label]) for b in buttons]
        chosen = self._chance.choices(buttons, weights)[0]
        self._pressed[who, chosen.label] += 1
        return chosen


def variants(message: OutgoingMessage) -> list[OutgoingMessage]:
    """Return a message as it is, longer, over another, and with files; what it points to is the app's."""
    longer = tuple(tuple(replace(b, label=_longer(b.label)) for b in row) for row in message.buttons)
    message = replace(message, points="41" if message.points else "")
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
    edits = [telegram_render.edit("1", "41", message, caption=caption) for caption in (False, True)]
    for call in (*edits, *telegram_render.calls("1", message)):
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


def test_whatever_is_said_can_be_drawn_everywhere(runtime: Runtime, clock: SetClock) -> None:
    seed.plant(runtime.database)
    walk = Walk(runtime, clock, random.Random(SEED))
    walk.greet()
    for number in range(TURNS_MOST):
        if number >= TURNS and walk.edits >= EDITS_MIN:
            break
        if number % BEGINS_EVERY == 0:
            walk.begin()
        walk.turn(list(PEOPLE)[number % len(PEOPLE)])
        if number % LOOKS_EVERY == 0:
            walk.look_back()
    count, faults = 0, walk.faults
    for message in walk.told:
        if "went wrong on our side" in message.text:
            faults[message.text[:60]] += 1
        for variant in variants(message):
            for found in draw(variant):
                count += 1
                faults.update(fault[:160] for fault in found)
    if os.environ.get("SHOW"):
        kinds = Counter(message.text[:50] for message in walk.told)
        print("\n".join(f"{n} {t!r}" for t, n in kinds.most_common()))
    distinct = len({message.text for message in walk.told})
    said = f"{len(walk.told)} messages ({distinct} different), {walk.edits} edits"
    print(f"\n{number} turns, {said}, {count} drawings")
    assert not faults, faults.most_common(5)
    assert count >= RENDERS_MIN
    assert walk.edits >= EDITS_MIN
    assert distinct >= DIFFERENT_MIN
