"""What things cost: the terms of a workspace, and a price line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from core.accounts import workspaces
from core.kit.money import Money, share_bps
from core.kit.text import clean
from core.kit.work import Work
from core.terms.errors import TermOutOfRange, TermsChanged, TermUnknown
from core.terms.models import WorkspaceTerms
from core.terms.schemas import ChangeTerms, Quote, Terms, TermsView

LIMITS: dict[str, tuple[int, int]] = {
    "accept_hours": (12, 336),
    "application_hours": (12, 336),
    "review_hours": (24, 336),
    "cancel_hours": (12, 336),
    "address_days": (3, 30),
    "send_days": (5, 30),
    "arrival_days": (8, 60),
    "draft_days": (1, 60),
    "publish_days": (1, 60),
    "grace_hours": (0, 168),
    "restore_hours": (1, 168),
    "retention_days": (1, 30),
    "revisions": (0, 10),
    "counters": (0, 10),
    "first_tranche_bps": (0, 10_000),
    "commission_bps": (1_000, 1_500),
    "security_delay_days": (1, 30),
    "dispute_business_days": (1, 20),
    "review_window_days": (1, 60),
}
"""The least and the most of every term, both allowed."""


def terms_of(work: Work, workspace_id: UUID) -> Terms:
    """Return the terms that a workspace's next deal begins with."""
    own = _present(work, workspace_id)
    return Terms.from_json(own.terms) if own else Terms()


def terms_of_many(work: Work, workspace_ids: Iterable[UUID]) -> dict[UUID, Terms]:
    """Return the terms that the next deals of several workspaces begin with; one query."""
    wanted = set(workspace_ids)
    query = select(WorkspaceTerms).where(WorkspaceTerms.workspace_id.in_(wanted))
    query = query.ext(distinct_on(WorkspaceTerms.workspace_id))
    query = query.order_by(WorkspaceTerms.workspace_id, WorkspaceTerms.version.desc())
    own = {row.workspace_id: Terms.from_json(row.terms) for row in work.session.scalars(query)}
    return {workspace_id: own.get(workspace_id, Terms()) for workspace_id in wanted}


def read(work: Work, workspace_id: UUID) -> TermsView:
    """Return the same with their version. Raises WorkspaceNotFound."""
    workspaces.workspace_of(work, workspace_id)
    own = _present(work, workspace_id)
    return TermsView(own.version, Terms.from_json(own.terms)) if own else TermsView(0, Terms())


def check(changes: Mapping[str, int]) -> None:
    """Raise TermUnknown for a name that is no term, TermOutOfRange for a value outside LIMITS."""
    for name, value in changes.items():
        if name not in LIMITS:
            raise TermUnknown(term=clean(name, 40))
        least, most = LIMITS[name]
        if not least <= value <= most:
            raise TermOutOfRange(term=name, least=least, most=most)


def change(work: Work, command: ChangeTerms) -> TermsView:
    """Change the terms of future deals; running deals keep theirs. Each change is a version of its own.

    Raises:
        WorkspaceNotFound, TermUnknown, TermOutOfRange.
        TermsChanged: when another version than the one that was read counts by now.
    """
    check(command.changes)
    present = read(work, command.workspace_id)
    if present.version != command.version:
        raise TermsChanged(version=present.version)
    changed = TermsView(present.version + 1, replace(present.terms, **command.changes))
    written = insert(WorkspaceTerms).values(
        workspace_id=command.workspace_id,
        version=changed.version,
        terms=changed.terms.to_json(),
        set_by=str(work.actor),
        reason=clean(command.reason, 2_000),
        set_at=work.now,
    )
    mine = written.on_conflict_do_nothing().returning(WorkspaceTerms.version)
    if work.session.scalar(mine) is None:
        raise TermsChanged(version=changed.version)
    return changed


def quote(price: Money, terms: Terms, withholding_bps: int = 0) -> Quote:
    """Return what the creator gets of a price, and who gets the rest."""
    commission = Money(share_bps(price.minor, terms.commission_bps), price.currency)
    withheld = Money(share_bps(price.minor, withholding_bps), price.currency)
    return Quote(price, commission, withheld, price - commission - withheld)


def _present(work: Work, workspace_id: UUID) -> WorkspaceTerms | None:
    query = select(WorkspaceTerms).where(WorkspaceTerms.workspace_id == workspace_id)
    return work.session.scalars(query.order_by(WorkspaceTerms.version.desc()).limit(1)).first()
