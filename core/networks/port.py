"""What a social network must be able to do for us, whichever it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.kit.vocabulary import DeliverableKind, Platform


@dataclass(frozen=True, slots=True)
class Metrics:
    """Counts at one moment. A count the network does not give is None, never zero."""

    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    saves: int | None = None
    shares: int | None = None
    reach: int | None = None


@dataclass(frozen=True, slots=True)
class PostReading:
    """A published post as its network shows it. `followers` are its account's, if it tells."""

    network_id: str
    platform: Platform
    owner: str
    kind: DeliverableKind
    caption: str
    published_at: datetime
    metrics: Metrics
    followers: int | None = None


class SocialNetwork(Protocol):
    """A door to one network. Every call is outside a transaction, bounded in time, and only reads.

    `name` is the one that `core.networks.links` gives to links of its posts. `is_play` marks one of our own,
    on which nothing is about a real person.
    """

    name: str
    is_play: bool

    def read(self, link: str, now: datetime) -> PostReading | None:
        """Return the post behind a link, or None where the network says that there is none.

        Raises:
            NetworkUnavailable: when the network did not answer; that is never a deletion.
        """
        ...
