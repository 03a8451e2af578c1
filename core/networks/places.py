"""The places to post: each network is one row of data, and whatever knows a network reads it here."""

from dataclasses import InitVar, dataclass, field

import regex as re

from core.kit.vocabulary import DeliverableKind, Platform


@dataclass(kw_only=True, eq=False)
class Place:
    """A network's row. In its patterns `name` is whose it is and `id` the post's own number.

    It is shown by its `title` and `called` by other words too; `takes` is the work that is published there.
    A path is matched whole, without its last slash, with what `telling` of its query says which post or
    profile is meant; one of an `other` host begins with two slashes and that host. A post, whose number is
    in ASCII alone, is written anew from the parts of its pattern. `nobody` stands where names do. At a place
    `by_picture` nobody can look at a post yet: a link and a screenshot prove it, and the brand says whether
    they do. One post may have `many_addresses`, whose numbers differ. Signs that are `idle` in a name make no
    other name. `companies` are profiles that only a company has.
    """

    platform: Platform
    title: str
    called: tuple[str, ...]
    hosts: tuple[str, ...]
    other: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    by_picture: bool = False
    many_addresses: bool = False
    idle: str = ""
    work: InitVar[str]
    names: InitVar[str]
    profiles_at: InitVar[tuple[str, ...]]
    posts_at: InitVar[tuple[tuple[str, str], ...]]
    companies_at: InitVar[tuple[tuple[str, str], ...]] = ()
    nobodies: InitVar[str] = ""
    takes: frozenset[DeliverableKind] = field(init=False)
    name: re.Pattern[str] = field(init=False)
    profiles: tuple[re.Pattern[str], ...] = field(init=False)
    posts: tuple[tuple[re.Pattern[str], str], ...] = field(init=False)
    companies: tuple[tuple[re.Pattern[str], str], ...] = field(init=False)
    nobody: frozenset[str] = field(init=False)

    def __post_init__(
        self,
        work: str,
        names: str,
        profiles_at: tuple[str, ...],
        posts_at: tuple[tuple[str, str], ...],
        companies_at: tuple[tuple[str, str], ...],
        nobodies: str,
    ) -> None:
        """Keep the row's patterns ready."""
        self.takes = frozenset(map(DeliverableKind, work.split()))
        self.name, self.nobody = re.compile(names), frozenset(nobodies.split())
        named = f"(?P<name>{names})"
        self.profiles = tuple(re.compile(one.replace("NAME", named), re.IGNORECASE) for one in profiles_at)
        self.posts = tuple(
            (re.compile(one.replace("NAME", named), re.ASCII), written) for one, written in posts_at
        )
        self.companies = tuple(
            (re.compile(one.replace("NAME", named), re.IGNORECASE), written) for one, written in companies_at
        )


