"""Slack over a socket: the same application, for a machine that the internet cannot reach."""

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bots.hearing import Hearer
from bots.runtime import Runtime
from bots.slack import app
from bots.slack.door import SlackChannel


class Socket:
    """An open line to Slack."""

    def __init__(self, runtime: Runtime, channel: SlackChannel, hearer: Hearer) -> None:
        """Connect, and hear until closed."""
        settings = runtime.settings
        self._handler = SocketModeHandler(
            app.build(runtime, channel, hearer),
            app_token=settings.slack_app_token.get_secret_value(),
            web_client=WebClient(base_url=settings.slack_api_url.rstrip("/") + "/"),
        )
        self._handler.connect()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Hang up."""
        self._handler.close()  # type: ignore[no-untyped-call]
