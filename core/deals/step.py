"""One step of a deal or of a piece, while it is being taken."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core.campaigns.schemas import CampaignView
from core.deals import standing
from core.deals.deal_table import DEAL
from core.deals.errors import ReasonMissing, StepNotPossible
from core.deals.models import Deal, Deliverable
from core.deals.states import DealState, DeliverableState
from core.kit.process import STAYS, Party, Transition
from core.kit.work import Work
from core.operators import tasks
from core.operators.states import Subject
from core.terms.schemas import Terms
from core.trust import service as trust
from core.trust.service import Seen
from core.trust.states import Observation


@dataclass(slots=True)
class Step:
    """One step being taken. Rules may change the rows and add facts; the runner does the rest.

    `fresh` is set for the step that makes a deal: before it the deal stood nowhere.
    """

    work: Work
    campaign: CampaignView
    deal: Deal
    deliverable: Deliverable | None
    row: Transition
    party: Party
    facts: dict[str, Any] = field(default_factory=dict)
    fresh: bool = False

    @property
    def state(self) -> str:
        """Return where the piece, or else the deal, stands."""
        return "" if self.fresh else (self.deliverable or self.deal).state

    def enter(self, target: str) -> None:
        """Let the piece, or else the deal, stand there; a deal that is over stands still for nothing."""
        if self.deliverable is not None and target is not STAYS:
            self.deliverable.state = DeliverableState(target)
        elif target is not STAYS:
            self.deal.state = DealState(target)
            if target in DEAL.terminal:
                standing.end(self.deal)

    @property
    def now(self) -> datetime:
        """Return when the step is taken."""
        return self.work.now

    @property
    def key(self) -> str:
        """Return what makes this step's postings unique: the thing and the version it leaves."""
        thing = self.deliverable or self.deal
        return f"{self.row.name}:{thing.id}:{thing.version}"

    @property
    def terms(self) -> Terms:
        """Return the deal's own terms."""
        return Terms.from_json(self.deal.terms)

    @property
    def piece(self) -> Deliverable:
        """Return the deliverable this step is about."""
        if self.deliverable is None:
            raise StepNotPossible(step=self.row.name)
        return self.deliverable


def ask_operator(step: Step, kind: str) -> None:
    """Put something before the operators."""
    facts = {"deliverable_id": str(step.deliverable.id)} if step.deliverable else {}
    tasks.open_task(step.work, kind, Subject.DEAL, step.deal.id, facts)


def observe(step: Step, kind: Observation, *, good: bool) -> None:
    """Note something about the creator's work."""
    source = step.piece.id if step.deliverable else step.deal.id
    trust.observe(step.work, Seen(step.deal.creator_id, kind, good, f"{source}:{rounds(step)}"))


def rounds(step: Step) -> int:
    """Return how many rounds of changes a piece has had."""
    return step.deliverable.rounds if step.deliverable else 0


def require_reason(step: Step) -> None:
    """Insist on words that say why. Raises ReasonMissing."""
    if not str(step.facts.get("reason", "")).strip():
        raise ReasonMissing


def weights_of_open(deal: Deal) -> dict[UUID, int]:
    """Return what each piece of a deal may still earn, nothing for those that have ended."""
    ended = {
        DeliverableState.COMPLETED,
        DeliverableState.LAPSED,
        DeliverableState.CANCELLED,
        DeliverableState.RESOLVED,
    }
    return {
        piece.id: 0 if piece.state in ended else piece.price_minor - piece.released_minor
        for piece in deal.deliverables
    }
