"""The thresholds of clinical remission and response, each a number with its source. CLINICAL.md sections 1 and 2."""

from fractions import Fraction

from flows.citations import (
    ECCO_ESGAR,
    HBI_RESPONSE,
    NCT05069259,
    NCT06045754,
    PROTOCOL,
    STRIDE_II,
    STRIDE_II_SECOND_LIMB,
)
from flows.instruments.cdai import CDAI
from flows.protocol.facts import criterion
from flows.ranges import written

HBI_REMISSION_BELOW = 5
CDAI_REMISSION_BELOW = 150
PMS_REMISSION_AT_MOST = 2
STRIDE_II_PMS_BELOW = 3
SUBSCORE_AT_MOST = 1
SCCAI_REMISSION_BELOW = 2
SCCAI_RESPONSE_DROP_ABOVE = Fraction(3, 2)
CDAI_RESPONSE_DROP = 100
PMS_RESPONSE_DROP = 2
HBI_RESPONSE_DROP = 3


@criterion(f"HBI < {HBI_REMISSION_BELOW}", PROTOCOL.at("efficacy endpoints, ref 1"))
def hbi_is_low_enough(hbi: float) -> bool:
    return hbi < HBI_REMISSION_BELOW


@criterion(f"{CDAI.short} < {CDAI_REMISSION_BELOW}", PROTOCOL.at("efficacy data, ref 6"))
def cdai_is_low_enough(cdai: float) -> bool:
    return cdai < CDAI_REMISSION_BELOW


@criterion(f"{CDAI.short} <= {CDAI_REMISSION_BELOW}", NCT06045754)
def cdai_is_low_enough_for_a_registry(cdai: float) -> bool:
    return cdai <= CDAI_REMISSION_BELOW


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


@criterion(f"PMS drop >= {PMS_RESPONSE_DROP}", NCT05069259)
def pms_has_dropped_for_a_trial(pms_baseline: float, pms: float) -> bool:
    return pms_baseline - pms >= PMS_RESPONSE_DROP


@criterion(f"PMS <= {PMS_REMISSION_AT_MOST} at baseline", PROTOCOL.at("efficacy endpoints, ref 1"))
def pms_was_low_enough(pms_baseline: float) -> bool:
    return pms_baseline <= PMS_REMISSION_AT_MOST


@criterion(f"HBI drop >= {HBI_RESPONSE_DROP}", HBI_RESPONSE, reachable=_hbi_can_drop)
def hbi_has_dropped(hbi_baseline: float, hbi: float) -> bool:
    return hbi_baseline - hbi >= HBI_RESPONSE_DROP


def _cdai_can_drop(cdai_baseline: float) -> bool:
    return cdai_baseline >= CDAI_RESPONSE_DROP


@criterion(
    f"{CDAI.short} drop >= {CDAI_RESPONSE_DROP}",
    PROTOCOL.at("efficacy endpoints, ref 6"),
    reachable=_cdai_can_drop,
)
def cdai_has_dropped(cdai_baseline: float, cdai: float) -> bool:
    return cdai_baseline - cdai >= CDAI_RESPONSE_DROP


def _sccai_can_drop(sccai_baseline: float) -> bool:
    return sccai_baseline > SCCAI_RESPONSE_DROP_ABOVE


@criterion(f"SCCAI drop > {written(SCCAI_RESPONSE_DROP_ABOVE)}", ECCO_ESGAR, reachable=_sccai_can_drop)
def sccai_has_dropped(sccai_baseline: float, sccai: float) -> bool:
    return sccai_baseline - sccai > SCCAI_RESPONSE_DROP_ABOVE
