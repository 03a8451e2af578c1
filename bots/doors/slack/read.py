"""Slack's events, commands and presses as what somebody did. Pure.

A person is (enterprise, team, user), kept together as one id; that id is also the chat: whatever the place,
Slack delivers what is posted to a user into the private chat with our app.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bots.doors.reading import Json, part
from bots.doors.reading import parts as every
from bots.doors.slack import modal
from core.messaging.messages import ChannelName, IncomingMessage, RemoteFile

MICROSECONDS = 1_000_000
ORDER_MAX = 2**62
ORDINARY = frozenset({"", "file_share", "me_message", "thread_broadcast"})
ONLY_MENTIONS = re.compile(r"(?:<@[^>]*>[\s,.!?:]*)+")
CALLED = re.compile(r"(?i)^(?:hey|hi|hello|ok|okay|so|and|please|hola|oi|namaste)[\s,!.]*(?=<@)")
MARK = re.compile(r"<(@|#|!|mailto:|tel:|https?://)([^<>|]*)(?:\|([^<>]*))?>")
SPACES = re.compile(r"[ \t]{2,}")
ANY_ACTION = re.compile(r".*")
HERE = "here"
COMMANDS: dict[str, dict[str, str]] = {
    "/campaign": {
        "": "campaign",
        "new": "campaign",
        "list": "campaigns",
        "status": "campaigns",
        "report": "report",
        "here": HERE,
        "private": "private news",
    },
    "/match": {"": "match"},
    "/review": {"": "drafts"},
    "/wallet": {"": "money"},
    "/team": {"": "team", "client": "client here"},
    "/nano": {"": "help", "help": "help"},
}
"""What a slash command says in words; other words after it are said as they are."""


def person_id(enterprise: object, team: object, user: object) -> str:
    """Return a person's one id; `parts` takes it apart."""
    return f"{enterprise or ''}:{team or ''}:{user or ''}"


def parts(person: str) -> tuple[str, str, str]:
    """Return (enterprise, team, user) of a person's id."""
    enterprise, team, user = (*person.split(":", 2), "", "")[:3]
    return enterprise, team, user


def installed_at(body: Json) -> tuple[str | None, str | None]:
    """Return (enterprise, team) of the installation an event is for; no team where it is the enterprise's."""
    whole = any(found.get("is_enterprise_install") for found in every(body, "authorizations"))
    return body.get("enterprise_id") or None, None if whole else body.get("team_id") or None


def said(body: Json, event: Json) -> tuple[IncomingMessage, int] | None:
    """Return a private message or a mention as something said, None for anything a person did not write."""
    if event.get("bot_id") or str(event.get("subtype") or "") not in ORDINARY or not event.get("user"):
        return None
    written = str(event.get("text") or "")
    text = _without_mention(written) or ("help" if ONLY_MENTIONS.fullmatch(written.strip()) else "")
    team = str(event.get("user_team") or event.get("team") or body.get("team_id") or "")
    who = person_id(body.get("enterprise_id"), team, event["user"])
    files = event.get("files")
    remote = (
        [_file(who, file) for file in files if isinstance(file, Mapping)] if isinstance(files, list) else []
    )
    channel, root = event.get("channel"), event.get("thread_ts")
    answered = _ref(channel, root) if root != event.get("ts") else ""
    place = "" if event.get("channel_type") == "im" else _place(who, channel)
    incoming = _incoming(
        who,
        str(body.get("event_id") or event.get("ts")),
        text=text,
        files=tuple(filter(None, remote)),
        place=place,
        own_ref=_ref(channel, event.get("ts")),
        reply_to=answered,
        thread=answered or (_ref(channel, event.get("ts")) if place else ""),
        unheard="voice" if any(file and file.spoken for file in remote) else "",
    )
    return (incoming, _order(event.get("event_ts") or event.get("ts"))) if text or remote else None


def thread_started(body: Json, event: Json) -> tuple[str, str]:
    """Return who opened the assistant pane and what its thread is called, empty where that is not said."""
    opened = part(event, "assistant_thread")
    context = part(opened, "context")
    enterprise = body.get("enterprise_id") or context.get("enterprise_id")
    who = person_id(enterprise, body.get("team_id") or context.get("team_id"), opened.get("user_id"))
    thread = _ref(opened.get("channel_id"), opened.get("thread_ts")) if opened.get("user_id") else ""
    return who, thread


def commanded(body: Json) -> tuple[IncomingMessage, int]:
    """Return a slash command as words."""
    who = person_id(body.get("enterprise_id"), body.get("team_id"), body.get("user_id"))
    words = _without_mention(str(body.get("text") or ""))
    known = COMMANDS.get(str(body.get("command")), {})
    text = known.get(words.lower(), words) or known.get("", "help")
    place = _place(who, body.get("channel_id")) if body.get("channel_name") != "directmessage" else ""
    incoming = _incoming(
        who,
        str(body.get("trigger_id") or ""),
        text=text,
        name=str(body.get("user_name") or ""),
        place=place,
        command=True,
    )
    return incoming, _order(str(body.get("trigger_id") or "").partition(".")[0])


