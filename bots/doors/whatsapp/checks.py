"""What `channels doctor` asks about WhatsApp, and the templates' state and submission."""

import json

from bots.doors.channel import ChannelRefused, ChannelUnavailable
from bots.doors.whatsapp import flow, listen
from bots.doors.whatsapp.api import Access, CloudApi
from bots.doors.whatsapp.settings import WhatsAppSettings
from bots.doors.whatsapp.templates import TEMPLATES
from core.kit.checks import Finding

FLOW_NAME = "marketplace_forms"
GUIDE = "docs/channels/whatsapp.md"


def api_of(settings: WhatsAppSettings) -> CloudApi:
    """Return the calls of the number that the settings name."""
    return CloudApi(
        Access(
            settings.whatsapp_token.get_secret_value(),
            settings.whatsapp_phone_number_id,
            settings.whatsapp_business_id,
            settings.whatsapp_api_url,
        )
    )


def findings(settings: WhatsAppSettings) -> list[Finding]:
    """Ask WhatsApp about our number and templates; nothing is changed."""
    if not settings.whatsapp_token.get_secret_value():
        step = f"Make an app at developers.facebook.com and set WHATSAPP_TOKEN ({GUIDE})."
        return [Finding("WhatsApp", good=True, found="not connected", mend=step)]
    missing = [
        name.upper()
        for name in ("whatsapp_phone_number_id", "whatsapp_business_id")
        if not getattr(settings, name)
    ]
    if not settings.whatsapp_app_secret.get_secret_value():
        missing.append("WHATSAPP_APP_SECRET")
    if missing:
        return [Finding("WhatsApp", good=False, found="half connected", mend=f"Set {' and '.join(missing)}.")]
    api = api_of(settings)
    try:
        return [_number(api), _webhook(settings), *_templates(api), _flow(api, settings)]
    except (ChannelUnavailable, ChannelRefused) as error:
        step = f"Look the code up: {GUIDE} says what each means and what to do."
        return [Finding("WhatsApp", good=False, found=str(error), mend=step)]
    finally:
        api.close()


def states(api: CloudApi) -> dict[tuple[str, str], str]:
    """Return the state of our templates by (name, language). Raises ChannelUnavailable, ChannelRefused."""
    answer = api.ask("GET", f"/{api.access.business_id}/message_templates", params={"limit": 200})
    return {(row["name"], row["language"]): row.get("status", "") for row in answer.get("data", [])}


def submit(api: CloudApi) -> list[str]:
    """Submit the templates WhatsApp does not have yet; returns their languages. Raises as `states` does."""
    known = states(api)
    new = [template for template in TEMPLATES if (template.name, template.language) not in known]
    for template in new:
        api.ask("POST", f"/{api.access.business_id}/message_templates", json=template.submission())
    return [template.language for template in new]


def submit_flow(api: CloudApi) -> str:
    """Make the Flow that shows whole forms, and publish it; returns its id. Raises as `states` does."""
    made = api.ask(
        "POST",
        f"/{api.access.business_id}/flows",
        json={
            "name": FLOW_NAME,
            "categories": ["OTHER"],
            "flow_json": json.dumps(flow.definition()),
            "publish": True,
        },
    )
    return str(made.get("id") or "")


def _flow(api: CloudApi, settings: WhatsAppSettings) -> Finding:
    if not settings.whatsapp_flow_id:
        step = "To show whole forms run `python -m market channels flow --submit` and set WHATSAPP_FLOW_ID."
        return Finding("WhatsApp Flow", good=True, found="none: forms are asked in the chat", mend=step)
    answer = api.ask("GET", f"/{settings.whatsapp_flow_id}", params={"fields": "status,validation_errors"})
    state, wrong = str(answer.get("status", "?")), answer.get("validation_errors") or []
    step = "" if state == "PUBLISHED" else "Publish it in WhatsApp Manager › Flows, or submit a new one."
    found = f"{state}, {len(wrong)} errors" if wrong else state
    return Finding("WhatsApp Flow", state == "PUBLISHED" and not wrong, found, step)


def _number(api: CloudApi) -> Finding:
    answer = api.ask(
        "GET", f"/{api.access.phone_number_id}", params={"fields": "display_phone_number,quality_rating"}
    )
    found = f"{answer.get('display_phone_number', '?')}, quality {answer.get('quality_rating', '?')}"
    return Finding("WhatsApp number", good=True, found=found)


def _webhook(settings: WhatsAppSettings) -> Finding:
    url = settings.public_url.rstrip("/") + listen.WEBHOOK_PATH
    good = url.startswith("https://")
    token = listen.verify_token(settings)
    step = f"At Meta enter {url} with the verify token {token} and subscribe to “messages”."
    return Finding(
        "WhatsApp webhook", good, url, step if good else f"PUBLIC_URL must begin with https://. {step}"
    )


def _templates(api: CloudApi) -> list[Finding]:
    known = states(api)
    out = []
    for template in TEMPLATES:
        state = known.get((template.name, template.language), "not submitted")
        step = (
            ""
            if state == "APPROVED"
            else "Run `python -m market channels templates --submit`, then wait for the review."
        )
        out.append(
            Finding(
                f"WhatsApp template {template.name} ({template.language})", state == "APPROVED", state, step
            )
        )
    return out
