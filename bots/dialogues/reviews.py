"""What both sides say of a deal that has ended, and what happened to it."""

from bots.cards import words
from bots.cards.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots, fixed
from bots.dialogues import answers
from bots.dialogues.facts import deal_facts
from bots.dialogues.workspace import own_workspaces
from bots.phrases.amounts import moment
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.accounts.states import Permission
from core.deals import endings
from core.deals import views as deals
from core.deals.schemas import DealView
from core.trust import service as trust

HISTORY_SHOWN = 25
ACTORS = {"person": "a party", "operator": "the marketplace", "clock": "the clock", "system": "the system"}


REVIEW = Form(
    name="review",
    title=say("notice.review"),
    fields=(
        Field(
            "stars",
            Kind.CHOICE,
            lambda s: say("review.ask_stars", name=s["_other"], days=s["_days"]),
            "Stars",
            fixed(*((str(n), words.STARS[n]) for n in range(5, 0, -1))),
            lambda text, _: _stars(text),
        ),
        Field("text", Kind.TEXT, say("review.ask_text"), "Words", optional=True),
    ),
    summary=lambda s: say(
        "review.summary",
        name=s["_other"],
        stars=words.STARS[int(s["stars"])],
        text=s.get("text", ""),
    ),
    confirm=say("review.confirm"),
)


def _stars(text: str) -> str:
    found = next((c for c in text if c in "12345"), "")
    if not found:
        raise NotUnderstood(say("review.stars_hint"))
    return found


def ask_review(talk: Talk, argument: str) -> Answer:
    """Ask for stars and words about a deal that has ended."""
    if argument:
        deal = deals.get(talk.work, answers.key(argument))
        return [Open("review", {**deal_facts(talk, deal), "_days": deal.terms.review_window_days})]
    open_ = [d for d in _mine(talk) if d.review_until and d.review_until > talk.work.now]
    if not open_:
        return [card(say("review.none_open"))]
    return ask_review(talk, open_[-1].id.hex)


def review(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the review; show the other side's if both have spoken."""
    del key
    deal_id = answers.key(slots["_deal"])
    both = endings.review(talk.work, deal_id, int(slots["stars"]), slots.get("text", ""))
    if not both:
        return [card(say("review.waiting", name=slots["_other"]))]
    theirs = next(r for r in trust.reviews_of(talk.work, deal_id) if r.by != slots["_side"])
    stars = words.STARS[theirs.stars]
    return [card(say("review.both", name=slots["_other"], stars=stars, text=theirs.text))]


def history(talk: Talk, argument: str) -> Answer:
    """Show what happened to a deal."""
    deal = deals.get(talk.work, answers.key(argument))
    events = deals.history(talk.work, deal.id)[-HISTORY_SHOWN:]
    lines = "\n".join(
        f"• {moment(event.at)}: {words.step(event.step)} ({_actor(event.actor)})" for event in events
    )
    return [card(say("deal.history", lines=lines))]


def _actor(actor: str) -> str:
    kind, _, _ = actor.partition(":")
    return translated(ACTORS.get(kind, kind))


def _mine(talk: Talk) -> list[DealView]:
    own = deals.of_creator(talk.work, talk.creator.id) if talk.creator else []
    ids = [w.id for w in own_workspaces(talk, Permission.SEE)]
    return [*own, *deals.of_workspaces(talk.work, ids)]


DIALOGUES = (Dialogue(REVIEW, review, {"StarsOutOfRange": "stars"}),)
COMMANDS = (
    Command(
        "review", ask_review, ("review", "reviews"), Audience.ANYBODY, "review a finished deal", opens=True
    ),
    Command("history", history),
)
