"""Slack's messages: every block valid, nobody mentioned by accident, every request read or passed over."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import sheets, tokens
from bots.conversation.card import card, headed, rows
from bots.conversation.forms import Choice
from bots.conversation.session import Frame
from bots.dialogues.book import book
from bots.doors.slack import app, modal, read, render
from bots.doors.telegram import render as render_telegram
from bots.doors.whatsapp import render as render_whatsapp
from bots.phrases.languages import LANGUAGES, speaking
from bots.phrases.sentences import say
from core.messaging.messages import Button, OutgoingMessage, Role
from tests.peers import slack

FACTS_OF_A_DRAFT = ("name", "what", "title", "findings", "price", "tranche", "by")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9_000).filter(str.strip)
BUTTONS = st.builds(
    Button,
    label=st.text(min_size=1, max_size=120).filter(str.strip),
    action=st.just(tokens.command("deal", "f" * 32)),
    role=st.sampled_from(Role),
    at_once=st.booleans(),
) | st.just(Button("Open", url="https://example.com/x"))


def _marked_parts(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parts of a block in which Slack reads marks."""
    parts = [block["text"]] if "text" in block else block.get("fields", [])
    parts = block["elements"] if block["type"] == "context" else parts
    return [part for part in parts if part["type"] == "mrkdwn"]


def _drawn(message: OutgoingMessage) -> list[dict[str, Any]]:
    """Return a message's blocks, which break no limit."""
    found = render.blocks(message)
    assert slack.faults("chat.postMessage", {"text": render.plain(message), "blocks": found}) == []
    return found


def test_a_card_has_a_header_its_context_its_facts_in_columns_and_the_rest_as_words() -> None:
    text = "🟡 Your turn · **Kala Chai & co** · Asha · agreed\nOne reel.\nPrice: **₹900**\nScore: 71\nBye"
    accept = Button("Accept", "c|accept|1", role=Role.PRIMARY)
    found = _drawn(headed(card(text, [accept]), "**₹900**", "71"))
    kinds = [block["type"] for block in found]
    assert kinds == ["header", "context", "section", "section", "section", "actions"]
    assert found[0]["text"]["text"] == "Kala Chai & co"
    assert [part["text"] for part in found[1]["elements"]] == ["🟡 Your turn", "Asha", "agreed"]
    assert found[2]["text"]["text"] == "One reel."
    assert [field["text"] for field in found[3]["fields"]] == ["*Price*\n*₹900*", "*Score*\n71"]
    assert found[5]["elements"][0]["style"] == "primary"


def test_what_is_said_before_a_card_stands_before_its_header() -> None:
    message = replace(headed(card("**Chai**\nbody")), text="Asha agrees.\n\n**Chai** for you\nbody")
    found = _drawn(message)
    assert [block["text"]["text"] for block in found] == ["Asha agrees.", "Chai for you", "body"]
    assert [block["type"] for block in found] == ["section", "header", "section"]


@pytest.mark.parametrize(
    "line", ["**Asha, reel**: live, ₹4,240, Tue 1 Dec.", "🟡 Your turn · **Asha** · agreed"]
)
def test_a_card_of_one_line_is_a_line(line: str) -> None:
    (block,) = _drawn(headed(card(line)))
    assert block["text"]["text"] == line.replace("**", "*")


def test_only_a_card_has_a_header() -> None:
    assert [b["type"] for b in _drawn(card("**Asha** has 3 more days."))] == ["section"]


@pytest.mark.parametrize(("length", "kind"), [(150, "header"), (151, "section")])
def test_a_header_takes_150_characters(length: int, kind: str) -> None:
    found = _drawn(headed(card(f"**{'x' * length}**\nwords")))
    assert found[0]["type"] == kind
    assert "x" * length in found[0]["text"]["text"], "nothing of it is cut"


