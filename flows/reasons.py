"""The reasons that are asked for, as for the end of a treatment and for 8 weeks in Crohn's disease (CLINICAL.md D2).

By the code that is stored; `other` stands for all that is not in a list. No source names these lists: they are ours.
"""

from collections.abc import Mapping

from flows.choices import Choice
from flows.sentences import capitalised

END_OF_TREATMENT = {
    "no_response": "no primary response, remission not reached",
    "loss_of_response": "loss of response",
    "adverse_event": "adverse event",
    "infection": "infection",
    "malignancy": "malignancy",
    "mace": "MACE",
    "vte": "VTE",
    "pregnancy": "pregnancy, or a wish for it",
    "wish": "patient's wish",
    "other": "other",
}
# Of another dose: a standard is somebody's (CLINICAL.md D1, D3).
DOSE = {
    "standard": "standard of the protocol",
    "us_standard": "standard of the US label",
    "presentation": "by presentation (EU, GB, AU label)",
    "lowest": "lowest effective dose",
    "refractory": "refractory, severe or extensive disease",
    "age_or_risk": "age or risk factors",
    "interaction": "kidney, liver or interaction",
    "response": "response not sufficient",
    "other": "another reason, in the record",
}
INTERRUPTION = {
    "infection": "infection",
    "blood_counts": "blood counts",
    "liver": "liver tests",
    "surgery": "surgery",
    "adverse_event": "another adverse event",
    "patient": "the patient's wish",
    "other": "another reason, in the record",
}
# Of the drug itself: what was weighed before it stands in the record.
FIRST_DOSE = {
    "decided": "indication confirmed as decided",
    "elsewhere": "started elsewhere, recorded here",
    "other": "another reason, in the record",
}
# Why it is taken again: what has become of the reason for the interruption.
TAKEN_AGAIN = {
    "blood_counts": "blood counts recovered",
    "liver": "liver tests recovered",
    "infection": "infection resolved",
    "surgery": "healed after surgery",
    "adverse_event": "another adverse event resolved",
    "patient": "the patient's wish",
    "other": "another reason, in the record",
}
# Of a drug that was given before; the first three are what labels call a failure.
END_OF_AN_EARLIER_DRUG = {
    "no_response": "no response",
    "loss_of_response": "loss of response",
    "intolerance": "intolerance",
    "other": "another reason",
}
# Why an item of the schedule is not possible.
NOT_DONE = {
    "refused": "refused by the patient",
    "not_available": "not available here",
    "elsewhere": "done elsewhere, no result to be had",
    "not_indicated": "not indicated",
    "other": "another reason, in the record",
}
# The protocol alone says 8 weeks; that it does is a reason, and no evidence.
SHORTER_INDUCTION = {
    "protocol": "as the protocol says",
    "response": "response reached earlier",
    "adverse_event": "adverse event",
    "wish": "patient's wish",
    "other": "other",
}
# Why a patient goes to a colleague; nothing of it is clinical.
HAND_OVER = {
    "absence": "leave or absence",
    "duty": "change of duty or ward",
    "left": "leaves the clinic",
    "treats": "the colleague treats the patient",
    "other": "another reason, in the record",
}
# Why a value is not the one that was recorded; "patient": it is another one's.
VALUE_WRONG = {"typing": "typing error", "patient": "wrong patient", "day": "wrong day", "unit": "wrong unit"}
DRUG_WRONG = {"drug": "wrong drug"}
EVENT_WRONG = {"event": "wrong event"}
# Why a disease is not the one that was recorded.
DISEASE_WRONG = {"typing": "typing error", "revised": "diagnosis revised"}


def chosen_from(reasons: Mapping[str, str]) -> tuple[Choice, ...]:
    """The reasons as the choices of an item."""
    return tuple(Choice(code, capitalised(words)) for code, words in reasons.items())
