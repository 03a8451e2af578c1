"""A brand's beginnings: opening a workspace, clients of an agency, verification."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bots.cards import words
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Audience, Command, Dialogue, Open, Seen, Talk
from bots.conversation.forms import Choice, Field, Form, Kind, Slots, facts, fixed, known
from bots.conversation.tokens import Commanded
from bots.dialogues import answers
from bots.phrases.amounts import listed
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from bots.understanding import brand_intro as understanding
from bots.understanding import brief, wording
from bots.understanding.gazetteer import currency_of
from core.accounts import workspaces
from core.accounts.errors import RoleMissing, WorkspaceNotFound
from core.accounts.schemas import MembershipView, OpenWorkspace, WorkspaceView
from core.accounts.states import Permission, WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.errors import CampaignNotFound
from core.campaigns.schemas import CampaignView
from core.campaigns.states import CampaignState
from core.compliance import service as compliance
from core.kit.money import OFFERED, Currency
from core.networks import links

NAME_ERRORS = ("NameMissing", "NameNotAllowed", "NameTaken")
KINDS = fixed(("brand", "A brand"), ("agency", "An agency"))


def own_workspaces(talk: Talk, permission: Permission) -> list[WorkspaceView]:
    """Return the workspaces a person may act for, clients of their agency among them."""
    own = [m for m in talk.memberships if m.may(permission)]
    clients = [
        client
        for m in own
        if m.workspace.kind is WorkspaceKind.AGENCY
        for client in workspaces.clients_of(talk.work, m.workspace.id)
    ]
    found: dict[UUID, WorkspaceView] = {w.id: w for w in [*(m.workspace for m in own), *clients]}
    return list(found.values())


def acting_workspaces(talk: Talk, permission: Permission) -> list[WorkspaceView]:
    """Return the same, or nothing for somebody of no team. Raises RoleMissing where no role of theirs may."""
    own = own_workspaces(talk, permission)
    if talk.memberships and not own:
        raise RoleMissing(permission=permission)
    return own


def load_workspace(talk: Talk, seen: Seen) -> WorkspaceView:
    """Load one of the workspaces a person belongs to. Raises WorkspaceNotFound."""
    for own in own_workspaces(talk, Permission.SEE):
        if own.id == seen.id:
            return own
    raise WorkspaceNotFound(workspace_id=seen.id)


def of_workspace(slots: Slots) -> WorkspaceView:
    """Return the workspace a form is about."""
    return facts(WorkspaceView, slots)


def first(talk: Talk) -> MembershipView | None:
    """Return the workspace a person opened or joined first."""
    return talk.memberships[0] if talk.memberships else None


def _currencies(slots: Slots) -> list[Choice]:
    likely = currency_of(slots.get("country", ""))
    codes = dict.fromkeys([likely, "INR", "USD", "EUR", "GBP", "BRL", "MXN", "IDR"])
    return [Choice(code, code) for code in codes if code in OFFERED]


WORKSPACE = Form(
    name="workspace",
    fields=(
        Field(
            "name",
            Kind.TEXT,
            say("workspace.name"),
            "Name",
            parse=answers.business,
            characters_max=answers.NAME_CHARACTERS_MAX,
        ),
        Field(
            "kind",
            Kind.CHOICE,
            lambda s: say("workspace.kind", name=s["name"]),
            "Brand or agency",
            KINDS,
        ),
        Field(
            "country",
            Kind.TEXT,
            lambda s: say("workspace.country", name=s["name"]),
            "Country",
            parse=answers.country,
            show=words.country,
        ),
        Field("currency", Kind.CHOICE, say("workspace.currency"), "Currency", _currencies),
    ),
    summary=lambda s: say(
        "workspace.summary",
        name=s["name"],
        kind=translated(s["kind"]),
        country=words.country(s["country"]),
        currency=s["currency"],
    ),
    confirm=say("workspace.confirm"),
    extract=lambda text, _: understanding.slots(text),
)


def open_workspace(talk: Talk, slots: Slots, key: str) -> Answer:
    """Open the workspace and say how to go on."""
    del key
    workspace = workspaces.open_workspace(
        talk.work,
        OpenWorkspace(
            name=slots["name"],
            kind=WorkspaceKind(slots["kind"]),
            currency=Currency(slots["currency"]),
            country=slots["country"],
        ),
    )
    talk.refresh()
    hint = card(say("workspace.verify_hint"), [press(say("workspace.verify"), "verify")])
    text = known(slots).text
    began = [Commanded("campaign_from", text)] if brief.is_one(text, talk.today) else []
    begin = [press(say("button.new_campaign"), "campaign"), press(say("wish.menu"), "menu")]
    done = say("workspace.ready" if began else "workspace.done", name=workspace.name)
    return [card(done, [] if began else begin), hint, *began]


CLIENT = Form(
    name="client",
    fields=(
        Field(
            "name",
            Kind.TEXT,
            lambda s: say("client.name", agency=of_workspace(s).name),
            "Name",
            parse=answers.business,
            characters_max=answers.NAME_CHARACTERS_MAX,
        ),
    ),
)


def ask_client(talk: Talk, argument: str) -> Answer:
    """Add a client brand to an agency; what was typed behind the command's words is its name."""
    agencies = [m.workspace for m in talk.memberships if m.workspace.kind is WorkspaceKind.AGENCY]
    if not agencies and not talk.memberships:
        return [card(say("nothing.brand")), Open("workspace")]
    if not agencies:
        return [card(say("client.none", name=talk.memberships[0].workspace.name))]
    name = understanding.name(argument) or argument.strip()
    return [Open("client", {"name": name} if name else {}, seen=Seen(agencies[0].id, ""))]


