"""A change that waits to be confirmed, before the chats that may stop it."""

from uuid import UUID

from bots.conversation.card import card, press
from bots.conversation.dialogue import Talk
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from core.kit.work import Work
from core.linking import service as linking
from core.linking.errors import LinkNotFound
from core.messaging.messages import Button, OutgoingMessage
from core.payments import payee_accounts
from core.step_up import service as step_up
from core.step_up.schemas import StepUpView
from core.step_up.states import Change, State


class StepUpThing:
    """A change that waits: what it is, and how it stands."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        """Return the mark of what is confirmed. Raises ChangeNotFound for whom it does not touch."""
        return step_up.get(talk.work, thing_id, talk.address).mark

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        """Show the change as it stands."""
        return [stands(talk.work, step_up.get(talk.work, thing_id, talk.address))]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        """Return nothing: the card says how it stands."""
        del talk, thing_id, shown
        return []


STEP_UP = StepUpThing()
SETTLED = {
    State.DONE: "step_up.done",
    State.STOPPED: "step_up.stopped",
    State.REPLACED: "step_up.replaced",
    State.FAILED: "step_up.failed",
}


def what(work: Work, change: StepUpView) -> str:
    """Return in words what would change, "change that" where it is forgotten already."""
    if change.change is Change.ERASURE:
        return say("step_up.erasure")
    if change.change is Change.LINK:
        try:
            found = linking.view_of(work, change.subject_id)
        except LinkNotFound:
            return say("step_up.forgotten")
        return say("step_up.link", name=found.from_name, app=found.channel.capitalize(), other=found.to_name)
    payee = payee_accounts.payee_change_of(work, change)
    if payee is None:
        return say("step_up.forgotten")
    now = say("step_up.payee_now", label=payee.now) if payee.now else ""
    return say("step_up.payee", label=payee.label, now=now)


def asked(work: Work, change: StepUpView) -> OutgoingMessage:
    """Return the question to a chat in which the change was not asked for."""
    text = say("step_up.asked", what=what(work, change), at=moment(change.due_at))
    return card(text, [press(say("step_up.yes"), "was_me", change.id, change.mark), stop(change)])


def begun(work: Work, change: StepUpView) -> OutgoingMessage:
    """Return what whoever asked for a change is told: when it happens, and that it can be stopped."""
    text = say("step_up.begun", what=what(work, change), at=moment(change.due_at))
    if change.asked:
        text += " " + say("step_up.others", n=change.asked)
    return card(text, [stop(change)])


def stands(work: Work, change: StepUpView) -> OutgoingMessage:
    """Return how a change stands, whoever looks."""
    if not change.waits:
        return card(say(SETTLED[change.state], what=what(work, change)))
    return asked(work, change)


def stop(change: StepUpView) -> Button:
    """Return the button that stops a change."""
    return press(say("step_up.stop"), "stop_it", change.id)
