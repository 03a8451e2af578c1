"""Roles in a workspace and what each may do: data only."""

from enum import StrEnum


class WorkspaceKind(StrEnum):
    """A brand of its own, an agency, or a brand that an agency looks after."""

    BRAND = "brand"
    AGENCY = "agency"
    CLIENT = "client"


class Role(StrEnum):
    """What a member is to a workspace."""

    OWNER = "owner"
    MANAGER = "manager"
    APPROVER = "approver"
    FINANCE = "finance"
    VIEWER = "viewer"


class Summaries(StrEnum):
    """How often a brand's people hear what waits and what runs."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class Permission(StrEnum):
    """What a member may do."""

    SEE = "see"
    RUN_CAMPAIGNS = "run_campaigns"
    APPROVE = "approve"
    FUND = "fund"
    SEE_MONEY = "see_money"
    TEAM = "team"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: frozenset(
        {Permission.SEE, Permission.RUN_CAMPAIGNS, Permission.APPROVE, Permission.SEE_MONEY}
    ),
    Role.APPROVER: frozenset({Permission.SEE, Permission.APPROVE}),
    Role.FINANCE: frozenset({Permission.SEE, Permission.FUND, Permission.SEE_MONEY}),
    Role.VIEWER: frozenset({Permission.SEE}),
}


class CodePurpose(StrEnum):
    """What a one-time code opens."""

    LINK_CHANNEL = "link_channel"
    JOIN_TEAM = "join_team"
