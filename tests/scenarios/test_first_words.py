"""Somebody's first words: what is said is kept, a yes is no name, a link is taken or refused for a reason."""

import pytest

from market.stage import PNG, Stage
from tests.scenarios.test_consent import newest

YES = ["yes", "haan", "sim", "sí", "ok", "no"]
CHANGES = ["change budget", "change the deadline", "cambia el presupuesto", "muda o orçamento"]


@pytest.mark.parametrize("words", [*YES, *CHANGES])
def test_an_answer_to_something_else_is_nobodys_name(stage: Stage, words: str) -> None:
    stage.say("stranger", "hi")
    stage.press("stranger", "I'm a brand")
    stage.say("stranger", words)
    assert "called?" in newest(stage, "stranger")
    stage.say("stranger", "Tulsi Tea")
    assert "Tulsi Tea" in newest(stage, "stranger")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("we are an agency, Pixel Cult, from Mumbai with two clients", "**Pixel Cult** (agency)"),
        ("Oi, tenho uma cafeteria em São Paulo, Café Bom, quero 2 criadores", "**Café Bom** (marca)"),
        ("main Jaipur mein chai ki dukaan chalata hu, naam Raju Chai, 2 creators chahiye", "**Raju Chai**"),
    ],
)
def test_a_business_is_called_what_it_says(stage: Stage, words: str, name: str) -> None:
    stage.say("stranger", words)
    assert name in newest(stage, "stranger", 2)


def test_who_writes_portuguese_is_not_asked_for_a_language(stage: Stage) -> None:
    stage.say(
        "joana",
        "Oi! Sou a Joana Prado, de São Paulo, faço vídeos de treino no instagram @joana.treina,"
        " 8 mil seguidores, cobro R$ 350 por reel",
    )
    stage.press("joana", "Aceito")
    assert "fala português" in newest(stage, "joana")


def test_a_last_day_is_written_as_people_write_it(stage: Stage) -> None:
    stage.say("brand", "3 food creators in Pune, 1 reel each, under 20k, post before 12 December")
    assert "12 Dec 20" in newest(stage, "brand")
    assert "-12-12" not in newest(stage, "brand")


def test_a_link_alone_is_a_post_though_a_draft_is_due_too(stage: Stage) -> None:
    stage.say("brand", "1 food creator in Pune, 1 reel and 1 story each, 20k INR")
    stage.press("brand", "Save and find")
    stage.press("brand", "Pay")
    stage.press("brand", "Pay with play money")
    stage.press("asha", "Accept")
    stage.press("asha", "Agree")
    stage.send_file("asha", "Reel: Chai at Kala #ad", "reel.png", PNG)
    stage.press("asha", "Send draft")
    stage.press("brand", "Approve")
    stage.say("asha", "https://www.instagram.com/reel/Cxyz123/")
    assert "instagram.com/reel/Cxyz123" in newest(stage, "asha", 2)
    stage.say("asha", "yes")
    assert "Send me the link" not in newest(stage, "asha", 2).partition("[")[0]


def plain(stage: Stage) -> str:
    """Return the newest message to Joana with plain spaces."""
    return newest(stage, "joana").replace("\xa0", " ")


def test_every_rate_of_an_introduction_is_kept(stage: Stage) -> None:
    stage.say(
        "joana",
        "Oi! Sou a Joana Prado, de São Paulo, faço vídeos de treino no instagram @joana.treina,"
        " 8 mil seguidores, cobro R$ 350 por reel e R$ 100 por story",
    )
    stage.press("joana", "Aceito")
    review = plain(stage)
    assert "um reel: R$ 350" in review
    assert "um story: R$ 100" in review
    stage.say("joana", "R$ 120 por story")
    assert "um story: R$ 120" in plain(stage)
    assert "um reel: R$ 350" in plain(stage)
    stage.say("joana", "sim")
    stage.say("joana", "meu perfil")
    profile = plain(stage)
    assert "um story: R$ 120" in profile
    assert "fala português" in profile


def test_a_day_or_a_place_that_cannot_be_told_is_named(stage: Stage) -> None:
    stage.say("brand", "3 food creators in Georgia, 1 reel each, under 20k, before Onam")
    shown = newest(stage, "brand")
    assert "I don't know which day “Onam” is" in shown
    assert "the country or the state" in shown
    stage.say("brand", "live by 12 December, in Pune")
    shown = newest(stage, "brand")
    assert "Onam" not in shown
    assert "the country or the state" not in shown


def test_a_word_of_thanks_in_another_language_changes_nothing(stage: Stage) -> None:
    stage.say("stranger", "hi")
    stage.press("stranger", "I'm a brand")
    stage.say("stranger", "Tulsi Tea")
    stage.say("stranger", "gracias!")
    assert "Tulsi Tea" in newest(stage, "stranger", 2)
    assert "idioma" not in newest(stage, "stranger", 2)
