"""The Cloud API's webhooks as what somebody did. Pure; every entry, change and message of one POST.

A person is known by any name that a message carries: the business-scoped user id, the one of a parent
business, the phone number. Which of them changed is told by system messages:
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/system/.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import structlog

from bots.doors.reading import Heard, Json, degrees, part, parts
from bots.doors.whatsapp import flow
from core.accounts.schemas import Identity
from core.messaging.messages import ChannelName, IncomingMessage, RemoteFile

FILES = {
    "image": "photo.jpg",
    "video": "video.mp4",
    "document": "file",
}
FILES_TOGETHER = "files"
"""WhatsApp sends each file of several as a message of its own; those that come together are one."""
AUDIO = "audio"
SILENT = frozenset({"reaction", "order"})
UNHEARD = {
    "audio": "voice",
    "sticker": "sticker",
    "contacts": "contact",
    "location": "location",
    "unsupported": "unsupported",
    "unknown": "unsupported",
    "revoke": "revoked",
}
"""What we can't take, by the Cloud API's word for it."""
RENAMED = frozenset({"user_changed_number", "user_changed_user_id", "customer_changed_number"})
NAME_CHARACTERS_MAX = 120
log = structlog.get_logger(__name__)
ORDER_STEP = 1_000  # messages of one second and one POST stay in their order


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a message of ours: sent, delivered, read or failed."""

    message_ref: str
    status: str
    error_code: int = 0


@dataclass(frozen=True, slots=True)
class Renamed:
    """WhatsApp knows a person by other names from now on. `event_id` marks a redelivery."""

    event_id: str
    before: Identity
    after: Identity


def payload(body: Json, phone_number_id: str) -> list[Heard | Reported | Renamed]:
    """Return everything a POST tells us about our number, in its order."""
    found: list[Heard | Reported | Renamed] = []
    for value in _values(body):
        number = part(value, "metadata").get("phone_number_id")
        if phone_number_id and number != phone_number_id:
            log.warning("something for another number was let go", messages=len(parts(value, "messages")))
            continue
        people = {
            _name(name): contact
            for contact in parts(value, "contacts")
            for name in (contact.get("wa_id"), contact.get("user_id"))
            if name
        }
        for place, message in enumerate(parts(value, "messages")):
            heard = _renamed(message) if message.get("type") == "system" else _message(message, people, place)
            found += [heard] if heard else []
        found += [report for status in parts(value, "statuses") if (report := _status(status))]
    return found


def _values(body: Json) -> Iterator[Json]:
    for entry in parts(body, "entry"):
        for change in parts(entry, "changes"):
            if change.get("field") == "messages":
                yield part(change, "value")


def _message(message: Json, people: Mapping[str, Json], place: int) -> Heard | None:
    sender, kind = _name(message.get("from")), str(message.get("type") or "")
    person = people.get(sender) or people.get(_name(message.get("from_user_id"))) or _only(people)
    who = _identity(
        _name(person.get("user_id") or message.get("from_user_id")),
        _name(person.get("parent_user_id") or message.get("from_parent_user_id")),
        sender or _name(person.get("wa_id")),
    )
    if not message.get("id") or who is None or kind in SILENT or message.get("group_id"):
        return None
    edit = part(message, "edit")
    original, edited = str(edit.get("original_message_id") or ""), kind == "edit"
    if edited:
        message = {**message, **part(edit, "message")}
        kind = str(message.get("type") or "")
    form = flow.answered(_form(message, kind)) if _is_form(message, kind) else None
    pressed, text = form[0][:200] if form else _pressed(message, kind), _words(message, kind)
    files = () if edited else _files(message, kind)
    incoming = IncomingMessage(
        channel=ChannelName.WHATSAPP,
        user_id=who.user_id,
        chat_id=who.chat_id,
        event_id=str(message["id"])[:160],
        name=str(part(person, "profile").get("name") or "friend")[:120],
        text=text,
        pressed=pressed,
        answers=dict(form[1]) if form else None,
        message_ref=str(part(message, "context").get("id") or "") if pressed else "",
        press_ref=str(message["id"]),
        files=files,
        group=FILES_TOGETHER if any(not file.spoken for file in files) else "",
        also=who.also,
        telephone=who.telephone,
        own_ref=(original if edited else str(message["id"]))[:160],
        edited=edited,
        reply_to="" if pressed else str(part(message, "context").get("id") or "")[:160],
        unheard="form" if _is_form(message, kind) and form is None else UNHEARD.get(kind, ""),
        location=degrees(
            part(message, "location").get("latitude"), part(message, "location").get("longitude")
        ),
    )
    return Heard(incoming, _seconds(message) * ORDER_STEP + min(place, ORDER_STEP - 1))


def _only(people: Mapping[str, Json]) -> Json:
    """Return the contact where a POST has no other."""
    found = list(people.values())
    return found[0] if found and all(contact is found[0] for contact in found) else {}


def _name(value: object) -> str:
    return str(value or "")[:NAME_CHARACTERS_MAX]


def _identity(user: str, parent: str, sender: str) -> Identity | None:
    """Return a person by the names a message carries, None where it carries none.

    `sender` is the number, or again the user id where the number is not shared. Who has a number is written
    to by it.
    """
    telephone = sender if sender.isdigit() else ""
    sure = [name for name in (user, parent, "" if telephone else sender) if name]
    names = list(dict.fromkeys(sure)) or [telephone]
    if not names[0]:
        return None
    return Identity(ChannelName.WHATSAPP, names[0], telephone or names[0], tuple(names[1:]), telephone)


def _renamed(message: Json) -> Renamed | None:
    """Return the names before and after, None for any other system message."""
    told = part(message, "system")
    if told.get("type") not in RENAMED or not message.get("id"):
        return None
    before = _identity(
        _name(told.get("previous_user_id")),
        _name(told.get("previous_parent_user_id")),
        _name(message.get("from") or told.get("customer")),
    )
    number = told.get("wa_id") or told.get("new_wa_id")
    after = _identity(_name(told.get("user_id")), _name(told.get("parent_user_id")), _name(number))
    if before is None or after is None:
        return None
    return Renamed(str(message["id"])[:160], before, after)


def _pressed(message: Json, kind: str) -> str:
    if kind == "interactive":
        answer = part(message, "interactive")
        reply = part(answer, "button_reply") or part(answer, "list_reply")
        return str(reply.get("id") or "")[:200]
    return str(part(message, "button").get("payload") or "")[:200] if kind == "button" else ""


def _is_form(message: Json, kind: str) -> bool:
    """Tell whether a form of WhatsApp's was sent (`nfm_reply`): a Flow, ours or another."""
    return kind == "interactive" and part(message, "interactive").get("type") == "nfm_reply"


def _form(message: Json, kind: str) -> str:
    return str(part(part(message, kind), "nfm_reply").get("response_json") or "")


def _words(message: Json, kind: str) -> str:
    if kind == "text":
        return str(part(message, "text").get("body") or "")
    return str(part(message, kind).get("caption") or "") if kind in FILES else ""


def _files(message: Json, kind: str) -> tuple[RemoteFile, ...]:
    if kind == AUDIO and part(message, kind).get("id"):
        return (RemoteFile(str(part(message, kind)["id"]), "voice.ogg", spoken=True),)
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
