"""What strangers say in passing: kept, done, or answered with what there is instead."""

import re
from datetime import timedelta

import pytest

from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief
from core.campaigns.states import CampaignState
from core.deals.states import DealState
from core.kit.actors import SYSTEM
from core.kit.work import begin
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.scenarios.test_chosen_set import begun
from tests.scenarios.test_consent import deal_of, newest
from tests.scenarios.test_side_roads import agree

SAVED = "for Fit Shoes: 2 fitness creators in Mumbai, 1 reel and 1 story each, budget 15k"


def state(runtime: Runtime) -> CampaignState:
    with begin(runtime.database, SYSTEM) as work:
        return campaigns.newest(work, 1)[0].state


def brief(runtime: Runtime) -> Brief:
    with begin(runtime.database, SYSTEM) as work:
        return campaigns.newest(work, 1)[0].brief


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("make it 2 stories", "1 reel and 2 stories"),
        ("make it only 2 stories", "**2 stories**"),
        ("add 1 more reel", "2 reels and 1 story"),
    ],
)
def test_what_a_change_does_not_speak_of_stays(stage: Stage, words: str, kept: str) -> None:
    begun(stage, SAVED)
    stage.say("brand", words)
    assert kept in newest(stage, "brand")


@pytest.mark.parametrize(
    "words", ["delete the Fit Shoes campaign", "close the Fit Shoes campaign", "close campaign"]
)
def test_a_campaign_without_money_is_dropped_after_a_yes(stage: Stage, runtime: Runtime, words: str) -> None:
    begun(stage, SAVED)
    stage.say("brand", words)
    assert "Nothing was paid into it" in newest(stage, "brand")
    assert state(runtime) is CampaignState.AWAITING_FUNDS
    stage.say("brand", "yes")
    assert state(runtime) is CampaignState.CANCELLED


def test_the_campaign_that_is_named_is_the_one_that_is_dropped(stage: Stage) -> None:
    begun(stage, SAVED)
    begun(stage)
    stage.say("brand", "delete the Fit Shoes campaign")
    assert "Drop Fashion and Fitness in Mumbai" in newest(stage, "brand")


def test_a_cancellation_with_nobody_says_so_and_shows_whom_there_is(stage: Stage) -> None:
    agree(stage)
    stage.say("brand", "cancel the deal with Lucía")
    assert "There is no running deal with Lucía." in newest(stage, "brand", 4)
    assert "Asha Kulkarni" in newest(stage, "brand", 3)


