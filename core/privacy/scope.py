"""What belongs to a person: the ids by which their rows are found, read before anything is changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core.kit.work import Work
from core.privacy.entries import Whose

PEOPLE = """
  WITH RECURSIVE them AS (
    SELECT CAST(:person AS uuid) AS id UNION SELECT p.id FROM person p JOIN them t ON p.linked_to = t.id)
  SELECT id FROM them"""
QUERIES: Mapping[Whose, str] = {
    Whose.CREATOR: "SELECT id FROM creator WHERE person_id = ANY(:person)",
    Whose.CHAT: "SELECT channel, chat_id FROM channel_identity WHERE person_id = ANY(:person)"
    " UNION SELECT channel, chat_id FROM conversation WHERE person_id = ANY(:person)"
    " UNION SELECT channel, chat_id FROM mailbox WHERE owner_id = ANY(:person)"
    " EXCEPT SELECT channel, chat_id FROM channel_identity WHERE person_id <> ALL(:person)",
    Whose.SEAT: "SELECT user_id FROM channel_identity WHERE channel = 'web' AND person_id = ANY(:person)",
    Whose.DEAL: "SELECT id FROM deal WHERE creator_id = ANY(:creator)",
    Whose.PIECE: "SELECT id FROM deliverable WHERE deal_id = ANY(:deal)",
    Whose.HANDLE: "SELECT lower(ltrim(handle, '@')) FROM social_account WHERE creator_id = ANY(:creator)",
    Whose.SLACK: "SELECT split_part(user_id, ':', 2), split_part(user_id, ':', 3) FROM channel_identity"
    " WHERE channel = 'slack' AND person_id = ANY(:person)",
    Whose.DISPUTED: "SELECT deal_id FROM deal_event WHERE words_of = ANY(:person) AND step = 'dispute'",
    Whose.ANSWERED: "SELECT deal_id FROM deal_event WHERE words_of = ANY(:person)"
    " AND step = 'dispute_answer'",
    Whose.NOTED: "SELECT DISTINCT deal_id FROM deal_event WHERE words_of = ANY(:person)"
    " AND step IN ('offer', 'apply', 'counter')",
    Whose.CHANGED: "SELECT deliverable_id FROM deal_event WHERE words_of = ANY(:person)"
    " AND step = 'request_changes'",
    Whose.REVIEWED: "SELECT id FROM review WHERE deal_id = ANY(:deal) AND by = 'creator'",
    Whose.WORKSPACE: "SELECT w.id FROM workspace w WHERE EXISTS (SELECT 1 FROM member m"
    "   WHERE m.workspace_id IN (w.id, w.parent_id) AND m.person_id = ANY(:person))"
    " AND NOT EXISTS (SELECT 1 FROM member m"
    "   WHERE m.workspace_id IN (w.id, w.parent_id) AND m.person_id <> ALL(:person))",
    Whose.CAMPAIGN: "SELECT id FROM campaign WHERE workspace_id = ANY(:workspace)",
    Whose.TEAM_DEAL: "SELECT id FROM deal WHERE workspace_id = ANY(:workspace)",
    Whose.CHECKOUT: "SELECT checkout_ref FROM funding WHERE campaign_id = ANY(:campaign)"
    " AND checkout_ref IS NOT NULL",
    Whose.OWN_CAMPAIGN: "SELECT id FROM campaign WHERE created_by = ANY(:person)",
    Whose.STEP_UP: "SELECT id FROM step_up s WHERE person_id = ANY(:person) OR EXISTS"
    " (SELECT 1 FROM step_up_chat c WHERE c.step_up_id = s.id AND c.person_id = ANY(:person))",
    Whose.PAYEE: "SELECT ref FROM payee_account WHERE creator_id = ANY(:creator) AND ref IS NOT NULL"
    " UNION SELECT ref FROM payee_change WHERE creator_id = ANY(:creator) AND ref IS NOT NULL"
    " UNION SELECT t.parent_ref FROM payout p JOIN sandbox_rail_object t ON t.ref = p.ref"
    " WHERE p.creator_id = ANY(:creator)",
    Whose.SUPPORT: "SELECT id FROM support_request WHERE person_id = ANY(:person)",
}
"""In this order: a query may use what those before it found."""


@dataclass(slots=True)
class Scope:
    """Everything of one person, by whose it is."""

    of: dict[Whose, list[Any]] = field(default_factory=dict)

    @property
    def people(self) -> list[UUID]:
        """Return the person, and the accounts that were brought to theirs."""
        return self.of[Whose.PERSON]

    @property
    def owners(self) -> list[UUID]:
        """Return whose keys end with the person."""
        return [*self.people, *self.of[Whose.WORKSPACE]]


def of_person(work: Work, person_id: UUID) -> Scope:
    """Return what belongs to a person, and to whoever was merged into them."""
    people = list(work.session.execute(text(PEOPLE), {"person": person_id}).scalars())
    scope = Scope({Whose.PERSON: people, Whose.ACTOR: [f"person:{each}" for each in people]})
    for whose, query in QUERIES.items():
        known = {name.value: found for name, found in scope.of.items() if f":{name.value})" in query}
        rows = work.session.execute(text(_typed(query)), known).all()
        scope.of[whose] = [tuple(row) if len(row) > 1 else row[0] for row in rows]
    chats = [f"{channel}:{chat_id}" for channel, chat_id in scope.of[Whose.CHAT]]
    scope.of[Whose.PROMISE] = [
        *(f"{kind}:{each}" for kind in ("person", "reminders") for each in people),
        *(f"{kind}:{chat}" for kind in ("chat", "menu") for chat in chats),
        *(f"payee:{each}" for each in scope.of[Whose.CREATOR]),
        *(f"post:{each}" for each in scope.of[Whose.PIECE]),
    ]
    ids = (Whose.PERSON, Whose.CREATOR, Whose.DEAL, Whose.PIECE, Whose.SUPPORT)
    scope.of[Whose.SUBJECT] = [each for whose in ids for each in scope.of[whose]]
    return scope


def _typed(query: str) -> str:
    """Say that every list is of ids: an empty one says nothing of itself."""
    for whose in Whose:
        query = query.replace(f"(:{whose.value})", f"(CAST(:{whose.value} AS uuid[]))")
    return query
