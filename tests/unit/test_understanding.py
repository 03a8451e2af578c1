"""What rules alone understand, in eight ways of writing. Each line states what its slots must be."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.understanding import brief, dates, intro, numbers

TODAY = date(2026, 11, 22)  # a Sunday

BRIEFS: list[tuple[str, dict[str, Any]]] = [
    (
        "Need 5 food bloggers in Pune for our cafe launch, budget 1.5 lakh, 1 reel + 2 stories each, 5k-30k followers, by 10 December, no alcohol #MonsoonMenu",
        {"creators_count": {"min": 5, "max": 5}, "cities": ["Pune"], "budget": {"min": 150000, "max": 150000, "currency": "INR", "per": "total"}, "deliverables": [{"kind": "reel", "count": 1}, {"kind": "story", "count": 2}], "followers": {"min": 5000, "max": 30000}, "deadline": "2026-12-10", "exclusions": ["alcohol"], "hashtags": ["#MonsoonMenu"], "goal": "launch", "niches": ["food"]},
    ),
    (
        "bhai mujhe 3 fitness influencers chahiye mumbai mein, budget 20k tak, insta reels, politics wale nahi chahiye",
        {"creators_count": {"min": 3, "max": 3}, "cities": ["Mumbai"], "budget": {"max": 20000, "currency": "INR", "per": "total"}, "platforms": ["instagram"], "exclusions": ["politics"], "niches": ["fitness"]},
    ),
    (
        "हमें दिल्ली में 4 ब्यूटी क्रिएटर चाहिए, बजट ₹50,000 तक, 2 रील, 15 दिसंबर तक",
        {"creators_count": {"min": 4, "max": 4}, "cities": ["Delhi"], "budget": {"max": 50000, "currency": "INR", "per": "total"}, "deadline": "2026-12-15", "niches": ["beauty"]},
    ),
    (
        "Buscamos 10 creadoras de moda en Ciudad de México para aumentar ventas, presupuesto de 30.000 pesos, 2 reels y 3 historias, sin alcohol, antes del 15 de diciembre",
        {"creators_count": {"min": 10, "max": 10}, "cities": ["Mexico City"], "budget": {"min": 30000, "max": 30000, "currency": "MXN", "per": "total"}, "deliverables": [{"kind": "reel", "count": 2}, {"kind": "story", "count": 3}], "deadline": "2026-12-15", "goal": "sales", "niches": ["fashion"], "exclusions": ["alcohol"]},
    ),
    (
        "Precisamos de 6 influenciadores de games em São Paulo, orçamento de R$ 8 mil, 1 vídeo no YouTube cada, entre 5 mil e 40 mil seguidores",
        {"creators_count": {"min": 6, "max": 6}, "cities": ["São Paulo"], "budget": {"min": 8000, "max": 8000, "currency": "BRL", "per": "total"}, "platforms": ["youtube"], "followers": {"min": 5000, "max": 40000}, "niches": ["gaming"]},
    ),
    (
        "Cari 5 kreator kuliner di Jakarta dan Bandung, budget maksimal Rp 10 juta, 1 video TikTok per orang, followers 10rb-50rb",
        {"creators_count": {"min": 5, "max": 5}, "cities": ["Jakarta", "Bandung"], "budget": {"max": 10000000, "currency": "IDR", "per": "total"}, "platforms": ["tiktok"], "followers": {"min": 10000, "max": 50000}, "niches": ["food"]},
    ),
    (
        "Wir suchen 4 nachhaltige Mode-Influencerinnen in Berlin, Budget bis 2.000 €, je 1 Reel und 2 Storys, bis 5. Dezember, keine Fast Fashion",
        {"creators_count": {"min": 4, "max": 4}, "cities": ["Berlin"], "budget": {"max": 2000, "currency": "EUR", "per": "total"}, "deliverables": [{"kind": "reel", "count": 1}, {"kind": "story", "count": 2}], "deadline": "2026-12-05", "exclusions": ["fast fashion"]},
    ),
    (
        "Looking for a tech youtuber, pay $200 per video, English speaking, US only, no crypto, drive app installs",
        {"creators_count": {"min": 1, "max": 1}, "budget": {"min": 200, "max": 200, "currency": "USD", "per": "post"}, "platforms": ["youtube"], "languages": ["en"], "countries": ["US"], "exclusions": ["crypto"], "goal": "traffic", "niches": ["tech"]},
    ),
]  # fmt: skip

INTROS: list[tuple[str, dict[str, Any]]] = [
    (
        "Hi I'm Asha Kulkarni from Pune, I post food content, insta @asha.eats 12.4k followers, 3000 per reel, 800 for a story, speak Marathi and Hindi",
        {"name": "Asha Kulkarni", "handles": [{"platform": "instagram", "handle": "asha.eats"}], "followers": {"instagram": 12400}, "rates": [{"kind": "reel", "amount": 3000}, {"kind": "story", "amount": 800}], "niches": ["food"], "city": "Pune", "languages": ["mr", "hi"]},
    ),
    (
        "main Rohan hoon, delhi se, youtube @rohantech 25k subs, tech videos banata hu, ek video ka 8000 leta hu",
        {"name": "Rohan", "handles": [{"platform": "youtube", "handle": "rohantech"}], "followers": {"youtube": 25000}, "rates": [{"kind": "video", "amount": 8000, "currency": "INR"}], "niches": ["tech"], "city": "Delhi"},
    ),
    (
        "Me llamo Lucía, vivo en Madrid, hago contenido de belleza. IG: lucia.glow (18k seguidores), TikTok @luciaglow 9k. Cobro 150€ por reel",
        {"name": "Lucía", "followers": {"instagram": 18000, "tiktok": 9000}, "rates": [{"kind": "reel", "amount": 150, "currency": "EUR"}], "niches": ["beauty"], "city": "Madrid"},
    ),
    (
        "मेरा नाम प्रिया है, जयपुर से हूँ, इंस्टाग्राम @priya_styles, 15 हज़ार फॉलोअर्स, एक रील के ₹2,500",
        {"name": "प्रिया", "handles": [{"platform": "instagram", "handle": "priya_styles"}], "followers": {"instagram": 15000}, "rates": [{"kind": "reel", "amount": 2500, "currency": "INR"}], "city": "Jaipur"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), BRIEFS)
def test_briefs(text: str, wanted: dict[str, Any]) -> None:
    found = brief.slots(text, TODAY)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("text", "wanted"), INTROS)
def test_introductions(text: str, wanted: dict[str, Any]) -> None:
    found = intro.slots(text)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "major", "currency"),
    [
        ("1.5 lakh", 150_000, "INR"),
        ("₹1,50,000", 150_000, "INR"),
        ("2 lakh 50 thousand", 250_000, "INR"),
        ("20k", 20_000, ""),
        ("$1,200.50", 1_200.5, "USD"),
        ("2.000,00 €", 2_000, "EUR"),
        ("Rp 5 juta", 5_000_000, "IDR"),
        ("२०,०००", 20_000, ""),
    ],
)
def test_amounts(text: str, major: float, currency: str) -> None:
    found = numbers.amount(text)
    assert found is not None
    assert (found.major, found.currency) == (major, currency)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("tomorrow", "2026-11-23"),
        ("next friday", "2026-11-27"),
        ("5 Dec", "2026-12-05"),
        ("3 March", "2027-03-03"),
        ("31/12", "2026-12-31"),
        ("in two weeks", "2026-12-06"),
        ("end of the month", "2026-11-30"),
        ("10 din mein", "2026-12-02"),
        ("am 5. Dezember", "2026-12-05"),
        ("31 February", None),
        ("soon", None),
    ],
)
def test_days(text: str, iso: str | None) -> None:
    found = dates.day(text, TODAY)
    assert (found.isoformat() if found else None) == iso


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading(text: str) -> None:
    brief.slots(text, TODAY)
    intro.slots(text)


@pytest.mark.parametrize(
    "text", ["", "hello", "🚀🚀", "مرحبا", "a" * 8_000, "9" * 400, "\0\0", "DROP TABLE; --"]
)
def test_what_states_nothing_gives_nothing(text: str) -> None:
    assert set(brief.slots(text, TODAY)) <= {"exclusions"}


def test_a_number_belongs_to_the_word_beside_it() -> None:
    told = brief.slots("Butuh 6 kreator kuliner, budget 3 juta total, followers 5rb-25rb", date(2026, 10, 20))
    assert told["budget"] == {"min": 3_000_000, "max": 3_000_000, "currency": "IDR", "per": "total"}
    assert told["followers"] == {"min": 5_000, "max": 25_000}
    told = intro.slots("Priya here, @priya.glam on Instagram (18.5k). 4500 for a reel")
    assert told["handles"] == [{"platform": "instagram", "handle": "priya.glam"}]
    assert told["followers"] == {"instagram": 18_500}
    told = intro.slots("i'm Mike from Denver, i tweet about startups @mikebuilds 11k on x. $75 a tweet")
    assert told["handles"] == [{"platform": "x", "handle": "mikebuilds"}]
    assert told["followers"] == {"x": 11_000}


RATES = [
    ("Yuki from Tokyo, @yuki on Instagram 12k, a reel is 15000", "JPY", 15_000),
    ("Priya from Mumbai, @priya on Instagram 18.5k, reel ₹4500", "INR", 4_500_00),
    ("Mike, @mike on Instagram 11k, $75.50 a reel", "USD", 75_50),
]


@pytest.mark.parametrize(("text", "currency", "minor"), RATES)
def test_a_rate_from_an_introduction_is_in_its_currency_s_own_units(
    text: str, currency: str, minor: int
) -> None:
    filled = intro.profile_slots(text)
    assert (filled["currency"], filled["rate"]) == (currency, minor)
