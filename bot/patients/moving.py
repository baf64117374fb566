"""The course of a patient in the chat: what a move is recorded as, what a restart moves, and what it leaves open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.contract.examined import chart_from
from bot.front import Front
from bot.patients.known import Known
from bot.roles import require
from flows.anchoring import Moved, reanchored
from flows.answers import Value
from flows.chart import Chart
from flows.course import course_of, misfit
from flows.days import day
from flows.errors import NotNow
from flows.filing import asked_of, said_of_step
from flows.forms import form
from flows.forms.enrolment import INDUCTION
from flows.forms.moves import INDUCTION_DOSE, MOVES, RESTART, SHIFTS_UNTIL, START
from flows.interview import Interview, Stage
from flows.protocol.standing import long_gap, unrecorded
from flows.questionnaire import Disease
from flows.record import STARTED, Fact, Kind, Observation, instead, standing, steps_of, void
from flows.refiling import answers_of, places
from flows.steps import Step
from store.interviews import About, Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

# What a restart says that leaves open how induction goes on.
TOLD_AT_ONCE = ("on", "mg", "why")
TOLD_LATER = "how induction goes on was told later"


def _said(when: date | None) -> str:
    return day(when) if when else "no day"


class Moving:
    """Works out what a move changes in a patient's course, and refuses one that does not fit."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front, records: Known) -> None:
        self._work = work
        self._member = member
        self._front = front
        self._records = records

    def chart(self, patient: Patient, written: Sequence[Observation] | None = None) -> Chart:
        """What is known of a patient; by what is `written`, or would be."""
        return chart_from(self._records.inputs(patient, written), self._front.today)

    def given(self, patient: Patient, old: Step | None = None) -> dict[str, Value | None]:
        """What the record says when a restart is asked about; `old` the one in whose place it comes."""
        treatment, today = self.chart(patient).treatment, self._front.today
        if old is not None:
            treatment = treatment.before(old)
        filled: dict[str, Value | None] = {
            "disease": patient.disease.value,
            INDUCTION_DOSE: f"{treatment.induction_mg(today)} mg",
        }
        last = treatment.shifts_until(today)
        return filled if last is None else filled | {SHIFTS_UNTIL: last.isoformat()}

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
        known = answers_of(RESTART, [old[-1].fact])
        answers = self.given(patient, step) | {code: known[code] for code in TOLD_AT_ONCE if known[code] is not None}
        about = About(patient_id=patient.id, corrects=old[-1].id, why=TOLD_LATER)
        self._front.open(Interview(form(RESTART.code), answers), about)

    def moved(self, sitting: Sitting) -> tuple[Chart, Chart]:
        """The chart before and after a move; NotNow where its course has no such move, or would contradict itself."""
        assert sitting.patient_id is not None
        asked, answers = sitting.interview.form, sitting.interview.answers
        patient = self._work.patients.get(sitting.patient_id)
        chart = self.chart(patient)
        course = course_of(chart.treatment, self._front.today)
        trigger, on = MOVES[asked.code], date.fromisoformat(str(answers["on"]))
        more = said_of_step(asked, asked_of(asked, answers))
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

    def require_untold(self, patient: Patient, code: str) -> None:
        """NotNow where what is told once was told already, as on a card since: nothing overwrites it unseen."""
        if code not in (INDUCTION.code, START.code):
            return
        chart, known = self.chart(patient), ""
        if code == INDUCTION.code and chart.induction_weeks is not None:
            known = f"induction of {chart.induction_weeks} weeks"
        elif code == START.code and chart.started_on is not None:
            known = f"a first dose on {day(chart.started_on)}"
        if known:
            raise NotNow(f"{patient.code}: {known} is recorded already. What is wrong is mended under Correct.")

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
        is_open = code == RESTART.code and every and every[0].after is None
        why = long_gap(after.treatment, self._front.today)
        return "\n".join(_dates(every, *([f"CHECK: {why}"] if is_open else [])))

    # A step taken out, or taken back

    def rest_on(self, patient: Patient, wrong: Sequence[Observation]) -> tuple[list[Observation], str]:
        """The steps that would not fit the course without some of it, and why: they are taken out with it.

        None where the course contradicts itself as it is: then each is taken out alone.
        """
        written, along, why = self._records.written(patient), list[Observation](), ""
        if self.misfit(patient, written):
            return [], ""
        while unfit := self.misfit(patient, _without(written, [*wrong, *along])):
            along.append(unfit[0])
            why = why or unfit[1]
        return along, why

    def misfit(self, patient: Patient, written: Sequence[Observation]) -> tuple[Observation, str] | None:
        """The first step that the course before it does not allow, and why; none where the chart has not all."""
        chart, steps = self.chart(patient, written), steps_of(standing(written), self._front.today)
        found = misfit(chart.treatment, self._front.today)
        return (steps[found[0]], found[1]) if found and len(steps) == len(chart.course) else None

    def without(self, patient: Patient, gone: Sequence[Observation]) -> list[str]:
        """What taking steps out moves, and what is to be checked by then."""
        written, today = self._records.written(patient), self._front.today
        left = _without(written, gone)
        before, after = self.chart(patient, written), self.chart(patient, left)
        unfit, check = self.misfit(patient, left), unrecorded(after, today)
        checks = [*([f"CHECK: {unfit[1]}"] if unfit else []), *([f"{check}."] if check else [])]
        return _dates(reanchored(before, after, today), *checks)

    def as_of_disease(self, patient: Patient, disease: Disease, gone: Sequence[Observation]) -> list[str]:
        """What another disease moves, without what was told of the former alone."""
        written, today = self._records.written(patient), self._front.today
        other, left = replace(patient, disease=disease), _without(written, gone)
        unfit = self.misfit(other, left)
        every = reanchored(self.chart(patient, written), self.chart(other, left), today)
        return _dates(every, *([f"CHECK: {unfit[1]}"] if unfit else []))

    def require_fits(self, patient: Patient, pairs: Sequence[tuple[Observation, Fact]]) -> None:
        """NotNow where other facts in the place of some would leave a course that contradicts itself, as it does not
        now.
        """
        if not any(old.fact.kind is Kind.COURSE for old, _ in pairs):
            return
        written = self._records.written(patient)
        unfit = self.misfit(patient, instead(written, pairs))
        if unfit and not self.misfit(patient, written):
            raise NotNow(f"{unfit[1]} Nothing was changed.")


def _without(written: Sequence[Observation], gone: Sequence[Observation]) -> list[Observation]:
    return instead(written, [(each, void(each.fact)) for each in gone])


def _dates(every: Sequence[Moved], *checks: str) -> list[str]:
    moved = [f"{each.label}: {_said(each.before)} → {_said(each.after)}" for each in every if each.has_moved]
    lines = [*checks, *moved]
    return ["Dates before → after:", *(lines or ["none is moved"])]


def _is(each: Observation, step: Step) -> bool:
    return (each.fact.kind, each.fact.code, each.fact.on) == (Kind.COURSE, step.move.value, step.on)
