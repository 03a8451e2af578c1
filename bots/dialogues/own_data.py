"""One's own data: everything that is kept of somebody, for them alone."""

from bots.conversation.card import card, link
from bots.conversation.dialogue import Answer, Audience, Command, Talk
from bots.phrases.sentences import say
from core.kit.errors import TooOften
from core.kit.limits import Limit
from core.privacy import export


def give(talk: Talk, argument: str) -> Answer:
    """Say what is in it and give a link that lives for a day; in a team's channel, nothing."""
    del argument
    if talk.place:
        return [card(say("data.private"))]
    try:
        talk.tools.limits.spend(Limit.OWN_DATA, str(talk.person.id))
    except TooOften:
        return [card(say("data.too_often"))]
    files = talk.tools.media
    url = export.ask(talk.work, files.keys, files.public_url, talk.address)
    return [card(say("data.link"), [link(say("data.open"), url)])]


def end_links(talk: Talk, argument: str) -> Answer:
    """Let no link that was given lead anywhere any more."""
    del argument
    return [card(say("data.ended" if export.end_links(talk.work) else "data.none"))]


DIALOGUES = ()
COMMANDS = (
    Command(
        "own_data",
        give,
        ("my data", "export", "export my data", "download my data"),
        Audience.ANYBODY,
        "everything I have of you, to download",
    ),
    Command("end_data_links", end_links, ("end my links", "end the links")),
)
