"""Slack in the registry: an app that workspaces install, its requests by HTTP or over a socket."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from bots.conversation.dialogue import Tools
from bots.doors.door import Answer, Asked, Door, Hook
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.pacing import Pace
from bots.doors.reading import Json
from bots.doors.slack import app, checks
from bots.doors.slack.channel import SlackChannel
from bots.doors.slack.installations import SealedInstallationStore
from bots.doors.slack.settings import SlackSettings
from bots.doors.slack.socket_mode import Socket
from core.kit.checks import Finding
from core.kit.text import OddValue, json_of, storable
from core.messaging.messages import ChannelName
from core.settings import Settings, part

STAMP_HEADER, SIGNATURE_HEADER = "x-slack-request-timestamp", "x-slack-signature"


class SlackDoor(Door):
    """Slack."""

    name: ClassVar[str] = ChannelName.SLACK
    title: ClassVar[str] = "Slack"

    def open(self, tools: Tools, pace: Pace | None) -> SlackChannel | None:
        """Return the app, None without its signing secret."""
        settings = part(tools.settings, SlackSettings)
        if not settings.slack_signing_secret.get_secret_value():
            return None
        store = SealedInstallationStore(tools.database, settings.keys)
        return SlackChannel(store, settings.slack_api_url, tools.database, tools.media, pace)

    def findings(self, settings: Settings) -> list[Finding]:
        """Look at the app's settings, and ask Slack whether it can be reached."""
        return checks.findings(part(settings, SlackSettings))

    def hooks(self, house: House, hearer: Hearer) -> Sequence[Hook]:
        """Return Slack's requests, proven before anything reads them, and an installation's two pages."""
        bolt, flow = app.build(house, channel_of(house), hearer), app.oauth(house, channel_of(house), hearer)
        return (
            Hook("POST", app.EVENTS_PATH, _signed(house.settings, _by(bolt.dispatch))),
            Hook("GET", app.INSTALL_PATH, _by(flow.handle_installation)),
            Hook("GET", app.REDIRECT_PATH, _by(flow.handle_callback)),
        )

    def listens(self, settings: Settings) -> bool:
        """Tell whether we hold a line to Slack."""
        mine = part(settings, SlackSettings)
        return bool(mine.slack_app_token.get_secret_value() and mine.slack_signing_secret.get_secret_value())

    def listen(self, house: House, hearer: Hearer, stopping: threading.Event) -> None:
        """Hold the line until told to stop."""
        line = Socket(house, channel_of(house), hearer)
        try:
            stopping.wait()
        finally:
            line.close()


def _by(answer: Callable[[BoltRequest], BoltResponse]) -> Callable[[Asked], Answer]:
    """Return what lets Bolt answer a request of ours."""

    def take(asked: Asked) -> Answer:
        body = asked.body.decode("utf-8", "replace")
        found = answer(BoltRequest(body=body, query=dict(asked.query), headers=dict(asked.headers)))
        headers = [(name, value) for name, values in found.headers.items() for value in values]
        return Answer(found.status, found.body, tuple(headers))

    return take


def _signed(settings: Settings, take: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Return what answers only what Slack signed in the last five minutes, as the database can keep it."""
    secret = part(settings, SlackSettings).slack_signing_secret.get_secret_value()
    verifier = SignatureVerifier(secret)

    def proven(asked: Asked) -> Answer:
        headers = {name.lower(): value for name, value in asked.headers.items()}
        if not _is_signed(verifier, asked.body, headers):
            return Answer(HTTPStatus.UNAUTHORIZED, "The signature is missing or wrong.")
        try:
            body = _kept(asked.body, "json" in headers.get("content-type", "").lower())
        except OddValue:
            return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The body is not what we take.")
        return take(replace(asked, body=body))

    return proven


def _is_signed(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> bool:
    stamp, signature = headers.get(STAMP_HEADER, ""), headers.get(SIGNATURE_HEADER, "")
    try:
        return bool(verifier.is_valid(body, stamp, signature))
    except ValueError:
        return False  # a stamp that is no number


def _kept(raw: bytes, is_json: bool) -> bytes:  # noqa: FBT001
    """Return a body whose texts the database can keep, and whose shape Bolt can read. Raises OddValue."""
    if is_json:
        return json.dumps(_object(json_of(raw))).encode()
    form = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)
    kept = {storable(name): storable(value) for name, value in form}
    if "payload" in kept:
        kept["payload"] = json.dumps(_object(json_of(kept["payload"].encode())))
    return urlencode(kept).encode()


def _object(value: object) -> Json:
    if not isinstance(value, Mapping) or not isinstance(value.get("event", {}), Mapping):
        message = "no object"
        raise OddValue(message)
    return value


def channel_of(house: House) -> SlackChannel:
    """Return the way to speak through Slack. Raises KeyError where it is not connected."""
    channel = house.channels[SlackDoor.name]
    assert isinstance(channel, SlackChannel)  # noqa: S101  (what `open` returned)
    return channel


DOOR = SlackDoor()
