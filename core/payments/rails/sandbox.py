"""The sandbox rail: a payment provider of our own, with its own book, for play money only.

It behaves as real ones do: objects by idempotency key, refusals cached under their key, events that are
hints, and, when ordered, calls that go unanswered before or after they took effect.
"""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import func, select, text, update

from core.kit import crypto
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.money import Currency, Money, share_bps
from core.kit.work import Work, begin, require_outside
from core.payments.errors import FundingNotFound, RailRefused, RailUnavailable
from core.payments.models import SandboxEvent, SandboxFault, SandboxObject
from core.payments.rails.port import (
    PLAY,
    Chargeback,
    Checkout,
    EventPage,
    Order,
    Payee,
    RailEvent,
    SentRefund,
    Thing,
    Transfer,
)

FEE_BPS = 200
KEYS_KEPT = timedelta(hours=24)
"""How long a key is known, as at other providers (Stripe: "at least 24 hours")."""
CHARGEBACK_FEE_MAJOR = 15


class Operation(StrEnum):
    """What can be asked of the rail."""

    CHECKOUT = "checkout"
    PAYEE = "payee"
    TRANSFER = "transfer"
    REFUND = "refund"


class Fault(StrEnum):
    """What can be ordered to go wrong."""

    UNANSWERED = "unanswered"  # nothing happened, nobody answered
    LOST_REPLY = "lost_reply"  # it happened, nobody answered
    REFUSED = "refused"  # a sure no
    REFUSED_FOR_NOW = "refused_for_now"  # a sure no that heals under a new key


REFUSAL_KINDS = ("heals", "disputed", "ours")
"""What a refused object says of its refusal, in place of its mark."""


ONE_AFTER_ANOTHER = text("SELECT pg_advisory_xact_lock(hashtext('sandbox_rail_event'))")


