"""The utility templates we send outside the 24-hour window, and how they are submitted and checked.

WhatsApp reviews each; until one is approved, nothing goes out outside the window and messages wait.
"""

from dataclasses import dataclass
from typing import Any

from core.messaging.messages import OutgoingMessage

NEWS = "marketplace_news"
SUBJECT_CHARACTERS_MAX = 60
LANGUAGES = {"en": "en", "hi": "hi", "es": "es", "pt": "pt_BR"}


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one language: {{1}} is the person's name, {{2}} what it is about."""

    name: str
    language: str
    body: str
    button: str

    def submission(self) -> dict[str, Any]:
        """Return the body that asks WhatsApp to review it."""
        example = {"body_text": [["Asha", "your offer from Kala Chai"]]}
        return {
            "name": self.name,
            "language": self.language,
            "category": "UTILITY",
            "components": [
                {"type": "BODY", "text": self.body, "example": example},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": self.button}]},
            ],
        }


TEMPLATES = (
    Template(NEWS, "en", "Hi {{1}}, there is news in your marketplace account about {{2}}. Press the button to read it here.", "Read it"),
    Template(NEWS, "hi", "नमस्ते {{1}}, आपके मार्केटप्लेस खाते में {{2}} के बारे में एक सूचना है। पढ़ने के लिए बटन दबाएँ।", "पढ़ें"),
    Template(NEWS, "es", "Hola {{1}}, hay una novedad en tu cuenta del marketplace sobre {{2}}. Pulsa el botón para leerla aquí.", "Leer"),
    Template(NEWS, "pt_BR", "Oi {{1}}, há uma novidade na sua conta do marketplace sobre {{2}}. Toque no botão para ler aqui.", "Ler"),
)  # fmt: skip


def news(name: str, language: str, message: OutgoingMessage, press: str) -> dict[str, Any]:
    """Return the message that says that something waits; its button carries `press`."""
    parameters = [
        {"type": "text", "text": name[:SUBJECT_CHARACTERS_MAX]},
        {"type": "text", "text": subject(message)},
    ]
    return {
        "type": "template",
        "template": {
            "name": NEWS,
            "language": {"code": LANGUAGES.get(language, "en")},
            "components": [
                {"type": "body", "parameters": parameters},
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "0",
                    "parameters": [{"type": "payload", "payload": press}],
                },
            ],
        },
    }


def subject(message: OutgoingMessage) -> str:
    """Return what a message is about in one short line: parameters may hold no line breaks."""
    first = " ".join(message.text.replace("**", "").split("\n")[0].split()).rstrip(".:!")
    return first[: SUBJECT_CHARACTERS_MAX - 1] + "…" if len(first) > SUBJECT_CHARACTERS_MAX else first or "…"
