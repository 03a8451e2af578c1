"""Ways campaigns say no."""

from core.kit.errors import Conflict, InvalidInput, NotAllowed, NotFound


class CampaignNotFound(NotFound):
    """That campaign does not exist, or is not yours to see."""


class CampaignStepNotPossible(Conflict):
    """The campaign is past that."""


class CampaignStepNotYours(NotAllowed):
    """That step of the campaign is for others to take."""


class CampaignFrozen(Conflict):
    """The campaign is frozen while a card payment is disputed."""


class LandingNotALink(InvalidInput):
    """The page that posts lead to needs a full web address, such as https://example.com/page."""


class BudgetTooSmall(InvalidInput):
    """The budget is below the smallest that can pay a creator."""


class NothingGiven(InvalidInput):
    """A campaign that pays no cash says what it gives instead."""


class BudgetBelowPaid(InvalidInput):
    """More than that is paid in already."""


class BudgetTooLarge(InvalidInput):
    """The budget is above what one campaign may hold."""


class DeadlineInThePast(InvalidInput):
    """The deadline has passed already."""


class NoDeliverables(InvalidInput):
    """A campaign asks for at least one piece of work."""


class NumberOutOfRange(InvalidInput):
    """That number is out of range."""
