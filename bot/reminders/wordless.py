"""The words of a reminder of one's own are erased with it: a name among them may stay nowhere."""

from datetime import datetime

from flows.own_reminders import OWN, SET, WORDS_REMOVED, wordless
from flows.record import Observation
from store.unit_of_work import UnitOfWork


def erase_words(work: UnitOfWork, member_id: int, taken_back: Observation, now: datetime) -> None:
    """Of a reminder that was taken back; of another fact nothing. The audit keeps both digests, and no word."""
    if taken_back.fact.code != SET:
        return
    before, row = work.observations.put_instead(taken_back.id, wordless())
    work.audit.wrote(member_id, "erase words", "observation", row, now, before)
    work.reminders.rename(row.patient_id, OWN, str(taken_back.id), WORDS_REMOVED)
