"""The Celery application and its timetable.

Messages carry ids only; the truth and the guard against repeats are in PostgreSQL. Late acknowledgement,
one message at a time, and a short restore interval: a killed worker's messages come back within seconds.
"""

from functools import cache
from uuid import UUID

from celery import Celery
from celery.signals import setup_logging, worker_ready, worker_shutting_down

from bots.doors import registry
from core.kit.actors import SYSTEM
from core.kit.logs import configure
from core.kit.work import begin
from core.messaging import outbox
from core.settings import PlayInProduction
from runtime import parts
from runtime.parts import Runtime
from workers import keeping, rounds
from workers.relay import Relay

SETTINGS = registry.load()
try:
    parts.check(SETTINGS)
except PlayInProduction as error:
    raise SystemExit(str(error)) from None
app = Celery("market", broker=SETTINGS.broker_url.get_secret_value())
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_default_queue="market",
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": 600,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
    },
    beat_schedule={
        "relay": {"task": "market.relay", "schedule": 10.0, "options": {"expires": 10}},
    }
    | {
        name: {
            "task": "market.rounds",
            "args": (name,),
            "schedule": rhythm.seconds,
            "options": {"expires": rhythm.seconds * 2},
        }
        for name, rhythm in rounds.RHYTHMS.items()
    },
)


@cache
def runtime() -> Runtime:
    """Return this process's parts, built at the first task."""
    return parts.build(SETTINGS)


@setup_logging.connect
def _log_as_everybody_does(**_: object) -> None:
    configure(SETTINGS.log_level, SETTINGS.log_format)


def _enqueue(promise_id: str, lease: str) -> None:
    app.send_task("market.keep", (promise_id, lease))


def _play_moved() -> None:
    for name in rounds.AT_ONCE:
        app.send_task("market.rounds", (name,), expires=rounds.RHYTHMS[name].seconds)


_relay = Relay(runtime, _enqueue, _play_moved)


@worker_ready.connect
def _begin_relaying(**_: object) -> None:
    _relay.start()


@worker_shutting_down.connect
def _end_relaying(**_: object) -> None:
    _relay.stop()


@app.task(name="market.keep")
def keep(promise_id: str, lease: str) -> None:
    """Keep one promise, if its lease still stands."""
    with begin(runtime().database, SYSTEM) as work:
        promise = outbox.leased(work, UUID(promise_id), UUID(lease))
    if promise is not None:
        keeping.keep(runtime(), promise)


@app.task(name="market.relay")
def relay() -> None:
    """Hand due promises to the queue: the safety net under the relay thread."""
    _relay.hand_over()


@app.task(name="market.rounds")
def go_round(name: str) -> None:
    """Go the rounds of one rhythm."""
    rounds.go(runtime(), name)
