"""The page of /settings: what each member settles of their mornings, and an owner for the clinic.

An owner settles the region, the units, who covers and leads, that patients may be stored (CLINICAL.md D17), and that
reminders go out again after a restore.
"""

from collections.abc import Sequence

from bot import unit_pages, words
from bot.acts import Moment
from bot.front import Front
from bot.reminders import resting, wall_clock
from bot.reminders.addressees import Team
from bot.reminders.morning_desk import CONFIRMS, HOURS, QUESTIONS, MorningDesk
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View, rows
from flows.days import day
from flows.errors import NotNow
from flows.history import Region
from flows.reminder import Step
from store.clinic import Clinic
from store.members import Member, Role
from store.unit_of_work import UnitOfWork

_ROLES = {
    "cover": "A reminder that nobody has answered by the end of its window goes on to the cover.",
    "lead": "What the cover does not answer goes on to the lead.",
}
_NOBODY = "nobody"
_RIGHT, _RIGHT_OF_OWNER = "These hours are right", "Hours, cover and lead are right"
_UNCONFIRMED = "You have not confirmed this yet."


def _standing_in(team: Team) -> str:
    """To whom reminders go on that nobody answers."""
    return "\n".join(f"Reminders, {step}: {_in_place(team, step, number)}." for step, number in team.named.items())


def _in_place(team: Team, step: Step, number: int | None) -> str:
    if number is None:
        return "not named yet"
    if step not in team.vacant():
        return team.members[number].called
    hears = f"{team.hears_instead()}, hears instead"
    if number in team.members:
        return f"{team.members[number].called}, who cannot be reached; {hears}"
    return f"not named (was member {number}, revoked); {hears}"


def _settling(clinic: Clinic) -> list[Sequence[Labelled]]:
    """What an owner can settle for the clinic."""
    regions: list[Labelled] = [(each.value, ("clinic", "region", each.value)) for each in Region]
    naming: list[Labelled] = [(f"Name the {what}", ("clinic", "offer", what)) for what in _ROLES]
    naming.append(("Laboratory units", ("clinic", unit_pages.SHOW)))
    approving: list[Labelled] = [("Confirm: our organisation approved it", ("clinic", "approve"))]
    return [regions, [] if clinic.stores_patients else approving, naming]


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))


