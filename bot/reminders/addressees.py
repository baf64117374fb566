"""Whom a reminder is for, of those who are in the clinic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.reminder import Reminder, Step
from store.clinic import Clinic
from store.members import Member, Role
from store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Team:
    """The clinic and who has access, by their numbers: read once for the patients of a turn."""

    clinic: Clinic
    members: Mapping[int, Member]

    @classmethod
    def of(cls, work: UnitOfWork) -> "Team":
        return cls(work.clinic.get(), {each.id: each for each in work.members.all_active()})

    @property
    def named(self) -> Mapping[Step, int | None]:
        return {Step.COVER: self.clinic.cover_id, Step.LEAD: self.clinic.lead_id}

    def reaches(self, number: int | None) -> bool:
        member = None if number is None else self.members.get(number)
        return member is not None and member.unreachable_at is None

    def vacant(self) -> list[Step]:
        """The places of whoever was named and has lost access, or cannot be reached."""
        return [step for step, number in self.named.items() if number is not None and not self.reaches(number)]

    def owners(self) -> list[int]:
        """Those who can be reached."""
        return [each for each in sorted(self.members) if self.members[each].role is Role.OWNER and self.reaches(each)]

    def hears_instead(self) -> str:
        """To whom reminders go on that somebody in a vacant place would have had."""
        lead = self.named[Step.LEAD]
        if self.reaches(lead):
            return f"the lead, member {lead}"
        owner = next((each for each in self.owners() if each != self.named[Step.COVER]), None)
        return f"an owner, member {owner}" if owner else "nobody"


class Addressees:
    """Whom a reminder of a patient is for: whoever is named for its next step, or the next who can be reached."""

    def __init__(self, team: Team, responsible_id: int, today: date) -> None:
        self.today = today
        self._team = team
        self._responsible = responsible_id
        self.stand_ins = self._who_stands_in()

    @property
    def others(self) -> tuple[Step, ...]:
        """The steps beyond the responsible person that somebody else is told, who can be reached."""
        return tuple(self.stand_ins)

    def of(self, reminder: Reminder) -> int:
        """The member who is told next, today or later, or who was told last where nothing more is to be told."""
        step = reminder.fires(max(reminder.wake_on, self.today)) if reminder.wake_on else reminder.step
        first = self.stand_ins.get(step, self._responsible) if step else self._responsible
        candidates = (first, self._responsible, *self._team.named.values(), *self._owners_first())
        return next((each for each in candidates if each is not None and self._team.reaches(each)), self._responsible)

    def _who_stands_in(self) -> Mapping[Step, int]:
        """Nobody is told twice. Where a place is vacant and no lead is told, an owner is, as the lead."""
        stand_ins: dict[Step, int] = {}
        for step, number in self._team.named.items():
            if number is not None and self._team.reaches(number) and number not in self._told(stand_ins):
                stand_ins[step] = number
        if self._team.vacant() and Step.LEAD not in stand_ins:
            owner = next((each for each in self._team.owners() if each not in self._told(stand_ins)), None)
            stand_ins |= {Step.LEAD: owner} if owner else {}
        return stand_ins

    def _told(self, stand_ins: Mapping[Step, int]) -> set[int]:
        return {self._responsible, *stand_ins.values()}

    def _owners_first(self) -> list[int]:
        members = self._team.members
        return sorted(members, key=lambda number: members[number].role is not Role.OWNER)
