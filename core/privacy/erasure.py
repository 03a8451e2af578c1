"""How we forget a person: everything but the books."""

from uuid import UUID

from core.accounts import people
from core.compliance import service as compliance
from core.conversations import service as conversations
from core.creators import service as creators
from core.deals import endings
from core.deals import views as deals
from core.kit.actors import Actor
from core.kit.work import Work
from core.media import service as media
from core.messaging import mailbox, receipts, sent_words
from core.messaging.messages import Address


def erase(work: Work, person_id: UUID) -> tuple[str, list[str]]:
    """Forget a person: profile, chats, files, sessions, chat accounts. The books keep a pseudonym.

    Returns the pseudonym, and the digests of files that nobody needs any more.
    """
    creator = creators.of_person(work, person_id)
    if creator is not None:
        operator = work.acting_as(Actor.operator("erasure"))
        for deal in deals.of_creator(work, creator.id):
            if not deal.ended:
                endings.end_without_money(operator, deal.id, "The creator has left the marketplace.")
        creators.forget(work, creator.id)
    compliance.withdraw(work, person_id)
    for channel, chat_id in conversations.forget(work, person_id):
        mailbox.forget(work, Address(channel, chat_id))
        receipts.forget(work, Address(channel, chat_id))
        sent_words.forget(work, Address(channel, chat_id))
    digests = list(media.forget(work, person_id))
    people.erase(work, person_id)
    return str(person_id)[:8], digests
