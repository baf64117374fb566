"""What is shown of one patient: the menu, the verdict card, the picture, and the pages behind the buttons."""

from collections.abc import Sequence
from datetime import date
from html import escape

from bot import words
from bot.acts import Moment
from bot.contract.examined import Examined, chart_from, examined_from
from bot.front import Front
from bot.patients.card import card_text, copied, long_note, not_entered_lines, on_every_card, who_line
from bot.patients.deeds import back, taken_along, to, verdict
from bot.patients.overtaken import retire_verdicts
from bot.patients.pages import (
    checklist_page,
    dose_page,
    due_page,
    history_pages,
    labels_page,
    phenotype,
    safety_page,
    why_page,
)
from bot.patients.records import Records
from bot.pictures import trend_wish
from bot.reminders.cards import OPENED
from bot.render import said
from bot.taps import COPY, MENU_BELOW, Keyboard, Labelled
from bot.views import NEWEST_FIRST, View, rows, turning
from flows.baselines import GONE_ELSEWHERE, called, observed, scores_of
from flows.course import Trigger, course_of
from flows.errors import NotNow
from flows.filing import awaited_stool_test
from flows.form import Form
from flows.forms import TOTALLED, form
from flows.forms.enrolment import DETAILS, INDUCTION
from flows.forms.moves import MOVES, START
from flows.forms.screened import SCREENED_FORMS
from flows.forms.stool import STOOL_TEST
from flows.forms.visit import LABS, VISITS
from flows.protocol.baseline_items import CheckState
from flows.protocol.dosing import labels_elsewhere
from flows.protocol.due import reopened
from flows.protocol.safety import safety_before_first_dose
from flows.questionnaire import Disease
from flows.trend import title_of, trend
from flows.trend_in_words import text_of
from store.patients import Patient
from store.unit_of_work import UnitOfWork
from store.verdicts import StoredVerdict

_UPDATED = "Updated: a value arrived or was corrected since the last card."
COPY_NOTE = "Copy note"
# The pages of the menu; each verb is its label in small letters.
PAGES = ("Status", "Checklist", "Due", "Course", "Safety", "History", "Trend", "Correct")
_A_ROW = 2
# Of what a correction has opened again.
_MOST_NAMED = 5
# Telegram takes 1,024 UTF-16 units under a picture; escaped characters count once there.
MOST_CAPTION = 1000


