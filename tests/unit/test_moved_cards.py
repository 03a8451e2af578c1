"""What is left of a card that stands further down now."""

from bots.cards import now
from bots.conversation.card import card


def test_a_card_that_moved_keeps_its_headline_as_it_was() -> None:
    left = now.moved(card("**Food in Pune** · running\nBudget: ₹20,000"))
    assert left.text.startswith("**Food in Pune** · running\n")
    assert "Budget" not in left.text
