"""Where somebody is signed in with a browser, and how they sign out there, from any chat of theirs."""

from uuid import UUID

from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Talk
from bots.dialogues import answers
from bots.phrases.amounts import moment
from bots.phrases.sentences import say
from core.accounts import chats, seats
from core.kit.clock import wall_now
from core.messaging.messages import ChannelName

SHOWN_MAX = 5


def show(talk: Talk, argument: str) -> Answer:
    """Show in which browsers this person is signed in."""
    del argument
    found = seats.of_person(talk.work, talk.person.id, wall_now())
    if not found:
        return [card(say("sessions.none"))]
    lines = "\n".join(
        say(
            "sessions.line",
            number=number,
            browser=each.browser or say("sessions.unknown"),
            user=each.user,
            made=moment(each.made_at),
            seen=moment(each.seen_at),
        )
        for number, each in enumerate(found[:SHOWN_MAX], 1)
    )
    others = {each.channel for each in chats.chats_of(talk.work, talk.person.id)} - {ChannelName.WEB}
    note = "" if others else say("sessions.only_way")
    buttons = [
        press(say("sessions.end_one", number=number), "end_session", each.id)
        for number, each in enumerate(found[:SHOWN_MAX], 1)
    ]
    everywhere = press(say("sessions.end_all"), "end_sessions")
    text = say("sessions.card", n=len(found), lines=lines)
    return [card("\n\n".join(filter(None, (text, note))), [*buttons, everywhere])]


def end_one(talk: Talk, session_id: UUID) -> Answer:
    """Sign one browser out."""
    ended = seats.end_of_person(talk.work, talk.person.id, session_id)
    return [card(say("sessions.ended", n=ended))]


def end_all(talk: Talk, argument: str) -> Answer:
    """Sign every browser out."""
    del argument
    return [card(say("sessions.ended", n=seats.end_of_person(talk.work, talk.person.id)))]


DIALOGUES = ()
COMMANDS = (
    Command(
        "sessions",
        show,
        ("sessions", "sign out", "log out"),
        Audience.ANYBODY,
        "in which browsers you are signed in, and how to sign out",
    ),
    Command("end_session", end_one, takes=answers.key),
    Command("end_sessions", end_all),
)
