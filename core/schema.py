"""Every table in one place, so that Alembic sees them all."""

from core.accounts import models as accounts
from core.campaigns import models as campaigns
from core.compliance import models as compliance
from core.conversations import models as conversations
from core.creators import models as creators
from core.deals import models as deals
from core.events import models as events
from core.grants import models as grants
from core.insights import models as insights
from core.kit.database import Table
from core.ledger import models as ledger
from core.linking import models as linking
from core.media import models as media
from core.messaging import models as messaging
from core.networks import models as networks
from core.operators import models as operators
from core.payments import models as payments
from core.posts import models as posts
from core.step_up import models as step_up
from core.terms import models as terms
from core.tracking import models as tracking
from core.trust import models as trust
from core.vault import models as vault

metadata = Table.metadata

__all__ = [
    "accounts",
    "campaigns",
    "compliance",
    "conversations",
    "creators",
    "deals",
    "events",
    "grants",
    "insights",
    "ledger",
    "linking",
    "media",
    "messaging",
    "metadata",
    "networks",
    "operators",
    "payments",
    "posts",
    "step_up",
    "terms",
    "tracking",
    "trust",
    "vault",
]
