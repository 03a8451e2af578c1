"""What typed words mean: a way through a form, a button that was shown, a command, or an answer."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz, process

from bots.conversation import engine, tokens
from bots.conversation.card import of_thing
from bots.conversation.dialogue import AnyCommand, Audience, Book, Talk
from bots.conversation.events import Nav, Said, To
from bots.conversation.forms import Field, Form, Kind
from bots.conversation.session import Session
from bots.conversation.tokens import Commanded
from bots.phrases.languages import typed_words
from bots.understanding import changes
from core.conversations import service as conversations

NAVIGATION: dict[str, To] = {
    "back": To.BACK,
    "zurück": To.BACK,
    "wapas": To.BACK,
    "atrás": To.BACK,
    "voltar": To.BACK,
    "kembali": To.BACK,
    "cancel": To.CANCEL,
    "abbrechen": To.CANCEL,
    "cancelar": To.CANCEL,
    "batal": To.CANCEL,
    "radd karo": To.CANCEL,
    **dict.fromkeys(("cancel everything", "cancel it", "cancel all", "cancel that", "forget it"), To.CANCEL),
    **dict.fromkeys(("cancela todo", "cancélalo", "cancela", "cancela tudo", "cancele"), To.CANCEL),
    **dict.fromkeys(("cancel karo", "cancel kar do", "sab cancel karo", "रद्द करो", "सब रद्द करो"), To.CANCEL),
    "restart": To.RESTART,
    "start over": To.RESTART,
    "skip": To.SKIP,
    "done": To.DONE,
    "edit": To.EDIT,
    "change": To.EDIT,
    "change something": To.EDIT,
}


@cache
def _navigation() -> dict[str, To]:
    """Return the words that navigate, in every language we speak."""
    return {typed: to for word, to in NAVIGATION.items() for typed in typed_words(word)}


COMMAND_FUZZY_AT_LEAST = 90
COMMAND_CHARACTERS_MAX = 30
AMOUNT = re.compile(r"( [a-z]{1,3})?( \d+)+( [a-z]{1,3})?$")  # as words, with a currency's letters

BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def _without_amount(label: str) -> str:
    """Return a label's words without the amount at its end: "Accept ₹9,500" can be typed as "accept"."""
    return AMOUNT.sub("", tokens.words_of(label))


PAST = "past"
"""The command that says that words answered an earlier message: no yes to the review that is open."""
OLD = "old"
"""A mark that no thing has."""


def _one_number(words: str) -> str:
    """Return words in which "7 000" is 7000."""
    return BETWEEN_DIGITS.sub("", words)


