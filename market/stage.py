"""Where a story is played: people who say and press things over HTTP, a clock that can be moved.

The demo plays on running processes, tests on one process; both go through the same routes. A line that did
not get through is sent again under the same id, as the chat page does.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4

from core.messaging.messages import Button, OutgoingMessage

TRIES = 120
PAGES_MAX = 8
AGAIN_SECONDS = 0.5
UNAVAILABLE = 500
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccf"
    "c0f01f0005010280b6e1d6ae0000000049454e44ae426082"
)
"""The smallest picture there is, for drafts of a story."""


class SignedOut(AssertionError):
    """A seat at the browser chat has ended."""


class NothingToPress(AssertionError):
    """The story looked for a button that nobody was shown."""


Request = Callable[..., Any]
"""An HTTP client's `request(method, url, **options)`, which returns its response."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of a transcript, with its number."""

    seq: int
    message: OutgoingMessage


class Seat(Protocol):
    """Where one person sits: a chat in one app."""

    def say(self, words: str) -> None:
        """Write a message."""
        ...

    def send_file(self, words: str, name: str, content: bytes) -> None:
        """Send a file with a message."""
        ...

    def press(self, button: Button) -> None:
        """Press a button."""
        ...

    def heard(self) -> list[Heard]:
        """Return what the person was told, oldest first."""
        ...


class Stage:
    """A running marketplace and the people on it."""

    def __init__(
        self,
        request: Request,
        operator_key: str,
        settle: Callable[[], None],
        watch: Callable[[str, str, OutgoingMessage | None], None] = lambda *_: None,
        seats: Mapping[str, Seat] | None = None,
    ) -> None:
        """Speak through `request`; `settle` waits until nothing is left to do; `watch` sees every line.

        `seats` says who sits elsewhere than in the browser chat.
        """
        self._request, self._operator_key = request, operator_key
        self._settle, self._watch = settle, watch
        self._seats: dict[str, Seat] = dict(seats or {})
        self._seen: dict[str, int] = {}
        self.acts: Counter[str] = Counter()
        """How many messages and presses each has sent."""

    def say(self, who: str, words: str) -> None:
        """Let somebody write a message, and wait until all is quiet."""
        self._acts(who, words)
        self._seat(who).say(words)
        self.settle()

    def send_file(self, who: str, words: str, name: str, content: bytes) -> None:
        """Let somebody send a file with a message."""
        self._acts(who, f"{words} [{name}]".strip())
        self._seat(who).send_file(words, name, content)
        self.settle()

    def press(self, who: str, label: str, about: str = "") -> None:
        """Let somebody press the newest button whose label begins with `label`, about a thing if it is named.

        Raises:
            NothingToPress: when nobody was shown such a button.
        """
        for _ in range(PAGES_MAX):
            try:
                button = find_button(self.heard(who), label, about)
            except NothingToPress:
                button = find_button(self.heard(who)[-1:], "More")  # a list that goes on
                self.press_action(who, button.action, button.label)
            else:
                self.press_action(who, button.action, button.label)
                return

    def press_action(self, who: str, action: str, label: str) -> None:
        """Let somebody press a button by what it carries: where several have the same words."""
        self._acts(who, f"[{label}]")
        self._seat(who).press(Button(label, action))
        self.settle()

    def _acts(self, who: str, words: str) -> None:
        self.acts[who] += 1
        self._watch(who, words, None)

    def heard(self, who: str) -> list[Heard]:
        """Return what somebody was told, oldest first."""
        return self._seat(who).heard()

    def last(self, who: str, words: str) -> str:
        """Return the newest message to somebody that has these words in it, empty where there is none."""
        texts = [line.message.text for line in self.heard(who)]
        return next((text for text in reversed(texts) if words in text), "")

    def advance(self, by: timedelta, step: timedelta = timedelta(hours=12)) -> None:
        """Move the marketplace's clock in steps, letting the workers finish after each."""
        left = by
        while left > timedelta(0):
            move = min(left, step)
            self._call("POST", "/sandbox/clock", json={"hours": move.total_seconds() / 3_600})
            self.settle()
            left -= move

    def settle(self) -> None:
        """Wait until nothing is left to do at this time, then show what people were told."""
        self._settle()
        for who in list(self._seats):
            try:
                heard = self.heard(who)
            except SignedOut:  # whoever goes on sits down anew
                del self._seats[who]
                continue
            for line in heard:
                if line.seq > self._seen.get(who, 0):
                    self._seen[who] = line.seq
                    self._watch(who, "", line.message)
                    if "went wrong on our side" in line.message.text:
                        raise AssertionError(f"{who} was told: {line.message.text}")

    def operator(self, method: str, path: str, body: dict[str, object] | None = None) -> Any:  # noqa: ANN401
        """Call the operators' API and return what it says."""
        headers = {"Authorization": f"Bearer {self._operator_key}"}
        answer = self._call(method, f"/admin{path}", json=body, headers=headers)
        return answer.json() if answer.content else None

    def network(self, action: str, url: str) -> None:
        """Delete or restore a post on the sandbox network."""
        path = url[url.index("/sandbox/") :]
        self._call("POST", f"{path}/{action}", follow_redirects=False)

    def fetch(self, path: str) -> Any:  # noqa: ANN401
        """Return a page of ours as anybody sees it."""
        return self._call("GET", path, headers={"User-Agent": "Mozilla/5.0 (story)"}, follow_redirects=False)

    def sit(self, who: str) -> None:
        """Let somebody sit down at the browser chat."""
        self._seat(who)

    def _seat(self, who: str) -> Seat:
        if who not in self._seats:
            self._seats[who] = WebSeat(who, self._call)
            self._seen[who] = max((line.seq for line in self._seats[who].heard()), default=0)
        return self._seats[who]

    def _call(self, method: str, path: str, **options: Any) -> Any:  # noqa: ANN401
        """Send a request until somebody answers: a process may be starting again."""
        cookies = options.pop("cookies", {})
        headers = {**options.pop("headers", {})}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        for attempt in range(TRIES):
            try:
                answer = self._request(method, path, headers=headers, **options)
            except Exception as error:
                if attempt == TRIES - 1 or not _is_transport(error):
                    raise
                time.sleep(AGAIN_SECONDS)
                continue
            if answer.status_code < UNAVAILABLE:
                _require_ok(method, path, answer)
                return answer
            time.sleep(AGAIN_SECONDS)
        raise TimeoutError(f"{method} {path} was not answered")


