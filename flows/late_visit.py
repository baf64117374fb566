"""What is said of a visit of another day than today: what is answered now counts as of that day."""

from datetime import date

from flows.dated import AWAITING, Samples
from flows.days import day
from flows.filed_person import as_day
from flows.forms.visit import SYMPTOMS
from flows.interview import Interview, Stage
from flows.sampled import undated
from flows.sentences import capitalised, counted


def of_its_day(interview: Interview, today: date) -> list[str]:
    """Where values are asked, and in the review, which of them are taken as of that day."""
    answers = interview.answers
    if interview.form.code not in SYMPTOMS or (on := as_day(answers["on"])) == today:
        return []
    said = f"this visit is of {day(on)}, {counted((today - on).days, 'day')} ago"
    if isinstance(interview.question, Samples):
        return [f"{capitalised(said)}: what has no day of its own is of that day."]
    if interview.stage is not Stage.REVIEWING:
        return []
    labs = answers.get("labs")
    names = undated(labs) if isinstance(labs, tuple) and labs != (AWAITING,) else []
    taken = f" Taken as of that day: {', '.join(names)}." if names else ""
    return [f"CHECK: {said}.{taken}"]
