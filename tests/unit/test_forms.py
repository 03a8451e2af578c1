"""The form engine under random events: it never breaks, never loses an answer, never obeys a stale button."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.conversation import engine, meaning, questions, sheets, tokens
from bots.conversation.events import (
    Ask,
    ChooseEdit,
    Complete,
    Event,
    Nav,
    Picked,
    Review,
    Said,
    Start,
    Tell,
    To,
)
from bots.conversation.forms import Choice, Field, Form, Kind, NotUnderstood, Slots, fixed
from bots.conversation.session import Frame, Session
from bots.doors.channel import BUTTON_BYTES_MAX
from core.kit.money import Currency


def whole_number(text: str, slots: Slots) -> int:
    if not text.strip().isdigit():
        raise NotUnderstood("Please write a number.")
    return int(text)


def extract(text: str, slots: Slots) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "berlin" in text:
        found["city"] = "Berlin"
    if "seven" in text:
        found["number"] = 7
    return found


TRIP = Form(
    "trip",
    (
        Field("city", Kind.TEXT, "Where?"),
        Field("number", Kind.TEXT, "How many?", parse=whole_number),
        Field("how", Kind.CHOICE, "How?", choices=fixed(("train", "By train"), ("bike", "By bike"))),
        Field(
            "seat",
            Kind.CHOICE,
            "Seat?",
            choices=fixed(("aisle", "Aisle"), ("window", "Window")),
            when=lambda s: s.get("how") == "train",
        ),
        Field(
            "topics", Kind.MANY, "About?", choices=fixed(("food", "Food"), ("art", "Art"), ("dogs", "Dogs"))
        ),
        Field("photo", Kind.MEDIA, "Photo?", optional=True),
        Field("secret", Kind.TEXT, "Secret?", on_request=True),
    ),
    summary=lambda s: str(dict(s)),
    confirm="Go",
    extract=extract,
)
NOTE = Form("note", (Field("text", Kind.TEXT, "Note?"),))
FORMS = {"trip": TRIP, "note": NOTE}

words = st.sampled_from(
    [
        "berlin",
        "7",
        "seven",
        "train",
        "by bike",
        "Window",
        "1",
        "food, art",
        "",
        "x" * 300,
        "\u202eabc",
        "🚲",
        "शहर",
    ]
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        Start, st.sampled_from(["trip", "note"]), st.just({}), st.sampled_from(["", "seven to berlin"])
    ),
    st.builds(Said, words, st.sampled_from([(), ({"media_id": "m", "kind": "photo", "name": "p"},)])),
    st.builds(
        Picked,
        st.integers(0, 30),
        st.sampled_from(["how", "seat", "topics", "city", "gone"]),
        st.sampled_from(["train", "bike", "aisle", "food", "art", "nope"]),
    ),
    st.builds(
        Nav,
        st.sampled_from(list(To)),
        st.one_of(st.none(), st.integers(0, 30)),
        st.sampled_from(["", "city", "how", "secret", "gone"]),
    ),
)


def run(*given_events: Event) -> tuple[Session, list[Any]]:
    session = Session()
    effects: list[Any] = []
    for event in given_events:
        session, effects = engine.reduce(FORMS, session, event)
    return session, effects


@settings(max_examples=300, deadline=None)
@given(st.lists(events, max_size=30))
def test_any_events_in_any_order(given_events: list[Event]) -> None:
    session = Session()
    for event in given_events:
        before = session
        session, effects = engine.reduce(FORMS, session, event)
        assert effects
        stale = isinstance(event, Picked | Nav) and event.rev not in {None, before.rev}
        if stale or effects[0] == Tell("stale"):
            assert session == before
        assert len(session.stack) <= 3
        assert Session.from_json(session.to_json()) == session
        for effect in effects:
            check(effect, session)


def check(effect: object, session: Session) -> None:
    if isinstance(effect, Complete):
        form = FORMS[effect.form]
        required = [
            f.name for f in form.fields if not f.optional and not f.on_request and f.when(effect.slots)
        ]
        assert set(required) <= set(effect.slots)
    message = None
    if isinstance(effect, Ask):
        assert effect.rev == session.rev
        message = questions.question(effect)
    if isinstance(effect, Review):
        message = questions.review(effect)
    if isinstance(effect, ChooseEdit):
        message = questions.choose_edit(effect)
    for row in message.buttons if message else ():
        for button in row:
            assert 0 < len(button.action.encode()) <= BUTTON_BYTES_MAX
            assert tokens.read(button.action) is not None


def asked(effects: list[Any]) -> str:
    assert isinstance(effects[-1], Ask)
    return effects[-1].field.name


def test_one_sentence_fills_several_fields() -> None:
    _, effects = run(Start("trip", {}, "seven to berlin"))
    assert isinstance(effects[-1], Ask)
    assert asked(effects) == "how"


def test_back_empties_the_last_answer() -> None:
    session, effects = run(Start("trip"), Said("Berlin"), Nav(To.BACK))
    assert asked(effects) == "city"
    assert session.stack[0].slots == {}


def test_an_old_button_changes_nothing_and_says_so() -> None:
    session, _ = run(Start("trip", {}, "seven to berlin"))
    again, effects = engine.reduce(FORMS, session, Picked(session.rev - 1, "how", "train"))
    assert again == session
    assert effects[0] == Tell("stale")


def test_a_double_tap_counts_once() -> None:
    session, _ = run(Start("trip", {}, "seven to berlin"))
    tap = Picked(session.rev, "how", "bike")
    once, _ = engine.reduce(FORMS, session, tap)
    twice, effects = engine.reduce(FORMS, once, tap)
    assert twice == once
    assert effects[0] == Tell("stale")


def test_an_interruption_resumes() -> None:
    _, effects = run(Start("trip"), Said("Berlin"), Start("note"), Said("remember the map"))
    assert isinstance(effects[0], Complete)
    assert effects[0].form == "note"
    assert asked(effects) == "number"


def test_an_answer_that_no_longer_applies_is_dropped() -> None:
    session, _ = run(
        Start("trip", {}, "seven to berlin"),
        Said("train"),
        Said("window"),
        Nav(To.EDIT, None, "how"),
        Said("bike"),
    )
    assert "seat" not in session.stack[0].slots


def test_typed_choices_by_number_exactly_and_nearly() -> None:
    options = (Choice("a", "By train"), Choice("b", "Bicycle"))
    assert meaning.match_choice("2", options) == "b"
    assert meaning.match_choice("by TRAIN", options) == "a"
    assert meaning.match_choice("bicyle", options) == "b"
    assert meaning.match_choice("plane", options) is None


@pytest.mark.parametrize(("typed", "meant"), [("5", "5"), ("1", "1"), ("3", "3"), ("★★★★★", "5")])
def test_a_number_that_names_a_choice_is_that_choice_wherever_it_stands(typed: str, meant: str) -> None:
    stars = tuple(Choice(str(n), "★" * n) for n in range(5, 0, -1))
    assert meaning.match_choice(typed, stars) in {meant, None}
    assert typed == "★★★★★" or meaning.match_choice(typed, stars) == meant


@pytest.mark.parametrize(
    ("typed", "field"), [("How many?", "number"), ("number", "number"), ("city", "city")]
)
def test_what_to_change_can_be_typed_under_the_review(typed: str, field: str) -> None:
    form = Form(
        "trip",
        (
            Field("city", Kind.TEXT, "Where?", "City"),
            Field("number", Kind.TEXT, "How many?", "How many?", parse=whole_number),
        ),
        summary=lambda s: str(dict(s)),
        confirm="Go",
    )
    opened = Start("trip", {"city": "Berlin", "number": 7})
    session, effects = engine.reduce({"trip": form}, Session(), opened)
    assert isinstance(effects[-1], Review)
    session, effects = engine.reduce({"trip": form}, session, Said(typed))
    assert isinstance(effects[-1], Ask)
    assert effects[-1].field.name == field
    session, effects = engine.reduce({"trip": form}, Session(), opened)
    _, effects = engine.reduce({"trip": form}, session, Said("2"))
    assert Tell("use_review") in effects


def test_what_is_asked_on_request_is_asked_only_then() -> None:
    steps: list[Event] = [Start("trip", {}, "seven to berlin"), Said("bike"), Said("food"), Nav(To.SKIP)]
    session, effects = run(*steps)
    assert isinstance(effects[-1], Review)
    _, effects = engine.reduce(FORMS, session, Nav(To.EDIT, session.rev, "secret"))
    assert asked(effects) == "secret"


def test_a_text_that_is_too_long_is_asked_again_and_never_cut() -> None:
    field = Field("name", Kind.TEXT, "Name?", "Name", characters_max=60)
    assert meaning.read(field, "x" * 60, {}) == "x" * 60
    with pytest.raises(NotUnderstood, match="3,000 characters, and 60 fit"):
        meaning.read(field, "x" * 3_000, {})


def paid(text: str, slots: Slots) -> int:
    del slots
    if text != "0":
        raise NotUnderstood("Please write an amount.")
    return 0


PAY = Form(
    "pay",
    (
        Field(
            "amount",
            Kind.TEXT,
            "How much?",
            choices=fixed(("0", "Nothing"), ("2000", "Twenty")),
            parse=paid,
            amount=lambda _: Currency.INR,
            free=True,
            show=lambda _: "nothing",
        ),
        Field("gift", Kind.TEXT, "What else?", on_request=True, needed=lambda s: s.get("amount") == 0),
    ),
)


@pytest.mark.parametrize(("typed", "minor"), [("2000", 2_000_00), ("20", 20_00), ("0", 0)])
def test_a_typed_amount_is_no_choice_s_id(typed: str, minor: int) -> None:
    given_ = sheets.read(PAY, Frame(PAY.name, PAY.version), {"amount": typed})
    assert given_.values["amount"] == minor


def test_what_is_needed_is_asked_and_not_left_out() -> None:
    field = PAY.fields[1]
    assert engine.next_field(PAY, Frame(PAY.name, PAY.version, {"amount": 1})) is None
    assert engine.next_field(PAY, Frame(PAY.name, PAY.version, {"amount": 0})) is field
    assert (field.may_be_left_out({"amount": 1}), field.may_be_left_out({"amount": 0})) == (True, False)


@pytest.mark.parametrize(("minor", "shown"), [(0, "nothing"), (2_000, "₹20")])
def test_an_amount_of_nothing_has_words_of_its_own(minor: int, shown: str) -> None:
    assert PAY.fields[0].shown(minor, {}) == shown
