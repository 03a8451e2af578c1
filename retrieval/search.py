"""Finds creators for a campaign: filter, retrieve, rank, choose. Implements `core.campaigns.matching`.

The index is derived data held in memory: it follows `creator_vector` by revision before each search (one
query when nothing changed). PostgreSQL is the truth.
"""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from uuid import UUID

import numpy as np

from core.campaigns.matching import Matched
from core.campaigns.schemas import Brief, CampaignView, Suggestion
from core.creators import service as creators
from core.creators.schemas import CreatorView
from core.kit.money import Money
from core.kit.remarks import Remark
from core.kit.work import Work
from core.trust import service as trust
from retrieval.documents import creators as documents
from retrieval.embeddings.encoder import OfflineEncoder
from retrieval.index.columns import Columns, Mask
from retrieval.index.exact import ExactIndex
from retrieval.ranking import prices, score
from retrieval.selection.budget import NoSetFound, best_set

FOLLOW_ROWS = 2_000
RETRIEVE = 500
CREATORS_WHEN_NOT_SAID = 5
NAMED_WISHES_MAX = 2


class CreatorMatcher:
    """The matcher of one process."""

    def __init__(self, encoder: OfflineEncoder | None = None) -> None:
        """Embed with `encoder`; the index is empty until the first search follows the database."""
        self._encoder = encoder or OfflineEncoder()
        self._index = ExactIndex(self._encoder.dimensions)
        self._columns = Columns()
        self._row_of: dict[UUID, int] = {}
        self._revision = 0
        self._lock = Lock()

    def embed(self, views: list[CreatorView]) -> Callable[[Work], None]:
        """Embed creators now; the result stores their vectors, for every process to follow."""
        vectors = self._encoder.encode([documents.of_creator(view) for view in views])
        pairs = zip(views, vectors, strict=True)
        embeddings = {view.id: vector.tobytes() for view, vector in pairs}
        return lambda work: creators.store_vectors(work, self._encoder.name, embeddings)

    def follow(self, work: Work) -> int:
        """Take in what changed since the last time; returns how many rows."""
        taken = 0
        with self._lock:
            while found := creators.vectors_after(work, self._encoder.name, self._revision, FOLLOW_ROWS):
                vectors = np.frombuffer(b"".join(v.embedding for v in found), np.float32)
                rows = self._index.add(vectors.reshape(len(found), -1))
                for row, view in zip(rows, found, strict=True):
                    if (old := self._row_of.get(view.creator.id)) is not None:
                        self._index.retire(old)
                    self._row_of[view.creator.id] = row
                    self._columns.append(view.creator)
                self._revision = found[-1].revision
                taken += len(found)
        return taken

    def match(self, work: Work, campaign: CampaignView, *, limit: int = 20) -> Matched:
        """Return the creators who satisfy every hard wish, best first, and the best affordable set."""
        self.follow(work)
        brief = campaign.brief
        mask, remarks = self._filter(brief)
        fitting = int(np.count_nonzero(mask & self._live()))
        query = self._encoder.encode([documents.of_brief(brief)])[0]
        rows, cosines = self._index.search(query, RETRIEVE, mask)
        found = [self._columns.creators[row] for row in rows]
        suggestions = self._rank(work, campaign, found, cosines.tolist())
        chosen = _choose(suggestions, campaign)
        cost = Money(sum(s.price.minor for s in chosen), campaign.currency)
        if suggestions and not chosen:
            remarks.append(Remark("too_dear", {"minor": min(s.price.minor for s in suggestions)}))
        return Matched(tuple(suggestions[:limit]), tuple(chosen), cost, fitting, tuple(remarks))

    def _live(self) -> Mask:
        live = np.zeros(len(self._columns.creators), np.bool_)
        live[list(self._row_of.values())] = True
        return live

    def _filter(self, brief: Brief) -> tuple[Mask, list[Remark]]:
        """Return who satisfies every wish; where nobody does, which wish to give up helps most."""
        masks = {name: wish() for name, wish in self._columns.wishes(brief).items()}
        everybody = self._live()
        together = np.logical_and.reduce([everybody, *masks.values()])
        remarks: list[Remark] = []
        if not together.any() and everybody.any():
            without = {
                name: int(
                    np.count_nonzero(
                        np.logical_and.reduce(
                            [everybody, *(m for other, m in masks.items() if other != name)]
                        )
                    )
                )
                for name in masks
            }
            best = sorted(without.items(), key=lambda item: -item[1])[:NAMED_WISHES_MAX]
            remarks = [_without(brief, name, count) for name, count in best if count]
        return together, remarks

    def _rank(
        self,
        work: Work,
        campaign: CampaignView,
        found: list[CreatorView],
        cosines: list[float],
    ) -> list[Suggestion]:
        reliable = trust.reliability(work, [creator.id for creator in found])
        suggestions = []
        for creator, cosine in zip(found, cosines, strict=True):
            price, estimated = prices.price(creator, campaign.brief, campaign.currency)
            influence = trust.influence(creator, reliable[creator.id])
            fit = score.fit(
                creator,
                campaign.brief,
                cosine,
                influence,
                reliable[creator.id],
                own_rates=not estimated,
            )
            suggestions.append(Suggestion(creator.id, price, estimated, fit.score, fit.reasons))
        return sorted(suggestions, key=lambda s: (-s.score, str(s.creator_id)))


def _without(brief: Brief, wish: str, count: int) -> Remark:
    """Say how many there would be without one wish."""
    wanted = getattr(brief, wish, ())
    return Remark(f"without_{wish}", {"n": count} | ({wish: list(wanted)} if wanted else {}))


def _choose(suggestions: list[Suggestion], campaign: CampaignView) -> list[Suggestion]:
    k = campaign.brief.creators_max or campaign.brief.creators_min or CREATORS_WHEN_NOT_SAID
    value = np.array([s.score for s in suggestions], np.float64)
    price = np.array([s.price.minor for s in suggestions], np.int64)
    try:
        chosen = set(best_set(value, price, campaign.budget.minor, k)) if suggestions else set()
    except NoSetFound:
        chosen = set()
    return [replace(s, in_best_set=True) for i, s in enumerate(suggestions) if i in chosen]