def named(talk: Talk) -> Answer:
    """Say which workspaces there are to somebody who wants to be in one that is not among them."""
    own = own_workspaces(talk, Permission.SEE)
    return [card(say("client.no_workspace", names=listed(w.name for w in own)))]


def add_client(talk: Talk, slots: Slots, key: str) -> Answer:
    """Open the client's workspace under the agency."""
    del key
    agency = of_workspace(slots)
    client = workspaces.open_workspace(
        talk.work,
        OpenWorkspace(
            name=slots["name"],
            kind=WorkspaceKind.CLIENT,
            currency=agency.currency,
            country=agency.country,
            parent_id=agency.id,
        ),
    )
    return [card(say("client.done", name=client.name))]


@dataclass(frozen=True, slots=True)
class RunFacts:
    """The workspaces that a person runs campaigns for."""

    workspaces: tuple[WorkspaceView, ...]


def _load_run(talk: Talk, seen: Seen) -> RunFacts:
    del seen
    return RunFacts(tuple(own_workspaces(talk, Permission.RUN_CAMPAIGNS)))


def choices_of(found: Iterable[WorkspaceView]) -> list[Choice]:
    """Return workspaces as choices."""
    return [Choice(w.id.hex, w.name) for w in found]


CLIENT_HERE = Form(
    name="client_here",
    fields=(
        Field(
            "workspace",
            Kind.CHOICE,
            say("client.here_ask"),
            "Client",
            lambda s: choices_of(facts(RunFacts, s).workspaces),
        ),
    ),
)


def ask_client_here(talk: Talk, argument: str) -> Answer:
    """Ask which client the channel this is said in is for."""
    del argument
    if not talk.place:
        return [card(say("here.where"))]
    own = acting_workspaces(talk, Permission.RUN_CAMPAIGNS)
    if not own:
        return [card(say("nothing.brand")), Open("workspace")]
    return [Open("client_here")]


def client_here(talk: Talk, slots: Slots, key: str) -> Answer:
    """Let the channel be for that client."""
    del key
    workspace = workspaces.workspace_of(talk.work, answers.key(slots["workspace"]))
    workspaces.assign_place(talk.work, known(slots).place, workspace.id)
    return [card(say("client.here_done", name=workspace.name))]


