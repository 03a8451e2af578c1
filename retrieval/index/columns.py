"""The hard wishes of a brief, evaluated over all creators at once on plain numpy columns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.campaigns.schemas import Brief
from core.creators.schemas import CreatorView
from core.kit.vocabulary import Platform

PLATFORMS = tuple(Platform)
Mask = NDArray[np.bool_]


@dataclass(slots=True)
class Columns:
    """One entry a row of the index; written together."""

    creators: list[CreatorView] = field(default_factory=list)
    platforms: list[int] = field(default_factory=list)
    followers: list[list[int]] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    cities: list[str] = field(default_factory=list)
    languages: list[frozenset[str]] = field(default_factory=list)
    available: list[bool] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def put(self, row: int, creator: CreatorView) -> None:
        """Write one creator's columns: over those of a row there is, or as the next one."""
        by_platform = {a.platform: a.followers for a in creator.accounts}
        entry: dict[str, Any] = {
            "creators": creator,
            "platforms": _bits(a.platform for a in creator.accounts),
            "followers": [-1 if (n := by_platform.get(p)) is None else n for p in PLATFORMS],
            "countries": creator.country,
            "cities": creator.city.casefold(),
            "languages": frozenset(creator.languages),
            "available": creator.available,
            "words": " ".join((creator.name, creator.bio, *creator.niches, *creator.topics)).casefold(),
        }
        for name, value in entry.items():
            column = getattr(self, name)
            column[row : row + 1] = [value]

    def wishes(self, brief: Brief) -> dict[str, Callable[[], Mask]]:
        """Return the hard wishes a brief makes, by their names in a brief."""
        wishes: dict[str, Callable[[], Mask]] = {"available": lambda: np.array(self.available, np.bool_)}
        if brief.platforms or brief.own_places:
            wishes["platforms"] = lambda: self._on(brief)
        if brief.cities:
            cities = {city.casefold() for city in brief.cities}
            wishes["cities"] = lambda: np.array([c in cities for c in self.cities], np.bool_)
        if brief.countries:
            countries = set(brief.countries)
            wishes["countries"] = lambda: np.array([c in countries for c in self.countries], np.bool_)
        if brief.languages:
            wanted = frozenset(brief.languages)
            wishes["languages"] = lambda: np.array([bool(wanted & ls) for ls in self.languages], np.bool_)
        if brief.followers_min is not None or brief.followers_max is not None:
            wishes["followers"] = lambda: self._followers(brief)
        if brief.exclusions:
            words = [word.casefold() for word in brief.exclusions]
            wishes["exclusions"] = lambda: np.array(
                [not any(w in text for w in words) for text in self.words], np.bool_
            )
        return wishes

    def _on(self, brief: Brief) -> Mask:
        """Return who is on one of the campaign's platforms, and on each that a piece is asked for on."""
        have, own = np.array(self.platforms, np.int64), _bits(brief.own_places)
        there: Mask = (have & own) == own
        return there & ((have & _bits(brief.platforms)) != 0) if brief.platforms else there

    def _followers(self, brief: Brief) -> Mask:
        counts = np.array(self.followers, np.int64).reshape(len(self.creators), len(PLATFORMS))
        if brief.platforms:
            counts = counts[:, [PLATFORMS.index(p) for p in brief.platforms]]
        least = brief.followers_min if brief.followers_min is not None else 0
        most = brief.followers_max if brief.followers_max is not None else np.iinfo(np.int64).max
        return np.asarray(((counts >= least) & (counts <= most)).any(axis=1), np.bool_)


def _bits(platforms: Iterable[Platform]) -> int:
    return sum(1 << PLATFORMS.index(platform) for platform in set(platforms))
