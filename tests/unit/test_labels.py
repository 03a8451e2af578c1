"""An advertisement is said to be one in each country's words; a word that is taken back is none."""

import pytest

from core.compliance import disclosure
from core.compliance.disclosure import Level
from core.compliance.labels import OF_COUNTRIES, RULES


@pytest.mark.parametrize("rule", OF_COUNTRIES, ids=lambda rule: rule.jurisdiction)
def test_every_label_of_every_country_discloses_and_each_rule_has_its_source(rule: disclosure.Rule) -> None:
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
            "\u2728{}\u2728",
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
        ("#publi Mi caf\u00e9", "ES"),
        ("Publicidad. Mi caf\u00e9", "MX"),
        ("Mi caf\u00e9 #publicidadpagada", "MX"),
        ("Colaboracion pagada con Kala", "AR"),
        ("#publicidade", "BR"),
        ("#PUBLI meu caf\u00e9", "BR"),
        ("an\u00fancio: meu caf\u00e9", "BR"),
        ("anuncio: meu cafe", "BR"),
        ("an\u0075\u0301ncio", "BR"),
        ("#parceriapaga", "BR"),
        ("#iklan kopi", "ID"),
        ("Kopi enak, iklan", "ID"),
        ("#kerjasamaberbayar", "ID"),
        ("\uff03\u5e83\u544a", "JP"),
        ("#\u5e83\u544a \u304a\u8336", "JP"),
        ("\u3010PR\u3011\u304a\u8336", "JP"),
        ("#PR", "JP"),
        ("\u3053\u308c\u306f\u5e83\u544a\u3067\u3059", "JP"),
        ("\uff30\uff32 \u304a\u8336", "JP"),
        ("#\uad11\uace0", "KR"),
        ("\uad11\uace0\uc785\ub2c8\ub2e4", "KR"),
        ("Collaboration commerciale avec Kala", "FR"),
        ("#pub", "FR"),
        ("PUBLICITE", "FR"),
        ("#adv", "IT"),
        ("Pubblicit\u00e0 - il mio caff\u00e8", "IT"),
        ("#advertentie", "NL"),
        ("#\u091c\u093e\u0939\u093f\u0930\u093e\u0924", "IN"),
        ("\u0bb5\u0bbf\u0bb3\u0bae\u0bcd\u0baa\u0bb0\u0bae\u0bcd", "IN"),
        ("\u0aac: \u0a9c\u0abe\u0ab9\u0ac7\u0ab0\u0abe\u0aa4", "IN"),
        ("#publicidad mi caf\u00e9", "US"),
        ("\U0001d5d4\U0001d5d7 my chai", "US"),
        ("#ad\ufe0f", "US"),
        ("\u200b#ad", "US"),
        ("I can't not share this #ad", "US"),
        ("No joke: #ad", "US"),
        ("Not just an ad, my favourite", "US"),
        ("#ad Nahi pata tha itna accha hoga", "IN"),
        ("#ad free chai for you", "IN"),
        ("It is not an ad, they said. It is: #ad", "US"),
        ("Sin az\u00facar. Publicidad", "ES"),
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
        ("this isn\u2019t an ad", "US"),
        ("not #ad", "US"),
        ("no ad", "US"),
        ("not sponsored, I love it", "US"),
        ("unpaid ad", "US"),
        ("ad-free review", "US"),
        ("#notanad #notsponsored", "US"),
        ("no es publicidad", "ES"),
        ("Esto no es una publicidad pagada", "MX"),
        ("sin publicidad", "ES"),
        ("n\u00e3o \u00e9 publi", "BR"),
        ("n\u00e3o \u00e9 uma publicidade", "BR"),
        ("publi isso n\u00e3o \u00e9", "BR"),
        ("keine Werbung", "DE"),
        ("Das ist keine Anzeige", "DE"),
        ("unbezahlte Werbung", "DE"),
        ("Werbung ist das nicht", "DE"),
        ("werbefrei", "DE"),
        ("bukan iklan", "ID"),
        ("ini bukan sebuah iklan", "ID"),
        ("ce n'est pas une publicit\u00e9", "FR"),
        ("non sponsoris\u00e9", "FR"),
        ("non \u00e8 pubblicit\u00e0", "IT"),
        ("ad esempio", "IT"),
        ("geen reclame", "NL"),
        ("\u092c\u093f\u0928\u093e \u0935\u093f\u091c\u094d\u091e\u093e\u092a\u0928", "IN"),
        (
            "\u092f\u0939 \u0935\u093f\u091c\u094d\u091e\u093e\u092a\u0928 \u0928\u0939\u0940\u0902 \u0939\u0948\u0964",
            "IN",
        ),
        ("ye ad nahi hai", "IN"),
        ("yeh koi ad nahin", "IN"),
        ("\u5e83\u544a\u3067\u306f\u3042\u308a\u307e\u305b\u3093", "JP"),
        ("\u5e83\u544a\u306a\u3057", "JP"),
        ("PR\u3058\u3083\u306a\u3044", "JP"),
        ("\u81ea\u5df1PR", "JP"),
        ("\u5e83\u544a\u4ee3\u7406\u5e97\u3067\u50cd\u304f", "JP"),
        ("\uad11\uace0 \uc544\ub2d8", "KR"),
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
