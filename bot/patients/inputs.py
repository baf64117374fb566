"""What a verdict of a patient rests on: the facts of the record as one line that `evaluate` reads."""

import json
from collections.abc import Iterable
from datetime import date

from flows.dossier import chart_of
from flows.history import Region
from flows.record import Observation
from store.patients import Patient


def inputs_of(patient: Patient, region: Region | None, written: Iterable[Observation], today: date) -> str:
    """The chart of a patient as of a day, as `evaluate` reads it."""
    return json.dumps(chart_of(patient.disease, region, written, today) | {"id": patient.code, "enrolled": True})
