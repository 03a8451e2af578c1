"""Everything that is kept of somebody, given to them and to nobody else."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from api.app import create
from bots.conversation import turn
from core.accounts import chats, people, permissions
from core.accounts.schemas import Identity
from core.accounts.states import Permission
from core.deals import views as deals
from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.limits import Limits
from core.kit.work import begin
from core.messaging import mailbox
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage
from core.operators import acts
from core.operators.states import Act, StaffRole
from core.privacy import erasure, export
from core.privacy.entries import Entry
from core.privacy.errors import DataLinkOver
from core.privacy.export import OwnData
from core.privacy.map import MAP
from runtime.parts import Runtime
from tests.conftest import drain, promised, signed_in, staff_key
from tests.integration.test_forgotten import (
    CAPTION,
    DISPUTE,
    FILE,
    HANDLE,
    LABEL,
    NAME,
    REASON,
    SUPPORT,
    Life,
    heard,
)
from tests.integration.test_limits import limited

CHANNEL = "web"
ELSEWHERE = Address("web", "zubeida-at-home")


@pytest.fixture
def life(runtime: Runtime) -> Life:
    life = Life(runtime, CHANNEL)
    life.work_as_creator()
    with begin(runtime.database, SYSTEM) as work:
        chats.attach(work, life.person, Identity(ELSEWHERE.channel, ELSEWHERE.chat_id, ELSEWHERE.chat_id))
    drain(runtime)
    return life


def said(runtime: Runtime, words: str = "my data", place: str = "") -> OutgoingMessage:
    """Return what she is answered in her app."""
    incoming = replace(heard(CHANNEL, words), place=place)
    replies = turn.take(runtime.tools, runtime.book, incoming)
    return OutgoingMessage.from_json(replies[-1].payload["message"])


def path_of(message: OutgoingMessage) -> str:
    """Return where its button leads, on our side."""
    [[button]] = message.buttons
    return "/my-data/" + button.url.rpartition("/")[2]


def told(runtime: Runtime, chat: Address) -> str:
    with begin(runtime.database, SYSTEM) as work:
        return "\n".join(str(letter.body) for letter in mailbox.read(work, chat))


def opened(client: TestClient, path: str) -> dict[str, bytes]:
    answer = client.post(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_she_gets_everything_of_hers_and_nothing_of_others(life: Life, client: TestClient) -> None:
    found = opened(client, path_of(said(life.runtime)))
    everything = found["everything.json"].decode()
    for hers in (NAME, HANDLE, LABEL, CAPTION, DISPUTE, SUPPORT, FILE):
        assert hers in everything
    assert f"Dear {NAME}" not in everything, "the brand wrote that, about her deal"
    assert REASON not in found["deal_event.csv"].decode(), "staff wrote that; she has what her chat told her"
    assert [row["step"] for row in json.loads(everything)["deal_event"]] == [
        "accept",
        "submit_draft",
        "dispute",
    ]
    assert "sealed" not in json.loads(everything)["conversation"][0]["session"]
    assert found["README.txt"].decode().startswith("This is what NanoInfluencer MarketPlace keeps of you")
    assert any(name.endswith(FILE) for name in found), "her files are in it"
    tables = json.loads(everything)
    assert {f"{table}.csv" for table, rows in tables.items() if rows} <= set(found)
    assert all(content for content in found.values())
    [deal] = csv.DictReader(io.StringIO(found["deal.csv"].decode("utf-8-sig")))
    assert (deal["price_minor"], deal["price"]) == ("300000", "3000.00")
    pieces = csv.DictReader(io.StringIO(found["deliverable.csv"].decode("utf-8-sig")))
    assert sum(float(piece["price"]) for piece in pieces) == 3_000.0


def test_the_other_side_gets_its_own_steps_and_none_of_her_words(life: Life) -> None:
    with begin(life.runtime.database, SYSTEM) as work:
        deal = deals.get(work, life.deal)
        (brand,) = permissions.people_who_may(work, deal.workspace_id, Permission.TEAM)
        found = export.collect(work, brand)
    assert [row["step"] for row in found.tables["deal_event"]] == ["offer"]
    assert "submit" in [row["step"] for row in found.tables["campaign_event"]]
    everything = str(found.tables)
    for hers in (NAME, HANDLE, LABEL, CAPTION, DISPUTE, SUPPORT):
        assert hers not in everything.replace(f"Dear {NAME}", ""), hers


BEGINNINGS = [("es", "Esto es lo que"), ("pt", "Isto é o que"), ("hi", "यह वह सब है")]


@pytest.mark.parametrize(("language", "begins"), BEGINNINGS)
def test_what_is_what_is_said_in_her_language(
    life: Life, client: TestClient, language: str, begins: str
) -> None:
    path = path_of(said(life.runtime))
    with begin(life.runtime.database, SYSTEM) as work:
        people.speak(work, life.person, language)
    assert opened(client, path)["README.txt"].decode().startswith(begins)


def test_somebody_of_whom_nothing_is_known_gets_what_there_is(runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM) as work:
        nobody = people.register(work, "Nobody Much").id
        found = export.collect(work, nobody)
    assert [row["name"] for row in found.tables["person"]] == ["Nobody Much"]
    assert found.files == []


def test_an_account_that_was_merged_into_hers_is_hers(life: Life) -> None:
    other = Life(life.runtime, "telegram")
    with begin(life.runtime.database, SYSTEM) as work:
        chats.hand_over(work, other.person, life.person)
        found = export.collect(work, life.person)
    assert {row["channel"] for row in found.tables["channel_identity"]} == {"web", "telegram"}
    assert len(found.tables["person"]) == 2


def test_what_another_said_in_a_chat_that_was_hers_for_a_while_is_theirs(runtime: Runtime) -> None:
    """A link was taken back: no export and no end of the other's touches the rest."""
    place = Address("web", "victim")

    def say(key: str, words: str, owner: UUID) -> None:
        with begin(runtime.database, SYSTEM) as work:
            mailbox.put(work, place, {key: {"text": words, "attachments": []}}, owner, incoming=True)

    with begin(runtime.database, SYSTEM) as work:
        victim = chats.recognise(work, Identity("web", "victim", "victim"), "Victim").id
        other = chats.recognise(work, Identity("web", "other", "other"), "Other").id
    say("1", "SAID BEFORE", victim)
    with begin(runtime.database, SYSTEM) as work:
        moved = chats.hand_over(work, victim, other)
    say("2", "said meanwhile", other)
    with begin(runtime.database, SYSTEM) as work:
        chats.take_back(work, victim, other, moved)
    say("3", "SAID SINCE", victim)
    with begin(runtime.database, SYSTEM) as work:
        got = str(export.collect(work, other).tables)
    assert [words in got for words in ("SAID BEFORE", "said meanwhile", "SAID SINCE")] == [False, True, False]
    with begin(runtime.database, SYSTEM) as work:
        erasure.erase(work, other)
    assert "SAID BEFORE" in told(runtime, place)
    assert "SAID SINCE" in told(runtime, place)


