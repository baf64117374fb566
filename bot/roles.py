"""Who may do what; asked in one place, inside the turn, for every command and every button."""

from flows.errors import FlowError
from flows.form import Form
from flows.forms.enrolment import INDUCTION
from flows.forms.moves import MOVES
from store.members import Role

# What only a doctor records: the course, and how long induction is meant to be (CLINICAL.md D2, D3).
_DOCTORS_FORMS = frozenset({*MOVES, INDUCTION.code})
_AT_LEAST = {
    **dict.fromkeys(("invite", "team", "ask_revoke", "revoke", "left", "clinic"), Role.OWNER),
    "course": Role.DOCTOR,
}
_WHO = {Role.OWNER: "an owner", Role.DOCTOR: "a doctor or an owner"}


class NotAllowed(FlowError):
    """An act that a person's role does not include."""


def may(role: Role, verb: str) -> bool:
    """Whether the role includes it; what no table names is open to every member."""
    return role.rank >= _AT_LEAST.get(verb, Role.NURSE).rank


def require(role: Role, verb: str) -> None:
    """Refuse what the role does not include."""
    if not may(role, verb):
        raise NotAllowed(f"Only {_WHO[_AT_LEAST[verb]]} can do that. Nothing was changed.")


def may_confirm(role: Role, form: Form) -> bool:
    """Whether what the form asks is for this role to record."""
    return may(role, "course") or form.code not in _DOCTORS_FORMS


def require_confirm(role: Role, form: Form) -> None:
    """Refuse a form whose answers are not for this role to record."""
    if not may_confirm(role, form):
        require(role, "course")
