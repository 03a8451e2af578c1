"""What can become of a promise, and the kinds there are."""

from enum import StrEnum


class NewsKind(StrEnum):
    """What news is about, where an app lets us only announce it."""

    OFFER = "offer"
    DEADLINE = "deadline"
    MONEY = "money"
    OTHER = "other"


class PromiseState(StrEnum):
    """Where a promise stands."""

    PENDING = "pending"
    SENDING = "sending"
    DONE = "done"
    PARKED = "parked"


class PromiseKind(StrEnum):
    """Everything that must happen outside a transaction."""

    DELIVER_MESSAGE = "message.deliver"
    TELL = "notice.tell"
    REDRAW = "card.redraw"
    COLLECT = "payment.collect"
    PAY_CHECKOUT = "payment.pay_checkout"
    ONBOARD_PAYEE = "payment.onboard_payee"
    PAY_OUT = "payment.pay_out"
    REFUND = "payment.refund"
    CHECK_POST = "post.check"
    PUBLISH_POST = "post.publish"
    INDEX_CREATOR = "creator.index"
    CHECK_WEBSITE = "website.check"
    SHOW_MENU = "chat.menu"
    ANNOUNCE = "chat.announce"
