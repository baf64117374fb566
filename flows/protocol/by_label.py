"""A page for a clinic of another region: its label on the page, the others behind the sources. CLINICAL.md D1."""

from dataclasses import replace

from flows.citations import Authority
from flows.history import Region
from flows.protocol.page import Line, Section, Topic, other
from flows.protocol.sources import THIS_PROJECT

_NAMES = {region.label: f"{region} label" for region in Region}


def of_label(section: Section, label: Authority) -> Section:
    """A page declared with the US label, with another in its place; what was not read of it stays, and is named."""
    topics = [replace(topic, lines=tuple(_of_label(line, label) for line in topic.lines)) for topic in section.topics]
    own = tuple(line for line in section.elsewhere if line.source.authority is label)
    if own:
        topics[-1] = replace(topics[-1], lines=(*topics[-1].lines, *own))
    if any(_is_of_another(line, label) for topic in topics for line in topic.lines):
        unread = f"by the US label stands what was not read of the {_NAMES[label]}."
        topics.append(Topic(title="Not read", lines=(other(THIS_PROJECT, unread),)))
    behind = tuple(line for line in section.elsewhere if line not in own)
    return replace(section, topics=tuple(topics), elsewhere=behind)


def _is_of_another(line: Line, label: Authority) -> bool:
    return line.source.authority in _NAMES and line.source.authority is not label


def _of_label(line: Line, label: Authority) -> Line:
    """What the label says on the matter of a line, where that was read; the others then stand behind it."""
    own = next((each for each in line.elsewhere if each.source.authority is label), None)
    if own is None:
        return line
    before = (replace(line, elsewhere=()),) if line.source.authority in _NAMES else ()
    return replace(own, elsewhere=(*before, *(each for each in line.elsewhere if each is not own)))
