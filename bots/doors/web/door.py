"""The browser chat and the terminal in the registry: always open, and nobody but us to ask about them."""

from typing import ClassVar

from bots.conversation.dialogue import Tools
from bots.doors.door import Door
from bots.doors.pacing import Pace
from bots.doors.web.mailbox import MailboxChannel
from core.kit.checks import Finding
from core.messaging.messages import ChannelName
from core.settings import Settings


class BrowserDoor(Door):
    """The browser chat."""

    name: ClassVar[str] = ChannelName.WEB
    title: ClassVar[str] = "Browser chat"

    def open(self, tools: Tools, pace: Pace | None) -> MailboxChannel:
        """Return the transcripts."""
        del pace
        return MailboxChannel(self.name, tools.database)

    def findings(self, settings: Settings) -> list[Finding]:
        """Find nothing: it stands and falls with the web server."""
        del settings
        return []


class TerminalDoor(BrowserDoor):
    """The terminal."""

    name: ClassVar[str] = ChannelName.TERMINAL
    title: ClassVar[str] = "Terminal"


DOOR, TERMINAL = BrowserDoor(), TerminalDoor()