class ClinicDesk:
    """Shows and changes a member's settings and, for an owner, those of the clinic."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._mornings = MorningDesk(work, member, moment, front)

    def settings(self, first: str = "") -> View:
        """What is settled of a member's own mornings, and for an owner of the clinic, with what settles it."""
        clinic, is_owner = self._work.clinic.get(), self._member.role is Role.OWNER
        rests = resting.told(self._work, self._moment.now, self._member.zone, self._member)
        text = _paragraphs(first, rests, self._to_be_confirmed(is_owner=is_owner))
        right = [] if self._mornings.member.settled_at else [(_RIGHT_OF_OWNER if is_owner else _RIGHT, CONFIRMS)]
        if not is_owner:
            return said(text, Keyboard.of(HOURS, right))
        region = f"Region of the label: {clinic.region}." if clinic.region else "Region of the label: not chosen."
        approved = self.approval() if clinic.stores_patients else words.PATIENTS_OFF_SETTINGS
        buttons = Keyboard.of(
            *_settling(clinic), HOURS, right, [resting.confirming(clinic, self._moment.now)] if rests else []
        )
        return said(_paragraphs(text, region, unit_pages.told(clinic.units), approved), buttons)

    def _to_be_confirmed(self, *, is_owner: bool) -> str:
        """When the member's reminders come, to an owner also to whom others go on; and whether that was confirmed."""
        lines = [self._mornings.told(), *([_standing_in(Team.of(self._work))] if is_owner else [])]
        return "\n".join([*lines, *([] if self._mornings.member.settled_at else [_UNCONFIRMED])])

    def in_zone(self, typed: str) -> View:
        self._mornings.in_zone(typed)
        return self.settings()

    def morning(self, which: str, chosen: str = "") -> View:
        """What a button about a member's own mornings shows."""
        if which in QUESTIONS and not chosen:
            return self._mornings.offered(which)
        if which == "right":
            self._mornings.confirm()
        elif which != "show":
            self._mornings.choose(which, chosen)
        return self.settings()

    def _offered(self, what: str) -> View:
        """Who could be named."""
        members = self._work.members.all_active()
        buttons: list[Labelled] = [(each.called.capitalize(), ("clinic", what, str(each.id))) for each in members]
        others: list[Labelled] = [("Nobody yet", ("clinic", what, _NOBODY)), ("Back", ("clinic", "show"))]
        text = f"Who is the {what}? {_ROLES[what]} /invite lets in whoever is not here yet."
        return said(text, Keyboard.of(*rows(buttons, 2), others))

    def _name(self, what: str, number: str) -> None:
        """Somebody who has access now, and is told, or nobody; whoever loses it later is passed over."""
        named = next((each for each in self._work.members.all_active() if str(each.id) == number), None)
        if named is None and number != _NOBODY:
            raise NotNow("That person has no access any more. Nothing was changed.")
        clinic = self._work.clinic
        before = Team.of(self._work).named[Step(what)]
        (clinic.name_cover if what == "cover" else clinic.name_lead)(named.id if named else None)
        if before != (named.id if named else None):
            self._tell_of_place(what, named, before)

    def _tell_of_place(self, what: str, named: Member | None, before: int | None) -> None:
        """Whoever has a place now, and whoever had it until now; not whoever has just changed it."""
        by = self._member.called
        former = next((each for each in self._work.members.all_active() if each.id == before), None)
        if named is not None and named.id != self._member.id:
            self._front.tell(named, f"{by.capitalize()} has named you the {what}. {_ROLES[what]}")
        if former is not None and former.id != self._member.id:
            instead = f"has named {named.called if named else 'nobody in your place'}"
            taken = "has taken the place" if named and named.id == self._member.id else instead
            self._front.tell(former, f"You are the {what} no more: {by} {taken}.")

    def _units(self, what: str, *which: str) -> View:
        """The page of the units, with what was tapped there."""
        clinic = self._work.clinic
        if what != unit_pages.SHOW:
            clinic.choose_units(unit_pages.chosen(clinic.get().units, *which))
            self._front.log("settle units", "clinic")
        return unit_pages.page(clinic.get().units)

    def approval(self) -> str:
        """Who has confirmed that patients may be stored, and when; or that nobody has."""
        clinic = self._work.clinic.get()
        if clinic.approved_at is None:
            return "Patients are not stored: no owner has confirmed that the organisation approved it."
        on = self._front.clinic_day(clinic.approved_at)
        return f"Patients are stored: confirmed by member {clinic.approved_by} on {day(on)}."

    def _resume(self) -> View:
        if not resting.resume(self._work, self._moment.now, self._member.id):
            raise NotNow("Reminders run already. Nothing was changed.")
        return self.settings()

    def _believe_clock(self, last: str, shown: str) -> View:
        """Where it is as the button says; else what stands is shown, and that it is right already where it is."""
        clinic, now = self._work.clinic.get(), self._moment.now
        if wall_clock.doubted_from(clinic.clock, now) is None:
            return self.settings(f"The clock is right already{'' if clinic.rest else ': reminders go out'}.")
        if wall_clock.is_what_was_told(clinic.clock, now, last, shown):
            wall_clock.believe(self._work, now, self._member.id)
        return self.settings()

    def settle(self, what: str, *which: str) -> View:
        if what == "show":
            return self.settings()
        if what in unit_pages.DEEDS:
            return self._units(what, *which)
        if what == "offer":
            return self._offered(*which)
        if what == "resume":
            return self._resume()
        if what == "clock":
            return self._believe_clock(*which)
        if what == "region":
            self._work.clinic.choose_region(Region(*which))
        elif what == "approve":
            self._work.clinic.approve_patients(self._member.id, self._moment.now)
        else:
            self._name(what, *which)
        self._front.log(f"settle {what}", "clinic")
        return self.settings()
