"""Promises are tried again by one policy and settled by one path, whatever was promised."""

from datetime import timedelta
from queue import SimpleQueue
from uuid import UUID, uuid4

import psycopg
import pytest
from structlog.testing import capture_logs

from bots.doors.channel import ChannelUnavailable
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SandboxClock, wall_now
from core.kit.errors import Unavailable
from core.kit.work import begin
from core.messaging import outbox, retries
from core.messaging.errors import LeaseLost, PromiseNotFound
from core.messaging.messages import Address, OutgoingMessage, Promise
from core.messaging.models import OutboxEntry
from core.messaging.states import PromiseKind, PromiseState
from core.operators import tasks
from core.operators.states import Subject
from core.payments.errors import RailRefused
from core.payments.models import SandboxEvent
from runtime.parts import Runtime
from workers import keeping, relay, rounds
from workers.app import app
from workers.keeping import Keeper

ATTEMPTS = retries.Policy().attempts
FAR = timedelta(days=365)
NOTICES = 10


def promised(runtime: Runtime, kind: PromiseKind, aggregate: str = "one") -> UUID:
    with begin(runtime.database, SYSTEM) as work:
        return outbox.promise(work, kind, aggregate, {})


def claimed(runtime: Runtime) -> Promise:
    """Take up the promise that is due by now or some day."""
    with begin(runtime.database, SYSTEM) as work:
        (promise,) = outbox.claim(work, limit=1, now=wall_now() + FAR)
    return promise


def row_of(runtime: Runtime, promise_id: UUID) -> OutboxEntry:
    with begin(runtime.database, SYSTEM) as work:
        return work.session.get_one(OutboxEntry, promise_id)


def failing(monkeypatch: pytest.MonkeyPatch, kind: PromiseKind, error: Exception) -> None:
    def fail(runtime: Runtime, promise: Promise) -> keeping.Settle:
        raise error

    monkeypatch.setitem(keeping.KEEPERS, kind, Keeper(fail))


@pytest.mark.parametrize("attempts", [1, 2, 3, 7, 10, 11, 40])
def test_delays_double_up_to_a_limit_with_some_chance_in_each(attempts: int) -> None:
    policy = retries.Policy()
    doubled = min(timedelta(seconds=2 ** (attempts - 1)), policy.most)
    delays = {policy.delay(attempts) for _ in range(20)}
    assert all(doubled <= delay <= doubled * (1 + policy.jitter) for delay in delays)
    assert len(delays) > 1
    assert policy.delay(attempts, at_least=timedelta(hours=5)) >= timedelta(hours=5)


ENDS = [
    (PromiseKind.REFUND, Unavailable(), "parked"),
    (PromiseKind.PAY_OUT, ChannelUnavailable("no answer"), "parked"),
    (PromiseKind.CHECK_WEBSITE, ValueError("a fault of ours"), "parked"),
    (PromiseKind.CHECK_POST, Unavailable(), "retried"),
    (PromiseKind.TELL, ChannelUnavailable("no answer"), "retried"),
    (PromiseKind.DELIVER_MESSAGE, ChannelUnavailable("no answer"), "retried"),
    (PromiseKind.CHECK_POST, ValueError("a fault of ours"), "parked"),
    (PromiseKind.DELIVER_MESSAGE, ValueError("a fault of ours"), "parked"),
    (PromiseKind.REFUND, RailRefused(reason="come later", heals=True), "parked"),
    (PromiseKind.REFUND, RailRefused(reason="never", heals=False), "parked"),
]


@pytest.mark.parametrize(("kind", "error", "end"), ENDS)
def test_who_waits_for_an_answer_waits_and_all_else_comes_before_an_operator_once(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, kind: PromiseKind, error: Exception, end: str
) -> None:
    promise_id = promised(runtime, kind)
    failing(monkeypatch, kind, error)
    outcomes: list[str] = []
    with capture_logs():
        while len(outcomes) < ATTEMPTS + 3 and "parked" not in outcomes:
            outcomes.append(keeping.keep(runtime, claimed(runtime)))
    assert outcomes[-1] == end
    if isinstance(error, RailRefused) and not error.facts["heals"]:
        assert len(outcomes) == 1
    elif end == "parked":
        assert len(outcomes) == ATTEMPTS
    with begin(runtime.database, SYSTEM) as work:
        found = tasks.about(work, Subject.PROMISE, promise_id)
        assert [(task.kind, task.facts["kind"]) for task in found] == [("promise_parked", kind)] * (
            end == "parked"
        )


