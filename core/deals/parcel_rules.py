"""What the steps of a gift that is sent change of their deal beside its state."""

from core.deals.step import Step


def _another(step: Step) -> None:
    """Count it: what was shown of an earlier address or an earlier parcel binds nobody to this one."""
    step.deal.parcel_steps += 1


CHANGES = (
    *((name, _another) for name in ("give_address", "send_gift", "not_arrived")),
    *(
        (name, None)
        for name in ("await_address", "remind_address", "no_address", "remind_to_send", "not_sent")
    ),
    *((name, None) for name in ("remind_arrival", "gift_arrived", "arrived_by_silence", "call_off")),
)
