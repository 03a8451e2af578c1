"""Where a chat app's workspaces have let us in: their tokens, sealed, until they are revoked.

What is inside is the door's business; here it is one text, sealed for its row.
"""

from dataclasses import dataclass
from uuid import uuid4

import structlog
from sqlalchemy import select

from core.grants.models import Installation
from core.kit.crypto import Keyring, NotOurs
from core.kit.work import Work

PURPOSE = "grants"
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an app is installed: a team, or a whole enterprise (then `team_id` is empty)."""

    app: str
    enterprise_id: str
    team_id: str


def keep(work: Work, keys: Keyring, place: Place, user_id: str, given: str) -> None:
    """Keep what a workspace gave us."""
    row_id = uuid4()
    work.session.add(
        Installation(
            id=row_id,
            app=place.app,
            enterprise_id=place.enterprise_id,
            team_id=place.team_id,
            user_id=user_id,
            sealed=keys.seal(PURPOSE, given, str(row_id)),
            installed_at=work.now,
        )
    )


def find(work: Work, keys: Keyring, place: Place) -> str | None:
    """Return what the newest standing installation gave us; None where there is none, or no key opens it."""
    query = (
        select(Installation)
        .where(
            Installation.app == place.app,
            Installation.enterprise_id == place.enterprise_id,
            Installation.team_id == place.team_id,
            Installation.revoked_at.is_(None),
        )
        .order_by(Installation.installed_at.desc(), Installation.id)
        .limit(1)
    )
    row = work.session.scalars(query).one_or_none()
    if row is None:
        return None
    try:
        return keys.open_sealed(PURPOSE, row.sealed, str(row.id)).decode()
    except NotOurs:
        log.error("an installation does not open: was a key taken out too early?", app=place.app)  # noqa: TRY400
        return None


def reseal(work: Work, keys: Keyring) -> int:
    """Seal with the newest key what older ones sealed; returns how many rows changed.

    Raises:
        NotOurs: when a row opens with none of our keys.
    """
    query = select(Installation).where(Installation.revoked_at.is_(None)).with_for_update()
    changed = 0
    for row in work.session.scalars(query):
        sealed = keys.resealed(PURPOSE, row.sealed, str(row.id))
        if sealed is not None:
            row.sealed, changed = sealed, changed + 1
    return changed


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
