"""Every door there is. A new one is its own folder and its two lines here: the door, and its settings."""

from collections.abc import Collection
from functools import cache

from bots.doors.door import Door
from bots.doors.slack.door import DOOR as SLACK
from bots.doors.slack.settings import SlackSettings
from bots.doors.telegram.door import DOOR as TELEGRAM
from bots.doors.telegram.settings import TelegramSettings
from bots.doors.web.door import DOOR as WEB
from bots.doors.web.door import TERMINAL
from bots.doors.whatsapp.door import DOOR as WHATSAPP
from bots.doors.whatsapp.settings import WhatsAppSettings
from core import settings as configuration

DOORS: tuple[Door, ...] = (WEB, TERMINAL, TELEGRAM, SLACK, WHATSAPP)


class Settings(TelegramSettings, SlackSettings, WhatsAppSettings):
    """Everything that can be set: what the marketplace needs, and what each door needs."""


@cache
def load() -> Settings:
    """Return this process's settings; a sandbox without keys makes its own and keeps them."""
    return configuration.completed(Settings())


def put_new_key_in_front() -> bool:
    """Put a new root key before those a sandbox keeps; False where `SECRET_KEYS` is set by its owner."""
    load.cache_clear()
    return configuration.put_new_key_in_front(Settings())


def listening(settings: configuration.Settings) -> Collection[Door]:
    """Return the doors that a process of ours must ask for what is new."""
    return [door for door in DOORS if door.listens(settings)]


def invitations(settings: configuration.Settings, payload: str) -> list[tuple[str, str]]:
    """Return (app's title, link) for each app that a link can open with a payload."""
    found = [(door.title, door.invitation(settings, payload)) for door in DOORS]
    return [(title, url) for title, url in found if url]
