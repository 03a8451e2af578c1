"""What connects WhatsApp."""

from pydantic import SecretStr

from core.settings import Settings


class WhatsAppSettings(Settings):
    """The app at Meta, and the number we speak through."""

    whatsapp_token: SecretStr = SecretStr("")
    whatsapp_app_secret: SecretStr = SecretStr("")
    whatsapp_phone_number_id: str = ""
    whatsapp_business_id: str = ""
    whatsapp_api_url: str = "https://graph.facebook.com/v23.0"