class Words:
    """The words of one turn, held against what is open and what was shown."""

    def __init__(self, book: Book, talk: Talk, session: Session, said: Said) -> None:
        """Read words as they are meant in this session."""
        self.book, self.talk, self.session, self.text = book, talk, session, said.text
        self.said = said
        self.typed = said.text.casefold().strip(" .!?/")

    def meant(self) -> Nav | Said | list[Commanded]:
        """Sort typed words; several commands are buttons that fit alike, what was shown last first."""
        if self.session.stack:
            to = _navigation().get(self.typed) or self._done()
            if to is not None and (self.said.command or not self._is_choice()):
                return Nav(to)
            form = self._form
            if form is not None and self._field is None and self._is_yes(form):
                past = self.said.past and not self.said.may_mean(self.session.stack[-1].about)
                return [Commanded(PAST)] if past else Nav(To.CONFIRM)
        if exact := self._on_card() or self._buttons(tokens.words_of):
            return exact
        if (command := self._command()) is not None:
            return [command]
        if shown := self._buttons(_without_amount) or self._newest():
            return shown
        to = _navigation().get(self.typed)
        return Nav(to) if to in {To.BACK, To.CANCEL} else self.said

    def _done(self) -> To | None:
        """Return the way on where it is asked for more files than there are, and no more shall come."""
        field, partial = self._field, self.session.stack[-1].partial
        has_some = field is not None and field.kind is Kind.MEDIA and bool(partial.get(field.name))
        return To.DONE if has_some and changes.is_enough(self.text) else None

    @property
    def _form(self) -> Form | None:
        return self.book.forms.get(self.session.stack[-1].form) if self.session.stack else None

    @property
    def _field(self) -> Field | None:
        return engine.next_field(self._form, self.session.stack[-1]) if self._form else None

    def _on_card(self) -> list[Commanded]:
        """Return the button of the card that is answered whose words were typed.

        Without its amount only where the card still shows the thing as it is; else what has changed is said.
        """
        words = _one_number(tokens.words_of(self.text))
        if not self.said.about or not words:
            return []
        card = self.book.card(self.talk, self.said.about)
        buttons = [(b.label, tokens.read(b.action)) for row in card.buttons for b in row]
        stands = bool(card.version) and of_thing(card.version) == of_thing(self.said.version)
        for label, pressed in buttons:
            if isinstance(pressed, Commanded) and _one_number(tokens.words_of(label)) == words:
                return [pressed]
        for label, pressed in buttons:
            if isinstance(pressed, Commanded) and _without_amount(label) == words:
                return [pressed if stands or not pressed.shown else replace(pressed, shown=OLD)]
        return []

    def _buttons(self, words_of: Callable[[str], str]) -> list[Commanded]:
        """Return the cards' buttons whose words were typed: each thing once, as it was shown last.

        Where several fit and not all of them bind somebody, nobody could tell which was meant: none.
        """
        words = tokens.words_of(self.text)
        if self.session.stack or not words:
            return []
        found: dict[tuple[str, str], Commanded] = {}
        for label, action in conversations.offered(self.talk.work, self.talk.address):
            pressed = tokens.read(action)
            if isinstance(pressed, Commanded) and words_of(label) == words and self._answers(pressed):
                found.setdefault((pressed.command, pressed.argument), pressed)
        several = len(found) > 1 and not all(self._binds(pressed) for pressed in found.values())
        return [] if several else list(found.values())

    def _newest(self) -> list[Commanded]:
        """Return the very newest button where it binds and its first words were typed: "pay"."""
        newest = conversations.offered(self.talk.work, self.talk.address)[:1]
        for label, action in newest if not self.session.stack else ():
            pressed, words = tokens.read(action), tokens.words_of(self.text)
            begins = words and f"{tokens.words_of(label)} ".startswith(f"{words} ")
            if isinstance(pressed, Commanded) and begins and self._binds(pressed) and self._answers(pressed):
                return [pressed]
        return []

    def _answers(self, pressed: Commanded) -> bool:
        """Tell whether a button can be what words answer; what binds nobody may be meant anywhere."""
        return not self._binds(pressed) or self.said.may_mean(pressed.argument.partition(".")[0])

    def _binds(self, pressed: Commanded) -> bool:
        command = self.book.commands.get(pressed.command)
        return command is not None and command.binds is not None

    def _is_yes(self, form: Form) -> bool:
        """Tell whether these words are a yes to the review that is shown, in whatever words it is said."""
        said = {*typed_words("yes"), form.confirm_label.casefold()}
        if self.typed in said or changes.affirms(self.text, form.confirm_label):
            return True
        meant = self.talk.wanted(self.text) if form.confirms and not changes.asks(self.text) else None
        binds = self.book.dialogues[form.name].binds is not None
        return meant is not None and (meant.literal if binds else meant.sure) and meant.name == form.confirms

    def _is_choice(self) -> bool:
        if self._field is None:
            return False
        slots = self.session.stack[-1].slots
        return any(c.label.casefold() == self.text.casefold() for c in self._field.choices(slots))

    def _command(self) -> Commanded | None:
        meant = self._served(self.typed)
        if meant is not None:
            return None if self._wants_text(meant) else Commanded(meant.name)
        with_more = self._with_more()
        if with_more is not None:
            return with_more
        if self.session.stack or not self.typed or len(self.typed) > COMMAND_CHARACTERS_MAX:
            return None
        words = [word for word in self.book.typed if self._served(word)]
        close = process.extractOne(self.typed, words, scorer=fuzz.ratio)
        meant = self._served(close[0]) if close and close[1] >= COMMAND_FUZZY_AT_LEAST else None
        return Commanded(meant.name) if meant else None

    def _with_more(self) -> Commanded | None:
        """Return a command that was typed with what it takes behind it, in whatever language we speak."""
        text = self.text.strip()
        for word, command in self.book.beginnings:
            head, rest = text[: len(word) + 1], text[len(word) + 1 :].strip()
            if head.casefold() != f"{word} " or not rest or not self._serves(command):
                continue
            waits = command.audience is not Audience.ANYBODY and self._wants_text(command)
            if not waits and command.behind and command.behind(self.talk, rest):
                return Commanded(command.name, rest)
        return None

    def _served(self, typed: str) -> AnyCommand | None:
        """Return the command of a word for whoever is talking; of several the one that was named last."""
        return next((c for c in reversed(self.book.typed.get(typed, [])) if self._serves(c)), None)

    def _serves(self, command: AnyCommand) -> bool:
        if command.audience is Audience.BRAND:
            return bool(self.talk.memberships) or self.talk.creator is None
        if command.audience is Audience.CREATOR:
            return self.talk.creator is not None or not self.talk.memberships
        return True

    def _wants_text(self, command: AnyCommand) -> bool:
        """Let an open question take words that would be a command: a name, or the form's own again."""
        if not self.session.stack or self.said.command:
            return False
        if self.session.stack[-1].form == command.name:
            return self._field is not None and self._field.repeats
        if command.audience is Audience.ANYBODY:
            return False
        return self._field is not None and self._field.kind is Kind.TEXT and not self._field.prose
