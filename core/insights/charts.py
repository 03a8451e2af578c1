"""The report's chart: one definition, drawn as PNG for a chat and as SVG for a page.

Altair and vl-convert are imported when a chart is drawn: together they take half a second to load.
"""

from typing import Any

from core.insights.schemas import Report

WIDTH, HEIGHT = 560, 260


def specification(report: Report) -> dict[str, Any]:
    """Return the chart as Vega-Lite: views over time, one line a creator."""
    import altair as alt  # noqa: PLC0415  (0.4 s, see above)

    rows = [
        {"time": reading.at.isoformat(), "creator": reading.creator, "views": reading.views}
        for reading in report.readings
    ]
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("time:T", title=None),
            y=alt.Y("views:Q", title="views"),
            color=alt.Color("creator:N", title=None),
        )
        .properties(width=WIDTH, height=HEIGHT, title=f"{report.campaign.title}: views")
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def png(report: Report) -> bytes:
    """Return the chart as a PNG."""
    import vl_convert  # noqa: PLC0415  (loads a renderer of 100 MB)

    drawn: bytes = vl_convert.vegalite_to_png(specification(report), scale=2)
    return drawn


def svg(report: Report) -> str:
    """Return the chart as an SVG."""
    import vl_convert  # noqa: PLC0415  (loads a renderer of 100 MB)

    drawn: str = vl_convert.vegalite_to_svg(specification(report))
    return drawn
