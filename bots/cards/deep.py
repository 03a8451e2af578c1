"""Links that open a chat app with something already said: t.me/<bot>?start=join_K7Q2.

`bots.doors.telegram.read` says what each payload means as words.
"""

from bots.cards.card import link
from bots.phrases.sentences import say
from core.messaging.messages import Button
from core.settings import Settings


def telegram(settings: Settings, payload: str) -> list[Button]:
    """Return the button that opens the Telegram bot with a payload, none where no bot is named."""
    name = settings.telegram_name.lstrip("@")
    return [link(say("deep.telegram"), f"https://t.me/{name}?start={payload}")] if name else []
