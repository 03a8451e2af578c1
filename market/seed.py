"""A small sandbox world, so that there is somebody to play with. Every person in it is made up.

Seeding twice changes nothing: creators are imported by id, people are found by their chat account.
"""

from collections.abc import Iterator
from pathlib import Path

from core.accounts import chats, members, people, workspaces
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.creators import service as creators
from core.creators.schemas import ImportReport, ImportRow, SaveProfile, SocialAccountView
from core.kit.actors import SYSTEM, Actor
from core.kit.database import Database
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind as K
from core.kit.vocabulary import Platform as Net
from core.kit.work import Work, begin
from core.messaging.messages import ChannelName
from core.operators import acts
from core.operators import staff as operators
from core.operators.states import Act, StaffRole, Subject

BRAND_USER, BRAND_NAME = "brand", "Kala Chai"
PLAYABLE = frozenset({"asha", "ravi", "meera", "kabir"})

# user, name, platform, followers, engagement bps, niches, city, country, languages, currency, rates, bio
PEOPLE: tuple[tuple[str, str, Net, int, int, str, str, str, str, Currency, dict[K, int], str], ...] = (
    ("asha", "Asha Kulkarni", Net.INSTAGRAM, 12_400, 310, "food", "Pune", "IN", "mr,hi,en", Currency.INR, {K.REEL: 3_000, K.STORY: 800, K.POST: 2_000}, "Street food, misal trails and honest cafe reviews from Pune."),
    ("ravi", "Ravi Deshmukh", Net.INSTAGRAM, 8_900, 420, "food,travel", "Pune", "IN", "mr,en", Currency.INR, {K.REEL: 2_600, K.STORY: 700, K.POST: 1_800}, "Weekend drives and the best thali at the end of the road."),
    ("meera", "Meera Joshi", Net.INSTAGRAM, 21_700, 240, "food,lifestyle", "Pune", "IN", "hi,en", Currency.INR, {K.REEL: 4_500, K.STORY: 1_200, K.POST: 3_000}, "Home baking, tea rituals and slow mornings."),
    ("kabir", "Kabir Shah", Net.INSTAGRAM, 15_300, 280, "fitness", "Mumbai", "IN", "hi,en", Currency.INR, {K.REEL: 3_800, K.POST: 2_400}, "Desk-job fitness in fifteen minutes."),
    ("nisha", "Nisha Verma", Net.INSTAGRAM, 31_000, 190, "beauty", "Delhi", "IN", "hi,en", Currency.INR, {K.REEL: 6_000, K.STORY: 1_500}, "Skincare for Delhi winters, budget first."),
    ("arjun", "Arjun Rao", Net.YOUTUBE, 18_200, 350, "tech", "Bengaluru", "IN", "en,kn", Currency.INR, {K.VIDEO: 9_000, K.SHORT: 3_000}, "Gadget reviews without the shouting."),
    ("sofia", "Sofía Márquez", Net.TIKTOK, 26_500, 1_150, "fashion", "Mexico City", "MX", "es", Currency.MXN, {K.VIDEO: 1_800, K.REEL: 2_000}, "Moda de segunda mano y estilo sostenible."),
    ("bruno", "Bruno Azevedo", Net.INSTAGRAM, 9_700, 260, "fitness,sports", "São Paulo", "BR", "pt", Currency.BRL, {K.REEL: 400, K.STORY: 120}, "Treino curto, resultado longo."),
    ("dewi", "Dewi Lestari", Net.TIKTOK, 33_800, 980, "food", "Jakarta", "ID", "id", Currency.IDR, {K.VIDEO: 900_000}, "Kuliner kaki lima Jakarta."),
    ("lena", "Lena Vogt", Net.INSTAGRAM, 8_500, 330, "sustainability,home", "Berlin", "DE", "de,en", Currency.EUR, {K.REEL: 120, K.STORY: 40, K.POST: 90}, "Kleine Wohnung, wenig Müll, viele Pflanzen."),
    ("tom", "Tom Becker", Net.YOUTUBE, 22_100, 290, "gaming", "Hamburg", "DE", "de", Currency.EUR, {K.VIDEO: 250, K.SHORT: 90}, "Indie-Games, ehrlich angespielt."),
    ("grace", "Grace Miller", Net.INSTAGRAM, 14_900, 270, "parenting,home", "Austin", "US", "en", Currency.USD, {K.REEL: 110, K.STORY: 35, K.POST: 80}, "Two kids, one kitchen, no filter."),
)  # fmt: skip
CITIES = ("Pune", "Mumbai", "Delhi", "Bengaluru", "Jaipur", "Kochi")
TOPICS: tuple[tuple[str, str], ...] = (
    ("food", "Local food finds and quick recipes"),
    ("beauty", "Everyday makeup and skin care"),
    ("fitness", "Yoga, running and simple meals"),
    ("travel", "Weekend trips by train"),
    ("fashion", "Handloom sarees and thrifted looks"),
    ("tech", "Phones, apps and clever gadgets"),
)


