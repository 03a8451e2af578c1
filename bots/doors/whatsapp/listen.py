"""How WhatsApp's webhooks come in: proven by their signature, kept, then heard."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bots.conversation import turn
from bots.doors import delivery
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.reading import Heard
from bots.doors.whatsapp import flow, read
from bots.doors.whatsapp.api import NOT_THERE
from bots.doors.whatsapp.channel import WhatsAppChannel
from bots.doors.whatsapp.settings import WhatsAppSettings
from bots.phrases.languages import speaking
from core.accounts import chats
from core.conversations import service as conversations
from core.kit.actors import SYSTEM
from core.kit.work import begin
from core.messaging import held, inbox, receipts
from core.messaging.messages import Address, IncomingMessage
from core.settings import Settings, part

WEBHOOK_PATH = "/webhooks/whatsapp"
SIGNATURE_HEADER = "X-Hub-Signature-256"
VERIFY_PURPOSE, VERIFY_CHARACTERS = "whatsapp-verify", 32
log = structlog.get_logger(__name__)


def verify_token(settings: Settings) -> str:
    """Return what to enter at Meta as "verify token": derived, so that nobody has to invent it."""
    return settings.keys.mark(VERIFY_PURPOSE)[:VERIFY_CHARACTERS]


def is_verify_token(settings: Settings, given: str) -> bool:
    """Tell whether this is our verify token; what an older key of ours made counts too."""
    return settings.keys.is_mark(VERIFY_PURPOSE, given, characters=VERIFY_CHARACTERS)


def signature(app_secret: str, raw: bytes) -> str:
    """Return the signature of a body, as WhatsApp sends it."""
    return "sha256=" + hmac.new(app_secret.encode(), raw, hashlib.sha256).hexdigest()


def is_signed(settings: WhatsAppSettings, raw: bytes, given: str) -> bool:
    """Tell whether a body was signed with our app's secret."""
    secret = settings.whatsapp_app_secret.get_secret_value()
    return bool(secret) and hmac.compare_digest(signature(secret, raw).encode(), given.encode())


def take_in(house: House, hearer: Hearer, body: Mapping[str, Any]) -> None:
    """Keep everything one POST says; returns before it is answered."""
    number = part(house.settings, WhatsAppSettings).whatsapp_phone_number_id
    for told in read.payload(body, number):
        if isinstance(told, Heard):
            hearer.receive(told.incoming, told.order, _form_of(house, told.incoming))
        elif isinstance(told, read.Renamed):
            _rename(house, told)
        elif told.status == "failed":
            _failed(house, told)


def _form_of(house: House, incoming: IncomingMessage) -> Callable[[], None] | None:
    """Return what offers the whole form that a press has opened, where a Flow is there: it is asked besides.

    So whoever does not open it, or whose app can't, just answers in the chat.
    """
    flow_id = part(house.settings, WhatsAppSettings).whatsapp_flow_id
    if not flow_id or not incoming.pressed or incoming.answers is not None:
        return None

    def offer() -> None:
        sheet = turn.show_sheet(house.tools, house.book, incoming, heard=True)
        if sheet is None:
            return
        with speaking(sheet.language):
            content = flow.offer(sheet, flow_id)
        channel = house.channels[incoming.channel]
        assert isinstance(channel, WhatsAppChannel)  # noqa: S101  (whose webhook this is)
        if content:
            channel.show_form(incoming.chat, content)

    return offer


def _rename(house: House, told: read.Renamed) -> None:
    """Follow a person to their new number, once: a redelivery must not take what passed to others since."""
    with begin(house.database, SYSTEM) as work:
        if not inbox.accept(work, "whatsapp-renamed", told.event_id):
            return
        after = Address(told.after.channel, told.after.chat_id)
        for chat_id in chats.rename(work, told.before, told.after):
            before = Address(told.before.channel, chat_id)
            conversations.move(work, before, after)
            held.move(work, before, after)


def _failed(house: House, report: read.Reported) -> None:
    """A message was accepted and then not delivered: who cannot be reached is noted."""
    log.warning("a message was not delivered", code=report.error_code)
    if report.error_code not in NOT_THERE:
        return
    with begin(house.database, SYSTEM) as work:
        chat = receipts.chat_of(work, "whatsapp", report.message_ref)
    if chat is not None:
        delivery.lost(house, chat)
