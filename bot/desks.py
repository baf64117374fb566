"""Where a member's taps and commands lead, besides a questionnaire."""

from dataclasses import dataclass

from bot.clinic_desk import ClinicDesk
from bot.lab_desk import LabDesk
from bot.patients.commands import PatientCommands
from bot.patients.ward import Ward
from bot.team import TeamDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """What a person can be busy with besides a questionnaire."""

    team: TeamDesk
    ward: Ward
    patients: PatientCommands
    clinic: ClinicDesk
    labs: LabDesk
