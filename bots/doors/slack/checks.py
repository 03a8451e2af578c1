"""What `channels doctor` asks about Slack, and the next step for each answer."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bots.doors.slack import app
from bots.doors.slack.settings import SlackSettings
from core.kit.checks import Finding

MANIFEST = "bots/doors/slack/manifest.yaml"
GUIDE = "docs/channels/slack.md"
TIMEOUT_SECONDS = 10


def findings(settings: SlackSettings) -> list[Finding]:
    """Look at the app's settings and ask Slack whether it can be reached; nothing is changed."""
    if not settings.slack_signing_secret.get_secret_value():
        step = f"Make an app from {MANIFEST} at api.slack.com and set SLACK_SIGNING_SECRET ({GUIDE})."
        return [Finding("Slack", good=True, found="not connected", mend=step)]
    missing = [] if settings.slack_client_id else ["SLACK_CLIENT_ID"]
    missing += [] if settings.slack_client_secret.get_secret_value() else ["SLACK_CLIENT_SECRET"]
    if missing:
        return [Finding("Slack", good=False, found="half connected", mend=f"Set {' and '.join(missing)}.")]
    return [_reach(settings), _place(settings)]


def _reach(settings: SlackSettings) -> Finding:
    client = WebClient(base_url=settings.slack_api_url.rstrip("/") + "/", timeout=TIMEOUT_SECONDS)
    try:
        client.api_test()
    except (SlackApiError, SlackClientError, OSError) as error:
        step = f"Let this machine reach {settings.slack_api_url}."
        return Finding("Slack", good=False, found=type(error).__name__, mend=step)
    return Finding("Slack", good=True, found="answers")


def _place(settings: SlackSettings) -> Finding:
    if settings.slack_app_token.get_secret_value():
        return Finding("Slack requests", good=True, found="Socket Mode")
    url = settings.public_url.rstrip("/") + app.EVENTS_PATH
    good = url.startswith("https://")
    install = settings.public_url.rstrip("/") + app.INSTALL_PATH
    step = f"Enter {url} as request URL of events, interactivity and commands; people install at {install}."
    other = "PUBLIC_URL must begin with https://, or set SLACK_APP_TOKEN for Socket Mode."
    return Finding("Slack requests", good, url, step if good else other)
