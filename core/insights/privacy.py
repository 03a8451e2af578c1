"""Everything we have about a person, and how we forget it."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from core.accounts import service as accounts
from core.compliance import service as compliance
from core.conversations import service as conversations
from core.creators import service as creators
from core.deals import service as deals
from core.kit.actors import Actor
from core.kit.work import Work
from core.media import service as media
from core.messaging import mailbox
from core.messaging.messages import Address
from core.payments import service as payments


def export(work: Work, person_id: UUID) -> dict[str, Any]:
    """Return what we have about a person, as plain data."""
    creator = creators.of_person(work, person_id)
    return {
        "person": asdict(accounts.person_of(work, person_id)),
        "workspaces": [asdict(m.workspace) for m in accounts.memberships_of(work, person_id)],
        "profile": asdict(creator) if creator else None,
        "consents": [asdict(c) for c in compliance.consents_of(work, person_id)],
        "deals": [asdict(d) for d in deals.of_creator(work, creator.id)] if creator else [],
        "payouts": [asdict(p) for p in payments.payouts_of(work, creator.id)] if creator else [],
    }


def erase(work: Work, person_id: UUID) -> tuple[str, list[str]]:
    """Forget a person: profile, chats, files, sessions, chat accounts. The books keep a pseudonym.

    Returns the pseudonym, and the digests of files that nobody needs any more.
    """
    creator = creators.of_person(work, person_id)
    if creator is not None:
        operator = work.acting_as(Actor.operator("erasure"))
        for deal in deals.of_creator(work, creator.id):
            if not deal.ended:
                deals.end_without_money(operator, deal.id, "The creator has left the marketplace.")
        creators.forget(work, creator.id)
    compliance.withdraw(work, person_id)
    for channel, chat_id in conversations.forget(work, person_id):
        mailbox.forget(work, Address(channel, chat_id))
    digests = list(media.forget(work, person_id))
    accounts.erase(work, person_id)
    return str(person_id)[:8], digests
