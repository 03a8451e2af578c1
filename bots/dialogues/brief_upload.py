"""A brief that comes as a file: read like a sentence, shown for correction, kept for the creators."""

from collections.abc import Sequence

from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Open, Talk
from bots.dialogues import brief_fields, wishes
from bots.dialogues import campaigns as campaign_talk
from bots.phrases import errors
from bots.phrases.amounts import listed
from bots.phrases.sentences import say
from bots.understanding import brief
from core.messaging.messages import Document

WORDS_MAX = 3_000


def free(talk: Talk, text: str, documents: Sequence[Document]) -> Answer:
    """Begin a campaign with what documents and the words beside them say.

    A picture is a brief only where a brief can be read in it or beside it: most pictures are something else.
    """
    read = [document for document in documents if document.words]
    refused = [card(errors.known(d.problem, **d.facts)) for d in documents if d.problem]
    words = "\n".join([text, *(document.words for document in read)]).strip()[:WORDS_MAX]
    found = brief.slots(words, talk.today) if words else {}
    if len(found) < brief.FACTS_ENOUGH and "budget" not in found:
        nothing = [] if refused else [card(say("upload.nothing", names=_names(documents)))]
        return [*refused, *nothing, *(wishes.free_text(talk, text) if text else [])]
    opened = campaign_talk.begin(talk, words)
    files = [brief_fields.document(document) for document in documents]
    said = [card(say("upload.read", names=_names(read)))] if read else []
    return [*refused, *said, *(_with(part, files) if isinstance(part, Open) else part for part in opened)]


def _with(opening: Open, files: list[dict[str, object]]) -> Open:
    if opening.form != "campaign":
        return opening
    return Open(opening.form, {**opening.slots, "files": files}, opening.text, opening.seen)


def _names(documents: Sequence[Document]) -> str:
    return listed(f"**{document.file.name}**" for document in documents)