VERIFY = Form(
    name="verify",
    fields=(
        Field(
            "how",
            Kind.CHOICE,
            lambda s: say("verify.how", workspace=of_workspace(s).name),
            "Way",
            fixed(("gstin", "GSTIN (India)"), ("website", "My website")),
        ),
        Field(
            "gstin",
            Kind.TEXT,
            say("verify.gstin"),
            "GSTIN",
            when=lambda s: s.get("how") == "gstin",
        ),
        Field(
            "website",
            Kind.TEXT,
            say("verify.website"),
            "Website",
            when=lambda s: s.get("how") == "website",
        ),
    ),
)


def ask_verify(talk: Talk, argument: str) -> Answer:
    """Verify a business."""
    del argument
    own = acting_workspaces(talk, Permission.RUN_CAMPAIGNS)
    if not own:
        return [card(say("nothing.brand")), Open("workspace")]
    return [Open("verify", seen=Seen(own[0].id, ""))]


def verify(talk: Talk, slots: Slots, key: str) -> Answer:
    """Check a GSTIN at once, or give the code for a website."""
    del key
    workspace = of_workspace(slots)
    if slots["how"] == "gstin":
        number = compliance.verify_tax_number(talk.work, workspace.id, slots["gstin"])
        return [card(say("verify.gstin_done", number=number, workspace=workspace.name))]
    page = next(filter(None, map(links.company_page, wording.links(slots["website"]))), "")
    if page:
        compliance.keep_company_page(talk.work, workspace.id, page)
        return [card(say("verify.page_kept", page=page), [press(say("verify.site_button"), "verify")])]
    check = compliance.ask_website(talk.work, workspace.id, slots["website"])
    text = say("verify.website_code", domain=check.domain, code=check.code)
    return [card(text, [press(say("verify.look"), "verify_look", workspace.id)])]


def look(talk: Talk, workspace_id: UUID) -> Answer:
    """Look at the website now."""
    check = compliance.look_at_website(talk.work, workspace_id)
    if check is None:
        return [card(say("verify.none"))]
    return [card(say("verify.looking", domain=check.domain))]


def own_campaigns(talk: Talk) -> list[CampaignView]:
    """Return the campaigns a person may see, the newest first."""
    return campaigns.of_workspaces(talk.work, [w.id for w in own_workspaces(talk, Permission.SEE)])


def campaign_of(talk: Talk, campaign_id: UUID | None) -> CampaignView:
    """Return the campaign a button names, or the newest one. Raises CampaignNotFound."""
    if campaign_id is not None:
        return campaigns.own(talk.work, campaign_id)
    found = own_campaigns(talk)
    if not found:
        raise CampaignNotFound
    return found[0]


def newest_in(talk: Talk, otherwise: str, *states: CampaignState) -> UUID | Answer:
    """Return the newest campaign in one of the states, or say that there is none."""
    found = [c.id for c in own_campaigns(talk) if c.state in states]
    return found[0] if found else [card(otherwise)]


DIALOGUES = (
    Dialogue(WORKSPACE, open_workspace, dict.fromkeys(NAME_ERRORS, "name")),
    Dialogue(CLIENT, add_client, dict.fromkeys(NAME_ERRORS, "name"), load_workspace),
    Dialogue(CLIENT_HERE, client_here, load=_load_run),
    Dialogue(VERIFY, verify, {"TaxNumberNotValid": "gstin", "WebsiteNotAccepted": "website"}, load_workspace),
)
COMMANDS = (
    Command("verify", ask_verify, ("verify", "verify business"), Audience.BRAND, "verify my business"),
    Command("verify_look", look, takes=answers.key),
    Command("client_here", ask_client_here, ("client here",), Audience.BRAND),
    Command(
        "client",
        ask_client,
        ("add client", "new client"),
        Audience.BRAND,
        "add a client brand",
        behind=lambda _, said: len(said) <= answers.NAME_CHARACTERS_MAX,
    ),
)
