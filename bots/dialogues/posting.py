"""A creator's posts: what to publish, the link to it, and a screenshot where nobody can look."""

from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import words
from bots.cards.things import PIECE
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, Slots
from bots.dialogues import answers
from bots.dialogues.facts import load_piece, of_piece
from bots.dialogues.work import own_deals
from bots.phrases.sentences import say
from core.deals import views as deals
from core.deals.states import DeliverableState
from core.networks import links
from core.networks.places import BY_PLATFORM
from core.posts import service as posts


def _only_by_picture(slots: Slots) -> bool:
    """Tell whether a screenshot has to show the post; before its link is known, whether one may."""
    platform = of_piece(slots).piece.platform
    if "link" not in slots:
        return BY_PLATFORM[platform].by_picture
    return links.by_picture(slots["link"], platform)


def _ask_picture(slots: Slots) -> str:
    about = of_piece(slots)
    return say(
        "post.picture",
        platform=words.label(about.piece.platform),
        brand=about.other,
        hours=about.deal.terms.review_hours,
        days=about.deal.terms.retention_days,
    )


POST = Form(
    name="post",
    fields=(
        Field(
            "link",
            Kind.TEXT,
            lambda s: say("post.ask", what=of_piece(s).what),
            "Link",
            parse=answers.post_link,
        ),
        Field("media", Kind.MEDIA, _ask_picture, "Screenshot", when=_only_by_picture),
        Field(
            "words",
            Kind.TEXT,
            lambda s: say("post.words", brand=of_piece(s).other),
            "Words at the post",
            when=_only_by_picture,
            optional=True,
            characters_max=2_200,
        ),
    ),
)

POST_REPAIRS = {
    **dict.fromkeys(("LinkNotOfThisNetwork", "ProfileNotAPost", "LinkHidesItsPost"), "link"),
    **dict.fromkeys(("NetworkNotConnected", "PostElsewhere", "PostTaken", "PostOfAnother"), "link"),
    **dict.fromkeys(("PictureMissing", "PictureTaken"), "media"),
}


def ask_post(talk: Talk, piece: Seen) -> Answer:
    """Ask for the link to one piece; the sandbox's button brings its own."""
    if not piece.detail:
        return [Open("post", seen=piece)]
    link = deal_cards.page(talk.tools, f"/sandbox/network/p/{piece.detail}")
    return [Open("post", {"link": link}, seen=piece)]


def piece_to_post(talk: Talk) -> UUID | Answer:
    """Find the piece whose post is due first."""
    due = [
        (piece.post_due_at or talk.work.now, piece.id)
        for deal in own_deals(talk)
        for piece in deal.deliverables
        if piece.state is DeliverableState.APPROVED
    ]
    return min(due)[1] if due else [card(say("post.nothing"))]


def submit_post(talk: Talk, slots: Slots, key: str) -> Answer:
    """Take the link as proof and have it checked, by the brand where nobody else can look."""
    del key
    about = of_piece(slots)
    picture = posts.Picture(answers.files(slots), slots.get("words", ""))
    networks, shown = talk.tools.networks, about.seen.mark
    piece = posts.submit(talk.work, about.seen.id, slots["link"], networks, picture, shown=shown)
    if piece.state is DeliverableState.CLAIMED:
        return [card(say("post.claimed", brand=about.other, hours=about.deal.terms.review_hours))]
    return [card(say("post.done"))]


def publish_card(talk: Talk, piece_id: UUID) -> Answer:
    """Show what to publish once more."""
    deal, piece = deals.get_by_piece(talk.work, piece_id)
    return [deal_cards.publish(talk.work, talk.tools, deal, piece, silent=False)]


def publish_in_sandbox(talk: Talk, piece_id: UUID) -> Answer:
    """Publish an approved draft on the sandbox network, which is a network of our own."""
    posts.publish_in_sandbox(talk.work, piece_id)
    return [card(say("publish.sandbox_asked"))]


DIALOGUES = (Dialogue(POST, submit_post, POST_REPAIRS, load_piece, PIECE),)
COMMANDS = (
    Command(
        "post",
        ask_post,
        ("post", "posted", "submit post"),
        Audience.CREATOR,
        "send the link to your post",
        binds=PIECE,
        finds=piece_to_post,
    ),
    Command("publish_card", publish_card, takes=answers.key),
    Command("publish", publish_in_sandbox, takes=answers.key),
)
