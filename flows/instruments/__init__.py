"""Every instrument that ships, by code; a new one is a file and a line here."""

from flows.instruments.cdai import CDAI
from flows.instruments.hbi import HBI
from flows.instruments.mayo import MAYO
from flows.instruments.mes import MES
from flows.instruments.partial_mayo import PARTIAL_MAYO
from flows.instruments.pro2_cd import PRO2_CD
from flows.instruments.sccai import SCCAI
from flows.instruments.ses_cd import SES_CD
from flows.instruments.uceis import UCEIS
from flows.questionnaire import Questionnaire

SHIPPED: tuple[Questionnaire, ...] = (HBI, CDAI, PRO2_CD, SES_CD, PARTIAL_MAYO, MAYO, MES, UCEIS, SCCAI)


_NEWEST = {each.code: each for each in sorted(SHIPPED, key=lambda each: each.version)}


def current(code: str) -> Questionnaire | None:
    """The newest version of an instrument, if there is one of that code."""
    return _NEWEST.get(code)


def by_command(command: str) -> Questionnaire | None:
    """The newest version of the instrument that a chat command opens."""
    return next((current(each.code) for each in SHIPPED if each.command == command), None)