def plant(database: Database) -> int:
    """Make the sandbox world where it is missing; returns how many creators of it are made up."""
    with begin(database, SYSTEM) as work:
        _brand(work)
        creators.take_in(work, list(_rows()), ImportReport())
        for user, name, *_ in PEOPLE:
            if user in PLAYABLE:
                person = people.find_by_name(work, name)
                if person is not None:
                    identity = Identity(ChannelName.WEB, user, user)
                    chats.attach(work, person.id, identity)
        return len(PEOPLE)


def _brand(work: Work) -> None:
    identity = Identity(ChannelName.WEB, BRAND_USER, BRAND_USER)
    person = chats.recognise(work, identity, f"{BRAND_NAME} (brand)")
    own = work.acting_as(Actor.person(person.id))
    if not members.memberships_of(own, person.id):
        command = OpenWorkspace(BRAND_NAME, WorkspaceKind.BRAND, Currency.INR, "IN", "kalachai.example")
        workspaces.open_workspace(own, command)


def _rows() -> Iterator[ImportRow]:
    for line, person in enumerate(PEOPLE, 1):
        (
            user,
            name,
            platform,
            followers,
            engagement,
            niches,
            city,
            country,
            languages,
            currency,
            rates,
            bio,
        ) = person
        yield ImportRow(
            line,
            f"sandbox-{user}",
            SaveProfile(
                name=name,
                bio=bio,
                niches=tuple(niches.split(",")),
                languages=tuple(languages.split(",")),
                city=city,
                country=country,
                currency=currency,
                available=True,
                accounts=(SocialAccountView(platform, f"{user}.sandbox", followers, engagement, None),),
                rates={kind: Money.of(major, currency) for kind, major in rates.items()},
            ),
        )
    for number in range(24):
        niche, bio = TOPICS[number % len(TOPICS)]
        city = CITIES[(number // 2 + 1) % len(CITIES)]  # Pune's food is for the people one can play
        followers = 2_000 + number * 1_733 % 38_000
        account = SocialAccountView(
            Net.INSTAGRAM, f"sandbox.creator{number:02}", followers, 150 + number * 37 % 300, None
        )
        yield ImportRow(
            100 + number,
            f"sandbox-{number:02}",
            SaveProfile(
                name=f"Sandbox Creator {number + 1:02}",
                bio=f"{bio} in {city}.",
                niches=(niche,),
                languages=("hi", "en"),
                city=city,
                country="IN",
                currency=Currency.INR,
                available=True,
                accounts=(account,),
                rates={
                    K.REEL: Money.of(1_500 + followers // 10, Currency.INR),
                    K.STORY: Money.of(500 + followers // 40, Currency.INR),
                    K.POST: Money.of(1_000 + followers // 15, Currency.INR),
                },
            ),
        )


STAFF = ("first", "second")
"""Two admins, so that one can confirm what the other proposes."""


def staff_key_file(state_dir: Path, name: str = STAFF[0]) -> Path:
    """Return where a sandbox keeps the personal key of one of its made-up operators."""
    return state_dir / "staff" / f"{name}_key"


def staff(database: Database, state_dir: Path) -> None:
    """Put two made-up operators on the staff of a sandbox, their keys in files that only we can read."""
    with begin(database, Actor.operator(operators.HOST)) as work:
        for name in STAFF:
            path, known = staff_key_file(state_dir, name), operators.find(work, name)
            if known is not None and path.exists() and operators.bearer_of(work, path.read_text()):
                continue
            if known is None:
                known, key = operators.add(work, name, StaffRole.ADMIN)
            else:
                key = operators.renew_key(work, known.id)
            acts.record(work, Act.RENEW_STAFF_KEY, Subject.STAFF, known.id, "a sandbox's own operator")
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_text(key)
