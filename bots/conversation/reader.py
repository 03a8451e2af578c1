"""What a sentence says while a form is open: it answers, answers more, or changes what was answered. Pure.

The one reader of every question and every review. A clause is read in this order: an answer that it names by
its label, what the form's own `extract` finds, the question that is asked, and at last the answer that was
given before it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as empty
from typing import Any

from bots.conversation import amending, meaning
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots
from bots.understanding import changes, numbers, wording
from bots.understanding.changes import Clause, How

NUMBERED = re.compile(r"\d")
WORDS_MAX = 6  # a correction that names nothing is short
FEW = 3  # words of a topic
SMALL_AMOUNT = 100
OTHER_NUMBERS = (7, 8)


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that a sentence changes. `value` is what was set, or what was added or taken out."""

    field: Field
    how: How
    value: Any = None


@dataclass(slots=True)
class Reading:
    """What was understood: the new answers, the answers that are no more, and the words that say nothing.

    `ask` names an answer that shall be asked anew, `error` says why the words for it do not fit.
    """

    values: dict[str, Any] = empty(default_factory=dict)
    emptied: list[str] = empty(default_factory=list)
    changes: list[Change] = empty(default_factory=list)
    rest: list[str] = empty(default_factory=list)
    ask: str = ""
    error: str = ""

    @property
    def found(self) -> bool:
        """Tell whether anything was understood."""
        return bool(self.values or self.emptied or self.ask)


def read(form: Form, slots: Slots, text: str, asked: Field | None, before: tuple[str, ...] = ()) -> Reading:
    """Return what a sentence says. `asked` is the open question, none at a review; `before` what was asked.

    Raises:
        NotUnderstood: with what would fit, where the sentence is meant for an answer and does not fit it.
    """
    return _Reader(form, slots, asked, before).read(text)


def changed(form: Form, slots: Slots, text: str) -> Reading:
    """Return what a text changes that opens a full form: "2 stories" takes out no reel."""
    try:
        return read(form, slots, text, None)
    except NotUnderstood:
        return Reading()