PLACES = (
    Place(
        platform=Platform.INSTAGRAM,
        title="Instagram",
        called=("instagram", "insta", "ig", "instagrm", "इंस्टाग्राम", "इंस्टा"),
        work="reel story post video short live",
        hosts=("instagram.com", "www.instagram.com", "m.instagram.com", "instagr.am", "www.instagr.am"),
        other=("ig.me", "l.instagram.com"),
        names=r"[A-Za-z0-9_](?:(?:[A-Za-z0-9_]|\.(?!\.)){0,28}[A-Za-z0-9_])?",
        profiles_at=("/(?:_[un]/)?@?NAME", "/stories/NAME(?:/.*)?", "/@?NAME/.+", "//ig.me/m/NAME"),
        posts_at=(
            (
                r"/(?:(?!share/)[\w.]{1,30}/)?(?P<kind>p|tv)/(?P<id>[\w-]{5,40})",
                "https://www.instagram.com/{kind}/{id}/",
            ),
            (
                r"/(?:(?!share/)[\w.]{1,30}/)?reels?/(?P<id>[\w-]{5,40})",
                "https://www.instagram.com/reel/{id}/",
            ),
            (r"/stories/NAME/0*(?P<id>[1-9]\d{4,24})", "https://www.instagram.com/stories/{name}/{id}/"),
        ),
        nobodies=(
            "p reel reels tv stories highlights share s explore accounts direct about developer "
            "legal web ar challenge emails session oauth graphql api static press privacy terms "
            "directory locations hashtag invites download lite nametag topics create _u _n"
        ),
    ),
    Place(
        platform=Platform.YOUTUBE,
        title="YouTube",
        called=("youtube", "yt", "you tube", "यूट्यूब"),
        work="video short reel post live",
        telling=("v",),
        hosts=("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"),
        other=("youtu.be", "www.youtu.be"),
        names=r"[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.\-\u00b7]{0,98}[\p{L}\p{M}\p{N}_])?",
        profiles_at=("/@NAME(?:/.*)?", "/(?:c|user)/@?NAME(?:/.*)?", "/NAME(?:/[a-z]+)?"),
        posts_at=(
            (r"/(?P<kind>shorts|live)/(?P<id>[\w-]{11})", "https://www.youtube.com/{kind}/{id}"),
            (r"/(?:watch\?v=|(?:embed|v|e|watch)/)(?P<id>[\w-]{11})", "https://www.youtube.com/watch?v={id}"),
            (r"//(?:www\.)?youtu\.be/(?P<id>[\w-]{11})", "https://www.youtube.com/watch?v={id}"),
            (r"/post/(?P<id>Ug[\w-]{10,60})", "https://www.youtube.com/post/{id}"),
        ),
        nobodies=(
            "watch shorts live channel c user playlist playlists results feed embed v e hashtag "
            "post gaming premium about t account trending clip redirect attribution_link source "
            "creators ads oops kids tv upload explore signin logout howyoutubeworks index"
        ),
    ),
    Place(
        platform=Platform.TIKTOK,
        title="TikTok",
        called=("tiktok", "tik tok", "tik-tok", "tt", "टिकटॉक"),
        work="video short reel story post live",
        hosts=("tiktok.com", "www.tiktok.com", "m.tiktok.com"),
        other=("vm.tiktok.com", "vt.tiktok.com"),
        names=r"[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,22}[A-Za-z0-9_])",
        profiles_at=("/(?:[a-z]{2}(?:-[a-z]{2})?/)?@NAME(?:/.*)?", "/NAME"),
        posts_at=(
            (
                r"/@NAME/(?P<kind>video|photo)/0*(?P<id>[1-9]\d{7,24})",
                "https://www.tiktok.com/@{name}/{kind}/{id}",
            ),
            (
                r"/(?:v|embed(?:/v2)?|player/v1)/0*(?P<id>[1-9]\d{7,24})(?:\.html)?",
                "https://www.tiktok.com/embed/{id}",
            ),
            (r"/t/(?P<id>\w{5,16})", "https://www.tiktok.com/t/{id}/"),
            (r"//(?P<kind>v[mt])\.tiktok\.com/(?P<id>\w{5,16})", "https://{kind}.tiktok.com/{id}/"),
        ),
        nobodies=(
            "t v embed player tag discover music foryou following explore live login signup "
            "upload about legal share search trending place shop friends messages business "
            "creators coin link channel topics feedback"
        ),
    ),
    Place(
        platform=Platform.X,
        title="X",
        called=("twitter", "x.com", "x/twitter", "twitter/x", "ट्विटर"),
        work="tweet post video short live",
        telling=("screen_name",),
        hosts=(
            *("x.com", "www.x.com", "mobile.x.com", "m.x.com"),
            *("twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com"),
        ),
        other=("t.co",),
        names=r"[A-Za-z0-9_]{1,15}",
        profiles_at=("/@?NAME(?:/.*)?", r"/intent/(?:user|follow)\?screen_name=@?NAME"),
        posts_at=(
            (
                r"/NAME/status(?:es)?/0*(?P<id>[1-9]\d{0,19})(?:/(?:photo|video)/\d|/[a-z]{5,12})?",
                "https://x.com/{name}/status/{id}",
            ),
            (r"/i/web/status/0*(?P<id>[1-9]\d{0,19})", "https://x.com/i/status/{id}"),
        ),
        nobodies=(
            "i home search hashtag explore settings messages notifications compose login signup "
            "intent share tos privacy about jobs download account logout who_to_follow oauth "
            "bookmarks"
        ),
    ),
    Place(
        platform=Platform.THREADS,
        by_picture=True,
        title="Threads",
        called=("threads.net", "threads.com", "threads app", "meta threads", "थ्रेड्स"),
        work="post video",
        hosts=("threads.com", "www.threads.com", "threads.net", "www.threads.net"),
        other=(),
        names=r"[A-Za-z0-9_](?:(?:[A-Za-z0-9_]|\.(?!\.)){0,28}[A-Za-z0-9_])?",
        profiles_at=("/@NAME(?:/.*)?",),
        posts_at=(
            (r"/@NAME/post/(?P<id>[\w-]{5,40})(?:/media)?", "https://www.threads.com/@{name}/post/{id}"),
            (r"/t/(?P<id>[\w-]{5,40})", "https://www.threads.com/t/{id}"),
        ),
    ),
    Place(
        platform=Platform.FACEBOOK,
        by_picture=True,
        many_addresses=True,
        idle=".",
        title="Facebook",
        called=("facebook", "fb", "face book", "फेसबुक", "फ़ेसबुक"),
        work="post reel story video short live",
        telling=("v", "fbid", "story_fbid", "id"),
        hosts=(
            *("facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com"),
            *("mbasic.facebook.com", "touch.facebook.com", "fb.com", "www.fb.com"),
        ),
        other=("fb.watch", "www.fb.watch", "fb.me", "m.me", "l.facebook.com", "lm.facebook.com"),
        names=r"[A-Za-z0-9](?:[A-Za-z0-9.]{3,48}[A-Za-z0-9])",
        profiles_at=(
            r"/profile\.php\?id=(?P<name>\d{5,20})",
            r"/people/[^/]+/(?P<name>\d{5,20})",
            r"/(?:p/)?[^/]+-(?P<name>\d{8,20})",
            "/(?:pg/)?NAME(?:/(?!permalink).*)?",
            r"//m\.me/NAME",
        ),
        posts_at=(
            (r"/watch(?:/live)?\?v=0*(?P<id>[1-9]\d{4,19})", "https://www.facebook.com/watch/?v={id}"),
            (r"/(?:[\w.-]+/)?reel/0*(?P<id>[1-9]\d{4,19})", "https://www.facebook.com/reel/{id}/"),
            (
                r"/(?:(?!\d+/)NAME|[\w.-]+)/videos/(?:[^/]+/)?0*(?P<id>[1-9]\d{4,19})",
                "https://www.facebook.com/watch/?v={id}",
            ),
            (
                r"/groups/(?P<group>[\w.]+)/(?:posts|permalink)/0*(?P<id>[1-9]\d{4,19})",
                "https://www.facebook.com/groups/{group}/posts/{id}/",
            ),
            (
                r"/(?P<page>(?!\d+/)NAME|[\w.-]+)/posts/(?:[^/]+/)?0*(?P<id>pfbid\w{20,63}|[1-9]\d{4,19})",
                "https://www.facebook.com/{page}/posts/{id}/",
            ),
            (
                r"/(?:story|permalink)\.php\?story_fbid=0*(?P<id>pfbid\w{20,63}|[1-9]\d{4,19})&id=(?P<page>\d{5,20})",
                "https://www.facebook.com/{page}/posts/{id}/",
            ),
            (
                r"/photo(?:\.php)?\?fbid=0*(?P<id>[1-9]\d{4,19})(?:&id=\d+)?",
                "https://www.facebook.com/photo/?fbid={id}",
            ),
        ),
        nobodies=(
            "share sharer watch reel reels groups events marketplace gaming hashtag stories story permalink "
            "photo photos photo.php story.php permalink.php profile.php pages people login help policies "
            "about business settings messages notifications friends search bookmarks saved videos posts"
        ),
    ),
    Place(
        platform=Platform.LINKEDIN,
        by_picture=True,
        many_addresses=True,
        title="LinkedIn",
        called=("linkedin", "linked in", "लिंक्डइन", "लिंक्ड-इन"),
        work="post video live",
        hosts=(
            *("linkedin.com", "www.linkedin.com", "m.linkedin.com"),
            *(
                f"{country}.linkedin.com"
                for country in ("in", "br", "mx", "es", "uk", "us", "de", "id", "pt")
            ),
        ),
        other=("lnkd.in", "www.lnkd.in"),
        names=r"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]{1,98}[\p{L}\p{N}])",
        profiles_at=("/(?:mwlite/)?(?:in|company|school|showcase)/NAME(?:/.*)?",),
        companies_at=(("/(?:mwlite/)?company/NAME(?:/.*)?", "https://www.linkedin.com/company/{name}/"),),
        posts_at=(
            (
                r"/posts/(?:(?P<name>[^/_]{3,100})_)?(?:.+[-_])?(?P<kind>activity|ugcPost|share)-0*(?P<id>[1-9]\d{14,24})(?:-[\w-]{1,8})?",
                "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}/",
            ),
            (
                r"/(?:embed/)?feed/update/urn(?::|%3A)li(?::|%3A)(?P<kind>activity|ugcPost|share)(?::|%3A)0*(?P<id>[1-9]\d{14,24})",
                "https://www.linkedin.com/feed/update/urn:li:{kind}:{id}/",
            ),
        ),
    ),
    Place(
        platform=Platform.SHARECHAT,
        by_picture=True,
        title="ShareChat",
        called=("sharechat", "share chat", "शेयरचैट"),
        work="post video short",
        hosts=("sharechat.com", "www.sharechat.com"),
        other=("b.sharechat.com",),
        names=r"[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,48}[A-Za-z0-9_])",
        profiles_at=("/profile/NAME(?:/.*)?",),
        posts_at=((r"/(?:post|video)/(?P<id>[\w-]{4,40})", "https://sharechat.com/post/{id}"),),
    ),
    Place(
        platform=Platform.MOJ,
        by_picture=True,
        title="Moj",
        called=("moj", "moj app", "mojapp", "मोज"),
        work="video short live",
        hosts=("mojapp.in", "www.mojapp.in"),
        other=("share.mojapp.in",),
        names=r"[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,48}[A-Za-z0-9_])",
        profiles_at=("/@NAME(?:/.*)?",),
        posts_at=((r"/@NAME/video/(?P<id>[\w-]{4,40})", "https://mojapp.in/@{name}/video/{id}"),),
    ),
)
BY_PLATFORM = {place.platform: place for place in PLACES}
HOSTS: dict[str, Place] = {host: place for place in PLACES for host in (*place.hosts, *place.other)}
"""Every host of a network. A port or a user name makes another host of it."""
