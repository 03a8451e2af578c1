"""Messages of somebody who tried the reading anew, and their neighbours: each a kind that failed before."""

import pytest

from bots.understanding import brief, dates, intent_facts, intro, numbers
from tests.evals.slots import TODAY


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("need 4, PHP 5000 each, one reel", 4),
        ("looking for 7 potters from Jaipur, 2k each", 7),
        ("buscamos 3 ceramistas en Puebla, un reel", 3),
        ("8 Hundebesitzer auf TikTok, ein Video, 120 € pro Video", 8),
        ("6 nail techs on Instagram, 1 reel", 6),
        ("pets wale creator do chahiye Gurgaon mein", 2),
        ("food blogger 6 chahiye, ek reel", 6),
        ("3 पुस्तक समीक्षक चाहिए यूट्यूब पर", 3),
        ("5 ज्योतिषी चाहिए", 5),
        ("dez meninas de Recife, 2 reels", 10),
        ("busco un par de gamers, 200€ en total", 2),
    ],
)
def test_people_that_no_list_knows_are_counted(said: str, count: int) -> None:
    assert brief.slots(said, TODAY)["creators_count"] == {"min": count, "max": count}


@pytest.mark.parametrize(
    "said",
    [
        "need 2 reels from food bloggers",
        "we want 20 orders a day, food bloggers please",
        "we need 3 weeks to ship, fashion creators in Surat",
        "we have 2 outlets in Pune, food creators wanted",
        "suchen 5 Sterne Hotels, Reiseblogger",
        "2 videos on YouTube, tech people",
    ],
)
def test_what_is_no_person_is_not_counted_as_one(said: str) -> None:
    assert "creators_count" not in brief.slots(said, TODAY)


@pytest.mark.parametrize(
    ("said", "least", "most", "currency", "per"),
    [
        ("max. 600€ insgesamt, 3 Creator", None, 600, "EUR", "total"),
        ("budget capped at 4,500 dollars, 3 creators", None, 4500, "USD", "total"),
        ("3 creators, £60 apiece, one tiktok video", 60, 60, "GBP", "creator"),
        ("4 creators, R800 per creator", 800, 800, "ZAR", "creator"),
        ("3 youtuber, budget 5 jutaan", 5000000, 5000000, "IDR", "total"),
        ("3 foodies, pin 411001, budget 15k", 15000, 15000, "", "total"),
        ("precio 499 MXN, 10 creadores, 1500 MXN cada uno", 1500, 1500, "MXN", "creator"),
        ("harga 50rb, 5 kreator, 300rb per orang", 300000, 300000, "IDR", "creator"),
    ],
)
def test_the_budget_is_the_amount_that_is_offered(
    said: str, least: int | None, most: int, currency: str, per: str
) -> None:
    stated = {"min": least, "max": most, "currency": currency, "per": per}
    assert brief.slots(said, TODAY)["budget"] == {k: v for k, v in stated.items() if v}


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("anyone with 10k+ who does budget travel, need 4", "followers", {"min": 10_000}),
        ("8 फिटनेस क्रिएटर, कम से कम दस हज़ार फ़ॉलोअर", "followers", {"min": 10_000}),
        ("8 फिटनेस क्रिएटर, कम से कम दस हज़ार फॉलोअर", "followers", {"min": 10_000}),
        ("4 fitness creator, daaru sigret wale nahi", "exclusions", ["alcohol", "cigarettes"]),
        ("5 moms, no other baby brand promo", "exclusions", ["other baby brand promo"]),
        ("4 makeup artists in Delhi", "niches", ["beauty"]),
        ("2 pais de primeira viagem, um vídeo", "niches", ["parenting"]),
        ("naya saree collection aa raha hai, 10 ladkiyan", "goal", "launch"),
        ("we want people to walk into our bookshop", "goal", "footfall"),
        ("mais gente no site: 8 perfis", "goal", "traffic"),
        ("8 orang ibu se-Indonesia, 2 post", "countries", ["ID"]),
        ("UK-based creators, 5 of them", "countries", ["GB"]),
        ("4 créateurs food à Lyon, avant le 15 décembre", "deadline", "2026-12-15"),
    ],
)  # fmt: skip
def test_what_a_brief_states_is_read(said: str, slot: str, value: object) -> None:
    assert brief.slots(said, TODAY)[slot] == value


