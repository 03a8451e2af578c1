"""One chat app as an entry of the registry: what it needs, what it offers, how it is opened.

A new app is a folder with a `Door` of its own and a line in `bots.doors.registry`; nothing else knows it.
"""

import abc
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from bots.conversation.dialogue import Tools
from bots.doors.channel import Channel
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.pacing import Pace
from core.kit.checks import Finding
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """An HTTP request to a door, without any framework. `headers` have lower-case names."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a request."""

    status: int
    body: str = ""
    headers: tuple[tuple[str, str], ...] = (("content-type", "text/plain; charset=utf-8"),)


def unproven(headers: Mapping[str, str]) -> Answer | None:
    """Refuse nobody by headers alone: the proof is in the body's signature, or none is needed."""
    del headers
    return None


@dataclass(frozen=True, slots=True)
class Hook:
    """An address of ours that an app calls. `take` runs in a thread and gets the raw body.

    `prove` sees the headers before the body is read, and answers who may not send one.
    """

    method: str
    path: str
    take: Callable[[Asked], Answer]
    prove: Callable[[Mapping[str, str]], Answer | None] = unproven


class Door(abc.ABC):
    """One app. What an app does not have is left as it is here."""

    name: ClassVar[str]
    title: ClassVar[str]
    waits_for_words: ClassVar[bool] = False
    """Whether the app lets us speak only for a while after its person wrote."""
    has_menu: ClassVar[bool] = False
    """Whether each chat shows a menu of commands."""

    @abc.abstractmethod
    def open(self, tools: Tools, pace: Pace | None) -> Channel | None:
        """Return the way to speak through this app, None where the settings do not connect it."""

    @abc.abstractmethod
    def findings(self, settings: Settings) -> list[Finding]:
        """Ask the app how it sees us, for `channels doctor`; nothing is changed."""

    def hooks(self, house: House, hearer: Hearer) -> Sequence[Hook]:
        """Return the addresses the app calls. Asked only where the app is connected."""
        del house, hearer
        return ()

    def prepare(self, house: House) -> None:
        """Tell the app where we are, when the web process starts. Never raises: pages come first."""
        del house

    def listens(self, settings: Settings) -> bool:
        """Tell whether a process of ours must ask this app for what is new."""
        del settings
        return False

    def listen(self, house: House, hearer: Hearer, stopping: threading.Event) -> None:
        """Ask the app for what is new until told to stop.

        Raises:
            ChannelUnavailable, ChannelRefused: where the app does not take us at the start.
        """
        raise NotImplementedError

    def invitation(self, settings: Settings, payload: str) -> str:
        """Return a link that opens the app with something said, as `join_K7Q2`; empty where it has none."""
        del settings, payload
        return ""
