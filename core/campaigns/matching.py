"""The question that retrieval answers: whom should this brand take for this brief and this money?"""

from dataclasses import dataclass
from typing import Protocol

from core.campaigns.schemas import CampaignView, Suggestion
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


class Matcher(Protocol):
    """Finds creators for a campaign."""

    def match(self, work: Work, campaign: CampaignView, *, limit: int = 20) -> Matched:
        """Return creators who satisfy every hard wish, and the best set the budget can pay."""
        ...
