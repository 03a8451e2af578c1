"""An advertisement is said to be one in each country's words; a word that is taken back is none."""

import pytest

from core.compliance import disclosure
from core.compliance.disclosure import Level
from core.compliance.labels import OF_COUNTRIES, RULES, Rule


@pytest.mark.parametrize("rule", OF_COUNTRIES, ids=lambda rule: rule.jurisdiction)
def test_every_label_of_every_country_discloses_and_each_rule_has_its_source(rule: Rule) -> None:
    country = rule.jurisdiction
    assert len(rule.source) > 10
    assert disclosure.disclosed(disclosure.label_for(country), country)
    for label in (*rule.labels, *rule.translated, *rule.also):
        for shape in (
            "{}",
            "#{} 1",
            "Chai: {}",
            "[{}] Chai",
            "({})",
            "Chai | {} | @kala",
            "*{}*!",
            "{}:",
            "✨{}✨",
            "Chai\n{}",
        ):
            assert disclosure.disclosed(shape.format(label.upper()), country), (label, shape)
    for tag in rule.hashed:
        assert disclosure.disclosed(f"Chai #{tag}", country)
        assert not disclosure.disclosed(f"Chai {tag}", country)
    for word in rule.weak:
        assert disclosure.lint(f"{word} chai", country)[0].level is Level.PROBLEM or disclosure.disclosed(
            word, country
        )


@pytest.mark.parametrize(
    ("caption", "country"),
    [
        ("Anzeige", "DE"),
        ("Werbung", "DE"),
        ("[Werbung] Mein Morgenkaffee", "DE"),
        ("Mein Kaffee #anzeige", "DE"),
        ("Mein Kaffee #BezahlteWerbung", "DE"),
        ("Anzeige | Kaffee", "CH"),
        ("Entgeltliche Einschaltung: Kaffee", "AT"),
        ("#publicidad", "ES"),
        ("#publi Mi café", "ES"),
        ("Publicidad. Mi café", "MX"),
        ("Mi café #publicidadpagada", "MX"),
        ("Colaboracion pagada con Kala", "AR"),
        ("#publicidade", "BR"),
        ("#PUBLI meu café", "BR"),
        ("anúncio: meu café", "BR"),
        ("anuncio: meu cafe", "BR"),
        ("anúncio", "BR"),
        ("#parceriapaga", "BR"),
        ("#iklan kopi", "ID"),
        ("Kopi enak, iklan", "ID"),
        ("#kerjasamaberbayar", "ID"),
        ("＃広告", "JP"),
        ("#広告 お茶", "JP"),
        ("【PR】お茶", "JP"),
        ("#PR", "JP"),
        ("これは広告です", "JP"),
        ("ＰＲ お茶", "JP"),
        ("#광고", "KR"),
        ("광고입니다", "KR"),
        ("Collaboration commerciale avec Kala", "FR"),
        ("#pub", "FR"),
        ("PUBLICITE", "FR"),
        ("#adv", "IT"),
        ("Pubblicità - il mio caffè", "IT"),
        ("#advertentie", "NL"),
        ("#जाहिरात", "IN"),
        ("விளம்பரம்", "IN"),
        ("બ: જાહેરાત", "IN"),
        ("#publicidad mi café", "US"),
        ("\U0001d5d4\U0001d5d7 my chai", "US"),
        ("#ad️", "US"),
        ("\u200b#ad", "US"),
        ("I can't not share this #ad", "US"),
        ("No joke: #ad", "US"),
        ("Not just an ad, my favourite", "US"),
        ("#ad Nahi pata tha itna accha hoga", "IN"),
        ("#ad free chai for you", "IN"),
        ("It is not an ad, they said. It is: #ad", "US"),
        ("Sin azúcar. Publicidad", "ES"),
    ],
)
def test_a_label_counts_wherever_people_write_it(caption: str, country: str) -> None:
    assert disclosure.disclosed(caption, country)


@pytest.mark.parametrize(
    ("caption", "country"),
    [
        ("not an ad", "US"),
        ("This is NOT an ad!", "IN"),
        ("this isn't a paid ad", "US"),
        ("this isn’t an ad", "US"),
        ("not #ad", "US"),
        ("no ad", "US"),
        ("not sponsored, I love it", "US"),
        ("unpaid ad", "US"),
        ("ad-free review", "US"),
        ("#notanad #notsponsored", "US"),
        ("no es publicidad", "ES"),
        ("Esto no es una publicidad pagada", "MX"),
        ("sin publicidad", "ES"),
        ("não é publi", "BR"),
        ("não é uma publicidade", "BR"),
        ("publi isso não é", "BR"),
        ("keine Werbung", "DE"),
        ("Das ist keine Anzeige", "DE"),
        ("unbezahlte Werbung", "DE"),
        ("Werbung ist das nicht", "DE"),
        ("werbefrei", "DE"),
        ("bukan iklan", "ID"),
        ("ini bukan sebuah iklan", "ID"),
        ("ce n'est pas une publicité", "FR"),
        ("non sponsorisé", "FR"),
        ("non è pubblicità", "IT"),
        ("ad esempio", "IT"),
        ("geen reclame", "NL"),
        ("बिना विज्ञापन", "IN"),
        (
            "यह विज्ञापन नहीं है।",
            "IN",
        ),
        ("ye ad nahi hai", "IN"),
        ("yeh koi ad nahin", "IN"),
        ("広告ではありません", "JP"),
        ("広告なし", "JP"),
        ("PRじゃない", "JP"),
        ("自己PR", "JP"),
        ("広告代理店で働く", "JP"),
        ("광고 아님", "KR"),
        ("Great pub in Lyon", "FR"),
        ("great roads, glad, add", "US"),
        ("Werbungskosten", "DE"),
        ("#publico #publicar", "ES"),
        ("#iklanku", "ID"),
    ],
)
def test_what_takes_the_label_back_or_only_contains_it_is_none(caption: str, country: str) -> None:
    assert not disclosure.disclosed(caption, country)


def test_countries_of_one_language_have_its_words_and_others_the_common_ones() -> None:
    assert disclosure.disclosed("publicidad", "PE")
    assert not disclosure.disclosed("publicidade", "FI")
    assert disclosure.disclosed("ad", "FI")
    assert RULES["PE"].source != RULES["MX"].source