@pytest.mark.parametrize(("facts", "sections"), [(10, 1), (11, 2), (20, 2), (21, 3)])
def test_a_section_takes_ten_fields(facts: int, sections: int) -> None:
    values = [f"value {number:02}" for number in range(facts)]
    found = _drawn(headed(card("\n".join(f"Name: {value}" for value in values)), *values))
    assert len(found) == sections
    assert sum(len(block["fields"]) for block in found) == facts


@pytest.mark.parametrize(("length", "kind"), [(1_980, "fields"), (2_001, "text")])
def test_a_field_takes_2000_characters_and_what_is_longer_stays_words(length: int, kind: str) -> None:
    (block,) = _drawn(headed(card(f"Note: {'x' * length}"), "x" * length))
    assert kind in block


@pytest.mark.parametrize(("length", "sections"), [(3_000, 1), (3_001, 2)])
def test_a_section_takes_3000_characters(length: int, sections: int) -> None:
    found = _drawn(OutgoingMessage("x" * length))
    assert len(found) == sections
    assert "".join(block["text"]["text"] for block in found) == "x" * length


def test_a_message_takes_50_blocks_and_its_buttons_stay() -> None:
    found = _drawn(OutgoingMessage("\n".join(["x" * 2_999] * 60), rows([Button("Open", "c|deal|1")])))
    assert len(found) == 50
    assert found[-1]["type"] == "actions"


@pytest.mark.parametrize(("length", "shown"), [(75, 75), (76, 75)])
def test_a_button_s_label_takes_75_characters(length: int, shown: int) -> None:
    button = Button("x" * length, "c|deal|1", at_once=True)
    (_, row) = _drawn(OutgoingMessage("x", ((button,),)))
    assert len(row["elements"][0]["text"]["text"]) == shown
    assert len(row["elements"][0]["confirm"]["confirm"]["text"]) == 30


def tabled(rows: list[list[str]]) -> OutgoingMessage:
    return replace(card("words"), table=tuple(map(tuple, rows)))


def test_a_comparison_is_a_table_and_one_too_large_for_it_is_words() -> None:
    rows_ = [["–", "1 Asha", "2 Bo"], ["Price", "₹900", ""]]
    (table,) = _drawn(tabled(rows_))
    assert [[cell["text"] for cell in row] for row in table["rows"]] == [
        ["–", "1 Asha", "2 Bo"],
        ["Price", "₹900", "–"],
    ]
    for many in ([["a"] * 21], [["a"]] * 101, [["a" * 10_001]]):
        assert _drawn(tabled(many))[0]["type"] == "section"
    for most in ([["a"] * 20], [["a"]] * 100, [["a" * 10_000]]):
        assert _drawn(tabled(most))[0]["type"] == "table"


def test_a_caption_that_will_be_posted_is_no_fact_of_the_card() -> None:
    caption = "Price: ₹900"
    found = _drawn(headed(card("**Draft**\n\nPrice: ₹900\n\nend", verbatim=[caption]), "₹900"))
    assert {"type": "plain_text", "text": caption, "emoji": False} in [b.get("text") for b in found]


@pytest.mark.parametrize(("given_", "taken"), [(100, 100), (101, 100)])
def test_a_select_takes_100_options_of_75_characters(given_: int, taken: int) -> None:
    drawn = modal.options([Choice(str(number), "x" * 80) for number in range(given_)])
    assert len(drawn) == taken
    assert {len(option["text"]["text"]) for option in drawn} == {75}


@given(
    title=st.sampled_from(["", "b", "x" * 200]),
    facts=st.lists(st.text(max_size=20), max_size=3).map(tuple),
    text=TEXTS | st.sampled_from(["&" * 4_000, "**b** <!channel> <@U1>"]),
    buttons=st.lists(BUTTONS, max_size=60),
)
def test_every_block_is_valid_and_mentions_nobody(
    title: str, facts: tuple[str, ...], text: str, buttons: list[Button]
) -> None:
    message = OutgoingMessage(text, rows(buttons))
    message = replace(message, title=title, facts=facts)
    blocks = render.blocks(message)
    assert slack.faults("chat.postMessage", {"text": render.plain(message), "blocks": blocks}) == []
    shown = "".join(p["text"] for b in blocks for p in _marked_parts(b))
    assert "<" not in shown
    assert sum(len(b["elements"]) for b in blocks if b["type"] == "actions") == len(buttons)
    home = render.home([message, message])
    assert slack.faults("views.publish", {"view": home}) == []


