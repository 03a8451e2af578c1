"""How promises are tried again: the one place that says how often, how late, and when it is enough.

Whatever is promised (a message, a payment, a look at a post) goes this way. Where its outcome is open, it is
tried again under the same key, ever later, each time by a chance of its own, so that what failed together
does not come back together. After so many tries it is parked and put before an operator, unless nobody
answers and it can wait: an app that is down for a day must not fill the desk with every message of that day.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from core.messaging.states import PromiseKind


@dataclass(frozen=True, slots=True)
class Policy:
    """How one kind of promise is tried again.

    After `attempts` it is parked; a `patient` one is not while it is only that nobody answers. The delay
    doubles from `first` to `most`, and up to `jitter` of it is added by chance.
    """

    attempts: int = 12
    patient: bool = False
    first: timedelta = timedelta(seconds=1)
    most: timedelta = timedelta(minutes=15)
    jitter: float = 0.25

    def is_over(self, attempts: int, *, unanswered: bool) -> bool:
        """Tell whether a promise that was tried so often is to be parked."""
        return attempts >= self.attempts and not (self.patient and unanswered)

    def delay(self, attempts: int, at_least: timedelta = timedelta()) -> timedelta:
        """Return how long to wait after so many tries, `at_least` as long as the other side asked for."""
        doubled = min(self.first * (1 << min(max(attempts - 1, 0), 20)), self.most)
        return max(doubled, at_least) + doubled * (self.jitter * random.random())  # noqa: S311  (no secret)


LEASE = timedelta(seconds=60)
"""How long who takes up a promise has it alone. Settling is fenced by it: who comes late changes nothing."""

PATIENT = Policy(patient=True)
POLICIES: Mapping[str, Policy] = {
    PromiseKind.DELIVER_MESSAGE: PATIENT,
    PromiseKind.TELL: PATIENT,
    PromiseKind.REDRAW: PATIENT,
    PromiseKind.SHOW_MENU: PATIENT,
    PromiseKind.ANNOUNCE: PATIENT,
    PromiseKind.CHECK_POST: PATIENT,
}


def policy_of(kind: str) -> Policy:
    """Return how a kind of promise is tried again; what touches money or asks little is not patient."""
    return POLICIES.get(kind, Policy())