def test_looking_at_the_page_gives_nothing_away(life: Life, client: TestClient) -> None:
    path = path_of(said(life.runtime))
    page = client.get(path)
    assert page.status_code == 200
    assert "text/html" in page.headers["content-type"]
    assert NAME not in page.text
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    assert client.head(path).status_code == 200


def test_a_link_is_over_after_a_day(life: Life, client: TestClient, clock: SetClock) -> None:
    path = path_of(said(life.runtime))
    clock.now += timedelta(hours=23)
    assert client.post(path).status_code == 200
    clock.now += timedelta(hours=2)
    for answer in (client.get(path), client.post(path)):
        assert answer.status_code == 404
        assert "This link is over" in answer.text


def test_only_our_own_links_open(life: Life, client: TestClient) -> None:
    path = path_of(said(life.runtime))
    other_purpose = life.runtime.tools.media.keys.sign(
        "file", {"person": life.person.hex}, life.runtime.now(), timedelta(hours=1)
    )
    for wrong in (path[:-2], path + "x", "/my-data/x", f"/my-data/{other_purpose}"):
        assert client.get(wrong).status_code == 404
        assert client.post(wrong).status_code == 404


def test_the_link_of_somebody_forgotten_opens_nothing(life: Life, client: TestClient) -> None:
    path = path_of(said(life.runtime))
    with begin(life.runtime.database, SYSTEM) as work:
        erasure.erase(work, life.person)
    assert client.post(path).status_code == 404
    with begin(life.runtime.database, SYSTEM) as work, pytest.raises(DataLinkOver):
        export.linked(work, life.runtime.settings.keys, path.rpartition("/")[2])


