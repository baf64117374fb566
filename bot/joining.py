"""Who comes in by a code, or rises by one; whoever invited them is told."""

from bot.acts import Act, Command, Moment, Person, Stranger, Taken
from bot.desk import Desk
from bot.notices import notify
from store.invitations import Claimed
from store.members import Member, Role
from store.unit_of_work import UnitOfWork


def join(work: UnitOfWork, person: Person, act: Act, moment: Moment) -> Taken | Stranger:
    """Access by code, in the zone of the house at first; without a valid one a stranger leaves no trace."""
    claimed = _claimed(work, act, moment)
    if claimed is None:
        return Stranger()
    member = work.members.admit(person.user_id, person.chat_id, claimed.role, moment.house.zone, moment.now)
    work.arrivals.first_time(moment.bot_id, moment.update_id, moment.now)
    work.audit.add(member.id, "join", f"member {member.id}", moment.now)
    Desk(work, member, moment).welcome()
    return _tell_inviter(work, claimed, f"{person.name} has joined as {member.called}.", moment)


def rise(work: UnitOfWork, member: Member, act: Act, moment: Moment) -> Taken | None:
    """A member with an invitation takes its role, if that allows more; None if it does not."""
    claimed = _claimed(work, act, moment, above=member.role)
    if claimed is None:
        return None
    risen = work.members.promote(member.id, claimed.role)
    work.audit.add(member.id, "rise", f"member {member.id}", moment.now)
    Desk(work, risen, moment).say(f"Your role is {risen.role} now.")
    return _tell_inviter(work, claimed, f"Member {member.id} is {risen.role} now.", moment)


def _claimed(work: UnitOfWork, act: Act, moment: Moment, above: Role | None = None) -> Claimed | None:
    """What the code in `/start CODE` was good for; it is used up, unless its role is not above another."""
    if not isinstance(act, Command) or act.name != "start" or not act.rest:
        return None
    return work.invitations.claim(act.rest.strip(), moment.now, above)


def _tell_inviter(work: UnitOfWork, claimed: Claimed, text: str, moment: Moment) -> Taken:
    inviter = work.members.by_id(claimed.invited_by)
    if inviter is None:
        return Taken()
    notify(work, inviter, text, moment.now)
    return Taken()
