"""A brief that comes as a file, through the browser's own routes: read, shown for correction, kept."""

import pytest

from core.accounts import chats
from core.campaigns import service as campaigns
from core.campaigns.schemas import CampaignView
from core.kit.actors import SYSTEM
from core.kit.work import begin
from market.stage import PNG, Stage
from runtime.parts import Runtime
from tests.documents import docx, pdf
from tests.scenarios.test_briefs import send_offers
from tests.scenarios.test_consent import newest

LINES = [
    "Kala Chai: a campaign",
    "Product: masala chai",
    "5 food creators in Pune, 1 reel each",
    "Budget: Rs 20,000",
    "Do: show the first sip",
    "Don't: name other brands",
]


def newest_campaign(runtime: Runtime) -> CampaignView:
    with begin(runtime.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "web", "brand")
        assert person is not None
        return next(c for c in campaigns.newest(work) if c.created_by == person.id)


@pytest.mark.parametrize(
    ("name", "content"),
    [("b.pdf", pdf(LINES)), ("b.docx", docx(LINES)), ("b.txt", "\n".join(LINES).encode())],
)
def test_a_document_becomes_the_campaign_s_form(
    stage: Stage, runtime: Runtime, name: str, content: bytes
) -> None:
    stage.send_file("brand", "", name, content)
    assert f"I read **{name}**" in stage.last("brand", "I read")
    asked = newest(stage, "brand")
    assert "which creators don't see otherwise" in asked
    assert "5 food creators" in asked
    assert "20,000" in asked
    stage.press("brand", "Only the brief")
    review = newest(stage, "brand")
    for line in ("Product: **masala chai**", "Do: **show the first sip**", "Don't: **name other brands**"):
        assert line in review, line
    stage.press("brand", "Save and find")
    brief = newest_campaign(runtime).brief
    assert (brief.product, len(brief.files), brief.shared_files) == ("masala chai", 1, ())


def test_the_file_goes_to_creators_by_the_brand_s_own_choice(stage: Stage) -> None:
    stage.send_file("brand", "launch by 20 December", "b.pdf", pdf(LINES))
    stage.press("brand", "Send the file too")
    send_offers(stage)
    offers = [line.message for line in stage.heard("asha") if "Offer from" in line.message.text]
    assert [file.name for file in offers[-1].attachments] == ["b.pdf"]
    assert "Live by: Sun 20 Dec 2026" in offers[-1].text, "the words beside the file are read with it"


def test_a_file_into_an_open_form_fills_what_is_not_said_yet(stage: Stage) -> None:
    stage.say("brand", "7 food creators in Pune, budget 30k")
    stage.send_file("brand", "", "b.pdf", pdf(LINES))
    stage.press("brand", "Only the brief")
    review = newest(stage, "brand")
    assert "₹30,000" in review
    assert "1 reel" in review
    assert "masala chai" in review


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.pdf", pdf(LINES, locked=True), "locked with a password"),
        ("b.pdf", pdf(LINES, pages=1_000), "has 1000 pages, and I read up to 30"),
        ("b.docx", docx(LINES, bomb_bytes=61_000_000), "more time or memory"),
        ("b.exe", b"MZ\0\0", "I can take photos"),
        ("b.png", PNG, ""),
    ],
)
def test_words_beside_a_file_that_is_not_read_are_heard(
    stage: Stage, name: str, content: bytes, said: str
) -> None:
    stage.send_file("brand", "3 food creators in Pune, 1 reel each, 20k INR #ChaiTime", name, content)
    told = "\n".join(line.message.text for line in stage.heard("brand"))
    assert said in told
    shown = (
        "I understood" in told or "Shall they get the file" in told or "shall creators get the file" in told
    )
    assert shown, "F07, F08: a file never takes the words with it"


def test_a_document_without_a_brief_says_so_and_a_picture_opens_nothing(stage: Stage) -> None:
    stage.send_file("brand", "", "notes.txt", b"Dear all, thank you for the lovely evening.")
    assert "found nothing of a campaign in it" in newest(stage, "brand")
    stage.send_file("brand", "", "a.png", PNG)
    assert "I understood" not in newest(stage, "brand")


def test_a_creator_s_words_beside_a_file_are_heard(stage: Stage) -> None:
    stage.send_file("asha", "offers", "b.pdf", pdf(LINES))
    assert "I don't need a file here" in newest(stage, "asha", 2)
    assert "offer" in newest(stage, "asha").casefold()
