"""English, Hindi, Spanish and Portuguese: complete, with the same facts, in each language's own notation."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from babel.messages.pofile import read_po

from bots.cards import words
from bots.conversation.dialogue import Audience
from bots.dialogues.book import book
from bots.phrases.amounts import compact, listed, moment, money, percent, pieces, until
from bots.phrases.languages import CATALOGUES, COMMAND, ENGLISH, LANGUAGES, speaking, typed_word, typed_words
from bots.phrases.sentences import say
from bots.understanding import tongue
from core.kit.money import Currency, Money
from core.kit.remarks import Remark
from market import phrases

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_translated_with_the_same_facts(language: str) -> None:
    with (CATALOGUES / f"{language}.po").open("rb") as written:
        catalogue = read_po(written, locale=language)
    told = {(message.context, message.id): message for message in catalogue if message.id}
    assert set(told) == set(phrases.messages()), "say: make phrases"
    for (_, english), message in told.items():
        assert message.string, english
        assert not message.fuzzy, english
        assert phrases.placeholders(str(message.string)) == phrases.placeholders(str(english)), english
        assert str(message.string).count("**") == english.count("**"), english
        assert str(message.string).count("\n") == english.count("\n"), english


def test_a_missing_or_another_fact_would_be_found() -> None:
    assert phrases.placeholders("{a} of {n:one|more}") != phrases.placeholders("{n:uno|más}")
    assert phrases.placeholders("{n:offer|offers}") != phrases.placeholders("{n}")


@pytest.mark.parametrize("language", OTHERS)
def test_words_to_type_are_named_as_they_are_understood(language: str) -> None:
    typed = {word for _, word in (m for m in phrases.messages() if m[0] == COMMAND)} - {
        "work",
        "post",
        "done",
    }
    with (CATALOGUES / f"{language}.po").open("rb") as written:
        catalogue = read_po(written, locale=language)
    with speaking(language):
        for message in catalogue:
            named = set(re.findall(r"“([^”{]+)”|\*\*([a-z ]+)\*\*", str(message.id)))
            for word in {a or b for a, b in named} & typed:
                assert typed_word(word) in str(message.string), (word, message.string)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("side", [Audience.BRAND, Audience.CREATOR])
def test_a_word_means_one_thing(language: str, side: Audience) -> None:
    meaning: dict[str, str] = {}
    with speaking(language):
        for command in book().commands.values():
            if command.audience in {side, Audience.ANYBODY}:
                for word in command.words:
                    assert meaning.setdefault(typed_word(word), command.name) == command.name, word


def test_words_are_understood_in_every_language() -> None:
    assert {"help", "ayuda", "ajuda", "मदद"} <= typed_words("help")
    assert typed_words("a word nobody types") == {"a word nobody types"}


@pytest.mark.parametrize(
    ("language", "rupees", "reais", "count", "list_", "left"),
    [
        ("en", "₹1,50,000", "R$12.50", "12.3K", "a, b and c", "2 days left (until Sat 7 Nov, 12:00 UTC)"),
        ("hi", "₹1,50,000", "R$12.50", "12.3\xa0हज़ार", "a, b, और c", "2 दिन बाकी (शनि 7 नव॰, 12:00 UTC तक)"),
        (
            "es",
            "150.000\xa0INR",
            "12,50\xa0BRL",
            "12,3\xa0mil",
            "a, b y c",
            "2 días de plazo (hasta sáb 7 nov, 12:00 UTC)",
        ),
        (
            "pt",
            "₹\xa0150.000",
            "R$\xa012,50",
            "12,3\xa0mil",
            "a, b e c",
            "2 dias de prazo (até sáb. 7 nov., 12:00 UTC)",
        ),
    ],
)
def test_amounts_dates_and_lists_are_written_as_people_write_them(
    language: str, rupees: str, reais: str, count: str, list_: str, left: str
) -> None:
    with speaking(language):
        assert money(Money(15_000_000, Currency.INR)) == rupees
        assert money(Money(1_250, Currency.BRL)) == reais
        assert compact(12_340) == count
        assert listed("abc") == list_
        assert until(NOON + timedelta(days=2), NOON) == left


@pytest.mark.parametrize(
    ("language", "zone", "told"),
    [
        ("en", "UTC", "Thu 5 Nov, 12:00 UTC"),
        ("en", "Asia/Kolkata", "Thu 5 Nov, 17:30 IST"),
        ("hi", "Asia/Kolkata", "गुरु 5 नव॰, 17:30 IST"),
        ("es", "Europe/Madrid", "jue 5 nov, 13:00 CET"),
        ("pt", "America/Sao_Paulo", "qui. 5 nov., 09:00 GMT-03:00"),
        ("en", "Pacific/Kiritimati", "Fri 6 Nov, 02:00 GMT+14:00"),
    ],
)
def test_times_are_told_by_her_own_clock(language: str, zone: str, told: str) -> None:
    with speaking(language, zone):
        assert moment(NOON) == told
    assert moment(NOON) == "Thu 5 Nov, 12:00 UTC"


def test_plurals_follow_the_language() -> None:
    counted = [("reel", 1), ("story", 2)]
    assert pieces(counted) == "1 reel and 2 stories"
    with speaking("pt"):
        assert pieces([("video", 1), ("video", 2)]) == "1 vídeo e 2 vídeos"
        assert percent(180) == "1,8 %"
    with speaking("es"):
        assert say("shortlist.sent", count=1).startswith("1 oferta enviada.")
        assert say("shortlist.sent", count=3).startswith("3 ofertas enviadas.")


def test_what_the_core_remarks_has_words_in_every_language() -> None:
    remark = Remark("talks_about", {"topics": ["food", "travel"]})
    assert words.remark(remark) == "talks about food and travel"
    with speaking("es"):
        assert words.remark(remark) == "habla de comida y viajes"
        assert words.country("IN") == "India"
    with speaking("hi"):
        assert words.countries(["IN", "MX"]) == "भारत और मैक्सिको"


def test_an_unknown_language_is_english_and_speaking_ends() -> None:
    with speaking("tlh"):
        assert say("form.skip") == "Skip"
    with speaking("hi"), speaking("pt"):
        assert say("form.skip") == "Pular"
    assert say("form.skip") == "Skip"
    assert moment(None) == "soon"


@pytest.mark.parametrize(
    ("setting", "text", "language"),
    [
        ("pt-BR", "hello", "pt"),
        ("en", "नमस्ते", "en"),
        ("de", "नमस्ते", "hi"),
        ("", "मुझे 3 क्रिएटर चाहिए", "hi"),
        ("", "Hola, busco 3 creadores de comida", "es"),
        ("", "Olá, preciso de 3 criadores", "pt"),
        ("", "I need 3 food creators", "en"),
        ("", "hi", ""),
        ("", "Hola", "es"),
        ("", "¡hola! 👋", "es"),
        ("", "Olá", "pt"),
        ("", "obrigada", "pt"),
        ("", "soy", ""),
        ("", "3 food creators chahiye Pune mein", ""),
        ("", "\x00🤷", ""),
    ],
)
def test_the_language_is_guessed_only_where_it_can_be_told(setting: str, text: str, language: str) -> None:
    assert tongue.guess(setting, text) == language
