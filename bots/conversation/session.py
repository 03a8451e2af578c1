"""Where a talk stands: a stack of half-filled forms and a revision. Plain data, stored as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bots.conversation.forms import KNOWN, Form, Kind, Slots, answered
from core.kit.text import clean
from core.messaging.messages import IncomingMessage

DEPTH_MAX = 3
DOUBLE_TAP = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Frame:
    """One form being filled. `partial` holds what is being picked or uploaded before "done"; `wanted` are
    fields asked only on request, and requested. `about` is the id of the thing the form is about, and `shown`
    the mark of what was shown of it; `text` and `place` are what it was opened with, and where.
    """

    form: str
    version: int
    slots: Mapping[str, Any] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    skipped: frozenset[str] = frozenset()
    partial: Mapping[str, list[Any]] = field(default_factory=dict)
    misses: int = 0
    wanted: frozenset[str] = frozenset()
    about: str = ""
    shown: str = ""
    text: str = ""
    place: str = ""

    @property
    def answered(self) -> bool:
        """Tell whether anything was answered yet."""
        return bool(self.partial) or bool(answered(self.slots))


@dataclass(frozen=True, slots=True)
class Heard:
    """The last message: what its app calls it, the form it was said to, and which answers it gave there.

    `opened` says that it opened that form. `pressed` is what a press carried, `at` when it came. `spoken` is
    what was heard in a voice note: it is shown first, and said with the next yes.
    """

    ref: str = ""
    pressed: str = ""
    at: str = ""
    form: str = ""
    filled: tuple[str, ...] = ()
    opened: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """The open forms, the one on top being asked; `rev` grows with every change."""

    stack: tuple[Frame, ...] = ()
    rev: int = 0
    heard: Heard = Heard()

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "rev": self.rev,
            "heard": asdict(self.heard),
            "stack": [
                {
                    "form": frame.form,
                    "version": frame.version,
                    "slots": answered(frame.slots),
                    "asked": list(frame.asked),
                    "skipped": sorted(frame.skipped),
                    "partial": dict(frame.partial),
                    "misses": frame.misses,
                    "wanted": sorted(frame.wanted),
                    "about": frame.about,
                    "shown": frame.shown,
                    "text": frame.text,
                    "place": frame.place,
                }
                for frame in self.stack
            ],
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Session":
        """Read plain data back; an empty body is an empty session."""
        return cls(
            tuple(
                Frame(
                    form=frame["form"],
                    version=frame["version"],
                    slots=frame["slots"],
                    asked=tuple(frame["asked"]),
                    skipped=frozenset(frame["skipped"]),
                    partial=frame["partial"],
                    misses=frame["misses"],
                    wanted=frozenset(frame.get("wanted", ())),
                    about=frame.get("about", ""),
                    shown=frame.get("shown", ""),
                    text=frame.get("text", ""),
                    place=frame.get("place", ""),
                )
                for frame in body.get("stack", ())
            ),
            body.get("rev", 0),
            Heard(**{**(heard := body.get("heard", {})), "filled": tuple(heard.get("filled", ()))}),
        )


def revalidated(form: Form, frame: Frame) -> Frame:
    """Drop answers that no longer fit: a deploy, or another answer, may have changed what applies."""
    kept = without_answers(frame.slots)
    for each in form.fields:
        value = frame.slots.get(each.name)
        if value is None or not each.when(kept):
            continue
        ids = {choice.id for choice in each.choices(kept)}
        if each.kind is Kind.CHOICE and each.parse is None and value not in ids:
            continue
        if each.kind is Kind.MANY and each.parse is None:
            value = [item for item in value if item in ids]
            if not value:
                continue
        kept[each.name] = value
    known = {each.name for each in form.fields}
    return replace(
        frame,
        version=form.version,
        slots=kept,
        asked=tuple(name for name in frame.asked if name in known),
        skipped=frame.skipped & known,
        partial={name: items for name, items in frame.partial.items() if name in known},
    )


def without_answers(slots: Slots) -> dict[str, Any]:
    """Return what is known besides the answers."""
    return {KNOWN: slots[KNOWN]} if KNOWN in slots else {}


def heard_of(before: Session, after: Session, incoming: IncomingMessage, now: datetime) -> Heard:
    """Return what a message said to the form that is open after it."""
    heard = Heard(incoming.own_ref, incoming.pressed, now.isoformat(), spoken=clean(incoming.heard))
    if not after.stack:
        return heard
    frame = after.stack[-1]
    opened = len(after.stack) > len(before.stack)
    had = {} if opened or not before.stack else before.stack[-1].slots
    filled = tuple(name for name, value in answered(frame.slots).items() if had.get(name) != value)
    return replace(heard, form=frame.form, filled=filled, opened=opened)


def is_double(session: Session, token: str, now: datetime) -> bool:
    """Tell whether a press is the last one tapped twice: the form that it opened is just asked."""
    heard = session.heard
    if not token or token != heard.pressed or not heard.opened or not session.stack:
        return False
    return now - datetime.fromisoformat(heard.at) < DOUBLE_TAP


def takes_files(form: Form | None, frame: Frame | None) -> bool:
    """Tell whether the open form takes files as they are."""
    if form is None or frame is None or form.documents:
        return False
    missing = (f for f in form.fields if f.name not in frame.slots and f.when(frame.slots))
    return any(field.kind is Kind.MEDIA for field in missing)
