"""How somebody wants to be spoken to: the language, where and when notices come, how often a summary."""

from bots.cards.summary import summary
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Talk
from bots.conversation.forms import Field, Form, Kind, NotUnderstood, Slots, fixed
from bots.conversation.languages import languages_choices
from bots.dialogues import answers
from bots.dialogues.everybody import sides_to_take
from bots.phrases.languages import LANGUAGES, speak
from bots.phrases.sentences import say
from core.accounts import chats, people
from core.accounts.states import Summaries
from core.kit.zones import zone_of


def _language(text: str, slots: Slots) -> str:
    found = [code for code in answers.languages(text, slots) if code in LANGUAGES]
    if not found:
        raise NotUnderstood(say("language.ask"))
    return found[0]


LANGUAGE = Form(
    name="language",
    fields=(Field("code", Kind.CHOICE, say("language.ask"), "Language", languages_choices, _language),),
)


def ask_language(talk: Talk, argument: str) -> Answer:
    """Ask which language to speak; a button names it."""
    return _speak(talk, argument) if argument in LANGUAGES else [Open("language")]


def language(talk: Talk, slots: Slots, key: str) -> Answer:
    """Speak another language from now on."""
    del key
    return _speak(talk, slots["code"])


def _speak(talk: Talk, code: str) -> Answer:
    people.speak(talk.work, talk.person.id, code)
    speak(code)
    return [card(say("language.done"), [] if talk.sides else sides_to_take())]


QUIET = Form(
    name="quiet",
    version=1,
    fields=(
        Field("hours", Kind.TEXT, say("quiet.ask_hours"), label="Hours", parse=answers.hours),
        Field(
            "city",
            Kind.TEXT,
            say("quiet.ask_city"),
            label="City",
            parse=answers.city,
            near=answers.placed,
            when=lambda slots: bool(slots.get("hours")),
        ),
    ),
)


def ask_quiet(talk: Talk, argument: str) -> Answer:
    """Ask when no notices shall come."""
    del talk, argument
    return [Open("quiet")]


def keep_quiet(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep the hours."""
    del key
    hours = slots["hours"]
    if not hours:
        people.keep_quiet(talk.work, talk.person.timezone, None)
        return [card(say("quiet.never"))]
    zone = zone_of(slots["city"]["country"], slots["city"]["city"]) or talk.person.timezone
    people.keep_quiet(talk.work, zone, (hours[0], hours[1]))
    return [card(say("quiet.done", start=hours[0], end=hours[1], zone=zone))]


def notices_here(talk: Talk, argument: str) -> Answer:
    """Send this person's notices into this chat, whichever they use last."""
    del argument
    chats.choose(talk.work, talk.address.channel, talk.address.chat_id)
    return [card(say("notices.here"))]


SUMMARIES = Form(
    name="summaries",
    fields=(
        Field(
            "every",
            Kind.CHOICE,
            say("summary.ask"),
            "Summary",
            fixed(("daily", "Every day"), ("weekly", "Every week"), ("never", "Never")),
        ),
    ),
)


def ask_summaries(talk: Talk, argument: str) -> Answer:
    """Ask how often a brand wants a summary."""
    del talk, argument
    return [Open("summaries")]


def summaries(talk: Talk, slots: Slots, key: str) -> Answer:
    """Keep how often, and show what it looks like."""
    del key
    people.summarise(talk.work, Summaries(slots["every"]))
    shown = [] if slots["every"] == Summaries.NEVER else summary(talk.work, talk.person.id)
    return [card(say("summary.done")), *shown]


DIALOGUES = (
    Dialogue(LANGUAGE, language),
    Dialogue(QUIET, keep_quiet, {"HoursNotValid": "hours"}),
    Dialogue(SUMMARIES, summaries),
)
COMMANDS = (
    Command("quiet", ask_quiet, ("quiet hours", "quiet"), Audience.ANYBODY, "when no notices shall come"),
    Command(
        "notices_here",
        notices_here,
        ("notices here", "tell me here"),
        Audience.ANYBODY,
        "send my notices to this chat",
    ),
    Command(
        "language",
        ask_language,
        ("language", "bhasha", "idioma", "sprache", "bahasa"),
        Audience.ANYBODY,
        "speak another language",
    ),
    Command(
        "summaries", ask_summaries, ("summary", "digest"), Audience.BRAND, "how often I sum up your campaigns"
    ),
)
