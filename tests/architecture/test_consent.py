"""Nobody is bound to what they were not shown: a rule of the kit, kept by every verb and every command."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

import pytest

import core
from bots.conversation import consent
from bots.conversation.dialogue import Answer, Seen, Talk
from bots.conversation.tokens import BYTES_MAX, Commanded, command
from bots.dialogues.book import book
from core.kit.consent import BINDING, MARK_CHARACTERS, binding, mark, require
from core.kit.errors import ShownChanged
from core.messaging.messages import OutgoingMessage

for module in pkgutil.walk_packages(core.__path__, "core."):
    if "migrations" not in module.name:
        importlib.import_module(module.name)

NAMED = {
    *("briefs.change", "briefs.answer"),
    *("offers.offer", "offers.apply", "offers.accept", "offers.counter", "offers.decline", "offers.withdraw"),
    *("pieces.submit_draft", "pieces.request_changes", "pieces.approve_draft", "pieces.submit_post"),
    *("pieces.claim_post", "pieces.confirm_post", "pieces.refuse_post"),
    *("pieces.extend", "pieces.cancel_piece"),
    *("endings.ask_to_cancel", "endings.answer_cancel", "endings.cancel_by_operator", "endings.dispute"),
    *("endings.answer_dispute", "endings.resolve", "endings.review", "endings.close_campaign"),
}
BINDING_MUST = {f"core.deals.{name}" for name in NAMED} | {
    "core.accounts.team.change_role",
    "core.accounts.team.hand_over",
    "core.accounts.team.remove",
    "core.deals.freezes.freeze_creator",
    "core.deals.freezes.freeze_workspace",
    "core.deals.freezes.unfreeze_creator",
    "core.deals.freezes.unfreeze_workspace",
    "core.privacy.erasure.ask",
    "core.step_up.service.confirm",
    "core.linking.service.agree",
    "core.linking.service.confirm",
    "core.posts.service.refuse",
    "core.posts.service.submit",
    "core.campaigns.service.drop",
    "core.campaigns.briefs.relax",
    "core.deals.sets.pay",
    "core.deals.sets.send",
    "core.payments.funding.fund",
    "core.payments.funding.pay_checkout",
    "core.payments.payee_accounts.set_up_payee",
    "core.payments.losses.settle",
    "core.payments.losses.write_off",
    "core.payments.refunds.settle_rest",
}
BOOK = book()


def test_every_verb_that_binds_somebody_is_known_as_one() -> None:
    assert BINDING_MUST - set(BINDING) == set()


def test_no_verb_binds_without_what_was_shown() -> None:
    def agree(work: object, deal_id: UUID) -> None:
        del work, deal_id

    def agree_by_place(work: object, shown: str) -> None:
        del work, shown

    for verb in (agree, agree_by_place):
        with pytest.raises(TypeError):
            binding(verb)
    for name, found in BINDING.items():
        shown = inspect.signature(found).parameters["shown"]
        assert shown.default is inspect.Parameter.empty, f"{name} has a default for what was shown"


@pytest.mark.parametrize(
    ("shown", "same"),
    [("a", True), ("b", False), ("", False), ("A", False), ("a ", False), ("\u0430", False)],
)
def test_a_mark_fits_itself_alone(shown: str, *, same: bool) -> None:
    facts = {"a": ("deal", 1, None)}.get(shown, (shown, 1, None))
    if same:
        require(mark(*facts), mark("deal", 1, None))
        return
    with pytest.raises(ShownChanged):
        require(shown, mark("deal", 1, None))


def test_a_mark_keeps_facts_apart() -> None:
    assert len({mark("ab", "c"), mark("a", "bc"), mark("abc"), mark("abc", None), mark("c", "ab")}) == 5


def called(function: Callable[..., Any]) -> Iterator[object]:
    """Return what a function of ours calls: other functions, and forms that it opens, as ("form", name)."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    scope = inspect.unwrap(function).__globals__
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(name):
                found = scope.get(name)
                if name == "Open" and node.args and isinstance(node.args[0], ast.Constant):
                    yield ("form", node.args[0].value)
            case ast.Attribute(ast.Name(module), attribute):
                found = getattr(scope.get(module), attribute, None)
            case _:
                continue
        if inspect.isfunction(found):
            yield found


