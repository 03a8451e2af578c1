"""How well a creator fits a brief: a hand-set logistic prior, each feature with its reason in words.

There are no outcomes to learn from yet; weights are set by hand and versioned.
"""

import math
from dataclasses import dataclass

from core.campaigns.schemas import Brief
from core.creators.schemas import CreatorView
from core.kit.remarks import Remark
from core.trust.schemas import InfluenceScore, Reliability

VERSION = "prior-1"
BIAS = -2.2
WEIGHTS = {
    "similar": 4.0,
    "niche": 1.1,
    "influence": 1.2,
    "reliable": 0.8,
    "near": 0.5,
    "priced": 0.3,
}
SIMILAR_ENOUGH = 0.35


@dataclass(frozen=True, slots=True)
class Fit:
    """How likely a creator is to suit, accept and deliver: 0 to 1, with the reasons."""

    score: float
    reasons: tuple[Remark, ...]


def fit(
    creator: CreatorView,
    brief: Brief,
    cosine: float,
    influence: InfluenceScore,
    reliable: Reliability,
    *,
    own_rates: bool,
) -> Fit:
    """Return the score of one creator for one brief. Reads nothing."""
    shared = [niche for niche in brief.niches if niche in creator.niches]
    near = bool(brief.cities) and creator.city.casefold() in {c.casefold() for c in brief.cities}
    features = {
        "similar": max(cosine, 0.0),
        "niche": len(shared) / len(brief.niches) if brief.niches else 0.0,
        "influence": influence.score / 100,
        "reliable": reliable.score / 100,
        "near": float(near),
        "priced": float(own_rates),
    }
    logit = BIAS + sum(WEIGHTS[name] * value for name, value in features.items())
    return Fit(
        1 / (1 + math.exp(-logit)),
        tuple(_reasons(creator, shared, near, cosine, influence, reliable)),
    )


def _reasons(
    creator: CreatorView,
    shared: list[str],
    near: bool,  # noqa: FBT001  (one caller, above)
    cosine: float,
    influence: InfluenceScore,
    reliable: Reliability,
) -> list[Remark]:
    reasons = []
    if shared:
        reasons.append(Remark("talks_about", {"topics": shared}))
    elif cosine >= SIMILAR_ENOUGH:
        reasons.append(Remark("similar"))
    if near:
        reasons.append(Remark("lives_in", {"place": creator.city}))
    engaged = [a for a in creator.accounts if a.engagement_bps]
    if engaged:
        best = max(engaged, key=lambda a: a.engagement_bps or 0)
        rate = round((best.engagement_bps or 0) / 100, 1)
        reasons.append(Remark("engagement", {"rate": rate, "platform": best.platform}))
    between = influence.between
    sure = {"score": between.value, "low": between.low, "high": between.high}
    reasons.append(Remark("influence", sure))
    if reliable.observations:
        reasons.append(Remark("reliability", {"score": reliable.score, "n": reliable.observations}))
    return reasons
