"""What operators' tasks may be about, what staff may do, and which acts need a second person: data only."""

from enum import StrEnum


class Subject(StrEnum):
    """The kind of thing that a task or an act is about."""

    DEAL = "deal"
    DELIVERABLE = "deliverable"
    CAMPAIGN = "campaign"
    WORKSPACE = "workspace"
    CREATOR = "creator"
    PERSON = "person"
    FUNDING = "funding"
    PAYOUT = "payout"
    REFUND = "refund"
    CHARGEBACK = "chargeback"
    RAIL = "rail"
    RAIL_EVENT = "rail_event"
    LEDGER = "ledger"
    TASK = "task"
    PROMISE = "promise"
    SUPPORT = "support"
    STAFF = "staff"
    SANDBOX = "sandbox"


class StaffRole(StrEnum):
    """What a member of staff is."""

    VIEWER = "viewer"
    SUPPORT = "support"
    MONEY = "money"
    ADMIN = "admin"


class Right(StrEnum):
    """What a role may do."""

    SEE = "see"
    HELP = "help"
    FREEZE = "freeze"
    MONEY = "money"
    STAFF = "staff"
    ERASE = "erase"


RIGHTS: dict[StaffRole, frozenset[Right]] = {
    StaffRole.VIEWER: frozenset({Right.SEE}),
    StaffRole.SUPPORT: frozenset({Right.SEE, Right.HELP, Right.FREEZE}),
    StaffRole.MONEY: frozenset({Right.SEE, Right.HELP, Right.FREEZE, Right.MONEY}),
    StaffRole.ADMIN: frozenset(Right),
}


class Act(StrEnum):
    """Everything an operator may do, by the name it has in the audit table."""

    CLOSE_TASK = "close_task"
    ANSWER_SUPPORT = "answer_support"
    RETRY_PROMISE = "retry_promise"
    RESTART_CLOCKS = "restart_clocks"
    EXTEND_PIECE = "extend_piece"
    REPORT_SALE = "report_sale"
    RESOLVE_DISPUTE = "resolve_dispute"
    SETTLE_LARGE = "settle_large"
    CANCEL_DEAL = "cancel_deal"
    CANCEL_LARGE = "cancel_large"
    FREEZE_DEAL = "freeze_deal"
    UNFREEZE_DEAL = "unfreeze_deal"
    FREEZE_WORKSPACE = "freeze_workspace"
    UNFREEZE_WORKSPACE = "unfreeze_workspace"
    FREEZE_CREATOR = "freeze_creator"
    UNFREEZE_CREATOR = "unfreeze_creator"
    VOUCH_PIECE = "vouch_piece"
    SET_TERMS = "set_terms"
    SETTLE_REST = "settle_rest"
    SETTLE_LOSS = "settle_loss"
    WRITE_OFF = "write_off"
    ORDER_FAULT = "order_fault"
    SIGN_OUT_PERSON = "sign_out_person"
    SEND_OWN_DATA = "send_own_data"
    ERASE_PERSON = "erase_person"
    ADD_STAFF = "add_staff"
    CHANGE_STAFF_ROLE = "change_staff_role"
    RENEW_STAFF_KEY = "renew_staff_key"
    REVOKE_STAFF = "revoke_staff"
    REVOKE_ADMIN = "revoke_admin"
    RENEW_OWN_KEY = "renew_own_key"


NEEDS: dict[Act, Right] = {
    Act.CLOSE_TASK: Right.HELP,
    Act.ANSWER_SUPPORT: Right.HELP,
    Act.RETRY_PROMISE: Right.HELP,
    Act.RESTART_CLOCKS: Right.HELP,
    Act.EXTEND_PIECE: Right.HELP,
    Act.REPORT_SALE: Right.MONEY,
    Act.RESOLVE_DISPUTE: Right.MONEY,
    Act.SETTLE_LARGE: Right.MONEY,
    Act.CANCEL_DEAL: Right.MONEY,
    Act.CANCEL_LARGE: Right.MONEY,
    Act.FREEZE_DEAL: Right.FREEZE,
    Act.UNFREEZE_DEAL: Right.FREEZE,
    Act.FREEZE_WORKSPACE: Right.FREEZE,
    Act.UNFREEZE_WORKSPACE: Right.FREEZE,
    Act.FREEZE_CREATOR: Right.FREEZE,
    Act.UNFREEZE_CREATOR: Right.FREEZE,
    Act.VOUCH_PIECE: Right.MONEY,
    Act.SET_TERMS: Right.MONEY,
    Act.SETTLE_REST: Right.MONEY,
    Act.SETTLE_LOSS: Right.MONEY,
    Act.WRITE_OFF: Right.MONEY,
    Act.ORDER_FAULT: Right.MONEY,
    Act.SIGN_OUT_PERSON: Right.HELP,
    Act.SEND_OWN_DATA: Right.HELP,
    Act.ERASE_PERSON: Right.ERASE,
    Act.ADD_STAFF: Right.STAFF,
    Act.CHANGE_STAFF_ROLE: Right.STAFF,
    Act.RENEW_STAFF_KEY: Right.STAFF,
    Act.REVOKE_STAFF: Right.STAFF,
    Act.REVOKE_ADMIN: Right.STAFF,
    Act.RENEW_OWN_KEY: Right.SEE,
}
"""The right each act needs; deciding a proposal needs the right of what was proposed."""

SECOND = frozenset(
    {
        Act.ERASE_PERSON,
        Act.SETTLE_LARGE,
        Act.CANCEL_LARGE,
        Act.WRITE_OFF,
        Act.ADD_STAFF,
        Act.CHANGE_STAFF_ROLE,
        Act.RENEW_STAFF_KEY,
        Act.REVOKE_ADMIN,
    }
)
"""What one person proposes and another confirms. On the machine itself staff can be revoked by one."""


ENDED_BY_ACTS: dict[str, frozenset[Act]] = {
    "loss_open": frozenset({Act.SETTLE_LOSS, Act.WRITE_OFF}),
    "refund_waits": frozenset({Act.SETTLE_REST}),
    "deal_frozen": frozenset({Act.UNFREEZE_DEAL}),
    "workspace_frozen": frozenset({Act.UNFREEZE_WORKSPACE}),
    "creator_frozen": frozenset({Act.UNFREEZE_CREATOR}),
}
"""Tasks about money that waits: words do not close them, the acts that let it move do."""


class Stage(StrEnum):
    """How far an act came: most are done at once, some are proposed and wait for a second person."""

    DONE = "done"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
