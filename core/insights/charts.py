"""The report's chart: one definition, drawn as PNG for a chat and as SVG for a page.

Altair and vl-convert are imported when a chart is drawn: together they take half a second to load.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.insights.schemas import Reading, Report

WIDTH, HEIGHT = 560, 260


def specification(report: Report) -> dict[str, Any]:
    """Return the chart as Vega-Lite: views over time, one line a post."""
    import altair as alt  # noqa: PLC0415  (0.4 s, see above)

    names = _names(report.readings)
    rows = [
        {"time": reading.at.isoformat(), "post": names[reading.post], "views": reading.views}
        for reading in report.readings
    ]
    chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("time:T", title=None, axis=alt.Axis(format="%d %b %H:%M", labelOverlap=True)),
            y=alt.Y("views:Q", title="views"),
            color=alt.Color("post:N", title=None, sort=list(names.values())),
        )
        .properties(width=WIDTH, height=HEIGHT, title=f"{report.campaign.title}: views")
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _names(readings: Sequence[Reading]) -> dict[UUID, str]:
    """Return what each post is called: no two alike, or a chart would join them into one line."""
    kinds = {reading.post: (reading.creator, reading.kind) for reading in readings}
    posts_of = Counter(creator for creator, _ in kinds.values())
    alike = Counter(kinds.values())
    seen: Counter[tuple[str, str]] = Counter()
    names: dict[UUID, str] = {}
    for post, (creator, kind) in kinds.items():
        seen[creator, kind] += 1
        number = f" {seen[creator, kind]}" if alike[creator, kind] > 1 else ""
        names[post] = f"{creator}: {kind}{number}" if posts_of[creator] > 1 else creator
    return names


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
