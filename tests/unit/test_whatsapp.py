"""WhatsApp's messages: every body within its limits, every webhook read whole or passed over."""

import json
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bots.conversation import tokens
from bots.conversation.card import rows
from bots.conversation.events import To
from bots.doors.channel import ChannelRefused, ChannelUnavailable, PersonMustWrite, PersonUnreachable
from bots.doors.reading import Heard
from bots.doors.whatsapp import api, read, render, templates
from core.messaging.messages import Attachment, Button, OutgoingMessage, RemoteFile
from core.messaging.states import NewsKind
from tests.peers import whatsapp
from tests.peers.bot_api import FOLDER

PROMISE = "f" * 32
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5_000) | st.sampled_from(
    ["**b**", "x" * 1_025]
)
CHOICES = st.lists(st.text(min_size=1, max_size=90).filter(str.strip), max_size=45, unique=True)


def buttons(labels: list[str], *, ways: bool) -> list[Button]:
    made = [Button(label, tokens.pick(3, "niches", f"n{i}")) for i, label in enumerate(labels)]
    back = [Button("‹ Back", tokens.nav(3, To.BACK)), Button("✕ Cancel", tokens.nav(3, To.CANCEL))]
    return made + (back if ways else [])


@given(text=TEXTS, labels=CHOICES, ways=st.booleans(), files=st.integers(0, 3), link=st.booleans())
def test_every_body_is_within_the_limits(
    text: str, labels: list[str], files: int, *, ways: bool, link: bool
) -> None:
    presses = buttons(labels, ways=ways)
    links = [Button("Open the report", url="https://example.com/r")] if link else []
    attachments = tuple(Attachment("m", kind, "n.png") for kind in ("photo", "video", "file")[:files])
    message = OutgoingMessage(text, rows([*links, *presses]), attachments)
    made = render.bodies(message, PROMISE)
    for body in made:
        content = json.loads(json.dumps(body.with_file("media") if body.file else body.content))
        assert whatsapp.limits(content) == []
    assert sum(body.file is not None for body in made) == files
    shown = [row["id"] for row in _rows(made)]
    if presses:
        assert len(shown) == len(presses) if len(presses) <= 10 else len(shown) == 10
    if ways and presses:
        assert tokens.nav(3, To.CANCEL) in shown, "the way out is on every page"


def _rows(made: list[render.Body]) -> list[dict[str, Any]]:
    action = (
        made[-1].content["interactive"]["action"]
        if made and made[-1].content["type"] == "interactive"
        else {}
    )
    replies = [b["reply"] for b in action.get("buttons", [])]
    return [*replies, *(row for section in action.get("sections", []) for row in section["rows"])]


def test_a_long_list_goes_on_from_where_it_stopped() -> None:
    presses = buttons([f"Niche {i}" for i in range(28)], ways=True)
    seen: list[str] = []
    while presses:
        shown = _rows(render.bodies(OutgoingMessage("Which?", rows(presses)), PROMISE))
        more = [row["id"] for row in shown if row["id"].startswith("c|more|")]
        seen += [row["id"] for row in shown if "|p|" in row["id"]]
        presses = presses[int(more[0].partition(".")[2]) :] if more else []
    assert seen == [tokens.pick(3, "niches", f"n{i}") for i in range(28)]


def test_a_long_list_of_answers_to_change_is_paged_too() -> None:
    answers = [Button(f"Answer {i}", tokens.nav(3, To.EDIT, f"f{i}")) for i in range(13)]
    shown = _rows(render.bodies(OutgoingMessage("Which?", rows(answers)), PROMISE))
    assert len(shown) == 10
    assert shown[-1]["id"].startswith("c|more|")


def test_a_page_is_opened_by_its_own_button() -> None:
    page = Button("Pay ₹10,000 by card now", url="https://pay.example.com/x")
    (body,) = render.bodies(OutgoingMessage("**Pay in**", rows([page])), PROMISE)
    assert whatsapp.limits(body.content) == []
    shown = body.content["interactive"]
    assert (shown["type"], shown["body"]["text"]) == ("cta_url", "*Pay in*")
    assert len(shown["action"]["parameters"]["display_text"]) <= 20
    with_press = OutgoingMessage("Pay", rows([page, Button("Cancel", "c|menu|")]))
    assert page.url in str(render.bodies(with_press, PROMISE)), "beside presses a page is a line"


PHOTO, VIDEO, FILE = (Attachment("m", kind, f"chai.{kind}") for kind in ("photo", "video", "file"))
APPROVE = Button("Approve", "c|approve|1")


