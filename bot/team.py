"""The clinic's people: invited by code, listed, revoked."""

from bot.acts import Moment
from bot.front import Front
from bot.patients.left_behind import LeftBehind
from bot.reminders import addressees
from bot.render import said
from bot.taps import Keyboard
from bot.views import View, paged
from flows.days import day
from flows.errors import NotNow
from store.cards import Card
from store.invitations import LIFETIME
from store.members import Member, Role
from store.unit_of_work import UnitOfWork

_ROLES = ", ".join(role.value for role in Role)


class TeamDesk:
    """Invites, lists and revokes members, for an owner."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._left = LeftBehind(work, member, moment, front)

    def invite(self, role_name: str) -> View:
        """A one-time code for a role; only its hash is kept."""
        if role_name not in set(Role):
            raise NotNow(f"Say which role: /invite followed by one of {_ROLES}.")
        code = self._moment.new_token()
        self._work.invitations.offer(code, Role(role_name), self._moment.now, self._member.id)
        hours = int(LIFETIME.total_seconds()) // 3600
        return said(
            f"For one {role_name}, once, within {hours} hours. Let them send this to me:\n/start {code}\n"
            "You will be told who came."
        )

    def listed(self, page: int = 0) -> View:
        """A page of the active members, with a button to revoke each."""
        members, beside = paged(self._work.members.all_active(), page, "team")
        rows = [[(f"Revoke member {each.id}", ("ask_revoke", str(each.id)))] for each in members]
        gone, theirs = self._left.gone()
        lines = [*(_line(each, self._member) for each in members), *gone]
        return said("\n".join(lines), Keyboard.of(*rows, beside, *([each] for each in theirs)))

    def ask(self, card: Card, member_id: int) -> None:
        """Ask once more before somebody loses access."""
        who = self._other(member_id)
        rows = [[("Yes, revoke", ("revoke", str(member_id))), ("Back", ("team", "0"))]]
        lines = [f"Revoke {who.called}? It works on their next tap.", *self._left.told(who)]
        self._front.put(card, said("\n".join(lines), Keyboard.of(*rows)))

    def revoke(self, card: Card, member_id: int) -> None:
        """Take access away; the last owner stays, and what was open goes to an owner."""
        who = self._other(member_id)
        if who.role is Role.OWNER and self._work.members.count_owners() == 1:
            raise NotNow("The last owner stays: make another owner first. Nothing was changed.")
        self._work.members.revoke(member_id, self._moment.now)
        self._work.cards.set_aside("revoked", member_id)
        self._work.reminders.pass_on(member_id, self._moment.now)
        left = self._left.pass_on(who)
        lines = [f"{who.called.capitalize()} has no access any more.", *self._vacated(member_id), *left]
        self._front.put(card, said("\n".join(lines)))

    def _vacated(self, number: int) -> list[str]:
        """The places that nobody holds any more, and to whom reminders go on instead."""
        team = addressees.Team.of(self._work)
        goes_on = f"reminders that nobody answers go on to {team.hears_instead()}. /settings names somebody else."
        return [f"The {step}'s place is vacant: {goes_on}" for step in team.vacant() if team.named[step] == number]

    def show(self, card: Card, page: int) -> None:
        self._front.put(card, self.listed(page))

    def show_left(self, card: Card, number: int, page: int) -> None:
        self._front.put(card, self._left.patients(number, page))

    def _other(self, member_id: int) -> Member:
        who = self._work.members.by_id(member_id)
        if who is None:
            raise NotNow("That person has no access already. Nothing was changed.")
        return who


def _line(member: Member, reader: Member) -> str:
    since = f", since {day(member.joined_at)}" if member.joined_at else ""
    away = ", cannot be reached" if member.unreachable_at else ""
    return f"{member.called.capitalize()}{since}{away}{' (you)' if member.id == reader.id else ''}"
