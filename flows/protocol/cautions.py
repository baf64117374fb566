"""What a safety rule says: its level, and the sentences of the authorities that speak to a patient. CLINICAL.md D1."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from msgspec import Struct

from flows.citations import Authority, Citation, Stated
from flows.history import Region
from flows.protocol.patient import Patient, TreatmentStage
from flows.sentences import joined

_LABELS = {region.label: region for region in Region}


class Level(StrEnum):
    """None of them is an alarm, and nothing is blocked (D16)."""

    INFO = "info"
    CHECK = "check"
    LIMIT = "limit"


class SafetyFinding(Struct, frozen=True, kw_only=True):
    """What is said, by whose rule, and the fact with its day and value; `source` is of the first who says it.

    `brief` is its one essential clause, what was found with its day, for where its words have no room, and `matter` its
    name.
    """

    id: str
    level: Level
    why: str
    brief: str
    matter: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Caution:
    """One matter; `before` is said before the first dose, `during` on treatment, both while neither is known.

    Of the labels only that of the region speaks; where it was not read on the matter, the others do, and that is said.
    Each is there once, so two are never compared by what they say. `called` is its name in short, where that is not
    the one of its id.
    """

    id: str
    level: Level
    says: tuple[Stated, ...] = ()
    before: tuple[Stated, ...] = ()
    during: tuple[Stated, ...] = ()
    called: str = ""
    matter: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matter", self.called or self.id.partition(".")[2].replace("_", " "))

    @property
    def stated(self) -> tuple[Stated, ...]:
        return (*self.says, *self.before, *self.during)

    def found(
        self,
        patient: Patient,
        *facts: str,
        brief: str = "",
        level: Level | None = None,
        beside_us_label: bool = False,
    ) -> SafetyFinding:
        """The finding on some facts; `beside_us_label` the others speak, too, where they say more on one of the facts.

        `brief` where the matter with the first of the facts says too little, or more than is needed.
        """
        by_all = beside_us_label and patient.hears(Authority.US_LABEL)
        words, source = _spoken(self, patient.stage, None if by_all else patient.label)
        return SafetyFinding(
            id=self.id,
            level=level or self.level,
            why="; ".join((*words, *facts)),
            brief=brief or ": ".join((self.matter, *facts[:1])),
            matter=self.matter,
            source=source,
        )

    def of_stage(self, stage: TreatmentStage) -> tuple[tuple[Stated, ...], ...]:
        """What is said at a stage; where nothing is, what is said at the others."""
        before = self.before if stage is not TreatmentStage.DURING else ()
        during = self.during if stage in (TreatmentStage.DURING, TreatmentStage.UNKNOWN) else ()
        found = (self.says, before, during)
        return found if any(found) else (self.before, self.during)


@cache
def _spoken(caution: Caution, stage: TreatmentStage, label: Authority | None) -> tuple[tuple[str, ...], Citation]:
    """What is said at a stage where one label counts, in words, and who says it first."""
    spoken = [each for group in caution.of_stage(stage) for each in _speaking(group, label)]
    return (*_words(spoken), *_unread(spoken, label)), spoken[0].source


def alike(says: str, *sources: Citation) -> tuple[Stated, ...]:
    """One sentence of several authorities."""
    return tuple(Stated(says, source) for source in sources)


def stated(cautions: Iterable[Caution], *more: Stated) -> tuple[Stated, ...]:
    """Everything that some cautions can say, once each."""
    return tuple(dict.fromkeys((*(each for caution in cautions for each in caution.stated), *more)))


def _speaking(group: tuple[Stated, ...], label: Authority | None) -> tuple[Stated, ...]:
    """Those who are no labels, and of the labels the one asked for, or all if that one is not among them."""
    if label is None or not any(each.source.authority is label for each in group):
        return group
    return tuple(each for each in group if each.source.authority is label or each.source.authority not in _LABELS)


def _words(spoken: Iterable[Stated]) -> Iterable[str]:
    """Each sentence once, after the names of all who say it."""
    whose: dict[str, list[Citation]] = {}
    for each in spoken:
        whose.setdefault(each.says, []).append(each.source)
    return [f"{_names(sources)}: {says}" for says, sources in whose.items()]


def _names(sources: list[Citation]) -> str:
    read = joined([each.name for each in sources if each.read_in])
    unread = joined([each.name for each in sources if not each.read_in])
    return ", ".join(filter(None, (read, unread and f"{unread} (to be confirmed)")))


def _unread(spoken: list[Stated], label: Authority | None) -> tuple[str, ...]:
    labels = {each.source.authority for each in spoken} & _LABELS.keys()
    return (f"{_LABELS[label]} label: not read on this",) if label and labels and label not in labels else ()
