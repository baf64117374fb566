"""Patients by the days from their first dose, and what each authority says of their dose."""

from datetime import date, timedelta

from flows.analytes import BY_CODE
from flows.chart import Chart
from flows.history import History
from flows.numerals import read_number
from flows.protocol.dosing import dose
from flows.questionnaire import Disease
from flows.samples import Lab
from flows.steps import Move, Step

START = date(2026, 1, 5)
CD, UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS
LABELS = ["us_label", "eu_label", "gb_label", "au_label"]
PROTOCOL, POLICY = "protocol", "policy"
INHIBITOR, INDUCER = "strong_cyp3a4_inhibitor", "strong_cyp3a4_inducer"
ALL_UNKNOWN = "not known: eGFR, Child-Pugh class, CYP3A4 drugs"


def on(days):
    return START + timedelta(days=days)


def step(days, mg=None, move=Move.DOSE):
    return Step(on=on(days), move=move, mg=mg)


def chart(disease=CD, *steps, history=None, **facts):
    return Chart(disease=disease, course=steps, history=History(**(history or {})), **{"started_on": START, **facts})


def lab(code, value):
    return Lab(analyte=BY_CODE[code], on=START, number=read_number(value), given=value)


def says(patient, days):
    return dose(patient, on(days)).says


def said(authority, patient, days):
    return [each for each in says(patient, days) if each.authority == authority]


def only(authority, patient, days):
    (found,) = said(authority, patient, days)
    return found


def maintained(authority, disease=CD, **facts):
    """On a day long after induction, with the next dose recorded."""
    return only(authority, chart(disease, step(84, 15), **facts), 200)
