"""The thresholds of endoscopy: SES-CD, MES and UCEIS. CLINICAL.md sections 1 and 2, E5 to E8."""

from flows.citations import (
    ACG_2025,
    ENDOSCOPIC_RESPONSE,
    PROTOCOL,
    STRIDE_II_TARGETS,
    TRAVIS_2012,
)
from flows.criteria import all_of, where_reachable
from flows.protocol.facts import FACTS, criterion

MES_REMISSION_AT_MOST = 1
UCEIS_REMISSION_AT_MOST = 1
SES_CD_REMISSION_AT_MOST = 4
SES_CD_REMISSION_DROP = 2
SES_CD_SUBSCORE_AT_MOST = 1
STRIDE_II_SES_CD_AT_MOST = 2
# The trials count a drop of 2 from a baseline of 4 as response, though it is half and no more.
SPECIAL_BASELINE = 4
SPECIAL_DROP = 2

_ENDOSCOPY = PROTOCOL.at("efficacy endpoints, ref 6")


@criterion(f"MES <= {MES_REMISSION_AT_MOST}", PROTOCOL.at("efficacy endpoints, ref 8"))
def mes_is_low_enough(mes: float) -> bool:
    return mes <= MES_REMISSION_AT_MOST


@criterion("MES 0; 0 or 1 is endoscopic improvement", ACG_2025)
def mes_is_strictly_remission(mes: float) -> bool:
    return mes == 0


@criterion(f"UCEIS <= {UCEIS_REMISSION_AT_MOST}", TRAVIS_2012)
def uceis_is_low_enough(uceis: float) -> bool:
    return uceis <= UCEIS_REMISSION_AT_MOST


def _ses_cd_was_active(ses_baseline: float) -> bool:
    return ses_baseline > 0


@criterion("SES-CD drop >= 50 %", _ENDOSCOPY, reachable=_ses_cd_was_active)
def ses_cd_has_halved(ses_baseline: float, ses: float) -> bool:
    return 2 * ses <= ses_baseline


@criterion(
    f"SES-CD drop > 50 %, or of {SPECIAL_DROP} from a baseline of {SPECIAL_BASELINE}",
    ENDOSCOPIC_RESPONSE,
    reachable=_ses_cd_was_active,
)
def ses_cd_has_more_than_halved(ses_baseline: float, ses: float) -> bool:
    is_special = ses_baseline == SPECIAL_BASELINE and ses_baseline - ses >= SPECIAL_DROP
    return 2 * ses < ses_baseline or is_special


@criterion(f"SES-CD <= {SES_CD_REMISSION_AT_MOST}", _ENDOSCOPY)
def ses_cd_is_low_enough(ses: float) -> bool:
    return ses <= SES_CD_REMISSION_AT_MOST


@criterion(f"SES-CD drop >= {SES_CD_REMISSION_DROP}", _ENDOSCOPY)
def ses_cd_has_dropped(ses_baseline: float, ses: float) -> bool:
    return ses_baseline - ses >= SES_CD_REMISSION_DROP


@criterion(f"no subscore above {SES_CD_SUBSCORE_AT_MOST} in any segment", _ENDOSCOPY)
def no_segment_is_high(ses_worst: float) -> bool:
    return ses_worst <= SES_CD_SUBSCORE_AT_MOST


def _ses_cd_can_drop(ses_baseline: float) -> bool:
    return ses_baseline >= SES_CD_REMISSION_DROP


ses_cd_is_remission = where_reachable(
    all_of(ses_cd_is_low_enough, ses_cd_has_dropped, no_segment_is_high, source=_ENDOSCOPY),
    _ses_cd_can_drop,
    facts=FACTS,
    aside=(ses_cd_is_low_enough, "no activity at baseline"),
)


@criterion(f"SES-CD <= {STRIDE_II_SES_CD_AT_MOST}", STRIDE_II_TARGETS)
def ses_cd_is_low_enough_to_be_healed(ses: float) -> bool:
    return ses <= STRIDE_II_SES_CD_AT_MOST


@criterion("no ulcer, not even aphthous", STRIDE_II_TARGETS)
def no_segment_is_ulcerated(ses_ulcers: float, ses_ulcerated: float) -> bool:
    return ses_ulcers == 0 and ses_ulcerated == 0


ses_cd_is_healed = all_of(ses_cd_is_low_enough_to_be_healed, no_segment_is_ulcerated, source=STRIDE_II_TARGETS)


def _surface_was_ulcerated(ses_ulcerated_baseline: float) -> bool:
    return ses_ulcerated_baseline >= 1


@criterion(
    "ulcerated surface 0 after a baseline of 1 or more",
    _ENDOSCOPY,
    reachable=_surface_was_ulcerated,
)
def surface_has_healed(ses_ulcerated_baseline: float, ses_ulcerated: float) -> bool:
    return ses_ulcerated == 0
