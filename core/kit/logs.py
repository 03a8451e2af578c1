"""Logs: one line an event, with the ids that matter, and never a secret."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_NAMES = re.compile(r"password|secret|token|authorization|cookie|api_?key|admin_key", re.IGNORECASE)
SECRETS = re.compile(
    r"(?<=://)[^/@\s]+:[^/@\s]+(?=@)|\b(?:sk|rk|whsec|xox[abp]|xapp)[-_][\w-]{8,}|\b\d{8,10}:[\w-]{35}\b"
)
HIDDEN = "***"

Event = MutableMapping[str, Any]


def configure(level: str, form: str) -> None:
    """Log to standard error: text for a person at a terminal, JSON for machines."""
    renderer: Any = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(logging.getLevelName(level), logging.WARNING), force=True)


def redact(_logger: object, _name: str, event: Event) -> Event:
    """Hide what looks like a secret, by its name or by its shape."""
    for name, value in event.items():
        if SECRET_NAMES.search(name):
            event[name] = HIDDEN
        elif isinstance(value, str):
            event[name] = SECRETS.sub(HIDDEN, value)
    return event
