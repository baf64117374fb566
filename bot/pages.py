"""How `/protocol`, `/evidence`, `/mechanism`, `/dose` look: pages on one card, the sources of each behind a button."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from bot import words
from bot.pictures import drawing_wish
from bot.taps import DRAWING, Deed, Keyboard, Labelled
from bot.views import View, rows
from flows.citations import Authority, Citation
from flows.errors import NotNow
from flows.history import Region
from flows.protocol import PROTOCOL_VERSION
from flows.protocol.by_label import of_label
from flows.protocol.dose_pages import doses
from flows.protocol.evidence import OTHER_STUDIES, PROTOCOL_STUDIES, READ_THIS_FIRST, Figure, Group, Study
from flows.protocol.page import REFERENCES, Line, Section
from flows.protocol.summary import MECHANISM, OPENING, SECTIONS
from flows.protocol.workflow import WORKFLOW

_SOURCES = "sources"
_A_ROW = 2

# A heading, and the lines under it.
Block = tuple[str, Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a book; `label` stands on the button that leads to it, `sources` is what Sources shows.

    `drawn` says in words what its picture shows, where it has one.
    """

    code: str
    label: str
    body: str
    sources: str
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """What one command opens: the first page, and those that its buttons lead to."""

    command: str
    pages: tuple[Page, ...]

    def page(self, code: str) -> Page:
        """NotNow if an old card names a page that is not there any more."""
        page = next((page for page in self.pages if page.code == code), None)
        if page is None:
            raise NotNow(words.NO_SUCH_PAGE)
        return page

    def leaf(self, page: Page, way: str) -> View:
        """A page with the buttons that lead on, or its sources with the one that leads back."""
        if way == _SOURCES:
            return View(page.sources, Keyboard.of([("Back", self._to(page))], unseen=self._deeds))
        first = self.pages[0]
        beside: list[Labelled] = [(each.label, self._to(each)) for each in self.pages if each not in (first, page)]
        bottom: list[Labelled] = [("Picture", self._drawing(page))] if page.drawn else []
        bottom.append(("Sources", self._to(page, _SOURCES)))
        if page is not first:
            bottom.append(("Back", self._to(first)))
        return View(page.body, Keyboard.of(*rows(beside, _A_ROW), bottom, unseen=self._deeds))

    def _to(self, page: Page, *way: str) -> Deed:
        return ("page", self.command, page.code, *way)

    def _drawing(self, page: Page) -> Deed:
        return (DRAWING, self.command, page.code)

    @property
    def _deeds(self) -> list[Deed]:
        """The deeds of every page: an index means the same on each, and a double tap does nothing else."""
        read = [deed for page in self.pages for deed in (self._to(page), self._to(page, _SOURCES))]
        return [*read, *(self._drawing(page) for page in self.pages if page.drawn)]


def opened(command: str, code: str = "", way: str = "", *, region: Region | None = None) -> View:
    """A page of the book that a command opens, for a clinic of that region; the first one has no code."""
    book = _book(command, region)
    return book.leaf(book.page(code), way)


def drawing(command: str, code: str) -> View:
    """The picture of a page, with its words: it has no label on it."""
    page = _book(command).page(code)
    return View(page.drawn, picture=drawing_wish(page.code))


def _book(command: str, region: Region | None = None) -> Book:
    book = _books(region.label if region else Authority.US_LABEL).get(command)
    if book is None:
        raise NotNow(words.NO_SUCH_PAGE)
    return book


# The protocol's pages


def _section(section: Section) -> Page:
    title = section.title if section.code else f"{section.title} · {PROTOCOL_VERSION}"
    blocks: list[Block] = [
        (f"{topic.title}{' · sources differ' if topic.differs else ''}", map(_said, topic.lines))
        for topic in section.topics
    ]
    return Page(
        code=section.code,
        label=section.title,
        body=_html(title, [*blocks, *section.picture]),
        sources=_sources(section.title, section.lines, section.behind),
        drawn=_html(title, section.picture) if section.picture else "",
    )


# The pages of evidence


def _evidence() -> Page:
    title = f"Evidence · {PROTOCOL_VERSION}"
    blocks: list[Block] = [(study.title, map(_said, study.design)) for study in PROTOCOL_STUDIES]
    lines = [*(line for study in PROTOCOL_STUDIES for line in study.design), *READ_THIS_FIRST]
    return Page(
        code="",
        label="Evidence",
        body=_html(title, [*blocks, ("All figures", map(_said, READ_THIS_FIRST))]),
        sources=_sources("Evidence", lines),
    )


