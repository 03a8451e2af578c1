"""Every dialogue and command there is, in one book."""

from bots.cards import now
from bots.conversation.dialogue import Book
from bots.dialogues import (
    applying,
    audience,
    brief_fields,
    brief_upload,
    campaign_edit,
    campaigns,
    choosing,
    drafts,
    endings,
    everybody,
    faq,
    funding,
    in_words,
    inviting,
    leaving,
    linking,
    messages,
    offers,
    own_data,
    parcels,
    portfolio,
    posting,
    preferences,
    profile,
    proofs,
    reports,
    reviews,
    sessions,
    shortlist,
    step_up,
    team,
    unasked,
    wallet,
    wishes,
    work,
    workspace,
)

_TALKS = (
    everybody,
    faq,
    wishes,
    portfolio,
    audience,
    in_words,
    preferences,
    linking,
    own_data,
    leaving,
    sessions,
    step_up,
    workspace,
    team,
    campaigns,
    campaign_edit,
    shortlist,
    choosing,
    inviting,
    funding,
    offers,
    drafts,
    proofs,
    endings,
    messages,
    reviews,
    profile,
    work,
    applying,
    posting,
    parcels,
    unasked,
    wallet,
)


def book() -> Book:
    """Return the book; a name used twice is a bug that shows at once."""
    dialogues = [dialogue for talk in _TALKS for dialogue in talk.DIALOGUES]
    commands = [command for talk in (*_TALKS, reports) for command in talk.COMMANDS]
    everybody.HELP_COMMANDS[:] = [command for command in commands if command.words and command.help]
    found = Book(
        {dialogue.form.name: dialogue for dialogue in dialogues},
        {command.name: command for command in commands},
        wishes.free_text,
        wishes.aside,
        unasked.take,
        brief_upload.free,
        brief_fields.document,
        now.shown,
    )
    if len(found.dialogues) != len(dialogues) or len(found.commands) != len(commands):
        raise ValueError("a dialogue or command name is used twice")
    return found
