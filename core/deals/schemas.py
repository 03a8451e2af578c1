"""What callers hand in and get back about deals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from core.campaigns.schemas import Brief
from core.deals.states import DealState, DeliverableState, Standing
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.kit.vocabulary import DeliverableKind, Platform
from core.terms.schemas import Terms


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Command: offer a creator the campaign's work for a price."""

    campaign_id: UUID
    creator_id: UUID
    price: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class Apply:
    """Command: a creator asks to take part for a price."""

    campaign_id: UUID
    price: Money
    note: str = ""


@dataclass(frozen=True, slots=True)
class SubmitDraft:
    """Command: hand in a draft for approval."""

    deliverable_id: UUID
    caption: str
    media_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimPost:
    """Command: show by link and screenshot where a piece was published, with the words that stand there."""

    deliverable_id: UUID
    url: str
    media_ids: tuple[UUID, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class DeliverableView:
    """One piece of work; `mark` is what one agrees to who is shown it."""

    id: UUID
    deal_id: UUID
    ordinal: int
    kind: DeliverableKind
    platform: Platform
    price: Money
    state: DeliverableState
    overdue_from: DeliverableState | None
    draft_caption: str
    draft_media: tuple[UUID, ...]
    draft_number: int
    rounds: int
    change_request: str
    draft_due_at: datetime | None
    post_due_at: datetime | None
    approved_at: datetime | None
    submitted_at: datetime | None
    post_url: str
    post_media: tuple[UUID, ...]
    post_words: str
    posted_at: datetime | None
    live_at: datetime | None
    retained_until: datetime | None
    doubted_at: datetime | None
    missing_since: datetime | None
    post_failures: int
    released: Money
    mark: str

    @property
    def due_at(self) -> datetime | None:
        """Return when what is to be done next is due: the post of an approved piece, else its draft."""
        of_post = DeliverableState.APPROVED in {self.state, self.overdue_from}
        return self.post_due_at if of_post else self.draft_due_at


@dataclass(frozen=True, slots=True)
class Published:
    """A post that anybody can look at, which its creator made here."""

    piece_id: UUID
    kind: DeliverableKind
    platform: Platform
    url: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """Other pieces than were agreed, and the whole price that goes with them."""

    price: Money
    added: tuple[tuple[DeliverableKind, int], ...]
    left_out: tuple[UUID, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as it is written down."""
        return {
            "price_minor": self.price.minor,
            "added": [[kind, minor] for kind, minor in self.added],
            "left_out": [str(piece_id) for piece_id in self.left_out],
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any], currency: Currency) -> Self | None:
        """Read it back; None where none is written."""
        if not body:
            return None
        added = tuple((DeliverableKind(kind), int(minor)) for kind, minor in body["added"])
        left_out = tuple(UUID(piece_id) for piece_id in body["left_out"])
        return cls(Money(body["price_minor"], currency), added, left_out)


@dataclass(frozen=True, slots=True)
class DealView:
    """One creator's engagement in one campaign; `mark` is what one agrees to who is shown it."""

    id: UUID
    campaign_id: UUID
    workspace_id: UUID
    creator_id: UUID
    state: DealState
    price: Money
    turn: Party
    round: int
    note: str
    brief_number: int
    brief_asked: int | None
    amendment: Amendment | None
    terms: Terms
    terms_hash: str
    answer_by: datetime | None
    cancel_by: Party | None
    dispute_by: Party | None
    dispute_reason: str
    dispute_answer: str
    review_until: datetime | None
    stands_for: tuple[Standing, ...]
    deliverables: tuple[DeliverableView, ...]
    mark: str

    @property
    def cashless(self) -> bool:
        """Tell whether no cash is paid: the gift of the brief is all that the creator gets."""
        return not self.price

    @property
    def ended(self) -> bool:
        """Tell whether nothing will happen to the deal any more."""
        return self.state in {
            DealState.COMPLETED,
            DealState.CANCELLED,
            DealState.DECLINED,
            DealState.WITHDRAWN,
            DealState.EXPIRED,
        }


@dataclass(frozen=True, slots=True)
class ParcelView:
    """Where a gift is sent, and the link to follow it by, empty where there is none."""

    deal_id: UUID
    address: str
    tracking: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a deal stood when somebody was shown it; the piece's facts where one was shown."""

    state: DealState
    round: int
    price: Money
    brief: Brief | None = None
    piece_state: DeliverableState | None = None
    draft_number: int | None = None


@dataclass(frozen=True, slots=True)
class WriteMessage:
    """What somebody writes to the other side of a deal, with files of their own."""

    deal_id: UUID
    words: str = ""
    media_ids: tuple[UUID, ...] = ()
    evidence: bool = False


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message inside a deal as whoever asks may read it; `held_back` where something is left out."""

    id: UUID
    deal_id: UUID
    side: Party
    words: str
    media_ids: tuple[UUID, ...]
    evidence: bool
    held_back: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class EventView:
    """One step that was taken, for the evidence pack and the history."""

    at: datetime
    step: str
    actor: str
    from_state: str
    to_state: str
    deliverable_id: UUID | None
    facts: dict[str, object]
