"""Which languages one can choose from, each by its own name."""

from collections.abc import Sequence

from bots.conversation.card import card, press
from bots.conversation.forms import Choice, Slots
from bots.phrases.languages import LANGUAGES
from bots.phrases.sentences import say
from core.messaging.messages import OutgoingMessage


def languages_card() -> OutgoingMessage:
    """Ask once whether the guessed language is the right one."""
    return card(say("language.guessed"), [press(name, "language", code) for code, name in LANGUAGES.items()])


def languages_choices(slots: Slots) -> Sequence[Choice]:
    """Return the languages as choices."""
    del slots
    return [Choice(code, name) for code, name in LANGUAGES.items()]
