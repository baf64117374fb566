"""What is known of each analyte, as the documentation prints it: ranges, doubts, jumps, references, codes, grades."""

from collections.abc import Iterator
from dataclasses import replace

from flows.analyte import Analyte, Doubt, Reference
from flows.analytes import ANALYTES
from flows.citations import Authority, Citation, Stated
from flows.grades import CTCAE_5, GRADED
from flows.quantities import plain

_PLAUSIBLE = Citation(
    name="this project",
    title="Limits of this project for what is asked about or refused before it is stored",
    authority=Authority.POLICY,
    read_in="the specification",
)
_PRACTICE = replace(_PLAUSIBLE, title="What laboratories and people write", authority=Authority.PRACTICE)
_FACTORS = replace(_PRACTICE, title="Factors between units", read_in="a dictionary of a laboratory, ABIM, January 2026")
_REFERENCE = replace(_PRACTICE, name="ABIM", title="Reference limits", read_in="ABIM, January 2026")
_LOINC = replace(_PRACTICE, name="LOINC", title="LOINC", read_in="a dictionary of a laboratory, ABIM, January 2026")
_UNREAD_LOINC = replace(_LOINC, read_in=None)
# What screening asks for, qualitative and no analyte of ours.
_QUALITATIVE = {
    "HBsAg": "5196-1",
    "Anti-HBc": "16933-4",
    "HBV DNA": "42595-9",
    "Anti-HCV": "16128-1",
    "IGRA": "71774-4",
}


def _analyte(analyte: Analyte) -> Iterator[Stated]:
    lowest, highest = map(plain, analyte.plausible)
    yield Stated(f"{analyte.title}: plausible from {lowest} to {highest} {analyte.unit}", _PLAUSIBLE)
    if analyte.usual:
        lowest, highest = map(plain, analyte.usual)
        outside = f"outside {lowest} to {highest} {analyte.unit}"
        yield Stated(f"{analyte.title}: a patient's first value is asked about {outside}", _PLAUSIBLE)
    for jump in analyte.jumps:
        top = f" to {plain(jump.highest)}" if jump.highest else " or more"
        yield Stated(f"{analyte.title}: a jump of {plain(jump.lowest)}{top} times is asked about", _PLAUSIBLE)
    for doubt in analyte.doubts:
        yield Stated(f"{analyte.title}, asked about: {doubt.why}", _whose(doubt))
    for scale in analyte.scales[1:]:
        factor = f"x {plain(scale.times)}" if scale.times != 1 else f"/ {plain(scale.per)}"
        yield Stated(f"{analyte.title}: {scale.unit} {factor} = {analyte.unit}", _FACTORS)
    for reference in analyte.references:
        yield Stated(f"{analyte.title}: {_limits(reference)} {analyte.unit}", _read(reference))
    for code in analyte.loinc:
        of = f" ({code.of})" if code.of else ""
        yield Stated(f"{analyte.title}: LOINC {code.code}{of}", _LOINC if code.verified else _UNREAD_LOINC)
    if analyte.code in GRADED:
        yield Stated(f"{analyte.title}: grades", CTCAE_5)


def _whose(doubt: Doubt) -> Citation:
    return _PLAUSIBLE if doubt.authority is Authority.POLICY else _PRACTICE


def _limits(reference: Reference) -> str:
    ends = [
        f"{word} {plain(end)}" for word, end in (("from", reference.lower), ("to", reference.upper)) if end is not None
    ]
    return f"reference {' '.join(ends)}{f', {reference.sex}' if reference.sex else ''}"


def _read(reference: Reference) -> Citation:
    is_open = reference.state.startswith("to be confirmed")
    return replace(_REFERENCE, read_in=None if is_open else reference.state)


STATED = (
    *(stated for analyte in ANALYTES for stated in _analyte(analyte)),
    *(Stated(f"{name}: LOINC {code}", _UNREAD_LOINC) for name, code in _QUALITATIVE.items()),
)
