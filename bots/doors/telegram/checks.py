"""What `channels doctor` asks about Telegram, and the next step for each answer."""

from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.telegram import listen
from bots.doors.telegram.api import Access, BotApi
from bots.doors.telegram.settings import TelegramSettings
from core.kit.checks import Finding

GUIDE = "docs/channels/telegram.md"
WAITING_MANY = 100


def findings(settings: TelegramSettings) -> list[Finding]:
    """Ask Telegram who we are and where it sends updates; nothing is changed."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        step = f"Make a bot with @BotFather and set TELEGRAM_TOKEN ({GUIDE})."
        return [Finding("Telegram", good=True, found="not connected", mend=step)]
    api = BotApi(Access(token, settings.telegram_api_url))
    try:
        return [_bot(api, settings), *_updates(api, settings)]
    except ChannelUnavailable as error:
        wrong = "Compare TELEGRAM_TOKEN with what @BotFather gave you." if "token" in str(error) else ""
        reach = f"Let this machine reach {settings.telegram_api_url}."
        return [Finding("Telegram", good=False, found=str(error), mend=wrong or reach)]
    except ChannelRefused as error:
        return [Finding("Telegram", good=False, found=str(error), mend=f"{GUIDE} names each step.")]
    finally:
        api.close()


def _bot(api: BotApi, settings: TelegramSettings) -> Finding:
    name = str(api.call("getMe", {}).username)
    if settings.telegram_name and settings.telegram_name.lstrip("@") != name:
        return Finding("Telegram bot", good=False, found=f"@{name}", mend=f"Set TELEGRAM_NAME={name}.")
    step = "" if settings.telegram_name else f"Set TELEGRAM_NAME={name}, so that invitations carry a link."
    return Finding("Telegram bot", good=True, found=f"@{name}", mend=step)


def _updates(api: BotApi, settings: TelegramSettings) -> list[Finding]:
    info = api.call("getWebhookInfo", {})
    if settings.telegram_mode == "polling":
        good = not info.url
        step = "" if good else "Start the bot once: polling takes the webhook away."
        return [Finding("Telegram updates", good, f"polling; webhook {info.url or 'none'}", step)]
    wanted = listen.webhook_url(settings)
    here = info.url == wanted
    step = "" if here else f"Start the web server once: it sets {wanted}."
    found = [Finding("Telegram webhook", here, info.url or "none", step)]
    if not settings.public_url.startswith("https://"):
        step = "PUBLIC_URL must begin with https://, or use TELEGRAM_MODE=polling."
        found.append(Finding("Telegram webhook", good=False, found=settings.public_url, mend=step))
    if info.last_error_message:
        step = "Look at the web server's log at that time."
        found.append(
            Finding("Telegram's last trouble with us", good=False, found=info.last_error_message, mend=step)
        )
    waiting = info.pending_update_count or 0
    found.append(Finding("Telegram updates waiting", waiting < WAITING_MANY, str(waiting)))
    return found
