"""The utility templates we send outside the 24-hour window, and how they are submitted and checked.

WhatsApp reviews each. News that matters has a template of its own, which says why it is worth reading.
"""

import textwrap
from dataclasses import dataclass
from typing import Any

from core.messaging.states import NewsKind

NAMES: dict[NewsKind, str] = {
    NewsKind.OTHER: "marketplace_news",
    NewsKind.OFFER: "marketplace_offer",
    NewsKind.DEADLINE: "marketplace_deadline",
    NewsKind.MONEY: "marketplace_money",
}
SUBJECT_CHARACTERS_MAX = 60
LANGUAGES = {"en": "en", "hi": "hi", "es": "es", "pt": "pt_BR"}
READ_IT = {"en": "Read it", "hi": "पढ़ें", "es": "Leer", "pt_BR": "Ler"}


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one language: {{1}} is the person's name, {{2}} what it is about."""

    name: str
    language: str
    body: str

    def submission(self) -> dict[str, Any]:
        """Return the body that asks WhatsApp to review it."""
        example = {"body_text": [["Asha", "your offer from Kala Chai"]]}
        return {
            "name": self.name,
            "language": self.language,
            "category": "UTILITY",
            "components": [
                {"type": "BODY", "text": self.body, "example": example},
                {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": READ_IT[self.language]}]},
            ],
        }


BODIES: dict[NewsKind, dict[str, str]] = {
    NewsKind.OTHER: {
        "en": "Hi {{1}}, there is news in your marketplace account about {{2}}. Press the button to read it here.",
        "hi": "नमस्ते {{1}}, आपके मार्केटप्लेस खाते में {{2}} के बारे में एक सूचना है। पढ़ने के लिए बटन दबाएँ।",
        "es": "Hola {{1}}, hay una novedad en tu cuenta del marketplace sobre {{2}}. Pulsa el botón para leerla aquí.",
        "pt_BR": "Oi {{1}}, há uma novidade na sua conta do marketplace sobre {{2}}. Toque no botão para ler aqui.",
    },
    NewsKind.OFFER: {
        "en": "Hi {{1}}, an offer in your marketplace account waits for your answer: {{2}}. It does not wait for ever. Press the button to read it here.",
        "hi": "नमस्ते {{1}}, आपके मार्केटप्लेस खाते में एक ऑफ़र आपके जवाब का इंतज़ार कर रहा है: {{2}}। यह हमेशा नहीं रुकेगा। पढ़ने के लिए बटन दबाएँ।",
        "es": "Hola {{1}}, una oferta en tu cuenta del marketplace espera tu respuesta: {{2}}. No espera para siempre. Pulsa el botón para leerla aquí.",
        "pt_BR": "Oi {{1}}, uma oferta na sua conta do marketplace espera a sua resposta: {{2}}. Ela não espera para sempre. Toque no botão para ler aqui.",
    },
    NewsKind.DEADLINE: {
        "en": "Hi {{1}}, something in your marketplace account has a deadline: {{2}}. Press the button to see what is to be done and by when.",
        "hi": "नमस्ते {{1}}, आपके मार्केटप्लेस खाते में एक काम की समय-सीमा है: {{2}}। क्या करना है और कब तक, यह देखने के लिए बटन दबाएँ।",
        "es": "Hola {{1}}, algo en tu cuenta del marketplace tiene fecha límite: {{2}}. Pulsa el botón para ver qué hay que hacer y hasta cuándo.",
        "pt_BR": "Oi {{1}}, algo na sua conta do marketplace tem prazo: {{2}}. Toque no botão para ver o que fazer e até quando.",
    },
    NewsKind.MONEY: {
        "en": "Hi {{1}}, there is news about money in your marketplace account: {{2}}. Press the button to read it here.",
        "hi": "नमस्ते {{1}}, आपके मार्केटप्लेस खाते में पैसों के बारे में एक सूचना है: {{2}}। पढ़ने के लिए बटन दबाएँ।",
        "es": "Hola {{1}}, hay una novedad sobre dinero en tu cuenta del marketplace: {{2}}. Pulsa el botón para leerla aquí.",
        "pt_BR": "Oi {{1}}, há uma novidade sobre dinheiro na sua conta do marketplace: {{2}}. Toque no botão para ler aqui.",
    },
}  # fmt: skip
TEMPLATES = tuple(
    Template(NAMES[kind], language, body)
    for kind, bodies in BODIES.items()
    for language, body in bodies.items()
)


def news(kind: NewsKind, name: str, language: str, about: str, press: str) -> dict[str, Any]:
    """Return the message that says that something waits; its button carries `press`."""
    parameters = [{"type": "text", "text": subject(words)} for words in (name, about)]
    payload = [{"type": "payload", "payload": press}]
    return {
        "type": "template",
        "template": {
            "name": NAMES[kind],
            "language": {"code": LANGUAGES.get(language, "en")},
            "components": [
                {"type": "body", "parameters": parameters},
                {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": payload},
            ],
        },
    }


def subject(words: str) -> str:
    """Return one short line without marks, cut between words: parameters may hold no line breaks."""
    line = words.replace("**", "").partition("\n")[0].strip().rstrip(".:!")
    short = textwrap.shorten(line, SUBJECT_CHARACTERS_MAX, placeholder=" …")
    return short if short.strip(" …") else line[: SUBJECT_CHARACTERS_MAX - 1] + "…" if line else "…"
