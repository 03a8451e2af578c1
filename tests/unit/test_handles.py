"""Whose an address or an answer is: the name where there is one, else a question, never somebody else's."""

import pytest

from bots.conversation.forms import NotUnderstood
from bots.dialogues import answers
from bots.understanding import intro, wording
from core.kit.vocabulary import Platform
from core.networks import links
from core.networks.errors import LinkNotOfThisNetwork
from core.networks.places import BY_PLATFORM

HIDDEN = "doesn't say whose it is"


@pytest.mark.parametrize(
    ("address", "platform", "handle"),
    [
        ("https://instagram.com/asha.eats", "instagram", "asha.eats"),
        ("https://www.instagram.com/Asha.Eats/?igsh=abc&hl=en", "instagram", "asha.eats"),
        ("https://m.instagram.com/@asha.eats", "instagram", "asha.eats"),
        ("https://www.instagram.com/_u/asha.eats", "instagram", "asha.eats"),
        ("https://instagram.com/stories/asha.eats/1", "instagram", "asha.eats"),
        ("https://instagram.com/stories/asha.eats", "instagram", "asha.eats"),
        ("https://instagram.com/asha.eats/reel/Abc12/", "instagram", "asha.eats"),
        ("https://instagram.com/asha.eats/tagged/", "instagram", "asha.eats"),
        ("https://ig.me/m/asha.eats", "instagram", "asha.eats"),
        ("HTTPS://INSTAGRAM.COM/ASHA.EATS", "instagram", "asha.eats"),
        ("https://youtube.com/@ravi-tech", "youtube", "ravi-tech"),
        ("https://m.youtube.com/@Tom-Cooks/videos?si=x", "youtube", "tom-cooks"),
        ("https://youtube.com/@%E0%A4%9A%E0%A4%BE%E0%A4%AF", "youtube", "\u091a\u093e\u092f"),
        ("https://youtube.com/@\u091a\u093e\u092f", "youtube", "\u091a\u093e\u092f"),
        ("https://www.youtube.com/user/x", "youtube", "x"),
        ("https://www.youtube.com/c/RaviTech/about", "youtube", "ravitech"),
        ("https://www.youtube.com/RaviTech", "youtube", "ravitech"),
        ("https://www.tiktok.com/@asha.eats?lang=en", "tiktok", "asha.eats"),
        ("https://www.tiktok.com/@asha.eats/video/7123456789012345678", "tiktok", "asha.eats"),
        ("https://www.tiktok.com/en/@asha", "tiktok", "asha"),
        ("https://tiktok.com/asha.eats", "tiktok", "asha.eats"),
        ("https://x.com/asha_k", "x", "asha_k"),
        ("https://twitter.com/Asha_K/with_replies?s=20", "x", "asha_k"),
        ("https://twitter.com/#!/asha_k", "x", "asha_k"),
        ("https://mobile.twitter.com/asha_k/status/1741", "x", "asha_k"),
        ("https://twitter.com/intent/user?screen_name=asha_k", "x", "asha_k"),
        ("https://www.threads.net/@Asha.Eats", "threads", "asha.eats"),
        ("https://www.facebook.com/asha.eats/about", "facebook", "asha.eats"),
        ("https://m.facebook.com/profile.php?id=100012345678901", "facebook", "100012345678901"),
        ("https://www.facebook.com/people/Asha-Rao/100012345678901/", "facebook", "100012345678901"),
        ("https://in.linkedin.com/in/Asha-Rao-1b2c3/", "linkedin", "asha-rao-1b2c3"),
        ("https://www.linkedin.com/company/mango-tree/posts/", "linkedin", "mango-tree"),
        ("https://sharechat.com/profile/asha_1?d=n", "sharechat", "asha_1"),
        ("https://mojapp.in/@asha.eats", "moj", "asha.eats"),
    ],
)
def test_an_address_says_whose_it_is(address: str, platform: str, handle: str) -> None:
    assert links.profile(address) == links.Profile(Platform(platform), handle)


NAMELESS = {
    "instagram": (
        "instagram.com/share/BAxyz",
        "instagram.com/share/reel/BAxyz",
        "instagram.com/share/p/BAxyz",
        "instagram.com/reels/X",
        "instagram.com/reel/Abc12",
        "instagram.com/p/X",
        "instagram.com/tv/Abc12",
        "instagram.com/s/aGlnaGxpZ2h0OjE3",
        "instagram.com/stories/highlights/17890",
        "instagram.com/explore/tags/food",
        "instagram.com/accounts/login/?next=/asha/",
        "instagram.com/invites/contact/?i=abc",
        "instagram.com",
        "l.instagram.com/?u=https%3A%2F%2Fkala.com",
    ),
    "youtube": (
        "youtube.com/channel/UCabc",
        "youtube.com/watch?v=dQw4w9WgXcQ",
        "youtube.com/shorts/dQw4w9WgXcQ",
        "youtube.com/playlist?list=PL1",
        "youtu.be/dQw4w9WgXcQ",
        "youtube.com/feed/subscriptions",
    ),
    "tiktok": ("vm.tiktok.com/ZMFHvt5aj/", "vt.tiktok.com/ZMFHvt5aj", "tiktok.com/t/ZMFHvt5aj/", "tiktok.com/tag/food"),
    "x": ("x.com/i/status/1741", "x.com/i/communities/12", "x.com/home", "x.com/hashtag/food", "t.co/abc", "x.com/share?text=a"),
}  # fmt: skip


