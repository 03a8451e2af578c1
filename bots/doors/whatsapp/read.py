"""The Cloud API's webhooks as what somebody did. Pure; every entry, change and message of one POST.

A person is known by the business-scoped user id where WhatsApp gives one, else by the phone number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bots.doors.reading import Heard, Json, part, parts
from core.messaging.messages import ChannelName, IncomingMessage, RemoteFile

FILES = {
    "image": "photo.jpg",
    "video": "video.mp4",
    "document": "file",
    "sticker": "sticker.webp",
    "audio": "audio",
}
SILENT = frozenset({"reaction", "system", "unsupported", "unknown", "order"})
ORDER_STEP = 1_000  # messages of one second and one POST stay in their order


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a message of ours: sent, delivered, read or failed."""

    message_ref: str
    status: str
    error_code: int = 0


def payload(body: Json, phone_number_id: str) -> list[Heard | Reported]:
    """Return everything a POST tells us about our number, in its order."""
    found: list[Heard | Reported] = []
    for value in _values(body):
        number = part(value, "metadata").get("phone_number_id")
        if phone_number_id and number != phone_number_id:
            continue
        people = {str(contact.get("wa_id")): contact for contact in parts(value, "contacts")}
        for place, message in enumerate(parts(value, "messages")):
            heard = _message(message, people, place)
            found += [heard] if heard else []
        found += [report for status in parts(value, "statuses") if (report := _status(status))]
    return found


def _values(body: Json) -> Iterator[Json]:
    for entry in parts(body, "entry"):
        for change in parts(entry, "changes"):
            if change.get("field") == "messages":
                yield part(change, "value")


def _message(message: Json, people: Mapping[str, Json], place: int) -> Heard | None:
    sender, kind = str(message.get("from") or ""), str(message.get("type") or "")
    person = people.get(sender) or (next(iter(people.values())) if len(people) == 1 else {})
    user = str(person.get("user_id") or message.get("from_user_id") or sender)
    if not message.get("id") or not user or kind in SILENT or message.get("group_id"):
        return None
    pressed, text = _pressed(message, kind), _words(message, kind)
    incoming = IncomingMessage(
        channel=ChannelName.WHATSAPP,
        user_id=user[:120],
        chat_id=(sender or user)[:120],
        event_id=str(message["id"])[:160],
        name=str(part(person, "profile").get("name") or "friend")[:120],
        text=text,
        pressed=pressed,
        message_ref=str(part(message, "context").get("id") or "") if pressed else "",
        press_ref=str(message["id"]),
        files=_files(message, kind),
    )
    return Heard(incoming, _seconds(message) * ORDER_STEP + min(place, ORDER_STEP - 1))


def _pressed(message: Json, kind: str) -> str:
    if kind == "interactive":
        answer = part(message, "interactive")
        reply = part(answer, "button_reply") or part(answer, "list_reply")
        return str(reply.get("id") or "")[:200]
    return str(part(message, "button").get("payload") or "")[:200] if kind == "button" else ""


def _words(message: Json, kind: str) -> str:
    if kind == "text":
        return str(part(message, "text").get("body") or "")
    return str(part(message, kind).get("caption") or "") if kind in FILES else ""


def _files(message: Json, kind: str) -> tuple[RemoteFile, ...]:
    file = part(message, kind) if kind in FILES else {}
    if not file.get("id"):
        return ()
    return (RemoteFile(str(file["id"]), str(file.get("filename") or FILES[kind])[:120]),)


def _status(status: Json) -> Reported | None:
    if not status.get("id") or not status.get("status"):
        return None
    errors = parts(status, "errors")
    code = errors[0].get("code") if errors else 0
    return Reported(str(status["id"]), str(status["status"]), code if isinstance(code, int) else 0)


def _seconds(message: Json) -> int:
    stamp = str(message.get("timestamp") or "")
    return int(stamp) if stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 else 0  # noqa: PLR2004
