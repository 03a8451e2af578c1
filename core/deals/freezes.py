"""An operator lets one deal stand still, and go on: two acts with a reason, told to both sides."""

from uuid import UUID

from core.deals import engine, views
from core.deals.schemas import DealView
from core.kit.text import clean
from core.kit.work import Work


def freeze_deal(work: Work, deal_id: UUID, reason: str) -> DealView:
    """Let a deal stand still: nobody moves it but an operator, its clocks wait, its posts are watched.

    Raises:
        AlreadyStanding, ReasonMissing, StepNotPossible after its end, CampaignFrozen, NotYourStep.
    """
    return _take(work, "freeze", deal_id, reason)


def unfreeze_deal(work: Work, deal_id: UUID, reason: str) -> DealView:
    """Let a deal go on that an operator stopped; everybody gets the time back.

    Raises:
        NotStanding, ReasonMissing, StepNotPossible after its end, CampaignFrozen, NotYourStep.
    """
    return _take(work, "unfreeze", deal_id, reason)


def _take(work: Work, name: str, deal_id: UUID, reason: str) -> DealView:
    facts = {"reason": clean(reason, views.REASON_CHARACTERS_MAX)}
    return views.view(work, engine.take(work, name, deal_id, facts))
