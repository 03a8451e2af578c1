"""Logs: one line an event, with the ids that matter, and never a secret.

What libraries log goes through the same door, and web servers' own access logs are silent: their lines
would show whole addresses, with OAuth codes, verify tokens and report links in them. Ours name the route.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

SECRET_NAMES = re.compile(
    r"passw|pwd|secret|token|authorization|cookie|api_?key|staff_?key|admin_?key|private_?key|credential|signature|csrf",
    re.IGNORECASE,
)
SECRETS = re.compile(
    r"""
      (?<=://)[^\s/@]{0,200}:\S{1,200}(?=@)                     # user:password@, :password@
    | (?<=://)[^\s/@:]{1,200}(?=@)                              # token@
    | (?<!\d)\d{6,12}(?::|%3A)[\w-]{30,}                        # Telegram, in /bot<token>/ too
    | (?<![A-Za-z0-9])(?:
          xox[a-z](?:\.xox[a-z])?-[\w-]{4,} | xapp-[\w-]{4,}    # Slack
        | (?:sk|rk|whsec|rzp)[-_][\w-]{8,}                      # Stripe, Razorpay
        | EAA[A-Za-z0-9]{16,}                                   # Meta
        | AKIA[A-Z0-9]{12,}                                     # AWS
        | nano-[0-9a-f]{12}-[0-9a-f]{48}                        # our operators' personal keys
        | eyJ[\w-]{6,}\.[\w-]*\.?[\w-]*                         # JWT: our links and sessions
      )
    | (?<=bearer\s)[^\s"',]+ | (?<=basic\s)[\w+/=-]{8,}         # Authorization: …
    | (?<=[?&])(?:code|state|hub\.verify_token|sig|signature|key)=[^&\s"']+
    | (?:password|secret|token|api_?key)["']?\s{0,3}[=:]\s{0,3}["']?[^\s"'&,}]+
    """,
    re.IGNORECASE | re.VERBOSE,
)
HIDDEN = "***"
NESTED_MAX = 6
PLACES_LOGGED = 8

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
    ]
    structlog.configure(
        processors=[*shared, redact, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    libraries = logging.StreamHandler(sys.stderr)
    last = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, redact, renderer]
    libraries.setFormatter(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=shared))
    logging.basicConfig(
        level=max(logging.getLevelName(level), logging.WARNING), force=True, handlers=[libraries]
    )
    logging.raiseExceptions = False  # a line that cannot be made is not printed with its raw values
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True


def places(error: BaseException) -> list[str]:
    """Return where an error came through, the innermost last. Its own words may hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES_LOGGED:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def redact(_logger: object, _name: str, event: Event) -> Event:
    """Hide what looks like a secret, by its name or by its shape, however deep it lies."""
    for name, value in event.items():
        event[name] = _hidden(name, value)
    return event


def _hidden(name: str, value: Any, depth: int = 0) -> Any:  # noqa: ANN401  (anything can be logged)
    if SECRET_NAMES.search(name) or depth > NESTED_MAX:
        return HIDDEN
    match value:
        case None | bool() | int() | float():
            return value
        case Mapping():
            return {str(key): _hidden(str(key), one, depth + 1) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_hidden("", one, depth + 1) for one in value]
        case bytes():
            return SECRETS.sub(HIDDEN, value.decode("utf-8", "replace"))
    return SECRETS.sub(HIDDEN, str(value))
