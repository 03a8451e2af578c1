"""The whole job as a story: from one sentence to paid creators, with everything that can happen on the way.

A brief; three offers, of which one is accepted, one countered, one left to expire; a requested change; an
approval by silence; three posts, of which one is deleted while it should stay; a dispute that an operator
resolves; payouts, the refund of the rest, reviews, the report. Amounts are the same in every run.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from core.ledger.checks import CHECK_EVERY
from market.stage import PNG, Stage

BRAND, ASHA, RAVI, MEERA = "monsoon", "asha-n", "ravi-n", "meera-n"
LOOKS_MAX = 400
ACTS_TO_OFFERS_MAX = 4
"""In so many acts of a known brand one sentence becomes offers."""
ACTS_TO_PROFILE_MAX = 3
"""In so many acts somebody who introduces herself in a sentence is a creator."""
ACTS_TO_DRAFT_MAX = 4
"""In so many acts of a creator an offer becomes a draft that the brand has."""
BUDGET_MINOR = 30_000_00
BRIEF = (
    "Need 3 food creators in Nashik for our monsoon menu launch, 1 reel and 1 post each, budget ₹30,000,"
    " followers 2k-40k, #MonsoonMenu, no alcohol, https://monsoon.example.com/menu"
)
CAPTION = "#ad The monsoon thali at Monsoon Kitchen is back! #MonsoonMenu"
PAID_IN = ("to_creators", "commission", "refunded")

Show = Callable[[str], None]


@dataclass
class Checks:
    """What the story insists on; `failed` is empty when everything held."""

    show: Show
    passed: int = 0
    failed: list[str] = field(default_factory=list)

    def that(self, what: str, holds: object) -> None:
        """Note whether something holds."""
        if holds:
            self.passed += 1
            self.show(f"  ✓ {what}")
        else:
            self.failed.append(what)
            self.show(f"  ✗ {what}")


@dataclass
class Story:
    """The story on a stage. `scene` is told to whoever watches, `pause` runs between the scenes."""

    stage: Stage
    checks: Checks
    scene: Show
    pause: Callable[[str], None] = lambda _: None
    campaign: dict[str, Any] = field(default_factory=dict)
    at_the_offer: int = 0

    def play(self) -> None:
        """Play every scene in order."""
        for number, (title, act) in enumerate(self.scenes(), 1):
            self.scene(f"{number}. {title}")
            act()
            self.show_money()
            self.pause(title)

    def scenes(self) -> list[tuple[str, Callable[[], None]]]:
        """Return the scenes, in order."""
        return [
            ("A brand opens its workspace", self.brand_arrives),
            ("Three creators introduce themselves", self.creators_arrive),
            ("One sentence becomes three offers, with their money", self.campaign_begins),
            ("Three offers are out: one is accepted, one is answered with a price", self.offers_go_out),
            ("A draft, a change, a second draft", self.drafts),
            ("Silence: the third offer expires, a draft is approved by the clock", self.silence),
            ("Three posts go live, the first money is released", self.posts),
            (
                "One post disappears; it lapses, and the rest comes back pro rata",
                self.post_disappears,
            ),
            ("A dispute, and an operator who decides it", self.dispute),
            ("Payouts after the security delay", self.payouts),
            ("Reviews, the report, and the rest goes back", self.the_end),
        ]

    def brand_arrives(self) -> None:
        """Open a workspace by answering four questions."""
        s = self.stage
        s.say(BRAND, "hi")
        s.press(BRAND, "I'm a brand")
        s.say(BRAND, "Monsoon Kitchen")
        s.press(BRAND, "A brand")
        s.say(BRAND, "India")
        s.press(BRAND, "INR")
        s.press(BRAND, "Open workspace")
        s.say(BRAND, "verify")
        s.press(BRAND, "GSTIN")
        s.say(BRAND, "27AAPFU0939F1Z1")
        self.checks.that("a mistyped GSTIN is refused in words", s.last(BRAND, "not a valid GSTIN"))
        s.say(BRAND, "27AAPFU0939F1ZV")
        self.checks.that("the right one is accepted", s.last(BRAND, "27AAPFU0939F1ZV"))

    def creators_arrive(self) -> None:
        """Let one creator tell everything at once, and two answer the questions."""
        s = self.stage
        s.say(
            ASHA,
            "I'm Asha Kulkarni from Nashik, food blogger, insta @asha.nashik 12.4k followers,"
            " ₹6000 per reel, I speak Marathi and Hindi",
        )
        s.press(ASHA, "I agree")
        s.press(ASHA, "Save my profile")
        acts = s.acts[ASHA]
        self.checks.that(f"from one sentence to a profile in {acts} acts", acts <= ACTS_TO_PROFILE_MAX)
        for who, name, followers, rate in (
            (RAVI, "Ravi Deshmukh", "8,900", "5,000"),
            (MEERA, "Meera Joshi", "21.7k", "7,000"),
        ):
            self._introduce(who, name, followers, rate)
        for who in (ASHA, RAVI, MEERA):
            s.say(who, "payout")
            s.say(who, f"{who}@upi")
            s.press(who, "Save")
            self.checks.that(f"{who} can be paid", s.last(who, f"{who}@upi"))

    def _introduce(self, who: str, name: str, followers: str, rate: str) -> None:
        s = self.stage
        s.say(who, "hi")
        s.press(who, "I'm a creator")
        s.press(who, "I agree")
        s.say(who, name)
        s.press(who, "Instagram")
        s.say(who, f"@{who}.eats".replace("-n", ""))
        s.say(who, followers)
        s.press(who, "Food")
        s.press(who, "Done")
        s.say(who, "Nashik")
        s.say(who, "Marathi and English")
        s.press(who, "INR")
        s.press(who, "Reel")
        s.say(who, rate)
        s.press(who, "Save my profile")

    def campaign_begins(self) -> None:
        """Write the sentence, look at what was understood, pay."""
        s = self.stage
        before = s.acts[BRAND]
        s.say(BRAND, BRIEF)
        understood = s.last(BRAND, "I understood")
        for words in (
            "1 reel and 1 post",
            "₹30,000",
            "Nashik",
            "Food",
            "#MonsoonMenu",
            "2,000 to 40,000",
        ):
            self.checks.that(f"the bot understood {words}", words.lower() in understood.lower())
        s.press(BRAND, "Save and find")
        the_set = s.last(BRAND, "3 of 3 fitting creators")
        self.checks.that("three creators fit, and it says what is self-declared", "self-declared" in the_set)
        self.checks.that("what is paid sums", "You pay ₹26,600: ₹23,408 for them, ₹3,192 for us" in the_set)
        s.press(BRAND, "Pay ₹26,600 and send 3 offers")
        s.press(BRAND, "Pay with play money")
        self.checks.that("what the set costs is paid", s.last(BRAND, "is funded** with ₹26,600"))
        offers_out, acts = s.last(BRAND, "3 offers are out"), s.acts[BRAND] - before
        self.checks.that(
            f"from the sentence to the offers in {acts} acts", offers_out and acts <= ACTS_TO_OFFERS_MAX
        )
        self.campaign = self._campaign()

    def offers_go_out(self) -> None:
        """Asha accepts her offer, Ravi names his price, which needs more than was paid."""
        s = self.stage
        self.checks.that("Asha sees her net pay before she agrees", "for you" in s.last(ASHA, "Offer from"))
        self.at_the_offer = s.acts[ASHA]
        s.press(ASHA, "Accept")
        s.press(ASHA, "Agree")
        s.press(RAVI, "Propose my price")
        s.say(RAVI, "9,500")
        s.press(RAVI, "Send proposal")
        self.checks.that("the brand hears what is missing for it", s.last(BRAND, "needs ₹2,720 more"))
        s.say(BRAND, "fund")
        s.press(BRAND, "₹3,400: the whole budget")
        s.press(BRAND, "Go to payment")
        s.press(BRAND, "Pay with play money")
        s.press(BRAND, "Accept ₹9,500")
        self.checks.that("Ravi's price is agreed", s.last(RAVI, "It's a deal"))

    def drafts(self) -> None:
        """Hand in drafts; the brand asks Asha for a change and approves the second try."""
        s = self.stage
        s.send_file(ASHA, "Reel: The monsoon thali is back! #MonsoonMenu", "reel.png", PNG)
        self.checks.that("the linter misses the label", s.last(ASHA, "advertising label is missing"))
        s.press(ASHA, "Send draft")
        acts, sent = s.acts[ASHA] - self.at_the_offer, s.last(BRAND, "Draft from Asha Kulkarni: reel")
        self.checks.that(f"from the offer to the draft in {acts} acts", sent and acts <= ACTS_TO_DRAFT_MAX)
        s.press(BRAND, "Ask for changes")
        s.say(BRAND, "Please say that it is an ad, right at the start.")
        self._confirm(BRAND, "Ask for it")
        s.press(ASHA, "Hand in reel")
        s.say(ASHA, CAPTION)
        s.press(ASHA, "Skip")
        s.press(ASHA, "Send draft")
        s.press(BRAND, "Approve")
        self._draft(ASHA, "Hand in post", "#ad Three plates, one rain. #MonsoonMenu")
        s.press(BRAND, "Approve")
        self._draft(RAVI, "Hand in reel", "#ad Thali at the end of the road #MonsoonMenu")

    def silence(self) -> None:
        """Let three days pass: Meera's offer expires, Ravi's draft is approved by silence."""
        s = self.stage
        s.advance(timedelta(hours=73))
        self.checks.that("Meera's offer has expired", s.last(MEERA, "has expired"))
        self.checks.that("its money is free again", s.last(BRAND, "Meera Joshi did not answer"))
        self.checks.that("silence approved Ravi's draft", s.last(RAVI, "the clock approved it"))

    def posts(self) -> None:
        """Publish three posts and have them verified."""
        for who, button in ((ASHA, "Publish reel"), (ASHA, "Publish post"), (RAVI, "Publish reel")):
            self.stage.say(who, "work")
            self.stage.press(who, button)
            counted = self.stage.last(who, "counted link")  # the card is another when it is posted
            self.stage.press(who, "Post it on the sandbox")
            self.stage.press(who, "Submit this link")
        live = [p for p in self._pieces() if p["state"] == "live"]
        self.checks.that("three posts are live", len(live) == 3)  # noqa: PLR2004
        code = counted.split("/l/")[1].split()[0]
        answer = self.stage.fetch(f"/l/{code}")
        leads = "utm_medium=influencer" in answer.headers.get("location", answer.text)
        self.checks.that("the counted link leads to the menu with UTM", leads)

    def post_disappears(self) -> None:
        """Delete Asha's post after two days; it is missed, not restored, and lapses."""
        s = self.stage
        s.advance(timedelta(days=2))
        s.network("delete", self._piece("post", "live")["post_url"])
        for hours in (29, 4, 4):  # longer than the longest pause between checks, then two more looks
            s.advance(timedelta(hours=hours), timedelta(hours=hours))
        self.checks.that("the brand is told that it is gone", s.last(BRAND, "has gone from the network"))
        s.advance(timedelta(hours=25), timedelta(hours=25))
        self.checks.that("it lapsed", self._piece("post", "lapsed"))
        self.checks.that("the brand got the rest back", s.last(BRAND, "is back in the campaign"))
        s.advance(timedelta(days=4))
        reels = [p for p in self._pieces() if p["kind"] == "reel" and p["state"] == "completed"]
        self.checks.that("both reels stayed and are complete", len(reels) == 2)  # noqa: PLR2004

    def dispute(self) -> None:
        """Argue about Ravi's post, which never came; an operator splits what is held."""
        s = self.stage
        s.say(BRAND, "deals")
        s.press(BRAND, "Open a dispute")
        s.say(BRAND, "The second piece never came, and we agreed on it for this month.")
        self._confirm(BRAND, "Open dispute")
        s.press(RAVI, "Give my view")
        s.say(RAVI, "I was ill; the draft was half done. I'd accept a third of it.")
        s.press(RAVI, "Send my view")
        found = s.operator("GET", "/overview")["disputes"]
        self.checks.that("the operator sees both views", found and found[0]["answer"])
        held = found[0]["held"]["minor"]
        body: dict[str, object] = {
            "reason": "A third of the work was done.",
            "decision": "split",
            "currency": found[0]["held"]["currency"],
            "creator_gets_minor": held // 3,
            "brand_gets_minor": held - held // 3,
            "shown": found[0]["mark"],
        }
        s.operator("POST", f"/deals/{found[0]['deal_id']}/resolve", body)
        s.settle()
        self.checks.that("both sides read the reason", s.last(RAVI, "A third of the work was done."))

    def payouts(self) -> None:
        """Let the security delay pass."""
        s = self.stage
        s.advance(timedelta(days=6), timedelta(days=1))
        for who in (ASHA, RAVI):
            s.say(who, "money")
            wallet = s.last(who, "paid out")
            self.checks.that(f"{who} has been paid, nothing is waiting", "delay: ₹0" in wallet)
            self.checks.that(f"{who} was told of each payout", s.last(who, "is on its way to you"))

    def the_end(self) -> None:
        """Review each other, look at the report, close the campaign."""
        s = self.stage
        for who, stars, words in (
            (ASHA, "★★★★★", "Clear brief, paid on time."),
            (BRAND, "★★★★☆", "Lovely reel."),
        ):
            s.say(who, "work" if who == ASHA else "deals")
            self._review(who, stars, words)
        self.checks.that("reviews open when both have spoken", s.last(ASHA, "Lovely reel."))
        s.say(BRAND, "report")
        self.checks.that("the report has a chart", self._has_chart())
        s.say(BRAND, "close campaign")
        s.press(BRAND, "Refund to the card")
        s.press(BRAND, "Close campaign")
        self.checks.that("the campaign is closed", s.last(BRAND, "is closed"))
        money = self._money()
        self.checks.that("every unit of the budget is accounted for", money["adds_up"])
        self.checks.that("it is the budget", money["paid_in"] == BUDGET_MINOR)
        left = {name: v for name, v in money["parts"].items() if v and name not in PAID_IN}
        self.checks.that("nothing is left anywhere", not left)
        overview = self._overview_with_books()
        books = overview["books"] or {"violations": ["the ledger was not checked"]}
        self.checks.that("the ledger has no violation", books["violations"] == [])
        self.checks.that("no promise is parked", overview["parked"] == [])

    # --- helpers of the scenes

    def _overview_with_books(self) -> dict[str, Any]:
        """Return the operators' first page once the timetable has looked at the books as they are now."""
        before = self.stage.operator("GET", "/overview")
        found: dict[str, Any] = before
        self.stage.advance(CHECK_EVERY)
        for _ in range(LOOKS_MAX):
            found = self.stage.operator("GET", "/overview")
            if found["books"] != before["books"]:
                break
            self.stage.settle()
        return found

    def _draft(self, who: str, button: str, caption: str) -> None:
        s = self.stage
        s.say(who, "work")
        s.press(who, button)
        s.say(who, caption)
        s.press(who, "Skip")
        s.press(who, "Send draft")

    def _review(self, who: str, stars: str, words: str) -> None:
        s = self.stage
        deal = next(d for d in self._campaign()["deals"] if d["pieces"][1]["state"] == "lapsed")
        s.press(who, "Write a review", about=deal["id"].replace("-", ""))
        s.press(who, stars)
        s.say(who, words)
        self._confirm(who, "Send review")

    def _confirm(self, who: str, label: str) -> None:
        """Press the last button where one is shown: the submit of an app's own form was the act already."""
        shown = [b.label for row in self.stage.heard(who)[-1].message.buttons for b in row]
        if any(label in each for each in shown):
            self.stage.press(who, label)

    def _has_chart(self) -> bool:
        lines = self.stage.heard(BRAND)
        return any(a.name == "chart.png" for line in lines for a in line.message.attachments)

    def _campaign(self) -> dict[str, Any]:
        found: list[dict[str, Any]] = self.stage.operator("GET", "/campaigns")
        return next(c for c in found if c["title"] == "MonsoonMenu")

    def _pieces(self) -> list[dict[str, Any]]:
        return [piece for deal in self._campaign()["deals"] for piece in deal["pieces"]]

    def _piece(self, kind: str, state: str) -> dict[str, Any]:
        fitting = [p for p in self._pieces() if p["kind"] == kind and p["state"] == state]
        return fitting[0] if fitting else {}

    def _money(self) -> dict[str, Any]:
        found: dict[str, Any] = self.stage.operator("GET", f"/campaigns/{self.campaign['id']}/money")
        return found

    def show_money(self) -> None:
        """Show where the campaign's money is after a scene."""
        if not self.campaign:
            return
        found = self._money()
        parts = [f"{name.replace('_', ' ')} ₹{v / 100:,.2f}" for name, v in found["parts"].items() if v]
        self.scene(f"   money: {' + '.join(parts)} = ₹{found['paid_in'] / 100:,.2f}")
        self.checks.that("the parts sum to what was paid in", found["adds_up"])
