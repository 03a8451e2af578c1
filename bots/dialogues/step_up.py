"""“Was that you?”: saying yes to a change that was asked for in another chat, or stopping it."""

from uuid import UUID

from bots.cards import step_up as cards
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Command, Dialogue, Seen, Talk
from bots.dialogues import answers
from bots.phrases.sentences import say
from core.messaging.messages import OutgoingMessage
from core.privacy import export
from core.step_up import service as step_up
from core.step_up.schemas import StepUpView


def was_me(talk: Talk, change: Seen) -> Answer:
    """Say yes to what was shown."""
    found = step_up.confirm(talk.work, change.id, talk.address, shown=change.mark)
    return [card(say("step_up.thanks"), [cards.stop(found)])]


def stop_it(talk: Talk, change_id: UUID | None) -> Answer:
    """Stop a change; without one, everything of this person's, or asked about in this chat, that waits.

    Links to their data end with it: whoever writes “that wasn't me” may mean those.
    """
    if change_id is not None:
        return [stopped(talk, change_id)]
    done = [stopped(talk, change.id) for change in waiting_here(talk)]
    if export.end_links(talk.work):
        done.append(card(say("data.ended")))
    return [*done] or [card(say("step_up.nothing"))]


def waiting_here(talk: Talk) -> list[StepUpView]:
    """Return what this chat may stop."""
    mine = step_up.waiting(talk.work, talk.person.id)
    return list(
        {change.id: change for change in [*step_up.asked_here(talk.work, talk.address), *mine]}.values()
    )


def stopped(talk: Talk, step_up_id: UUID) -> OutgoingMessage:
    """Stop one change, and show how it stands."""
    found = step_up.stop(talk.work, step_up_id, talk.address)
    return cards.stands(talk.work, found)


DIALOGUES: tuple[Dialogue, ...] = ()
COMMANDS = (
    Command("was_me", was_me, binds=cards.STEP_UP),
    Command("stop_it", stop_it, ("stop it", "that wasn't me", "not me"), takes=answers.maybe_key),
)
