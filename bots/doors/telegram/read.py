"""Updates of the Bot API as what somebody did. Pure; reads the plain JSON of an update."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bots.doors.reading import Heard, Json, degrees, part
from core.messaging.messages import ChannelName, IncomingMessage, RemoteFile

UNHEARD = ("voice", "audio", "sticker", "contact", "poll", "dice", "story", "game", "venue", "location")
FILE_KINDS = (
    ("video", "video.mp4"),
    ("document", "file"),
    ("animation", "animation.mp4"),
    ("video_note", "video.mp4"),
)
SPOKEN = ("voice", "audio")
ENTITIES = {"text": "entities", "caption": "caption_entities"}
UPDATE_NUMBER_MAX = 2**31 - 1
PAYLOADS = {"join": "join {}", "link": "link {}", "ref": "invited {}"}
"""What a deep link's payload means as typed words: t.me/<bot>?start=join_CODE."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody blocked the bot."""

    chat_id: str


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody spoke to the bot in a group, where it does not talk."""

    chat_id: str
    language: str = ""


def update(body: Json, bot_name: str) -> Heard | Gone | InGroup | None:
    """Return what an update means, None for what does not concern us.

    An edited message is another wording: whether it comes in time is for the talk to say.
    """
    number = update_number(body)
    if number is None:
        return None
    if isinstance(body.get("callback_query"), Mapping):
        return _pressed(number, body["callback_query"])
    if isinstance(body.get("my_chat_member"), Mapping):
        return _membership(body["my_chat_member"])
    edited = isinstance(body.get("edited_message"), Mapping)
    message = body["edited_message"] if edited else body.get("message")
    heard = _spoken(number, message, bot_name) if isinstance(message, Mapping) else None
    if not edited:
        return heard
    return replace(heard, incoming=replace(heard.incoming, edited=True)) if isinstance(heard, Heard) else None


def update_number(body: Json) -> int | None:
    """Return an update's number, None where it has none that Telegram could have given.

    The Bot API's integers are of 32 bits where it names no other size: https://core.telegram.org/bots/api.
    """
    number = body.get("update_id")
    usable = isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= UPDATE_NUMBER_MAX
    return number if usable else None


def _spoken(number: int, message: Json, bot_name: str) -> Heard | InGroup | None:
    chat, sender = part(message, "chat"), part(message, "from")
    if sender.get("is_bot") or "id" not in chat:
        return None
    if chat.get("type") != "private":
        return InGroup(str(chat["id"]), _language(sender)) if _is_for(message, bot_name) else None
    return _said(number, message, chat, sender)


def _said(number: int, message: Json, chat: Json, sender: Json) -> Heard | None:
    text, files = _words(message), _files(message)
    unheard = next((kind for kind in UNHEARD if kind in message), "")
    if not text and not files and not unheard:
        return None  # a service message
    incoming = IncomingMessage(
        channel=ChannelName.TELEGRAM,
        user_id=str(sender.get("id", chat["id"])),
        chat_id=str(chat["id"]),
        event_id=str(number),
        name=_name(sender),
        text=_typed(text),
        language=_language(sender),
        files=files,
        group=str(message.get("media_group_id") or ""),
        own_ref=str(message.get("message_id") or ""),
        reply_to=str(part(message, "reply_to_message").get("message_id") or ""),
        command=text.startswith("/"),
        unheard=unheard,
        location=_location(message),
    )
    return Heard(incoming, number)


def _words(message: Json) -> str:
    """Return what was written; words that carry an address are followed by it."""
    name = "text" if message.get("text") else "caption"
    written, marks = str(message.get(name) or "").encode("utf-16-le"), message.get(ENTITIES[name])
    links = [mark for mark in marks if _is_link(mark)] if isinstance(marks, list) else []
    for mark in sorted(links, key=lambda mark: -_number(mark, "offset")):
        end = 2 * (_number(mark, "offset") + _number(mark, "length"))  # counted in UTF-16 units
        written = written[:end] + f" ({mark['url']})".encode("utf-16-le") + written[end:]
    return written.decode("utf-16-le", "replace")


def _is_link(mark: object) -> bool:
    return isinstance(mark, Mapping) and mark.get("type") == "text_link" and isinstance(mark.get("url"), str)


def _location(message: Json) -> tuple[float, float] | None:
    place = part(message, "location") or part(part(message, "venue"), "location")
    return degrees(place.get("latitude"), place.get("longitude"))


def _pressed(number: int, query: Json) -> Heard | None:
    message, sender = part(query, "message"), part(query, "from")
    chat = part(message, "chat")
    if "id" not in sender or not query.get("data"):
        return None
    incoming = IncomingMessage(
        channel=ChannelName.TELEGRAM,
        user_id=str(sender["id"]),
        chat_id=str(chat.get("id", sender["id"])),
        event_id=str(number),
        name=_name(sender),
        pressed=str(query["data"])[:200],
        message_ref=str(message.get("message_id") or ""),
        press_ref=str(query.get("id") or ""),
        language=_language(sender),
    )
    return Heard(incoming, number)


def _membership(change: Json) -> Gone | None:
    chat, status = part(change, "chat"), part(change, "new_chat_member").get("status")
    if chat.get("type") == "private" and status == "kicked":
        return Gone(str(chat.get("id")))
    return None


def _typed(text: str) -> str:
    """Return what a command means as words: "/start join_K7" says "join K7", "/new@bot" says "new"."""
    if not text.startswith("/"):
        return text
    command, _, rest = text[1:].partition(" ")
    command, rest = command.partition("@")[0].replace("_", " "), rest.strip()
    if command == "start" and rest:
        kind, _, value = rest.partition("_")
        return PAYLOADS[kind].format(value) if kind in PAYLOADS and value else "start"
    return f"{command} {rest}".strip()


def _files(message: Json) -> tuple[RemoteFile, ...]:
    photo = message.get("photo")
    sizes = [size for size in photo if isinstance(size, Mapping)] if isinstance(photo, list) else []
    if sizes:
        return _file(
            max(sizes, key=lambda size: _number(size, "width") * _number(size, "height")), "photo.jpg"
        )
    for kind, name in FILE_KINDS:
        if found := _file(part(message, kind), name):
            return found
    return tuple(
        replace(file, spoken=True, seconds=_number(part(message, kind), "duration"))
        for kind in SPOKEN
        for file in _file(part(message, kind), "voice.ogg")
    )


def _file(file: Json, name: str) -> tuple[RemoteFile, ...]:
    if not file.get("file_id"):
        return ()
    return (
        RemoteFile(
            str(file["file_id"]), str(file.get("file_name") or name)[:120], _number(file, "file_size")
        ),
    )


def _number(body: Json, name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) else 0


def _is_for(message: Json, bot_name: str) -> bool:
    text = str(message.get("text") or "")
    replied = part(part(message, "reply_to_message"), "from").get("username")
    return bool(bot_name) and (f"@{bot_name}".lower() in text.lower() or replied == bot_name)


def _language(sender: Json) -> str:
    return str(sender.get("language_code") or "")[:8]


def _name(sender: Json) -> str:
    parts = (str(sender.get("first_name") or ""), str(sender.get("last_name") or ""))
    return " ".join(part for part in parts if part)[:120] or "friend"