def test_a_refusal_that_may_heal_is_asked_under_a_new_key_and_an_open_outcome_under_the_same(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise_id = promised(runtime, PromiseKind.REFUND)
    keys = []
    for error in (Unavailable(), RailRefused(reason="come later", heals=True), Unavailable()):
        failing(monkeypatch, PromiseKind.REFUND, error)
        promise = claimed(runtime)
        keys.append(promise.idempotency_key)
        assert keeping.keep(runtime, promise) == "retried"
    keys.append(claimed(runtime).idempotency_key)
    assert keys == [f"{promise_id}:{epoch}" for epoch in (0, 0, 1, 1)]


def test_trying_again_gives_as_many_tries_as_a_fresh_promise_has_and_closes_the_task(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise_id = promised(runtime, PromiseKind.REFUND)
    failing(monkeypatch, PromiseKind.REFUND, Unavailable())
    for tries in (ATTEMPTS, ATTEMPTS):
        outcomes = [keeping.keep(runtime, claimed(runtime)) for _ in range(tries)]
        assert outcomes == ["retried"] * (tries - 1) + ["parked"]
        with begin(runtime.database, Actor.operator("support")) as work:
            outbox.unpark(work, promise_id)
            assert tasks.open_tasks(work) == []
    with begin(runtime.database, SYSTEM) as work, pytest.raises(PromiseNotFound):
        outbox.unpark(work, uuid4())


def test_a_promise_put_off_has_not_been_tried(runtime: Runtime) -> None:
    promise_id = promised(runtime, PromiseKind.TELL)
    for _ in range(3):
        with begin(runtime.database, SYSTEM) as work:
            (promise,) = outbox.claim(work, limit=1, now=wall_now() + FAR)
            outbox.postpone(work, promise, "quiet hours", timedelta(hours=9))
    row = row_of(runtime, promise_id)
    assert (row.state, row.attempts) == (PromiseState.PENDING, 0)
    assert row.not_before > wall_now() + timedelta(hours=8)


def test_who_comes_late_settles_nothing(runtime: Runtime) -> None:
    promise_id = promised(runtime, PromiseKind.REFUND)
    early, late = claimed(runtime), claimed_again(runtime)
    with begin(runtime.database, SYSTEM) as work:
        outbox.done(work, late)
    for settle in (
        outbox.done,
        lambda work, promise: outbox.failed(work, promise, "late"),
        lambda work, promise: outbox.park(work, promise, "late"),
        lambda work, promise: outbox.postpone(work, promise, "late", FAR),
    ):
        with begin(runtime.database, SYSTEM) as work, pytest.raises(LeaseLost):
            settle(work, early)
    assert row_of(runtime, promise_id).state is PromiseState.DONE


def claimed_again(runtime: Runtime) -> Promise:
    """Take up a promise whose lease has run out."""
    with begin(runtime.database, SYSTEM) as work:
        (promise,) = outbox.claim(work, limit=1, now=wall_now() + FAR + retries.LEASE * 2)
    return promise


def test_many_notices_to_one_person_do_not_wait_for_the_clock(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kept promise wakes the relay for the next of its aggregate: no second is waited between them."""
    monkeypatch.setattr(relay, "WAKE_SECONDS", 3_600.0)
    monkeypatch.setitem(keeping.KEEPERS, PromiseKind.TELL, Keeper(lambda *_: lambda __: None))
    queue: SimpleQueue[tuple[str, str]] = SimpleQueue()
    relaying = relay.Relay(lambda: runtime, lambda *order: queue.put(order), lambda: None)
    for _ in range(NOTICES):
        promised(runtime, PromiseKind.TELL)
    worker = relaying.start()
    for _ in range(NOTICES):
        promise_id, lease = queue.get(timeout=20)
        with begin(runtime.database, SYSTEM) as work:
            promise = outbox.leased(work, UUID(promise_id), UUID(lease))
        assert promise is not None
        assert keeping.keep(runtime, promise) == "done"
    relaying.stop()
    promised(runtime, PromiseKind.TELL)  # so that the relay wakes and ends
    worker.join(20)
    assert not worker.is_alive()


def test_moving_time_or_money_in_the_sandbox_wakes_the_relay(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "WAKE_SECONDS", 3_600.0)
    moved: SimpleQueue[str] = SimpleQueue()
    ready: SimpleQueue[str] = SimpleQueue()

    class Listening(relay.Relay):
        def hand_over(self) -> int:
            ready.put("listens")
            return super().hand_over()

    relaying = Listening(lambda: runtime, lambda *_: None, lambda: moved.put("moved"))
    worker = relaying.start()
    ready.get(timeout=20)
    with begin(runtime.database, SYSTEM) as work:
        SandboxClock.advance(work.session, timedelta(hours=1))
    assert moved.get(timeout=20)
    with begin(runtime.database, SYSTEM) as work:
        work.session.add(SandboxEvent(object_kind="checkout", ref="x"))
    assert moved.get(timeout=20)
    relaying.stop()
    promised(runtime, PromiseKind.TELL)
    worker.join(20)
    assert not worker.is_alive()


def test_a_round_that_fails_stops_no_other(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []

    def fails(_: Runtime) -> int:
        gone.append("fails")
        raise RuntimeError

    def works(_: Runtime) -> int:
        gone.append("works")
        return 0

    monkeypatch.setitem(rounds.RHYTHMS, "clocks", rounds.Rhythm(5.0, (fails, works)))
    rounds.go(runtime, "clocks")
    assert gone == ["fails", "works"]


def test_the_timetable_asks_for_every_rhythm_and_nothing_else() -> None:
    asked = {entry["args"][0] for entry in app.conf.beat_schedule.values() if "args" in entry}
    assert asked == set(rounds.RHYTHMS)
    assert set(rounds.AT_ONCE) <= asked
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_a_promise_wakes_who_keeps_promises_and_a_reply_that_is_delivered_at_once_does_not(
    runtime: Runtime, database_url: str
) -> None:
    with psycopg.connect(database_url, autocommit=True) as ear:
        ear.execute(f"LISTEN {outbox.CHANNEL}".encode())
        with begin(runtime.database, SYSTEM) as work:
            outbox.say(work, Address("web", "asha"), None, OutgoingMessage("hello"))
        assert list(ear.notifies(timeout=0.1)) == []
        with begin(runtime.database, SYSTEM) as work:
            for _ in range(3):
                outbox.tell(work, uuid4(), "deal_agreed", {})
        assert len(list(ear.notifies(timeout=0.5))) == 1


def test_what_failed_without_a_word_was_answered(runtime: Runtime) -> None:
    """A promise that may wait out a silence is parked all the same where somebody answered."""
    promise_id = promised(runtime, PromiseKind.TELL)
    for _ in range(ATTEMPTS):
        promise = claimed(runtime)
        with begin(runtime.database, SYSTEM) as work:
            left = outbox.failed(work, promise, "it answered")
    assert left is None
    assert row_of(runtime, promise_id).state == "parked"
