"""What an owner settles once for the clinic: the region of the label, and that patients may be stored (D17)."""

from bot import words
from bot.acts import Moment
from bot.front import Front
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View
from flows.days import day
from flows.history import Region
from store.members import Member
from store.unit_of_work import UnitOfWork


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
        regions: list[Labelled] = [(each.value, ("settings", "region", each.value)) for each in Region]
        confirm: list[Labelled] = [("Confirm: our organisation approved it", ("settings", "approve"))]
        approved = self.approval() if clinic.approved_at else words.PATIENTS_OFF_SETTINGS
        return said(f"{region}\n\n{approved}", Keyboard.of(regions, [] if clinic.approved_at else confirm))

    def approval(self) -> str:
        """Who has confirmed that patients may be stored, and when; or that nobody has."""
        clinic = self._work.clinic.get()
        if clinic.approved_at is None:
            return "Patients are not stored: no owner has confirmed that the organisation approved it."
        return f"Patients are stored: confirmed by member {clinic.approved_by} on {day(clinic.approved_at.date())}."

    def settle(self, what: str, which: str = "") -> View:
        if what == "region":
            self._work.clinic.choose_region(Region(which))
        else:
            self._work.clinic.approve_patients(self._member.id, self._moment.now)
        self._front.log(f"settle {what}", "clinic")
        return self.settings()
