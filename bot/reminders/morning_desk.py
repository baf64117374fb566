"""What each member settles of their own reminders: the zone, the hour, and when it is quiet."""

from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

from bot.acts import Moment
from bot.front import Front
from bot.render import said
from bot.taps import Deed, Keyboard, Labelled
from bot.views import View, rows
from flows.errors import InvalidAnswer, NotNow
from store.members import Member
from store.unit_of_work import UnitOfWork

CONFIRMS: Deed = ("morning", "right")
HOURS: tuple[Labelled, ...] = (
    ("Hour of reminders", ("morning", "digest_at")),
    ("Quiet from", ("morning", "quiet_from")),
    ("Quiet until", ("morning", "quiet_until")),
)
QUESTIONS = {
    "digest_at": "At which hour of the morning do reminders come?",
    "quiet_from": "From which hour of the evening on does nothing come that you have not asked for?",
    "quiet_until": "Until which hour of the morning does nothing come that you have not asked for?",
}
# The first and the last hour of the evening and of the morning that can be chosen, and the last of reminders.
_FIRST_AND_LAST = {"quiet_from": (18, 23), "quiet_until": (5, 10)}
_LAST_OF_REMINDERS = 12
# What stands for a zone that nobody has set, or for that of the machine.
_OF_NO_PLACE = {"Factory", "localtime", "posixrules"}


class MorningDesk:
    """Changes when a member's own reminders go out."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._moment = moment
        self._front = front
        self.member = member

    def told(self) -> str:
        member = self.member
        return (
            f"Your reminders: at {member.digest_at:%H:%M} in {member.zone}, never between {member.quiet_from:%H:%M} "
            f"and {member.quiet_until:%H:%M}. /settings with an IANA zone, as in /settings Europe/Vienna, changes the "
            "zone."
        )

    def in_zone(self, typed: str) -> None:
        """By its IANA name."""
        if typed not in available_timezones() - _OF_NO_PLACE:
            raise InvalidAnswer("zone", f"{typed} is no IANA time zone, as Europe/Vienna is one. Nothing was changed.")
        self._keep(replace(self.member, zone=typed))

    def offered(self, which: str) -> View:
        """The hours that can be chosen."""
        buttons: list[Labelled] = [
            (f"{each:%H:%M}", ("morning", which, f"{each:%H:%M}")) for each in self._hours(which)
        ]
        back: Labelled = ("Back", ("morning", "show"))
        return said(QUESTIONS[which], Keyboard.of(*rows(buttons, 3), [back]))

    def choose(self, which: str, hour: str) -> None:
        """Reminders never come while it is quiet: where it stays quiet longer, they come later."""
        chosen, member = time.fromisoformat(hour), self.member
        if chosen not in self._hours(which):
            raise NotNow("That hour does not fit the others any more. Nothing was changed.")
        if which == "quiet_from":
            self._keep(replace(member, quiet_from=chosen))
        elif which == "quiet_until":
            self._keep(replace(member, quiet_until=chosen, digest_at=max(chosen, member.digest_at)))
        else:
            self._keep(replace(member, digest_at=chosen))

    def _hours(self, which: str) -> list[time]:
        """Reminders come when it is quiet no more."""
        own = (self.member.quiet_until.hour, _LAST_OF_REMINDERS)
        first, last = _FIRST_AND_LAST.get(which, own)
        return [time(hour) for hour in range(first, last + 1)]

    def confirm(self) -> None:
        self._work.members.settle(self.member.id, self._moment.now)
        self.member = replace(self.member, settled_at=self._moment.now)
        self._front.log("confirm morning", f"member {self.member.id}")

    def _keep(self, member: Member) -> None:
        self._work.members.set_mornings(member)
        self.member = member
        self._front.log("morning", f"member {member.id}")
