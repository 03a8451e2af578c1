"""What callers hand in and get back about campaigns."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.campaigns.states import CampaignState, Listed
from core.kit.consent import mark
from core.kit.estimates import Estimate
from core.kit.money import Currency, Money
from core.kit.remarks import Remark
from core.kit.vocabulary import HOME_OF, DeliverableKind, Goal, Handing, Platform
from core.networks.places import BY_PLATFORM

CREATORS_WHEN_NOT_SAID = 5


@dataclass(frozen=True, slots=True)
class DeliverableSpec:
    """So many pieces of one kind, from each creator; without a `platform` they go where the campaign's do."""

    kind: DeliverableKind
    count: int = 1
    platform: Platform | None = None


@dataclass(frozen=True, slots=True)
class BriefFile:
    """A brand's own document, and what it says of money and of how many creators, in its own words."""

    id: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a brand wishes. Empty means: no wish.

    `topics` are what it is about beside the closed list of niches. `text` is what the brand wrote
    itself: it is searched with, and shown to nobody else. `address` is where to come to, `goods` what is
    given, `worth` what that is worth by the brand's own statement, `handing` how creators get it.
    """

    text: str
    goal: Goal | None = None
    platforms: tuple[Platform, ...] = ()
    niches: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    followers_min: int | None = None
    followers_max: int | None = None
    creators_min: int | None = None
    creators_max: int | None = None
    deliverables: tuple[DeliverableSpec, ...] = ()
    hashtags: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    deadline: date | None = None
    landing_url: str = ""
    product: str = ""
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()
    rights: str = ""
    address: str = ""
    goods: str = ""
    worth: Money | None = None
    handing: Handing | None = None
    files: tuple[BriefFile, ...] = ()
    files_shared: bool = False

    @property
    def shared_files(self) -> tuple[str, ...]:
        """Return the ids of the files that creators get: those that the brand chose to send."""
        return tuple(file.id for file in self.files) if self.files_shared else ()

    @property
    def told(self) -> tuple[object, ...]:
        """Return all that creators are told; what the brand wrote itself, and whom it looks for, is not."""
        return (
            *(self.product, self.deliverables, self.platforms, self.dos, self.donts, self.deadline),
            *(
                self.rights,
                self.address,
                self.goods,
                self.worth,
                self.handing,
                self.hashtags,
                self.landing_url,
                self.shared_files,
            ),
        )

    @property
    def ships(self) -> bool:
        """Tell whether something is sent to each creator before the work begins."""
        return bool(self.goods) and self.handing is Handing.SENT

    @property
    def wanted(self) -> int:
        """Return how many creators the brand wants; a few where it did not say."""
        return self.creators_max or self.creators_min or CREATORS_WHEN_NOT_SAID

    @property
    def own_places(self) -> frozenset[Platform]:
        """Return the networks that pieces are asked for on by name, whatever the campaign's are."""
        return frozenset(spec.platform for spec in self.deliverables if spec.platform is not None)

    def place_of(self, spec: DeliverableSpec) -> Platform:
        """Return where pieces of the brief go."""
        return spec.platform or self.platform_for(spec.kind)

    def platform_for(self, kind: DeliverableKind) -> Platform:
        """Return where a piece of this kind goes: a wished network that takes such work, its home first."""
        home = HOME_OF[kind]
        taking = [one for one in self.platforms if kind in BY_PLATFORM[one].takes]
        return home if not taking or home in taking else taking[0]


@dataclass(frozen=True, slots=True)
class DraftCampaign:
    """Command: write a campaign down for a workspace."""

    workspace_id: UUID
    title: str
    budget: Money
    brief: Brief
    key: str


@dataclass(frozen=True, slots=True)
class ChangeCampaign:
    """Command: let a campaign have another brief, or another budget."""

    campaign_id: UUID
    budget: Money
    brief: Brief


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign as its readers see it. `place` is the channel its news go to, empty for private chats."""

    id: UUID
    workspace_id: UUID
    created_by: UUID
    title: str
    budget: Money
    brief: Brief
    state: CampaignState
    created_at: datetime
    place: str = ""
    brief_number: int = 1

    @property
    def currency(self) -> Currency:
        """Return the currency of all its money."""
        return self.budget.currency

    @property
    def cashless(self) -> bool:
        """Tell whether creators get no cash: the gift of the brief is all there is."""
        return not self.budget

    @property
    def mark(self) -> str:
        """Return the mark of what creators are asked for and a brand pays for, whatever its state."""
        return mark("campaign", self.id, self.title, self.budget.minor, self.currency, asdict(self.brief))


@dataclass(frozen=True, slots=True)
class Ended:
    """When a campaign came to its end, and by whom: the actor of the step that began that."""

    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A creator found for a campaign, the price in its currency, and the reasons."""

    creator_id: UUID
    currency: Currency
    price_between: Estimate
    score: float
    reasons: tuple[Remark, ...] = field(default=())
    listed: Listed = Listed.FOUND

    @property
    def price(self) -> Money:
        """Return the price that is offered."""
        return Money(self.price_between.value, self.currency)
