"""One-time codes, kept as fingerprints only."""

from datetime import timedelta
from uuid import UUID

from core.accounts.errors import CodeNotValid, PersonNotFound
from core.accounts.models import OneTimeCode
from core.accounts.repository import AccountRepository
from core.accounts.states import CodePurpose, Role
from core.kit import crypto
from core.kit.errors import TooOften
from core.kit.work import Work

HOUR = timedelta(hours=1)
CODES_AN_HOUR = {CodePurpose.LINK_CHANNEL: 10, CodePurpose.JOIN_TEAM: 60}


def issue(
    work: Work,
    purpose: CodePurpose,
    lives_for: timedelta,
    workspace_id: UUID | None = None,
    role: Role | None = None,
) -> str:
    """Return a new one-time code of the acting person.

    Raises:
        PersonNotFound: where nobody acts.
        TooOften: for more codes of a purpose within an hour than `CODES_AN_HOUR`.
    """
    if work.actor.person_id is None:
        raise PersonNotFound
    expires_after = work.now + lives_for - HOUR
    given = AccountRepository(work.session).codes_since(work.actor.person_id, purpose, expires_after)
    if len(given) >= CODES_AN_HOUR[purpose]:
        raise TooOften(seconds=int((given[0] - expires_after).total_seconds()) + 1)
    code = crypto.code()
    AccountRepository(work.session).add(
        OneTimeCode(
            fingerprint=crypto.fingerprint(code),
            purpose=purpose,
            person_id=work.actor.person_id,
            workspace_id=workspace_id,
            role=role,
            expires_at=work.now + lives_for,
        )
    )
    return code


def use(work: Work, code: str, purpose: CodePurpose) -> OneTimeCode:
    """Use a code up. Raises CodeNotValid for one that is unknown, used, old or for something else."""
    wanted = crypto.fingerprint(code.strip().upper())
    found = AccountRepository(work.session).code(wanted)
    if (
        found is None
        or found.purpose is not purpose
        or found.used_at is not None
        or found.expires_at <= work.now
    ):
        raise CodeNotValid
    found.used_at = work.now
    return found
