"""Server-rendered pages: Jinja templates, escaped by default."""

from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from bots.cards import words
from bots.phrases import amounts
from bots.phrases.languages import spoken
from bots.phrases.sentences import say
from core.kit.money import Money
from core.settings import Settings

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["money"] = amounts.money
_templates.filters["moment"] = amounts.moment
_templates.filters["compact"] = amounts.compact
_templates.filters["label"] = words.label
_templates.filters["state"] = words.state
_templates.filters["minor"] = lambda minor, currency: amounts.money(Money(minor, currency))
_templates.globals["say"] = say
_templates.globals["spoken"] = spoken


def page(name: str, settings: Settings, **facts: Any) -> HTMLResponse:  # noqa: ANN401
    """Return a page."""
    template = _templates.get_template(f"{name}.html")
    return HTMLResponse(template.render(sandbox=settings.sandbox, **facts))
