"""Every query about deals, and no decision."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, String, cast, delete, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import Session

from core.deals.models import Deal, DealEvent, DealTimer, Deliverable
from core.deals.states import DealState
from core.kit.database import Table

RUNNING = (DealTimer.paused_at.is_(None), DealTimer.parked_at.is_(None))


class DealRepository:
    """Finds deals through one session."""

    def __init__(self, session: Session) -> None:
        """Use `session`; never commit it."""
        self._session = session

    def add(self, row: Table) -> None:
        """Save a new row and give it its id."""
        self._session.add(row)
        self._session.flush()

    def get(self, deal_id: UUID) -> Deal | None:
        """Return one deal."""
        return self._session.get(Deal, deal_id)

    def lock(self, deal_id: UUID) -> Deal | None:
        """Return one deal with its deliverables, locked until the work ends and read afresh."""
        query = select(Deal).where(Deal.id == deal_id).with_for_update()
        return self._session.scalars(query.execution_options(populate_existing=True)).one_or_none()

    def deal_of(self, deliverable_id: UUID) -> UUID | None:
        """Return which deal a deliverable belongs to."""
        return self._session.scalar(select(Deliverable.deal_id).where(Deliverable.id == deliverable_id))

    def of_campaign(self, campaign_id: UUID) -> list[Deal]:
        """Return a campaign's deals, the oldest first."""
        return self._deals(select(Deal).where(Deal.campaign_id == campaign_id))

    def of_creator(self, creator_id: UUID) -> list[Deal]:
        """Return a creator's deals, the oldest first."""
        return self._deals(select(Deal).where(Deal.creator_id == creator_id))

    def of_workspaces(self, workspace_ids: Sequence[UUID]) -> list[Deal]:
        """Return the deals of several workspaces, the oldest first."""
        return self._deals(select(Deal).where(Deal.workspace_id.in_(workspace_ids)))

    def in_state(self, state: DealState) -> list[Deal]:
        """Return the deals in one state, the oldest first."""
        return self._deals(select(Deal).where(Deal.state == state))

    def events(self, deal_id: UUID) -> list[DealEvent]:
        """Return what happened to a deal, in order."""
        query = select(DealEvent).where(DealEvent.deal_id == deal_id).order_by(DealEvent.id)
        return list(self._session.scalars(query))

    def steps_taken(self) -> dict[str, int]:
        """Count events by process and step."""
        of_piece = DealEvent.deliverable_id.is_not(None)
        query = select(of_piece, DealEvent.step, func.count()).group_by(of_piece, DealEvent.step)
        return {
            f"{'deliverable' if piece else 'deal'}.{step}": int(count)
            for piece, step, count in self._session.execute(query)
        }

    def answer_by(self, deal_id: UUID) -> datetime | None:
        """Return when the clock will answer for whoever's turn it is."""
        return self._session.scalar(
            select(DealTimer.due_at)
            .where(DealTimer.deal_id == deal_id, DealTimer.deliverable_id.is_(None))
            .order_by(DealTimer.due_at)
            .limit(1)
        )

    def stop_timers(self, deal_id: UUID, deliverable_id: UUID | None, *, keep: Sequence[str] = ()) -> None:
        """Stop the clocks on a deal or on one deliverable, but for some."""
        self._session.execute(
            delete(DealTimer).where(
                DealTimer.deal_id == deal_id,
                DealTimer.deliverable_id.is_(None)
                if deliverable_id is None
                else DealTimer.deliverable_id == deliverable_id,
                DealTimer.step.not_in(keep),
            )
        )

    def pause_timers(self, deal_id: UUID, now: datetime) -> None:
        """Let every clock of a deal's deliverables stand still."""
        self._session.execute(
            update(DealTimer)
            .where(DealTimer.deal_id == deal_id, DealTimer.deliverable_id.is_not(None))
            .where(DealTimer.paused_at.is_(None))
            .values(paused_at=now)
        )

    def resume_timers(self, deal_id: UUID, now: datetime) -> timedelta:
        """Let paused clocks go on, later by as long as they stood; returns how long."""
        rows = self._session.scalars(
            select(DealTimer).where(DealTimer.deal_id == deal_id, DealTimer.paused_at.is_not(None))
        ).all()
        stood = timedelta(0)
        for row in rows:
            stood = now - (row.paused_at or now)
            row.due_at += stood
            row.paused_at = None
        return stood

    def due_timers(self, now: datetime, limit: int) -> list[tuple[UUID, UUID]]:
        """Return (timer, deal) of the clocks that have run out, the earliest first."""
        query = (
            select(DealTimer.id, DealTimer.deal_id)
            .where(DealTimer.due_at <= now, *RUNNING)
            .order_by(DealTimer.due_at, DealTimer.id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in self._session.execute(query)]

    def timer(self, timer_id: UUID) -> DealTimer | None:
        """Return one clock if it is still running."""
        return self._session.get(DealTimer, timer_id, populate_existing=True)

    def parked_timers(self, deal_id: UUID) -> list[DealTimer]:
        """Return the clocks of a deal that failed too often."""
        query = select(DealTimer).where(DealTimer.deal_id == deal_id, DealTimer.parked_at.is_not(None))
        return list(self._session.scalars(query))

    def next_timer_at(self) -> datetime | None:
        """Return when the next clock runs out."""
        return self._session.scalar(
            select(DealTimer.due_at).where(*RUNNING).order_by(DealTimer.due_at).limit(1)
        )

    def agreed_prices(self, kinds: Sequence[str], currency: str) -> list[int]:
        """Return the prices of completed deals for exactly these kinds of work."""
        kind = cast(Deliverable.kind, String)
        same = (
            select(Deliverable.deal_id)
            .group_by(Deliverable.deal_id)
            .having(func.array_agg(aggregate_order_by(kind, kind)) == cast(list(kinds), ARRAY(String)))
        )
        query = select(Deal.price_minor).where(
            Deal.id.in_(same), Deal.state == DealState.COMPLETED, Deal.currency == currency
        )
        return list(self._session.scalars(query))

    def _deals(self, query: Select[Deal]) -> list[Deal]:
        return list(self._session.scalars(query.order_by(Deal.created_at, Deal.id)))
