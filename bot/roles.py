"""Who may do what; asked in one place, inside the turn, for every command and every button."""

from flows.errors import FlowError
from store.members import Role

_ONLY_FOR = {verb: frozenset({Role.OWNER}) for verb in ("invite", "team", "ask_revoke", "revoke")}


class NotAllowed(FlowError):
    """An act that a person's role does not include."""


def require(role: Role, verb: str) -> None:
    """Refuse what the role does not include; what no table names is open to every member."""
    if role not in _ONLY_FOR.get(verb, Role):
        raise NotAllowed("Only an owner can do that. Nothing was changed.")