@pytest.mark.parametrize(("file", "kind"), [(PHOTO, "image"), (VIDEO, "video")])
@pytest.mark.parametrize("button", [APPROVE, Button("Open", url="https://example.com/r")])
def test_the_picture_of_a_card_stands_over_its_words_and_buttons(
    file: Attachment, kind: str, button: Button
) -> None:
    (body,) = render.bodies(OutgoingMessage("**Draft**", rows([button]), (file,)), PROMISE)
    sent = body.with_file("media7")
    assert sent["interactive"]["header"] == {"type": kind, kind: {"id": "media7"}}
    assert sent["interactive"]["body"]["text"] == "*Draft*"
    assert whatsapp.limits(sent) == []


@pytest.mark.parametrize(
    ("text", "presses", "files"),
    [
        ("Draft", [APPROVE], [FILE]),
        ("Draft", [APPROVE], [PHOTO, VIDEO]),
        ("Draft", [Button(f"Act {n}", f"c|act|{n}") for n in range(4)], [PHOTO]),
        ("x" * 1_025, [APPROVE], [PHOTO]),
        ("", [APPROVE], [PHOTO]),
    ],
)
def test_where_nothing_can_stand_over_it_a_picture_comes_before_the_card(
    text: str, presses: list[Button], files: list[Attachment]
) -> None:
    made = render.bodies(OutgoingMessage(text, rows(presses), tuple(files)), PROMISE)
    assert [body.content["type"] for body in made[: len(files)]] == [
        {"photo": "image", "video": "video", "file": "document"}[file.kind] for file in files
    ]
    assert made[-1].file is None
    assert made[-1].content["type"] == "interactive"


@pytest.mark.parametrize(
    ("kind", "body", "unheard"),
    [
        ("unsupported", {"errors": [{"code": 131060}]}, "unsupported"),
        ("audio", {"audio": {"id": "a", "voice": True}}, "voice"),
        ("sticker", {"sticker": {"id": "s"}}, "sticker"),
        ("contacts", {"contacts": [{}]}, "contact"),
        ("location", {"location": {"latitude": 18.5, "longitude": 73.8}}, "location"),
        ("interactive", {"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}}, "form"),
        ("revoke", {"revoke": {"original_message_id": "wamid.1"}}, "revoked"),
    ],
)
def test_what_it_was_that_cannot_be_taken_is_known(kind: str, body: dict[str, Any], unheard: str) -> None:
    found = read.payload(whatsapp.post_of(whatsapp.message("911", kind, **body)), whatsapp.PHONE)
    heard = [told.incoming for told in found if isinstance(told, Heard)]
    spoken = (RemoteFile("a", "voice.ogg", spoken=True),) if unheard == "voice" else ()
    assert [(h.unheard, h.files, h.location) for h in heard] == [
        (unheard, spoken, (18.5, 73.8) if unheard == "location" else None)
    ]


def test_a_voice_note_is_spoken_and_waits_for_no_other_file() -> None:
    (heard,) = read.payload(
        whatsapp.post_of(whatsapp.message("911", "audio", audio={"id": "a"})), whatsapp.PHONE
    )
    assert isinstance(heard, Heard)
    assert heard.incoming.files == (RemoteFile("a", "voice.ogg", spoken=True),)
    assert heard.incoming.group == ""


def test_a_changed_message_is_another_wording_of_it() -> None:
    changed = {"type": "text", "text": {"body": "make it 25k"}}
    edit = {"original_message_id": "wamid.1", "message": changed}
    body = whatsapp.post_of(whatsapp.message("911", "edit", edit=edit))
    (heard,) = [told.incoming for told in read.payload(body, whatsapp.PHONE) if isinstance(told, Heard)]
    assert (heard.edited, heard.own_ref, heard.text, heard.unheard) == (True, "wamid.1", "make it 25k", "")


def test_what_is_for_another_number_is_logged_without_anybody_s_data() -> None:
    body = whatsapp.post_of(whatsapp.message("9199", text={"body": "my secret words"}))
    with structlog.testing.capture_logs() as lines:
        assert read.payload(body, "another number") == []
    assert [line["event"] for line in lines] == ["something for another number was let go"]
    assert "9199" not in str(lines)
    assert "my secret words" not in str(lines)


def test_every_message_of_one_post_is_read() -> None:
    body = whatsapp.post_of(
        whatsapp.message("911", text={"body": "hi"}),
        whatsapp.message(
            "911", "interactive", interactive={"list_reply": {"id": "f|1|n|back", "title": "x"}}
        ),
        whatsapp.message("911", "image", image={"id": "m1", "caption": "my draft"}),
        whatsapp.message("911", "reaction", reaction={"emoji": "👍"}),
        user_id="IN.77",
    )
    body["entry"] *= 2
    found = read.payload(body, whatsapp.PHONE)
    heard = [told.incoming for told in found if isinstance(told, Heard)]
    assert len(heard) == 6
    assert [h.text for h in heard[:3]] == ["hi", "", "my draft"]
    assert (heard[1].pressed, heard[2].files[0].ref) == ("f|1|n|back", "m1")
    assert (heard[0].user_id, heard[0].chat_id, heard[0].name) == ("IN.77", "911", "Asha")
    assert [told.order for told in found if isinstance(told, Heard)][:3] == sorted(
        told.order for told in found[:3] if isinstance(told, Heard)
    )
    assert read.payload(body, "another number") == []


def test_metas_own_examples_and_recorded_payloads_are_read() -> None:
    folder = FOLDER / "whatsapp-inbound"
    if not folder.exists():
        return
    heard: list[Heard | read.Reported | read.Renamed] = []
    for file in sorted(folder.glob("*.json")):
        for body in json.loads(file.read_text(encoding="utf-8")).values():
            heard += read.payload(body, "") if isinstance(body, dict) else []
    for body in json.loads((FOLDER / "whatsapp-meta-examples.json").read_text(encoding="utf-8"))[
        "webhooks"
    ].values():
        heard += read.payload(body.get("value", body), "")
    people = {told.incoming.user_id for told in heard if isinstance(told, Heard)}
    assert "US.13491208655302741918" in people
    assert any(isinstance(told, read.Renamed) for told in heard)
    assert any(told.incoming.pressed for told in heard if isinstance(told, Heard))
    assert any(isinstance(told, read.Reported) and told.status == "failed" for told in heard)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "changes", "field", "value", "messages", "contacts", "from", "id", "type", "text"]
            ),
            inner | st.just("messages"),
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(body=st.dictionaries(st.just("entry"), JSON, max_size=1))
def test_no_payload_breaks_the_reader(body: dict[str, Any]) -> None:
    assert isinstance(read.payload(body, ""), list)