@pytest.mark.parametrize(
    "said", ["we sell candles, 4 creators", "wir verkaufen Kerzen, 4 Creator", "kami jualan kue, 4 kreator"]
)
def test_what_a_brand_does_is_no_goal(said: str) -> None:
    assert "goal" not in brief.slots(said, TODAY)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("by Friday week", "2026-12-04"),
        ("a week on Friday", "2026-12-04"),
        ("heute in 14 Tagen", "2026-12-06"),
        ("agle mahine ki 5 tarikh", "2026-12-05"),
        ("अगले महीने की 5 तारीख", "2026-12-05"),
        ("5th of next month", "2026-12-05"),
        ("fin de año", "2026-12-31"),
        ("akhir tahun", "2026-12-31"),
        ("le 5 décembre", "2026-12-05"),
        ("in einer Woche", "2026-11-29"),
    ],
)
def test_days_as_they_are_said(said: str, day: str) -> None:
    found = dates.day(said, TODAY)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize(
    ("said", "currency"),
    [
        ("40 000 Ft", "HUF"),
        ("10.000 TL", "TRY"),
        ("50 000 FCFA", "XOF"),
        ("R500", "ZAR"),
        ("Bs 200", "BOB"),
        ("5 ft", ""),
    ],
)
def test_signs_of_other_currencies_are_no_money_of_ours(said: str, currency: str) -> None:
    read = numbers.amount(said, "EUR")
    assert read is not None
    assert read.currency == currency


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("Dr. Nisha, skin doctor in Ahmedabad", "name", "Nisha"),
        ("Kenalin, Bayu. Gaming di youtube @bayugg", "name", "Bayu"),
        ("hiya my names Tia, mum of three", "name", "Tia"),
        ("Je m'appelle Idriss, humour sur TikTok", "name", "Idriss"),
        ("@tiaandtribe on insta, just hit 12k! reels 100 quid", "followers", {"instagram": 12_000}),
        ("jonas, brettspiele auf youtube @wuerfeljonas, 2k abos, köln", "city", "Cologne"),
        ("Farhan, Srinagar, hindi aur kashmiri bolta hu", "languages", ["hi", "ks"]),
    ],
)  # fmt: skip
def test_what_an_introduction_states_is_read(said: str, slot: str, value: object) -> None:
    assert intro.slots(said)[slot] == value


def test_a_name_that_is_called_a_handle_is_one_and_each_piece_has_its_own_price() -> None:
    found = intro.slots("Handle is nordlight.jon on Instagram w/ 27.8K followers")
    assert found["handles"] == [{"platform": "instagram", "handle": "nordlight.jon"}]
    found = intro.slots("Nisha, insta @n.skin 31k, 1 reel Rs 5,000/- and story Rs 1,500/-")
    assert [(rate["kind"], rate["amount"]) for rate in found["rates"]] == [("reel", 5_000), ("story", 1_500)]


@pytest.mark.parametrize(
    ("said", "name", "facts"),
    [
        ("4k is too less, minimum 6k I will take", "counter", {"amount": 6_000}),
        ("für 80 Euro mache ich es nicht, 120 wäre ok", "counter", {"amount": 120}),
        ("1500 kam hai, 2500 do", "counter", {"amount": 2_500}),
        ("300 é pouco, faço por 450", "counter", {"amount": 450}),
        ("could you do 6500 instead?", "counter", {"amount": 6_500}),
        ("dame un par de días más", "more_time", {"days": 2}),
        ("can I have a couple of days more", "more_time", {"days": 2}),
        ("take Sara off please", "remove", {"who": "Sara"}),
    ],
)
def test_what_is_asked_for_is_told_from_what_is_refused(
    said: str, name: str, facts: dict[str, object]
) -> None:
    assert intent_facts.of(name, said, TODAY) == facts
