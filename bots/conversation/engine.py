"""The form engine: pure, without clock, channel or database.

The next question is the first applicable field without a value (VoiceXML's form interpretation). So one
sentence may fill several fields, "back" empties the last one, an interruption is a new frame, and a field
that a deploy added is simply asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bots.conversation import meaning, reader
from bots.conversation.events import (
    Ask,
    ChooseEdit,
    Complete,
    Effect,
    Event,
    Filled,
    Missed,
    Nav,
    Noted,
    Picked,
    Review,
    Said,
    Start,
    Tell,
    To,
)
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots, answered
from bots.conversation.reader import Reading
from bots.conversation.session import DEPTH_MAX, Frame, Session, revalidated, without_answers
from bots.phrases.sentences import say
from bots.understanding import changes

MISSES_BEFORE_HELP = 2
MEDIA_MAX = 10

Forms = Mapping[str, Form]
Result = tuple[Session, list[Effect]]


def reduce(forms: Forms, session: Session, event: Event) -> Result:
    """Return the session after an event, and what to say or do.

    A stale button changes nothing: the session comes back as it was, with the question asked again.
    """
    talk = _Talk(forms, session)
    if isinstance(event, Start):
        return talk.start(event)
    if not talk.stack:
        stale = isinstance(event, Picked | Filled) or (isinstance(event, Nav) and event.rev is not None)
        return session, [Tell("stale" if stale else "idle")]
    if isinstance(event, Picked | Filled | Nav) and event.rev not in {None, session.rev}:
        return talk.unchanged("stale")
    match event:
        case Picked():
            result = talk.picked(event)
        case Said():
            result = talk.said(event)
        case Filled():
            result = talk.filled(event)
        case Nav():
            result = talk.navigate(event)
    return result


def next_field(form: Form, frame: Frame) -> Field | None:
    """Return the first applicable field without a value, None when the form is full."""
    for candidate in form.fields:
        open_ = candidate.name not in frame.slots and candidate.name not in frame.skipped
        asked = not candidate.on_request or candidate.needed(frame.slots)
        if not asked and candidate.name not in frame.wanted:
            continue
        if open_ and candidate.when(frame.slots):
            return candidate
    return None


def opened(form: Form, start: Start) -> Frame:
    """Return a form as it is opened, before its text is read."""
    return Frame(
        form.name,
        form.version,
        dict(start.slots),
        skipped=start.skipped,
        about=start.about,
        shown=start.shown,
        text=start.text,
        place=start.place,
    )


def with_slots(frame: Frame, slots: Slots) -> Frame:
    """Return a frame with these answers."""
    return replace(frame, slots=dict(slots))


def repaired(forms: Forms, session: Session, field: str) -> Result:
    """Return a session whose form was refused by the core: one answer emptied, if that helps, and asked."""
    talk = _Talk(forms, session)
    if field:
        talk.forget(field)
        talk.stack[-1] = replace(talk.frame, wanted=talk.frame.wanted | {field})
    effects = talk.prompt(session.rev + 1)
    return Session(tuple(talk.stack), session.rev + 1), effects


def unsaid(session: Session) -> Session:
    """Return a session as if the last message had not been said to the form on top."""
    frame, heard = session.stack[-1], session.heard
    if heard.opened:
        return replace(session, stack=session.stack[:-1], rev=session.rev + 1)
    slots = {name: value for name, value in frame.slots.items() if name not in heard.filled}
    frame = replace(frame, slots=slots, skipped=frame.skipped - set(heard.filled))
    return replace(session, stack=(*session.stack[:-1], frame), rev=session.rev + 1)


class _Talk:
    """One reduction in progress."""

    def __init__(self, forms: Forms, session: Session) -> None:
        self.forms, self.session = forms, session
        self.stack = [revalidated(forms[frame.form], frame) for frame in session.stack if frame.form in forms]

    @property
    def frame(self) -> Frame:
        return self.stack[-1]

    @property
    def form(self) -> Form:
        return self.forms[self.frame.form]

    @property
    def current(self) -> Field | None:
        return next_field(self.form, self.frame)

    def start(self, event: Start) -> Result:
        """Open a form. The same form about the same thing is open already: it comes to the top again."""
        answers = answered(event.slots)
        same = [f for f in self.stack if f.form == event.form and f.about == event.about]
        if same and not answers and not event.text:
            return self.start_again(same[-1], event)
        if same and (event.about or answered(same[-1].slots).items() <= answers.items()):
            self.stack.remove(same[-1])
        if len(self.stack) >= DEPTH_MAX:
            return self.changed([Tell("too_many_open")])
        form = self.forms[event.form]
        self.stack.append(revalidated(form, opened(form, event)))
        if event.text and event.about and self.current is None:
            return self.read(reader.changed(form, self.frame.slots, event.text), None)
        self.fill(form.extract(event.text, self.frame.slots) if event.text else {})
        return self.changed([])

    def start_again(self, frame: Frame, event: Start) -> Result:
        on_top = self.frame is frame
        self.stack.remove(frame)
        slots = {**frame.slots, **event.slots}
        self.stack.append(replace(frame, slots=slots, shown=event.shown, place=event.place))
        if on_top and frame.shown == event.shown:
            effects = self.prompt(self.session.rev)  # a press twice is one: the first can be pressed too
            return Session(tuple(self.stack), self.session.rev), effects
        return self.changed([])

    def picked(self, event: Picked) -> Result:
        field = self.current
        ids = {option.id for option in field.choices(self.frame.slots)} if field else set()
        if field is None or field.name != event.field or event.choice not in ids:
            return self.unchanged("stale")
        if field.kind is Kind.MANY:
            have = list(self.frame.partial.get(field.name, []))
            if event.choice in have:
                have.remove(event.choice)
            else:
                have.append(event.choice)
            self.hold(field.name, have)
        else:
            is_amount = field.amount is not None and event.choice.isdecimal()
            self.put(field.name, int(event.choice) if is_amount else event.choice)
        return self.changed([])

    def said(self, event: Said) -> Result:
        if event.media:
            return self.received(event)
        field = self.current
        if field is None and changes.refuses(event.text):
            return self.edit("") if self.form.fields else self.cancel()
        if field is not None and field.optional and changes.declines(event.text):
            return self.skip()
        return self.heard(event.text, field)

    def heard(self, text: str, field: Field | None) -> Result:
        """Read a sentence; a number alone under a review could be any of its answers."""
        if field is None and text.strip().isdigit() and int(text) <= len(self.form.fields):
            return self.missed(text, "")
        try:
            reading = reader.read(self.form, self.frame.slots, text, field, self.frame.asked)
        except NotUnderstood as error:
            alone = field is not None and self.form.fields == (field,)
            return self.cancel() if alone and changes.refuses(text) else self.missed(text, str(error))
        return self.read(reading, field) if reading.found else self.missed(text, "")

    def read(self, reading: Reading, asked: Field | None) -> Result:
        """Put what was understood, and say it where it is more than the answer."""
        for name in reading.emptied:
            self.forget(name)
            self.leave_out(name)
        for name, value in reading.values.items():
            self.put(name, value)
        only = [c for c in reading.changes if c.field is not asked]
        said: list[Effect] = (
            [Noted(tuple(reading.changes), tuple(reading.rest), self.frame.slots)]
            if only or reading.rest
            else []
        )
        if not reading.ask:
            return self.changed(said)
        self.reask(reading.ask)
        return self.changed(said, reading.error)

    def missed(self, text: str, error: str) -> Result:
        """Ask again, or show the review again, with what would fit."""
        missed = Missed(text)
        if self.current is None:
            told = Tell(meaning.review_hint(self.form, self.frame.slots, text))
            return self.changed([missed, *([] if error else [told])], error)
        misses = self.frame.misses + 1
        self.stack[-1] = replace(self.frame, misses=misses)
        hint: list[Effect] = [Tell("offer_help")] if misses >= MISSES_BEFORE_HELP else []
        return self.changed([missed, *hint], error or say("hint.text"))

    def filled(self, event: Filled) -> Result:
        for name in event.emptied:
            self.forget(name)
            self.leave_out(name)
        self.fill(event.values)
        return self.changed([])

    def received(self, event: Said) -> Result:
        """Take files for the field that wants them; words beside them answer the first text field."""
        wants = [
            f
            for f in self.form.fields
            if f.kind is Kind.MEDIA and f.name not in self.frame.slots and f.when(self.frame.slots)
        ]
        if not wants:
            session, effects = self.unchanged("no_file_wanted")
            return session, [Missed(event.text, event.media), *effects]
        field = wants[0]
        have = [*self.frame.partial.get(field.name, []), *map(dict, event.media)]
        self.hold(field.name, have[:MEDIA_MAX])
        if field.on_request:
            self.stack[-1] = replace(self.frame, wanted=self.frame.wanted | {field.name})
        text = event.text.strip()
        if text and self.current is not None and self.current.kind is Kind.TEXT:
            try:
                self.put(self.current.name, meaning.read(self.current, text, self.frame.slots))
            except NotUnderstood as error:
                return self.changed([], str(error))
        return self.changed([])

    def navigate(self, event: Nav) -> Result:
        handlers = {
            To.CANCEL: self.cancel,
            To.BACK: self.back,
            To.SKIP: self.skip,
            To.DONE: self.done,
            To.CONFIRM: self.confirm,
            To.RESTART: self.restart,
        }
        if event.to is To.EDIT:
            return self.edit(event.field)
        return handlers[event.to]()

    def cancel(self) -> Result:
        self.stack.pop()
        return self.changed([Tell("cancelled")])

    def back(self) -> Result:
        past = [name for name in self.frame.asked if name in self.frame.slots or name in self.frame.skipped]
        if not past:
            return self.unchanged("nothing_before")
        last = past[-1]
        self.forget(last)
        place = self.frame.asked.index(last)
        self.stack[-1] = replace(self.frame, asked=self.frame.asked[:place])
        return self.changed([])

    def skip(self) -> Result:
        field = self.current
        if field is None or not field.may_be_left_out(self.frame.slots):
            return self.unchanged("cannot_skip")
        self.stack[-1] = replace(self.frame, wanted=self.frame.wanted - {field.name}, misses=0)
        self.leave_out(field.name)
        return self.changed([])

    def leave_out(self, name: str) -> None:
        field = self.form.field_named(name)
        if field is not None and field.may_be_left_out(self.frame.slots):
            self.stack[-1] = replace(self.frame, skipped=self.frame.skipped | {name})

    def done(self) -> Result:
        field = self.current
        have = self.frame.partial.get(field.name) if field else None
        if field is None or field.kind not in {Kind.MANY, Kind.MEDIA} or not have:
            return self.unchanged("nothing_picked")
        self.put(field.name, have)
        return self.changed([])

    def confirm(self) -> Result:
        if self.current is not None:
            return self.changed([])
        return self.complete()

    def restart(self) -> Result:
        empty = Frame(self.form.name, self.form.version)
        self.stack[-1] = replace(
            self.frame,
            slots=without_answers(self.frame.slots),
            asked=empty.asked,
            skipped=empty.skipped,
            partial=empty.partial,
            misses=empty.misses,
            wanted=empty.wanted,
        )
        return self.changed([])

    def edit(self, name: str) -> Result:
        """Ask one answer anew, or which; where there is but one, that one."""
        given = [f.name for f in self.form.fields if f.when(self.frame.slots)]
        name = given[0] if not name and len(given) == 1 else name
        if self.form.field_named(name) is None:
            session = Session(tuple(self.stack), self.session.rev + 1)
            return session, [ChooseEdit(session.rev, self.form, self.frame.slots)]
        self.reask(name)
        return self.changed([])

    def reask(self, name: str) -> None:
        self.forget(name)
        self.stack[-1] = replace(self.frame, wanted=self.frame.wanted | {name})

    def complete(self) -> Result:
        frame = self.stack.pop()
        sent = Complete(frame.form, frame.slots, self.session.rev, frame.about, frame.shown)
        session = Session(tuple(self.stack), self.session.rev + 1)
        return session, [sent, *(self.prompt(session.rev) if self.stack else [])]

    def fill(self, found: Mapping[str, Any]) -> None:
        for name, value in found.items():
            if self.form.field_named(name) is not None:
                self.put(name, value)

    def put(self, name: str, value: Any) -> None:  # noqa: ANN401  (any slot)
        filled = replace(
            self.frame,
            slots={**self.frame.slots, name: value},
            skipped=self.frame.skipped - {name},
            partial={k: v for k, v in self.frame.partial.items() if k != name},
            misses=0,
            wanted=self.frame.wanted - {name},
        )
        self.stack[-1] = revalidated(self.form, filled)

    def hold(self, name: str, items: list[Any]) -> None:
        self.stack[-1] = replace(self.frame, partial={**self.frame.partial, name: items})

    def forget(self, name: str) -> None:
        """Empty one answer; a list goes back to being picked, so that nothing must be chosen twice."""
        value = self.frame.slots.get(name)
        partial = dict(self.frame.partial)
        if isinstance(value, list):
            partial[name] = value
        self.stack[-1] = replace(
            self.frame,
            slots={k: v for k, v in self.frame.slots.items() if k != name},
            skipped=self.frame.skipped - {name},
            partial=partial,
        )

    def changed(self, before: list[Effect], error: str = "") -> Result:
        if self.stack and not error and self.current is None and not self.form.confirm:
            session, effects = self.complete()
            return session, [*before, *effects]
        rev = self.session.rev + 1
        effects = [*before, *(self.prompt(rev, error) if self.stack else [])]
        return Session(tuple(self.stack), rev), effects

    def unchanged(self, phrase: str) -> Result:
        return self.session, [Tell(phrase), *self.prompt(self.session.rev)]

    def prompt(self, rev: int, error: str = "") -> list[Effect]:
        field = self.current
        if field is None:
            return [Review(rev, self.form, self.frame.slots, error)]
        if not self.frame.asked or self.frame.asked[-1] != field.name:
            self.stack[-1] = replace(self.frame, asked=(*self.frame.asked, field.name))
        answered = any(name in self.frame.slots or name in self.frame.skipped for name in self.frame.asked)
        options = tuple(field.choices(self.frame.slots))
        picked = tuple(self.frame.partial.get(field.name, ()))
        return [Ask(rev, self.form, field, self.frame.slots, options, picked, error, answered)]
