"""The words in a deal's history: kept with each step, and read only as long as who wrote them is known.

A deal's steps stand for ever. What people wrote with them (a reason, a note, an answer, where a post is) is
sealed with the writer's own key; what staff wrote about a deal with the key of its creator, whom it concerns.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from core.deals.models import DealEvent
from core.kit.work import Work
from core.vault import service as vault

PLACE = "deal_event.words"
WORDS = ("reason", "note", "answer", "url")


def split(facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (facts, words): what stands in the open, and what is sealed."""
    words = {key: value for key, value in facts.items() if key in WORDS and value}
    return {key: value for key, value in facts.items() if key not in words}, words


def author(work: Work, creator_person: UUID) -> UUID:
    """Return with whose key a step's words are sealed."""
    return work.actor.person_id if work.actor.person_id is not None else creator_person


def sealed(work: Work, author_id: UUID | None, words: Mapping[str, Any]) -> str:
    """Return words as they are kept; nothing is kept of somebody who is being forgotten."""
    if author_id is None or not vault.has_key(work, author_id):
        return ""
    return vault.seal(work, author_id, json.dumps(words), PLACE)


def opened(work: Work, rows: Sequence[DealEvent]) -> list[dict[str, Any]]:
    """Return the words of each step, none where their writer was forgotten; one statement."""
    found = vault.open_each(work, [(row.words_of, row.words) for row in rows], PLACE)
    return [json.loads(each) if each else {} for each in found]
