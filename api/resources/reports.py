"""A campaign's report as page and CSV, behind a signed link."""

from fastapi import APIRouter, HTTPException, status
from fastapi.responses import HTMLResponse, PlainTextResponse
from markupsafe import Markup

from api.dependencies import InWork, WithRuntime
from api.pages.render import page
from core.insights import charts, links, metrics
from core.insights import service as insights
from core.insights.schemas import Report
from core.kit.work import Work
from runtime.parts import Runtime

router = APIRouter(prefix="/reports", tags=["reports"])
NOT_INDEXED = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
"""Who finds a report by a search, or in another site's log, was not given its link."""


@router.get("/{token}.csv")
def as_csv(token: str, work: InWork, runtime: WithRuntime) -> PlainTextResponse:
    """Return the report as CSV."""
    report = _report(token, work, runtime)
    headers = {"Content-Disposition": 'attachment; filename="report.csv"', **NOT_INDEXED}
    return PlainTextResponse(insights.as_csv(report), media_type="text/csv", headers=headers)


@router.get("/{token}")
def show(token: str, work: InWork, runtime: WithRuntime) -> HTMLResponse:
    """Show the report."""
    report = _report(token, work, runtime)
    chart = Markup(charts.svg(report)) if report.readings else ""  # noqa: S704  (our own renderer's SVG)
    total, measured = report.total, report.measured
    figures = {
        "CPM": metrics.cost_per_mille(measured),
        "CPE": metrics.cost_per_engagement(measured),
        "CPC": metrics.cost_per_click(total),
    }
    rates = {
        "Engagement by views": metrics.engagement_rate(measured.engagements, measured.views),
        "CTR": metrics.click_through_rate(measured),
        "ROI": metrics.return_on_investment(total) if total.revenue_minor else None,
    }
    shown = page(
        "report",
        runtime.settings,
        report=report,
        chart=chart,
        token=token,
        figures=figures,
        rates={name: float(rate) * 100 for name, rate in rates.items() if rate is not None},
        play_money=runtime.rails.present.facts.play_money,
        play_network=runtime.networks.play,
    )
    shown.headers.update(NOT_INDEXED)
    return shown


def _report(token: str, work: Work, runtime: Runtime) -> Report:
    campaign_id = links.campaign_of(work, runtime.settings.keys, token)
    if campaign_id is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "That link is not one of ours.")
    return insights.report(work, campaign_id)
