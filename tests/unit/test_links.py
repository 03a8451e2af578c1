"""A link to a post is written anew from its parts, or refused: a foreign host never gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import String

from core.kit.vocabulary import Platform
from core.networks.choose import Networks
from core.networks.errors import LinkHidesItsPost, LinkNotOfThisNetwork, NetworkNotConnected
from core.networks.links import by_picture, company_page, recognise, sandbox_code
from core.networks.places import HOSTS
from core.posts.models import WatchedPost

OURS = "https://market.example"
CODE = "abcdefgh23"
OWN = f"{OURS}/sandbox/network/p/{CODE}"
WRITTEN = ("https://x.com/", "https://sharechat.com/", "https://mojapp.in/")
PFBID, URN = f"pfbid{'02abcdefgh' * 5}", "7123456789012345678"


@pytest.mark.parametrize(
    ("link", "network", "url"),
    [
        (OWN, "sandbox", OWN),
        (f"  {OWN}/?x=1#y  ", "sandbox", OWN),
        (f"HTTPS://MARKET.Example/sandbox/network/p/{CODE.upper()}", "sandbox", OWN),
        ("https://instagram.com/p/Abc_-12345", "instagram", "https://www.instagram.com/p/Abc_-12345/"),
        ("http://WWW.instagram.com/reels/Abc12/?igsh=x", "instagram", "https://www.instagram.com/reel/Abc12/"),
        ("https://www.instagram.com/asha.eats/reel/Abc12/", "instagram", "https://www.instagram.com/reel/Abc12/"),
        ("https://instagram.com/stories/asha/123456789/", "instagram", "https://www.instagram.com/stories/asha/123456789/"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube", "https://www.youtube.com/shorts/dQw4w9WgXcQ"),
        ("https://youtube.com/live/dQw4w9WgXcQ/", "youtube", "https://www.youtube.com/live/dQw4w9WgXcQ"),
        ("https://www.tiktok.com/@asha.eats/video/7123456789012345678?q=1", "tiktok", "https://www.tiktok.com/@asha.eats/video/7123456789012345678"),
        ("https://tiktok.com/@asha/photo/7123456789012345678", "tiktok", "https://www.tiktok.com/@asha/photo/7123456789012345678"),
        ("https://vm.tiktok.com/ZMabc123/", "tiktok", "https://vm.tiktok.com/ZMabc123/"),
        ("https://www.tiktok.com/t/ZMabc123", "tiktok", "https://www.tiktok.com/t/ZMabc123/"),
        ("https://twitter.com/asha/status/123/photo/1", "x", "https://x.com/asha/status/123"),
        ("https://mobile.x.com/asha/status/123?s=20", "x", "https://x.com/asha/status/123"),
        ("https://www.threads.net/@asha.eats/post/DAbC_12xyz?x=1", "threads", "https://www.threads.com/@asha.eats/post/DAbC_12xyz"),
        ("https://threads.com/t/DAbC_12xyz/", "threads", "https://www.threads.com/t/DAbC_12xyz"),
        (f"https://m.facebook.com/story.php?story_fbid={PFBID}&id=100012345678901", "facebook", f"https://www.facebook.com/100012345678901/posts/{PFBID}/"),
        (f"https://www.facebook.com/asha.eats/posts/{PFBID}", "facebook", f"https://www.facebook.com/asha.eats/posts/{PFBID}/"),
        ("https://www.facebook.com/reel/123456789012345/?s=x", "facebook", "https://www.facebook.com/reel/123456789012345/"),
        ("https://web.facebook.com/watch/?v=123456789012345&ref=x", "facebook", "https://www.facebook.com/watch/?v=123456789012345"),
        ("https://www.facebook.com/asha.eats/videos/hello/123456789", "facebook", "https://www.facebook.com/watch/?v=123456789"),
        ("https://facebook.com/groups/pune/permalink/123456789", "facebook", "https://www.facebook.com/groups/pune/posts/123456789/"),
        ("https://facebook.com/photo/?fbid=123456&set=a.1", "facebook", "https://www.facebook.com/photo/?fbid=123456"),
        (f"https://www.linkedin.com/posts/asha-rao_food-pune-activity-{URN}-AbCd?utm_source=x", "linkedin", f"https://www.linkedin.com/feed/update/urn:li:activity:{URN}/"),
        (f"https://in.linkedin.com/feed/update/urn:li:activity:{URN}", "linkedin", f"https://www.linkedin.com/feed/update/urn:li:activity:{URN}/"),
        (f"https://www.linkedin.com/embed/feed/update/urn%3Ali%3Ashare%3A{URN}", "linkedin", f"https://www.linkedin.com/feed/update/urn:li:share:{URN}/"),
        ("https://sharechat.com/post/Ab1cD2e?d=n", "sharechat", "https://sharechat.com/post/Ab1cD2e"),
        ("https://www.mojapp.in/@asha.eats/video/123456789", "moj", "https://mojapp.in/@asha.eats/video/123456789"),
    ],
)  # fmt: skip
def test_a_link_to_a_post_is_written_properly(link: str, network: str, url: str) -> None:
    found = recognise(link, OURS)
    assert (found.network, found.url) == (network, url)
    assert recognise(url, OURS).url == url


@pytest.mark.parametrize(
    "links",
    [
        ("https://instagram.com/p/Abc_-12345", "https://www.instagram.com/asha/reel/Abc_-12345/?igsh=x"),
        ("https://youtu.be/dQw4w9WgXcQ", "https://youtube.com/shorts/dQw4w9WgXcQ", "https://m.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://tiktok.com/@asha/video/7123456789012345678", "https://tiktok.com/@other/photo/7123456789012345678"),
        ("https://x.com/asha/status/123", "https://twitter.com/other/status/000123/photo/1"),
        (
            "https://facebook.com/reel/123457",
            "https://m.facebook.com/watch?v=00123457",
            "https://web.facebook.com/story.php?story_fbid=0123457&id=1000012345",
            "https://fb.com/asha.eats/posts/hello/123457",
        ),
        (
            f"https://in.linkedin.com/feed/update/urn:li:share:0{URN}",
            f"https://www.linkedin.com/posts/asha-rao_x-activity-{URN}-AbCd",
            f"https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A{URN}",
            f"https://www.linkedin.com/posts/activity-{URN}",
        ),
        (OWN, f"{OURS}/sandbox/network/p/{CODE.upper()}/"),
    ],
)  # fmt: skip
def test_every_address_of_one_post_has_one_key(links: tuple[str, ...]) -> None:
    assert len({recognise(link, OURS).key for link in links}) == 1
    assert recognise(links[0][:-1] + "6", OURS).key != recognise(links[0], OURS).key


FOREIGN = [
    f"https://user:pw@evil.example:8443/sandbox/network/p/{CODE}",
    f"https://evil.example/sandbox/network/p/{CODE}",
    f"https://market.example@evil.example/sandbox/network/p/{CODE}",
    f"https://user@market.example/sandbox/network/p/{CODE}",
    f"https://market.example:8443/sandbox/network/p/{CODE}",
    f"https://market.example./sandbox/network/p/{CODE}",
    f"https://market.example.evil.example/sandbox/network/p/{CODE}",
    f"https://evilmarket.example/sandbox/network/p/{CODE}",
    f"http://market.example/sandbox/network/p/{CODE}",
    f"https://m\u0430rket.example/sandbox/network/p/{CODE}",
    f"https://market.example\\@evil.example/sandbox/network/p/{CODE}",
    f"https://evil.example\\market.example/sandbox/network/p/{CODE}",
    f"https://evil.example#@market.example/sandbox/network/p/{CODE}",
    f"https://evil.example?@market.example/sandbox/network/p/{CODE}",
    f"https:///market.example/sandbox/network/p/{CODE}",
    f"//market.example/sandbox/network/p/{CODE}",
    f"https://market.example/x/../sandbox/network/p/{CODE}",
    f"https://market.example//sandbox/network/p/{CODE}",
    f"https://market.example/sandbox/network/p/{CODE}/delete",
    f"https://market.example/sandbox/network/p/%61{CODE[1:]}",
    f"https://market.example/sandbox/network/p/{CODE};x",
    f"https://market.example/sandbox/network/p/{CODE[:9]}",
    f"https://[::1]/sandbox/network/p/{CODE}",
    f"https://market.example\t/sandbox/network/p/{CODE}",
    f"https://market.\u200bexample/sandbox/network/p/{CODE}",
    "https://instagram.com.evil.example/p/Abc12",
    "https://instagram.com:443/p/Abc12",
    "https://instagram.com./p/Abc12",
    "https://a:b@instagram.com/p/Abc12",
    "https://evil.example/instagram.com/p/Abc12",
    "https://instagram.com/p/../evil",
    "https://instagram.com/asha",
    "https://instagram.com/p/",
    "https://instagram.com/p/Abc12/x/y",
    "https://TI\u212aTOK.com/@asha/video/7123456789012345678",
    "https://evil.tiktok.com/@asha/video/7123456789012345678",
    "https://tiktok.com/anything",
    "https://vm.tiktok.com/t/ZMabc123",
    "https://x.com/asha",
    "https://x.com/asha/status/abc",
    "https://x.com/asha/status/1\u0663",
    "https://youtube.com/watch?v=short",
    "https://youtube.com/watch?v=dQw4w9WgXcQ&v=aaaaaaaaaaa",
    "https://youtu.be/dQw4w9WgXcQ/x",
    "javascript:alert(1)//instagram.com/p/Abc12",
    "instagram.com/p/Abc12",
    "",
    "https://x.com/a/status/1" + "?" + "x" * 2_000,
]


@pytest.mark.parametrize("link", FOREIGN)
def test_whatever_is_not_plainly_a_post_is_refused(link: str) -> None:
    with pytest.raises(LinkNotOfThisNetwork):
        recognise(link, OURS)
    assert sandbox_code(link, OURS) == ""


@pytest.mark.parametrize(
    "link",
    ["https://www.facebook.com/share/r/1AbCdEf/", "https://fb.watch/abcDEF/", "https://lnkd.in/dAbc", "https://b.sharechat.com/x1"],
)  # fmt: skip
def test_a_share_link_is_asked_about(link: str) -> None:
    with pytest.raises(LinkHidesItsPost):
        recognise(link, OURS)


def test_a_key_of_the_longest_post_fits_its_column() -> None:
    link = f"https://www.facebook.com/asha.eats/posts/pfbid{'a' * 63}"
    column = WatchedPost.__table__.c.post_key.type
    assert isinstance(column, String)
    assert column.length is not None
    assert len(recognise(link).key) <= column.length


def test_a_network_that_is_not_connected_is_called_by_its_name() -> None:
    with pytest.raises(NetworkNotConnected) as refused:
        Networks().recognise("https://www.instagram.com/p/Abc_-12345/")
    assert refused.value.facts == {"network": "Instagram"}


def test_a_post_that_only_a_picture_shows_needs_no_door() -> None:
    link = f"https://www.linkedin.com/feed/update/urn:li:activity:{URN}"
    assert Networks().recognise(link).by_picture
    assert by_picture(link, Platform.LINKEDIN)
    assert not by_picture(link, Platform.FACEBOOK)
    assert not by_picture("https://www.linkedin.com/in/asha", Platform.LINKEDIN)
    assert not by_picture("https://www.instagram.com/p/Abc_-12345/", Platform.INSTAGRAM)


def test_without_a_network_of_our_own_there_is_none_of_play() -> None:
    for own in ("", "https://other.example"):
        with pytest.raises(LinkNotOfThisNetwork):
            recognise(OWN, own)


@given(st.text(), st.sampled_from(sorted(HOSTS)))
def test_no_text_gets_a_foreign_host_through(text: str, host: str) -> None:
    for link in (text, f"https://{text}", f"https://{host}{text}", f"https://{text}{host}/p/Abc12"):
        try:
            found = recognise(link, OURS)
        except LinkNotOfThisNetwork:
            continue
        assert found.url.startswith(("https://www.", "https://v", *WRITTEN, OURS))
        assert recognise(found.url, OURS) == found


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://www.linkedin.com/company/kala-chai/", "https://www.linkedin.com/company/kala-chai/"),
        (
            "https://in.linkedin.com/company/Kala-Chai/about/?x=1",
            "https://www.linkedin.com/company/kala-chai/",
        ),
        ("https://www.linkedin.com/in/asha-rao", ""),
        ("https://www.linkedin.com/company/", ""),
        ("https://linkedin.com.evil.example/company/kala-chai", ""),
        ("https://evil.example/www.linkedin.com/company/kala-chai", ""),
        ("https://www.instagram.com/kala.chai", ""),
    ],
)
def test_a_company_s_page_is_told_from_other_profiles(link: str, page: str) -> None:
    assert company_page(link) == page


def test_a_post_s_number_has_one_script() -> None:
    digits = "%E0%A5%A7%E0%A5%A8%E0%A5%A9%E0%A5%AA%E0%A5%AB%E0%A5%AC"  # 123456 in Devanagari
    with pytest.raises(LinkNotOfThisNetwork):
        recognise(f"https://www.facebook.com/watch?v={digits}")


@pytest.mark.parametrize(
    ("link", "owner"),
    [
        ("https://www.threads.net/@Asha.Eats/post/DAbC_12xyz", "asha.eats"),
        ("https://www.threads.com/t/DAbC_12xyz", ""),
        ("https://mojapp.in/@asha/video/778899", "asha"),
        ("https://www.facebook.com/asha.eats/posts/123456789", "asha.eats"),
        ("https://www.facebook.com/Asha-Eats-100012345678901/posts/123456789", ""),
        ("https://www.facebook.com/100012345678901/videos/123456789", ""),
        (f"https://www.linkedin.com/posts/asha-rao_food_tour-activity-{URN}-AbCd", "asha-rao"),
        (f"https://www.linkedin.com/posts/jos%C3%A9-rao_x-share-{URN}", "jos\u00e9-rao"),
        (f"https://www.linkedin.com/posts/a%0A**b_x-share-{URN}", ""),
        (f"https://www.linkedin.com/feed/update/urn:li:share:{URN}", ""),
    ],
)
def test_the_name_in_a_link_is_told_where_there_is_one(link: str, owner: str) -> None:
    assert recognise(link).owner == owner
