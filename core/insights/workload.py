"""What is still to do at this moment: for health checks, and for a story that waits until all is quiet."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.deals import clocks
from core.kit.work import Work
from core.messaging import outbox
from core.payments import payouts
from core.payments.rails.port import RailFacts
from core.posts import service as posts


@dataclass(frozen=True, slots=True)
class Workload:
    """How many things wait for a worker."""

    promises: int
    parked: int
    timers: int
    payouts: int
    checks: int

    @property
    def quiet(self) -> bool:
        """Tell whether nothing is left to do at this time."""
        return not (self.promises or self.timers or self.payouts or self.checks)


def waiting(work: Work, rails: Sequence[RailFacts]) -> Workload:
    """Count what waits; five queries."""
    return Workload(
        promises=outbox.unkept(work),
        parked=len(outbox.parked(work)),
        timers=len(clocks.due_timers(work)),
        payouts=payouts.due_payouts(work, rails),
        checks=posts.due_checks(work),
    )
