"""Telegram's messages: every call valid, every mark closed, every update read or passed over."""

from html import unescape
from html.parser import HTMLParser
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import tokens
from bots.conversation.card import rows
from bots.dialogues.book import book
from bots.doors.reading import Heard
from bots.doors.telegram import menu, read, render
from bots.phrases.languages import LANGUAGES, speaking
from core.messaging.messages import Attachment, Button, OutgoingMessage, RemoteFile, Role
from tests.peers import bot_api

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6_000) | st.sampled_from(
    [
        "**bold** and < & >",
        "**",
        "****",
        "**a**b**",
        "** **",
        "𝕏" * 5_000,
        "**" + "é𝕏" * 3_000 + "**",
        "अ" * 4_097,
    ]
)
BUTTONS = st.builds(
    Button,
    label=st.text(min_size=1, max_size=120).filter(str.strip),
    action=st.sampled_from([tokens.pick(7, "niches", "food"), tokens.command("deal", "f" * 32)]),
) | st.builds(Button, label=st.just("Open"), url=st.just("https://example.com/x"))
FILES = st.builds(
    Attachment, media_id=st.just("m"), kind=st.sampled_from(["photo", "video", "file"]), name=st.just("n")
)


class Tags(HTMLParser):
    """Reads what Telegram would: visible text, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert tag == "b"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.seen += data


@given(text=TEXTS, limit=st.integers(10, 4_096))
def test_text_is_escaped_marked_and_cut_outside_its_marks(text: str, limit: int) -> None:
    drawn = render.as_html(text, limit)
    tags = Tags(drawn)
    assert not tags.open
    assert render.units(unescape(drawn.replace("<b>", "").replace("</b>", ""))) <= limit
    if "*" not in text and render.units(text) <= limit:
        assert unescape(drawn) == text


@given(
    text=TEXTS.filter(str.strip),
    buttons=st.lists(BUTTONS, max_size=120),
    files=st.lists(FILES, max_size=13),
    replaces=st.sampled_from(["", "41"]),
    asks=st.booleans(),
)
def test_every_call_is_valid(
    text: str, buttons: list[Button], files: list[Attachment], replaces: str, *, asks: bool
) -> None:
    message = OutgoingMessage(text, rows(buttons), tuple(files), asks, replaces)
    made = render.calls("1001", message)
    for call in made:
        media = [{"type": "photo", "media": "attach://1"} for _ in call.media]
        if call.method == "sendMediaGroup":
            assert 2 <= len(media) <= render.ALBUM_MAX
            files_of: dict[str, Any] = {"media": media}
        else:
            files_of = {name: "attach://1" for name, _ in call.media}
        assert bot_api.faults(call.method, call.parameters | files_of) == []
    sent = [file for call in made for _, file in call.media]
    assert sorted(f.kind for f in sent) == sorted(f.kind for f in files)


@pytest.mark.parametrize(
    ("role", "style"),
    [(Role.PRIMARY, "primary"), (Role.DANGER, "danger"), (Role.SECONDARY, None), (Role.QUIET, None)],
)
def test_a_button_has_the_style_of_its_role(role: Role, style: str | None) -> None:
    (call,) = render.calls("1", OutgoingMessage("x", ((Button("Go", "c|go|", role=role),),)))
    assert call.parameters["reply_markup"]["inline_keyboard"][0][0].get("style") == style


@pytest.mark.parametrize(("length", "copied"), [(256, 256), (257, 256)])
def test_a_button_copies_256_characters(length: int, copied: int) -> None:
    (call,) = render.calls("1", OutgoingMessage("x", ((Button("Copy", copies="x" * length),),)))
    button = call.parameters["reply_markup"]["inline_keyboard"][0][0]
    assert len(button["copy_text"]["text"]) == copied
    assert "style" not in button


def test_the_menu_is_valid() -> None:
    for language, sides in product(LANGUAGES, ("", "b", "c", "bc")):
        with speaking(language):
            shown = menu.entries(book().commands.values(), menu.audiences(sides))
        body = {"commands": [{"command": name, "description": text} for name, text in shown]}
        scope = {"type": "chat", "chat_id": 5}
        assert bot_api.faults("setMyCommands", {**body, "scope": scope}) == []
        assert all(name.replace("_", "").isascii() and name.islower() for name, _ in shown)


def test_each_side_sees_its_own_menu_in_its_language() -> None:
    def names(sides: str) -> set[str]:
        return {name for name, _ in menu.entries(book().commands.values(), menu.audiences(sides))}

    assert {"help", "human", "is_this_you"} <= names("")
    assert "offers" in names("c") - names("b") - names("")
    assert "campaigns" in names("b") - names("c")
    assert names("bc") == names("b") | names("c")
    with speaking("es"):
        assert ("help", "esta lista") in menu.entries(book().commands.values(), menu.audiences("c"))


def said(**message: Any) -> dict[str, Any]:
    person = {"id": 5, "is_bot": False, "first_name": "Asha", "last_name": "K", "language_code": "hi"}
    return {
        "update_id": 9,
        "message": {"message_id": 3, "from": person, "chat": {"id": 5, "type": "private"}, **message},
    }


def test_words_commands_and_deep_links_are_read() -> None:
    for text, meant in (
        ("hello", "hello"),
        ("/start", "start"),
        ("/start join_K7Q2", "join K7Q2"),
        ("/start link_ABCD", "link ABCD"),
        ("/start ref_8f2a", "invited 8f2a"),
        ("/start evil_x", "start"),
        ("/my_work@NanoBot", "my work"),
        ("/wallet", "wallet"),
    ):
        heard = read.update(said(text=text), "NanoBot")
        assert isinstance(heard, Heard)
        assert (heard.incoming.text, heard.order) == (meant, 9)
        assert (heard.incoming.name, heard.incoming.language) == ("Asha K", "hi")


def test_presses_files_blocks_and_groups_are_read() -> None:
    person = {"id": 5, "first_name": "Asha"}
    press = {
        "id": "77",
        "from": person,
        "data": "f|1|n|back",
        "message": {"message_id": 3, "chat": {"id": 5}},
    }
    heard = read.update({"update_id": 1, "callback_query": press}, "")
    assert isinstance(heard, Heard)
    assert (heard.incoming.pressed, heard.incoming.message_ref, heard.incoming.press_ref) == (
        "f|1|n|back",
        "3",
        "77",
    )
    sizes = [
        {"file_id": "s", "width": 90, "height": 90},
        {"file_id": "l", "width": 900, "height": 900, "file_size": 7},
    ]
    heard = read.update(said(photo=sizes, caption="my draft", media_group_id="G"), "")
    assert isinstance(heard, Heard)
    assert (heard.incoming.files[0].ref, heard.incoming.text, heard.incoming.group) == ("l", "my draft", "G")
    heard = read.update(said(video={"file_id": "v", "file_size": 30_000_000, "file_name": "a.mp4"}), "")
    assert isinstance(heard, Heard)
    assert heard.incoming.files[0].size == 30_000_000
    blocked = {"chat": {"id": 5, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    assert read.update({"update_id": 2, "my_chat_member": blocked}, "") == read.Gone("5")
    group = said(text="@NanoBot hi", chat={"id": -8, "type": "group"})
    assert read.update(group, "NanoBot") == read.InGroup("-8", "hi")
    assert read.update(said(text="just talking", chat={"id": -8, "type": "group"}), "NanoBot") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10**12) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "chat", "from", "type", "text", "message", "photo", "file_id", "data", "status"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def test_the_address_behind_words_is_read_with_them() -> None:
    text = "Posted 🎉! see my reel"
    mark = {"type": "text_link", "offset": 12, "length": 7, "url": "https://www.instagram.com/reel/C9a/"}
    wanted = "Posted 🎉! see my (https://www.instagram.com/reel/C9a/) reel"
    mark["offset"], mark["length"] = 15, 2  # in UTF-16 units: the sign before counts two
    for message in ({"text": text, "entities": [mark]}, {"caption": text, "caption_entities": [mark]}):
        heard = read.update(said(**message), "NanoBot")
        assert isinstance(heard, Heard)
        assert heard.incoming.text == wanted


@pytest.mark.parametrize(
    ("message", "unheard"),
    [
        ({"voice": {"file_id": "v"}}, "voice"),
        ({"sticker": {"file_id": "s"}}, "sticker"),
        ({"contact": {"phone_number": "+91"}}, "contact"),
        ({"poll": {"id": "1"}}, "poll"),
        ({"location": {"latitude": 18.5, "longitude": 73.8}}, "location"),
    ],
)
def test_what_it_was_that_cannot_be_taken_is_known(message: dict[str, Any], unheard: str) -> None:
    heard = read.update(said(**message), "NanoBot")
    assert isinstance(heard, Heard)
    assert heard.incoming.unheard == unheard
    assert heard.incoming.location == ((18.5, 73.8) if unheard == "location" else None)


@pytest.mark.parametrize("kind", ["voice", "audio"])
def test_a_voice_note_is_a_file_that_is_spoken_with_its_length(kind: str) -> None:
    heard = read.update(said(**{kind: {"file_id": "v", "duration": 7, "file_size": 900}}), "NanoBot")
    assert isinstance(heard, Heard)
    assert heard.incoming.files == (RemoteFile("v", "voice.ogg", 900, spoken=True, seconds=7),)


def test_another_wording_and_a_reply_are_known_as_such() -> None:
    body = said(text="make it 6", reply_to_message={"message_id": 2})
    edited = {"update_id": 10, "edited_message": body["message"]}
    heard, again = read.update(body, "NanoBot"), read.update(edited, "NanoBot")
    assert isinstance(heard, Heard)
    assert isinstance(again, Heard)
    assert (heard.incoming.own_ref, heard.incoming.reply_to, heard.incoming.edited) == ("3", "2", False)
    assert (again.incoming.own_ref, again.incoming.edited) == ("3", True)


def test_a_slash_command_is_known_as_one() -> None:
    for text, command in (("/campaign 5 creators", True), ("campaign", False)):
        heard = read.update(said(text=text), "NanoBot")
        assert isinstance(heard, Heard)
        assert heard.incoming.command is command


@given(
    kind=st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "poll"]), body=JSON
)
def test_no_update_breaks_the_reader(kind: str, body: Any) -> None:
    found = read.update({"update_id": 1, kind: body}, "NanoBot")
    assert found is None or isinstance(found, Heard | read.Gone | read.InGroup)
