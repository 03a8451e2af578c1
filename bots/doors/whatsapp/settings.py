"""What connects WhatsApp."""

from pydantic import SecretStr

from core.settings import Settings


class WhatsAppSettings(Settings):
    """The app at Meta, the number we speak through, and the Flow that shows whole forms, if any."""

    whatsapp_token: SecretStr = SecretStr("")
    whatsapp_app_secret: SecretStr = SecretStr("")
    whatsapp_phone_number_id: str = ""
    whatsapp_business_id: str = ""
    whatsapp_flow_id: str = ""
    whatsapp_api_url: str = "https://graph.facebook.com/v23.0"
