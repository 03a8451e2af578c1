"""The whole story in sentences, as people write them: no button is pressed, in three languages, on each door.

What binds is shown first and takes a typed yes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest

from core.creators import service as creators
from core.creators.schemas import ImportReport, ImportRow, SaveProfile, SocialAccountView
from core.kit.actors import SYSTEM
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from market import seed
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.scenarios.apps import BRAND, CREATOR, DOORS, EVERY, Apps, Books, playing


class Typed(Stage):
    """A stage on which nothing is pressed."""

    def press_action(self, who: str, action: str, label: str) -> None:
        """Refuse: this story is told in sentences."""
        raise AssertionError(f"{who} pressed {label!r} ({action})")


@dataclass(frozen=True)
class Script:
    """What the two say, each sentence written before it was tried; `{other}` is somebody of the set."""

    brand: str
    right: str
    creator: str
    agree: str
    save: str
    payout: str
    brief: str
    correction: str
    about: str
    swap: str
    remove: str
    fund: str
    pay: str
    more: str
    send: str
    less: str
    accept: str
    caption: str
    change: str
    label: str
    approve: str
    posted: str
    that_one: str
    when_paid: str
    is_paid: str
    report: str
    stars: str
    stars_back: str
    close: str
    yes: str
    name: str
    account: str
    budget: str
    asked: str
    agreed: str


ENGLISH = Script(
    brand="hey, we're a small ice cream brand called Mango Tree in Pune, India"
    " and want to work with influencers",
    right="yes, that's right",
    creator="hi! I'm Priya Kale, I post about street food in Pune, insta @priya.eats with 9k followers,"
    " I charge 2500 for a reel. I speak Marathi and English",
    agree="yes, I agree",
    save="yes, save it",
    payout="you can send my money to priya@okaxis",
    brief="Looking for 2 food creators in Pune to try our new mango kulfi, one reel each,"
    " we can spend 12000 rupees in total",
    correction="actually make it 3 creators and 15k",
    about="tell me more about Priya",
    swap="swap {other} for someone else",
    remove="take out {other}",
    fund="ok, I want to pay for them now",
    pay="pay",
    more="sounds fun, but can you do 3200?",
    send="yes, send it",
    less="sorry, we can only do 2500",
    accept="alright, I'll do it",
    caption="Summer in one bite! Mango kulfi by Mango Tree",
    change="nice, but please say that it is an ad right at the start",
    label="#ad",
    approve="looks great, I approve it",
    posted="I've posted it! {link}",
    that_one="yes, that's it",
    when_paid="when do I get my money?",
    is_paid="has my money been paid?",
    report="how did the campaign do?",
    stars="5 stars, lovely work and always on time",
    stars_back="I'd give them 4 stars, clear brief",
    close="that's it, please end the campaign and give us the rest back",
    yes="yes",
    name="Mango Tree",
    account="priya@okaxis",
    budget="₹15,000",
    asked="₹3,200",
    agreed="₹2,500",
)
HINGLISH = Script(
    brand="namaste, hamara brand Desi Kulfi hai, Pune mein dukaan hai,"
    " humein influencers ke saath kaam karna hai",
    right="haan sahi hai",
    creator="hi main Priya Kale hoon Pune se, street food ke reels banati hoon,"
    " insta par @priya.eats 9k followers, ek reel ke 2500 leti hoon, Marathi aur Hindi bolti hoon",
    agree="haan manzoor hai",
    save="haan save kar do",
    payout="mera paisa priya@okaxis par bhej dena",
    brief="2 food creators chahiye Pune mein apni mango kulfi ke liye, har ek se ek reel,"
    " total budget 12000 rupees",
    correction="nahi, 3 creators kar do aur budget 15 hazaar",
    about="Priya ke baare mein batao",
    swap="{other} ki jagah koi aur dikhao",
    remove="{other} ko hata do",
    fund="theek hai, ab paise dene hain",
    pay="haan pay karo",
    more="accha lag raha hai, par kya 3200 ho sakta hai?",
    send="haan bhej do",
    less="sorry yaar 2500 hi de sakte hain",
    accept="theek hai main kar lungi",
    caption="Garmi ka ek hi ilaaj! Mango kulfi by Desi Kulfi",
    change="accha hai par shuru mein hi batao ki ye ad hai",
    label="#ad",
    approve="bahut badhiya, mujhe pasand aaya, approve karo",
    posted="post kar diya {link}",
    that_one="haan yahi hai",
    when_paid="mera paisa kab milega?",
    is_paid="paisa aa gaya kya?",
    report="campaign kaisa raha?",
    stars="5 star, bahut accha kaam kiya",
    stars_back="4 star, brief saaf tha",
    close="bas ab campaign band kar do aur baaki paisa wapas do",
    yes="haan",
    name="Desi Kulfi",
    account="priya@okaxis",
    budget="₹15,000",
    asked="₹3,200",
    agreed="₹2,500",
)
SPANISH = Script(
    brand="Hola! Somos Helados Nube, una marca de helados en Ciudad de México,"
    " queremos trabajar con creadores",
    right="sí, así es",
    creator="hola, soy Lucía Romero de Ciudad de México, hago contenido de comida,"
    " en instagram soy @lucia.come con 12 mil seguidores y cobro 1800 pesos por reel, hablo español",
    agree="sí, estoy de acuerdo",
    save="sí, guárdalo",
    payout="mi dinero me lo pueden mandar a la CLABE 646180157000000004",
    brief="Buscamos 2 creadores de comida en Ciudad de México para nuestros helados, un reel cada uno,"
    " tenemos 8000 pesos",
    correction="mejor que sean 3 creadores y 9 mil pesos",
    about="cuéntame más de Lucía",
    swap="cambia a {other} por otra persona",
    remove="quita a {other}",
    fund="bueno, quiero pagar ya",
    pay="sí, paga",
    more="me encanta la idea, ¿pero podrían ser 2200?",
    send="sí, envíalo",
    less="lo siento, solo podemos pagar 1800",
    accept="va, lo hago con gusto",
    caption="El verano en un bocado: helado de mango de Helados Nube",
    change="está muy bonito pero di desde el principio que es publicidad",
    label="#publicidad",
    approve="me encanta, lo apruebo",
    posted="ya lo publiqué {link}",
    that_one="sí, es ese",
    when_paid="¿cuándo me pagan?",
    is_paid="¿ya me pagaron?",
    report="¿cómo le fue a la campaña?",
    stars="5 estrellas, un trabajo precioso",
    stars_back="les doy 4 estrellas, todo muy claro",
    close="listo, cierra la campaña y devuélvenos lo que sobra",
    yes="sí",
    name="Helados Nube",
    account="646180157000000004",
    budget="$9,000",
    asked="$2,200",
    agreed="$1,800",
)
SCRIPTS = {"english": ENGLISH, "hinglish": HINGLISH, "spanish": SPANISH}
IN_MEXICO = ("Diego Luna", "Mariana Solís", "Carla Peña")


def plant(bot: Runtime) -> None:
    """Let there be others who fit, in both countries of the story."""
    seed.plant(bot.database)
    with begin(bot.database, SYSTEM) as work:
        rows = [
            ImportRow(
                line,
                f"mx-{line}",
                SaveProfile(
                    name=name,
                    bio="Comida callejera y postres de la ciudad.",
                    niches=("food",),
                    languages=("es",),
                    city="Mexico City",
                    country="MX",
                    currency=Currency.MXN,
                    available=True,
                    accounts=(
                        SocialAccountView(Platform.INSTAGRAM, f"come.{line}", 9_000 + 500 * line, 300, None),
                    ),
                    rates={DeliverableKind.REEL: Money.of(1_500 + 100 * line, Currency.MXN)},
                ),
            )
            for line, name in enumerate(IN_MEXICO)
        ]
        creators.take_in(work, rows, ImportReport())


@pytest.fixture
def stage(request: pytest.FixtureRequest, bot: Runtime, apps: Apps) -> Iterator[Stage]:
    plant(bot)
    with playing(bot, apps, request.param, Typed) as found:
        yield found


@dataclass
class Told:
    """The story as it is told: who says what, and what the books say of it."""

    stage: Stage
    books: Books

    def say(self, who: str, words: str, *expected: str) -> None:
        """Write a sentence; what comes back has these words in it."""
        before = len(self.stage.heard(who))
        self.stage.say(who, words)
        self._expect(who, words, before, expected)

    def show(self, who: str, caption: str, *expected: str) -> None:
        """Send a photo with its caption."""
        before = len(self.stage.heard(who))
        self.stage.send_file(who, caption, "reel.png", PNG)
        self._expect(who, caption, before, expected)

    def _expect(self, who: str, words: str, before: int, expected: tuple[str, ...]) -> None:
        said = "\n\n".join(line.message.text for line in self.stage.heard(who)[max(before - 1, 0) :])
        missing = [each for each in expected if each not in said]
        assert missing == [], f"{who} said {words!r} and was told:\n{said}"


@pytest.mark.slow(seconds=15)
@pytest.mark.parametrize(
    ("language", "stage"),
    list(product(SCRIPTS, DOORS)) if EVERY else list(zip(SCRIPTS, DOORS, strict=True)),
    indirect=["stage"],
)
def test_the_story_is_told_in_sentences(stage: Stage, bot: Runtime, language: str) -> None:
    told, script = Told(stage, Books(bot)), SCRIPTS[language]
    both_sign_up(told, script)
    a_set_is_chosen_and_paid(told, script)
    they_agree(told, script)
    the_draft_is_approved(told, script)
    the_post_is_paid(told, script)
    both_review_and_it_ends(told, script)
    with begin(bot.database, SYSTEM) as work:
        assert ledger.violations(work) == []


def both_sign_up(told: Told, script: Script) -> None:
    told.say(BRAND, script.brand, script.name)
    told.say(BRAND, script.right, script.name)
    assert told.books.one("SELECT name FROM workspace WHERE name <> 'Kala Chai'") == script.name
    told.say(CREATOR, script.creator)
    told.say(CREATOR, script.agree, script.agreed)
    told.say(CREATOR, script.save)
    told.say(CREATOR, script.payout, script.account)
    told.say(CREATOR, script.yes, script.account)


def a_set_is_chosen_and_paid(told: Told, script: Script) -> None:
    own = told.books.one("SELECT c.name FROM creator c ORDER BY c.created_at DESC LIMIT 1")
    told.say(BRAND, script.brief, "**2**")
    told.say(BRAND, script.correction, "**3**", script.budget)
    told.say(BRAND, script.right)
    told.say(BRAND, script.about, own)
    told.say(BRAND, script.swap.format(other=told.books.others(own)[0][0]))
    assert len(told.books.others(own)) == 2
    told.say(BRAND, script.remove.format(other=told.books.others(own)[0][0]))
    assert len(told.books.others(own)) == 1
    told.say(BRAND, script.fund, own)
    told.say(BRAND, script.yes)
    assert told.books.one("SELECT count(*) FROM deal") == "0", "nothing is paid before the page is"
    told.say(BRAND, script.pay)
    assert told.books.one("SELECT count(*) FROM deal") == "2"


def they_agree(told: Told, script: Script) -> None:
    told.say(CREATOR, script.more, script.asked)
    told.say(CREATOR, script.send)
    told.say(BRAND, script.less, script.agreed)
    assert told.books.one("SELECT max(round) FROM deal") == "1", "a sentence proposes nothing"
    told.say(BRAND, script.yes)
    told.say(CREATOR, script.accept, script.agreed)
    assert told.books.one("SELECT count(*) FROM deal WHERE state = 'agreed'") == "0", (
        "a sentence agrees to nothing"
    )
    told.say(CREATOR, script.yes)
    assert told.books.one("SELECT count(*) FROM deal WHERE state = 'agreed'") == "1"


def the_draft_is_approved(told: Told, script: Script) -> None:
    told.show(CREATOR, script.caption, script.caption)
    assert told.books.piece() == "drafting"
    told.say(CREATOR, script.send)
    told.say(BRAND, script.change, script.change)
    assert told.books.piece() == "in_review"
    told.say(BRAND, script.yes)
    assert told.books.piece() == "changes_requested"
    told.show(CREATOR, f"{script.label} {script.caption}", script.label)
    told.say(CREATOR, script.send)
    told.say(BRAND, script.approve, script.label)
    assert told.books.piece() == "in_review", "a sentence approves nothing"
    told.say(BRAND, script.yes)
    assert told.books.piece() == "approved"


def the_post_is_paid(told: Told, script: Script) -> None:
    link = told.books.publish()
    told.say(CREATOR, script.posted.format(link=link), link)
    assert told.books.piece() == "approved"
    told.say(CREATOR, script.that_one)
    assert told.books.piece() == "live"
    told.say(CREATOR, script.when_paid, "50")
    told.stage.advance(timedelta(days=15), timedelta(days=3))
    assert told.books.piece() == "completed"
    told.say(CREATOR, script.is_paid, script.account)
    assert told.books.one("SELECT count(*) FROM payout WHERE state = 'sent'") == "2"


def both_review_and_it_ends(told: Told, script: Script) -> None:
    told.say(BRAND, script.report)
    told.say(BRAND, script.stars, "★★★★★")
    told.say(BRAND, script.yes)
    told.say(CREATOR, script.stars_back, "★★★★☆")
    assert told.books.one("SELECT count(*) FROM review") == "1"
    told.say(CREATOR, script.yes)
    assert told.books.one("SELECT count(*) FROM review") == "2"
    told.say(BRAND, script.close)
    told.say(BRAND, script.yes)
    assert told.books.one("SELECT state FROM campaign") == "closed"
