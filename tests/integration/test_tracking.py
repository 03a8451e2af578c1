"""A click is a person's, an address is not a crowd, and a link leads home or is asked about."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.app import create
from core.accounts import workspaces
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.vocabulary import Platform
from core.kit.work import begin
from core.tracking import service as tracking
from core.tracking.errors import CountedLinkNotFound, TargetNotALink
from core.tracking.visits import Visit
from runtime.parts import Runtime
from tests.integration.test_races import World

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Safari/604.1"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36"
ADDRESS = "203.0.113.7"


@pytest.fixture
def piece(database: Database) -> UUID:
    made = uuid4()
    with begin(database, SYSTEM) as work:
        tracking.create(work, made, "https://kala.example.com/menu", Platform.INSTAGRAM, "Chai Time")
    return made


def clicks_after(database: Database, piece: UUID, *visits: Visit) -> int:
    with begin(database, SYSTEM) as work:
        code = tracking.code_of(work, piece)
        for visit in visits:
            tracking.follow(work, code, visit)
        return tracking.clicks(work, [piece]).get(piece, 0)


@pytest.mark.parametrize(
    ("visit", "counts"),
    [
        (Visit(PHONE, ADDRESS), 1),
        (Visit(DESK, ADDRESS), 1),
        (Visit("Mozilla/5.0 (Linux; Android 14) Instagram 300.0", ADDRESS), 1),
        (Visit(PHONE, ADDRESS, "HEAD"), 0),
        (Visit(PHONE, ADDRESS, "POST"), 0),
        (Visit(PHONE, ADDRESS, purpose="prefetch"), 0),
        (Visit(PHONE, ADDRESS, purpose="prefetch;prerender"), 0),
        (Visit(PHONE, ADDRESS, purpose="Preview"), 0),
        (Visit("", ADDRESS), 0),
        *(
            (Visit(agent, ADDRESS), 0)
            for agent in (
                "Googlebot/2.1 (+http://www.google.com/bot.html)",
                "facebookexternalhit/1.1",
                "WhatsApp/2.23.20.0",
                "TelegramBot (like TwitterBot)",
                "Slackbot-LinkExpanding 1.0",
                "Mozilla/5.0 (compatible; Discordbot/2.0)",
                "curl/8.5.0",
                "Wget/1.21",
                "python-requests/2.31",
                "python-httpx/0.28",
                "okhttp/4.12.0",
                "Java/17.0.1",
                "Go-http-client/2.0",
                "Mozilla/5.0 HeadlessChrome/126.0",
                "Mozilla/5.0 Chrome-Lighthouse",
                "Mozilla/5.0 (compatible; bingbot/2.0)",
                "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
                "Mozilla/5.0 (compatible; UptimeMonitor/1)",
                "Embedly/0.2",
                "Some Link Preview Service",
            )
        ),
    ],
)
def test_people_count_and_what_looks_before_them_does_not(
    database: Database, piece: UUID, visit: Visit, counts: int
) -> None:
    assert clicks_after(database, piece, visit) == counts


def test_thirty_browsers_of_one_address_are_no_crowd(database: Database, piece: UUID) -> None:
    crowd = [Visit(f"{PHONE} {number}", ADDRESS) for number in range(30)]
    assert clicks_after(database, piece, *crowd) == 10
    assert clicks_after(database, piece, Visit(PHONE, "203.0.113.8")) == 11


def test_a_source_counts_anew_on_another_day_and_at_another_link(
    database: Database, piece: UUID, clock: SetClock
) -> None:
    crowd = [Visit(f"{PHONE} {number}", ADDRESS) for number in range(30)]
    clicks_after(database, piece, *crowd)
    clock.advance(timedelta(days=1))
    assert clicks_after(database, piece, *crowd) == 20
    with begin(database, SYSTEM) as work:
        other = uuid4()
        tracking.create(work, other, "https://kala.example.com/menu", Platform.X, "Chai Time")
    assert clicks_after(database, other, *crowd) == 10


def test_a_visitor_who_presses_twice_in_a_second_is_one(database: Database, piece: UUID) -> None:
    assert clicks_after(database, piece, Visit(PHONE, ADDRESS), Visit(PHONE, ADDRESS)) == 1


def test_one_person_is_one_click_a_window(database: Database, piece: UUID, clock: SetClock) -> None:
    for minutes, counted in ((0, 1), (1, 1), (28, 1), (1, 2), (29, 2), (1, 3)):
        clock.advance(timedelta(minutes=minutes))
        assert clicks_after(database, piece, Visit(PHONE, ADDRESS)) == counted
    assert clicks_after(database, piece, Visit(DESK, ADDRESS)) == 4, "somebody else at the same address"


def marks(database: Database) -> tuple[set[str], list[str]]:
    with begin(database, SYSTEM) as work:
        found = work.session.execute(text("SELECT visitor, source FROM click")).all()
        salts = work.session.execute(text("SELECT salt FROM click_salt")).scalars().all()
    return {mark for row in found for mark in row}, list(salts)


def test_marks_differ_from_day_to_day_and_their_salt_is_forgotten(
    database: Database, piece: UUID, clock: SetClock
) -> None:
    clicks_after(database, piece, Visit(PHONE, ADDRESS))
    first, (salt,) = marks(database)
    clock.advance(timedelta(days=1))
    clicks_after(database, piece, Visit(PHONE, ADDRESS))
    both, salts = marks(database)
    assert len(both) == 4, "visitor and source of each day"
    assert first < both
    assert len(salts) == 1
    assert salts != [salt]
    assert not any(ADDRESS in mark for mark in both)


@pytest.mark.parametrize(
    ("target", "query"),
    [
        (
            "https://x.example/a",
            "utm_source=instagram&utm_medium=influencer&utm_campaign=chai-time&utm_content=",
        ),
        ("https://x.example/a?x=1", "x=1&utm_source=instagram&utm_medium=influencer"),
        ("https://x.example/?utm_source=mine", "utm_source=mine&utm_medium=influencer"),
        ("https://x.example/?empty=", "empty=&utm_source"),
    ],
)
def test_parameters_are_added_and_those_there_stay(database: Database, target: str, query: str) -> None:
    with begin(database, SYSTEM) as work:
        code = tracking.create(work, uuid4(), target, Platform.INSTAGRAM, "Chai Time!")
        assert query in tracking.follow(work, code, Visit("", "")).target


MANY = "&".join(f"utm_{number}=1" for number in range(30))
UTM = "utm_source=instagram&utm_medium=influencer&utm_campaign=chai-time&utm_content="


@pytest.mark.parametrize(
    ("target", "before", "after"),
    [
        ("https://x.example/a", "https://x.example/a?", ""),
        ("https://x.example/a?", "https://x.example/a?", ""),
        ("https://x.example/a?b=1&", "https://x.example/a?b=1&", ""),
        ("https://x.example/?ref=a%20b&flag&q=%2B1", "https://x.example/?ref=a%20b&flag&q=%2B1&", ""),
        ("https://wa.me/919876543210?text=Hi%20there", "https://wa.me/919876543210?text=Hi%20there&", ""),
        ("https://x.example/?sig=a+b/c==&x=%e0%a4", "https://x.example/?sig=a+b/c==&x=%e0%a4&", ""),
        ("https://X.example/A#top", "https://X.example/A?", "#top"),
        ("https://x.example/#/shop?a=1", "https://x.example/?", "#/shop?a=1"),
    ],
)
def test_the_address_led_to_is_the_brand_s_own_byte_for_byte(
    database: Database, target: str, before: str, after: str
) -> None:
    made = uuid4()
    with begin(database, SYSTEM) as work:
        code = tracking.create(work, made, target, Platform.INSTAGRAM, "Chai Time!")
        led_to = tracking.follow(work, code, Visit("", "")).target
    assert led_to == f"{before}{UTM}{str(made)[:8]}{after}"


@pytest.mark.parametrize(
    ("target", "query", "led_to"),
    [
        ("https://x.example/", "fbclid=Iw.A-b_c", f"https://x.example/?{UTM}~&fbclid=Iw.A-b_c"),
        ("https://x.example/", "gclid=1&TTCLID=2&x=3", f"https://x.example/?{UTM}~&gclid=1&TTCLID=2"),
        (
            "https://x.example/",
            "utm_source=story2&utm_id=7",
            f"https://x.example/?{UTM.partition('&')[2]}~&utm_source=story2&utm_id=7",
        ),
        ("https://x.example/?utm_source=mine", "utm_source=story2", f"https://x.example/?utm_source=mine&{UTM.partition('&')[2]}~"),
        ("https://x.example/?fbclid=1", "fbclid=2", f"https://x.example/?fbclid=1&{UTM}~"),
        ("https://x.example/#a", "fbclid=1&fbclid=2", f"https://x.example/?{UTM}~&fbclid=1#a"),
        ("https://x.example/", "fbclid=%0d%0aa&twclid=%22%3E", f"https://x.example/?{UTM}~&fbclid=%0d%0aa&twclid=%22%3E"),
        ("https://x.example/", 'fbclid="><script>&gclid=\r\n', f"https://x.example/?{UTM}~"),
        ("https://x.example/", "password=1&next=https://evil.example", f"https://x.example/?{UTM}~"),
        ("https://x.example/", MANY, f"https://x.example/?{UTM}~&{MANY.partition('&utm_20')[0]}"),
        ("https://x.example/", "fbclid=" + "a" * 700, f"https://x.example/?{UTM}~"),
    ],
)  # fmt: skip
def test_a_visitor_s_click_ids_are_passed_on_and_nothing_else(
    database: Database, target: str, query: str, led_to: str
) -> None:
    made = uuid4()
    with begin(database, SYSTEM) as work:
        code = tracking.create(work, made, target, Platform.INSTAGRAM, "Chai Time!")
        found = tracking.follow(work, code, Visit("", "", query=query)).target
    assert found == led_to.replace("~", str(made)[:8])


@pytest.mark.parametrize(
    "written", ["{}.", "{})", "{}\u200b", "{}\u201d", "{},", "({})", "{}/", "{}!", "{}\u0964"]
)
def test_a_code_is_read_though_a_sentence_goes_on_behind_it(
    database: Database, piece: UUID, written: str
) -> None:
    with begin(database, SYSTEM) as work:
        code = written.format(tracking.code_of(work, piece).upper())
        assert tracking.follow(work, code, Visit("", "")).deliverable_id == piece


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.example",
        "//x.example",
        "https://a@x.example",
        "https://1.2.3.4",
        "",
    ],
)
def test_nothing_but_a_named_web_address_is_led_to(database: Database, target: str) -> None:
    with begin(database, SYSTEM) as work, pytest.raises(TargetNotALink):
        tracking.create(work, uuid4(), target, Platform.INSTAGRAM, "x")


def test_a_deliverable_has_one_link_and_an_unknown_one_leads_nowhere(database: Database, piece: UUID) -> None:
    with begin(database, SYSTEM) as work:
        code = tracking.create(work, piece, "https://other.example", Platform.X, "other")
        assert code == tracking.code_of(work, piece)
        assert tracking.follow(work, code.upper(), Visit("", "")).target.startswith("https://kala.")
        with pytest.raises(CountedLinkNotFound):
            tracking.follow(work, "nothere", Visit("", ""))


def test_a_sale_is_counted_once_a_reference(database: Database, piece: UUID) -> None:
    with begin(database, SYSTEM) as work:
        for reference, amount in (("o-1", 500), ("o-1", 900), ("o-2", 100)):
            tracking.record_sale(work, piece, reference, amount)
        tracking.record_sale(work, uuid4(), "o-1", 77)
        assert tracking.revenue(work, [piece]) == {piece: (2, 600)}
        for reference in ("o" * 119 + "1", "o" * 119 + "2", "o" * 120 + "3", "o" * 120 + "4"):
            tracking.record_sale(work, piece, reference, 1)
        assert tracking.revenue(work, [piece]) == {piece: (5, 603)}, (
            "the first 120 signs tell references apart"
        )


@pytest.mark.parametrize(
    ("target", "website", "home"),
    [
        ("https://kala.example.com/menu", "kala.example.com", True),
        ("https://KALA.example.com./menu", "kala.example.com", True),
        ("https://shop.kala.example.com/", "kala.example.com", True),
        ("https://kala.example.com/", "www.kala.example.com", True),
        ("https://example.com/", "kala.example.com", False),
        ("https://evilkala.example.com/", "kala.example.com", False),
        ("https://kala.example.com.evil.example/", "kala.example.com", False),
        ("https://[kala]/", "kala.example.com", False),
        ("https://" + "k" * 64 + ".example.com/", "kala.example.com", False),
        ("https://evil.example/kala.example.com", "kala.example.com", False),
        ("https://evil.example/?kala.example.com", "kala.example.com", False),
        ("https://k\u0430la.example.com/", "kala.example.com", False),
        ("https://bücher.example/", "xn--bcher-kva.example", True),
        ("https://kala.example.com/", "", False),
    ],
)
def test_home_is_the_brand_s_own_host_or_one_below(target: str, website: str, *, home: bool) -> None:
    assert tracking.leads_home(target, website) == home


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime), follow_redirects=False) as found:
        yield found


def linked(runtime: Runtime, target: str, verified: str) -> str:
    """Return the path of a counted link of a real piece, whose brand has shown one website or none."""
    world = World(runtime)
    deal_id = world.offer()
    with begin(runtime.database, SYSTEM) as work:
        deal = deals.get(work, deal_id)
        if verified:
            workspace = campaigns.get(work, world.campaign).workspace_id
            workspaces.mark_verified(work, workspace, website=verified)
        code = tracking.create(work, deal.deliverables[0].id, target, Platform.INSTAGRAM, "Chai")
    return f"/l/{code}"


def test_a_link_leads_home_at_once(runtime: Runtime, client: TestClient) -> None:
    path = linked(runtime, "https://shop.kala.example.com/menu", "kala.example.com")
    answer = client.get(path, headers={"User-Agent": PHONE})
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("https://shop.kala.example.com/menu?utm_source=instagram")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("verified", ["", "kala.example.com"])
def test_anywhere_else_it_says_where_first(runtime: Runtime, client: TestClient, verified: str) -> None:
    path = linked(runtime, 'https://bücher.example/"><script>', verified)
    answer = client.get(path, headers={"User-Agent": PHONE})
    assert answer.status_code == 200
    assert "xn--bcher-kva.example" in answer.text
    assert "<script>" not in answer.text.split("<main", 1)[1]
    assert "noindex" in answer.headers["x-robots-tag"]
    with begin(runtime.database, SYSTEM) as work:
        assert work.session.execute(text("SELECT count(*) FROM click")).scalar_one() == 1


def test_a_link_that_a_sentence_follows_leads_on_with_the_visitor_s_ids(
    runtime: Runtime, client: TestClient
) -> None:
    path = linked(runtime, "https://kala.example.com/menu?a=b%20c", "kala.example.com")
    for behind in (".", ")", "%E2%80%8B", "/"):
        answer = client.get(f"{path}{behind}?fbclid=Iw1&x=2", headers={"User-Agent": PHONE})
        assert answer.status_code == 302
        assert answer.headers["location"].startswith(
            "https://kala.example.com/menu?a=b%20c&utm_source=instagram"
        )
        assert answer.headers["location"].endswith("&fbclid=Iw1")


@pytest.mark.parametrize("header", ["sec-purpose", "purpose", "x-purpose", "x-moz"])
def test_what_a_browser_fetches_ahead_is_known_by_each_of_its_headers(
    runtime: Runtime, client: TestClient, header: str
) -> None:
    path = linked(runtime, "https://kala.example.com/", "kala.example.com")
    client.get(path, headers={"User-Agent": PHONE, header: "prefetch"})
    with begin(runtime.database, SYSTEM) as work:
        assert work.session.execute(text("SELECT count(*) FROM click")).scalar_one() == 0


@pytest.mark.parametrize(
    ("accept_language", "said", "language"),
    [
        ("", "This link leads nowhere.", "en"),
        ("fr-FR,fr;q=0.9", "This link leads nowhere.", "en"),
        ("hi-IN,hi;q=0.9,en;q=0.8", "\u092f\u0939 \u0932\u093f\u0902\u0915", "hi"),
        ("en;q=0.5, es-MX", "Este enlace", "es"),
        ("de, pt-BR;q=0.7, es;q=0.2", "Este link", "pt"),
        ("*;q=x, ;;, en", "This link leads nowhere.", "en"),
    ],
)
def test_an_unknown_code_is_a_page_in_the_shopper_s_language(
    client: TestClient, accept_language: str, said: str, language: str
) -> None:
    headers = {"User-Agent": PHONE, "Accept-Language": accept_language, "Accept": "*/*"}
    answer = client.get("/l/nothere.", headers=headers)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert said in answer.text
    assert f'<html lang="{language}">' in answer.text
    assert client.get("/l/", headers=headers).headers["content-type"].startswith("text/html")


def test_where_a_link_leads_is_said_in_the_shopper_s_language(runtime: Runtime, client: TestClient) -> None:
    path = linked(runtime, "https://kala.example.com/", "")
    shown = client.get(path, headers={"User-Agent": PHONE, "Accept-Language": "es"}).text
    assert "Este enlace lleva a kala.example.com" in shown
