"""What a creator shows of herself to brands: a picture, and up to three posts of her own."""

from typing import Any

from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots
from bots.dialogues import answers
from bots.phrases.amounts import listed
from bots.phrases.sentences import say
from bots.understanding import wording
from core.creators import portfolio
from core.creators.schemas import ShowOfWork
from core.networks import links


def _posts(said: str, slots: Slots) -> list[str]:
    """Read addresses of posts."""
    del slots
    found = wording.links(said)[: portfolio.POSTS_MAX]
    if not found:
        raise NotUnderstood(say("portfolio.posts_hint"))
    return found


def _shown(slots: Slots) -> str:
    lines = []
    if slots.get("media"):
        lines.append(say("portfolio.with_picture"))
    if slots.get("posts"):
        lines.append(say("portfolio.with_posts", posts=listed(slots["posts"])))
    return "\n".join(lines) or say("portfolio.nothing")


PORTFOLIO = Form(
    name="portfolio",
    fields=(
        Field("media", Kind.MEDIA, say("portfolio.picture"), "Picture", optional=True),
        Field("posts", Kind.TEXT, say("portfolio.posts"), "Posts", parse=_posts, optional=True, show=listed),
    ),
    summary=lambda s: say("portfolio.summary", shown=_shown(s)),
    confirm=say("portfolio.confirm"),
)


def ask(talk: Talk, argument: str) -> Answer:
    """Ask for a picture and for posts."""
    del argument
    if talk.creator is None:
        return [card(say("profile.none")), Open("onboard")]
    known: dict[str, Any] = {"posts": list(talk.creator.sample_posts)} if talk.creator.sample_posts else {}
    return [Open("portfolio", known)]


def keep(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the newest picture, and the posts as they are called on their networks."""
    del key
    pictures = answers.files(slots)
    own = talk.tools.settings.public_url
    posts = tuple(links.recognise(link, own).url for link in slots["posts"]) if slots.get("posts") else None
    command = ShowOfWork(pictures[-1] if pictures else None, posts)
    if command == ShowOfWork():
        return [card(say("portfolio.nothing"))]
    portfolio.show(talk.work, talk.person.id, command)
    return [card(say("portfolio.done"), [press(say("button.profile"), "profile")])]


REPAIRS = dict.fromkeys(("LinkNotOfThisNetwork", "LinkHidesItsPost", "ProfileNotAPost"), "posts")
DIALOGUES = (Dialogue(PORTFOLIO, keep, {**REPAIRS, "PictureNotAPhoto": "media"}),)
COMMANDS = (
    Command(
        "portfolio",
        ask,
        ("portfolio", "my picture"),
        Audience.CREATOR,
        "a picture and posts that brands see",
    ),
)