class SandboxRail:
    """The door of the sandbox rail."""

    facts = PLAY

    def __init__(self, database: Database, public_url: str) -> None:
        """Keep the book in `database`; checkout pages begin with `public_url`."""
        self._database = database
        self._public_url = public_url.rstrip("/")

    def open_checkout(self, amount: Money, description: str, key: str) -> Checkout:
        """Make a page on which `amount` of play money can be paid."""
        made = self._make(
            Operation.CHECKOUT,
            key,
            SandboxObject(state="open", note=description[:200], **_amount(amount)),
        )
        return self._checkout(made)

    def read_checkout(self, ref: str) -> Checkout:
        """Return a checkout as it is now."""
        return self._checkout(self._read(ref))

    def pay(self, ref: str, *, decline: bool = False) -> Checkout:
        """Press the page's button: pay, or have the card declined. A paid checkout stays paid."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            row = _lock(work, ref)
            if row.state == "open":
                row.state = "failed" if decline else "paid"
                row.fee_minor = 0 if decline else share_bps(row.amount_minor, FEE_BPS)
                tell(work, Thing.CHECKOUT, ref)
            return self._checkout(row)

    def dispute(self, charge_ref: str, part: Money | None = None) -> str:
        """Let the card's holder dispute a charge, or part of it; returns the chargeback's reference."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            checkout = _lock(work, charge_ref.removeprefix("charge_"))
            query = select(SandboxObject).where(SandboxObject.key == f"dispute:{charge_ref}")
            row = work.session.scalars(query).one_or_none()
            if row is None:
                currency = Currency(checkout.currency)
                row = SandboxObject(
                    ref=f"cb_{crypto.code(12).lower()}",
                    kind="chargeback",
                    key=f"dispute:{charge_ref}",
                    state="open",
                    amount_minor=part.minor if part else checkout.amount_minor - _refunded(work, charge_ref),
                    fee_minor=CHARGEBACK_FEE_MAJOR * currency.minor_per_major,
                    currency=currency,
                    parent_ref=charge_ref,
                    created_at=work.now,
                )
                work.session.add(row)
                tell(work, Thing.CHARGEBACK, row.ref)
            return row.ref

    def decide(self, chargeback_ref: str, *, won: bool) -> None:
        """Let the bank decide a chargeback."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            row = _lock(work, chargeback_ref)
            if row.state == "open":
                row.state = "won" if won else "lost"
                tell(work, Thing.CHARGEBACK, chargeback_ref)

    def read_chargeback(self, ref: str) -> Chargeback:
        """Return a disputed payment as it is now."""
        row = self._read(ref)
        currency = Currency(row.currency)
        return Chargeback(
            rail=self.facts.name,
            ref=row.ref,
            charge_ref=row.parent_ref,
            state=row.state,
            amount=Money(row.amount_minor, currency),
            fee=Money(row.fee_minor, currency),
        )

    def onboard_payee(self, label: str, key: str) -> Payee:
        """Make an account that play money can be sent to."""
        made = self._make(Operation.PAYEE, key, SandboxObject(state="active", note=label[:80]))
        return Payee(made.ref, made.state, made.note)

    def transfer(self, order: Order, key: str) -> Transfer:
        """Send play money to a payee.

        Raises:
            RailRefused: when the payee is unknown or the platform has less than that.
        """

        def check(work: Work) -> None:
            payee = work.session.get(SandboxObject, order.to)
            if payee is None or payee.kind != Operation.PAYEE:
                raise RailRefused(reason="no such account", heals=False)
            if _balance(work, order.amount.currency) < order.amount.minor:
                raise RailRefused(reason="the platform's balance is too low", ours=True)

        return self._transfer(self._make(Operation.TRANSFER, key, _sent(order), check))

    def read_transfer(self, ref: str) -> Transfer:
        """Return a transfer as it is now."""
        return self._transfer(self._read(ref))

    def find_transfer(self, order: Order) -> Transfer | None:
        """Return what was made of an order, if anything was."""
        row = self._find(Operation.TRANSFER, order)
        return self._transfer(row) if row else None

    def send_back(self, transfer_ref: str, reason: str) -> None:
        """Let what was sent to a payee come back."""
        self._end(transfer_ref, "returned", reason, Thing.TRANSFER)

    def refund(self, order: Order, key: str) -> SentRefund:
        """Send play money back.

        Raises:
            RailRefused: above what is left of the charge, or while it is disputed.
        """

        def check(work: Work) -> None:
            checkout = work.session.get(SandboxObject, order.to.removeprefix("charge_"))
            left = (checkout.amount_minor if checkout else 0) - _refunded(work, order.to)
            if order.amount.minor > left:
                raise RailRefused(reason="more than is left of the charge", heals=False)
            if _disputed(work, order.to):
                raise RailRefused(reason="the charge is disputed", heals=False, disputed=True)

        return self._refund(self._make(Operation.REFUND, key, _sent(order), check))

    def read_refund(self, ref: str) -> SentRefund:
        """Return a refund as it is now."""
        return self._refund(self._read(ref))

    def find_refund(self, order: Order) -> SentRefund | None:
        """Return what was made of an order, if anything was."""
        row = self._find(Operation.REFUND, order)
        return self._refund(row) if row else None

    def fail_refund(self, refund_ref: str, reason: str) -> None:
        """Let a refund fail after it was sent: the card is closed, say."""
        self._end(refund_ref, "failed", reason, Thing.REFUND)

    def events(self, after: str, limit: int) -> EventPage:
        """Return what changed after a cursor, the oldest first."""
        require_outside()
        query = select(SandboxEvent).where(SandboxEvent.seq > int(after or 0)).order_by(SandboxEvent.seq)
        with begin(self._database, SYSTEM) as work:
            rows = list(work.session.scalars(query.limit(limit)))
        cursor = str(rows[-1].seq) if rows else after
        return EventPage(tuple(RailEvent(str(row.seq), row.object_kind, row.ref) for row in rows), cursor)

    def balance(self, currency: Currency) -> Money:
        """Return what the platform has here: paid in, less fees, transfers, refunds and chargebacks."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            return Money(_balance(work, currency), currency)

    def order_fault(self, operation: Operation, fault: Fault, calls: int) -> None:
        """Let the next calls of one operation go wrong."""
        require_outside()
        with begin(self._database, SYSTEM) as work:
            work.session.merge(SandboxFault(operation=operation, fault=fault, calls_left=calls))

    def _make(
        self,
        operation: Operation,
        key: str,
        row: SandboxObject,
        check: Callable[[Work], None] | None = None,
    ) -> SandboxObject:
        require_outside()
        fault = self._next_fault(operation)
        if fault is Fault.UNANSWERED:
            raise RailUnavailable(operation=operation)
        with begin(self._database, SYSTEM) as work:
            made = self._once(work, operation, key, row, check, fault)
        if made.state == "refused":
            raise RailRefused(reason=made.note, **{name: made.mark == name for name in REFUSAL_KINDS})
        if fault is Fault.LOST_REPLY:
            raise RailUnavailable(operation=operation)
        return made

    @staticmethod
    def _once(
        work: Work,
        operation: Operation,
        key: str,
        row: SandboxObject,
        check: Callable[[Work], None] | None,
        fault: Fault | None,
    ) -> SandboxObject:
        query = select(SandboxObject).where(SandboxObject.key == key)
        known = work.session.scalars(query).one_or_none()
        if known is not None and work.now < known.created_at + KEYS_KEPT:
            return known
        if known is not None:
            known.key = f"{known.ref}:{key}"[:120]  # forgotten: the key may make something again
            work.session.flush()
        row.created_at = work.now
        row.ref, row.kind, row.key = f"{operation[:2]}_{crypto.code(12).lower()}", operation, key
        refusal: RailRefused | None = None
        if fault in {Fault.REFUSED, Fault.REFUSED_FOR_NOW}:
            refusal = RailRefused(reason="refused on order", heals=fault is Fault.REFUSED_FOR_NOW)
        elif check is not None:
            try:
                check(work)
            except RailRefused as error:
                refusal = error
        if refusal is not None:
            row.state, row.note = "refused", str(refusal.facts["reason"])
            row.mark = next((name for name in REFUSAL_KINDS if refusal.facts.get(name)), "")
        work.session.add(row)
        return row

    def _next_fault(self, operation: Operation) -> Fault | None:
        with begin(self._database, SYSTEM) as work:
            fault = work.session.scalar(
                update(SandboxFault)
                .where(SandboxFault.operation == operation, SandboxFault.calls_left > 0)
                .values(calls_left=SandboxFault.calls_left - 1)
                .returning(SandboxFault.fault)
            )
        return Fault(fault) if fault else None

    def _find(self, operation: Operation, order: Order) -> SandboxObject | None:
        require_outside()
        query = select(SandboxObject).where(
            SandboxObject.kind == operation,
            SandboxObject.mark == order.mark,
            SandboxObject.state != "refused",
        )
        with begin(self._database, SYSTEM) as work:
            return work.session.scalars(query.order_by(SandboxObject.created_at).limit(1)).first()

    def _end(self, ref: str, state: str, reason: str, thing: Thing) -> None:
        require_outside()
        with begin(self._database, SYSTEM) as work:
            row = _lock(work, ref)
            if row.state == "sent":
                row.state, row.note = state, reason[:200]
                tell(work, thing, ref)

    def _read(self, ref: str) -> SandboxObject:
        require_outside()
        with begin(self._database, SYSTEM) as work:
            return _lock(work, ref)

    def _transfer(self, row: SandboxObject) -> Transfer:
        amount = Money(row.amount_minor, Currency(row.currency))
        returned = amount if row.state == "returned" else Money(0, amount.currency)
        return Transfer(self.facts.name, row.ref, amount, returned, row.note)

    def _refund(self, row: SandboxObject) -> SentRefund:
        amount = Money(row.amount_minor, Currency(row.currency))
        return SentRefund(self.facts.name, row.ref, row.state, amount, row.note)

    def _checkout(self, row: SandboxObject) -> Checkout:
        currency = Currency(row.currency)
        return Checkout(
            rail=self.facts.name,
            ref=row.ref,
            url=f"{self._public_url}/sandbox/checkout/{row.ref}",
            state=row.state,
            amount=Money(row.amount_minor, currency),
            charge_ref=f"charge_{row.ref}" if row.state == "paid" else "",
            fee=Money(row.fee_minor, currency),
            reason="the card was declined" if row.state == "failed" else "",
        )


