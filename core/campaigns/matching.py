"""The question that retrieval answers: whom should this brand take for this brief and this money?"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from core.campaigns.schemas import CampaignView, Suggestion
from core.creators.schemas import CreatorView
from core.kit.money import Money
from core.kit.remarks import Remark
from core.kit.work import Work


@dataclass(frozen=True, slots=True)
class Matched:
    """The answer: every fitting creator best first, the best set within the budget, and remarks."""

    ranked: tuple[Suggestion, ...]
    chosen: tuple[Suggestion, ...]
    cost: Money
    fitting: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """What a campaign can still take: how much money, how many creators, and whom it leaves out.

    With `like`, those who are most like somebody come first.
    """

    budget: Money
    count: int
    without: frozenset[UUID] = frozenset()
    like: CreatorView | None = None


class Matcher(Protocol):
    """Finds creators for a campaign."""

    def match(self, work: Work, campaign: CampaignView, room: Room, *, limit: int = 20) -> Matched:
        """Return creators who satisfy every hard wish, and the best set there is room for."""
        ...

    def suggest(self, work: Work, campaign: CampaignView, creator: CreatorView) -> Suggestion:
        """Return what one creator would be for a campaign, whatever its wishes."""
        ...
