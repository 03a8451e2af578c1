"""Words that several slices share: platforms, kinds of work, goals and niches."""

from enum import StrEnum


class Platform(StrEnum):
    """Social networks that creators publish on."""

    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    YOUTUBE = "youtube"
    X = "x"


class DeliverableKind(StrEnum):
    """One piece of work a creator can be asked for."""

    REEL = "reel"
    STORY = "story"
    POST = "post"
    VIDEO = "video"
    SHORT = "short"
    TWEET = "tweet"
    LIVE = "live"


class Goal(StrEnum):
    """What a campaign is for."""

    AWARENESS = "awareness"
    SALES = "sales"
    UGC = "ugc"
    TRAFFIC = "traffic"
    LAUNCH = "launch"
    FOOTFALL = "footfall"


NICHES: tuple[str, ...] = (
    "art",
    "automotive",
    "beauty",
    "books",
    "business",
    "causes",
    "comedy",
    "diy",
    "education",
    "entertainment",
    "fashion",
    "film",
    "finance",
    "fitness",
    "food",
    "gaming",
    "health",
    "home",
    "lifestyle",
    "music",
    "news",
    "parenting",
    "pets",
    "photography",
    "sports",
    "sustainability",
    "tech",
    "travel",
)

HOME_OF: dict[DeliverableKind, Platform] = {
    DeliverableKind.REEL: Platform.INSTAGRAM,
    DeliverableKind.STORY: Platform.INSTAGRAM,
    DeliverableKind.POST: Platform.INSTAGRAM,
    DeliverableKind.VIDEO: Platform.YOUTUBE,
    DeliverableKind.SHORT: Platform.YOUTUBE,
    DeliverableKind.TWEET: Platform.X,
    DeliverableKind.LIVE: Platform.INSTAGRAM,
}
"""Where a kind of work is usually published when nobody names a platform."""
