"""Sentences about people's accounts: what waits to be confirmed, and leaving."""

SENTENCES: dict[str, str] = {
    "step_up.payee": "send your money to **{label}**{now}",
    "step_up.payee_now": " (it goes to {label} until then)",
    "step_up.link": "bring the {app} chat of **{name}** to the account of **{other}**",
    "step_up.erasure": "delete everything about you",
    "step_up.asked": "**Was that you?** In another chat of yours somebody asked me to {what}. I'll do it on {at}. If it wasn't you, press “Stop it” or write **stop it**: nothing will change, and a person will look at it.",
    "step_up.yes": "Yes, that was me",
    "step_up.stop": "Stop it",
    "step_up.begun": "Noted. On {at} I'll {what}; nothing changes before. You can stop it until then: write **stop it**.",
    "step_up.others": "I have asked in {n:other chat|other chats} of yours whether it was you; a yes there can make it quicker.",
    "step_up.thanks": "Thank you. You can still stop it until it is done.",
    "step_up.nothing": "Nothing of yours waits to be changed.",
    "step_up.stopped": "**Stopped.** I won't {what}. If you didn't ask for it, somebody else may be reading one of your chats: log out everywhere in that app, and write “human”.",
    "step_up.stop_again": "If you meant that I shall send nothing here any more, write **stop** once more.",
    "step_up.done": "That is done already. If it wasn't you, write “human” at once.",
    "step_up.replaced": "That was replaced by something you asked for later. Write **stop it** to stop that.",
    "step_up.failed": "I can't {what} as things are now. Nothing was changed.",
    "step_up.forgotten": "change that",
    "notice.payee_changed": "From now on your money goes to **{label}**. If you didn't ask for that, write “human” at once.",
    "notice.workspace_frozen": "A person from the marketplace has stopped **{workspace}** for a while: no offers, no new funds, and nothing is closed. Its deals stand still with all their clocks, and the money stays where it is.{reason} Write “human” to talk about it.",
    "notice.workspace_unfrozen": "**{workspace}** goes on. All dates of its deals have moved by the time it stood.{reason}",
    "notice.creator_frozen": "A person from the marketplace has stopped your account for a while: no new offers or applications, and payouts wait. Your deals stand still with all their clocks, so nothing can become late; what you have earned stays yours.{reason} Write “human” to talk about it.",
    "notice.creator_unfrozen": "Your account goes on. All dates of your deals have moved by the time it stood, and what waited is paid out as usual.{reason}",
    "data.link": (
        "Here is everything I have of you: your profile, our messages, your deals, your money and your files, as JSON and as"
        " tables for a spreadsheet. It is made when you open the link, and the link lives for a day. Give it to nobody: who"
        " has it sees all of that. Your other chats hear that you asked."
    ),
    "data.open": "Open my data",
    "data.end": "End that link",
    "data.ended": "No link to your data that was given out before leads anywhere any more. If you didn't ask for it, somebody else may be reading one of your chats: log out everywhere in that app, and write “human”.",
    "data.none": "There is no link to your data that still leads anywhere.",
    "data.too_often": "You've asked three times today. The links you have are good for a day each.",
    "data.private": "That is for you alone. Please ask me in our own chat, not where others read along.",
    "data.readme": (
        "This is what NanoInfluencer MarketPlace keeps of you, as of {at}.\n\neverything.json has all of it; each .csv file is one"
        " part of the same, for a spreadsheet; the folder files has what you sent"
        " (left-out.txt in it names what was too much or is gone; write “human” for it). Amounts ending in _minor are in the"
        " smallest unit of their currency (cents, paise). Times are in UTC.\n\nWhat others wrote about you outside of your own"
        " chats is theirs and is not in here. For how long each part is kept, and why, is in docs/privacy.md. Questions? Write"
        " “human” to the bot.\n"
    ),
    "notice.data_asked": "Everything I have of you was asked for, in {app}. If that wasn't you, press “End that link” or write **end my links**.",
    "notice.data_sent": "You asked us by letter for everything I have of you; the link went to {app}. If that wasn't you, press “End that link” or write **end my links**, then “human”.",
    "notice.data_ready": "You asked for your data. Here is everything I have of you; the link lives for a day. Give it to nobody.",
    "delete.ask": (
        "This deletes your profile, our messages, your files and your chat links, for good, in three days; until then"
        " you can take it back. Payment records stay, under a number instead of your name, because the law asks for"
        " them.\n\n{open}To go on, write **delete my data**."
    ),
    "delete.open": "You have {count:running deal|running deals}; they will be cancelled and {held} goes back to the brands.\n\n",
    "delete.hint": "To delete everything write: delete my data. Or write “cancel”.",
    "delete.button": "Delete my data",
    "delete.waits": "Everything about you is to be deleted on {at}. Nothing more will come from me then.",
    "sessions.none": "You are signed in with no browser.",
    "sessions.card": "You are signed in with {n:browser|browsers}:\n{lines}",
    "sessions.line": "{number}. {browser} ({user}): since {made}, last seen {seen}",
    "sessions.unknown": "a browser I don't know",
    "sessions.only_way": "A browser is your only way in here: write “link” in it first and add another app, or you can't come back.",
    "sessions.end_one": "Sign out {number}",
    "sessions.end_all": "Sign out everywhere",
    "sessions.ended": "Done: {n:browser is|browsers are} signed out.",
}
