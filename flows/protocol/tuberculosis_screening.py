"""Tuberculosis before the first dose: IGRA and chest imaging. CLINICAL.md section 4.

A positive IGRA is done only once it was treated for long enough, and is not undone by a later negative one.
"""

from datetime import date, timedelta

from msgspec.structs import replace

from flows.citations import Stated
from flows.days import day
from flows.history import Result, Screened
from flows.protocol.baseline_items import RESULT, SCREENING_ITEMS, Checked, CheckState, Item, Span
from flows.protocol.sources import THIS_PROJECT, US_INDICATION

# Ours: latent tuberculosis counts as treated before the first dose from so long after the start of its treatment.
LATENT_TB_TREATED_FOR = timedelta(days=30)

LATENT = Stated("latent tuberculosis: evaluation and treatment", US_INDICATION)
A_MONTH = Stated(f"latent tuberculosis: {LATENT_TB_TREATED_FOR.days} days of treatment", THIS_PROJECT.at("IGRA"))
REPEAT_IGRA = Stated("repeat IGRA", THIS_PROJECT.at("IGRA"))
CHEST_FINDING = Stated("chest finding: evaluation", THIS_PROJECT.at("chest imaging"))
STATED = (LATENT, A_MONTH, REPEAT_IGRA, CHEST_FINDING)

Entries = tuple[Screened, ...]


def igra(entries: Entries, span: Span, today: date) -> Checked:
    item, known = SCREENING_ITEMS["igra"], tuple(each for each in entries if each.result or each.treated_from)
    treated = [each for each in known if each.result is Result.TREATED or each.treated_from]
    if treated:
        return _treated(item, treated[-1], span, today)
    positive = [each for each in known if each.result is Result.POSITIVE]
    if positive:
        later = f"negative on {day(known[-1].on)}" if known[-1].result is Result.NEGATIVE else ""
        found = item.awaiting(LATENT.says, positive[-1].on, Result.POSITIVE, LATENT.source)
        return replace(found, why=later)
    if known and known[-1].result is Result.INDETERMINATE:
        return item.awaiting(REPEAT_IGRA.says, known[-1].on, Result.INDETERMINATE, REPEAT_IGRA.source)
    return _negatives(item, entries, known, span)


def chest(entries: Entries, span: Span) -> Checked:
    """The last imaging counts; whatever is not negative is to be evaluated."""
    item, known = SCREENING_ITEMS["chest"], tuple(each for each in entries if each.result)
    if known and known[-1].result is not Result.NEGATIVE:
        return item.awaiting(CHEST_FINDING.says, known[-1].on, known[-1].result, CHEST_FINDING.source)
    return _negatives(item, entries, known, span)


def _treated(item: Item, entry: Screened, span: Span, today: date) -> Checked:
    """Where the start of treatment is not recorded, it lies no later than the day on which it was noted."""
    begun = entry.treated_from or entry.on
    since = f"treated from {day(begun)}" if entry.treated_from else f"noted on {day(begun)}, first day not recorded"
    why = f"{since}, {entry.drug}" if entry.drug else since
    enough = begun + LATENT_TB_TREATED_FOR
    if enough <= today:
        state = CheckState.DONE if enough <= span.end else CheckState.DONE_LATE
        return item.checked(state, why, entry.on, result=Result.TREATED)
    return replace(item.awaiting(A_MONTH.says, entry.on, Result.TREATED, A_MONTH.source), why=why)


def _negatives(item: Item, entries: Entries, known: Entries, span: Span) -> Checked:
    """Of results the last of which is negative."""
    if not known:
        if entries:
            return item.awaiting(RESULT, entries[-1].on)
        return item.checked(CheckState.MISSING, missing=(item.title,))
    on = span.counted([each.on for each in known if each.result is Result.NEGATIVE])
    return item.placed(on, span, result=Result.NEGATIVE)
