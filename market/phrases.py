"""Gathers every English phrase of the bots into the translators' catalogues: `make phrases`.

A catalogue keeps what was translated; what is new in it is empty and what is no longer said goes. A phrase is
found by its English words; words that people type carry the context "command".
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bots.cards import words
from bots.cards.briefs import TITLES
from bots.conversation.forms import Form
from bots.conversation.typed import NAVIGATION
from bots.dialogues.book import book
from bots.phrases import amounts, errors
from bots.phrases.languages import CATALOGUES, COMMAND, ENGLISH, LANGUAGES
from bots.phrases.sentences import CATALOGUE
from bots.understanding import place_names
from bots.understanding.open_topics import OPEN
from core.accounts.states import Role, WorkspaceKind
from core.campaigns.states import CAMPAIGN
from core.compliance import service as compliance
from core.deals.deal_table import DEAL
from core.deals.piece_table import DELIVERABLE
from core.kit.vocabulary import NICHES, DeliverableKind, Goal
from core.payments.schemas import CampaignMoney
from core.payments.states import PayeeState

PROCESSES = (CAMPAIGN, DEAL, DELIVERABLE)
Message = tuple[str | None, str]
"""(context, English words)"""


def messages() -> dict[Message, str]:
    """Return every phrase, with a word for translators on where it is said."""
    found: dict[Message, str] = {}
    for where, phrases in _phrases():
        for phrase in phrases:
            if any(char.isalpha() for char in _bare(phrase)):
                found.setdefault((None, phrase), where)
    for word in _typed():
        found.setdefault((COMMAND, word), "what people type")
    return found


def placeholders(phrase: str) -> list[tuple[str, bool]]:
    """Return the facts a phrase wants, each with whether its count is spelt out in two forms."""
    return sorted((name, "|" in (spec or "")) for _, name, spec, _ in Formatter().parse(phrase) if name)


def update(language: str) -> tuple[int, int]:
    """Bring one catalogue up to date; returns (how many phrases, how many lack a translation)."""
    path = CATALOGUES / f"{language}.po"
    catalogue = Catalog(
        locale=language,
        header_comment=f"# {LANGUAGES[language]} for NanoInfluencer MarketPlace, under its licence.\n#",
        project="NanoInfluencer MarketPlace",
        version="1",
        msgid_bugs_address="the repository's issues",
        last_translator="the authors",
        language_team=language,
        fuzzy=False,
    )
    known = _read(path, language)
    for (context, phrase), where in messages().items():
        old = known.get(phrase, context) if known else None
        catalogue.add(phrase, old.string if old else "", auto_comments=[where], context=context)
    if known:
        catalogue.revision_date = known.revision_date
        catalogue.creation_date = known.creation_date
    else:
        catalogue.creation_date = catalogue.revision_date = datetime.now(UTC)
    with path.open("wb") as written:
        write_po(written, catalogue, width=0, omit_header=False, sort_output=False)
    lacking = sum(1 for message in catalogue if message.id and not message.string)
    return len(catalogue), lacking


def _read(path: Path, language: str) -> Catalog | None:
    if not path.exists():
        return None
    with path.open("rb") as written:
        return read_po(written, locale=language)


def _phrases() -> Iterator[tuple[str, Iterable[str]]]:
    for key, sentence in CATALOGUE.items():
        yield key, [sentence]
    yield "a refusal", [*errors.SENTENCES.values(), *errors.KINDS.values(), errors.OTHER]
    yield "what is agreed to", [compliance.TERMS_TEXT]
    yield "a form", [text for dialogue in book().dialogues.values() for text in _of_form(dialogue.form)]
    yield "help", [command.help for command in book().commands.values()]
    yield "counted", amounts.PIECES.values()
    yield "a part of a brief", TITLES.values()
    yield "a kind of work", [str(kind) for kind in DeliverableKind]
    labels = [*NICHES, *DeliverableKind, *Goal]
    yield "a label", [words.LABELS.get(word, word.capitalize()) for word in labels]
    yield "what creators talk about", (*NICHES, *OPEN)
    states = [state for process in PROCESSES for state in process.states]
    yield "a state", [words.STATE_WORDS.get(s, s.replace("_", " ")) for s in (*sorted(states), *PayeeState)]
    yield "a step", [name.replace("_", " ") for process in PROCESSES for name in process.transitions]
    yield "who took a step", words.ACTORS.values()
    yield "a role", [*map(str, Role), *map(str, WorkspaceKind)]
    fields = CampaignMoney.__dataclass_fields__
    yield "where money is", [name.replace("_", " ") for name in fields if name != "paid_in"]
    yield "a part of a score", words.SCORED
    yield "a city", place_names.SHOWN
    yield "nothing in particular", ["any"]


def _of_form(form: Form) -> Iterator[str]:
    yield from (form.confirm, form.title)
    for field in form.fields:
        yield field.label or field.name
        if isinstance(field.prompt, str):
            yield field.prompt
        try:
            choices = field.choices({})
        except KeyError:
            continue  # its choices come from what was answered before
        yield from (
            choice.label for choice in choices if choice.label not in {choice.id, *LANGUAGES.values()}
        )


def _typed() -> Iterator[str]:
    yield from ("yes", "never", "delete my data")
    yield from NAVIGATION_WORDS
    for command in book().commands.values():
        yield from command.words[:1]


NAVIGATION_WORDS = tuple(dict.fromkeys({to: word for word, to in reversed(NAVIGATION.items())}.values()))
"""The first word of each way back, on and out."""


def _bare(phrase: str) -> str:
    return re.sub(r"\{[^}|]*\}", "", phrase)


def main() -> None:
    """Bring every catalogue up to date and say what lacks a translation."""
    for language in LANGUAGES:
        if language != ENGLISH:
            phrases, lacking = update(language)
            sys.stdout.write(f"{language}: {phrases} phrases, {lacking} without a translation\n")


if __name__ == "__main__":
    main()
