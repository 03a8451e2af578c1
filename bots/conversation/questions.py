"""What a form looks like in a chat: a question, a review, a list of answers to change."""

from collections.abc import Iterable

from bots.conversation import tokens
from bots.conversation.card import card, cut
from bots.conversation.events import Ask, ChooseEdit, Effect, Noted, Review, Tell, To
from bots.conversation.forms import Kind, Slots
from bots.conversation.reader import Change
from bots.phrases.amounts import listed
from bots.phrases.sentences import say
from bots.understanding.changes import How
from core.messaging.messages import Attachment, Button, OutgoingMessage, Role

LABEL_CHARACTERS_MAX = 40
OPTIONS_MAX = 40
REST_CHARACTERS_MAX = 120


def of(effects: Iterable[Effect]) -> list[OutgoingMessage]:
    """Draw what a form has to say, each effect that says something."""
    said: list[OutgoingMessage] = []
    for effect in effects:
        match effect:
            case Ask():
                said.append(question(effect))
            case Review():
                said.append(review(effect))
            case ChooseEdit():
                said.append(choose_edit(effect))
            case Noted():
                said.append(noted(effect))
            case Tell():
                said.append(card(say(f"talk.{effect.phrase}")))
    return said


def question(ask: Ask) -> OutgoingMessage:
    """Draw one question with its choices, and the ways back, on and out."""
    text = ask.field.question(ask.slots)
    if ask.error:
        text = f"{ask.error}\n\n{text}"
    if ask.field.kind is Kind.MEDIA and ask.picked:
        text = say("form.files", count=len(ask.picked))
    buttons = [
        Button(_label(ask, option.id, option.label), tokens.pick(ask.rev, ask.field.name, option.id))
        for option in ask.options[:OPTIONS_MAX]
    ]
    return card(text, [*buttons, *_ways(ask)], asks=True)


def review(shown: Review) -> OutgoingMessage:
    """Draw what was understood, before anything is sent."""
    yes = Role.DANGER if shown.form.ends else Role.PRIMARY
    buttons = [
        Button(f"✓ {shown.form.confirm_label}", tokens.nav(shown.rev, To.CONFIRM), role=yes),
        Button(say("form.change"), tokens.nav(shown.rev, To.EDIT)),
        Button(shown.form.way_out, tokens.nav(shown.rev, To.CANCEL), role=Role.QUIET),
    ]
    editable = bool(shown.form.fields)
    attachments = [
        Attachment(item["media_id"], item["kind"], item["name"])
        for f in shown.form.fields
        if f.kind is Kind.MEDIA
        for item in shown.slots.get(f.name, [])
    ]
    kept = buttons if editable else [buttons[0], buttons[2]]
    text = "\n\n".join(filter(None, (shown.error, shown.form.summary(shown.slots))))
    return card(text, kept, attachments, asks=True)


def noted(shown: Noted) -> OutgoingMessage:
    """Say what was understood of a sentence, and what was not."""
    lines = []
    if shown.changes:
        lines.append(say("read.noted", what=listed(_noted(change, shown.slots) for change in shown.changes)))
    if shown.rest:
        lines.append(
            say("read.rest", words=listed(f"“{cut(part, REST_CHARACTERS_MAX)}”" for part in shown.rest))
        )
    return card("\n".join(lines))


def _noted(change: Change, slots: Slots) -> str:
    if change.value is None:
        return say("read.emptied", title=change.field.title)
    value = change.field.shown(change.value, slots)
    if change.how is How.ADD:
        return say("read.added", value=value)
    if change.how is How.REMOVE:
        return say("read.removed", value=value)
    return f"{change.field.title} **{value}**"


def choose_edit(shown: ChooseEdit) -> OutgoingMessage:
    """Draw the list of answers that can be changed."""
    fields = [f for f in shown.form.fields if f.when(shown.slots)]
    buttons = [
        Button(cut(f.title, LABEL_CHARACTERS_MAX), tokens.nav(shown.rev, To.EDIT, f.name)) for f in fields
    ]
    return card(say("form.what_to_change"), buttons, asks=True)


def _label(ask: Ask, choice: str, label: str) -> str:
    mark = "✓ " if choice in ask.picked else ""
    return mark + cut(label, LABEL_CHARACTERS_MAX)


def _ways(ask: Ask) -> list[Button]:
    ways: list[Button] = []
    if ask.picked:
        ways.append(Button(say("form.done"), tokens.nav(ask.rev, To.DONE), role=Role.PRIMARY))
    if ask.can_go_back:
        ways.append(Button(say("form.back"), tokens.nav(ask.rev, To.BACK), role=Role.QUIET))
    if ask.field.may_be_left_out(ask.slots) and not ask.picked:
        ways.append(Button(say("form.skip"), tokens.nav(ask.rev, To.SKIP)))
    ways.append(Button(ask.form.way_out, tokens.nav(ask.rev, To.CANCEL), role=Role.QUIET))
    return ways
