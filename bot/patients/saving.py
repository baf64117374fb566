"""A quick check that goes to a patient: one is chosen, what will be written is shown, and a tap confirms it."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from bot.contract.examined import Examined
from bot.contract.scores import FROM_CHART
from bot.fitting import fit
from bot.front import Front
from bot.lab_cards import to_be_written
from bot.patients.already import stand_already
from bot.patients.records import Records
from bot.patients.unsettled import ask_of_doubts, has_choice
from bot.render import said
from bot.taps import SAVE, SAVED_TO, SAVES_TO, Keyboard, Labelled
from bot.views import View, paged, rows
from flows.awaited import awaited_from, awaited_line
from flows.days import day
from flows.errors import FlowError, NotNow
from flows.filing import facts_of_check
from flows.questionnaire import Disease, Questionnaire
from flows.record import Fact
from flows.samples import Lab
from flows.screens import Outcome, Sampled
from store.cards import Card
from store.interviews import Sitting
from store.members import Member
from store.patients import Patient
from store.unit_of_work import UnitOfWork

_A_ROW = 2
_BACK: Labelled = ("Back", ("save", "back"))


class Saving:
    """Saves a quick check to a patient."""

    def __init__(self, work: UnitOfWork, member: Member, front: Front, records: Records) -> None:
        self._work = work
        self._member = member
        self._front = front
        self._records = records

    def do(self, card: Card, sitting: Sitting, step: str, about: str) -> None:
        """Show a step before the last on the card of the check."""
        self._records.require_approval()
        match step:
            case "which":
                self._front.put(card, self._which(sitting, int(about)), sitting.id)
            case "to":
                self._choose(card, sitting, about)
            case _:
                self._front.show(card, sitting)

    def _choose(self, card: Card, sitting: Sitting, code: str) -> None:
        """Show what will be written; a code that was typed wrongly leaves the list where it is."""
        try:
            patient = self._records.found(code)
            view = self._shown(sitting, patient)
        except FlowError as refusal:
            self._front.put(card, self._which(sitting, note=str(refusal)), sitting.id)
        else:
            self._front.put(card, view, sitting.id, patient.id)

    def _which(self, sitting: Sitting, page: int = 0, note: str = "") -> View:
        """The patients whom it could be of: the member's own first, then those of others, the newest first."""
        diseases = _diseases(sitting)
        every = range(self._work.patients.count_with(diseases))
        if not every:
            return said(f"No patient with {_named(diseases)} is enrolled: /new enrols one.", Keyboard.of([_BACK]))
        shown, beside = paged(every, page, *SAVE[:-1])
        found = self._work.patients.own_first(self._member.id, diseases, len(shown), shown[0])
        for each in found:
            self._records.read(each.id)
        buttons: list[Labelled] = [(each.code, (*SAVES_TO, each.code)) for each in found]
        text = f"{self._name(sitting)}: to which patient with {_named(diseases)}? Tap a code, or type it."
        keyboard = Keyboard.of(*rows(buttons, _A_ROW), beside, [_BACK], unseen=[SAVES_TO])
        return said("\n".join(filter(None, (note, text))), keyboard)

    def is_unsettled(self, card: Card, sitting: Sitting, patient_id: int) -> bool:
        """Whether something is open before it can be written; if so that is said, where it can be settled."""
        why = ask_of_doubts(sitting.interview)
        if not why:
            return False
        self._front.save(sitting)
        # Its buttons get another token: the second half of a double tap is no second look.
        again = replace(card, actions=None)
        if has_choice(sitting.interview):
            self._front.show(again, sitting, why)
        else:
            patient = self._work.patients.get(patient_id)
            self._front.put(again, self._shown(sitting, patient, why), sitting.id, patient.id)
        return True

    def _shown(self, sitting: Sitting, patient: Patient, note: str = "") -> View:
        """What will be written, and of whom."""
        written = self._records.written(patient)
        examined = self._records.examine(patient, written)
        facts = self._facts(sitting, patient, examined)
        lines = [
            *filter(None, [note]),
            f"{patient.code} · {patient.disease.label}",
            f"To be written: {self._name(sitting)}",
            *self._in_words(sitting, examined.reading.labs),
            *filter(None, [awaited_line(sitting.interview.answers.get("labs"))]),
            *(f"CHECK: {each}" for each in stand_already(facts, written, self._front.clinic_day)),
            "Nothing counts until you confirm.",
        ]
        confirm: Labelled = ("Confirm", (*SAVED_TO, str(patient.id)))
        return View(fit(map(escape, lines)), Keyboard.of([confirm, ("Back", SAVE)]))

    def file(self, sitting: Sitting, patient_id: int) -> Patient:
        """Write it to the patient who was chosen; the check has ended with that."""
        self._records.require_approval()
        patient = self._work.patients.get(patient_id)
        self._records.file(patient, self._facts(sitting, patient, self._records.examine(patient)))
        self._front.erase(sitting)
        return patient

    def _facts(self, sitting: Sitting, patient: Patient, examined: Examined) -> list[Fact]:
        """What will be written; NotNow where it cannot be of this patient."""
        form, answers = sitting.interview.form, sitting.interview.answers
        if patient.disease not in _diseases(sitting):
            raise NotNow(f"{patient.code}: {patient.disease.label}, and this is of {_named(_diseases(sitting))}.")
        sex, told = examined.reading.facts["sex"], answers.get(FROM_CHART)
        if sex and told and told != sex:
            raise NotNow(f"{patient.code}: {sex}, and this was answered for the other sex. Nothing was changed.")
        on = self._front.day_of(sitting)
        facts = facts_of_check(form, answers, on)
        return [*facts, *awaited_from(on, answers.get("labs"), facts, examined.report.due, patient.disease)]

    def _name(self, sitting: Sitting) -> str:
        """`HBI 5, 1 Jun 2026`."""
        screen, on = self._front.screen(sitting), day(self._front.day_of(sitting))
        if not isinstance(screen, Outcome):
            return sitting.interview.form.title
        return f"{screen.questionnaire.short} {screen.verdicts.scores[0].total}, {on}"

    def _in_words(self, sitting: Sitting, labs: Sequence[Lab]) -> list[str]:
        """Every answer, or every value beside those that are known."""
        screen = self._front.screen(sitting)
        if isinstance(screen, Sampled):
            return to_be_written(screen.values, labs)
        assert isinstance(screen, Outcome)
        return [f"{line.item.name}: {line.answer}" for line in screen.lines]


def _diseases(sitting: Sitting) -> tuple[Disease, ...]:
    """Whose patients it could be of: a score is of one disease."""
    form = sitting.interview.form
    return (form.disease,) if isinstance(form, Questionnaire) else tuple(Disease)


def _named(diseases: tuple[Disease, ...]) -> str:
    return " or ".join(each.label for each in diseases)
