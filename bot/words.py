"""What the bot says of itself."""

from importlib.metadata import version

from flows.catalogue import RULES, TO_BE_CONFIRMED
from flows.citations import CITATIONS
from flows.instruments import SHIPPED
from flows.lines import example
from flows.protocol import PROTOCOL_VERSION

VERSION = version("quiesce")

# Every command, in the order of /help; Telegram shows the same list in its menu.
COMMANDS = {
    **{
        each.command: f"{each.disease.label}: {each.title}, item by item or in one line: {example(each)}"
        for each in SHIPPED
    },
    "labs": "laboratory values in one message, with their units: /labs crp 12 alc 480/µL; with a code, of that patient",
    "why": "the reasons and sources of the last verdict",
    "protocol": "the protocol in short, section by section, beside the US label where they differ",
    "dose": "what each authority says of the dose in each disease; none is chosen",
    "evidence": "what the studies of upadacitinib found, one by one: response, remission, safety; of how many, if told",
    "mechanism": "how upadacitinib works, and why it may where biologics have failed: by the protocol and others",
    "new": "enrol a patient under a code, never a name; /new CD-0042 takes the clinic's own pseudonym",
    "visit": "a visit: /visit and the code of the patient",
    "p": "a patient's menu: /p and the code; alone, the list of patients",
    "status": "a patient's verdict card: /status and the code",
    "trend": "a picture of a patient's course, with a text: /trend and the code",
    "due": "what is due of your patients or in the clinic; with a code, of one patient; Calendar sends it as a file",
    "remind": "a reminder of your own: /remind, the code, the day, a few words, no names",
    "panel": "the clinic today: in remission, undecided, overdue, without a baseline",
    "history": "everything that was recorded of a patient, with who and when: /history and the code",
    "undo": "take back the last entry of a patient: /undo and the code",
    "replay": "an old verdict from what it rested on: /replay and its number",
    "demo": "the rehearsal: a fictitious patient through 52 weeks, scene by scene",
    "cancel": "leave the open questionnaire: resume it, keep it, or discard it",
    "resume": "go on with a questionnaire kept for later",
    "invite": "owners: a one-time code for a nurse, a doctor or an owner: /invite nurse",
    "settings": "the hour and zone of your reminders; owners: region of the label, laboratory units, "
    "cover and lead, patients on",
    "team": "owners: who has access; revoke it",
    "help": "this list",
    "about": "intended use, versions, sources",
    "privacy": "what is stored, and for how long",
    "start": "a greeting; with a code, access",
}
_OPENERS = " or ".join(", ".join(f"/{each.command}" for each in SHIPPED).rsplit(", ", 1))

SUPPORTS = "Supports, does not replace, clinical judgement."
STRANGER = "This bot is for the members of one clinic. If you were given a code, send /start and the code."
STORE_UNAVAILABLE = "The store is unavailable. Nothing is lost: your message waits and is tried again."
ANOTHER_POLLER = (
    "Another program reads this bot's messages with the same token, so this one has stopped. "
    "If nobody of yours started it, the token is in strange hands: rotate it, as the runbook says."
)
OUR_FAULT = "Something went wrong on our side. Nothing of your last message took effect; please send it again."