class WebSeat:
    """A seat at the browser chat, through the routes that the page uses."""

    def __init__(self, who: str, call: Callable[..., Any]) -> None:
        """Sit down as `who`."""
        self._who, self._request = who, call
        entered = call("POST", "/enter", data={"user": who}, follow_redirects=False)
        self._cookies = {"seat": entered.cookies["seat"]}
        page = call("GET", f"/chat/{who}", cookies=self._cookies).text
        self._csrf = page.split('data-csrf="')[1].split('"')[0]

    def say(self, words: str) -> None:
        """Write a message."""
        self._post("/messages", json={"event_id": uuid4().hex, "text": words})

    def send_file(self, words: str, name: str, content: bytes) -> None:
        """Send a file with a message."""
        data = {"event_id": uuid4().hex, "text": words}
        self._post("/files", data=data, files={"file": (name, content)})

    def press(self, button: Button) -> None:
        """Press a button."""
        body = {"event_id": uuid4().hex, "pressed": button.action, "label": button.label}
        self._post("/messages", json=body)

    def heard(self) -> list[Heard]:
        """Return what the transcript says to this person; what was edited stands in its place."""
        answer = self._request("GET", f"/chat/{self._who}/letters", cookies=self._cookies)
        return [
            Heard(letter["seq"], OutgoingMessage.from_json(letter["body"]))
            for letter in answer.json()["letters"]
            if not letter["incoming"]
        ]

    def _post(self, path: str, **options: Any) -> None:  # noqa: ANN401
        headers = {"X-CSRF": self._csrf}
        self._request("POST", f"/chat/{self._who}{path}", cookies=self._cookies, headers=headers, **options)


def find_button(heard: list[Heard], label: str, about: str = "") -> Button:
    """Return the newest button whose label begins so and that names a thing. Raises NothingToPress."""
    for line in reversed(heard):
        for row in line.message.buttons:
            for button in row:
                fits = button.label.removeprefix("✓ ").startswith(label) and about in button.action
                if button.action and fits:
                    return button
    shown = [b.label for line in heard[-3:] for row in line.message.buttons for b in row]
    raise NothingToPress(f"no button “{label}…” among {shown}")


def _is_transport(error: Exception) -> bool:
    return any(kind.__name__ in {"TransportError", "HTTPError"} for kind in type(error).__mro__)


def _require_ok(method: str, path: str, answer: Any) -> None:  # noqa: ANN401
    if answer.status_code == 401:  # noqa: PLR2004
        raise SignedOut(path)
    if answer.status_code >= 400:  # noqa: PLR2004
        raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
