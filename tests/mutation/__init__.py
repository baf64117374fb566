"""Mutation testing of the clinical core: one small change at a time in a rule, and a test has to fail.

In scope are the protocol and the instruments, whatever they grow to, and the modules of quantities, of the chart and of
the course by name. Not in scope are pages that are nothing but text.
"""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_BY_NAME = (
    "analyte", "anchoring", "chart", "choices", "counts", "course", "criteria", "differing_maintenance", "grades",
    "laboratory", "measures", "numerals", "quantities", "questionnaire", "ranges", "samples", "scoring", "segments",
    "steps", "treatment", "units",
)  # fmt: skip
_ROOMS = ("protocol", "instruments")
_PAGES = ("page.py", "label_pages.py", "summary.py", "evidence.py", "sources.py")


def modules(root: Path = ROOT) -> tuple[str, ...]:
    """The files in scope, as paths from the root of the tree."""
    named = [root / "flows" / f"{name}.py" for name in _BY_NAME]
    found = [path for room in _ROOMS for path in sorted((root / "flows" / room).rglob("*.py"))]
    return tuple(str(path.relative_to(root)) for path in (*named, *found) if path.name not in _PAGES and path.exists())
