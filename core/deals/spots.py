"""Where each piece that a brief asks for goes, and which piece of a deal stands for which of them. Pure."""

from collections.abc import Sequence

from core.campaigns.schemas import Brief
from core.kit.vocabulary import DeliverableKind, Platform

Spot = tuple[DeliverableKind, Platform]
"""What kind a piece is, and on which network it goes out."""


def asked(brief: Brief) -> list[Spot]:
    """Return the kind and place of every piece that a brief asks for."""
    return [(spec.kind, brief.place_of(spec)) for spec in brief.deliverables for _ in range(spec.count)]


def matched(have: Sequence[Spot], wanted: Sequence[Spot]) -> list[int | None]:
    """Return by its number which piece there is stands for each wanted one, None where none does.

    One at its place comes first, then any of its kind: that one can still go elsewhere.
    """
    free = dict(enumerate(have))
    found: list[int | None] = [None] * len(wanted)
    for anywhere in (False, True):
        for place, spot in enumerate(wanted):
            fits = [n for n, one in free.items() if one == spot or (anywhere and one[0] is spot[0])]
            if found[place] is None and fits:
                found[place] = fits[0]
                del free[fits[0]]
    return found
