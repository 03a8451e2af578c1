"""One-time codes, kept as fingerprints only."""

from datetime import timedelta
from uuid import UUID

from core.accounts.errors import CodeNotValid, PersonNotFound
from core.accounts.models import OneTimeCode
from core.accounts.repository import AccountRepository
from core.accounts.states import CodePurpose, Role
from core.kit import crypto
from core.kit.work import Work


def issue(
    work: Work,
    purpose: CodePurpose,
    lives_for: timedelta,
    workspace_id: UUID | None = None,
    role: Role | None = None,
) -> str:
    """Return a new one-time code of the acting person. Raises PersonNotFound where nobody acts."""
    if work.actor.person_id is None:
        raise PersonNotFound
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
