"""What each member settles of their mornings, and an owner for the clinic: region, cover, lead, patient mode (D17)."""

from dataclasses import replace
from datetime import time
from zoneinfo import available_timezones

from bot import words
from bot.acts import Moment
from bot.front import Front
from bot.mornings import QUIET_FROM, QUIET_UNTIL
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View, rows
from flows.days import day
from flows.errors import InvalidAnswer, NotNow
from flows.history import Region
from store.clinic import Clinic
from store.members import Member, Role
from store.unit_of_work import UnitOfWork

_ROLES = {
    "cover": "A reminder that nobody has answered by the end of its window goes on to the cover.",
    "lead": "What the cover does not answer goes on to the lead.",
}


def _standing_in(clinic: Clinic) -> str:
    """To whom reminders go on that nobody answers."""
    named = {"cover": clinic.cover_id, "lead": clinic.lead_id}
    return "\n".join(
        f"Reminders, {what}: {f'member {number}' if number else 'nobody is named'}." for what, number in named.items()
    )


class ClinicDesk:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front

    def settings(self) -> View:
        """What the clinic has settled, and the buttons that settle it."""
        clinic = self._work.clinic.get()
        region = f"Region of the label: {clinic.region}." if clinic.region else "Region of the label: not chosen."
        regions: list[Labelled] = [(each.value, ("clinic", "region", each.value)) for each in Region]
        confirm: list[Labelled] = [("Confirm: our organisation approved it", ("clinic", "approve"))]
        approved = self.approval() if clinic.approved_at else words.PATIENTS_OFF_SETTINGS
        others: list[Labelled] = [
            (f"Name the {what}", ("clinic", "offer", what)) for what in ("cover", "lead") if clinic.approved_at
        ]
        text = f"{region}\n\n{_standing_in(clinic)}\n\n{approved}"
        hour: list[Labelled] = [("Hour of reminders", ("morning",))]
        if self._member.role is not Role.OWNER:
            return said(self._mornings(), Keyboard.of(hour))
        buttons = Keyboard.of(regions, others, [] if clinic.approved_at else confirm, hour)
        return said(f"{self._mornings()}\n\n{text}", buttons)

    # A member's own mornings

    def _mornings(self) -> str:
        member = self._member
        return (
            f"Your reminders: at {member.digest_at:%H:%M} in {member.zone}, never between {QUIET_FROM:%H:%M} and "
            f"{QUIET_UNTIL:%H:%M}. /settings with an IANA zone, as in /settings Europe/Vienna, changes the zone."
        )

    def zone(self, typed: str) -> View:
        """The member's own time zone, by its IANA name."""
        if typed not in available_timezones():
            raise InvalidAnswer("zone", f"{typed} is no IANA time zone, as Europe/Vienna is one. Nothing was changed.")
        return self._morning(typed, self._member.digest_at)

    def hour(self, chosen: str = "") -> View:
        """The hours that can be chosen, or the one that was."""
        if chosen:
            return self._morning(self._member.zone, time.fromisoformat(chosen))
        hours = [f"{hour:02}:00" for hour in range(QUIET_UNTIL.hour, 13)]
        buttons: list[Labelled] = [(each, ("morning", each)) for each in hours]
        return said("At which hour of the morning do reminders come?", Keyboard.of(*rows(buttons, 3)))

    def _morning(self, zone: str, at: time) -> View:
        self._work.members.set_morning(self._member.id, zone, at)
        self._member = replace(self._member, zone=zone, digest_at=at)
        self._front.log("morning", f"member {self._member.id}")
        return self.settings()

    def _offered(self, what: str) -> View:
        """Who could be named."""
        members = self._work.members.all_active()
        buttons: list[Labelled] = [
            (f"Member {each.id} ({each.role})", ("clinic", what, str(each.id))) for each in members
        ]
        back: Labelled = ("Back", ("clinic", "show"))
        return said(f"Who is the {what}? {_ROLES[what]}", Keyboard.of(*rows(buttons, 2), [back]))

    def _name(self, what: str, number: str) -> None:
        """Somebody who has access now; whoever loses it later is passed over."""
        named = next((each for each in self._work.members.all_active() if str(each.id) == number), None)
        if named is None:
            raise NotNow("That person has no access any more. Nothing was changed.")
        clinic = self._work.clinic
        (clinic.name_cover if what == "cover" else clinic.name_lead)(named.id)

    def approval(self) -> str:
        """Who has confirmed that patients may be stored, and when; or that nobody has."""
        clinic = self._work.clinic.get()
        if clinic.approved_at is None:
            return "Patients are not stored: no owner has confirmed that the organisation approved it."
        return f"Patients are stored: confirmed by member {clinic.approved_by} on {day(clinic.approved_at.date())}."

    def settle(self, what: str, which: str = "") -> View:
        if what == "show":
            return self.settings()
        if what == "offer":
            return self._offered(which)
        if what == "region":
            self._work.clinic.choose_region(Region(which))
        elif what == "approve":
            self._work.clinic.approve_patients(self._member.id, self._moment.now)
        else:
            self._name(what, which)
        self._front.log(f"settle {what}", "clinic")
        return self.settings()