def test_errors_mean_wait_give_up_or_write_a_template() -> None:
    for status, code, kind, wait in (
        (429, 130429, ChannelUnavailable, 2),
        (400, 131056, api.TooFastToOne, 6),
        (400, 131047, PersonMustWrite, None),
        (400, 131026, PersonUnreachable, None),
        (400, 132001, api.TemplateRefused, None),
        (400, 132015, api.TemplateRefused, None),
        (400, 131049, api.EnoughForToday, 21_600),
        (400, 131051, ChannelRefused, None),
        (503, 2, ChannelUnavailable, 0),
        (401, 190, ChannelUnavailable, 0),
    ):
        found = api.trouble(status, {"code": code, "message": "Asha's number …"})
        assert type(found) is kind
        assert "Asha" not in str(found)
        assert wait is None or getattr(found, "retry_after_seconds", None) == wait


def test_templates_are_utility_in_one_line_and_in_every_language() -> None:
    assert {t.language for t in templates.TEMPLATES} == set(templates.LANGUAGES.values())
    for template in templates.TEMPLATES:
        body = template.submission()
        assert body["category"] == "UTILITY"
        assert "{{1}}" in template.body
        assert "{{2}}" in template.body
        (button,) = body["components"][1]["buttons"]
        assert len(button["text"]) <= 20
    assert {t.name for t in templates.TEMPLATES} == set(templates.NAMES.values())
    long = "**Offer from " + "Kala " * 40 + "**\nsecond line"
    sent = templates.news(NewsKind.OFFER, "Asha", "pt", long, "c|menu|")["template"]
    assert sent["name"] == "marketplace_offer"
    assert sent["language"]["code"] == "pt_BR"
    assert "\n" not in sent["components"][0]["parameters"][1]["text"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("**Offer from Kala Chai: Diwali**\nlong terms", "Offer from Kala Chai: Diwali"),
        ("Paid out: ₹900.", "Paid out: ₹900"),
        ("one two three " * 9, "one two three one two three one two three one two three …"),
        ("x" * 99, "x" * 59 + "…"),
        ("", "…"),
        ("\n\n", "…"),
    ],
)
def test_a_template_s_subject_is_one_line_cut_between_words(words: str, line: str) -> None:
    assert templates.subject(words) == line