def reaches(function: Callable[..., Any], seen: set[object]) -> set[str]:
    """Return the binding verbs that a function comes to by itself, through functions of the dialogues."""
    verbs = {verb: name for name, verb in BINDING.items()}
    found: set[str] = set()
    for one in called(function):
        if one in verbs:
            found.add(verbs[one])
        elif inspect.isfunction(one) and one.__module__.startswith("bots.dialogues") and one not in seen:
            seen.add(one)
            found |= reaches(one, seen)
    return found


def opens(function: Callable[..., Any], seen: set[object]) -> set[str]:
    """Return the forms that a function opens, through functions of the dialogues."""
    found: set[str] = set()
    for one in called(function):
        if isinstance(one, tuple):
            found.add(str(one[1]))
        elif inspect.isfunction(one) and one.__module__.startswith("bots.dialogues") and one not in seen:
            seen.add(one)
            found |= opens(one, seen)
    return found


def test_every_form_that_binds_somebody_says_to_what() -> None:
    bound = {name for name, d in BOOK.dialogues.items() if reaches(d.submit, set())}
    assert {"accept", "counter", "draft", "post", "fund", "close", "review", "payout", "offer_note"} <= bound
    for name in bound:
        dialogue = BOOK.dialogues[name]
        assert dialogue.binds is not None, name
        assert dialogue.load is not None, f"{name} would be sent with facts from when it was opened"


def test_every_command_that_comes_to_a_binding_verb_says_what_it_binds_to() -> None:
    bound = {name for name, c in BOOK.commands.items() if reaches(c.run, set())}
    assert {"accept", "withdraw", "approve", "cancel_yes", "pay", "drop", "pay_set", "send", "relax"} <= bound
    bound |= {
        name
        for name, c in BOOK.commands.items()
        if any(BOOK.dialogues[form].binds for form in opens(c.run, set()))
    }
    assert {name for name in bound if BOOK.commands[name].binds is None} == set()


def test_what_is_only_typed_binds_nobody_before_its_form_was_shown() -> None:
    """A command that finds by itself what is meant does nothing but open a form."""
    finding = {name: c for name, c in BOOK.commands.items() if c.finds}
    assert {"draft", "post", "fund", "close", "review", "payout"} <= set(finding)
    assert {name for name, c in finding.items() if reaches(c.run, set())} == set()


class Shown:
    """A thing that stands at one mark."""

    def mark(self, talk: Talk, thing_id: UUID) -> str:
        del talk, thing_id
        return "0123456789"

    def show(self, talk: Talk, thing_id: UUID) -> list[OutgoingMessage]:
        del talk, thing_id
        return [OutgoingMessage("as it stands")]

    def changes(self, talk: Talk, thing_id: UUID, shown: str) -> list[str]:
        del talk, thing_id, shown
        return []


@pytest.mark.parametrize("name", sorted(name for name, c in BOOK.commands.items() if c.binds))
@pytest.mark.parametrize("shown", ["", "0123456788", "012345678", "0123456789 "])
def test_no_binding_command_runs_for_what_was_not_shown(name: str, shown: str) -> None:
    def run(talk: Talk, seen: Seen) -> Answer:
        raise AssertionError(f"{name} ran for {seen}")

    told = replace(BOOK.commands[name], run=run, binds=Shown())
    answer = consent.run(cast(Talk, None), told, Commanded(name, UUID(int=1).hex, shown))
    assert answer[-1] == OutgoingMessage("as it stands"), "what is said is followed by the thing"


@pytest.mark.parametrize("name", sorted(BOOK.commands))
def test_every_token_fits_the_smallest_door(name: str) -> None:
    detail = ".0123456789" if name == "post" else ""
    token = command(
        name, UUID(int=1).hex + detail, "f" * MARK_CHARACTERS if BOOK.commands[name].binds else ""
    )
    assert len(token.encode()) <= BYTES_MAX
