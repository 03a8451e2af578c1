"""The chart of accounts and the kinds of transfers: words only, no behaviour.

Debits are positive, credits negative. Assets and expenses are normally debit, the rest credit.
"""

from dataclasses import dataclass
from enum import StrEnum


class AccountKind(StrEnum):
    """What an account stands for (design: money, "Chart")."""

    RAIL_CLEARING = "rail_clearing"
    DISPUTE_RECEIVABLE = "dispute_receivable"
    CREATOR_RECEIVABLE = "creator_receivable"
    BRAND_RECEIVABLE = "brand_receivable"
    CAMPAIGN_ESCROW = "campaign_escrow"
    DELIVERABLE_HOLD = "deliverable_hold"
    DISPUTE_HOLD = "dispute_hold"
    CREATOR_PAYABLE = "creator_payable"
    PAYOUT_IN_TRANSIT = "payout_in_transit"
    REFUND_IN_TRANSIT = "refund_in_transit"
    WORKSPACE_CREDIT = "workspace_credit"
    TAX_WITHHELD = "tax_withheld"
    TAX_COLLECTED = "tax_collected"
    COMMISSION = "commission"
    SUBSCRIPTION_REVENUE = "subscription_revenue"
    BOOST_REVENUE = "boost_revenue"
    RAIL_FEE = "rail_fee"
    DISPUTE_FEE = "dispute_fee"
    CHARGEBACK_LOSS = "chargeback_loss"
    FX = "fx"
    ROUNDING = "rounding"
    SUSPENSE = "suspense"


class AccountClass(StrEnum):
    """The five classes of book-keeping, by the names hledger and beancount use."""

    ASSETS = "Assets"
    LIABILITIES = "Liabilities"
    INCOME = "Income"
    EXPENSES = "Expenses"
    EQUITY = "Equity"


@dataclass(frozen=True, slots=True)
class Nature:
    """How accounts of one kind behave: `hot` ones are insert-only and may go either way."""

    account_class: AccountClass
    hot: bool = False

    @property
    def normal_side(self) -> str:
        """Return D or C."""
        debit = self.account_class in {AccountClass.ASSETS, AccountClass.EXPENSES}
        return "D" if debit else "C"


CHART: dict[AccountKind, Nature] = {
    AccountKind.RAIL_CLEARING: Nature(AccountClass.ASSETS, hot=True),
    AccountKind.DISPUTE_RECEIVABLE: Nature(AccountClass.ASSETS),
    AccountKind.CREATOR_RECEIVABLE: Nature(AccountClass.ASSETS),
    AccountKind.BRAND_RECEIVABLE: Nature(AccountClass.ASSETS),
    AccountKind.CAMPAIGN_ESCROW: Nature(AccountClass.LIABILITIES),
    AccountKind.DELIVERABLE_HOLD: Nature(AccountClass.LIABILITIES),
    AccountKind.DISPUTE_HOLD: Nature(AccountClass.LIABILITIES),
    AccountKind.CREATOR_PAYABLE: Nature(AccountClass.LIABILITIES),
    AccountKind.PAYOUT_IN_TRANSIT: Nature(AccountClass.LIABILITIES),
    AccountKind.REFUND_IN_TRANSIT: Nature(AccountClass.LIABILITIES),
    AccountKind.WORKSPACE_CREDIT: Nature(AccountClass.LIABILITIES),
    AccountKind.TAX_WITHHELD: Nature(AccountClass.LIABILITIES, hot=True),
    AccountKind.TAX_COLLECTED: Nature(AccountClass.LIABILITIES, hot=True),
    AccountKind.COMMISSION: Nature(AccountClass.INCOME, hot=True),
    AccountKind.SUBSCRIPTION_REVENUE: Nature(AccountClass.INCOME, hot=True),
    AccountKind.BOOST_REVENUE: Nature(AccountClass.INCOME, hot=True),
    AccountKind.RAIL_FEE: Nature(AccountClass.EXPENSES, hot=True),
    AccountKind.DISPUTE_FEE: Nature(AccountClass.EXPENSES, hot=True),
    AccountKind.CHARGEBACK_LOSS: Nature(AccountClass.EXPENSES, hot=True),
    AccountKind.FX: Nature(AccountClass.EXPENSES, hot=True),
    AccountKind.ROUNDING: Nature(AccountClass.EXPENSES, hot=True),
    AccountKind.SUSPENSE: Nature(AccountClass.EQUITY, hot=True),
}


class PostingKind(StrEnum):
    """Every reason for which money moves."""

    CHARGE = "charge"
    OFFER_HOLD = "offer_hold"
    HOLD_RETURN = "hold_return"
    RELEASE = "release"
    PAYOUT_ASKED = "payout_asked"
    PAYOUT_SENT = "payout_sent"
    PAYOUT_REFUSED = "payout_refused"
    PAYOUT_RETURNED = "payout_returned"
    REFUND_ASKED = "refund_asked"
    REFUND_SENT = "refund_sent"
    REFUND_REFUSED = "refund_refused"
    REFUND_FAILED = "refund_failed"
    CREDIT_KEPT = "credit_kept"
    CREDIT_USED = "credit_used"
    DISPUTE_FREEZE = "dispute_freeze"
    DISPUTE_RESUME = "dispute_resume"
    DISPUTE_AWARD = "dispute_award"
    DISPUTE_RETURN = "dispute_return"
    CHARGEBACK_OPENED = "chargeback_opened"
    CHARGEBACK_FREEZE = "chargeback_freeze"
    CHARGEBACK_THAW = "chargeback_thaw"
    CHARGEBACK_WON = "chargeback_won"
    CHARGEBACK_LOST = "chargeback_lost"
    LOSS_SETTLED = "loss_settled"
    WRITE_OFF = "write_off"