@pytest.mark.parametrize("said", [(p, said) for p, all_said in NAMELESS.items() for said in all_said])
@pytest.mark.parametrize("scheme", ["", "https://", "HTTPS://www."])
def test_a_link_that_names_nobody_is_asked_about_with_what_helps(said: tuple[str, str], scheme: str) -> None:
    platform, link = said
    if scheme.endswith("www.") and not link.startswith(("instagram", "youtube", "tiktok", "x.com")):
        scheme = "https://"
    with pytest.raises(NotUnderstood, match=HIDDEN):
        answers.handle(f"{scheme}{link}", {"platform": platform})
    assert "handles" not in intro.slots(f"I'm Asha. {scheme}{link}")


@pytest.mark.parametrize(
    ("said", "platform", "handle"),
    [
        ("@asha.eats", "instagram", "asha.eats"),
        ("asha.eats.", "instagram", "asha.eats"),
        ("my handle is asha_eats", "instagram", "asha_eats"),
        ("it's @Asha.Eats!", "instagram", "asha.eats"),
        ("\u201casha.eats\u201d", "instagram", "asha.eats"),
        ("@ asha", "instagram", "asha"),
        ("\uff20asha", "instagram", "asha"),
        ("insta: meera.life", "instagram", "meera.life"),
        ("meera.life", "instagram", "meera.life"),
        ("INSTAGRAM.COM/ASHA.EATS", "instagram", "asha.eats"),
        ("here: https://www.instagram.com/asha.eats, thanks", "instagram", "asha.eats"),
        ("instagram.com/asha.eats and tiktok.com/@a2", "tiktok", "a2"),
        ("@ravi-tech", "youtube", "ravi-tech"),
        ("ravi-tech", "youtube", "ravi-tech"),
        ("@\u091a\u093e\u092f", "youtube", "\u091a\u093e\u092f"),
        ("12345", "instagram", "12345"),
        ("youtube.com/channel/UCabc or @ravi", "youtube", "ravi"),
        ("Asha (@asha.eats) on Instagram: instagram.com/share/x", "instagram", "asha.eats"),
    ],
)
def test_an_answer_with_a_handle(said: str, platform: str, handle: str) -> None:
    assert answers.handle(said, {"platform": platform}) == handle


@pytest.mark.parametrize(
    ("said", "platform"),
    [
        ("@ravi-tech", "instagram"),
        ("ravi-tech", "tiktok"),
        ("\u091a\u093e\u092f", "instagram"),
        ("9876543210", "instagram"),
        ("98765-43210", "youtube"),
        ("12k", "instagram"),
        ("skip", "instagram"),
        ("instagram", "instagram"),
        ("asha@gmail.com", "instagram"),
        ("asha eats", "instagram"),
        ("kala.com/asha", "instagram"),
        ("@aVeryLongNameThatIsMoreThanFifteen", "x"),
        ("", "instagram"),
    ],
)
def test_what_is_no_handle_there_is_asked_again(said: str, platform: str) -> None:
    with pytest.raises(NotUnderstood, match="handle"):
        answers.handle(said, {"platform": platform})


def test_an_address_of_another_network_is_not_taken_for_this_one() -> None:
    with pytest.raises(NotUnderstood, match="on YouTube"):
        answers.handle("https://youtube.com/@ravi", {"platform": "instagram"})


