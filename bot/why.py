"""What a verdict rests on, and by which rule: folded, at the end of its card."""

from html import escape

from flows.citations import Authority
from flows.criteria import Rule
from flows.protocol import PROTOCOL_VERSION
from flows.sentences import shortened

# Of a rule of many parts, where there is little room.
_MOST_OF_RULE = 60


def folded(rests: str, rule: Rule) -> str:
    return _quoted(f"Why: {rests} · rule {rule.says} · {_source(rule)}")


def in_short(rule: Rule) -> str:
    return _quoted(f"Why: rule {shortened(rule.says, _MOST_OF_RULE)} · {shortened(_source(rule), _MOST_OF_RULE)}")


def _source(rule: Rule) -> str:
    """`protocol 2026-02, efficacy endpoints, ref 1`."""
    source = rule.source
    if source.authority is not Authority.PROTOCOL:
        return str(source)
    return f"protocol {PROTOCOL_VERSION.removeprefix('smolecule-')}, {source.place}"


def _quoted(text: str) -> str:
    return f"<blockquote expandable>{escape(text)}</blockquote>"
