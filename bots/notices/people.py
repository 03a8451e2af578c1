"""Notices about people and businesses: proofs, answers from support, summaries."""

from uuid import UUID

from bots.cards.card import card
from bots.cards.summary import summary
from bots.notices.telling import Render, Telling
from bots.phrases.sentences import say
from core.messaging.messages import OutgoingMessage


def _website(t: Telling) -> list[OutgoingMessage]:
    key = "notice.website_found" if t.facts["found"] else "notice.website_missing"
    return [card(say(key, domain=t.facts["domain"], code=t.facts["code"]))]


def _answer(t: Telling) -> list[OutgoingMessage]:
    return [card(say("notice.answer", text=t.facts["text"]))]


def _summary(t: Telling) -> list[OutgoingMessage]:
    return summary(t.work, UUID(t.facts["person_id"]))


RENDERERS: dict[str, Render] = {
    "website_checked": _website,
    "answer": _answer,
    "summary": _summary,
}
