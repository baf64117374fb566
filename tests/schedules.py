"""Charts for the tests of the schedule, written short."""

from datetime import date, timedelta

from flows.analytes import BY_CODE
from flows.chart import Chart, Score
from flows.history import Handled, Screened
from flows.instruments.hbi import HBI
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.ses_cd import SES_CD
from flows.numerals import read_number
from flows.protocol.schedule import schedule
from flows.questionnaire import Disease
from flows.samples import Lab
from flows.steps import Move, Step

CD, UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS
START = date(2026, 1, 5)
CBC, LIPIDS, MARKERS = ("anc", "alc", "hb"), ("cholesterol", "ldl", "hdl"), ("crp", "fcp")
_USUAL = {"anc": "3", "alc": "1.5", "hb": "13", "alt": "20", "crp": "3", "fcp": "90", "cholesterol": "180", "ldl": "99",
          "hdl": "50", "cpk": "90", "creatinine": "0.9", "egfr": "95", "bilirubin": "0.5"}  # fmt: skip


def on_day(number, start=START):
    return start + timedelta(days=number)


def labs(day, *codes, start=START, upper=None, **values):
    """Values of one day after the first dose; usual ones where only the analyte is named."""
    given = {code: _USUAL[code] for code in codes} | values
    return tuple(
        Lab(analyte=BY_CODE[code], on=on_day(day, start), number=read_number(value), given=value, upper=upper)
        for code, value in given.items()
    )


def hbi(day, stools=3, start=START, **answers):
    zeros = {"wellbeing": 0, "pain": 0, "mass": 0, "complications": (), "liquid_stools": stools}
    return Score(questionnaire=HBI, on=on_day(day, start), answers=zeros | answers)


def pms(day, sf=0, rb=0, pga=0, start=START):
    return Score(questionnaire=PARTIAL_MAYO, on=on_day(day, start), answers={"sf": sf, "rb": rb, "pga": pga})


def ses_cd(day, start=START):
    return Score(questionnaire=SES_CD, on=on_day(day, start), recorded_total=6)


def mes(day, start=START):
    return Score(questionnaire=MES, on=on_day(day, start), answers={"mes": 1})


def dose(day, mg, start=START):
    return Step(on=on_day(day, start), move=Move.DOSE, mg=mg)


def interrupted(first, last=None, start=START):
    steps = (Step(on=on_day(first, start), move=Move.INTERRUPTED),)
    return steps if last is None else (*steps, Step(on=on_day(last, start), move=Move.RESTARTED))


def said(item, state, day, why=None, start=START):
    return Handled(item=item, on=on_day(day, start), state=state, why=why)


def screened(item, day, result=None, start=START, **more):
    return Screened(item=item, on=on_day(day, start), result=result, more=tuple(more.items()))


def chart(disease=CD, *, start=START, **more):
    if disease is CD:
        more.setdefault("induction_weeks", 12)
    return Chart(disease=disease, started_on=start, **more)


def due(patient, today, item=None):
    """What is due on a day after the first dose, or on a date; of one item where it is named."""
    when = on_day(today, patient.started_on) if isinstance(today, int) else today
    found = schedule(patient, when)
    return found if item is None else [each for each in found if each.item == item]


def the(patient, today, item):
    """The one entry of an item."""
    (found,) = due(patient, today, item)
    return found


def following(patient, today, item):
    """The entry of a series that is still open: the last one."""
    return due(patient, today, item)[-1]


def table(found):
    return [(each.item, each.opens, each.due, each.until, each.state.value) for each in found]


def written(text):
    """A table of literal dates: item, opens, due, until, state; `-` for no day."""
    rows = (line.split() for line in text.strip().splitlines())
    return [(item, *(None if day == "-" else date.fromisoformat(day) for day in days), state)
            for item, *days, state in rows]  # fmt: skip
