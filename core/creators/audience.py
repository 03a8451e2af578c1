"""Whom a creator says that she reaches: her own words, which no network has confirmed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from core.creators.errors import CreatorNotFound, SharesOutOfRange
from core.creators.profiles import view
from core.creators.repository import CreatorRepository
from core.creators.schemas import AudienceShare, CreatorView
from core.kit.work import Work

WHOLE = 100
SHARES_MAX = 20


def state(work: Work, person_id: UUID, shares: Sequence[AudienceShare]) -> CreatorView:
    """Keep what a creator says of her audience in the place of what she said before; nothing takes it back.

    Raises:
        CreatorNotFound: for a person without a profile.
        SharesOutOfRange: when one kind of shares is more than all of the audience, or named twice.
    """
    creator = CreatorRepository(work.session).of_person(person_id)
    if creator is None:
        raise CreatorNotFound
    sums: Counter[str] = Counter()
    for share in shares:
        sums[share.of] += share.percent
    named = {(share.of, share.name) for share in shares}
    few = len(named) == len(shares) <= SHARES_MAX
    if not few or any(share.percent < 1 for share in shares) or any(s > WHOLE for s in sums.values()):
        raise SharesOutOfRange
    creator.audience = [asdict(share) for share in shares]
    creator.updated_at = work.now
    work.session.flush()
    return view(creator)
