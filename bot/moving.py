"""The course of a patient in the chat: what a move is recorded as, what a restart moves, and what it leaves open."""

from dataclasses import replace
from datetime import date

from bot.front import Front
from bot.records import Records
from bot.roles import require
from flows.anchoring import reanchored
from flows.answers import Value
from flows.chart import Chart
from flows.course import course_of
from flows.days import day
from flows.errors import NotNow
from flows.filed_person import words
from flows.filing import asked_of, goes_on, milligrams
from flows.forms import form
from flows.forms.moves import INDUCTION_DOSE, MOVES, RESTART, SHIFTS_UNTIL
from flows.interview import Interview, Stage
from flows.protocol.standing import LONG_GAP
from flows.record import STARTED, Kind, Observation, standing, steps_of
from flows.refiling import places
from flows.steps import Step
from store.interviews import About, Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

TOLD_LATER = "how induction goes on was told later"


def _said(when: date | None) -> str:
    return day(when) if when else "no day"


class Moving:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front, records: Records) -> None:
        self._work = work
        self._member = member
        self._front = front
        self._records = records

    def chart(self, patient: Patient) -> Chart:
        """What is known of a patient."""
        chart = self._records.examine(patient).reading.chart()
        assert chart is not None
        return chart

    def given(self, patient: Patient, old: Step | None = None) -> dict[str, Value | None]:
        """What the record says when a restart is asked about; `old` the one in whose place it comes."""
        treatment, today = self.chart(patient).treatment, self._front.today
        if old is not None:
            treatment = treatment.before(old)
        found: dict[str, Value | None] = {
            "disease": patient.disease.value,
            INDUCTION_DOSE: f"{treatment.induction_mg(today)} mg",
        }
        last = treatment.shifts_until(today)
        return found if last is None else found | {SHIFTS_UNTIL: last.isoformat()}

    def given_before(self, patient: Patient, wrong: Observation) -> dict[str, Value | None]:
        """What the record says when a restart is told anew."""
        chart, on = self.chart(patient), wrong.fact.on
        assert on is not None
        return self.given(patient, chart.treatment.steps[self._places(patient, wrong, on, chart)[0]])

    def _places(self, patient: Patient, wrong: Observation, on: date, chart: Chart) -> tuple[int, int]:
        """Where a step is on a chart, and where on another day; NotNow where the chart does not have it, or not all."""
        stands, today = standing(self._records.written(patient)), self._front.today
        course = steps_of(stands, today)
        if wrong not in course or len(course) != len(chart.course):
            raise NotNow("That step is not on the chart of today. Nothing was changed.")
        return places(stands, wrong, on, today)

    def ask_how_it_goes_on(self, patient: Patient) -> None:
        """Ask what the last restart left open; the answer takes the place of what was recorded of it."""
        require(self._member.role, "course")
        self._front.require_nothing_open()
        course = course_of(self.chart(patient).treatment, self._front.today)
        step = course.treatment.resumed(self._front.today)
        old = [each for each in standing(self._records.written(patient)) if step and _is(each, step)]
        if step is None or not old or not course.waits_for_an_end():
            raise NotNow("When induction ends waits for no answer any more. Nothing was changed.")
        answers = self.given(patient, step) | {"on": step.on.isoformat(), "mg": f"{step.mg} mg"}
        about = About(patient_id=patient.id, corrects=old[-1].id, why=TOLD_LATER)
        self._front.open(Interview(form(RESTART.code), answers), about)

    def moved(self, sitting: Sitting) -> tuple[Chart, Chart]:
        """The chart before and after a move; NotNow where its course has no such move, or would contradict itself."""
        assert sitting.patient_id is not None
        asked, answers = sitting.interview.form, sitting.interview.answers
        patient = self._work.patients.get(sitting.patient_id)
        chart = self.chart(patient)
        course = course_of(chart.treatment, self._front.today)
        trigger, on, mg = MOVES[asked.code], date.fromisoformat(str(answers["on"])), answers.get("mg")
        more = goes_on(asked_of(asked, answers)) | {"mg": milligrams(mg) if mg else None}
        more["why"] = words(asked, "why", answers)
        if sitting.about.corrects is None:
            course.record(trigger, on, **more)
        else:
            *_, wrong = self._records.as_one(patient, sitting.about.corrects)
            if wrong.fact.code == STARTED:  # told without its dose
                at, to = None, sum(each.on <= on for each in course.treatment.steps)
            else:
                at, to = self._places(patient, wrong, on, chart)
            course.correct(at, to, trigger, on, **more)
        return chart, replace(chart, started_on=course.treatment.started_on, course=course.treatment.steps)

    def before_and_after(self, sitting: Sitting) -> str:
        """What a restart or a correction moves, in its review: each date before and after; nothing of another form."""
        code, is_corrected = sitting.interview.form.code, sitting.about.corrects is not None
        is_shown = code == RESTART.code or (is_corrected and code in MOVES)
        if not is_shown or sitting.interview.stage is not Stage.REVIEWING:
            return ""
        try:
            before, after = self.moved(sitting)
        except NotNow as refusal:
            return f"CHECK: {refusal}"
        every = reanchored(before, after, self._front.today)
        lines = [f"{each.label}: {_said(each.before)} → {_said(each.after)}" for each in every if each.has_moved]
        if code == RESTART.code and every and every[0].after is None:
            lines.insert(0, f"CHECK: {LONG_GAP}")
        return "\n".join(["Dates before → after:", *(lines or ["none is moved"])])


def _is(each: Observation, step: Step) -> bool:
    return (each.fact.kind, each.fact.code, each.fact.on) == (Kind.COURSE, step.move.value, step.on)
