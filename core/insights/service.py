"""What a brand got for its money."""

import csv
import io
from uuid import UUID

from core.campaigns import service as campaigns
from core.creators import service as creators
from core.deals import views as deals
from core.deals.schemas import DeliverableView
from core.insights.metrics import Counts
from core.insights.schemas import Reading, Report, ReportRow
from core.kit.work import Work
from core.networks.port import Metrics
from core.posts import service as posts
from core.tracking import service as tracking

NOT_MEASURED = "not measured"
CSV_COLUMNS = (
    "creator",
    "platform",
    "kind",
    "state",
    "post_url",
    "cost",
    "currency",
    "views",
    "reach",
    "likes",
    "comments",
    "saves",
    "shares",
    "clicks",
    "sales",
    "revenue",
)


def report(work: Work, campaign_id: UUID) -> Report:
    """Return a campaign's report. A dozen queries, whatever the number of deals."""
    campaign = campaigns.get(work, campaign_id)
    all_deals = deals.of_campaign(work, campaign_id)
    found = [deal for deal in all_deals if deal.terms_hash]
    names = creators.many(work, [deal.creator_id for deal in found])
    pieces = [(deal, piece) for deal in found for piece in deal.deliverables]
    ids = [piece.id for _, piece in pieces]
    latest = posts.latest_metrics(work, ids)
    clicks, sales = tracking.clicks(work, ids), tracking.revenue(work, ids)
    rows = tuple(
        ReportRow(
            deliverable_id=piece.id,
            creator=names[deal.creator_id].name,
            platform=piece.platform,
            kind=piece.kind,
            state=piece.state,
            post_url=piece.post_url,
            measured=not piece.post_media,
            counts=_counts(
                piece,
                latest.get(piece.id, Metrics()),
                names[deal.creator_id].followers,
                clicks.get(piece.id, 0),
                sales.get(piece.id, (0, 0)),
            ),
        )
        for deal, piece in pieces
    )
    total = sum((row.counts for row in rows), Counts())
    by_piece = {piece.id: (names[deal.creator_id].name, piece.kind) for deal, piece in pieces}
    readings = tuple(
        Reading(at, piece_id, *by_piece[piece_id], m.views or 0, _engagements(m))
        for piece_id, at, m in posts.series(work, ids)
    )
    return Report(campaign, rows, total, deals.money_in(work, campaign, all_deals), readings, work.now)


def as_csv(found: Report) -> str:
    """Return a report as CSV with a header, amounts in major units; formulas in names are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    per_major = found.campaign.currency.minor_per_major
    for row in found.rows:
        c = row.counts
        seen = (c.views, c.reach, c.likes, c.comments, c.saves, c.shares)
        writer.writerow(
            [
                _plain(row.creator),
                row.platform,
                row.kind,
                row.state,
                row.post_url,
                f"{c.cost_minor / per_major:.2f}",
                found.campaign.currency,
                *(seen if row.measured else [NOT_MEASURED] * len(seen)),
                c.clicks,
                c.sales,
                f"{c.revenue_minor / per_major:.2f}",
            ]
        )
    return out.getvalue()


def sold(work: Work, deliverable_id: UUID, reference: str, amount_minor: int) -> None:
    """Note a sale that a brand reports for a deliverable of its own. Raises DealNotFound."""
    deals.get_by_piece(work, deliverable_id)
    tracking.record_sale(work, deliverable_id, reference, amount_minor)


def _counts(
    piece: DeliverableView, found: Metrics, followers: int, clicks: int, sold_: tuple[int, int]
) -> Counts:
    return Counts(
        cost_minor=piece.released.minor,
        views=found.views or 0,
        reach=found.reach or 0,
        followers=followers,
        likes=found.likes or 0,
        comments=found.comments or 0,
        saves=found.saves or 0,
        shares=found.shares or 0,
        clicks=clicks,
        sales=sold_[0],
        revenue_minor=sold_[1],
    )


def _engagements(found: Metrics) -> int:
    return sum(n or 0 for n in (found.likes, found.comments, found.saves, found.shares))


def _plain(text: str) -> str:
    return f"'{text}" if text[:1] in "=+-@\t" else text