class Bedside:
    """Shows one patient: the menu, the verdict card, the picture and the pages."""

    def __init__(self, work: UnitOfWork, moment: Moment, front: Front, records: Records) -> None:
        self._work = work
        self._moment = moment
        self._front = front
        self._records = records

    def menu(self, patient: Patient) -> View:
        """Who it is, where the treatment stands, and what can be done."""
        examined = self._records.examine(patient)
        report = examined.report
        lines = [*on_every_card(report), *not_entered_lines(report)]
        open_ones = self._open_to_a_doctor(patient, examined)
        if open_ones:
            lines.append(f"Not recorded, for a doctor: {', '.join(each.title.lower() for each in open_ones)}.")
        text = "\n".join([who_line(patient.code, examined), *map(escape, lines)])
        first: list[Labelled] = [(each.title, to("open", patient, each.code)) for each in open_ones]
        opens = (("Visit", VISITS[patient.disease].code), ("Laboratory", LABS.code), ("Details", DETAILS.code))
        buttons: list[Labelled] = [(label, to("open", patient, code)) for label, code in opens]
        buttons += [(label, to(label.lower(), patient)) for label in PAGES]
        buttons += [("Old total", to("totals", patient)), stool_test(patient)]
        return View(text, Keyboard.of(first, *rows(buttons, 3)))

    def _open_to_a_doctor(self, patient: Patient, examined: Examined) -> list[Form]:
        """How long induction is meant to be, and the first dose, as far as they are not recorded (CLINICAL.md D2)."""
        chart = examined.chart
        lacks_length = patient.disease is Disease.CROHNS and chart.induction_weeks is None
        may_begin = Trigger.START in course_of(chart.treatment, self._front.today).possible()
        return [*([INDUCTION] if lacks_length else []), *([START] if may_begin else [])]

    def status(self, patient: Patient, *, before: str = "", beside: Sequence[Labelled] = ()) -> View:
        """The verdict card, kept for the replay, with more buttons `beside` its own.

        `before` is the chart as it stood until the value came, or the correction, that the card is shown for.
        """
        is_anew = bool(before) and self._records.last_verdict(patient) is not None
        number, examined = self._records.issue(patient)
        retire_verdicts(self._work, patient, self._moment.now)
        notes = [*[_UPDATED] * is_anew, *self._opened_again(before, examined)]
        notes += filter(None, [self._records.carried_mass(patient)])
        awaited = [stool_test(patient)] if awaited_stool_test(self._records.written(patient)) else []
        text = card_text(patient.code, examined, *notes, foot=f"Verdict {number}: /replay {number}")
        line = copied(patient.code, examined)
        buttons: list[Labelled] = [
            (COPY_NOTE, (COPY, line)),
            ("Long note", to("note", patient)),
            ("Why", to("why", patient)),
            ("Safety", to("safety", patient)),
            ("Add labs", to("open", patient, LABS.code)),
            ("Correct", to("correct", patient)),
            ("Due", to("due", patient)),
            ("Menu", to("menu", patient)),
        ]
        return View(
            text,
            Keyboard.of(*rows(buttons, 4), [*dict.fromkeys((*beside, *awaited))], unseen=[verdict(patient, number)]),
        )

    def _opened_again(self, before: str, examined: Examined) -> list[str]:
        """What was settled by the chart before, and is not any more."""
        if not before:
            return []
        then = examined_from(before, self._front.today).report
        titles = [
            f"Baseline: {each.title}" if each.item in GONE_ELSEWHERE else each.title
            for each in reopened(then.due, examined.report.due)
        ]
        more = [f"{len(titles) - _MOST_NAMED} more"] if len(titles) > _MOST_NAMED else []
        return [f"Open again: {'; '.join([*titles[:_MOST_NAMED], *more])}."] if titles else []

    def trend(self, patient: Patient) -> View:
        """The picture of a course, with what it shows in words under it."""
        inputs = self._records.inputs(patient)
        shown = trend(chart_from(inputs, self._front.today), self._front.today)
        title = title_of(shown, patient.code)
        room = MOST_CAPTION - len(title) - 1
        text = escape(f"{title}\n{text_of(shown, most=room)}")
        return View(text, Keyboard.of([("Menu", to(MENU_BELOW, patient))]), trend_wish(inputs, title))

    def history(self, patient: Patient, page: int = 0) -> View:
        written, clinic_day = self._records.written(patient), self._front.clinic_day
        pages = history_pages(patient.code, patient.disease, written, clinic_day)
        page = max(0, min(page, len(pages) - 1))
        beside = turning(page, len(pages), to("history", patient), NEWEST_FIRST)
        return View(pages[page], Keyboard.of(beside, [back(patient)]))

    def page(self, verb: str, patient: Patient) -> View:
        written = self._records.written(patient)
        examined = self._records.examine(patient, written)
        report = examined.report
        texts = {
            "why": lambda: why_page(patient.code, examined),
            "safety": lambda: safety_page(patient.code, report),
            "due": lambda: due_page(patient.code, report, written, self._front.today),
            "note": lambda: long_note(patient.code, examined),
        }
        if verb not in texts:
            raise NotNow(words.NOT_YOURS)
        return self._page_of(verb, patient, texts[verb](), examined)

    def explained(self, verdict: StoredVerdict) -> View:
        """Why something was said of a patient: from the chart as it was then, by the words of now."""
        patient = self._work.patients.get(verdict.patient_id)
        self._records.read(patient.id)
        examined = examined_from(verdict.inputs, self._front.today)
        return self._page_of("why", patient, why_page(patient.code, examined, verdict.id), examined)

    def _page_of(self, verb: str, patient: Patient, text: str, examined: Examined) -> View:
        """A page behind a card, with the line for the record and the way back to it."""
        if verb == "due":
            return View(text, Keyboard.of([("Answer", to(OPENED, patient)), taken_along(patient), back(patient)]))
        copy: Labelled = (COPY_NOTE, (COPY, copied(patient.code, examined)))
        return View(text, Keyboard.of([copy, ("Status", to("status", patient)), back(patient)]))

    def checklist(self, patient: Patient) -> View:
        """What is there and what is not, with a button for each item that can be entered."""
        written = self._records.written(patient)
        report = self._records.examine(patient, written).report
        old = [
            (measure, observed(measure, on, written))
            for each in report.screening
            for measure, on in each.acceptable
            if isinstance(on, date)  # a month is told to `evaluate` alone
        ]
        text = checklist_page(patient.code, patient.disease, report, phenotype(written), [each for _, each in old])
        left = {each.item for each in report.screening if each.state is not CheckState.DONE}
        buttons: list[Labelled] = [
            (each.title, to("open", patient, each.code))
            for each in SCREENED_FORMS
            if each.code.removeprefix("screened_") in left
        ]
        scores = [form(f"scored_{each}") for each in scores_of(patient.disease)]
        buttons += [(each.short, to("open", patient, each.code)) for each in scores]
        buttons += [("Laboratory", to("open", patient, LABS.code))]
        buttons += [
            (f"Accept old {called(measure)}", to("accept", patient, measure, str(each.id))) for measure, each in old
        ]
        missing = {f"base_{each.item}" for each in report.screening if each.state is CheckState.MISSING}
        is_elsewhere = report.dose.day is not None and not missing.isdisjoint(GONE_ELSEWHERE)
        elsewhere: list[Labelled] = [("Started elsewhere", to("elsewhere", patient))] if is_elsewhere else []
        return View(text, Keyboard.of(*rows(buttons, 3), elsewhere, [back(patient)]))

    def totals(self, patient: Patient) -> View:
        """The scores of which a total without its items can be entered."""
        forms = [form(f"totalled_{each.code}") for each in TOTALLED if each.disease is patient.disease]
        buttons: list[Labelled] = [(each.short, to("open", patient, each.code)) for each in forms]
        text = f"{patient.code}: the total of an old record, without its items. What needs them is not evaluable."
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [back(patient)]))

    def course(self, patient: Patient) -> View:
        """What each authority says of the dose, and the moves that the course has now."""
        examined = self._records.examine(patient)
        chart, report = examined.chart, examined.report
        against = report.safety if chart.started_on else safety_before_first_dose(chart, self._front.today)
        text = dose_page(patient.code, report, against)
        possible = course_of(chart.treatment, self._front.today).possible()
        buttons: list[Labelled] = [
            (form(code).title, to("open", patient, code)) for code, trigger in MOVES.items() if trigger in possible
        ]
        if INDUCTION in self._open_to_a_doctor(patient, examined):
            buttons.append((INDUCTION.title, to("open", patient, INDUCTION.code)))
        if course_of(chart.treatment, self._front.today).waits_for_an_end():
            buttons.append(("End of induction", to("resumed", patient)))
        beside: list[Labelled] = [("Hand over", to("hand_over", patient))]
        if chart.region is not None and report.dose.says:
            beside.append(("Sources", to("labels", patient)))
        return View(text, Keyboard.of(*rows(buttons, _A_ROW), beside, [back(patient)]))

    def labels(self, patient: Patient) -> View:
        """What the labels of other regions say of the dose (CLINICAL.md D1)."""
        chart = self._records.examine(patient).chart
        text = labels_page(patient.code, labels_elsewhere(chart, self._front.today))
        return View(text, Keyboard.of([("Course", to("course", patient)), back(patient)]))


def stool_test(patient: Patient) -> Labelled:
    return STOOL_TEST.short, to("open", patient, STOOL_TEST.code)
