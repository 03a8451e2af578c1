"""How an introduction is read, and what in it stands beside the first account and the first rate."""

from typing import Any

from bots.cards import words
from bots.conversation.forms import NotUnderstood, Slots
from bots.dialogues import answers
from bots.phrases.amounts import listed
from bots.phrases.languages import ENGLISH
from bots.phrases.sentences import say
from bots.understanding import intro as understanding
from bots.understanding import tongue


def introduced(text: str, answered: Slots) -> dict[str, Any]:
    """Read an introduction; who says of no language which is theirs speaks at least the one it is in."""
    found = understanding.profile_slots(text, answered)
    spoken = tongue.guess("", text)
    says_who = found.keys() & {"handle", "followers"}
    if says_who and spoken not in {"", ENGLISH} and "languages" not in {*found, *answered}:
        found["languages"] = [spoken]
    return found


def show_accounts(accounts: list[dict[str, Any]]) -> str:
    """Return the accounts beside the first one as people read them."""
    return listed(f"@{account['handle']} ({words.label(account['platform'])})" for account in accounts)


def more_accounts(text: str, slots: Slots) -> list[dict[str, Any]]:
    """Read accounts beside the main one. Raises NotUnderstood where none is named with its network."""
    found = [each for each in understanding.accounts(text) if each["platform"] != slots.get("platform")]
    if not found:
        raise NotUnderstood(say("onboard.more_accounts_hint"))
    return found


def more_rates(text: str, slots: Slots) -> list[str]:
    """Read rates beside the first one, each as work, minor units and currency. Raises NotUnderstood."""
    found: list[str] = understanding.profile_slots(text, slots).get("more_rates", [])
    if not found:
        raise NotUnderstood(say("onboard.more_rates_hint"))
    return found


def rates_of(slots: Slots) -> dict[str, int]:
    """Return every rate of a profile in minor units, by what it is for."""
    more = (rate.split(":") for rate in slots.get("more_rates", []))
    others = {kind: int(minor) for kind, minor, currency in more if currency == slots["currency"]}
    return {slots["rate_kind"]: slots["rate"], **others}


def show_rate(rate: str) -> str:
    """Return one of the other rates as people read it."""
    kind, minor, currency = rate.split(":")
    return f"{words.kind(kind)} {answers.show_money(int(minor), currency)}"
