"""Every query about payments, and no decision."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from core.kit.database import Table
from core.kit.money import Currency, Money
from core.payments.models import (
    ChargebackRow,
    Funding,
    KeptEvent,
    Payable,
    PayeeAccount,
    PayeeChange,
    Payout,
    Refund,
)
from core.payments.rails.port import RailFacts
from core.payments.states import ChargebackState, FundingState, MoveState, PayeeState

Row = TypeVar("Row", bound=Table)


class PaymentRepository:
    """Finds payments through one session."""

    def __init__(self, session: Session) -> None:
        """Use `session`; never commit it."""
        self._session = session

    def add(self, row: Table) -> None:
        """Save a new row and give it its id."""
        self._session.add(row)
        self._session.flush()

    def lock(self, table: type[Row], key: UUID | tuple[str, str]) -> Row | None:
        """Return one row, locked until the work ends and read afresh."""
        return self._session.get(table, key, with_for_update=True, populate_existing=True)

    def funding_by_key(self, key: str) -> Funding | None:
        """Return the funding a request made."""
        return self._session.scalars(select(Funding).where(Funding.request_key == key)).one_or_none()

    def funding_by(self, rail: str, column: str, value: str) -> Funding | None:
        """Return the funding of a rail's checkout or charge, locked until the work ends."""
        query = select(Funding).where(Funding.rail == rail, getattr(Funding, column) == value)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def campaign_of(self, table: type[Funding | Refund], key: UUID) -> UUID | None:
        """Return which campaign a payment or a refund belongs to; locks nothing."""
        return self._session.scalar(select(table.campaign_id).where(table.id == key))

    def campaign_by(self, rail: str, column: str, value: str) -> UUID | None:
        """Return which campaign a rail's checkout or charge pays for; locks nothing."""
        query = select(Funding.campaign_id).where(Funding.rail == rail, getattr(Funding, column) == value)
        return self._session.scalar(query)

    def fundings(self, campaign_id: UUID) -> list[Funding]:
        """Return a campaign's paid fundings, the oldest first, locked until the work ends."""
        query = (
            select(Funding)
            .where(Funding.campaign_id == campaign_id, Funding.state == FundingState.PAID)
            .order_by(Funding.created_at, Funding.id)
            .with_for_update()
        )
        return list(self._session.scalars(query))

    def fundings_into(self, campaign_ids: list[UUID]) -> list[UUID]:
        """Return the ids of all fundings of some campaigns."""
        return list(self._session.scalars(select(Funding.id).where(Funding.campaign_id.in_(campaign_ids))))

    def open_funding(self, campaign_id: UUID, amount_minor: int) -> Funding | None:
        """Return a campaign's checkout of this amount that waits for its payment."""
        waiting = Funding.state.in_((FundingState.ASKED, FundingState.READY))
        query = select(Funding).where(
            Funding.campaign_id == campaign_id, Funding.amount_minor == amount_minor, waiting
        )
        return self._session.scalars(query.order_by(Funding.created_at).limit(1)).one_or_none()

    def checkouts_since(self, person_id: UUID | None, since: datetime) -> list[datetime]:
        """Return when somebody asked for the checkouts that wait for a payment, since some moment."""
        waiting = Funding.state.in_((FundingState.ASKED, FundingState.READY))
        query = select(Funding.created_at).where(
            Funding.asked_by == person_id, waiting, Funding.created_at > since
        )
        return list(self._session.scalars(query.order_by(Funding.created_at)))

    def open_fundings(self, campaign_id: UUID) -> list[Funding]:
        """Return a campaign's unpaid checkouts."""
        open_states = (FundingState.ASKED, FundingState.READY)
        query = select(Funding).where(Funding.campaign_id == campaign_id, Funding.state.in_(open_states))
        return list(self._session.scalars(query))

    def waiting_fundings(self, asked_before: datetime, looked_before: datetime, limit: int) -> list[Funding]:
        """Return checkouts that have long been open, those first that were not looked at for longest."""
        query = select(Funding).where(
            Funding.state == FundingState.READY,
            Funding.created_at <= asked_before,
            or_(Funding.looked_at.is_(None), Funding.looked_at <= looked_before),
        )
        return list(self._session.scalars(query.order_by(Funding.looked_at.nulls_first()).limit(limit)))

    def due_events(self, now: datetime, limit: int) -> list[KeptEvent]:
        """Return the kept events that are to be followed, the oldest first."""
        query = select(KeptEvent).where(KeptEvent.done_at.is_(None), KeptEvent.next_try_at <= now)
        return list(self._session.scalars(query.order_by(KeptEvent.next_try_at).limit(limit)))

    def event_by(self, rail: str, event_id: str) -> KeptEvent | None:
        """Return a kept event by its provider's id, locked until the work ends."""
        query = select(KeptEvent).where(KeptEvent.rail == rail, KeptEvent.event_id == event_id)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def open_refunds(self, campaign_id: UUID) -> int:
        """Count a campaign's refunds that are neither sent nor refused."""
        query = (
            select(func.count())
            .select_from(Refund)
            .where(Refund.campaign_id == campaign_id, Refund.state == MoveState.ASKED)
        )
        return int(self._session.scalar(query) or 0)

    def freezing_chargebacks(self, campaign_id: UUID) -> list[ChargebackRow]:
        """Return the chargebacks that hold a campaign still, in the order of their references."""
        query = (
            select(ChargebackRow)
            .where(ChargebackRow.campaign_id == campaign_id, ChargebackRow.freezes)
            .order_by(ChargebackRow.ref)
        )
        return list(self._session.scalars(query))

    def has_lost(self, funding_id: UUID) -> bool:
        """Tell whether a dispute about a card payment was lost."""
        lost = ChargebackRow.funding_id == funding_id, ChargebackRow.state == ChargebackState.LOST
        return self._session.scalar(select(exists().where(*lost))) is True

    def due_payouts(
        self, now: datetime, rails: Sequence[RailFacts], limit: int, but: Sequence[UUID] = ()
    ) -> list[tuple[UUID, Currency]]:
        """Return to whom, in which currency, these rails would send enough money now, but for some."""
        total = func.sum(Payable.amount_minor)
        enough = (and_(PayeeAccount.rail == rail.name, total >= _minimum(rail)) for rail in rails)
        query = (
            select(Payable.creator_id, Payable.currency)
            .join(PayeeAccount, PayeeAccount.creator_id == Payable.creator_id)
            .where(Payable.payout_id.is_(None), Payable.available_at <= now)
            .where(PayeeAccount.state == PayeeState.ACTIVE, Payable.creator_id.not_in(but), _FREE)
            .group_by(Payable.creator_id, Payable.currency, PayeeAccount.rail)
            .having(or_(false(), *enough))
            .order_by(func.min(Payable.available_at), Payable.creator_id)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in self._session.execute(query)]

    def due_payables(self, now: datetime, to: Sequence[tuple[UUID, Currency]]) -> list[Payable]:
        """Return what is payable now in these payouts, locked against other sweeps."""
        query = (
            select(Payable)
            .where(Payable.payout_id.is_(None), Payable.available_at <= now, _FREE)
            .where(tuple_(Payable.creator_id, Payable.currency).in_(to))
            .order_by(Payable.creator_id, Payable.currency, Payable.available_at)
            .with_for_update(skip_locked=True)
        )
        return list(self._session.scalars(query))

    def payee_changes(self, creator_id: UUID) -> list[PayeeChange]:
        """Return where a creator has asked that her money go, whatever became of it."""
        return list(self._session.scalars(select(PayeeChange).where(PayeeChange.creator_id == creator_id)))

    def payables(self, creator_id: UUID) -> list[Payable]:
        """Return a creator's payables that no payout has taken up."""
        query = (
            select(Payable)
            .where(Payable.creator_id == creator_id, Payable.payout_id.is_(None))
            .order_by(Payable.available_at)
        )
        return list(self._session.scalars(query))

    def standing(self, creator_id: UUID, now: datetime) -> set[UUID]:
        """Return what is payable to a creator by now and stands still with its campaign's money."""
        query = select(Payable.id).where(
            Payable.creator_id == creator_id, Payable.payout_id.is_(None), Payable.available_at <= now, ~_FREE
        )
        return set(self._session.scalars(query))

    def payables_of(self, payout_id: UUID) -> list[Payable]:
        """Return what a payout is made of."""
        return list(self._session.scalars(select(Payable).where(Payable.payout_id == payout_id)))

    def payout_by(self, rail: str, ref: str) -> Payout | None:
        """Return the payout of a rail's transfer, locked until the work ends."""
        query = select(Payout).where(Payout.rail == rail, Payout.ref == ref)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def refund_by(self, rail: str, ref: str) -> tuple[UUID, UUID] | None:
        """Return the id and campaign of a rail's refund; locks nothing."""
        row = self._session.execute(
            select(Refund.id, Refund.campaign_id).where(Refund.rail == rail, Refund.ref == ref)
        ).one_or_none()
        return (row[0], row[1]) if row else None

    def payouts(self, creator_id: UUID) -> list[Payout]:
        """Return a creator's payouts, the newest first."""
        query = (
            select(Payout)
            .where(Payout.creator_id == creator_id)
            .order_by(Payout.created_at.desc(), Payout.id)
        )
        return list(self._session.scalars(query))

    def gross_since(self, creator_id: UUID, currency: Currency, since: datetime, *, but: str) -> Money:
        """Return what a creator has earned in a currency since a moment, gross, without one release.

        What was released in this very work counts.
        """
        if any(isinstance(row, Payable) for row in self._session.new):
            self._session.flush()
        query = select(func.coalesce(func.sum(Payable.gross_minor), 0)).where(
            Payable.creator_id == creator_id,
            Payable.currency == currency,
            Payable.released_at >= since,
            Payable.source_id != but,
        )
        return Money(int(self._session.scalar(query) or 0), currency)


_FREE = ~exists().where(ChargebackRow.campaign_id == Payable.campaign_id, ChargebackRow.freezes)
"""That no payment of the campaign whose money something was is disputed."""


def _minimum(rail: RailFacts) -> ColumnElement[int]:
    """Return the least that a rail sends at once of each currency, in SQL."""
    least = [(Payable.currency == currency, minor) for currency, minor in rail.payout_minimums.items()]
    return case(*least, else_=literal(0)) if least else literal(0)
