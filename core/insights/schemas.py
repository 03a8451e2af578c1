"""What callers get back about how a campaign went."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.campaigns.schemas import CampaignView
from core.insights import metrics
from core.insights.metrics import Counts
from core.kit import exchange
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.payments.schemas import CampaignMoney


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One deliverable in a report. The cost is what was released for it, commission included.

    Of a post that is not `measured` nobody knows views or likes: its counts of them mean nothing.
    """

    deliverable_id: UUID
    creator: str
    platform: Platform
    kind: DeliverableKind
    state: str
    post_url: str
    measured: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class Reading:
    """Views and engagements of one post at one moment, for the chart. `post` is the deliverable."""

    at: datetime
    post: UUID
    creator: str
    kind: DeliverableKind
    views: int
    engagements: int


@dataclass(frozen=True, slots=True)
class Report:
    """How a campaign went so far."""

    campaign: CampaignView
    rows: tuple[ReportRow, ...]
    total: Counts
    money: CampaignMoney
    readings: tuple[Reading, ...]
    at: datetime

    @property
    def measured(self) -> Counts:
        """Return the totals of what is measured, for figures by the view."""
        return sum((row.counts for row in self.rows if row.measured), Counts())

    @property
    def unmeasured(self) -> int:
        """Return how many posts nobody measures."""
        return sum(1 for row in self.rows if not row.measured)

    @property
    def earned_media_value(self) -> Money:
        """Return the EMV, roughly, in its currency: Σ views × what a view costs as an advertisement."""
        views = dict.fromkeys(metrics.VIEW_VALUE_USD, 0)
        for row in self.rows:
            if row.platform in views:
                views[row.platform] += row.counts.views
        dollars = round(metrics.earned_media_value(views, metrics.VIEW_VALUE_USD))
        currency = self.campaign.currency
        return Money.of(exchange.of_dollars(dollars, currency), currency)
