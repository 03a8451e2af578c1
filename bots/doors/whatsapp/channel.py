"""The door to WhatsApp: inside the 24-hour window what we say, outside it a template that something waits.

The Cloud API takes no idempotency key either: as with Telegram, a message is known as sent by its receipt.
What may not be sent now is held until the person writes (`core/messaging/held.py`); templates announce it.
"""

from datetime import timedelta

import structlog

from bots.conversation import tokens
from bots.doors.attached import opened
from bots.doors.channel import ChannelRefused, ChannelUnavailable, PersonMustWrite
from bots.doors.pacing import Bucket, Pace, wait_in_line
from bots.doors.whatsapp import render, templates
from bots.doors.whatsapp.api import CloudApi, EnoughForToday, TemplateRefused, TooFastToOne
from bots.doors.whatsapp.render import Body
from bots.phrases.languages import spoken
from core.accounts import chats
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import begin, require_outside
from core.media.files import Files
from core.messaging.messages import Address, ChannelName, IncomingMessage, OutgoingMessage, RemoteFile
from core.messaging.receipts import Receipt
from core.messaging.states import NewsKind

WINDOW = timedelta(hours=24)
TEMPLATE_AGAIN_SECONDS = 3_600.0  # a review takes minutes to a day
WINDOW_MARGIN = timedelta(minutes=2)  # a message takes its time to arrive
ACCOUNT = "whatsapp"
PER_SECOND, PER_SECOND_BURST = 70.0, 70  # 80 a second, in and out together
PER_CHAT_SECOND, PER_CHAT_BURST = (
    1 / 6,
    12,
)  # one every six seconds to a person, with bursts that are paid back
log = structlog.get_logger(__name__)


class WhatsAppChannel:
    """Speaks and listens through one business number."""

    name: str = ChannelName.WHATSAPP

    def __init__(self, api: CloudApi, database: Database, files: Files, pace: Pace | None) -> None:
        """Speak through `api`, with files of `files`, as fast as `pace` allows."""
        self.api = api
        self._database, self._files, self._pace = database, files, pace

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt | None:
        """Send one message, while the window is open.

        Raises:
            PersonMustWrite: when it is closed.
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `bots.doors.channel.Channel` says.
        """
        require_outside()
        with begin(self._database, SYSTEM) as work:
            heard_at = chats.heard_at(work, to.channel, to.chat_id)
            inside = heard_at is not None and work.now - heard_at < WINDOW - WINDOW_MARGIN
        if not inside:
            raise PersonMustWrite("more than 24 hours since the person wrote")
        return Receipt(self._show(to, message, key), to, message.asks)

    def announce(self, to: Address, name: str, kind: NewsKind, about: str) -> None:
        """Say by a template that news waits; where the one of its kind is refused, by the general one.

        Raises:
            ChannelUnavailable: when it is to be tried again, also where no template of ours is approved.
            PersonUnreachable, ChannelRefused: as `send`.
        """
        require_outside()
        read_it = tokens.command("read")
        try:
            try:
                self._post(to, templates.news(kind, name, spoken(), about, read_it))
            except TemplateRefused:
                self._post(to, templates.news(NewsKind.OTHER, name, spoken(), about, read_it))
        except TemplateRefused as error:
            raise ChannelUnavailable(str(error), TEMPLATE_AGAIN_SECONDS) from error

    def acknowledge(self, incoming: IncomingMessage) -> None:
        """Show two blue ticks and "typing …"."""
        typing = {"status": "read", "message_id": incoming.press_ref, "typing_indicator": {"type": "text"}}
        try:
            self.api.post(typing)
        except (ChannelUnavailable, ChannelRefused) as error:
            log.debug("not marked as read", reason=str(error))

    def busy(self, chat: Address) -> None:
        """Do nothing: "typing …" came with the blue ticks."""
        del chat

    def show_form(self, to: Address, content: dict[str, object]) -> None:
        """Offer a whole form beside its first question; what WhatsApp does not take is asked in the chat."""
        try:
            self._post(to, content)
        except (ChannelUnavailable, ChannelRefused) as error:
            log.info("the form is asked in the chat alone", reason=str(error))

    def fetch(self, file: RemoteFile, limit_bytes: int) -> bytes:
        """Return a file that somebody sent. Raises ChannelUnavailable, ChannelRefused."""
        require_outside()
        return self.api.file(file.ref, limit_bytes)

    def close(self) -> None:
        """End our connections."""
        self.api.close()

    def _show(self, to: Address, message: OutgoingMessage, key: str) -> str:
        ref = ""
        for body in render.bodies(message, key.replace("-", "")[:32]):
            ref = self._post(to, self._uploaded(body)) or ref
        return ref

    def _post(self, to: Address, content: dict[str, object]) -> str:
        self._wait(to)
        where = {
            "recipient_type": "individual",
            **({"to": to.chat_id} if to.chat_id.isdigit() else {"recipient": to.chat_id}),
        }
        try:
            return self.api.post({**where, **content})
        except TooFastToOne as error:
            self._holdback(f"{ACCOUNT}:{to.chat_id}", error)
            raise
        except EnoughForToday:
            raise
        except ChannelUnavailable as error:
            self._holdback(ACCOUNT, error)
            raise

    def _holdback(self, bucket: str, error: ChannelUnavailable) -> None:
        if error.retry_after_seconds and self._pace is not None:
            self._pace.hold(bucket, error.retry_after_seconds)

    def _uploaded(self, body: Body) -> dict[str, object]:
        if body.file is None:
            return body.content
        found, content = opened(self._files, body.file.media_id)
        return body.with_file(self.api.upload(found.name, found.content_type, content))

    def _wait(self, to: Address) -> None:
        """Wait for our turn. Raises ChannelUnavailable when that takes long."""
        chat = Bucket(f"{ACCOUNT}:{to.chat_id}", PER_CHAT_SECOND, PER_CHAT_BURST)
        wait_in_line(self._pace, (Bucket(ACCOUNT, PER_SECOND, PER_SECOND_BURST), chat))
