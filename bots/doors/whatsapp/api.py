"""The Cloud API over httpx: one place for its addresses, its time-outs and what its errors mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bots.doors import files
from bots.doors.channel import ChannelRefused, ChannelUnavailable, PersonMustWrite, PersonUnreachable
from core.kit import fetching

READ_SECONDS, CONNECT_SECONDS, UPLOAD_SECONDS = 15.0, 5.0, 60.0
SERVER_ERROR = 500
FILES_ORIGIN = "https://lookaside.fbsbx.com:443"
"""Where the Cloud API keeps files: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media."""
NOT_OUR_TOKEN = (0, 10, 190, 200)
TOO_FAST, TOO_FAST_TO_ONE, SPAM = 130429, 131056, 131048
WINDOW_CLOSED = 131047
TEMPLATE = frozenset({132000, 132001, 132005, 132007, 132012, 132015, 132016})
ENOUGH_FOR_TODAY = 131049  # each person gets only so much from businesses; asking again soon is useless
NOT_THERE = (131026, 131021, 131030)
AGAIN = {
    4: 60.0,
    80007: 60.0,
    TOO_FAST: 2.0,
    TOO_FAST_TO_ONE: 6.0,
    SPAM: 600.0,
    131000: 5.0,
    131016: 30.0,
    133004: 30.0,
    ENOUGH_FOR_TODAY: 21_600.0,
}
"""Codes that heal by waiting, and how many seconds: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes."""


class EnoughForToday(ChannelUnavailable):
    """WhatsApp lets this person get no more from businesses for now; answers are free all the same."""


class TemplateRefused(ChannelRefused):
    """A template is not approved, paused, disabled, or not as it was approved: another one may do."""


class TooFastToOne(ChannelUnavailable):
    """This one person gets too much at once."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who we are at the Cloud API."""

    token: str
    phone_number_id: str
    business_id: str = ""
    api_url: str = "https://graph.facebook.com/v23.0"


class CloudApi:
    """One business number's calls."""

    def __init__(self, access: Access) -> None:
        """Prepare; nothing is sent yet."""
        self.access = access
        self._client = httpx.Client(
            base_url=access.api_url.rstrip("/"),
            headers={"Authorization": f"Bearer {access.token}"},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        )

    def post(self, content: Mapping[str, Any]) -> str:
        """Post a message and return what WhatsApp calls it.

        Raises:
            ChannelUnavailable, TooFastToOne: when it is to be sent again.
            PersonMustWrite: when only a template may be sent now.
            TemplateRefused: when this template may not be sent.
            PersonUnreachable, ChannelRefused: when WhatsApp will not take it.
        """
        body = {"messaging_product": "whatsapp", **content}
        answer = self.ask("POST", f"/{self.access.phone_number_id}/messages", json=body)
        sent = answer.get("messages") or [{}]
        return str(sent[0].get("id") or "")

    def upload(self, name: str, content_type: str, content: bytes) -> str:
        """Upload a file and return its id. Raises as `post` does."""
        answer = self.ask(
            "POST",
            f"/{self.access.phone_number_id}/media",
            data={"messaging_product": "whatsapp", "type": content_type},
            files={"file": (name, content, content_type)},
            timeout=UPLOAD_SECONDS,
        )
        return str(answer.get("id") or "")

    def file(self, media_id: str, limit_bytes: int) -> bytes:
        """Return a file somebody sent: its address lives five minutes, so both are asked for at once."""
        url = str(self.ask("GET", f"/{media_id}").get("url") or "")
        if not url:
            raise ChannelRefused("the file has no address")
        origins = {fetching.origin(self.access.api_url), FILES_ORIGIN}
        return files.fetch(url, origins, self.access.token, limit_bytes)

    def ask(self, method: str, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401  (httpx's options)
        """Make one call and return its JSON. Raises as `post` does."""
        try:
            answer = self._client.request(method, path, **options)
        except httpx.HTTPError as error:
            raise ChannelUnavailable(type(error).__name__) from error
        try:
            body = answer.json()
        except ValueError:
            body = {}
        found: dict[str, Any] = body if isinstance(body, dict) else {}
        if answer.is_error or "error" in found:
            raise trouble(answer.status_code, found.get("error") or {})
        return found

    def close(self) -> None:
        """End our connections."""
        self._client.close()


MEANINGS: dict[int, type[ChannelUnavailable] | type[ChannelRefused]] = {
    TOO_FAST_TO_ONE: TooFastToOne,
    ENOUGH_FOR_TODAY: EnoughForToday,
    WINDOW_CLOSED: PersonMustWrite,
    **dict.fromkeys(TEMPLATE, TemplateRefused),
    **dict.fromkeys(NOT_THERE, PersonUnreachable),
}


def trouble(status: int, error: Mapping[str, Any]) -> ChannelUnavailable | ChannelRefused:
    """Return what an error of the Cloud API means to us. Its words may quote people: only codes are kept."""
    code = error.get("code")
    code = code if isinstance(code, int) else -1
    said = f"WhatsApp {status}/{code}"
    if code in NOT_OUR_TOKEN:
        return ChannelUnavailable(f"{said}: WhatsApp does not accept our token")
    kind = MEANINGS.get(code)
    if kind is not None:
        return kind(said, AGAIN[code]) if issubclass(kind, ChannelUnavailable) else kind(said)
    if code in AGAIN or status >= SERVER_ERROR:
        return ChannelUnavailable(said, AGAIN.get(code, 0.0))
    return ChannelRefused(said)
