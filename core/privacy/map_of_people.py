"""The map's part about people: what they say, who they are, what staff wrote of them."""

from sqlalchemy import null

from core.conversations import service as conversations
from core.messaging import mailbox
from core.privacy.entries import PSEUDONYM, Entry, Fate, Whose

DELETED, BLANKED, SEALED, KEPT = Fate.DELETED, Fate.BLANKED, Fate.SEALED, Fate.KEPT
TALK = "What was said is nobody's business any more."

OF_TALK = (
    Entry(
        "mailbox",
        {"owner_id": Whose.PERSON, "channel chat_id": Whose.CHAT},
        DELETED,
        "channel chat_id key body media owner_id",
        TALK,
        export="channel incoming at body",
        sealed={"body": mailbox.PLACE},
    ),
    Entry(
        "outbox",
        {"owner_id": Whose.PERSON, "aggregate": Whose.PROMISE},
        DELETED,
        "aggregate payload last_error owner_id",
        TALK,
    ),
    Entry(
        "held_message",
        {"owner_id": Whose.PERSON, "channel chat_id": Whose.CHAT},
        DELETED,
        "key channel chat_id body owner_id",
        TALK,
    ),
    Entry("arrival", {"channel chat_id": Whose.CHAT}, DELETED, "channel chat_id group_key body", TALK),
    Entry("receipt", {"channel chat_id": Whose.CHAT}, DELETED, "key channel chat_id ref about", TALK),
    Entry("sent_words", {"channel chat_id": Whose.CHAT}, DELETED, "channel chat_id digest", TALK),
    Entry(
        "conversation",
        {"person_id": Whose.PERSON, "channel chat_id": Whose.CHAT},
        DELETED,
        "channel chat_id person_id session owner_id",
        TALK,
        export="channel updated_at session",
        sealed={"session": conversations.PLACE},
    ),
    Entry(
        "support_request",
        {"person_id": Whose.PERSON},
        DELETED,
        "person_id text answer owner_id",
        TALK,
        export="asked_at text answered_at answer",
        sealed={"text": conversations.WORDS, "answer": conversations.WORDS},
    ),
)

OF_PEOPLE = (
    Entry("one_time_code", {"person_id": Whose.PERSON}, DELETED, "person_id", "It opens nothing any more."),
    Entry(
        "step_up",
        {"id": Whose.STEP_UP},
        DELETED,
        "person_id subject_id what",
        "It happens no more.",
        export="change state asked_at due_at",
    ),
    Entry(
        "step_up_chat",
        {"person_id": Whose.PERSON, "channel chat_id": Whose.CHAT},
        DELETED,
        "channel chat_id person_id",
        "It happens no more.",
    ),
    Entry(
        "link_request",
        {"from_person": Whose.PERSON, "to_person": Whose.PERSON},
        DELETED,
        "from_person to_person channel moved agreed_in",
        "Nothing can be taken back any more.",
        export="kind channel state entered_at done_at",
    ),
    Entry(
        "member",
        {"person_id": Whose.PERSON},
        DELETED,
        "person_id",
        "They belong to no team any more.",
        export="workspace_id role since",
    ),
    Entry(
        "browser_session",
        {"user_name": Whose.SEAT},
        DELETED,
        "user_name browser",
        "Nobody sits at their chats any more.",
        export="browser made_at seen_at ends_at",
    ),
    Entry(
        "channel_identity",
        {"person_id": Whose.PERSON},
        DELETED,
        "user_id chat_id person_id",
        "Names and numbers of chat accounts; whoever writes again is somebody new.",
        export="channel user_id last_seen_at opted_in_at muted_at",
    ),
    Entry(
        "app_installation",
        {"team_id user_id": Whose.SLACK},
        BLANKED,
        "user_id",
        "A team keeps its app; who put it there is forgotten.",
        blank={"user_id": ""},
    ),
    Entry(
        "media_file",
        {"owner_id": Whose.PERSON},
        DELETED,
        "owner_id digest name",
        "The files go with their rows, unless somebody else sent the very same.",
        export="name content_type size_bytes created_at",
        done_by="core.media: forget",
    ),
    Entry(
        "consent",
        {"person_id": Whose.PERSON},
        KEPT,
        "person_id",
        "That they agreed, to which text, and took it back when they were forgotten: the proof that we were"
        " allowed to (GDPR article 7.1). It names an id.",
        export="purpose version text given_at withdrawn_at",
        done_by="core.compliance: withdraw",
    ),
    Entry(
        "person",
        {"id": Whose.PERSON},
        BLANKED,
        "name language timezone quiet_from quiet_until summaries summarised_at referred_by",
        "The row stays as a pseudonym for the books.",
        blank={
            "name": PSEUDONYM,
            "language": "",
            "timezone": "UTC",
            "quiet_from": null(),
            "quiet_until": null(),
            "summaries": "never",
            "summarised_at": null(),
            "referred_by": null(),
        },
        export="name language timezone quiet_from quiet_until summaries created_at",
    ),
)

OF_STAFF = (
    Entry(
        "operator_act",
        {"about": Whose.PERSON},
        SEALED,
        "about reason",
        "Who of the staff did what, and when, stays; what they wrote of a person ends with that person's key."
        " The reason of an erasure is kept, and must not name them.",
        export="at act stage",
    ),
    Entry(
        "operator_proposal",
        {"about": Whose.PERSON},
        BLANKED,
        "about reason",
        "What staff wrote of a person ends with them.",
        blank={"reason": ""},
    ),
    Entry(
        "operator_task",
        {"subject_id": Whose.SUBJECT},
        BLANKED,
        "outcome",
        "What staff wrote of a person ends with them.",
        blank={"outcome": ""},
    ),
)
