"""Finds creators for a campaign: filter, retrieve, rank, choose. Implements `core.campaigns.matching`.

The index is derived data held in memory: it follows `creator_vector` before each search (two small queries
when nothing changed). Topics are a wish that ranks, not a wall. PostgreSQL is the truth.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2b
from threading import RLock
from uuid import UUID

import numpy as np

from core.campaigns.matching import Matched, Room
from core.campaigns.schemas import Brief, CampaignView, Suggestion
from core.campaigns.states import Listed
from core.creators import service as creators
from core.creators.schemas import CreatorView, NewVector, VectorView
from core.deals import views as deals
from core.kit.estimates import Estimate
from core.kit.money import Money
from core.kit.remarks import Remark
from core.kit.work import Work
from core.trust import service as trust
from retrieval.documents import creators as documents
from retrieval.embeddings.encoder import OfflineEncoder
from retrieval.index.columns import Columns, Mask
from retrieval.index.exact import ExactIndex
from retrieval.index.port import VectorIndex
from retrieval.ranking import prices, score
from retrieval.selection.budget import NoSetFound, best_set

FOLLOW_ROWS = 2_000
RETRIEVE = 500
NAMED_WISHES_MAX = 2
NO_CASH = Estimate.known(0, Remark("price_gift"))
"""What everybody costs where a gift is all that is given: whom to take is decided by fit and number alone."""


class CreatorMatcher:
    """The matcher of one process."""

    def __init__(self, encoder: OfflineEncoder | None = None) -> None:
        """Embed with `encoder`; the index is empty until the first search follows the database."""
        self._encoder = encoder or OfflineEncoder()
        self._index: VectorIndex = ExactIndex(self._encoder.dimensions)
        self._columns = Columns()
        self._row_of: dict[UUID, int] = {}
        self._revision_of: dict[UUID, int] = {}
        self._after = 0
        self._lock = RLock()

    def embed(self, views: list[CreatorView], known: Mapping[UUID, NewVector]) -> Callable[[Work], None]:
        """Embed creators now; the result stores their vectors, for every process to follow.

        `known` is what is stored for them: who has not changed since is left alone, and a text that is the
        same is not embedded again.
        """
        marks = {view.id: (_mark(documents.of_creator(view)), _mark(repr(view))) for view in views}
        changed = [v for v in views if v.id not in known or known[v.id].profile_mark != marks[v.id][1]]
        new = [v for v in changed if v.id not in known or known[v.id].text_mark != marks[v.id][0]]
        encoded = self._encoder.encode([documents.of_creator(view) for view in new])
        embeddings = {view.id: vector.tobytes() for view, vector in zip(new, encoded, strict=True)}
        stored = [
            NewVector(v.id, embeddings.get(v.id) or known[v.id].embedding, *marks[v.id]) for v in changed
        ]
        return lambda work: creators.store_vectors(work, self._encoder.name, stored)

    def known(self, work: Work, ids: list[UUID]) -> dict[UUID, NewVector]:
        """Return the vectors stored for some creators."""
        return creators.vectors_of(work, self._encoder.name, ids)

    def follow(self, work: Work) -> int:
        """Take in what changed since the last time, late commits too; returns how many rows."""
        with self._lock:
            written, following = creators.written_since(work, self._encoder.name, self._after)
            new = [key for key, revision in written.items() if self._revision_of.get(key) != revision]
            for start in range(0, len(new), FOLLOW_ROWS):
                self._take_in(creators.vectors(work, new[start : start + FOLLOW_ROWS]))
            self._after = following
        return len(new)

    def _take_in(self, found: list[VectorView]) -> None:
        for view in found:
            vector = np.frombuffer(view.embedding, np.float32)
            row = self._row_of.get(view.creator.id)
            if row is None:
                row = self._row_of[view.creator.id] = self._index.add(vector[None]).start
            else:
                self._index.replace(row, vector)
            self._columns.put(row, view.creator)
            self._revision_of[view.creator.id] = view.revision

    def match(self, work: Work, campaign: CampaignView, room: Room, *, limit: int = 20) -> Matched:
        """Return the creators who satisfy every hard wish, best first, and the best set there is room for."""
        about = documents.of_creator(room.like) if room.like else documents.of_brief(campaign.brief)
        query = self._encoder.encode([about])[0]
        with self._lock:
            self.follow(work)
            mask, remarks = self._filter(campaign.brief, room)
            rows, cosines = self._index.search(query, RETRIEVE, mask)
            found = [self._columns.creators[row] for row in rows]
        fitting = int(np.count_nonzero(mask))
        ranked = self._rank(work, campaign, found, cosines.tolist())
        chosen = _choose(ranked, room)
        cost = Money(sum(s.price.minor for s in chosen), campaign.currency)
        if ranked and not chosen and room.count:
            remarks.append(Remark("too_dear", {"minor": min(s.price.minor for s in ranked)}))
        return Matched(tuple(ranked[:limit]), tuple(chosen), cost, fitting, tuple(remarks))

    def suggest(self, work: Work, campaign: CampaignView, creator: CreatorView) -> Suggestion:
        """Return what one creator would be for a campaign, whatever its wishes."""
        texts = [documents.of_brief(campaign.brief), documents.of_creator(creator)]
        brief, profile = self._encoder.encode(texts)
        return self._rank(work, campaign, [creator], [float(brief @ profile)])[0]

    def _filter(self, brief: Brief, room: Room) -> tuple[Mask, list[Remark]]:
        """Return who satisfies every wish; where too few do, which wish to give up helps most."""
        masks = {name: wish() for name, wish in self._columns.wishes(brief).items()}
        everybody = np.ones(len(self._columns.creators), np.bool_)
        everybody[[self._row_of[key] for key in room.without if key in self._row_of]] = False
        together = np.logical_and.reduce([everybody, *masks.values()])
        remarks: list[Remark] = []
        fitting = int(np.count_nonzero(together))
        if fitting < room.count and everybody.any():
            others = {
                name: int(
                    np.count_nonzero(
                        np.logical_and.reduce(
                            [everybody, *(m for other, m in masks.items() if other != name)]
                        )
                    )
                )
                for name in masks
            }
            best = sorted(others.items(), key=lambda item: -item[1])[:NAMED_WISHES_MAX]
            remarks = [_without(brief, name, count) for name, count in best if count > fitting]
        return together, remarks

    def _rank(
        self,
        work: Work,
        campaign: CampaignView,
        found: list[CreatorView],
        cosines: list[float],
    ) -> list[Suggestion]:
        reliable = trust.reliability(work, [creator.id for creator in found])
        kinds = [spec.kind for spec in campaign.brief.deliverables for _ in range(spec.count)]
        usual = deals.usual_price(work, kinds, campaign.currency)
        suggestions = []
        for creator, cosine in zip(found, cosines, strict=True):
            price = prices.price(creator, campaign.brief, campaign.currency, usual)
            if campaign.cashless:
                price = NO_CASH
            influence = trust.influence(creator, reliable[creator.id])
            fit = score.fit(
                creator,
                campaign.brief,
                cosine,
                influence,
                reliable[creator.id],
                own_rates=prices.all_known(creator, campaign.brief, campaign.currency),
            )
            suggestions.append(Suggestion(creator.id, campaign.currency, price, fit.score, fit.reasons))
        return sorted(suggestions, key=lambda s: (-s.score, str(s.creator_id)))


def _mark(text: str) -> str:
    """Return a short mark by which two texts are known to be the same."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _without(brief: Brief, wish: str, count: int) -> Remark:
    """Say how many there would be without one wish."""
    wanted = getattr(brief, wish, ())
    return Remark(f"without_{wish}", {"n": count} | ({wish: list(wanted)} if wanted else {}))


def _choose(suggestions: list[Suggestion], room: Room) -> list[Suggestion]:
    value = np.array([s.score for s in suggestions], np.float64)
    price = np.array([s.price.minor for s in suggestions], np.int64)
    try:
        chosen = set(best_set(value, price, room.budget.minor, room.count)) if suggestions else set()
    except NoSetFound:
        chosen = set()
    return [replace(s, listed=Listed.CHOSEN) for i, s in enumerate(suggestions) if i in chosen]
