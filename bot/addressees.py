"""Whom a reminder is for, of those who are in the clinic."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.reminder import ESCALATION, Reminder, Step
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


class Addressees:
    """Whom a reminder of a patient is for: whoever is named for its next step, or the next who can be reached."""

    def __init__(self, team: Team, responsible_id: int, today: date) -> None:
        self.today = today
        self._members = team.members
        self._named = {Step.COVER: team.clinic.cover_id, Step.LEAD: team.clinic.lead_id}
        self._responsible = responsible_id

    @property
    def others(self) -> tuple[Step, ...]:
        """The steps beyond the responsible person that somebody else is named for, who can be reached."""
        told = {self._responsible}
        found = []
        for step in ESCALATION:
            number = self._named[step]
            if number is not None and number not in told and _is_reachable(self._members.get(number)):
                found.append(step)
                told.add(number)
        return tuple(found)

    def of(self, reminder: Reminder) -> int:
        """The member who is told next, today or later, or who was told last where nothing more is to be told."""
        step = reminder.fires(max(reminder.wake_on, self.today)) if reminder.wake_on else reminder.step
        first = self._named.get(step, self._responsible) if step else self._responsible
        candidates = (first, self._responsible, self._named[Step.COVER], self._named[Step.LEAD], *self._owners_first())
        reachable = (each for each in candidates if each is not None and _is_reachable(self._members.get(each)))
        return next(reachable, self._responsible)

    def _owners_first(self) -> list[int]:
        return sorted(self._members, key=lambda number: self._members[number].role is not Role.OWNER)


def _is_reachable(member: Member | None) -> bool:
    return member is not None and member.unreachable_at is None
