"""Agreeing to what one sees: a command that binds somebody carries a mark of what they were shown.

A mark is a short digest of the facts on a card: a deal's round and price, a draft's version, an amount. Where
the thing has changed since, the marks differ, the command changes nothing, and the thing is shown as it is.
"""

import hashlib
import hmac
import inspect
from collections.abc import Callable
from typing import TypeVar

from core.kit.errors import ShownChanged

MARK_CHARACTERS = 10
BINDING: dict[str, Callable[..., object]] = {}
"""Every command that binds somebody, by its full name."""

F = TypeVar("F", bound=Callable[..., object])


def mark(*facts: object) -> str:
    """Return the mark of what is shown: the same facts in the same order give the same mark (40 bits)."""
    text = "\x1f".join("" if fact is None else str(fact) for fact in facts)
    return hashlib.sha256(text.encode()).hexdigest()[:MARK_CHARACTERS]


def require(shown: str, present: str, **facts: object) -> None:
    """Insist that what was shown is what is.

    Raises:
        ShownChanged: with `facts`, so that a sentence can name the thing.
    """
    if not hmac.compare_digest(shown.encode(), present.encode()):
        raise ShownChanged(**facts)


def binding(command: F) -> F:
    """Note that a command binds somebody. Raises TypeError where it does not take what was `shown`."""
    parameter = inspect.signature(command).parameters.get("shown")
    if parameter is None or parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
        raise TypeError(f"{command.__qualname__} binds somebody and does not take what was shown")
    BINDING[f"{command.__module__}.{command.__qualname__}"] = command
    return command
