"""Steps of a campaign, taken by the one runner of process tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.campaigns.errors import CampaignFrozen, CampaignStepNotPossible, CampaignStepNotYours
from core.campaigns.models import Campaign, CampaignEvent
from core.campaigns.repository import CampaignRepository
from core.campaigns.states import CAMPAIGN, CampaignState
from core.events import service as events
from core.kit.actors import ActorKind
from core.kit.process import BACK, Party, Rules, Runner, Transition, Wrong
from core.kit.work import Work
from core.messaging import cards, outbox

PARTY_OF: dict[ActorKind, Party] = {
    ActorKind.PERSON: Party.BRAND,
    ActorKind.OPERATOR: Party.OPERATOR,
    ActorKind.CLOCK: Party.CLOCK,
    ActorKind.SYSTEM: Party.SYSTEM,
}


@dataclass(slots=True)
class Step:
    """One step of a campaign being taken. `fresh` is set for the one that makes it."""

    work: Work
    campaign: Campaign
    row: Transition
    party: Party
    fresh: bool = False

    @property
    def state(self) -> str:
        """Return where the campaign stands."""
        return "" if self.fresh else self.campaign.state

    def enter(self, target: str) -> None:
        """Let the campaign stand there, or where it stood before it was frozen."""
        before = self.campaign.state_before_freeze or CampaignState.RUNNING
        self.campaign.state = before if target is BACK else CampaignState(target)


def take(work: Work, campaign: Campaign, name: str, *, fresh: bool = False) -> None:
    """Take a step of a locked campaign.

    Raises:
        CampaignStepNotYours, CampaignFrozen, CampaignStepNotPossible.
    """
    step = Step(work, campaign, row_of(campaign, name), PARTY_OF[work.actor.kind], fresh)
    CAMPAIGNS.take(step, campaign.process_version)


def row_of(campaign: Campaign, name: str) -> Transition:
    """Return a row of the table that a campaign runs by: the one it began with. Raises UnknownVersion."""
    return CAMPAIGNS.process(campaign.process_version).find(name)


def _refuse(step: Step, wrong: Wrong) -> Exception:
    if wrong is Wrong.PARTY:
        return CampaignStepNotYours(step=step.row.name)
    if step.campaign.state is CampaignState.FROZEN:
        return CampaignFrozen(campaign_id=step.campaign.id)
    return CampaignStepNotPossible(state=step.campaign.state, step=step.row.name)


def _admit(step: Step) -> None:
    """Take every step that the table allows."""


def _follow(taken: Sequence[tuple[Step, str]]) -> None:
    for step, before in taken:
        _note(step, before)


def _note(step: Step, before: str) -> None:
    work, campaign = step.work, step.campaign
    CampaignRepository(work.session).note(
        CampaignEvent(
            campaign_id=campaign.id,
            step=step.row.name,
            actor=str(work.actor),
            from_state=before,
            to_state=campaign.state,
            at=work.now,
        )
    )
    subjects = {"workspace_id": campaign.workspace_id, "campaign_id": campaign.id}
    facts: dict[str, events.Value] = {"before": before, "after": campaign.state}
    events.record_step(work, CAMPAIGNS.process(campaign.process_version), step.row.name, subjects, facts)
    if not step.fresh:
        outbox.redraw(work, cards.campaign(campaign.id))


def _remember_the_state(step: Step) -> None:
    step.campaign.state_before_freeze = step.campaign.state


RULES = Rules[Step](
    guards=(),
    postings=(),
    changes=(
        ("draft", None),
        ("submit", None),
        ("open", None),
        ("fund", None),
        ("recruit", None),
        ("run", None),
        ("settle", None),
        ("close", None),
        ("cancel", None),
        ("freeze", _remember_the_state),
        ("unfreeze", None),
    ),
)
CAMPAIGNS = Runner[Step]([(CAMPAIGN, RULES)], _refuse, _admit, _follow)
