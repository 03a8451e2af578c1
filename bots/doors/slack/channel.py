"""The door to Slack: posts into each person's private chat with the app, draws over what was pressed.

Slack takes no idempotency key for posts: as with Telegram, a message is known as sent by its receipt.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.oauth.installation_store import InstallationStore
from slack_sdk.web import SlackResponse

from bots.conversation.card import cut
from bots.doors import files
from bots.doors.attached import opened
from bots.doors.channel import CardGone, ChannelRefused, ChannelUnavailable, PersonUnreachable
from bots.doors.pacing import Bucket, Pace, wait_in_line
from bots.doors.slack import read, render
from bots.doors.slack.home import PICTURE, Home
from bots.doors.slack.pane import Prompt
from bots.doors.slack.render import Picture
from bots.phrases.languages import speaking
from bots.phrases.sentences import say
from core.accounts import chats
from core.kit import fetching
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import begin, require_outside
from core.media.files import Files
from core.messaging import receipts
from core.messaging.messages import Address, ChannelName, IncomingMessage, OutgoingMessage, RemoteFile
from core.messaging.receipts import Receipt

TIMEOUT_SECONDS, NAME_SECONDS = 15, 2
THREAD_TITLE_CHARACTERS_MAX = 75
PER_CHAT_SECOND, PER_CHAT_BURST = 1.0, 4  # one post a second a channel; a short burst is let through
TOKEN_ENDED = frozenset(
    {
        "token_revoked",
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "team_access_not_granted",
        "token_expired",
    }
)
GONE = frozenset(
    {"user_not_found", "user_disabled", "cannot_dm_bot", "channel_not_found", "messages_tab_disabled"}
)
NOT_THERE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
AGAIN = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
log = structlog.get_logger(__name__)


class SlackChannel:
    """Speaks through the app, with each workspace's own token."""

    name: str = ChannelName.SLACK

    def __init__(
        self,
        installations: InstallationStore,
        api_url: str,
        database: Database,
        files: Files,
        pace: Pace | None,
    ) -> None:
        """Speak with the tokens of `installations`, with files of `files`, as fast as `pace` allows."""
        self.installations, self._api_url = installations, api_url.rstrip("/") + "/"
        self._database, self._files, self._pace = database, files, pace
        self._file_origins = file_origins(api_url)

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt:
        """Send one message, over the question it answers.

        Raises:
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `bots.doors.channel.Channel` says.
        """
        require_outside()
        del key
        return Receipt(self._show(to, message), to, asks=False)

    def edit(self, to: Address, ref: str, message: OutgoingMessage) -> None:
        """Put words and buttons in the place of a message's own.

        Raises:
            CardGone: when it cannot be edited any more.
            ChannelUnavailable, PersonUnreachable, ChannelRefused: as `send`.
        """
        require_outside()
        self._update(to, ref, {"text": render.plain(message), "blocks": render.blocks(message)})

    def acknowledge(self, incoming: IncomingMessage) -> None:
        """Show in a thread of the private chat that it is worked on; our answer there takes the sign away.

        Elsewhere Slack has no such sign, and a press has Slack's own: its question may turn into the answer.
        """
        channel, _, thread = incoming.thread.partition(":")
        if incoming.place or incoming.pressed or not thread:
            return
        with begin(self._database, SYSTEM) as work:
            known = chats.find_by_identity(work, incoming.channel, incoming.user_id)
        with speaking(known.language if known else ""):
            status = say("pane.working")
        try:
            client = self.client(incoming.chat_id, NAME_SECONDS)
            client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)
        except (PersonUnreachable, SlackApiError, SlackClientError, OSError) as error:
            log.debug("a courtesy was not shown", reason=type(error).__name__)

    def busy(self, chat: Address) -> None:
        """Do nothing: where Slack has a sign, it came with the acknowledgement."""
        del chat

    def suggest(self, person: str, ref: str, heading: str, prompts: Sequence[Prompt]) -> None:
        """Suggest what to ask first in a thread of the assistant pane. Raises as `send` does."""
        channel, _, thread = ref.partition(":")
        shown = [{"title": prompt.title, "message": prompt.words} for prompt in prompts]
        self._call(
            person,
            lambda client: client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, thread_ts=thread, title=heading, prompts=shown
            ),
            in_line=False,
        )

    def entitle(self, person: str, ref: str, words: str) -> None:
        """Give a thread of the assistant pane a title, by which it is found again. Raises as `send` does."""
        channel, _, thread = ref.partition(":")
        title = cut(" ".join(words.split()), THREAD_TITLE_CHARACTERS_MAX)
        self._call(
            person,
            lambda client: client.assistant_threads_setTitle(
                channel_id=channel, thread_ts=thread, title=title
            ),
            in_line=False,
        )

    def fetch(self, file: RemoteFile, limit_bytes: int) -> bytes:
        """Return a file that somebody sent. Raises ChannelUnavailable, ChannelRefused."""
        require_outside()
        who, _, url = file.ref.partition("|")
        return files.fetch(url, self._file_origins, self.client(who).token or "", limit_bytes)

    def publish_home(self, person: str, shown: Home) -> None:
        """Show a person's App Home, without its pictures where Slack cannot fetch them. Raises as `send`."""
        try:
            self._publish(person, render.home(shown.messages, shown.pictures))
        except ChannelRefused:
            if not shown.pictures:
                raise
            self._publish(person, render.home(shown.messages))

    def _publish(self, person: str, view: dict[str, Any]) -> None:
        user = read.parts(person)[2]
        self._call(person, lambda client: client.views_publish(user_id=user, view=view), in_line=False)

    def post(self, place: str, message: OutgoingMessage) -> None:
        """Write into a team's channel, by its one id. Raises as `send` does."""
        body: dict[str, Any] = {"text": render.plain(message), "blocks": render.blocks(message)}
        body["channel"] = read.parts(place)[2]
        self._call(place, lambda client: client.chat_postMessage(**body))

    def open_modal(self, person: str, trigger: str, view: dict[str, Any]) -> None:
        """Open a modal for somebody who just pressed or typed something. Raises as `send` does.

        Slack gives three seconds for it, so it waits behind no message and is tried once.
        """
        self._call(person, lambda client: client.views_open(trigger_id=trigger, view=view), in_line=False)

    def introduced(self, person: str) -> tuple[str, str]:
        """Return (name, time zone) of somebody, empty where Slack does not say within two seconds."""
        user = read.parts(person)[2]
        try:
            found = self.client(person, NAME_SECONDS).users_info(user=user).get("user") or {}
        except (PersonUnreachable, SlackApiError, SlackClientError, OSError) as error:
            log.info("a name is unknown", reason=type(error).__name__)
            return "", ""
        profile = found.get("profile") or {}
        name = profile.get("display_name") or found.get("real_name") or found.get("name") or ""
        return str(name), str(found.get("tz") or "")

    def client(self, person: str, timeout_seconds: int = TIMEOUT_SECONDS) -> WebClient:
        """Return a client with a person's workspace's token. Raises PersonUnreachable where there is none."""
        enterprise, team, _ = read.parts(person)
        found = self.installations.find_installation(enterprise_id=enterprise or None, team_id=team or None)
        if found is None or not found.bot_token:
            raise PersonUnreachable("the app is not installed in that workspace")
        return WebClient(
            token=found.bot_token, base_url=self._api_url, timeout=timeout_seconds, retry_handlers=[]
        )

    def close(self) -> None:
        """Do nothing: clients keep no connections."""

    def _show(self, to: Address, message: OutgoingMessage) -> str:
        """Show a message in a person's chat, or in a team's channel: there each deal has its thread."""
        user, _, deal = read.parts(to.chat_id)[2].partition("#")
        place, _, thread = message.thread.partition(":")
        if place and not place.startswith("D") and not message.attachments:
            try:
                return self._aside(to, message, place, thread)
            except ChannelRefused as error:
                log.info("answered in private: the channel takes nothing", reason=str(error))
        if deal:
            thread, place = self._thread(to), "D"
        where = {"thread_ts": thread} if thread and place.startswith("D") else {}
        picture = self._picture_of(to, message)
        if picture is not None:
            body = {**where, "text": render.plain(message), "blocks": render.blocks(message, picture=picture)}
            try:
                return self._posted(to, user, body)
            except ChannelRefused as error:
                log.info("a picture is sent beside its card", reason=str(error))
        for attachment in message.attachments:
            self._upload(to, user, attachment.media_id, where.get("thread_ts"))
        body = {**where, "text": render.plain(message), "blocks": render.blocks(message)}
        if message.replaces:
            try:
                self._update(to, message.replaces, body)
            except CardGone as error:
                log.info("a question is sent anew", reason=str(error))
            else:
                return message.replaces
        return self._posted(to, user, body)

    def _posted(self, to: Address, channel: str, body: dict[str, Any]) -> str:
        """Post into a chat and return what Slack calls it."""
        body = {**body, "unfurl_links": False, "unfurl_media": False}
        found = self._call(to.chat_id, lambda client: client.chat_postMessage(channel=channel, **body))
        return f"{found.get('channel')}:{found.get('ts')}"

    def _picture_of(self, to: Address, message: OutgoingMessage) -> Picture | None:
        """Return the one picture of a headed card as a file that lies with Slack, None where it has none.

        A living card is edited later, by words and buttons alone: its pictures are messages of their own.
        """
        only = message.attachments[0] if len(message.attachments) == 1 else None
        if only is None or only.kind != PICTURE or not message.title or message.about or message.replaces:
            return None
        found, content = opened(self._files, only.media_id)
        kept = self._call(
            to.chat_id, lambda client: client.files_upload_v2(filename=found.name, content=content)
        )
        slack_id = str((kept.get("file") or {}).get("id") or "")
        return Picture(slack_id, found.name) if slack_id else None

    def _aside(self, to: Address, message: OutgoingMessage, channel: str, thread: str) -> str:
        """Answer in a channel's thread: before everybody what is public, the rest to its reader alone."""
        user = read.parts(to.chat_id)[2]
        if message.asks:
            message = replace(message, text=f"{message.text}\n\n{say('slack.answer_by_name')}")
        body: dict[str, Any] = {"text": render.plain(message), "blocks": render.blocks(message)}
        body["thread_ts"] = thread
        if message.public:
            return self._posted(to, channel, body)
        self._call(to.chat_id, lambda client: client.chat_postEphemeral(channel=channel, user=user, **body))
        return ""

    def _update(self, to: Address, ref: str, body: dict[str, Any]) -> None:
        channel, _, ts = ref.partition(":")
        try:
            self._call(to.chat_id, lambda client: client.chat_update(channel=channel, ts=ts, **body))
        except ChannelRefused as error:
            if str(error) in NOT_THERE:
                raise CardGone(str(error)) from error
            raise

    def _thread(self, to: Address) -> str:
        """Return the message a deal's thread hangs on, empty before its first."""
        with begin(self._database, SYSTEM) as work:
            return receipts.first(work, to).partition(":")[2]

    def _upload(self, to: Address, user: str, media_id: str, thread: str | None) -> None:
        found, content = opened(self._files, media_id)
        channel = user
        if user.startswith(("U", "W")):
            chat = self._call(to.chat_id, lambda client: client.conversations_open(users=user))
            channel = str((chat.get("channel") or {}).get("id") or user)
        self._call(
            to.chat_id,
            lambda client: client.files_upload_v2(
                channel=channel, filename=found.name, content=content, thread_ts=thread
            ),
        )

    def _call(
        self, person: str, call: Callable[[WebClient], SlackResponse], *, in_line: bool = True
    ) -> SlackResponse:
        """Make one call in a person's workspace and turn the library's errors into a channel's.

        Posts into a chat wait for each other; what is no post does not wait in their line.
        """
        if in_line:
            wait_in_line(self._pace, [Bucket(_bucket(person), PER_CHAT_SECOND, PER_CHAT_BURST)])
        client = self.client(person)
        try:
            return call(client)
        except SlackApiError as error:
            raise self._trouble(person, error) from error
        except (SlackClientError, OSError) as error:
            raise ChannelUnavailable(type(error).__name__) from error

    def _forget(self, person: str) -> None:
        """Forget the installation that a person's calls are made with: a team's, or an enterprise's."""
        enterprise, team, _ = read.parts(person)
        found = self.installations.find_installation(enterprise_id=enterprise or None, team_id=team or None)
        if found is not None:
            team = "" if found.is_enterprise_install else team
            self.installations.delete_all(enterprise_id=enterprise or None, team_id=team or None)

    def _trouble(self, person: str, error: SlackApiError) -> ChannelUnavailable | ChannelRefused:
        code = str(error.response.get("error") or error.response.status_code)
        if code in TOKEN_ENDED:
            self._forget(person)
            return PersonUnreachable(code)
        if code in AGAIN or error.response.status_code >= 500:  # noqa: PLR2004
            seconds = float(error.response.headers.get("Retry-After") or 0)
            if seconds and self._pace is not None:
                self._pace.hold(_bucket(person), seconds)
            return ChannelUnavailable(code, seconds)
        return PersonUnreachable(code) if code in GONE else ChannelRefused(code)


def file_origins(api_url: str) -> frozenset[str]:
    """Return where Slack keeps files, by its API's address: its own host and `files.` of it.

    https://docs.slack.dev/reference/objects/file-object shows files.slack.com; GovSlack's are alike.
    """
    own = fetching.origin(api_url)
    scheme, _, host = own.partition("://")
    return frozenset({own, f"{scheme}://files.{host}"})


def _bucket(person: str) -> str:
    return f"slack:{person}"
