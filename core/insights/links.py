"""Links to a campaign's report, for people who have no account: signed, with an end, ended all at once."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core.insights.models import ReportLinks
from core.kit.crypto import Keyring
from core.kit.work import Work

PURPOSE = "report"
LIVES_FOR = timedelta(days=30)


def token(work: Work, keys: Keyring, campaign_id: UUID) -> str:
    """Return what opens a campaign's report for thirty days, or until its links are ended."""
    claims = {"campaign": campaign_id.hex, "edition": _edition(work, campaign_id)}
    return keys.sign(PURPOSE, claims, work.now, LIVES_FOR)


def campaign_of(work: Work, keys: Keyring, given: str) -> UUID | None:
    """Return the campaign whose report a token opens, None for one that is not ours or has ended."""
    claims = keys.verify(PURPOSE, given, work.now)
    if claims is None:
        return None
    campaign_id = UUID(claims["campaign"])
    return campaign_id if claims["edition"] == _edition(work, campaign_id) else None


def end(work: Work, campaign_id: UUID) -> None:
    """End every link to a campaign's report that was given out so far."""
    row = insert(ReportLinks).values(campaign_id=campaign_id, edition=1)
    work.session.execute(
        row.on_conflict_do_update(
            index_elements=[ReportLinks.campaign_id], set_={"edition": ReportLinks.edition + 1}
        )
    )


def _edition(work: Work, campaign_id: UUID) -> int:
    query = select(ReportLinks.edition).where(ReportLinks.campaign_id == campaign_id)
    return work.session.scalar(query) or 0
