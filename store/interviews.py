"""Interviews as they are kept between two acts of a person."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select, update

from flows.answers import Value
from flows.forms import shipped
from flows.interview import Interview, Stage
from flows.questionnaire import Questionnaire
from store.tables import CardRow, InterviewRow, table

_INTERVIEWS = table(InterviewRow)
_CARDS = table(CardRow)
_OPEN = _INTERVIEWS.c.stage.in_([Stage.ASKING.value, Stage.REVIEWING.value])
_OF_MEMBER = _INTERVIEWS.c.member_id == bindparam("member")

_ADD = insert(_INTERVIEWS).returning(_INTERVIEWS.c.id)
_GET = select(_INTERVIEWS).where(_INTERVIEWS.c.id == bindparam("interview"))
_FRONT = select(_INTERVIEWS).where(_OF_MEMBER, _OPEN, _INTERVIEWS.c.kept_at.is_(None))
_KEPT = select(_INTERVIEWS).where(_OF_MEMBER, _OPEN, _INTERVIEWS.c.kept_at.is_not(None)).order_by(_INTERVIEWS.c.kept_at)
_OPEN_OF = select(_INTERVIEWS).where(_INTERVIEWS.c.patient_id == bindparam("patient"), _OPEN).order_by(_INTERVIEWS.c.id)
_COMPLETED = (
    select(_INTERVIEWS)
    .where(_OF_MEMBER, _INTERVIEWS.c.stage == Stage.COMPLETED.value)
    .order_by(_INTERVIEWS.c.touched_at.desc(), _INTERVIEWS.c.id.desc())
)
# A verdict that Telegram could not show yet is not over.
_WAITS = exists().where(_CARDS.c.interview_id == _INTERVIEWS.c.id, _CARDS.c.shown < _CARDS.c.revision)
_COMPLETED_BEFORE = select(_INTERVIEWS).where(
    _INTERVIEWS.c.stage == Stage.COMPLETED.value, _INTERVIEWS.c.touched_at <= bindparam("before"), ~_WAITS
)
_SAVE = (
    update(_INTERVIEWS)
    .where(_INTERVIEWS.c.id == bindparam("interview"))
    .values(
        stage=bindparam("new_stage"),
        answers=bindparam("new_answers"),
        ticked=bindparam("new_ticked"),
        again=bindparam("asked_again"),
        member_id=bindparam("whose"),
        given_by=bindparam("by_whom"),
        kept_at=bindparam("kept"),
        touched_at=bindparam("now"),
    )
)
_ERASE = delete(_INTERVIEWS).where(_INTERVIEWS.c.id == bindparam("interview"))


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """About whom an interview is, and which observation it corrects and why, if it does."""

    patient_id: int | None = None
    corrects: int | None = None
    why: str | None = None


NOBODY = About()


@dataclass(slots=True, kw_only=True)
class Sitting:
    """An interview as it is kept: whose it is, about whom, when somebody last answered or moved it, and since when it
    waits for later, if it does.

    `given_by` says who gave an answer where that was somebody else than whose it is now.
    """

    id: int
    member_id: int
    interview: Interview
    touched_at: datetime
    kept_at: datetime | None
    about: About = NOBODY
    given_by: dict[str, int] = field(default_factory=dict)

    @property
    def patient_id(self) -> int | None:
        return self.about.patient_id


class Interviews:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, member_id: int, interview: Interview, now: datetime, about: About = NOBODY) -> Sitting:
        """Keep a new interview; an open one is the member's front one, of which there is at most one."""
        row = {
            "member_id": member_id,
            "patient_id": about.patient_id,
            "corrects": {"id": about.corrects, "why": about.why} if about.corrects else None,
            "questionnaire": interview.form.code,
            "version": interview.form.version,
            "stage": interview.stage.value,
            "answers": _as_pairs(interview),
            "ticked": list(interview.ticked),
            "again": interview.again,
            "touched_at": now,
        }
        added = self._connection.execute(_ADD, row).scalar_one()
        return Sitting(id=added, member_id=member_id, interview=interview, touched_at=now, kept_at=None, about=about)

    def get(self, interview_id: int) -> Sitting:
        return _sitting(self._connection.execute(_GET, {"interview": interview_id}).one())

    def front(self, member_id: int) -> Sitting | None:
        row = self._connection.execute(_FRONT, {"member": member_id}).first()
        return _sitting(row) if row else None

    def kept(self, member_id: int) -> list[Sitting]:
        """Open interviews that wait for later, oldest first."""
        return [_sitting(row) for row in self._connection.execute(_KEPT, {"member": member_id})]

    def open_of(self, patient_id: int) -> list[Sitting]:
        """Open interviews about a patient, whosever they are."""
        return [_sitting(row) for row in self._connection.execute(_OPEN_OF, {"patient": patient_id})]

    def last_verdict(self, member_id: int) -> Sitting | None:
        """The newest score that was completed and has not ended yet."""
        completed = map(_sitting, self._connection.execute(_COMPLETED, {"member": member_id}))
        return next((each for each in completed if isinstance(each.interview.form, Questionnaire)), None)

    def completed_before(self, before: datetime) -> list[Sitting]:
        """Completed interviews that were last touched by then, and whose verdict has been shown."""
        return [_sitting(row) for row in self._connection.execute(_COMPLETED_BEFORE, {"before": before})]

    def save(self, sitting: Sitting, now: datetime) -> None:
        interview, sitting.touched_at = sitting.interview, now
        row = {
            "interview": sitting.id,
            "new_stage": interview.stage.value,
            "new_answers": _as_pairs(interview),
            "new_ticked": list(interview.ticked),
            "asked_again": interview.again,
            "whose": sitting.member_id,
            "by_whom": sitting.given_by or None,
            "kept": sitting.kept_at,
            "now": now,
        }
        self._connection.execute(_SAVE, row)

    def erase(self, interview_id: int) -> None:
        """Remove an interview with its answers; its cards must have been let go before."""
        self._connection.execute(_ERASE, {"interview": interview_id})


def _as_pairs(interview: Interview) -> list[list[Any]]:
    return [[code, list(value) if isinstance(value, tuple) else value] for code, value in interview.answers.items()]


def _sitting(row: Row[Any]) -> Sitting:
    answers: dict[str, Value | None] = {
        code: tuple(value) if isinstance(value, list) else value for code, value in row.answers
    }
    interview = Interview(
        form=shipped(row.questionnaire, row.version),
        answers=answers,
        ticked=tuple(row.ticked),
        stage=Stage(row.stage),
        again=row.again,
    )
    corrects = row.corrects or {}
    return Sitting(
        id=row.id,
        member_id=row.member_id,
        interview=interview,
        touched_at=row.touched_at,
        kept_at=row.kept_at,
        about=About(patient_id=row.patient_id, corrects=corrects.get("id"), why=corrects.get("why")),
        given_by=row.given_by or {},
    )
