"""Rules of law as far as software can keep them: who is a business, who agreed to what."""

from uuid import UUID

from sqlalchemy import select

from core.accounts import permissions, workspaces
from core.accounts.states import Permission
from core.compliance import tax_numbers, website
from core.compliance.models import Consent, WebsiteCheck
from core.compliance.schemas import ConsentView, WebsiteCheckView
from core.kit import crypto
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.operators import tasks
from core.operators.states import Subject

COMPANY_PAGE = "company_page_given"
"""The operators' task about a business's page at a network: it stands with the workspace."""
TERMS_VERSION = "2026-11"
TERMS_TEXT = (
    "I agree that NanoInfluencer MarketPlace keeps my profile and our messages to find me work, shows my"
    " profile to brands, and keeps payment records as the law asks. I can see, change or delete my data at"
    " any time by writing “delete my data”."
)


def verify_tax_number(work: Work, workspace_id: UUID, text: str) -> str:
    """Note a workspace's GSTIN when its check character is right; returns the canonical number.

    Raises:
        TaxNumberNotValid: for anything else.
    """
    permissions.require(work, workspace_id, Permission.RUN_CAMPAIGNS)
    number = tax_numbers.gstin(text)
    workspaces.mark_verified(work, workspace_id, tax_number=number)
    return number


def keep_company_page(work: Work, workspace_id: UUID, page: str) -> None:
    """Keep a business's page at a network, and ask an operator to look at it.

    It is a soft sign: whoever looks says what they saw in closing the task, and nobody is verified by it.
    """
    permissions.require(work, workspace_id, Permission.RUN_CAMPAIGNS)
    workspaces.keep_company_page(work, workspace_id, page)
    tasks.open_task(work, COMPANY_PAGE, Subject.WORKSPACE, workspace_id)


def ask_website(work: Work, workspace_id: UUID, text: str) -> WebsiteCheckView:
    """Give a workspace the code to place on its website, and promise to look for it.

    Raises:
        WebsiteNotAccepted: for free mail or no registrable domain.
    """
    permissions.require(work, workspace_id, Permission.RUN_CAMPAIGNS)
    domain = website.domain_of(text)
    check = work.session.get(WebsiteCheck, workspace_id)
    if check is None or check.domain != domain:
        check = WebsiteCheck(
            workspace_id=workspace_id,
            domain=domain,
            code=f"nano-{crypto.code(12).lower()}",
            asked_by=work.actor.person_id,
            last_error="",
        )
        check = work.session.merge(check)
    work.session.flush()
    return _website(check)


def look_at_website(work: Work, workspace_id: UUID) -> WebsiteCheckView | None:
    """Promise to look for the code now, once at a time; None where no website was named."""
    permissions.require(work, workspace_id, Permission.RUN_CAMPAIGNS)
    check = work.session.get(WebsiteCheck, workspace_id, with_for_update=True)
    if check is None:
        return None
    aggregate = f"website:{workspace_id}"
    if outbox.waits(work, PromiseKind.CHECK_WEBSITE, aggregate):
        return _website(check)
    payload = {"workspace_id": str(workspace_id), "domain": check.domain, "code": check.code}
    outbox.promise(work, PromiseKind.CHECK_WEBSITE, aggregate, payload)
    return _website(check)


def website_looked_at(work: Work, workspace_id: UUID, code: str, *, found: bool, error: str = "") -> None:
    """Note whether `code` was seen on the website and tell whoever asked.

    A look for an earlier code says nothing: it was at the website that was named before.
    """
    check = work.session.get(WebsiteCheck, workspace_id)
    if check is None or check.code != code:
        return
    check.last_error = error
    if found:
        check.verified_at = work.now
        workspaces.mark_verified(work, workspace_id, website=check.domain)
    facts = {"domain": check.domain, "found": found, "code": check.code}
    outbox.tell(work, check.asked_by, "website_checked", facts)


def consent(work: Work, purpose: str) -> ConsentView:
    """Note that the acting person agrees to the present text."""
    row = Consent(
        person_id=work.actor.person_id,
        purpose=purpose,
        version=TERMS_VERSION,
        text=TERMS_TEXT,
        given_at=work.now,
    )
    work.session.add(row)
    return _consent(row)


def withdraw(work: Work, person_id: UUID) -> None:
    """Note that a person takes every agreement back."""
    query = select(Consent).where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
    for row in work.session.scalars(query):
        row.withdrawn_at = work.now


def _website(row: WebsiteCheck) -> WebsiteCheckView:
    return WebsiteCheckView(row.workspace_id, row.domain, row.code, row.verified_at, row.last_error)


def _consent(row: Consent) -> ConsentView:
    return ConsentView(row.purpose, row.version, row.text, row.given_at, row.withdrawn_at)
