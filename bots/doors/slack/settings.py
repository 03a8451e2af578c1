"""What connects Slack."""

from pydantic import SecretStr

from core.settings import Settings


class SlackSettings(Settings):
    """The app at Slack."""

    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api"