def tell(work: Work, thing: Thing, ref: str) -> None:
    """Say that an object changed. Who tells waits for whoever does so already.

    Numbers are given before their transactions end: else one could be seen after a later one, and be skipped.
    """
    work.session.execute(ONE_AFTER_ANOTHER)
    work.session.add(SandboxEvent(object_kind=thing, ref=ref))
    work.session.flush()


def _amount(amount: Money) -> dict[str, int | str]:
    return {"amount_minor": amount.minor, "currency": amount.currency.value}


def _sent(order: Order) -> SandboxObject:
    return SandboxObject(state="sent", parent_ref=order.to, mark=order.mark, **_amount(order.amount))


def _lock(work: Work, ref: str) -> SandboxObject:
    query = select(SandboxObject).where(SandboxObject.ref == ref).with_for_update()
    row = work.session.scalars(query).one_or_none()
    if row is None:
        raise FundingNotFound(ref=ref)
    return row


def _sum(work: Work, kind: str, states: tuple[str, ...], currency: Currency) -> tuple[int, int]:
    query = select(
        func.coalesce(func.sum(SandboxObject.amount_minor), 0),
        func.coalesce(func.sum(SandboxObject.fee_minor), 0),
    ).where(
        SandboxObject.kind == kind,
        SandboxObject.state.in_(states),
        SandboxObject.currency == currency,
    )
    amount, fee = work.session.execute(query).one()
    return int(amount), int(fee)


def _balance(work: Work, currency: Currency) -> int:
    paid, fees = _sum(work, Operation.CHECKOUT, ("paid",), currency)
    transferred, _ = _sum(work, Operation.TRANSFER, ("sent",), currency)
    refunded, _ = _sum(work, Operation.REFUND, ("sent",), currency)
    pulled, _ = _sum(work, "chargeback", ("open", "lost"), currency)
    _, dispute_fees = _sum(work, "chargeback", ("open", "won", "lost"), currency)
    return paid - fees - transferred - refunded - pulled - dispute_fees


def _refunded(work: Work, charge_ref: str) -> int:
    query = select(func.coalesce(func.sum(SandboxObject.amount_minor), 0)).where(
        SandboxObject.kind == Operation.REFUND,
        SandboxObject.state == "sent",
        SandboxObject.parent_ref == charge_ref,
    )
    return int(work.session.scalar(query) or 0)


def _disputed(work: Work, charge_ref: str) -> bool:
    query = select(SandboxObject.ref).where(
        SandboxObject.kind == "chargeback",
        SandboxObject.parent_ref == charge_ref,
        SandboxObject.state.in_(("open", "lost")),
    )
    return work.session.scalar(query) is not None