@pytest.mark.parametrize(
    ("said", "handles", "followers"),
    [
        ("I'm Tom, youtube.com/@tom-cooks 8k subs", [("youtube", "tom-cooks")], {"youtube": 8000}),
        ("Ravi, tech, yt @ravi-tech 5k subscribers", [("youtube", "ravi-tech")], {"youtube": 5000}),
        ("Ravi, youtube: ravi-tech 5k subs", [("youtube", "ravi-tech")], {"youtube": 5000}),
        ("@meera-12k followers on insta", [("instagram", "meera")], {"instagram": 12000}),
        ("I'm Meera, insta meera.life 5k", [("instagram", "meera.life")], {"instagram": 5000}),
        ("instagram.com/stories/asha.eats/1 12k followers", [("instagram", "asha.eats")], {"instagram": 12000}),
        ("instagram.com/share/BAxyz 12k followers", [], {"instagram": 12000}),
        ("Instagram: reels and stories, 4k followers", [], {"instagram": 4000}),
        ("\u092f\u0942\u091f\u094d\u092f\u0942\u092c @\u0906\u0936\u093e-\u0930\u0938\u094b\u0908 5k", [("youtube", "\u0906\u0936\u093e-\u0930\u0938\u094b\u0908")], {"youtube": 5000}),
    ],
)  # fmt: skip
def test_an_introduction_names_the_right_account(
    said: str, handles: list[tuple[str, str]], followers: dict[str, int]
) -> None:
    told = intro.slots(said)
    assert [(one["platform"], one["handle"]) for one in told.get("handles", [])] == handles
    assert told["followers"] == followers


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("5 creators for myshop.co.uk, 1 reel each", ["https://myshop.co.uk"]),
        ("link to acme.com.au/sale.", ["https://acme.com.au/sale"]),
        ("studio.ai", ["https://studio.ai"]),
        ("acme.us", ["https://acme.us"]),
        ("loja.com.br e tienda.com.mx", ["https://loja.com.br", "https://tienda.com.mx"]),
        ("b\u00fccher.de", ["https://b\u00fccher.de"]),
        ("MYSHOP.IN", ["https://MYSHOP.IN"]),
        ("see (https://en.example.org/wiki/Foo_(bar)).", ["https://en.example.org/wiki/Foo_(bar)"]),
        ("\u201ckala.com\u201d\u2026", ["https://kala.com"]),
        ("kala.com/\u200b", ["https://kala.com/"]),
        ("https://a.example/x,https://b.example/y", ["https://a.example/x", "https://b.example/y"]),
        ("http://localhost:8000/sandbox/network/p/abc", ["http://localhost:8000/sandbox/network/p/abc"]),
        ("youtu.be/dQw4w9WgXc_", ["https://youtu.be/dQw4w9WgXc_"]),
        ("link:instagram.com/p/Abc12", ["https://instagram.com/p/Abc12"]),
        ("e.g. reels.they like, i.e. food.pune", []),
        ("brief.pdf, list.xlsx, IMG_0001.mov, notes.md, a.zip", []),
        ("5 reels.in Pune, creators.no kids", []),
        ("Pune.In December", []),
        ("me.in or to.my", []),
        ("at 10.am for Rs.500, 3.in", []),
        ("me@myshop.co.uk or first.last@shop.in", []),
        ("insta asha.in 4k", []),
        ("https://", []),
        ("www.", []),
    ],
)
def test_the_addresses_in_a_text(said: str, found: list[str]) -> None:
    assert wording.links(said) == found


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("https://instagram.com/share/BAxyz", "LinkHidesItsPost"),
        ("https://instagram.com/share/reel/BAxyz", "LinkHidesItsPost"),
        ("https://t.co/abc", "LinkHidesItsPost"),
        ("https://youtube.com/channel/UCabc", "LinkHidesItsPost"),
        ("https://instagram.com/asha.eats", "ProfileNotAPost"),
        ("https://youtube.com/@ravi-tech", "ProfileNotAPost"),
        ("https://kala.com/x", "LinkNotOfThisNetwork"),
    ],
)
def test_what_is_no_post_says_what_it_is_instead(said: str, error: str) -> None:
    with pytest.raises(LinkNotOfThisNetwork) as refused:
        links.recognise(said)
    assert type(refused.value).__name__ == error


@pytest.mark.parametrize(
    ("said", "post"),
    [
        ("https://x.com/i/status/1741?s=20", "https://x.com/i/status/1741"),
        ("https://x.com/i/web/status/1741", "https://x.com/i/status/1741"),
        ("https://twitter.com/asha/statuses/1741", "https://x.com/asha/status/1741"),
        ("https://x.com/asha/status/1741/analytics", "https://x.com/asha/status/1741"),
        ("https://instagr.am/p/Abc12", "https://www.instagram.com/p/Abc12/"),
        ("https://youtube.com/embed/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=x", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.tiktok.com/v/7123456789012345678.html", "https://www.tiktok.com/embed/7123456789012345678"),
    ],
)  # fmt: skip
def test_posts_in_rarer_forms(said: str, post: str) -> None:
    assert links.recognise(said).url == post
    assert links.recognise(post).url == post


def test_of_several_addresses_the_post_is_the_network_s() -> None:
    said = "my site is kala.com and the post: instagram.com/reel/Abc12."
    assert answers.post_link(said, {}) == "https://instagram.com/reel/Abc12"


@pytest.mark.parametrize("said", list(Platform))
def test_every_platform_has_its_row(said: Platform) -> None:
    assert BY_PLATFORM[said].hosts