def test_her_other_chats_hear_of_it(life: Life) -> None:
    said(life.runtime)
    drain(life.runtime)
    assert "was asked for, in Web" in told(life.runtime, ELSEWHERE)
    assert "my-data" not in told(life.runtime, ELSEWHERE)


@pytest.mark.parametrize("words", ["end my links", "End the links", "that wasn't me", "not me"])
def test_she_ends_a_link_that_she_did_not_ask_for(life: Life, client: TestClient, words: str) -> None:
    stolen = path_of(said(life.runtime))
    drain(life.runtime)
    assert "End that link" in told(life.runtime, ELSEWHERE)
    assert client.get(stolen).status_code == 200
    assert "leads anywhere any more" in said(life.runtime, words).text
    assert (client.get(stolen).status_code, client.post(stolen).status_code) == (404, 404)
    again = path_of(said(life.runtime))
    assert (client.get(stolen).status_code, client.get(again).status_code) == (404, 200)


def test_ending_links_where_there_is_none_says_so(life: Life) -> None:
    assert "no link to your data" in said(life.runtime, "end my links").text
    assert "Nothing of yours waits" in said(life.runtime, "not me").text
    said(life.runtime)
    said(life.runtime, "end my links")
    assert "no link to your data" in said(life.runtime, "end my links").text


def test_nobody_ends_the_links_of_somebody_else(life: Life, client: TestClient) -> None:
    hers = path_of(said(life.runtime))
    other = IncomingMessage(CHANNEL, "ravi", "ravi", uuid4().hex, "Ravi", "end my links")
    turn.take(life.runtime.tools, life.runtime.book, other)
    assert client.get(hers).status_code == 200


def test_two_links_of_a_day_are_both_good(life: Life, client: TestClient) -> None:
    paths = [path_of(said(life.runtime)) for _ in range(2)]
    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_an_archive_is_not_put_together_without_end(life: Life) -> None:
    strict = limited(life.runtime, Limits())
    path = path_of(said(strict))
    with TestClient(create(strict)) as client:
        for number in range(25):  # each from elsewhere
            answer = client.post(path, headers={"X-Forwarded-For": f"203.0.113.{number}"})
            if answer.status_code != 200:
                break
    assert (answer.status_code, number) == (429, 20)


@pytest.mark.parametrize(
    "words", ["my data", "export", "Download my data", "mis datos", "meus dados", "मेरा डेटा"]
)
def test_it_can_be_typed(life: Life, words: str) -> None:
    with begin(life.runtime.database, SYSTEM) as work:
        language = {"mis datos": "es", "meus dados": "pt", "मेरा डेटा": "hi"}.get(words, "en")
        people.speak(work, life.person, language)
    assert "/my-data/" in path_of(said(life.runtime, words))


def test_where_others_read_along_no_link_is_given(life: Life) -> None:
    answer = said(life.runtime, place="slack:T47:C1")
    assert answer.buttons == ()
    assert "in our own chat" in answer.text


def test_three_a_day(life: Life) -> None:
    strict = limited(life.runtime, Limits())
    links = [said(strict).buttons for _ in range(4)]
    assert [bool(buttons) for buttons in links] == [True, True, True, False]


def test_a_spreadsheet_runs_nothing_of_it(runtime: Runtime) -> None:
    rows = [
        {"name": bad, "n": -3, "facts": {"a": "=1"}} for bad in ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "x")
    ]
    found = export.archive(OwnData({"person": rows}, []), "", lambda _: None)
    with found, zipfile.ZipFile(found) as packed:
        back = list(csv.DictReader(io.StringIO(packed.read("person.csv").decode("utf-8-sig"), newline="")))
    assert [row["name"][0] for row in back] == ["'"] * 6 + ["x"]
    assert {row["n"] for row in back} == {"-3"}
    assert {row["facts"] for row in back} == {'{"a": "=1"}'}


