"""What needs a fresh confirmation, how long it waits, and how far one has come: data only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Change(StrEnum):
    """What a thief would want to do with one chat of somebody's."""

    PAYEE = "payee"
    LINK = "link"
    ERASURE = "erasure"


class State(StrEnum):
    """Where a change stands. Only what waits can be agreed to, stopped or done."""

    WAITING = "waiting"
    DONE = "done"
    STOPPED = "stopped"
    REPLACED = "replaced"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a change waits: `agreed` where every other chat said yes, or there is none; else `silent`."""

    agreed: timedelta
    silent: timedelta


WAITS: Mapping[Change, Wait] = {
    Change.PAYEE: Wait(timedelta(hours=24), timedelta(hours=72)),
    Change.LINK: Wait(timedelta(), timedelta(hours=24)),  # it can be taken back for three days afterwards
    Change.ERASURE: Wait(timedelta(hours=72), timedelta(hours=72)),
}
"""A chat that stays silent may be lost: it makes a change slower, it keeps nobody from her money."""
FAILED_TOO_OFTEN = "change_parked"
STOPPED_ELSEWHERE = "change_stopped"
"""Kinds of operators' tasks: a fault of ours keeps a change from happening; somebody said it was not them."""
