"""The studies behind the protocol, each figure with its denominator or without. CLINICAL.md section 6.

A percentage is kept as it was printed. A numerator that only arithmetic suggests stays unknown.
"""

from dataclasses import dataclass
from decimal import Decimal

from flows.citations import PROTOCOL, Citation
from flows.errors import DefinitionError
from flows.protocol.page import Line, other, protocol
from flows.protocol.sources import (
    ARITHMETIC,
    BIOMEDICINES_2025,
    DELAYED_RESPONDERS,
    EMJ,
    SPANISH_COHORT,
    THIS_PROJECT,
    U_ACTIVATE_PAPER,
    UK_COHORT,
)


def numerators(percent: str, denominator: int) -> tuple[int, ...]:
    """Every whole number of a denominator that gives a percentage as it is printed."""
    printed = Decimal(percent)
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return tuple(
        each for each in range(denominator + 1) if 2 * abs(100 * each - printed * denominator) <= step * denominator
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One percentage as printed (`74-76` is a span); `would_fit` are fractions that give it, of which none is known."""

    says: str
    percent: str
    source: Citation
    refs: tuple[int, ...] = ()
    numerator: int | None = None
    denominator: int | None = None
    would_fit: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if (self.numerator is None) is not (self.denominator is None):
            raise DefinitionError(f"{self.says}: a numerator and its denominator are known together")
        known = [(self.numerator, self.denominator)] if self.numerator is not None else []
        for part, whole in (*known, *self.would_fit):
            if whole is None or part not in numerators(self.percent, whole):
                raise DefinitionError(f"{self.says}: {part}/{whole} is not {self.percent} %")

    def fits(self, number: int) -> bool:
        """Whether some whole number of `number` people gives this percentage, or both ends of the span."""
        return all(numerators(end, number) for end in self.percent.split("-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures of the same people; `printed` is how many their source prints, which need not be the denominator."""

    name: str
    printed: int | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One study; `label` is short enough for a button, `design` whatever limits what its figures say."""

    code: str
    label: str
    title: str
    design: tuple[Line, ...]
    groups: tuple[Group, ...]
    notes: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[Line | Figure, ...]:
        """Everything that names a source."""
        return (*self.design, *(figure for group in self.groups for figure in group.figures), *self.notes)


SINGLE_ARM = other(THIS_PROJECT, "single-arm: no control group is named.")

REAL_WORLD_6_MONTHS = Study(
    code="months6",
    label="6 months",
    title="Real-world study, 6 months",
    design=(protocol("real-world study.", 1), SINGLE_ARM),
    groups=(
        Group(
            name="Crohn's",
            printed=19,
            figures=(
                Figure(
                    says="clinical response", percent="72.7", source=PROTOCOL, refs=(1,), would_fit=((8, 11), (16, 22))
                ),
                Figure(says="clinical remission", percent="50.0", source=PROTOCOL, refs=(1,), would_fit=((11, 22),)),
                Figure(says="treatment persistence", percent="78.3", source=PROTOCOL, refs=(1,), would_fit=((18, 23),)),
            ),
        ),
        Group(
            name="Ulcerative colitis",
            printed=22,
            figures=(
                Figure(
                    says="clinical response", percent="83.3", source=PROTOCOL, refs=(1,), would_fit=((10, 12), (20, 24))
                ),
                Figure(
                    says="clinical remission", percent="58.3", source=PROTOCOL, refs=(1,), would_fit=((7, 12), (14, 24))
                ),
                Figure(says="treatment persistence", percent="88.0", source=PROTOCOL, refs=(1,), would_fit=((22, 25),)),
            ),
        ),
    ),
    notes=(
        other(
            ARITHMETIC,
            "23 with Crohn's, 25 with ulcerative colitis, and subgroups would fit all six; unproven.",
        ),
        protocol("“significant reductions” of calprotectin and CRP; no figure printed.", 1, 6),
        other(THIS_PROJECT, "ref 1 was not read: not verified."),
    ),
)

WUHAN_12_WEEKS = Study(
    code="weeks12",
    label="12 weeks",
    title="Union Hospital, Wuhan, induction, 12 weeks",
    design=(other(EMJ, "single-centre, retrospective; biologic-refractory Crohn's."), SINGLE_ARM),
    groups=(
        Group(
            name="Crohn's, in the protocol",
            printed=94,
            figures=(
                Figure(
                    says="remission, CDAI (Crohn's) < 150",
                    percent="42.9",
                    source=PROTOCOL,
                    refs=(6,),
                    would_fit=((33, 77),),
                ),
                Figure(
                    says="endoscopic remission",
                    percent="38.9",
                    source=PROTOCOL,
                    refs=(6,),
                    would_fit=((7, 18), (14, 36)),
                ),
                Figure(
                    says="mucosal healing", percent="27.8", source=PROTOCOL, refs=(6,), would_fit=((5, 18), (10, 36))
                ),
            ),
        ),
        Group(
            name="Crohn's, in a summary of the paper",
            printed=94,
            figures=(
                Figure(says="clinical response", percent="53.25", source=EMJ, would_fit=((41, 77),)),
                Figure(says="endoscopic response", percent="50", source=EMJ, would_fit=((9, 18), (18, 36), (47, 94))),
                Figure(says="CRP normalised", percent="62.71", source=EMJ, would_fit=((37, 59),)),
                Figure(says="ESR normalised", percent="70.91", source=EMJ, would_fit=((39, 55),)),
                Figure(
                    says="calprotectin normalised",
                    percent="29.63",
                    source=EMJ,
                    would_fit=((8, 27), (16, 54), (24, 81)),
                ),
                Figure(says="adverse events", percent="34", source=EMJ, would_fit=((32, 94),)),
            ),
        ),
    ),
    notes=(other(EMJ, "the protocol's three are 42.86, 38.89 and 27.78 % there."),),
)

U_ACTIVATE = Study(
    code="weeks96",
    label="96 weeks",
    title="U-ACTIVATE, long-term extension, 96 weeks",
    design=(
        other(U_ACTIVATE_PAPER, "phase 3 extension for responders to induction, interim analysis, as observed."),
        other(THIS_PROJECT, "as observed counts only those still in the study."),
    ),
    groups=(
        Group(
            name="Ulcerative colitis, “from U-ACHIEVE”",
            printed=369,
            figures=(
                Figure(says="clinical remission, as observed", percent="74-76", source=PROTOCOL, refs=(7,)),
                Figure(says="endoscopic remission, as observed", percent="45-47", source=PROTOCOL, refs=(7,)),
            ),
        ),
        Group(
            name="Clinical remission by dose, as observed",
            printed=None,
            figures=(
                Figure(says="week 48, 15 mg", percent="71", source=U_ACTIVATE_PAPER, numerator=84, denominator=118),
                Figure(says="week 48, 30 mg", percent="67", source=U_ACTIVATE_PAPER, numerator=130, denominator=193),
                Figure(says="week 96, 15 mg", percent="76", source=U_ACTIVATE_PAPER, numerator=69, denominator=91),
                Figure(says="week 96, 30 mg", percent="74", source=U_ACTIVATE_PAPER, numerator=104, denominator=141),
            ),
        ),
    ),
    notes=(
        other(ARITHMETIC, "observed at week 96: 91 + 141 = 232 of 369."),
        other(
            U_ACTIVATE_PAPER,
            "who was not in remission on 15 mg could go on with 30 mg.",
        ),
        other(THIS_PROJECT, "so the two doses are not comparable."),
        other(
            THIS_PROJECT,
            "the endoscopic figure was not found in what was read. In that programme endoscopic remission is a Mayo "
            "subscore of 0 (to be confirmed); the protocol's definition is 0 or 1.",
        ),
        protocol("most common adverse events: hepatic disorders, lymphopenia, CPK elevation, herpes zoster.", 7),
        other(U_ACTIVATE_PAPER, "and serious infection, neutropenia."),
    ),
)

OTHER_STUDIES = (
    Study(
        code="biomedicines",
        label="Biomedicines",
        title="Ulcerative colitis, week 8",
        design=(other(BIOMEDICINES_2025, "multicentre, retrospective; 236 people, 80 with ulcerative colitis."),),
        groups=(
            Group(
                name="Ulcerative colitis",
                printed=80,
                figures=(
                    Figure(says="clinical remission", percent="57.6", source=BIOMEDICINES_2025, would_fit=((38, 66),)),
                    Figure(says="clinical response", percent="81.8", source=BIOMEDICINES_2025, would_fit=((54, 66),)),
                    Figure(
                        says="endoscopic remission", percent="35.8", source=BIOMEDICINES_2025, would_fit=((19, 53),)
                    ),
                ),
            ),
        ),
    ),
    Study(
        code="spain",
        label="Spain",
        title="Spanish cohort",
        design=(other(SPANISH_COHORT, "multicentre, retrospective; 68 Crohn's disease, 32 ulcerative colitis."),),
        groups=(
            Group(
                name="Both diseases",
                printed=None,
                figures=(
                    Figure(says="on upadacitinib at month 6", percent="81", source=SPANISH_COHORT),
                    Figure(says="on upadacitinib at month 12", percent="66", source=SPANISH_COHORT),
                ),
            ),
        ),
    ),
    Study(
        code="delayed",
        label="Delayed",
        title="Delayed response, Crohn's disease",
        design=(other(DELAYED_RESPONDERS, "people without a response at week 12."),),
        groups=(
            Group(
                name="Crohn's",
                printed=None,
                figures=(
                    Figure(
                        says="response at week 24",
                        percent="52.5",
                        source=DELAYED_RESPONDERS,
                        numerator=64,
                        denominator=122,
                    ),
                ),
            ),
        ),
    ),
    Study(
        code="trials",
        label="Trials",
        title="Phase 3 trials in Crohn's disease",
        design=(other(UK_COHORT, "clinical remission in the trials, as it quotes them."),),
        groups=(
            Group(
                name="Crohn's",
                printed=None,
                figures=(
                    Figure(says="U-EXCEL, induction", percent="49.5", source=UK_COHORT),
                    Figure(says="U-EXCEED, induction", percent="38.9", source=UK_COHORT),
                    Figure(says="U-ENDURE, maintenance with 30 mg", percent="47.6", source=UK_COHORT),
                ),
            ),
        ),
    ),
)

PROTOCOL_STUDIES = (REAL_WORLD_6_MONTHS, WUHAN_12_WEEKS, U_ACTIVATE)

READ_THIS_FIRST = (
    other(THIS_PROJECT, "no figure here has a control group beside it; figures of two studies are not comparable."),
    other(
        ARITHMETIC,
        "in brackets: whether the printed n fits a percentage, and fractions that would; none of them is known.",
    ),
)