def test_what_is_approved_is_what_will_be_posted() -> None:
    caption = "2*3 *chai* _so good_ ~never~ `x` :smile: <3 & **bold**"
    text = say("draft.card", **dict.fromkeys(FACTS_OF_A_DRAFT, "x") | {"caption": caption, "days": 7})
    message = card(text, verbatim=[caption])
    blocks = render.blocks(message)
    assert {"type": "plain_text", "text": caption, "emoji": False} in [block["text"] for block in blocks]
    assert [block["text"]["type"] for block in blocks] == ["mrkdwn", "plain_text", "mrkdwn"]
    assert slack.faults("chat.postMessage", {"text": render.plain(message), "blocks": blocks}) == []
    telegram = render_telegram.as_html(text, 4_096)
    assert "<b>bold</b>" not in telegram


RINGS = "@channel @Here @everyone <!channel> <!subteam^S1> <@U1> #general <https://evil.example|our page>"


@pytest.mark.parametrize("at", ["words", "title", "beside", "fact", "sheet", "home"])
def test_what_others_write_rings_nobody_wherever_it_stands(at: str) -> None:
    text = {
        "words": f"Hello\n{RINGS}",
        "title": f"**{RINGS}**\nbody",
        "beside": f"**Deal** · {RINGS}\nbody",
        "fact": f"**Deal**\nName: {RINGS}",
    }.get(at, f"**{RINGS}**")
    message = headed(card(text), RINGS) if at == "fact" else headed(card(text))
    blocks = modal.above(text) if at == "sheet" else render.blocks(message)
    blocks = render.home([message])["blocks"] if at == "home" else blocks
    marked = [part for block in blocks if block["type"] != "actions" for part in _marked_parts(block)]
    assert all(part["verbatim"] for part in marked), "Slack looks for names to ring in it"
    for words in [part["text"] for part in marked] + [render.plain(message)]:
        assert not re.search(r"@(channel|here|everyone)|<[^h]|\|[^<]*>", words, re.IGNORECASE)
    assert marked or at == "title"


def test_no_sign_of_others_styles_anything_and_addresses_stay_whole() -> None:
    said = "~₹500~ *Verified* _no_ @asha_eats 2*3 https://shop.example/_a_*b*?q=1&r=2. **ours**"
    slack_words = render.marked(said)
    assert "<https://shop.example/_a_*b*?q=1&amp;r=2>." in slack_words
    assert not re.search(r"(?<![\w\u2060])[*_~](?=[^\s\u2060])", slack_words.split("<")[0])
    assert slack_words.endswith("*ours*")
    (body,) = render_whatsapp.bodies(OutgoingMessage(said), "f" * 32)
    whatsapp_words = body.content["text"]["body"]
    assert "https://shop.example/_a_*b*?q=1&r=2. *ours*" in whatsapp_words
    assert "\u2060~\u2060₹500~ \u2060*\u2060Verified" in whatsapp_words
    assert "@asha_eats 2*3" in whatsapp_words


