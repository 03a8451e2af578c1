"""How the bot says no. Every error of the core has a sentence, its own or its kind's."""

from collections.abc import Callable

from bots.phrases.amounts import money
from bots.phrases.languages import translated
from bots.phrases.sentences import filled
from core.kit.errors import (
    Conflict,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    TooOften,
    Unavailable,
)
from core.kit.money import Money

SENTENCES: dict[str, str] = {
    "AddressMissing": "Please write the whole address.",
    "AlreadyEngaged": "You already have an open deal with {name} in this campaign.",
    "AlreadyStanding": "This deal stands still already.",
    "AmendmentNotCovered": "The brand's money for this change is not there any more, so your deal stays as it was agreed. Write to the brand, or keep it as it is.",
    "AmendmentUnpaid": "The creators who agreed already would get more for that: {missing} more than the campaign has free. Add funds first, or leave the pieces as they are.",
    "WorkHandedIn": "Work that would be left out is handed in already, so the change isn't possible any more. Your deal stays as it was agreed.",
    "SharesOutOfRange": "The shares of countries, of ages or of women and men can't be more than 100% together, and each counts once.",
    "AlreadyPublished": "Something is already published, so this can't simply be cancelled. You can open a dispute.",
    "AlreadyReviewed": "You have already reviewed this deal. Thank you!",
    "AmountOutOfRange": "That amount can't be paid in. Please name an amount above zero.",
    "AskedAlready": "You have asked for more time already. I'll tell you as soon as they answer.",
    "BothSides": "You can't be the brand and the creator of one deal.",
    "BudgetBelowPaid": "{paid} is paid in already, so the budget can't be less. What is left over comes back when you close the campaign.",
    "BudgetTooLarge": "That is more than one campaign may hold ({maximum}). What budget shall I use?",
    "BudgetTooSmall": "That is below the smallest budget that can pay a creator ({minimum}). What budget shall I use?",
    "ChangeIsOver": "That doesn't wait any more: it has happened, or it was stopped.",
    "ChangeNotFound": "I don't know what that was about any more. Write **stop it** to stop whatever waits.",
    "CampaignFrozen": "This campaign is frozen while a card payment is disputed. I'll tell you when it moves again.",
    "CampaignNotFound": "I can't find that campaign among yours.",
    "CampaignNotFunded": "Offers go out only when the campaign is funded. Fund it first.",
    "AccountLeaves": "One of the two accounts is about to be deleted. Write **stop it** there first if it shall stay.",
    "CannotMerge": "These two accounts can't become one: both have a creator's profile, or one runs deals with a team of the other. Write “human” and a person will look at it.",
    "CodeNotValid": "That code is unknown, used or too old. Ask for a fresh one.",
    "CountryNotPaid": "I can't send money to your country yet. If your account is in another one, change it in your profile.",
    "CreatorNotAvailable": "{name} takes no offers at the moment.",
    "CreatorFrozen": "A person from the marketplace has stopped this creator for a while. It goes on when they let it; write “human” to talk about it.",
    "CurrencyNotTaken": "Payments in {currency} can't be taken here at the moment.",
    "DeadlineInThePast": "That date has passed. By when should the posts be live?",
    "DealNotFound": "I can't find that deal among yours.",
    "DealStandsStill": "This deal stands still for the moment. No clock runs meanwhile; I'll tell you when it goes on.",
    "DealsStillOpen": "Some deals of this campaign are still running. Close it when they have ended.",
    "DocumentDamaged": "I can't open that document: it is damaged, or not what its name says. Please save it anew and send it again.",
    "DocumentLocked": "That document is locked with a password. Please send it without one.",
    "DocumentTooHeavy": "That document takes more time or memory to open than I have. Please send a smaller one.",
    "DocumentTooLong": "That document has {pages} pages, and I read up to {most}. Please send the pages that matter.",
    "DocumentWithoutWords": "I find no words in that document: perhaps it is a scan.",
    "DraftEmpty": "A draft needs a caption, a photo or a video.",
    "FileDamaged": "That file is damaged or not complete. Please send it once more, or another version of it.",
    "FileEmpty": "That file is empty. Please send it once more.",
    "FileKindNotAccepted": "I can take photos (JPEG, PNG, GIF, WebP, HEIC, AVIF), videos (MP4, MOV, WebM), PDFs, Word documents (DOCX) and text files (TXT).",
    "HoursNotValid": "Please name two hours of the day, such as 22-8, or write never.",
    "FileNotFetched": "I couldn't fetch your file from the app. Please send it again.",
    "FileTooLarge": "That file is larger than {limit_mb} MB. Send a smaller version, or paste a link to it.",
    "FilesAway": "I can't keep files at this moment. Please send it again in a few minutes.",
    "FollowersOutOfRange": "That follower count can't be right. Please write a whole number, e.g. 12,000.",
    "LastOwnerStays": "A team always has an owner. Make somebody else the owner first.",
    "LastOwner": "You are the only owner of **{workspace}**, and people, campaigns or money hang on it. Hand it on first (“team”), or close its campaigns and take the money back. If you can't, write “human”.",
    "CountedLinkNotFound": "This link leads nowhere. Please check that it was copied to its end.",
    "LinkNotFound": "That question was answered, or it is too old. Write “link” for a fresh code.",
    "LinkNotOfThisNetwork": "That doesn't look like a link to a post. Open the post, then copy its address.",
    "LinkHidesItsPost": "That link doesn't say which post it is, as share links don't. Open it, then copy the address of the post itself and send it here.",
    "ProfileNotAPost": "That leads to a profile, not to one post. Open the post, then copy its address and send it here.",
    "LandingNotALink": "Please send a full web address, such as https://example.com/page.",
    "NetworkNotConnected": "I can't check {network} posts here yet: this installation only knows the sandbox network.",
    "MemberNotFound": "I can't find them in that team any more.",
    "DataLinkOver": "That link is over. Write “my data” to get a new one.",
    "NoChatToTell": "They have no chat that takes news from us.",
    "MoneyNotPaidOut": "{amount} of yours has not reached you yet. Once it has, I can delete everything. Write “payout” to see where it goes.",
    "NoDeliverables": "Tell me at least one thing to make, e.g. “1 reel and 2 stories”.",
    "MessageEmpty": "There is nothing in it yet. Write a few words, or send a photo.",
    "MessageNotFound": "I can't find that message among yours.",
    "TalkOver": "This deal has ended, so messages in it have ended too. Write “human” to talk to a person of ours.",
    "NoRevisionsLeft": "All agreed rounds of changes are used. You can approve, or open a dispute.",
    "NameNotAllowed": "That name can't be used here: only I write signs such as ✓ and words such as “verified” or “admin”, and each word must be in one alphabet. Please write another name.",
    "NameTaken": "A verified brand has a name that looks like **{name}**. Please add something of your own, such as your city. If that brand is yours, let its owner invite you, or write “human”.",
    "NoRoundsLeft": "All rounds of negotiation are used. Please accept or decline.",
    "NotEnoughMoney": "The campaign doesn't have enough free money for that. Add funds or lower the price.",
    "NothingGiven": "A campaign without cash says what creators get instead. What do you give them?",
    "NoAccountThere": "A piece of this is for {network}, and {name} has no account there yet. “profile” adds one.",
    "NothingHeld": "There is no money left in this deal to argue about.",
    "NothingToUndo": "No chat was linked to you in the last three days.",
    "NothingToReturn": "There is no money left to return.",
    "NotStanding": "This deal doesn't stand still.",
    "NotYourStep": "That step is for the other side to take.",
    "NotYourTurn": "It's the other side's turn to answer.",
    "NumberOutOfRange": "Please name a number from {least} to {most}.",
    "PayoutDetailsMissing": "Tell me where your money should go, e.g. a name for your bank account.",
    "SoundKindNotAccepted": "I can't listen to this kind of sound. Please write it, or record a voice note.",
    "SpeechAway": "I can't listen to voice notes at this moment. Please write it, or send it again in a few minutes.",
    "VoiceTooLong": "I listen to {minutes} minutes at most. Please send a shorter voice note, or write it.",
    "VoiceWithoutWords": "I hear no words in that voice note. Please say it again, or write it.",
    "PicturesNotRead": "I can't read words in pictures here. Please write them, or send a PDF, a Word document or a text file.",
    "PictureTooLarge": "That picture has more pixels than I can look at ({megapixels} million). Please send a smaller version.",
    "PictureMissing": "A screenshot belongs to it: please send a picture of the post.",
    "PostElsewhere": "That is on {found}, and it was agreed for {agreed}. Which link has the one on {agreed}?",
    "PostTaken": "That post is the proof of another piece of work already. Which link has the one you made for this?",
    "PictureTaken": "That screenshot is the proof of another piece of work already. Please send one of this post.",
    "PostOfAnother": "That link names {found}, and your account on {network} is another one. Which link has your own post? If you changed your name there, tell me in your `profile` first.",
    "PictureNotAPhoto": "Please send a photo of yourself: a video or a document can't stand there.",
    "AskedOutOfRange": "That price can't be offered here. Please name another one.",
    "PriceOutOfRange": "A price here is between {least} and {most}. Please name another one.",
    "RateOutOfRange": "Please name a rate above zero.",
    "ReasonMissing": "Please say in a few words why.",
    "RestStillNeeded": "That campaign still needs its money, or its bank has yet to decide whose it is.",
    "ReviewWindowClosed": "The time to review this deal is over.",
    "RoleMissing": "Your role in this team doesn't allow that. An owner can change roles with “team”.",
    "SharesDoNotAdd": "The two shares don't add up to the {held} that is held. Nothing was decided.",
    "SplitOutOfRange": "The share must be between nothing and everything that is held.",
    "ShownChanged": "This has changed since you saw it, so nothing was done.",
    "StarsOutOfRange": "Please give one to five stars.",
    "StepNotPossible": "That isn't possible any more.",
    "StillToBeSeen": "I have to see that post once more before its money goes out.",
    "TargetNotALink": "Please send a full web address, such as https://example.com/page.",
    "TaxNumberNotValid": "That is not a valid GSTIN: its check character doesn't fit. Please compare it with your certificate.",
    "TooManyFiles": "You've sent as many files as I can take in an hour. Please send the rest later.",
    "TooOften": "That's a lot at once, so I stopped reading. Please wait {minutes} min and send it again.",
    "WorkspaceFrozen": "A person from the marketplace has stopped this brand for a while. It goes on when they let it; write “human” to talk about it.",
    "WorkNotPaidYet": "You have work that is published and not yet paid in full, or argued about. Wait until it has come to its end; then I can delete everything.",
    "WebsiteNotAccepted": "I can't use that website. Please name your own domain, such as example.com.",
    "WebsiteNotReachable": "I couldn't reach that website. Is the name right?",
}
KINDS: dict[type[DomainError], str] = {
    InvalidInput: "I can't work with that. Could you try another way?",
    NotFound: "I couldn't find that among your things.",
    NotAllowed: "That isn't yours to change.",
    Conflict: "That isn't possible any more.",
    TooOften: "That's a lot at once. Please wait a little and try again.",
    Unavailable: "Something outside isn't answering. Nothing was lost; please try again in a moment.",
}
OTHER = "That did not work."
FACTS: dict[type, Callable[[Money], str]] = {Money: money}


def known(code: str, **facts: object) -> str:
    """Return the sentence of an error that is known by its code only."""
    return filled(SENTENCES[code], **facts)


def sentence(error: DomainError) -> str:
    """Return the kindest sentence we have for this error."""
    own = SENTENCES.get(error.code)
    if own is not None:
        facts = {
            name: FACTS[type(value)](value) if type(value) in FACTS else value  # type: ignore[arg-type]
            for name, value in error.facts.items()
        }
        return filled(own, **facts)
    return translated(next((text for kind, text in KINDS.items() if isinstance(error, kind)), OTHER))
