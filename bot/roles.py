"""Who may do what; asked in one place, inside the turn, for every command and every button."""

from flows.errors import FlowError
from store.members import Role

_AT_LEAST = {
    **dict.fromkeys(("invite", "team", "ask_revoke", "revoke", "clinic"), Role.OWNER),
    "course": Role.DOCTOR,
}
_WHO = {Role.OWNER: "an owner", Role.DOCTOR: "a doctor or an owner"}


class NotAllowed(FlowError):
    """An act that a person's role does not include."""


def require(role: Role, verb: str) -> None:
    """Refuse what the role does not include; what no table names is open to every member."""
    least = _AT_LEAST.get(verb, Role.NURSE)
    if role.rank < least.rank:
        raise NotAllowed(f"Only {_WHO[least]} can do that. Nothing was changed.")