def _study(study: Study) -> Page:
    blocks = [("Design", map(_said, study.design)), *_groups(study), ("Also", map(_said, study.notes))]
    return Page(
        code=study.code,
        label=study.label,
        body=_html(study.title, blocks),
        sources=_sources(study.title, study.lines),
    )


def _other_data() -> Page:
    title = "Other data, not in the protocol"
    blocks = [
        (study.title, [*map(_said, study.design), *(line for _, lines in _groups(study) for line in lines)])
        for study in OTHER_STUDIES
    ]
    return Page(
        code="other",
        label="Other data",
        body=_html(title, blocks),
        sources=_sources(title, [line for study in OTHER_STUDIES for line in study.lines]),
    )


def _groups(study: Study) -> list[Block]:
    return [
        (
            f"{group.name}{f', n={group.printed} as printed' if group.printed else ''}",
            [_figure(figure, group) for figure in group.figures],
        )
        for group in study.groups
    ]


def _figure(figure: Figure, group: Group) -> str:
    """`EMJ: clinical response: 53.25 %, denominator not stated (arithmetic: none of 94 gives it; 41/77 would).`"""
    percent = f"{figure.percent.replace('-', ' to ')} %"
    if figure.numerator is not None:
        return f"{_name(figure)}: {figure.says}: {figure.numerator}/{figure.denominator} ({percent})."
    would_fit = " or ".join(f"{part}/{whole}" for part, whole in figure.would_fit)
    checks = [
        f"none of {group.printed} gives it" if group.printed and not figure.fits(group.printed) else "",
        f"{would_fit} would" if would_fit else "",
    ]
    check = "; ".join(each for each in checks if each)
    checked = f" (arithmetic: {check})" if check else ""
    return f"{_name(figure)}: {figure.says}: {percent}, denominator not stated{checked}."


# Lines, and whose they are


def _said(line: Line) -> str:
    """`protocol, ref 1: ...`; what was not read where it is said to stand is marked."""
    unread = "" if line.source.read_in else " (to be confirmed)"
    return f"{_name(line)}{unread}: {line.says}"


def _name(line: Line | Figure) -> str:
    if not line.refs:
        return line.source.name
    *most, last = map(str, line.refs)
    refs = f"refs {', '.join(most)} and {last}" if most else f"ref {last}"
    return f"{line.source.name}, {refs}"


def _told(citation: Citation) -> str:
    """A source with the name that lines give it, unless its title begins so."""
    return str(citation) if citation.title.startswith(citation.name) else f"{citation.name}: {citation}"


def _sources(title: str, lines: Sequence[Line | Figure], elsewhere: Sequence[Line] = ()) -> str:
    """What was read of each source, the protocol's references, and what the labels of other regions say."""
    citations = dict.fromkeys(line.source for line in lines)
    references = sorted({ref for line in lines for ref in line.refs})
    cited = [
        *(f"{_told(each)} ({each.state})." for each in citations),
        *(f"protocol, ref {ref}: {REFERENCES[ref]}." for ref in references),
    ]
    blocks: list[Block] = [("Labels of other regions", [_said(line) for line in elsewhere])] if elsewhere else []
    return _html(f"{title} · sources", [*blocks, ("What was read, and where", cited)])


def _html(title: str, blocks: Iterable[Block]) -> str:
    """Renders a page's title and blocks as HTML; the only place in this file that escapes."""
    paragraphs = [
        "\n".join([f"<b>{escape(heading)}</b>", *(escape(line) for line in lines)]) for heading, lines in blocks
    ]
    return "\n\n".join([f"<b>{escape(title)}</b>", *paragraphs])


@cache
def _books(label: Authority) -> dict[str, Book]:
    """By the command that opens each; of the labels one is on the pages."""
    sections = [of_label(section, label) for section in (OPENING, *SECTIONS, WORKFLOW)]
    books = (
        Book("protocol", tuple(_section(section) for section in sections)),
        Book("evidence", (_evidence(), *(_study(study) for study in PROTOCOL_STUDIES), _other_data())),
        Book("mechanism", (_section(MECHANISM),)),
        Book("dose", tuple(_section(section) for section in doses(label))),
    )
    return {book.command: book for book in books}


BOOKS = _books(Authority.US_LABEL)
