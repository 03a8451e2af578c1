"""Which sayings a message is nearest to: by its words and letters, and by its meaning where an encoder reads it.

The encoder knows no Hindi; runs of letters carry that. Each saying counts with its two next of the same
intent, so that a single odd one does not decide.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Encode = Callable[[list[str]], Floats]
"""Texts to unit vectors, one a row."""
RUNS = (3, 4)
WORD_WEIGHT, PAIR_WEIGHT, RUN_WEIGHT = 1.5, 1.0, 0.5
WEIGHTS = (1.0, 0.5, 0.25)  # of the nearest, the second, the third saying of an intent
LETTERS_SHARE = 0.6
NEAREST = 48
UNKNOWN = 4.0  # what a feature that no saying has takes away: as the square of a rare one


@dataclass(frozen=True, slots=True)
class Near:
    """An intent's sayings near a message: how near, from 0 to 1, and the place of the nearest."""

    score: float
    place: int


def _features(text: str) -> Counter[str]:
    words = text.split()
    found: Counter[str] = Counter()
    for word in words:
        found[f"w:{word}"] += 1
    for one, two in pairwise(words):
        found[f"p:{one} {two}"] += 1
    padded = f" {text} "
    found.update(padded[i : i + n] for n in RUNS for i in range(len(padded) - n + 1))
    return found


def _weight(feature: str) -> float:
    return {"w:": WORD_WEIGHT, "p:": PAIR_WEIGHT}.get(feature[:2], RUN_WEIGHT)


class Neighbours:
    """Sayings with their labels, ready to be searched."""

    def __init__(self, sayings: Sequence[str], labels: Sequence[str]) -> None:
        """Weigh every feature by how rare it is."""
        self._sayings, self._labels = list(sayings), list(labels)
        counted = [_features(saying) for saying in sayings]
        seen = Counter(feature for features in counted for feature in features)
        self._place = {feature: place for place, feature in enumerate(seen)}
        self._rarity = {
            f: (float(np.log(len(sayings) / n)) + 0.1) * _weight(f) ** 0.5 for f, n in seen.items()
        }
        rows = [self._row(features) for features in counted]
        ends = np.cumsum([0, *(len(places) for places, _ in rows)])
        places = np.concatenate([row[0] for row in rows])
        values = np.concatenate([row[1] for row in rows])
        by_saying = sparse.csr_matrix((values, places, ends), shape=(len(rows), len(self._place)))
        self._of_feature = by_saying.tocsc()

    @property
    def sayings(self) -> list[str]:
        """Return every saying, in its place."""
        return self._sayings

    def nearest(self, text: str, meaning: Floats | None = None) -> dict[str, Near]:
        """Return the labels of the nearest sayings with how near they are, the nearest label first.

        `meaning` is how near each saying is by what it means, where that is known.
        """
        scores = self._shared(*self._row(_features(text)))
        if meaning is not None:
            scores = LETTERS_SHARE * scores + (1 - LETTERS_SHARE) * meaning
        return dict(sorted(self._by_label(scores), key=lambda item: -item[1].score))

    def _shared(self, places: NDArray[np.int32], values: Floats) -> Floats:
        """Return what each saying shares with a message: only the lists of the message's features are read."""
        starts, ends = self._of_feature.indptr[places], self._of_feature.indptr[places + 1]
        found = np.concatenate([np.arange(s, e) for s, e in zip(starts, ends, strict=True)] or [np.arange(0)])
        shares = self._of_feature.data[found] * np.repeat(values, ends - starts)
        return np.bincount(self._of_feature.indices[found], shares, len(self._sayings)).astype(np.float32)

    def _row(self, features: Counter[str]) -> tuple[NDArray[np.int32], Floats]:
        known = [(self._place[f], n**0.5 * self._rarity[f]) for f, n in features.items() if f in self._place]
        places = np.array([place for place, _ in known], np.int32)
        values = np.array([value for _, value in known], np.float32)
        unknown = sum(n * _weight(f) for f, n in features.items() if f not in self._place)
        length = float(np.sqrt(np.square(values).sum() + UNKNOWN * unknown)) or 1.0
        return places, values / length

    def _by_label(self, scores: Floats) -> Iterator[tuple[str, Near]]:
        best: dict[str, list[tuple[float, int]]] = {}
        nearest = np.argpartition(-scores, min(NEAREST, len(scores) - 1))[:NEAREST]
        for place in sorted(nearest.tolist(), key=lambda place: -scores[place]):
            best.setdefault(self._labels[place], []).append((float(scores[place]), place))
        for label, found in best.items():
            near = sum(weight * score for weight, (score, _) in zip(WEIGHTS, found, strict=False))
            yield label, Near(near / sum(WEIGHTS), found[0][1])
