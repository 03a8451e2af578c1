"""Where a chat app's workspaces have let us in: their tokens, sealed, until they are revoked.

What is inside is the door's business; here it is one sealed text.
"""

from dataclasses import dataclass

from sqlalchemy import select

from core.grants.models import Installation
from core.kit.work import Work


@dataclass(frozen=True, slots=True)
class Place:
    """Where an app is installed: a team, or a whole enterprise (then `team_id` is empty)."""

    app: str
    enterprise_id: str
    team_id: str


def keep(work: Work, place: Place, user_id: str, sealed: str) -> None:
    """Keep what a workspace gave us."""
    work.session.add(
        Installation(
            app=place.app,
            enterprise_id=place.enterprise_id,
            team_id=place.team_id,
            user_id=user_id,
            sealed=sealed,
            installed_at=work.now,
        )
    )


def find(work: Work, place: Place) -> str | None:
    """Return what the newest standing installation gave us, sealed; None where there is none."""
    query = (
        select(Installation.sealed)
        .where(
            Installation.app == place.app,
            Installation.enterprise_id == place.enterprise_id,
            Installation.team_id == place.team_id,
            Installation.revoked_at.is_(None),
        )
        .order_by(Installation.installed_at.desc(), Installation.id)
        .limit(1)
    )
    return work.session.scalar(query)


def revoke(work: Work, place: Place) -> int:
    """End every installation at a place, at once; returns how many there were. What was sealed is erased."""
    rows = work.session.scalars(
        select(Installation).where(
            Installation.app == place.app,
            Installation.enterprise_id == place.enterprise_id,
            Installation.team_id == place.team_id,
            Installation.revoked_at.is_(None),
        )
    ).all()
    for row in rows:
        row.revoked_at, row.sealed = work.now, ""
    return len(rows)
