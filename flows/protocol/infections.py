"""Infections: serious, opportunistic, tuberculosis, hepatitis, herpes zoster, an abscess that was ticked."""

from collections.abc import Iterator
from datetime import timedelta

from flows.chart import Score
from flows.citations import Stated
from flows.days import day
from flows.history import Result
from flows.protocol import markers
from flows.protocol.cautions import Caution, Level, SafetyFinding, alike, stated
from flows.protocol.events import Lasting, Watched
from flows.protocol.patient import Patient
from flows.protocol.sources import (
    READ_IN_GB,
    READ_NOWHERE,
    THIS_PROJECT,
    US_BEFORE_TREATMENT,
    US_BOXED_WARNING,
    US_INDICATION,
    US_LABEL,
)

_AN_INFECTION = timedelta(days=30)
# A serious one is interrupted for until it is controlled, which no chart says: it is shown for longer.
_A_SERIOUS_INFECTION = timedelta(days=90)
_A_LONG_INFECTION = timedelta(days=365)

SERIOUS = Caution(
    id="label.serious_infection",
    level=Level.LIMIT,
    before=alike("initiation is not recommended in a serious infection", US_BEFORE_TREATMENT),
    during=(
        *alike(
            "“If a serious infection develops, interrupt RINVOQ/RINVOQ LQ until the infection is controlled.”",
            US_BOXED_WARNING,
        ),
        *alike("interruption in a serious infection until it is controlled", *READ_NOWHERE),
    ),
)
OPPORTUNISTIC = Caution(
    id="label.opportunistic_infection",
    level=Level.LIMIT,
    says=alike("interruption in an opportunistic infection until it is controlled", US_INDICATION, *READ_NOWHERE),
)
TUBERCULOSIS = Caution(
    id="label.active_tuberculosis",
    level=Level.LIMIT,
    says=(
        *alike("not recommended in active tuberculosis", US_BEFORE_TREATMENT),
        *alike("contraindicated in active tuberculosis", *READ_IN_GB),
    ),
)
HEPATITIS = Caution(
    id="label.active_hepatitis",
    level=Level.LIMIT,
    says=alike("not recommended in active hepatitis B or C", US_BEFORE_TREATMENT),
)
ZOSTER = Caution(
    id="label.herpes_zoster",
    level=Level.CHECK,
    says=alike("interruption is considered until the episode resolves", US_LABEL, *READ_NOWHERE),
)
CDAI_GROUP = Caution(
    id="policy.abscess_in_cdai",
    level=Level.CHECK,
    says=alike(
        "the CDAI (Crohn's) group of anal fissure, fistula or abscess does not say which of them is present",
        THIS_PROJECT,
    ),
)
_MARKERS = {"dna": "HBV DNA", "rna": "HCV RNA", "hbsag": "HBsAg"}
_ABSCESS = Stated("an abscess counts as a serious infection", US_LABEL)
_COUNTS = f"{_ABSCESS.says} (labels, to be confirmed)"
_SURELY = Lasting(("serious_infection",), _A_SERIOUS_INFECTION)
_OPEN = Lasting(("infection", "abscess", "herpes_zoster"), _AN_INFECTION)
_ACTIVE = Lasting(("hepatitis_b", "hepatitis_c"), _A_LONG_INFECTION)
_WATCHED = (
    Watched(OPPORTUNISTIC, Lasting(("opportunistic_infection",), _A_SERIOUS_INFECTION)),
    Watched(TUBERCULOSIS, Lasting(("tuberculosis",), _A_LONG_INFECTION)),
)
_TICKED = Stated(f"a score that ticks an abscess: shown for {_AN_INFECTION.days} days after its day", THIS_PROJECT)
STATED = stated(
    (SERIOUS, OPPORTUNISTIC, TUBERCULOSIS, HEPATITIS, ZOSTER, CDAI_GROUP),
    _ABSCESS,
    *(each.stated for each in (_SURELY, _OPEN, _ACTIVE, *(watched.lasting for watched in _WATCHED))),
    _TICKED,
)


