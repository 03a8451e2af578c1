"""Every query about deals, and no decision."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Row,
    ScalarSelect,
    Select,
    TableClause,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from core.deals.models import Deal, DealEvent, DealTimer, Deliverable
from core.deals.states import OPEN_DEALS, OPEN_STATES, SEEN_STATES, DealState, DeliverableState
from core.kit.database import Table
from core.kit.estimates import Estimate
from core.kit.money import Currency
from core.kit.remarks import Remark
from core.kit.vocabulary import DeliverableKind

TIMER = cast("TableClause", DealTimer.__table__)
RUNNING = (DealTimer.paused_at.is_(None), DealTimer.parked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that starts; it stands still at once where `paused_at` is set."""

    deal_id: UUID
    deliverable_id: UUID | None
    step: str
    due_at: datetime
    paused_at: datetime | None


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

    @staticmethod
    def has_piece(deliverable_id: UUID) -> ColumnElement[bool]:
        """Return what is true of the deal of a deliverable."""
        query = select(Deliverable.deal_id).where(Deliverable.id == deliverable_id)
        return Deal.id == query.scalar_subquery()

    @staticmethod
    def campaign_of(which: ColumnElement[bool]) -> ScalarSelect[UUID]:
        """Return which campaign a deal belongs to, as a query for another's."""
        return select(Deal.campaign_id).where(which).scalar_subquery()

    def lock(
        self,
        which: ColumnElement[bool],
        creator: tuple[ScalarSelect[UUID], ScalarSelect[str], ScalarSelect[str]],
        timer_id: UUID | None = None,
    ) -> Row[Deal, UUID, str, str | None, DealTimer] | None:
        """Return one deal with its deliverables, locked until the work ends and read afresh; one query.

        Along come its creator's three columns and one of its clocks, None where it is not there. The
        campaign's lock is held before, so that what is not locked here does not change either.
        """
        query = (
            select(Deal, *creator, DealTimer)
            .join(Deal.deliverables)
            .outerjoin(DealTimer, (DealTimer.id == timer_id) & (DealTimer.deal_id == Deal.id))
            .where(which)
            .options(contains_eager(Deal.deliverables))
            .order_by(Deliverable.ordinal)
            .with_for_update(of=(Deal, Deliverable))
            .execution_options(populate_existing=True)
        )
        return self._session.execute(query).unique().one_or_none()

    def deal_of(self, deliverable_id: UUID) -> UUID | None:
        """Return which deal a deliverable belongs to."""
        piece = self._session.get(Deliverable, deliverable_id)
        return piece.deal_id if piece else None

    def of_campaign(self, campaign_id: UUID) -> list[Deal]:
        """Return a campaign's deals, the oldest first."""
        return self._deals(select(Deal).where(Deal.campaign_id == campaign_id))

    def of_campaigns(self, campaign_ids: Sequence[UUID]) -> list[Deal]:
        """Return the deals of several campaigns, the oldest first."""
        return self._deals(select(Deal).where(Deal.campaign_id.in_(campaign_ids)))

    def counts(self, campaign_ids: Sequence[UUID]) -> dict[UUID, dict[DealState, int]]:
        """Count the deals of several campaigns by state."""
        query = (
            select(Deal.campaign_id, Deal.state, func.count())
            .where(Deal.campaign_id.in_(campaign_ids))
            .group_by(Deal.campaign_id, Deal.state)
            .order_by(Deal.campaign_id, func.min(Deal.created_at), Deal.state)
        )
        found: dict[UUID, dict[DealState, int]] = {}
        for campaign_id, state, number in self._session.execute(query):
            found.setdefault(campaign_id, {})[state] = int(number)
        return found

    def of_creator(self, creator_id: UUID) -> list[Deal]:
        """Return a creator's deals, the oldest first."""
        return self._deals(select(Deal).where(Deal.creator_id == creator_id))

    def of_workspaces(self, workspace_ids: Sequence[UUID]) -> list[Deal]:
        """Return the deals of several workspaces, the oldest first."""
        return self._deals(select(Deal).where(Deal.workspace_id.in_(workspace_ids)))

    def open_of(self, column: str, owner_id: UUID) -> list[Deal]:
        """Return the open deals of a workspace or a creator, by that column, read afresh."""
        query = select(Deal).where(getattr(Deal, column) == owner_id, Deal.state.in_(OPEN_DEALS))
        return self._deals(query.execution_options(populate_existing=True))

    def published(self, creator_ids: Sequence[UUID]) -> Sequence[Row[UUID, Deliverable]]:
        """Return (creator, piece) of what several creators have published and stays, the newest first."""
        query = (
            select(Deal.creator_id, Deliverable)
            .join(Deal, Deal.id == Deliverable.deal_id)
            .where(Deal.creator_id.in_(creator_ids), Deliverable.state.in_(SEEN_STATES))
            .where(Deliverable.post_media == [])
            .where(Deliverable.kind != DeliverableKind.STORY)
        )
        return self._session.execute(query.order_by(Deliverable.live_at.desc(), Deliverable.id)).all()

    def in_state(self, state: DealState) -> list[Deal]:
        """Return the deals in one state, the oldest first."""
        return self._deals(select(Deal).where(Deal.state == state))

    def events(self, deal_id: UUID) -> list[DealEvent]:
        """Return what happened to a deal, in order."""
        query = select(DealEvent).where(DealEvent.deal_id == deal_id).order_by(DealEvent.id)
        return list(self._session.scalars(query))

    def last_step(self, deliverable_id: UUID) -> str:
        """Return the newest step of a piece, empty before the first."""
        query = select(DealEvent.step).where(DealEvent.deliverable_id == deliverable_id)
        return self._session.scalar(query.order_by(DealEvent.id.desc()).limit(1)) or ""

    def steps_taken(self) -> dict[str, int]:
        """Count events by process and step."""
        of_piece = DealEvent.deliverable_id.is_not(None)
        query = select(of_piece, DealEvent.step, func.count()).group_by(of_piece, DealEvent.step)
        return {
            f"{'deliverable' if piece else 'deal'}.{step}": int(count)
            for piece, step, count in self._session.execute(query)
        }

    def is_engaged(self, campaign_id: UUID, creator_id: UUID, states: Sequence[DealState]) -> bool:
        """Tell whether a creator has a deal in one of these states in a campaign."""
        query = select(Deal.id).where(
            Deal.campaign_id == campaign_id, Deal.creator_id == creator_id, Deal.state.in_(states)
        )
        return self._session.scalar(query.limit(1)) is not None

    def answers_by(self, deal_ids: Sequence[UUID]) -> dict[UUID, datetime]:
        """Return when the clock will answer for whoever's turn it is, of the deals on which one runs."""
        query = (
            select(DealTimer.deal_id, func.min(DealTimer.due_at))
            .where(DealTimer.deal_id.in_(deal_ids), DealTimer.deliverable_id.is_(None), *RUNNING)
            .where(~DealTimer.step.startswith("remind"))
            .group_by(DealTimer.deal_id)
        )
        return {row[0]: row[1] for row in self._session.execute(query)}

    def set_timers(self, deal_ids: Sequence[UUID], clocks: Sequence[Clock], *, keep: Sequence[str]) -> None:
        """Stop the clocks on some deals themselves, but for some, and start others; one statement."""
        on_deals = DealTimer.deal_id.in_(deal_ids) & DealTimer.deliverable_id.is_(None)
        self._set_timers(on_deals & DealTimer.step.not_in(keep), clocks)

    def set_timers_of_pieces(
        self, deliverable_ids: Sequence[UUID], clocks: Sequence[Clock], *, keep: Sequence[str]
    ) -> None:
        """Do the same to the clocks on some pieces."""
        self._set_timers(DealTimer.deliverable_id.in_(deliverable_ids) & DealTimer.step.not_in(keep), clocks)

    def start_timers(self, clocks: Sequence[Clock]) -> None:
        """Start clocks, in one statement."""
        if clocks:
            self._session.execute(insert(TIMER).values([_columns(clock) for clock in clocks]))

    def stop_timer(self, deal_id: UUID, name: str) -> None:
        """Stop one clock on a deal itself."""
        self._session.execute(delete(TIMER).where(DealTimer.deal_id == deal_id, DealTimer.step == name))

    def _set_timers(self, stopped: ColumnElement[bool], clocks: Sequence[Clock]) -> None:
        stop = delete(TIMER).where(stopped)
        if not clocks:
            self._session.execute(stop)
            return
        start = insert(TIMER).values([_columns(clock) for clock in clocks])
        self._session.execute(start.add_cte(stop.cte("stopped")))

    def move(self, deals: Sequence[Deal], state: DealState, *, over: bool) -> None:
        """Let many locked deals stand in a state, in one statement; what is over stands still no more."""
        values: dict[str, Any] = {"state": state}
        if over:
            values |= {"stands_for": [], "stands_since": None}
        self._change(Deal, deals, values)

    def move_pieces(self, pieces: Sequence[Deliverable], state: DeliverableState) -> None:
        """Let many pieces of locked deals stand in a state, in one statement."""
        self._change(Deliverable, pieces, {"state": state})

    def add_reason(self, deals: Sequence[Deal], why: str, now: datetime) -> None:
        """Let many locked deals stand still for one more reason: two statements a present list of reasons."""
        for reasons, alike in _by_reasons(deals).items():
            self._change(Deal, [d for d in alike if d.stands_since], {"stands_for": [*reasons, why]})
            fresh = [deal for deal in alike if deal.stands_since is None]
            self._change(Deal, fresh, {"stands_for": [*reasons, why], "stands_since": now})

    def take_reason(self, deals: Sequence[Deal], why: str) -> None:
        """Take a reason from many locked deals, in one statement a present list of reasons."""
        for reasons, alike in _by_reasons(deals).items():
            left = [reason for reason in reasons if reason != why]
            values: dict[str, Any] = {"stands_for": left}
            self._change(Deal, alike, values if left else {**values, "stands_since": None})

    def _change(
        self, kind: type[Deal] | type[Deliverable], rows: Sequence[Deal | Deliverable], values: dict[str, Any]
    ) -> None:
        """Change rows that are locked, in the database by one statement and here as well."""
        if not rows:
            return
        self._session.flush()
        changed = update(kind).where(kind.id.in_([row.id for row in rows]))
        changed = changed.values(**values, version=kind.version + 1)
        self._session.execute(changed, execution_options={"synchronize_session": False})
        for row in rows:
            for name, value in {**values, "version": row.version + 1}.items():
                set_committed_value(row, name, value)

    def pause_timers(self, deal_ids: Sequence[UUID], now: datetime, *, but: Sequence[str] = ()) -> None:
        """Let every clock of some deals stand still, but for some steps' own."""
        self._session.execute(
            update(DealTimer)
            .where(DealTimer.deal_id.in_(deal_ids), DealTimer.paused_at.is_(None))
            .where(DealTimer.step.not_in(but))
            .values(paused_at=now)
        )

    def resume_timers(
        self, deal_ids: Sequence[UUID], now: datetime, *, only: Sequence[str] | None = None
    ) -> None:
        """Let the clocks of some deals, or only some steps' own, go on, each later by as long as it stood."""
        waiting = update(DealTimer).where(DealTimer.deal_id.in_(deal_ids), DealTimer.paused_at.is_not(None))
        if only is not None:
            waiting = waiting.where(DealTimer.step.in_(only))
        stood = literal(now, DateTime(timezone=True)) - DealTimer.paused_at
        self._session.execute(waiting.values(due_at=DealTimer.due_at + stood, paused_at=None))

    def give_time_back(self, deal_ids: Sequence[UUID], now: datetime) -> None:
        """Move every date of the open pieces of some deals by as long as each deal stood.

        A doubt that began while the deal stood begins now. A story's day passes whether or not its deal
        stands, so what is known of its staying up is not moved.
        """
        stood = literal(now, DateTime(timezone=True)) - Deal.stands_since
        doubted = literal(now, DateTime(timezone=True)) - func.greatest(
            Deliverable.doubted_at, Deal.stands_since
        )

        def unless_story(
            column: InstrumentedAttribute[datetime | None], time: ColumnElement[Any]
        ) -> ColumnElement[Any]:
            return case((Deliverable.kind == DeliverableKind.STORY, column), else_=column + time)

        self._session.flush()
        dates = {
            "draft_due_at": Deliverable.draft_due_at + stood,
            "post_due_at": Deliverable.post_due_at + stood,
            "submitted_at": Deliverable.submitted_at + stood,
            "posted_at": unless_story(Deliverable.posted_at, stood),
            "live_at": unless_story(Deliverable.live_at, stood),
            "retained_until": unless_story(Deliverable.retained_until, stood),
            "doubted_at": unless_story(Deliverable.doubted_at, doubted),
            "missing_since": unless_story(Deliverable.missing_since, stood),
        }
        moved = (
            update(Deliverable)
            .where(Deliverable.deal_id == Deal.id, Deal.id.in_(deal_ids))
            .where(Deliverable.state.in_(OPEN_STATES))
            .values(**dates, version=Deliverable.version + 1)
            .returning(Deliverable)
        )
        fresh = {"populate_existing": True, "synchronize_session": False}
        self._session.scalars(moved, execution_options=fresh).all()

    def hurry(self, deliverable_id: UUID, step: str, now: datetime) -> None:
        """Let a clock of a piece that runs act now."""
        self._session.execute(
            update(DealTimer)
            .where(DealTimer.deliverable_id == deliverable_id, DealTimer.step == step, *RUNNING)
            .where(DealTimer.due_at > now)
            .values(due_at=now)
        )

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

    def price_bands(
        self, works: Iterable[tuple[str, Currency]], deals_min: int
    ) -> dict[tuple[str, Currency], Estimate]:
        """Return what completed deals cost on average and between what, by work and currency."""
        prices = (func.avg(Deal.price_minor), func.min(Deal.price_minor), func.max(Deal.price_minor))
        query = (
            select(Deal.work, Deal.currency, *prices, func.count())
            .where(Deal.state == DealState.COMPLETED, tuple_(Deal.work, Deal.currency).in_(list(works)))
            .where(Deal.price_minor > 0)
            .group_by(Deal.work, Deal.currency)
            .having(func.count() >= deals_min)
        )
        return {
            (work, currency): Estimate(round(mean), low, high, Remark("price_deals", {"n": number}))
            for work, currency, mean, low, high, number in self._session.execute(query)
        }

    def _deals(self, query: Select[Deal]) -> list[Deal]:
        return list(self._session.scalars(query.order_by(Deal.created_at, Deal.id)))


def _by_reasons(deals: Sequence[Deal]) -> dict[tuple[str, ...], list[Deal]]:
    found: dict[tuple[str, ...], list[Deal]] = {}
    for deal in deals:
        found.setdefault(tuple(deal.stands_for), []).append(deal)
    return found


def _columns(clock: Clock) -> dict[str, Any]:
    return {"id": uuid4(), **asdict(clock), "failures": 0}
