"""What connects Telegram."""

from typing import Literal

from pydantic import SecretStr

from core.settings import Settings


class TelegramSettings(Settings):
    """The bot, and how its updates come in."""

    telegram_token: SecretStr = SecretStr("")
    telegram_name: str = ""
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_api_url: str = "https://api.telegram.org"
