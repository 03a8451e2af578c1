"""Money that leaves: nothing is sent twice however long a reply is lost, and nobody pays for our trouble."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.campaigns import service as campaigns
from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.money import Money
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.states import AccountKind as K
from core.messaging import outbox
from core.messaging.models import OutboxEntry
from core.messaging.states import PromiseKind, PromiseState
from core.operators import tasks
from core.payments import alarms, funding, payouts, refunds
from core.payments.models import Funding, Payable, PayeeAccount, Payout, Refund, SandboxObject
from core.payments.rails.port import Order, SentRefund, Transfer
from core.payments.rails.sandbox import KEYS_KEPT, Fault, Operation
from core.payments.states import MoveState, PayeeState, Rest
from runtime.parts import Runtime
from tests.conftest import drain
from tests.integration.test_payments_edges import Till
from tests.integration.test_races import INR, World
from workers import keeping, rounds

NET = 2_640_00
TRIES = 12


@pytest.fixture
def till(runtime: Runtime) -> Till:
    return Till(World(runtime))


def due(till: Till, clock: SetClock) -> None:
    """Let a creator with an account have earned, and the delay be over; nothing is sent yet."""
    till.payee()
    till.release(3_000_00)
    clock.advance(timedelta(days=6))
    rounds.pay_out(till.world.runtime)


def try_again(till: Till, kind: PromiseKind, times: int) -> str:
    """Try to keep the one promise of a kind so often, whatever the clock on the wall says."""
    came = ""
    for _ in range(times):
        with begin(till.database, SYSTEM) as work:
            work.session.query(OutboxEntry).filter_by(kind=kind, state="pending").update(
                {"not_before": work.now - timedelta(days=999)}
            )
            claimed = [each for each in outbox.claim(work, limit=50) if each.kind == kind]
        for promise in claimed:
            came = keeping.keep(till.world.runtime, promise)
    return came


def made(till: Till, operation: Operation) -> list[str]:
    """Return the states of what the provider made."""
    with begin(till.database, SYSTEM) as work:
        return [row.state for row in work.session.query(SandboxObject).filter_by(kind=operation)]


@pytest.mark.parametrize("operation", [Operation.TRANSFER, Operation.REFUND])
def test_what_is_tried_again_after_its_key_is_forgotten_is_sent_once(
    till: Till, clock: SetClock, operation: Operation
) -> None:
    till.world.runtime.rail.order_fault(operation, Fault.LOST_REPLY, TRIES)
    if operation is Operation.TRANSFER:
        due(till, clock)
        kind = PromiseKind.PAY_OUT
    else:
        till.close(Rest.REFUND)
        kind = PromiseKind.REFUND
    assert try_again(till, kind, 1) == "retried"
    clock.advance(KEYS_KEPT + timedelta(hours=1))
    with begin(till.database, SYSTEM) as work:  # as an operator does who finds it parked
        parked = work.session.query(OutboxEntry).filter_by(kind=kind).one()
        parked.state, parked.lease = PromiseState.PARKED, None
        work.session.flush()
        outbox.unpark(work, parked.id)
    assert try_again(till, kind, 1) == "done"
    assert made(till, operation) == ["sent"]
    assert till.total(K.PAYOUT_IN_TRANSIT) == till.total(K.REFUND_IN_TRANSIT) == 0
    with begin(till.database, SYSTEM) as work:
        cleared = ledger.total(work, K.RAIL_CLEARING, INR)
    assert cleared == till.world.runtime.rail.balance(INR)


def test_a_key_is_forgotten_after_a_day_as_at_others(till: Till, clock: SetClock) -> None:
    rail = till.world.runtime.rail
    order = Order(rail.onboard_payee("A", "a").ref, Money(1_00, INR), "m")
    first = rail.transfer(order, "k").ref
    clock.advance(KEYS_KEPT - timedelta(seconds=1))
    assert rail.transfer(order, "k").ref == first
    clock.advance(timedelta(seconds=1))
    assert rail.transfer(order, "k").ref != first
    found = rail.find_transfer(order)
    assert found is not None
    assert found.ref == first
    assert rail.find_refund(order) is None


def drained_of_money(till: Till) -> None:
    """Leave the platform nothing at the provider: somebody has paid it all out by hand."""
    rail = till.world.runtime.rail
    rail.transfer(Order(rail.onboard_payee("X", "p").ref, rail.balance(INR), "x"), "t")


def test_the_platform_s_low_balance_is_nobody_s_refusal(till: Till, clock: SetClock) -> None:
    due(till, clock)
    drained_of_money(till)
    for _ in range(2 * TRIES):
        assert try_again(till, PromiseKind.PAY_OUT, 1) == "put off"
    with begin(till.database, SYSTEM) as work:
        (task,) = tasks.open_tasks(work)
        assert (task.kind, task.facts) == (alarms.SHORT, {"rail": "sandbox", "currency": "INR"})
        payee = work.session.get(PayeeAccount, till.world.creator)
        assert payee is not None
        assert payee.state is PayeeState.ACTIVE
        (wallet,) = payouts.wallets(work, till.world.creator)
        assert wallet.on_its_way == Money(NET, INR)
    rail = till.world.runtime.rail
    rail.pay(rail.open_checkout(Money(9_000_00, INR), "top-up", uuid4().hex).ref)
    assert try_again(till, PromiseKind.PAY_OUT, 1) == "done"
    assert till.payouts() == [(MoveState.SENT, NET)]
    with begin(till.database, SYSTEM) as work:
        assert tasks.open_tasks(work) == []


def goes_to(till: Till) -> list[tuple[str, str]]:
    """Return where each payout goes, and how it stands."""
    with begin(till.database, SYSTEM) as work:
        rows = work.session.query(Payout).order_by(Payout.created_at, Payout.state)
        return [(row.payee_ref, row.state) for row in rows]


def move_before_sending(till: Till) -> tuple[str, str]:
    """Change the account between the asking and the sending of a payout; returns the old and the new."""
    ((old, _),) = goes_to(till)
    new = till.world.runtime.rail.onboard_payee("other", "other").ref
    with begin(till.database, SYSTEM) as work:
        row = work.session.get(PayeeAccount, till.world.creator)
        assert row is not None
        row.ref = new
    return old, new


def test_a_payout_goes_to_the_account_that_she_has_when_it_is_sent(till: Till, clock: SetClock) -> None:
    due(till, clock)
    old, new = move_before_sending(till)
    drain(till.world.runtime)
    assert sorted(goes_to(till)) == sorted([(old, MoveState.REFUSED), (new, MoveState.SENT)])
    assert made(till, Operation.TRANSFER) == ["sent"]
    assert till.total(K.PAYOUT_IN_TRANSIT) == till.total(K.CREATOR_PAYABLE) == 0


def test_one_that_was_sent_to_the_old_account_is_not_sent_again_to_the_new(
    till: Till, clock: SetClock
) -> None:
    due(till, clock)
    till.world.runtime.rail.order_fault(Operation.TRANSFER, Fault.LOST_REPLY, 1)
    assert try_again(till, PromiseKind.PAY_OUT, 1) == "retried"
    old, _ = move_before_sending(till)
    assert try_again(till, PromiseKind.PAY_OUT, 1) == "done"
    assert goes_to(till) == [(old, MoveState.SENT)]
    assert made(till, Operation.TRANSFER) == ["sent"]


def test_what_the_old_account_refuses_says_nothing_of_the_new(till: Till, clock: SetClock) -> None:
    due(till, clock)
    with begin(till.database, SYSTEM) as work:
        payout = work.session.query(Payout).one()
        row = work.session.get(PayeeAccount, till.world.creator)
        assert row is not None
        row.ref = "acct_new"
        payouts.payout_refused(work, payout.id, "no such account")
        assert (row.state, row.reason) == (PayeeState.ACTIVE, "")


def paid_out(till: Till, clock: SetClock) -> Payout:
    due(till, clock)
    drain(till.world.runtime)
    with begin(till.database, SYSTEM) as work:
        payout = work.session.query(Payout).one()
        work.session.expunge(payout)
        return payout


def test_what_comes_back_after_it_was_sent_is_hers_again(till: Till, clock: SetClock) -> None:
    payout = paid_out(till, clock)
    till.world.runtime.rail.send_back(payout.ref, "account closed")
    till.world.runtime.rail.send_back(payout.ref, "again")
    drain(till.world.runtime)
    assert till.payouts() == [(MoveState.RETURNED, NET)]
    assert till.total(K.CREATOR_PAYABLE) == NET
    with begin(till.database, SYSTEM) as work:
        (wallet,) = payouts.wallets(work, till.world.creator)
        assert (wallet.available, wallet.paid_out) == (Money(NET, INR), Money(0, INR))
        payee = work.session.get(PayeeAccount, till.world.creator)
        assert payee is not None
        assert (payee.state, payee.reason) == (PayeeState.REFUSED, "account closed")
    clock.advance(timedelta(minutes=1))
    till.payee()
    assert till.payouts() == [(MoveState.RETURNED, NET), (MoveState.SENT, NET)]
    assert till.total(K.CREATOR_PAYABLE) == 0


@pytest.mark.parametrize("told", [(1,), (1, 1), (1, 100), (100, 1), (NET,), (1, NET)])
def test_parts_that_come_back_count_once_each(till: Till, clock: SetClock, told: tuple[int, ...]) -> None:
    payout = paid_out(till, clock)
    for minor in told:
        back = Transfer("sandbox", payout.ref, Money(NET, INR), Money(minor, INR), "x")
        with begin(till.database, SYSTEM) as work:
            payouts.payout_seen(work, back)
    most = max(told)
    assert till.total(K.CREATOR_PAYABLE) == most
    assert till.payouts() == [(MoveState.RETURNED if most == NET else MoveState.SENT, NET)]
    with begin(till.database, SYSTEM) as work:
        open_rows = work.session.query(Payable).filter(Payable.payout_id.is_(None))
        assert sum(row.amount_minor for row in open_rows) == most
        payouts.payout_seen(work, Transfer("sandbox", "tr_x", Money(1, INR), Money(1, INR)))  # of nobody here


def test_money_whose_payment_is_disputed_is_sent_to_nobody_until_its_bank_decides(
    till: Till, clock: SetClock
) -> None:
    runtime = till.world.runtime
    till.payee()
    till.release(3_000_00)
    with begin(till.database, SYSTEM) as work:
        (charge,) = funding.charges(work, till.world.campaign)
    ref = runtime.rail.dispute(charge)
    drain(runtime)
    clock.advance(timedelta(days=6))
    drain(runtime)
    assert till.payouts() == []
    with begin(till.database, SYSTEM) as work:
        assert payouts.due_payouts(work, runtime.rails.facts()) == 0
        (wallet,) = payouts.wallets(work, till.world.creator)
        assert (wallet.standing_still, wallet.available) == (Money(NET, INR), Money(0, INR))
    runtime.rail.decide(ref, won=True)
    drain(runtime)
    assert till.payouts() == [(MoveState.SENT, NET)]


def test_a_dispute_of_one_campaign_holds_back_nothing_of_another(till: Till, clock: SetClock) -> None:
    till.payee()
    till.release(3_000_00)
    other = till.campaign()
    till.pay(1_000_00, other)
    till.release(1_000_00, campaign=other)
    with begin(till.database, SYSTEM) as work:
        (charge,) = funding.charges(work, other)
    till.world.runtime.rail.dispute(charge)
    drain(till.world.runtime)
    clock.advance(timedelta(days=6))
    drain(till.world.runtime)
    assert till.payouts() == [(MoveState.SENT, NET)]


def refunded(till: Till) -> Refund:
    till.close(Rest.REFUND)
    drain(till.world.runtime)
    with begin(till.database, SYSTEM) as work:
        refund = work.session.query(Refund).one()
        assert campaigns.get(work, till.world.campaign).state == "closed"
        work.session.expunge(refund)
        return refund


def test_a_refund_that_fails_after_it_was_sent_is_the_brand_s_credit(till: Till) -> None:
    refund = refunded(till)
    till.world.runtime.rail.fail_refund(refund.ref, "the card was closed")
    drain(till.world.runtime)
    amount = Money(refund.amount_minor, INR)
    assert till.total(K.WORKSPACE_CREDIT) == amount.minor
    assert till.total(K.CAMPAIGN_ESCROW) == till.total(K.REFUND_IN_TRANSIT) == 0
    with begin(till.database, SYSTEM) as work:
        assert ledger.total(work, K.RAIL_CLEARING, INR).minor > 0
        refunds.refund_seen(work, SentRefund("sandbox", refund.ref, "failed", amount))
        refunds.refund_seen(work, SentRefund("sandbox", "re_of_nobody", "failed", amount))
        refunds.refund_seen(work, SentRefund("sandbox", refund.ref, "sent", amount))
    assert till.total(K.WORKSPACE_CREDIT) == amount.minor
    with begin(till.database, SYSTEM) as work:
        paid = work.session.query(Funding).one()
        assert (paid.refunded_minor, paid.credited_minor) == (0, amount.minor)
        cleared = ledger.total(work, K.RAIL_CLEARING, INR)
    assert cleared == till.world.runtime.rail.balance(INR)
