"""Keeps one promise: calls outside without a transaction, then settles what came of it in one.

Done, try again under the same key, try again under a new key after a sure refusal that may heal, or park
for an operator.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bots.doors import delivery, living, telling
from bots.doors.channel import ChannelUnavailable
from core.kit.actors import SYSTEM
from core.kit.errors import Unavailable
from core.kit.money import Currency
from core.kit.work import Work, begin
from core.messaging import outbox, retries
from core.messaging.errors import LeaseLost
from core.messaging.messages import Promise
from core.messaging.states import PromiseKind
from core.payments import alarms
from core.payments.errors import RailRefused
from runtime.parts import Runtime
from workers.tasks import creators, payments, posts, websites

log = structlog.get_logger(__name__)

Settle = Callable[[Work], None]
OURS_WAITS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Keeper:
    """How one kind of promise is kept: the call outside, and what to do with a sure refusal.

    How it is tried again is not its own: see `core.messaging.retries`.
    """

    call: Callable[[Runtime, Promise], Settle]
    refused: Callable[[Promise, RailRefused], Settle] | None = None


def keep(runtime: Runtime, promise: Promise) -> str:
    """Keep a leased promise and return what came of it: done, retried, put off, refused, parked or lost."""
    try:
        return _keep(runtime, promise)
    except LeaseLost:
        return "lost"


def _keep(runtime: Runtime, promise: Promise) -> str:
    keeper = KEEPERS[PromiseKind(promise.kind)]
    try:
        settle = keeper.call(runtime, promise)
    except RailRefused as refusal:
        return _refused(runtime, promise, keeper, refusal)
    except telling.PersonSleeps as asleep:
        with begin(runtime.database, SYSTEM) as work:
            outbox.postpone(work, promise, str(asleep), timedelta(seconds=asleep.retry_after_seconds))
        return "put off"
    except (ChannelUnavailable, Unavailable) as error:
        wait = error.retry_after_seconds if isinstance(error, ChannelUnavailable) else 0.0
        return _again(runtime, promise, error, unanswered=True, at_least=timedelta(seconds=wait))
    except Exception as error:
        log.exception("promise failed", kind=promise.kind, promise=str(promise.id))
        return _again(runtime, promise, error)
    return _settle(runtime, promise, settle)


def _settle(runtime: Runtime, promise: Promise, settle: Settle) -> str:
    """Write down what came of a call, and that the promise is kept, in one transaction."""
    try:
        with begin(runtime.database, SYSTEM) as work:
            settle(work)
            outbox.done(work, promise)
    except LeaseLost:
        raise
    except Exception as error:
        log.exception("promise not settled", kind=promise.kind, promise=str(promise.id))
        return _again(runtime, promise, error)
    return "done"


def _refused(runtime: Runtime, promise: Promise, keeper: Keeper, refusal: RailRefused) -> str:
    """Ask anew where a refusal may heal; settle it where it is sure; park what nobody can settle.

    The platform's own trouble is nobody's refusal: it waits, however long, and operators know.
    """
    if refusal.facts.get("ours"):
        with begin(runtime.database, SYSTEM) as work:
            outbox.postpone(work, promise, refusal.reason, OURS_WAITS, new_key=True)
            alarms.short(work, promise.payload["rail"], Currency(promise.payload["currency"]))
        return "put off"
    may_heal = refusal.facts.get("heals") and not retries.policy_of(promise.kind).is_over(
        promise.attempts, unanswered=False
    )
    with begin(runtime.database, SYSTEM) as work:
        if may_heal:
            outbox.failed(work, promise, refusal.reason, new_key=True)
            return "retried"
        if keeper.refused is None:
            outbox.park(work, promise, refusal.reason)
            return "parked"
        keeper.refused(promise, refusal)(work)
        outbox.done(work, promise)
    return "refused"


def _again(
    runtime: Runtime,
    promise: Promise,
    error: Exception,
    *,
    unanswered: bool = False,
    at_least: timedelta = timedelta(),
) -> str:
    with begin(runtime.database, SYSTEM) as work:
        waits = outbox.failed(work, promise, repr(error), unanswered=unanswered, at_least=at_least)
    return "parked" if waits is None else "retried"


def _tell(runtime: Runtime, promise: Promise) -> Settle:
    return telling.tell(runtime, promise)


def _redraw(runtime: Runtime, promise: Promise) -> Settle:
    living.redraw(runtime, promise)
    return lambda _: None


def _show_menu(runtime: Runtime, promise: Promise) -> Settle:
    delivery.show_menu(runtime, promise)
    return lambda _: None


def _announce(runtime: Runtime, promise: Promise) -> Settle:
    delivery.announce(runtime, promise)
    return lambda _: None


KEEPERS: dict[PromiseKind, Keeper] = {
    PromiseKind.DELIVER_MESSAGE: Keeper(delivery.send),
    PromiseKind.TELL: Keeper(_tell),
    PromiseKind.REDRAW: Keeper(_redraw),
    PromiseKind.COLLECT: Keeper(payments.collect, payments.collect_refused),
    PromiseKind.PAY_CHECKOUT: Keeper(payments.pay_checkout),
    PromiseKind.ONBOARD_PAYEE: Keeper(payments.onboard, payments.onboard_refused),
    PromiseKind.PAY_OUT: Keeper(payments.pay_out, payments.payout_refused),
    PromiseKind.REFUND: Keeper(payments.refund, payments.refund_refused),
    PromiseKind.CHECK_POST: Keeper(posts.check),
    PromiseKind.PUBLISH_POST: Keeper(posts.publish),
    PromiseKind.INDEX_CREATOR: Keeper(creators.index),
    PromiseKind.CHECK_WEBSITE: Keeper(websites.check),
    PromiseKind.SHOW_MENU: Keeper(_show_menu),
    PromiseKind.ANNOUNCE: Keeper(_announce),
}
