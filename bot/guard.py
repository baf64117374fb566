"""What stands before every free text: personal data is refused before anything of it is stored. PRODUCT.md 6."""

from bot.acts import Command, Edited, Text
from bot.taps import Labelled
from flows.codes import read_code
from flows.errors import InvalidAnswer
from flows.instruments import by_command
from flows.lines import without_day_of_total
from flows.personal import Personal, personal_data

DELETE = "delete"


def personal_in(act: Text | Command | Edited) -> Personal | None:
    """What of a person was typed, if anything; a patient's code and an invitation, which is one word, are none."""
    if isinstance(act, Text):
        return personal_data(act.words)
    if isinstance(act, Edited):
        return personal_in(_as_sent(act.words))
    if (act.name == "start" and len(act.rest.split()) < 2) or _is_code(act.rest):
        return None
    return personal_data(act.rest if by_command(act.name) is None else without_day_of_total(act.rest))


def deletion(message_id: int) -> Labelled:
    """The button that has a message of the person deleted."""
    return ("Delete my message", (DELETE, str(message_id)))


def _as_sent(words: str) -> Text | Command:
    """As it would be taken if it was sent so."""
    if not words.startswith("/"):
        return Text(words=words)
    name, *rest = words[1:].split(maxsplit=1) or [""]
    return Command(name=name.partition("@")[0].lower(), rest="".join(rest))


def _is_code(text: str) -> bool:
    try:
        read_code(text)
    except InvalidAnswer:
        return False
    return True
