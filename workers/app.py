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
        "timers": {"task": "market.fire_timers", "schedule": 2.0, "options": {"expires": 4}},
        "changes": {"task": "market.make_changes", "schedule": 5.0, "options": {"expires": 10}},
        "rail": {"task": "market.sweep_rail", "schedule": 2.0, "options": {"expires": 4}},
        "payouts": {"task": "market.pay_out", "schedule": 5.0, "options": {"expires": 10}},
        "arrivals": {"task": "market.hear_left_over", "schedule": 10.0, "options": {"expires": 10}},
        "summaries": {"task": "market.summarise", "schedule": 60.0, "options": {"expires": 60}},
        "retention": {"task": "market.end_what_is_over", "schedule": 600.0, "options": {"expires": 600}},
        "books": {"task": "market.check_books", "schedule": 10.0, "options": {"expires": 10}},
        "posts": {"task": "market.check_posts", "schedule": 5.0, "options": {"expires": 10}},
        "files": {"task": "market.keep_files", "schedule": 30.0, "options": {"expires": 30}},
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


_relay = Relay(runtime, _enqueue)


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


@app.task(name="market.fire_timers")
def fire_timers() -> None:
    """Let the clocks act."""
    rounds.fire_timers(runtime())


@app.task(name="market.make_changes")
def make_changes() -> None:
    """Make the changes that waited to be confirmed."""
    rounds.make_changes(runtime())


@app.task(name="market.sweep_rail")
def sweep_rail() -> None:
    """Take in what changed at the payment provider."""
    rounds.sweep_rail(runtime())


@app.task(name="market.pay_out")
def pay_out() -> None:
    """Ask for due payouts."""
    rounds.pay_out(runtime())


@app.task(name="market.summarise")
def summarise() -> None:
    """Promise due summaries."""
    rounds.summarise(runtime())


@app.task(name="market.hear_left_over")
def hear_left_over() -> None:
    """Hear what a killed process left unheard."""
    rounds.hear_left_over(runtime())


@app.task(name="market.check_posts")
def check_posts() -> None:
    """Promise due checks of posts."""
    rounds.check_posts(runtime())


@app.task(name="market.end_what_is_over")
def end_what_is_over() -> None:
    """Take out what has been kept long enough."""
    rounds.end_what_is_over(runtime())


@app.task(name="market.check_books")
def check_books() -> None:
    """Check the whole ledger, if that is due."""
    rounds.check_books(runtime())


@app.task(name="market.keep_files")
def keep_files() -> None:
    """Move files to where they belong, and take away those that nobody wants."""
    rounds.keep_files(runtime())
