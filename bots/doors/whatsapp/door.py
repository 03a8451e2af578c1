"""WhatsApp in the registry: a business number of the Cloud API, its webhooks signed."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import ClassVar

from bots.conversation.dialogue import Tools
from bots.doors.door import Answer, Asked, Door, Hook
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.pacing import Pace
from bots.doors.whatsapp import checks, listen
from bots.doors.whatsapp.channel import WhatsAppChannel
from bots.doors.whatsapp.settings import WhatsAppSettings
from core.kit.checks import Finding
from core.kit.text import OddValue, json_of
from core.messaging.messages import ChannelName
from core.settings import Settings, part


class WhatsAppDoor(Door):
    """WhatsApp."""

    name: ClassVar[str] = ChannelName.WHATSAPP
    title: ClassVar[str] = "WhatsApp"
    waits_for_words: ClassVar[bool] = True

    def open(self, tools: Tools, pace: Pace | None) -> WhatsAppChannel | None:
        """Return the number, None without its token."""
        settings = part(tools.settings, WhatsAppSettings)
        if not settings.whatsapp_token.get_secret_value():
            return None
        return WhatsAppChannel(checks.api_of(settings), tools.database, tools.media, pace)

    def findings(self, settings: Settings) -> list[Finding]:
        """Ask WhatsApp about our number and templates."""
        return checks.findings(part(settings, WhatsAppSettings))

    def hooks(self, house: House, hearer: Hearer) -> Sequence[Hook]:
        """Return the webhook: verified once by GET, signed over the raw body at each POST."""
        settings = part(house.settings, WhatsAppSettings)

        def verify(asked: Asked) -> Answer:
            proven = listen.is_verify_token(settings, asked.query.get("hub.verify_token", ""))
            if asked.query.get("hub.mode") != "subscribe" or not proven:
                return Answer(HTTPStatus.FORBIDDEN, "The verify token is missing or wrong.")
            return Answer(HTTPStatus.OK, asked.query.get("hub.challenge", ""))

        def take(asked: Asked) -> Answer:
            given = asked.headers.get(listen.SIGNATURE_HEADER.lower(), "")
            if not listen.is_signed(settings, asked.body, given):
                return Answer(HTTPStatus.UNAUTHORIZED, "The signature is missing or wrong.")
            try:
                body = json_of(asked.body)
            except OddValue:
                return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The body is not JSON we take.")
            if isinstance(body, dict):
                listen.take_in(house, hearer, body)
            return Answer(HTTPStatus.OK)

        return (Hook("GET", listen.WEBHOOK_PATH, verify), Hook("POST", listen.WEBHOOK_PATH, take))


def channel_of(house: House) -> WhatsAppChannel:
    """Return the way to speak through WhatsApp. Raises KeyError where it is not connected."""
    channel = house.channels[WhatsAppDoor.name]
    assert isinstance(channel, WhatsAppChannel)  # noqa: S101  (what `open` returned)
    return channel


DOOR = WhatsAppDoor()
