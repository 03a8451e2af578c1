"""What is done again and again: each round is one function without arguments but the runtime.

The timetable calls them through Celery; tests and the demo of one process call them directly.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bots.doors import delivery
from core.accounts import people
from core.deals import clocks
from core.kit.actors import CLOCK, SYSTEM
from core.kit.work import begin
from core.ledger import checks
from core.messaging import arrivals, outbox
from core.messaging.messages import Promise
from core.payments import payouts
from core.posts import service as posts
from core.privacy import retention
from runtime.parts import Runtime
from workers import changes, keeping, rail_events

CLAIM_MAX = 50
LEFT_OVER_AFTER = timedelta(seconds=10)
log = structlog.get_logger(__name__)


def claim(runtime: Runtime, limit: int = CLAIM_MAX) -> list[Promise]:
    """Lease the due promises."""
    with begin(runtime.database, SYSTEM) as work:
        return outbox.claim(work, limit=limit)


def fire_timers(runtime: Runtime) -> int:
    """Let every clock that has run out act, each for itself; returns how many did. One stops no other."""
    with begin(runtime.database, CLOCK) as work:
        due = clocks.due_timers(work)
    fired = 0
    for timer_id, deal_id in due:
        try:
            with begin(runtime.database, CLOCK) as work:
                fired += clocks.fire(work, timer_id, deal_id)
        except Exception:
            log.exception("a clock could not act", timer=str(timer_id), deal=str(deal_id))
            with begin(runtime.database, CLOCK) as work:
                clocks.failed(work, timer_id)
    return fired


def make_changes(runtime: Runtime) -> int:
    """Make the changes that waited to be confirmed."""
    return changes.make_due(runtime)


def sweep_rail(runtime: Runtime) -> int:
    """Take in what changed at each payment provider: keep its events, and follow each."""
    return rail_events.fetch(runtime) + rail_events.follow(runtime)


def look_at_checkouts(runtime: Runtime) -> int:
    """Look at the checkouts that have long been open."""
    return rail_events.look_at_checkouts(runtime)


def pay_out(runtime: Runtime) -> int:
    """Ask for the payouts whose security delay is over."""
    with begin(runtime.database, SYSTEM) as work:
        return payouts.pay_out_due(work, runtime.rails.facts())


def check_posts(runtime: Runtime) -> int:
    """Promise to look at the posts whose time has come."""
    with begin(runtime.database, SYSTEM) as work:
        return posts.promise_due_checks(work)


def summarise(runtime: Runtime) -> int:
    """Promise the summaries that are due."""
    with begin(runtime.database, SYSTEM) as work:
        due = people.take_due_summaries(work)
        for person_id in due:
            outbox.tell(work, person_id, "summary", {"person_id": str(person_id)})
        return len(due)


def hear_left_over(runtime: Runtime) -> int:
    """Hear what arrived and nobody heard: its process died, or its album was not complete.

    What an app left that is not connected any more waits until it is again.
    """
    if not runtime.apps:
        return 0
    with begin(runtime.database, SYSTEM) as work:
        chats = arrivals.left_over(work, runtime.apps, LEFT_OVER_AFTER, CLAIM_MAX)
    heard = len(chats)
    for chat in chats:
        while delivery.hear_next(runtime, chat) == arrivals.NOW:
            heard += 1
    return heard


def check_books(runtime: Runtime) -> int:
    """Check the whole ledger now and then and keep what was found."""
    with begin(runtime.database, SYSTEM) as work:
        return int(checks.check_if_due(work) is not None)


def end_what_is_over(runtime: Runtime) -> int:
    """Take out what has been kept for as long as it is kept; returns how many rows went.

    Each kind for itself: one that fails stops no other.
    """
    gone = 0
    with begin(runtime.database, CLOCK) as work:
        over = retention.over(work)
    for name in over:
        try:
            with begin(runtime.database, CLOCK) as work:
                gone += retention.sweep(work, name)
        except SQLAlchemyError:
            log.exception("what is over could not be taken out", kind=name)
    return gone


def keep_files(runtime: Runtime) -> int:
    """Move files to where they belong, and take away those that nobody wants; so many at once."""
    return runtime.tools.media.move() + runtime.tools.media.collect()


def pass_once(runtime: Runtime) -> int:
    """Do one pass of what the workers do, in this process; returns how many things were done.

    What is swept now and then has its turn when nothing else was left to do.
    """
    promises = claim(runtime)
    for promise in promises:
        keeping.keep(runtime, promise)
    done = len(promises)
    for rhythm in RHYTHMS.values():
        if not done or rhythm.seconds < SELDOM_SECONDS:
            done += sum(round_(runtime) for round_ in rhythm.rounds)
    return done


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Rounds that are gone one after another, every so many seconds."""

    seconds: float
    rounds: tuple[Callable[[Runtime], int], ...]


SELDOM_SECONDS = 60.0
RHYTHMS: Mapping[str, Rhythm] = {
    "clocks": Rhythm(5.0, (fire_timers, make_changes, pay_out, check_posts)),
    "rail": Rhythm(5.0, (sweep_rail,)),  # it waits for others, and no clock waits for it
    "arrivals": Rhythm(10.0, (hear_left_over,)),
    "seldom": Rhythm(SELDOM_SECONDS, (summarise, check_books, keep_files, look_at_checkouts)),
    "retention": Rhythm(600.0, (end_what_is_over,)),
}
"""The timetable. Few messages, since at rest they cost more than the rounds do."""
AT_ONCE = ("clocks", "rail")
"""What is gone at once when the sandbox's time or its provider moves (migration `play_wakes`)."""


def go(runtime: Runtime, name: str) -> None:
    """Go the rounds of one rhythm. One that fails stops no other."""
    for round_ in RHYTHMS[name].rounds:
        try:
            round_(runtime)
        except Exception:
            log.exception("a round failed", round=round_.__name__)
