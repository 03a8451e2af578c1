"""What both sides say of a deal that has ended, and what happened to it."""

import re
from uuid import UUID

from bots.cards import deals as deal_cards
from bots.cards import now, words
from bots.cards.things import DEAL
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots, fixed
from bots.dialogues import answers
from bots.dialogues.facts import load_deal, of_deal
from bots.dialogues.workspace import own_workspaces
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from bots.understanding.lexicon import NUMBER_WORDS
from core.accounts.states import Permission
from core.deals import endings
from core.deals import views as deals
from core.deals.schemas import DealView
from core.kit.process import Party
from core.trust import service as trust

HISTORY_SHOWN = 25

REVIEW = Form(
    name="review",
    title=say("notice.review"),
    fields=(
        Field(
            "stars",
            Kind.CHOICE,
            lambda s: say(
                "review.ask_stars", name=of_deal(s).other, days=of_deal(s).deal.terms.review_window_days
            ),
            "Stars",
            fixed(*((str(n), words.STARS[n]) for n in range(5, 0, -1))),
            lambda text, _: _stars(text),
        ),
        Field("text", Kind.TEXT, say("review.ask_text"), "Words", optional=True),
    ),
    summary=lambda s: say(
        "review.summary",
        name=of_deal(s).other,
        stars=words.STARS[int(s["stars"])],
        text=s.get("text", ""),
    ),
    confirm=say("review.confirm"),
    sheet=lambda s: say("sheet.review", title=of_deal(s).title, name=of_deal(s).other),
)


def _stars(text: str) -> str:
    drawn = sum(text.count(star) for star in "★⭐")
    said = [str(NUMBER_WORDS[word]) for word in text.casefold().split() if word in NUMBER_WORDS]
    found = next((c for c in (str(drawn or ""), *re.findall(r"\d+", text), *said) if c), "")
    if found not in {"1", "2", "3", "4", "5"}:
        raise NotUnderstood(say("review.stars_hint"))
    return found


def ask_review(talk: Talk, deal: Seen) -> Answer:
    """Ask for stars and words about a deal that has ended."""
    del talk
    return [Open("review", seen=deal)]


def newest_to_review(talk: Talk) -> UUID | Answer:
    """Find the deal that ended last and can be reviewed."""
    mine = _mine(talk)
    waits = deals.to_review(talk.work, mine)
    open_ = [deal for deal in mine if _side(talk, deal) in waits[deal.id]]
    return open_[-1].id if open_ else [card(say("review.none_open"))]


def review(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the review; show the other side's if both have spoken."""
    del key
    about = of_deal(slots)
    stars, text = int(slots["stars"]), slots.get("text", "")
    both = endings.review(talk.work, about.seen.id, stars, text, shown=about.seen.mark)
    if not both:
        return [card(say("review.waiting", name=about.other))]
    theirs = next(r for r in trust.reviews_of(talk.work, about.seen.id) if str(r.by) != str(about.side))
    shown = words.STARS[theirs.stars]
    return [card(say("review.both", name=about.other, stars=shown, text=theirs.text))]


def history(talk: Talk, deal_id: UUID) -> Answer:
    """Show what happened to a deal."""
    deal = deals.get(talk.work, deal_id)
    events = deals.history(talk.work, deal.id)[-HISTORY_SHOWN:]
    scene = deal_cards.scene(talk.work, deal)
    who = {actor: now.actor(talk.work, actor, scene) for actor in {event.actor for event in events}}
    lines = "\n".join(
        f"• {moment(event.at)}: {words.step(event.step)} ({who[event.actor]})" for event in events
    )
    return [card(say("deal.history", lines=lines))]


def _side(talk: Talk, deal: DealView) -> Party:
    """Return as whom a person stands to a deal of theirs; who is both speaks for themselves."""
    is_theirs = talk.creator is not None and deal.creator_id == talk.creator.id
    return Party.CREATOR if is_theirs else Party.BRAND


def _mine(talk: Talk) -> list[DealView]:
    own = deals.of_creator(talk.work, talk.creator.id) if talk.creator else []
    ids = [w.id for w in own_workspaces(talk, Permission.SEE)]
    return [*own, *deals.of_workspaces(talk.work, ids)]


DIALOGUES = (Dialogue(REVIEW, review, {"StarsOutOfRange": "stars"}, load_deal, DEAL),)
COMMANDS = (
    Command(
        "review",
        ask_review,
        ("review", "reviews"),
        Audience.ANYBODY,
        "review a finished deal",
        opens=True,
        binds=DEAL,
        finds=newest_to_review,
    ),
    Command("history", history, takes=answers.key),
)
