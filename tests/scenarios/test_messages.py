"""Two sides of a deal write to each other, and give evidence, through the bots' real turns."""

from datetime import timedelta
from uuid import UUID

import pytest

from core.accounts import chats
from core.compliance import contact_details
from core.deals import messages
from core.deals.errors import DealNotFound, MessageEmpty, TalkOver
from core.deals.schemas import WriteMessage
from core.kit.actors import SYSTEM, Actor
from core.kit.work import begin
from core.operators import tasks
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.scenarios.test_consent import button, deal_of, newest
from tests.scenarios.test_side_roads import agree, offered


def person(runtime: Runtime, who: str) -> UUID:
    with begin(runtime.database, SYSTEM) as work:
        found = chats.find_by_identity(work, "web", who)
        assert found is not None
        return found.id


def test_they_write_to_each_other_with_photos(stage: Stage) -> None:
    agree(stage)
    stage.say("asha", "message")
    assert "What shall I pass on to Kala Chai" in newest(stage, "asha")
    stage.send_file("asha", "Is this corner fine for the reel?", "corner.png", PNG)
    stage.press("asha", "Done")
    assert "passed it on to Kala Chai" in newest(stage, "asha")
    heard = next(line for line in reversed(stage.heard("brand")) if "this corner" in line.message.text)
    assert "**Asha" in heard.message.text
    assert [each.kind for each in heard.message.attachments] == ["photo"]
    stage.press("brand", "Write a message")
    stage.say("brand", "Lovely, go on. My number is +91 98765 43210.")
    assert "+91 98765 43210" in stage.last("asha", "Lovely")  # both have agreed
    stage.say("asha", "messages")
    assert "this corner" in newest(stage, "asha")
    assert "Lovely" in newest(stage, "asha")


