"""Links to a campaign's report, for people who have no account: signed, with an end."""

from datetime import timedelta
from uuid import UUID

from core.kit.crypto import Keyring
from core.kit.work import Work

PURPOSE = "report"
LIVES_FOR = timedelta(days=30)


def token(work: Work, keys: Keyring, campaign_id: UUID) -> str:
    """Return what opens a campaign's report for thirty days."""
    return keys.sign(PURPOSE, {"campaign": campaign_id.hex}, work.now, LIVES_FOR)


def campaign_of(work: Work, keys: Keyring, given: str) -> UUID | None:
    """Return the campaign whose report a token opens, None for one that is not ours or has ended."""
    claims = keys.verify(PURPOSE, given, work.now)
    return UUID(claims["campaign"]) if claims else None