def test_a_file_that_nobody_has_any_more_or_that_is_too_much_is_left_out(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begin(life.runtime.database, SYSTEM) as work:
        found = export.collect(work, life.person)
    assert len(found.files) == 1
    with export.archive(found, "", lambda _: None) as gone, zipfile.ZipFile(gone) as packed:
        assert packed.read(export.LEFT_OUT).decode() == f"{found.files[0].name}\n"
        assert [name for name in packed.namelist() if name.startswith("files/")] == [export.LEFT_OUT]
    monkeypatch.setattr(export, "FILES_BYTES_MAX", found.files[0].size_bytes - 1)
    with export.archive(found, "", lambda _: b"x") as large, zipfile.ZipFile(large) as packed:
        assert [name for name in packed.namelist() if name.startswith("files/")] == [export.LEFT_OUT]


def test_staff_send_it_into_her_own_chat_and_see_nothing(life: Life, client: TestClient) -> None:
    key = {"Authorization": f"Bearer {staff_key(life.runtime.database, 'sana', StaffRole.SUPPORT)}"}
    path = f"/admin/people/{life.person}/own-data"
    assert client.post(path, headers=key).status_code == 422
    answer = client.post(path, json={"reason": "asked by letter"}, headers=key)
    assert answer.status_code == 202
    assert "my-data" not in answer.text
    with begin(life.runtime.database, SYSTEM) as work:
        acted = acts.history(work, subject_id=life.person)
        chats.choose(work, ELSEWHERE.channel, ELSEWHERE.chat_id)
    assert [(row.act, row.by) for row in acted if row.act is Act.SEND_OWN_DATA] == [
        (Act.SEND_OWN_DATA, "sana")
    ]
    drain(life.runtime)
    assert "/my-data/" in told(life.runtime, ELSEWHERE)


def test_what_staff_send_counts_to_the_three_a_day_and_is_told_elsewhere_once(life: Life) -> None:
    strict = limited(life.runtime, Limits())
    key = {"Authorization": f"Bearer {staff_key(life.runtime.database, 'sana', StaffRole.SUPPORT)}"}
    path, why = f"/admin/people/{life.person}/own-data", {"reason": "asked by letter"}
    with TestClient(create(strict)) as client:
        assert [client.post(path, json=why, headers=key).status_code for _ in range(4)] == [202] * 3 + [429]
    with begin(life.runtime.database, SYSTEM) as work:
        sent = [promise for promise in promised(work) if promise.get("notice") == "data_sent"]
    assert len(sent) == 3
    for _ in range(2):  # the app was away the first time
        with begin(life.runtime.database, SYSTEM) as work:
            export.link_for(work, life.runtime.settings.keys, "https://x", life.person)
            now = [promise for promise in promised(work) if promise.get("notice") == "data_sent"]
    assert len(now) == 3


def test_a_table_whose_rows_differ_has_every_column() -> None:
    found = export.archive(
        OwnData({"deal": [{"id": "1"}, {"id": "2", "price": "3.00"}]}, []), "ü", lambda _: None
    )
    with found, zipfile.ZipFile(found) as packed:
        raw = packed.read("deal.csv")
    assert raw.startswith("\ufeff".encode()), "Excel reads UTF-8 by this mark"
    assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig")))) == [
        ["id", "price"],
        ["1", ""],
        ["2", "3.00"],
    ]


def test_staff_send_nothing_to_who_has_no_chat_or_is_not_there(runtime: Runtime, client: TestClient) -> None:
    with begin(runtime.database, SYSTEM) as work:
        silent, gone = people.register(work, "Silent").id, people.register(work, "Gone").id
        erasure.erase(work, gone)
    why, staff = {"reason": "a letter"}, signed_in(runtime)
    paths = [f"/admin/people/{who}/own-data" for who in (silent, gone, uuid4())]
    assert [client.post(path, json=why, headers=staff).status_code for path in paths] == [409, 409, 404]


@pytest.mark.parametrize("entry", [each for each in MAP if each.export], ids=lambda entry: entry.table)
def test_what_is_exported_is_found_by_whose_it_is_and_opened(entry: Entry) -> None:
    assert entry.found
    assert set(entry.sealed) <= set(entry.export.split())


@pytest.fixture
def client(runtime: Runtime) -> TestClient:
    return TestClient(create(runtime))