def infected(patient: Patient) -> Iterator[SafetyFinding]:
    yield from _serious(patient)
    for watched in _WATCHED:
        yield from watched.found(patient)
    yield from _hepatitis(patient)
    yield from _zoster(patient)
    if score := _ticked(patient, "cdai", "anal"):
        brief = f"anal fissure, fistula or abscess ticked in the CDAI (Crohn's) ({day(score.on)})"
        yield CDAI_GROUP.found(patient, f"ticked on {day(score.on)}", _COUNTS, brief=brief)


def _serious(patient: Patient) -> Iterator[SafetyFinding]:
    """A limit where an infection was serious; to be checked where that is not known, or an abscess is named."""
    events = _OPEN.of(patient)
    sure = [*_SURELY.told(_SURELY.of(patient)), *_OPEN.told(each for each in events if each.serious)]
    unsaid = _OPEN.told(each for each in events if each.kind == "infection" and each.serious is None)
    abscesses = _OPEN.told(each for each in events if each.kind == "abscess" and not each.serious)
    score = _ticked(patient, "hbi", "abscess")
    if score:
        abscesses.append(f"abscess ticked in the HBI ({day(score.on)})")
    facts = [
        *sure,
        *(f"{each}; whether serious is not known" for each in unsaid),
        *abscesses,
        *[_COUNTS] * bool(abscesses),
    ]
    if facts:
        yield SERIOUS.found(
            patient, *facts, brief=_serious_in_brief(patient, score), level=None if sure else Level.CHECK
        )


def _serious_in_brief(patient: Patient, ticked: Score | None) -> str:
    """The newest that was serious; else the newest that may be one."""
    events, sure = _OPEN.of(patient), _SURELY.of(patient)
    serious = [*sure, *(each for each in events if each.serious)]
    if serious:
        newest = _OPEN.brief(serious)
        return newest if newest.startswith("serious") else f"serious infection: {newest}"
    unsaid = [each for each in events if each.kind == "abscess" or (each.kind == "infection" and each.serious is None)]
    if unsaid:
        return f"whether serious is not known: {_OPEN.brief(unsaid)}"
    assert ticked is not None
    return f"abscess ticked in the HBI ({day(ticked.on)})"


def _hepatitis(patient: Patient) -> Iterator[SafetyFinding]:
    """By event, or by the last result of a marker; HBsAg without HBV DNA leaves open whether it is active."""
    events = _ACTIVE.of(patient)
    active = _ACTIVE.told(events)
    results = {marker: markers.latest(patient.chart, marker, patient.today) for marker in _MARKERS}
    positive = {
        marker: f"{_MARKERS[marker]} positive ({day(found[0])})"
        for marker, found in results.items()
        if found is not None and found[1] is Result.POSITIVE
    }
    active += [text for marker, text in positive.items() if marker != "hbsag"]
    carried = [positive["hbsag"]] if "hbsag" in positive else []
    brief = next((text for marker, text in positive.items() if marker != "hbsag"), "") or "".join(carried)
    if carried and "dna" not in positive:
        dna = results["dna"]
        carried.append("HBV DNA not known" if dna is None else f"HBV DNA {dna[1]} ({day(dna[0])})")
    if active or carried:
        brief = _ACTIVE.brief(events) if events else brief
        yield HEPATITIS.found(patient, *active, *carried, brief=brief, level=None if active else Level.CHECK)


def _zoster(patient: Patient) -> Iterator[SafetyFinding]:
    events = [each for each in _OPEN.of(patient) if each.kind == "herpes_zoster"]
    if events:
        unsaid = ["whether serious or disseminated is not known"] * any(each.serious is None for each in events)
        yield ZOSTER.found(patient, *_OPEN.told(events), *unsaid, brief=_OPEN.brief(events))


def _ticked(patient: Patient, instrument: str, complication: str) -> Score | None:
    """The last score of an instrument that tells of complications, if it is recent and ticks one of them."""
    telling = [
        (score.on, score, ticked)
        for score in patient.chart.scores
        if score.questionnaire.code == instrument
        and score.on <= patient.today
        and isinstance(ticked := score.answers.get("complications"), tuple)
    ]
    if not telling:
        return None
    on, score, ticked = sorted(telling, key=lambda each: each[0])[-1]
    return score if complication in ticked and patient.today - on <= _AN_INFECTION else None
