"""What a visit leaves out, as no score can be formed of it."""

from flows.answers import Answers
from flows.form import Form
from flows.forms.visit import SYMPTOMS, WITHOUT_STOOLS


def not_asked(visit: Form, answers: Answers) -> str:
    """Which part of a score a visit does not ask for, and why; nothing of another form, or while stools are counted."""
    reason, score = answers.get(WITHOUT_STOOLS), SYMPTOMS.get(visit.code)
    if reason is None or score is None:
        return ""
    left = {each.item for each in visit.conditions if each.other == WITHOUT_STOOLS}
    names = [each.name.lower() for each in score.items if each.code in left]
    if len(names) == len(score.items):
        return f"Not asked: {score.short}, as its stool item is not valid {reason}."
    return f"Not asked: {', '.join(names)}, not valid {reason}."