@given(st.integers(2_950, 3_050), st.sampled_from(["https://a.example/" + "x" * 90, "&&&&&&&&", "<<<<<<<"]))
def test_no_section_ends_within_an_address_or_a_sign(before: int, there: str) -> None:
    found = render.blocks(OutgoingMessage("y " * (before // 2) + there + " end"))
    for part in [part for block in found for part in _marked_parts(block)]:
        assert part["text"].count("<") == part["text"].count(">")
        assert re.sub(r"&(?:amp|lt|gt);", "", part["text"]).count("&") == 0


def test_a_name_marks_nothing() -> None:
    text = say("accept.brand_done", name="**Asha** and **co**", price="₹1")
    assert "<b>" not in render_telegram.as_html(text, 4_096)


def test_only_an_app_that_copies_has_buttons_that_do() -> None:
    message = card("Caption", [Button("Copy", copies="words"), Button("Open", url="https://example.com/x")])
    assert "Copy" not in str(render.blocks(message))
    assert "copy_text" in str(render_telegram.calls("1", message))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<!channel> free money", "&lt;!channel&gt; free money"),
        (
            "<@U1> & **<https://evil.example|our page>**",
            "&lt;@U1&gt; &amp; &lt;https://evil.example|our page&gt;",
        ),
        ("**", "**"),
        ("", "…"),
    ],
)
def test_a_notification_mentions_and_links_nobody(words: str, shown: str) -> None:
    assert render.plain(OutgoingMessage(words)) == shown


@given(st.text(alphabet="<>&a*", max_size=4_000))
def test_a_notification_is_cut_between_signs(words: str) -> None:
    shown = render.plain(OutgoingMessage(words))
    assert len(shown) <= render.PLAIN_CHARACTERS_MAX
    assert re.sub(r"&(?:amp|lt|gt);", "", shown).count("&") == 0
    assert "<" not in shown


def test_commands_events_and_presses_are_read() -> None:
    body = {
        "team_id": "T1",
        "enterprise_id": "E1",
        "user_id": "U1",
        "trigger_id": "17.x",
        "user_name": "meera",
    }
    for command, typed, meant in (
        ("/campaign", "new", "campaign"),
        ("/campaign", "", "campaign"),
        ("/campaign", "LIST", "campaigns"),
        ("/campaign", "5 food bloggers", "5 food bloggers"),
        ("/wallet", "", "money"),
        ("/review", "", "drafts"),
        ("/nano", "help", "help"),
        ("/unknown", "", "help"),
    ):
        incoming, _ = read.commanded({**body, "command": command, "text": typed})
        assert incoming.text == meant
        assert incoming.user_id == "E1:T1:U1"
    assert read.parts("E1:T1:U1") == ("E1", "T1", "U1")
    event = {
        "user": "U1",
        "text": "see <https://a.example/x|a.example/x> &amp; tell",
        "ts": "1700000000.000100",
    }
    heard = read.said({"team_id": "T1", "event_id": "Ev1"}, event)
    assert heard is not None
    assert heard[0].text == "see https://a.example/x & tell"
    assert heard[1] == 1_700_000_000_000_100
    assert read.said({"team_id": "T1"}, {**event, "bot_id": "B"}) is None
    assert read.pressed({"actions": [{"url": "https://x"}], "user": {"id": "U"}}) is None


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("ask <#C01|general> and <@U02|ravi>", "ask general and ravi"),
        ("ask <#C01> and <@U02> please", "ask and please"),
        ("write to <mailto:a@b.example|a@b.example>", "write to a@b.example"),
        ("write to <mailto:a@b.example>", "write to a@b.example"),
        ("call <tel:+911234567890|+91 12345 67890>", "call +91 12345 67890"),
        ("<!here> news <!subteam^S1|@team> <!channel>", "news team"),
        ("by <!date^1700000000^{date}|5 Dec>", "by 5 Dec"),
        ("<@U01> 3 creators &lt;5k &amp; #Chai", "3 creators <5k & #Chai"),
        ("&lt;#C01|general&gt;", "<#C01|general>"),
        ("<https://a.example/x?a=1&amp;b=2|shop>", "https://a.example/x?a=1&b=2"),
    ],
)
def test_slack_s_own_marks_become_words_and_never_a_hashtag(typed: str, heard: str) -> None:
    event = {"user": "U1", "text": typed, "ts": "1700000000.000100"}
    found = read.said({"team_id": "T1", "event_id": "Ev1"}, event)
    assert found is not None
    assert found[0].text == heard


