"""Bringing two chat accounts to one person."""

from datetime import timedelta

from core.accounts import codes, people
from core.accounts.errors import CodeNotValid
from core.accounts.repository import AccountRepository
from core.accounts.schemas import PersonView
from core.accounts.states import CodePurpose
from core.events import service as events
from core.kit.work import Work

CODE_LIVES_FOR = timedelta(minutes=30)


def link_code(work: Work) -> str:
    """Return a one-time code that brings another chat account to the acting person."""
    return codes.issue(work, CodePurpose.LINK_CHANNEL, CODE_LIVES_FOR)


def link(work: Work, code: str) -> PersonView:
    """Bring the acting person's chat accounts to the person who asked for the code.

    Raises:
        CodeNotValid: for an unknown, used or old code, or one's own.
    """
    found = codes.use(work, code, CodePurpose.LINK_CHANNEL)
    if work.actor.person_id is None or found.person_id == work.actor.person_id:
        raise CodeNotValid
    AccountRepository(work.session).hand_over_identities(work.actor.person_id, found.person_id)
    facts = {"from_person_id": work.actor.person_id}
    events.record(work, "person.chats_linked", {"person_id": found.person_id}, facts)
    return people.person_of(work, found.person_id)
