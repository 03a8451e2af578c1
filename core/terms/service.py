"""What things cost: the terms of a workspace, and a price line by line."""

from uuid import UUID

from core.kit.money import Money, share_bps
from core.kit.work import Work
from core.terms.errors import TermOutOfRange
from core.terms.models import WorkspaceTerms
from core.terms.schemas import Quote, Terms

LIMITS: dict[str, tuple[int, int]] = {
    "commission_bps": (1_000, 1_500),
    "retention_days": (1, 30),
    "first_tranche_bps": (0, 10_000),
    "revisions": (0, 10),
    "review_hours": (24, 336),
    "accept_hours": (12, 336),
}


def terms_of(work: Work, workspace_id: UUID) -> Terms:
    """Return the terms that a workspace's next deal begins with."""
    own = work.session.get(WorkspaceTerms, workspace_id)
    return Terms.from_json(own.terms) if own else Terms()


def set_terms(work: Work, workspace_id: UUID, terms: Terms) -> None:
    """Change the terms of future deals; running deals keep theirs.

    Raises:
        TermOutOfRange: for a value outside LIMITS.
    """
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(terms, name) <= most:
            raise TermOutOfRange(term=name, least=least, most=most)
    work.session.merge(WorkspaceTerms(workspace_id=workspace_id, terms=terms.to_json()))


def quote(price: Money, terms: Terms, withholding_bps: int = 0) -> Quote:
    """Return what the creator gets of a price, and who gets the rest."""
    commission = Money(share_bps(price.minor, terms.commission_bps), price.currency)
    withheld = Money(share_bps(price.minor, withholding_bps), price.currency)
    return Quote(price, commission, withheld, price - commission - withheld)