def test_a_cancellation_with_somebody_is_asked_for(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.say("brand", "cancel the deal with Asha")
    assert "Why should this deal be cancelled?" in newest(stage, "brand")
    stage.say("brand", "We sold out.")
    assert "We sold out." in newest(stage, "brand")
    assert deal_of(runtime).state is DealState.AGREED


@pytest.mark.parametrize("words", ["ok", "sí, claro", "haan theek hai", "pode, sim"])
def test_a_yes_to_more_days_gives_them_once_they_are_shown(
    stage: Stage, runtime: Runtime, words: str
) -> None:
    agree(stage)
    due = deal_of(runtime).deliverables[0].due_at
    stage.say("asha", "I need 2 more days")
    stage.say("asha", "skip")
    stage.say("brand", words)
    assert deal_of(runtime).deliverables[0].due_at == due
    stage.say("brand", "yes")
    after = deal_of(runtime).deliverables[0].due_at
    assert due is not None
    assert after is not None
    assert (after - due).days == 2


def test_a_yes_to_something_else_gives_no_days(stage: Stage) -> None:
    agree(stage)
    stage.say("asha", "I need 2 more days")
    stage.say("asha", "skip")
    stage.say("brand", "campaigns")
    stage.say("brand", "ok")
    assert "You're welcome" in newest(stage, "brand")


def test_an_agency_adds_a_client_and_runs_for_it_in_one_sentence_each(stage: Stage) -> None:
    stage.say("agency", "we are an agency, Pixel Cult, from Mumbai")
    stage.say("agency", "India")
    assert "says already" in newest(stage, "agency", 2)
    stage.say("agency", "yes")
    stage.say("agency", "add client Zen Tea")
    assert "**Zen Tea** is added" in newest(stage, "agency")
    stage.say("agency", "for Zen Tea: 3 food creators in Pune, 1 reel each, budget 20k")
    stage.press("agency", "Save and find")
    assert "(for Zen Tea)" in newest(stage, "agency")
    stage.say("agency", "switch to Zen Tea")
    assert "(for Zen Tea)" in newest(stage, "agency")
    stage.say("agency", "switch to Foo Cafe")
    assert "Yours: Pixel Cult and Zen Tea" in newest(stage, "agency")


def test_who_has_no_clients_hears_why(stage: Stage) -> None:
    stage.say("brand", "add client Zen Tea")
    assert "**Kala Chai** is not open as one" in newest(stage, "brand")


def test_where_a_brief_says_who_comes_where_it_is_kept(stage: Stage, runtime: Runtime) -> None:
    begun(
        stage,
        "for Fit Shoes: 2 fitness creators in Mumbai, 1 reel each, budget 15k, product: tapas night, "
        "they come to the café next weekend, note: wear red",
    )
    kept = brief(runtime)
    assert kept.product == "Fit Shoes, tapas night"
    assert kept.address == "the café next weekend"
    assert kept.dos == ("wear red",)


def test_a_price_said_once_for_two_is_of_both_and_hindi_is_offered(stage: Stage) -> None:
    stage.say("kavi", "mera naam Kavi hai, food blogger hu pune se, insta @kavi.eats 9k followers")
    assert "हिन्दी" in newest(stage, "kavi")
    stage.press("kavi", "I agree")
    stage.say("kavi", "Hindi")
    stage.say("kavi", "2000 for a reel and a story")
    shown = newest(stage, "kavi")
    assert len(re.findall(r"2,000", shown)) == 2


def test_where_the_money_goes_is_told_once(stage: Stage) -> None:
    stage.say("asha", "payout")
    stage.say("asha", "asha@upi")
    before = len(stage.heard("asha"))
    stage.say("asha", "yes")
    assert len(stage.heard("asha")) == before + 1


def test_a_question_at_a_brief_is_no_order_to_creators(stage: Stage, runtime: Runtime) -> None:
    stage.say("brand", SAVED)
    for words in ("what do I pay in total?", "how do I get the gift to them?", "I do hope they like it"):
        stage.say("brand", words)
        assert "Do:" not in newest(stage, "brand"), words
    stage.say("brand", "do: show the shoes")
    assert "Do: **show the shoes**" in newest(stage, "brand")
    stage.say("brand", "remove the do's")
    assert "Do:" not in newest(stage, "brand")


def test_a_bare_yes_is_no_address(stage: Stage) -> None:
    stage.say("brand", "2 food creators in Pune, free dinner for two worth 3000, no cash, 1 reel each")
    stage.say("brand", "yes")
    assert "Where should they come to?" in newest(stage, "brand")


def test_a_yes_may_be_a_message_and_a_command_is_none(stage: Stage) -> None:
    agree(stage)
    stage.say("asha", "message")
    stage.say("asha", "message")
    stage.say("asha", "work")
    assert not stage.last("brand", "writes about")
    stage.say("asha", "message")
    stage.say("asha", "yes")
    assert "“yes”" in stage.last("brand", "writes about")


def test_who_is_named_is_whom_a_message_is_for(stage: Stage) -> None:
    agree(stage)
    stage.say("brand", "write to Asha")
    assert "What shall I pass on to Asha Kulkarni" in newest(stage, "brand")


def test_the_page_of_ones_data_speaks_ones_language(stage: Stage) -> None:
    stage.say("asha", "speak spanish")
    stage.say("asha", "mis datos")
    rows = [row for line in stage.heard("asha") for row in line.message.buttons]
    link = [button.url for row in rows for button in row if "/my-data/" in button.url][-1]
    assert "Tus datos" in stage.fetch(link[link.index("/my-data/") :]).text


@pytest.mark.parametrize("words", ["that's all", "yes", "eso es todo", "só isso", "bas itna hi"])
def test_no_more_files_are_asked_for_when_that_is_all(stage: Stage, words: str) -> None:
    agree(stage)
    stage.say("asha", "work")
    stage.press("asha", "Open a dispute")
    stage.send_file("asha", "They never sent it.", "proof.png", PNG)
    stage.say("asha", words)
    assert "They never sent it." in newest(stage, "asha")
    assert "Open dispute" in newest(stage, "asha")


def test_a_campaign_with_running_deals_is_not_offered_to_be_closed(stage: Stage) -> None:
    agree(stage)
    stage.say("brand", "close campaign")
    assert "still running" in newest(stage, "brand", 5)
    assert "Close campaign" not in newest(stage, "brand", 5)


def test_who_is_late_can_ask_for_days(stage: Stage) -> None:
    agree(stage)
    stage.advance(timedelta(days=8))
    stage.press("asha", "More time")
    assert "How many more days" in newest(stage, "asha")


@pytest.mark.parametrize(
    ("language", "tag", "words"),
    [
        ("spanish", "es", "Cerrar sesión"),
        ("hindi", "hi", "साइन आउट"),
        ("portuguese", "pt", "Enviando …"),
    ],
)
def test_the_page_of_a_chat_speaks_its_persons_language(
    stage: Stage, language: str, tag: str, words: str
) -> None:
    stage.say("asha", f"speak {language}")
    page = stage.fetch("/chat/asha").text
    assert f'<html lang="{tag}">' in page
    assert words in page
    assert "Write a message" not in page
