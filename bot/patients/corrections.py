"""What was recorded wrongly: its right value put in its place, or taken out; the last entry taken back.

Nothing is overwritten.
"""

from math import ceil

from bot.front import Front
from bot.patients.deeds import back, to
from bot.patients.moving import Moving
from bot.patients.pages import told
from bot.patients.records import Records
from bot.render import said
from bot.roles import require_confirm
from bot.taps import Keyboard, Labelled
from bot.views import NEWEST_FIRST, View, rows, turning
from flows.errors import NotNow
from flows.forms import form
from flows.forms.moves import RESTART
from flows.reasons import DRUG_WRONG, EVENT_WRONG, VALUE_WRONG, chosen_from
from flows.record import Kind, Observation, standing
from flows.refiling import answers_of, can_be_wrong, form_of, others, told_anew, told_as
from store.interviews import About
from store.members import Member
from store.patients import Patient

# That it was another of its kind.
_WRONG_KIND = {Kind.MEDICATION: DRUG_WRONG, Kind.EVENT: EVENT_WRONG}
_IN_WORDS = VALUE_WRONG | DRUG_WRONG | EVENT_WRONG
_A_ROW = 2
_CORRECTABLE = 8


class Corrections:
    """Corrects recorded facts of a patient."""

    def __init__(self, member: Member, front: Front, records: Records, moving: Moving) -> None:
        self._member = member
        self._front = front
        self._records = records
        self._moving = moving

    def last(self, patient: Patient) -> View:
        """What would be taken back, and a tap that confirms it."""
        last = self._records.last_entry(patient)
        if last is None:
            raise NotNow(f"{patient.code}: nothing is recorded that could be taken back.")
        told = [self._told(each) for each, _ in last.pairs]
        text = "\n".join([f"{patient.code}: take back the last entry?", *told])
        yes: Labelled = ("Take back", to("undo", patient, str(last.number)))
        return said(text, Keyboard.of([yes, back(patient)]))

    def offered(self, patient: Patient, page: int = 0) -> View:
        """What could be wrong, the newest first; of notes those that can be told anew."""
        stands = [each for each in standing(self._records.written(patient)) if can_be_wrong(each.fact)][::-1]
        shown = stands[page * _CORRECTABLE : (page + 1) * _CORRECTABLE]
        lines = [f"{patient.code}: which value is wrong?", *map(self._told, shown)]
        buttons: list[Labelled] = [(f"#{each.id}", to("why_wrong", patient, str(each.id))) for each in shown]
        beside = turning(page, ceil(len(stands) / _CORRECTABLE), to("correct", patient), NEWEST_FIRST)
        disease: Labelled = ("Disease", to("disease", patient))
        return said("\n".join(lines), Keyboard.of(*rows(buttons, 4), beside, [disease, back(patient)]))

    def asked_why(self, patient: Patient, number: str) -> View:
        wrong = self._records.as_one(patient, int(number))
        text = "\n".join([f"{patient.code}: what is wrong with it?", *map(self._told, wrong)])
        reasons = VALUE_WRONG | _WRONG_KIND.get(wrong[-1].fact.kind, {})
        buttons: list[Labelled] = [
            (each.label, to("mend", patient, number, str(each.code))) for each in chosen_from(reasons)
        ]
        return said(text, Keyboard.of(*rows(buttons, _A_ROW), [back(patient)]))

    def asked_how(self, patient: Patient, number: str, reason: str) -> View:
        """Whether the right value is entered in its place, or the wrong one only taken out."""
        wrong = self._records.as_one(patient, int(number))
        lines = [f"{patient.code} · {_IN_WORDS[reason]}", *map(self._told, wrong)]
        right: list[Labelled] = [("Enter the right value", to("right", patient, number, reason))]
        if reason not in VALUE_WRONG:
            lines.append("Which is right? Its day and what else is known of it are filled in.")
            right = [(each.short, to("right", patient, number, reason, each.code)) for each in others(wrong[-1].fact)]
        is_step = wrong[-1].fact.kind is Kind.COURSE
        out: Labelled = ("Only take it out", to("out" if is_step else "replace", patient, number, reason))
        is_told_anew = form_of([each.fact for each in wrong]) and reason != "patient"
        return said("\n".join(lines), Keyboard.of(*rows(right if is_told_anew else [], _A_ROW), [out], [back(patient)]))

    def enter(self, patient: Patient, number: str, reason: str, another: str = "") -> None:
        """Open the form of what is wrong, or that of `another` drug or event, with all that stands in it.

        The course is a doctor's.
        """
        wrong = self._records.as_one(patient, int(number))
        facts = [each.fact for each in wrong]
        asked = form(another or form_of(facts))
        require_confirm(self._member.role, asked)
        self._front.require_nothing_open()
        about = About(patient_id=patient.id, corrects=wrong[-1].id, why=_IN_WORDS[reason])
        if another:
            self._front.open(told_as(asked, facts), about)
            return
        answers = answers_of(asked, facts)
        if asked.code == RESTART.code:
            answers |= self._moving.given_before(patient, wrong[-1])
        interview = told_anew(asked, answers, is_day_wrong=reason == "day")
        self._front.open(interview, about)

    def asked_whether(self, patient: Patient, number: str, reason: str) -> View:
        """What taking out a step moves, and which others do not fit without it; a tap takes all of them out."""
        wrong = self._records.as_one(patient, int(number))
        self._records.require_role([each.fact for each in wrong])
        along, why = self._moving.rest_on(patient, wrong)
        lines = [f"{patient.code} · {_IN_WORDS[reason]}", *map(self._told, wrong)]
        if along:
            lines += [why, "Taken out with it:", *map(self._told, along)]
        lines += [*self._moving.without(patient, [*wrong, *along]), "Nothing counts until you confirm."]
        shown = [str(each.id) for each in along]
        sure: Labelled = (_sure(len(along)), to("replace", patient, number, reason, *shown))
        return said("\n".join(lines), Keyboard.of([sure], [back(patient)]))

    def take_out(self, patient: Patient, number: str, reason: str, *shown: str) -> None:
        """Take a value out with its reason; nothing takes its place. Of a step, with those that were `shown`."""
        wrong, along = self._records.as_one(patient, int(number)), list[Observation]()
        if wrong[-1].fact.kind is Kind.COURSE:
            along, _ = self._moving.rest_on(patient, wrong)
            if {str(each.id) for each in along} != set(shown):
                raise NotNow("The course has changed since that was shown. Nothing was changed.")
        self._records.take_out(patient, [*wrong, *along], _IN_WORDS[reason])

    def take_back(self, patient: Patient, entry: int) -> None:
        """Take the last entry back, unless that would leave a course that contradicts itself."""
        self._moving.require_fits(patient, self._records.before(patient, entry))
        self._records.undo(patient, entry)

    def _told(self, each: Observation) -> str:
        return told(each, self._front.clinic_day)


def _sure(others: int) -> str:
    return {0: "Take it out", 1: "Take out both"}.get(others, f"Take out all {others + 1}")
