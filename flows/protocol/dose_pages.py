"""What each authority says of the dose, without a patient: every length and every dose, none chosen (D2, D3).

The label of the region, the US label where none is set, and the protocol stand on the page, the labels of other regions
behind its sources (D1).
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from flows.citations import Authority, Citation, Stated
from flows.protocol.adjustments import ADJUSTMENTS, INDUCER, INHIBITOR
from flows.protocol.by_label import of_label
from flows.protocol.induction import INDUCTIONS
from flows.protocol.label_pages import TAKING
from flows.protocol.maintenance import MAINTENANCES
from flows.protocol.page import Line, Section, Topic, other
from flows.questionnaire import Disease

_MATTERS = {"Kidney": ("severe", "failure"), "Liver": ("A", "B", "C"), "Strong CYP3A4 drugs": (INHIBITOR, INDUCER)}


class DoseRule(Protocol):
    """What one authority says of one phase."""

    @property
    def says(self) -> str: ...
    @property
    def source(self) -> Citation: ...


def differ(rules: Iterable[DoseRule]) -> bool:
    """Whether they do not all say the same."""
    return len({each.says for each in rules}) > 1


def _of_disease(code: str, disease: Disease, label: Authority) -> Section:
    on_the_page = (label, Authority.PROTOCOL)
    phases: dict[str, Mapping[Authority, DoseRule]] = {
        "Induction": INDUCTIONS[disease],
        "Maintenance": MAINTENANCES[disease],
    }
    return Section(
        code=code,
        title=f"Dose · {disease.label}",
        topics=tuple(
            Topic(
                title=title,
                lines=tuple(other(rules[each].source, rules[each].says) for each in on_the_page),
                differs=differ(rules.values()),
            )
            for title, rules in phases.items()
        ),
        elsewhere=tuple(
            other(rule.source, f"{title.lower()}: {rule.says}")
            for title, rules in phases.items()
            for authority, rule in rules.items()
            if authority not in on_the_page
        ),
    )


def _adjustments(label: Authority) -> Section:
    others = [by_state for authority, by_state in ADJUSTMENTS.items() if authority is not label]
    return Section(
        code="adjusted",
        title="Dose · kidney, liver, CYP3A4",
        topics=tuple(
            Topic(title=title, lines=tuple(_line(ADJUSTMENTS[label][state].stated) for state in states))
            for title, states in _MATTERS.items()
        ),
        elsewhere=tuple(_line(each.stated) for by_state in others for each in by_state.values()),
    )


def _line(stated: Stated) -> Line:
    return other(stated.source, stated.says)


def doses(label: Authority) -> tuple[Section, ...]:
    """The pages of a clinic whose region has this label."""
    return (
        _of_disease("", Disease.CROHNS, label),
        _of_disease("uc", Disease.ULCERATIVE_COLITIS, label),
        _adjustments(label),
        of_label(TAKING, label),
    )


DOSES = doses(Authority.US_LABEL)
