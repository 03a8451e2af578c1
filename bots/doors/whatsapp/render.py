"""Our messages as bodies of the Cloud API. Pure; every limit is kept by construction.

Up to three short buttons become reply buttons, more become a list of ten rows with "More" where they do not
fit, links become lines of the text. Limits:
https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages (reply buttons, lists, text).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bots.conversation import tokens
from bots.conversation.card import cut, drawn
from bots.phrases.sentences import say
from core.messaging.messages import Attachment, Button, OutgoingMessage

TEXT_CHARACTERS_MAX = 4_096
BODY_CHARACTERS_MAX = 1_024
CAPTION_CHARACTERS_MAX = 1_024
BUTTONS_MAX, BUTTON_CHARACTERS_MAX = 3, 20
ROWS_MAX, ROW_CHARACTERS_MAX, ROW_MORE_CHARACTERS_MAX = 10, 24, 72
MENU_CHARACTERS_MAX = 20
INTERACTIVE = "interactive"
OVER_BUTTONS = frozenset({"photo", "video"})
KINDS = {"photo": "image", "video": "video", "file": "document"}


@dataclass(frozen=True, slots=True)
class Body:
    """One message to post. `file` is uploaded first: it is what is shown, or stands over the buttons."""

    content: dict[str, Any]
    file: Attachment | None = None

    def with_file(self, media_id: str) -> dict[str, Any]:
        """Return what to post once its file is uploaded."""
        kind = str(self.content["type"])
        over = KINDS.get(self.file.kind, "document") if self.file else ""
        header = {"header": {"type": over, over: {"id": media_id}}}
        shown = header if kind == INTERACTIVE else {"id": media_id}
        return {**self.content, kind: {**self.content[kind], **shown}}


def bodies(message: OutgoingMessage, promise_id: str) -> list[Body]:
    """Return what to post for a message, in order; `promise_id` lets a long list go on."""
    buttons = [button for row in message.without_copies.buttons for button in row]
    if page := _page_of(message, buttons):
        return [page]
    text = _text(message.text, [button for button in buttons if button.url])
    presses = [button for button in buttons if not button.url]
    files = list(message.attachments)
    out: list[Body] = []
    text = text if text.strip() else ""
    if len(files) == 1 and not presses and 0 < len(text) <= CAPTION_CHARACTERS_MAX:
        return [_file(files[0], text)]
    if not presses:
        out += [_file(file, "") for file in files]
        return [*out, _plain(text)] if text else out
    fits = 0 < len(text) <= BODY_CHARACTERS_MAX
    drawn = _interactive(text if fits else say("form.choose"), presses, promise_id)
    if fits and drawn["type"] == "button" and (over := _over(files)):
        return [Body({"type": INTERACTIVE, INTERACTIVE: drawn}, over)]
    out += [_file(file, "") for file in files]
    out += [_plain(text)] if text and not fits else []
    return [*out, Body({"type": INTERACTIVE, INTERACTIVE: drawn})]


def _over(files: Sequence[Attachment]) -> Attachment | None:
    """Return the picture or video that stands over a message's words and buttons: the only file it has."""
    return files[0] if len(files) == 1 and files[0].kind in OVER_BUTTONS else None


def _page_of(message: OutgoingMessage, buttons: Sequence[Button]) -> Body | None:
    """Return a message whose one button opens a page as that: a payment, a report."""
    text = _text(message.text, [])
    over, files = _over(message.attachments), message.attachments
    only = buttons[0] if len(buttons) == 1 and (over or not files) else None
    if only is None or not only.url.startswith("https://") or not 0 < len(text) <= BODY_CHARACTERS_MAX:
        return None
    shown = {"display_text": cut(_label(only), BUTTON_CHARACTERS_MAX), "url": only.url}
    action = {"name": "cta_url", "parameters": shown}
    drawn = {"type": "cta_url", "body": {"text": text}, "action": action}
    return Body({"type": INTERACTIVE, INTERACTIVE: drawn}, over)


def _plain(text: str) -> Body:
    return Body({"type": "text", "text": {"body": cut(text, TEXT_CHARACTERS_MAX), "preview_url": False}})


def _file(file: Attachment, caption: str) -> Body:
    kind = KINDS.get(file.kind, "document")
    inner: dict[str, str] = {"caption": caption} if caption else {}
    if kind == "document":
        inner["filename"] = file.name
    return Body({"type": kind, kind: inner}, file)


def _interactive(text: str, presses: Sequence[Button], promise_id: str) -> dict[str, Any]:
    body = {"text": cut(text, BODY_CHARACTERS_MAX)}
    labels = {_label(button) for button in presses}
    short = all(len(label) <= BUTTON_CHARACTERS_MAX for label in labels)
    if len(presses) <= BUTTONS_MAX and short and len(labels) == len(presses):
        buttons = [{"type": "reply", "reply": {"id": b.action, "title": _label(b)}} for b in presses]
        return {"type": "button", "body": body, "action": {"buttons": buttons}}
    shown = [_row(button) for button in _page(presses, promise_id)]
    menu = cut(say("form.open_list"), MENU_CHARACTERS_MAX)
    return {"type": "list", "body": body, "action": {"button": menu, "sections": [{"rows": shown}]}}


def _page(presses: Sequence[Button], promise_id: str) -> list[Button]:
    """Return at most ten: choices, "More" if there are, and always the ways back and out."""
    if len(presses) <= ROWS_MAX:
        return list(presses)
    ways = [button for button in presses if tokens.is_way(button.action)]
    choices = [button for button in presses if not tokens.is_way(button.action)]
    room = ROWS_MAX - len(ways) - 1
    place = presses.index(choices[room])
    more = Button(say("form.more_row"), tokens.command("more", f"{promise_id}.{place}"))
    return [*choices[:room], more, *ways]


def _row(button: Button) -> dict[str, str]:
    label = _label(button)
    row = {"id": button.action, "title": cut(label, ROW_CHARACTERS_MAX)}
    return (
        row
        if len(label) <= ROW_CHARACTERS_MAX
        else {**row, "description": cut(label, ROW_MORE_CHARACTERS_MAX)}
    )


def _label(button: Button) -> str:
    return " ".join(button.label.split()) or "…"


def _text(text: str, links: Sequence[Button]) -> str:
    """Return a text with WhatsApp's *bold*, and its links as lines."""
    lines = [f"{button.label}: {button.url}" for button in links]
    return "\n\n".join(part for part in (drawn(text, "*{}*", str, str), "\n".join(lines)) if part)
