"""Words that several slices share: platforms, kinds of work, goals and niches."""

from enum import StrEnum


class Platform(StrEnum):
    """Social networks that creators publish on."""

    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    YOUTUBE = "youtube"
    X = "x"
    THREADS = "threads"
    FACEBOOK = "facebook"
    LINKEDIN = "linkedin"
    SHARECHAT = "sharechat"
    MOJ = "moj"


class DeliverableKind(StrEnum):
    """One piece of work a creator can be asked for."""

    REEL = "reel"
    STORY = "story"
    POST = "post"
    VIDEO = "video"
    SHORT = "short"
    TWEET = "tweet"
    LIVE = "live"


class Handing(StrEnum):
    """How creators get what a brand gives: it is sent to them, or they come for it."""

    SENT = "sent"
    VISIT = "visit"


class Goal(StrEnum):
    """What a campaign is for."""

    AWARENESS = "awareness"
    SALES = "sales"
    UGC = "ugc"
    TRAFFIC = "traffic"
    LAUNCH = "launch"
    FOOTFALL = "footfall"


NICHES: tuple[str, ...] = (
    "food",
    "fashion",
    "beauty",
    "fitness",
    "travel",
    "lifestyle",
    "tech",
    "gaming",
    "parenting",
    "health",
    "home",
    "finance",
    "education",
    "comedy",
    "music",
    "sports",
    "pets",
    "books",
    "photography",
    "art",
    "entertainment",
    "film",
    "automotive",
    "business",
    "diy",
    "sustainability",
    "news",
    "causes",
)
"""What creators post about, the most common first: lists are short in some apps."""

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
