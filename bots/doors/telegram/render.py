"""Our messages as calls of the Bot API. Pure; every limit is kept by construction.

Text is counted in UTF-16 units after its marks are read, as Telegram counts it, and cut outside of them.
Limits: https://core.telegram.org/bots/api (sendMessage, sendPhoto, InlineKeyboardButton).
"""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bots.conversation.card import BOLD, cut
from core.messaging.messages import COPIED_CHARACTERS_MAX, Attachment, Button, OutgoingMessage, Role

TEXT_UNITS_MAX = 4_096
CAPTION_UNITS_MAX = 1_024
BUTTONS_MAX = 100
ROW_BUTTONS_MAX = 8
LABEL_CHARACTERS_MAX = 64
ALBUM_MAX = 10
STYLES = {Role.PRIMARY: "primary", Role.DANGER: "danger"}
METHODS = {
    "photo": ("sendPhoto", "photo"),
    "video": ("sendVideo", "video"),
    "file": ("sendDocument", "document"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `media` says which files go with it: (parameter, file), or an album's files in order."""

    method: str
    parameters: dict[str, Any]
    media: tuple[tuple[str, Attachment], ...] = field(default=())


def calls(chat_id: str, message: OutgoingMessage) -> list[Call]:
    """Return the calls that show a message; the last one carries the buttons.

    A question that answers a press is drawn over the question before it.
    """
    keyboard = _keyboard(message.buttons)
    if message.replaces and message.asks and not message.attachments:
        return [edit(chat_id, message.replaces, message)]
    if len(message.attachments) == 1 and units(_visible(message.text)) <= CAPTION_UNITS_MAX:
        return [_with_file(chat_id, message.attachments[0], message.text, keyboard)]
    files = list(_files(chat_id, message.attachments))
    text = {
        "chat_id": chat_id,
        **_text("text", message.text, TEXT_UNITS_MAX),
        "link_preview_options": NO_PREVIEW,
    }
    return [*files, Call("sendMessage", text | _pointing(message.points) | keyboard)]


def without_buttons(chat_id: str, message_ref: str) -> Call:
    """Return the call that takes the buttons off a message."""
    return Call("editMessageReplyMarkup", {"chat_id": chat_id, "message_id": int(message_ref)})


NO_PREVIEW = {"is_disabled": True}


def edit(chat_id: str, ref: str, message: OutgoingMessage, *, caption: bool = False) -> Call:
    """Return the call that puts a message in another's place; under a picture its words are the caption."""
    where = {"chat_id": chat_id, "message_id": int(ref)}
    keyboard = _keyboard(message.buttons)
    if caption:
        return Call(
            "editMessageCaption", where | _text("caption", message.text, CAPTION_UNITS_MAX) | keyboard
        )
    text = _text("text", message.text, TEXT_UNITS_MAX)
    return Call("editMessageText", where | {"link_preview_options": NO_PREVIEW} | text | keyboard)


def _pointing(ref: str) -> dict[str, Any]:
    """Return what makes a message an answer to another, where that is still there."""
    if not ref:
        return {}
    return {"reply_parameters": {"message_id": int(ref), "allow_sending_without_reply": True}}


def _with_file(chat_id: str, file: Attachment, caption: str, keyboard: dict[str, Any]) -> Call:
    method, parameter = METHODS.get(file.kind, METHODS["file"])
    text = _text("caption", caption, CAPTION_UNITS_MAX) if caption else {}
    return Call(method, {"chat_id": chat_id} | text | keyboard, ((parameter, file),))


def _files(chat_id: str, attachments: Sequence[Attachment]) -> Iterator[Call]:
    """Yield files in albums: photos and videos together, documents by themselves, as Telegram wants them."""
    seen = [a for a in attachments if a.kind in {"photo", "video"}]
    documents = [a for a in attachments if a.kind not in {"photo", "video"}]
    for kind in (seen, documents):
        for start in range(0, len(kind), ALBUM_MAX):
            album = kind[start : start + ALBUM_MAX]
            if len(album) == 1:
                yield _with_file(chat_id, album[0], "", {})
            else:
                yield Call("sendMediaGroup", {"chat_id": chat_id}, tuple(("media", file) for file in album))


def _keyboard(rows: Sequence[Sequence[Button]]) -> dict[str, Any]:
    drawn: list[list[dict[str, Any]]] = []
    left = BUTTONS_MAX
    for row in rows:
        for start in range(0, len(row), ROW_BUTTONS_MAX):
            part = [_button(button) for button in row[start : start + ROW_BUTTONS_MAX]][:left]
            left -= len(part)
            if part:
                drawn.append(part)
    return {"reply_markup": {"inline_keyboard": drawn}} if drawn else {}


def _button(button: Button) -> dict[str, Any]:
    label = cut(button.label, LABEL_CHARACTERS_MAX)
    if button.copies:
        return {"text": label, "copy_text": {"text": cut(button.copies, COPIED_CHARACTERS_MAX)}}
    if button.url:
        return {"text": label, "url": button.url}
    style = {"style": STYLES[button.role]} if button.role in STYLES else {}
    return {"text": label, "callback_data": button.action} | style


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _text(parameter: str, text: str, limit: int) -> dict[str, str]:
    return {parameter: as_html(text, limit), "parse_mode": "HTML"}


def as_html(text: str, limit: int) -> str:
    """Return a text with **bold** as Telegram's HTML, of at most `limit` visible UTF-16 units."""
    if units(_visible(text)) <= limit:
        return "".join(_marked(part, bold=bold) for part, bold in _parts(text))
    out, left = [], limit - 1
    for part, bold in _parts(text):
        kept = _cut(part, left)
        out.append(_marked(kept, bold=bold))
        left -= units(kept)
        if kept != part:
            break
    return "".join(out) + "…"


def _visible(text: str) -> str:
    return BOLD.sub(r"\1", text)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in BOLD.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match[1], True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def _marked(text: str, *, bold: bool) -> str:
    escaped = html.escape(text, quote=False)
    return f"<b>{escaped}</b>" if bold and escaped.strip() else escaped


def _cut(text: str, limit: int) -> str:
    """Return the longest beginning of a text within so many units; a pair of surrogates stays whole."""
    return text.encode("utf-16-le")[: 2 * max(limit, 0)].decode("utf-16-le", "ignore")