class _Reader:
    """One sentence, read against what is answered."""

    def __init__(self, form: Form, slots: Slots, asked: Field | None, before: tuple[str, ...]) -> None:
        self.form, self.slots, self.asked = form, dict(slots), asked
        self.applying = [f for f in form.fields if f.when(slots) and f.kind is not Kind.MEDIA]
        self.before = [
            f for name in reversed(before) for f in self.applying if f.name == name and name in slots
        ]
        self.reading, self.question = Reading(), False
        self.refused: NotUnderstood | None = None
        self.misfit: tuple[str, str] | None = None  # an answer that was named, and why the words don't fit it

    def read(self, text: str) -> Reading:
        self.question = changes.asks(text)
        if self.asked is not None and self._as_it_is(text):
            return self.reading
        clauses = changes.clauses(text)
        changing = any(c.corrects or c.how is not How.PLAIN for c in clauses)
        if changing or not self._plainly(text):
            self._take_all(clauses)
        if self.reading.ask in self.reading.values:
            self.reading.ask = ""
        if self.misfit is not None and not self.reading.found and not self.question:
            self.reading.ask, self.reading.error = self.misfit
        if self.refused is not None and not self.reading.found:
            raise self.refused
        return self.reading

    def _as_it_is(self, text: str) -> bool:
        """Take words that are a name or prose as they are, unless they correct another answer."""
        field, clauses = self.asked, changes.clauses(text)
        if field is None or any((c.corrects and self._named(c)) or _names_another(c) for c in clauses):
            return False
        if field.optional and len(clauses) == 1 and clauses[0].how is How.NOT:
            rest = self._label(field, clauses[0].text)
            if rest is not None and not changes.content(rest):  # "no bio"
                self.reading.emptied.append(field.name)
                return True
        try:
            value = meaning.read(field, text, self.slots)
        except NotUnderstood as error:
            self.refused = error
            return False
        is_yes = field.kind is Kind.CHOICE and changes.affirms(text)
        if (field.kind is not Kind.TEXT and not is_yes) or not isinstance(value, str):
            return False
        if value != text.strip() and (len(clauses) != 1 or clauses[0].how is How.NOT or self._others(text)):
            return False  # a date or a code, and more than that
        self._set(field.name, value)
        return True

    def _others(self, text: str) -> bool:
        return any(f is not self.asked and f.name in self._extracted(text) for f in self.form.fields)

    def _plainly(self, text: str) -> bool:
        """Read a sentence that changes nothing: the answer, and what else it states."""
        field = self.asked
        if field is None or field.prose:
            return False
        found = self._says(text)
        if field.name not in found:
            return False
        single = len(changes.pieces(wording.normalise(text))) == 1
        for name, value in found.items():
            if name == field.name or name not in self.slots or not amending.is_list(value):
                self._set(name, value)
            elif not single:  # what one piece says beside the answer is of it: "in Nashik with my dog"
                self._apply(name, value, How.ADD)
        self._take_all([Clause(part, How.PLAIN, part) for part in self._beside(text)])
        return True

    def _take_all(self, clauses: list[Clause]) -> None:
        """Take one clause after the other; those of a list go on under the verb before them."""
        verb, under = How.PLAIN, []
        for clause in clauses:
            alone = clause.how is not How.PLAIN or clause.corrects or self._named(clause)
            under.append(clause if alone else replace(clause, how=verb))
            verb = under[-1].how if under[-1].how in {How.ADD, How.REMOVE} else How.PLAIN
        for clause in sorted(under, key=lambda c: c.how is not How.NOT):  # what goes makes room for the rest
            if not self._take(clause) and changes.content(clause.said):
                self.reading.rest.append(clause.said)

    def _beside(self, text: str) -> list[str]:
        """Return the parts of a sentence without which it says the same."""
        normal = wording.normalise(text)
        spans = changes.pieces(normal)
        if not 1 < len(spans) <= changes.CLAUSES_MAX:
            return []
        whole = self._says(normal)
        parts = [(normal[start:end].strip(" ,.:-"), (start, end)) for start, end in spans]
        return [
            part
            for part, span in parts
            if changes.content(part) and self._says(wording.blank(normal, [span])) == whole
        ]

    def _says(self, text: str) -> dict[str, Any]:
        found = self._extracted(text)
        field = self.asked
        stated = found.get(field.name) if field is not None else None
        if field is None or (stated is not None and not amending.is_list(stated)):
            return found
        try:
            own = meaning.read(field, self._unclaimed(text, found), self.slots)
        except NotUnderstood:
            return found
        more = stated is None or all(item in own for item in stated)  # "pottery, beekeeping": one is known
        return {**found, field.name: own if more else stated}

    def _extracted(self, text: str) -> dict[str, Any]:
        found = self.form.extract(text, self.slots)
        return {f.name: found[f.name] for f in self.form.fields if f.name in found}

    def _unclaimed(self, text: str, found: Mapping[str, Any]) -> str:
        """Return a sentence without the numbers that other answers are made of."""
        normal = wording.normalise(text)
        spans = [
            q.span for q in numbers.quantities(normal) if found and self._is_claimed(normal, q.span, found)
        ]
        return wording.blank(normal, spans) if spans else text

    def _is_claimed(self, text: str, span: tuple[int, int], found: Mapping[str, Any]) -> bool:
        """Tell whether a number is a part of other answers: they change with it."""
        start, end = span
        others = [
            f"{text[:start]}{n}{text[end:]}" for n in (OTHER_NUMBERS if text[start:end].isdigit() else ())
        ]
        tried = [wording.blank(text, [span]), *others]
        return any(self._extracted(other) != found for other in tried)

    def _named(self, clause: Clause) -> bool:
        return any(self._label(f, clause.text) is not None for f in self.applying)

    def _label(self, field: Field, text: str) -> str | None:
        return changes.labelled(text, field.name, (field.title, field.label, field.name))

    def _take(self, clause: Clause) -> bool:
        """Take one clause; False where nothing of it was understood."""
        if clause.empty:
            return clause.how is How.PLAIN or self._take_label(clause)
        if self.asked is not None and self.asked.prose and not clause.corrects:
            return False
        if clause.how in {How.NOT, How.REMOVE}:
            return self._take_away(clause)
        return (
            self._take_label(clause)
            or self._take_extracted(clause)
            or self._take_asked(clause)
            or self._take_former(clause)
            or self._take_otherwise(clause)
        )

    def _take_label(self, clause: Clause) -> bool:
        """Take what is said of an answer that is named; a name alone asks for it, or takes it out."""
        named = [(f, rest) for f in self.applying if (rest := self._label(f, clause.text)) is not None]
        named.sort(key=lambda found: len(found[1]))  # the longer name first: "special topics" before "topics"
        for field, rest in named:
            if not changes.content(rest):
                return self._asked_for(field, clause.how)
            found = self._extracted(clause.text)
            if field.name in found:
                continue  # read better with all the words around it
            try:
                value = meaning.read(field, rest, self.slots)
            except NotUnderstood as error:
                self.misfit = self.misfit or (field.name, str(error))
                continue
            more = {} if value == rest.strip() else found
            for name, each in {field.name: value, **more}.items():
                self._apply(name, each, clause.how)
            return True
        return False

    def _asked_for(self, field: Field, how: How) -> bool:
        if how in {How.REMOVE, How.NOT}:
            if field.name in self.slots:
                self.slots.pop(field.name)
                self.reading.values.pop(field.name, None)
                self.reading.emptied.append(field.name)
                self.reading.changes.append(Change(field, How.REMOVE))
            return True
        if how in {How.PLAIN, How.SET} and self.asked is not field:
            self.reading.ask = field.name
            return True
        return False

    def _take_extracted(self, clause: Clause) -> bool:
        text, how = clause.text, clause.how
        found = self._extracted(text) or (self._extracted(f"1 {text}") if how is How.ADD else {})
        for name, value in found.items():
            self._apply(name, value, how)
        asked_too = self.asked is not None and self.asked.name not in {*found, *self.slots}
        if found and asked_too and not clause.corrects:  # "actually my handle is …" is no bio
            self._take_asked(Clause(self._unclaimed(text, found), How.PLAIN, text))
        return bool(found)

    def _take_asked(self, clause: Clause) -> bool:
        if self.asked is None or clause.meant or self.asked.name in self.reading.values:
            return False
        if _names_another(clause):
            return False
        try:
            value = meaning.read(self.asked, clause.text, self.slots)
        except NotUnderstood as error:
            self.refused = error
            return False
        if self.question and value == clause.text:
            return False  # a question is nobody's name
        self._set(self.asked.name, value)
        return True

    def _take_otherwise(self, clause: Clause) -> bool:
        """Keep a word or two that are none of the choices offered, where there is a place for them."""
        kept = self.form.field_named(self.asked.otherwise) if self.asked is not None else None
        few = 0 < len(changes.content(clause.text)) <= FEW and not any(c.isdigit() for c in clause.text)
        if kept is None or not few or self.question or self.reading.found or clause.corrects:
            return False
        if changes.declines(clause.text) or changes.affirms(clause.text):
            return False
        self._apply(kept.name, meaning.read(kept, clause.text, self.slots), How.ADD)
        return True

    def _take_former(self, clause: Clause) -> bool:
        """Take what names no answer for the one that it can be a change of."""
        words = changes.content(clause.text)
        if not words or len(words) > WORDS_MAX or changes.asks(clause.said):
            return False
        for field in self._candidates(clause):
            try:
                value = meaning.read(field, clause.text, self.slots)
            except NotUnderstood:
                continue
            self._apply(field.name, value, clause.how)
            return True
        return False

    def _candidates(self, clause: Clause) -> list[Field]:
        """Return the answers that words without a name may be for, the likeliest first."""
        given = [f for f in [*self.before, *self.applying] if f.name in self.slots]
        named = [f for f in given if f.name == self.reading.ask]  # "all is fine but the budget, 22k"
        given = [*named, *given]
        if self.asked is not None and clause.how is How.PLAIN and not clause.corrects:
            given = [f for f in self.applying if f.amount and f.name not in self.slots]  # "5 creators, 20k"
        quantity = next(iter(numbers.quantities(wording.normalise(clause.text))), None)
        if quantity is not None or numbers.number(clause.text) is not None:
            counting = [f for f in dict.fromkeys(given) if f.amount or amending.is_number(self.slots[f.name])]
            if quantity is None or (quantity.high < SMALL_AMOUNT and not quantity.currency):
                counting.sort(key=lambda f: f.amount is not None)
            elif quantity.currency:
                counting = [f for f in counting if f.amount is not None]
            return counting
        replaces = clause.corrects or clause.how is How.SET
        last = (self.before[:1] or (given if len(set(given)) == 1 else [])[:1]) if replaces else []
        if replaces:
            last += [f for f in given if f.kind is Kind.CHOICE]
        lists = [f for f in given if f.name in self.slots and amending.is_list(self.slots[f.name])]
        listing = [f for f in lists if clause.how in {How.ADD, How.SET} and not _takes_any(f)]
        return [*last, *listing]

    def _take_away(self, clause: Clause) -> bool:
        """Take out an answer that is named, or a part of one, or note what shall not be."""
        for field in self.applying:
            rest = self._label(field, clause.text)
            if rest is not None and not changes.content(rest):
                return self._asked_for(field, clause.how)
        found = self._extracted(clause.text)
        done = self._take_out(clause, found)
        if done or clause.how is How.REMOVE:
            return done or self._take_label(clause) or self._take_former(clause)
        negated = {} if NUMBERED.search(clause.text) else self._extracted(f"no {clause.text}")
        unwanted = {name: value for name, value in negated.items() if name not in found}
        for name, value in unwanted.items():
            self._apply(name, value, How.ADD if amending.is_list(value) else How.SET)
        numbered = bool(found) and NUMBERED.search(clause.text) is not None  # "not 5 creators, 6"
        return bool(unwanted) or numbered or amending.only_number(clause.text)

    def _take_out(self, clause: Clause, found: Mapping[str, Any]) -> bool:
        done = False
        for field in self.applying:
            old = self.slots.get(field.name)
            if old is None or (clause.how is How.NOT and amending.is_number(old)):
                continue
            if field.kind is Kind.CHOICE and amending.is_said(field, old, clause.text, self.slots):
                self.reading.ask, done = field.name, True
                continue
            gone = amending.named(field, old, clause.text, found.get(field.name), self.slots)
            if gone is not None:
                self._apply(field.name, gone, How.REMOVE)
                done = True
        return done

    def _set(self, name: str, value: Any) -> None:  # noqa: ANN401  (any slot)
        self._apply(name, value, How.SET)

    def _apply(self, name: str, value: Any, how: How) -> None:  # noqa: ANN401  (any slot)
        field = self.form.field_named(name)
        if field is None:
            return
        old = self.slots.get(name)
        before = [c for c in self.reading.changes if c.field is field]
        if how is How.PLAIN and before and amending.is_list(old):
            how = How.ADD  # "not Pune, Nashik": the second goes where the first was
        done, new = amending.amended(field, old, value, how, self.slots)
        if new is None:
            self._asked_for(field, How.REMOVE)
            return
        self.slots[name] = new
        self.reading.values[name] = new
        if name in self.reading.emptied:
            self.reading.emptied.remove(name)
        self.reading.changes = [
            c for c in self.reading.changes if c.field is not field or done is not How.SET
        ]
        self.reading.changes.append(Change(field, done, new if done is How.SET else value))


def _takes_any(field: Field) -> bool:
    """Tell whether any word would be an answer."""
    try:
        return field.kind is Kind.TEXT and field.parse is not None and bool(field.parse("zq", {}))
    except (NotUnderstood, KeyError):
        return False


def _names_another(clause: Clause) -> bool:
    """Tell whether a clause only names what shall be changed: "change budget" is nobody's name."""
    return clause.how is How.SET and changes.is_label(clause.text)
