"""What a page of the protocol is made of: lines of authorities on a topic. CLINICAL.md D1."""

from dataclasses import dataclass

from flows.citations import (
    PROTOCOL,
    Authority,
    Citation,
)
from flows.errors import DefinitionError

# The protocol's list of references, as it prints them.
REFERENCES = {
    1: "Upadacitinib in Biologic-Experienced Inflammatory Bowel ... [pmc.ncbi.nlm.nih.gov]",
    2: "U.S. Food and Drug Administration (FDA) Approves ... [news.abbvie.com]",
    3: "FDA Approves Updated Indication for Upadacitinib in ... [pharmacytimes.com]",
    4: "FDA Expands Upadacitinib Label for Treating Inflammatory ... [ajmc.com]",
    5: "A Review of the Long-Term Safety and Efficacy ... [skintherapyletter.com]",
    6: "Upadacitinib induction therapy in Crohn's disease [bmcgastroenterol.biomedcentral.com]",
    7: "Long-term efficacy and safety of upadacitinib in patients ... [sciencedirect.com]",
    8: "The updated 2025 ACG guidelines to manage adult ... [gi.org]",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one authority says; `refs` are the references that the protocol gives for it.

    `elsewhere` is what the labels of other regions say on the same matter.
    """

    says: str
    source: Citation
    refs: tuple[int, ...] = ()
    elsewhere: tuple["Line", ...] = ()

    def __post_init__(self) -> None:
        if self.refs and self.source.authority is not Authority.PROTOCOL:
            raise DefinitionError(f"only the protocol has references: {self.says}")
        if unheard_of := set(self.refs) - set(REFERENCES):
            raise DefinitionError(f"the protocol has no reference {sorted(unheard_of)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Lines on one matter; `differs` if its authorities do not say the same."""

    title: str
    lines: tuple[Line, ...]
    differs: bool = False

    def __post_init__(self) -> None:
        if self.differs and len({line.source.name for line in self.lines}) < 2:
            raise DefinitionError(f"{self.title}: one source cannot differ from itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page; `elsewhere` is what the labels of other regions say beside what its lines have of them.

    `picture` is drawn below the topics: headings, each with its lines.
    """

    code: str
    title: str
    topics: tuple[Topic, ...]
    elsewhere: tuple[Line, ...] = ()
    picture: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for topic in self.topics for line in topic.lines) + self.behind

    @property
    def behind(self) -> tuple[Line, ...]:
        """What the labels of other regions say, to be read with the sources."""
        return (*(each for topic in self.topics for line in topic.lines for each in line.elsewhere), *self.elsewhere)


def protocol(says: str, *refs: int) -> Line:
    return Line(says=says, source=PROTOCOL, refs=refs)


def other(source: Citation, says: str, *elsewhere: Line) -> Line:
    return Line(says=says, source=source, elsewhere=elsewhere)


def also(says: str, *sources: Citation) -> tuple[Line, ...]:
    """One sentence of the labels of several regions."""
    return tuple(Line(says=says, source=source) for source in sources)