def pressed(body: Json) -> tuple[IncomingMessage, int] | None:
    """Return a pressed button, None for one that only opens a page."""
    actions, user = body.get("actions"), part(body, "user")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], Mapping) else {}
    if not action.get("value"):
        return None
    enterprise = part(body, "enterprise").get("id") or user.get("enterprise_id")
    who = person_id(enterprise, user.get("team_id") or part(body, "team").get("id"), user.get("id"))
    channel, message = part(body, "channel").get("id"), part(body, "message")
    ts = message.get("ts") or part(body, "container").get("message_ts")
    root = message.get("thread_ts") or part(body, "container").get("thread_ts")
    event = f"{body.get('trigger_id')}:{action.get('action_ts')}"
    place = "" if str(channel or "D").startswith("D") else _place(who, channel)
    incoming = _incoming(
        who,
        event,
        pressed=str(action["value"])[:200],
        message_ref=_ref(channel, ts),
        name=str(user.get("name") or user.get("username") or ""),
        place=place,
        thread=_ref(channel, root or (ts if place else "")),
    )
    return incoming, _order(action.get("action_ts"))


def _ref(channel: object, ts: object) -> str:
    """Return what Slack calls a message, empty where it is not said."""
    return f"{channel}:{ts}" if channel and ts else ""


def _place(who: str, channel: object) -> str:
    """Return a channel's one id; `parts` takes it apart like a person's."""
    enterprise, team, _ = parts(who)
    return person_id(enterprise, team, channel)[:120] if channel else ""


def is_at_home(body: Json) -> bool:
    """Tell whether something was pressed on the App Home."""
    return part(body, "view").get("type") == "home"


def wants_sheet(body: Json) -> bool:
    """Tell whether a slash command asks for a whole form: `/campaign new`."""
    return body.get("command") == "/campaign" and str(body.get("text") or "").strip().lower() == "new"


def submitted(body: Json, at: datetime) -> tuple[IncomingMessage, int]:
    """Return a whole form's answers, sent now: they belong to the press that opened it."""
    view, user = part(body, "view"), part(body, "user")
    enterprise = part(body, "enterprise").get("id") or user.get("enterprise_id")
    who = person_id(enterprise, user.get("team_id") or part(body, "team").get("id"), user.get("id"))
    incoming = _incoming(
        who,
        f"{view.get('id')}:{view.get('hash')}",
        pressed=str(view.get("private_metadata") or "")[:200],
        answers=dict(modal.answers(part(view, "state"))),
        name=str(user.get("name") or user.get("username") or ""),
    )
    return incoming, int(at.timestamp() * MICROSECONDS)


def suggested(body: Json) -> str:
    """Return the field somebody is typing in."""
    return str(body.get("block_id") or "")


def _incoming(who: str, event: str, **what: Any) -> IncomingMessage:  # noqa: ANN401  (fields of the message)
    name = what.pop("name", "") or "friend"
    return IncomingMessage(
        channel=ChannelName.SLACK,
        user_id=who[:120],
        chat_id=who[:120],
        event_id=event[:160],
        name=name,
        **what,
    )


def _without_mention(text: str) -> str:
    """Return words without a leading mention of us, and Slack's own marks as people typed them."""
    text = CALLED.sub("", text.strip())
    if text.startswith("<@"):
        text = text.partition(">")[2].lstrip(" ,:")
    text = MARK.sub(_in_words, text)  # before the signs: what somebody typed between < and > is no mark
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(mark, sign)
    return SPACES.sub(" ", text).strip()


def _in_words(mark: re.Match[str]) -> str:
    """Return one of Slack's marks as words: an address, a channel's or a person's name, a date.

    A channel is written without its sign, which would make a hashtag of it; an id without a name is left out.
    """
    kind, what, shown = mark[1], mark[2], (mark[3] or "").strip()
    if kind.startswith("http"):
        return f"{kind}{what}"
    if kind in {"mailto:", "tel:"}:
        return shown or what
    return shown.lstrip("#@")


def _file(who: str, file: Json) -> RemoteFile | None:
    """Return a file that Slack keeps; an external one is kept by a stranger, who is not called."""
    if file.get("mode") == "external" or file.get("is_external"):
        return None
    url = file.get("url_private_download") or file.get("url_private")
    if not url:
        return None
    size, long = file.get("size"), file.get("duration_ms")
    return RemoteFile(
        f"{who}|{url}",
        str(file.get("name") or "file")[:120],
        size if isinstance(size, int) else 0,
        spoken=str(file.get("mimetype") or "").startswith("audio/") or file.get("subtype") == "slack_audio",
        seconds=long // 1_000 if isinstance(long, int) else 0,
    )


def _order(stamp: object) -> int:
    """Return Slack's "1700000000.000100" as a number that sorts."""
    try:
        return min(max(int(float(str(stamp)) * MICROSECONDS), 0), ORDER_MAX)
    except (ValueError, OverflowError):
        return 0
