"""The Bolt application: keeps, answers. Turns come after, by the hearer.

The door has checked Slack's signature before anything comes here. A listener keeps what came before Slack is
answered; that takes a few milliseconds, and the turn is never inside Slack's three seconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

import structlog
from slack_bolt import Ack, App, Assistant, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient

from bots.conversation import tokens, turn
from bots.conversation.card import card
from bots.doors import delivery
from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.hearing import Hearer
from bots.doors.house import House
from bots.doors.slack import home, modal, pages, pane, read
from bots.doors.slack.channel import SlackChannel
from bots.doors.slack.installations import SignedStateStore
from bots.doors.slack.settings import SlackSettings
from bots.notices import team_channels
from bots.phrases.languages import speaking, wanted
from bots.phrases.sentences import say
from core.accounts import chats
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.logs import places
from core.kit.work import begin
from core.messaging import outbox
from core.messaging.messages import Address, ChannelName, IncomingMessage, Promise
from core.settings import part

Json = dict[str, Any]
EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH = "/slack/events", "/slack/install", "/slack/oauth_redirect"
HTML = "text/html; charset=utf-8"
SCOPES = (
    *("app_mentions:read", "assistant:write", "chat:write", "chat:write.public", "commands"),
    *("files:read", "files:write", "im:history", "im:read", "im:write", "users:read"),
)
log = structlog.get_logger(__name__)


def build(house: House, channel: SlackChannel, hearer: Hearer) -> App:
    """Build the application around our store and our ears."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        """Let in who is installed; Slack is not asked each time, its answers tell when a token has ended."""
        found = channel.installations.find_installation(enterprise_id=enterprise_id, team_id=team_id)
        if found is None:
            return None  # type: ignore[return-value]  # Bolt's word for: not installed
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=found.bot_token,
            bot_id=found.bot_id,
            bot_user_id=found.bot_user_id,
        )

    app = App(
        signing_secret=part(house.settings, SlackSettings).slack_signing_secret.get_secret_value(),
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
        request_verification_enabled=False,  # the door has, before anything read the body
    )
    app.error(_failed)
    Listeners(house, channel, hearer).install(app)
    return app


def _failed(error: Exception) -> None:
    """Log what kind of fault it was; an error's own words may hold what somebody wrote."""
    log.error("a request of Slack's failed", kind=type(error).__name__, places=places(error))
    raise error


class Installing(OAuthFlow):
    """The way a workspace installs us, on pages of ours."""

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """Return the page that leads to Slack's own."""
        with speaking(_wanted(request)):
            return pages.install(url)


def _greet(house: House, welcome: Promise) -> None:
    delivery.deliver(house, welcome)


def _wanted(request: BoltRequest) -> str:
    return wanted(next(iter(request.headers.get("accept-language", [])), ""))


def oauth(house: House, channel: SlackChannel, hearer: Hearer) -> OAuthFlow:
    """Build the way a workspace installs us; who did it is greeted in their private chat."""
    settings = part(house.settings, SlackSettings)
    api = settings.slack_api_url.rstrip("/") + "/"

    def answered(asked: SuccessArgs | FailureArgs, status: int, page: str) -> BoltResponse:
        forget = asked.settings.state_utils.build_set_cookie_for_deletion()
        headers: dict[str, str | Sequence[str]] = {"Content-Type": HTML, "Set-Cookie": forget}
        return BoltResponse(status=status, headers=headers, body=page)

    def succeeded(asked: SuccessArgs) -> BoltResponse:
        made = asked.installation
        with speaking(_wanted(asked.request)):
            to = Address(ChannelName.SLACK, read.person_id(made.enterprise_id, made.team_id, made.user_id))
            with begin(house.database, SYSTEM) as work:
                (welcome,) = outbox.say(work, to, None, home.welcome())
            page = pages.installed(str(made.app_id or ""), str(made.team_id or ""))
        hearer.aside(lambda: _greet(house, welcome))
        return answered(asked, HTTPStatus.OK, page)

    def failed(asked: FailureArgs) -> BoltResponse:
        log.warning("slack: not installed", reason=asked.reason)
        with speaking(_wanted(asked.request)):
            return answered(asked, asked.suggested_status_code, pages.failed(asked.reason, INSTALL_PATH))

    return Installing(
        client=WebClient(base_url=api),
        settings=OAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=settings.slack_client_secret.get_secret_value(),
            scopes=SCOPES,
            install_path=INSTALL_PATH,
            redirect_uri_path=REDIRECT_PATH,
            redirect_uri=settings.public_url.rstrip("/") + REDIRECT_PATH,
            authorization_url=urljoin(api, "/oauth/v2/authorize"),
            installation_store=channel.installations,
            state_store=SignedStateStore(house.database, settings.keys),
            callback_options=CallbackOptions(success=succeeded, failure=failed),
        ),
    )