def test_ways_to_reach_each_other_wait_until_both_have_agreed(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.say("asha", "message")
    stage.say("asha", "Call me on 98765 43210 or asha@example.com, then I do it for ₹20,000")
    assert "only once you have both agreed" in newest(stage, "asha")
    told = stage.last("brand", "writes about")
    assert "98765" not in told
    assert "asha@example.com" not in told
    assert "₹20,000" in told
    assert "left out (•••)" in told
    deal = deal_of(runtime)
    with begin(runtime.database, Actor.person(person(runtime, "brand"))) as work:
        assert "98765" not in messages.of_deal(work, deal.id)[0].words
    stage.press("asha", "Accept")
    stage.press("asha", "Agree")
    with begin(runtime.database, Actor.person(person(runtime, "brand"))) as work:
        assert "98765 43210" in messages.of_deal(work, deal.id)[0].words


def test_a_message_is_reported_once_and_staff_reads_all_of_it(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    stage.say("asha", "message")
    stage.say("asha", "Pay me outside: wa.me/919876543210")
    for _ in range(2):
        stage.press("brand", "Report it")
    assert "A person from the marketplace looks at it" in newest(stage, "brand")
    deal = deal_of(runtime)
    with begin(runtime.database, SYSTEM) as work:
        (task,) = [task for task in tasks.open_tasks(work) if task.kind == messages.REPORTED]
        assert task.subject_id == deal.id
        assert "wa.me" in messages.of_deal(work, deal.id)[0].words


def test_a_dispute_has_pictures(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    stage.say("brand", "deals")
    stage.press("brand", "Open a dispute")
    stage.send_file("brand", "The parcel never came", "door.png", PNG)
    stage.press("brand", "Done")
    assert "1 file" in newest(stage, "brand")
    stage.press("brand", "Open dispute")
    stage.press("asha", "Give my view")
    stage.say("asha", "It did, on Monday")
    stage.press("asha", "Send my view")
    stage.say("asha", "message")
    assert "What else should the person who decides" in newest(stage, "asha")
    stage.send_file("asha", "The receipt", "receipt.png", PNG)
    stage.press("asha", "Done")
    assert "added to the dispute" in stage.last("brand", "The receipt")
    deal = deal_of(runtime)
    with begin(runtime.database, SYSTEM) as work:
        found = messages.of_deal(work, deal.id)
    assert [(each.side, len(each.media_ids), each.evidence) for each in found] == [
        ("brand", 1, True),
        ("creator", 1, True),
    ]


def test_what_cannot_be_written(stage: Stage, runtime: Runtime) -> None:
    offered(stage)
    deal = deal_of(runtime)
    asha, stranger = person(runtime, "asha"), person(runtime, "ravi")
    with begin(runtime.database, Actor.person(asha)) as work, pytest.raises(MessageEmpty):
        messages.write(work, WriteMessage(deal.id, " \u200b "))
    with begin(runtime.database, Actor.person(asha)) as work:
        message = messages.write(work, WriteMessage(deal.id, "hello"))
    for act in (
        lambda work: messages.write(work, WriteMessage(deal.id, "hi")),
        lambda work: messages.of_deal(work, deal.id),
        lambda work: messages.get(work, message.id),
        lambda work: messages.report(work, message.id),
    ):
        with begin(runtime.database, Actor.person(stranger)) as work, pytest.raises(DealNotFound):
            act(work)
    stage.press("asha", "Decline")
    stage.press("asha", "Skip")
    stage.advance(timedelta(hours=1))
    with begin(runtime.database, Actor.person(asha)) as work, pytest.raises(TalkOver):
        messages.write(work, WriteMessage(deal.id, "one more thing"))


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("call 98765 43210", "IN", "call •••"),
        ("+52 55 1234 5678 por favor", "MX", "••• por favor"),
        ("(11) 91234-5678", "BR", "•••"),
        ("nine eight seven six five four three two one zero", "IN", "•••"),
        ("asha (at) gmail (dot) com", "IN", "•••"),
        ("asha@example.co.in", "IN", "•••"),
        ("write on t.me/asha or https://wa.me/9198", "IN", "write on ••• or •••"),
        ("telegram: @asha_eats", "IN", "•••"),
        ("my whatsapp number is asha.eats", "IN", "my •••"),
        ("१ reel, ₹1,50,000, 2026-12-05 2026-12-09", "IN", "१ reel, ₹1,50,000, 2026-12-05 2026-12-09"),
        ("I have 12 400 followers and 1.2M views", "IN", "I have 12 400 followers and 1.2M views"),
        ("https://www.instagram.com/p/123456789012/", "IN", "https://www.instagram.com/p/123456789012/"),
        ("at noon, dot on time, one two", "IN", "at noon, dot on time, one two"),
        ("₹9876543210", "IN", "₹9876543210"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_ways_to_reach_somebody(text: str, country: str, kept: str) -> None:
    assert contact_details.without(text, country)[0] == kept


def test_a_creator_asks_for_more_time_and_gets_it(stage: Stage, runtime: Runtime) -> None:
    agree(stage)
    before = deal_of(runtime).deliverables[0].due_at
    assert before is not None
    stage.say("asha", "more time")
    assert "How many more days" in newest(stage, "asha")
    stage.say("asha", "3")
    stage.say("asha", "My oven broke")
    assert "I asked Kala Chai for 3 more days" in newest(stage, "asha")
    assert "My oven broke" in stage.last("brand", "asks for 3 more days")
    assert deal_of(runtime).deliverables[0].due_at == before, "nothing changes until the brand says so"
    stage.say("asha", "more time")
    stage.say("asha", "5")
    stage.say("asha", "skip")
    assert "already" in newest(stage, "asha")
    old = button(stage, "brand", "Give 3 more days")
    stage.press("brand", "Give 3 more days")
    assert deal_of(runtime).deliverables[0].due_at == before + timedelta(days=3)
    assert stage.last("asha", "gives you more time")
    stage.press_action("brand", old, "Give 3 more days")  # an old card binds to nothing
    assert deal_of(runtime).deliverables[0].due_at == before + timedelta(days=3)
    stage.say("asha", "more time")
    stage.say("asha", "2")
    stage.say("asha", "skip")
    assert "for 2 more days" in newest(stage, "asha"), "once it is answered one may ask again"
