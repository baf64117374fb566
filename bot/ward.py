"""A member's patients: what their commands and the buttons of their cards do."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from bot import panel, patient_card, patient_pages, words
from bot.acts import Moment
from bot.charting import Charting
from bot.corrections import REASONS, Corrections
from bot.examined import examined_from
from bot.front import Front
from bot.patient_deeds import back, to
from bot.pictures import panel_wish, trend_wish
from bot.records import Records
from bot.render import paged, said
from bot.taps import COPY, Keyboard, Labelled
from bot.views import View, rows
from flows.course import course_of
from flows.days import day
from flows.errors import NotNow
from flows.forms import form
from flows.forms.enrolment import DETAILS, ENROLMENT, INDUCTION
from flows.forms.moves import MOVES
from flows.forms.screened import SCREENED_FORMS
from flows.forms.visit import LABS
from flows.protocol.baseline_items import State
from flows.questionnaire import Disease
from flows.record import Fact, Kind
from flows.trend import title_of, trend
from flows.trend_in_words import text_of
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

_UPDATED = "Updated: a value arrived or was corrected since the last card."
_A_ROW = 2
# Telegram takes 1,024 UTF-16 units under a picture; escaped characters count once there.
MOST_CAPTION = 1000
# Efficacy baselines cannot be had after the first dose; what is screened for safety stays due.
_GONE_ELSEWHERE = ("base_score", "base_bio", "base_endo", "base_cpk")

# Efficacy baselines that a clinician may accept although they are older than their windows.
_BASELINES = {"score": "score", "bio": "CRP, calprotectin", "endo": "endoscopy"}
_MEASURES = {
    ("score", Disease.CROHNS): ("hbi",),
    ("score", Disease.ULCERATIVE_COLITIS): ("partial_mayo",),
    ("endo", Disease.CROHNS): ("ses_cd",),
    ("endo", Disease.ULCERATIVE_COLITIS): ("mes",),
    **{("bio", disease): ("crp", "fcp") for disease in Disease},
}


class Ward:
    """For the length of one turn."""

    def __init__(self, work: UnitOfWork, member: Member, moment: Moment, front: Front) -> None:
        self._work = work
        self._member = member
        self._moment = moment
        self._front = front
        self._records = Records(work, member, moment, front.today)
        self.charting = Charting(work, member, moment, front)
        self._corrections = Corrections(work, member, moment, front)
        front.beside = self.charting.before_and_after

    # Commands

    def named(self, rest: str) -> Patient:
        self._records.require_approval()
        return self._records.found(rest)

    def listed(self, page: int = 0) -> View:
        """The patients, the newest first, ten a page."""
        self._records.require_approval()
        every = range(self._work.patients.count())
        shown, beside = paged(every, page, "patients")
        found = self._work.patients.newest(len(shown), shown[0]) if shown else []
        buttons: list[Labelled] = [(each.code, to("menu", each)) for each in found]
        text = f"{len(every)} patient{'' if len(every) == 1 else 's'}. /new enrols one."
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), beside) if found else None)

    def menu(self, patient: Patient) -> View:
        """Who it is, where the treatment stands, and what can be done."""
        examined = self._records.examine(patient)
        report = examined.report
        assert report is not None
        text = "\n".join([patient_card.who_line(patient.code, examined), *map(escape, report.status[-2:])])
        opens = (("Visit", f"visit_{patient.disease.lower()}"), ("Laboratory", LABS.code), ("Details", DETAILS.code))
        buttons: list[Labelled] = [(label, to("open", patient, code)) for label, code in opens]
        pages = ("Status", "Checklist", "Due", "Course", "Safety", "History", "Correct")
        buttons += [(label, to(label.lower(), patient)) for label in pages]
        return View(text, Keyboard.of(*rows(buttons, 3)))

    def status(self, patient: Patient, *, updated: bool = False) -> View:
        """The verdict card, kept for the replay."""
        is_later = self._records.has_verdict(patient)
        number, examined = self._records.issue(patient)
        notes = [_UPDATED] if updated and is_later else []
        notes += filter(None, [self._records.stool_infection(patient)])
        text = patient_card.card_text(patient.code, examined, *notes)
        line = patient_card.copied(patient.code, examined)
        buttons: list[Labelled] = [
            ("Copy note", (COPY, line)),
            ("Long note", to("note", patient)),
            ("Why", to("why", patient)),
            ("Safety", to("safety", patient)),
            ("Add labs", to("open", patient, LABS.code)),
            ("Correct", to("correct", patient)),
            ("Due", to("due", patient)),
            ("Menu", to("menu", patient)),
        ]
        return View(f"{text}\n<i>Verdict {number}: /replay {number}</i>", Keyboard.of(*rows(buttons, 4)))

    def trend(self, patient: Patient) -> View:
        """The picture of a course, with what it shows in words under it."""
        inputs = self._records.inputs(patient)
        chart = examined_from(inputs, self._front.today).reading.chart()
        assert chart is not None
        shown = trend(chart, self._front.today)
        title = title_of(shown, patient.code)
        room = MOST_CAPTION - len(title) - 1
        return View(escape(f"{title}\n{text_of(shown, most=room)}"), picture=trend_wish(inputs, title))

    def panel(self) -> View:
        """The clinic by what was last said of each patient, as a picture and in words."""
        self._records.require_approval()
        counts = panel.counts([each.report for each in self._work.verdicts.last_of_each()], self._work.patients.count())
        title = f"Clinic · {day(self._front.today)}"
        words_of = [f"{name}: {number}" for name, number in counts]
        lines = [title, *words_of, "As of the last verdict card of each patient; /p lists all."]
        return View(escape("\n".join(lines)), picture=panel_wish(counts, title))

    def history(self, patient: Patient, page: int = 0) -> View:
        pages = patient_pages.history_pages(patient.code, patient.disease, self._records.written(patient))
        page = max(0, min(page, len(pages) - 1))
        beside = [("Newer", page - 1), ("Older", page + 1)]
        turn: list[Labelled] = [
            (label, to("history", patient, str(other))) for label, other in beside if 0 <= other < len(pages)
        ]
        return View(pages[page], Keyboard.of(turn, [back(patient)]))

    def replayed(self, rest: str) -> View:
        self._records.require_approval()
        if not rest.isdecimal() or len(rest) > 9:
            raise NotNow("Say which verdict: /replay and its number, as it stands on the card.")
        patient, replay = self._records.replay(int(rest))
        lines = [f"{patient.code} · verdict {rest}", f"Then: {replay.headline}"]
        same = ["Now, from the same inputs: identical, word for word."]
        other = [f"Now: {replay.now}", f"Different: {', '.join(replay.differs)}."]
        return said("\n".join([*lines, *(other if replay.differs else same)]))

    def file(self, card: Card, sitting: Sitting) -> None:
        """What was confirmed goes to the patient, and the card shows what it amounts to."""
        patient = self.charting.file(sitting)
        code = sitting.interview.form.code
        is_baseline = code == ENROLMENT.code or code.startswith("screened_")
        is_late = code == LABS.code or code.startswith("scored_")
        view = self._checklist(patient) if is_baseline else self.status(patient, updated=is_late)
        self._front.put(card, view, None, patient.id)

    # Deeds

    def do(self, card: Card, verb: str, number: str, *rest: str) -> None:
        """What a button of a patient's card does; it acts on the patient of its card, or on nobody."""
        patient = self._work.patients.get(int(number))
        if card.patient_id not in (None, patient.id):
            raise NotNow(words.NOT_YOURS)
        if verb == "open":
            self.charting.open(patient, *rest)
        elif verb == "right":
            number, reason = rest
            self.charting.correct(patient, self._records.one(patient, int(number)), REASONS[reason])
        else:
            self._front.put(card, self._view(verb, patient, rest), None, patient.id)

    def _view(self, verb: str, patient: Patient, rest: Sequence[str]) -> View:
        pages: Mapping[str, Callable[[], View]] = {
            "menu": lambda: self.menu(patient),
            "status": lambda: self.status(patient),
            "history": lambda: self.history(patient, *map(int, rest)),
            "correct": lambda: self._corrections.offered(patient, *map(int, rest)),
            "why_wrong": lambda: self._corrections.asked_why(patient, *rest),
            "mend": lambda: self._corrections.asked_how(patient, *rest),
            "accept": lambda: self._accepted(patient, *rest),
            "replace": lambda: self._corrected(patient, *rest),
            "undo": lambda: self._undone(patient, *map(int, rest)),
            "elsewhere": lambda: self._elsewhere(patient),
            "hand_over": lambda: self._offered(patient),
            "hand_to": lambda: self._handed(patient, *rest),
            "course": lambda: self._course(patient),
            "checklist": lambda: self._checklist(patient),
        }
        return pages[verb]() if verb in pages else self._page(verb, patient)

    def _page(self, verb: str, patient: Patient) -> View:
        examined = self._records.examine(patient)
        report = examined.report
        assert report is not None
        texts = {
            "why": lambda: patient_pages.why_page(report),
            "safety": lambda: patient_pages.safety_page(patient.code, report),
            "due": lambda: patient_pages.due_page(patient.code, report),
            "note": lambda: patient_card.long_note(patient.code, examined),
        }
        if verb not in texts:
            raise NotNow(words.NOT_YOURS)
        return View(texts[verb](), Keyboard.of([back(patient)]))

    def _checklist(self, patient: Patient) -> View:
        """What is there and what is not, with a button for each item that can be entered."""
        report = self._records.examine(patient).report
        assert report is not None
        text = patient_pages.checklist_page(patient.code, report)
        closed = {each.item for each in report.screening if each.state is State.DONE}
        buttons: list[Labelled] = [
            (each.title, to("open", patient, each.code))
            for each in SCREENED_FORMS
            if each.code.removeprefix("screened_") not in closed
        ]
        scores = ("hbi", "ses_cd") if patient.disease is Disease.CROHNS else ("partial_mayo", "mes")
        buttons += [(form(f"scored_{each}").short, to("open", patient, f"scored_{each}")) for each in scores]
        buttons += [("Laboratory", to("open", patient, LABS.code))]
        old = [each.item for each in report.screening if each.state is State.TOO_OLD and each.item in _BASELINES]
        buttons += [(f"Accept old {_BASELINES[item]}", to("accept", patient, item)) for item in old]
        has_begun = report.dose.day is not None
        elsewhere: list[Labelled] = [("Started elsewhere", to("elsewhere", patient))] if has_begun else []
        return View(text, Keyboard.of(*rows(buttons, 3), elsewhere, [back(patient)]))

    def _accepted(self, patient: Patient, item: str) -> View:
        """A baseline older than its window counts from now on, as a clinician has accepted it."""
        measures = _MEASURES[item, patient.disease]
        accepted = [Fact(kind=Kind.PERSON, code=f"accepted.{each}", value={"is": True}) for each in measures]
        self._records.file(patient, accepted)
        return self._checklist(patient)

    def _course(self, patient: Patient) -> View:
        """What each authority says of the dose, and the moves that the course has now."""
        examined = self._records.examine(patient)
        chart, report = examined.reading.chart(), examined.report
        assert chart is not None
        assert report is not None
        text = patient_pages.dose_page(patient.code, report)
        possible = course_of(chart.treatment, self._front.today).possible()
        buttons: list[Labelled] = [
            (form(code).title, to("open", patient, code)) for code, trigger in MOVES.items() if trigger in possible
        ]
        if patient.disease is Disease.CROHNS and chart.induction_weeks is None:
            buttons.append((INDUCTION.title, to("open", patient, INDUCTION.code)))
        hand: Labelled = ("Hand over", to("hand_over", patient))
        return View(text, Keyboard.of(*rows(buttons, _A_ROW), [hand], [back(patient)]))

    def _offered(self, patient: Patient) -> View:
        """Who is responsible, and who could be."""
        others = [each for each in self._work.members.all_active() if each.id != patient.responsible_id]
        buttons: list[Labelled] = [
            (f"Member {each.id} ({each.role})", to("hand_to", patient, str(each.id))) for each in others
        ]
        text = f"{patient.code}: member {patient.responsible_id} is responsible. Who takes over?"
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [back(patient)]))

    def _handed(self, patient: Patient, member_id: str) -> View:
        other = next((each for each in self._work.members.all_active() if str(each.id) == member_id), None)
        if other is None:
            raise NotNow("That person has no access any more. Nothing was changed.")
        self._records.hand_over(patient, other)
        self._front.tell(other, f"{patient.code} was handed over to you by member {self._member.id}.")
        return self.menu(patient)

    def _elsewhere(self, patient: Patient) -> View:
        """Close what cannot be had any more; the screening for safety stays open."""
        today, value = self._front.today, {"state": "not_possible", "why": "started elsewhere"}
        self._records.file(
            patient, [Fact(kind=Kind.HANDLED, code=each, on=today, value=value) for each in _GONE_ELSEWHERE]
        )
        return self._checklist(patient)

    def _corrected(self, patient: Patient, number: str, reason: str) -> View:
        self._corrections.take_out(patient, number, reason)
        return self.status(patient, updated=True)

    def _undone(self, patient: Patient, entry: int) -> View:
        self._records.undo(patient, entry)
        return self.status(patient, updated=True)

    def undoing(self, patient: Patient) -> View:
        return self._corrections.last(patient)
