"""Keeps one promise: calls outside without a transaction, then settles what came of it in one.

Done, try again under the same key, try again under a new key after a sure refusal that may heal, or park
for an operator.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bots.doors import delivery
from bots.doors.channel import ChannelUnavailable
from bots.doors.delivery import ATTEMPTS_BEFORE_PARKING, RETRY_FIRST, RETRY_MOST
from core.kit.actors import SYSTEM
from core.kit.errors import Unavailable
from core.kit.work import Work, begin
from core.messaging import outbox
from core.messaging.errors import LeaseLost
from core.messaging.messages import Promise
from core.messaging.states import PromiseKind
from core.payments.errors import RailRefused
from runtime.parts import Runtime
from workers.tasks import creators, payments, posts, websites

log = structlog.get_logger(__name__)

Settle = Callable[[Work], None]


@dataclass(frozen=True, slots=True)
class Keeper:
    """How one kind of promise is kept: the call outside, and what to do with a sure refusal.

    `patient` promises wait however long nobody answers, and need no operator.
    """

    call: Callable[[Runtime, Promise], Settle]
    refused: Callable[[Promise, RailRefused], Settle] | None = None
    patient: bool = False


def keep(runtime: Runtime, promise: Promise) -> str:
    """Keep a leased promise and return what came of it: done, retried, refused, parked or lost."""
    try:
        return _keep(runtime, promise)
    except LeaseLost:
        return "lost"


def _keep(runtime: Runtime, promise: Promise) -> str:
    if promise.kind == PromiseKind.DELIVER_MESSAGE:
        return "done" if delivery.deliver(runtime, promise) is None else "retried"
    keeper = KEEPERS[PromiseKind(promise.kind)]
    try:
        settle = keeper.call(runtime, promise)
    except RailRefused as refusal:
        return _refused(runtime, promise, keeper, refusal)
    except (ChannelUnavailable, Unavailable) as error:
        wait = error.retry_after_seconds if isinstance(error, ChannelUnavailable) else 0.0
        return _again(runtime, promise, repr(error), timedelta(seconds=wait), patient=keeper.patient)
    except Exception as error:
        log.exception("promise failed", kind=promise.kind, promise=str(promise.id))
        return _again(runtime, promise, repr(error))
    try:
        with begin(runtime.database, SYSTEM) as work:
            settle(work)
            outbox.done(work, promise)
    except LeaseLost:
        raise
    except Exception as error:
        log.exception("promise not settled", kind=promise.kind, promise=str(promise.id))
        return _again(runtime, promise, repr(error))
    return "done"


def _refused(runtime: Runtime, promise: Promise, keeper: Keeper, refusal: RailRefused) -> str:
    if refusal.facts.get("heals") and promise.attempts < ATTEMPTS_BEFORE_PARKING:
        with begin(runtime.database, SYSTEM) as work:
            outbox.retry(work, promise, refusal.reason, delay=_delay(promise), new_key=True)
        return "retried"
    with begin(runtime.database, SYSTEM) as work:
        if keeper.refused is None:
            outbox.park(work, promise, refusal.reason)
            return "parked"
        keeper.refused(promise, refusal)(work)
        outbox.done(work, promise)
    return "refused"


def _again(
    runtime: Runtime,
    promise: Promise,
    error: str,
    at_least: timedelta = timedelta(),
    *,
    patient: bool = False,
) -> str:
    with begin(runtime.database, SYSTEM) as work:
        if promise.attempts >= ATTEMPTS_BEFORE_PARKING and not patient:
            outbox.park(work, promise, error)
            return "parked"
        outbox.retry(work, promise, error, delay=max(_delay(promise), at_least))
    return "retried"


def _delay(promise: Promise) -> timedelta:
    doubled: timedelta = RETRY_FIRST * (1 << min(promise.attempts - 1, ATTEMPTS_BEFORE_PARKING))
    return min(doubled, RETRY_MOST)


def _tell(runtime: Runtime, promise: Promise) -> Settle:
    delivery.tell(runtime, promise)
    return lambda _: None


def _show_menu(runtime: Runtime, promise: Promise) -> Settle:
    delivery.show_menu(runtime, promise)
    return lambda _: None


def _announce(runtime: Runtime, promise: Promise) -> Settle:
    delivery.announce(runtime, promise)
    return lambda _: None


KEEPERS: dict[PromiseKind, Keeper] = {
    PromiseKind.TELL: Keeper(_tell),
    PromiseKind.COLLECT: Keeper(payments.collect, payments.collect_refused),
    PromiseKind.PAY_CHECKOUT: Keeper(payments.pay_checkout),
    PromiseKind.ONBOARD_PAYEE: Keeper(payments.onboard, payments.onboard_refused),
    PromiseKind.PAY_OUT: Keeper(payments.pay_out, payments.payout_refused),
    PromiseKind.REFUND: Keeper(payments.refund, payments.refund_refused),
    PromiseKind.CHECK_POST: Keeper(posts.check, patient=True),
    PromiseKind.PUBLISH_POST: Keeper(posts.publish),
    PromiseKind.INDEX_CREATOR: Keeper(creators.index),
    PromiseKind.CHECK_WEBSITE: Keeper(websites.check),
    PromiseKind.SHOW_MENU: Keeper(_show_menu),
    PromiseKind.ANNOUNCE: Keeper(_announce),
}
