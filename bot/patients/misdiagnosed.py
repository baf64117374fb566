"""A disease that was recorded wrongly: why, one screen with what that moves and takes out, and a tap."""

from collections.abc import Callable, Mapping, Sequence

from bot.front import Front
from bot.patients.deeds import back, to
from bot.patients.moving import Moving
from bot.patients.pages import told
from bot.patients.records import Records
from bot.render import said
from bot.taps import Keyboard, Labelled
from bot.views import View
from flows.days import day
from flows.errors import NotNow
from flows.of_disease import asked_of_another, disease_of, named, other_disease
from flows.questionnaire import Disease
from flows.reasons import DISEASE_WRONG, chosen_from
from flows.record import Kind, Observation, standing
from store.patients import Patient
from store.unit_of_work import UnitOfWork


class Misdiagnosed:
    """Corrects a disease that was recorded wrongly.

    Each button names the disease that it leads to: one that was overtaken is refused.
    """

    def __init__(self, work: UnitOfWork, front: Front, records: Records, moving: Moving) -> None:
        self._work = work
        self._front = front
        self._records = records
        self._moving = moving

    def pages(
        self, patient: Patient, rest: Sequence[str], corrected: Callable[[Patient, str], View]
    ) -> Mapping[str, Callable[[], View]]:
        """What each button shows, of the patient of its card; `corrected` after the last, of the chart before."""
        return {
            "disease": lambda: self._asked_why(patient),
            "disease_sure": lambda: self._shown(patient, *rest),
            "disease_right": lambda: self._correct(patient, corrected, *rest),
        }

    def _asked_why(self, patient: Patient) -> View:
        right = other_disease(patient.disease)
        self._gone(patient, right)
        buttons: list[Labelled] = [
            (each.label, to("disease_sure", patient, right.value, str(each.code)))
            for each in chosen_from(DISEASE_WRONG)
        ]
        text = f"{patient.code}: {patient.disease.label} is recorded. Why is it {right.label}?"
        return said(text, Keyboard.of(buttons, [back(patient)]))

    def _shown(self, patient: Patient, right: str, reason: str) -> View:
        """What is taken out with it, and which days move."""
        disease = Disease(right)
        gone = self._gone(patient, disease)
        lines = [f"{patient.code} · {DISEASE_WRONG[reason]}", f"Disease: {patient.disease.label} → {disease.label}"]
        if gone:
            lines += ["Taken out with it:", *(told(each, self._front.clinic_day) for each in gone)]
        lines += [*self._moving.as_of_disease(patient, disease, gone), "Nothing counts until you confirm."]
        confirm: Labelled = ("Confirm", to("disease_right", patient, right, reason))
        return said("\n".join(lines), Keyboard.of([confirm, back(patient)]))

    def _correct(self, patient: Patient, corrected: Callable[[Patient, str], View], right: str, reason: str) -> View:
        disease, before = Disease(right), self._records.as_it_stands(patient.id)
        self._work.patients.hold(patient.id)
        self._records.correct_disease(patient, disease, self._gone(patient, disease), DISEASE_WRONG[reason])
        return corrected(self._work.patients.get(patient.id), before)

    def _gone(self, patient: Patient, right: Disease) -> list[Observation]:
        """What was told of the former disease alone; NotNow under a score of it, or where it is right already."""
        if patient.disease is right:
            raise NotNow(f"{patient.code}: {right.label} is recorded already. Nothing was changed.")
        stands = standing(self._records.written(patient))
        scores = [each.fact for each in stands if each.fact.kind is Kind.SCORE and disease_of(each.fact) is not right]
        if scores:
            last = scores[-1]
            more = f", and {len(scores) - 1} more" if len(scores) > 1 else ""
            which = f"{named(last)} of {day(last.on)}{more}" if last.on else named(last)
            verb, them = ("stand", "them") if len(scores) > 1 else ("stands", "it")
            raise NotNow(f"{patient.code}: {which} {verb}. Take {them} out under Correct first. Nothing was changed.")
        gone = asked_of_another(stands, right)
        self._records.require_role([each.fact for each in gone])
        return gone
