"""How the worker process runs: one queue, a few threads; on one machine the timetable lives inside it."""

import warnings

from celery.beat import EmbeddedService, Scheduler
from celery.platforms import SecurityWarning
from celery.signals import worker_ready, worker_shutting_down

from workers.app import app

THREADS = 4


def run(*, timetable: bool, threads: int = THREADS) -> None:
    """Work until told to stop; with `timetable`, also send what is due by the clock.

    Of many workers on one queue only one may have the timetable, or each round would be asked for twice.
    """
    warnings.filterwarnings(
        "ignore", category=SecurityWarning
    )  # root in a container is warned about at length
    if timetable:
        clock = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)
        worker_ready.connect(lambda **_: clock.start(), weak=False)
        worker_shutting_down.connect(lambda **_: clock.stop(), weak=False)
    quiet = ["--quiet", "worker", "--loglevel", "WARNING"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    app.worker_main([*quiet, "--pool", "threads", "--concurrency", str(threads), *alone, "-Q", "market"])
