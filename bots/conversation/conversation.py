"""One chat's talk during one turn: what was heard, through the engine and the core, to the replies."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from uuid import UUID

from bots.conversation import consent, engine, meaning, questions, sheets, spoken, tokens
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Aside, Book, Dialogue, Open, Seen, Talk, goes_on, tried
from bots.conversation.events import Complete, Effect, Event, Filled, Missed, Nav, Review, Said, Start, To
from bots.conversation.filling import Filler
from bots.conversation.forms import KNOWN, Form, Known
from bots.conversation.session import Frame, Session, heard_of, is_double, revalidated, takes_files
from bots.conversation.tokens import Commanded
from bots.conversation.typed import Words
from bots.phrases import errors
from bots.phrases.sentences import say, unheard
from bots.understanding import gazetteer
from core.kit.errors import Conflict, DomainError
from core.kit.text import clean
from core.media.speech import sounds
from core.messaging import cards, receipts
from core.messaging.messages import Document, IncomingMessage, OutgoingMessage


class Conversation:
    """One chat's talk during one turn."""

    def __init__(self, book: Book, talk: Talk, session: Session, filler: Filler) -> None:
        """Continue `session`, each open form with its facts as they are now."""
        self.book, self.talk, self.filler = book, talk, filler
        self._replies: list[OutgoingMessage] = []
        self.tapped_twice = self._is_command = False
        self._stood = ""
        self.session = self._with_facts(session)

    def hear(self, incoming: IncomingMessage) -> list[OutgoingMessage]:
        """Return what to say to something somebody did."""
        before, now = self.session, self.talk.work.now
        self.tapped_twice = incoming.answers is None and is_double(before, incoming.pressed, now)
        if self.tapped_twice:
            return []
        self._hear(spoken.confirmed(before, incoming))
        self.session = replace(self.session, heard=heard_of(before, self.session, incoming, now))
        return self._replies

    def _hear(self, incoming: IncomingMessage) -> None:
        text = clean(incoming.text)
        facts = {"limit_mb": self.talk.tools.settings.media_max_mb, "minutes": sounds.MINUTES_MAX}
        for problem in incoming.problems:
            self._replies.append(card(errors.known(problem, **facts)))
        said, self._is_command = self._said(text, incoming), incoming.command
        if incoming.heard:
            self._replies.append(spoken.shown(incoming))
        elif incoming.problems and not (text or incoming.pressed or incoming.attachments):
            self._event_again()
        elif incoming.answers is not None:
            self._filled(incoming.pressed, incoming.answers)
        elif incoming.pressed:
            self._do(tokens.read(incoming.pressed))
        elif incoming.edited:
            self._edited(incoming.own_ref, said)
        elif incoming.location and not text:
            self._placed(*incoming.location)
        elif incoming.unheard and not (text or said.media):
            self._replies.append(card(unheard(incoming.unheard)))
            self._event_again()
        elif incoming.documents and not takes_files(*self._open()):
            self._documents(said, incoming.documents)
        else:
            self._do(said if said.media else self._meant(said))

    def _said(self, text: str, incoming: IncomingMessage) -> Said:
        work, answered, past = self.talk.work, None, False
        if incoming.about:
            answered = cards.in_thread(work, incoming.channel, incoming.thread, incoming.about)
        elif incoming.reply_to:
            answered = cards.behind(work, incoming.chat, incoming.reply_to)
            past = not incoming.thread and receipts.is_past(work, incoming.chat, incoming.reply_to)
        media = tuple(asdict(a) for a in incoming.attachments)
        thing = (answered.about, answered.version) if answered else ("", "")
        return Said(text, media, incoming.command, *thing, past)

    def _edited(self, ref: str, said: Said) -> None:
        """Take another wording of the last message, if what it was said to is still open."""
        heard, stack = self.session.heard, self.session.stack
        if not stack or not heard.ref or heard.ref != ref or stack[-1].form != heard.form:
            self._replies.append(card(say("edit.late")))
            self._event_again()
            return
        self.session = engine.unsaid(self.session)
        self._do(said if said.media else self._meant(said))

    def _placed(self, north: float, east: float) -> None:
        """Take a place for the city that is asked for."""
        city = gazetteer.nearest(north, east)
        form, frame = self._open()
        field = engine.next_field(form, frame) if form and frame else None
        if city and field and field.near:
            self._replies.append(card(say("place.taken", city=city.name)))
            self._event(Filled(self.session.rev, {field.name: field.near(city.name, city.country)}))
            return
        self._replies.append(card(unheard("location")))
        self._event_again()

    def _open(self) -> tuple[Form | None, Frame | None]:
        frame = self.session.stack[-1] if self.session.stack else None
        return (self.book.forms.get(frame.form) if frame else None), frame

    def _documents(self, said: Said, documents: Sequence[Document]) -> None:
        """Read documents into the open form, where it takes them; else they are due, or begin something."""
        form, frame = self._open()
        if frame is None or form is None or not form.documents:
            if self._unasked(said):
                return
            self._answer(tried(lambda: self.book.free_documents(self.talk, said.text, documents)))
            return
        for document in documents:
            if document.problem:
                self._replies.append(card(errors.known(document.problem, **document.facts)))
        read = form.extract("\n".join([said.text, *(d.words for d in documents)]), frame.slots)
        fresh = {name: value for name, value in read.items() if name not in frame.slots}
        files = [*frame.slots.get(form.documents, []), *map(self.book.document, documents)]
        self._event(Filled(self.session.rev, {**fresh, form.documents: files}))

    def sheet(self, token: str) -> tuple[Form, Frame] | None:
        """Return the form a token stands for and how it stands, where it can be shown at once."""
        meant = tokens.read(token)
        if isinstance(meant, Nav) and meant.to is To.EDIT and self.session.stack:
            form, frame = self._open()
            return (form, frame) if form and frame and meant.rev == self.session.rev else None
        opens = isinstance(meant, Commanded) and consent.opening(self.talk, self.book.commands, meant)
        if not opens:
            return None
        form, start = self.book.forms[opens.form], self._start(opens)
        frame = revalidated(form, engine.opened(form, start))
        is_full = not form.confirm and engine.next_field(form, frame) is None
        return None if is_full else (form, frame)

    def _filled(self, token: str, given: sheets.Answers) -> None:
        """Take a whole form; an answer that no longer fits is asked again."""
        found = self.sheet(token)
        if found is None:
            meant = tokens.read(token)
            if isinstance(meant, Commanded):
                self._command(meant)  # it opens nothing any more: say why, and show what there is
                return
            self._replies.append(card(say("talk.stale")))
            self._event_again()
            return
        form, frame = found
        read = sheets.read(form, frame, given)
        if isinstance(tokens.read(token), Nav):
            self._event(Filled(self.session.rev, read.values, read.emptied))
            return
        start = sheets.sent(frame, read)
        if not form.sheet or not form.confirm:
            self._event(start)
            return
        self.session, effects = engine.reduce(self.book.forms, self.session, start)
        if isinstance(effects[-1], Review):  # what it binds to stood above the fields: sending it was the yes
            self._event(Nav(To.CONFIRM, self.session.rev))
        else:
            self._replies += questions.of(effects)

    def _meant(self, said: Said) -> Event | Commanded | Answer:
        meant = Words(self.book, self.talk, self.session, said).meant()
        return consent.one_of(self.talk, self.book.commands, meant) if isinstance(meant, list) else meant

    def _do(self, meant: Event | Commanded | Answer | None) -> None:
        if meant is None:
            self._replies.append(card(say("talk.stale")))
        elif isinstance(meant, Commanded):
            self._command(meant)
        elif isinstance(meant, list):
            self._answer(meant)
        elif isinstance(meant, Said) and (meant.command or not self.session.stack):
            self._free(meant)
        elif not (isinstance(meant, Said) and self._aside(meant)):
            self._event(meant)

    def _free(self, said: Said) -> None:
        """Make the best of what no form waits for: what is due, else what the words say."""
        if self._unasked(said):
            return
        if said.media:
            self._unwanted(said)
            return
        found = tried(lambda: self.book.free_text(self.talk, said.text))
        self._answer(found)
        self._ask_again_after(found)

    def _aside(self, said: Said, *, missed: bool = False) -> bool:
        """Answer what is asked beside the open question, not what may be its answer; then ask again."""
        form, frame = self._open()
        field = engine.next_field(form, frame) if form and frame else None
        if said.media or frame is None or (field and meaning.is_choice(field, said.text, frame.slots)):
            return False
        how = Aside.MISSED if missed else Aside.PROSE if field and field.prose else Aside.ASKED
        answer = tried(lambda: self.book.aside(self.talk, said.text, frame, how))
        self._answer(answer)
        if answer:
            self._ask_again_after(answer)
        return bool(answer)

    def _unasked(self, said: Said) -> bool:
        """Take what nobody asked for, by what is due; False where nothing is."""
        form = self.session.stack[-1].form if self.session.stack else ""
        answer = tried(lambda: self.book.unasked(self.talk, said, form))
        self._answer(answer)
        return bool(answer)

    def _unwanted(self, said: Said) -> None:
        """Say that a file is not wanted. It takes no words with it: one answer says both where it can."""
        note, heard = say("talk.no_file_wanted"), len(self._replies)
        if said.text:
            self._do(self._meant(replace(said, media=())))
        first = self._replies[heard] if len(self._replies) > heard else None
        if first is None or first.about or first.asks:  # what shows a thing, or a question, stays what it is
            self._replies.insert(heard, card(note))
        else:
            self._replies[heard] = replace(first, text=f"{note}\n\n{first.text}")

    def _command(self, commanded: Commanded) -> None:
        command = self.book.commands.get(commanded.command)
        if command is None:
            self._replies.append(card(say("talk.stale")))
            return
        self._stood = consent.stood(self.talk, self.book, self.session)
        try:
            with self.talk.work.session.begin_nested():
                answer = consent.run(self.talk, command, commanded)
        except DomainError as error:
            answer = [card(errors.sentence(error))]
        except ValueError:
            answer = [card(say("talk.not_for_you"))]
        self._answer(answer)
        decided = any(consent.is_decided(self.talk, self.book, frame) for frame in self.session.stack)
        if decided or not self._is_command:  # behind a command of the app the question still stands
            self._ask_again_after(answer)

    def _ask_again_after(self, answer: Answer) -> None:
        if self.session.stack and not goes_on(answer):
            self._event_again()

    def _answer(self, answer: Answer) -> None:
        for part in answer:
            if isinstance(part, Open):
                self._event(self._start(part))
            elif isinstance(part, Commanded):
                self._command(part)
            else:
                self._replies.append(part)

    def _start(self, opening: Open) -> Start:
        about, shown = (opening.seen.id.hex, opening.seen.mark) if opening.seen else ("", "")
        start = Start(opening.form, opening.slots, opening.text, about, shown, self.talk.place)
        slots = {**start.slots, KNOWN: self._known(start)}
        form = self.book.forms[opening.form]
        return replace(start, slots={**slots, **self.filler.values(form, slots, opening.text)})

    def _known(self, frame: Start | Frame) -> Known:
        """Return what a form knows besides its answers; one about nothing else is about whoever talks.

        Raises DomainError, ValueError: where what it is about is none of theirs.
        """
        seen = Seen(UUID(frame.about) if frame.about else self.talk.person.id, frame.shown)
        load = self.book.dialogues[frame.form].load
        found = load(self.talk, seen) if load else None
        return Known(self.talk.today, found, frame.text, frame.place)

    def _event(self, event: Event) -> None:
        if not isinstance(event, Start) and self._has_changed(event):
            return
        before = self.session
        self.session, effects = engine.reduce(self.book.forms, before, event)
        missed = isinstance(event, Said) and any(isinstance(effect, Missed) for effect in effects)
        if missed and isinstance(event, Said):
            if self._unasked(event) or self._aside(event, missed=True):
                return
            frame = before.stack[-1]
            if values := self.filler.values(self.book.forms[frame.form], frame.slots, event.text):
                self.session = before
                self._event(Filled(before.rev, values))
                return
        for index, effect in enumerate(effects):
            if isinstance(effect, Complete):
                later = effects[index + 1 :]
                self._complete(before, event, effect, later)
                return
            self._replies += questions.of([effect])

    def _event_again(self) -> None:
        """Ask the open question again after something else was answered, if it is still a question."""
        self._close_decided()
        self.session = self._with_facts(self.session)
        if not self.session.stack:
            return
        self.session, said = consent.shown_again(self.talk, self.book, self.session, self._stood)
        self._replies += said
        self.session, effects = engine.repaired(self.book.forms, self.session, "")
        self._replies += questions.of(effects)

    def _has_changed(self, event: Event) -> bool:
        """Say what has changed since the open form's thing was shown; True where that answers the event.

        A form with answers goes on, about the thing as it is now: its review is shown again before it is
        sent. Any other is closed, and the thing is shown.
        """
        if not self.session.stack or (isinstance(event, Nav) and event.to is To.CANCEL):
            return False
        frame = self.session.stack[-1]
        thing, now = consent.standing(self.talk, self.book, frame)
        if thing is None or now == frame.shown:
            return False
        seen = Seen(UUID(frame.about), frame.shown)
        stands = consent.is_offered(self.talk, thing, seen.id, frame.form)
        if not (frame.answered and self.book.forms[frame.form].confirm and stands):
            self.session = Session(self.session.stack[:-1], self.session.rev + 1)
            self._answer(consent.changed(self.talk, thing, seen))
            self._event_again()
            return True
        self._replies.append(consent.meanwhile(self.talk, thing, seen))
        stack = (*self.session.stack[:-1], replace(frame, shown=now))
        self.session = self._with_facts(replace(self.session, stack=stack))
        if isinstance(event, Nav) and event.to is To.CONFIRM:
            self._event_again()
            return True
        return False

    def _close_decided(self) -> None:
        """Close the forms whose question was decided meanwhile, by this very turn or by others."""
        kept = tuple(f for f in self.session.stack if not consent.is_decided(self.talk, self.book, f))
        if len(kept) < len(self.session.stack):
            self.session = Session(kept, self.session.rev + 1)

    def _with_facts(self, session: Session) -> Session:
        """Return a session whose forms know how things are now; one that is not theirs any more is closed."""
        stack = tuple(self._loaded(session.stack))
        closed = len(stack) < len(session.stack)  # what its buttons carry is not for the form below it
        return replace(session, stack=stack, rev=session.rev + closed)

    def _loaded(self, stack: Iterable[Frame]) -> Iterable[Frame]:
        for frame in stack:
            if frame.form not in self.book.dialogues:
                yield frame
                continue
            try:
                known = self._known(frame)
            except (DomainError, ValueError):
                self._replies.append(card(say("talk.not_for_you")))
                continue
            slots = {**frame.slots, KNOWN: known}
            over = self.book.dialogues[frame.form].over
            if over is None or not over(slots):
                yield replace(frame, slots=slots)

    def _complete(self, before: Session, event: Event, complete: Complete, later: list[Effect]) -> None:
        dialogue = self.book.dialogues[complete.form]
        self._stood = consent.stood(self.talk, self.book, self.session)
        chat = f"{self.talk.address.channel}:{self.talk.address.chat_id}"
        key = self.talk.key(f"{chat}:{complete.form}:{complete.rev}")
        try:
            with self.talk.work.session.begin_nested():
                answer = dialogue.submit(self.talk, complete.slots, key)
        except DomainError as error:
            self._refused(before, event, complete, dialogue, error)
            return
        self.talk.refresh()
        opened = any(isinstance(part, Open) for part in answer)
        self._answer(answer)
        if later and not opened:
            self._event_again()  # what is below may have been decided just now

    def _refused(
        self,
        before: Session,
        event: Event,
        complete: Complete,
        dialogue: Dialogue,
        error: DomainError,
    ) -> None:
        """Say why, keep every answer, and ask the one that can mend it, or show the review again.

        What is not possible any more is not asked again: the thing is shown as it stands.
        """
        field = dialogue.repairs.get(error.code, "")
        if isinstance(error, Conflict) and dialogue.binds and complete.about and not field:
            seen = Seen(UUID(complete.about), complete.shown)
            self._answer(consent.refused(self.talk, dialogue.binds, seen, error))
            self._event_again()
            return
        self._replies.append(card(errors.sentence(error)))
        if isinstance(event, Start) or not before.stack or not (field or dialogue.form.confirm):
            return
        frame = before.stack[-1]
        kept = Session((*before.stack[:-1], engine.with_slots(frame, complete.slots)), before.rev + 1)
        self.session, effects = engine.repaired(self.book.forms, kept, field)
        self._replies += questions.of(effects)
