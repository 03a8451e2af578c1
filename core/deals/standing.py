"""A deal stands still as one: every clock of it and of its pieces, for one reason or for several.

When the last reason is gone it goes on, and everybody gets back the time that it stood: each clock, each
due date, and what is reckoned from dates in the past. Its posts are watched all the while, and looked at
once it goes on.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from core.deals import retention
from core.deals.deal_table import BRIEF_UNANSWERED, OWN_CLOCKS
from core.deals.errors import AlreadyStanding, NotStanding
from core.deals.models import Deal
from core.deals.repository import DealRepository
from core.deals.states import PUBLISHED_STATES, Standing
from core.kit.work import Work


def stand_still(work: Work, deals: Sequence[Deal], why: Standing) -> None:
    """Let deals stand still, for one more reason. Raises AlreadyStanding where one does for this reason."""
    if any(why in deal.stands_for for deal in deals):
        raise AlreadyStanding(reason=why)
    repository = DealRepository(work.session)
    repository.add_reason(deals, why, work.now)
    for own, alike in _by_own_clocks(deals).items():
        repository.pause_timers([deal.id for deal in alike], work.now, but=own)


def go_on(work: Work, deals: Sequence[Deal], why: Standing) -> None:
    """Take one reason away; deals without another go on. Raises NotStanding where one did not have it."""
    if any(why not in deal.stands_for for deal in deals):
        raise NotStanding(reason=why)
    repository = DealRepository(work.session)
    if going := [deal for deal in deals if deal.stands_for == [why]]:
        repository.resume_timers([deal.id for deal in going], work.now)
        repository.give_time_back([deal.id for deal in going], work.now)
    repository.take_reason(deals, why)
    for deal in deals:
        if not deal.stands_for:
            _look(work, deal)
    for own, alike in _by_own_clocks(deal for deal in deals if deal.stands_for).items():
        repository.resume_timers([deal.id for deal in alike], work.now, only=own)


def ask_no_more(work: Work, deal: Deal) -> None:
    """Stop the clock of what was asked about a deal's brief."""
    DealRepository(work.session).stop_timer(deal.id, BRIEF_UNANSWERED)


def end(deal: Deal) -> None:
    """Note that a deal which is over stands for nothing any more; its clocks are stopped by its steps."""
    deal.stands_for, deal.stands_since = [], None


def runs(deal: Deal, clock: str) -> bool:
    """Tell whether a clock of a deal runs as the deal stands, or goes."""
    return all(clock in OWN_CLOCKS.get(Standing(reason), ()) for reason in deal.stands_for)


def _by_own_clocks(deals: Iterable[Deal]) -> dict[tuple[str, ...], list[Deal]]:
    """Sort standing deals by the clocks that run all the same: those that every reason lets run."""
    found: dict[tuple[str, ...], list[Deal]] = defaultdict(list)
    for deal in deals:
        clocks = (set(OWN_CLOCKS.get(Standing(reason), ())) for reason in deal.stands_for)
        found[tuple(sorted(set.intersection(*clocks)))].append(deal)
    return found


def _look(work: Work, deal: Deal) -> None:
    """Look at once at what was published: it may have gone, or come back, while the deal stood."""
    for piece in deal.deliverables:
        if piece.state in PUBLISHED_STATES and not piece.post_media:
            retention.look(work, piece.id, piece.post_url)
