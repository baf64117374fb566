"""The record of a patient: added to, put right, taken back, judged; each write in the audit of the same turn."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.contract.examined import Examined, as_json, examined_from
from bot.patients.known import Known, taken
from bot.patients.replaying import CORE_VERSION
from bot.reminders.addressees import Team
from bot.reminders.reminding import refresh
from bot.reminders.wordless import erase_words
from bot.roles import require
from flows.baselines import accepted
from flows.errors import NotNow
from flows.filed_person import INDUCTION_WEEKS
from flows.of_disease import disease_of, named
from flows.own_reminders import ANSWERED, OWN
from flows.questionnaire import Disease
from flows.record import DISEASE_CORRECTED, HANDED_OVER, STARTED, Fact, Kind, Observation, standing, void
from flows.righting import is_dose_open, put_right, with_open_begin
from flows.undoing import TAKEN_BACK, LastEntry, last_entry
from store.audit import SAY
from store.members import Member
from store.observations import Hand
from store.patients import Patient

_FINAL = (HANDED_OVER, DISEASE_CORRECTED)


class Records(Known):
    """Changes the records of patients, for one member."""

    def enrol(self, code: str, disease: Disease) -> Patient:
        row = self._work.patients.add(code, disease, self._member.id, self._moment.now)
        if row is None:
            raise NotNow(taken(code))
        self._wrote("enrol", "patient", row)
        self._work.reminders.watch(row.id, self._today)
        return self._work.patients.get(row.id)

    def file(self, patient: Patient, facts: Sequence[Fact]) -> None:
        """Write facts down as one entry."""
        self.require_role(facts)
        _require_its_disease(patient, facts)
        self._work.patients.hold(patient.id)
        entry = self._work.observations.next_entry(patient.id)
        for row in self._work.observations.file(patient.id, entry, facts, self._hand):
            self._wrote("write", "observation", row)
        self._remind(patient, dict(filter(None, map(_state_given, facts))))

    def accept(self, patient: Patient, measure: str, observation_id: int) -> None:
        """An old value is the baseline; NotNow where it does not stand, or is offered no more."""
        (old,) = self.as_one(patient, observation_id)
        report = self.examine(patient).report
        if (measure, old.fact.on) not in [offered for each in report.screening for offered in each.acceptable]:
            raise NotNow("That is not offered any more. Nothing was changed.")
        self.file(patient, [accepted(measure, old, self._today)])

    def replace(self, patient: Patient, observation_id: int, facts: Sequence[Fact], why: str) -> None:
        """Put the facts of their kinds in the place of what stands as one; another drug or event in that of one.

        NotNow where other facts were given: a value of another analyte is no correction.
        """
        wrong = self.as_one(patient, observation_id)
        self.require_role([*facts, *(old.fact for old in wrong)])
        _require_its_disease(patient, facts)
        written = self._work.observations.of(patient.id)
        begun = next((each.on for each in facts if each.code == STARTED), None)
        is_open = is_dose_open(self.dose_unknown_by(wrong, written), begun)
        facts = with_open_begin(wrong, facts, is_dose_open=is_open)
        right = put_right(wrong, facts, standing(written))
        if facts == [old.fact for old in wrong]:
            raise NotNow("That is what stands already. Nothing was changed.")
        self._put(patient, zip(wrong, right, strict=True), why, [each for each in facts if each not in right])

    def take_out(self, patient: Patient, wrong: Sequence[Observation], why: str) -> None:
        """Take out what stands, as one entry."""
        self.require_role([old.fact for old in wrong])
        self._put(patient, [(old, void(old.fact)) for old in wrong], why)

    def _put(
        self, patient: Patient, pairs: Iterable[tuple[Observation, Fact]], why: str, more: Sequence[Fact] = ()
    ) -> None:
        """Facts in the place of others, and more beside them, as one entry."""
        entry = self._work.observations.next_entry(patient.id)
        for old, fact in pairs:
            row = self._work.observations.replace(old, entry, fact, self._hand, why)
            self._wrote("replace", "observation", row)
        for added in self._work.observations.file(patient.id, entry, more, self._hand):
            self._wrote("write", "observation", added)
        self._remind(patient, {})

    def hand_over(self, patient: Patient, other: Member, why: str) -> None:
        """Another member is responsible from now on, and reminded anew; the record says from whom, to whom and why."""
        before = self._work.patients.hold(patient.id)
        row = self._work.patients.hand_over(patient.id, other.id)
        self._work.audit.wrote(self._member.id, f"hand over: {why}", "patient", row, self._moment.now, before)
        for each in self._work.reminders.of(patient.id):
            each.reminder.hand_over()
            self._work.reminders.save(each)
        told = {"from_member": patient.responsible_id, "to_member": other.id, "reason": why}
        fact = Fact(kind=Kind.NOTE, code=HANDED_OVER, on=self._today, value=told)
        self.file(self._work.patients.get(patient.id), [fact])

    def correct_disease(self, patient: Patient, disease: Disease, gone: Sequence[Observation], why: str) -> None:
        """The other disease from now on, without what was told of the former alone; the record says why."""
        self.require_role([old.fact for old in gone])
        before = self._work.patients.hold(patient.id)
        row = self._work.patients.correct_disease(patient.id, disease)
        self._work.audit.wrote(self._member.id, f"correct disease: {why}", "patient", row, self._moment.now, before)
        told = {"from": patient.disease.label, "to": disease.label, "reason": why}
        fact = Fact(kind=Kind.NOTE, code=DISEASE_CORRECTED, on=self._today, value=told)
        self._put(self._work.patients.get(patient.id), [(old, void(old.fact)) for old in gone], why, [fact])

    def last_entry(self, patient: Patient) -> LastEntry | None:
        """Who is responsible is not taken back here, but handed over again; the disease is corrected again."""
        return last_entry(self.written(patient), _FINAL)

    def undo(self, patient: Patient, entry: int) -> None:
        """Take an entry back, if it is still the last: what it replaced stands again."""
        pairs = self.before(patient, entry)
        self.require_role([each.fact for each, _ in pairs])
        _require_its_disease(patient, [before for _, before in pairs])
        number = self._work.observations.next_entry(patient.id)
        for each, before in pairs:
            row = self._work.observations.replace(each, number, before, self._hand, TAKEN_BACK)
            self._wrote("write", "observation", row)
            erase_words(self._work, self._member.id, each, self._moment.now)
        self._remind(patient, {})

    def before(self, patient: Patient, entry: int) -> tuple[tuple[Observation, Fact], ...]:
        """What the last entry wrote, each with what was in its place; NotNow where it is not the last any more."""
        self._work.patients.hold(patient.id)
        last = self.last_entry(patient)
        if last is None or last.number != entry:
            raise NotNow("That is not the last entry any more. Nothing was changed.")
        return last.pairs

    def require_role(self, touched: Sequence[Fact]) -> None:
        """The course is a doctor's to record, and so is how long induction is meant to be (CLINICAL.md D2, D3)."""
        if any(each.kind is Kind.COURSE or each.code == INDUCTION_WEEKS for each in touched):
            require(self._member.role, "course")

    # Verdicts

    def issue(self, patient: Patient) -> tuple[int, Examined]:
        """Say what the core says today, and keep it with all that it rests on."""
        inputs = self.inputs(patient)
        found = examined_from(inputs, self._today)
        report = as_json(found.written()).decode()
        row = self._work.verdicts.add(patient.id, self._moment.now, CORE_VERSION, inputs, report)
        self._wrote(SAY, "verdict", row)
        return int(row.id), found

    def _remind(self, patient: Patient, said: dict[str, str]) -> None:
        """The reminders follow what was written, in the same turn."""
        refresh(self._work, patient, Team.of(self._work), self._moment, self._today, said)

    @property
    def _hand(self) -> Hand:
        return Hand(member_id=self._member.id, now=self._moment.now)

    def _wrote(self, verb: str, thing: str, row: Any) -> None:
        self._work.audit.wrote(self._member.id, verb, thing, row, self._moment.now)


def _state_given(fact: Fact) -> tuple[str, str] | None:
    """The item, and the state that a person gives to it with this fact."""
    is_own = fact.code == ANSWERED
    if fact.kind is not Kind.HANDLED and not is_own:
        return None
    return OWN if is_own else fact.code, str((fact.value or {}).get("state"))


def _require_its_disease(patient: Patient, facts: Sequence[Fact]) -> None:
    """NotNow where one is of the other disease: a form may have been open while the disease was corrected."""
    for each in facts:
        disease = disease_of(each)
        if each.value is not None and disease is not None and disease is not patient.disease:
            said = f"{named(each)} is of {disease.label}, and {patient.code} has {patient.disease.label}"
            raise NotNow(f"{said}. Nothing was filed: Cancel, and Discard, ends this form.")
