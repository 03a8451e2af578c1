"""Follows what payment providers tell: fetches their events, and reads the object of each, outside any work.

The safety net under webhooks, and all there is on the sandbox rail.
"""

from collections.abc import Callable

import structlog

from core.deals import chargebacks, sets
from core.kit.actors import SYSTEM
from core.kit.work import Work, begin
from core.payments import funding, inbox, payouts, refunds
from core.payments.errors import RailNotConnected
from core.payments.rails.port import PaymentRail, Thing
from core.payments.schemas import EventToFollow
from runtime.parts import Runtime

PAGE = 100
LOOKS_MAX = 50
log = structlog.get_logger(__name__)
Settle = Callable[[Work], object]


def _checkout(rail: PaymentRail, ref: str) -> Settle:
    checkout = rail.read_checkout(ref)
    return lambda work: sets.checkout_seen(work, checkout)


def _chargeback(rail: PaymentRail, ref: str) -> Settle:
    chargeback = rail.read_chargeback(ref)
    return lambda work: chargebacks.seen(work, chargeback)


def _transfer(rail: PaymentRail, ref: str) -> Settle:
    transfer = rail.read_transfer(ref)
    return lambda work: payouts.payout_seen(work, transfer)


def _refund(rail: PaymentRail, ref: str) -> Settle:
    refund = rail.read_refund(ref)
    return lambda work: refunds.refund_seen(work, refund)


READ: dict[str, Callable[[PaymentRail, str], Settle]] = {
    Thing.CHECKOUT: _checkout,
    Thing.CHARGEBACK: _chargeback,
    Thing.TRANSFER: _transfer,
    Thing.REFUND: _refund,
}
"""How each kind of object is read, and what is done with the reading. Of other kinds nothing is done."""


def fetch(runtime: Runtime) -> int:
    """Keep what is new at each provider; returns how much. A provider that fails stops no other."""
    new = 0
    for rail in runtime.rails.everyone():
        try:
            with begin(runtime.database, SYSTEM) as work:
                after = inbox.cursor(work, rail.facts.name)
            page = rail.events(after, PAGE)
            if page.events:
                with begin(runtime.database, SYSTEM) as work:
                    new += inbox.keep_page(work, rail.facts.name, page)
        except Exception:
            log.exception("a provider could not be read", rail=rail.facts.name)
    return new


def follow(runtime: Runtime) -> int:
    """Follow the kept events, each for itself; returns how many were."""
    with begin(runtime.database, SYSTEM) as work:
        due = inbox.due(work, PAGE)
    return sum(_follow(runtime, event) for event in due)


def _follow(runtime: Runtime, event: EventToFollow) -> int:
    try:
        read = READ.get(event.kind)
        settle = read(runtime.rails.named(event.rail), event.ref) if read else None
        with begin(runtime.database, SYSTEM) as work:
            if settle is not None:
                settle(work)
            inbox.done(work, event.id)
    except Exception as error:
        log.exception("an event could not be followed", rail=event.rail, kind=event.kind, ref=event.ref)
        with begin(runtime.database, SYSTEM) as work:
            inbox.failed(work, event.id, type(error).__name__)
        return 0
    return 1


def look_at_checkouts(runtime: Runtime) -> int:
    """Read the checkouts that have long been open: of one that is paid, the word may have been lost."""
    with begin(runtime.database, SYSTEM) as work:
        waiting = funding.take_waiting(work, LOOKS_MAX)
    for name, ref in waiting:
        try:
            settle = _checkout(runtime.rails.named(name), ref)
            with begin(runtime.database, SYSTEM) as work:
                settle(work)
        except RailNotConnected:
            continue
        except Exception:
            log.exception("a checkout could not be read", rail=name, ref=ref)
    return len(waiting)
