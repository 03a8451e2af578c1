"""A brand names creators of its own: who is here comes into the set, and of nobody it is silent."""

from dataclasses import replace

import pytest

from core.creators import service as creators
from core.creators.schemas import SaveProfile
from core.kit.actors import SYSTEM
from core.kit.vocabulary import Platform
from core.kit.work import begin
from market.stage import Stage
from runtime.parts import Runtime
from tests.scenarios.test_chosen_set import begun, chosen
from tests.scenarios.test_consent import newest
from tests.scenarios.test_side_roads import offered

BRIEF = "3 food creators in Nagpur, 1 reel each, 20k INR #ChaiTime"


@pytest.mark.parametrize(
    "words",
    [
        "invite these: @asha.sandbox, @nobody.at.all and https://www.instagram.com/ravi.sandbox/?hl=en",
        "Invite these:\n@Asha.Sandbox\n@nobody.at.all\ninstagram.com/ravi.sandbox",
        "invite @asha.sandbox @ravi.sandbox @nobody.at.all @asha.sandbox",
    ],
)
def test_who_is_here_comes_into_the_set_and_who_is_not_is_named(
    stage: Stage, runtime: Runtime, words: str
) -> None:
    begun(stage, BRIEF)
    before = set(chosen(runtime))
    stage.say("brand", words)
    told = stage.last("brand", "of the 3 you named")
    assert told.startswith("2 of the 3 you named are in the set of **")
    assert "@nobody.at.all" in told
    assert "no offer can go out" in told
    assert set(chosen(runtime)) == before | {"Asha Kulkarni", "Ravi Deshmukh"}
    assert "You pay" in newest(stage, "brand")


def test_nobody_is_passed_over_in_silence(stage: Stage, runtime: Runtime) -> None:
    begun(stage, BRIEF)
    with begin(runtime.database, SYSTEM) as work:
        meera = creators.find(work, "Meera Joshi")
        kabir = creators.find(work, "Kabir Shah")
        assert meera is not None
        assert kabir is not None
        creators.withdraw(work, meera.id)
        same = SaveProfile(accounts=(replace(kabir.accounts[0], platform=Platform.X, handle="asha.sandbox"),))
        creators.join(work, kabir.person_id, same)
    before = set(chosen(runtime))
    stage.say("brand", "invite @asha.sandbox, @meera.sandbox")
    told = stage.last("brand", "you named")
    assert told.startswith("0 of the 2 you named")
    assert "They take no offers at the moment: Meera Joshi" in told
    assert "name the network with them: @asha.sandbox" in told
    assert set(chosen(runtime)) == before
    stage.say("brand", "invite instagram.com/asha.sandbox")
    assert "Asha Kulkarni" in chosen(runtime)


def test_who_has_an_offer_already_gets_no_second_place(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.say("brand", "invite @asha.sandbox")
    assert "have an offer or a deal in this campaign already: Asha Kulkarni" in stage.last(
        "brand", "you named"
    )
    assert "Asha Kulkarni" not in chosen(runtime)


def test_without_a_campaign_who_is_here_is_said_and_words_without_a_handle_are_no_list(stage: Stage) -> None:
    stage.say("brand", "invite @asha.sandbox and @nobody.at.all")
    told = newest(stage, "brand")
    assert "Here and open for offers: Asha Kulkarni" in told
    assert "Tell me in one sentence what you want" in told
    stage.say("brand", "invite these")
    assert "Whom shall I invite?" in newest(stage, "brand")