@pytest.mark.parametrize(
    ("kind", "spoken"),
    [
        ({"mimetype": "audio/mp4", "duration_ms": 4_200}, True),
        ({"mimetype": "video/quicktime", "subtype": "slack_audio", "duration_ms": 4_200}, True),
        ({"mimetype": "image/png"}, False),
        ({"mimetype": None, "duration_ms": "long"}, False),
    ],
)
def test_an_audio_clip_is_spoken(kind: dict[str, Any], *, spoken: bool) -> None:
    file = {"url_private_download": "https://files.slack.com/a", "name": "a", "size": 9, **kind}
    event = {"user": "U1", "text": "", "ts": "1700000000.000100", "files": [file], "channel_type": "im"}
    heard = read.said({"team_id": "T1", "event_id": "Ev1"}, event)
    assert heard is not None
    assert (heard[0].files[0].spoken, heard[0].files[0].seconds) == (spoken, 4 if spoken else 0)
    assert heard[0].unheard == ("voice" if spoken else "")


def test_slack_s_marks_do_not_come_in_by_a_command_either() -> None:
    body = {"team_id": "T1", "user_id": "U1", "command": "/campaign", "text": "5 bloggers <#C01|general>"}
    assert read.commanded(body)[0].text == "5 bloggers general"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["user", "team", "channel", "message", "actions", "value", "ts", "text", "files", "id"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


BODIES = st.dictionaries(
    st.sampled_from(["user", "actions", "team", "channel", "enterprise", "message"]), JSON
)
EVENTS = st.dictionaries(st.sampled_from(["user", "text", "files", "ts", "subtype", "team"]), JSON)


@given(body=BODIES, event=EVENTS)
def test_no_request_breaks_the_reader(body: dict[str, Any], event: dict[str, Any]) -> None:
    read.pressed(body)
    read.said(body, event)
    read.commanded(body)


def test_the_manifest_names_what_the_application_listens_to() -> None:
    manifest = (Path(__file__).parents[2] / "bots" / "doors" / "slack" / "manifest.yaml").read_text(
        encoding="utf-8"
    )
    assert set(re.findall(r"command: (/\w+)", manifest)) == set(read.COMMANDS)
    assert set(re.findall(r"^      - ([a-z_]+:[a-z.]+|commands)$", manifest, re.MULTILINE)) == set(app.SCOPES)
    assert set(re.findall(r"https://market\.example\.com(/\S+)", manifest)) == {
        app.EVENTS_PATH,
        app.REDIRECT_PATH,
    }
    for event in ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"):
        assert event in manifest


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_a_valid_modal_in_every_language(language: str) -> None:
    shown = 0
    with speaking(language):
        for dialogue in book().dialogues.values():
            form = dialogue.form
            sheet = sheets.sheet_of(form, Frame(form.name, form.version), "c|changes|" + "f" * 32)
            drawn = modal.view(sheet)
            if not sheet.fields:
                continue  # nothing can be asked before it was opened with its facts
            shown += 1
            assert slack.faults("views.open", {"view": drawn}) == [], form.name
            assert all(len(drawn[part]["text"]) <= 24 for part in ("title", "submit", "close"))
            assert len({block["block_id"] for block in drawn["blocks"]}) == len(drawn["blocks"])
    assert shown > 8


def test_what_was_put_into_a_modal_is_read() -> None:
    state = {
        "values": {
            "name": {"text": {"type": "plain_text_input", "value": "Asha"}},
            "bio": {"text": {"type": "plain_text_input", "value": None}},
            "kind": {"choice": {"type": "static_select", "selected_option": {"value": "brand"}}},
            "role": {"choice": {"type": "static_select", "selected_option": None}},
            "cities": {"suggest": {"selected_options": [{"value": "Pune"}, {"value": "Mumbai"}]}},
        }
    }
    wanted = {"name": "Asha", "bio": None, "kind": "brand", "role": None, "cities": ["Pune", "Mumbai"]}
    assert modal.answers(state) == wanted
    assert modal.answers({}) == {}