EDITED = "An edited message changes nothing. Please send it as a new message."
NOT_TEXT = (
    "Only buttons and text are read here: no pictures, documents or voice. Nothing of that was stored. "
    "If it shows a person, delete it here at once."
)
PERSONAL = (
    "That looks like {found}. Patients stand here under a code alone, so nothing of it was taken or stored. "
    "Telegram still has the message: delete it at once."
)
DELETED = "Telegram was asked to delete that message. If it still stands in this chat, delete it there."
NOTHING_OPEN = f"Nothing is open. {_OPENERS} begins a questionnaire, /help lists everything."
UNKNOWN_COMMAND = "There is no such command. /help lists them."
NOTHING_TO_SAY_WHY = "There is no verdict to explain: a quick check ends an hour after its verdict."
NOTHING_KEPT = "Nothing is kept for later."
ENDED = "This check has ended: nothing of it is kept."
DISCARDED = "Ended: its answers are erased. The message stays in this chat until you delete it."
NEWER_CARD = "A newer card has taken the place of this one: /status {code}."
NOT_KNOWN = (
    "What you reply to is not known any more. Nothing was changed: send it without a reply, or open it again. "
    "/labs and a patient's code takes values."
)
TAKES_NO_ANSWER = "That message takes no answer any more. Nothing was changed; /labs and a patient's code takes values."
OF_SEVERAL = (
    "This message is about several patients, so nothing was taken: tap one, or reply to the message of that patient "
    "alone. /labs and the code takes values, too."
)
WHOSE = (
    "Reply to the message of that patient, or tap its button: what you wrote may be for one patient or for another. "
    "Nothing was changed."
)
BEHIND_US = "That question is already behind us. Nothing was changed."
FLOODING = "That was too much at once: the last taps or messages were not taken. Please repeat them slowly."
NO_SUCH_PAGE = "That page is not there any more: send the command again."
NOT_YOURS = "This button is not known here. Nothing was changed."
REHEARSED = "{code} is the code of the rehearsal, and no patient's. Nothing was changed."
NOTHING_STANDS = (
    "{code} is enrolled already, and nothing stands in its record: /p {code} opens it, and Details, Checklist and "
    "Course take what is known. The code is given to nobody else: another patient needs another pseudonym."
)
PATIENTS_OFF = (
    "Storing patients is off until an owner has confirmed in /settings that your organisation approved it. "
    "Quick checks need no confirmation."
)
PATIENTS_OFF_SETTINGS = (
    "Storing patients is off. Before you confirm: pseudonymous data are still personal data; Telegram chats with bots "
    "are not end-to-end encrypted. In the US dates of service are identifiers, and Telegram signs no business "
    "associate agreement. In the EU these are special-category data without a processor contract, and such software "
    "is a medical device: until it is certified it must not influence the care of a patient, so fictitious and "
    "retrospective charts only. Your confirmation is stored with your member number and the day."
)
MEMBER_ALREADY = "You are a member already; no code is needed."
CHOOSE = "Please choose one of the buttons, or type what stands on it."

GREETING = (
    "Quiesce: remission in Crohn's disease and ulcerative colitis on upadacitinib, by named rules.\n"
    f"{_OPENERS} begins, /help lists everything.\n"
    "For health professionals. It states facts and rules; it never decides. Not for emergencies."
)


def help_text() -> str:
    lines = [f"/{name}: {what}" for name, what in COMMANDS.items()]
    return "\n".join(
        [
            *lines,
            "",
            "Tap a button, or type what stands on it. A dash in a line is not assessed.",
            "The total of a patient's old record, without its items: /hbi CODE total 9 2 May 2026.",
            "In the middle of a questionnaire every command is answered at once, and the question comes back; "
            "one that begins another questionnaire asks first what becomes of the open one.",
        ]
    )


def about_text(patients: str) -> str:
    instruments = ", ".join(f"{each.title} (version {each.version})" for each in SHIPPED)
    return "\n".join(
        [
            f"Quiesce {VERSION}, protocol {PROTOCOL_VERSION}.",
            "Intended use: health professionals who treat Crohn's disease or ulcerative colitis with upadacitinib "
            "enter scores and read what named rules say of them. Not for patients, not for emergencies.",
            f"Instruments: {instruments}.",
            patients,
            "Limits: the protocol calls itself research use only. This software is not a certified medical device; "
            "in the EU it must not influence the care of a patient until it is: fictitious and retrospective "
            "data only.",
            f"Rules, ranges and numbers: {len(RULES)}. {len(TO_BE_CONFIRMED)} of them are to be confirmed by a "
            "clinical pharmacist: their source was not read yet, or only a text about it. "
            "The table of all is deploy/RULES.md.",
            f"Sources of scores and endpoints: {'; '.join(dict.fromkeys(each.title for each in CITATIONS))}.",
        ]
    )


def privacy_text() -> str:
    return "\n".join(
        [
            "Telegram chats with bots are not end-to-end encrypted: never send a name, a date of birth, a record "
            "number or a picture.",
            "Patients stand under a code, and nobody is asked for a name; storing them is off until an owner has "
            "confirmed that your organisation approved it. What was recorded of a patient is kept, with who and when, "
            "never overwritten. Pictures and documents are refused, and so is text that looks like a name, a date of "
            "birth, a record number, a telephone number, an e-mail or postal address or a link to a person: nothing of "
            "it is stored, and a button asks Telegram to delete the message. Not everything is recognised: a name "
            "alone may pass as other words.",
            "Your words are not stored, but for those of a reminder that you set with /remind, until you take it back "
            "with /undo. The answers of a quick check are, until an hour after its verdict or until you discard it or "
            "save it to a patient; those of a questionnaire that is open or kept for later are stored until you "
            "discard it. Messages stay in this chat until you delete them.",
            "A calendar file that you ask for holds codes, days and what is due. Imported, it lies in that calendar, "
            "out of reach of this bot; who has asked for it is logged.",
            "Kept longer: your Telegram id, role, time zone and the hour of your reminders, and a log of who did what, "
            "without any value. Your name is shown once to whoever invited you, and not stored.",
        ]
    )
