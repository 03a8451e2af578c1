"""Slack over a socket: the same application, for a machine that the internet cannot reach."""

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.slack import app
from bots.doors.slack.channel import SlackChannel
from bots.doors.slack.settings import SlackSettings
from core.settings import part


class Socket:
    """An open line to Slack."""

    def __init__(self, house: House, channel: SlackChannel, hearer: Hearer) -> None:
        """Connect, and hear until closed."""
        settings = part(house.settings, SlackSettings)
        self._handler = SocketModeHandler(
            app.build(house, channel, hearer),
            app_token=settings.slack_app_token.get_secret_value(),
            web_client=WebClient(base_url=settings.slack_api_url.rstrip("/") + "/"),
        )
        self._handler.connect()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Hang up."""
        self._handler.close()  # type: ignore[no-untyped-call]
