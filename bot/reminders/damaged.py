"""What the clinic has settled, and somebody has damaged by hand, counts as not set; the owners know."""

from bot.acts import Moment
from bot.notices import tell_owners
from flows.days import day
from store.unit_of_work import UnitOfWork

_LOST = {
    "region": "The region of the label cannot be read in the database: it counts as not chosen, until it is chosen "
    "anew in /settings.",
    "units": "Units of the laboratory cannot be read in the database: those count as not set, until they are set anew "
    "in /settings.",
    "clock": "The last day that the clock of the bot's machine showed cannot be read in the database. Reminders go on "
    "by the day that it shows now, {today}; if it was set back meanwhile, some come twice.",
}


def mend(work: UnitOfWork, moment: Moment) -> None:
    """Told once, as the database says so from then on."""
    if not work.clinic.get().unreadable:
        return
    for what in work.clinic.mend():
        work.audit.add(None, f"mend {what}", "clinic", moment.now)
        tell_owners(work, _LOST[what].format(today=day(moment.now.date())), moment.now)
