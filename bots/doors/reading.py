"""What every door's reader of foreign JSON shares: nothing in it is believed to have its shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.messaging.messages import IncomingMessage

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody said or pressed something. `order` sorts what waits in one chat."""

    incoming: IncomingMessage
    order: int


def part(body: Json, name: str) -> Json:
    """Return an object inside an object, empty where there is none."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def parts(body: Json, name: str) -> list[Json]:
    """Return the objects of a list inside an object, empty where there is none."""
    value = body.get(name)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def degrees(north: object, east: object) -> tuple[float, float] | None:
    """Return a place on Earth, None for anything else."""
    if not isinstance(north, int | float) or not isinstance(east, int | float):
        return None
    return (float(north), float(east)) if abs(north) <= 90 and abs(east) <= 180 else None  # noqa: PLR2004
