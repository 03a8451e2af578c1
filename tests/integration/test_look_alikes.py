"""Brands whose names look alike: no second one of a verified brand, and a number for every other."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import text

from core import migrate
from core.accounts import members, people, workspaces
from core.accounts.errors import NameMissing, NameNotAllowed, NameTaken
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import Role, WorkspaceKind
from core.compliance import website
from core.creators import service as creators
from core.creators.schemas import SaveProfile
from core.kit.actors import SYSTEM, Actor
from core.kit.crypto import Keyring
from core.kit.database import Database, connect
from core.kit.errors import DomainError
from core.kit.money import Currency
from core.kit.work import begin
from tests.conftest import TEST_KEY

CYRILLIC = "\u041a\u0430\u0406\u0430 Chai"  # a word of Cyrillic alone: Ka, a, Ukrainian I, a


def person(database: Database, name: str = "Somebody") -> UUID:
    with begin(database, SYSTEM) as work:
        return people.register(work, name).id


def opened(
    database: Database, name: str, owner: UUID | None = None, parent: UUID | None = None
) -> tuple[UUID, str]:
    owner = owner or person(database)
    kind = WorkspaceKind.CLIENT if parent else WorkspaceKind.BRAND
    with begin(database, Actor.person(owner)) as work:
        command = OpenWorkspace(name, kind, Currency.INR, parent_id=parent)
        found = workspaces.open_workspace(work, command)
        return found.id, found.name


def verify(database: Database, workspace: UUID) -> None:
    with begin(database, SYSTEM) as work:
        workspaces.mark_verified(work, workspace, website="kalachai.example")


def shown(database: Database, *ids: UUID) -> list[str]:
    with begin(database, SYSTEM) as work:
        return [workspaces.workspace_of(work, one).name for one in ids]


@pytest.mark.parametrize(
    "name", ["Kala Chai", "KALA CHAI", "Kala\u200b Chai", CYRILLIC, "Ka1a-Chai", "K\u00e0la Chai"]
)
def test_nobody_opens_a_second_verified_brand(database: Database, name: str) -> None:
    first, _ = opened(database, "Kala Chai")
    verify(database, first)
    with pytest.raises(NameTaken):
        opened(database, name)
    assert opened(database, f"{name} Pune")[1].endswith("Pune")


def test_its_own_people_may_and_get_a_number(database: Database) -> None:
    owner, colleague = person(database), person(database)
    first, _ = opened(database, "Kala Chai", owner)
    verify(database, first)
    with begin(database, Actor.person(owner)) as work:
        code = members.invite(work, first, Role.VIEWER)
    with begin(database, Actor.person(colleague)) as work:
        members.join(work, code)
    assert opened(database, "Kala Chai", owner)[1] == "Kala Chai (2)"
    assert opened(database, "Kala Chai", colleague)[1] == "Kala Chai (3)"


def test_an_agency_opens_no_client_that_passes_for_a_verified_brand(database: Database) -> None:
    first, _ = opened(database, "Kala Chai")
    verify(database, first)
    head = person(database)
    with begin(database, Actor.person(head)) as work:
        agency = workspaces.open_workspace(work, OpenWorkspace("Agency", WorkspaceKind.AGENCY, Currency.INR))
    with pytest.raises(NameTaken):
        opened(database, CYRILLIC, head, agency.id)


def test_those_that_look_alike_are_numbered_and_who_is_verified_is_the_first(database: Database) -> None:
    (first, one), (second, two), (third, three) = (opened(database, "Kala Chai") for _ in range(3))
    assert (one, two, three) == ("Kala Chai", "Kala Chai (2)", "Kala Chai (3)")
    verify(database, second)
    assert shown(database, first, second, third) == ["Kala Chai (2)", "Kala Chai", "Kala Chai (3)"]
    verify(database, third)
    verify(database, second)
    assert shown(database, first, second, third) == ["Kala Chai (2)", "Kala Chai", "Kala Chai (3)"]


def test_two_at_once_get_two_numbers(database: Database) -> None:
    owners = [person(database) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        names = sorted(pool.map(lambda owner: opened(database, "Kala Chai", owner)[1], owners))
    assert names == ["Kala Chai", "Kala Chai (2)", "Kala Chai (3)", "Kala Chai (4)"]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("Kala Chai \u2713", NameNotAllowed),
        ("Customer Support", NameNotAllowed),
        ("NanoInfluencer", NameNotAllowed),
        ("K\u0430la Chai", NameNotAllowed),
        ("\u200b", NameMissing),
    ],
)
def test_neither_a_brand_nor_a_creator_nor_a_person_is_called_so(
    database: Database, name: str, error: type[DomainError]
) -> None:
    somebody = person(database)
    with pytest.raises(error):
        opened(database, name)
    with begin(database, Actor.person(somebody)) as work, pytest.raises(error):
        people.rename(work, somebody, name)
    with begin(database, Actor.person(somebody)) as work, pytest.raises(error):
        creators.join(work, somebody, SaveProfile(name=name))


def test_a_name_that_an_app_gives_is_tamed(database: Database) -> None:
    for given, kept in (("Asha \u2705 Admin", "Asha"), ("Support", "friend"), ("\u202eahsA", "ahsA")):
        with begin(database, SYSTEM) as work:
            assert people.register(work, given).name == kept


def test_a_creator_whose_name_there_was_before_keeps_it(database: Database) -> None:
    somebody = person(database)
    with begin(database, Actor.person(somebody)) as work:
        creators.join(work, somebody, SaveProfile(name="Asha"))
        work.session.execute(text("UPDATE creator SET name = 'Asha Admin'"))
        work.session.expire_all()
        found = creators.join(work, somebody, SaveProfile(name="Asha Admin", bio="new"))
    assert (found.name, found.bio) == ("Asha Admin", "new")


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("k\u0430lachai.com", "xn--klachai-2fg.com"),
        ("www.Kala-Chai.com", "kala-chai.com"),
        ("b\u00fccher.de", "xn--bcher-kva.de"),
    ],
)
def test_a_website_is_kept_and_shown_in_ascii(typed: str, domain: str) -> None:
    assert website.domain_of(typed) == domain


def test_names_that_there_are_stay_and_are_kept_from_others(url_of_an_old_database: str) -> None:
    old = connect(url_of_an_old_database, keys=Keyring(TEST_KEY))
    migrate.downgrade(old.engine, "0029_step_up")
    with old.engine.begin() as connection:
        for n, name in enumerate(("Kala Chai \u2713", CYRILLIC, "Kala Chai")):
            connection.execute(
                text(
                    "INSERT INTO workspace"
                    " (id, name, kind, currency, country, website, tax_number, created_at)"
                    " VALUES (:id, :name, 'brand', 'INR', '', '', '', now())"
                ),
                {"id": UUID(int=n), "name": name},
            )
    migrate.upgrade(old.engine)
    kept = shown(old, *(UUID(int=n) for n in range(3)))
    assert kept == ["Kala Chai \u2713", CYRILLIC, "Kala Chai"]
    assert opened(old, "kala chai")[1] == "kala chai (2)"
    old.engine.dispose()