class Listeners:
    """What is done with each kind of request: keep it, then answer."""

    def __init__(self, house: House, channel: SlackChannel, hearer: Hearer) -> None:
        """Keep for `hearer`; answer through `channel`."""
        self._house, self._channel, self._hearer = house, channel, hearer

    def install(self, app: App) -> None:
        """Tell the application which request goes where."""
        assistant = Assistant()
        assistant.thread_started(self.greeted)
        assistant.thread_context_changed(self.looked_elsewhere)
        assistant.user_message(self.asked)
        app.assistant(assistant)
        app.event("message")(self.direct)
        app.event("app_mention")(self.said)
        app.event("app_home_opened")(self.opened)
        app.event("app_uninstalled")(self.removed)
        app.event("tokens_revoked")(self.revoked)
        for name in read.COMMANDS:
            app.command(name)(self.commanded)
        app.action({"type": "block_actions", "action_id": read.ANY_ACTION})(self.pressed)
        app.shortcut("new_campaign")(self.shortcut)
        app.view(modal.CALLBACK)(self.submitted)
        app.options(modal.SUGGEST)(self.suggest)

    def greeted(self, body: Json, event: Json) -> None:
        """Greet whoever opened the assistant pane, once a thread, and suggest what to ask first."""
        who, thread = read.thread_started(body, event)
        if thread:
            self._hearer.aside(lambda: self._begin_thread(who, thread))

    def _begin_thread(self, who: str, thread: str) -> None:
        greeting = pane.begin_thread(self._house, who, thread)
        for promise in greeting.promises if greeting else ():
            delivery.deliver(self._house, promise)
        if greeting:
            _quietly(lambda: self._channel.suggest(who, thread, greeting.heading, greeting.prompts))

    def looked_elsewhere(self) -> None:
        """Let be which channel somebody looks at beside the pane: it is not ours to keep."""

    def asked(self, body: Json, event: Json) -> None:
        """Hear words in a thread of the private chat, as the pane's are; a thread's first are its title."""
        heard = read.said(body, event)
        self.said(body, event)
        if heard is not None and heard[0].thread and pane.names(self._house, heard[0].thread):
            what = heard[0]
            self._hearer.aside(
                lambda: _quietly(lambda: self._channel.entitle(what.chat_id, what.thread, what.text))
            )

    def direct(self, body: Json, event: Json) -> None:
        """Hear a private message; what is said in channels is not ours to hear."""
        if event.get("channel_type") == "im":
            self.said(body, event)

    def said(self, body: Json, event: Json) -> None:
        """Hear words, also those of a mention."""
        heard = read.said(body, event)
        if heard is not None:
            self._hearer.receive(self._named(heard[0]), heard[1])

    def _named(self, incoming: IncomingMessage) -> IncomingMessage:
        """Return a message with the thing of its thread; a stranger's with what Slack says of them."""
        with begin(self._house.database, SYSTEM) as work:
            if incoming.place:
                about = team_channels.thing_of(work, incoming.channel, incoming.thread)
                incoming = replace(incoming, about=about)
            if chats.find_by_identity(work, incoming.channel, incoming.user_id) is not None:
                return incoming
        name, timezone = self._channel.introduced(incoming.chat_id)
        return replace(incoming, name=name or incoming.name, timezone=timezone)

    def commanded(self, ack: Ack, body: Json) -> None:
        """Hear a slash command; typed in a channel, only its author sees where the answer is."""
        incoming, order = read.commanded(body)
        elsewhere = "" if body.get("channel_name") == "directmessage" else self._elsewhere(incoming)
        asked = replace(incoming, pressed=tokens.command("campaign_sheet", incoming.place))
        sheet = self._sheet(asked) if read.wants_sheet(body) else None
        if incoming.text == read.HERE and incoming.place:
            ack(elsewhere)
            self._hearer.aside(lambda: self._come(incoming, order))
        elif sheet is None:
            self._hearer.receive(incoming, order)
            ack(elsewhere)
        else:
            ack()
            self._show(body, sheet, incoming, order)

    def _come(self, incoming: IncomingMessage, order: int) -> None:
        """Write into a channel that news shall come to; where it takes nothing, that is the answer."""
        try:
            with begin(self._house.database, SYSTEM) as work:
                known = chats.find_by_identity(work, incoming.channel, incoming.user_id)
            with speaking(known.language if known else ""):
                self._channel.post(incoming.place, card(say("slack.here")))
        except ChannelRefused as error:
            log.info("a channel takes no news", reason=str(error))
            incoming = replace(incoming, text="", unheard="not_in_channel")
        except ChannelUnavailable as error:
            log.info("whether a channel takes news is not known", reason=str(error))
        self._hearer.receive(incoming, order)

    def pressed(self, ack: Ack, body: Json) -> None:
        """Hear a pressed button; one that opens a form shows the whole of it, where Slack lets it."""
        heard = read.pressed(body)
        sheet = self._sheet(heard[0]) if heard else None
        if heard is not None and sheet is None:
            at_home = read.is_at_home(body)
            self._hearer.receive(*heard, then=self._home(heard[0].chat_id) if at_home else None)
        ack()
        if heard is not None and sheet is not None:
            self._show(body, sheet, *heard)

    def submitted(self, ack: Ack, body: Json) -> None:
        """Take a whole form; what does not fit is said beside its field, and the modal stays open."""
        incoming, order = read.submitted(body, wall_now())
        wrong = turn.check_sheet(self._house.tools, self._house.book, incoming)
        if wrong:
            ack(response_action="errors", errors=wrong)
            return
        self._hearer.receive(incoming, order)
        ack()

    def suggest(self, ack: Ack, body: Json) -> None:
        """Offer how what is being typed may go on."""
        field = read.suggested(body)
        forms = self._house.book.forms.values()
        found = next((f for form in forms if (f := form.field_named(field)) and f.suggest), None)
        choices = found.suggest(str(body.get("value") or "")) if found and found.suggest else ()
        ack(options=modal.options(choices))

    def _elsewhere(self, incoming: IncomingMessage) -> str:
        """Say, in their language, that the answer is in the private chat."""
        with begin(self._house.database, SYSTEM) as work:
            known = chats.find_by_identity(work, incoming.channel, incoming.user_id)
        with speaking(known.language if known else ""):
            return say("slack.answers_in_private")

    def _sheet(self, incoming: IncomingMessage) -> Json | None:
        """Return the modal of the whole form that a press opens, None where it opens none."""
        found = turn.show_sheet(self._house.tools, self._house.book, incoming)
        if found is None or not found.fields:
            return None
        with speaking(found.language):
            return modal.view(found)

    def _show(self, body: Json, view: Json, incoming: IncomingMessage, order: int) -> None:
        """Open a modal, right after Slack was answered: its trigger lives for three seconds.

        A press that opens a form binds nobody: it is kept only where Slack doesn't take the modal, and then
        the form is asked in the chat.
        """

        def show() -> None:
            try:
                self._channel.open_modal(incoming.chat_id, str(body.get("trigger_id")), view)
            except (ChannelUnavailable, ChannelRefused) as error:
                log.info("the form is asked in the chat instead", reason=str(error))
                self._hearer.receive(incoming, order)

        self._hearer.aside(show)

    def shortcut(self, ack: Ack, body: Json) -> None:
        """Begin a campaign from anywhere in Slack."""
        user = body.get("user") or {}
        typed = {"team_id": user.get("team_id"), "user_id": user.get("id"), "command": "/campaign"}
        self.commanded(
            ack,
            {**typed, "trigger_id": body.get("trigger_id"), "text": "new", "channel_name": "directmessage"},
        )

    def opened(self, body: Json, event: Json) -> None:
        """Show the App Home."""
        if event.get("tab") == "home":
            who = read.person_id(body.get("enterprise_id"), body.get("team_id"), event.get("user"))
            self._hearer.aside(self._home(who))

    def _home(self, who: str) -> Callable[[], None]:
        """Return what shows somebody their home as it is then."""
        return lambda: _quietly(lambda: self._channel.publish_home(who, home.of(self._house, who)))

    def revoked(self, body: Json, event: Json) -> None:
        """Forget a workspace's tokens when ours are among those that ended."""
        if (event.get("tokens") or {}).get("bot"):
            self.removed(body)

    def removed(self, body: Json) -> None:
        """Forget a workspace's tokens, or a whole enterprise's, at once."""
        enterprise, team = read.installed_at(body)
        self._channel.installations.delete_all(enterprise_id=enterprise, team_id=team)
        log.info("slack: the app was removed", team=team)


def _quietly(show: Callable[[], None]) -> None:
    try:
        show()
    except (ChannelUnavailable, ChannelRefused) as error:
        log.info("a courtesy was not shown", reason=str(error))
