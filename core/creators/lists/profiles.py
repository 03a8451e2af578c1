"""Column maps of exports that many lists come from: known by their headings, so that nothing is guessed."""

from dataclasses import dataclass

from core.creators.lists.headings import folded
from core.kit.vocabulary import Platform


@dataclass(frozen=True, slots=True)
class Profile:
    """An export: the headings that mark it (as they are folded), what its columns are, of which platform."""

    name: str
    marks: frozenset[str]
    columns: dict[str, str]
    platform: Platform | None = None


PROFILES = (
    Profile(
        "YouTube's figures",
        frozenset({"category", "views", "like rate", "comment rate"}),
        {"category": "niches", "views": "average_views"},
        Platform.YOUTUBE,
    ),
    Profile(
        "a ranking of YouTube channels",
        frozenset({"rank", "youtuber", "subscribers", "category"}),
        {
            "youtuber": "name",
            "subscribers": "followers",
            "category": "niches",
            "country": "country",
            "abbreviation": "country",
            "video views": "",
            "title": "",
        },
        Platform.YOUTUBE,
    ),
    Profile(
        "a ranking of Instagram accounts",
        frozenset({"rank", "channel info", "influence score", "followers"}),
        {
            "channel info": "handle",
            "followers": "followers",
            "60 day eng rate": "engagement_rate",
            "country": "country",
        },
        Platform.INSTAGRAM,
    ),
    Profile(
        "HypeAuditor's report",
        frozenset({"username", "full name", "followers count", "aqs"}),
        {
            "username": "handle",
            "full name": "name",
            "about": "bio",
            "followers count": "followers",
            "location": "location",
            "er": "engagement_rate",
        },
    ),
    Profile(
        "InsightIQ's profiles",
        frozenset({"profile platform username", "profile full name", "profile follower count"}),
        {
            "work platform name": "platform",
            "profile platform username": "handle",
            "profile full name": "name",
            "profile introduction": "bio",
            "profile follower count": "followers",
            "profile language": "languages",
            "profile average views": "average_views",
            "profile engagement rate": "engagement_rate",
        },
    ),
    Profile(
        "a TikTok export",
        frozenset({"unique id", "nickname", "follower count"}),
        {
            "unique id": "handle",
            "nickname": "name",
            "signature": "bio",
            "follower count": "followers",
            "region": "country",
        },
        Platform.TIKTOK,
    ),
    Profile(
        "Instagram's own fields",
        frozenset({"username", "full name", "biography", "followers count"}),
        {
            "username": "handle",
            "full name": "name",
            "biography": "bio",
            "followers count": "followers",
            "business category name": "niches",
            "pk": "id",
        },
        Platform.INSTAGRAM,
    ),
)


def recognised(headings: list[str]) -> Profile | None:
    """Return the export whose marks are all among the headings, the one with the most; None where none is."""
    names = {folded(heading) for heading in headings}
    fitting = [profile for profile in PROFILES if profile.marks <= names]
    return max(fitting, key=lambda profile: len(profile.marks), default=None)
