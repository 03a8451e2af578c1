"""The one Flow of WhatsApp's for every form: what its screen declares, and what of a form it can hold."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bots.conversation.forms import Choice, Entry
from bots.conversation.sheets import Sheet, SheetField
from bots.doors.whatsapp import flow
from tests.peers.whatsapp import flow_faults

ROWS = tuple(Choice(str(n), f"Choice {n}") for n in range(21))


CITY = SheetField("city", "City", "Where do you live?")


def field(**more: Any) -> SheetField:  # noqa: ANN401  (any of its fields)
    return replace(CITY, **more)


def offered(*fields: SheetField) -> dict[str, Any] | None:
    made = flow.offer(Sheet("c|x|1|m", "Title", "Send", fields, "en", "**Above**"), "77")
    if made is None:
        return None
    assert flow_faults(made["interactive"]) == []
    data: dict[str, Any] = made["interactive"]["action"]["parameters"]["flow_action_payload"]["data"]
    return data


def test_a_screen_has_at_most_fifty_components_and_declares_all_that_it_shows() -> None:
    (screen,) = flow.definition()["screens"]
    assert len(screen["layout"]["children"]) <= 50
    named = set(re.findall(r"\$\{data\.(\w+)\}", json.dumps(screen["layout"])))
    assert named == set(screen["data"])
    names = [each["name"] for each in screen["layout"]["children"] if "name" in each]
    assert len(set(names)) == len(names) == 4 * flow.PLACES
    assert set(re.findall(r"\$\{form\.(\w+)\}", json.dumps(screen["layout"]))) == set(names)


SHOWN = [
    (field(value="Pune"), {"is_words_0": True, "words_0": "Pune", "input_0": "text"}),
    (field(value="12", entry=Entry.NUMBER), {"is_words_0": True, "input_0": "number"}),
    (field(value="2026-12-01", entry=Entry.DAY), {"is_day_0": True, "day_0": "2026-12-01", "words_0": ""}),
    (field(choices=ROWS, picked=("3",)), {"is_choice_0": True, "choice_0": "3", "is_boxes_0": False}),
    (field(choices=ROWS[:3], picked=("1", "2"), many=True), {"is_boxes_0": True, "boxes_0": ["1", "2"]}),
    (field(optional=True), {"required_0": False}),
    (field(), {"required_0": True, "has_shown": True, "shown": "Above", "name_1": "", "required_1": False}),
    (field(title="x" * 99, question="y" * 999), {"label_0": "x" * 19 + "…", "hint_0": "y" * 79 + "…"}),
]


@pytest.mark.parametrize(("given", "shown"), SHOWN)
def test_a_field_is_shown_as_what_it_is(given: SheetField, shown: dict[str, Any]) -> None:
    data = offered(given)
    assert data is not None
    assert {name: data[name] for name in shown} == shown
    assert sum(data[f"is_{way}_0"] for way in flow.WAYS) == 1


LEFT_OUT = [
    field(choices=ROWS, many=True),
    field(choices=tuple(Choice(str(n), "x") for n in range(201))),
    field(value="x" * 601),
    field(suggests=True),
]


@pytest.mark.parametrize("given", LEFT_OUT)
def test_what_would_lose_something_by_being_shown_is_left_to_the_chat(given: SheetField) -> None:
    assert offered(given) is None
    data = offered(given, field(name="other"))
    assert data is not None
    assert (data["name_0"], data["name_1"]) == ("other", "")


def test_more_fields_than_places_are_left_to_the_chat() -> None:
    data = offered(*(field(name=f"f{n}") for n in range(flow.PLACES + 1)))
    assert data is not None
    assert [data[f"name_{n}"] for n in range(flow.PLACES)] == [f"f{n}" for n in range(flow.PLACES)]


ANSWERS = [
    ({"name_0": "city", "words_0": "Pune"}, {"city": "Pune"}),
    ({"name_0": "city", "words_0": ""}, {"city": None}),
    ({"name_0": "city"}, {"city": None}),
    ({"name_0": "city", "boxes_0": ["a", 1]}, {"city": ["a", "1"]}),
    ({"name_0": "city", "day_0": "2026-12-01"}, {"city": "2026-12-01"}),
    ({"name_0": "city", "words_0": 12}, {"city": "12"}),
    ({"name_0": "city", "words_0": {"x": 1}}, {"city": None}),
    ({"name_0": "city", "words_0": True}, {"city": None}),
    ({"name_99": "city", "words_99": "x"}, {}),
    ({"name_0": "", "words_0": "x"}, {}),
    ({"name_0": 3, "words_0": "x"}, {}),
]


@pytest.mark.parametrize(("body", "answers"), ANSWERS)
def test_what_was_put_in_is_read_by_the_names_of_its_fields(
    body: dict[str, Any], answers: dict[str, Any]
) -> None:
    assert flow.answered(json.dumps({"flow_token": "t", **body})) == ("t", answers)


def test_what_is_longer_than_any_form_is_not_read() -> None:
    shortest = len(json.dumps({"flow_token": "t", "words_0": ""}))
    for more, read in ((0, True), (1, False)):
        words = "x" * (flow.ANSWER_CHARACTERS_MAX - shortest + more)
        assert (flow.answered(json.dumps({"flow_token": "t", "words_0": words})) is not None) is read
