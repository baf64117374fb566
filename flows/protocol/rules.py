"""The thresholds of remission, each a number with its source. CLINICAL.md sections 1 and 2."""

from flows.citations import (
    ACG_2025,
    ECCO_ESGAR,
    HBI_RESPONSE,
    PROTOCOL,
    STRIDE_II,
    STRIDE_II_SECOND_LIMB,
    TRAVIS_2012,
)
from flows.protocol.facts import criterion

HBI_REMISSION_BELOW = 5
PMS_REMISSION_AT_MOST = 2
STRIDE_II_PMS_BELOW = 3
SUBSCORE_AT_MOST = 1
MES_REMISSION_AT_MOST = 1
UCEIS_REMISSION_AT_MOST = 1
SCCAI_REMISSION_BELOW = 2
PMS_RESPONSE_DROP = 2
HBI_RESPONSE_DROP = 3


@criterion(f"HBI < {HBI_REMISSION_BELOW}", PROTOCOL.at("efficacy endpoints, ref 1"))
def hbi_is_low_enough(hbi: float) -> bool:
    return hbi < HBI_REMISSION_BELOW


@criterion(f"PMS <= {PMS_REMISSION_AT_MOST}", PROTOCOL.at("efficacy endpoints, ref 1"))
def pms_is_low_enough(pms: float) -> bool:
    return pms <= PMS_REMISSION_AT_MOST


@criterion(f"PMS < {STRIDE_II_PMS_BELOW}", STRIDE_II)
def pms_is_low_enough_for_stride_ii(pms: float) -> bool:
    return pms < STRIDE_II_PMS_BELOW


@criterion(f"no subscore above {SUBSCORE_AT_MOST}", STRIDE_II)
def no_subscore_is_high(pms_worst: float) -> bool:
    return pms_worst <= SUBSCORE_AT_MOST


@criterion(f"a subscore above {SUBSCORE_AT_MOST}", STRIDE_II)
def a_subscore_is_high(pms_worst: float) -> bool:
    return pms_worst > SUBSCORE_AT_MOST


@criterion("bleeding 0 and stool frequency 0", STRIDE_II_SECOND_LIMB)
def neither_stools_nor_bleeding(pms_sf_rb: float) -> bool:
    return pms_sf_rb == 0


@criterion(f"MES <= {MES_REMISSION_AT_MOST}", PROTOCOL.at("efficacy endpoints, ref 8"))
def mes_is_low_enough(mes: float) -> bool:
    return mes <= MES_REMISSION_AT_MOST


@criterion("MES 0; 0 or 1 is endoscopic improvement", ACG_2025)
def mes_is_strictly_remission(mes: float) -> bool:
    return mes == 0


@criterion(f"UCEIS <= {UCEIS_REMISSION_AT_MOST}", TRAVIS_2012)
def uceis_is_low_enough(uceis: float) -> bool:
    return uceis <= UCEIS_REMISSION_AT_MOST


@criterion(f"SCCAI < {SCCAI_REMISSION_BELOW}", ECCO_ESGAR)
def sccai_is_low_enough(sccai: float) -> bool:
    return sccai < SCCAI_REMISSION_BELOW


# Response: now against the baseline.


def _pms_can_drop(pms_baseline: float) -> bool:
    return pms_baseline >= PMS_RESPONSE_DROP


def _hbi_can_drop(hbi_baseline: float) -> bool:
    return hbi_baseline >= HBI_RESPONSE_DROP


@criterion(f"PMS drop >= {PMS_RESPONSE_DROP}", PROTOCOL.at("efficacy endpoints, ref 1"), reachable=_pms_can_drop)
def pms_has_dropped(pms_baseline: float, pms: float) -> bool:
    return pms_baseline - pms >= PMS_RESPONSE_DROP


@criterion(f"PMS <= {PMS_REMISSION_AT_MOST} at baseline", PROTOCOL.at("efficacy endpoints, ref 1"))
def pms_was_low_enough(pms_baseline: float) -> bool:
    return pms_baseline <= PMS_REMISSION_AT_MOST


@criterion(f"HBI drop >= {HBI_RESPONSE_DROP}", HBI_RESPONSE, reachable=_hbi_can_drop)
def hbi_has_dropped(hbi_baseline: float, hbi: float) -> bool:
    return hbi_baseline - hbi >= HBI_RESPONSE_DROP
