"""What a creator says of her audience, shown to brands as her own words."""

from typing import Any

from bots.cards import words
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots
from bots.phrases.amounts import listed
from bots.phrases.sentences import say
from bots.understanding import audience as understanding
from core.creators import audience
from core.creators.schemas import AudienceShare


def _read(said: str, slots: Slots) -> list[dict[str, Any]]:
    """Read shares; a share of nothing known is asked again, never dropped."""
    del slots
    found, unknown = understanding.shares(said)
    if unknown:
        raise NotUnderstood(say("audience.unknown", parts=listed(unknown)))
    if not found:
        raise NotUnderstood(say("audience.hint"))
    return [{"of": share.of, "name": share.name, "percent": share.percent} for share in found]


def _shown(value: list[dict[str, Any]]) -> str:
    return words.audience([AudienceShare.read(body) for body in value])


AUDIENCE = Form(
    name="audience",
    fields=(Field("shares", Kind.TEXT, say("audience.ask"), "Audience", parse=_read, show=_shown),),
    summary=lambda s: say("audience.summary", shares=_shown(s["shares"])),
    confirm=say("portfolio.confirm"),
)


def ask(talk: Talk, argument: str) -> Answer:
    """Ask whom a creator reaches."""
    del argument
    return [Open("audience")] if talk.creator else [card(say("profile.none")), Open("onboard")]


def keep(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep what she says of her audience."""
    del key
    audience.state(talk.work, talk.person.id, [AudienceShare.read(body) for body in slots["shares"]])
    return [card(say("audience.done"), [press(say("button.profile"), "profile")])]


DIALOGUES = (Dialogue(AUDIENCE, keep, {"SharesOutOfRange": "shares"}),)
COMMANDS = (Command("audience", ask, ("my audience", "audience"), Audience.CREATOR, "say whom you reach"),)
