"""Patients whose baseline checklist is looked at, with what was screened some days before the first dose."""

from datetime import date, timedelta

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.history import History, Result, Screened
from flows.numerals import read_number
from flows.protocol.screening import checklist
from flows.questionnaire import Disease
from flows.samples import Lab

START = date(2026, 6, 1)
TODAY = START + timedelta(days=60)
CD, UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS
NEGATIVE, POSITIVE, INDETERMINATE, TREATED = Result
DONE, LATE, MISSING, TOO_OLD, AWAITING = "done", "done_late", "missing", "too_old", "awaiting"
LATENT, MONTH = "latent tuberculosis: evaluation and treatment", "latent tuberculosis: 30 days of treatment"


def before(days):
    return START - timedelta(days=days)


def chart(disease=CD, history=None, **facts):
    return Chart(disease=disease, history=History(**(history or {})), **{"started_on": START, **facts})


def checked(item, patient, today=TODAY):
    return next(each for each in checklist(patient, today) if each.item == item)


def listed(patient):
    return [each.item for each in checklist(patient, TODAY)]


def screened(item, days=10, result=None, **more):
    parts = {name: more.pop(name) for name in ("hbsag", "anti_hbc", "anti_hcv", "dna", "rna") if name in more}
    return Screened(item=item, on=before(days), result=result, more=tuple(parts.items()), **more)


def state(item, *entries, **facts):
    return checked(item, chart(screening=entries, **facts)).state


def lab(code, days=10):
    return Lab(analyte=BY_CODE[code], on=before(days), number=read_number("1"), given="1")


def labs(codes, days=10):
    return tuple(lab(code, days) for code in codes.split())
