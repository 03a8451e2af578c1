"""Keeps the promises of payments: each calls the rail, and returns what to write down."""

from collections.abc import Callable
from uuid import UUID

from core.deals import sets
from core.kit.actors import SYSTEM
from core.kit.money import Currency, Money
from core.kit.work import Work, begin
from core.messaging.messages import Promise
from core.payments import funding, payee_accounts, payouts, refunds
from core.payments.errors import RailRefused
from core.payments.rails.port import Order, Payee, PaymentRail
from runtime.parts import Runtime

Settle = Callable[[Work], None]


def collect(runtime: Runtime, promise: Promise) -> Settle:
    """Make the page a brand pays on."""
    body = promise.payload
    checkout = _rail(runtime, promise).open_checkout(
        _amount(promise), body["description"], promise.idempotency_key
    )
    return lambda work: funding.checkout_opened(work, UUID(body["funding_id"]), checkout)


def collect_refused(promise: Promise, refusal: RailRefused) -> Settle:
    """Tell the brand that this payment is not possible."""
    return lambda work: funding.checkout_refused(work, UUID(promise.payload["funding_id"]), refusal.reason)


def pay_checkout(runtime: Runtime, promise: Promise) -> Settle:
    """Press a checkout's button, as only play money allows."""
    checkout = runtime.rail.pay(promise.payload["checkout_ref"])
    return lambda work: sets.checkout_seen(work, checkout)


def onboard(runtime: Runtime, promise: Promise) -> Settle:
    """Make a creator's account at the provider."""
    payee = _rail(runtime, promise).onboard_payee(promise.payload["label"], promise.idempotency_key)
    return lambda work: payee_accounts.payee_answered(work, UUID(promise.payload["change_id"]), payee)


def onboard_refused(promise: Promise, refusal: RailRefused) -> Settle:
    """Tell the creator that the provider said no."""
    payee = Payee(ref="", state="refused", reason=refusal.reason)
    return lambda work: payee_accounts.payee_answered(work, UUID(promise.payload["change_id"]), payee)


def pay_out(runtime: Runtime, promise: Promise) -> Settle:
    """Send money to a creator."""
    rail, payout_id = _rail(runtime, promise), UUID(promise.payload["payout_id"])
    order = _order(promise, promise.payload["payee_ref"])
    sent = rail.find_transfer(order) if promise.tried else None
    if sent is None:
        with begin(runtime.database, SYSTEM) as work:
            elsewhere = payouts.goes_elsewhere(work, payout_id)
        if elsewhere:
            return lambda work: payouts.payout_moved(work, payout_id)
        sent = rail.transfer(order, promise.idempotency_key)
    ref = sent.ref
    return lambda work: payouts.payout_sent(work, payout_id, ref)


def payout_refused(promise: Promise, refusal: RailRefused) -> Settle:
    """Take the payout back."""
    return lambda work: payouts.payout_refused(work, UUID(promise.payload["payout_id"]), refusal.reason)


def refund(runtime: Runtime, promise: Promise) -> Settle:
    """Send money back to a brand."""
    rail, refund_id = _rail(runtime, promise), UUID(promise.payload["refund_id"])
    order = _order(promise, promise.payload["charge_ref"])
    sent = (rail.find_refund(order) if promise.tried else None) or rail.refund(order, promise.idempotency_key)
    return lambda work: refunds.refund_sent(work, refund_id, sent.ref)


def refund_refused(promise: Promise, refusal: RailRefused) -> Settle:
    """Keep the money as credit, unless the charge's bank has still to decide whose it is."""
    refund_id, disputed = UUID(promise.payload["refund_id"]), bool(refusal.facts.get("disputed"))
    return lambda work: refunds.refund_refused(work, refund_id, refusal.reason, disputed=disputed)


def _rail(runtime: Runtime, promise: Promise) -> PaymentRail:
    """Return the provider that the promise names, by its port: nothing here is shaped like one of them."""
    return runtime.rails.named(promise.payload["rail"])


def _order(promise: Promise, to: str) -> Order:
    """Return what is ordered of a provider. Whoever tries again looks first whether it was made.

    Keys alone do not keep an order from being carried out twice: a provider forgets them after a day.
    """
    return Order(to, _amount(promise), str(promise.id))


def _amount(promise: Promise) -> Money:
    return Money(promise.payload["amount_minor"], Currency(promise.payload["currency"]))
